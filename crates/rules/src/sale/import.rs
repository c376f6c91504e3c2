//! Catalogue files: Shopify's two headers and our own, row by row into products.
//!
//! A file becomes products or a list of row errors; nothing is written here. Columns that are not
//! known are passed over, rows of one product stand together.
use super::price;
use super::product::{self, Kind, NewProduct, NewVariant, Returns, State};
use crate::base::Currency;
use crate::codes;
use std::collections::{HashMap, HashSet};

/// Rows in one file.
pub const ROWS: usize = 200_000;

codes! {
    pub enum BadRow {
        /// Neither a title nor a handle of the product above.
        NoTitle = "no_title",
        BadPrice = "bad_price",
        BadStock = "bad_stock",
        BadWeight = "bad_weight",
        BadProduct = "bad_product",
        HandleAgain = "handle_again",
        SkuAgain = "sku_again",
        TooManyColumns = "too_many_columns",
    }
}

/// A row that cannot be taken, with its line in the file (the header is line 1).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RowError {
    pub line: usize,
    pub why: BadRow,
    /// The column or value at fault.
    pub detail: String,
}

/// Where each known column stands.
pub struct Columns(HashMap<&'static str, usize>);

/// Our name, Shopify's classic name, Shopify's new name; compared without case.
const NAMES: [(&str, &[&str]); 26] = [
    ("handle", &["handle", "url handle"]),
    ("title", &["title"]),
    ("brief", &["brief", "seo description"]),
    ("story", &["story", "body (html)", "description"]),
    ("brand", &["brand", "vendor"]),
    ("category", &["category", "type"]),
    ("parent_category", &["parent_category"]),
    ("tags", &["tags"]),
    ("look", &["look", "google shopping / custom label 0"]),
    ("published", &["published", "published on online store"]),
    ("status", &["status"]),
    ("option1_name", &["option1_name", "option1 name"]),
    ("option1_value", &["option1_value", "option1 value"]),
    ("option2_name", &["option2_name", "option2 name"]),
    ("option2_value", &["option2_value", "option2 value"]),
    ("option3_name", &["option3_name", "option3 name"]),
    ("option3_value", &["option3_value", "option3 value"]),
    ("sku", &["sku", "variant sku"]),
    ("price", &["price", "variant price"]),
    ("stock", &["stock", "variant inventory qty", "inventory quantity"]),
    ("weight", &["weight", "variant grams", "weight value (grams)"]),
    ("barcode", &["barcode", "variant barcode"]),
    ("picture", &["image src", "product image url"]),
    ("picture_alt", &["image alt text"]),
    ("returns", &["returns"]),
    ("kind", &["kind"]),
];

/// Reads a header; `None` when it has neither a title nor a price and so is no catalogue.
pub fn columns(header: &[String]) -> Option<Columns> {
    let mut found = HashMap::new();
    for (i, cell) in header.iter().enumerate() {
        let cell = cell.trim().trim_start_matches('\u{feff}').to_lowercase();
        for (name, known) in NAMES {
            if known.contains(&cell.as_str()) {
                found.entry(name).or_insert(i);
            }
        }
    }
    (found.contains_key("title") && found.contains_key("price")).then_some(Columns(found))
}

impl Columns {
    fn get<'r>(&self, row: &'r [String], name: &str) -> &'r str {
        let cell = self.0.get(name).and_then(|i| row.get(*i));
        cell.map_or("", |c| c.trim())
    }
}

/// Collects rows into products.
pub struct Reader {
    columns: Columns,
    currency: Currency,
    now: Option<(usize, NewProduct)>,
    handles: HashSet<String>,
    skus: HashSet<String>,
    pub products: Vec<NewProduct>,
    pub errors: Vec<RowError>,
}

