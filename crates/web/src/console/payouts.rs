//! Payouts at the desk: whom to pay, the list for the bank, and how each transfer came out.
use super::export::{MARK, cell, sent, stamp};
use super::frame::{self, No, Show, Spot, at, money, news, no, see, unfit, when};
use crate::House;
use crate::ask::{self, Ask};
use crate::form::{Form, named};
use crate::reply::Sorry;
use crate::spread::payouts::state_words;
use crate::ui::{
    Around, Choice, DataTable, Row, button, card, card_head, choice_chips, column, data_table,
    empty_state, field, tag,
};
use crate::who::Here;
use app::spread::settle_payout::{Refused, SettlePayout};
use app::spread::views_payout::PayoutRow;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use maud::{Markup, html};
use rules::base::{Id, Money, id};
use rules::community::role::Right;
use rules::sale::price;
use rules::spread::payout::{State as Stand, Terms};

const SHOWN: i64 = 100;

pub async fn page(State(house): State<House>, here: Here, form: Form) -> Result<Response, Sorry> {
    shown(&house, &here, &form, None).await
}

async fn shown(house: &House, here: &Here, form: &Form, no: Option<No>) -> Result<Response, Sorry> {
    let who = here.may(Right::Money)?;
    let c = who.community;
    let mut open = house.app.payouts(c, Stand::Unknown, None, SHOWN).await?;
    open.extend(house.app.payouts(c, Stand::Claim, None, SHOWN).await?);
    let mut ended = house.app.payouts(c, Stand::Paid, None, SHOWN).await?;
    ended.extend(house.app.payouts(c, Stand::Failed, None, SHOWN).await?);
    ended.sort_by_key(|p| std::cmp::Reverse(p.id.raw()));
    let terms = house.app.payout_desk(c, who.member).await?.terms;
    let body = html! {
        (news(here, no, form.get("done")))
        section class="card -flush" {
            div class="cell" {
                (card_head(here.pick(["要转的账", "要轉的帳", "Transfers to make"])))
            }
            @if open.is_empty() {
                (empty_state(here.pick(["都处理完了", "都處理完了", "All done"]),
                    here.pick(["没有等着的提现", "沒有等著的提領", "No payout waits."]), None))
            } @else { (data_table(here.lang, &table(here, &open, true))) }
        }
        @if open.iter().any(|p| p.exported_at.is_none() && p.state == Stand::Claim) {
            (card(html! {
                (card_head(here.pick(["转账名单", "轉帳名單", "The list for the bank"])))
                p class="sub" { (here.pick([
                    "下载还没上过名单的提现，每笔只上一次名单。",
                    "下載還沒上過名單的提領，每筆只上一次名單。",
                    "Download the payouts that are on no list yet. Each is on one list only.",
                ])) }
                form method="post" action=(at(here, "/payouts/list")) {
                    (button(here.pick(["下载名单", "下載名單", "Download the list"])).primary().submit())
                }
            }))
        }
        @if !ended.is_empty() {
            section class="card -flush" {
                div class="cell" { (card_head(here.pick(["有结果的", "有結果的", "Settled"]))) }
                (data_table(here.lang, &table(here, &ended, false)))
            }
        }
        (terms_form(here, form, terms))
    };
    let title = here.pick(["提现", "提領", "Payouts"]);
    let page = frame::show(house, here, who, Show::new(Spot::Payouts, title), body).await?;
    let status = no.map_or(StatusCode::OK, |n| n.status);
    Ok((status, page).into_response())
}

fn table<'a>(here: &Here, rows: &'a [PayoutRow], open: bool) -> DataTable<'a> {
    let row = |p: &'a PayoutRow| {
        let (words, tone) = state_words(here, p.state);
        Row {
            id: format!("p{}", p.id),
            cells: vec![
                html! { (p.name) br; span class="note mono" { (p.id) } },
                html! { (p.payee) br; span class="note" { (p.destination) } },
                html! {
                    (money(here, p.amount - p.fee))
                    @if p.fee > 0 { br; span class="note" { (money(here, p.fee)) } }
                },
                html! {
                    (when(here, p.asked_at))
                    @if let Some(at) = p.exported_at {
                        br; span class="note" { (here.pick(["上过名单", "上過名單", "On a list"]))
                            " " (when(here, at)) }
                    }
                },
                html! {
                    (tag(words, tone))
                    @if let Some(slip) = &p.slip { " " span class="mono" { (slip) } }
                    @if !p.reason.is_empty() { br; span class="note" { (p.reason) } }
                    @if open { (settle_form(here, p)) }
                },
            ],
            ..Row::default()
        }
    };
    DataTable {
        caption: here.pick(["提现", "提領", "Payouts"]),
        columns: vec![
            column(here.pick(["成员", "成員", "Member"])),
            column(here.pick(["收款账户", "收款帳戶", "Account"])),
            column(here.pick(["转账金额", "轉帳金額", "To transfer"])).number(),
            column(here.pick(["申请", "申請", "Asked for"])).optional(),
            column(here.pick(["结果", "結果", "How it came out"])).grow(),
        ],
        rows: rows.iter().map(row).collect(),
        pick: None,
        foot: None,
    }
}

