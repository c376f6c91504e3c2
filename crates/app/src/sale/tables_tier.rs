//! Writes of the tier an order was placed with.
use crate::db::Writes;
use crate::p;
use rules::base::{Id, id};
use rules::loyalty::tier::Tier;

const INSERT: &str = "INSERT INTO order_tier (community_id, order_id, tier_id, name, free_shipping)
    VALUES ($1,$2,$3,$4,$5)";

/// A snapshot: what becomes of the tier later changes no order.
pub fn insert<R>(w: &mut Writes<R>, c: Id<id::Community>, order: Id<id::Order>, t: &Tier) {
    w.put(INSERT, p![c, order, t.id, &t.terms.name, t.terms.free_shipping]);
}
