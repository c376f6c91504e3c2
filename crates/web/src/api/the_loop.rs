//! How far people come: the loop as a funnel, and whether talk leads to orders.
use super::caller::Caller;
use super::shapes::{Problem, id_in, unknown_word};
use crate::House;
use crate::reply::Sorry;
use app::learning::insight::date::month_text;
use app::learning::insight::funnel as figures;
use app::learning::the_loop::{CODES, Source};
use axum::Json;
use axum::extract::{Query, State};
use jiff::tz::TimeZone;
use rules::base::{Id, id};
use rules::community::role::Right;
use rules::community::scope::Scope;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Whose {
    /// Only who came by `link`, `post` or `direct`.
    source: Option<String>,
    /// Only who joined this group first.
    group: Option<String>,
    /// Only who joined in this month, such as `2026-03`.
    cohort: Option<String>,
}

#[derive(Serialize, ToSchema)]
pub struct Funnel {
    /// `visit`, `join`, `interaction`, `entry_order`, `second_order`, `sharer`.
    steps: Vec<FunnelStep>,
    /// Interactions of the first 7 days against a first order in the 30 days after, of everybody.
    interactions: Vec<Dose>,
    /// Not in `interactions`: joined less than 37 days ago.
    too_soon: u32,
    /// Not in `interactions`: ordered within the first 7 days.
    ordered_before: u32,
}
#[derive(Serialize, ToSchema)]
pub struct FunnelStep {
    #[schema(example = "entry_order")]
    step: String,
    /// All who took it.
    people: u32,
    /// Who took the step before, and how many of them took this one too.
    before: u32,
    of_before: u32,
    /// Wilson's 95 % interval of that share; absent where nobody took the step before.
    #[serde(skip_serializing_if = "Option::is_none")]
    interval: Option<Interval>,
    /// From the step before, of those who took both in this order.
    #[serde(skip_serializing_if = "Option::is_none")]
    median_seconds: Option<i64>,
}
#[derive(Serialize, ToSchema)]
pub struct Interval {
    low: f64,
    high: f64,
}
#[derive(Serialize, ToSchema)]
pub struct Dose {
    /// Interactions from this number on.
    from: u32,
    /// Up to this one; absent: or more.
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<u32>,
    people: u32,
    ordered: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    interval: Option<Interval>,
}

fn interval(of: Option<(f64, f64)>) -> Option<Interval> {
    of.map(|(low, high)| Interval { low, high })
}

/// How far people come, from a visit to sharing
///
/// Members without owner and staff, and browsers that opened a link and never joined; orders that
/// are paid and not wholly given back.
#[utoipa::path(get, path = "/api/v1/communities/{community}/insight/funnel", tag = "Insight",
    operation_id = "get_funnel", params(("community" = String, Path), Whose),
    responses((status = 200, body = Funnel), (status = "4XX", body = Problem)))]
pub async fn get_funnel(
    State(house): State<House>,
    caller: Caller,
    Query(whose): Query<Whose>,
) -> Result<Json<Funnel>, Sorry> {
    let who = caller.staff(Scope::ReadOrders, Right::Insight)?;
    let place = caller.place()?;
    let source = match &whose.source {
        None => None,
        Some(code) => {
            let known = Source::ALL.into_iter().find(|s| s.code() == code);
            Some(known.ok_or_else(|| unknown_word("source", code))?)
        }
    };
    let group: Option<Id<id::Group>> =
        whose.group.as_deref().map(|g| id_in("group", g)).transpose()?;
    let zone = TimeZone::get(&place.zone).unwrap_or(TimeZone::UTC);
    let all = house.app.the_loop(caller.now, who.community, zone).await?;
    let steps = all.funnel(|p| {
        source.is_none_or(|s| p.source == s)
            && group.is_none_or(|g| p.group == Some(g))
            && whose.cohort.as_ref().is_none_or(|c| month_text(p.cohort) == *c)
    });
    let step = |(code, s): (&str, &figures::Step)| FunnelStep {
        step: code.into(),
        people: s.people,
        before: s.before,
        of_before: s.of_before,
        interval: interval(s.interval),
        median_seconds: s.median.map(|ms| ms / 1_000),
    };
    let dose = |d: &figures::Dose| Dose {
        from: d.from,
        to: d.to,
        people: d.people,
        ordered: d.bought,
        interval: interval(d.interval),
    };
    Ok(Json(Funnel {
        steps: CODES.into_iter().zip(&steps).map(step).collect(),
        interactions: all.doses.iter().map(dose).collect(),
        too_soon: all.too_soon,
        ordered_before: all.bought_before,
    }))
}
