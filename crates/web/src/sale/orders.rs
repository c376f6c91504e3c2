//! My orders: by where they stand, each with one thing to do.
use super::order::WAITS;
use super::{Shot, fragments, leave, member_or_door, own_page, photo, shown, sum};
use crate::House;
use crate::form::Form;
use crate::reply::Sorry;
use crate::ui::{
    Button, OrderCard, Place, Tab, Tone, button, empty_state, fragment, lazy_more, order_card, tabs,
};
use crate::who::Here;
use crate::words::{Lang, states};
use app::community::who::Who;
use app::sale::views::{LineRow, OrderRow};
use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use rules::base::{Id, id};
use rules::sale::line::State as Stand;

/// Orders of one page.
const MOST: usize = 15;

const REFUNDS: &str = "after_sale";

/// A tab: its word in the address, its words, the states under it.
type Shelf = (&'static str, [&'static str; 3], &'static [Stand]);
const SHELVES: [Shelf; 8] = [
    ("", ["全部", "全部", "All"], &[]),
    ("to_pay", ["待付款", "待付款", "To pay"], &[Stand::AwaitingPayment]),
    ("in_team", ["待成团", "待成團", "In a team"], &[Stand::AwaitingGroup, Stand::AwaitingGoal]),
    ("packed", ["备货中", "備貨中", "Being packed"], &[Stand::ToFulfil]),
    ("to_collect", ["待取货", "待取貨", "To collect"], &[Stand::ReadyForPickup]),
    ("on_its_way", ["已发货", "已出貨", "On its way"], &[Stand::Shipped]),
    ("done", ["已完成", "已完成", "Done"], &[Stand::Received, Stand::Completed]),
    (REFUNDS, ["退款", "退款", "Refunds"], &[Stand::Refunding, Stand::Refunded]),
];

pub async fn orders(State(house): State<House>, here: Here, form: Form) -> Result<Response, Sorry> {
    let who = match member_or_door(&here, &here.path) {
        Ok(who) => who,
        Err(door) => return Ok(leave(&here, &door)),
    };
    let tab = form.get("tab").to_owned();
    let shelf = SHELVES.iter().find(|s| s.0 == tab).unwrap_or(&SHELVES[0]);
    let before = form.id::<id::Order>("before");
    // money that was asked back belongs among the refunds before it is on its way
    let asked = house.app.asked_orders(here.place.id, who.member).await?;
    let mut rows = load(&house, &here, who, shelf.2, before).await?;
    if shelf.0 == REFUNDS {
        let older = |r: &&OrderRow| before.is_none_or(|b| r.id < b);
        rows.extend(asked.iter().filter(older).cloned());
        rows.sort_by_key(|r| std::cmp::Reverse(r.id));
    }
    let more = (rows.len() > MOST).then(|| {
        rows.truncate(MOST);
        let last = rows.last().map(|r| r.id.to_string()).unwrap_or_default();
        format!("{}/orders?tab={}&before={last}", here.base(), shelf.0)
    });
    let list = html! {
        @for row in &rows { (card(&here, row, asked.iter().any(|a| a.id == row.id))) }
        @if let Some(href) = &more { (lazy_more(here.lang, href)) }
    };
    if here.fragment && before.is_some() {
        return Ok(fragments(fragment().replace("#more", list)));
    }
    let counts = house.app.order_counts(here.place.id, Some(who.member)).await?;
    let title = here.pick(["我的订单", "我的訂單", "My orders"]);
    let mut page = own_page(&here, title, format!("{}/me", here.base()));
    page.tab = Some(Place::Me);
    page.unread = crate::reach::unread(&house, &here).await;
    page.flush = true;
    let body = html! {
        (shelves(&here, shelf.0, (&counts, asked.len() as i64)))
        @if rows.is_empty() { (nothing(&here)) } @else { (list) }
    };
    Ok(shown(&page, body))
}

async fn load(
    house: &House,
    here: &Here,
    who: Who,
    stands: &[Stand],
    before: Option<Id<id::Order>>,
) -> Result<Vec<OrderRow>, Sorry> {
    let (c, most) = (here.place.id, MOST as i64 + 1);
    if stands.is_empty() {
        return Ok(house.app.my_orders(c, who.member, None, before, most).await?);
    }
    let mut rows = Vec::new();
    for stand in stands {
        rows.extend(house.app.my_orders(c, who.member, Some(*stand), before, most).await?);
    }
    rows.sort_by_key(|r| std::cmp::Reverse(r.id));
    rows.truncate(MOST + 1);
    Ok(rows)
}

