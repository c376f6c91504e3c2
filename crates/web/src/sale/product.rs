//! The product page: pictures, price, what the law promises, the form that buys.
use super::shop::sold_words;
use super::{Shot, chosen, named, photo, shown, sum};
use crate::House;
use crate::form::Form;
use crate::loyalty::tier_words;
use crate::reply::Sorry;
use crate::ui::page::bar_link;
use crate::ui::{
    Head, Icon, Page, Photo, Tone, Top, banner, button, card_flush, card_id, cell_of, gallery,
    member_price, price_xl, stepper, tag, tag_icon, was,
};
use crate::who::Here;
use crate::words::{Lang, format, states};
use app::sale::views_catalogue::{Product, Variant};
use app::sale::views_group_buy::CampaignRow;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use maud::{Markup, Render, html};
use rules::base::{Id, id};
use rules::community::role::Right;
use rules::sale::price::QUANTITY;
use rules::sale::product::{Returns, State as Shelf};
use rules::spread::link::Shown;

/// A stock this low is told.
const FEW: i64 = 5;

/// One visit to the page.
struct Seen<'a> {
    here: &'a Here,
    p: &'a Product,
    /// The variant that is ticked; none when nothing is left.
    on: Option<&'a Variant>,
    /// The post whose card led here.
    from: Option<Id<id::Post>>,
    in_cart: usize,
    /// The newest group buy of it.
    together: Option<&'a CampaignRow>,
    /// For readers without a tier: that others pay less.
    quiet: Markup,
}

