//! Coupons for programs.
use super::ask::Ask;
use super::caller::Caller;
use super::shapes::{Listed, Made, Money, Problem, id_in, time};
use crate::House;
use crate::reply::Sorry;
use app::loyalty::claim_coupon::{ClaimCoupon, Which};
use app::loyalty::views::ClaimRow;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use rules::base::{Currency, Id, id};
use rules::community::scope::Scope;
use rules::loyalty::coupon::Kind;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Deserialize, ToSchema)]
pub struct Claiming {
    /// One of the list; or give `code`.
    #[schema(example = "cou_06d4zq0n8g008")]
    coupon: Option<String>,
    code: Option<String>,
}

/// Take a coupon
///
/// Name one that is offered, or give its code. Use it with `place_order`.
#[utoipa::path(post, path = "/api/v1/communities/{community}/coupons", tag = "Coupons",
    operation_id = "claim_coupon", request_body = Claiming, params(("community" = String, Path)),
    responses((status = 201, body = Made), (status = "4XX", body = Problem)))]
pub async fn claim_coupon(
    State(house): State<House>,
    caller: Caller,
    ask: Ask<Claiming>,
) -> Result<Response, Sorry> {
    let who = caller.member(Scope::WriteOrders)?;
    let which = match (&ask.body.coupon, &ask.body.code) {
        (Some(id), _) => Which::Listed(id_in("coupon", id)?),
        (None, Some(code)) => Which::Code(code.clone()),
        (None, None) => {
            let what = "give either `coupon` or `code`".to_string();
            return Err(Sorry::Body { status: StatusCode::UNPROCESSABLE_ENTITY, what });
        }
    };
    let take = async |number| {
        let id: Id<id::Claim> = app::calls::numbered(number);
        let cmd = ClaimCoupon { community: who.community, by: who.member, id, which };
        house.app.claim_coupon(caller.now, cmd).await?;
        Ok(Made { id: id.to_string() })
    };
    ask.once(&house, &caller, StatusCode::CREATED, take).await
}

#[derive(Serialize, ToSchema)]
pub struct Claim {
    #[schema(example = "clm_06d4zq0n8g008")]
    id: String,
    coupon: String,
    name: String,
    /// `claimed`, `held` by an unpaid order, or `used`.
    state: String,
    until: String,
    /// What it takes off; absent for a percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<Money>,
    /// Basis points it takes off; absent for an amount.
    #[serde(skip_serializing_if = "Option::is_none")]
    percent: Option<i64>,
    /// The eligible lines must be worth so much.
    threshold: Money,
}

fn shape(x: ClaimRow, currency: Currency) -> Claim {
    let k = &x.coupon;
    let by_amount = k.kind == Kind::Amount;
    Claim {
        id: x.id.to_string(),
        coupon: k.id.to_string(),
        name: k.name.clone(),
        state: x.state.code().into(),
        until: time(x.until),
        amount: by_amount.then(|| Money::of(k.value, currency)),
        percent: (!by_amount).then_some(k.value),
        threshold: Money::of(k.threshold, currency),
    }
}

/// The caller's coupons, the newest first
#[utoipa::path(get, path = "/api/v1/communities/{community}/coupons", tag = "Coupons",
    operation_id = "list_coupons", params(("community" = String, Path)),
    responses((status = 200, body = Listed<Claim>), (status = "4XX", body = Problem)))]
pub async fn list_coupons(
    State(house): State<House>,
    caller: Caller,
) -> Result<Json<Listed<Claim>>, Sorry> {
    let who = caller.member(Scope::ReadOrders)?;
    let currency = caller.place()?.currency;
    let rows = house.app.my_coupons(who.community, who.member).await?;
    Ok(Json(Listed::whole(rows.into_iter().map(|x| shape(x, currency)).collect())))
}
