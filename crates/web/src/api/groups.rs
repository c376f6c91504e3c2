//! Groups: list, open, go in and out.
use super::ask::{Ask, Nothing};
use super::caller::{Caller, named};
use super::shapes::{DONE, Done, Listed, Made, Problem, id_in, unknown_word};
use crate::House;
use crate::reply::Sorry;
use app::community::PickUp;
use app::community::create_group::CreateGroup;
use app::community::join_group::{self, JoinGroup};
use app::community::views_groups::{GroupCard, GroupPage};
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use rules::base::{Id, id};
use rules::community::group::{Admission, GroupKind};
use rules::community::scope::Scope;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

#[derive(Serialize, ToSchema)]
pub struct Group {
    #[schema(example = "grp_06d4zq0n8g008")]
    id: String,
    name: String,
    /// `interest`, `product`, `neighbourhood`, `city`, `seed` or `core`.
    kind: String,
    purpose: String,
    /// `open`, `invite` or `approval`.
    admission: String,
    members: i64,
    capacity: i64,
    /// Where its people collect their goods; absent when it has no such place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pickup: Option<Point>,
    /// The caller is in it.
    mine: bool,
    /// Only when one group is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    rules: Option<String>,
}
#[derive(Serialize, Deserialize, ToSchema, Clone)]
pub struct Point {
    name: String,
    address: String,
    /// When it is open, in words.
    hours: String,
}

fn group(g: GroupCard) -> Group {
    let p = g.pickup;
    let point = Point { name: p.name, address: p.address, hours: p.hours };
    Group {
        id: g.id.to_string(),
        name: g.name,
        kind: g.kind.code().into(),
        purpose: g.purpose,
        admission: g.admission.code().into(),
        members: g.members,
        capacity: g.capacity,
        pickup: Some(point).filter(|p| !p.name.is_empty()),
        mine: g.mine,
        rules: None,
    }
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct After {
    /// The `next` of the page before.
    after: Option<String>,
}

/// Groups of a community
#[utoipa::path(get, path = "/api/v1/communities/{community}/groups", tag = "Groups",
    operation_id = "list_groups", params(("community" = String, Path), After),
    responses((status = 200, body = Listed<Group>), (status = "4XX", body = Problem)))]
pub async fn list_groups(
    State(house): State<House>,
    caller: Caller,
    Query(on): Query<After>,
) -> Result<Json<Listed<Group>>, Sorry> {
    let place = caller.reads(Scope::ReadContent)?.id;
    let after = on.after.as_deref().map(|a| id_in("after", a)).transpose()?;
    let rows = house.app.discover_groups(place, caller.who.map(|w| w.member), after).await?;
    let next = rows.last().filter(|_| rows.len() >= 50).map(|g| g.id.to_string());
    Ok(Json(Listed { items: rows.into_iter().map(group).collect(), next }))
}

/// The group as this caller may see it.
pub async fn page_of(
    house: &House,
    caller: &Caller,
    text: &str,
) -> Result<(Id<id::Group>, GroupPage), Sorry> {
    let id = named::<id::Group>(text)?;
    let reader = caller.who.map(|w| w.member);
    let page = house.app.group_page(caller.place()?.id, id, reader).await?;
    Ok((id, page.ok_or(Sorry::NotFound)?))
}

/// One group
#[utoipa::path(get, path = "/api/v1/communities/{community}/groups/{group}", tag = "Groups",
    operation_id = "get_group", params(("community" = String, Path), ("group" = String, Path)),
    responses((status = 200, body = Group), (status = "4XX", body = Problem)))]
pub async fn get_group(
    State(house): State<House>,
    caller: Caller,
    Path((_, wanted)): Path<(String, String)>,
) -> Result<Json<Group>, Sorry> {
    caller.reads(Scope::ReadContent)?;
    let (_, page) = page_of(&house, &caller, &wanted).await?;
    Ok(Json(Group { rules: Some(page.rules), ..group(page.card) }))
}

#[derive(Deserialize, ToSchema)]
pub struct NewGroup {
    #[schema(max_length = 40)]
    name: String,
    purpose: String,
    /// `interest`, `product`, `neighbourhood`, `city`, `seed` or `core`.
    #[schema(example = "neighbourhood")]
    kind: String,
    /// `open`, `invite` or `approval`.
    #[schema(example = "open")]
    admission: String,
    #[serde(default)]
    rules: String,
    /// 2 to 5000; 500 when left out.
    capacity: Option<i64>,
    pickup: Option<Point>,
    /// Ids of tags, at most 10.
    #[serde(default)]
    tags: Vec<String>,
}