impl Reader {
    pub fn new(columns: Columns, currency: Currency) -> Reader {
        Reader {
            columns,
            currency,
            now: None,
            handles: HashSet::new(),
            skus: HashSet::new(),
            products: Vec::new(),
            errors: Vec::new(),
        }
    }
    fn no(&mut self, line: usize, why: BadRow, detail: &str) {
        self.errors.push(RowError { line, why, detail: crate::base::text::clip(detail, 80) });
    }
    /// Takes the next row of the file.
    pub fn row(&mut self, line: usize, row: &[String]) {
        if row.iter().all(|c| c.trim().is_empty()) {
            return;
        }
        let (title, handle) = (self.cell(row, "title"), self.cell(row, "handle"));
        let key = if handle.is_empty() { product::handle_of(&title) } else { handle };
        let key = key.to_lowercase();
        let same = self.now.as_ref().is_some_and(|(_, p)| p.handle == key || key.is_empty());
        if !same {
            self.close();
            if title.is_empty() {
                return self.no(line, BadRow::NoTitle, &key);
            }
            let product = self.product(row, key, title);
            self.now = Some((line, product));
        }
        self.variant(line, row);
    }
    /// Ends the file: the products, or every row error there is.
    pub fn end(mut self) -> Result<Vec<NewProduct>, Vec<RowError>> {
        self.close();
        if self.errors.is_empty() { Ok(self.products) } else { Err(self.errors) }
    }
    fn cell(&self, row: &[String], name: &str) -> String {
        self.columns.get(row, name).to_string()
    }
    fn product(&self, row: &[String], handle: String, title: String) -> NewProduct {
        let cell = |name| self.cell(row, name);
        let options = ["option1_name", "option2_name", "option3_name"]
            .map(cell)
            .into_iter()
            .filter(|o| !o.is_empty() && o != "Title")
            .collect();
        let hidden = cell("published").eq_ignore_ascii_case("false")
            || cell("status").eq_ignore_ascii_case("draft");
        let state = match cell("status").to_lowercase().as_str() {
            "archived" => State::Archived,
            _ if hidden => State::Draft,
            _ => State::Listed,
        };
        let tags = cell("tags");
        let tags = tags.split([',', ';', ' ', '，', '、']).map(str::trim);
        NewProduct {
            handle,
            title,
            brief: crate::base::text::clip(&cell("brief"), 199),
            story: plain(&cell("story")),
            brand: cell("brand"),
            parent_category: cell("parent_category"),
            category: cell("category"),
            tags: tags.filter(|t| !t.is_empty()).map(str::to_string).collect(),
            look: cell("look"),
            kind: Kind::of(&cell("kind")).unwrap_or(Kind::Goods),
            state,
            returns: Returns::of(&cell("returns")).unwrap_or(Returns::NoReason),
            options,
            variants: Vec::new(),
        }
    }
    fn variant(&mut self, line: usize, row: &[String]) {
        let price_text = self.cell(row, "price");
        let only_picture = price_text.is_empty() && !self.cell(row, "picture").is_empty();
        if only_picture {
            return; // Shopify's further pictures: only the handle and the picture columns
        }
        let Some(price) = price::price(&price_text, self.currency) else {
            return self.no(line, BadRow::BadPrice, &price_text);
        };
        let stock_text = self.cell(row, "stock");
        let Some(stock) = whole(&stock_text) else {
            return self.no(line, BadRow::BadStock, &stock_text);
        };
        let weight_text = self.cell(row, "weight");
        let weight = weight_text.split('.').next().unwrap_or("").to_string();
        let Some(weight) = whole(&weight) else {
            return self.no(line, BadRow::BadWeight, &weight_text);
        };
        let sku = self.cell(row, "sku").trim_start_matches('\'').to_string();
        if !sku.is_empty() && !self.skus.insert(sku.clone()) {
            return self.no(line, BadRow::SkuAgain, &sku);
        }
        let barcode = self.cell(row, "barcode").trim_start_matches('\'').to_string();
        let values = ["option1_value", "option2_value", "option3_value"].map(|n| self.cell(row, n));
        let Some((_, product)) = &mut self.now else { return };
        let choices = values.into_iter().take(product.options.len()).collect();
        product.variants.push(NewVariant { sku, choices, price, stock, weight, barcode });
    }
    fn close(&mut self) {
        let Some((line, draft)) = self.now.take() else { return };
        let handle = draft.handle.clone();
        if !self.handles.insert(handle.clone()) {
            return self.no(line, BadRow::HandleAgain, &handle);
        }
        if self.errors.last().is_some_and(|e| e.line >= line) && draft.variants.is_empty() {
            return; // its only rows were refused already
        }
        match product::check(draft) {
            Ok(product) => self.products.push(product),
            Err(field) => self.no(line, BadRow::BadProduct, field.code()),
        }
    }
}

