//! Money of an order: paid, proved, confirmed, given back.
use super::ask::Ask;
use super::caller::{Caller, named};
use super::order_shape::{Order, seen, shown};
use super::shapes::{Money, Problem, id_in, unknown_word};
use crate::House;
use crate::reply::Sorry;
use app::sale::give_proof::GiveProof;
use app::sale::refund_order::RefundOrder;
use app::sale::start_payment::StartPayment;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use rules::base::{Id, id};
use rules::community::role::Right;
use rules::community::scope::Scope;
use rules::ledger::Provider;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Deserialize, ToSchema)]
pub struct Paying {
    /// `sandbox` or `manual`.
    #[schema(example = "sandbox")]
    provider: String,
    /// Of the sandbox: how its payment ends, `paid` (when left out), `failed`, or `open` for one
    /// that is not decided yet.
    outcome: Option<String>,
}
#[derive(Serialize, ToSchema)]
pub struct PaymentStarted {
    #[schema(example = "pay_06d4zq0n8g008")]
    payment: String,
    amount: Money,
    /// Of a transfer by hand: where the money goes, in the shop's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    instructions: Option<String>,
    order: Order,
}

/// Pay an order
///
/// With `sandbox` the play money arrives at once. With `manual` the buyer transfers by hand,
/// gives the slip's number with `give_proof`, and staff confirm it with `confirm_payment`.
#[utoipa::path(post, path = "/api/v1/communities/{community}/orders/{order}/pay",
    tag = "Payments", operation_id = "pay_order", request_body = Paying,
    params(("community" = String, Path), ("order" = String, Path)),
    responses((status = 200, body = PaymentStarted), (status = "4XX", body = Problem)))]
pub async fn pay_order(
    State(house): State<House>,
    caller: Caller,
    Path((_, wanted)): Path<(String, String)>,
    ask: Ask<Paying>,
) -> Result<Response, Sorry> {
    let who = caller.member(Scope::WritePayments)?;
    let (b, order) = (&ask.body, named::<id::Order>(&wanted)?);
    let provider =
        Provider::of(&b.provider).ok_or_else(|| unknown_word("provider", &b.provider))?;
    let outcome = match b.outcome.as_deref().unwrap_or("paid") {
        "paid" => Some(true),
        "failed" => Some(false),
        "open" => None,
        other => return Err(unknown_word("outcome", other)),
    };
    let place = caller.place()?;
    let pay = async |number| {
        let payment: Id<id::Payment> = app::calls::numbered(number);
        let cmd = StartPayment { who, id: payment, order, provider };
        let amount = house.app.start_payment(caller.now, cmd).await?;
        if let (Provider::Sandbox, Some(paid)) = (provider, outcome) {
            house.app.sandbox_pay(caller.now, place.id, payment, paid).await?;
        }
        let instructions = match provider {
            Provider::Manual => Some(house.app.shop(place.id).await?.1),
            Provider::Sandbox | Provider::Wallet => None,
        };
        Ok(PaymentStarted {
            payment: payment.to_string(),
            amount: Money::of(amount, place.currency),
            instructions,
            order: shown(&house, &caller, order).await?,
        })
    };
    ask.once(&house, &caller, StatusCode::OK, pay).await
}

#[derive(Deserialize, ToSchema)]
pub struct Slip {
    /// The number on the bank's slip; one slip pays one order.
    #[schema(min_length = 4, max_length = 60)]
    slip: String,
}

/// The payment of the path, if it belongs to this order and the caller may see the order.
async fn payment_in(
    house: &House,
    who: app::community::who::Who,
    (order, payment): (&str, &str),
) -> Result<(Id<id::Order>, Id<id::Payment>), Sorry> {
    let (order, payment) = (named(order)?, named(payment)?);
    let page = seen(house, who, order).await?;
    let there = page.payments.iter().any(|p| p.id == payment);
    there.then_some((order, payment)).ok_or(Sorry::NotFound)
}

/// Prove a transfer by its slip's number
#[utoipa::path(post,
    path = "/api/v1/communities/{community}/orders/{order}/payments/{payment}/proof",
    tag = "Payments", operation_id = "give_proof", request_body = Slip,
    params(("community" = String, Path), ("order" = String, Path), ("payment" = String, Path)),
    responses((status = 200, body = Order), (status = "4XX", body = Problem)))]
