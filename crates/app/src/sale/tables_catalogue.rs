//! Writes of products, variants, stock and prices, and the reads their verbs decide by.
use crate::db::{Fault, Rx, Tx, Writes};
use crate::p;
use rules::base::{Id, Moment, id};
use rules::sale::price::Shipping;
use rules::sale::product::{NewProduct, NewVariant};

type C = Id<id::Community>;

/// A variant as an order sees it.
#[derive(Clone, Debug)]
pub struct Offer {
    pub variant: Id<id::Variant>,
    pub product: Id<id::Product>,
    pub title: String,
    pub choices: String,
    pub look: String,
    pub price: i64,
    /// The shop's price, where the buyer's tier pays less.
    pub list_price: Option<i64>,
    pub on_hand: i64,
    pub listed: bool,
}

/// A stored variant, as an import or edit compares it.
#[derive(Clone, Debug)]
pub struct Stored {
    pub id: Id<id::Variant>,
    pub sku: String,
    pub choices: String,
    pub price: i64,
    pub on_hand: i64,
    pub weight: i64,
    pub barcode: String,
    pub state: String,
}

const IN_CHINA: &str = "SELECT 1 FROM community
    WHERE id = $1 AND jurisdiction = 'CN' AND currency = 'CNY'";
const OFFER: &str = "SELECT v.id, v.product_id, p.title, v.choices, p.look, v.price, v.on_hand,
    p.state = 'listed' AND v.state = 'listed'
    FROM variant v JOIN product p ON p.community_id = v.community_id AND p.id = v.product_id
    WHERE v.community_id = $1 AND v.id = $2";
const TAKE: &str = "UPDATE variant SET on_hand = on_hand - $3, held = held + $3
    WHERE community_id = $1 AND id = $2 AND on_hand >= $3";
const BACK: &str = "UPDATE variant SET on_hand = on_hand + $3, held = held - $3
    WHERE community_id = $1 AND id = $2 AND held >= $3";
const SOLD: &str = "UPDATE variant SET held = held - $3, sold = sold + $3
    WHERE community_id = $1 AND id = $2 AND held >= $3";
const UNSOLD: &str = "UPDATE variant SET sold = sold - $3, on_hand = on_hand + $4,
    written_off = written_off + $5 WHERE community_id = $1 AND id = $2 AND sold >= $3";
const COUNT_SOLD: &str = "UPDATE product SET sold = sold + $3 WHERE community_id = $1 AND id = $2";
const RECEIVE: &str = "UPDATE variant SET on_hand = on_hand + $3, received = received + $3,
    version = version + 1 WHERE community_id = $1 AND id = $2";
const WRITE_OFF: &str = "UPDATE variant SET on_hand = on_hand - $3, written_off = written_off + $3,
    version = version + 1 WHERE community_id = $1 AND id = $2 AND on_hand >= $3";
const CHANGE: &str = "INSERT INTO stock_change (community_id, id, variant_id, qty, reason, note,
    by_member, at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8) ON CONFLICT DO NOTHING";
const BY_HANDLE: &str = "SELECT id FROM product WHERE community_id = $1 AND handle = $2";
const BY_ID: &str = "SELECT version, handle FROM product WHERE community_id = $1 AND id = $2";
const VARIANTS: &str =
    "SELECT id, sku, choices, price, on_hand, weight, barcode, state FROM variant
    WHERE community_id = $1 AND product_id = $2 ORDER BY position";
const SKU_ELSEWHERE: &str = "SELECT product_id FROM variant
    WHERE community_id = $1 AND sku = $2 AND product_id <> $3";
const PRODUCT: &str = "INSERT INTO product (community_id, id, handle, title, brief, story, brand,
    category_id, kind, look, options, state, returns, sold, rating_sum, rating_count, review_count,
    created_at, changed_at, version)
    VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,0,0,0,0,$14,$14,1)
    ON CONFLICT DO NOTHING";
const UPDATE: &str = "UPDATE product SET handle = $3, title = $4, brief = $5, story = $6,
    brand = $7, category_id = $8, kind = $9, look = $10, options = $11, state = $12, returns = $13,
    changed_at = $14, version = version + 1
    WHERE community_id = $1 AND id = $2 AND version = $15";
