//! The form of a product: its fields as typed, and the product they make.
use super::frame::{No, unfit};
use super::product_pictures;
use crate::form::Form;
use crate::reply::said;
use crate::ui::field::{Field, text, textarea};
use crate::ui::{Around, Choice, button, card, card_head, choice_chips, select};
use crate::who::Here;
use crate::words::states::{product_state, returns};
use app::community::views::TagRow;
use app::sale::save_product::Refused;
use app::sale::views_catalogue::{Category, Product};
use maud::{Markup, html};
use rules::base::Money;
use rules::sale::price;
use rules::sale::product::{self, Kind, NewProduct, NewVariant, Returns, State, VARIANTS};

/// Blank rows at the end, to add variants without script.
const BLANK: usize = 3;
/// Between options, and between a variant's choices.
const SEAM: &str = " / ";

/// Names and values, from a stored product or from a form that was refused.
pub struct Typed(Vec<(String, String)>);

impl Typed {
    pub fn of(form: &Form) -> Typed {
        Typed(form.pairs().map(|(n, v)| (n.to_string(), v.to_string())).collect())
    }
    pub fn blank() -> Typed {
        let fields = [("state", "draft"), ("kind", "goods"), ("returns", "no_reason")];
        Typed(fields.iter().map(|(n, v)| ((*n).to_string(), (*v).to_string())).collect())
    }
    pub fn stored(here: &Here, p: &Product, categories: &[Category]) -> Typed {
        let known = |id| categories.iter().find(|k| k.id == id);
        let category = p.category.as_ref();
        let parent = category.and_then(|c| known(c.0)).and_then(|k| k.parent).and_then(known);
        let mut all: Vec<(String, String)> = Vec::new();
        let mut put = |name: &str, value: &str| all.push((name.into(), value.into()));
        put("version", &p.version.to_string());
        put("handle", &p.handle);
        put("title", &p.title);
        put("brief", &p.brief);
        put("story", &p.story);
        put("brand", &p.brand);
        put("category", category.map_or("", |c| &c.1));
        put("parent_category", parent.map_or("", |k| &k.name));
        put("kind", p.kind.code());
        put("state", p.state.code());
        put("returns", p.returns.code());
        put("look", &p.look);
        put("options", &p.options.join(SEAM));
        for tag in &p.tags {
            put("tag", tag);
        }
        for (i, (picture, alt)) in p.pictures.iter().enumerate() {
            put(&format!("picture_{i}"), picture);
            put(&format!("alt_{i}"), alt);
        }
        for (i, v) in p.variants.iter().enumerate() {
            let amount = Money::new(v.price, here.place.currency).decimal();
            put(&format!("known_{i}"), &v.on_hand.to_string());
            put(&format!("sku_{i}"), &v.sku);
            put(&format!("choices_{i}"), &v.choices.join(SEAM));
            put(&format!("price_{i}"), &amount);
            put(&format!("weight_{i}"), &v.weight.to_string());
            put(&format!("barcode_{i}"), &v.barcode);
            if v.listed {
                put(&format!("keep_{i}"), "on");
            }
        }
        Typed(all)
    }
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v.trim())
    }
    pub fn put(&mut self, name: &str, value: &str) {
        self.0.push((name.into(), value.into()));
    }
    pub fn all<'t>(&'t self, name: &'t str) -> impl Iterator<Item = &'t str> {
        self.0.iter().filter(move |(n, _)| n == name).map(|(_, v)| v.trim())
    }
    fn cell(&self, name: &str, row: usize) -> &str {
        self.get(&format!("{name}_{row}"))
    }
    fn known(&self, row: usize) -> bool {
        !self.cell("known", row).is_empty()
    }
    /// Rows somebody wrote in; a row with nothing but blanks is none.
    fn used(&self, row: usize) -> bool {
        let cells = ["sku", "choices", "price", "stock", "barcode"];
        self.known(row) || cells.iter().any(|c| !self.cell(c, row).is_empty())
    }
    fn rows(&self) -> usize {
        (0..VARIANTS).rev().find(|i| self.used(*i)).map_or(0, |last| last + 1)
    }
    pub fn version(&self) -> Option<i64> {
        self.get("version").parse().ok()
    }
}

