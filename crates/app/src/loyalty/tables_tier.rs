//! Writes of the ladder, of member prices and of where members stand, and the reads their verbs
//! decide by.
use crate::db::{Fault, Rx, Tx, Writes};
use crate::p;
use rules::base::{Id, Moment, id};
use rules::loyalty::tier::{Terms, Tier};

type C = Id<id::Community>;
type M = Id<id::Member>;

/// Every member has been counted since the ladder changed.
pub const ALL_COUNTED: i64 = i64::MAX;

/// What is the same for all tiers of a community.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Ladder {
    pub grace_days: i64,
    pub version: i64,
    pub counted_to: i64,
}

/// Where a member stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MemberTier {
    pub tier: Option<Id<id::Tier>>,
    /// The growth of that tier, also of one that is closed by now.
    pub from: i64,
    pub growth: i64,
    pub since: Moment,
    pub falls_at: Option<Moment>,
    pub next_at: Option<Moment>,
}

const LADDER: &str = "SELECT grace_days, version, counted_to FROM tier_ladder
    WHERE community_id = $1";
const TIERS: &str = "SELECT id, name, growth, off_bp, free_shipping FROM tier
    WHERE community_id = $1 AND state = 'open' ORDER BY growth";
/// Nobody else may have changed it since `version`.
const SET_LADDER: &str = "INSERT INTO tier_ladder (community_id, grace_days, version, changed_at,
    counted_to) VALUES ($1,$2,$3 + 1,$4,0) ON CONFLICT (community_id) DO UPDATE
    SET grace_days = $2, version = tier_ladder.version + 1, changed_at = $4, counted_to = 0
    WHERE tier_ladder.version = $3";
const ADD: &str = "INSERT INTO tier (community_id, id, name, growth, off_bp, free_shipping, state,
    created_at) VALUES ($1,$2,$3,$4,$5,$6,'open',$7) ON CONFLICT DO NOTHING";
const CHANGE: &str = "UPDATE tier SET name = $3, growth = $4, off_bp = $5, free_shipping = $6
    WHERE community_id = $1 AND id = $2 AND state = 'open'";
const CLOSE: &str = "UPDATE tier SET state = 'closed'
    WHERE community_id = $1 AND id = $2 AND state = 'open'";
const SET_PRICE: &str = "INSERT INTO tier_price (community_id, variant_id, tier_id, price)
    VALUES ($1,$2,$3,$4) ON CONFLICT (community_id, variant_id, tier_id) DO UPDATE SET price = $4";
const NO_PRICE: &str = "DELETE FROM tier_price
    WHERE community_id = $1 AND variant_id = $2 AND tier_id = $3";
const VARIANTS: &str = "SELECT id, price FROM variant
    WHERE community_id = $1 AND product_id = $2 AND state = 'listed'";
const MEMBER: &str = "SELECT x.tier_id, coalesce(t.growth, 0), x.growth, x.since_at, x.falls_at,
    x.next_at FROM member_tier x
    LEFT JOIN tier t ON t.community_id = x.community_id AND t.id = x.tier_id
    WHERE x.community_id = $1 AND x.member_id = $2";
const COUNTED: &str = "INSERT INTO member_tier (community_id, member_id, tier_id, growth, since_at,
    counted_at, falls_at, next_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8)
    ON CONFLICT (community_id, member_id) DO UPDATE SET tier_id = $3, growth = $4, since_at = $5,
    counted_at = $6, falls_at = $7, next_at = $8";
const MOVED: &str = "INSERT INTO tier_change (community_id, id, member_id, from_tier, to_tier,
    rungs, growth, falls_at, at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)";
/// What a member kept of what they received since, and when the oldest of it came.
const GROWTH: &str = "SELECT CAST(coalesce(sum(amount - refunded), 0) AS bigint),
    min(CASE WHEN refunded < amount THEN received_at END) FROM order_line
    WHERE community_id = $1 AND member_id = $2 AND received_at > $3";
const MEMBERS: &str = "SELECT id FROM member WHERE community_id = $1 AND id > $2
    ORDER BY id LIMIT $3";
const COUNTED_TO: &str = "UPDATE tier_ladder SET counted_to = $3
    WHERE community_id = $1 AND counted_to = $2";