const VARIANT: &str = "INSERT INTO variant (community_id, id, product_id, sku, choices, price,
    on_hand, held, sold, written_off, received, weight, barcode, position, state, version)
    VALUES ($1,$2,$3,$4,$5,$6,$7,0,0,0,$7,$8,$9,$10,'listed',1) ON CONFLICT DO NOTHING";
const VARIANT_UPDATE: &str = "UPDATE variant SET choices = $3, price = $4, weight = $5,
    barcode = $6, position = $7, state = $8, version = version + 1
    WHERE community_id = $1 AND id = $2";
const PRICE_ENDS: &str = "UPDATE price_change SET until_at = $3
    WHERE community_id = $1 AND variant_id = $2 AND until_at IS NULL AND at < $3";
const PRICE: &str = "INSERT INTO price_change (community_id, variant_id, at, price)
    VALUES ($1,$2,$3,$4)
    ON CONFLICT (community_id, variant_id, at) DO UPDATE SET price = $4";
const CATEGORY: &str = "SELECT id FROM category
    WHERE community_id = $1 AND coalesce(parent_id, 0) = $2 AND name = $3";
const NEW_CATEGORY: &str = "INSERT INTO category (community_id, id, parent_id, name, position)
    VALUES ($1,$2,$3,$4,$5)";
const CATEGORIES: &str = "SELECT count(*) FROM category WHERE community_id = $1";
const PICTURES_GONE: &str = "DELETE FROM product_picture WHERE community_id = $1
    AND product_id = $2";
const PICTURE: &str = "INSERT INTO product_picture (community_id, product_id, position, picture,
    alt) VALUES ($1,$2,$3,$4,$5)";
const SHOP: &str = "SELECT shipping_fee, free_from FROM shop WHERE community_id = $1";
const SET_SHOP: &str = "INSERT INTO shop (community_id, shipping_fee, free_from, pay_hint)
    VALUES ($1,$2,$3,$4) ON CONFLICT (community_id) DO UPDATE
    SET shipping_fee = $2, free_from = $3, pay_hint = $4";
const IMPORTED: &str = "INSERT INTO import (community_id, digest, name, row_count, product_count,
    state, by_member, at) VALUES ($1,$2,$3,$4,$5,'done',$6,$7)
    ON CONFLICT (community_id, digest) DO UPDATE SET at = $7, by_member = $6";

const CHANGE_KNOWN: &str = "SELECT 1 FROM stock_change WHERE community_id = $1 AND id = $2";
const SAME: &str = "SELECT 1 FROM product p
    LEFT JOIN category k ON k.community_id = p.community_id AND k.id = p.category_id
    WHERE p.community_id = $1 AND p.id = $2 AND p.title = $3 AND p.brief = $4 AND p.story = $5
    AND p.brand = $6 AND p.kind = $7 AND p.look = $8 AND p.options = $9 AND p.state = $10
    AND p.returns = $11 AND coalesce(k.name, '') = $12";

pub fn stock_change_known(rx: &mut Rx<'_>, c: C, id: i64) -> Result<bool, Fault> {
    Ok(rx.one(CHANGE_KNOWN, p![c, id], |_| ())?.is_some())
}
pub fn says_the_same(
    rx: &mut Rx<'_>,
    c: C,
    id: Id<id::Product>,
    n: &NewProduct,
) -> Result<bool, Fault> {
    let options = joined(&n.options);
    let category = if n.category.is_empty() { &n.parent_category } else { &n.category };
    let args = p![
        c,
        id,
        &n.title,
        &n.brief,
        &n.story,
        &n.brand,
        n.kind.code(),
        &n.look,
        &options,
        n.state.code(),
        n.returns.code(),
        category
    ];
    Ok(rx.one(SAME, args, |_| ())?.is_some())
}

