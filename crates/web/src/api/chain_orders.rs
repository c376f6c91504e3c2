//! Chain orders for programs.
use super::ask::Ask;
use super::caller::{Caller, named};
use super::shapes::{Listed, Made, Money, Problem, id_in, time, unknown_word};
use crate::House;
use crate::reply::Sorry;
use crate::sale::chain::Lists;
use app::community::who::Who;
use app::sale::chains::ChainWish;
use app::sale::open_chain_order::{NewOffer, OpenChainOrder};
use app::sale::views_chain::{ChainPage, ChainRow};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use rules::base::{Currency, Id, Moment, id};
use rules::community::scope::Scope;
use rules::sale::chain::Terms;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A place on a leader's list, asked for with an order.
#[derive(Deserialize, ToSchema)]
pub struct PlaceAsked {
    #[schema(example = "cam_06d4zq0n8g008")]
    campaign: String,
    /// Whether neighbours see the buyer's name; true when left out.
    named: Option<bool>,
}

pub fn wish(asked: &PlaceAsked) -> Result<ChainWish, Sorry> {
    let campaign = id_in("chain.campaign", &asked.campaign)?;
    Ok(ChainWish { campaign, named: asked.named.unwrap_or(true), by: None })
}

#[derive(Deserialize, ToSchema)]
pub struct NewChainOrder {
    title: String,
    /// The leader's letter.
    #[serde(default)]
    letter: String,
    /// Orders are taken until then.
    #[schema(example = "2026-07-19T14:00:00Z")]
    cut_off: String,
    /// When the goods come to the group's pick-up point.
    #[schema(example = "2026-07-20T01:00:00Z")]
    arrives: String,
    /// What all orders together must reach at the cut-off, in the smallest unit; none: nothing.
    minimum: Option<i64>,
    offers: Vec<NewListed>,
}
#[derive(Deserialize, ToSchema)]
pub struct NewListed {
    variant: String,
    /// In the smallest unit; what it costs in the shop when left out. Only staff may go lower.
    price: Option<i64>,
    /// Units of all orders together; none: what there is.
    most: Option<i64>,
}

fn moment(field: &str, text: &str) -> Result<Moment, Sorry> {
    let at = text.parse::<jiff::Timestamp>();
    at.map(|t| Moment(t.as_millisecond())).map_err(|_| unknown_word(field, text))
}

/// Open a chain order
///
/// By whoever leads the group, or staff. Order from it with `place_order` and its `chain`.
#[utoipa::path(post, path = "/api/v1/communities/{community}/groups/{group}/chain-orders",
    tag = "Chain orders", operation_id = "open_chain_order", request_body = NewChainOrder,
    params(("community" = String, Path), ("group" = String, Path)),
    responses((status = 201, body = Made), (status = "4XX", body = Problem)))]
pub async fn open_chain_order(
    State(house): State<House>,
    caller: Caller,
    Path((_, group)): Path<(String, String)>,
    ask: Ask<NewChainOrder>,
) -> Result<Response, Sorry> {
    let who = caller.member(Scope::WriteCampaigns)?;
    let group: Id<id::Group> = named(&group)?;
    let b = &ask.body;
    let terms = Terms {
        title: b.title.clone(),
        letter: b.letter.clone(),
        cut_off: moment("cut_off", &b.cut_off)?,
        arrives: moment("arrives", &b.arrives)?,
        minimum: b.minimum.unwrap_or(0),
    };
    let offers = b.offers.iter().map(|f| {
        let variant = id_in("offers.variant", &f.variant)?;
        Ok(NewOffer { variant, price: f.price, most: f.most.unwrap_or(0) })
    });
    let offers = offers.collect::<Result<Vec<_>, Sorry>>()?;
    let open = async |number| {
        let id: Id<id::Campaign> = app::calls::numbered(number);
        let cmd = OpenChainOrder { who, id, group, terms, offers };
        house.app.open_chain_order(caller.now, cmd).await?;
        Ok(Made { id: id.to_string() })
    };
    ask.once(&house, &caller, StatusCode::CREATED, open).await
}

