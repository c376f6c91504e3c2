//! The leader's workbench: the lists of the groups one leads, and the cash to hand over.
use super::super::{leave, member_or_door, own_page, shown, sum};
use super::queue;
use crate::House;
use crate::form::Form;
use crate::reply::Sorry;
use crate::ui::price::{Fill, meter};
use crate::ui::{
    Icon, Place, Tone, button, card, card_flush, card_head, cell, countdown, empty_state, tag,
};
use crate::who::Here;
use crate::words::{Lang, format};
use app::community::who::Who;
use app::sale::views_chain::ChainRow;
use app::sale::views_lead::{Cash, CashOrder, LedGroup};
use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use rules::base::{Id, Moment, id};
use rules::community::role::Right;
use rules::sale::chain::{self, ChainState};

/// The groups somebody tends; nobody's business who tends none.
pub(super) async fn groups(house: &House, who: Who) -> Result<Vec<LedGroup>, Sorry> {
    let all = who.rights.may(Right::Orders) || who.rights.may(Right::Campaigns);
    let led = house.app.led_groups(who.community, who.member, all).await?;
    if led.is_empty() && !all { Err(Sorry::NotAllowed) } else { Ok(led) }
}

pub async fn bench(State(house): State<House>, here: Here) -> Result<Response, Sorry> {
    let who = match member_or_door(&here, &here.path) {
        Ok(who) => who,
        Err(door) => return Ok(leave(&here, &door)),
    };
    let led = groups(&house, who).await?;
    let mut lists = Vec::new();
    for group in &led {
        lists.push((group, house.app.chains_of(who.community, group.id).await?));
    }
    let mine = cash_of(&house, who, Some(who.member)).await?;
    let all = match who.rights.may(Right::Money) {
        true => cash_of(&house, who, None).await?,
        false => Vec::new(),
    };
    let title = here.pick(["团长工作台", "團長工作台", "Leading"]);
    let mut page = own_page(&here, title, format!("{}/me", here.base()));
    page.tab = Some(Place::Me);
    page.leader = true;
    page.unread = crate::reach::unread(&house, &here).await;
    let body = html! {
        (queue(&here, html! {}))
        (button(here.pick(["开一个接龙", "開一個接龍", "Open a chain order"])).primary().block()
            .icon(Icon::Plus).to(&format!("{}/lead/new", here.base())))
        (button(here.pick(["开一个拼团", "開一個團購", "Open a group buy"])).block()
            .icon(Icon::Users).to(&format!("{}/lead/buy", here.base())))
        (card_flush(html! {
            (cell(here.pick(["群里的拼团", "群裡的團購", "Group buys of my group"]))
                .lead(Icon::Users).to(&format!("{}/lead/buys", here.base())))
            (cell(here.pick(["我的服务费", "我的服務費", "My earnings"])).lead(Icon::Wallet)
                .to(&format!("{}/lead/earnings", here.base())))
        }))
        @for (cash, orders) in &mine { (to_hand_over(&here, cash, orders)) }
        @for (group, rows) in &lists { (of_group(&here, group, rows)) }
        @if led.is_empty() {
            (empty_state(
                here.pick(["还没有自提点", "還沒有自取點", "No pick-up point yet"]),
                here.pick(["先在群资料里填自提点", "先在群資料裡填自取點",
                    "Enter one on a group's page first."]), None))
        }
        @if !all.is_empty() { (take_over(&here, &all)) }
    };
    Ok(shown(&page, body))
}

/// What leaders have to hand over, with the orders behind it: one's own, or everybody's.
pub(super) async fn cash_of(
    house: &House,
    who: Who,
    leader: Option<Id<id::Member>>,
) -> Result<Vec<(Cash, Vec<CashOrder>)>, Sorry> {
    let mut out = Vec::new();
    for cash in house.app.leader_cash(who.community, leader).await? {
        let orders = house.app.cash_orders(who.community, cash.leader).await?;
        out.push((cash, orders));
    }
    Ok(out)
}

pub(super) fn to_hand_over(here: &Here, cash: &Cash, orders: &[CashOrder]) -> Markup {
    let n = cash.orders;
    card(html! {
        div class="row" {
            div class="grow" {
                p class="t3" { (here.pick(["要上交的现金", "要繳回的現金", "Cash to hand over"])) }
                p class="note" { @match here.lang {
                    Lang::En => { (n) " orders you entered for neighbours" },
                    Lang::Hans => { "代下单 " (n) " 单" },
                    Lang::Hant => { "代下單 " (n) " 單" },
                } }
            }
            span class="t2 num" { (format::money(sum(here, cash.amount))) }
        }
        (behind(here, orders))
    })
}

