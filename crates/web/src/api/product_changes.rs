//! Products added and changed.
use super::ask::Ask;
use super::caller::{Caller, named};
use super::products::{Product, shape};
use super::shapes::{Made, Problem, unknown_word};
use crate::House;
use crate::reply::Sorry;
use app::sale::save_product::SaveProduct;
use app::sale::views_catalogue as views;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use rules::base::{Id, id};
use rules::community::role::Right;
use rules::community::scope::Scope;
use rules::sale::product::{self, Kind, NewProduct, NewVariant, Returns, State as Shelf};
use serde::Deserialize;
use utoipa::ToSchema;

#[derive(Deserialize, ToSchema)]
pub struct ProductFields {
    /// Its name in imports and addresses; made of the title when left out.
    handle: Option<String>,
    #[schema(max_length = 120)]
    title: Option<String>,
    brief: Option<String>,
    story: Option<String>,
    brand: Option<String>,
    category: Option<String>,
    /// Names of the community's tags, at most 10.
    tags: Option<Vec<String>>,
    /// `goods`, `digital` or `service`.
    kind: Option<String>,
    /// `listed`, `draft` or `archived`.
    state: Option<String>,
    /// `no_reason`, `fresh`, `custom`, `digital` or `opened`.
    returns: Option<String>,
    /// Names of what can be chosen.
    options: Option<Vec<String>>,
    /// All of them, when given: one that is left out is archived.
    variants: Option<Vec<VariantFields>>,
    /// Of a change: the version it was made from. A newer one refuses it.
    version: Option<i64>,
}
#[derive(Deserialize, ToSchema)]
pub struct VariantFields {
    /// What names it; a known one is changed.
    sku: String,
    /// One for each option.
    #[serde(default)]
    choices: Vec<String>,
    /// In the smallest unit of the community's currency.
    price: i64,
    /// Of a new variant: its first stock. Later it is moved by `adjust_stock`.
    #[serde(default)]
    stock: i64,
    /// Grams.
    #[serde(default)]
    weight: i64,
    #[serde(default)]
    barcode: String,
}

fn word<T>(
    field: &str,
    given: &Option<String>,
    of: fn(&str) -> Option<T>,
    before: T,
) -> Result<T, Sorry> {
    match given {
        Some(text) => of(text).ok_or_else(|| unknown_word(field, text)),
        None => Ok(before),
    }
}

fn kept(p: &views::Variant) -> NewVariant {
    NewVariant {
        sku: p.sku.clone(),
        choices: p.choices.clone(),
        price: p.price,
        stock: 0,
        weight: p.weight,
        barcode: p.barcode.clone(),
    }
}

/// The product with these changes. `before` is what it was; a new one has nothing before.
fn changed(b: &ProductFields, before: &NewProduct) -> Result<NewProduct, Sorry> {
    let or = |given: &Option<String>, was: &str| given.clone().unwrap_or_else(|| was.to_string());
    let title = or(&b.title, &before.title);
    let handle = match (&b.handle, before.handle.as_str()) {
        (Some(handle), _) => handle.clone(),
        (None, "") => product::handle_of(&title),
        (None, was) => was.to_string(),
    };
    let variants = b.variants.as_ref().map(|all| {
        let one = |v: &VariantFields| NewVariant {
            sku: v.sku.clone(),
            choices: v.choices.clone(),
            price: v.price,
            stock: v.stock,
            weight: v.weight,
            barcode: v.barcode.clone(),
        };
        all.iter().map(one).collect()
    });
    Ok(NewProduct {
        handle,
        title,
        brief: or(&b.brief, &before.brief),
        story: or(&b.story, &before.story),
        brand: or(&b.brand, &before.brand),
        category: or(&b.category, &before.category),
        tags: b.tags.clone().unwrap_or_else(|| before.tags.clone()),
        kind: word("kind", &b.kind, Kind::of, before.kind)?,
        state: word("state", &b.state, Shelf::of, before.state)?,
        returns: word("returns", &b.returns, Returns::of, before.returns)?,
        options: b.options.clone().unwrap_or_else(|| before.options.clone()),
        variants: variants.unwrap_or_else(|| before.variants.clone()),
        ..before.clone()
    })
}

