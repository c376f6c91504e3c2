//! Opening a group buy: a product, a number of people, a time, and the prices.
use super::frame::{self, Show, Spot, at};
use crate::House;
use crate::edge::query_value;
use crate::form::Form;
use crate::reply::{Sorry, said, status_of};
use crate::ui::field::{money as money_field, number as number_field, search, text, textarea};
use crate::ui::table::pager;
use crate::ui::{Around, Choice, Tone, banner, button, card, card_head, choice_chips, select};
use crate::who::Here;
use app::Stop;
use app::community::who::Who;
use app::sale::open_group_buy::{OpenGroupBuy, Refused};
use app::sale::views_catalogue::Product;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use rules::base::moment::DAY;
use rules::base::{Id, Money, id};
use rules::community::role::Right;
use rules::sale::group_buy::{Terms, WHOLE, WhoMay};
use rules::sale::price;
use rules::sale::product::State as Shelf;

const PAGE: i64 = 30;

/// `GET …/campaigns/new?product=`: without a product, the ones to choose from.
pub async fn new(State(house): State<House>, here: Here, form: Form) -> Result<Response, Sorry> {
    let who = here.may(Right::Campaigns)?;
    let Some(id) = form.id::<id::Product>("product") else {
        return choose(&house, &here, who, &form).await;
    };
    let product = house.app.product(who.community, id, false).await?.ok_or(Sorry::NotFound)?;
    let mut typed = form.clone();
    for (name, value) in first(&house, &here, &product) {
        typed.put(name, &value);
    }
    shown(&house, &here, who, &product, &typed, None).await
}

/// What the form says before anybody typed.
fn first(house: &House, here: &Here, p: &Product) -> Vec<(&'static str, String)> {
    vec![
        ("id", house.app.mint::<id::Campaign>(here.now).to_string()),
        ("title", rules::base::text::clip(&p.title, 80)),
        ("size", "3".into()),
        ("fill", "100".into()),
        ("life_hours", "24".into()),
        ("days", "7".into()),
        ("most", "0".into()),
        ("per_member", "1".into()),
        ("opens", WhoMay::Everyone.code().into()),
        ("joins", WhoMay::Everyone.code().into()),
    ]
}

/// Products on sale, the newest first; a search reaches every one of them.
async fn choose(house: &House, here: &Here, who: Who, form: &Form) -> Result<Response, Sorry> {
    let query = rules::base::text::clip(form.get("q"), 80);
    let before = form.id::<id::Product>("before");
    let (c, listed) = (who.community, Some(Shelf::Listed));
    let mut items = house.app.find_products(c, listed, &query, false, (before, PAGE + 1)).await?;
    let more = items.len() as i64 > PAGE;
    items.truncate(PAGE as usize);
    let path = format!("/campaigns/new?q={}", query_value(&query));
    let next = items.last().filter(|_| more);
    let next = next.map(|p| at(here, &format!("{path}&before={}", p.id)));
    let first = before.map(|_| at(here, &path));
    let label = here.pick(["商品名或货号", "商品名或貨號", "Title or SKU"]);
    let body = card(html! {
        (card_head(here.pick(["拼哪一件", "團購哪一件", "Which product"])))
        form class="stack -s" method="get" action=(at(here, "/campaigns/new")) {
            (search("q", label, &query).most(80))
            div class="row" { (button(here.pick(["找", "找", "Find"])).small().submit()) }
        }
        @if items.is_empty() {
            p class="note" role="status" { (here.pick([
                "没有找到在售的商品，换个词试试",
                "沒有找到上架中的商品，換個詞試試",
                "No product on sale was found. Try another word.",
            ])) }
        }
        ul class="todo" {
            @for p in &items {
                li {
                    span class="grow" { (p.title) }
                    span class="num" { (frame::money(here, p.low)) }
                    (button(here.pick(["选它", "選它", "This one"])).small()
                        .to(&at(here, &format!("/campaigns/new?product={}", p.id)))
                        .label(&p.title))
                }
            }
        }
        @if next.is_some() || first.is_some() {
            (pager(here.lang, "", first.as_deref(), next.as_deref()))
        }
    });
    page(house, here, who, body).await
}

