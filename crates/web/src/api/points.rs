//! Points for programs.
use super::caller::Caller;
use super::shapes::{Money, Problem, time};
use crate::House;
use crate::reply::Sorry;
use app::loyalty::views_points::{ChangeRow, LotRow, WaitingRow};
use axum::Json;
use axum::extract::State;
use rules::community::scope::Scope;
use rules::loyalty::points::value;
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
pub struct Points {
    /// Whether the community gives points and takes them now.
    on: bool,
    /// What may be spent; below zero when more was taken back than was left.
    balance: i64,
    /// Kept for unpaid orders.
    held: i64,
    /// Earned and not released yet.
    expected: i64,
    /// What the balance would take off, before the cap of an order.
    worth: Money,
    /// In the order of spending.
    lots: Vec<Lot>,
    waiting: Vec<Expected>,
    /// The newest hundred.
    changes: Vec<Change>,
}
#[derive(Serialize, ToSchema)]
pub struct Lot {
    #[schema(example = "ptl_06d4zq0n8g008")]
    id: String,
    points: i64,
    held: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    order: Option<String>,
    since: String,
    /// Absent: they do not end.
    #[serde(skip_serializing_if = "Option::is_none")]
    ends: Option<String>,
}
#[derive(Serialize, ToSchema)]
pub struct Expected {
    #[serde(skip_serializing_if = "Option::is_none")]
    order: Option<String>,
    points: i64,
    /// `at_payment`, `on_receipt` or `after_receipt`.
    release: String,
    /// When they come, once the order is received.
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<String>,
}
#[derive(Serialize, ToSchema)]
pub struct Change {
    #[schema(example = "ptc_06d4zq0n8g008")]
    id: String,
    /// `earned`, `spent`, `returned`, `taken_back`, `expired` or `corrected`.
    kind: String,
    points: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    order: Option<String>,
    /// For an order that is not paid yet.
    reserved: bool,
    at: String,
}

fn lot(x: &LotRow) -> Lot {
    Lot {
        id: x.id.to_string(),
        points: x.free,
        held: x.held,
        order: x.order.map(|o| o.to_string()),
        since: time(x.since),
        ends: x.end.map(time),
    }
}
fn expected(x: &WaitingRow) -> Expected {
    Expected {
        order: x.order.map(|o| o.to_string()),
        points: x.points,
        release: x.release.code().into(),
        due: x.due.map(time),
    }
}
fn change(x: &ChangeRow) -> Change {
    Change {
        id: x.id.to_string(),
        kind: x.kind.code().into(),
        points: x.points,
        order: x.order.map(|o| o.to_string()),
        reserved: x.reserved,
        at: time(x.at),
    }
}

/// The caller's points
///
/// Lots with their ends, what waits for receipt, and the last changes. Use them with
/// `place_order`.
#[utoipa::path(get, path = "/api/v1/communities/{community}/points", tag = "Points",
    operation_id = "get_points", params(("community" = String, Path)),
    responses((status = 200, body = Points), (status = "4XX", body = Problem)))]
pub async fn get_points(State(house): State<House>, caller: Caller) -> Result<Json<Points>, Sorry> {
    let who = caller.member(Scope::ReadOrders)?;
    let currency = caller.place()?.currency;
    let p = house.app.points(caller.now, (who.community, who.member), None, 100).await?;
    let balance = p.balance();
    Ok(Json(Points {
        on: p.terms.on,
        balance,
        held: p.held(),
        expected: p.expected(),
        worth: Money::of(value(balance, p.terms.worth), currency),
        lots: p.lots.iter().map(lot).collect(),
        waiting: p.waiting.iter().map(expected).collect(),
        changes: p.changes.iter().map(change).collect(),
    }))
}
