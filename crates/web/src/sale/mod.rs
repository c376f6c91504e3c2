//! The shop as members see it: every address on this screen.
mod callbacks;
mod campaign;
mod campaign_parts;
pub(crate) mod campaigns;
mod cart;
mod case;
pub(crate) mod chain;
mod chain_buy;
mod chain_list;
mod checkout;
mod checkout_page;
mod coupon_choice;
mod divisions;
mod handout;
mod handout_undo;
mod lead;
mod order;
mod order_bill;
mod order_place;
mod order_seat;
mod orders;
mod pay;
mod pay_forms;
mod points_choice;
pub mod private;
mod product;
pub mod purse;
mod shop;
mod together;

pub use shop::sold_words;

use crate::House;
use crate::edge::query_value;
use crate::form::named;
use crate::reply::Sorry;
use crate::ui::{Fragment, Page, Photo, Top, fragment};
use crate::who::Here;
use app::community::who::Who;
use app::sale::views::{CartLine, LineRow};
use app::sale::views_catalogue::{Item, Product};
use app::sale::views_chain::{ChainRow, OfferRow};
use app::sale::views_group_buy::CampaignRow;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::Markup;
use rules::base::{Id, Money, id};

/// A provider's callback is a few lines of text.
const CALLBACK_BYTES: usize = 16 * 1024;

pub fn routes() -> Router<House> {
    let callback = post(callbacks::sandbox).layer(DefaultBodyLimit::max(CALLBACK_BYTES));
    Router::new()
        .route("/c/{community}/shop", get(shop::shop))
        .route("/c/{community}/products/{product}", get(product::product))
        .route("/c/{community}/cart", get(cart::cart).post(cart::fill))
        .route("/c/{community}/buy", post(cart::buy_now))
        .route("/c/{community}/checkout", get(checkout::checkout).post(checkout::place))
        .route("/c/{community}/checkout/divisions", get(divisions::refresh).post(divisions::again))
        .route("/c/{community}/campaigns", get(campaigns::campaigns))
        .route("/c/{community}/campaigns/{campaign}", get(campaign::campaign))
        .route("/c/{community}/campaigns/{campaign}/live", get(campaign::live))
        .route(
            "/c/{community}/campaigns/{campaign}/order",
            get(chain_buy::bill).post(chain_buy::place),
        )
        .route("/c/{community}/orders", get(orders::orders))
        .route("/c/{community}/orders/{order}", get(order::order))
        .route("/c/{community}/orders/{order}/cancel", post(order::cancel))
        .route("/c/{community}/orders/{order}/receive", post(order::receive))
        .route("/c/{community}/orders/{order}/refund", get(case::page).post(case::ask))
        .route("/c/{community}/orders/{order}/refund/withdraw", post(case::withdraw))
        .route("/c/{community}/orders/{order}/pictures/{picture}/{width}", get(private::picture))
        .route("/c/{community}/orders/{order}/pay", get(pay::pay).post(pay_forms::start))
        .route("/c/{community}/orders/{order}/pay/sandbox", post(pay_forms::sandbox))
        .route("/c/{community}/orders/{order}/pay/proof", post(pay_forms::proof))
        .route("/c/{community}/handout", get(handout::handout).post(handout::hand))
        .route("/c/{community}/handout/ready", post(handout::ready))
        .route("/c/{community}/handout/undo", post(handout_undo::undo))
        .route("/callbacks/sandbox", callback)
        .merge(lead::routes())
}

/// A product's picture as it lies on the server: stored, or else its drawing.
pub struct Shot {
    src: String,
    alt: String,
}

impl Shot {
    fn new(look: &str, product: Id<id::Product>, stored: Option<&str>, alt: &str) -> Shot {
        let src = match stored {
            Some(picture) => format!("/pictures/{}", query_value(picture)),
            None if look.is_empty() => format!("/look/parcel/{product}"),
            None => format!("/look/{}/{product}", query_value(look)),
        };
        Shot { src, alt: alt.to_owned() }
    }
    pub fn of_item(p: &Item) -> Shot {
        Shot::new(&p.look, p.id, p.picture.as_deref(), &p.title)
    }
    pub fn of_cart(l: &CartLine) -> Shot {
        Shot::new(&l.look, l.product, l.picture.as_deref(), &l.title)
    }
    pub fn of_line(l: &LineRow) -> Shot {
        Shot::new(&l.look, l.product, l.picture.as_deref(), &l.title)
    }
    pub fn of_campaign(k: &CampaignRow) -> Shot {
        Shot::new(&k.look, k.product, k.picture.as_deref(), &k.title)
    }
    pub fn of_chain(k: &ChainRow) -> Shot {
        Shot::new(&k.look, k.product, k.picture.as_deref(), &k.title)
    }
    pub fn of_offer(f: &OfferRow) -> Shot {
        Shot::new(&f.look, f.product, f.picture.as_deref(), &f.title)
    }
    /// Every picture of a product page, the first one first; never none.
    pub fn all_of(p: &Product) -> Vec<Shot> {
        if p.pictures.is_empty() {
            return vec![Shot::new(&p.look, p.id, None, &p.title)];
        }
        let stored = p.pictures.iter().map(|(picture, alt)| {
            let alt = if alt.is_empty() { &p.title } else { alt };
            Shot::new(&p.look, p.id, Some(picture), alt)
        });
        stored.collect()
    }
    /// The address of one file of it, such as `/look/tea/prd_0…/720`.
    pub fn file(&self, width: u32) -> String {
        format!("{}/{width}", self.src)
    }
}

/// The picture as components want it. Drawings and stored product pictures are square.
pub fn photo(shot: &Shot) -> Photo<'_> {
    let (src, alt) = (shot.src.as_str(), shot.alt.as_str());
    Photo { src, alt, width: 1440, height: 1440, colour: None, fixed: false }
}

/// An amount in the community's currency.
fn sum(here: &Here, minor: i64) -> Money {
    Money::new(minor, here.place.currency)
}

/// The member, or the address of the way to become one and to come back to `next`.
fn member_or_door(here: &Here, next: &str) -> Result<Who, String> {
    here.member().map_err(|why| match why {
        Sorry::Join => format!("{}/join?next={}", here.base(), query_value(next)),
        _ => format!("/sign-in?next={}", query_value(next)),
    })
}

/// Goes to another page, in either way of asking.
fn leave(here: &Here, to: &str) -> Response {
    match here.fragment {
        true => fragments(fragment().go(to)),
        false => Redirect::to(to).into_response(),
    }
}

/// A reply that changes the page in place.
fn fragments(f: Fragment) -> Response {
    let header = HeaderName::from_static(crate::ui::fragment::HEADER);
    ([(header, HeaderValue::from_static("1"))], Html(f.into_string())).into_response()
}

fn shown(page: &Page, body: Markup) -> Response {
    shown_as(StatusCode::OK, page, body)
}

/// The page again after a refusal, with what was typed.
fn shown_as(status: StatusCode, page: &Page, body: Markup) -> Response {
    (status, Html(page.render(body).into_string())).into_response()
}

/// A page about one person, with a bar on top.
fn own_page(here: &Here, title: &str, back: String) -> Page {
    let top = Top::Bar { title: title.to_owned(), sub: None, back: Some(back), end: None };
    let mut page = Page { title: title.to_owned(), top, ..here.page() };
    page.head.private = true;
    page
}

/// `水仙 · 小罐 50 克`.
fn chosen(choices: &[String]) -> String {
    choices.join(" · ")
}
