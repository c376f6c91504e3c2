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

const MEMBERS: usize = 500;
/// More than will come.
const SIZE: i64 = 600;
/// Of the people of [`shop::fill`] nobody has such a number.
const FIRST: usize = 1000;

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
    let (mut team, mut notes) = (None, String::new());
    for n in FIRST..FIRST + MEMBERS {
        let (who, _) = shop::join(app, then, shop.owner.community, n).await?;
        let wish = SeatWish { campaign, team, late: Late::Refund };
        let id = app.mint::<id::Order>(then);
        let mut order = shop::one(who, id, variant, n);
        order.seat = Some(wish);
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
        if team.is_none() {
            let seat = app.seat_of(who.community, id).await.map_err(|e| anyhow::anyhow!("{e}"))?;
            team = Some(seat.context("an order without its seat")?.team);
        }
        notes.push_str(&format!("{} {}\n", who.community.raw(), id.raw()));
    }
    std::fs::write(file, notes).with_context(|| format!("{file} cannot be written"))
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
    let (mut back, mut all) = (0, 0);
    for line in notes.lines() {
        let (community, order) = line.split_once(' ').context("a line of two numbers")?;
        let (c, order) = (Id::of(community.parse()?), Id::of(order.parse()?));
        let page = app.order_page(c, order).await.map_err(|e| anyhow::anyhow!("{e}"))?;
        let state = page.context("an order is gone")?.row.state;
        all += 1;
        back += usize::from(state == State::Refunded);
    }
    Ok((back, all))
}
