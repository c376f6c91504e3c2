//! Products, their options and variants, as the catalogue takes them in.
use crate::base::{money, text};
use crate::codes;

codes! {
    pub enum Kind { Goods = "goods", Digital = "digital", Service = "service" }
}
codes! {
    pub enum State { Listed = "listed", Draft = "draft", Archived = "archived" }
}
codes! {
    /// No-reason return, or an exception from the closed list of the law.
    pub enum Returns {
        NoReason = "no_reason", Fresh = "fresh", Custom = "custom", Digital = "digital",
        Opened = "opened",
    }
}

/// At most so many of each.
pub const OPTIONS: usize = 3;
pub const VARIANTS: usize = 100;
pub const PICTURES: usize = 9;

/// One size and colour, as it comes in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewVariant {
    pub sku: String,
    /// One value per option, in the options' order.
    pub choices: Vec<String>,
    pub price: i64,
    pub stock: i64,
    /// Grams.
    pub weight: i64,
    pub barcode: String,
}

/// A product with its variants, as it comes in from a form, the API or a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewProduct {
    pub handle: String,
    pub title: String,
    pub brief: String,
    pub story: String,
    pub brand: String,
    pub parent_category: String,
    pub category: String,
    pub tags: Vec<String>,
    pub look: String,
    pub kind: Kind,
    pub state: State,
    pub returns: Returns,
    pub options: Vec<String>,
    pub variants: Vec<NewVariant>,
}

codes! {
    /// What is wrong with a product, by field.
    pub enum BadProduct {
        Handle = "handle", Title = "title", Brief = "brief", Story = "story", Brand = "brand",
        Category = "category", Options = "options", Variants = "variants", Sku = "sku",
        Choices = "choices", SameChoices = "same_choices", Price = "price", Stock = "stock",
        Weight = "weight",
    }
}

/// Cleans a product, or names its first bad field.
pub fn check(p: NewProduct) -> Result<NewProduct, BadProduct> {
    let opt = |t: &str, most: usize, no| match text::line(t) {
        t if t.chars().count() > most => Err(no),
        t => Ok(t),
    };
    let handle = handle(&p.handle).ok_or(BadProduct::Handle)?;
    let title = text::fit(text::line(&p.title), 120).map_err(|_| BadProduct::Title)?;
    let story = text::lines(&p.story);
    if story.chars().count() > 20_000 {
        return Err(BadProduct::Story);
    }
    if p.options.len() > OPTIONS || p.options.iter().any(|o| text::length(o) == 0) {
        return Err(BadProduct::Options);
    }
    if p.variants.is_empty() || p.variants.len() > VARIANTS {
        return Err(BadProduct::Variants);
    }
    let mut variants = Vec::with_capacity(p.variants.len());
    for v in &p.variants {
        variants.push(variant(v, p.options.len(), &handle, &variants)?);
    }
    Ok(NewProduct {
        handle,
        title,
        brief: opt(&p.brief, 200, BadProduct::Brief)?,
        story,
        brand: opt(&p.brand, 60, BadProduct::Brand)?,
        parent_category: opt(&p.parent_category, 40, BadProduct::Category)?,
        category: opt(&p.category, 40, BadProduct::Category)?,
        options: p.options.iter().map(|o| text::clip(&text::line(o), 40)).collect(),
        tags: p.tags.iter().map(|t| text::line(t)).filter(|t| !t.is_empty()).take(10).collect(),
        variants,
        ..p
    })
}

fn variant(
    v: &NewVariant,
    options: usize,
    handle: &str,
    before: &[NewVariant],
) -> Result<NewVariant, BadProduct> {
    let choices: Vec<String> = v.choices.iter().map(|c| text::line(c)).collect();
    if choices.len() != options || choices.iter().any(|c| c.is_empty() || c.chars().count() > 60) {
        return Err(BadProduct::Choices);
    }
    if before.iter().any(|b| b.choices == choices) {
        return Err(BadProduct::SameChoices);
    }
    let sku = match text::line(&v.sku) {
        s if s.is_empty() => format!("{handle}-{}", before.len() + 1),
        s => s,
    };
    if sku.chars().count() > 80 || before.iter().any(|b| b.sku == sku) {
        return Err(BadProduct::Sku);
    }
    if !(0..=money::MOST).contains(&v.price) {
        return Err(BadProduct::Price);
    }
    if !(0..=1_000_000_000).contains(&v.stock) {
        return Err(BadProduct::Stock);
    }
    if !(0..=100_000_000).contains(&v.weight) {
        return Err(BadProduct::Weight);
    }
    let barcode = text::clip(&text::line(&v.barcode), 40);
    Ok(NewVariant { sku, choices, barcode, ..v.clone() })
}

/// 1 to 100 letters, digits, dashes and underscores; Chinese letters are letters too.
pub fn handle(typed: &str) -> Option<String> {
    let h = text::line(typed).to_lowercase();
    let ok = (1..=100).contains(&h.chars().count())
        && h.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'));
    ok.then_some(h)
}

/// A handle for a product that came without one: letters and digits of the title, dashes between.
pub fn handle_of(title: &str) -> String {
    let mut out = String::new();
    for c in title.to_lowercase().chars() {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.ends_with('-') && !out.is_empty() {
            out.push('-');
        }
    }
    text::clip(out.trim_end_matches('-'), 90).trim_end_matches('…').to_string()
}