#[derive(Serialize, ToSchema)]
pub struct ChainOrder {
    #[schema(example = "cam_06d4zq0n8g008")]
    id: String,
    group: String,
    leader: String,
    title: String,
    /// `open`, `standing`, `failing` or `failed`.
    state: String,
    cut_off: String,
    arrives: String,
    /// What all orders together must reach; none: nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    minimum: Option<Money>,
    /// What the paid orders come to.
    raised: Money,
    /// The last running number.
    orders: i64,
}
#[derive(Serialize, ToSchema)]
pub struct ListedVariant {
    variant: String,
    product: String,
    title: String,
    price: Money,
    /// How many more can be ordered now.
    left: i64,
}
/// A paid order of the list.
#[derive(Serialize, ToSchema)]
pub struct OnTheList {
    number: i64,
    /// None: the buyer does not want the name shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    at: String,
    items: Vec<OnTheListItem>,
}
#[derive(Serialize, ToSchema)]
pub struct OnTheListItem {
    title: String,
    quantity: i64,
}
#[derive(Serialize, ToSchema)]
pub struct WholeChainOrder {
    #[serde(flatten)]
    chain: ChainOrder,
    letter: String,
    offers: Vec<ListedVariant>,
    /// The newest first; at most fifty.
    list: Vec<OnTheList>,
}

fn chain(k: &ChainRow, currency: Currency) -> ChainOrder {
    ChainOrder {
        id: k.id.to_string(),
        group: k.group.to_string(),
        leader: k.leader.to_string(),
        title: k.title.clone(),
        state: k.state.code().into(),
        cut_off: time(k.cut_off),
        arrives: time(k.arrives),
        minimum: (k.minimum > 0).then(|| Money::of(k.minimum, currency)),
        raised: Money::of(k.raised, currency),
        orders: k.last_number,
    }
}

/// `names`: whether the reader may see those that are shown; strangers do not.
fn whole(p: &ChainPage, currency: Currency, names: bool) -> WholeChainOrder {
    let offers = p.offers.iter().map(|f| ListedVariant {
        variant: f.variant.to_string(),
        product: f.product.to_string(),
        title: f.title.clone(),
        price: Money::of(f.price, currency),
        left: f.left(),
    });
    let list = p.orders.iter().map(|o| OnTheList {
        number: o.number,
        name: (names && o.named).then(|| o.name.clone()),
        at: time(o.at),
        items: o
            .items
            .iter()
            .map(|(title, n)| OnTheListItem { title: title.clone(), quantity: *n })
            .collect(),
    });
    WholeChainOrder {
        chain: chain(&p.row, currency),
        letter: p.letter.clone(),
        offers: offers.collect(),
        list: list.collect(),
    }
}

/// As whom lists are looked at; closed groups keep theirs to themselves.
fn reader(caller: &Caller) -> Option<Who> {
    caller.member(Scope::ReadProducts).ok()
}

/// Chain orders that take orders now
#[utoipa::path(get, path = "/api/v1/communities/{community}/chain-orders", tag = "Chain orders",
    operation_id = "list_chain_orders", params(("community" = String, Path)),
    responses((status = 200, body = Listed<ChainOrder>), (status = "4XX", body = Problem)))]
pub async fn list_chain_orders(
    State(house): State<House>,
    caller: Caller,
) -> Result<Json<Listed<ChainOrder>>, Sorry> {
    let place = caller.reads(Scope::ReadProducts)?;
    let rows = house.app.open_chains(caller.now, place.id).await?;
    let lists = Lists::of_who(&house, place.id, reader(&caller)).await?;
    let mine = rows.iter().filter(|k| lists.open_to(k.group));
    Ok(Json(Listed::whole(mine.map(|k| chain(k, place.currency)).collect())))
}

/// One chain order: its letter, what is on it, and who has ordered
#[utoipa::path(get, path = "/api/v1/communities/{community}/chain-orders/{campaign}",
    tag = "Chain orders", operation_id = "get_chain_order",
    params(("community" = String, Path), ("campaign" = String, Path)),
    responses((status = 200, body = WholeChainOrder), (status = "4XX", body = Problem)))]
pub async fn get_chain_order(
    State(house): State<House>,
    caller: Caller,
    Path((_, wanted)): Path<(String, String)>,
) -> Result<Json<WholeChainOrder>, Sorry> {
    let place = caller.reads(Scope::ReadProducts)?;
    let found = house.app.chain_page(place.id, named(&wanted)?, None).await?;
    let lists = Lists::of_who(&house, place.id, reader(&caller)).await?;
    let found = found.filter(|p| lists.open_to(p.row.group));
    let names = caller.member(Scope::ReadProducts).is_ok();
    Ok(Json(whole(&found.ok_or(Sorry::NotFound)?, place.currency, names)))
}
