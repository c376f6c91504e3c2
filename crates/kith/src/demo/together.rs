//! Neighbours buy together: teams that fill, one that does not, and some that wait for the reader.
use super::Shared;
use super::trade::{destination, next_morning, pay};
use super::world::{DAYS, Event, Person, World, told};
use anyhow::{Result, anyhow};
use app::Stop;
use app::sale::open_group_buy::OpenGroupBuy;
use app::sale::owed::FromWallet;
use app::sale::place_order::PlaceOrder;
use app::sale::seats::SeatWish;
use app::sale::set_floors::SetFloors;
use rules::base::moment::{HOUR, MINUTE};
use rules::base::{Id, Moment, id};
use rules::ledger::Provider;
use rules::sale::group_buy::{Late, Terms, WHOLE, WhoMay};

/// Which day, how many make a team, how many come; the last ones are still open at the end.
const BUYS: [(i64, i64, usize); 6] =
    [(30, 3, 3), (48, 5, 3), (66, 4, 4), (80, 8, 8), (DAYS - 1, 5, 3), (DAYS - 1, 8, 5)];

pub fn plan(world: &World) {
    for (k, (day, _, _)) in BUYS.iter().enumerate() {
        world.plan(world.at(*day, 10 + k as i64), Event::Together(k));
    }
    world.plan(world.at(DAYS - 1, 18), Event::LedBuy);
}

/// What leaders may open group buys of; one of them does, for her own group.
pub async fn by_a_leader(world: &Shared, at: Moment) -> Result<()> {
    let Some((leader, of)) = super::lists::led(world) else { return Ok(()) };
    let Some(group) = world.group(&of.slug) else { return Ok(()) };
    let goods = world.goods.read().map(|g| g.clone()).unwrap_or_default();
    let mut last = None;
    for good in goods.iter().skip(1).step_by(5).take(4) {
        let found = world.app.product(world.community, good.id, false).await;
        let Some(p) = found.map_err(|e| anyhow!("{e}"))? else { continue };
        let low = |price: i64| price * 85 / 10_000 * 100;
        let lowest = p.variants.iter().map(|v| (v.id, Some(low(v.price)))).collect();
        let set = SetFloors { who: world.owner()?.who, product: p.id, lowest, size: 4 };
        told("what leaders may open", world.app.set_floors(at, set).await)?;
        let prices: Vec<_> =
            p.variants.iter().map(|v| (v.id, low(v.price), low(v.price))).collect();
        last = Some((p, prices));
    }
    let Some((p, prices)) = last else { return Ok(()) };
    let terms = Terms {
        title: rules::base::text::clip(&p.title, 80),
        story: String::new(),
        size: 4,
        fill: WHOLE,
        life_hours: 24,
        starts: at,
        ends: at.plus(3 * 24 * HOUR),
        most: 0,
        per_member: 1,
        opens: WhoMay::Everyone,
        joins: WhoMay::Everyone,
    };
    let (who, id, group) = (leader.who, world.app.mint(at), Some(group));
    let open = OpenGroupBuy { who, id, product: p.id, group, terms, prices };
    told("a leader's group buy", world.app.open_group_buy(at, open).await)?;
    let Some(variant) = p.variants.iter().find(|v| v.on_hand > 8).map(|v| v.id) else {
        return Ok(());
    };
    joined(world, at, (id, variant), (4, 4)).await?;
    joined(world, at.plus(HOUR), (id, variant), (4, 2)).await
}

/// The owner opens a campaign; somebody opens a team, others join it.
pub async fn buy(world: &Shared, at: Moment, k: usize) -> Result<()> {
    let (_, size, people) = BUYS[k];
    let goods = world.goods.read().map(|g| g.clone()).unwrap_or_default();
    let liked: Vec<_> = goods.iter().filter(|g| g.comments > 0).collect();
    let Some(good) = liked.get((k * 7 + 3) % liked.len().max(1)) else { return Ok(()) };
    let found = world.app.product(world.community, good.id, false).await;
    let Some(p) = found.map_err(|e| anyhow!("{e}"))? else { return Ok(()) };
    let prices: Vec<_> = p
        .variants
        .iter()
        .map(|v| {
            // whole yuan and pounds, as a shop would write them
            let share = |percent: i64| v.price * percent / 10_000 * 100;
            (v.id, share(85), if k.is_multiple_of(2) { share(85) } else { share(80) })
        })
        .collect();
    let Some(variant) = p.variants.iter().find(|v| v.on_hand > 8).map(|v| v.id) else {
        return Ok(());
    };
    let id: Id<id::Campaign> = world.app.mint(at);
    let terms = Terms {
        title: rules::base::text::clip(&p.title, 80),
        story: String::new(),
        size,
        fill: WHOLE,
        life_hours: 36,
        starts: at,
        ends: at.plus(7 * 24 * HOUR),
        most: 0,
        per_member: 2,
        opens: WhoMay::Everyone,
        joins: WhoMay::Everyone,
    };
    let group = world.first_group().and_then(|g| world.group(&g.slug));
    let who = world.owner()?.who;
    let open = OpenGroupBuy { who, id, product: p.id, group, terms, prices };
    told("a group buy", world.app.open_group_buy(at, open).await)?;
    joined(world, at, (id, variant), (size, people)).await
}

/// Somebody opens a team of that size, others join it.
async fn joined(
    world: &Shared,
    at: Moment,
    (campaign, variant): (Id<id::Campaign>, Id<id::Variant>),
    (size, people): (i64, usize),
) -> Result<()> {
    let (mut team, mut seen) = (None, Vec::new());
    for n in 0..people * 4 {
        let when = Moment(at.plus((n as i64 + 1) * 3 * MINUTE).0.min(world.end.0));
        let Some(person) = world.buyer() else { continue };
        if seen.len() >= people || seen.contains(&person.account) {
            continue;
        }
        let seat = SeatWish { campaign, team, late: Late::Refund };
        let Some(order) = take(world, person, when, variant, seat).await? else { continue };
        seen.push(person.account);
        if team.is_none() {
            let seat = world.app.seat_of(world.community, order).await;
            team = seat.map_err(|e| anyhow!("{e}"))?.map(|s| s.team);
        }
        if people >= size as usize {
            served(world, person, order, when);
        }
    }
    Ok(())
}

async fn take(
    world: &World,
    person: Person,
    at: Moment,
    variant: Id<id::Variant>,
    seat: SeatWish,
) -> Result<Option<Id<id::Order>>> {
    let order: Id<id::Order> = world.app.mint(at);
    let cmd = PlaceOrder {
        who: person.who,
        id: order,
        lines: vec![(variant, 1)],
        to: destination(world, person),
        note: String::new(),
        provider: Provider::Sandbox,
        expected: None,
        source: None,
        seat: Some(seat),
        coupon: None,
        points: 0,
        wallet: FromWallet::Nothing,
        chain: None,
    };
    match world.app.place_order(at, cmd).await {
        Ok(_) => pay(world, person, order, at).await.map(|()| Some(order)),
        Err(Stop::Refused(_)) => Ok(None),
        Err(Stop::Fault(fault)) => Err(anyhow!("a seat: {fault}")),
    }
}

fn served(world: &World, person: Person, order: Id<id::Order>, at: Moment) {
    let packed = next_morning(world, at).plus(24 * HOUR);
    world.plan(packed, Event::Fulfil(order));
    world.plan(packed.plus(10 * HOUR), Event::Receive(order, person.who));
}
