//! Put a product on the shelf, or change it. Variants are matched by SKU: prices keep their
//! history, stock is never overwritten, what is missing from the new list is archived.
use super::tables_catalogue::{self as catalogue, StockChange, Stored};
use crate::community::who::Who;
use crate::content::{self, ProductWords, Terms};
use crate::db::{Tx, Writes};
use crate::facts::Fact;
use crate::{App, Stop, community, facts};
use rules::base::{Id, Moment, id};
use rules::community::role::Right;
use rules::community::tag::Thing;
use rules::sale::product::{self, BadProduct, NewProduct, NewVariant};

#[derive(Clone, Debug)]
pub struct SaveProduct {
    pub who: Who,
    /// Minted into the form for a new product.
    pub id: Id<id::Product>,
    /// The version the form was made from; `None` for a new product.
    pub version: Option<i64>,
    pub product: NewProduct,
    /// Stored pictures with their descriptions; `None` leaves them as they are.
    pub pictures: Option<Vec<(String, String)>>,
}

crate::refusals! {
    NotAllowed = "not_allowed",
    NoSuchProduct = "no_such_product",
    BadHandle = "bad_handle",
    BadTitle = "bad_title",
    BadText = "bad_text",
    BadOptions = "bad_options",
    BadVariants = "bad_variants",
    BadPrice = "bad_price",
    BadStock = "bad_stock",
    HandleTaken = "handle_taken",
    SkuTaken = "sku_taken",
    TooManyPictures = "too_many_pictures",
    ChangedMeanwhile = "changed_meanwhile",
}

impl From<BadProduct> for Refused {
    fn from(bad: BadProduct) -> Self {
        use BadProduct as B;
        match bad {
            B::Handle => Refused::BadHandle,
            B::Title => Refused::BadTitle,
            B::Brief | B::Story | B::Brand | B::Category => Refused::BadText,
            B::Options => Refused::BadOptions,
            B::Variants | B::Sku | B::Choices | B::SameChoices | B::Weight => Refused::BadVariants,
            B::Price => Refused::BadPrice,
            B::Stock => Refused::BadStock,
        }
    }
}

impl App {
    pub async fn save_product(
        &self,
        now: Moment,
        s: SaveProduct,
    ) -> Result<Id<id::Product>, Stop<Refused>> {
        if !s.who.rights.may(Right::Catalogue) {
            return Err(Refused::NotAllowed.into());
        }
        let clean = product::check(s.product.clone()).map_err(Refused::from)?;
        if s.pictures.as_ref().is_some_and(|p| p.len() > product::PICTURES) {
            return Err(Refused::TooManyPictures.into());
        }
        let s = SaveProduct { product: clean, ..s };
        let terms = terms(&s.product);
        self.db.write(now, move |tx| save(tx, &s, &terms)).await
    }
}

fn save(tx: &mut Tx<'_>, s: &SaveProduct, terms: &Terms) -> Result<Id<id::Product>, Stop<Refused>> {
    let c = s.who.community;
    let before = catalogue::product_version(tx, c, s.id)?;
    match (&before, s.version) {
        (None, Some(_)) => return Err(Refused::NoSuchProduct.into()),
        // the same new product sent twice
        (Some((1, handle)), None) if *handle == s.product.handle => return Ok(s.id),
        (Some(_), None) => return Err(Refused::ChangedMeanwhile.into()),
        (Some((now, _)), Some(then)) if *now != then => {
            return Err(Refused::ChangedMeanwhile.into());
        }
        _ => {}
    }
    let mut w = Writes::default();
    let by = Some(s.who.member);
    write(tx, &mut w, c, (s.id, before.map(|b| b.0)), (&s.product, terms), by)?;
    if let Some(pictures) = &s.pictures {
        catalogue::set_pictures(&mut w, c, s.id, pictures);
    }
    tx.run(w)?;
    Ok(s.id)
}

