//! The board of a list: by product, by neighbour, by number; what arrived, what fell short.
use super::super::{Shot, leave, own_page, photo, shown_as, sum};
use super::lists::{self, Bought, Pack};
use super::{Led, Of, bench, led, queue, status};
use crate::House;
use crate::form::Form;
use crate::reply::{Sorry, said};
use crate::ui::price::{Fill, meter};
use crate::ui::{
    Icon, Tab, Tone, banner, button, card, countdown, empty_state, icon_button, pick_row, tabs,
    tag, thumb,
};
use crate::who::Here;
use crate::words::{Lang, Say, format, states};
use app::community::who::Who;
use app::sale::views_board::BoardRow;
use app::sale::views_chain::OfferRow;
use app::{Refusal, Stop};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, Render, html};
use rules::base::id;
use rules::community::role::Right;
use rules::sale::chain::{self, ChainState};
use rules::sale::line::State as Stand;

const TABS: [(&str, [&str; 3]); 3] = [
    ("product", ["按商品", "按商品", "By product"]),
    ("buyer", ["按人", "按人", "By neighbour"]),
    ("number", ["按跟团号", "按跟團號", "By number"]),
];

pub async fn board(
    State(house): State<House>,
    here: Here,
    Path((_, id)): Of,
    form: Form,
) -> Result<Response, Sorry> {
    let led = match led(&house, &here, &id).await? {
        Ok(led) => led,
        Err(door) => return Ok(door),
    };
    let done = form.int("done").map(|n| match here.lang {
        Lang::En => format!("Done: {n} orders"),
        Lang::Hans => format!("办好了，{n} 单"),
        Lang::Hant => format!("辦好了，{n} 單"),
    });
    page(&house, &here, &led, form.get("tab"), (done, None)).await
}