/// The orders of a sum of cash; each leads to its list.
fn behind(here: &Here, orders: &[CashOrder]) -> Markup {
    html! {
        details {
            summary class="note" { (here.pick(["哪些单", "哪些單", "Which orders"])) }
            ul { @for o in orders {
                li class="pick" {
                    span class="no" { "#" (o.number) }
                    div class="grow" {
                        p { (o.recipient) }
                        a class="note" href={ (here.base()) "/lead/" (o.list) "?tab=number" } {
                            (o.title)
                        }
                    }
                    span class="num" { (format::money(sum(here, o.amount))) }
                }
            } }
        }
    }
}

fn of_group(here: &Here, group: &LedGroup, rows: &[ChainRow]) -> Markup {
    let mut name = group.name.clone();
    if !group.pickup.is_empty() {
        name.push_str(&format!(" · {}", group.pickup));
    }
    card(html! {
        (card_head(&name))
        @if rows.is_empty() {
            p class="note" { (here.pick(["还没有开过接龙", "還沒有開過接龍",
                "No chain order here yet"])) }
        }
        ul { @for k in rows.iter().take(10) { (one(here, k)) } }
    })
}

fn one(here: &Here, k: &ChainRow) -> Markup {
    let href = format!("{}/lead/{}", here.base(), k.id);
    let n = k.last_number;
    let raised = format::money(sum(here, k.raised));
    let orders = match here.lang {
        Lang::En => format!("{n} orders · {raised}"),
        Lang::Hans => format!("{n} 单 · {raised}"),
        Lang::Hant => format!("{n} 單 · {raised}"),
    };
    html! {
        li class="pick" {
            div class="grow stack -xs" {
                p class="row" {
                    a class="t3 clip grow" href=(href) { (k.title) }
                    (state(here, k))
                }
                p class="note" {
                    (orders)
                    @if chain::takes(k.state, k.cut_off, here.now) {
                        " · " (here.pick(["剩 ", "剩 ", "closes in "]))
                        (countdown(here.lang, k.cut_off, here.now))
                    }
                }
                @if k.minimum > 0 && k.state == ChainState::Open {
                    (meter(k.raised.min(k.minimum), k.minimum, &orders, Fill::Green, true))
                }
            }
            (button(here.pick(["看板", "看板", "Board"])).small().to(&href).label(&k.title))
        }
    }
}

pub(super) fn state(here: &Here, k: &ChainRow) -> Markup {
    let open = chain::takes(k.state, k.cut_off, here.now);
    let (words, tone) = match k.state {
        ChainState::Open if open => (["接龙中", "接龍中", "Open"], Tone::Accent),
        ChainState::Open => (["正在截单", "正在截單", "Closing"], Tone::Gold),
        ChainState::Standing => (["已截单", "已截單", "Closed"], Tone::Green),
        ChainState::Failing => (["退款中", "退款中", "Being refunded"], Tone::Gold),
        ChainState::Failed => (["没达标", "沒達標", "Below its minimum"], Tone::Plain),
    };
    tag(here.pick(words), tone)
}

/// For staff who count the money.
fn take_over(here: &Here, all: &[(Cash, Vec<CashOrder>)]) -> Markup {
    card(html! {
        (card_head(here.pick(["收团长的现金", "收團長的現金", "Cash of leaders"])))
        ul { @for (cash, orders) in all {
            li class="pick" {
                div class="grow" {
                    p class="t3" { (cash.name) }
                    p class="note" { (format::money(sum(here, cash.amount))) }
                    (behind(here, orders))
                }
                form method="post" action={ (here.base()) "/lead/cash" } {
                    input type="hidden" name="leader" value=(cash.leader);
                    input type="hidden" name="seen" value=(cash.last.0);
                    (button(here.pick(["收到了", "收到了", "Received"])).small().submit()
                        .label(&cash.name))
                }
            }
        } }
    })
}

/// The shop has a leader's cash.
pub async fn cash(State(house): State<House>, here: Here, form: Form) -> Result<Response, Sorry> {
    let who = here.may(Right::Money)?;
    let leader: Id<id::Member> = form.must_id("leader")?;
    let seen = Moment(form.int("seen").unwrap_or(0));
    house.app.take_leader_cash(here.now, who, leader, seen).await?;
    Ok(leave(&here, &format!("{}/lead", here.base())))
}
