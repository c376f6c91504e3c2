//! Products: the shop's list and one product.
use super::caller::{Caller, named};
use super::shapes::{Listed, Money, Onward, Problem, id_in, time, unknown_word};
use crate::House;
use crate::loyalty::tier_words::reprice_product;
use crate::reply::Sorry;
use app::sale::views_catalogue as views;
use app::sale::views_catalogue::{Item, List, Order};
use axum::Json;
use axum::extract::{Path, Query, State};
use rules::base::{Currency, id};
use rules::community::role::Right;
use rules::community::scope::Scope;
use rules::sale::product::State as Shelf;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A product as lists show it.
#[derive(Serialize, ToSchema)]
pub struct ListedProduct {
    #[schema(example = "prd_06d4zq0n8g008")]
    id: String,
    title: String,
    brief: String,
    /// The lowest price of its variants.
    price: Money,
    /// Its variants have several prices.
    several_prices: bool,
    /// Units that can be bought now.
    on_hand: i64,
    sold: i64,
    reviews: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    picture: Option<String>,
    /// `listed`, `draft` or `archived`.
    state: String,
}

/// The address of a stored picture in its middle size, below this house.
pub fn picture_url(name: &str) -> String {
    format!("/pictures/{}/750", crate::edge::query_value(name))
}

fn listed(i: Item, currency: Currency) -> ListedProduct {
    ListedProduct {
        id: i.id.to_string(),
        title: i.title,
        brief: i.brief,
        price: Money::of(i.price, currency),
        several_prices: i.several_prices,
        on_hand: i.on_hand,
        sold: i.sold,
        reviews: i.review_count,
        picture: i.picture.as_deref().map(picture_url),
        state: i.state.code().into(),
    }
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// The `next` of the page before.
    after: Option<String>,
    /// Products of a page, 1 to 100; 20 when left out.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<i64>,
    /// `sold` (most sold first) or `newest`.
    order: Option<String>,
    /// An id of a category.
    category: Option<String>,
    /// Words to search for; the best match first, one page.
    search: Option<String>,
}

/// Products on sale
#[utoipa::path(get, path = "/api/v1/communities/{community}/products", tag = "Products",
    operation_id = "list_products", params(("community" = String, Path), Wanted),
    responses((status = 200, body = Listed<ListedProduct>), (status = "4XX", body = Problem)))]
pub async fn list_products(
    State(house): State<House>,
    caller: Caller,
    Query(q): Query<Wanted>,
) -> Result<Json<Listed<ListedProduct>>, Sorry> {
    let place = caller.reads(Scope::ReadProducts)?;
    let shape = |i: Item| listed(i, place.currency);
    let on = Onward { after: q.after, limit: q.limit };
    let most = on.most();
    if let Some(words) = q.search.as_deref().filter(|w| !w.trim().is_empty()) {
        let cards = house.app.search_products(place.id, words, most as usize).await?;
        let ids: Vec<_> = cards.iter().map(|c| c.id).collect();
        let mut found = house.app.products_of(place.id, ids.clone()).await?;
        found.sort_by_key(|i| ids.iter().position(|id| *id == i.id));
        return Ok(Json(Listed::whole(found.into_iter().map(shape).collect())));
    }
    let order = q.order.as_deref().unwrap_or("sold");
    let order = Order::of(order).ok_or_else(|| unknown_word("order", order))?;
    let category = q.category.as_deref().map(|k| id_in("category", k)).transpose()?;
    // a category has one order, by what was sold
    let order = if category.is_some() { Order::Sold } else { order };
    let after = match &on.after {
        Some(text) => {
            let place = text
                .split_once('.')
                .and_then(|(at, id)| Some((at.parse().ok()?, rules::base::Id::parse(id)?)));
            Some(place.ok_or_else(|| unknown_word("after", text))?)
        }
        None => None,
    };
    let rows =
        house.app.products(place.id, List { category, order, after, most: most + 1 }).await?;
    let next = |i: &Item| match order {
        Order::Sold => format!("{}.{}", i.sold, i.id),
        Order::Newest => format!("{}.{}", i.created_at.0, i.id),
    };
    Ok(Json(Listed::cut(rows, most as usize, next, shape)))
}