/// What the search finds a product by; made before the transaction.
pub(super) fn terms(p: &NewProduct) -> Terms {
    let keywords = format!("{} {} {}", p.tags.join(" "), p.category, p.parent_category);
    let (title, brand, brief, story) = (&p.title, &p.brand, &p.brief, &p.story);
    content::product_terms(ProductWords { title, brand, keywords: &keywords, brief, story })
}

/// Writes one clean product; also used by the import. `version` is `None` for a new one.
pub(super) fn write(
    tx: &mut Tx<'_>,
    w: &mut Writes<Refused>,
    c: Id<id::Community>,
    (id, version): (Id<id::Product>, Option<i64>),
    (new, terms): (&NewProduct, &Terms),
    by: Option<Id<id::Member>>,
) -> Result<(), Stop<Refused>> {
    if catalogue::product_by_handle(tx, c, &new.handle)?.is_some_and(|other| other != id) {
        return Err(Refused::HandleTaken.into());
    }
    let parent = catalogue::category(tx, c, None, &new.parent_category)?;
    let category = catalogue::category(tx, c, parent, &new.category)?;
    let now = tx.now();
    let kind = match version {
        None => {
            catalogue::insert_product(w, c, id, new, category, now, Refused::HandleTaken);
            "product_added"
        }
        Some(v) => {
            let changed = Refused::ChangedMeanwhile;
            catalogue::update_product(w, c, (id, v), new, category, now, changed);
            "product_changed"
        }
    };
    let stored = catalogue::variants(tx, c, id)?;
    for (i, variant) in new.variants.iter().enumerate() {
        if catalogue::sku_elsewhere(tx, c, &variant.sku, id)? {
            return Err(Refused::SkuTaken.into());
        }
        match stored.iter().find(|s| s.sku == variant.sku) {
            Some(old) => change_variant(w, c, old, (i, variant), now),
            None => add_variant(tx, w, c, id, (i, variant), by),
        }
    }
    for old in stored.iter().filter(|s| new.variants.iter().all(|v| v.sku != s.sku)) {
        archive_variant(w, c, old);
    }
    let tags = community::tags_named(tx, c, &new.tags)?;
    community::tag_thing(w, c, Thing::Product, id.raw(), &tags);
    match new.state {
        product::State::Listed => content::index_product(tx, w, c, id, terms)?,
        _ => content::unindex_product(w, c, id),
    }
    facts::write(tx, w, c, Fact { kind, subject: id.raw(), actor: by, body: "{}" });
    Ok(())
}

fn add_variant(
    tx: &Tx<'_>,
    w: &mut Writes<Refused>,
    c: Id<id::Community>,
    product: Id<id::Product>,
    (position, new): (usize, &NewVariant),
    by: Option<Id<id::Member>>,
) {
    let (id, at) = (tx.mint::<id::Variant>(), tx.now());
    let place = (id, position as i64);
    catalogue::insert_variant(w, c, product, place, new, Refused::SkuTaken);
    catalogue::note_price(w, c, id, at, new.price);
    if new.stock > 0 {
        let (number, qty) = (tx.mint::<()>().raw(), new.stock);
        let change =
            StockChange { id: number, variant: id, qty, reason: "received", note: "", by, at };
        catalogue::note_stock_change(w, c, &change, Refused::BadStock);
    }
}

fn change_variant(
    w: &mut Writes<Refused>,
    c: Id<id::Community>,
    old: &Stored,
    (position, new): (usize, &NewVariant),
    at: Moment,
) {
    catalogue::update_variant(w, c, (old.id, position as i64), new, "listed");
    if old.price != new.price {
        catalogue::note_price(w, c, old.id, at, new.price);
    }
}

fn archive_variant(w: &mut Writes<Refused>, c: Id<id::Community>, old: &Stored) {
    let choices = old.choices.split('\u{1f}').filter(|c| !c.is_empty());
    let as_it_was = NewVariant {
        sku: old.sku.clone(),
        choices: choices.map(str::to_string).collect(),
        price: old.price,
        stock: old.on_hand,
        weight: old.weight,
        barcode: old.barcode.clone(),
    };
    catalogue::update_variant(w, c, (old.id, 999), &as_it_was, "archived");
}
