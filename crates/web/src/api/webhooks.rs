//! Webhooks: endpoints that are told what happens, and what was sent there.
use super::ask::{Ask, Nothing};
use super::caller::{Caller, named};
use super::shapes::{DONE, Done, Listed, Onward, Problem, id_in, time};
use crate::House;
use crate::reply::Sorry;
use app::community::who::Who;
use app::reach::make_webhook::MakeWebhook;
use app::reach::views_webhook::{DeliveryRow, WebhookRow};
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use rules::base::{Id, id};
use rules::community::role::Role;
use rules::community::scope::Scope;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Deserialize, ToSchema)]
pub struct NewWebhook {
    #[schema(max_length = 500, example = "https://example.org/kith")]
    url: String,
    /// Names of events, as the docs list them.
    #[schema(example = json!(["order.paid", "order.shipped"]))]
    events: Vec<String>,
}
#[derive(Serialize, ToSchema)]
pub struct WebhookMade {
    #[schema(example = "whk_06d4zq0n8g008")]
    id: String,
    /// Signs every message (Standard Webhooks 1.0). Shown now and never again.
    secret: String,
}
#[derive(Serialize, ToSchema)]
pub struct Webhook {
    #[schema(example = "whk_06d4zq0n8g008")]
    id: String,
    url: String,
    events: Vec<String>,
    /// `active`, `ended`, or `gone` after the receiver answered 410.
    state: String,
    made_at: String,
}
#[derive(Serialize, ToSchema)]
pub struct WebhookDelivery {
    #[schema(example = "dlv_06d4zq0n8g008")]
    id: String,
    /// The `webhook-id` it is sent under, in every try.
    message: String,
    event: String,
    /// `waiting`, `delivered`, `gave_up` or `cancelled`.
    state: String,
    tries: i64,
    /// What the receiver answered last.
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<i64>,
    /// Why there was no answer.
    #[serde(skip_serializing_if = "String::is_empty")]
    reason: String,
    made_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ended_at: Option<String>,
}

fn webhook(w: WebhookRow) -> Webhook {
    Webhook {
        id: w.id.to_string(),
        url: w.url,
        events: w.events.iter().map(|e| e.name.to_owned()).collect(),
        state: w.state.code().into(),
        made_at: time(w.made_at),
    }
}
fn delivery(d: DeliveryRow) -> WebhookDelivery {
    let event = rules::reach::event::of_fact(&d.fact.kind);
    WebhookDelivery {
        id: d.id.to_string(),
        message: d.fact.id.to_string(),
        event: event.map_or(String::new(), |e| e.name.to_owned()),
        state: d.state.code().into(),
        tries: d.tries,
        status: d.status,
        reason: d.reason,
        made_at: time(d.made_at),
        next_at: d.ended_at.is_none().then(|| time(d.next_at)),
        ended_at: d.ended_at.map(time),
    }
}

fn owner(caller: &Caller) -> Result<Who, Sorry> {
    let who = caller.member(Scope::ManageWebhooks)?;
    if who.role == Role::Owner { Ok(who) } else { Err(Sorry::NotAllowed) }
}

/// Add an endpoint
#[utoipa::path(post, path = "/api/v1/communities/{community}/webhooks", tag = "Webhooks",
    operation_id = "create_webhook", request_body = NewWebhook,
    params(("community" = String, Path)),
    responses((status = 201, body = WebhookMade), (status = "4XX", body = Problem)))]
pub async fn create_webhook(
    State(house): State<House>,
    caller: Caller,
    ask: Ask<NewWebhook>,
) -> Result<(StatusCode, Json<WebhookMade>), Sorry> {
    let (who, id): (_, Id<id::Webhook>) = (owner(&caller)?, house.app.mint(caller.now));
    let (url, events) = (ask.body.url.clone(), ask.body.events.clone());
    let cmd = MakeWebhook { who, id, url, events };
    let secret = house.app.make_webhook(caller.now, cmd).await?;
    Ok((StatusCode::CREATED, Json(WebhookMade { id: id.to_string(), secret })))
}

/// Endpoints of this community
#[utoipa::path(get, path = "/api/v1/communities/{community}/webhooks", tag = "Webhooks",
    operation_id = "list_webhooks", params(("community" = String, Path)),
    responses((status = 200, body = Listed<Webhook>), (status = "4XX", body = Problem)))]
