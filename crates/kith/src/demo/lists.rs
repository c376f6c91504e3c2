//! Leaders' lists: one that was handed out long ago, one that is being handed out, one that takes
//! orders now.
use super::Shared;
use super::trade::pay;
use super::world::{DAYS, Event, Person, World, told};
use anyhow::{Result, anyhow};
use app::Stop;
use app::sale::chains::ChainWish;
use app::sale::hand_over::HandOver;
use app::sale::open_chain_order::{NewOffer, OpenChainOrder};
use app::sale::order_on_behalf::OnBehalf;
use app::sale::owed::FromWallet;
use app::sale::place_order::{PlaceOrder, To};
use rules::base::moment::{DAY, HOUR, MINUTE};
use rules::base::{Id, Moment, id};
use rules::ledger::Provider;
use rules::sale::chain::Terms;

/// How many days before today, for how many hours, how many orders, with a minimum or not.
const LISTS: [(i64, i64, usize, bool); 3] =
    [(4, 20, 14, false), (0, 30, 12, true), (25, 20, 11, false)];

pub fn plan(world: &World) {
    for (k, (ago, _, _, _)) in LISTS.iter().enumerate() {
        world.plan(world.at(DAYS - ago - 1, 19), Event::List(k));
    }
}

/// The group the leader of the demonstration runs.
pub fn led(world: &World) -> Option<(Person, &super::data::Group)> {
    let led = |g: &&super::data::Group| !g.pickup_name.is_empty() && g.leader == "周姐";
    let group = world.set.groups.iter().find(led);
    let group = group.or_else(|| {
        world.set.groups.iter().find(|g| !g.pickup_name.is_empty() && !g.leader.is_empty())
    })?;
    Some((world.named(&group.leader)?, group))
}

