//! Who carries the community: key people, and K by week.
use super::caller::Caller;
use super::shapes::{Money, Problem};
use crate::House;
use crate::reply::Sorry;
use app::learning::insight::date::day_text;
use app::learning::insight::growth::{self, monday};
use app::learning::key_people::Key;
use axum::Json;
use axum::extract::{Query, State};
use jiff::tz::TimeZone;
use rules::base::Currency;
use rules::community::role::Right;
use rules::community::scope::Scope;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct HowMany {
    /// So many people, 1 to 500; 50 when left out.
    #[param(minimum = 1, maximum = 500)]
    limit: Option<usize>,
}

#[derive(Serialize, ToSchema)]
pub struct KeyPeople {
    /// By score, the highest first.
    people: Vec<KeyPerson>,
    /// Kept orders of all members, and how many of them somebody led to.
    orders: u32,
    credited: u32,
    /// The share of all orders that the first so many, by orders led to, account for together.
    share_of_orders: Vec<f64>,
}
#[derive(Serialize, ToSchema)]
pub struct KeyPerson {
    #[schema(example = "mem_06d4zq0n8g008")]
    member: String,
    /// Empty: the account was closed.
    name: String,
    /// 0 to 100.
    score: f64,
    pagerank: f64,
    betweenness: f64,
    net_sales: Money,
    orders: u32,
    brought: u32,
    /// Effective members below them, by generation: 1, a half, a quarter ..
    downstream: f64,
}
#[derive(Serialize, ToSchema)]
pub struct SpreadByWeek {
    /// Without a gap, the first one first.
    weeks: Vec<SpreadWeek>,
    /// From joining until whom one brought joins, in the middle; absent where nobody did.
    #[serde(skip_serializing_if = "Option::is_none")]
    cycle_seconds: Option<i64>,
}
#[derive(Serialize, ToSchema)]
pub struct SpreadWeek {
    #[schema(example = "2026-03-02")]
    monday: String,
    active: u32,
    invitations: u32,
    joined: u32,
    effective: u32,
    /// Effective members an active member; absent where nobody was active.
    #[serde(skip_serializing_if = "Option::is_none")]
    k: Option<f64>,
    /// Its invitations may still become more.
    still_growing: bool,
}

fn person(k: &Key, currency: Currency) -> KeyPerson {
    KeyPerson {
        member: k.member.to_string(),
        name: k.name.clone(),
        score: k.is.score,
        pagerank: k.is.rank,
        betweenness: k.is.between,
        net_sales: Money::of(k.is.sales, currency),
        orders: k.is.orders,
        brought: k.is.brought,
        downstream: k.is.downstream,
    }
}

/// Who others come through, buy through, answer and follow
///
/// The first of them; `limit` says how many. Owner and staff are not among them.
#[utoipa::path(get, path = "/api/v1/communities/{community}/insight/key-people", tag = "Insight",
    operation_id = "get_key_people", params(("community" = String, Path), HowMany),
    responses((status = 200, body = KeyPeople), (status = "4XX", body = Problem)))]
pub async fn get_key_people(
    State(house): State<House>,
    caller: Caller,
    Query(asked): Query<HowMany>,
) -> Result<Json<KeyPeople>, Sorry> {
    let who = caller.staff(Scope::ReadOrders, Right::Insight)?;
    let currency = caller.place()?.currency;
    let all = house.app.key_people(who.community).await?;
    let most = asked.limit.unwrap_or(50).clamp(1, 500);
    Ok(Json(KeyPeople {
        people: all.people.iter().take(most).map(|k| person(k, currency)).collect(),
        orders: all.orders,
        credited: all.credited,
        share_of_orders: all.curve.into_iter().take(most).collect(),
    }))
}

/// K by week with its parts
///
/// Weeks begin on Monday in the community's zone.
#[utoipa::path(get, path = "/api/v1/communities/{community}/insight/spread", tag = "Insight",
    operation_id = "get_spread", params(("community" = String, Path)),
    responses((status = 200, body = SpreadByWeek), (status = "4XX", body = Problem)))]
pub async fn get_spread(
    State(house): State<House>,
    caller: Caller,
) -> Result<Json<SpreadByWeek>, Sorry> {
    let who = caller.staff(Scope::ReadOrders, Right::Insight)?;
    let zone = TimeZone::get(&caller.place()?.zone).unwrap_or(TimeZone::UTC);
    let g = house.app.growth(caller.now, who.community, zone).await?;
    let week = |w: &growth::Week| SpreadWeek {
        monday: day_text(monday(w.week)),
        active: w.active,
        invitations: w.invitations,
        joined: w.joined,
        effective: w.effective,
        k: w.k(),
        still_growing: w.young,
    };
    Ok(Json(SpreadByWeek {
        weeks: g.weeks.iter().map(week).collect(),
        cycle_seconds: g.cycle.map(|ms| ms / 1_000),
    }))
}
