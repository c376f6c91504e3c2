//! Import a catalogue file: read and checked whole first, then written product by product, each in
//! a transaction of its own. A file that was cut short is simply imported again: products are
//! known by their handle and variants by their SKU, so the second run ends where the first was
//! heading.
use super::save_product;
use super::tables_catalogue::{self as catalogue, Imported};
use crate::community::who::Who;
use crate::content::Terms;
use crate::db::{Fault, Tx, Writes};
use crate::digest::sha256;
use crate::{App, Stop};
use rules::base::{Currency, Id, Moment, id};
use rules::community::role::Right;
use rules::sale::import::{self, Reader, RowError};
use rules::sale::product::NewProduct;

/// Bytes of one file.
pub const MOST_BYTES: usize = 50 * 1024 * 1024;
/// Products of one transaction: callers beside it wait a few milliseconds, not seconds.
const CHUNK: usize = 20;

crate::refusals! {
    NotAllowed = "not_allowed",
    TooLarge = "file_too_large",
    NotUtf8 = "not_utf8",
    NotACatalogue = "not_a_catalogue",
    TooManyRows = "too_many_rows",
    /// `check` names the rows.
    BadRows = "bad_rows",
    /// Somebody edits the same product, or a SKU belongs to another one.
    Conflict = "import_conflict",
}

/// What a file would do.
#[derive(Clone, Debug)]
pub struct Checked {
    pub rows: usize,
    pub products: Vec<NewProduct>,
    pub errors: Vec<RowError>,
}

/// What an import did.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Done {
    pub added: usize,
    pub changed: usize,
    pub same: usize,
}

/// Reads a file without writing anything: the dry run.
pub fn check(bytes: &[u8], currency: Currency) -> Result<Checked, Refused> {
    if bytes.len() > MOST_BYTES {
        return Err(Refused::TooLarge);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| Refused::NotUtf8)?;
    let text = text.trim_start_matches('\u{feff}');
    let mut csv =
        csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(text.as_bytes());
    let mut records = csv.records();
    let header = records.next().and_then(Result::ok).ok_or(Refused::NotACatalogue)?;
    let header: Vec<String> = header.iter().map(str::to_string).collect();
    let columns = import::columns(&header).ok_or(Refused::NotACatalogue)?;
    let mut reader = Reader::new(columns, currency);
    let mut rows = 0;
    for record in records {
        let record = record.map_err(|_| Refused::NotACatalogue)?;
        rows += 1;
        if rows > import::ROWS {
            return Err(Refused::TooManyRows);
        }
        let line = record.position().map_or(rows + 1, |p| p.line() as usize);
        let cells: Vec<String> = record.iter().map(str::to_string).collect();
        reader.row(line, &cells);
    }
    Ok(match reader.end() {
        Ok(products) => Checked { rows, products, errors: Vec::new() },
        Err(errors) => Checked { rows, products: Vec::new(), errors },
    })
}

impl App {
    /// `told` hears how many products are done.
    pub async fn import_products(
        &self,
        now: Moment,
        who: Who,
        (name, bytes): (String, Vec<u8>),
        currency: Currency,
        told: impl Fn(usize, usize),
    ) -> Result<Done, Stop<Refused>> {
        if !who.rights.may(Right::Catalogue) {
            return Err(Refused::NotAllowed.into());
        }
        let checked = check(&bytes, currency)?;
        if !checked.errors.is_empty() {
            return Err(Refused::BadRows.into());
        }
        let (total, mut done) = (checked.products.len(), Done::default());
        let products = std::sync::Arc::new(checked.products);
        for from in (0..total).step_by(CHUNK) {
            let part = products.clone();
            let chunk = part.iter().skip(from).take(CHUNK);
            let terms: Vec<Terms> = chunk.map(save_product::terms).collect();
            let write = move |tx: &mut Tx<'_>| {
                let mut did = Done::default();
                for (product, terms) in part.iter().skip(from).zip(&terms) {
                    one(tx, who, (product, terms), &mut did)?;
                }
                Ok(did)
            };
            let did = self.db.write(now, write).await?;
            done.added += did.added;
            done.changed += did.changed;
            done.same += did.same;
            told((from + CHUNK).min(total), total);
        }
        let digest = sha256(&String::from_utf8_lossy(&bytes));
        let (rows, products) = (checked.rows as i64, total as i64);
        let note = move |tx: &mut Tx<'_>| {
            let (mut w, by) = (Writes::<Refused>::default(), Some(who.member));
            let at = tx.now();
            let imported = Imported { digest: &digest, name: &name, rows, products, by, at };
            catalogue::note_import(&mut w, who.community, &imported);
            tx.run(w)
        };
        self.db.write(now, note).await?;
        Ok(done)
    }
}

fn one(
    tx: &mut Tx<'_>,
    who: Who,
    (new, terms): (&NewProduct, &Terms),
    did: &mut Done,
) -> Result<(), Stop<Refused>> {
    let c = who.community;
    let known = catalogue::product_by_handle(tx, c, &new.handle)?;
    if let Some(id) = known
        && same(tx, c, id, new)?
    {
        did.same += 1;
        return Ok(());
    }
    let (id, version) = match known {
        Some(id) => (id, catalogue::product_version(tx, c, id)?.map(|v| v.0)),
        None => (tx.mint(), None),
    };
    let mut w = Writes::default();
    save_product::write(tx, &mut w, c, (id, version), (new, terms), Some(who.member))
        .and_then(|()| tx.run(w))
        .map_err(|stop| stop.map(|_| Refused::Conflict))?;
    match version {
        Some(_) => did.changed += 1,
        None => did.added += 1,
    }
    Ok(())
}

/// Whether a stored product says the same already; its stock is the shop's own business by now.
fn same(
    tx: &mut Tx<'_>,
    c: Id<id::Community>,
    id: Id<id::Product>,
    new: &NewProduct,
) -> Result<bool, Fault> {
    if !catalogue::says_the_same(tx, c, id, new)? {
        return Ok(false);
    }
    let stored = catalogue::variants(tx, c, id)?;
    let listed: Vec<_> = stored.iter().filter(|s| s.state == "listed").collect();
    Ok(listed.len() == new.variants.len()
        && new.variants.iter().all(|v| {
            listed.iter().any(|s| {
                s.sku == v.sku
                    && s.price == v.price
                    && s.weight == v.weight
                    && s.barcode == v.barcode
                    && s.choices == catalogue::joined(&v.choices)
            })
        }))
}