async fn page(house: &House, here: &Here, who: Who, body: Markup) -> Result<Response, Sorry> {
    let crumbs = [(here.pick(["拼团", "團購", "Group buys"]), "/campaigns")];
    let title = here.pick(["开拼团", "開團購", "New group buy"]);
    let show = Show { above: &crumbs, ..Show::new(Spot::Campaigns, title) };
    Ok(frame::show(house, here, who, show, body).await?.into_response())
}

fn field_of(r: Refused) -> Option<&'static str> {
    match r {
        Refused::BadTitle => Some("title"),
        Refused::BadSize => Some("size"),
        Refused::BadFill => Some("fill"),
        Refused::BadLife => Some("life_hours"),
        Refused::BadWindow => Some("days"),
        Refused::BadLimit => Some("most"),
        _ => None,
    }
}

async fn shown(
    house: &House,
    here: &Here,
    who: Who,
    p: &Product,
    typed: &Form,
    refused: Option<Refused>,
) -> Result<Response, Sorry> {
    let groups = house.app.discover_groups(who.community, None, None).await?;
    let error =
        |name: &str| refused.filter(|r| field_of(*r) == Some(name)).map(|r| said(r, here.lang));
    let keys: Vec<String> = groups.iter().map(|g| g.id.to_string()).collect();
    let options: Vec<Choice> = groups
        .iter()
        .zip(&keys)
        .map(|(g, key)| Choice::new(key, &g.name, typed.get("group") == key))
        .collect();
    let body = html! {
        @if let Some(r) = refused.filter(|r| field_of(*r).is_none()) {
            (banner(said(r, here.lang), Tone::Danger))
        }
        form class="stack -l" method="post" action=(at(here, "/campaigns/new")) {
            input type="hidden" name="id" value=(typed.get("id"));
            input type="hidden" name="product" value=(p.id);
            (card(html! {
                (card_head(&p.title))
                (text("title", here.pick(["名称", "名稱", "Name"]), typed.get("title"))
                    .most(80).error(error("title")))
                (textarea("story", here.pick(["团长的话", "團長的話", "A few words"]),
                    typed.raw("story")).most(2000))
                (select(Around::new("group", here.pick(["在哪个群里说", "在哪個群裡說",
                    "Which group hears of it"])),
                    Some(here.pick(["不说", "不說", "None"])), &options))
            }))
            (people(here, typed, error))
            (prices(here, p, typed))
            div class="row" {
                (button(here.pick(["开团", "開團", "Open it"])).primary().submit())
            }
        }
    };
    let mut response = page(house, here, who, body).await?;
    if let Some(r) = refused {
        let status = StatusCode::from_u16(status_of(app::Refusal::code(r)));
        *response.status_mut() = status.unwrap_or(StatusCode::CONFLICT);
    }
    Ok(response)
}

fn people(here: &Here, t: &Form, error: impl Fn(&str) -> Option<&'static str>) -> Markup {
    let who = |name: &'static str, label: &'static str| {
        let words = [
            (WhoMay::Everyone, ["所有成员", "所有成員", "Every member"]),
            (WhoMay::NewBuyers, ["没买过的成员", "沒買過的成員", "First-time buyers"]),
            (WhoMay::Leaders, ["团长和店员", "團長和店員", "Group leaders and staff"]),
            (WhoMay::Tiers, ["有会员等级的成员", "有會員等級的成員", "Members with a tier"]),
        ];
        let choices: Vec<Choice> = words
            .iter()
            .map(|(w, words)| Choice::new(w.code(), here.pick(*words), t.get(name) == w.code()))
            .collect();
        choice_chips(Around::new(name, label), &choices, false)
    };
    let n = |name: &'static str, label: [&'static str; 3], low, high| {
        number_field(name, here.pick(label), t.get(name)).range(low, high).error(error(name))
    };
    card(html! {
        (card_head(here.pick(["人数和时间", "人數和時間", "People and time"])))
        div class="fields" {
            (n("size", ["几人成团", "幾人成團", "People in a team"], 2, 1000))
            (n("life_hours", ["每个团几小时", "每個團幾小時", "Hours a team has"], 1, 720))
            (n("days", ["活动几天", "活動幾天", "Days it runs"], 1, 365))
            (n("fill", ["截止时满百分之几也成团", "截止時滿百分之幾也成團",
                "Percent that is enough at the deadline"], 1, 100))
            (n("per_member", ["每人名额", "每人名額", "Seats each"], 1, 999))
            (n("most", ["总名额（0 不限）", "總名額（0 不限）", "Seats in all (0: no limit)"], 0,
                1_000_000))
        }
        (who("opens", here.pick(["谁能开团", "誰能開團", "Who may open a team"])))
        (who("joins", here.pick(["谁能参团", "誰能參團", "Who may join"])))
    })
}

