//! Breadth and depth of groups: who is in, comes, speaks and is answered.
use super::caller::{Caller, named};
use super::shapes::Problem;
use crate::House;
use crate::reply::Sorry;
use app::learning::groups::GroupNow;
use app::learning::insight::date::day_text;
use app::learning::insight::group::{self, Standing};
use app::learning::insight::growth::monday;
use app::learning::insight::health::{Part, health};
use axum::Json;
use axum::extract::{Path, State};
use jiff::tz::TimeZone;
use rules::base::{Id, id};
use rules::community::role::Right;
use rules::community::scope::Scope;
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
pub struct GroupsFigures {
    /// The group made first comes first.
    groups: Vec<GroupNowFigures>,
}
#[derive(Serialize, ToSchema)]
pub struct GroupNowFigures {
    #[schema(example = "grp_06d4zq0n8g008")]
    group: String,
    name: String,
    now: GroupFigures,
}
#[derive(Serialize, ToSchema)]
pub struct GroupWeeksFigures {
    #[schema(example = "grp_06d4zq0n8g008")]
    group: String,
    name: String,
    now: GroupFigures,
    /// Up to 52 weeks without a gap, the first one first; the last is not over.
    weeks: Vec<GroupWeek>,
}
#[derive(Serialize, ToSchema)]
pub struct GroupWeek {
    #[schema(example = "2026-03-02")]
    monday: String,
    joins: u32,
    leaves: u32,
    /// Who was there in the week.
    active: u32,
    lines: u32,
    /// At its end.
    figures: GroupFigures,
}
/// Of the last 30 days, and of who is in at their end; shares are absent of nobody.
#[derive(Serialize, ToSchema)]
pub struct GroupFigures {
    members: u32,
    joins: u32,
    leaves: u32,
    dau: f64,
    wau: u32,
    mau: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    stickiness: Option<f64>,
    /// Lines, posts and comments.
    lines: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    lines_a_member: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    who_speaks: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    gini: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reply_density: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_answer_seconds: Option<i64>,
    standing: StandingCounts,
    /// 0 to 100; absent below five members.
    #[serde(skip_serializing_if = "Option::is_none")]
    health: Option<f64>,
    /// Each 0 to 100.
    parts: HealthParts,
}
#[derive(Serialize, ToSchema)]
pub struct StandingCounts {
    core: u32,
    active: u32,
    peripheral: u32,
    dormant: u32,
}
#[derive(Serialize, ToSchema)]
pub struct HealthParts {
    alive: f64,
    returning: f64,
    voices: f64,
    evenness: f64,
    answers: f64,
    staying: f64,
}

fn shaped(f: &group::Figures) -> GroupFigures {
    let in_it = |s: Standing| f.standing[s as usize];
    GroupFigures {
        members: f.members,
        joins: f.joins,
        leaves: f.leaves,
        dau: f.daily,
        wau: f.weekly,
        mau: f.monthly,
        stickiness: f.stickiness(),
        lines: f.said,
        lines_a_member: f.a_member(),
        who_speaks: f.speaking(),
        gini: f.gini,
        reply_density: f.density(),
        first_answer_seconds: f.first_answer,
        standing: StandingCounts {
            core: in_it(Standing::Core),
            active: in_it(Standing::Active),
            peripheral: in_it(Standing::Peripheral),
            dormant: in_it(Standing::Dormant),
        },
        health: health(f),
        parts: HealthParts {
            alive: Part::Alive.of(f),
            returning: Part::Returning.of(f),
            voices: Part::Voices.of(f),
            evenness: Part::Evenness.of(f),
            answers: Part::Answers.of(f),
            staying: Part::Staying.of(f),
        },
    }
}

/// Breadth and depth of every group
///
/// Members without owner and staff; the last 30 days in the community's zone.
#[utoipa::path(get, path = "/api/v1/communities/{community}/insight/groups", tag = "Insight",
    operation_id = "get_groups_figures", params(("community" = String, Path)),
    responses((status = 200, body = GroupsFigures), (status = "4XX", body = Problem)))]
pub async fn get_groups_figures(
    State(house): State<House>,
    caller: Caller,
) -> Result<Json<GroupsFigures>, Sorry> {
    let who = caller.staff(Scope::ReadOrders, Right::Insight)?;
    let zone = TimeZone::get(&caller.place()?.zone).unwrap_or(TimeZone::UTC);
    let all = house.app.groups_figures(caller.now, who.community, zone).await?;
    let one = |g: &GroupNow| GroupNowFigures {
        group: g.group.to_string(),
        name: g.name.clone(),
        now: shaped(&g.now),
    };
    Ok(Json(GroupsFigures { groups: all.iter().map(one).collect() }))
}

/// Breadth and depth of one group, now and by week
///
/// Weeks begin on Monday in the community's zone.
#[utoipa::path(get, path = "/api/v1/communities/{community}/insight/groups/{group}",
    tag = "Insight", operation_id = "get_group_figures",
    params(("community" = String, Path), ("group" = String, Path)),
    responses((status = 200, body = GroupWeeksFigures), (status = "4XX", body = Problem)))]
pub async fn get_group_figures(
    State(house): State<House>,
    caller: Caller,
    Path((_, group)): Path<(String, String)>,
) -> Result<Json<GroupWeeksFigures>, Sorry> {
    let who = caller.staff(Scope::ReadOrders, Right::Insight)?;
    let group: Id<id::Group> = named(&group)?;
    let zone = TimeZone::get(&caller.place()?.zone).unwrap_or(TimeZone::UTC);
    let found = house.app.group_figures(caller.now, who.community, group, zone).await?;
    let g = found.ok_or(Sorry::NotFound)?;
    let week = |w: &group::Week| GroupWeek {
        monday: day_text(monday(w.week)),
        joins: w.joins,
        leaves: w.leaves,
        active: w.active,
        lines: w.said,
        figures: shaped(&w.then),
    };
    Ok(Json(GroupWeeksFigures {
        group: g.group.to_string(),
        name: g.name.clone(),
        now: shaped(&g.now),
        weeks: g.weeks.iter().map(week).collect(),
    }))
}
