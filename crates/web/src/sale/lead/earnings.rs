//! What serving lists earned a leader: what waits, what is in the wallet, what was paid out, and
//! the shop's cash she still has.
use super::super::{leave, member_or_door, own_page, shown, sum};
use super::bench;
use crate::House;
use crate::form::Form;
use crate::reply::Sorry;
use crate::spread::service_words::{state_tone, state_words, terms_words};
use crate::ui::{
    Place, SumRow, Tone, banner, card_head, cell, cell_of, empty_state, pager, price_xl, rules,
    sum_list, tag,
};
use crate::who::Here;
use crate::words::format::{date, money};
use crate::words::{Lang, format};
use app::spread::views_service_pay::{ServedList, ServiceLine, ServiceSums};
use axum::extract::State;
use axum::response::Response;
use maud::{Markup, Render, html};
use rules::base::{Id, id};
use rules::spread::service_pay::State as Stand;

/// Lists with their sums, and sums one by one.
const LISTS: i64 = 12;
const PAGE: usize = 40;

pub async fn page(State(house): State<House>, here: Here, form: Form) -> Result<Response, Sorry> {
    let who = match member_or_door(&here, &here.path) {
        Ok(who) => who,
        Err(door) => return Ok(leave(&here, &door)),
    };
    let c = who.community;
    let lists = house.app.my_served_lists(c, who.member, None, LISTS).await?;
    // who led once still sees what that brought
    if lists.is_empty() {
        bench::groups(&house, who).await?;
    }
    let sums = house.app.service_sums(c, who.member).await?;
    let cash = bench::cash_of(&house, who, Some(who.member)).await?;
    let before = form.id::<id::ServicePay>("before");
    let lines = house.app.service_lines(c, who.member, before, PAGE as i64 + 1).await?;
    let title = here.pick(["我的服务费", "我的服務費", "My earnings"]);
    let mut frame = own_page(&here, title, format!("{}/lead", here.base()));
    (frame.tab, frame.leader) = (Some(Place::Me), true);
    frame.unread = crate::reach::unread(&house, &here).await;
    let body = html! {
        (totals(&here, &sums))
        @for (cash, orders) in &cash { (bench::to_hand_over(&here, cash, orders)) }
        @if before.is_none() { (by_list(&here, &lists)) }
        (one_by_one(&here, &lines, before))
    };
    Ok(shown(&frame, body))
}

fn totals(here: &Here, s: &ServiceSums) -> Markup {
    let p = |all| here.pick(all);
    let row = |name, minor| SumRow::new(name, html! { (money(sum(here, minor))) });
    let rows = [
        row(p(["等退货期过", "等退貨期過", "Waiting: days of return"]), s.waiting),
        row(p(["一共到账", "一共入帳", "Came in so far"]), s.came),
        row(
            p(["已提现（和佣金一起）", "已提領（和佣金一起）", "Paid out, with commission"]),
            s.paid_out,
        ),
    ];
    let lines = [
        p([
            "货交到邻居手上才算；自己的单子没有服务费。",
            "貨交到鄰居手上才算；自己的單子沒有服務費。",
            "It is earned when goods are handed to a neighbour. Your own orders earn nothing.",
        ]),
        p([
            "退货期过了、售后结束后进余额，和佣金放在一起，可以花，也可以提现。",
            "退貨期過了、售後結束後進餘額，和佣金放在一起，可以花，也可以提領。",
            "After the days of return, and when no case is open, it is in your wallet beside \
             commission: to spend, or to be paid out.",
        ]),
        p([
            "邻居退多少，就按比例扣回多少；撤销交货就没有了，重新交货再算。",
            "鄰居退多少，就按比例扣回多少；復原交貨就沒有了，重新交貨再算。",
            "What a neighbour gives back takes its part with it. Undoing a hand-out takes it \
             back, handing out again earns it again.",
        ]),
    ];
    html! {
        section class="card stack" {
            p class="sub" { (p(["现在可用（含佣金）", "現在可用（含佣金）",
                "To use now, with commission"])) }
            (price_xl(sum(here, s.in_wallet)))
            @if s.owed > 0 {
                (banner(&format!("{} {}", p(["待扣", "待扣", "Owed:"]), money(sum(here, s.owed))),
                    Tone::Gold))
            }
            (sum_list(&rows, None))
            (rules(p(["怎么算的", "怎麼算的", "How it goes"]), &lines))
        }
        section class="card -flush" {
            (cell(p(["余额", "餘額", "Wallet"])).to(&format!("{}/wallet", here.base())))
            (cell(p(["提现", "提領", "Payouts"])).to(&format!("{}/payouts", here.base())))
        }
    }
}

