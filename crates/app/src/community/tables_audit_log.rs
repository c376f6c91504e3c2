//! Who did what to whom, with before and after: what staff and leaders answer for.
use crate::db::{Tx, Writes};
use crate::p;
use rules::base::{Id, id};

const WRITE: &str = "INSERT INTO audit_log (community_id, id, actor, what, subject, was, became,
    reason, at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)";

/// One deed. `what` is the verb's name; `was` and `became` are codes, numbers or short texts.
#[derive(Clone, Copy)]
pub struct Deed<'a> {
    pub actor: Id<id::Member>,
    pub what: &'static str,
    /// The raw id of the member, group, message … it was done to.
    pub subject: i64,
    pub was: &'a str,
    pub became: &'a str,
    pub reason: &'a str,
}

/// In the transaction of the deed itself.
pub fn write<R>(tx: &Tx<'_>, w: &mut Writes<R>, c: Id<id::Community>, d: Deed<'_>) {
    let id: Id<id::Audit> = tx.mint();
    let args = p![c, id, d.actor, d.what, d.subject, d.was, d.became, d.reason, tx.now()];
    w.put(WRITE, args);
}
