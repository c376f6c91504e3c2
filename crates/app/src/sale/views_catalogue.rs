//! Reads for the shop's pages: lists, the product page, the product editor.
use crate::db::{Fault, Row, Rx};
use crate::{App, p};
use rules::base::{Id, Jurisdiction, Moment, id};
use rules::sale::history::{Change, struck};
use rules::sale::product::{Kind, Returns, State};

type C = Id<id::Community>;

/// A product in a list.
#[derive(Clone, Debug)]
pub struct Item {
    pub id: Id<id::Product>,
    pub title: String,
    pub brief: String,
    pub look: String,
    /// The first stored picture, if there is one.
    pub picture: Option<String>,
    /// The lowest price of its variants.
    pub price: i64,
    pub several_prices: bool,
    pub on_hand: i64,
    pub sold: i64,
    pub rating_sum: i64,
    pub rating_count: i64,
    pub review_count: i64,
    pub state: State,
    /// Where a list of the newest goes on.
    pub created_at: Moment,
}

#[derive(Clone, Debug)]
pub struct Category {
    pub id: Id<id::Category>,
    pub parent: Option<Id<id::Category>>,
    pub name: String,
    pub products: i64,
}

#[derive(Clone, Debug)]
pub struct Product {
    pub id: Id<id::Product>,
    pub handle: String,
    pub title: String,
    pub brief: String,
    pub story: String,
    pub brand: String,
    pub category: Option<(Id<id::Category>, String)>,
    pub kind: Kind,
    pub look: String,
    pub options: Vec<String>,
    pub state: State,
    pub returns: Returns,
    pub sold: i64,
    pub rating_sum: i64,
    pub rating_count: i64,
    pub review_count: i64,
    pub version: i64,
    pub changed_at: Moment,
    pub variants: Vec<Variant>,
    pub pictures: Vec<(String, String)>,
    /// Names of the community's tags it carries.
    pub tags: Vec<String>,
    /// Whose law says how long goods may go back and what may be struck through.
    pub jurisdiction: Jurisdiction,
}

#[derive(Clone, Debug)]
pub struct Variant {
    pub id: Id<id::Variant>,
    pub sku: String,
    pub choices: Vec<String>,
    pub price: i64,
    /// The shop's price, where the reader pays less.
    pub list_price: Option<i64>,
    /// The lowest price of the window before the present one, if the law lets us strike it.
    pub was: Option<i64>,
    pub on_hand: i64,
    pub held: i64,
    pub sold: i64,
    pub weight: i64,
    pub barcode: String,
    pub listed: bool,
    pub version: i64,
}

rules::codes! {
    pub enum Order { Sold = "sold", Newest = "newest" }
}

/// What a list shows; `after` is the place of the last item shown.
#[derive(Clone, Copy, Debug)]
pub struct List {
    pub category: Option<Id<id::Category>>,
    pub order: Order,
    pub after: Option<(i64, Id<id::Product>)>,
    pub most: i64,
}

macro_rules! item {
    ($from:literal) => {
        concat!(
            "SELECT p.id, p.title, p.brief, p.look, (SELECT picture FROM product_picture x
              WHERE x.community_id = p.community_id AND x.product_id = p.id AND x.position = 0),
             (SELECT min(price) FROM variant v WHERE v.community_id = p.community_id
              AND v.product_id = p.id AND v.state = 'listed'),
             (SELECT max(price) FROM variant v WHERE v.community_id = p.community_id
              AND v.product_id = p.id AND v.state = 'listed'),
             (SELECT CAST(coalesce(sum(on_hand), 0) AS bigint) FROM variant v
              WHERE v.community_id = p.community_id AND v.product_id = p.id
              AND v.state = 'listed'),
             p.sold, p.rating_sum, p.rating_count, p.review_count, p.state, p.created_at ",
            $from
        )
    };
}
const BY_SOLD: &str = item!(
    "FROM product p WHERE p.community_id = $1 AND p.state = 'listed'
    AND (p.sold < $2 OR (p.sold = $2 AND p.id < $3)) ORDER BY p.sold DESC, p.id DESC LIMIT $4"
);
const BY_NEWEST: &str = item!(
    "FROM product p WHERE p.community_id = $1 AND p.state = 'listed'
    AND (p.created_at < $2 OR (p.created_at = $2 AND p.id < $3))
    ORDER BY p.created_at DESC, p.id DESC LIMIT $4"
);
const IN_CATEGORY: &str = item!(
    "FROM product p WHERE p.community_id = $1 AND p.state = 'listed'
    AND (p.category_id = $5 OR p.category_id IN (SELECT k.id FROM category k
      WHERE k.community_id = $1 AND k.parent_id = $5))
    AND (p.sold < $2 OR (p.sold = $2 AND p.id < $3)) ORDER BY p.sold DESC, p.id DESC LIMIT $4"
);
const ALL: &str =
    item!("FROM product p WHERE p.community_id = $1 AND p.id < $2 ORDER BY p.id DESC LIMIT $3");
