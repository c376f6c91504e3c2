//! Coupons at the desk: what is offered, how many were taken and used, what they cost; a new one.
use super::frame::{self, Show, Spot, at, money, news};
use crate::House;
use crate::form::{Form, named};
use crate::loyalty::coupon_words::{condition, scope};
use crate::reply::{Sorry, said, status_of};
use crate::ui::field::{money as money_field, number as number_field, text};
use crate::ui::{
    Around, Choice, DataTable, Row, Tone, banner, button, card, card_head, choice_chips, column,
    data_table, empty_state, select, tag,
};
use crate::who::Here;
use crate::words::format::{date, number};
use app::Stop;
use app::community::who::Who;
use app::loyalty::open_coupon::{OpenCoupon, Refused};
use app::loyalty::views::CouponRow;
use app::sale::views_catalogue::{List, Order};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use rules::base::moment::DAY;
use rules::base::{Id, id};
use rules::community::role::Right;
use rules::loyalty::coupon::{Kind, Scope, State as Stand, Terms};
use rules::sale::price;
use rules::sale::product::State as Shelf;

const SHOWN: i64 = 100;

pub async fn page(State(house): State<House>, here: Here, form: Form) -> Result<Response, Sorry> {
    let who = here.may(Right::Campaigns)?;
    let mut typed = form.clone();
    for (name, value) in [
        ("kind", "amount"),
        ("scope", "all"),
        ("days", "14"),
        ("runs", "30"),
        ("most", "0"),
        ("per_member", "1"),
    ] {
        typed.put(name, value);
    }
    shown(&house, &here, who, &typed, None).await
}

async fn shown(
    house: &House,
    here: &Here,
    who: Who,
    typed: &Form,
    refused: Option<Refused>,
) -> Result<Response, Sorry> {
    let rows = house.app.coupons(who.community, None, SHOWN).await?;
    let body = html! {
        (news(here, None, typed.get("done")))
        @if let Some(r) = refused { (banner(said(r, here.lang), Tone::Danger)) }
        section class="card -flush" {
            @if rows.is_empty() {
                (empty_state(here.pick(["还没有优惠券", "還沒有優惠券", "No coupons yet"]),
                    here.pick(["在下面新建一张", "在下面新增一張", "Make one below."]), None))
            } @else { (data_table(here.lang, &table(here, &rows))) }
        }
        (new_form(house, here, typed).await?)
    };
    let title = here.pick(["优惠券", "優惠券", "Coupons"]);
    let page = frame::show(house, here, who, Show::new(Spot::Coupons, title), body).await?;
    let mut response = page.into_response();
    if let Some(r) = refused {
        let status = StatusCode::from_u16(status_of(app::Refusal::code(r)));
        *response.status_mut() = status.unwrap_or(StatusCode::CONFLICT);
    }
    Ok(response)
}

fn table<'a>(here: &Here, rows: &'a [CouponRow]) -> DataTable<'a> {
    let row = |k: &'a CouponRow| Row {
        id: format!("k{}", k.id),
        key: "",
        name: &k.name,
        cells: vec![
            html! {
                b { (k.name) } " "
                span class="note" { (scope(here, k)) " · " (condition(here, k)) }
                @if !k.code.is_empty() { " " (tag(&k.code, Tone::Plain)) }
            },
            html! { (number(k.claimed)) @if k.most > 0 { "/" (number(k.most)) } },
            html! { (number(k.used)) },
            html! { (money(here, k.spent)) @if k.budget > 0 { "/" (money(here, k.budget)) } },
            html! { (date(here.lang, k.ends, here.now, &here.zone())) },
            html! {
                @if k.state == Stand::Open && k.ends > here.now {
                    form method="post" action=(at(here, &format!("/coupons/{}/close", k.id))) {
                        (button(here.pick(["停发", "停發", "End it"])).small().submit()
                            .label(&format!("{}: {}", here.pick(["停发", "停發", "End"]), k.name)))
                    }
                } @else { (tag(here.pick(["已结束", "已結束", "Over"]), Tone::Plain)) }
            },
        ],
    };
    DataTable {
        caption: here.pick(["优惠券", "優惠券", "Coupons"]),
        columns: vec![
            column(here.pick(["优惠券", "優惠券", "Coupon"])).grow(),
            column(here.pick(["已领", "已領", "Taken"])).number(),
            column(here.pick(["已用", "已用", "Used"])).number(),
            column(here.pick(["让利", "讓利", "Given"])).number(),
            column(here.pick(["结束", "結束", "Ends"])),
            column(here.pick(["状态", "狀態", "State"])),
        ],
        rows: rows.iter().map(row).collect(),
        pick: None,
        foot: None,
    }
}

/// What a coupon or a rate may be for, as a list to choose from: numbers and names.
/// Categories, and products on sale: the best-selling, or those that were looked for.
pub async fn categories_and_goods(
    house: &House,
    here: &Here,
    query: &str,
) -> Result<Vec<(String, String)>, Sorry> {
    let (c, most) = (here.place.id, 60);
    let goods: Vec<(String, String)> = match query {
        "" => {
            let list = List { category: None, order: Order::Sold, after: None, most };
            let items = house.app.products(c, list).await?;
            items.into_iter().map(|p| (p.id.to_string(), p.title)).collect()
        }
        query => {
            let listed = Some(Shelf::Listed);
            let found = house.app.find_products(c, listed, query, false, (None, most)).await?;
            found.into_iter().map(|p| (p.id.to_string(), p.title)).collect()
        }
    };
    let groups = house.app.categories(c).await?;
    Ok(groups.iter().map(|k| (k.id.to_string(), k.name.clone())).chain(goods).collect())
}

