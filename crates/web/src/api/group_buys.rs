//! Group buys for programs.
use super::ask::{Ask, Nothing};
use super::caller::{Caller, named};
use super::shapes::{DONE, Done, Listed, Made, Money, Onward, Problem, id_in, time, unknown_word};
use crate::House;
use crate::reply::Sorry;
use app::sale::open_group_buy::OpenGroupBuy;
use app::sale::seats::SeatWish;
use app::sale::views_group_buy::{CampaignRow, TeamRow};
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use rules::base::moment::DAY;
use rules::base::{Currency, Id, id};
use rules::community::role::Right;
use rules::community::scope::Scope;
use rules::sale::group_buy::{Late, Terms, WHOLE, WhoMay};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A seat asked for with an order.
#[derive(Deserialize, ToSchema)]
pub struct SeatAsked {
    #[schema(example = "cam_06d4zq0n8g008")]
    campaign: String,
    /// The team to join; left out, the order opens a new one.
    team: Option<String>,
    /// What becomes of a payment that comes too late: `refund` (the default) or `other_team`.
    #[schema(example = "refund")]
    late: Option<String>,
}

pub fn wish(asked: &SeatAsked) -> Result<SeatWish, Sorry> {
    let late = match asked.late.as_deref() {
        None => Late::Refund,
        Some(word) => Late::of(word).ok_or_else(|| unknown_word("seat.late", word))?,
    };
    let team = asked.team.as_deref().map(|t| id_in("seat.team", t)).transpose()?;
    Ok(SeatWish { campaign: id_in("seat.campaign", &asked.campaign)?, team, late })
}

#[derive(Deserialize, ToSchema)]
pub struct NewGroupBuy {
    product: String,
    /// Its name; the product's title when left out.
    #[schema(example = "Peaches, together")]
    title: Option<String>,
    #[serde(default)]
    story: String,
    /// The group whose chat hears of it.
    group: Option<String>,
    /// People in a team.
    #[schema(minimum = 2, maximum = 1000)]
    size: i64,
    /// Hours a team has; 24 when left out.
    #[schema(minimum = 1, maximum = 720)]
    life_hours: Option<i64>,
    /// Days the campaign runs; 7 when left out.
    #[schema(minimum = 1, maximum = 365)]
    days: Option<i64>,
    /// Percent of `size` that is enough at the deadline; 100 when left out.
    #[schema(minimum = 1, maximum = 100)]
    fill_percent: Option<i64>,
    /// Seats of all teams together; none: no limit.
    most: Option<i64>,
    /// Seats of one member, reserved ones included; 1 when left out.
    per_member: Option<i64>,
    /// Who may open a team: `everyone`, `new_buyers`, `leaders` or `tiers` (who has one).
    opens: Option<String>,
    /// Who may join one, in the same words.
    joins: Option<String>,
    prices: Vec<NewPrice>,
}
#[derive(Deserialize, ToSchema)]
pub struct NewPrice {
    variant: String,
    /// In a team, in the smallest unit.
    price: i64,
    /// For whoever opens a team; `price` when left out.
    leader_price: Option<i64>,
}

fn who_may(field: &str, word: Option<&str>) -> Result<WhoMay, Sorry> {
    match word {
        None => Ok(WhoMay::Everyone),
        Some(word) => WhoMay::of(word).ok_or_else(|| unknown_word(field, word)),
    }
}

/// Open a group buy
///
/// Its terms are frozen for a team when the team opens. Join it with `place_order`.
#[utoipa::path(post, path = "/api/v1/communities/{community}/campaigns", tag = "Group buys",
    operation_id = "open_group_buy", request_body = NewGroupBuy,
    params(("community" = String, Path)),
    responses((status = 201, body = Made), (status = "4XX", body = Problem)))]
pub async fn open_group_buy(
    State(house): State<House>,
    caller: Caller,
    ask: Ask<NewGroupBuy>,
) -> Result<Response, Sorry> {
    let who = caller.staff(Scope::WriteCampaigns, Right::Campaigns)?;
    let b = &ask.body;
    let product: Id<id::Product> = id_in("product", &b.product)?;
    let title = match &b.title {
        Some(title) => title.clone(),
        None => {
            let found = house.app.product(who.community, product, false).await?;
            rules::base::text::clip(&found.map(|p| p.title).unwrap_or_default(), 80)
        }
    };
    let terms = Terms {
        title,
        story: b.story.clone(),
        size: b.size,
        fill: b.fill_percent.unwrap_or(100).saturating_mul(WHOLE / 100),
        life_hours: b.life_hours.unwrap_or(24),
        starts: caller.now,
        ends: caller.now.plus(b.days.unwrap_or(7).saturating_mul(DAY)),
        most: b.most.unwrap_or(0),
        per_member: b.per_member.unwrap_or(1),
        opens: who_may("opens", b.opens.as_deref())?,
        joins: who_may("joins", b.joins.as_deref())?,
    };
    let prices = b.prices.iter().map(|p| {
        let leader = p.leader_price.unwrap_or(p.price);
        Ok((id_in("prices.variant", &p.variant)?, p.price, leader))
    });
    let prices = prices.collect::<Result<Vec<_>, Sorry>>()?;
    let group = b.group.as_deref().map(|g| id_in("group", g)).transpose()?;
    let open = async |number| {
        let id: Id<id::Campaign> = app::calls::numbered(number);
        let cmd = OpenGroupBuy { who, id, product, group, terms, prices };
        house.app.open_group_buy(caller.now, cmd).await?;
        Ok(Made { id: id.to_string() })
    };
    ask.once(&house, &caller, StatusCode::CREATED, open).await
}

