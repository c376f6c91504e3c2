//! Writes of cases, and the reads their verbs decide by.
use crate::db::{Fault, Rx, Writes};
use crate::p;
use rules::base::{Id, Moment, id};
use rules::sale::case::{Reason, State};

type C = Id<id::Community>;
type Case = Id<id::Case>;

/// A case as its verbs see it.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    pub order: Id<id::Order>,
    pub member: Id<id::Member>,
    pub state: State,
}

pub struct NewCase<'a> {
    pub id: Case,
    pub order: Id<id::Order>,
    pub member: Id<id::Member>,
    pub reason: Reason,
    pub words: &'a str,
    /// Names of private pictures, with spaces between.
    pub pictures: &'a str,
    /// What the lines are worth today.
    pub amount: i64,
    pub at: Moment,
}

const CASE: &str = "SELECT order_id, member_id, state FROM order_case
    WHERE community_id = $1 AND id = $2";
const OPEN: &str = "SELECT id FROM order_case
    WHERE community_id = $1 AND order_id = $2 AND state = 'open'";
const INSERT: &str = "INSERT INTO order_case (community_id, id, order_id, member_id, state, reason,
    words, pictures, amount, at, answer) VALUES ($1,$2,$3,$4,'open',$5,$6,$7,$8,$9,'')
    ON CONFLICT DO NOTHING";
const LINE: &str = "INSERT INTO order_case_line (community_id, case_id, line_id, qty)
    VALUES ($1,$2,$3,$4)";
const DECIDE: &str = "UPDATE order_case SET state = $3, answer = $4, decided_by = $5,
    decided_at = $6 WHERE community_id = $1 AND id = $2 AND state = 'open'";
/// Money that goes back for one of its lines is a yes, however staff came to give it.
const ACCEPT: &str = "UPDATE order_case SET state = 'accepted', refund_id = $3, decided_by = $4,
    decided_at = $5 WHERE community_id = $1 AND order_id = $2 AND state = 'open'
    AND EXISTS (SELECT 1 FROM order_case_line k JOIN refund_line f
      ON f.community_id = k.community_id AND f.line_id = k.line_id
      WHERE k.community_id = $1 AND k.case_id = order_case.id AND f.refund_id = $3)";

pub fn case(rx: &mut Rx<'_>, c: C, id: Case) -> Result<Option<Asked>, Fault> {
    rx.one(CASE, p![c, id], |r| Asked {
        order: r.id(0),
        member: r.id(1),
        state: r.word(2, State::of),
    })
}
/// The question of an order that waits for an answer.
pub fn open_case(rx: &mut Rx<'_>, c: C, order: Id<id::Order>) -> Result<Option<Case>, Fault> {
    rx.one(OPEN, p![c, order], |r| r.id(0))
}
pub fn insert<R>(w: &mut Writes<R>, c: C, n: &NewCase<'_>, open: R) {
    let (reason, pictures) = (n.reason.code(), n.pictures);
    let args = p![c, n.id, n.order, n.member, reason, n.words, pictures, n.amount, n.at];
    w.must(INSERT, args, open);
}
pub fn insert_line<R>(w: &mut Writes<R>, c: C, case: Case, line: Id<id::Line>, qty: i64) {
    w.put(LINE, p![c, case, line, qty]);
}
pub fn decide<R>(
    w: &mut Writes<R>,
    c: C,
    (id, to): (Case, State),
    answer: &str,
    (by, at): (Id<id::Member>, Moment),
    decided: R,
) {
    w.must(DECIDE, p![c, id, to.code(), answer, by, at], decided);
}
pub fn accept<R>(
    w: &mut Writes<R>,
    c: C,
    (order, refund): (Id<id::Order>, Id<id::Refund>),
    (by, at): (Id<id::Member>, Moment),
) {
    w.put(ACCEPT, p![c, order, refund, by, at]);
}
