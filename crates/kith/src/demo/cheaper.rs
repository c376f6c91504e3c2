//! Coupons of the demonstration: one for everybody from a sum on, one for a first order.
use super::Shared;
use super::world::{DAYS, World, told};
use anyhow::{Result, anyhow};
use app::Stop;
use app::community::who::Who;
use app::loyalty::claim_coupon::{ClaimCoupon, Refused, Which};
use app::loyalty::open_coupon::OpenCoupon;
use rules::base::{Id, Moment, id};
use rules::loyalty::coupon::{ClaimState, Kind, Scope, Terms};

/// The owner offers them in the first days.
pub async fn offer(world: &Shared, at: Moment) -> Result<()> {
    let l = world.lang;
    let open = |name: [&'static str; 3], kind, value, cap, threshold, scope| Terms {
        name: l.pick(name).into(),
        kind,
        value,
        cap,
        threshold,
        scope,
        code: String::new(),
        days: 60,
        most: 0,
        per_member: 1,
        budget: 0,
        ends: at.plus_days(DAYS + 30),
    };
    let all = [
        open(["邻里券", "鄰里券", "Neighbours"], Kind::Amount, 1000, 0, 9900, Scope::All),
        open(
            ["第一单九折", "第一單九折", "First order"],
            Kind::Percent,
            1000,
            3000,
            0,
            Scope::FirstOrder,
        ),
    ];
    for terms in all {
        let who = world.owner()?.who;
        let open = OpenCoupon { who, id: world.app.mint(at), terms, scope_id: None };
        told("a coupon", world.app.open_coupon(at, open).await)?;
    }
    Ok(())
}

/// Somebody takes what is offered; who has it already is told so.
pub async fn take(world: &World, at: Moment, who: Who) -> Result<()> {
    let open = world.app.open_coupons(at, world.community, who.member).await;
    for k in open.map_err(|e| anyhow!("{e}"))?.iter().filter(|k| k.mine == 0) {
        let (id, which) = (world.app.mint(at), Which::Listed(k.id));
        let claim = ClaimCoupon { community: world.community, by: who.member, id, which };
        match world.app.claim_coupon(at, claim).await {
            // somebody who joins in the hour in which they look around takes it twice
            Err(Stop::Refused(Refused::Enough)) => {}
            out => {
                told("taking a coupon", out)?;
            }
        }
    }
    Ok(())
}

/// Those that somebody has, the oldest first.
pub async fn of(world: &World, at: Moment, who: Who) -> Result<Vec<Id<id::Claim>>> {
    let mine = world.app.my_coupons(world.community, who.member).await;
    let mine = mine.map_err(|e| anyhow!("{e}"))?;
    let good = mine.iter().rev().filter(|x| x.state == ClaimState::Claimed && x.until > at);
    Ok(good.map(|x| x.id).collect())
}