#[derive(Serialize, ToSchema)]
pub struct Product {
    #[schema(example = "prd_06d4zq0n8g008")]
    id: String,
    handle: String,
    title: String,
    brief: String,
    story: String,
    brand: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<String>,
    /// Names of the community's tags it carries.
    tags: Vec<String>,
    /// `goods`, `digital` or `service`.
    kind: String,
    state: String,
    /// `no_reason`, `fresh`, `custom`, `digital` or `opened`: how it may go back.
    returns: String,
    /// Names of what can be chosen, such as colour and size.
    options: Vec<String>,
    variants: Vec<Variant>,
    pictures: Vec<String>,
    sold: i64,
    reviews: i64,
    /// Send it back with a change: a change made meanwhile is then not lost.
    version: i64,
    changed_at: String,
}
#[derive(Serialize, ToSchema)]
pub struct Variant {
    #[schema(example = "var_06d4zq0n8g008")]
    id: String,
    sku: String,
    /// One for each option.
    choices: Vec<String>,
    price: Money,
    /// What the caller pays by their tier, where that is less.
    #[serde(skip_serializing_if = "Option::is_none")]
    member_price: Option<Money>,
    /// The lowest price before the present reduction, where the law lets it be struck through.
    #[serde(skip_serializing_if = "Option::is_none")]
    was: Option<Money>,
    /// Units that can be bought now.
    on_hand: i64,
    /// Units in unpaid orders. Staff see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    held: Option<i64>,
    /// Grams.
    weight: i64,
    barcode: String,
}

pub fn shape(p: views::Product, currency: Currency, staff: bool) -> Product {
    let variant = |v: views::Variant| Variant {
        id: v.id.to_string(),
        sku: v.sku,
        choices: v.choices,
        price: Money::of(v.list_price.unwrap_or(v.price), currency),
        member_price: v.list_price.map(|_| Money::of(v.price, currency)),
        was: v.was.map(|w| Money::of(w, currency)),
        on_hand: v.on_hand,
        held: staff.then_some(v.held),
        weight: v.weight,
        barcode: v.barcode,
    };
    Product {
        id: p.id.to_string(),
        handle: p.handle,
        title: p.title,
        brief: p.brief,
        story: p.story,
        brand: p.brand,
        category: p.category.map(|c| c.1),
        tags: p.tags,
        kind: p.kind.code().into(),
        state: p.state.code().into(),
        returns: p.returns.code().into(),
        options: p.options,
        variants: p.variants.into_iter().filter(|v| v.listed).map(variant).collect(),
        pictures: p.pictures.iter().map(|(name, _)| picture_url(name)).collect(),
        sold: p.sold,
        reviews: p.review_count,
        version: p.version,
        changed_at: time(p.changed_at),
    }
}

/// One product with its variants
#[utoipa::path(get, path = "/api/v1/communities/{community}/products/{product}",
    tag = "Products", operation_id = "get_product",
    params(("community" = String, Path), ("product" = String, Path)),
    responses((status = 200, body = Product), (status = "4XX", body = Problem)))]
pub async fn get_product(
    State(house): State<House>,
    caller: Caller,
    Path((_, wanted)): Path<(String, String)>,
) -> Result<Json<Product>, Sorry> {
    let place = caller.reads(Scope::ReadProducts)?;
    let staff = caller.who.is_some_and(|w| w.rights.may(Right::Catalogue));
    let found = house.app.product(place.id, named::<id::Product>(&wanted)?, staff).await?;
    let found = found.filter(|p| staff || p.state == Shelf::Listed);
    let mut found = found.ok_or(Sorry::NotFound)?;
    if let Some(who) = caller.who {
        let mine = house.app.member_prices(place.id, Some(who.member), vec![found.id]).await?;
        reprice_product(&mine, &mut found);
    }
    Ok(Json(shape(found, place.currency, staff)))
}