fn shelves(here: &Here, on: &str, (counts, asked): (&[(Stand, i64)], i64)) -> Markup {
    let texts: Vec<(String, String)> = SHELVES
        .iter()
        .map(|(key, words, stands)| {
            let n: i64 = counts.iter().filter(|(s, _)| stands.contains(s)).map(|(_, n)| n).sum();
            let n = if *key == REFUNDS { n + asked } else { n };
            let text = match n {
                0 => here.pick(*words).to_owned(),
                n => format!("{} {n}", here.pick(*words)),
            };
            (text, format!("{}/orders?tab={key}", here.base()))
        })
        .collect();
    let items: Vec<Tab> = texts
        .iter()
        .zip(&SHELVES)
        .map(|((text, href), shelf)| Tab::new(text, href, shelf.0 == on))
        .collect();
    tabs(here.pick(["订单状态", "訂單狀態", "Where they stand"]), &items, true)
}

/// `2 款，共 3 件`.
fn content_words(lang: Lang, row: &OrderRow) -> String {
    let n: i64 = row.lines.iter().map(|l| l.qty).sum();
    match (lang, row.lines.len()) {
        (Lang::En, 1) => format!("{n} in all"),
        (Lang::En, kinds) => format!("{kinds} products, {n} in all"),
        (_, 1) => format!("共 {n} 件"),
        (_, kinds) => format!("{kinds} 款，共 {n} 件"),
    }
}

/// What arrived and has no review yet.
pub(super) fn to_review(row: &OrderRow) -> impl Iterator<Item = &LineRow> {
    let has = |l: &&LineRow| matches!(l.state, Stand::Received | Stand::Completed);
    row.lines.iter().filter(has).filter(|l| !l.reviewed)
}

/// The way to write a review: of the line itself, or of one of several.
fn review_at(here: &Here, row: &OrderRow) -> Option<String> {
    let mut waiting = to_review(row);
    let first = waiting.next()?;
    Some(match waiting.next() {
        Some(_) => format!("{}/reviews", here.base()),
        None => format!("{}/orders/{}/lines/{}/review", here.base(), row.id, first.id),
    })
}

fn card(here: &Here, row: &OrderRow, asked: bool) -> Markup {
    let href = format!("{}/orders/{}", here.base(), row.id);
    let pay = format!("{href}/pay");
    let receive = format!("{href}#receive");
    let (first, review) = (row.lines.first(), review_at(here, row));
    let again = first.map(|l| format!("{}/products/{}", here.base(), l.product));
    let see = button(here.pick(["看订单", "看訂單", "See it"])).to(&href);
    let actions: Vec<Button> = match row.state {
        Stand::AwaitingPayment => {
            vec![button(here.pick(["付款", "付款", "Pay"])).to(&pay).primary()]
        }
        Stand::ReadyForPickup => {
            let code = here.pick(["取件码", "取件碼", "Pick-up code"]);
            vec![button(code).to(&href).primary()]
        }
        Stand::Shipped => {
            let got = here.pick(["确认收货", "確認收貨", "It arrived"]);
            vec![see, button(got).to(&receive).primary()]
        }
        Stand::ToFulfil | Stand::Refunding | Stand::Refunded => vec![see],
        _ => match &again {
            Some(href) => {
                let mut all =
                    vec![button(here.pick(["再买一次", "再買一次", "Buy again"])).to(href)];
                if let Some(to) = &review {
                    all.push(button(here.pick(["写评价", "寫評價", "Review"])).to(to));
                }
                all
            }
            None => vec![see],
        },
    };
    let (state, tone) = match asked {
        true => (here.pick(WAITS), Tone::Gold),
        false => (states::order_state(here.lang, row.state), states::order_tone(row.state)),
    };
    let Some(line) = first else { return html! {} };
    let (shot, number) = (Shot::of_line(line), row.id.to_string());
    let note = content_words(here.lang, row);
    order_card(&OrderCard {
        href: &href,
        number: &number,
        state,
        tone,
        photo: photo(&shot),
        title: &line.title,
        note: &note,
        total: sum(here, row.total),
        actions,
    })
}

fn nothing(here: &Here) -> Markup {
    let shop = format!("{}/shop", here.base());
    empty_state(
        here.pick(["这里没有订单", "這裡沒有訂單", "No orders here"]),
        here.pick(["去店里看看", "去店裡看看", "Have a look at the shop."]),
        Some(button(here.pick(["逛逛", "逛逛", "To the shop"])).to(&shop)),
    )
}
