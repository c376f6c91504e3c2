//! What remains of somebody who closed their account: rows, counts and stars, no words.
use super::tables;
use crate::db::Writes;
use crate::{reach, trust};
use rules::base::{Id, Moment, id};

/// For the verb that closes an account, in its transaction, once for each membership.
pub fn forget_member<R>(
    w: &mut Writes<R>,
    c: Id<id::Community>,
    member: Id<id::Member>,
    now: Moment,
) {
    tables::forget(w, c, member, now);
    trust::tables::forget(w, c, member);
    trust::tables_ties::forget(w, c, member);
    reach::tables::forget_member(w, c, member);
}
