//! The page of a payment: how things stand first, then what to do about it.
use super::{leave, member_or_door, named, own_page, private, shown_as, sum};
use crate::House;
use crate::form::Form;
use crate::reply::Sorry;
use crate::ui::{
    Around, Choice, Icon, PicturePicker, SumRow, Tone, banner, button, card, card_head, cell,
    countdown_box, empty_state, field, icon_s, picture_picker, price, price_xl, radio_list,
    sum_list, tag,
};
use crate::who::Here;
use crate::words::{format, states};
use app::community::who::Who;
use app::sale::views::{OrderPage, PaymentRow};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, Render, html};
use rules::base::{Id, id};
use rules::ledger::Provider;
use rules::sale::line::State as Stand;
use rules::sale::order::PaymentState;

/// What the page is told beside the order itself.
#[derive(Default)]
pub(super) struct Told<'a> {
    /// Why the last form was refused.
    pub refused: Option<&'static str>,
    /// The slip number as typed, and what is wrong with it.
    pub slip: &'a str,
    pub slip_error: Option<&'static str>,
    /// A picture of the slip that an earlier try brought, and what is wrong with a new one.
    pub picture: &'a [String],
    pub picture_error: Option<&'static str>,
    /// What the demo provider did last: `failed`, `twice`.
    pub demo: &'a str,
}

