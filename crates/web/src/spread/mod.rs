//! Spread (裂变): the links members share, what opens when somebody follows one, and what came
//! of it; thanks that are not commission.
pub mod commission_words;
mod earnings;
pub mod open;
pub mod packet;
mod packet_words;
pub mod payouts;
pub mod poster;
pub mod reach;
pub mod service_words;
pub mod share;
mod statement;
pub mod wallet;

pub use packet_words::{card_note, needs_words, split_words, state_tone, state_words, wish_words};

use crate::House;
use crate::edge::query_value;
use crate::ui::{Icon, icon_button};
use crate::who::{Here, cookie};
use app::spread::Visitor;
use app::spread::views_thing::Picture;
use axum::Router;
use axum::http::HeaderMap;
use axum::routing::{get, post};
use maud::{Markup, Render, html};
use rules::base::{Id, id};
use rules::spread::link::{self, Shown};

pub fn routes() -> Router<House> {
    Router::new()
        .route("/s/{code}", get(open::open))
        .route("/s/{code}/poster.png", get(poster::picture))
        .route("/c/{community}/share", post(share::make))
        .route("/c/{community}/share/{code}", get(share::page))
        .route("/c/{community}/me/shares", get(reach::page))
        .route("/c/{community}/me/earnings", get(earnings::page))
        .route("/c/{community}/programme", get(earnings::programme).post(earnings::decide))
        .route("/c/{community}/packets/{packet}", get(packet::page))
        .route("/c/{community}/packets/{packet}/take", post(packet::take))
        .route("/c/{community}/wallet", get(wallet::page))
        .route("/c/{community}/payouts", get(payouts::page).post(payouts::request))
        .route("/c/{community}/payouts/statement", get(statement::page))
        .route("/c/{community}/payouts/statement.csv", get(statement::file))
}

/// The cookie of a browser that followed a link.
pub const VISITOR: &str = "visitor";

/// The browser's token, if it followed a link before.
pub fn visitor(headers: &HeaderMap) -> Option<Visitor> {
    cookie(headers, VISITOR).and_then(Visitor::of)
}

/// The address people send around.
pub fn address(house: &House, code: &str) -> String {
    format!("{}/s/{code}", house.setup.address)
}

/// The button that makes a link of this thing; strangers become members first.
pub fn button(here: &Here, kind: Shown, thing: i64) -> Markup {
    let word = here.pick(["分享给朋友", "分享給朋友", "Share with a friend"]);
    html! {
        form method="post" action={ (here.base()) "/share" } {
            input type="hidden" name="kind" value=(kind.code());
            input type="hidden" name="thing" value=(link::name(kind, thing));
            (icon_button(Icon::Share, word).submit().render())
        }
    }
}

/// The address of a picture without its width.
pub fn picture(p: &Picture, kind: Shown) -> String {
    match p {
        Picture::Stored(name) => format!("/pictures/{}", query_value(name)),
        Picture::Look(look, product) => {
            let look = if look.is_empty() { "parcel" } else { look };
            format!("/look/{}/{}", query_value(look), Id::<id::Product>::of(*product))
        }
        Picture::Cover(seed) => format!("/cover/{}", link::name(kind, *seed)),
    }
}
