//! Tiers of the demonstration, and a product with prices of its own for them.
use super::Shared;
use super::world::told;
use anyhow::{Result, anyhow};
use app::loyalty::set_tier_prices::SetTierPrices;
use app::loyalty::set_tiers::SetTiers;
use rules::base::{Lang, Moment};
use rules::loyalty::tier::{GRACE_DAYS, Terms, Tier, member_price, of_points};

/// Points from which on they are had, in yuan and in pounds; basis points off; free delivery.
const LADDER: [([&str; 3], [i64; 2], i64, bool); 3] = [
    (["常来", "常來", "Regular"], [1500, 80], 300, false),
    (["老友", "老友", "Friend"], [5000, 200], 500, true),
    (["自家人", "自家人", "Family"], [12000, 400], 800, true),
];

/// The owner sets them in the first days; what people buy from then on brings them up.
pub async fn set(world: &Shared, at: Moment) -> Result<()> {
    let who = world.owner()?.who;
    let mut tiers = Vec::with_capacity(LADDER.len());
    for (name, [yuan, pounds], off_bp, free_shipping) in LADDER {
        let points = if world.lang == Lang::En { pounds } else { yuan };
        let growth = of_points(points, world.currency).unwrap_or(points);
        let terms = Terms { name: world.lang.pick(name).into(), growth, off_bp, free_shipping };
        tiers.push(Tier { id: world.app.mint(at), terms });
    }
    let top = tiers.last().map(|t| t.id);
    let set = SetTiers { who, version: 0, grace_days: GRACE_DAYS, tiers };
    told("the tiers", world.app.set_tiers(at, set).await)?;
    let first = world.goods.read().ok().and_then(|all| all.first().cloned());
    let (Some(good), Some(tier)) = (first, top) else { return Ok(()) };
    let found = world.app.product(world.community, good.id, false).await;
    let Some(p) = found.map_err(|e| anyhow!("{e}"))? else { return Ok(()) };
    let prices = p.variants.iter().map(|v| (v.id, tier, Some(member_price(v.price, 1200, None))));
    let prices = prices.filter(|x| x.2 != Some(0)).collect();
    let cmd = SetTierPrices { who, product: good.id, prices };
    told("member prices", world.app.set_tier_prices(at, cmd).await)
}
