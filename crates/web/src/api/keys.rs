//! Keys of the API, made by the owner in person: a key makes no keys.
use super::ask::{Ask, Nothing};
use super::caller::{Caller, named};
use super::shapes::{DONE, Done, Listed, Problem, time, unknown_word};
use crate::House;
use crate::reply::Sorry;
use app::community::make_key::MakeKey;
use app::community::views_keys::KeyRow;
use app::community::who::Who;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use rules::base::{Id, id};
use rules::community::role::Role;
use rules::community::scope::{Scope, Scopes};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Deserialize, ToSchema)]
pub struct NewKey {
    /// What it is for.
    #[schema(max_length = 60, example = "Warehouse")]
    name: String,
    /// What it may be used for.
    #[schema(example = json!(["read_orders", "write_orders"]))]
    scopes: Vec<String>,
}
#[derive(Serialize, ToSchema)]
pub struct KeyMade {
    #[schema(example = "key_06d4zq0n8g008")]
    id: String,
    /// Shown now and never again: only its digest is kept.
    key: String,
}
#[derive(Serialize, ToSchema)]
pub struct Key {
    #[schema(example = "key_06d4zq0n8g008")]
    id: String,
    name: String,
    /// The last four characters.
    hint: String,
    scopes: Vec<String>,
    made_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    used_at: Option<String>,
}

fn key(k: KeyRow) -> Key {
    Key {
        id: k.id.to_string(),
        name: k.name,
        hint: k.hint,
        scopes: k.scopes.list().iter().map(|s| s.code().into()).collect(),
        made_at: time(k.made_at),
        used_at: k.used_at.map(time),
    }
}

/// The owner with a session.
fn owner(caller: &Caller) -> Result<Who, Sorry> {
    caller.person()?;
    let who = caller.who.ok_or(Sorry::Join)?;
    if who.role == Role::Owner { Ok(who) } else { Err(Sorry::NotAllowed) }
}

/// Make a key
#[utoipa::path(post, path = "/api/v1/communities/{community}/keys", tag = "Keys",
    operation_id = "create_key", request_body = NewKey, params(("community" = String, Path)),
    responses((status = 201, body = KeyMade), (status = "4XX", body = Problem)))]
pub async fn create_key(
    State(house): State<House>,
    caller: Caller,
    ask: Ask<NewKey>,
) -> Result<(StatusCode, Json<KeyMade>), Sorry> {
    let who = owner(&caller)?;
    let scope = |s: &String| Scope::of(s).ok_or_else(|| unknown_word("scopes", s));
    let scopes = ask.body.scopes.iter().map(scope).collect::<Result<Vec<_>, _>>()?;
    let id: Id<id::Key> = house.app.mint(caller.now);
    let cmd = MakeKey { who, id, name: ask.body.name.clone(), scopes: Scopes::of(scopes) };
    let key = house.app.make_key(caller.now, cmd).await?;
    Ok((StatusCode::CREATED, Json(KeyMade { id: id.to_string(), key })))
}

/// Keys that open this community
#[utoipa::path(get, path = "/api/v1/communities/{community}/keys", tag = "Keys",
    operation_id = "list_keys", params(("community" = String, Path)),
    responses((status = 200, body = Listed<Key>), (status = "4XX", body = Problem)))]
pub async fn list_keys(
    State(house): State<House>,
    caller: Caller,
) -> Result<Json<Listed<Key>>, Sorry> {
    let who = owner(&caller)?;
    let rows = house.app.keys(who.community).await?;
    Ok(Json(Listed::whole(rows.into_iter().map(key).collect())))
}

/// End a key
#[utoipa::path(delete, path = "/api/v1/communities/{community}/keys/{key}", tag = "Keys",
    operation_id = "end_key", params(("community" = String, Path), ("key" = String, Path)),
    responses((status = 200, body = Done), (status = "4XX", body = Problem)))]
pub async fn end_key(
    State(house): State<House>,
    caller: Caller,
    Path((_, wanted)): Path<(String, String)>,
    ask: Ask<Nothing>,
) -> Result<Response, Sorry> {
    let (who, id) = (owner(&caller)?, named(&wanted)?);
    let end = async |_| {
        house.app.end_key(caller.now, who, id).await?;
        Ok(DONE)
    };
    ask.once(&house, &caller, StatusCode::OK, end).await
}
