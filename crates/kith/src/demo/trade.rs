//! People buy, collect, review, and sometimes send something back.
use super::world::{Event, Good, Person, World, told};
use super::{Shared, cheaper, payouts, people, points, sharing};
use anyhow::{Result, anyhow};
use app::Stop;
use app::community::who::Who;
use app::sale::ask_refund::AskRefund;
use app::sale::owed::FromWallet;
use app::sale::place_order::{PlaceOrder, To};
use app::sale::refund_order::RefundOrder;
use app::sale::ship_order::ShipOrder;
use app::sale::start_payment::StartPayment;
use app::sale::views_catalogue::{List, Order};
use app::trust::follow_up::FollowUp;
use app::trust::write_review::WriteReview;
use rules::base::moment::{DAY, HOUR, MINUTE};
use rules::base::{Id, Moment, id};
use rules::ledger::Provider;
use rules::sale::address::Address;
use rules::sale::case::Reason;
use rules::sale::line::State;

/// Imports the catalogue and remembers what there is.
pub async fn stock(world: &Shared) -> Result<()> {
    let (app, at, owner) = (&world.app, world.start.plus(10 * HOUR), world.owner()?);
    let file = ("catalogue.csv".to_string(), world.set.catalogue.as_bytes().to_vec());
    let out = app.import_products(at, owner.who, file, world.currency, |_, _| {}).await;
    told("the catalogue", out)?;
    let list = List { category: None, order: Order::Newest, after: None, most: 1000 };
    let items = app.products(world.community, list).await.map_err(|e| anyhow!("{e}"))?;
    let mut goods = Vec::with_capacity(items.len());
    for item in items {
        let found = app.product(world.community, item.id, false).await;
        let Some(p) = found.map_err(|e| anyhow!("{e}"))? else { continue };
        let comments = world.set.reviews.iter().filter(|r| r.handle == p.handle).count();
        let variants = p.variants.iter().map(|v| v.id).collect();
        goods.push(Good { id: p.id, handle: p.handle, variants, comments });
    }
    if let Ok(mut all) = world.goods.write() {
        *all = goods;
    }
    Ok(())
}

/// Half of what people buy is what people talk about.
fn choose(world: &World) -> Option<Good> {
    let goods = world.goods.read().ok()?;
    if world.dice.percent(50) {
        let talked: Vec<&Good> = goods.iter().filter(|g| g.comments > 0).collect();
        return world.dice.one(&talked).map(|g| (*g).clone());
    }
    goods.get(world.dice.early(goods.len())).cloned()
}

pub fn destination(world: &World, person: Person) -> To {
    let name = world.set.members.iter().enumerate();
    let at =
        name.clone().find(|(i, _)| world.person(*i).is_some_and(|p| p.account == person.account));
    let (recipient, phone, groups) = match at {
        Some((_, m)) => (m.name.clone(), m.phone.clone(), m.groups.clone()),
        None => return To::Ship(Address::default()),
    };
    let point =
        world.set.groups.iter().find(|g| {
            !g.pickup_name.is_empty() && super::data::listed(&groups).any(|s| s == g.slug)
        });
    let point = point.and_then(|g| world.group(&g.slug));
    match point {
        Some(group) if world.dice.percent(85) => To::Pickup { group, recipient, phone },
        _ => To::Ship(Address {
            recipient,
            phone,
            region: world.lang.pick(["上海市 徐汇区", "上海市 徐匯區", "Falmouth TR11 3QY"]).into(),
            street: world
                .lang
                .pick(["桃源村 {n} 号 {r} 室", "桃源村 {n} 號 {r} 室", "{n} Harbour Row, flat {r}"])
                .replace("{n}", &world.dice.between(1, 60).to_string())
                .replace("{r}", &world.dice.between(101, 606).to_string()),
        }),
    }
}

/// The leader has her commission paid out and keeps it till then.
fn saves(world: &World, person: Person) -> bool {
    world.named(payouts::SAVER).is_some_and(|saver| saver.account == person.account)
}

