//! A member's payouts: asked for with a code of the second factor, and how each came out.
use crate::House;
use crate::form::Form;
use crate::reply::{Sorry, said, status_of};
use crate::ui::{
    Head, Page, SumRow, Tone, Top, banner, button, card_head, cell, empty_state, field, pager,
    price_xl, rules, sum_list, tag,
};
use crate::who::Here;
use crate::words::format::{day_time, money};
use app::Stop;
use app::spread::request_payout::{Refused, RequestPayout};
use app::spread::views_payout::{PayoutDesk, PayoutRow};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, Render, html};
use rules::base::{Id, Moment, Money, id};
use rules::community::second_factor::{State as Factor, rested};
use rules::sale::price;
use rules::spread::payout::State as Stand;

const PAGE: usize = 30;

pub fn state_words(here: &Here, state: Stand) -> (&'static str, Tone) {
    let (words, tone) = match state {
        Stand::Claim => (["等店家转账", "等店家轉帳", "Waits for the transfer"], Tone::Gold),
        Stand::Paid => (["已转账", "已轉帳", "Paid"], Tone::Green),
        Stand::Failed => {
            (["没有成功，已退回", "沒有成功，已退回", "Failed, and given back"], Tone::Plain)
        }
        Stand::Unknown => (["正在查", "正在查", "Being looked into"], Tone::Blue),
    };
    (here.pick(words), tone)
}

pub(super) fn framed(here: &Here, title: &str, back: &str, body: Markup) -> Markup {
    let frame = Page {
        title: title.to_string(),
        top: Top::Bar {
            title: title.to_string(),
            sub: None,
            back: Some(format!("{}{back}", here.base())),
            end: None,
        },
        head: Head { private: true, ..Default::default() },
        ..here.page()
    };
    frame.render(body)
}

pub async fn page(State(house): State<House>, here: Here, form: Form) -> Result<Markup, Sorry> {
    shown(&house, &here, &form, None).await
}

async fn shown(
    house: &House,
    here: &Here,
    form: &Form,
    refused: Option<Refused>,
) -> Result<Markup, Sorry> {
    let who = here.member()?;
    let desk = house.app.payout_desk(who.community, who.member).await?;
    let factor = house.app.second_factor(here.now, who.account).await?;
    let on = factor.since.filter(|_| factor.state == Some(Factor::On));
    let rests = on.map(rested).filter(|opens| here.now < *opens);
    let before = form.id::<id::Payout>("before");
    let list = house.app.my_payouts(who.community, who.member, before, PAGE as i64 + 1).await?;
    let title = here.pick(["佣金提现", "佣金提領", "Pay out commission"]);
    let body = html! {
        @if let Some(r) = refused { (banner(said(r, here.lang), Tone::Danger)) }
        (holds(here, &desk))
        @if on.is_none() { (no_factor(here)) }
        @else if let Some(opens) = rests { (resting(here, opens)) }
        @else if !desk.open && desk.available >= desk.terms.least {
            (ask(house, here, form, &desk))
        }
        (rows(here, &list, before))
    };
    Ok(framed(here, title, "/wallet", body))
}

fn holds(here: &Here, desk: &PayoutDesk) -> Markup {
    let sum = |minor| Money::new(minor, here.place.currency);
    let row = |name, minor| SumRow::new(here.pick(name), html! { (money(sum(minor))) });
    let mut rows = vec![row(["最低提现", "最低提領", "Least amount"], desk.terms.least)];
    if desk.terms.fee > 0 {
        rows.push(row(["每笔手续费", "每筆手續費", "Fee of each"], desk.terms.fee));
    }
    let lines = [
        here.pick([
            "店家按名单人工转账，一次只能有一笔在办。",
            "店家按名單人工轉帳，一次只能有一筆在辦。",
            "The shop transfers by hand from a list. One payout at a time.",
        ]),
        here.pick([
            "没有成功的会全额退回余额；查不清的先留着，不会重复转。",
            "沒有成功的會全額退回餘額；查不清的先留著，不會重複轉。",
            "One that fails comes back whole; one nobody is sure of is kept and never sent twice.",
        ]),
    ];
    html! {
        section class="card stack" {
            p class="sub" { (here.pick(["可提现的佣金", "可提領的佣金", "Commission to pay out"])) }
            (price_xl(sum(desk.available)))
            (sum_list(&rows, None))
            (rules(here.pick(["提现规则", "提領規則", "How it works"]), &lines))
        }
    }
}

fn no_factor(here: &Here) -> Markup {
    let to = format!("{}/me/second-factor", here.base());
    html! {
        section class="card stack" {
            p { (here.pick(["提现前请先开两步验证", "提領前請先開兩步驗證",
                "A payout needs a second factor. Set it up first."])) }
            (button(here.pick(["去设置", "去設定", "Set it up"])).primary().block().to(&to))
        }
    }
}

