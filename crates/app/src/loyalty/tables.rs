//! Writes of coupons and claims, and the reads their verbs decide by.
use crate::db::{Fault, Row, Rx, Tx, Writes};
use crate::p;
use rules::base::{Id, Moment, id};
use rules::loyalty::coupon::{ClaimState, Kind, Offer, Scope, State, Terms};

type C = Id<id::Community>;
type M = Id<id::Member>;

#[derive(Clone, Debug)]
pub struct Coupon {
    pub offer: Offer,
    pub scope: Scope,
    pub scope_id: Option<i64>,
    pub days: i64,
    pub most: i64,
    pub per_member: i64,
    pub claimed: i64,
    pub state: State,
    pub ends: Moment,
    pub by_code: bool,
}

/// A member's own coupon.
#[derive(Clone, Debug)]
pub struct Claim {
    pub id: Id<id::Claim>,
    pub coupon: Id<id::Coupon>,
    pub member: M,
    pub state: ClaimState,
    pub hold: Option<Id<id::Hold>>,
    pub discount: i64,
    pub until: Moment,
}

const INSERT: &str = "INSERT INTO coupon (community_id, id, name, kind, value, cap, threshold,
    scope, scope_id, code, days, most, per_member, budget, ends_at, claimed, used, spent, state,
    by_member, created_at)
    VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,0,0,0,'open',$16,$17)
    ON CONFLICT DO NOTHING";
const CLOSE: &str = "UPDATE coupon SET state = 'closed'
    WHERE community_id = $1 AND id = $2 AND state = 'open'";
const COUPON: &str = "SELECT kind, value, cap, threshold, scope, scope_id, days, most,
    per_member, claimed, state, ends_at, code <> '' FROM coupon
    WHERE community_id = $1 AND id = $2";
const BY_CODE: &str = "SELECT id FROM coupon
    WHERE community_id = $1 AND code = $2 AND code <> '' AND state = 'open'";
const COUNT: &str = "UPDATE coupon SET claimed = claimed + 1 WHERE community_id = $1 AND id = $2
    AND state = 'open' AND ends_at > $3 AND (most = 0 OR claimed < most)";
const CLAIM: &str = "INSERT INTO claim (community_id, id, coupon_id, member_id, nth, state,
    discount, at, until_at) VALUES ($1,$2,$3,$4,$5,'claimed',0,$6,$7) ON CONFLICT DO NOTHING";
const CLAIM_OF: &str = "SELECT id, coupon_id, member_id, state, hold_id, discount, until_at
    FROM claim WHERE community_id = $1 AND id = $2";
const OF_ORDER: &str = "SELECT id, coupon_id, member_id, state, hold_id, discount, until_at
    FROM claim WHERE community_id = $1 AND order_id = $2";
const MINE: &str = "SELECT count(*) FROM claim
    WHERE community_id = $1 AND coupon_id = $2 AND member_id = $3";
const HOLD: &str = "UPDATE claim SET state = 'held', order_id = $3, hold_id = $4, discount = $5
    WHERE community_id = $1 AND id = $2 AND state = 'claimed' AND until_at > $6";
const SPEND: &str = "UPDATE coupon SET spent = spent + $3 WHERE community_id = $1 AND id = $2
    AND (budget = 0 OR spent + $3 <= budget)";
const USED: &str = "UPDATE claim SET state = 'used'
    WHERE community_id = $1 AND id = $2 AND state = 'held'";
const COUNT_USED: &str = "UPDATE coupon SET used = used + 1 WHERE community_id = $1 AND id = $2";
const UNCOUNT_USED: &str = "UPDATE coupon SET used = used - 1 WHERE community_id = $1 AND id = $2
    AND used > 0";
const BACK: &str = "UPDATE claim SET state = 'claimed', order_id = NULL, hold_id = NULL,
    discount = 0 WHERE community_id = $1 AND id = $2 AND state = $3";
const UNSPEND: &str = "UPDATE coupon SET spent = spent - $3 WHERE community_id = $1 AND id = $2
    AND spent >= $3";
const CATEGORY: &str = "SELECT p.category_id, k.parent_id FROM product p
    LEFT JOIN category k ON k.community_id = p.community_id AND k.id = p.category_id
    WHERE p.community_id = $1 AND p.id = $2";
const KNOWN: &str = "SELECT 1 FROM product WHERE community_id = $1 AND id = $2
    UNION SELECT 1 FROM category WHERE community_id = $1 AND id = $2";
const BOUGHT: &str = "SELECT 1 FROM orders WHERE community_id = $1 AND member_id = $2
    AND paid_at IS NOT NULL AND state NOT IN ('refunding', 'refunded') LIMIT 1";

pub struct NewCoupon<'a> {
    pub id: Id<id::Coupon>,
    pub terms: &'a Terms,
    pub scope_id: Option<i64>,
    pub by: M,
    pub at: Moment,
}