fn settle_form(here: &Here, p: &PayoutRow) -> Markup {
    let mut choices = vec![
        Choice::new("paid", here.pick(["已转账", "已轉帳", "Paid"]), true),
        Choice::new("failed", here.pick(["没有成功", "沒有成功", "Failed"]), false),
    ];
    if p.state == Stand::Claim {
        choices.push(Choice::new("unknown", here.pick(["查不清", "查不清", "Not sure"]), false));
    }
    let to = at(here, &format!("/payouts/{}/settle", p.id));
    let around = Around::new("to", here.pick(["结果", "結果", "Result"]));
    let (slip, why) = (format!("slip-{}", p.id), format!("why-{}", p.id));
    html! {
        details class="rules" {
            summary { (here.pick(["记下结果", "記下結果", "Write down the result"])) }
            form class="stack -s" method="post" action=(to) {
                (choice_chips(around, &choices, false))
                (field::text("slip", here.pick(["转账单号（成功时）", "轉帳單號（成功時）",
                    "Slip number (when paid)"]), "").id(&slip).most(60))
                (field::text("reason", here.pick(["原因（没成功或查不清时）",
                    "原因（沒成功或查不清時）", "Why (when not)"]), "").id(&why).most(200))
                div class="row" {
                    (button(here.pick(["记下", "記下", "Write it down"])).small().submit()
                        .label(&format!("{}: {}", here.pick(["记下", "記下", "Write down"]), p.name)))
                }
            }
        }
    }
}

fn terms_form(here: &Here, form: &Form, terms: Terms) -> Markup {
    let currency = here.place.currency;
    let (least, fee) =
        (Money::new(terms.least, currency).decimal(), Money::new(terms.fee, currency).decimal());
    let typed = |name: &'static str, stored: &str| match form.has(name) {
        true => form.get(name).to_string(),
        false => stored.to_string(),
    };
    let (least, fee) = (typed("least", &least), typed("fee", &fee));
    card(html! {
        (card_head(here.pick(["提现规则", "提領規則", "Terms of payouts"])))
        form class="stack" method="post" action=(at(here, "/payouts/terms")) {
            div class="fields" {
                (field::money("least", here.pick(["最低金额", "最低金額", "Least amount"]), &least,
                    currency))
                (field::money("fee", here.pick(["每笔手续费", "每筆手續費", "Fee of each"]), &fee,
                    currency))
            }
            div class="row" { (button(here.pick(["保存", "儲存", "Save"])).submit()) }
        }
    })
}

