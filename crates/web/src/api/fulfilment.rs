//! What happens to an order: cancelled, sent, made ready, handed out, received.
use super::ask::{Ask, Nothing};
use super::caller::{Caller, named};
use super::order_shape::{Order, shown};
use super::shapes::{Problem, id_in};
use crate::House;
use crate::reply::Sorry;
use app::sale::cancel_order::CancelOrder;
use app::sale::ship_order::ShipOrder;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use rules::community::role::Right;
use rules::community::scope::Scope;
use serde::Deserialize;
use utoipa::ToSchema;

/// Cancel an order
///
/// The buyer, or staff, before it is on its way. What was paid goes back by itself.
#[utoipa::path(post, path = "/api/v1/communities/{community}/orders/{order}/cancel",
    tag = "Orders", operation_id = "cancel_order",
    params(("community" = String, Path), ("order" = String, Path)),
    responses((status = 200, body = Order), (status = "4XX", body = Problem)))]
pub async fn cancel_order(
    State(house): State<House>,
    caller: Caller,
    Path((_, wanted)): Path<(String, String)>,
    ask: Ask<Nothing>,
) -> Result<Response, Sorry> {
    let (who, id) = (caller.member(Scope::WriteOrders)?, named(&wanted)?);
    let cancel = async |number| {
        let cmd = CancelOrder { who, order: id, refund: app::calls::numbered(number) };
        house.app.cancel_order(caller.now, cmd).await?;
        shown(&house, &caller, id).await
    };
    ask.once(&house, &caller, StatusCode::OK, cancel).await
}

#[derive(Deserialize, ToSchema)]
pub struct NewParcel {
    #[schema(example = "SF")]
    carrier: String,
    #[serde(default)]
    tracking: String,
    /// Ids of the lines in it; all that wait, when left out.
    #[serde(default)]
    lines: Vec<String>,
}

/// Ship an order, or some of its lines
#[utoipa::path(post, path = "/api/v1/communities/{community}/orders/{order}/ship",
    tag = "Orders", operation_id = "ship_order", request_body = NewParcel,
    params(("community" = String, Path), ("order" = String, Path)),
    responses((status = 200, body = Order), (status = "4XX", body = Problem)))]
pub async fn ship_order(
    State(house): State<House>,
    caller: Caller,
    Path((_, wanted)): Path<(String, String)>,
    ask: Ask<NewParcel>,
) -> Result<Response, Sorry> {
    let who = caller.staff(Scope::WriteOrders, Right::Orders)?;
    let (b, id) = (&ask.body, named(&wanted)?);
    let lines = b.lines.iter().map(|l| id_in("lines", l)).collect::<Result<Vec<_>, _>>()?;
    let ship = async |number| {
        let cmd = ShipOrder {
            who,
            parcel: app::calls::numbered(number),
            order: id,
            lines,
            carrier: b.carrier.clone(),
            tracking: b.tracking.clone(),
        };
        house.app.ship_order(caller.now, cmd).await?;
        shown(&house, &caller, id).await
    };
    ask.once(&house, &caller, StatusCode::OK, ship).await
}

/// Ready to be collected
///
/// The buyer is told, with the code to show.
#[utoipa::path(post, path = "/api/v1/communities/{community}/orders/{order}/ready",
    tag = "Orders", operation_id = "mark_ready",
    params(("community" = String, Path), ("order" = String, Path)),
    responses((status = 200, body = Order), (status = "4XX", body = Problem)))]
pub async fn mark_ready(
    State(house): State<House>,
    caller: Caller,
    Path((_, wanted)): Path<(String, String)>,
    ask: Ask<Nothing>,
) -> Result<Response, Sorry> {
    let (who, id) = (caller.staff(Scope::WriteOrders, Right::Orders)?, named(&wanted)?);
    let ready = async |_| {
        house.app.mark_ready(caller.now, who, id).await?;
        shown(&house, &caller, id).await
    };
    ask.once(&house, &caller, StatusCode::OK, ready).await
}

#[derive(Deserialize, ToSchema)]
pub struct PickupCode {
    #[schema(example = "482913")]
    code: String,
}

/// Hand an order out by its code
#[utoipa::path(post, path = "/api/v1/communities/{community}/hand-out", tag = "Orders",
    operation_id = "hand_out", request_body = PickupCode, params(("community" = String, Path)),
    responses((status = 200, body = Order), (status = "4XX", body = Problem)))]
pub async fn hand_out(
    State(house): State<House>,
    caller: Caller,
    ask: Ask<PickupCode>,
) -> Result<Response, Sorry> {
    let who = caller.member(Scope::WriteOrders)?;
    let hand = async |number| {
        let (id, code) = (app::calls::numbered(number), ask.body.code.clone());
        let order = house.app.hand_out(caller.now, who, id, code).await?;
        shown(&house, &caller, order).await
    };
    ask.once(&house, &caller, StatusCode::OK, hand).await
}

/// The buyer has it
#[utoipa::path(post, path = "/api/v1/communities/{community}/orders/{order}/receive",
    tag = "Orders", operation_id = "confirm_receipt",
    params(("community" = String, Path), ("order" = String, Path)),
    responses((status = 200, body = Order), (status = "4XX", body = Problem)))]
pub async fn confirm_receipt(
    State(house): State<House>,
    caller: Caller,
    Path((_, wanted)): Path<(String, String)>,
    ask: Ask<Nothing>,
) -> Result<Response, Sorry> {
    let (who, id) = (caller.member(Scope::WriteOrders)?, named(&wanted)?);
    let receive = async |_| {
        house.app.confirm_receipt(caller.now, who, id).await?;
        shown(&house, &caller, id).await
    };
    ask.once(&house, &caller, StatusCode::OK, receive).await
}
