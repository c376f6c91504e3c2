//! How members' advice went, by tag, of who agreed to show it.
use super::caller::{Caller, named};
use super::shapes::Problem;
use crate::House;
use crate::reply::Sorry;
use app::learning::insight::recommender::Record;
use app::trust::voices::{OnTag, Voice};
use axum::Json;
use axum::extract::{Path, State};
use rules::base::{Id, id};
use rules::community::scope::Scope;
use serde::Serialize;
use utoipa::ToSchema;

/// Received orders that came by a member's links, posts or lists.
#[derive(Serialize, ToSchema)]
pub struct Advice {
    orders: u32,
    /// Nothing of them went back.
    kept: u32,
    /// The mean of a Beta(1 + kept, 1 + not kept), and its 90 % interval.
    mean: f64,
    low: f64,
    high: f64,
    rated: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    mean_stars: Option<f64>,
    /// Enough orders, and sure enough.
    badge: bool,
}
#[derive(Serialize, ToSchema)]
pub struct AdviceOnTag {
    #[schema(example = "tag_06d4zq0n8g008")]
    tag: String,
    name: String,
    advice: Advice,
}
#[derive(Serialize, ToSchema)]
pub struct RecommenderRecord {
    /// Others may see it.
    shown: bool,
    /// The surest first.
    tags: Vec<AdviceOnTag>,
}
#[derive(Serialize, ToSchema)]
pub struct VoiceOfTag {
    #[schema(example = "mem_06d4zq0n8g008")]
    member: String,
    name: String,
    advice: Advice,
}
#[derive(Serialize, ToSchema)]
pub struct VoicesOfTag {
    tag: String,
    /// Who agreed to be shown, the surest first.
    voices: Vec<VoiceOfTag>,
}

fn advice(r: &Record) -> Advice {
    Advice {
        orders: r.orders,
        kept: r.kept,
        mean: r.mean,
        low: r.low,
        high: r.high,
        rated: r.rated,
        mean_stars: r.mean_stars(),
        badge: r.badge(),
    }
}

/// How a member's advice went
///
/// Of somebody else only what they agreed to show: otherwise there is nothing.
#[utoipa::path(get, path = "/api/v1/communities/{community}/members/{member}/record",
    tag = "Communities", operation_id = "get_recommender_record",
    params(("community" = String, Path), ("member" = String, Path)),
    responses((status = 200, body = RecommenderRecord), (status = "4XX", body = Problem)))]
pub async fn get_recommender_record(
    State(house): State<House>,
    caller: Caller,
    Path((_, wanted)): Path<(String, String)>,
) -> Result<Json<RecommenderRecord>, Sorry> {
    let who = caller.member(Scope::ReadMembers)?;
    let member: Id<id::Member> = named(&wanted)?;
    let own = house.app.recommender_record(who.community, member).await?;
    if !own.shown && member != who.member {
        return Err(Sorry::NotFound);
    }
    let one = |on: &OnTag| AdviceOnTag {
        tag: on.tag.to_string(),
        name: on.name.clone(),
        advice: advice(&on.record),
    };
    Ok(Json(RecommenderRecord { shown: own.shown, tags: own.tags.iter().map(one).collect() }))
}

/// Whom to ask about a tag
#[utoipa::path(get, path = "/api/v1/communities/{community}/tags/{tag}/voices",
    tag = "Communities", operation_id = "list_voices",
    params(("community" = String, Path), ("tag" = String, Path)),
    responses((status = 200, body = VoicesOfTag), (status = "4XX", body = Problem)))]
pub async fn list_voices(
    State(house): State<House>,
    caller: Caller,
    Path((_, wanted)): Path<(String, String)>,
) -> Result<Json<VoicesOfTag>, Sorry> {
    let who = caller.member(Scope::ReadMembers)?;
    let tag: Id<id::Tag> = named(&wanted)?;
    let found = house.app.voices(who.community, tag).await?.ok_or(Sorry::NotFound)?;
    let one = |v: &Voice| VoiceOfTag {
        member: v.member.to_string(),
        name: v.name.clone(),
        advice: advice(&v.record),
    };
    Ok(Json(VoicesOfTag { tag: found.tag, voices: found.voices.iter().map(one).collect() }))
}
