//! Payouts of commission for programs.
use super::ask::Ask;
use super::caller::Caller;
use super::shapes::{Listed, Money, Onward, Problem, id_in, time};
use crate::House;
use crate::reply::Sorry;
use app::spread::request_payout::RequestPayout;
use app::spread::views_payout::PayoutRow;
use axum::Json;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use rules::base::{Currency, Id, id};
use rules::community::scope::Scope;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Deserialize, ToSchema)]
pub struct NewPayout {
    /// In the smallest unit.
    #[schema(minimum = 1)]
    amount: i64,
    /// Whose account it is.
    payee: String,
    /// Bank and number, or the name of an account elsewhere.
    destination: String,
    /// Of the caller's second factor; each works once.
    code: String,
}
#[derive(Serialize, ToSchema)]
pub struct Payout {
    #[schema(example = "pyo_06d4zq0n8g008")]
    id: String,
    amount: Money,
    /// What the shop keeps of it.
    fee: Money,
    /// `claim`, `paid`, `failed` or `unknown`.
    state: String,
    /// The number of the transfer, when it was paid.
    #[serde(skip_serializing_if = "Option::is_none")]
    slip: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    reason: String,
    asked_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    settled_at: Option<String>,
}

fn payout(p: PayoutRow, currency: Currency) -> Payout {
    Payout {
        id: p.id.to_string(),
        amount: Money::of(p.amount, currency),
        fee: Money::of(p.fee, currency),
        state: p.state.code().into(),
        slip: p.slip,
        reason: p.reason,
        asked_at: time(p.asked_at),
        settled_at: p.settled_at.map(time),
    }
}

/// Ask for a payout
///
/// Of commission in the caller's wallet: reserved at once, transferred by hand. One at a time.
#[utoipa::path(post, path = "/api/v1/communities/{community}/payouts", tag = "Payments",
    operation_id = "request_payout", request_body = NewPayout, params(("community" = String, Path)),
    responses((status = 201, body = Payout), (status = "4XX", body = Problem)))]
pub async fn request_payout(
    State(house): State<House>,
    caller: Caller,
    ask: Ask<NewPayout>,
) -> Result<Response, Sorry> {
    let who = caller.member(Scope::WritePayments)?;
    let currency = caller.place()?.currency;
    let request = async |number| {
        let id: Id<id::Payout> = app::calls::numbered(number);
        let b = &ask.body;
        let (payee, destination) = (b.payee.clone(), b.destination.clone());
        let code = b.code.clone();
        let cmd = RequestPayout { who, id, amount: b.amount, payee, destination, code };
        house.app.request_payout(caller.now, cmd).await?;
        let made = house.app.payout(who.community, id).await?.ok_or(Sorry::NotFound)?;
        Ok(payout(made, currency))
    };
    ask.once(&house, &caller, StatusCode::CREATED, request).await
}

/// The caller's payouts, newest first
#[utoipa::path(get, path = "/api/v1/communities/{community}/payouts", tag = "Payments",
    operation_id = "list_payouts", params(("community" = String, Path), Onward),
    responses((status = 200, body = Listed<Payout>), (status = "4XX", body = Problem)))]
pub async fn list_payouts(
    State(house): State<House>,
    caller: Caller,
    Query(on): Query<Onward>,
) -> Result<Json<Listed<Payout>>, Sorry> {
    let (who, place) = (caller.member(Scope::ReadOrders)?, caller.place()?);
    let before = on.after.as_deref().map(|a| id_in("after", a)).transpose()?;
    let most = on.most();
    let rows = house.app.my_payouts(who.community, who.member, before, most + 1).await?;
    let currency = place.currency;
    Ok(Json(Listed::cut(rows, most as usize, |p| p.id.to_string(), |p| payout(p, currency))))
}
