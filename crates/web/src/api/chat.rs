//! Chat: read on by a cursor, say something, follow live.
use super::ask::Ask;
use super::caller::{Caller, bearer};
use super::groups::page_of;
use super::shapes::{Listed, Problem, id_in, time};
use crate::House;
use crate::reply::Sorry;
use app::community::post_message::PostMessage;
use app::community::views_chat::Line;
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use rules::base::{Id, id};
use rules::community::group::{self, Deed};
use rules::community::message::{LineState, MessageKind};
use rules::community::role::Right;
use rules::community::scope::Scope;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// One line of a group's chat, as it stands now.
#[derive(Serialize, ToSchema)]
pub struct Message {
    #[schema(example = "msg_06d4zq0n8g008")]
    id: String,
    /// Its place in the group; rises, with gaps.
    seq: i64,
    /// Rises with every new line and every change of one: go on from the greatest you have.
    cursor: i64,
    /// `text`, `product` or `system`.
    kind: String,
    /// `shown`; `removed` by its author or `hidden` by staff, then without its text.
    state: String,
    /// Absent: the house speaks.
    #[serde(skip_serializing_if = "Option::is_none")]
    member: Option<String>,
    name: String,
    text: String,
    /// Of a system line: what happened, with its numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    event: Option<serde_json::Value>,
    /// The product of a card.
    #[serde(skip_serializing_if = "Option::is_none")]
    product: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reply_to: Option<String>,
    reactions: Vec<Reaction>,
    at: String,
    edited: bool,
}
#[derive(Serialize, ToSchema)]
pub struct Reaction {
    /// `like`, `heart`, `laugh`, `wow`, `sad`, `clap`, `thanks` or `flower`.
    face: String,
    count: i64,
}

pub fn message(l: Line) -> Message {
    let system = l.kind == MessageKind::System;
    let shown = l.state == LineState::Shown;
    let text = if system || !shown { String::new() } else { l.body.clone() };
    Message {
        id: l.id.to_string(),
        seq: l.seq,
        cursor: l.changed_seq,
        kind: l.kind.code().into(),
        state: l.state.code().into(),
        member: l.member.map(|m| m.to_string()),
        name: l.name,
        text,
        event: if system { serde_json::from_str(&l.body).ok() } else { None },
        product: l.product.map(|p| p.to_string()),
        reply_to: l.reply.map(|r| r.id.to_string()),
        reactions: l
            .reactions
            .into_iter()
            .map(|(face, count)| Reaction { face: face.code().into(), count })
            .collect(),
        at: time(l.at),
        edited: l.edited,
    }
}

/// The group, for somebody who may read its chat: its members, and those who tend it.
pub async fn readable(
    house: &House,
    caller: &Caller,
    wanted: &str,
) -> Result<Id<id::Group>, Sorry> {
    let who = caller.member(Scope::ReadChat)?;
    let (id, page) = page_of(house, caller, wanted).await?;
    let tends = group::may(Deed::Tend, who.rights.may(Right::Members), page.role);
    if page.role.is_some() || tends { Ok(id) } else { Err(Sorry::NotFound) }
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Reading {
    /// Lines and changes after this cursor, oldest first: for reading on. 0 begins at the start.
    after: Option<i64>,
    /// Lines before this `seq`, for reading back. Without either: the newest lines.
    before: Option<i64>,
}

/// Lines of a group's chat
///
/// With `after`, up to 200 lines and changes in the order of their cursors; repeat with the last
/// one's cursor until the list is empty. Otherwise up to 60 older lines.
#[utoipa::path(get, path = "/api/v1/communities/{community}/groups/{group}/messages",
    tag = "Chat", operation_id = "list_messages",
    params(("community" = String, Path), ("group" = String, Path), Reading),
    responses((status = 200, body = Listed<Message>), (status = "4XX", body = Problem)))]
pub async fn list_messages(
    State(house): State<House>,
    caller: Caller,
    Path((_, wanted)): Path<(String, String)>,
    Query(on): Query<Reading>,
) -> Result<Json<Listed<Message>>, Sorry> {
    let group = readable(&house, &caller, &wanted).await?;
    let place = caller.place()?.id;
    let (lines, next) = match on.after {
        Some(after) => {
            let lines = house.app.lines_after(place, group, after).await?;
            let next = lines.last().map(|l| l.changed_seq.to_string());
            (lines, next)
        }
        None => {
            let before = on.before.unwrap_or(i64::MAX);
            (house.app.lines_before(place, group, before).await?, None)
        }
    };
    Ok(Json(Listed { items: lines.into_iter().map(message).collect(), next }))
}