pub fn offer(rx: &mut Rx<'_>, c: C, variant: Id<id::Variant>) -> Result<Option<Offer>, Fault> {
    rx.one(OFFER, p![c, variant], |r| Offer {
        variant: r.id(0),
        product: r.id(1),
        title: r.text(2),
        choices: r.text(3),
        look: r.text(4),
        price: r.int(5),
        list_price: None,
        on_hand: r.int(6),
        listed: r.bool(7),
    })
}
/// Parcels of such a community go to a place on the list of divisions.
pub fn in_china(rx: &mut Rx<'_>, c: C) -> Result<bool, Fault> {
    Ok(rx.one(IN_CHINA, p![c], |_| ())?.is_some())
}
pub fn shipping(rx: &mut Rx<'_>, c: C) -> Result<Shipping, Fault> {
    let found = rx.one(SHOP, p![c], |r| Shipping { fee: r.int(0), free_from: r.int(1) })?;
    Ok(found.unwrap_or(Shipping { fee: 0, free_from: 0 }))
}
pub fn set_shop<R>(w: &mut Writes<R>, c: C, s: Shipping, pay_hint: &str) {
    w.put(SET_SHOP, p![c, s.fee, s.free_from, pay_hint]);
}

pub fn take_stock<R>(w: &mut Writes<R>, c: C, v: Id<id::Variant>, qty: i64, sold_out: R) {
    w.must(TAKE, p![c, v, qty], sold_out);
}
pub fn give_back_stock<R>(w: &mut Writes<R>, c: C, v: Id<id::Variant>, qty: i64, gone: R) {
    w.must(BACK, p![c, v, qty], gone);
}
pub fn sell_stock<R>(
    w: &mut Writes<R>,
    c: C,
    (product, v): (Id<id::Product>, Id<id::Variant>),
    qty: i64,
    gone: R,
) {
    w.must(SOLD, p![c, v, qty], gone);
    w.put(COUNT_SOLD, p![c, product, qty]);
}
/// Returned units go back on the shelf or are written off.
pub fn unsell_stock<R>(
    w: &mut Writes<R>,
    c: C,
    (product, v): (Id<id::Product>, Id<id::Variant>),
    qty: i64,
    restock: bool,
    gone: R,
) {
    let (back, off) = if restock { (qty, 0) } else { (0, qty) };
    w.must(UNSOLD, p![c, v, qty, back, off], gone);
    w.put(COUNT_SOLD, p![c, product, -qty]);
}
/// `qty` above zero arrives, below zero is written off.
pub fn change_stock<R>(w: &mut Writes<R>, c: C, v: Id<id::Variant>, qty: i64, too_few: R) {
    match qty {
        1.. => w.must(RECEIVE, p![c, v, qty], too_few),
        _ => w.must(WRITE_OFF, p![c, v, -qty], too_few),
    }
}
pub struct StockChange<'a> {
    pub id: i64,
    pub variant: Id<id::Variant>,
    pub qty: i64,
    pub reason: &'a str,
    pub note: &'a str,
    pub by: Option<Id<id::Member>>,
    pub at: Moment,
}
pub fn note_stock_change<R>(w: &mut Writes<R>, c: C, s: &StockChange<'_>, twice: R) {
    w.must(CHANGE, p![c, s.id, s.variant, s.qty, s.reason, s.note, s.by, s.at], twice);
}

pub fn product_by_handle(
    rx: &mut Rx<'_>,
    c: C,
    handle: &str,
) -> Result<Option<Id<id::Product>>, Fault> {
    rx.one(BY_HANDLE, p![c, handle], |r| r.id(0))
}
/// Version and handle.
pub fn product_version(
    rx: &mut Rx<'_>,
    c: C,
    product: Id<id::Product>,
) -> Result<Option<(i64, String)>, Fault> {
    rx.one(BY_ID, p![c, product], |r| (r.int(0), r.text(1)))
}
pub fn variants(rx: &mut Rx<'_>, c: C, product: Id<id::Product>) -> Result<Vec<Stored>, Fault> {
    rx.all(VARIANTS, p![c, product], |r| Stored {
        id: r.id(0),
        sku: r.text(1),
        choices: r.text(2),
        price: r.int(3),
        on_hand: r.int(4),
        weight: r.int(5),
        barcode: r.text(6),
        state: r.text(7),
    })
}
pub fn sku_elsewhere(
    rx: &mut Rx<'_>,
    c: C,
    sku: &str,
    product: Id<id::Product>,
) -> Result<bool, Fault> {
    Ok(rx.one(SKU_ELSEWHERE, p![c, sku, product], |r| r.int(0))?.is_some())
}

