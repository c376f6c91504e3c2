//! A team of five hundred that paid and failed: its hour ended before the house is served, so that
//! every refund is still to be made when it starts, and the house can be killed among them.
use anyhow::{Context, Result, bail};
use app::App;
use app::sale::capture::{Capture, Taken};
use app::sale::open_group_buy::OpenGroupBuy;
use app::sale::seats::SeatWish;
use app::sale::start_payment::StartPayment;
use load::shop::{self, Shop, told};
use rules::base::moment::HOUR;
use rules::base::{Id, Moment, id};
use rules::ledger::Provider;
use rules::sale::group_buy::{Late, Terms, WHOLE, WhoMay};
use rules::sale::line::State;
use tokio::task::JoinSet;

const MEMBERS: usize = 500;
/// More than will come.
const SIZE: i64 = 600;
/// Of the people of [`shop::fill`] nobody has such a number.
const FIRST: usize = 1000;
/// So many come at once, and share the waiting for the disk: one after the other took 23 seconds,
/// of which the program worked for three.
const AT_ONCE: usize = 16;

/// Their orders, one a line.
pub async fn fill(app: &App, shop: &Shop, file: &str) -> Result<()> {
    let then = shop::now().plus(-2 * HOUR);
    let (product, variant) = *shop.products.first().context("nothing to buy")?;
    let price = app.product(shop.owner.community, product, false).await;
    let price = price.map_err(|e| anyhow::anyhow!("{e}"))?.context("no product")?;
    let alone = price.variants.first().context("no variant")?.price;
    let open = OpenGroupBuy {
        who: shop.owner,
        id: app.mint(then),
        product,
        group: None,
        terms: terms(then),
        prices: vec![(variant, alone - 100, alone - 100)],
    };
    let campaign = open.id;
    told(app.open_group_buy(then, open).await)?;
    let offer = Offer { campaign, community: shop.owner.community, variant, then };
    // the first opens the team
    let first = offer.taken(app, FIRST, None).await?;
    let seat = app.seat_of(offer.community, first).await.map_err(|e| anyhow::anyhow!("{e}"))?;
    let team = Some(seat.context("an order without its seat")?.team);
    let mut orders = vec![first];
    let mut at_once = JoinSet::new();
    for some in 0..AT_ONCE {
        let (app, numbers) = (app.clone(), (FIRST + 1 + some..FIRST + MEMBERS).step_by(AT_ONCE));
        at_once.spawn(async move {
            let mut orders = Vec::new();
            for n in numbers {
                orders.push(offer.taken(&app, n, team).await?);
            }
            anyhow::Ok(orders)
        });
    }
    for some in at_once.join_all().await {
        orders.extend(some?);
    }
    let line = |id: &Id<id::Order>| format!("{} {}\n", offer.community.raw(), id.raw());
    let notes: String = orders.iter().map(line).collect();
    std::fs::write(file, notes).with_context(|| format!("{file} cannot be written"))
}

/// What all of them buy, and when.
#[derive(Clone, Copy)]
struct Offer {
    campaign: Id<id::Campaign>,
    community: Id<id::Community>,
    variant: Id<id::Variant>,
    then: Moment,
}

impl Offer {
    /// Person number `n` joins, takes a seat and pays for it.
    async fn taken(
        &self,
        app: &App,
        n: usize,
        team: Option<Id<id::Team>>,
    ) -> Result<Id<id::Order>> {
        let then = self.then;
        let (who, _) = shop::join(app, then, self.community, n).await?;
        let id = app.mint::<id::Order>(then);
        let mut order = shop::one(who, id, self.variant, n);
        order.seat = Some(SeatWish { campaign: self.campaign, team, late: Late::Refund });
        let placed = told(app.place_order(then, order).await)?;
        let (payment, provider) = (app.mint(then), Provider::Sandbox);
        let start = StartPayment { who, id: payment, order: id, provider };
        told(app.start_payment(then, start).await)?;
        let capture = Capture {
            community: who.community,
            payment,
            reference: format!("team-{n}"),
            amount: placed.total,
            currency_fits: true,
            spare: app.mint(then),
        };
        if told(app.take_payment(then, capture).await)? != Taken::Captured {
            bail!("person {n} paid and has no seat");
        }
        Ok(id)
    }
}

fn terms(then: Moment) -> Terms {
    Terms {
        title: "For six hundred".into(),
        story: String::new(),
        size: SIZE,
        fill: WHOLE,
        life_hours: 1,
        starts: then,
        ends: then.plus(HOUR),
        most: 0,
        per_member: 1,
        opens: WhoMay::Everyone,
        joins: WhoMay::Everyone,
    }
}

/// How many of them have their money back, and how many there are.
pub async fn paid_back(app: &App, file: &str) -> Result<(usize, usize)> {
    let notes = std::fs::read_to_string(file).with_context(|| format!("no orders in {file}"))?;
    let mut orders: Vec<(Id<id::Community>, Id<id::Order>)> = Vec::new();
    for line in notes.lines() {
        let (community, order) = line.split_once(' ').context("a line of two numbers")?;
        orders.push((Id::of(community.parse()?), Id::of(order.parse()?)));
    }
    let mut at_once = JoinSet::new();
    for some in orders.chunks(orders.len().div_ceil(AT_ONCE).max(1)) {
        let (app, some) = (app.clone(), some.to_vec());
        at_once.spawn(async move {
            let mut back = 0;
            for (c, order) in some {
                let page = app.order_page(c, order).await.map_err(|e| anyhow::anyhow!("{e}"))?;
                let state = page.context("an order is gone")?.row.state;
                back += usize::from(state == State::Refunded);
            }
            anyhow::Ok(back)
        });
    }
    let mut back = 0;
    for some in at_once.join_all().await {
        back += some?;
    }
    Ok((back, orders.len()))
}
