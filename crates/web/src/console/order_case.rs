//! What a buyer asks for after paying: a box on the order's page, and the list of all that wait.
use super::frame::{self, Show, Spot, at, money, news, when};
use super::order::Desk;
use super::order_acts::{after, order_of};
use crate::House;
use crate::form::Form;
use crate::reply::Sorry;
use crate::sale::private;
use crate::ui::field::textarea;
use crate::ui::{
    DataTable, Row, Tone, button, card_head, column, data_table, empty_state, tag, tick,
};
use crate::who::Here;
use crate::words::states::{case_reason, case_state, case_tone};
use app::sale::views_case::CaseRow;
use axum::extract::{Path, State};
use axum::response::Response;
use maud::{Markup, html};
use rules::base::id;
use rules::community::role::Right;
use rules::sale::case::State as Stand;

/// The question that waits, with yes and no; those answered before under it.
pub fn waiting(desk: &Desk<'_>) -> Markup {
    let here = desk.here;
    html! {
        @if !desk.page.cases.is_empty() {
            section class="card" id="case" {
                (card_head(here.pick(["退款申请", "退款申請", "Refund requests"])))
                @for k in &desk.page.cases {
                    (asked(desk, k))
                    @if k.state == Stand::Open && desk.who.rights.may(Right::Orders) {
                        (yes(desk, k))
                        (no(desk, k))
                    }
                }
            }
        }
    }
}

fn asked(desk: &Desk<'_>, k: &CaseRow) -> Markup {
    let here = desk.here;
    let lines = desk.page.row.lines.iter().filter_map(|l| {
        let (_, qty) = k.lines.iter().find(|(id, _)| *id == l.id)?;
        let text = match l.choices.is_empty() {
            true => format!("{} ×{qty}", l.title),
            false => format!("{} {} ×{qty}", l.title, l.choices.join(" / ")),
        };
        Some(text)
    });
    let lines: Vec<String> = lines.collect();
    html! {
        div class="stack -s" {
            div class="row" {
                b class="num neg" { (money(here, k.amount)) }
                span class="grow" { (case_reason(here.lang, k.reason)) }
                (tag(case_state(here.lang, k.state), case_tone(k.state)))
            }
            ul { @for line in &lines { li { (line) } } }
            @if !k.words.is_empty() { p class="pre" { (k.words) } }
            (private::shown(here, k.order, &k.pictures, here.pick(["图片", "圖片", "Picture"])))
            @if !k.answer.is_empty() { p class="note" { (k.answer) } }
            p class="note" { (k.buyer) " · " (when(here, k.at)) }
        }
    }
}

/// Yes is the refund form, filled in with what was asked for.
fn yes(desk: &Desk<'_>, k: &CaseRow) -> Markup {
    let here = desk.here;
    let text = match here.lang {
        rules::base::Lang::En => format!("Accept: refund {}", money(here, k.amount)),
        _ => format!("{} {}", here.pick(["同意，退", "同意，退", ""]), money(here, k.amount)),
    };
    html! {
        form method="post" action=(desk.action("refund")) class="stack -s" {
            input type="hidden" name="id" value=(desk.number::<id::Refund>("id"));
            input type="hidden" name="reason" value="asked_by_buyer";
            @for (line, qty) in &k.lines {
                input type="hidden" name={ "qty_" (line) } value=(qty);
            }
            (tick("restock", "on", here.pick(["退回的数量放回库存", "退回的數量放回庫存",
                "Put the units back in stock"]), false, None))
            (button(&text).primary().block().submit())
        }
    }
}

fn no(desk: &Desk<'_>, k: &CaseRow) -> Markup {
    let here = desk.here;
    let title = here.pick(["不同意", "不同意", "Decline"]);
    let why =
        here.pick(["为什么（买家会看到）", "為什麼（買家會看到）", "Why (the buyer sees it)"]);
    html! {
        details class="rules" open[desk.form.has("case")] {
            summary { (title) }
            form method="post" action=(desk.action("decline")) class="stack -s" {
                input type="hidden" name="case" value=(k.id);
                (textarea("answer", why, desk.form.get("answer")).most(200))
                (button(here.pick(["答复买家", "答覆買家", "Tell the buyer"])).danger().submit())
            }
        }
    }
}

pub async fn decline(
    State(house): State<House>,
    here: Here,
    Path((_, order)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Sorry> {
    let who = frame::allowed(&here, frame::ORDERS)?;
    order_of(&order)?;
    let (case, answer) = (form.must_id("case")?, form.get("answer").to_string());
    let did = house.app.decline_case(here.now, who, case, answer).await;
    after(&house, &here, &order, &form, (did, "case_declined")).await
}

/// `GET /c/{community}/console/orders/cases`
pub async fn list(State(house): State<House>, here: Here, form: Form) -> Result<Markup, Sorry> {
    let who = frame::allowed(&here, frame::ORDERS)?;
    let cases = house.app.open_cases(who.community).await?;
    let title = here.pick(["待答复的退款申请", "待答覆的退款申請", "Refund requests to answer"]);
    let row = |k: &CaseRow| Row {
        id: k.id.to_string(),
        cells: vec![
            html! {
                a class="mono" href=(at(&here, &format!("/orders/{}#case", k.order))) { (k.order) }
            },
            html! { (k.buyer) },
            html! { (money(&here, k.amount)) },
            html! { (tag(case_reason(here.lang, k.reason), Tone::Plain)) },
            html! { (when(&here, k.at)) },
        ],
        ..Row::default()
    };
    let table = DataTable {
        caption: title,
        columns: vec![
            column(here.pick(["订单", "訂單", "Order"])),
            column(here.pick(["买家", "買家", "Buyer"])),
            column(here.pick(["金额", "金額", "Amount"])).number(),
            column(here.pick(["原因", "原因", "Reason"])),
            column(here.pick(["时间", "時間", "When"])).optional(),
        ],
        rows: cases.iter().map(row).collect(),
        pick: None,
        foot: None,
    };
    let body = html! {
        (news(&here, None, form.get("done")))
        section class="card -flush" {
            @if cases.is_empty() {
                (empty_state(
                    here.pick(["都处理完了", "都處理完了", "All done"]),
                    here.pick(["这里没有等着的", "這裡沒有等著的", "Nothing waits here."]), None))
            } @else { (data_table(here.lang, &table)) }
        }
    };
    let above = [(here.pick(["订单", "訂單", "Orders"]), "/orders")];
    frame::show(&house, &here, who, Show { above: &above, ..Show::new(Spot::Orders, title) }, body)
        .await
}
