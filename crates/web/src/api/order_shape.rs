//! The shape of an order: what its buyer and the staff see of it.
use super::caller::Caller;
use super::shapes::{Money, time};
use crate::House;
use crate::reply::Sorry;
use app::community::who::Who;
use app::loyalty::views_points::OrderPoints as Points;
use app::sale::views::{LineRow, OrderPage, OrderRow};
use rules::base::{Currency, Id, id};
use rules::community::role::Right;
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
pub struct Order {
    #[schema(example = "ord_06d4zq0n8g008")]
    id: String,
    /// `awaiting_payment`, `to_fulfil`, `shipped`, `ready_for_pickup`, `received`, `completed`,
    /// `cancelled`, `closed_unpaid`, `refunding` or `refunded`.
    state: String,
    buyer: String,
    buyer_name: String,
    total: Money,
    refunded: Money,
    /// `pickup` or `ship`.
    delivery: String,
    recipient: String,
    /// Where it is collected.
    #[serde(skip_serializing_if = "String::is_empty")]
    pickup: String,
    /// What the buyer shows when collecting.
    #[serde(skip_serializing_if = "String::is_empty")]
    pickup_code: String,
    lines: Vec<Line>,
    placed_at: String,
    /// An unpaid order ends here.
    pay_until: String,
    /// Only when one order is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    more: Option<OrderMore>,
}
#[derive(Serialize, ToSchema)]
pub struct Line {
    #[schema(example = "lin_06d4zq0n8g008")]
    id: String,
    product: String,
    variant: String,
    title: String,
    choices: Vec<String>,
    unit_price: Money,
    /// The shop's price then, where the buyer's tier paid less.
    #[serde(skip_serializing_if = "Option::is_none")]
    list_price: Option<Money>,
    qty: i64,
    amount: Money,
    state: String,
    refunded: Money,
    refunded_qty: i64,
    reviewed: bool,
}
#[derive(Serialize, ToSchema)]
pub struct OrderMore {
    /// After the coupon and the points.
    goods: Money,
    /// What the coupon took off.
    discount: Money,
    points: OrderPoints,
    shipping: Money,
    phone: String,
    region: String,
    street: String,
    note: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    paid_at: Option<String>,
    /// What the buyer's wallet gave, part by part.
    wallet: Vec<FromWallet>,
    /// What the wallet does not cover.
    to_pay: Money,
    payments: Vec<Payment>,
    refunds: Vec<Refund>,
    parcels: Vec<Parcel>,
}
/// The points an order used and earned.
#[derive(Serialize, ToSchema)]
pub struct OrderPoints {
    /// Used by it; reserved while it is not paid, none when it ended unpaid.
    spent: i64,
    /// What they took off.
    worth: Money,
    /// Of the spent ones, what refunds gave back.
    returned: i64,
    /// Earned when it was paid.
    earned: i64,
    /// Of the earned ones, what refunds left.
    kept: i64,
    /// Whether the earned ones may be spent already.
    released: bool,
}
#[derive(Serialize, ToSchema)]
#[schema(as = OrderWallet)]
pub struct FromWallet {
    /// `red_packet` or `commission`.
    bucket: String,
    amount: Money,
    /// What refunds have put back.
    returned: Money,
}
#[derive(Serialize, ToSchema)]
pub struct Payment {
    #[schema(example = "pay_06d4zq0n8g008")]
    id: String,
    /// `sandbox` or `manual`; `wallet` when the wallet covers the order.
    provider: String,
    /// `started`, `proof_given`, `captured`, `failed` or one of its later ends.
    state: String,
    amount: Money,
    started_at: String,
}
#[derive(Serialize, ToSchema)]
pub struct Refund {
    #[schema(example = "ref_06d4zq0n8g008")]
    id: String,
    amount: Money,
    /// The part of it that went back into the buyer's wallet.
    wallet: Money,
    /// `waiting` for the provider, `settled`, or to be paid back `by_hand`.
    state: String,
    reason: String,
    at: String,
}
#[derive(Serialize, ToSchema)]
pub struct Parcel {
    carrier: String,
    tracking: String,
    shipped_at: String,
}