const ONE_ITEM: &str = item!("FROM product p WHERE p.community_id = $1 AND p.id = $2");
const CATEGORIES: &str = "SELECT k.id, k.parent_id, k.name, (SELECT count(*) FROM product p
    WHERE p.community_id = k.community_id AND p.category_id = k.id AND p.state = 'listed')
    FROM category k WHERE k.community_id = $1 ORDER BY k.position, k.id";
const PRODUCT: &str = "SELECT p.id, p.handle, p.title, p.brief, p.story, p.brand, p.category_id,
    k.name, p.kind, p.look, p.options, p.state, p.returns, p.sold, p.rating_sum, p.rating_count,
    p.review_count, p.version, p.changed_at FROM product p
    LEFT JOIN category k ON k.community_id = p.community_id AND k.id = p.category_id
    WHERE p.community_id = $1 AND p.id = $2";
const VARIANTS: &str =
    "SELECT id, sku, choices, price, on_hand, held, sold, weight, barcode, state,
    version FROM variant WHERE community_id = $1 AND product_id = $2 ORDER BY position, id";
const TAGS: &str = "SELECT t.name FROM thing_tag g
    JOIN tag t ON t.community_id = g.community_id AND t.id = g.tag_id
    WHERE g.community_id = $1 AND g.kind = 'product' AND g.thing_id = $2 ORDER BY t.id";
const PICTURES: &str = "SELECT picture, alt FROM product_picture
    WHERE community_id = $1 AND product_id = $2 ORDER BY position";
const PRICES: &str = "SELECT h.variant_id, h.at, h.price FROM price_change h
    JOIN variant v ON v.community_id = h.community_id AND v.id = h.variant_id
    WHERE v.community_id = $1 AND v.product_id = $2 ORDER BY h.variant_id, h.at";
const JURISDICTION: &str = "SELECT jurisdiction FROM community WHERE id = $1";
const STOCK_CHANGES: &str = "SELECT s.at, s.qty, s.reason, s.note, m.name FROM stock_change s
    JOIN variant v ON v.community_id = s.community_id AND v.id = s.variant_id
    LEFT JOIN member m ON m.community_id = s.community_id AND m.id = s.by_member
    WHERE v.community_id = $1 AND v.product_id = $2 ORDER BY s.id DESC LIMIT 20";
const BY_HANDLE: &str = "SELECT id FROM product WHERE community_id = $1 AND handle = $2";

fn item(r: Row<'_>) -> Item {
    let low = r.opt_int(5).unwrap_or(0);
    Item {
        id: r.id(0),
        title: r.text(1),
        brief: r.text(2),
        look: r.text(3),
        picture: r.opt_text(4),
        price: low,
        several_prices: r.opt_int(6).unwrap_or(low) != low,
        on_hand: r.int(7),
        sold: r.int(8),
        rating_sum: r.int(9),
        rating_count: r.int(10),
        review_count: r.int(11),
        state: r.word(12, State::of),
        created_at: r.moment(13),
    }
}
/// Values of `choices` and `options`, parted by U+001F.
pub(super) fn parted(text: &str) -> Vec<String> {
    text.split('\u{1f}').filter(|t| !t.is_empty()).map(str::to_string).collect()
}

pub fn items(rx: &mut Rx<'_>, c: C, l: List) -> Result<Vec<Item>, Fault> {
    let (value, id) = l.after.map_or((i64::MAX, i64::MAX), |(value, id)| (value, id.raw()));
    match (l.category, l.order) {
        (Some(k), _) => rx.all(IN_CATEGORY, p![c, value, id, l.most, k], item),
        (None, Order::Sold) => rx.all(BY_SOLD, p![c, value, id, l.most], item),
        (None, Order::Newest) => rx.all(BY_NEWEST, p![c, value, id, l.most], item),
    }
}
pub fn item_of(rx: &mut Rx<'_>, c: C, product: Id<id::Product>) -> Result<Option<Item>, Fault> {
    rx.one(ONE_ITEM, p![c, product], item)
}