fn seamed(text: &str) -> Vec<String> {
    let parts = text.split('/').map(str::trim).filter(|t| !t.is_empty());
    parts.map(str::to_string).collect()
}

/// One choice for each option; a choice may hold a slash when it cannot be mistaken.
fn choices(text: &str, options: usize) -> Vec<String> {
    match options {
        0 => Vec::new(),
        1 => vec![text.to_string()],
        n => {
            let spaced: Vec<String> = text.split(SEAM).map(|t| t.trim().to_string()).collect();
            if spaced.len() == n { spaced } else { seamed(text) }
        }
    }
}

/// The product the fields make, or which of them is wrong.
pub fn product(here: &Here, t: &Typed) -> Result<NewProduct, No> {
    let options = seamed(t.get("options"));
    let mut variants = Vec::new();
    for row in (0..t.rows()).filter(|i| t.used(*i)) {
        if t.known(row) && t.cell("keep", row) != "on" {
            continue; // what is left out is archived
        }
        variants.push(variant(here, t, row, options.len())?);
    }
    let title = t.get("title").to_string();
    let handle = match t.get("handle") {
        "" => product::handle_of(&title),
        typed => typed.to_string(),
    };
    Ok(NewProduct {
        handle,
        title,
        brief: t.get("brief").to_string(),
        story: t.get("story").to_string(),
        brand: t.get("brand").to_string(),
        parent_category: t.get("parent_category").to_string(),
        category: t.get("category").to_string(),
        tags: t.all("tag").filter(|t| !t.is_empty()).map(str::to_string).collect(),
        look: t.get("look").to_string(),
        kind: Kind::of(t.get("kind")).unwrap_or(Kind::Goods),
        state: State::of(t.get("state")).unwrap_or(State::Draft),
        returns: Returns::of(t.get("returns")).unwrap_or(Returns::NoReason),
        options,
        variants,
    })
}

fn variant(here: &Here, t: &Typed, row: usize, options: usize) -> Result<NewVariant, No> {
    let bad = |why: Refused| No {
        status: axum::http::StatusCode::UNPROCESSABLE_ENTITY,
        text: said(why, here.lang),
    };
    let whole = |name: &str| match t.cell(name, row) {
        "" => Some(0),
        text => text.parse::<i64>().ok().filter(|n| *n >= 0),
    };
    let price = price::price(t.cell("price", row), here.place.currency);
    let weight = whole("weight").ok_or_else(|| {
        let says = ["重量请填整数克", "重量請填整數克", "Enter the weight in whole grams."];
        unfit(here, says)
    })?;
    Ok(NewVariant {
        sku: t.cell("sku", row).to_string(),
        choices: choices(t.cell("choices", row), options),
        price: price.ok_or_else(|| bad(Refused::BadPrice))?,
        stock: whole("stock").ok_or_else(|| bad(Refused::BadStock))?,
        weight,
        barcode: t.cell("barcode", row).to_string(),
    })
}

/// All fields, with a save button at the end.
pub fn fields(here: &Here, action: &str, id: &str, t: &Typed, tags: &[TagRow]) -> Markup {
    html! {
        form method="post" action=(action) class="steps" id="product"
            enctype="multipart/form-data" {
            input type="hidden" name="id" value=(id);
            input type="hidden" name="version" value=(t.get("version"));
            input type="hidden" name="look" value=(t.get("look"));
            (card(words(here, t)))
            (card(product_pictures::fields(here, t)))
            (card(kinds(here, t, tags)))
            section class="card" { (variants(here, t)) }
            div class="row" {
                (button(here.pick(["保存", "儲存", "Save"])).primary().submit())
            }
        }
    }
}