type Said = (Option<String>, Option<(StatusCode, &'static str)>);

async fn page(
    house: &House,
    here: &Here,
    led: &Led,
    tab: &str,
    (done, refused): Said,
) -> Result<Response, Sorry> {
    let (k, c) = (&led.page.row, led.who.community);
    let rows = house.app.chain_board(c, k.id).await?;
    let mut frame = own_page(here, &k.title, format!("{}/lead", here.base()));
    let (orders, units) = (rows.len(), rows.iter().map(BoardRow::units).sum::<i64>());
    let raised = format::money(sum(here, k.raised));
    let sub = match here.lang {
        Lang::En => format!("{orders} orders · {units} units · {raised}"),
        Lang::Hans => format!("{orders} 单 · {units} 件 · {raised}"),
        Lang::Hant => format!("{orders} 單 · {units} 件 · {raised}"),
    };
    let print = icon_button(Icon::Print, here.pick(["打印清单", "列印清單", "Print lists"]))
        .to(&led.path(here, "/sheet"))
        .render();
    frame.top = crate::ui::Top::Bar {
        title: k.title.clone(),
        sub: Some(sub),
        back: Some(format!("{}/lead", here.base())),
        end: Some(print),
    };
    frame.bar = bar(here, led, &rows);
    let hrefs = TABS.map(|(code, _)| led.path(here, &format!("?tab={code}")));
    let on = TABS.iter().position(|(code, _)| *code == tab).unwrap_or(0);
    let items: Vec<Tab> = TABS
        .iter()
        .zip(&hrefs)
        .enumerate()
        .map(|(i, ((_, words), href))| Tab::new(here.pick(*words), href, i == on))
        .collect();
    let body = html! {
        (queue(here, html! {}))
        @if let Some((_, why)) = refused { (banner(why, Tone::Danger)) }
        @else if let Some(done) = &done { (banner(done, Tone::Green)) }
        (stands(here, led))
        (tabs(here.pick(["看板", "看板", "Board"]), &items, true))
        @if rows.is_empty() {
            (empty_state(here.pick(["还没有人跟团", "還沒有人跟團", "Nobody has ordered yet"]), "", None))
        } @else {
            @match on {
                0 => (by_product(house, here, led, &rows)),
                1 => (by_buyer(here, &lists::packs(&rows))),
                _ => (by_number(here, led.who, &rows)),
            }
        }
    };
    Ok(shown_as(refused.map_or(StatusCode::OK, |r| r.0), &frame, body))
}

fn stands(here: &Here, led: &Led) -> Markup {
    let k = &led.page.row;
    let open = chain::takes(k.state, k.cut_off, here.now);
    let seen = format!("{}/campaigns/{}", here.base(), k.id);
    let behalf = led.path(here, "/behalf");
    card(html! {
        div class="row -wrap" {
            (bench::state(here, k))
            @if open {
                span class="note" { (here.pick(["剩 ", "剩 ", "closes in "]))
                    (countdown(here.lang, k.cut_off, here.now)) }
            }
            span class="end" { a class="more" href=(seen) {
                (here.pick(["邻居看到的", "鄰居看到的", "What neighbours see"])) } }
        }
        @if k.minimum > 0 { (super::super::chain_list::goal(here, k)) }
        @if open {
            (button(here.pick(["代邻居下单", "幫鄰居下單", "Order for a neighbour"])).block()
                .to(&behalf))
            (button(here.pick(["贴外群的接龙", "貼外群的接龍", "Paste a list from outside"])).quiet()
                .block().to(&led.path(here, "/paste")))
            form class="row" method="post" action=(led.path(here, "/close")) {
                p class="note grow" { (here.pick([
                    "不等截单时间了，没付款的单子放掉",
                    "不等截單時間了，沒付款的單子放掉",
                    "Do not wait for the cut-off; unpaid orders end.",
                ])) }
                (button(here.pick(["现在截单", "現在截單", "Close now"])).small().submit())
            }
        }
    })
}

fn bar(here: &Here, led: &Led, rows: &[BoardRow]) -> Option<Markup> {
    if led.page.row.state != ChainState::Standing {
        return None;
    }
    let has = |s: Stand| rows.iter().any(|r| r.lines.iter().any(|l| l.state == s));
    let handout = led.path(here, "/handout");
    Some(html! {
        @if has(Stand::ToFulfil) {
            form class="row grow" method="post" action=(led.path(here, "/arrived")) {
                (button(here.pick(["到货了，通知大家", "到貨了，通知大家", "All arrived"])).primary()
                    .grow().submit())
            }
        }
        a class="btn grow" href=(handout) { (here.pick(["交货", "交貨", "Hand out"])) }
    })
}

fn by_product(house: &House, here: &Here, led: &Led, rows: &[BoardRow]) -> Markup {
    let all = lists::bought(rows);
    card(html! { ul { @for one in &all { (product(house, here, led, one)) } } })
}

fn product(house: &House, here: &Here, led: &Led, b: &Bought) -> Markup {
    let offer: Option<&OfferRow> = led.page.offers.iter().find(|f| f.variant == b.variant);
    let shot = offer.map(Shot::of_offer);
    let short = led.page.row.state == ChainState::Standing && b.waiting > 0;
    let id = house.app.mint::<id::Refund>(here.now).to_string();
    html! {
        li class="pick -wrap" {
            @if let Some(shot) = &shot { (thumb(&photo(shot), 64)) }
            div class="grow stack -xs" {
                p class="t3" { (b.name) }
                p class="note" {
                    (format::money(sum(here, b.amount)))
                    @if b.back > 0 {
                        " · " (here.pick(["已退 ", "已退 ", "given back "])) (b.back)
                    }
                }
                @if short {
                    details {
                        summary class="note" { (here.pick(["少送了", "少送了", "Fell short"])) }
                        form class="row" method="post" action=(led.path(here, "/short")) {
                            input type="hidden" name="id" value=(id);
                            input type="hidden" name="variant" value=(b.variant);
                            input class="input -qty" name="qty" inputmode="numeric" maxlength="3"
                                required aria-label={ (here.pick(["少几件：", "少幾件：",
                                    "Units missing: "])) (b.name) };
                            (button(here.pick(["退给最后下单的人", "退給最後下單的人",
                                "Refund the last to order"])).small().submit())
                        }
                    }
                }
            }
            span class="pick-n" { (b.units) span class="note" { (here.pick([" 件", " 件", ""])) } }
        }
    }
}

/// What was paid; cash is what the leader has of it.
fn money(here: &Here, amount: i64, cash: i64) -> Markup {
    let part = || format::money(sum(here, cash));
    html! {
        span class="note num" {
            (format::money(sum(here, amount)))
            @if cash > 0 && cash < amount {
                " " (here.pick(["其中现金 ", "其中現金 ", "of it cash "])) (part())
            } @else if cash > 0 { " " (here.pick(["现金", "現金", "cash"])) }
        }
    }
}

pub(super) fn by_buyer(here: &Here, all: &[Pack]) -> Markup {
    card(html! {
        ul { @for p in all {
            @let what = format!("{} · {}", lists::numbers(&p.numbers), lists::items(&p.items));
            (pick_row(html! {}, &p.recipient, &what, html! {
                (money(here, p.amount, p.cash))
                span class="pick-n" { (p.units) span class="note" {
                    (here.pick([" 件", " 件", ""])) } }
            }))
        } }
    })
}

fn by_number(here: &Here, who: Who, rows: &[BoardRow]) -> Markup {
    let got = rows.iter().filter(|r| r.state == Stand::Received || r.state == Stand::Completed);
    let (got, all) = (got.count() as i64, rows.len() as i64);
    let label = match here.lang {
        Lang::En => format!("{got} of {all} collected"),
        Lang::Hans => format!("已取 {got}，共 {all}"),
        Lang::Hant => format!("已取 {got}，共 {all}"),
    };
    // an order's page is its buyer's and of staff who look after orders
    let may = |row: &BoardRow| row.member == who.member || who.rights.may(Right::Orders);
    card(html! {
        @if got > 0 {
            p class="note" { (label) }
            (meter(got, all, &label, Fill::Green, true))
        }
        ul { @for row in rows {
            li class="pick" {
                @if may(row) {
                    a class="no" href={ (here.base()) "/orders/" (row.order) } { "#" (row.number) }
                } @else { span class="no" { "#" (row.number) } }
                div class="grow" {
                    p class="t3" { (row.recipient) " " span class="note" { (row.phone) } }
                    p class="note" { (lists::row_items(row)) }
                    @if !row.note.is_empty() { p class="note" { "“" (row.note) "”" } }
                    @if let Some(by) = &row.by {
                        p class="note" { (here.pick(["代下单：", "代下單：", "Entered by "])) (by) }
                    }
                }
                div {
                    (money(here, lists::paid(row), lists::cash(row))) br;
                    (tag(states::order_state(here.lang, row.state), states::order_tone(row.state)))
                }
            }
        } }
    })
}

/// The answer to a leader's deed: back to the board, or the board with the reason.
pub(super) async fn told<R: Refusal + Say>(
    house: &House,
    here: &Here,
    led: &Led,
    out: Result<i64, Stop<R>>,
) -> Result<Response, Sorry> {
    match out {
        Ok(n) => Ok(leave(here, &led.path(here, &format!("?done={n}")))),
        Err(Stop::Refused(r)) => {
            let why = (status(Refusal::code(r)), said(r, here.lang));
            page(house, here, led, "", (None, Some(why))).await
        }
        Err(Stop::Fault(fault)) => Err(fault.into()),
    }
}

pub async fn arrived(
    State(house): State<House>,
    here: Here,
    Path((_, id)): Of,
) -> Result<Response, Sorry> {
    let led = match led(&house, &here, &id).await? {
        Ok(led) => led,
        Err(door) => return Ok(door),
    };
    let out = house.app.mark_arrived(here.now, led.who, led.page.row.id).await;
    told(&house, &here, &led, out).await
}