fn resting(here: &Here, opens: Moment) -> Markup {
    let at = day_time(here.lang, opens, here.now, &here.zone());
    html! {
        section class="card stack" {
            p { (here.pick(["两步验证刚打开，提现开放时间：", "兩步驗證剛開啟，提領開放時間：",
                "Your second factor is new. Payouts open: "])) b { (at) } }
            p class="note" { (here.pick([
                "等三天是为了保护你：万一是别人打开的，你来得及改密码。",
                "等三天是為了保護你：萬一是別人開啟的，你來得及改密碼。",
                "The three days protect you: had somebody else set it up, you could still stop it.",
            ])) }
        }
    }
}

fn ask(house: &House, here: &Here, form: &Form, desk: &PayoutDesk) -> Markup {
    let id: Id<id::Payout> = form.id("id").unwrap_or_else(|| house.app.mint(here.now));
    let all = Money::new(desk.available, here.place.currency).decimal();
    let amount = if form.has("amount") { form.get("amount") } else { all.as_str() };
    html! {
        form class="card stack" method="post" action={ (here.base()) "/payouts" } {
            (card_head(here.pick(["申请提现", "申請提領", "Ask for a payout"])))
            input type="hidden" name="id" value=(id);
            (field::money("amount", here.pick(["金额", "金額", "Amount"]), amount,
                here.place.currency).required())
            (field::text("payee", here.pick(["收款人", "收款人", "Account holder"]),
                form.get("payee")).most(60).required())
            (field::text("destination", here.pick(["银行和账号，或支付宝账号",
                "銀行和帳號，或支付寶帳號", "Bank and account number"]),
                form.get("destination")).most(120).required()
                .hint(here.pick(["只有店家管钱的人看得到", "只有店家管錢的人看得到",
                    "Only those who handle the shop's money see it"])))
            (field::text("code", here.pick(["六位验证码", "六位驗證碼", "Six-digit code"]), "")
                .most(20).autofill("one-time-code").required())
            (button(here.pick(["申请提现", "申請提領", "Ask for it"])).primary().block().submit())
        }
    }
}

fn rows(here: &Here, list: &[PayoutRow], before: Option<Id<id::Payout>>) -> Markup {
    let more = list.len() > PAGE;
    let url = format!("{}/payouts", here.base());
    let shown = &list[..list.len().min(PAGE)];
    let next = shown.last().filter(|_| more).map(|p| format!("{url}?before={}", p.id));
    let first = before.map(|_| url.clone());
    let statement = here.pick(["按季度的对账单", "按季度的對帳單", "Statement by quarter"]);
    html! {
        section class="card -flush" {
            div class="cell" { (card_head(here.pick(["提现记录", "提領紀錄", "Payouts"]))) }
            @if shown.is_empty() {
                (empty_state(here.pick(["还没有提现", "還沒有提領", "None yet"]),
                    here.pick(["提过的会列在这里", "提過的會列在這裡", "They will stand here."]), None))
            }
            @for p in shown {
                @let (words, tone) = state_words(here, p.state);
                @let at = day_time(here.lang, p.asked_at, here.now, &here.zone());
                @let sum = money(Money::new(p.amount, here.place.currency));
                div class="cell" {
                    span class="cell-main" {
                        b class="num" { (sum) }
                        br;
                        span class="note" {
                            (at)
                            @if let Some(slip) = &p.slip { " · " (slip) }
                            @if !p.reason.is_empty() { " · " (p.reason) }
                        }
                    }
                    (tag(words, tone))
                }
            }
            @if next.is_some() || first.is_some() {
                (pager(here.lang, "", first.as_deref(), next.as_deref()))
            }
            (cell(statement).to(&format!("{url}/statement")).render())
        }
    }
}

pub async fn request(
    State(house): State<House>,
    here: Here,
    form: Form,
) -> Result<Response, Sorry> {
    let who = here.member()?;
    let cmd = RequestPayout {
        who,
        id: form.must_id("id")?,
        amount: price::price(form.get("amount"), here.place.currency).unwrap_or(0),
        payee: form.get("payee").into(),
        destination: form.get("destination").into(),
        code: form.get("code").into(),
    };
    match house.app.request_payout(here.now, cmd).await {
        Ok(()) => Ok(Redirect::to(&format!("{}/payouts", here.base())).into_response()),
        Err(Stop::Refused(r)) => {
            let status = StatusCode::from_u16(status_of(r.code())).unwrap_or(StatusCode::CONFLICT);
            Ok((status, shown(&house, &here, &form, Some(r)).await?).into_response())
        }
        Err(Stop::Fault(fault)) => Err(fault.into()),
    }
}
