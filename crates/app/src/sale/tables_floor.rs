//! What leaders may open group buys of: the lowest price of each variant, and of how many.
use crate::db::{Fault, Rx, Writes};
use crate::p;
use rules::base::{Id, id};
use rules::sale::leaders_buy::Floor;

type C = Id<id::Community>;

const SET: &str = "INSERT INTO leader_floor (community_id, variant_id, lowest, size)
    VALUES ($1,$2,$3,$4) ON CONFLICT (community_id, variant_id) DO UPDATE
    SET lowest = $3, size = $4";
const DROP: &str = "DELETE FROM leader_floor WHERE community_id = $1 AND variant_id = $2";
const OF: &str = "SELECT lowest, size FROM leader_floor
    WHERE community_id = $1 AND variant_id = $2";

/// None: leaders open no group buy of it.
pub fn set<R>(w: &mut Writes<R>, c: C, variant: Id<id::Variant>, floor: Option<Floor>) {
    match floor {
        Some(f) => w.put(SET, p![c, variant, f.lowest, f.size]),
        None => w.put(DROP, p![c, variant]),
    }
}
pub fn of(rx: &mut Rx<'_>, c: C, variant: Id<id::Variant>) -> Result<Option<Floor>, Fault> {
    rx.one(OF, p![c, variant], |r| Floor { lowest: r.int(0), size: r.int(1) })
}