fn words(here: &Here, t: &Typed) -> Markup {
    let field = |name: &'static str, all: [&'static str; 3]| -> Field<'_> {
        text(name, here.pick(all), t.get(name))
    };
    let hint = here.pick([
        "空着就从商品名来；链接里会用到",
        "空著就從商品名來；連結裡會用到",
        "Left empty it comes from the title; links contain it.",
    ]);
    html! {
        (card_head(here.pick(["说清楚是什么", "說清楚是什麼", "What it is"])))
        div class="fields" {
            (field("title", ["商品名", "商品名", "Title"]).most(120).required().full())
            (field("brief", ["一句话", "一句話", "In one sentence"]).most(200).full())
            (textarea("story", here.pick(["故事：从哪来、怎么做、怎么用", "故事：從哪來、怎麼做、怎麼用",
                "Story: where from, how made, how used"]), t.get("story")).full())
            (field("brand", ["品牌", "品牌", "Brand"]).most(60))
            (field("handle", ["网址名", "網址名", "Name in links"]).most(100).hint(hint))
            (field("parent_category", ["大类", "大類", "Main category"]).most(40))
            (field("category", ["小类", "小類", "Category"]).most(40).hint(
                here.pick(["没有就会新建", "沒有就會新增", "Made if there is none."])))
        }
    }
}

fn kinds(here: &Here, t: &Typed, tags: &[TagRow]) -> Markup {
    // what somebody tagged it with before stays in sight, though the list is cut
    let on = |tag: &TagRow| t.all("tag").any(|name| name == tag.name);
    let tags: Vec<Choice<'_>> = tags
        .iter()
        .enumerate()
        .filter(|(i, tag)| *i < 60 || on(tag))
        .map(|(_, tag)| Choice::new(&tag.name, &tag.name, on(tag)))
        .collect();
    let label = here.pick(["标签（最多 10 个）", "標籤（最多 10 個）", "Tags (up to 10)"]);
    let hint = here.pick([
        "选了同样标签的成员会先看到它",
        "選了同樣標籤的成員會先看到它",
        "Members with the same tags are shown it first.",
    ]);
    let kind = |k: Kind| {
        here.pick(match k {
            Kind::Goods => ["实物", "實物", "Goods"],
            Kind::Digital => ["数字商品", "數位商品", "Digital"],
            Kind::Service => ["服务", "服務", "Service"],
        })
    };
    let kinds: Vec<Choice<'_>> = Kind::ALL
        .iter()
        .map(|k| Choice::new(k.code(), kind(*k), t.get("kind") == k.code()))
        .collect();
    let states: Vec<Choice<'_>> = State::ALL
        .iter()
        .map(|s| Choice::new(s.code(), product_state(here.lang, *s), t.get("state") == s.code()))
        .collect();
    let named: Vec<(Returns, String)> =
        Returns::ALL.iter().map(|r| (*r, returns(here.lang, *r, 7))).collect();
    let named: Vec<Choice<'_>> = named
        .iter()
        .map(|(r, text)| Choice::new(r.code(), text, t.get("returns") == r.code()))
        .collect();
    html! {
        (card_head(here.pick(["怎么卖", "怎麼賣", "How it is sold"])))
        div class="fields" {
            (select(Around::new("state", here.pick(["状态", "狀態", "State"])), None, &states))
            (select(Around::new("kind", here.pick(["种类", "種類", "Kind"])), None, &kinds))
            (select(Around::new("returns", here.pick(["退货", "退貨", "Returns"])), None, &named))
        }
        @if !tags.is_empty() {
            (choice_chips(Around::new("tag", label).hint(hint), &tags, true))
        }
    }
}

