//! Relays: the same words into several groups.
use super::ask::{Ask, Nothing};
use super::caller::{Caller, named};
use super::shapes::{DONE, Done, Listed, Made, Problem, id_in, time, unknown_word};
use crate::House;
use crate::reply::Sorry;
use app::reach::relay_message::{RelayMessage, To};
use app::reach::views_relay::{RelayRow, RelayTo};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use rules::base::{Id, Moment, id};
use rules::community::scope::Scope;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Deserialize, ToSchema)]
pub struct NewRelay {
    /// What all groups get that have no words of their own.
    #[serde(default)]
    #[schema(max_length = 2000)]
    text: String,
    /// Slug of a post of this community, whose address stands below the words.
    #[serde(default)]
    post: String,
    /// At most 50 groups that the caller looks after.
    groups: Vec<RelayGroup>,
}
#[derive(Deserialize, ToSchema)]
pub struct RelayGroup {
    group: String,
    /// Its own words.
    #[serde(default)]
    text: String,
    /// RFC 3339, within 30 days; at once when left out.
    #[schema(example = "2026-07-19T22:00:00+08:00")]
    at: Option<String>,
}

#[derive(Serialize, ToSchema)]
pub struct Relay {
    #[schema(example = "rly_06d4zq0n8g008")]
    id: String,
    text: String,
    at: String,
    deliveries: Vec<RelayDelivery>,
}
#[derive(Serialize, ToSchema)]
pub struct RelayDelivery {
    /// The id of the message it is or will be.
    message: String,
    group: String,
    text: String,
    /// `queued`, `sent`, `failed` (tried again at `due`), `gave_up` or `cancelled`.
    state: String,
    /// `muted`, `not_allowed` or `no_such_group`.
    #[serde(skip_serializing_if = "String::is_empty")]
    reason: String,
    due: String,
}

fn relay(r: RelayRow, rows: Vec<RelayTo>) -> Relay {
    let delivery = |t: RelayTo| RelayDelivery {
        message: t.id.to_string(),
        group: t.group.to_string(),
        text: t.text,
        state: t.state.code().into(),
        reason: t.reason,
        due: time(t.due),
    };
    let deliveries = rows.into_iter().map(delivery).collect();
    Relay { id: r.id.to_string(), text: r.text, at: time(r.at), deliveries }
}

fn to(g: &RelayGroup) -> Result<To, Sorry> {
    let read = |text: &String| {
        let at: jiff::Timestamp = text.parse().map_err(|_| unknown_word("at", text))?;
        Ok::<_, Sorry>(Moment(at.as_millisecond()))
    };
    let at = g.at.as_ref().map(read).transpose()?;
    Ok(To { group: id_in("group", &g.group)?, text: g.text.clone(), at })
}

/// Say the same in several groups
#[utoipa::path(post, path = "/api/v1/communities/{community}/relays", tag = "Chat",
    operation_id = "relay_message", request_body = NewRelay,
    params(("community" = String, Path)),
    responses((status = 201, body = Made), (status = "4XX", body = Problem)))]
pub async fn relay_message(
    State(house): State<House>,
    caller: Caller,
    ask: Ask<NewRelay>,
) -> Result<Response, Sorry> {
    let (who, place) = (caller.member(Scope::WriteChat)?, caller.place()?);
    let groups = ask.body.groups.iter().map(to).collect::<Result<Vec<_>, _>>()?;
    let link = match ask.body.post.as_str() {
        "" => String::new(),
        slug => {
            let reader = caller.reader(&house).await?;
            let page = house.app.post_page(place.id, slug, reader, None).await?;
            let post = page.map(|p| p.post).filter(|p| p.group.is_none());
            let post = post.ok_or_else(|| unknown_word("post", slug))?;
            format!("{}/c/{}/posts/{}", house.setup.address, place.slug, post.slug)
        }
    };
    let send = async |number| {
        let id = app::calls::numbered(number);
        let (text, to) = (ask.body.text.clone(), groups.clone());
        let cmd = RelayMessage { who, id, text, link: link.clone(), to };
        house.app.relay_message(caller.now, cmd).await?;
        Ok(Made { id: id.to_string() })
    };
    ask.once(&house, &caller, StatusCode::CREATED, send).await
}

/// How a relay stands
#[utoipa::path(get, path = "/api/v1/communities/{community}/relays/{relay}", tag = "Chat",
    operation_id = "get_relay",
    params(("community" = String, Path), ("relay" = String, Path)),
    responses((status = 200, body = Relay), (status = "4XX", body = Problem)))]
pub async fn get_relay(
    State(house): State<House>,
    caller: Caller,
    Path((_, wanted)): Path<(String, String)>,
) -> Result<Json<Relay>, Sorry> {
    let (who, id) = (caller.member(Scope::ReadChat)?, named(&wanted)?);
    let found = house.app.relay(who.community, who.member, id).await?;
    let (row, rows) = found.ok_or(Sorry::NotFound)?;
    Ok(Json(relay(row, rows)))
}

/// The caller's relays
#[utoipa::path(get, path = "/api/v1/communities/{community}/relays", tag = "Chat",
    operation_id = "list_relays", params(("community" = String, Path)),
    responses((status = 200, body = Listed<Relay>), (status = "4XX", body = Problem)))]
pub async fn list_relays(
    State(house): State<House>,
    caller: Caller,
) -> Result<Json<Listed<Relay>>, Sorry> {
    let who = caller.member(Scope::ReadChat)?;
    let rows = house.app.relays(who.community, who.member, None, 50).await?;
    Ok(Json(Listed::whole(rows.into_iter().map(|r| relay(r, Vec::new())).collect())))
}

/// Take back what has not gone out
#[utoipa::path(delete, path = "/api/v1/communities/{community}/relays/{relay}", tag = "Chat",
    operation_id = "cancel_relay",
    params(("community" = String, Path), ("relay" = String, Path)),
    responses((status = 200, body = Done), (status = "4XX", body = Problem)))]
pub async fn cancel_relay(
    State(house): State<House>,
    caller: Caller,
    Path((_, wanted)): Path<(String, String)>,
    ask: Ask<Nothing>,
) -> Result<Response, Sorry> {
    let (who, id): (_, Id<id::Relay>) = (caller.member(Scope::WriteChat)?, named(&wanted)?);
    let cancel = async |_| {
        house.app.cancel_relay(caller.now, who, id).await?;
        Ok(DONE)
    };
    ask.once(&house, &caller, StatusCode::OK, cancel).await
}
