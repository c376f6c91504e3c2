//! What was paid out to a member in one quarter, as a page and as a file.
use super::payouts::framed;
use crate::House;
use crate::console::export::{MARK, cell, sent, stamp};
use crate::form::Form;
use crate::reply::Sorry;
use crate::ui::{SumRow, button, card, card_head, empty_state, pager, sum_list};
use crate::who::Here;
use crate::words::Lang;
use crate::words::format::{date, money};
use app::spread::views_payout::PayoutRow;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::Response;
use futures_util::stream;
use jiff::civil;
use maud::{Markup, html};
use rules::base::{Moment, Money};
use rules::spread::payout::Quarter;

fn now_in(here: &Here) -> Quarter {
    let stamp = jiff::Timestamp::from_millisecond(here.now.0).unwrap_or_default();
    let day = stamp.to_zoned(here.zone()).date();
    Quarter::of_month(day.year(), day.month())
}

/// The first moment of a quarter where the community is.
fn begins(here: &Here, q: Quarter) -> Moment {
    let day = civil::Date::new(q.year, q.first_month(), 1).unwrap_or_default();
    let first = day.to_zoned(here.zone());
    Moment(first.map_or(0, |z| z.timestamp().as_millisecond()))
}

async fn of(house: &House, here: &Here, form: &Form) -> Result<(Quarter, Vec<PayoutRow>), Sorry> {
    let who = here.member()?;
    let quarter = Quarter::read(form.get("quarter")).unwrap_or_else(|| now_in(here));
    let span = (begins(here, quarter), begins(here, quarter.next()));
    let rows = house.app.payouts_paid(who.community, who.member, span).await?;
    Ok((quarter, rows))
}

pub async fn page(State(house): State<House>, here: Here, form: Form) -> Result<Markup, Sorry> {
    let (q, rows) = of(&house, &here, &form).await?;
    let sum = |minor| html! { (money(Money::new(minor, here.place.currency))) };
    let name = match here.lang {
        Lang::Hans | Lang::Hant => format!("{} 年第 {} 季度", q.year, q.nth),
        Lang::En => format!("Quarter {} of {}", q.nth, q.year),
    };
    let url = format!("{}/payouts/statement", here.base());
    let at = |q: Quarter| format!("{url}?quarter={}", q.code());
    let next = (q < now_in(&here)).then(|| at(q.next()));
    let (gross, fees): (i64, i64) =
        rows.iter().fold((0, 0), |(gross, fees), p| (gross + p.amount, fees + p.fee));
    let lines: Vec<SumRow> = rows
        .iter()
        .map(|p| {
            let paid = p.settled_at.map(|at| date(here.lang, at, here.now, &here.zone()));
            let slip = p.slip.clone().unwrap_or_default();
            SumRow::new(format!("{} · {slip}", paid.unwrap_or_default()), sum(p.amount))
        })
        .collect();
    let total = here.pick(["合计", "合計", "In all"]);
    let kept = [
        SumRow::new(here.pick(["手续费", "手續費", "Fees"]), sum(fees)),
        SumRow::new(here.pick(["到账", "入帳", "Received"]), sum(gross - fees)),
    ];
    let body = html! {
        (card(html! {
            (card_head(&name))
            @if rows.is_empty() {
                (empty_state(here.pick(["这个季度没有提现", "這個季度沒有提領",
                    "Nothing was paid out in this quarter"]), "", None))
            } @else {
                (sum_list(&lines, Some(&SumRow::new(total, sum(gross)))))
                (sum_list(&kept, None))
                (button(here.pick(["下载表格", "下載表格", "Download as a file"])).block()
                    .to(&format!("{url}.csv?quarter={}", q.code())))
            }
            (pager(here.lang, &q.code(), Some(&at(q.before())), next.as_deref()))
        }))
    };
    let title = here.pick(["提现对账单", "提領對帳單", "Statement of payouts"]);
    Ok(framed(&here, title, "/payouts", body))
}

pub async fn file(State(house): State<House>, here: Here, form: Form) -> Result<Response, Sorry> {
    let (q, rows) = of(&house, &here, &form).await?;
    const NAMES: [[&str; 3]; 7] = [
        ["提现", "提領", "payout"],
        ["申请", "申請", "asked for"],
        ["转账", "轉帳", "paid"],
        ["单号", "單號", "slip"],
        ["金额", "金額", "amount"],
        ["手续费", "手續費", "fee"],
        ["到账", "入帳", "received"],
    ];
    let line = |cells: Vec<String>| {
        let cells: Vec<String> = cells.iter().map(|c| cell(c)).collect();
        format!("{}\r\n", cells.join(","))
    };
    let amount = |minor: i64| Money::new(minor, here.place.currency).decimal();
    let mut text = MARK.to_string();
    text.push_str(&line(NAMES.iter().map(|n| here.pick(*n).to_string()).collect()));
    for p in &rows {
        text.push_str(&line(vec![
            p.id.to_string(),
            stamp(&here, p.asked_at),
            p.settled_at.map(|at| stamp(&here, at)).unwrap_or_default(),
            p.slip.clone().unwrap_or_default(),
            amount(p.amount),
            amount(p.fee),
            amount(p.amount - p.fee),
        ]));
    }
    let name = format!("payouts-{}.csv", q.code());
    Ok(sent(&name, stream::iter([Ok(Bytes::from(text))])))
}