pub async fn give_proof(
    State(house): State<House>,
    caller: Caller,
    Path((_, order, payment)): Path<(String, String, String)>,
    ask: Ask<Slip>,
) -> Result<Response, Sorry> {
    let who = caller.member(Scope::WritePayments)?;
    let (order, payment) = payment_in(&house, who, (&order, &payment)).await?;
    let prove = async |_| {
        let slip = ask.body.slip.clone();
        let cmd = GiveProof { who, payment, slip, picture: String::new() };
        house.app.give_proof(caller.now, cmd).await?;
        shown(&house, &caller, order).await
    };
    ask.once(&house, &caller, StatusCode::OK, prove).await
}

/// Confirm a transfer
///
/// Staff saw the money on the bank's statement.
#[utoipa::path(post,
    path = "/api/v1/communities/{community}/orders/{order}/payments/{payment}/confirm",
    tag = "Payments", operation_id = "confirm_payment",
    params(("community" = String, Path), ("order" = String, Path), ("payment" = String, Path)),
    responses((status = 200, body = Order), (status = "4XX", body = Problem)))]
pub async fn confirm_payment(
    State(house): State<House>,
    caller: Caller,
    Path((_, order, payment)): Path<(String, String, String)>,
    ask: Ask<super::ask::Nothing>,
) -> Result<Response, Sorry> {
    let who = caller.staff(Scope::WritePayments, Right::Money)?;
    let (order, payment) = payment_in(&house, who, (&order, &payment)).await?;
    let confirm = async |_| {
        house.app.confirm_proof(caller.now, who, payment).await?;
        shown(&house, &caller, order).await
    };
    ask.once(&house, &caller, StatusCode::OK, confirm).await
}

#[derive(Deserialize, ToSchema)]
pub struct NewRefund {
    lines: Vec<RefundedLine>,
    /// The delivery fee too.
    #[serde(default)]
    shipping: bool,
    /// Units go back on the shelf; otherwise they are written off.
    #[serde(default)]
    restock: bool,
    #[serde(default)]
    reason: String,
}
#[derive(Deserialize, ToSchema)]
pub struct RefundedLine {
    #[schema(example = "lin_06d4zq0n8g008")]
    line: String,
    #[schema(minimum = 0)]
    qty: i64,
}
#[derive(Serialize, ToSchema)]
pub struct Refunded {
    #[schema(example = "ref_06d4zq0n8g008")]
    refund: String,
    amount: Money,
    order: Order,
}

/// Give money back
///
/// Whole lines or some of their units, with the delivery fee if it is due. It goes back the way it
/// came: outside money first, then the buyer's wallet; a transfer is paid back by hand.
#[utoipa::path(post, path = "/api/v1/communities/{community}/orders/{order}/refunds",
    tag = "Payments", operation_id = "refund_order", request_body = NewRefund,
    params(("community" = String, Path), ("order" = String, Path)),
    responses((status = 201, body = Refunded), (status = "4XX", body = Problem)))]
pub async fn refund_order(
    State(house): State<House>,
    caller: Caller,
    Path((_, wanted)): Path<(String, String)>,
    ask: Ask<NewRefund>,
) -> Result<Response, Sorry> {
    let who = caller.staff(Scope::WritePayments, Right::Orders)?;
    let (b, order) = (&ask.body, named::<id::Order>(&wanted)?);
    let lines = b.lines.iter().map(|l| Ok((id_in("lines.line", &l.line)?, l.qty)));
    let lines = lines.collect::<Result<Vec<_>, Sorry>>()?;
    let currency = caller.place()?.currency;
    let refund = async |number| {
        let id: Id<id::Refund> = app::calls::numbered(number);
        let (shipping, restock, reason) = (b.shipping, b.restock, b.reason.clone());
        let cmd = RefundOrder { who, id, order, lines, shipping, restock, reason };
        let amount = house.app.refund_order(caller.now, cmd).await?;
        Ok(Refunded {
            refund: id.to_string(),
            amount: Money::of(amount, currency),
            order: shown(&house, &caller, order).await?,
        })
    };
    ask.once(&house, &caller, StatusCode::CREATED, refund).await
}
