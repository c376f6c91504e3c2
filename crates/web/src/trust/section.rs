//! What the product page shows of its reviews.
use super::{follows, row};
use crate::House;
use crate::ui;
use crate::who::Here;
use crate::words::format::number;
use app::Fault;
use app::trust::views::{Filter, Histogram, ReviewRow};
use app::trust::views_ties::Vouched;
use maud::{Markup, html};
use rules::base::{Id, id};

const SHOWN: usize = 3;

/// Score, the three newest, and the way to all of them. A product page without its reviews is
/// still a product page, so a fault leaves the section out.
pub async fn product_section(house: &House, here: &Here, product: Id<id::Product>) -> Markup {
    match read(house, here, product).await {
        Ok((h, rows, known)) => html! {
            @if !known.friends.is_empty() || known.gave.is_some() {
                (ui::card(follows::vouched(here, &known)))
            }
            (render(here, product, &h, &rows))
        },
        Err(fault) => {
            tracing::warn!(%fault, "a product page without its reviews");
            html! {}
        }
    }
}

async fn read(
    house: &House,
    here: &Here,
    product: Id<id::Product>,
) -> Result<(Histogram, Vec<ReviewRow>, Vouched), Fault> {
    let (c, me) = (here.place.id, here.who.map(|w| w.member));
    let h = house.app.histogram(c, product).await?;
    // whoever is known here reads the nearest people first
    let filter = if me.is_some() { Filter::Helpful } else { Filter::Newest };
    let mut rows = house.app.reviews(c, product, me, filter, None).await?.rows;
    rows.truncate(SHOWN);
    if me.is_some() {
        // members agreed to be seen by members
        house.app.add_badges(c, product, &mut rows).await?;
    }
    let known = match me {
        Some(me) => house.app.vouched(c, product, me).await?,
        None => Vouched::default(),
    };
    Ok((h, rows, known))
}

fn render(here: &Here, product: Id<id::Product>, h: &Histogram, rows: &[ReviewRow]) -> Markup {
    let all = format!("{}/products/{product}/reviews", here.base());
    let title = here.pick(["评价", "評價", "Reviews"]);
    let none = here.pick(["还没有人评价", "還沒有人評價", "No reviews yet."]);
    let all_words = here.pick(["全部", "全部", "All"]);
    // reviews without stars are not in the histogram
    let more = match h.count {
        0 => all_words.to_owned(),
        n => format!("{all_words} {}", number(n)),
    };
    ui::card(html! {
        @if h.count == 0 && rows.is_empty() {
            (ui::card_head(title))
            p class="note" { (none) }
        } @else {
            (ui::card_head_more(title, &more, &all))
            @if h.count > 0 { (row::summary(here, h)) }
            ul { @for r in rows { (row::review(here, r, false)) } }
        }
    })
}