pub fn insert<R>(w: &mut Writes<R>, c: C, n: &NewCoupon<'_>, taken: R) {
    let t = n.terms;
    let args = p![
        c,
        n.id,
        &t.name,
        t.kind.code(),
        t.value,
        t.cap,
        t.threshold,
        t.scope.code(),
        n.scope_id,
        &t.code,
        t.days,
        t.most,
        t.per_member,
        t.budget,
        t.ends,
        n.by,
        n.at
    ];
    w.must(INSERT, args, taken);
}
pub fn close<R>(w: &mut Writes<R>, c: C, id: Id<id::Coupon>, not_open: R) {
    w.must(CLOSE, p![c, id], not_open);
}
pub fn coupon(rx: &mut Rx<'_>, c: C, id: Id<id::Coupon>) -> Result<Option<Coupon>, Fault> {
    rx.one(COUPON, p![c, id], |r| Coupon {
        offer: Offer {
            kind: r.word(0, Kind::of),
            value: r.int(1),
            cap: r.int(2),
            threshold: r.int(3),
        },
        scope: r.word(4, Scope::of),
        scope_id: r.opt_int(5),
        days: r.int(6),
        most: r.int(7),
        per_member: r.int(8),
        claimed: r.int(9),
        state: r.word(10, State::of),
        ends: r.moment(11),
        by_code: r.bool(12),
    })
}
pub fn by_code(rx: &mut Rx<'_>, c: C, code: &str) -> Result<Option<Id<id::Coupon>>, Fault> {
    rx.one(BY_CODE, p![c, code], |r| r.id(0))
}
fn read_claim(r: Row<'_>) -> Claim {
    Claim {
        id: r.id(0),
        coupon: r.id(1),
        member: r.id(2),
        state: r.word(3, ClaimState::of),
        hold: r.opt_id(4),
        discount: r.int(5),
        until: r.moment(6),
    }
}
pub fn claim(rx: &mut Rx<'_>, c: C, id: Id<id::Claim>) -> Result<Option<Claim>, Fault> {
    rx.one(CLAIM_OF, p![c, id], read_claim)
}
pub fn claim_of_order(rx: &mut Rx<'_>, c: C, order: Id<id::Order>) -> Result<Option<Claim>, Fault> {
    rx.one(OF_ORDER, p![c, order], read_claim)
}
pub fn claims_of(rx: &mut Rx<'_>, c: C, coupon: Id<id::Coupon>, m: M) -> Result<i64, Fault> {
    Ok(rx.one(MINE, p![c, coupon, m], |r| r.int(0))?.unwrap_or(0))
}
pub fn bought_before(rx: &mut Rx<'_>, c: C, m: M) -> Result<bool, Fault> {
    Ok(rx.one(BOUGHT, p![c, m], |_| ())?.is_some())
}
/// The category of a product, and the one above it.
pub fn categories(
    rx: &mut Rx<'_>,
    c: C,
    product: Id<id::Product>,
) -> Result<[Option<i64>; 2], Fault> {
    let found = rx.one(CATEGORY, p![c, product], |r| [r.opt_int(0), r.opt_int(1)])?;
    Ok(found.unwrap_or_default())
}
/// Whether a number is a product or category of the community.
pub fn known(rx: &mut Rx<'_>, c: C, id: i64) -> Result<bool, Fault> {
    Ok(rx.one(KNOWN, p![c, id], |_| ())?.is_some())
}

/// One more is claimed; the `nth` of this member.
pub fn insert_claim<R: Copy>(
    w: &mut Writes<R>,
    c: C,
    (claim, nth): (&Claim, i64),
    at: Moment,
    (gone, again): (R, R),
) {
    w.must(COUNT, p![c, claim.coupon, at], gone);
    w.must(CLAIM, p![c, claim.id, claim.coupon, claim.member, nth, at, claim.until], again);
}
/// An order uses it, if the budget allows the discount.
pub fn hold<R: Copy>(
    w: &mut Writes<R>,
    c: C,
    (claim, order): (&Claim, Id<id::Order>),
    (hold, discount): (Id<id::Hold>, i64),
    now: Moment,
    (gone, no_budget): (R, R),
) {
    w.must(HOLD, p![c, claim.id, order, hold, discount, now], gone);
    w.must(SPEND, p![c, claim.coupon, discount], no_budget);
}
pub fn used<R>(w: &mut Writes<R>, c: C, claim: &Claim, moved: R) {
    w.must(USED, p![c, claim.id], moved);
    w.put(COUNT_USED, p![c, claim.coupon]);
}
/// The order was never paid, or went back whole: the use and its money come back, once.
pub fn give_back<R: Copy>(w: &mut Writes<R>, c: C, claim: &Claim, moved: R) {
    w.must(BACK, p![c, claim.id, claim.state.code()], moved);
    if claim.state == ClaimState::Used {
        w.must(UNCOUNT_USED, p![c, claim.coupon], moved);
    }
    w.must(UNSPEND, p![c, claim.coupon, claim.discount], moved);
}
/// For a verb that decides on what it reads of a coupon: the others wait.
pub fn alone(tx: &mut Tx<'_>, c: C, id: Id<id::Coupon>) -> Result<Option<Coupon>, Fault> {
    tx.exec(ALONE, p![c, id])?;
    coupon(tx, c, id)
}
const ALONE: &str = "UPDATE coupon SET claimed = claimed WHERE community_id = $1 AND id = $2";
