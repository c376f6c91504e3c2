//! Share links, and whom an order is credited to.
use super::ask::Ask;
use super::caller::{Caller, named};
use super::shapes::{Problem, time, unknown_word};
use crate::House;
use crate::reply::Sorry;
use app::spread::create_share_link::CreateShareLink;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use rules::base::id;
use rules::community::role::Right;
use rules::community::scope::Scope;
use rules::spread::link::{self, Shown};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Deserialize, ToSchema)]
pub struct ToShare {
    /// `product`, `group`, `post` or `campaign`.
    #[schema(example = "product")]
    kind: String,
    /// The id of the thing.
    #[schema(example = "prd_06d4zq0n8g008")]
    thing: String,
}
#[derive(Serialize, ToSchema)]
pub struct ShareLink {
    #[schema(example = "7kp2mqx0")]
    code: String,
    /// What to send around.
    #[schema(example = "https://shop.example.org/s/7kp2mqx0")]
    url: String,
    kind: String,
    thing: String,
}

/// Make a share link of the caller's own
///
/// One a member and thing: asked again, it is the same link. Only what everybody may see can be
/// shared.
#[utoipa::path(post, path = "/api/v1/communities/{community}/share-links", tag = "Sharing",
    operation_id = "create_share_link", params(("community" = String, Path)),
    request_body = ToShare,
    responses((status = 201, body = ShareLink), (status = "4XX", body = Problem)))]
pub async fn create_share_link(
    State(house): State<House>,
    caller: Caller,
    ask: Ask<ToShare>,
) -> Result<Response, Sorry> {
    let who = caller.member(Scope::WriteContent)?;
    let (kind, name) = (&ask.body.kind, &ask.body.thing);
    let kind = Shown::of(kind).ok_or_else(|| unknown_word("kind", kind))?;
    let thing = link::thing(kind, name).ok_or_else(|| unknown_word("thing", name))?;
    let make = async |_| {
        let (community, by) = (who.community, who.member);
        let make = CreateShareLink { community, by, kind, thing, visitor: None };
        let code = house.app.create_share_link(caller.now, make).await?;
        let url = crate::spread::address(&house, &code);
        Ok(ShareLink { code, url, kind: kind.code().into(), thing: link::name(kind, thing) })
    };
    ask.once(&house, &caller, StatusCode::CREATED, make).await
}

#[derive(Serialize, ToSchema)]
pub struct Credit {
    /// The member whose link or whose binding led to the order.
    #[schema(example = "mem_06d4zq0n8g008")]
    member: String,
    /// Who brought that member, at the time of the order.
    #[serde(skip_serializing_if = "Option::is_none")]
    second: Option<String>,
    /// `link` or `binding`.
    source: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    at: String,
}
#[derive(Serialize, ToSchema)]
pub struct Credited {
    /// Nothing: nobody led to it.
    credit: Option<Credit>,
}

/// Whom an order is credited to
///
/// Written down when the order was placed. For staff with the right over orders.
#[utoipa::path(get, path = "/api/v1/communities/{community}/orders/{order}/credit",
    tag = "Sharing", operation_id = "get_credit",
    params(("community" = String, Path), ("order" = String, Path)),
    responses((status = 200, body = Credited), (status = "4XX", body = Problem)))]
pub async fn get_credit(
    State(house): State<House>,
    caller: Caller,
    Path((_, order)): Path<(String, String)>,
) -> Result<Json<Credited>, Sorry> {
    let who = caller.staff(Scope::ReadOrders, Right::Orders)?;
    let order = named::<id::Order>(&order)?;
    house.app.order_page(who.community, order).await?.ok_or(Sorry::NotFound)?;
    let credit = house.app.credit_of(who.community, order).await?.map(|c| Credit {
        member: c.to.0.to_string(),
        second: c.second.map(|s| s.0.to_string()),
        source: c.source.code().into(),
        code: c.code,
        at: time(c.at),
    });
    Ok(Json(Credited { credit }))
}