/// Open a group
#[utoipa::path(post, path = "/api/v1/communities/{community}/groups", tag = "Groups",
    operation_id = "create_group", request_body = NewGroup,
    params(("community" = String, Path)),
    responses((status = 201, body = Made), (status = "4XX", body = Problem)))]
pub async fn create_group(
    State(house): State<House>,
    caller: Caller,
    ask: Ask<NewGroup>,
) -> Result<Response, Sorry> {
    let who = caller.member(Scope::WriteGroups)?;
    let b = &ask.body;
    let kind = GroupKind::of(&b.kind).ok_or_else(|| unknown_word("kind", &b.kind))?;
    let admission = Admission::of(&b.admission);
    let admission = admission.ok_or_else(|| unknown_word("admission", &b.admission))?;
    let tags = b.tags.iter().map(|t| id_in("tags", t)).collect::<Result<Vec<_>, _>>()?;
    let point = b.pickup.clone().unwrap_or(Point {
        name: String::new(),
        address: String::new(),
        hours: String::new(),
    });
    let create = async |number| {
        let cmd = CreateGroup {
            community: who.community,
            by: who.member,
            id: app::calls::numbered(number),
            kind,
            name: b.name.clone(),
            slug: None,
            purpose: b.purpose.clone(),
            rules: b.rules.clone(),
            admission,
            capacity: b.capacity,
            pickup: PickUp { name: point.name, address: point.address, hours: point.hours },
            leader: None,
            tags,
        };
        Ok(Made { id: house.app.create_group(caller.now, cmd).await?.to_string() })
    };
    ask.once(&house, &caller, StatusCode::CREATED, create).await
}

#[derive(Deserialize, ToSchema, Default)]
#[serde(default)]
pub struct GoingIn {
    /// Yes to its purpose and rules.
    agreed: bool,
    /// An invite code.
    code: Option<String>,
    /// For a group that decides: why one wants to come in.
    words: String,
}
#[derive(Serialize, ToSchema)]
pub struct WentIn {
    /// `in`, or `waiting` when the leader decides.
    state: String,
}

/// Join a group
#[utoipa::path(post, path = "/api/v1/communities/{community}/groups/{group}/members",
    tag = "Groups", operation_id = "join_group", request_body = GoingIn,
    params(("community" = String, Path), ("group" = String, Path)),
    responses((status = 201, body = WentIn), (status = "4XX", body = Problem)))]
pub async fn join_group(
    State(house): State<House>,
    caller: Caller,
    Path((_, wanted)): Path<(String, String)>,
    ask: Ask<GoingIn>,
) -> Result<Response, Sorry> {
    let (who, group) = (caller.member(Scope::WriteGroups)?, named(&wanted)?);
    let join = async |_| {
        let cmd = JoinGroup {
            community: who.community,
            member: who.member,
            group,
            agreed: ask.body.agreed,
            code: ask.body.code.clone(),
            words: ask.body.words.clone(),
        };
        let state = match house.app.join_group(caller.now, cmd).await? {
            join_group::Joined::In => "in",
            join_group::Joined::Waiting(_) => "waiting",
        };
        Ok(WentIn { state: state.into() })
    };
    ask.once(&house, &caller, StatusCode::CREATED, join).await
}

/// Leave a group
#[utoipa::path(delete, path = "/api/v1/communities/{community}/groups/{group}/members",
    tag = "Groups", operation_id = "leave_group",
    params(("community" = String, Path), ("group" = String, Path)),
    responses((status = 200, body = Done), (status = "4XX", body = Problem)))]
pub async fn leave_group(
    State(house): State<House>,
    caller: Caller,
    Path((_, wanted)): Path<(String, String)>,
    ask: Ask<Nothing>,
) -> Result<Response, Sorry> {
    let (who, group) = (caller.member(Scope::WriteGroups)?, named(&wanted)?);
    let leave = async |_| {
        house.app.leave_group(caller.now, who.community, who.member, group).await?;
        Ok(DONE)
    };
    ask.once(&house, &caller, StatusCode::OK, leave).await
}
