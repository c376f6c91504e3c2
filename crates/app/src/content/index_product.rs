//! A product's words, kept in the transaction of the verb that changed it.
use super::tables_search;
use super::words::{self, Terms};
use crate::db::{Fault, Tx, Writes};
use rules::base::{Id, id};
use rules::content::search::{Field, Kind};

/// What a product is found by.
#[derive(Clone, Copy, Default, Debug)]
pub struct ProductWords<'a> {
    pub title: &'a str,
    pub brand: &'a str,
    pub keywords: &'a str,
    pub brief: &'a str,
    pub story: &'a str,
}

/// Made before the transaction: segmenting takes longer than writing.
pub fn product_terms(p: ProductWords<'_>) -> Terms {
    words::terms(&[
        (Field::Title, p.title),
        (Field::Brand, p.brand),
        (Field::Keywords, p.keywords),
        (Field::Brief, p.brief),
        (Field::Body, p.story),
    ])
}

pub fn index_product<R>(
    tx: &mut Tx<'_>,
    w: &mut Writes<R>,
    c: Id<id::Community>,
    product: Id<id::Product>,
    terms: &Terms,
) -> Result<(), Fault> {
    tables_search::index(tx, w, c, Kind::Product, product.raw(), terms)
}
/// A product that is not listed any more is not found any more.
pub fn unindex_product<R>(w: &mut Writes<R>, c: Id<id::Community>, product: Id<id::Product>) {
    tables_search::unindex(w, c, Kind::Product, product.raw());
}
