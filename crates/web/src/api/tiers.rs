//! Tiers for programs.
use super::caller::Caller;
use super::shapes::{Listed, Problem, time};
use crate::House;
use crate::reply::Sorry;
use app::loyalty::views_tier::{MemberPrices, MemberSheet};
use axum::Json;
use axum::extract::State;
use rules::base::{Currency, Id, id};
use rules::community::scope::Scope;
use rules::loyalty::tier::{self, missing, points};
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
pub struct Tier {
    #[schema(example = "tir_06d4zq0n8g008")]
    id: String,
    name: String,
    /// Growth points from which on a member has it.
    growth: i64,
    /// Basis points off the shop's price, where no price is set for the variant.
    percent: i64,
    free_shipping: bool,
}

fn shape(t: &tier::Tier, currency: Currency) -> Tier {
    Tier {
        id: t.id.to_string(),
        name: t.terms.name.clone(),
        growth: points(t.terms.growth, currency),
        percent: t.terms.off_bp,
        free_shipping: t.terms.free_shipping,
    }
}

/// The tiers of a community, the lowest first
///
/// A member's own one is in `get_member`; what they pay is in `get_product`.
#[utoipa::path(get, path = "/api/v1/communities/{community}/tiers", tag = "Communities",
    operation_id = "list_tiers", params(("community" = String, Path)),
    responses((status = 200, body = Listed<Tier>), (status = "4XX", body = Problem)))]
pub async fn list_tiers(
    State(house): State<House>,
    caller: Caller,
) -> Result<Json<Listed<Tier>>, Sorry> {
    let place = caller.reads(Scope::ReadProducts)?;
    let ladder = house.app.member_prices(place.id, None, Vec::new()).await?.ladder;
    let shape = |t: &tier::Tier| shape(t, place.currency);
    Ok(Json(Listed::whole(ladder.iter().map(shape).collect())))
}

/// Where a member stands.
#[derive(Serialize, ToSchema)]
pub struct MemberTier {
    /// Absent: they have none yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    tier: Option<Tier>,
    /// One point for each whole unit of the currency paid for goods received in the last 365 days,
    /// less what was given back.
    growth: i64,
    /// Points missing to the next tier; absent on the highest.
    #[serde(skip_serializing_if = "Option::is_none")]
    missing: Option<i64>,
    /// The growth is below what the tier asks; it is kept until then.
    #[serde(skip_serializing_if = "Option::is_none")]
    kept_until: Option<String>,
}

fn member(seen: &MemberPrices, sheet: Option<&MemberSheet>, currency: Currency) -> MemberTier {
    let growth = sheet.map_or(0, |s| s.growth);
    let next = seen.ladder.iter().find(|t| t.terms.growth > growth);
    MemberTier {
        tier: seen.mine.as_ref().map(|t| shape(t, currency)),
        growth: points(growth, currency),
        missing: next.map(|t| missing(growth, t.terms.growth, currency)),
        kept_until: sheet.and_then(|s| s.falls_at).map(time),
    }
}

/// None where the community has no tiers.
pub async fn of_member(
    house: &House,
    caller: &Caller,
    m: Id<id::Member>,
) -> Result<Option<MemberTier>, Sorry> {
    let place = caller.place()?;
    let seen = house.app.member_prices(place.id, Some(m), Vec::new()).await?;
    if seen.ladder.is_empty() {
        return Ok(None);
    }
    let sheet = house.app.member_sheet(place.id, m).await?;
    Ok(Some(member(&seen, sheet.as_ref(), place.currency)))
}