pub fn ladder(rx: &mut Rx<'_>, c: C) -> Result<Option<Ladder>, Fault> {
    rx.one(LADDER, p![c], |r| Ladder {
        grace_days: r.int(0),
        version: r.int(1),
        counted_to: r.int(2),
    })
}
/// From the lowest to the highest.
pub fn tiers(rx: &mut Rx<'_>, c: C) -> Result<Vec<Tier>, Fault> {
    rx.all(TIERS, p![c], |r| Tier {
        id: r.id(0),
        terms: Terms {
            name: r.text(1),
            growth: r.int(2),
            off_bp: r.int(3),
            free_shipping: r.bool(4),
        },
    })
}
pub fn set_ladder<R>(w: &mut Writes<R>, c: C, (grace, version): (i64, i64), at: Moment, other: R) {
    w.must(SET_LADDER, p![c, grace, version, at], other);
}
pub fn add<R>(w: &mut Writes<R>, c: C, t: &Tier, at: Moment, taken: R) {
    let x = &t.terms;
    w.must(ADD, p![c, t.id, &x.name, x.growth, x.off_bp, x.free_shipping, at], taken);
}
pub fn change<R>(w: &mut Writes<R>, c: C, t: &Tier, gone: R) {
    let x = &t.terms;
    w.must(CHANGE, p![c, t.id, &x.name, x.growth, x.off_bp, x.free_shipping], gone);
}
/// The prices set for it stay with it, should an order want to be explained.
pub fn close<R>(w: &mut Writes<R>, c: C, id: Id<id::Tier>, gone: R) {
    w.must(CLOSE, p![c, id], gone);
}

/// The variants on sale of a product, with the shop's prices.
pub fn variants(
    rx: &mut Rx<'_>,
    c: C,
    product: Id<id::Product>,
) -> Result<Vec<(Id<id::Variant>, i64)>, Fault> {
    rx.all(VARIANTS, p![c, product], |r| (r.id(0), r.int(1)))
}
/// None takes the price away: the percent applies.
pub fn set_price<R>(
    w: &mut Writes<R>,
    c: C,
    (variant, tier): (Id<id::Variant>, Id<id::Tier>),
    price: Option<i64>,
) {
    match price {
        Some(price) => w.put(SET_PRICE, p![c, variant, tier, price]),
        None => w.put(NO_PRICE, p![c, variant, tier]),
    }
}

pub fn member(rx: &mut Rx<'_>, c: C, m: M) -> Result<Option<MemberTier>, Fault> {
    rx.one(MEMBER, p![c, m], |r| MemberTier {
        tier: r.opt_id(0),
        from: r.int(1),
        growth: r.int(2),
        since: r.moment(3),
        falls_at: r.opt_moment(4),
        next_at: r.opt_moment(5),
    })
}
pub fn counted<R>(w: &mut Writes<R>, c: C, m: M, x: &MemberTier, at: Moment) {
    w.put(COUNTED, p![c, m, x.tier, x.growth, x.since, at, x.falls_at, x.next_at]);
}
/// A move along the ladder.
pub struct Moved {
    pub from: Option<Id<id::Tier>>,
    pub to: Option<Id<id::Tier>>,
    pub rungs: i64,
    pub growth: i64,
    /// The end of the grace that a move down waited for.
    pub falls_at: Option<Moment>,
}
pub fn moved<R>(w: &mut Writes<R>, c: C, (id, m): (i64, M), x: &Moved, at: Moment) {
    w.put(MOVED, p![c, id, m, x.from, x.to, x.rungs, x.growth, x.falls_at, at]);
}
pub fn growth(rx: &mut Rx<'_>, c: C, m: M, after: Moment) -> Result<(i64, Option<Moment>), Fault> {
    let found = rx.one(GROWTH, p![c, m, after], |r| (r.int(0), r.opt_moment(1)))?;
    Ok(found.unwrap_or_default())
}

/// The next members to count after a change of the ladder.
pub fn members_after(rx: &mut Rx<'_>, c: C, after: i64, most: i64) -> Result<Vec<M>, Fault> {
    rx.all(MEMBERS, p![c, after, most], |r| r.id(0))
}
pub fn counted_to(tx: &mut Tx<'_>, c: C, from: i64, to: i64) -> Result<bool, Fault> {
    Ok(tx.exec(COUNTED_TO, p![c, from, to])? == 1)
}
