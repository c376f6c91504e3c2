//! Reads of coupons: one's own, those to claim, those of the desk.
use super::tables;
use crate::db::{Fault, Row, Rx};
use crate::{App, p};
use rules::base::{Id, Moment, id};
use rules::loyalty::coupon::{ClaimState, Kind, Scope, State};

type C = Id<id::Community>;
type M = Id<id::Member>;

#[derive(Clone, Debug)]
pub struct CouponRow {
    pub id: Id<id::Coupon>,
    pub name: String,
    pub kind: Kind,
    pub value: i64,
    pub cap: i64,
    pub threshold: i64,
    pub scope: Scope,
    /// The product or category it is for.
    pub of: Option<String>,
    pub code: String,
    pub days: i64,
    pub most: i64,
    pub per_member: i64,
    pub budget: i64,
    pub ends: Moment,
    pub claimed: i64,
    pub used: i64,
    pub spent: i64,
    pub state: State,
    /// How many of them the reader has.
    pub mine: i64,
}

/// One that a member has.
#[derive(Clone, Debug)]
pub struct ClaimRow {
    pub id: Id<id::Claim>,
    pub state: ClaimState,
    pub until: Moment,
    pub order: Option<Id<id::Order>>,
    pub discount: i64,
    pub coupon: CouponRow,
}

const OPEN: &str = "SELECT k.id, k.name, k.kind, k.value, k.cap, k.threshold, k.scope,
    coalesce(d.title, g.name), k.code, k.days, k.most, k.per_member, k.budget, k.ends_at,
    k.claimed, k.used, k.spent, k.state, (SELECT count(*) FROM claim x
      WHERE x.community_id = k.community_id AND x.coupon_id = k.id AND x.member_id = $3)
    FROM coupon k LEFT JOIN product d ON d.community_id = k.community_id AND d.id = k.scope_id
    LEFT JOIN category g ON g.community_id = k.community_id AND g.id = k.scope_id
    WHERE k.community_id = $1 AND k.state = 'open' AND k.ends_at > $2 AND k.code = ''
    ORDER BY k.ends_at, k.id LIMIT 30";
const ALL: &str = "SELECT k.id, k.name, k.kind, k.value, k.cap, k.threshold, k.scope,
    coalesce(d.title, g.name), k.code, k.days, k.most, k.per_member, k.budget, k.ends_at,
    k.claimed, k.used, k.spent, k.state, CAST(0 AS bigint)
    FROM coupon k LEFT JOIN product d ON d.community_id = k.community_id AND d.id = k.scope_id
    LEFT JOIN category g ON g.community_id = k.community_id AND g.id = k.scope_id
    WHERE k.community_id = $1 AND k.id < $2 ORDER BY k.id DESC LIMIT $3";
const KEPT: &str = "SELECT 1 FROM claim WHERE community_id = $1 AND order_id = $2";
const MINE: &str = "SELECT k.id, k.name, k.kind, k.value, k.cap, k.threshold, k.scope,
    coalesce(d.title, g.name), k.code, k.days, k.most, k.per_member, k.budget, k.ends_at,
    k.claimed, k.used, k.spent, k.state, CAST(1 AS bigint), x.id, x.state, x.until_at,
    x.order_id, x.discount
    FROM claim x JOIN coupon k ON k.community_id = x.community_id AND k.id = x.coupon_id
    LEFT JOIN product d ON d.community_id = k.community_id AND d.id = k.scope_id
    LEFT JOIN category g ON g.community_id = k.community_id AND g.id = k.scope_id
    WHERE x.community_id = $1 AND x.member_id = $2 ORDER BY x.id DESC LIMIT 60";

fn row(r: &Row<'_>) -> CouponRow {
    CouponRow {
        id: r.id(0),
        name: r.text(1),
        kind: r.word(2, Kind::of),
        value: r.int(3),
        cap: r.int(4),
        threshold: r.int(5),
        scope: r.word(6, Scope::of),
        of: r.opt_text(7),
        code: r.text(8),
        days: r.int(9),
        most: r.int(10),
        per_member: r.int(11),
        budget: r.int(12),
        ends: r.moment(13),
        claimed: r.int(14),
        used: r.int(15),
        spent: r.int(16),
        state: r.word(17, State::of),
        mine: r.int(18),
    }
}

impl App {
    /// What may be claimed from the list.
    pub async fn open_coupons(&self, now: Moment, c: C, m: M) -> Result<Vec<CouponRow>, Fault> {
        self.db.read(move |rx| rx.all(OPEN, p![c, now, m], |r| row(&r))).await
    }
    pub async fn coupons(
        &self,
        c: C,
        before: Option<Id<id::Coupon>>,
        most: i64,
    ) -> Result<Vec<CouponRow>, Fault> {
        let before = before.map_or(i64::MAX, |id| id.raw());
        self.db.read(move |rx| rx.all(ALL, p![c, before, most], |r| row(&r))).await
    }
    /// Whether an order still has its coupon; one that was given back is its owner's again.
    pub async fn keeps_coupon(&self, c: C, order: Id<id::Order>) -> Result<bool, Fault> {
        self.db.read(move |rx| Ok(rx.one(KEPT, p![c, order], |_| ())?.is_some())).await
    }
    /// Whether a coupon for a first order is too late for them.
    pub async fn bought_before(&self, c: C, m: M) -> Result<bool, Fault> {
        self.db.read(move |rx| tables::bought_before(rx, c, m)).await
    }
    pub async fn my_coupons(&self, c: C, m: M) -> Result<Vec<ClaimRow>, Fault> {
        let read = move |rx: &mut Rx<'_>| {
            rx.all(MINE, p![c, m], |r| ClaimRow {
                id: r.id(19),
                state: r.word(20, ClaimState::of),
                until: r.moment(21),
                order: r.opt_id(22),
                discount: r.int(23),
                coupon: row(&r),
            })
        };
        self.db.read(read).await
    }
}