pub async fn settle(
    State(house): State<House>,
    here: Here,
    Path((_, payout)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Sorry> {
    let who = here.may(Right::Money)?;
    let to = Stand::of(form.get("to")).unwrap_or(Stand::Claim);
    let (slip, reason) = (form.get("slip").to_string(), form.get("reason").to_string());
    let cmd = SettlePayout { who, id: named(&payout)?, to, slip, reason };
    if let Some(question) = question(&house, &here, &form, &cmd).await? {
        return Ok(question);
    }
    let word = match to {
        Stand::Paid => "payout_paid",
        Stand::Failed => "payout_failed",
        Stand::Unknown | Stand::Claim => "payout_unknown",
    };
    done(&house, &here, &form, house.app.settle_payout(here.now, cmd).await, word).await
}

/// "Paid" and "failed" end a payout: what will be written down is shown before. What is missing
/// is for the verb to say.
async fn question(
    house: &House,
    here: &Here,
    form: &Form,
    cmd: &SettlePayout,
) -> Result<Option<Response>, Sorry> {
    let (c, paid) = (cmd.who.community, cmd.to == Stand::Paid);
    let told = if paid { &cmd.slip } else { &cmd.reason };
    let ends = matches!(cmd.to, Stand::Paid | Stand::Failed) && !told.is_empty();
    let Some(p) = house.app.payout(c, cmd.id).await?.filter(|p| p.state.open()) else {
        return Ok(None);
    };
    if !ends || ask::said(form, cmd.to.code()) {
        return Ok(None);
    }
    let title = match paid {
        true => here.pick(["记为已转账？", "記為已轉帳？", "Write it down as paid?"]),
        false => here.pick(["记为没有成功？", "記為沒有成功？", "Write it down as failed?"]),
    };
    let after = match paid {
        true => here.pick([
            "记下后不能再改，成员会收到通知。",
            "記下後不能再改，成員會收到通知。",
            "This cannot be changed later. The member is told.",
        ]),
        false => here.pick([
            "钱会回到成员的余额，记下后不能再改，成员会收到通知。",
            "錢會回到成員的餘額，記下後不能再改，成員會收到通知。",
            "The money goes back to the member's balance. This cannot be changed later.",
        ]),
    };
    let (to, back) = (at(here, &format!("/payouts/{}/settle", p.id)), at(here, "/payouts"));
    let yes = here.pick(["记下", "記下", "Write it down"]);
    let ask = Ask { to: &to, back: &back, title, seen: cmd.to.code(), yes };
    let what = html! {
        p { b { (p.name) } " · " (p.payee) " · " (p.destination) }
        p { b class="num" { (money(here, p.amount - p.fee)) } " · " (told) }
        p class="sub" { (after) }
    };
    let body = ask::ask(here, &ask, form, what);
    let show = Show::new(Spot::Payouts, here.pick(["提现", "提領", "Payouts"]));
    Ok(Some(frame::show(house, here, cmd.who, show, body).await?.into_response()))
}

async fn done(
    house: &House,
    here: &Here,
    form: &Form,
    out: Result<(), app::Stop<Refused>>,
    word: &str,
) -> Result<Response, Sorry> {
    match out {
        Ok(()) => Ok(see(&at(here, &format!("/payouts?done={word}")))),
        Err(stop) => {
            let no = no(here, stop)?;
            shown(house, here, form, Some(no)).await
        }
    }
}

pub async fn terms(State(house): State<House>, here: Here, form: Form) -> Result<Response, Sorry> {
    let who = here.may(Right::Money)?;
    let sum = |name: &str| price::price(form.get(name), here.place.currency);
    let (Some(least), Some(fee)) = (sum("least"), sum("fee")) else {
        let says = ["金额写成 10.00 这样", "金額寫成 10.00 這樣", "Write amounts like 10.00."];
        return shown(&house, &here, &form, Some(unfit(&here, says))).await;
    };
    let out = house.app.set_payout_terms(here.now, who, Terms { least, fee }).await;
    done(&house, &here, &form, out, "saved").await
}

/// Claims that were on no list, as a file; from now on they are on this one.
pub async fn list(State(house): State<House>, here: Here) -> Result<Response, Sorry> {
    let who = here.may(Right::Money)?;
    let ids: Vec<Id<id::Payout>> = match house.app.list_transfers(here.now, who).await {
        Ok(ids) => ids,
        Err(stop) => {
            let no = no(&here, stop)?;
            return shown(&house, &here, &Form::default(), Some(no)).await;
        }
    };
    const NAMES: [[&str; 3]; 6] = [
        ["提现", "提領", "payout"],
        ["申请时间", "申請時間", "asked for"],
        ["成员", "成員", "member"],
        ["收款人", "收款人", "account holder"],
        ["账户", "帳戶", "account"],
        ["转账金额", "轉帳金額", "amount"],
    ];
    let head: Vec<String> = NAMES.iter().map(|n| cell(here.pick(*n))).collect();
    let mut text = format!("{MARK}{}\r\n", head.join(","));
    for id in ids {
        let Some(p) = house.app.payout(who.community, id).await? else { continue };
        let cells = [
            p.id.to_string(),
            stamp(&here, p.asked_at),
            p.name,
            p.payee,
            in_fours(&p.destination),
            Money::new(p.amount - p.fee, here.place.currency).decimal(),
        ];
        let cells: Vec<String> = cells.iter().map(|c| cell(c)).collect();
        text.push_str(&format!("{}\r\n", cells.join(",")));
    }
    let name = format!("transfers-{}.csv", here.place.slug);
    Ok(sent(&name, stream::iter([Ok(Bytes::from(text))])))
}

/// A bare account number would be a number to a spreadsheet, which keeps fifteen digits of it.
fn in_fours(destination: &str) -> String {
    if destination.len() < 9 || !destination.bytes().all(|b| b.is_ascii_digit()) {
        return destination.to_string();
    }
    let fours = destination.as_bytes().chunks(4);
    let fours: Vec<_> = fours.map(String::from_utf8_lossy).collect();
    fours.join(" ")
}

#[cfg(test)]
mod tests {
    #[test]
    fn account_numbers_stay_what_they_are() {
        let table = [
            ("6222021234567890123", "6222 0212 3456 7890 123"),
            ("Bank 6222021234567890123", "Bank 6222021234567890123"),
            ("12345678", "12345678"),
        ];
        for (given, want) in table {
            assert_eq!(super::in_fours(given), want);
        }
    }
}
