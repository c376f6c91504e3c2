//! Who buys: RFM and cohorts, of paid orders without those of staff.
use super::caller::Caller;
use super::shapes::{Money, Problem};
use crate::House;
use crate::reply::Sorry;
use app::learning::insight::Analysis;
use app::learning::insight::date::{day_text, month_text};
use app::learning::insight::rfm::Held;
use axum::Json;
use axum::extract::State;
use jiff::tz::TimeZone;
use rules::base::Currency;
use rules::community::role::Right;
use rules::community::scope::Scope;
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
pub struct Rfm {
    /// Members who have bought.
    customers: i64,
    /// With two or more orders.
    came_again: i64,
    /// The last day looked at, in the community's zone.
    #[schema(example = "2026-03-31")]
    until: String,
    /// Ten named cells; empty below five customers, where there are no fifths.
    cells: Vec<RfmCell>,
    /// Customers by fifth of recency (first row: bought last) and of frequency (last column: most
    /// often); empty like `cells`.
    grid: Vec<Vec<i64>>,
    /// Orders expected of all in 90 days; absent where no model fits.
    #[serde(skip_serializing_if = "Option::is_none")]
    expected_orders: Option<f64>,
    /// Less likely than not to return; absent where no model fits, or nobody seems to leave.
    #[serde(skip_serializing_if = "Option::is_none")]
    probably_gone: Option<i64>,
    /// Why there is no model: `too_few`, `nobody_leaves` or `no_summit`.
    #[serde(skip_serializing_if = "Option::is_none")]
    no_model: Option<String>,
}
#[derive(Serialize, ToSchema)]
pub struct RfmCell {
    #[schema(example = "champions")]
    cell: String,
    customers: i64,
    mean_days_since: f64,
    mean_orders: f64,
    mean_spent: Money,
}
#[derive(Serialize, ToSchema)]
pub struct Cohorts {
    cohorts: Vec<MonthCohort>,
}
#[derive(Serialize, ToSchema)]
pub struct MonthCohort {
    /// Month of the first order.
    #[schema(example = "2026-03")]
    month: String,
    /// Distinct customers who bought 0, 1, 2 .. months later; the first is the cohort's size.
    kept: Vec<i64>,
}

async fn figures(house: &House, caller: &Caller) -> Result<(Option<Analysis>, Currency), Sorry> {
    let who = caller.staff(Scope::ReadOrders, Right::Insight)?;
    let place = caller.place()?;
    let zone = TimeZone::get(&place.zone).unwrap_or(TimeZone::UTC);
    let all = house.app.buyers(caller.now, who.community, zone, place.currency).await?;
    Ok((all, place.currency))
}

/// Recency, frequency and money of all buyers
///
/// Orders that are paid and not wholly given back, without those of staff.
#[utoipa::path(get, path = "/api/v1/communities/{community}/insight/rfm", tag = "Insight",
    operation_id = "get_rfm", params(("community" = String, Path)),
    responses((status = 200, body = Rfm), (status = "4XX", body = Problem)))]
pub async fn get_rfm(State(house): State<House>, caller: Caller) -> Result<Json<Rfm>, Sorry> {
    let (all, currency) = figures(&house, &caller).await?;
    let Some(all) = all else {
        return Ok(Json(Rfm {
            customers: 0,
            came_again: 0,
            until: String::new(),
            cells: vec![],
            grid: vec![],
            expected_orders: None,
            probably_gone: None,
            no_model: Some("too_few".into()),
        }));
    };
    let (cells, grid) = match &all.rfm {
        Some(rfm) => (
            rfm.cells.iter().map(|h| held(h, currency)).collect(),
            rfm.grid.iter().map(|row| row.iter().map(|n| i64::from(*n)).collect()).collect(),
        ),
        None => (vec![], vec![]),
    };
    Ok(Json(Rfm {
        customers: all.repeat.customers.into(),
        came_again: all.repeat.by_order.into(),
        until: day_text(all.end),
        cells,
        grid,
        expected_orders: all.expected_orders(),
        probably_gone: all.gone().map(i64::from),
        no_model: all.bg_nbd.as_ref().err().map(|no| no.code().to_string()),
    }))
}

fn held(h: &Held, currency: Currency) -> RfmCell {
    let unit = f64::from(10_i32.pow(currency.exponent()));
    RfmCell {
        cell: h.cell.code().into(),
        customers: h.customers.into(),
        mean_days_since: h.mean_recency,
        mean_orders: h.mean_frequency,
        mean_spent: Money::of((h.mean_total * unit).round() as i64, currency),
    }
}

/// Buyers by month of their first order, and how many bought again
#[utoipa::path(get, path = "/api/v1/communities/{community}/insight/cohorts", tag = "Insight",
    operation_id = "get_cohorts", params(("community" = String, Path)),
    responses((status = 200, body = Cohorts), (status = "4XX", body = Problem)))]
pub async fn get_cohorts(
    State(house): State<House>,
    caller: Caller,
) -> Result<Json<Cohorts>, Sorry> {
    let (all, _) = figures(&house, &caller).await?;
    let cohorts = all.map_or_else(Vec::new, |all| all.cohorts);
    let month = |c: &app::learning::insight::cohort::Cohort| MonthCohort {
        month: month_text(c.month),
        kept: c.kept.iter().map(|n| i64::from(*n)).collect(),
    };
    Ok(Json(Cohorts { cohorts: cohorts.iter().map(month).collect() }))
}
