//! Commission for programs.
use super::caller::Caller;
use super::shapes::{Listed, Money, Onward, Problem, id_in, time};
use crate::House;
use crate::reply::Sorry;
use app::spread::views_commission::Line;
use axum::Json;
use axum::extract::{Query, State};
use rules::base::Currency;
use rules::community::scope::Scope;
use serde::Serialize;
use utoipa::ToSchema;

/// What one line of somebody's order earned the caller. Who bought it is not told.
#[derive(Serialize, ToSchema)]
pub struct Commission {
    #[schema(example = "cms_06d4zq0n8g008")]
    id: String,
    /// 1: the caller's own link; 2: the link of somebody the caller brought.
    level: i64,
    title: String,
    /// What was paid for the line in money that earns.
    base: Money,
    /// Basis points.
    rate: i64,
    earned: Money,
    /// What of it was not taken back.
    amount: Money,
    /// `pending` until receipt, `frozen` within the days of return, `available` in the wallet,
    /// `ended` when all of it was taken back.
    state: String,
    at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    available_at: Option<String>,
}

/// What the caller earned, and the sales it came of, the newest first.
#[derive(Serialize, ToSchema)]
pub struct Commissions {
    /// Whether the caller takes part in the programme.
    takes_part: bool,
    pending: Money,
    frozen: Money,
    /// In the wallet, to be spent.
    available: Money,
    /// Taken back after it was spent; later commission pays it first.
    owed: Money,
    lines: Listed<Commission>,
}

fn shape(l: Line, currency: Currency) -> Commission {
    Commission {
        id: l.id.to_string(),
        level: l.level.number(),
        title: l.title,
        base: Money::of(l.base, currency),
        rate: l.rate,
        earned: Money::of(l.earned, currency),
        amount: Money::of(l.amount, currency),
        state: l.state.code().into(),
        at: time(l.at),
        available_at: l.available_at.map(time),
    }
}

/// The caller's commission
#[utoipa::path(get, path = "/api/v1/communities/{community}/commissions", tag = "Sharing",
    operation_id = "list_commissions", params(("community" = String, Path), Onward),
    responses((status = 200, body = Commissions), (status = "4XX", body = Problem)))]
pub async fn list_commissions(
    State(house): State<House>,
    caller: Caller,
    Query(on): Query<Onward>,
) -> Result<Json<Commissions>, Sorry> {
    let (who, place) = (caller.member(Scope::ReadOrders)?, caller.place()?);
    let before = on.after.as_deref().map(|a| id_in("after", a)).transpose()?;
    let most = on.most();
    let e = house.app.earnings(place.id, who.member, before, most + 1).await?;
    let currency = place.currency;
    let sum = |minor| Money::of(minor, currency);
    Ok(Json(Commissions {
        takes_part: e.takes_part,
        pending: sum(e.pending),
        frozen: sum(e.frozen),
        available: sum(e.in_wallet),
        owed: sum(e.owed),
        lines: Listed::cut(e.lines, most as usize, |l| l.id.to_string(), |l| shape(l, currency)),
    }))
}
