//! Reads of tiers: the ladder, where a member stands, and what they pay for what a page shows.
use crate::db::{Fault, Row, Rx, Val};
use crate::{App, p};
use rules::base::{Id, Moment, id};
use rules::loyalty::tier::{Terms, Tier, member_price};

type C = Id<id::Community>;
type M = Id<id::Member>;
type P = Id<id::Product>;
type V = Id<id::Variant>;

/// What a reader of a page pays: their tier, if they have one, and the prices set for it.
#[derive(Clone, Debug, Default)]
pub struct MemberPrices {
    /// From the lowest to the highest; empty where there are no tiers.
    pub ladder: Vec<Tier>,
    pub mine: Option<Tier>,
    shown: Vec<Shown>,
}

/// A variant on sale of a product that a page shows.
#[derive(Clone, Copy, Debug)]
struct Shown {
    product: P,
    variant: V,
    list: i64,
    set: Option<i64>,
}

impl MemberPrices {
    /// What the reader pays instead of the shop's price; none where that is not less.
    pub fn price(&self, variant: V, list: i64) -> Option<i64> {
        let mine = self.mine.as_ref()?;
        let set = self.shown.iter().find(|s| s.variant == variant).and_then(|s| s.set);
        Some(member_price(list, mine.terms.off_bp, set)).filter(|paid| *paid < list)
    }
    /// The lowest price of a product for the reader; none where everybody's is as low.
    pub fn lowest(&self, product: P) -> Option<i64> {
        let off = self.mine.as_ref()?.terms.off_bp;
        let of = || self.shown.iter().filter(|s| s.product == product);
        let paid = of().map(|s| member_price(s.list, off, s.set)).min()?;
        of().map(|s| s.list).min().filter(|list| paid < *list).map(|_| paid)
    }
}

/// Where a member stands.
#[derive(Clone, Debug)]
pub struct MemberSheet {
    pub growth: i64,
    pub since: Moment,
    pub falls_at: Option<Moment>,
}

/// The ladder as the desk sees it.
#[derive(Clone, Debug, Default)]
pub struct LadderDesk {
    /// None: it was never set.
    pub grace_days: Option<i64>,
    pub version: i64,
    /// Each with the number of its members.
    pub tiers: Vec<(Tier, i64)>,
}

const LADDER_OF: &str = "SELECT t.id, t.name, t.growth, t.off_bp, t.free_shipping,
    x.member_id IS NOT NULL FROM tier t
    LEFT JOIN member_tier x ON x.community_id = t.community_id AND x.member_id = $2
      AND x.tier_id = t.id
    WHERE t.community_id = $1 AND t.state = 'open' ORDER BY t.growth";
const MINE: &str = "SELECT t.id, t.name, t.growth, t.off_bp, t.free_shipping FROM member_tier x
    JOIN tier t ON t.community_id = x.community_id AND t.id = x.tier_id
    WHERE x.community_id = $1 AND x.member_id = $2 AND t.state = 'open'";
/// As many products as a page of the shop has, and some more.
const SHOWN: &str = "SELECT v.product_id, v.id, v.price, x.price FROM variant v
    LEFT JOIN tier_price x ON x.community_id = v.community_id AND x.variant_id = v.id
      AND x.tier_id = $2
    WHERE v.community_id = $1 AND v.state = 'listed' AND v.product_id IN
      ($3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,$23,$24,$25,$26)";
const AT_ONCE: usize = 24;
const SHEET: &str = "SELECT growth, since_at, falls_at FROM member_tier
    WHERE community_id = $1 AND member_id = $2";
const LADDER: &str = "SELECT grace_days, version FROM tier_ladder WHERE community_id = $1";
const COUNTS: &str = "SELECT tier_id, count(*) FROM member_tier
    WHERE community_id = $1 AND tier_id IS NOT NULL GROUP BY tier_id";