fn variants(here: &Here, t: &Typed) -> Markup {
    let hint = here.pick([
        "用 / 分开，例如 颜色 / 尺码；只有一种就空着",
        "用 / 分開，例如 顏色 / 尺碼；只有一種就空著",
        "Parted by /, such as Colour / Size. Leave it empty when there is only one.",
    ]);
    let heads: [[&str; 3]; 7] = [
        ["在卖", "在賣", "Sold"],
        ["规格", "規格", "Choices"],
        ["货号", "貨號", "SKU"],
        ["价格", "價格", "Price"],
        ["库存", "庫存", "Stock"],
        ["克", "克", "Grams"],
        ["条码", "條碼", "Barcode"],
    ];
    let rows = (t.rows() + BLANK).min(VARIANTS);
    html! {
        (card_head(here.pick(["规格和价格", "規格和價格", "Variants and prices"])))
        (text("options", here.pick(["有哪些选项", "有哪些選項", "Options"]), t.get("options"))
            .most(130).hint(hint))
        div class="scroll-x" {
            table class="grid -cards" {
                caption class="sr" { (here.pick(["规格", "規格", "Variants"])) }
                thead { tr { @for h in heads { th scope="col" { (here.pick(h)) } } } }
                tbody { @for row in 0..rows { (variant_row(here, t, row, &heads)) } }
            }
        }
        p class="note" { (here.pick([
            "空行不会保存；取消“在卖”就下架这个规格。已有规格的库存在商品页改。",
            "空行不會儲存；取消「在賣」就下架這個規格。已有規格的庫存在商品頁改。",
            "Empty rows are not kept. Unticked variants are archived. \
             Stock of known variants is changed on the product's page."])) }
    }
}

fn variant_row(here: &Here, t: &Typed, row: usize, heads: &[[&'static str; 3]; 7]) -> Markup {
    let head = |k: usize| here.pick(heads[k]);
    let label = |k: usize| format!("{} {}", head(k), row + 1);
    let input = |name: &str, k: usize, mode: Option<&str>, size: u32| {
        let name = format!("{name}_{row}");
        html! {
            input class="input" name=(name) value=(t.get(&name)) aria-label=(label(k))
                inputmode=[mode] size=(size) autocomplete="off";
        }
    };
    let known = t.known(row);
    html! {
        tr {
            td {
                @if known {
                    input type="hidden" name={ "known_" (row) } value=(t.cell("known", row));
                    label class="hit" {
                        input class="tick" type="checkbox" name={ "keep_" (row) } value="on"
                            checked[t.cell("keep", row) == "on"] aria-label=(label(0));
                    }
                } @else { span class="note" { (here.pick(["新", "新", "new"])) } }
            }
            td data-head=(head(1)) { (input("choices", 1, None, 14)) }
            td data-head=(head(2)) {
                @if known {
                    input type="hidden" name={ "sku_" (row) } value=(t.cell("sku", row));
                    span class="mono" { (t.cell("sku", row)) }
                } @else { (input("sku", 2, None, 12)) }
            }
            td data-head=(head(3)) { (input("price", 3, Some("decimal"), 8)) }
            td data-head=(head(4)) {
                @if known { (t.cell("known", row)) }
                @else { (input("stock", 4, Some("numeric"), 6)) }
            }
            td data-head=(head(5)) { (input("weight", 5, Some("numeric"), 6)) }
            td data-head=(head(6)) { (input("barcode", 6, None, 14)) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{choices, seamed};

    #[test]
    fn choices_keep_their_slashes() {
        let table: [(&str, usize, &[&str]); 5] = [
            ("红 / L", 2, &["红", "L"]),
            ("红/L", 2, &["红", "L"]),
            ("1/2 / 大", 2, &["1/2", "大"]),
            ("1/2 杯", 1, &["1/2 杯"]),
            ("", 0, &[]),
        ];
        for (text, options, want) in table {
            assert_eq!(choices(text, options), want, "{text}");
        }
        assert_eq!(seamed(" 颜色 /尺码/ "), ["颜色", "尺码"]);
    }
}