fn variant(r: Row<'_>) -> Variant {
    Variant {
        id: r.id(0),
        sku: r.text(1),
        choices: parted(&r.text(2)),
        price: r.int(3),
        list_price: None,
        was: None,
        on_hand: r.int(4),
        held: r.int(5),
        sold: r.int(6),
        weight: r.int(7),
        barcode: r.text(8),
        listed: r.text(9) == "listed",
        version: r.int(10),
    }
}
fn product_row(r: Row<'_>) -> Product {
    let category = r.opt_id(6).map(|id| (id, r.opt_text(7).unwrap_or_default()));
    Product {
        id: r.id(0),
        handle: r.text(1),
        title: r.text(2),
        brief: r.text(3),
        story: r.text(4),
        brand: r.text(5),
        category,
        kind: r.word(8, Kind::of),
        look: r.text(9),
        options: parted(&r.text(10)),
        state: r.word(11, State::of),
        returns: r.word(12, Returns::of),
        sold: r.int(13),
        rating_sum: r.int(14),
        rating_count: r.int(15),
        review_count: r.int(16),
        version: r.int(17),
        changed_at: r.moment(18),
        variants: Vec::new(),
        pictures: Vec::new(),
        tags: Vec::new(),
        jurisdiction: Jurisdiction::Other,
    }
}

/// A product with everything its page shows; archived variants are left out unless asked for.
pub fn product(
    rx: &mut Rx<'_>,
    c: C,
    id: Id<id::Product>,
    with_archived: bool,
) -> Result<Option<Product>, Fault> {
    let Some(mut product) = rx.one(PRODUCT, p![c, id], product_row)? else { return Ok(None) };
    product.variants = rx.all(VARIANTS, p![c, id], variant)?;
    product.variants.retain(|v| v.listed || with_archived);
    product.pictures = rx.all(PICTURES, p![c, id], |r| (r.text(0), r.text(1)))?;
    product.tags = rx.all(TAGS, p![c, id], |r| r.text(0))?;
    let code = rx.one(JURISDICTION, p![c], |r| r.text(0))?.unwrap_or_default();
    product.jurisdiction = Jurisdiction::of(&code).unwrap_or(Jurisdiction::Other);
    let window = product.jurisdiction.window_days();
    let prices = rx.all(PRICES, p![c, id], |r| {
        (r.id::<id::Variant>(0), Change { at: r.moment(1), price: r.int(2) })
    })?;
    for v in &mut product.variants {
        let of: Vec<Change> = prices.iter().filter(|p| p.0 == v.id).map(|p| p.1).collect();
        v.was = struck(&of, window);
    }
    Ok(Some(product))
}

/// When, how many, why, note, by whom.
pub type StockChange = (Moment, i64, String, String, Option<String>);

impl App {
    pub async fn products(&self, c: C, l: List) -> Result<Vec<Item>, Fault> {
        self.db.read(move |rx| items(rx, c, l)).await
    }
    /// Every product, newest first, for the console.
    pub async fn all_products(
        &self,
        c: C,
        before: Option<Id<id::Product>>,
        most: i64,
    ) -> Result<Vec<Item>, Fault> {
        let before = before.map_or(i64::MAX, Id::raw);
        self.db.read(move |rx| rx.all(ALL, p![c, before, most], item)).await
    }
    /// These products in this order; ones that are gone are left out.
    pub async fn products_of(&self, c: C, ids: Vec<Id<id::Product>>) -> Result<Vec<Item>, Fault> {
        let read = move |rx: &mut Rx<'_>| {
            let mut out = Vec::with_capacity(ids.len());
            for id in &ids {
                out.extend(item_of(rx, c, *id)?);
            }
            Ok(out)
        };
        self.db.read(read).await
    }
    pub async fn categories(&self, c: C) -> Result<Vec<Category>, Fault> {
        let read = move |rx: &mut Rx<'_>| {
            rx.all(CATEGORIES, p![c], |r| Category {
                id: r.id(0),
                parent: r.opt_id(1),
                name: r.text(2),
                products: r.int(3),
            })
        };
        self.db.read(read).await
    }
    pub async fn product(
        &self,
        c: C,
        id: Id<id::Product>,
        with_archived: bool,
    ) -> Result<Option<Product>, Fault> {
        self.db.read(move |rx| product(rx, c, id, with_archived)).await
    }
    pub async fn product_by_handle(
        &self,
        c: C,
        handle: &str,
    ) -> Result<Option<Id<id::Product>>, Fault> {
        let handle = handle.to_string();
        self.db.read(move |rx| rx.one(BY_HANDLE, p![c, &handle], |r| r.id(0))).await
    }
    pub async fn stock_changes(
        &self,
        c: C,
        id: Id<id::Product>,
    ) -> Result<Vec<StockChange>, Fault> {
        let row = |r: Row<'_>| (r.moment(0), r.int(1), r.text(2), r.text(3), r.opt_text(4));
        self.db.read(move |rx| rx.all(STOCK_CHANGES, p![c, id], row)).await
    }
}
