//! Plays ninety days, hour by hour.
use super::data::{self, Group, Set, listed};
use super::world::{DAYS, Event, World, told};
use super::{Shared, cheaper, earning, lists, people, points, thanks, tiers, together, trade};
use anyhow::{Result, anyhow};
use app::App;
use app::community::PickUp;
use app::community::create_group::CreateGroup;
use app::community::create_tag::CreateTag;
use app::community::open_community::OpenCommunity;
use app::community::update_group::UpdateGroup;
use app::spread::take_packet::TakePacket;
use futures_util::StreamExt;
use indicatif::{ProgressBar, ProgressStyle};
use rules::base::moment::{DAY, HOUR};
use rules::base::{Currency, Id, Jurisdiction, Lang, Moment, id};
use rules::community::group::{Admission, GroupKind};
use rules::sale::price::Shipping;
use std::collections::BTreeSet;
use std::sync::Arc;

/// So many things of one hour happen side by side.
const BESIDE: usize = 24;
const ORDERS: usize = 2000;
/// East of Greenwich: the hours of a story are its own. London's summer hour is let pass.
const SHANGHAI: i64 = 8 * HOUR;
const LONDON: i64 = 0;

/// `other` is a second app on the same database: ids only ever rise, so each of the two stories,
/// told one after the other over the same days, has a mint of its own.
pub async fn fill(app: &App, other: App, now: Moment) -> Result<Shared> {
    let begin = |east: i64| Moment((now.0 + east) / DAY * DAY - east - DAYS * DAY);
    let bar = ProgressBar::new(DAYS as u64 + 1);
    let style = ProgressStyle::with_template("{msg} [{bar:32}] {pos}/{len} days {elapsed}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    let english = data::english()?;
    let taste = (Lang::En, Currency::Gbp);
    let harbour = Arc::new(World::new(other, english, taste, begin(LONDON), now));
    bar.set_message("Harbour Row");
    play(&harbour, &bar, 120).await?;
    let taste = (Lang::Hans, Currency::Cny);
    let world = Arc::new(World::new(app.clone(), data::chinese()?, taste, begin(SHANGHAI), now));
    bar.set_message("桃源里熟客");
    play(&world, &bar, ORDERS).await?;
    told("sealing", app.seal(now).await)?;
    bar.finish_and_clear();
    Ok(world)
}

async fn play(world: &Shared, bar: &ProgressBar, orders: usize) -> Result<()> {
    people::join(world, 0, world.start.plus(8 * HOUR)).await?;
    found(world).await?;
    trade::stock(world).await?;
    cheaper::offer(world, world.start.plus(11 * HOUR)).await?;
    earning::offer(world, world.start.plus(12 * HOUR)).await?;
    tiers::set(world, world.start.plus(13 * HOUR)).await?;
    points::offer(world, world.start.plus(12 * HOUR)).await?;
    plan(world, orders);
    let mut day = -1;
    while let Some((slot, events)) = world.next_hour() {
        bar.set_position((slot / 24) as u64);
        if slot / 24 != day {
            day = slot / 24;
            work(world, world.start.plus(slot * HOUR)).await?;
        }
        // people come in one after the other: who brought whom is there before
        let (joins, rest): (Vec<_>, Vec<_>) =
            events.into_iter().partition(|(_, e)| matches!(e, Event::Join(_)));
        for (at, event) in joins {
            happen(world, at, event).await?;
        }
        let side_by_side = rest.into_iter().map(|(at, event)| happen(world, at, event));
        let done: Vec<Result<()>> =
            futures_util::stream::iter(side_by_side).buffer_unordered(BESIDE).collect().await;
        done.into_iter().collect::<Result<()>>()?;
    }
    work(world, world.end).await
}

/// Due jobs, and the seal on the day.
async fn work(world: &World, now: Moment) -> Result<()> {
    while told("the worker", world.app.work(now, 1).await)? > 0 {}
    told("sealing", world.app.seal(now).await)?;
    Ok(())
}

async fn happen(world: &Shared, at: Moment, event: Event) -> Result<()> {
    match event {
        Event::Join(i) => people::join(world, i, at).await,
        Event::Talk(i) => people::talk(world, i, at).await,
        Event::Post(i) => people::post(world, i, at).await,
        Event::Order => trade::order(world, at).await,
        Event::Together(k) => together::buy(world, at, k).await,
        Event::LedBuy => together::by_a_leader(world, at).await,
        Event::List(k) => lists::open(world, at, k).await,
        Event::Arrived(list, leader) => lists::arrived(world, at, list, leader).await,
        Event::Fulfil(order) => trade::fulfil(world, at, order).await,
        Event::Receive(order, who) => trade::receive(world, at, order, who).await,
        Event::Review(order, who) => trade::review(world, at, order, who).await,
        Event::FollowUp(review, who, text) => trade::follow_up(world, at, review, who, text).await,
        Event::Complain(order, who) => trade::complain(world, at, order, who).await,
        Event::Decline(case) => trade::decline(world, at, case).await,
        Event::Refund(order, why) => trade::refund(world, at, order, why).await,
        Event::Relay => thanks::relay(world, at).await,
        Event::Thank(i) => thanks::open(world, at, i).await,
        Event::Take(packet, who) => thanks::take(world, at, TakePacket { who, packet }).await,
    }
}

/// The owner opens the community, its tags and its groups.
async fn found(world: &Shared) -> Result<()> {
    let (app, at, owner) = (&world.app, world.start.plus(9 * HOUR), world.owner()?);
    for name in all_tags(&world.set) {
        let id = app.mint(at);
        let (community, by) = (world.community, owner.who.member);
        let cmd = CreateTag { community, by, id, name: name.clone() };
        told(&name, app.create_tag(at, cmd).await)?;
        if let Ok(mut tags) = world.tags.write() {
            tags.insert(name, id);
        }
    }
    let open =
        app.discover_groups(world.community, None, None).await.map_err(|e| anyhow!("{e}"))?;
    for g in &world.set.groups {
        if let Some(first) =
            open.first().filter(|_| world.first_group().is_some_and(|f| f.slug == g.slug))
        {
            furnish(world, first.id, g, at).await?;
            continue;
        }
        let id = app.mint(at);
        let cmd = CreateGroup {
            community: world.community,
            by: owner.who.member,
            id,
            kind: GroupKind::of(&g.kind).unwrap_or(GroupKind::Interest),
            name: g.name.clone(),
            slug: Some(g.slug.clone()),
            purpose: g.purpose.clone(),
            rules: g.rules.clone(),
            admission: Admission::of(&g.admission).unwrap_or(Admission::Open),
            capacity: None,
            pickup: PickUp {
                name: g.pickup_name.clone(),
                address: g.pickup_address.clone(),
                hours: if g.pickup_name.is_empty() { String::new() } else { "9:00–21:00".into() },
            },
            leader: None,
            tags: world.tags_of(listed(&g.tags)),
        };
        told(&g.name, app.create_group(at, cmd).await)?;
        if let Ok(mut groups) = world.groups.write() {
            groups.insert(g.slug.clone(), id);
        }
    }
    let fees = match world.lang {
        Lang::En => Shipping { fee: 395, free_from: 6000 },
        _ => Shipping { fee: 800, free_from: 9900 },
    };
    let hint = world.lang.pick([
        "转账到 桃源里熟客（演示账户），备注写订单号后四位",
        "轉帳到 桃源里熟客（示範帳戶），備註寫訂單號後四位",
        "Transfer to Harbour Row Makers (demo account), with the last letters of the order",
    ]);
    told("the shop", app.set_shop(at, owner.who, fees, hint.into()).await)
}

fn all_tags(set: &Set) -> BTreeSet<String> {
    let members = set.members.iter().flat_map(|m| listed(&m.tags));
    let groups = set.groups.iter().flat_map(|g| listed(&g.tags));
    let posts = set.posts.iter().flat_map(|p| p.tags.iter().map(String::as_str));
    members.chain(groups).chain(posts).map(str::to_string).collect()
}

/// Who comes when, who talks when, and on which days people buy.
fn plan(world: &World, orders: usize) {
    for (i, m) in world.set.members.iter().enumerate().skip(1) {
        let hour = world.dice.between(8, 21);
        world.plan(world.at(m.joined_day.min(DAYS - 1), hour), Event::Join(i));
    }
    for (i, t) in world.set.talks.iter().enumerate() {
        world.plan(world.at(t.day.min(DAYS - 1), t.hour), Event::Talk(i));
    }
    thanks::plan(world);
    let posts = world.set.posts.len().max(1) as i64;
    for i in 0..world.set.posts.len() {
        let day = 4 + i as i64 * (DAYS - 5) / posts;
        world.plan(world.at(day, world.dice.between(9, 21)), Event::Post(i));
    }
    together::plan(world);
    lists::plan(world);
    // more people, more orders; the weekend is busier
    let weights: Vec<i64> = (0..=DAYS)
        .map(|d| {
            let there = world.set.members.iter().filter(|m| m.joined_day < d).count() as i64;
            let weekend = (world.start.plus(d * DAY).0 / DAY + 4) % 7 >= 5;
            there * if weekend { 4 } else { 3 }
        })
        .collect();
    let share = rules::base::money::split(orders as i64, &weights);
    for (day, n) in share.into_iter().enumerate() {
        for _ in 0..n {
            let hour = world.dice.between(7, 22);
            let minute = world.dice.between(0, 59);
            let at = world.start.plus(day as i64 * DAY + hour * HOUR + minute * 60_000);
            world.plan(at, Event::Order);
        }
    }
}

/// The rules of the house, a line each.
const RULES: [&[&str]; 3] = [
    &[
        "说人话，办实事。",
        "买了再评，评就说真话。",
        "发链接先说这是什么、为什么。",
        "不拉人头，不刷屏。",
    ],
    &[
        "說人話，辦實事。",
        "買了再評，評就說真話。",
        "發連結先說這是什麼、為什麼。",
        "不拉人頭，不洗版。",
    ],
    &[
        "Be kind and be brief.",
        "Review what you bought, and say what is true.",
        "Say what a link is before you post it.",
    ],
];

/// The group that came with the community becomes one of the story's: nobody meets in an empty
/// lobby.
async fn furnish(world: &Shared, id: Id<id::Group>, g: &Group, at: Moment) -> Result<()> {
    let cmd = UpdateGroup {
        community: world.community,
        by: world.owner()?.who.member,
        group: id,
        name: g.name.clone(),
        purpose: g.purpose.clone(),
        rules: g.rules.clone(),
        notice: String::new(),
        admission: Admission::Open,
        capacity: rules::community::group::CAPACITY,
        pickup: PickUp::default(),
        slow_seconds: 0,
        keywords: String::new(),
        system_off: Vec::new(),
        tags: world.tags_of(listed(&g.tags)),
    };
    told(&g.name, world.app.update_group(at, cmd).await)?;
    if let Ok(mut groups) = world.groups.write() {
        groups.insert(g.slug.clone(), id);
    }
    Ok(())
}

/// The owner's own community.
pub async fn open(
    world: &World,
    at: Moment,
    account: rules::base::Id<rules::base::id::Account>,
) -> Result<()> {
    let l = world.lang;
    let name = l.pick(["桃源里熟客", "桃源里熟客", "Harbour Row Makers"]);
    let cmd = OpenCommunity {
        id: world.community,
        account,
        name: name.into(),
        slug: world.set.slug.into(),
        purpose: l
            .pick([
                "桃源里一带的邻居一起买、一起聊、互相照应",
                "桃源里一帶的鄰居一起買、一起聊、互相照應",
                "Things made on Harbour Row, by people you can walk up to",
            ])
            .into(),
        rules: l.pick(RULES).join("\n"),
        lang: l,
        currency: world.currency,
        zone: if l == Lang::En { "Europe/London" } else { "Asia/Shanghai" }.into(),
        jurisdiction: if l == Lang::En { Jurisdiction::Uk } else { Jurisdiction::Cn },
        theme: "#C2331A".into(),
        first_group: world.first_group().map_or("Lobby", |g| g.name.as_str()).into(),
    };
    told("opening the community", world.app.open_community(at, cmd).await)?;
    Ok(())
}