pub async fn list_webhooks(
    State(house): State<House>,
    caller: Caller,
) -> Result<Json<Listed<Webhook>>, Sorry> {
    let who = owner(&caller)?;
    let rows = house.app.webhooks(who.community).await?;
    Ok(Json(Listed::whole(rows.into_iter().map(webhook).collect())))
}

/// A new secret
///
/// For 24 hours messages are signed with the old one too.
#[utoipa::path(post, path = "/api/v1/communities/{community}/webhooks/{webhook}/secret",
    tag = "Webhooks", operation_id = "rotate_webhook_secret",
    params(("community" = String, Path), ("webhook" = String, Path)),
    responses((status = 200, body = WebhookMade), (status = "4XX", body = Problem)))]
pub async fn rotate_webhook_secret(
    State(house): State<House>,
    caller: Caller,
    Path((_, wanted)): Path<(String, String)>,
    _ask: Ask<Nothing>,
) -> Result<Json<WebhookMade>, Sorry> {
    let (who, id): (_, Id<id::Webhook>) = (owner(&caller)?, named(&wanted)?);
    let secret = house.app.turn_webhook(caller.now, who, id).await?;
    Ok(Json(WebhookMade { id: id.to_string(), secret }))
}

/// End an endpoint
#[utoipa::path(delete, path = "/api/v1/communities/{community}/webhooks/{webhook}",
    tag = "Webhooks", operation_id = "delete_webhook",
    params(("community" = String, Path), ("webhook" = String, Path)),
    responses((status = 200, body = Done), (status = "4XX", body = Problem)))]
pub async fn delete_webhook(
    State(house): State<House>,
    caller: Caller,
    Path((_, wanted)): Path<(String, String)>,
    ask: Ask<Nothing>,
) -> Result<Response, Sorry> {
    let (who, id) = (owner(&caller)?, named(&wanted)?);
    let end = async |_| {
        house.app.end_webhook(caller.now, who, id).await?;
        Ok(DONE)
    };
    ask.once(&house, &caller, StatusCode::OK, end).await
}

/// What was sent to an endpoint
#[utoipa::path(get, path = "/api/v1/communities/{community}/webhooks/{webhook}/deliveries",
    tag = "Webhooks", operation_id = "list_webhook_deliveries",
    params(("community" = String, Path), ("webhook" = String, Path), Onward),
    responses((status = 200, body = Listed<WebhookDelivery>), (status = "4XX", body = Problem)))]
pub async fn list_webhook_deliveries(
    State(house): State<House>,
    caller: Caller,
    Path((_, wanted)): Path<(String, String)>,
    Query(on): Query<Onward>,
) -> Result<Json<Listed<WebhookDelivery>>, Sorry> {
    let (who, id) = (owner(&caller)?, named(&wanted)?);
    house.app.webhook(who.community, id).await?.ok_or(Sorry::NotFound)?;
    let before = on.after.as_deref().map(|a| id_in("after", a)).transpose()?;
    let most = on.most();
    let rows = house.app.deliveries(who.community, id, before, most + 1).await?;
    Ok(Json(Listed::cut(rows, most as usize, |d| d.id.to_string(), delivery)))
}

/// Send a message again
///
/// Under the same `webhook-id`, with all ten tries.
#[utoipa::path(post,
    path = "/api/v1/communities/{community}/webhook-deliveries/{delivery}/replay",
    tag = "Webhooks", operation_id = "replay_webhook_delivery",
    params(("community" = String, Path), ("delivery" = String, Path)),
    responses((status = 200, body = Done), (status = "4XX", body = Problem)))]
pub async fn replay_webhook_delivery(
    State(house): State<House>,
    caller: Caller,
    Path((_, wanted)): Path<(String, String)>,
    ask: Ask<Nothing>,
) -> Result<Response, Sorry> {
    let (who, id) = (owner(&caller)?, named(&wanted)?);
    let again = async |_| {
        house.app.replay_delivery(caller.now, who, id).await?;
        Ok(DONE)
    };
    ask.once(&house, &caller, StatusCode::OK, again).await
}