/// Somebody orders; most pay at once, a few never do.
pub async fn order(world: &Shared, at: Moment) -> Result<()> {
    let Some(person) = world.buyer() else { return Ok(()) };
    let mut lines = Vec::new();
    for _ in 0..if world.dice.percent(25) { 2 } else { 1 } {
        let Some(good) = choose(world) else { continue };
        let Some(variant) = world.dice.one(&good.variants) else { continue };
        if lines.is_empty() {
            sharing::shown_to(world, person, good.id, at).await?;
        }
        if lines.iter().all(|(v, _)| v != variant) {
            lines.push((*variant, if world.dice.percent(20) { 2 } else { 1 }));
        }
    }
    let id: Id<id::Order> = world.app.mint(at);
    let spends = world.dice.percent(15) && !saves(world, person);
    let note = world.dice.one(&world.set.notes).filter(|_| world.dice.percent(12));
    let cmd = PlaceOrder {
        who: person.who,
        id,
        lines,
        to: destination(world, person),
        note: note.cloned().unwrap_or_default(),
        provider: Provider::Sandbox,
        expected: None,
        source: None,
        seat: None,
        coupon: None,
        points: points::wanted(world),
        wallet: if spends { FromWallet::All } else { FromWallet::Nothing },
        chain: None,
    };
    let coupons = match world.dice.percent(35) {
        true => cheaper::of(world, at, person.who).await?,
        false => Vec::new(),
    };
    if !placed(world, at, cmd, &coupons).await? {
        return Ok(()); // sold out: they look elsewhere
    }
    if world.dice.percent(4) {
        return Ok(());
    }
    pay(world, person, id, Moment((at.0 + 2 * MINUTE).min(world.end.0))).await?;
    let packed = next_morning(world, at);
    world.plan(packed, Event::Fulfil(id));
    let received = packed.plus(world.dice.between(8, 34) * HOUR);
    world.plan(received, Event::Receive(id, person.who));
    let words = received.plus(world.dice.between(20, 90) * HOUR);
    world.plan(words, Event::Review(id, person.who));
    if world.dice.percent(4) {
        world.plan(received.plus(2 * DAY), Event::Complain(id, person.who));
    }
    if world.dice.percent(2) {
        points::thanked(world, person, at).await?;
    }
    Ok(())
}

/// With the first coupon that fits, else without; and without points when there are none.
async fn placed(
    world: &World,
    at: Moment,
    cmd: PlaceOrder,
    coupons: &[Id<id::Claim>],
) -> Result<bool> {
    let with = |coupon| PlaceOrder { coupon: Some(coupon), ..cmd.clone() };
    let plain = PlaceOrder { points: 0, ..cmd.clone() };
    let tries = coupons.iter().copied().map(with).chain([cmd.clone(), plain]);
    for one in tries {
        match world.app.place_order(at, one).await {
            Ok(_) => return Ok(true),
            Err(Stop::Refused(_)) => {}
            Err(Stop::Fault(fault)) => return Err(anyhow!("an order: {fault}")),
        }
    }
    Ok(false)
}

pub fn next_morning(world: &World, at: Moment) -> Moment {
    let day = at.since(world.start) / DAY + 1;
    world.start.plus(day * DAY + 9 * HOUR + world.dice.between(0, 170) * MINUTE)
}

pub async fn pay(world: &World, person: Person, order: Id<id::Order>, at: Moment) -> Result<()> {
    let id: Id<id::Payment> = world.app.mint(at);
    let start = StartPayment { who: person.who, id, order, provider: Provider::Sandbox };
    let started = world.app.start_payment(at, start).await;
    if matches!(started, Err(Stop::Refused(app::sale::start_payment::Refused::NotWaiting))) {
        return Ok(()); // what they took of red packets was enough
    }
    told("a payment", started)?;
    told("the sandbox", world.app.sandbox_pay(at, world.community, id, true).await)?;
    Ok(())
}

/// The owner packs it or the leader lays it out.
pub async fn fulfil(world: &Shared, at: Moment, order: Id<id::Order>) -> Result<()> {
    let owner = world.owner()?.who;
    let ready = world.app.mark_ready(at, owner, order).await;
    if !matches!(ready, Err(Stop::Refused(app::sale::mark_ready::Refused::IsShipped))) {
        told("laying out", ready)?;
        return Ok(());
    }
    let carrier = world.lang.pick(["顺丰", "順豐", "Royal Mail"]);
    let tracking = format!("SF{:012}", order.raw() % 1_000_000_000_000);
    let cmd = ShipOrder {
        who: owner,
        parcel: world.app.mint(at),
        order,
        lines: Vec::new(),
        carrier: carrier.into(),
        tracking,
    };
    told("shipping", world.app.ship_order(at, cmd).await)
}

pub async fn receive(world: &Shared, at: Moment, order: Id<id::Order>, who: Who) -> Result<()> {
    let found = world.app.order_page(world.community, order).await.map_err(|e| anyhow!("{e}"))?;
    let Some(page) = found else { return Ok(()) };
    match page.row.state {
        State::ReadyForPickup => {
            let owner = world.owner()?.who;
            let (id, code) = (world.app.mint(at), page.row.pickup_code);
            told("handing out", world.app.hand_out(at, owner, id, code).await)?;
        }
        State::Shipped => told("receiving", world.app.confirm_receipt(at, who, order).await)?,
        _ => return Ok(()),
    }
    people::meet(world, at, who).await
}

