//! Writes of bindings that wait for a person's decision, and what its verb decides by.
use super::tables::Opened;
use crate::db::{Fault, Rx, Writes};
use crate::p;
use rules::base::{Id, Moment, id};
use rules::spread::binding::Held;

type C = Id<id::Community>;
type Member = Id<id::Member>;

const HOLD: &str = "INSERT INTO binding_held (community_id, member_id, by_id, link_id, at, state)
    VALUES ($1,$2,$3,$4,$5,'waiting') ON CONFLICT DO NOTHING";
const HELD: &str = "SELECT link_id, by_id, at, state FROM binding_held
    WHERE community_id = $1 AND member_id = $2";
const DECIDE: &str = "UPDATE binding_held SET state = $3, decided_by = $4, decided_at = $5
    WHERE community_id = $1 AND member_id = $2 AND state = 'waiting'";

pub fn hold<R>(w: &mut Writes<R>, c: C, member: Member, seen: Opened, now: Moment) {
    w.put(HOLD, p![c, member, seen.by, seen.link, now]);
}
pub fn held(rx: &mut Rx<'_>, c: C, member: Member) -> Result<Option<(Opened, Held)>, Fault> {
    rx.one(HELD, p![c, member], |r| {
        (Opened { link: r.id(0), by: r.id(1), at: r.moment(2) }, r.word(3, Held::of))
    })
}
pub fn decide<R>(
    w: &mut Writes<R>,
    c: C,
    member: Member,
    (state, by): (Held, Member),
    now: Moment,
    decided: R,
) {
    w.must(DECIDE, p![c, member, state.code(), by, now], decided);
}