fn by_list(here: &Here, lists: &[ServedList]) -> Markup {
    html! {
        section class="card -flush" {
            div class="cell" { (card_head(here.pick(["按接龙", "按接龍", "List by list"]))) }
            @if lists.is_empty() {
                (empty_state(
                    here.pick(["还没有付服务费的接龙", "還沒有付服務費的接龍",
                        "No list that pays yet"]),
                    here.pick(["店家定了服务费以后新开的接龙会列在这里",
                        "店家定了服務費以後新開的接龍會列在這裡",
                        "Lists you open once the shop has set service pay are here."]), None))
            }
            @for k in lists { (one_list(here, k)) }
        }
    }
}

fn one_list(here: &Here, k: &ServedList) -> Markup {
    let n = k.orders;
    let orders = match here.lang {
        Lang::En => {
            format::count(here.lang, n, ["", ""], ["order handed out", "orders handed out"])
        }
        Lang::Hans => format!("已交 {n} 单"),
        Lang::Hant => format!("已交 {n} 單"),
    };
    let note = format!("{} · {orders}", terms_words(here, k.terms));
    let to = format!("{}/campaigns/{}", here.base(), k.id);
    let end = html! {
        span class="right" {
            b class="num" { (money(sum(here, k.waiting + k.available))) } br;
            span class="note" {
                @if k.waiting > 0 {
                    (here.pick(["等 ", "等 ", "waiting "])) (money(sum(here, k.waiting)))
                } @else if k.available > 0 {
                    (here.pick(["已到账", "已入帳", "available"]))
                }
            }
        }
    };
    cell_of(html! { span class="grow" { b { (k.title) } br; span class="note" { (note) } } })
        .end(end)
        .to(&to)
        .render()
}

fn one_by_one(here: &Here, all: &[ServiceLine], before: Option<Id<id::ServicePay>>) -> Markup {
    let lines = &all[..all.len().min(PAGE)];
    let url = format!("{}/lead/earnings", here.base());
    let next = lines.last().filter(|_| all.len() > PAGE);
    let next = next.map(|l| format!("{url}?before={}", l.id));
    let first = before.map(|_| url.clone());
    html! {
        @if !lines.is_empty() {
            section class="card -flush" {
                div class="cell" { (card_head(here.pick(["明细", "明細", "Sum by sum"]))) }
                @for l in lines { (one(here, l)) }
                @if next.is_some() || first.is_some() {
                    (pager(here.lang, "", first.as_deref(), next.as_deref()))
                }
            }
        }
    }
}

/// The running number, never who bought it: the board says that.
fn one(here: &Here, l: &ServiceLine) -> Markup {
    let what = match l.title.as_str() {
        "" => here.pick(["每单一份", "每單一份", "For the order"]),
        title => title,
    };
    let mut parts = vec![date(here.lang, l.at, here.now, &here.zone())];
    if !l.title.is_empty() {
        let rate = crate::spread::commission_words::percent(l.terms.rate);
        parts.push(format!("{} × {rate}", money(sum(here, l.base))));
    }
    if l.amount < l.earned && l.state != Stand::Ended {
        let back = format::money(sum(here, l.earned - l.amount));
        parts.push(format!("{} {back}", here.pick(["扣回", "扣回", "taken back"])));
    }
    let main = html! {
        span class="grow" {
            span class="num" { "#" (l.number) } " " b { (what) } br;
            span class="note" { (parts.join(" · ")) }
        }
    };
    let end = html! {
        span class="right" {
            b class="num" { (money(sum(here, l.amount))) } br;
            (tag(state_words(here.lang, l.state), state_tone(l.state)))
        }
    };
    cell_of(main).end(end).to(&format!("{}/campaigns/{}", here.base(), l.list)).render()
}