/// What people said about the product, by somebody who has it. The source has no stars.
pub async fn review(world: &Shared, at: Moment, order: Id<id::Order>, who: Who) -> Result<()> {
    let found = world.app.order_page(world.community, order).await.map_err(|e| anyhow!("{e}"))?;
    let Some(page) = found else { return Ok(()) };
    for line in page.row.lines.iter().filter(|l| l.state == State::Received && !l.reviewed) {
        let handle = world.goods.read().ok().and_then(|goods| {
            goods.iter().find(|g| g.id == line.product).map(|g| g.handle.clone())
        });
        let Some(words) = handle.and_then(|h| world.comment_on(&h)) else { continue };
        let id = world.app.mint(at);
        if !words.follow_up.is_empty() {
            let later = at.plus(world.dice.between(8, 20) * DAY);
            world.plan(later, Event::FollowUp(id, who, words.follow_up.clone()));
        }
        let cmd = WriteReview {
            community: world.community,
            by: who.member,
            id,
            line: line.id,
            stars: None,
            text: words.text,
            pictures: Vec::new(),
            anonymous: world.dice.percent(8),
            imported: true,
        };
        match world.app.write_review(at, cmd).await {
            Ok(_) | Err(Stop::Refused(_)) => {}
            Err(Stop::Fault(fault)) => return Err(anyhow!("a review: {fault}")),
        }
    }
    Ok(())
}

/// The same person says how it was after a while.
pub async fn follow_up(
    world: &Shared,
    at: Moment,
    review: Id<id::Review>,
    who: Who,
    text: String,
) -> Result<()> {
    let (community, by) = (world.community, who.member);
    let cmd = FollowUp { community, by, review, text, pictures: Vec::new() };
    match world.app.follow_up(at, cmd).await {
        Ok(()) | Err(Stop::Refused(_)) => Ok(()),
        Err(Stop::Fault(fault)) => Err(anyhow!("a follow-up: {fault}")),
    }
}

/// The buyer asks for one unit's money back; the owner answers on the next day, as far as there
/// is one: the questions of the last hours wait in the console.
pub async fn complain(world: &Shared, at: Moment, order: Id<id::Order>, who: Who) -> Result<()> {
    let Some(said) = world.dice.one(&world.set.complaints) else {
        world.plan(at, Event::Refund(order, String::new()));
        return Ok(());
    };
    let found = world.app.order_page(world.community, order).await.map_err(|e| anyhow!("{e}"))?;
    let Some(line) = found.and_then(|page| page.row.lines.into_iter().next()) else {
        return Ok(());
    };
    let reason = match said.reason.as_str() {
        "colour" => Reason::NotAsShown,
        "damaged" | "quality" | "food" => Reason::Damaged,
        "missing" | "wrong_item" => Reason::WrongItem,
        "late" => Reason::NotArrived,
        "size" | "changed_mind" => Reason::ChangedMind,
        _ => Reason::Other,
    };
    let id: Id<id::Case> = world.app.mint(at);
    let (lines, words) = (vec![(line.id, 1)], said.text.clone());
    let reason = Some(reason);
    let ask = AskRefund { who, id, order, lines, reason, words, pictures: Vec::new() };
    match world.app.ask_refund(at, ask).await {
        Ok(()) => {}
        Err(Stop::Refused(_)) => return Ok(()), // it was refunded or lost on the way
        Err(Stop::Fault(fault)) => return Err(anyhow!("a complaint: {fault}")),
    }
    let answered = at.plus(30 * HOUR);
    match world.dice.percent(15) {
        true => world.plan(answered, Event::Decline(id)),
        false => world.plan(answered, Event::Refund(order, said.text.clone())),
    }
    Ok(())
}

pub async fn decline(world: &Shared, at: Moment, case: Id<id::Case>) -> Result<()> {
    let answer = world.lang.pick([
        "看了照片，属于正常使用痕迹；可以帮你换配件，随时来店里。",
        "看了照片，屬於正常使用痕跡；可以幫你換配件，隨時來店裡。",
        "The pictures show ordinary wear. We gladly change the part; come by any time.",
    ]);
    let owner = world.owner()?.who;
    match world.app.decline_case(at, owner, case, answer.into()).await {
        Ok(()) | Err(Stop::Refused(_)) => Ok(()),
        Err(Stop::Fault(fault)) => Err(anyhow!("an answer: {fault}")),
    }
}

/// One unit goes back.
pub async fn refund(
    world: &Shared,
    at: Moment,
    order: Id<id::Order>,
    reason: String,
) -> Result<()> {
    let found = world.app.order_page(world.community, order).await.map_err(|e| anyhow!("{e}"))?;
    let Some(page) = found else { return Ok(()) };
    let Some(line) = page.row.lines.first() else { return Ok(()) };
    let cmd = RefundOrder {
        who: world.owner()?.who,
        id: world.app.mint(at),
        order,
        lines: vec![(line.id, 1)],
        shipping: false,
        restock: world.dice.percent(60),
        reason,
    };
    match world.app.refund_order(at, cmd).await {
        Ok(_) | Err(Stop::Refused(_)) => Ok(()),
        Err(Stop::Fault(fault)) => Err(anyhow!("a refund: {fault}")),
    }
}