pub async fn product(
    State(house): State<House>,
    here: Here,
    Path((_, id)): Path<(String, String)>,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, Sorry> {
    let found = house.app.product(here.place.id, named(&id)?, false).await?;
    let mut p = found.ok_or(Sorry::NotFound)?;
    if p.state == Shelf::Draft && here.may(Right::Catalogue).is_err() {
        return Err(Sorry::NotFound);
    }
    let prices = tier_words::prices(&house, &here, vec![p.id]).await?;
    tier_words::reprice_product(&prices, &mut p);
    let wanted = form.id("variant");
    let ticked = p.variants.iter().find(|v| Some(v.id) == wanted && v.on_hand > 0);
    let on = ticked.or(p.variants.iter().find(|v| v.on_hand > 0));
    let in_cart = match here.who {
        Some(who) => house.app.cart(here.place.id, who.member).await?.len(),
        None => 0,
    };
    if let (Some(post), Some(who)) = (form.id("from"), here.who) {
        let by = (here.place.id, who.member);
        // a count that does not come about is no reason to withhold the page
        let _ = house.app.record_card_click(here.now, by, post, p.id).await;
    }
    let together = house.app.campaign_of_product(here.now, here.place.id, p.id).await?;
    let together = together.as_ref().map(|k| &k.row);
    let quiet = tier_words::quiet(&here, &prices);
    let quiet = tier_words::quiet_line(&here, quiet.as_deref());
    let seen = Seen { here: &here, p: &p, on, from: form.id("from"), in_cart, together, quiet };
    let page = frame(&house, &seen);
    let reviews = crate::trust::product_section(&house, &here, p.id).await;
    let label = crate::spread::commission_words::label(&house, &here, &headers).await?;
    Ok(shown(&page, body(&seen, label, reviews)))
}

fn body(seen: &Seen, label: Markup, reviews: Markup) -> Markup {
    let (here, p) = (seen.here, seen.p);
    let shots = Shot::all_of(p);
    let photos: Vec<Photo> = shots.iter().map(photo).collect();
    html! {
        (gallery(here.lang, &photos, false))
        (headline(seen))
        (label)
        @if let Some(k) = seen.together.filter(|k| k.price < span(p).0) {
            (cheaper_together(here, k))
        }
        (seen.quiet)
        @if p.state == Shelf::Listed { (buy_form(seen)) } @else {
            (banner(here.pick([
                "这件商品现在不卖了",
                "這件商品現在不賣了",
                "This product is not on sale now.",
            ]), Tone::Gold))
        }
        (promises(seen))
        @if !p.story.is_empty() {
            (card_id("story", html! {
                h2 class="t2" { (here.pick(["详情", "詳情", "About it"])) }
                @for part in p.story.split('\n').filter(|t| !t.is_empty()) { p { (part) } }
            }))
        }
        div id="reviews" { (reviews) }
    }
}

/// The way to the group buy of this product.
fn cheaper_together(here: &Here, k: &CampaignRow) -> Markup {
    let price = format::money(sum(here, k.price));
    let missing = k.nearest.as_ref().map_or(k.size, |t| t.missing());
    let text = match here.lang {
        Lang::En => format!("{price} in a team of {}: {missing} more to go", k.size),
        Lang::Hans => format!("{} 人团 {price}，还差 {missing} 人", k.size),
        Lang::Hant => format!("{} 人團 {price}，還差 {missing} 人", k.size),
    };
    let href = format!("{}/campaigns/{}", here.base(), k.id);
    card_flush(cell_of(html! { b { (text) } }).lead(Icon::Users).to(&href).render())
}

/// The lowest and highest price of what is on sale, for the reader.
fn span(p: &Product) -> (i64, i64) {
    ends(p, |v| v.price)
}
/// The same for everybody.
fn list_span(p: &Product) -> (i64, i64) {
    ends(p, |v| v.list_price.unwrap_or(v.price))
}
fn ends(p: &Product, price: fn(&Variant) -> i64) -> (i64, i64) {
    let prices = p.variants.iter().map(price);
    (prices.clone().min().unwrap_or(0), prices.max().unwrap_or(0))
}

fn headline(seen: &Seen) -> Markup {
    let (here, p) = (seen.here, seen.p);
    let (low, high) = span(p);
    let less = p.variants.iter().any(|v| v.list_price.is_some());
    // what was reduced for everybody says nothing of a member price
    let struck = seen.on.filter(|v| v.was.is_some() && p.variants.len() == 1 && !less);
    html! {
        section class="card pull" {
            div class="row -base -wrap" {
                (price_xl(sum(here, low)))
                @if high > low { span class="sub" { "– " (format::money(sum(here, high))) } }
                @if less { span { (member_price(here.lang, sum(here, list_span(p).0))) } }
                @if let Some(lowest) = struck.and_then(|v| v.was) {
                    (was(here.lang, sum(here, lowest), p.jurisdiction.window_days() as u16))
                }
                @if let Some(sold) = sold_words(here, p.sold) { span class="note end" { (sold) } }
            }
            h1 class="t1" { (p.title) }
            @if !p.brief.is_empty() { p class="sub" { (p.brief) } }
            div class="row -wrap" {
                (tag_icon(&returns(here, p), returns_tone(p), Icon::Shield))
                @if !p.brand.is_empty() { (tag(&p.brand, Tone::Plain)) }
            }
        }
    }
}

fn returns(here: &Here, p: &Product) -> String {
    states::returns(here.lang, p.returns, p.jurisdiction.return_days())
}

fn returns_tone(p: &Product) -> Tone {
    match p.returns {
        Returns::NoReason | Returns::Fresh => Tone::Green,
        Returns::Custom | Returns::Digital | Returns::Opened => Tone::Plain,
    }
}

/// Cart and purchase are one form; the bar's buttons belong to it.
fn buy_form(seen: &Seen) -> Markup {
    let (here, p) = (seen.here, seen.p);
    let most = seen.on.map_or(1, |v| v.on_hand).clamp(1, *QUANTITY.end());
    // another variant may have more; the server looks again
    let most = match p.variants.len() {
        1 => most,
        _ => p.variants.iter().map(|v| v.on_hand).max().unwrap_or(1).clamp(1, *QUANTITY.end()),
    };
    html! {
        form class="card" id="buy" method="post" action={ (here.base()) "/cart" } data-frag {
            input type="hidden" name="op" value="add";
            input type="hidden" name="product" value=(p.id);
            @if let Some(from) = seen.from { input type="hidden" name="from" value=(from); }
            @match (p.variants.len(), seen.on) {
                (1, Some(v)) => { input type="hidden" name="variant" value=(v.id); }
                (1, None) | (0, _) => {}
                _ => (choices(seen)),
            }
            div class="row" {
                span class="grow" {
                    span class="field-label" { (here.pick(["数量", "數量", "Quantity"])) }
                    @if p.variants.len() == 1 {
                        " " span class="note" { (stock_words(here, &p.variants[0])) }
                    }
                }
                (stepper(here.lang, "qty", 1, 1, most, &p.title))
            }
        }
    }
}

fn stock_words(here: &Here, v: &Variant) -> String {
    let n = format::number(v.on_hand);
    match (here.lang, v.on_hand) {
        (_, 0) => here.pick(["卖完了", "賣完了", "Sold out"]).into(),
        (Lang::Hans, 1..=FEW) => format!("仅剩 {n} 件"),
        (Lang::Hant, 1..=FEW) => format!("僅剩 {n} 件"),
        (Lang::En, 1..=FEW) => format!("Only {n} left"),
        (Lang::Hans, _) => format!("库存 {n}"),
        (Lang::Hant, _) => format!("庫存 {n}"),
        (Lang::En, _) => format!("{n} in stock"),
    }
}

/// Chips of whole variants, grouped by their first option, so that a choice needs no script and
/// can never name a combination that does not exist.
fn choices(seen: &Seen) -> Markup {
    let p = seen.p;
    let several = p.options.len() > 1;
    let mut groups: Vec<(&str, Vec<&Variant>)> = Vec::new();
    for v in &p.variants {
        let first = v.choices.first().map_or("", String::as_str);
        match groups.iter_mut().find(|(name, _)| !several || *name == first) {
            Some((_, list)) => list.push(v),
            None => groups.push((first, vec![v])),
        }
    }
    let named = chosen(&p.options[..p.options.len().min(1)]);
    html! {
        @for (first, list) in &groups {
            fieldset class="field" {
                legend class="field-label" {
                    @if several { (named) " " (first) } @else { (named) }
                }
                div class="chips" { @for v in list { (variant_chip(seen, v, several)) } }
            }
        }
    }
}

fn variant_chip(seen: &Seen, v: &Variant, several: bool) -> Markup {
    let here = seen.here;
    let (low, high) = span(seen.p);
    let text = match several {
        true => chosen(&v.choices[1.min(v.choices.len())..]),
        false => chosen(&v.choices),
    };
    let text = if text.is_empty() { v.sku.clone() } else { text };
    html! {
        label class="chip" {
            input type="radio" name="variant" value=(v.id) disabled[v.on_hand == 0]
                checked[seen.on.is_some_and(|on| on.id == v.id)];
            span {
                (text)
                @if high > low { " " (format::money(sum(here, v.price))) }
                @if v.on_hand <= FEW { " · " (stock_words(here, v)) }
            }
        }
    }
}

fn promises(seen: &Seen) -> Markup {
    let (here, p) = (seen.here, seen.p);
    let label = |all: [&'static str; 3]| html! { span class="sub" { (here.pick(all)) } " " };
    let category = p.category.as_ref();
    let href = category.map(|(id, _)| format!("{}/shop?category={id}", here.base()));
    card_flush(html! {
        (cell_of(html! {
            (label(["保障", "保障", "Promise"]))
            (returns(here, p))
        }))
        @if let (Some((_, name)), Some(href)) = (category, &href) {
            (cell_of(html! { (label(["分类", "分類", "Category"])) (name) }).to(href))
        }
    })
}

fn frame(house: &House, seen: &Seen) -> Page {
    let (here, p) = (seen.here, seen.p);
    let back = format!("{}/shop", here.base());
    let address = format!("{}{}/products/{}", house.setup.address, here.base(), p.id);
    let shots = Shot::all_of(p);
    let image = shots.first().map(|s| format!("{}{}", house.setup.address, s.file(720)));
    let description = match p.brief.is_empty() {
        true => rules::base::text::clip(&p.story.replace('\n', " "), 120),
        false => p.brief.clone(),
    };
    let json_ld = Some(structured(seen, &address, image.as_deref(), &description));
    let canonical = Some(address);
    let listed = p.state == Shelf::Listed;
    let end = listed.then(|| crate::spread::button(here, Shown::Product, p.id.raw()));
    Page {
        title: p.title.clone(),
        top: Top::Clear { back, end },
        flush: true,
        bar: (p.state == Shelf::Listed).then(|| bar(seen)),
        head: Head { description, canonical, image, kind: "product", json_ld, ..Head::default() },
        ..here.page()
    }
}

fn bar(seen: &Seen) -> Markup {
    let here = seen.here;
    let base = here.base();
    let cart = here.pick(["购物车", "購物車", "Cart"]);
    let cart = match seen.in_cart {
        0 => cart.to_owned(),
        n => format!("{cart} {n}"),
    };
    let buy = here.pick(["买 ", "買 ", "Buy "]);
    let (low, high) = span(seen.p);
    html! {
        (bar_link(Icon::Home, here.pick(["首页", "首頁", "Home"]), &base))
        span id="cart-count" { (bar_link(Icon::Bag, &cart, &format!("{base}/cart"))) }
        @if seen.on.is_none() {
            (button(here.pick(["卖完了", "賣完了", "Sold out"])).grow().disabled(true).render())
        } @else {
            button class="btn grow" type="submit" form="buy" {
                (here.pick(["加购物车", "加購物車", "Add to cart"]))
            }
            button class="btn -primary grow" type="submit" form="buy"
                formaction={ (base) "/buy" } {
                @if high > low { (here.pick(["马上买", "馬上買", "Buy now"])) }
                @else { (buy) (format::money(sum(here, low))) }
            }
        }
    }
}

/// schema.org, for the machines of strangers.
fn structured(seen: &Seen, url: &str, image: Option<&str>, description: &str) -> serde_json::Value {
    let (here, p) = (seen.here, seen.p);
    let (low, high) = list_span(p);
    let left = p.state == Shelf::Listed && p.variants.iter().any(|v| v.on_hand > 0);
    let availability =
        format!("https://schema.org/{}", if left { "InStock" } else { "OutOfStock" });
    let currency = here.place.currency.code();
    let offers = match low == high {
        true => serde_json::json!({
            "@type": "Offer", "url": url, "price": sum(here, low).decimal(),
            "priceCurrency": currency, "availability": availability,
        }),
        false => serde_json::json!({
            "@type": "AggregateOffer", "url": url, "lowPrice": sum(here, low).decimal(),
            "highPrice": sum(here, high).decimal(), "offerCount": p.variants.len(),
            "priceCurrency": currency, "availability": availability,
        }),
    };
    let mut data = serde_json::json!({
        "@context": "https://schema.org", "@type": "Product", "name": p.title,
        "description": description, "image": image, "url": url, "offers": offers,
    });
    if !p.brand.is_empty() {
        data["brand"] = serde_json::json!({ "@type": "Brand", "name": p.brand });
    }
    if p.rating_count > 0 {
        // one decimal, rounded half up, without a float
        let tenths = (p.rating_sum * 20 + p.rating_count) / (p.rating_count * 2);
        data["aggregateRating"] = serde_json::json!({
            "@type": "AggregateRating", "ratingCount": p.rating_count,
            "ratingValue": format!("{}.{}", tenths / 10, tenths % 10),
        });
    }
    data
}