fn prices(here: &Here, p: &Product, t: &Form) -> Markup {
    let currency = here.place.currency;
    card(html! {
        (card_head(here.pick(["价格", "價格", "Prices"])))
        p class="note" { (here.pick([
            "留空的规格不参加。开团价留空，就和团价一样；它不能更高。",
            "留空的規格不參加。開團價留空，就和團價一樣；它不能更高。",
            "Variants left empty take no part. An empty price for the opener is the team's price.",
        ])) }
        @for v in &p.variants {
            @let (price, leader) = (format!("price_{}", v.id), format!("leader_{}", v.id));
            @let alone = crate::words::format::money(Money::new(v.price, currency));
            @let name = format!("{} · {} {alone}", v.choices.join(" · "),
                here.pick(["单买", "單買", "alone"]));
            fieldset class="field" {
                legend class="field-label" { (name.trim_start_matches(" · ")) }
                div class="fields" {
                    (money_field(&price, here.pick(["团价", "團價", "Together"]), t.get(&price),
                        currency))
                    (money_field(&leader, here.pick(["开团价", "開團價", "Who opens a team"]),
                        t.get(&leader), currency))
                }
            }
        }
    })
}

pub async fn open(State(house): State<House>, here: Here, form: Form) -> Result<Response, Sorry> {
    let who = here.may(Right::Campaigns)?;
    let id = form.must_id::<id::Campaign>("id")?;
    let product = form.must_id::<id::Product>("product")?;
    let product = house.app.product(who.community, product, false).await?.ok_or(Sorry::NotFound)?;
    let out = match typed_prices(&here, &product, &form) {
        None => Err(Stop::Refused(Refused::BadPrice)),
        Some(prices) => {
            let (group, terms) = (form.id("group"), terms(&here, &form));
            let open = OpenGroupBuy { who, id, product: product.id, group, terms, prices };
            house.app.open_group_buy(here.now, open).await
        }
    };
    match out {
        Ok(()) => Ok(Redirect::to(&at(&here, &format!("/campaigns/{id}"))).into_response()),
        Err(Stop::Refused(r)) => shown(&house, &here, who, &product, &form, Some(r)).await,
        Err(Stop::Fault(fault)) => Err(fault.into()),
    }
}

/// A number that was not typed as one is out of every range.
fn terms(here: &Here, form: &Form) -> Terms {
    let n = |name: &str| form.int(name).unwrap_or(-1);
    let who = |name: &str| WhoMay::of(form.get(name)).unwrap_or(WhoMay::Everyone);
    Terms {
        title: form.get("title").into(),
        story: form.raw("story").into(),
        size: n("size"),
        fill: n("fill").saturating_mul(WHOLE / 100),
        life_hours: n("life_hours"),
        starts: here.now,
        ends: here.now.plus(n("days").saturating_mul(DAY)),
        most: n("most"),
        per_member: n("per_member"),
        opens: who("opens"),
        joins: who("joins"),
    }
}

/// None when something typed is no amount.
fn typed_prices(here: &Here, p: &Product, form: &Form) -> Option<Vec<(Id<id::Variant>, i64, i64)>> {
    let currency = here.place.currency;
    let mut out = Vec::new();
    for v in &p.variants {
        let (together, leader) =
            (form.get(&format!("price_{}", v.id)), form.get(&format!("leader_{}", v.id)));
        if together.is_empty() {
            continue;
        }
        let together = price::price(together, currency)?;
        let leader = match leader {
            "" => together,
            typed => price::price(typed, currency)?,
        };
        out.push((v.id, together, leader));
    }
    Some(out)
}