#[derive(Deserialize, ToSchema)]
pub struct NewMessage {
    /// Up to 2,000 characters; may be empty beside a product.
    #[serde(default)]
    text: String,
    /// Makes it a product's card.
    product: Option<String>,
    /// The message it answers.
    reply_to: Option<String>,
}
#[derive(Serialize, ToSchema)]
pub struct MessagePosted {
    #[schema(example = "msg_06d4zq0n8g008")]
    id: String,
    seq: i64,
    /// `shown`, or `waiting` until a leader has read it.
    state: String,
}

/// Say something in a group
#[utoipa::path(post, path = "/api/v1/communities/{community}/groups/{group}/messages",
    tag = "Chat", operation_id = "post_message", request_body = NewMessage,
    params(("community" = String, Path), ("group" = String, Path)),
    responses((status = 201, body = MessagePosted), (status = "4XX", body = Problem)))]
pub async fn post_message(
    State(house): State<House>,
    caller: Caller,
    Path((_, wanted)): Path<(String, String)>,
    ask: Ask<NewMessage>,
) -> Result<Response, Sorry> {
    let who = caller.member(Scope::WriteChat)?;
    let group = super::caller::named::<id::Group>(&wanted)?;
    let b = &ask.body;
    let product = b.product.as_deref().map(|p| id_in("product", p)).transpose()?;
    let reply_to = b.reply_to.as_deref().map(|m| id_in("reply_to", m)).transpose()?;
    let say = async |number| {
        let id: Id<id::Message> = app::calls::numbered(number);
        let cmd = PostMessage {
            community: who.community,
            member: who.member,
            group,
            id,
            text: b.text.clone(),
            product,
            reply_to,
        };
        let posted = house.app.post_message(caller.now, cmd).await?;
        let state = posted.state.code().into();
        Ok(MessagePosted { id: id.to_string(), seq: posted.seq, state })
    };
    ask.once(&house, &caller, StatusCode::CREATED, say).await
}

/// Follow a group's chat live
///
/// Server-sent events: each carries one `Message` as JSON, its cursor as the event's id. A client
/// that was away sends the last id as `Last-Event-ID` (or `after`) and misses nothing. An event
/// `resync` asks it to do so at once. Every 15 seconds a comment keeps the line open.
#[utoipa::path(get, path = "/api/v1/communities/{community}/groups/{group}/events",
    tag = "Chat", operation_id = "stream_events",
    params(("community" = String, Path), ("group" = String, Path),
        ("after" = Option<i64>, Query, description = "The last cursor you have."),
        ("Last-Event-ID" = Option<i64>, Header, description = "The same, as browsers send it.")),
    responses((status = 200, body = String, content_type = "text/event-stream"),
        (status = "4XX", body = Problem)))]
pub async fn stream_events(
    State(house): State<House>,
    caller: Caller,
    Path((_, wanted)): Path<(String, String)>,
    headers: HeaderMap,
    Query(on): Query<Reading>,
) -> Result<Response, Sorry> {
    let group = readable(&house, &caller, &wanted).await?;
    let resume = headers.get("last-event-id").and_then(|v| v.to_str().ok()?.parse().ok());
    let token = bearer(&headers).unwrap_or_default().to_string();
    let asked = (house.clone(), token.clone(), caller.clone());
    let again = move || {
        let (house, token, caller) = asked.clone();
        async move { still_reads(&house, &token, &caller, group).await }
    };
    let place = caller.place()?;
    crate::live::events(&house, (place, group), (&token, resume.or(on.after)), again).await
}

/// The key or token still speaks for a member who may read the group. A fault ends no stream.
async fn still_reads(house: &House, token: &str, caller: &Caller, group: Id<id::Group>) -> bool {
    let slug = caller.place.as_ref().map(|p| p.slug.clone());
    match Caller::of(house, slug, Some(token), None).await {
        Ok(caller) => !matches!(
            readable(house, &caller, &group.to_string()).await,
            Err(Sorry::NotFound | Sorry::NotAllowed | Sorry::Join | Sorry::SignIn)
        ),
        Err(Sorry::Fault(_)) => true,
        Err(_) => false,
    }
}

/// A line as an event of the stream.
pub fn line_event(l: &Line) -> String {
    let (cursor, body) = (l.changed_seq, serde_json::to_string(&message(l.clone())));
    match body {
        Ok(json) => format!("id: {cursor}\nevent: message\ndata: {json}\n\n"),
        Err(_) => String::new(),
    }
}
