//! Orders: placed and looked at.
use super::ask::Ask;
use super::caller::{Caller, named};
use super::chain_orders::{self, PlaceAsked};
use super::group_buys::{SeatAsked, wish};
use super::order_shape::{Order, entire, order, seen, shown};
use super::shapes::{Listed, Onward, Problem, id_in, unknown_word};
use crate::House;
use crate::reply::Sorry;
use app::sale::owed::FromWallet;
use app::sale::place_order::{PlaceOrder, To};
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use rules::community::role::Right;
use rules::community::scope::Scope;
use rules::ledger::Provider;
use rules::sale::address::Address;
use rules::sale::line::State as Step;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OrdersWanted {
    /// The `next` of the page before.
    after: Option<String>,
    /// Orders of a page, 1 to 100; 20 when left out.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<i64>,
    /// Only orders in this state.
    state: Option<String>,
    /// `true`: only the caller's own, also for staff.
    mine: Option<bool>,
}

/// Orders, newest first
///
/// Staff with the right over orders see everybody's, members their own.
#[utoipa::path(get, path = "/api/v1/communities/{community}/orders", tag = "Orders",
    operation_id = "list_orders", params(("community" = String, Path), OrdersWanted),
    responses((status = 200, body = Listed<Order>), (status = "4XX", body = Problem)))]
pub async fn list_orders(
    State(house): State<House>,
    caller: Caller,
    Query(q): Query<OrdersWanted>,
) -> Result<Json<Listed<Order>>, Sorry> {
    let who = caller.member(Scope::ReadOrders)?;
    let cur = caller.place()?.currency;
    let state = match &q.state {
        Some(text) => Some(Step::of(text).ok_or_else(|| unknown_word("state", text))?),
        None => None,
    };
    let before = q.after.as_deref().map(|a| id_in("after", a)).transpose()?;
    let most = Onward { after: None, limit: q.limit }.most();
    let all = who.rights.may(Right::Orders) && q.mine != Some(true);
    let rows = match all {
        true => house.app.orders(who.community, state, before, most + 1).await?,
        false => house.app.my_orders(who.community, who.member, state, before, most + 1).await?,
    };
    Ok(Json(Listed::cut(rows, most as usize, |o| o.id.to_string(), |o| order(o, cur))))
}

/// One order
#[utoipa::path(get, path = "/api/v1/communities/{community}/orders/{order}", tag = "Orders",
    operation_id = "get_order", params(("community" = String, Path), ("order" = String, Path)),
    responses((status = 200, body = Order), (status = "4XX", body = Problem)))]
pub async fn get_order(
    State(house): State<House>,
    caller: Caller,
    Path((_, wanted)): Path<(String, String)>,
) -> Result<Json<Order>, Sorry> {
    let who = caller.member(Scope::ReadOrders)?;
    let page = seen(&house, who, named(&wanted)?).await?;
    Ok(Json(entire(&house, &caller, page).await?))
}

#[derive(Deserialize, ToSchema)]
pub struct NewOrder {
    lines: Vec<NewLine>,
    /// Where it goes: one of the two.
    pickup: Option<ToPickup>,
    ship: Option<ToShip>,
    #[serde(default)]
    note: String,
    /// `sandbox` or `manual`; how the buyer means to pay.
    #[schema(example = "manual")]
    provider: String,
    /// The total the buyer saw, in the smallest unit; another one refuses the order.
    expected_total: Option<i64>,
    /// The post whose card led here.
    from_post: Option<String>,
    /// A seat in a group buy.
    seat: Option<SeatAsked>,
    /// One of the caller's coupons, as `list_coupons` names them.
    coupon: Option<String>,
    /// At most so many of the caller's points, as the cap of an order lets; after the coupon.
    #[serde(default)]
    #[schema(minimum = 0)]
    points: i64,
    /// Pay from the caller's wallet as far as it reaches: red packets first, then commission. An
    /// order that it covers is paid at once.
    #[serde(default)]
    wallet: bool,
    /// A place on a leader's list.
    chain: Option<PlaceAsked>,
}
#[derive(Deserialize, ToSchema)]
pub struct NewLine {
    variant: String,
    #[schema(minimum = 1)]
    qty: i64,
}
#[derive(Deserialize, ToSchema)]
pub struct ToPickup {
    /// The group at whose point it is collected.
    group: String,
    recipient: String,
    phone: String,
}
#[derive(Deserialize, ToSchema)]
pub struct ToShip {
    #[schema(example = "林梅")]
    recipient: String,
    #[schema(example = "13800000000")]
    phone: String,
    /// Inside China a province, city and district of the official list, with spaces between.
    #[schema(example = "江苏省 无锡市 惠山区")]
    region: String,
    #[schema(example = "桃源里 3 号 502")]
    street: String,
}

fn to(b: &NewOrder) -> Result<To, Sorry> {
    match (&b.pickup, &b.ship) {
        (Some(p), None) => Ok(To::Pickup {
            group: id_in("pickup.group", &p.group)?,
            recipient: p.recipient.clone(),
            phone: p.phone.clone(),
        }),
        (None, Some(s)) => Ok(To::Ship(Address {
            recipient: s.recipient.clone(),
            phone: s.phone.clone(),
            region: s.region.clone(),
            street: s.street.clone(),
        })),
        _ => {
            let what = "give either `pickup` or `ship`".to_string();
            Err(Sorry::Body { status: StatusCode::UNPROCESSABLE_ENTITY, what })
        }
    }
}

/// Place an order
///
/// Its units are held until `pay_until`. Pay it with `pay_order`.
#[utoipa::path(post, path = "/api/v1/communities/{community}/orders", tag = "Orders",
    operation_id = "place_order", request_body = NewOrder, params(("community" = String, Path)),
    responses((status = 201, body = Order), (status = "4XX", body = Problem)))]
pub async fn place_order(
    State(house): State<House>,
    caller: Caller,
    ask: Ask<NewOrder>,
) -> Result<Response, Sorry> {
    let who = caller.member(Scope::WriteOrders)?;
    let b = &ask.body;
    let lines = b.lines.iter().map(|l| Ok((id_in("lines.variant", &l.variant)?, l.qty)));
    let lines = lines.collect::<Result<Vec<_>, Sorry>>()?;
    let provider =
        Provider::of(&b.provider).ok_or_else(|| unknown_word("provider", &b.provider))?;
    let source = b.from_post.as_deref().map(|p| id_in("from_post", p)).transpose()?;
    let to = to(b)?;
    let seat = b.seat.as_ref().map(wish).transpose()?;
    let coupon = b.coupon.as_deref().map(|x| id_in("coupon", x)).transpose()?;
    let chain = b.chain.as_ref().map(chain_orders::wish).transpose()?;
    let place = async |number| {
        let cmd = PlaceOrder {
            who,
            id: app::calls::numbered(number),
            lines,
            to,
            note: b.note.clone(),
            provider,
            expected: b.expected_total,
            source,
            seat,
            coupon,
            points: b.points,
            wallet: if b.wallet { FromWallet::All } else { FromWallet::Nothing },
            chain,
        };
        let placed = house.app.place_order(caller.now, cmd).await?;
        shown(&house, &caller, placed.order).await
    };
    ask.once(&house, &caller, StatusCode::CREATED, place).await
}