#[derive(Serialize, ToSchema)]
pub struct Campaign {
    #[schema(example = "cam_06d4zq0n8g008")]
    id: String,
    product: String,
    title: String,
    /// `open` or `closed`.
    state: String,
    /// People in a team.
    size: i64,
    /// The lowest price in a team.
    price: Money,
    starts_at: String,
    ends_at: String,
    seats_taken: i64,
    /// Seats of all teams together; none: no limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    most: Option<i64>,
}
#[derive(Serialize, ToSchema)]
pub struct Team {
    #[schema(example = "tea_06d4zq0n8g008")]
    id: String,
    /// `open`, `filled`, `failing` or `failed`.
    state: String,
    size: i64,
    /// Members who paid.
    members: i64,
    /// Seats kept for orders that are being paid.
    held: i64,
    deadline: String,
}
#[derive(Serialize, ToSchema)]
pub struct TeamPrice {
    variant: String,
    price: Money,
    leader_price: Money,
    /// What it costs alone.
    alone: Money,
}
#[derive(Serialize, ToSchema)]
pub struct WholeCampaign {
    #[serde(flatten)]
    campaign: Campaign,
    prices: Vec<TeamPrice>,
    /// Open teams with members, the nearest to full first.
    teams: Vec<Team>,
    life_hours: i64,
    per_member: i64,
}

fn campaign(k: &CampaignRow, currency: Currency) -> Campaign {
    Campaign {
        id: k.id.to_string(),
        product: k.product.to_string(),
        title: k.title.clone(),
        state: k.state.code().into(),
        size: k.size,
        price: Money::of(k.price, currency),
        starts_at: time(k.starts),
        ends_at: time(k.ends),
        seats_taken: k.taken,
        most: (k.most > 0).then_some(k.most),
    }
}
fn team(t: &TeamRow) -> Team {
    Team {
        id: t.id.to_string(),
        state: t.state.code().into(),
        size: t.size,
        members: t.members,
        held: t.held,
        deadline: time(t.deadline),
    }
}

/// All group buys, the newest first
#[utoipa::path(get, path = "/api/v1/communities/{community}/campaigns", tag = "Group buys",
    operation_id = "list_campaigns", params(("community" = String, Path), Onward),
    responses((status = 200, body = Listed<Campaign>), (status = "4XX", body = Problem)))]
pub async fn list_campaigns(
    State(house): State<House>,
    caller: Caller,
    Query(onward): Query<Onward>,
) -> Result<Json<Listed<Campaign>>, Sorry> {
    let place = caller.reads(Scope::ReadProducts)?;
    let after = onward.after.as_deref().map(named).transpose()?;
    let most = onward.most();
    let rows = house.app.campaigns(place.id, after, most + 1).await?;
    let id = |k: &CampaignRow| k.id.to_string();
    Ok(Json(Listed::cut(rows, most as usize, id, |k| campaign(&k, place.currency))))
}

/// One group buy with its prices and open teams
#[utoipa::path(get, path = "/api/v1/communities/{community}/campaigns/{campaign}",
    tag = "Group buys", operation_id = "get_campaign",
    params(("community" = String, Path), ("campaign" = String, Path)),
    responses((status = 200, body = WholeCampaign), (status = "4XX", body = Problem)))]
pub async fn get_campaign(
    State(house): State<House>,
    caller: Caller,
    Path((_, wanted)): Path<(String, String)>,
) -> Result<Json<WholeCampaign>, Sorry> {
    let place = caller.reads(Scope::ReadProducts)?;
    let found = house.app.campaign_page(caller.now, place.id, named(&wanted)?, None).await?;
    let p = found.ok_or(Sorry::NotFound)?;
    let money = |minor| Money::of(minor, place.currency);
    let prices = p.prices.iter().map(|v| TeamPrice {
        variant: v.variant.to_string(),
        price: money(v.price),
        leader_price: money(v.leader),
        alone: money(v.alone),
    });
    Ok(Json(WholeCampaign {
        campaign: campaign(&p.row, place.currency),
        prices: prices.collect(),
        teams: p.teams.iter().map(team).collect(),
        life_hours: p.life_hours,
        per_member: p.per_member,
    }))
}

/// Close a group buy early
///
/// No more seats; open teams run to their ends.
#[utoipa::path(post, path = "/api/v1/communities/{community}/campaigns/{campaign}/close",
    tag = "Group buys", operation_id = "close_campaign",
    params(("community" = String, Path), ("campaign" = String, Path)),
    responses((status = 200, body = Done), (status = "4XX", body = Problem)))]
pub async fn close_campaign(
    State(house): State<House>,
    caller: Caller,
    Path((_, wanted)): Path<(String, String)>,
    ask: Ask<Nothing>,
) -> Result<Response, Sorry> {
    let who = caller.staff(Scope::WriteCampaigns, Right::Campaigns)?;
    let id = named(&wanted)?;
    let close = async |_| {
        house.app.close_campaign(caller.now, who, id).await?;
        Ok(DONE)
    };
    ask.once(&house, &caller, StatusCode::OK, close).await
}