/// An empty cell is none.
fn whole(text: &str) -> Option<i64> {
    if text.is_empty() { Some(0) } else { text.parse().ok().filter(|n| *n >= 0) }
}

/// The words of an HTML description: tags go, paragraphs and breaks become lines.
fn plain(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        let Some(end) = rest[at..].find('>') else {
            rest = &rest[at..];
            break;
        };
        let tag = rest[at + 1..at + end].trim_start_matches('/').to_ascii_lowercase();
        if ["p", "br", "li", "div", "h1", "h2", "h3", "h4", "tr"]
            .iter()
            .any(|t| tag.strip_prefix(t).is_some_and(|r| r.is_empty() || r.starts_with([' ', '/'])))
        {
            out.push('\n');
        }
        rest = &rest[at + end + 1..];
    }
    out.push_str(rest);
    const ENTITIES: [(&str, &str); 6] = [
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ];
    ENTITIES.iter().fold(out, |text, (from, to)| text.replace(from, to)).trim().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(csv: &str) -> Result<Vec<NewProduct>, Vec<RowError>> {
        let mut rows = csv
            .trim()
            .lines()
            .enumerate()
            .map(|(i, l)| (i + 1, l.trim().split('|').map(str::to_string).collect::<Vec<_>>()));
        let (_, header) = rows.next().expect("a header");
        let mut reader = Reader::new(columns(&header).expect("known columns"), Currency::Gbp);
        rows.for_each(|(line, row)| reader.row(line, &row));
        reader.end()
    }

    #[test]
    fn shopify_and_our_own_say_the_same() {
        let classic = "Handle|Title|Body (HTML)|Option1 Name|Option1 Value|Variant SKU|\
            Variant Price|Variant Inventory Qty|Image Src
            mug|Mug|<p>Warm.</p><p>Round &amp; blue</p>|Size|S|m-s|12.00|3|
            mug|||Size|L|m-l|15.50|0|
            mug|||||||| x.jpg
            soap|Soap||Title|Default Title||4||";
        let ours = "handle|title|story|option1_name|option1_value|sku|price|stock
            mug|Mug|Warm.\u{b}|Size|S|m-s|12|3
            mug|||Size|L|m-l|15.5|0
            soap|Soap|||||4|";
        let (a, b) = (read(classic).expect("fine"), read(ours).expect("fine"));
        assert_eq!(a[0].story, "Warm.\n\nRound & blue");
        assert_eq!((&a[0].variants, &a[1].variants), (&b[0].variants, &b[1].variants));
        assert_eq!(a[0].variants[1].price, 1550);
        assert_eq!(a[1].variants[0].choices, Vec::<String>::new());
    }

    #[test]
    fn every_bad_row_is_named() {
        let bad = "handle|title|price|stock|sku|option1_name|option1_value
            a|A|1|1|x||
            b|B|one|1|y||
            c|C|1|-1|z||
            |  |1|1|||
            d|D|1|1|x||
            a|A again|1|1|w||
            e|E|1|1|e1|Size|S
            e||2|1|e2|Size|S";
        let errors = read(bad).expect_err("errors");
        let got: Vec<(usize, &str)> = errors.iter().map(|e| (e.line, e.why.code())).collect();
        let want = [
            (3, "bad_price"),
            (4, "bad_stock"),
            (6, "sku_again"),
            (7, "handle_again"),
            (8, "bad_product"),
        ];
        assert_eq!(got, want);
    }
}