fn line(l: LineRow, cur: Currency) -> Line {
    Line {
        id: l.id.to_string(),
        product: l.product.to_string(),
        variant: l.variant.to_string(),
        title: l.title,
        choices: l.choices,
        unit_price: Money::of(l.unit_price, cur),
        list_price: l.list_price.map(|list| Money::of(list, cur)),
        qty: l.qty,
        amount: Money::of(l.amount, cur),
        state: l.state.code().into(),
        refunded: Money::of(l.refunded, cur),
        refunded_qty: l.refunded_qty,
        reviewed: l.reviewed,
    }
}
pub fn order(o: OrderRow, cur: Currency) -> Order {
    Order {
        id: o.id.to_string(),
        state: o.state.code().into(),
        buyer: o.member.to_string(),
        buyer_name: o.buyer,
        total: Money::of(o.total, cur),
        refunded: Money::of(o.refunded, cur),
        delivery: o.delivery.code().into(),
        recipient: o.recipient,
        pickup: o.pickup_text,
        pickup_code: o.pickup_code,
        lines: o.lines.into_iter().map(|l| line(l, cur)).collect(),
        placed_at: time(o.placed_at),
        pay_until: time(o.pay_until),
        more: None,
    }
}
fn points(p: Points, cur: Currency) -> OrderPoints {
    OrderPoints {
        spent: p.spent,
        worth: Money::of(p.money, cur),
        returned: p.returned,
        earned: p.earned,
        kept: p.kept,
        released: p.released,
    }
}
fn whole(p: OrderPage, of: Points, cur: Currency) -> Order {
    let payment = |x: app::sale::views::PaymentRow| Payment {
        id: x.id.to_string(),
        provider: x.provider.code().into(),
        state: x.state.code().into(),
        amount: Money::of(x.amount, cur),
        started_at: time(x.started_at),
    };
    let refund = |r: app::sale::views::RefundRow| Refund {
        id: r.id.to_string(),
        amount: Money::of(r.amount, cur),
        wallet: Money::of(r.wallet, cur),
        state: r.state.code().into(),
        reason: r.reason,
        at: time(r.at),
    };
    let parcel = |(carrier, tracking, at)| Parcel { carrier, tracking, shipped_at: time(at) };
    let wallet = |x: &rules::sale::wallet::Part| FromWallet {
        bucket: x.bucket.code().into(),
        amount: Money::of(x.amount, cur),
        returned: Money::of(x.returned, cur),
    };
    let more = OrderMore {
        to_pay: Money::of(p.to_pay(), cur),
        wallet: p.wallet.iter().map(wallet).collect(),
        goods: Money::of(p.goods, cur),
        discount: Money::of(p.discount, cur),
        points: points(of, cur),
        shipping: Money::of(p.shipping, cur),
        phone: p.phone,
        region: p.region,
        street: p.street,
        note: p.note,
        paid_at: p.paid_at.map(time),
        payments: p.payments.into_iter().map(payment).collect(),
        refunds: p.refunds.into_iter().map(refund).collect(),
        parcels: p.parcels.into_iter().map(parcel).collect(),
    };
    Order { more: Some(more), ..order(p.row, cur) }
}

/// The order, for its buyer and for staff.
pub async fn seen(house: &House, who: Who, order: Id<id::Order>) -> Result<OrderPage, Sorry> {
    let page = house.app.order_page(who.community, order).await?.ok_or(Sorry::NotFound)?;
    let may = page.row.member == who.member || who.rights.may(Right::Orders);
    if may { Ok(page) } else { Err(Sorry::NotFound) }
}
/// With all that belongs to it.
pub async fn entire(house: &House, caller: &Caller, page: OrderPage) -> Result<Order, Sorry> {
    let place = caller.place()?;
    let points = house.app.points_of_order(place.id, page.row.id).await?;
    Ok(whole(page, points, place.currency))
}
/// As it stands after a verb.
pub async fn shown(house: &House, caller: &Caller, id: Id<id::Order>) -> Result<Order, Sorry> {
    let page = house.app.order_page(caller.place()?.id, id).await?.ok_or(Sorry::NotFound)?;
    entire(house, caller, page).await
}