const PRICES: &str = "SELECT x.variant_id, x.tier_id, x.price FROM variant v
    JOIN tier_price x ON x.community_id = v.community_id AND x.variant_id = v.id
    WHERE v.community_id = $1 AND v.product_id = $2";

fn tier(r: &Row<'_>) -> Tier {
    let terms =
        Terms { name: r.text(1), growth: r.int(2), off_bp: r.int(3), free_shipping: r.bool(4) };
    Tier { id: r.id(0), terms }
}

/// The tier a member has now.
pub fn tier_of(rx: &mut Rx<'_>, c: C, m: M) -> Result<Option<Tier>, Fault> {
    rx.one(MINE, p![c, m], |r| tier(&r))
}
/// What these products cost with a tier.
pub fn prices_of(
    rx: &mut Rx<'_>,
    c: C,
    (ladder, mine): (Vec<Tier>, Option<Tier>),
    products: &[P],
) -> Result<MemberPrices, Fault> {
    let mut out = MemberPrices { ladder, mine, shown: Vec::new() };
    let Some(mine) = &out.mine else { return Ok(out) };
    for some in products.chunks(AT_ONCE) {
        let mut args = vec![Val::from(c), Val::from(mine.id)];
        args.extend(some.iter().map(|id| Val::from(*id)));
        args.resize(AT_ONCE + 2, Val::from(0_i64));
        out.shown.extend(rx.all(SHOWN, &args, |r| Shown {
            product: r.id(0),
            variant: r.id(1),
            list: r.int(2),
            set: r.opt_int(3),
        })?);
    }
    Ok(out)
}

impl App {
    /// The ladder, and what the reader pays for these products.
    pub async fn member_prices(
        &self,
        c: C,
        m: Option<M>,
        products: Vec<P>,
    ) -> Result<MemberPrices, Fault> {
        let member = m.map_or(0, Id::raw);
        let read = move |rx: &mut Rx<'_>| {
            let rows = rx.all(LADDER_OF, p![c, member], |r| (tier(&r), r.bool(5)))?;
            let mine = rows.iter().find(|row| row.1).map(|row| row.0.clone());
            let ladder = rows.into_iter().map(|row| row.0).collect();
            prices_of(rx, c, (ladder, mine), &products)
        };
        self.db.read(read).await
    }
    /// None: nothing they received has counted yet.
    pub async fn member_sheet(&self, c: C, m: M) -> Result<Option<MemberSheet>, Fault> {
        let row = |r: Row<'_>| MemberSheet {
            growth: r.int(0),
            since: r.moment(1),
            falls_at: r.opt_moment(2),
        };
        self.db.read(move |rx| rx.one(SHEET, p![c, m], row)).await
    }
    pub async fn ladder_desk(&self, c: C) -> Result<LadderDesk, Fault> {
        let read = move |rx: &mut Rx<'_>| {
            let ladder = rx.one(LADDER, p![c], |r| (r.int(0), r.int(1)))?;
            let counts = rx.all(COUNTS, p![c], |r| (r.id::<id::Tier>(0), r.int(1)))?;
            let tiers = rx.all(LADDER_OF, p![c, 0_i64], |r| tier(&r))?;
            let count = |id| counts.iter().find(|n| n.0 == id).map_or(0, |n| n.1);
            let tiers = tiers.into_iter().map(|t| (t.clone(), count(t.id))).collect();
            Ok(LadderDesk {
                grace_days: ladder.map(|l| l.0),
                version: ladder.map_or(0, |l| l.1),
                tiers,
            })
        };
        self.db.read(read).await
    }
    /// The prices set for single variants of a product.
    pub async fn tier_prices(
        &self,
        c: C,
        product: P,
    ) -> Result<Vec<(V, Id<id::Tier>, i64)>, Fault> {
        let row = |r: Row<'_>| (r.id(0), r.id(1), r.int(2));
        self.db.read(move |rx| rx.all(PRICES, p![c, product], row)).await
    }
}