/// The category of that name under that parent, made when it is not there yet.
pub fn category(
    tx: &mut Tx<'_>,
    c: C,
    parent: Option<Id<id::Category>>,
    name: &str,
) -> Result<Option<Id<id::Category>>, Fault> {
    if name.is_empty() {
        return Ok(parent);
    }
    let under = parent.map_or(0, Id::raw);
    if let Some(found) = tx.one(CATEGORY, p![c, under, name], |r| r.id(0))? {
        return Ok(Some(found));
    }
    let position = tx.one(CATEGORIES, p![c], |r| r.int(0))?.unwrap_or(0);
    let id: Id<id::Category> = tx.mint();
    tx.exec(NEW_CATEGORY, p![c, id, parent, name, position])?;
    Ok(Some(id))
}
/// `choices` and `options` are stored as their values parted by U+001F, which no text can hold.
pub fn joined(values: &[String]) -> String {
    values.join("\u{1f}")
}
pub fn insert_product<R>(
    w: &mut Writes<R>,
    c: C,
    id: Id<id::Product>,
    n: &NewProduct,
    category: Option<Id<id::Category>>,
    at: Moment,
    taken: R,
) {
    let options = joined(&n.options);
    let args = p![
        c,
        id,
        &n.handle,
        &n.title,
        &n.brief,
        &n.story,
        &n.brand,
        category,
        n.kind.code(),
        &n.look,
        &options,
        n.state.code(),
        n.returns.code(),
        at
    ];
    w.must(PRODUCT, args, taken);
}
pub fn update_product<R>(
    w: &mut Writes<R>,
    c: C,
    (id, version): (Id<id::Product>, i64),
    n: &NewProduct,
    category: Option<Id<id::Category>>,
    at: Moment,
    changed: R,
) {
    let options = joined(&n.options);
    let args = p![
        c,
        id,
        &n.handle,
        &n.title,
        &n.brief,
        &n.story,
        &n.brand,
        category,
        n.kind.code(),
        &n.look,
        &options,
        n.state.code(),
        n.returns.code(),
        at,
        version
    ];
    w.must(UPDATE, args, changed);
}
pub fn insert_variant<R>(
    w: &mut Writes<R>,
    c: C,
    product: Id<id::Product>,
    (id, position): (Id<id::Variant>, i64),
    n: &NewVariant,
    taken: R,
) {
    let choices = joined(&n.choices);
    let args =
        p![c, id, product, &n.sku, &choices, n.price, n.stock, n.weight, &n.barcode, position];
    w.must(VARIANT, args, taken);
}
pub fn update_variant<R>(
    w: &mut Writes<R>,
    c: C,
    (id, position): (Id<id::Variant>, i64),
    n: &NewVariant,
    state: &str,
) {
    let choices = joined(&n.choices);
    w.put(VARIANT_UPDATE, p![c, id, &choices, n.price, n.weight, &n.barcode, position, state]);
}
/// The price from `at` on; the one before it ends there.
pub fn note_price<R>(w: &mut Writes<R>, c: C, v: Id<id::Variant>, at: Moment, price: i64) {
    w.put(PRICE_ENDS, p![c, v, at]);
    w.put(PRICE, p![c, v, at, price]);
}
pub fn set_pictures<R>(
    w: &mut Writes<R>,
    c: C,
    product: Id<id::Product>,
    all: &[(String, String)],
) {
    w.put(PICTURES_GONE, p![c, product]);
    for (i, (picture, alt)) in all.iter().enumerate() {
        w.put(PICTURE, p![c, product, i as i64, picture, alt]);
    }
}
pub struct Imported<'a> {
    pub digest: &'a str,
    pub name: &'a str,
    pub rows: i64,
    pub products: i64,
    pub by: Option<Id<id::Member>>,
    pub at: Moment,
}
pub fn note_import<R>(w: &mut Writes<R>, c: C, i: &Imported<'_>) {
    w.put(IMPORTED, p![c, i.digest, i.name, i.rows, i.products, i.by, i.at]);
}