pub async fn open(world: &Shared, at: Moment, k: usize) -> Result<()> {
    let (_, hours, orders, minimum) = LISTS[k];
    let Some((leader, of)) = led(world) else { return Ok(()) };
    let Some(group) = world.group(&of.slug) else { return Ok(()) };
    let goods = world.goods.read().map(|g| g.clone()).unwrap_or_default();
    let mut offers = Vec::new();
    for good in goods.iter().skip(k % 2 * 4 + 2).take(4) {
        let found = world.app.product(world.community, good.id, false).await;
        let Some(p) = found.map_err(|e| anyhow!("{e}"))? else { continue };
        let variant = p.variants.iter().find(|v| v.on_hand > 20);
        offers.extend(variant.map(|v| NewOffer { variant: v.id, price: None, most: 20 }));
    }
    if offers.is_empty() {
        return Ok(());
    }
    let id: Id<id::Campaign> = world.app.mint(at);
    let cut_off = at.plus(hours * HOUR);
    let pick = |all: [&'static str; 3]| world.lang.pick(all).to_string();
    let terms = Terms {
        title: pick(match k {
            0 => ["周末到货，一起拼车送", "週末到貨，一起併車送", "Weekend delivery to the gate"],
            2 => ["月初囤一点", "月初囤一點", "Stocking up for the month"],
            _ => {
                ["明天截单，后天到货", "明天截單，後天到貨", "Closes tomorrow, here the day after"]
            }
        }),
        letter: pick([
            "各位邻居：东西我自己先尝过才敢开团。截单后我去拿货，到了群里喊大家。\n\
             取不了的跟我说一声，先放冰柜。",
            "各位鄰居：東西我自己先嚐過才敢開團。截單後我去拿貨，到了群裡叫大家。\n\
             來不了的跟我說一聲，先放冰櫃。",
            "Dear neighbours, I tried all of this before I put it here. I fetch it after the \
             cut-off and call you in the group.\nIf you cannot come, tell me: there is room in \
             the cooler.",
        ]),
        cut_off,
        arrives: cut_off.plus(18 * HOUR),
        minimum: if minimum { 30_000 } else { 0 },
    };
    let cmd = OpenChainOrder { who: leader.who, id, group, terms, offers: offers.clone() };
    told("a list", world.app.open_chain_order(at, cmd).await)?;
    let people = world.members_of(&of.slug);
    for n in 0..orders {
        let Some(person) = world.dice.one(&people).copied() else { break };
        if person.account == leader.account {
            continue;
        }
        let when = Moment(at.plus((n as i64 * 37 + 5) * MINUTE).0.min(world.end.0));
        let Some(offer) = world.dice.one(&offers) else { break };
        let lines = vec![(offer.variant, world.dice.between(1, 3))];
        let chain = ChainWish { campaign: id, named: world.dice.percent(75), by: None };
        // some neighbours have no smartphone
        match n % 6 == 5 {
            true => behalf(world, when, (leader, person), (chain, lines)).await?,
            false => take(world, when, person, (group, chain), lines).await?,
        }
    }
    if k != 1 {
        world.plan(cut_off.plus(18 * HOUR), Event::Arrived(id, leader.who));
    }
    Ok(())
}

fn reach(world: &World, person: Person) -> (String, String) {
    let is = |i: usize| world.person(i).is_some_and(|p| p.account == person.account);
    let found = world.set.members.iter().enumerate().find(|(i, _)| is(*i));
    found.map(|(_, m)| (m.name.clone(), m.phone.clone())).unwrap_or_default()
}

type Wanted = (ChainWish, Vec<(Id<id::Variant>, i64)>);

async fn take(
    world: &World,
    at: Moment,
    person: Person,
    (group, chain): (Id<id::Group>, ChainWish),
    lines: Vec<(Id<id::Variant>, i64)>,
) -> Result<()> {
    let (recipient, phone) = reach(world, person);
    let order: Id<id::Order> = world.app.mint(at);
    let cmd = PlaceOrder {
        who: person.who,
        id: order,
        lines,
        to: To::Pickup { group, recipient, phone },
        note: String::new(),
        provider: Provider::Sandbox,
        expected: None,
        source: None,
        seat: None,
        coupon: None,
        points: 0,
        wallet: FromWallet::Nothing,
        chain: Some(chain),
    };
    match world.app.place_order(at, cmd).await {
        Ok(_) => pay(world, person, order, at).await,
        Err(Stop::Refused(_)) => Ok(()),
        Err(Stop::Fault(fault)) => Err(anyhow!("an order of a list: {fault}")),
    }
}

async fn behalf(
    world: &World,
    at: Moment,
    (leader, person): (Person, Person),
    (chain, lines): Wanted,
) -> Result<()> {
    let (recipient, phone) = reach(world, person);
    let cmd = OnBehalf {
        who: leader.who,
        member: person.who.member,
        id: world.app.mint(at),
        payment: world.app.mint(at),
        campaign: chain.campaign,
        lines,
        recipient,
        phone,
        note: String::new(),
        named: chain.named,
    };
    match world.app.order_on_behalf(at, cmd).await {
        Ok(_) | Err(Stop::Refused(_)) => Ok(()),
        Err(Stop::Fault(fault)) => Err(anyhow!("an order for a neighbour: {fault}")),
    }
}

/// The goods are there; most neighbours have come, one sent somebody.
pub async fn arrived(
    world: &Shared,
    at: Moment,
    list: Id<id::Campaign>,
    leader: app::community::who::Who,
) -> Result<()> {
    told("goods of a list", world.app.mark_arrived(at, leader, list).await)?;
    let rows = world.app.chain_board(world.community, list).await.map_err(|e| anyhow!("{e}"))?;
    // those of the old list have all come by now
    let come = if at.plus(10 * DAY) < world.end { rows.len() } else { rows.len() * 2 / 3 };
    for (n, row) in rows.iter().take(come).enumerate() {
        let when = Moment(at.plus((n as i64 * 7 + 20) * MINUTE).0.min(world.end.0));
        let by = if n == 2 {
            world.lang.pick(["隔壁小李", "隔壁小李", "Lee next door"])
        } else {
            ""
        };
        let cmd = HandOver {
            who: leader,
            id: world.app.mint(when),
            order: row.order,
            collected_by: by.into(),
        };
        match world.app.hand_over(when, cmd).await {
            Ok(()) | Err(Stop::Refused(_)) => {}
            Err(Stop::Fault(fault)) => return Err(anyhow!("a hand-out: {fault}")),
        }
    }
    Ok(())
}