/// Add a product
#[utoipa::path(post, path = "/api/v1/communities/{community}/products", tag = "Products",
    operation_id = "create_product", request_body = ProductFields,
    params(("community" = String, Path)),
    responses((status = 201, body = Made), (status = "4XX", body = Problem)))]
pub async fn create_product(
    State(house): State<House>,
    caller: Caller,
    ask: Ask<ProductFields>,
) -> Result<Response, Sorry> {
    let who = caller.staff(Scope::WriteProducts, Right::Catalogue)?;
    let nothing = NewProduct {
        handle: String::new(),
        title: String::new(),
        brief: String::new(),
        story: String::new(),
        brand: String::new(),
        parent_category: String::new(),
        category: String::new(),
        tags: Vec::new(),
        look: String::new(),
        kind: Kind::Goods,
        state: Shelf::Draft,
        returns: Returns::NoReason,
        options: Vec::new(),
        variants: Vec::new(),
    };
    let product = changed(&ask.body, &nothing)?;
    let save = async |number| {
        let id = app::calls::numbered(number);
        let cmd = SaveProduct { who, id, version: None, product, pictures: None };
        Ok(Made { id: house.app.save_product(caller.now, cmd).await?.to_string() })
    };
    ask.once(&house, &caller, StatusCode::CREATED, save).await
}

/// Change a product
///
/// Fields that are left out stay as they are. Stock is moved by `adjust_stock`.
#[utoipa::path(patch, path = "/api/v1/communities/{community}/products/{product}",
    tag = "Products", operation_id = "update_product", request_body = ProductFields,
    params(("community" = String, Path), ("product" = String, Path)),
    responses((status = 200, body = Product), (status = "4XX", body = Problem)))]
pub async fn update_product(
    State(house): State<House>,
    caller: Caller,
    Path((_, wanted)): Path<(String, String)>,
    ask: Ask<ProductFields>,
) -> Result<Response, Sorry> {
    let who = caller.staff(Scope::WriteProducts, Right::Catalogue)?;
    let (c, id) = (who.community, named::<id::Product>(&wanted)?);
    let currency = caller.place()?.currency;
    let update = async |_| {
        let before = house.app.product(c, id, true).await?.ok_or(Sorry::NotFound)?;
        let version = Some(ask.body.version.unwrap_or(before.version));
        let was = stored(&house, c, &before).await?;
        let product = changed(&ask.body, &was)?;
        let cmd = SaveProduct { who, id, version, product, pictures: None };
        house.app.save_product(caller.now, cmd).await?;
        let now = house.app.product(c, id, true).await?.ok_or(Sorry::NotFound)?;
        Ok(shape(now, currency, true))
    };
    ask.once(&house, &caller, StatusCode::OK, update).await
}

/// A stored product as the verb wants it.
async fn stored(
    house: &House,
    c: Id<id::Community>,
    p: &views::Product,
) -> Result<NewProduct, Sorry> {
    let categories = house.app.categories(c).await?;
    let known = |id| categories.iter().find(|k| k.id == id);
    let parent = p.category.as_ref().and_then(|k| known(k.0)).and_then(|k| k.parent);
    Ok(NewProduct {
        handle: p.handle.clone(),
        title: p.title.clone(),
        brief: p.brief.clone(),
        story: p.story.clone(),
        brand: p.brand.clone(),
        parent_category: parent.and_then(known).map(|k| k.name.clone()).unwrap_or_default(),
        category: p.category.as_ref().map(|k| k.1.clone()).unwrap_or_default(),
        tags: p.tags.clone(),
        look: p.look.clone(),
        kind: p.kind,
        state: p.state,
        returns: p.returns,
        options: p.options.clone(),
        variants: p.variants.iter().filter(|v| v.listed).map(kept).collect(),
    })
}
