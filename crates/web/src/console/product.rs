//! One product at the desk: its variants with price and stock in place, and its editor.
use super::frame::{self, No, Show, Spot, at, news, no, see, unfit};
use super::product_form::{self, Typed};
use super::products::state_tag;
use super::{product_pictures, product_stock, product_tiers};
use crate::House;
use crate::form::Form;
use crate::reply::Sorry;
use crate::ui::fragment::HEADER;
use crate::ui::{Icon, Tone, button, card, card_head, fragment};
use crate::who::Here;
use crate::words::format::number;
use app::community::who::Who;
use app::sale::adjust_stock::{AdjustStock, Reason};
use app::sale::save_product::SaveProduct;
use app::sale::views_catalogue::{Product, Variant};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use maud::{Markup, Render, html};
use rules::base::{Id, Money, id};
use rules::community::role::Right;
use rules::sale::price;
use rules::sale::product::{NewProduct, NewVariant, State as Shelf};

type Of = Path<(String, String)>;
type Answer = Result<Response, Sorry>;

fn above(here: &Here) -> [(&'static str, &'static str); 1] {
    [(here.pick(["商品", "商品", "Products"]), "/products")]
}

/// The editor of a product that is not there yet.
pub async fn new(State(house): State<House>, here: Here) -> Result<Markup, Sorry> {
    let who = here.may(Right::Catalogue)?;
    let id: Id<id::Product> = house.app.mint(here.now);
    editor(&house, &here, who, id, &Typed::blank(), None).await
}

pub async fn page(
    State(house): State<House>,
    here: Here,
    Path((_, product)): Of,
    form: Form,
) -> Result<Markup, Sorry> {
    let who = here.may(Right::Catalogue)?;
    let id: Id<id::Product> = Id::parse(&product).ok_or(Sorry::NotFound)?;
    if form.has("edit") {
        let stored = stored(&house, who, id).await?;
        let categories = house.app.categories(who.community).await?;
        let typed = Typed::stored(&here, &stored, &categories);
        return editor(&house, &here, who, id, &typed, None).await;
    }
    overview(&house, &here, who, id, &form, None).await
}

async fn stored(house: &House, who: Who, id: Id<id::Product>) -> Result<Product, Sorry> {
    house.app.product(who.community, id, true).await?.ok_or(Sorry::NotFound)
}

async fn editor(
    house: &House,
    here: &Here,
    who: Who,
    id: Id<id::Product>,
    typed: &Typed,
    no: Option<No>,
) -> Result<Markup, Sorry> {
    let path = format!("/products/{id}");
    let title = match typed.version() {
        Some(_) => here.pick(["编辑商品", "編輯商品", "Edit product"]),
        None => here.pick(["新建商品", "新增商品", "New product"]),
    };
    let tags = house.app.community_tags(who.community).await?;
    let body = html! {
        (news(here, no, ""))
        (product_form::fields(here, &at(here, &path), &id.to_string(), typed, &tags))
    };
    let mut above = above(here).to_vec();
    if typed.version().is_some() {
        above.push((typed.get("title"), &path));
    }
    let show = Show { above: &above, ..Show::new(Spot::Products, title) };
    frame::show(house, here, who, show, body).await
}

pub async fn save(
    State(house): State<House>,
    here: Here,
    Path((_, product)): Of,
    form: Form,
) -> Answer {
    let who = here.may(Right::Catalogue)?;
    let id: Id<id::Product> = Id::parse(&product).ok_or(Sorry::NotFound)?;
    let mut typed = Typed::of(&form);
    let bad_picture = product_pictures::take(&house, &here, &form, &mut typed).await?;
    let refused = match (bad_picture, product_form::product(&here, &typed)) {
        (Some(bad), _) | (None, Err(bad)) => bad,
        (None, Ok(product)) => {
            let pictures = product_pictures::chosen(&typed);
            let save = SaveProduct { who, id, version: typed.version(), product, pictures };
            match house.app.save_product(here.now, save).await {
                Ok(_) => return Ok(see(&at(&here, &format!("/products/{id}?done=saved")))),
                Err(stop) => no(&here, stop)?,
            }
        }
    };
    let page = editor(&house, &here, who, id, &typed, Some(refused)).await?;
    Ok((refused.status, page).into_response())
}