async fn new_form(house: &House, here: &Here, t: &Form) -> Result<Markup, Sorry> {
    let keys = categories_and_goods(house, here, "").await?;
    let things: Vec<Choice> =
        keys.iter().map(|(key, name)| Choice::new(key, name, t.get("of") == key)).collect();
    let currency = here.place.currency;
    let id: Id<id::Coupon> = house.app.mint(here.now);
    let chips = |name: &'static str, label, all: &[(&'static str, [&'static str; 3])]| {
        let choices: Vec<Choice> = all
            .iter()
            .map(|(code, words)| Choice::new(code, here.pick(*words), t.get(name) == *code))
            .collect();
        choice_chips(Around::new(name, label), &choices, false)
    };
    let sum = |name: &'static str, label: [&'static str; 3]| {
        money_field(name, here.pick(label), t.get(name), currency)
    };
    let n = |name: &'static str, label: [&'static str; 3], low, high| {
        number_field(name, here.pick(label), t.get(name)).range(low, high)
    };
    Ok(card(html! {
        (card_head(here.pick(["新建优惠券", "新增優惠券", "A new coupon"])))
        form class="stack" method="post" action=(at(here, "/coupons")) {
            input type="hidden" name="id" value=(id);
            (text("name", here.pick(["名称", "名稱", "Name"]), t.get("name")).most(40))
            (chips("kind", here.pick(["怎么减", "怎麼減", "What it takes off"]), &[
                ("amount", ["减金额", "減金額", "An amount"]),
                ("percent", ["打折", "打折", "A percent"])]))
            div class="fields" {
                (sum("amount", ["减多少", "減多少", "Amount"]))
                (n("percent", ["减百分之几", "減百分之幾", "Percent off"], 1, 100))
                (sum("cap", ["最多减（打折时）", "最多減（打折時）", "At most (for a percent)"]))
                (sum("threshold", ["满多少可用", "滿多少可用", "From what sum"]))
                (n("days", ["领后几天有效", "領後幾天有效", "Days good after taking"], 1, 366))
                (n("runs", ["发几天", "發幾天", "Days it is offered"], 1, 365))
                (n("most", ["总数（0 不限）", "總數（0 不限）", "How many (0: no limit)"], 0,
                    1_000_000))
                (n("per_member", ["每人几张", "每人幾張", "Each may take"], 1, 100))
                (sum("budget", ["预算（空为不限）", "預算（空為不限）", "Budget (empty: no limit)"]))
                (text("code", here.pick(["优惠码（空则公开可领）", "優惠碼（空則公開可領）",
                    "Code (empty: on everybody's list)"]), t.get("code")).most(20))
            }
            (chips("scope", here.pick(["用在哪里", "用在哪裡", "What it is for"]), &[
                ("all", ["全部商品", "全部商品", "Everything"]),
                ("first_order", ["第一次下单", "第一次下單", "A first order"]),
                ("category", ["一个分类", "一個分類", "One category"]),
                ("product", ["一件商品", "一件商品", "One product"])]))
            (select(Around::new("of", here.pick(["分类或商品", "分類或商品", "Category or product"])),
                Some(here.pick(["不限", "不限", "Any"])), &things))
            div class="row" {
                (button(here.pick(["发券", "發券", "Offer it"])).primary().submit())
            }
        }
    }))
}

/// None when a sum was not typed as one.
fn terms(here: &Here, form: &Form) -> Option<Terms> {
    let currency = here.place.currency;
    let sum = |name: &str| match form.get(name) {
        "" => Some(0),
        typed => price::price(typed, currency),
    };
    let n = |name: &str| form.int(name).unwrap_or(-1);
    let kind = Kind::of(form.get("kind"))?;
    let (value, cap) = match kind {
        Kind::Amount => (sum("amount")?, 0),
        Kind::Percent => (n("percent").saturating_mul(100), sum("cap")?),
    };
    Some(Terms {
        name: form.get("name").into(),
        kind,
        value,
        cap,
        threshold: sum("threshold")?,
        scope: Scope::of(form.get("scope"))?,
        code: form.get("code").into(),
        days: n("days"),
        most: n("most"),
        per_member: n("per_member"),
        budget: sum("budget")?,
        ends: here.now.plus(n("runs").saturating_mul(DAY)),
    })
}

pub async fn open(State(house): State<House>, here: Here, form: Form) -> Result<Response, Sorry> {
    let who = here.may(Right::Campaigns)?;
    let id = form.must_id::<id::Coupon>("id")?;
    let of = form.get("of");
    let category = Id::<id::Category>::parse(of).map(Id::raw);
    let product = Id::<id::Product>::parse(of).map(Id::raw);
    let scope_id = match Scope::of(form.get("scope")) {
        Some(Scope::Category) => category,
        Some(Scope::Product) => product,
        _ => None,
    };
    let out = match terms(&here, &form) {
        None => Err(Stop::Refused(Refused::BadValue)),
        Some(terms) => {
            house.app.open_coupon(here.now, OpenCoupon { who, id, terms, scope_id }).await
        }
    };
    match out {
        Ok(()) => Ok(Redirect::to(&at(&here, "/coupons?done=1")).into_response()),
        Err(Stop::Refused(r)) => shown(&house, &here, who, &form, Some(r)).await,
        Err(Stop::Fault(fault)) => Err(fault.into()),
    }
}

pub async fn close(
    State(house): State<House>,
    here: Here,
    Path((_, id)): Path<(String, String)>,
) -> Result<Response, Sorry> {
    let who = here.may(Right::Campaigns)?;
    house.app.close_coupon(here.now, who, named(&id)?).await?;
    Ok(Redirect::to(&at(&here, "/coupons?done=1")).into_response())
}
