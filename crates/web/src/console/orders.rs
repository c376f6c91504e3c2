//! All orders: saved views and search.
use super::export;
use super::frame::{self, Show, Spot, at, money};
use super::orders_bulk::told;
use crate::House;
use crate::edge::query_value;
use crate::form::Form;
use crate::reply::Sorry;
use crate::ui::console::saved_views;
use crate::ui::fragment::HEADER;
use crate::ui::table::{Row, pager};
use crate::ui::tabs::Tab;
use crate::ui::{
    DataTable, FilterBar, Icon, Person, Size, avatar, bulk_bar, button, column, data_grid,
    data_table, empty_state, filter_bar, fragment, tag,
};
use crate::who::Here;
use crate::words::format::number;
use crate::words::states::{order_state, order_tone};
use app::sale::views_console::{Find, Found};
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use maud::{Markup, Render, html};
use rules::base::{Id, Moment, id};
use rules::codes;
use rules::sale::line::State as Line;

const PAGE: i64 = 50;

codes! {
    /// The saved views; every state is in one of them, beside all.
    pub enum View {
        All = "all", ToPay = "to_pay", Waiting = "waiting", ToPack = "to_pack", Ready = "ready",
        OnWay = "on_way", AfterSale = "after_sale", Done = "done",
    }
}

impl View {
    pub fn states(self) -> &'static [Line] {
        match self {
            View::All => &[],
            View::ToPay => &[Line::AwaitingPayment],
            View::Waiting => &[Line::AwaitingGroup, Line::AwaitingGoal],
            View::ToPack => &[Line::ToFulfil],
            View::Ready => &[Line::ReadyForPickup],
            View::OnWay => &[Line::Shipped],
            View::AfterSale => &[Line::Refunding],
            View::Done => &[
                Line::Received,
                Line::Completed,
                Line::Refunded,
                Line::Cancelled,
                Line::ClosedUnpaid,
            ],
        }
    }
    fn words(self) -> [&'static str; 3] {
        match self {
            View::All => ["全部", "全部", "All"],
            View::ToPay => ["待付款", "待付款", "To pay"],
            View::Waiting => ["待成团、待截单", "待成團、待截單", "Waiting for others"],
            View::ToPack => ["备货中", "備貨中", "To pack"],
            View::Ready => ["待取货", "待取貨", "Ready"],
            View::OnWay => ["已发货", "已出貨", "On the way"],
            View::AfterSale => ["退款中", "退款中", "Being refunded"],
            View::Done => ["已结束", "已結束", "Done"],
        }
    }
}

/// What the address asks for.
pub fn asked(form: &Form, most: i64) -> (View, Find) {
    let view = View::of(form.get("view")).unwrap_or(View::All);
    let query = rules::base::text::clip(form.get("q"), 80);
    let before = form.id::<id::Order>("before");
    (view, Find { states: view.states().to_vec(), query, before, most })
}

