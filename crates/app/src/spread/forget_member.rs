//! What closing an account does here: links stay as they were, devices are forgotten, and where
//! money went too.
use super::{tables, tables_payout};
use crate::db::Writes;
use rules::base::{Id, id};

/// In the transaction that ends the membership.
pub fn forget_member<R>(w: &mut Writes<R>, c: Id<id::Community>, member: Id<id::Member>) {
    tables::forget(w, c, member);
    tables_payout::forget(w, c, member);
}
