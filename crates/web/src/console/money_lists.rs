//! Money that waits for a person: slips to check, refunds to pay back, sums to return.
use super::frame::{self, No, Show, Spot, at, money, news, no, see, when};
use super::ledger::views;
use super::order::slip_fields;
use super::order_money::{reason, settle};
use crate::House;
use crate::form::Form;
use crate::reply::Sorry;
use crate::ui::{DataTable, Row, button, column, data_table, empty_state};
use crate::who::Here;
use crate::words::states::provider;
use app::sale::views_console::Waiting;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use rules::base::{Id, id};
use rules::community::role::Right;

/// One of the three lists.
struct List<'a> {
    path: &'a str,
    title: &'a str,
    /// What the list means, over it.
    note: &'a str,
    /// Heads of the last two columns.
    heads: [&'a str; 2],
}

fn order_link(here: &Here, order: Id<id::Order>) -> Markup {
    html! { a class="mono" href=(at(here, &format!("/orders/{order}"))) { (order) } }
}

async fn shown(
    house: &House,
    here: &Here,
    (no, done): (Option<No>, &str),
    list: List<'_>,
    (rows, last): (&[Waiting], Vec<[Markup; 2]>),
) -> Result<Markup, Sorry> {
    let who = here.may(Right::Money)?;
    let todo = house.app.to_do(who.community).await?;
    let row = |(w, [text, act]): (&Waiting, [Markup; 2])| Row {
        id: format!("w{}", w.id),
        cells: vec![
            order_link(here, w.order),
            html! { (w.buyer) },
            html! {
                (money(here, w.amount)) br;
                span class="note" { (provider(here.lang, w.provider)) }
            },
            html! { (when(here, w.at)) },
            text,
            act,
        ],
        ..Row::default()
    };
    let table = DataTable {
        caption: list.title,
        columns: vec![
            column(here.pick(["订单", "訂單", "Order"])),
            column(here.pick(["买家", "買家", "Buyer"])),
            column(here.pick(["金额", "金額", "Amount"])).number(),
            column(here.pick(["时间", "時間", "When"])).optional(),
            column(list.heads[0]),
            column(list.heads[1]),
        ],
        rows: rows.iter().zip(last).map(row).collect(),
        pick: None,
        foot: None,
    };
    let body = html! {
        (news(here, no, done))
        section class="card -flush" {
            (views(here, &todo, list.path))
            p class="cell sub" { (list.note) }
            @if rows.is_empty() {
                (empty_state(
                    here.pick(["都处理完了", "都處理完了", "All done"]),
                    here.pick(["这里没有等着的", "這裡沒有等著的", "Nothing waits here."]), None))
            } @else { (data_table(here.lang, &table)) }
        }
    };
    let above = [(here.pick(["账本", "帳本", "Ledger"]), "/ledger")];
    let show = Show { above: &above, ..Show::new(Spot::Money, list.title) };
    Ok(frame::framed(here, who, &todo, &show, body))
}

pub async fn proofs(State(house): State<House>, here: Here, form: Form) -> Result<Markup, Sorry> {
    let who = here.may(Right::Money)?;
    let rows = house.app.proofs_waiting(who.community).await?;
    let list = List {
        path: "/ledger/proofs",
        title: here.pick(["待核对的转账", "待核對的轉帳", "Transfers to check"]),
        note: here.pick([
            "买家说已经转账。在银行或钱包的流水里找到同一个单号、同样的金额，再确认。",
            "買家說已經轉帳。在銀行或錢包的明細裡找到同一個單號、同樣的金額，再確認。",
            "The buyer says it is paid. Find the slip number and amount on the statement first.",
        ]),
        heads: [here.pick(["单号", "單號", "Slip"]), here.pick(["处理", "處理", "Decide"])],
    };
    let last = |w: &Waiting| {
        let payment = Id::<id::Payment>::of(w.id);
        let order = at(&here, &format!("/orders/{}", w.order));
        let (confirm, look) = (format!("{order}/confirm"), format!("{order}#money"));
        let slip = html! {
            span class="mono" { (w.text) }
            @if let Some(picture) = &w.picture {
                br;
                a href={ (here.base()) "/orders/" (w.order) "/pictures/" (picture) "/1440" } {
                    (here.pick(["图片", "圖片", "Picture"]))
                }
            }
        };
        let act = html! {
            div class="row" {
                form method="post" action=(confirm) {
                    input type="hidden" name="payment" value=(payment);
                    input type="hidden" name="back" value="proofs";
                    (button(here.pick(["确认到账", "確認入帳", "Confirm"])).small().submit())
                }
                (button(here.pick(["没找到", "沒找到", "Not there"])).small().quiet().to(&look))
            }
        };
        [slip, act]
    };
    shown(&house, &here, (None, form.get("done")), list, (&rows, rows.iter().map(last).collect()))
        .await
}

