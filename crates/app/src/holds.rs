//! Reserve, confirm, release: whatever is scarce. The counter itself lies in its own table and is
//! taken by a conditional statement beside this row.
use crate::db::Writes;
use crate::p;
use rules::base::{Id, Moment, id};
use rules::hold::{State, What};

const RESERVE: &str = "INSERT INTO hold (community_id, id, what, subject, qty, until_at, state)
    VALUES ($1,$2,$3,$4,$5,$6,$7)";
const END: &str = "UPDATE hold SET state = $3
    WHERE community_id = $1 AND id = $2 AND state = 'held'";
const EXTEND: &str = "UPDATE hold SET until_at = $3
    WHERE community_id = $1 AND id = $2 AND state = 'held'";

type C = Id<id::Community>;

/// What is taken, how much of it, until when.
#[derive(Clone, Copy)]
pub struct Hold {
    pub id: Id<id::Hold>,
    pub what: What,
    pub subject: i64,
    pub qty: i64,
    pub until: Moment,
}

pub fn reserve<R>(w: &mut Writes<R>, c: C, h: Hold) {
    let state = State::Held.code();
    w.put(RESERVE, p![c, h.id, h.what.code(), h.subject, h.qty, h.until, state]);
}
pub fn confirm<R>(w: &mut Writes<R>, c: C, id: Id<id::Hold>, gone: R) {
    w.must(END, p![c, id, State::Confirmed.code()], gone);
}
pub fn release<R>(w: &mut Writes<R>, c: C, id: Id<id::Hold>, gone: R) {
    w.must(END, p![c, id, State::Released.code()], gone);
}
pub fn extend<R>(w: &mut Writes<R>, c: C, id: Id<id::Hold>, until: Moment, gone: R) {
    w.must(EXTEND, p![c, id, until], gone);
}
/// Of an order that may have taken a seat, or none.
pub fn extend_if<R>(w: &mut Writes<R>, c: C, id: Id<id::Hold>, until: Moment) {
    w.put(EXTEND, p![c, id, until]);
}