pub async fn pay(
    State(house): State<House>,
    here: Here,
    Path((_, id)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Sorry> {
    let who = match member_or_door(&here, &here.path) {
        Ok(who) => who,
        Err(door) => return Ok(leave(&here, &door)),
    };
    let order = own_order(&house, &here, who, &id).await?;
    let told = Told { demo: form.get("told"), ..Told::default() };
    page(&house, &here, &order, told, StatusCode::OK).await
}

/// The buyer's own order; nobody else pays it or learns of it.
pub(super) async fn own_order(
    house: &House,
    here: &Here,
    who: Who,
    id: &str,
) -> Result<OrderPage, Sorry> {
    let order = house.app.order_page(here.place.id, named(id)?).await?;
    order.filter(|o| o.row.member == who.member).ok_or(Sorry::NotFound)
}

/// The attempt that may still bring money.
pub(super) fn open_attempt(order: &OrderPage) -> Option<&PaymentRow> {
    let open =
        |p: &&PaymentRow| matches!(p.state, PaymentState::Started | PaymentState::ProofGiven);
    // a given proof stops everything else until staff decide
    let given = order.payments.iter().find(|p| p.state == PaymentState::ProofGiven);
    given.or(order.payments.iter().rev().find(open))
}

pub(super) async fn page(
    house: &House,
    here: &Here,
    order: &OrderPage,
    told: Told<'_>,
    status: StatusCode,
) -> Result<Response, Sorry> {
    let title = here.pick(["付款", "付款", "Payment"]);
    let mut page = own_page(here, title, format!("{}/orders/{}", here.base(), order.row.id));
    page.modules = &["picker.js"];
    let late = order.row.pay_until <= here.now;
    let body = match (order.row.state, open_attempt(order)) {
        (Stand::AwaitingPayment, Some(p)) if p.state == PaymentState::ProofGiven => {
            checking(here, order, p)
        }
        (Stand::AwaitingPayment, _) if late => too_late(here),
        (Stand::AwaitingPayment, open) => {
            let who = here.member()?;
            let hint = house.app.checkout(here.place.id, who.member).await?.pay_hint;
            html! {
                (notices(here, order, &told))
                (waiting(here, order))
                @match open {
                    Some(p) if p.provider == Provider::Sandbox => (demo(here, order, p)),
                    Some(p) => (transfer(here, order, p, &hint, &told)),
                    None => {}
                }
                (other_ways(house, here, order, open))
            }
        }
        (state, _) => {
            let seat = house.app.seat_of(here.place.id, order.row.id).await?;
            let place = house.app.place_of(here.place.id, order.row.id).await?;
            html! {
                (ended(here, order, state, &told))
                @if let Some(seat) = &seat { (super::order_seat::card(here, seat)) }
                @if let Some(place) = &place { (super::order_place::card(here, place)) }
                (to_order(here, order))
            }
        }
    };
    Ok(shown_as(status, &page, body))
}

fn notices(here: &Here, order: &OrderPage, told: &Told) -> Markup {
    let last = order.payments.last();
    let failed = last.filter(|p| p.state == PaymentState::Failed);
    html! {
        @if let Some(why) = told.refused { (banner(why, Tone::Danger)) }
        @else if let Some(p) = failed {
            @let sentence = here.pick([
                "上一次付款没有成功，可以再付一次",
                "上一次付款沒有成功，可以再付一次",
                "The last payment did not work. You can try again.",
            ]);
            (banner(sentence, Tone::Danger))
            @if !p.note.is_empty() { p class="note" { (p.note) } }
        }
    }
}

/// State first: what is owed and until when.
fn waiting(here: &Here, order: &OrderPage) -> Markup {
    html! {
        section class="card center" {
            p class="t2" { (states::order_state(here.lang, Stand::AwaitingPayment)) }
            p { (price_xl(sum(here, order.to_pay()))) }
            @if !order.wallet.is_empty() { (sum_list(&super::purse::rows(here, order), None)) }
            p class="note" {
                (here.pick(["剩余时间 ", "剩餘時間 ", "Time left "]))
                (countdown_box(here.lang, order.row.pay_until, here.now))
            }
            p class="note num" { (order.row.id) }
        }
    }
}

/// The page of a provider that does not exist: three ways a payment can go.
fn demo(here: &Here, order: &OrderPage, p: &PaymentRow) -> Markup {
    let amount = format::money(sum(here, p.amount));
    let pay = format!("{} {amount}", here.pick(["付", "付", "Pay"]));
    html! {
        form class="card" method="post"
            action={ (here.base()) "/orders/" (order.row.id) "/pay/sandbox" } {
            div class="row" {
                h2 class="t2 grow" { (states::provider(here.lang, Provider::Sandbox)) }
                (tag(here.pick(["不收真钱", "不收真錢", "No real money"]), Tone::Blue))
            }
            p class="sub" { (here.pick([
                "这里代替真正的支付平台。选一个结果，店里会收到签名的通知。",
                "這裡代替真正的支付平台。選一個結果，店裡會收到簽章的通知。",
                "This stands in for a payment provider. Choose an outcome; the shop gets a signed \
                 notice of it.",
            ])) }
            input type="hidden" name="payment" value=(p.id);
            (button(&pay).primary().block().value("outcome", "paid"))
            (button(here.pick(["付款失败", "付款失敗", "Let it fail"])).block()
                .value("outcome", "failed"))
            (button(here.pick(["通知发两遍", "通知發兩遍", "Send the notice twice"])).quiet().block()
                .value("outcome", "twice"))
        }
    }
}

/// A bank or personal transfer: where to, how much, and then the slip's number.
fn transfer(here: &Here, order: &OrderPage, p: &PaymentRow, hint: &str, told: &Told) -> Markup {
    let action = format!("{}/orders/{}/pay/proof", here.base(), order.row.id);
    let none = here.pick([
        "店家还没有写收款方式，请在社群里问一下",
        "店家還沒有寫收款方式，請在社群裡問一下",
        "The shop has not said where to pay yet. Please ask in the community.",
    ]);
    let slip = here.pick(["转账单号", "轉帳單號", "Number on the slip"]);
    html! {
        (card(html! {
            (card_head(states::provider(here.lang, Provider::Manual)))
            @if hint.is_empty() { p class="sub" { (none) } }
            @else { p class="pre" { (hint) } }
            (sum_list(&[], Some(&SumRow::new(
                here.pick(["转账金额", "轉帳金額", "Amount"]), price(sum(here, p.amount))))))
        }))
        form class="card" method="post" action=(action) enctype="multipart/form-data" {
            input type="hidden" name="payment" value=(p.id);
            (field::text("slip", slip, told.slip).most(60).error(told.slip_error)
                .hint(here.pick([
                    "转账成功后，在账单里可以找到",
                    "轉帳成功後，在帳單裡可以找到",
                    "You find it in your statement after the transfer",
                ])))
            (private::kept(here, "picture", told.picture))
            @if told.picture.is_empty() {
                (picture_picker(&PicturePicker {
                    lang: here.lang,
                    id: "picture",
                    name: "picture",
                    label: here.pick(["转账截图（可不传）", "轉帳截圖（可不傳）",
                        "Picture of the slip (optional)"]),
                    most: 1,
                    kept: &[],
                    error: told.picture_error,
                }))
                p class="note" { (here.pick(["只有你和店家能看到", "只有你和店家能看到",
                    "Only you and the shop see it"])) }
            }
            (button(here.pick(["我已转账", "我已轉帳", "I have paid"])).primary().block().submit())
        }
    }
}

/// Another way to pay, or one more try.
fn other_ways(house: &House, here: &Here, order: &OrderPage, open: Option<&PaymentRow>) -> Markup {
    let mounted: Vec<Provider> =
        Provider::ALL.iter().copied().filter(|p| house.app.pays_by(*p)).collect();
    let on = open.map_or(order.provider, |p| p.provider);
    if open.is_some() && mounted.len() < 2 {
        return html! {};
    }
    let choices: Vec<(Choice, Option<&str>)> = mounted
        .iter()
        .map(|p| (Choice::new(p.code(), states::provider(here.lang, *p), *p == on), None))
        .collect();
    let label = here.pick(["支付方式", "付款方式", "Pay with"]);
    let next = here.pick(["继续", "繼續", "Go on"]);
    let id: Id<id::Payment> = house.app.mint(here.now);
    let form = html! {
        form class="stack" method="post"
            action={ (here.base()) "/orders/" (order.row.id) "/pay" } {
            input type="hidden" name="payment" value=(id);
            (radio_list(Around::new("provider", label), &choices))
            @if open.is_some() { (button(next).block().submit()) }
            @else { (button(next).primary().block().submit()) }
        }
    };
    html! {
        @if open.is_none() { (card(form)) } @else {
            @let other = here.pick(["换一种付款方式", "換一種付款方式", "Pay another way"]);
            (card(html! {
                details class="rules" { summary { (other) (icon_s(Icon::Down)) } (form) }
            }))
        }
    }
}

fn checking(here: &Here, order: &OrderPage, p: &PaymentRow) -> Markup {
    let sentence = here.pick([
        "店家核对到账后会通知你，这期间订单为你留着。",
        "店家核對入帳後會通知你，這期間訂單為你留著。",
        "The shop checks the transfer and tells you. The order is kept meanwhile.",
    ]);
    let slip = p.slip.clone().unwrap_or_default();
    html! {
        section class="card center" {
            p class="t2" { (here.pick(["等店家核对", "等店家核對", "The shop is checking"])) }
            p { (price_xl(sum(here, p.amount))) }
            p class="sub" { (sentence) }
            p class="note num" { (here.pick(["单号 ", "單號 ", "Slip "])) (slip) }
        }
        @if let Some(picture) = p.proof.clone().filter(|x| !x.is_empty()) {
            @let label = here.pick(["转账截图", "轉帳截圖", "Picture of the slip"]);
            (card(html! {
                (card_head(label))
                (private::shown(here, order.row.id, &[picture], label))
            }))
        }
        (to_order(here, order))
    }
}

fn too_late(here: &Here) -> Markup {
    let shop = format!("{}/shop", here.base());
    empty_state(
        here.pick(["付款时间过了", "付款時間過了", "The time to pay is over"]),
        here.pick([
            "订单会自动关闭，没有扣钱。想要的话再下一单。",
            "訂單會自動關閉，沒有扣錢。想要的話再下一單。",
            "The order closes by itself; nothing was charged. Order again if you like.",
        ]),
        Some(button(here.pick(["回到商店", "回到商店", "To the shop"])).to(&shop)),
    )
}

fn ended(here: &Here, order: &OrderPage, state: Stand, told: &Told) -> Markup {
    let paid = order.paid_at.is_some() && state.paid();
    let title = match paid {
        true => here.pick(["付款成功", "付款成功", "Paid"]),
        false => states::order_state(here.lang, state),
    };
    let twice = here.pick([
        "同一条通知到了两次，只入账一次",
        "同一則通知到了兩次，只入帳一次",
        "The same notice came twice and counted once",
    ]);
    html! {
        @if paid && told.demo == "twice" { (banner(twice, Tone::Green)) }
        section class="card center" {
            p class="t1" { (title) }
            p { (price_xl(sum(here, order.row.total))) }
            @if !order.wallet.is_empty() { (sum_list(&super::purse::rows(here, order), None)) }
            p class="note num" { (order.row.id) }
        }
    }
}

fn to_order(here: &Here, order: &OrderPage) -> Markup {
    let href = format!("{}/orders/{}", here.base(), order.row.id);
    let shop = format!("{}/shop", here.base());
    let (see, on) =
        (["看订单", "看訂單", "See the order"], ["继续逛", "繼續逛", "Back to the shop"]);
    crate::ui::card_flush(html! {
        (cell(here.pick(see)).lead(Icon::Bag).to(&href).render())
        (cell(here.pick(on)).lead(Icon::Home).to(&shop).render())
    })
}