pub async fn overview(
    house: &House,
    here: &Here,
    who: Who,
    id: Id<id::Product>,
    form: &Form,
    no: Option<No>,
) -> Result<Markup, Sorry> {
    let product = stored(house, who, id).await?;
    let changes = house.app.stock_changes(who.community, id).await?;
    let member_prices = product_tiers::card(house, here, &product, form).await?;
    let (edit, seen) =
        (at(here, &format!("/products/{id}?edit")), format!("{}/products/{id}", here.base()));
    let body = html! {
        (news(here, no, form.get("done")))
        section class="card -flush" {
            div class="cell" { (card_head(here.pick(["价格和库存", "價格和庫存", "Price and stock"]))) }
            (rows(house, here, &product))
        }
        (member_prices)
        div class="cols -main" {
            section class="card -flush" {
                div class="cell" { (card_head(here.pick(["库存变动", "庫存變動", "Stock changes"]))) }
                (product_stock::history(here, &changes))
            }
            (card(product_stock::form(house, here, &product, form)))
        }
    };
    let together = at(here, &format!("/campaigns/new?product={id}"));
    let offers = who.rights.may(Right::Campaigns) && product.state == Shelf::Listed;
    let actions = html! {
        (state_tag(here, product.state))
        @if offers {
            (button(here.pick(["开拼团", "開團購", "New group buy"])).icon(Icon::Users)
                .to(&together))
        }
        (button(here.pick(["成员看到的", "成員看到的", "Member view"])).icon(Icon::Eye).to(&seen))
        (button(here.pick(["编辑", "編輯", "Edit"])).primary().icon(Icon::Edit).to(&edit))
    };
    let above = above(here);
    let show =
        Show { above: &above, actions: Some(actions), ..Show::new(Spot::Products, &product.title) };
    frame::show(house, here, who, show, body).await
}

fn rows(house: &House, here: &Here, p: &Product) -> Markup {
    #[rustfmt::skip]
    let heads: [([&str; 3], &str); 7] = [
        (["规格", "規格", "Variant"], "-grow"), (["货号", "貨號", "SKU"], "-opt"),
        (["价格", "價格", "Price"], ""), (["现货", "現貨", "On hand"], ""),
        (["预占", "預佔", "Held"], "num"), (["已售", "已售", "Sold"], "num"),
        (["保存", "儲存", "Save"], ""),
    ];
    html! {
        div class="scroll-x" {
            table class="grid -cards" {
                caption class="sr" { (here.pick(["规格", "規格", "Variants"])) }
                thead {
                    tr {
                        @for (words, class) in heads {
                            th scope="col" class=[(!class.is_empty()).then_some(class)] {
                                (here.pick(words))
                            }
                        }
                    }
                }
                tbody { @for v in &p.variants { (variant_row(house, here, p, v)) } }
            }
        }
    }
}

