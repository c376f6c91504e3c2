//! Reach (触达): the inbox, what a member wants to hear of, and the same words into many groups.
pub mod choices;
pub mod inbox;
pub mod live;
pub mod relay;

use crate::House;
use crate::who::Here;
use axum::Router;
use axum::routing::{get, post};

pub fn routes() -> Router<House> {
    Router::new()
        .route("/c/{community}/relays", get(relay::list))
        .route("/c/{community}/relays/new", get(relay::new).post(relay::create))
        .route("/c/{community}/relays/{relay}", get(relay::one))
        .route("/c/{community}/relays/{relay}/cancel", post(relay::cancel))
        .route("/c/{community}/inbox", get(inbox::page))
        .route("/c/{community}/inbox/live", get(live::stream))
        .route("/c/{community}/inbox/read", post(inbox::read))
        .route("/c/{community}/inbox/choices", get(choices::page).post(choices::choose))
}

/// How many notices wait, for the badge of every page frame. A badge that cannot be counted is
/// left out; the page itself is still good.
pub async fn unread(house: &House, here: &Here) -> u32 {
    let Some(who) = here.who else { return 0 };
    match house.app.unread(here.place.id, who.member).await {
        Ok(unread) => u32::try_from(unread.all().max(0)).unwrap_or(u32::MAX),
        Err(fault) => {
            tracing::warn!(%fault, "no badge");
            0
        }
    }
}
