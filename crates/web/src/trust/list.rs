//! All reviews of a product: score, bars, filters, page by page.
use super::row;
use crate::House;
use crate::content::shot::Shot;
use crate::content::{frame, shown, steps};
use crate::form::Form;
use crate::reply::Sorry;
use crate::ui::{self, Head, Page, Place, Tab, Top};
use crate::who::Here;
use app::sale::views_catalogue::Item;
use app::trust::views::{Cursor, Filter, Histogram, Reviews};
use axum::extract::{Path, State};
use axum::response::Response;
use maud::{Markup, html};
use rules::base::{Id, Money, id};

type Which = Path<(String, String)>;

pub async fn page(
    State(house): State<House>,
    here: Here,
    Path((_, product)): Which,
    form: Form,
) -> Result<Response, Sorry> {
    let (c, me) = (here.place.id, here.who.map(|w| w.member));
    let product: Id<id::Product> = Id::parse(&product).ok_or(Sorry::NotFound)?;
    let item = house.app.products_of(c, vec![product]).await?.pop().ok_or(Sorry::NotFound)?;
    let filter = Filter::of(form.get("show")).unwrap_or(Filter::Helpful);
    let cursor = Cursor::parse(form.get("after"));
    let mut list = house.app.reviews(c, product, me, filter, cursor).await?;
    if me.is_some() {
        house.app.add_badges(c, product, &mut list.rows).await?;
    }
    if here.fragment && cursor.is_some() {
        return Ok(steps(more_steps(&here, product, filter, &list)));
    }
    let h = house.app.histogram(c, product).await?;
    let title = here.pick(["评价", "評價", "Reviews"]);
    let top = Top::Bar {
        title: title.into(),
        sub: Some(item.title.clone()),
        back: Some(format!("{}/products/{product}", here.base())),
        end: None,
    };
    let head = head(&house, &here, &item, &h);
    let frame = frame(&house, &here, Place::Home).await;
    let page = Page { title: format!("{} · {title}", item.title), top, head, ..frame };
    Ok(shown(page.render(html! {
        (ui::card(html! {
            (product_row(&here, &item))
            @if h.count > 0 { (row::summary(&here, &h)) }
        }))
        (filters(&here, product, filter, &h))
        @if list.rows.is_empty() { (none(&here, filter)) }
        @else {
            section class="card" {
                h2 class="sr" { (filter_word(&here, filter)) }
                ul id="reviews" { @for r in &list.rows { (row::review(&here, r, true)) } }
            }
        }
        @if let Some(more) = more(&here, product, filter, &list) { (more) }
    })))
}

fn head(house: &House, here: &Here, item: &Item, h: &Histogram) -> Head {
    let site = &house.setup.address;
    let url = format!("{site}{}/products/{}/reviews", here.base(), item.id);
    let tenths = row::score(h);
    let data = (h.count > 0).then(|| {
        serde_json::json!({
            "@context": "https://schema.org", "@type": "Product", "name": item.title,
            "url": format!("{site}{}/products/{}", here.base(), item.id),
            "aggregateRating": { "@type": "AggregateRating", "reviewCount": h.count,
                "ratingValue": format!("{}.{}", tenths / 10, tenths % 10) },
        })
    });
    Head {
        description: item.title.clone(),
        canonical: Some(url),
        image: Some(format!("{site}{}/720", Shot::item(item).src)),
        json_ld: data,
        ..Head::default()
    }
}

fn product_row(here: &Here, item: &Item) -> Markup {
    let money = Money::new(item.price, here.place.currency);
    let href = format!("{}/products/{}", here.base(), item.id);
    ui::pcard(&href, &Shot::item(item).photo(), &item.title, money, "")
}

fn filter_word(here: &Here, filter: Filter) -> &'static str {
    here.pick(match filter {
        Filter::Helpful => ["有用的在前", "有用的在前", "Most helpful"],
        Filter::Newest => ["最新", "最新", "Newest"],
        Filter::Pictures => ["有图", "有圖", "With pictures"],
        Filter::Low => ["低分", "低分", "Low scores"],
    })
}

fn address(here: &Here, product: Id<id::Product>, filter: Filter) -> String {
    format!("{}/products/{product}/reviews?show={}", here.base(), filter.code())
}

fn filters(here: &Here, product: Id<id::Product>, on: Filter, h: &Histogram) -> Markup {
    let own: Vec<_> = Filter::ALL
        .iter()
        .map(|f| {
            let word = filter_word(here, *f);
            let text = match f {
                Filter::Pictures => format!("{word} {}", h.with_pictures),
                Filter::Low => format!("{word} {}", h.stars[0] + h.stars[1]),
                _ => word.to_string(),
            };
            (text, address(here, product, *f), *f == on)
        })
        .collect();
    let items: Vec<Tab> = own.iter().map(|(text, to, on)| Tab::new(text, to, *on)).collect();
    ui::tabs(here.pick(["看哪些评价", "看哪些評價", "Which reviews"]), &items, false)
}

fn none(here: &Here, filter: Filter) -> Markup {
    let text = match filter {
        Filter::Pictures => ["还没有带图的评价", "還沒有帶圖的評價", "No review has pictures yet."],
        Filter::Low => ["没有低分评价", "沒有低分評價", "No low scores."],
        _ => [
            "还没有人评价，收到货后来写第一条",
            "還沒有人評價，收到貨後來寫第一則",
            "No reviews yet. Write the first once yours has arrived.",
        ],
    };
    html! { p class="note center" { (here.pick(text)) } }
}

fn more(here: &Here, product: Id<id::Product>, filter: Filter, list: &Reviews) -> Option<Markup> {
    let href = format!("{}&after={}", address(here, product, filter), list.next?);
    Some(ui::lazy_more(here.lang, &href))
}

fn more_steps(
    here: &Here,
    product: Id<id::Product>,
    filter: Filter,
    list: &Reviews,
) -> ui::Fragment {
    let mut out = ui::fragment();
    for r in &list.rows {
        out = out.append("#reviews", &r.id.to_string(), row::review(here, r, true));
    }
    match more(here, product, filter, list) {
        Some(more) => out.replace("#more", more),
        None => out.remove("#more"),
    }
}