/// One form a row: its fields stand in other cells and name it.
fn variant_row(house: &House, here: &Here, p: &Product, v: &Variant) -> Markup {
    let form = format!("f-{}", v.id);
    let (product, choice) = (p.id, v.choices.join(" / "));
    // a product without options has one variant, and that has no name of its own
    let name = if choice.is_empty() { &p.title } else { &choice };
    let change: Id<id::Request> = house.app.mint(here.now);
    let amount = Money::new(v.price, here.place.currency).decimal();
    let label = |all: [&'static str; 3]| format!("{} {name}", here.pick(all));
    html! {
        tr id={ "v-" (v.id) } {
            td class="-grow" {
                @if choice.is_empty() { "–" } @else { (choice) }
                @if !v.listed { " " span class="note" { (here.pick(["已下架", "已下架", "archived"])) } }
            }
            td class="mono -opt" { (v.sku) }
            td data-head=(here.pick(["价格", "價格", "Price"])) {
                @if v.listed {
                    input class="input" id={ "price-" (v.id) } form=(form) name="price"
                        value=(amount) size="8" inputmode="decimal"
                        aria-label=(label(["价格", "價格", "Price"]));
                } @else { (amount) }
            }
            td data-head=(here.pick(["现货", "現貨", "On hand"])) {
                @if v.listed {
                    input class="input" id={ "hand-" (v.id) } form=(form) name="hand"
                        value=(v.on_hand) size="6" inputmode="numeric"
                        aria-label=(label(["现货", "現貨", "On hand"]));
                } @else { (number(v.on_hand)) }
            }
            td class="num" data-head=(here.pick(["预占", "預佔", "Held"])) { (number(v.held)) }
            td class="num" data-head=(here.pick(["已售", "已售", "Sold"])) { (number(v.sold)) }
            td {
                @if v.listed {
                    form id=(form) method="post" data-frag
                        action=(at(here, &format!("/products/{product}/row"))) {
                        input type="hidden" name="variant" value=(v.id);
                        input type="hidden" name="was" value=(v.on_hand);
                        input type="hidden" name="change" value=(change);
                        (button(here.pick(["保存", "儲存", "Save"])).small().submit())
                    }
                } @else { "–" }
            }
        }
    }
}

/// A price or a count typed in the table.
pub async fn row(
    State(house): State<House>,
    here: Here,
    Path((_, product)): Of,
    form: Form,
) -> Answer {
    let who = here.may(Right::Catalogue)?;
    let id: Id<id::Product> = Id::parse(&product).ok_or(Sorry::NotFound)?;
    let variant: Id<id::Variant> = form.must_id("variant")?;
    let no = change_row(&house, &here, who, id, variant, &form).await?;
    if here.fragment {
        let word = here.pick(["已保存", "已儲存", "Saved"]);
        let reply = match no {
            Some(no) => fragment().toast(no.text, Tone::Danger),
            None => {
                let now = stored(&house, who, id).await?;
                let v = now.variants.iter().find(|v| v.id == variant).ok_or(Sorry::NotFound)?;
                let fresh = variant_row(&house, &here, &now, v);
                fragment().replace(&format!("#v-{variant}"), fresh).toast(word, Tone::Plain)
            }
        };
        return Ok(([(HEADER, "1")], reply.render()).into_response());
    }
    match no {
        None => Ok(see(&at(&here, &format!("/products/{id}?done=saved")))),
        Some(no) => {
            let page = overview(&house, &here, who, id, &form, Some(no)).await?;
            Ok((no.status, page).into_response())
        }
    }
}

async fn change_row(
    house: &House,
    here: &Here,
    who: Who,
    id: Id<id::Product>,
    variant: Id<id::Variant>,
    form: &Form,
) -> Result<Option<No>, Sorry> {
    let says =
        ["价格请填数字，例如 39.90", "價格請填數字，例如 39.90", "Enter a price such as 39.90."];
    let Some(price) = price::price(form.get("price"), here.place.currency) else {
        return Ok(Some(unfit(here, says)));
    };
    let says = ["现货请填整数", "現貨請填整數", "Enter the stock as a whole number."];
    let (Some(hand), Some(was)) = (form.int("hand").filter(|n| *n >= 0), form.int("was")) else {
        return Ok(Some(unfit(here, says)));
    };
    let change: Id<id::Request> = form.must_id("change")?;
    let stored = stored(house, who, id).await?;
    let old = stored.variants.iter().find(|v| v.id == variant).ok_or(Sorry::NotFound)?;
    if old.price != price {
        let save = repriced(house, who, &stored, (variant, price)).await?;
        if let Err(stop) = house.app.save_product(here.now, save).await {
            return no(here, stop).map(Some);
        }
    }
    if hand != was {
        let (by, note) = (hand.saturating_sub(was), String::new());
        let id = change.raw();
        let adjust = AdjustStock { who, id, variant, by, reason: Reason::Counted, note };
        if let Err(stop) = house.app.adjust_stock(here.now, adjust).await {
            return no(here, stop).map(Some);
        }
    }
    Ok(None)
}

/// The product as it is stored, with one other price.
async fn repriced(
    house: &House,
    who: Who,
    p: &Product,
    (variant, price): (Id<id::Variant>, i64),
) -> Result<SaveProduct, Sorry> {
    let categories = house.app.categories(who.community).await?;
    let known = |id| categories.iter().find(|k| k.id == id);
    let category = p.category.as_ref();
    let parent = category.and_then(|c| known(c.0)).and_then(|k| k.parent).and_then(known);
    let variants = p.variants.iter().filter(|v| v.listed).map(|v| NewVariant {
        sku: v.sku.clone(),
        choices: v.choices.clone(),
        price: if v.id == variant { price } else { v.price },
        stock: v.on_hand,
        weight: v.weight,
        barcode: v.barcode.clone(),
    });
    let product = NewProduct {
        handle: p.handle.clone(),
        title: p.title.clone(),
        brief: p.brief.clone(),
        story: p.story.clone(),
        brand: p.brand.clone(),
        parent_category: parent.map_or_else(String::new, |k| k.name.clone()),
        category: category.map_or_else(String::new, |c| c.1.clone()),
        tags: p.tags.clone(),
        look: p.look.clone(),
        kind: p.kind,
        state: p.state,
        returns: p.returns,
        options: p.options.clone(),
        variants: variants.collect(),
    };
    Ok(SaveProduct { who, id: p.id, version: Some(p.version), product, pictures: None })
}
