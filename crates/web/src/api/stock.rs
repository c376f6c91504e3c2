//! The catalogue as a file, and what stands on the shelf.
use super::ask::{Ask, Large};
use super::caller::{Caller, named};
use super::shapes::{Problem, unknown_word};
use crate::House;
use crate::reply::Sorry;
use crate::words::import_rows;
use app::sale::adjust_stock::{AdjustStock, Reason};
use app::sale::import_products;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use rules::base::id;
use rules::community::role::Right;
use rules::community::scope::Scope;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Bad rows told at once; the file is mended and sent again anyway.
const TOLD: usize = 200;

#[derive(Deserialize, ToSchema)]
pub struct CatalogueFile {
    /// What the file is called; for the list of imports.
    #[serde(default)]
    name: String,
    /// CSV with a header row: Shopify's product export, or our own columns.
    csv: String,
    /// Only check it.
    #[serde(default)]
    dry_run: bool,
}
#[derive(Serialize, ToSchema, Default)]
pub struct Imported {
    /// Rows of the file.
    rows: usize,
    /// Products in it.
    products: usize,
    added: usize,
    changed: usize,
    /// Products that were there just so.
    same: usize,
    /// Rows that cannot be taken. With any of them nothing is imported.
    errors: Vec<BadRow>,
}
#[derive(Serialize, ToSchema)]
pub struct BadRow {
    /// The line of the file, from 1.
    line: usize,
    /// A stable code.
    code: String,
    /// The column or value at fault.
    detail: String,
    /// A sentence in the caller's language.
    message: String,
}

/// Import products from CSV
///
/// All or nothing for the check; importing the same file again changes nothing.
#[utoipa::path(post, path = "/api/v1/communities/{community}/products/import",
    tag = "Products", operation_id = "import_products", request_body = CatalogueFile,
    params(("community" = String, Path)),
    responses((status = 200, body = Imported), (status = "4XX", body = Problem)))]
pub async fn import_products(
    State(house): State<House>,
    caller: Caller,
    Large(ask): Large<CatalogueFile>,
) -> Result<Response, Sorry> {
    let who = caller.staff(Scope::WriteProducts, Right::Catalogue)?;
    let currency = caller.place()?.currency;
    let import = async |_| {
        let bytes = ask.body.csv.as_bytes().to_vec();
        let checked = import_products::check(&bytes, currency).map_err(app::Stop::from)?;
        let mut out = Imported {
            rows: checked.rows,
            products: checked.products.len(),
            ..Imported::default()
        };
        for e in checked.errors.iter().take(TOLD) {
            let message = caller.lang.pick(import_rows::row_error(e)).to_string();
            let (code, detail) = (e.why.code().to_string(), e.detail.clone());
            out.errors.push(BadRow { line: e.line, code, detail, message });
        }
        if ask.body.dry_run || !out.errors.is_empty() {
            return Ok(out);
        }
        let file = (ask.body.name.clone(), bytes);
        let done = house.app.import_products(caller.now, who, file, currency, |_, _| {}).await?;
        Ok(Imported { added: done.added, changed: done.changed, same: done.same, ..out })
    };
    ask.once(&house, &caller, StatusCode::OK, import).await
}

#[derive(Deserialize, ToSchema)]
pub struct StockChange {
    /// Units that came (above zero) or went (below).
    #[schema(example = -3)]
    by: i64,
    /// `received`, `counted`, `damaged` or `lost`.
    #[schema(example = "counted")]
    reason: String,
    #[serde(default)]
    note: String,
}
#[derive(Serialize, ToSchema)]
pub struct Stock {
    /// Units that can be bought now.
    on_hand: i64,
}

/// Move the stock of a variant
#[utoipa::path(post, path = "/api/v1/communities/{community}/variants/{variant}/stock",
    tag = "Products", operation_id = "adjust_stock", request_body = StockChange,
    params(("community" = String, Path), ("variant" = String, Path)),
    responses((status = 200, body = Stock), (status = "4XX", body = Problem)))]
pub async fn adjust_stock(
    State(house): State<House>,
    caller: Caller,
    Path((_, variant)): Path<(String, String)>,
    ask: Ask<StockChange>,
) -> Result<Response, Sorry> {
    let who = caller.staff(Scope::WriteProducts, Right::Catalogue)?;
    let b = &ask.body;
    let variant = named::<id::Variant>(&variant)?;
    let reason = Reason::of(&b.reason).filter(|r| *r != Reason::Imported);
    let reason = reason.ok_or_else(|| unknown_word("reason", &b.reason))?;
    let adjust = async |number| {
        let cmd = AdjustStock { who, id: number, variant, by: b.by, reason, note: b.note.clone() };
        Ok(Stock { on_hand: house.app.adjust_stock(caller.now, cmd).await? })
    };
    ask.once(&house, &caller, StatusCode::OK, adjust).await
}