pub async fn refunds(State(house): State<House>, here: Here, form: Form) -> Result<Markup, Sorry> {
    let who = here.may(Right::Money)?;
    let rows = house.app.refunds_by_hand(who.community).await?;
    let list = List {
        path: "/ledger/refunds",
        title: here.pick(["待转账退回", "待轉帳退回", "Refunds to pay back"]),
        note: here.pick([
            "这些退款要店家自己转给买家；转完填单号，账才算清。",
            "這些退款要店家自己轉給買家；轉完填單號，帳才算清。",
            "You pay these back yourself; enter the slip number when it is done.",
        ]),
        heads: [
            here.pick(["原因", "原因", "Reason"]),
            here.pick(["转完以后", "轉完以後", "When paid back"]),
        ],
    };
    let blank = Form::default();
    let last = |w: &Waiting| {
        let action = at(&here, &format!("/orders/{}/settle", w.order));
        let act = settle(&here, &blank, &action, Id::of(w.id), Some("refunds"));
        [html! { (reason(&here, &w.text)) }, act]
    };
    shown(&house, &here, (None, form.get("done")), list, (&rows, rows.iter().map(last).collect()))
        .await
}

pub async fn suspense(State(house): State<House>, here: Here, form: Form) -> Result<Markup, Sorry> {
    unexplained(&house, &here, &form, None).await
}

async fn unexplained(
    house: &House,
    here: &Here,
    form: &Form,
    no: Option<No>,
) -> Result<Markup, Sorry> {
    let who = here.may(Right::Money)?;
    let rows = house.app.suspense(who.community).await?;
    let list = List {
        path: "/ledger/suspense",
        title: here.pick(["说不清的钱", "說不清的錢", "Unexplained money"]),
        note: here.pick([
            "收到了，但订单已经付过、关闭了，或金额不对。能原路退的会自动退；退不了的，转回去再填单号。",
            "收到了，但訂單已經付過、關閉了，或金額不對。能原路退的會自動退；退不了的，轉回去再填單號。",
            "Received, but the order was paid or closed already, or the amount is wrong. \
             It goes back by itself where that works; otherwise pay it back and enter the slip.",
        ]),
        heads: [
            here.pick(["支付方单号", "支付方單號", "Provider's number"]),
            here.pick(["转回以后", "轉回以後", "When returned"]),
        ],
    };
    let last = |w: &Waiting| {
        let payment = Id::<id::Payment>::of(w.id).to_string();
        let mine = form.get("payment") == payment;
        let (blank, field) = (Form::default(), format!("slip-{payment}"));
        let act = html! {
            form method="post" class="stack -s"
                action=(at(here, &format!("/ledger/suspense/{payment}"))) {
                input type="hidden" name="payment" value=(payment);
                (slip_fields(here, if mine { form } else { &blank }, &field))
                div class="row" {
                    (button(here.pick(["已退回", "已退回", "Returned"])).small().submit())
                }
            }
        };
        let drill = at(here, &format!("/ledger/{payment}"));
        [html! { a class="mono" href=(drill) { (w.text) } }, act]
    };
    shown(house, here, (no, form.get("done")), list, (&rows, rows.iter().map(last).collect())).await
}

pub async fn give_back(
    State(house): State<House>,
    here: Here,
    Path((_, payment)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Sorry> {
    let who = here.may(Right::Money)?;
    let id: Id<id::Payment> = Id::parse(&payment).ok_or(Sorry::NotFound)?;
    match house.app.return_by_hand(here.now, who, id, form.get("slip").to_string()).await {
        Ok(()) => Ok(see(&at(&here, "/ledger/suspense?done=settled"))),
        Err(stop) => {
            let no = no(&here, stop)?;
            let page = unexplained(&house, &here, &form, Some(no)).await?;
            Ok((no.status, page).into_response())
        }
    }
}
