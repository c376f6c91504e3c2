//! One order: where it stands, how to get it, what it cost, what can be done.
use super::{
    Shot, case, chosen, leave, member_or_door, named, order_bill, order_place, order_seat, orders,
    own_page, photo, shown_as, sum,
};
use crate::House;
use crate::form::Form;
use crate::reply::{Sorry, said, status_of};
use crate::ui::{
    Icon, Step, Ticket, TimelineStep, Tone, banner, button, card, card_flush, card_head, cell,
    countdown, dialog, item_row, price_ink, tag, ticket, timeline,
};
use crate::who::Here;
use crate::words::{Lang, Say, format, states};
use app::Stop;
use app::community::who::Who;
use app::sale::cancel_order::CancelOrder;
use app::sale::views::{LineRow, OrderPage};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, Render, html};
use rules::base::id;
use rules::community::role::Right;
use rules::sale::line::State as Stand;
use rules::sale::order::{Delivery, PaymentState};

pub async fn order(
    State(house): State<House>,
    here: Here,
    Path((_, id)): Path<(String, String)>,
) -> Result<Response, Sorry> {
    let who = match member_or_door(&here, &here.path) {
        Ok(who) => who,
        Err(door) => return Ok(leave(&here, &door)),
    };
    let order = visible(&house, &here, who, &id).await?;
    page(&house, &here, who, &order, None).await
}

/// The buyer's, or anybody's for staff who look after orders. Others do not learn that it exists.
pub(super) async fn visible(
    house: &House,
    here: &Here,
    who: Who,
    id: &str,
) -> Result<OrderPage, Sorry> {
    let order = house.app.order_page(here.place.id, named(id)?).await?;
    let may = |o: &OrderPage| o.row.member == who.member || who.rights.may(Right::Orders);
    order.filter(may).ok_or(Sorry::NotFound)
}