pub async fn page(State(house): State<House>, here: Here, form: Form) -> Result<Response, Sorry> {
    let who = frame::allowed(&here, frame::ORDERS)?;
    let (view, mut find) = asked(&form, PAGE + 1);
    let query = find.query.clone();
    find.most = PAGE + 1;
    let mut rows = house.app.find_orders(who.community, find).await?;
    let more = rows.len() as i64 > PAGE;
    rows.truncate(PAGE as usize);
    let counts = house.app.order_counts(who.community, None).await?;
    let of = |v: View| {
        let states = v.states();
        let mine = counts.iter().filter(|(s, _)| states.is_empty() || states.contains(s));
        mine.map(|(_, n)| n).sum::<i64>()
    };
    let next =
        more.then(|| rows.last().map(|r| address(&here, view, &query, Some(r.id)))).flatten();
    let first = form.has("before").then(|| address(&here, view, &query, None));
    let total = match query.is_empty() {
        true => total(&here, of(view)),
        false => here.pick(["搜索结果", "搜尋結果", "Found"]).to_string(),
    };
    let inside = grid(&here, &rows, &total, first.as_deref(), next.as_deref());
    if here.fragment {
        let action = at(&here, "/orders");
        let fresh = html! {
            form id="grid" method="post" action=(action) data-frag { (inside) }
        };
        return Ok(([(HEADER, "1")], fragment().replace("#grid", fresh).render()).into_response());
    }
    let tabs: Vec<(String, &str, bool, i64)> = View::ALL
        .iter()
        .map(|v| (address(&here, *v, "", None), here.pick(v.words()), *v == view, of(*v)))
        .collect();
    let mut tabs: Vec<(Tab<'_>, Option<i64>)> =
        tabs.iter().map(|(href, text, on, n)| (Tab::new(text, href, *on), Some(*n))).collect();
    // no state of an order: a buyer asks, and the order stays what it is until somebody answers
    let todo = house.app.to_do(who.community).await?;
    let cases = at(&here, "/orders/cases");
    let word = here.pick(["待答复的退款申请", "待答覆的退款申請", "Refund requests to answer"]);
    tabs.push((Tab::new(word, &cases, false), Some(todo.cases)));
    let above = html! {
        (saved_views(here.lang, &tabs, None))
        (filter_bar(here.lang, &FilterBar {
            action: &at(&here, "/orders"),
            query: &query,
            placeholder: here.pick(["订单号、名字、电话", "訂單號、名字、電話", "Order, name, phone"]),
            chips: &[],
            keep: &[("view", view.code())],
            add: None,
        }, None))
    };
    let body = html! {
        (told(&here, &form))
        (data_grid(&at(&here, "/orders"), above, inside))
    };
    let export = export::address(&here, view, &query);
    let word = here.pick(["导出", "匯出", "Export"]);
    let actions = html! { (button(word).icon(Icon::Download).to(&export)) };
    let title = here.pick(["订单", "訂單", "Orders"]);
    let show = Show { actions: Some(actions), ..Show::new(Spot::Orders, title) };
    Ok(frame::framed(&here, who, &todo, &show, body).into_response())
}

fn total(here: &Here, n: i64) -> String {
    crate::words::format::count(here.lang, n, ["单", "單"], ["order", "orders"])
}

pub fn address(here: &Here, v: View, query: &str, before: Option<Id<id::Order>>) -> String {
    let mut path = format!("/orders?view={}", v.code());
    if !query.is_empty() {
        path.push_str(&format!("&q={}", query_value(query)));
    }
    if let Some(before) = before {
        path.push_str(&format!("&before={before}"));
    }
    at(here, &path)
}

fn grid(
    here: &Here,
    rows: &[Found],
    total: &str,
    first: Option<&str>,
    next: Option<&str>,
) -> Markup {
    let caption = here.pick(["订单", "訂單", "Orders"]);
    let zone = here.zone();
    let time = |m| crate::words::format::day_time(here.lang, m, here.now, &zone);
    let names: Vec<String> = rows.iter().map(|r| r.id.to_string()).collect();
    html! {
        @if rows.is_empty() {
            (empty_state(
                here.pick(["这里没有订单", "這裡沒有訂單", "No orders here"]),
                here.pick(["换一个视图，或清空搜索看看", "換一個檢視，或清空搜尋看看",
                    "Try another view, or clear the search."]), None))
        } @else {
            (data_table(here.lang, &table(here, caption, rows, Some(&names), &time)))
        }
        (bulk_bar(here.lang, &[
            button(here.pick(["标记到货", "標記到貨", "Mark ready"])).icon(Icon::Parcel)
                .value("do", "ready"),
            button(here.pick(["发货", "出貨", "Ship"])).icon(Icon::Truck).value("do", "ship"),
            button(here.pick(["导出", "匯出", "Export"])).icon(Icon::Download).value("do", "export"),
        ]))
        (pager(here.lang, total, first, next))
    }
}

/// Orders as rows; `keys` puts a tick before each.
pub fn table<'a>(
    here: &Here,
    caption: &'a str,
    rows: &'a [Found],
    keys: Option<&'a [String]>,
    time: &dyn Fn(Moment) -> String,
) -> DataTable<'a> {
    let and = |r: &Found| match (r.lines, r.units) {
        (1, 1) => String::new(),
        (1, n) => format!(" ×{}", number(n)),
        (_, n) => match here.lang {
            rules::base::Lang::En => format!(" and more, {} pieces", number(n)),
            _ => format!(" {} {} {}", here.pick(["等", "等", ""]), number(n), "件"),
        },
    };
    let row = |(k, r): (usize, &'a Found)| Row {
        id: format!("o{}", r.id),
        key: keys.and_then(|k_| k_.get(k)).map_or("", String::as_str),
        name: &r.buyer,
        cells: vec![
            html! { a class="mono" href=(at(here, &format!("/orders/{}", r.id))) { (r.id) } },
            html! {
                span class="who" {
                    (avatar(Person::new(r.member.raw(), &r.buyer), Size::Xs)) (r.buyer)
                }
            },
            html! { (r.first) span class="note" { (and(r)) } },
            tag(order_state(here.lang, r.state), order_tone(r.state)),
            html! {
                (money(here, r.total))
                @if r.refunded > 0 { br; span class="neg" { (money(here, -r.refunded)) } }
            },
            html! { (time(r.placed_at)) },
        ],
    };
    DataTable {
        caption,
        columns: vec![
            column(here.pick(["订单", "訂單", "Order"])),
            column(here.pick(["买家", "買家", "Buyer"])),
            column(here.pick(["买了什么", "買了什麼", "Items"])).grow(),
            column(here.pick(["状态", "狀態", "State"])),
            column(here.pick(["金额", "金額", "Amount"])).number(),
            column(here.pick(["下单", "下單", "Placed"])).number().optional(),
        ],
        rows: rows.iter().enumerate().map(row).collect(),
        pick: keys.map(|_| "order"),
        foot: None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Line, View};

    #[test]
    fn every_state_is_in_one_view() {
        for state in Line::ALL {
            let views = View::ALL.iter().filter(|v| v.states().contains(state)).count();
            assert_eq!(views, 1, "{}", state.code());
        }
    }
}