pub async fn cancel(
    State(house): State<House>,
    here: Here,
    Path((_, id)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Sorry> {
    let who = match member_or_door(&here, &here.path) {
        Ok(who) => who,
        Err(door) => return Ok(leave(&here, &door)),
    };
    let order = visible(&house, &here, who, &id).await?;
    let refund = form.must_id::<id::Refund>("refund")?;
    let out = house.app.cancel_order(here.now, CancelOrder { who, order: order.row.id, refund });
    answer(&house, &here, who, &order, out.await).await
}

pub async fn receive(
    State(house): State<House>,
    here: Here,
    Path((_, id)): Path<(String, String)>,
) -> Result<Response, Sorry> {
    let who = match member_or_door(&here, &here.path) {
        Ok(who) => who,
        Err(door) => return Ok(leave(&here, &door)),
    };
    let order = visible(&house, &here, who, &id).await?;
    let out = house.app.confirm_receipt(here.now, who, order.row.id).await;
    answer(&house, &here, who, &order, out).await
}

async fn answer<R: Say>(
    house: &House,
    here: &Here,
    who: Who,
    order: &OrderPage,
    out: Result<(), Stop<R>>,
) -> Result<Response, Sorry> {
    match out {
        Ok(()) => Ok(leave(here, &format!("{}/orders/{}", here.base(), order.row.id))),
        Err(Stop::Refused(r)) => {
            let status = StatusCode::from_u16(status_of(r.code())).unwrap_or(StatusCode::CONFLICT);
            page(house, here, who, order, Some((status, said(r, here.lang)))).await
        }
        Err(Stop::Fault(fault)) => Err(fault.into()),
    }
}

async fn page(
    house: &House,
    here: &Here,
    who: Who,
    order: &OrderPage,
    refused: Option<(StatusCode, &'static str)>,
) -> Result<Response, Sorry> {
    let seat = house.app.seat_of(here.place.id, order.row.id).await?;
    let place = house.app.place_of(here.place.id, order.row.id).await?;
    let points = house.app.points_of_order(here.place.id, order.row.id).await?;
    let coupon = house.app.keeps_coupon(here.place.id, order.row.id).await?;
    let title = here.pick(["订单", "訂單", "Order"]);
    let mine = order.row.member == who.member;
    let mut page = own_page(here, title, format!("{}/orders", here.base()));
    page.bar = if mine { bar(here, order) } else { None };
    page.after = mine.then(|| dialogs(house, here, order));
    let has_it = mine && matches!(order.row.state, Stand::Received | Stand::Completed);
    let ask = match has_it {
        true => {
            let next = format!("{}/orders/{}", here.base(), order.row.id);
            crate::trust::follows::ask_once(house, here, &next).await?
        }
        false => html! {},
    };
    let body = html! {
        @if let Some((_, why)) = refused { (banner(why, Tone::Danger)) }
        (status(here, order, mine))
        @if let Some(seat) = &seat { (order_seat::card(here, seat)) }
        @if let Some(place) = &place { (order_place::card(here, place)) }
        (goods(here, order))
        @if mine { (to_review(here, order)) }
        (ask)
        (progress(here, order))
        (order_bill::money(here, order, (&points, coupon)))
        (destination(here, order))
        (case::section(here, order, mine))
        @if mine && may_cancel(order) {
            (card_flush(cell(here.pick(["取消订单", "取消訂單", "Cancel the order"]))
                .lead(Icon::Close).opens("cancel").render()))
        }
    };
    Ok(shown_as(refused.map_or(StatusCode::OK, |r| r.0), &page, body))
}

/// Unpaid, or paid and nothing of it packed.
fn may_cancel(order: &OrderPage) -> bool {
    let all = |s: Stand| order.row.lines.iter().all(|l| l.state == s);
    (all(Stand::AwaitingPayment) && !checked(order))
        || all(Stand::ToFulfil)
        || all(Stand::AwaitingGroup)
        || all(Stand::AwaitingGoal)
}

/// The slip of a transfer waits for staff: the clock stands still, and so does the buyer.
fn checked(order: &OrderPage) -> bool {
    let given = order.payments.iter().any(|p| p.state == PaymentState::ProofGiven);
    given && order.row.state == Stand::AwaitingPayment
}

fn status(here: &Here, order: &OrderPage, mine: bool) -> Markup {
    let row = &order.row;
    if row.state == Stand::ReadyForPickup && mine && !row.pickup_code.is_empty() {
        return ticket(
            here.lang,
            &Ticket {
                state: here.pick(["可以取货了", "可以取貨了", "Ready to collect"]),
                place: &row.pickup_text,
                code: &row.pickup_code,
                qr: None,
                hint: Some(here.pick([
                    "把取件码报给团长就行",
                    "把取件碼報給團長就行",
                    "Tell the leader this code",
                ])),
                below: None,
            },
        );
    }
    let (state, tone) = (states::order_state(here.lang, row.state), states::order_tone(row.state));
    html! {
        section class="card" {
            div class="row" { h2 class="t2 grow" { (sentence(here, order)) } (tag(state, tone)) }
            @if row.state == Stand::AwaitingPayment && !checked(order) {
                p class="sub" {
                    (here.pick(["付款剩余 ", "付款剩餘 ", "Time left to pay "]))
                    (countdown(here.lang, row.pay_until, here.now))
                }
            }
            @for (carrier, number, at) in &order.parcels {
                p class="sub" {
                    (carrier) " " span class="num" { (number) } " · "
                    (format::day_time(here.lang, *at, here.now, &here.zone()))
                }
            }
            @if !mine { p class="sub" { (row.buyer) } }
        }
    }
}

/// Money was asked back, and nobody has said yes or no.
pub(super) const WAITS: [&str; 3] =
    ["退款申请等店家回复", "退款申請等店家回覆", "Waiting for the shop's answer"];

/// What happens next, in one line.
fn sentence(here: &Here, order: &OrderPage) -> &'static str {
    let pick_up = order.row.delivery == Delivery::Pickup;
    here.pick(match order.row.state {
        _ if case::open(order).is_some() => WAITS,
        Stand::AwaitingPayment if checked(order) => {
            ["店家正在核对转账", "店家正在核對轉帳", "The shop is checking your transfer"]
        }
        Stand::AwaitingPayment => ["付款后开始备货", "付款後開始備貨", "Packed once it is paid"],
        Stand::AwaitingGroup => {
            ["等人到齐就备货", "等人到齊就備貨", "Packed once the team is complete"]
        }
        Stand::AwaitingGoal => {
            ["截单达标就备货", "截單達標就備貨", "Packed once the list reached its minimum"]
        }
        Stand::ToFulfil if pick_up => {
            ["到货后给你取件码", "到貨後給你取件碼", "You get a code when it arrives"]
        }
        Stand::ToFulfil => ["店家正在备货", "店家正在備貨", "The shop is packing it"],
        Stand::Shipped => ["在路上了", "在路上了", "It is on its way"],
        Stand::ReadyForPickup => ["可以取货了", "可以取貨了", "Ready to collect"],
        Stand::Received => ["已收货，谢谢", "已收貨，謝謝", "You have it. Thank you"],
        Stand::Completed => ["完成了，谢谢", "完成了，謝謝", "All done. Thank you"],
        Stand::Refunding => ["退款正在路上", "退款正在路上", "The refund is on its way"],
        Stand::Refunded => ["已全部退款", "已全部退款", "All paid back"],
        Stand::Cancelled => ["订单取消了", "訂單取消了", "The order was cancelled"],
        Stand::ClosedUnpaid => {
            ["超时没有付款，已关闭", "逾時沒有付款，已關閉", "Closed: not paid in time"]
        }
    })
}

fn line_note(here: &Here, order: &OrderPage, l: &LineRow) -> String {
    let what = match l.choices.is_empty() {
        true => format!("×{}", l.qty),
        false => format!("{} ×{}", chosen(&l.choices), l.qty),
    };
    let mut parts = vec![what];
    if l.state != order.row.state {
        parts.push(states::order_state(here.lang, l.state).into());
    } else if l.refunded > 0 {
        let back = format::money(sum(here, l.refunded));
        parts.push(format!("{} {back}", here.pick(["已退", "已退", "refunded"])));
    }
    chosen(&parts)
}

fn goods(here: &Here, order: &OrderPage) -> Markup {
    let shots: Vec<Shot> = order.row.lines.iter().map(Shot::of_line).collect();
    card(html! {
        @for (l, shot) in order.row.lines.iter().zip(&shots) {
            a href={ (here.base()) "/products/" (l.product) } {
                (item_row(&photo(shot), &l.title, &line_note(here, order, l),
                    price_ink(sum(here, l.amount))))
            }
        }
    })
}

/// What arrived and has no review yet, each with the way to write one.
fn to_review(here: &Here, order: &OrderPage) -> Markup {
    let row = &order.row;
    html! {
        @if orders::to_review(row).next().is_some() {
            (card_flush(html! {
                @for l in orders::to_review(row) {
                    @let to = format!("{}/orders/{}/lines/{}/review", here.base(), row.id, l.id);
                    (cell(here.pick(["写评价", "寫評價", "Write a review"])).note(&l.title)
                        .lead(Icon::Edit).to(&to).render())
                }
            }))
        }
    }
}

/// What happened, the latest first, from the record.
fn progress(here: &Here, order: &OrderPage) -> Markup {
    let ended_badly =
        |kind: &str| matches!(kind, "order_cancelled" | "order_closed_unpaid" | "proof_refused");
    let steps: Vec<TimelineStep> = order
        .facts
        .iter()
        .rev()
        .enumerate()
        .map(|(k, (kind, at, _))| {
            let step = match k {
                _ if ended_badly(kind) => Step::Bad,
                0 => Step::Now,
                _ => Step::Good,
            };
            let when = format::day_time(here.lang, *at, here.now, &here.zone());
            TimelineStep::new(step, states::fact(here.lang, kind), when)
        })
        .collect();
    card(html! {
        (card_head(here.pick(["进度", "進度", "What happened"])))
        (timeline(&steps))
    })
}

fn destination(here: &Here, order: &OrderPage) -> Markup {
    let row = &order.row;
    let phone = order.phone.as_str();
    let colon = if here.lang == Lang::En { ": " } else { "：" };
    card_flush(html! {
        @match row.delivery {
            Delivery::Pickup => {
                (cell(&row.pickup_text).lead(Icon::Pin).render())
            },
            Delivery::Ship => {
                (cell(&order.street).note(&order.region).lead(Icon::Pin).render())
            },
        }
        (cell(&row.recipient).note(phone).lead(Icon::Phone).render())
        @if !order.note.is_empty() {
            @let label = format!("{}{colon}{}", here.pick(["留言", "留言", "Note"]), order.note);
            (cell(&label).lead(Icon::Edit).render())
        }
    })
}

/// The one main thing to do.
fn bar(here: &Here, order: &OrderPage) -> Option<Markup> {
    let pay = format!("{}/orders/{}/pay", here.base(), order.row.id);
    let amount = format::money(sum(here, order.to_pay()));
    match order.row.state {
        Stand::AwaitingPayment if !checked(order) => {
            let text = format!("{} {amount}", here.pick(["付", "付", "Pay"]));
            Some(button(&text).primary().grow().to(&pay).render())
        }
        Stand::Shipped => {
            let text = here.pick(["确认收货", "確認收貨", "It arrived"]);
            Some(button(text).primary().grow().opens("receive").render())
        }
        _ => None,
    }
}

/// Questions before what cannot be undone; without script the address opens them.
fn dialogs(house: &House, here: &Here, order: &OrderPage) -> Markup {
    let at = format!("{}/orders/{}", here.base(), order.row.id);
    let stay = button(here.pick(["再想想", "再想想", "Not now"])).closes();
    let refund = house.app.mint::<id::Refund>(here.now);
    let paid = order.paid_at.is_some();
    let what = match paid {
        true => here.pick([
            "付的钱原路退回。",
            "付的錢依原付款方式退回。",
            "What you paid goes back the way it came.",
        ]),
        false => {
            here.pick(["还没有付款，不会扣钱。", "還沒有付款，不會扣錢。", "Nothing was paid."])
        }
    };
    html! {
        @if may_cancel(order) {
            (dialog(here.lang, "cancel",
                here.pick(["取消这个订单？", "取消這個訂單？", "Cancel this order?"]),
                html! { p class="sub" { (what) } },
                html! {
                    (stay.clone())
                    form method="post" action={ (at) "/cancel" } {
                        input type="hidden" name="refund" value=(refund);
                        (button(here.pick(["取消订单", "取消訂單", "Cancel it"])).danger().submit())
                    }
                }))
        }
        @if order.row.state == Stand::Shipped {
            (dialog(here.lang, "receive",
                here.pick(["货收到了？", "貨收到了？", "Has it arrived?"]),
                html! { p class="sub" { (here.pick([
                    "收到并看过以后再确认。",
                    "收到並看過以後再確認。",
                    "Confirm once you have it and looked at it.",
                ])) } },
                html! {
                    (stay)
                    form method="post" action={ (at) "/receive" } {
                        (button(here.pick(["确认收货", "確認收貨", "Yes, it is here"])).primary()
                            .submit())
                    }
                }))
        }
    }
}
