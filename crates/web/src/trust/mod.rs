//! Trust (信任): reviews of what was received.
pub mod answer;
pub mod follow;
pub mod follows;
pub mod helpful;
pub mod list;
pub mod mine;
pub mod row;
pub mod section;
pub mod voices;
pub mod write;

pub use section::product_section;

use crate::House;
use axum::Router;
use axum::routing::{get, post};

pub fn routes() -> Router<House> {
    Router::new()
        .route("/c/{community}/members/{member}/follow", post(follows::follow))
        .route("/c/{community}/me/follows", get(follows::page))
        .route("/c/{community}/voices/{tag}", get(voices::page))
        .route("/c/{community}/members/{member}/record", get(voices::record))
        .route("/c/{community}/me/record", get(voices::mine))
        .route("/c/{community}/me/consent", post(follows::consent))
        .route("/c/{community}/reviews", get(mine::page))
        .route("/c/{community}/products/{product}/reviews", get(list::page))
        .route("/c/{community}/orders/{order}/lines/{line}/review", get(write::page))
        .route("/c/{community}/orders/{order}/lines/{line}/review", post(write::send))
        .route("/c/{community}/reviews/{review}/follow", get(follow::page).post(follow::send))
        .route("/c/{community}/reviews/{review}/helpful", post(helpful::vote))
        .route("/c/{community}/reviews/{review}/reply", get(answer::reply_page))
        .route("/c/{community}/reviews/{review}/reply", post(answer::reply))
        .route("/c/{community}/reviews/{review}/hide", get(answer::hide_page).post(answer::hide))
        .route("/c/{community}/reviews/{review}/report", get(answer::report_page))
        .route("/c/{community}/reviews/{review}/report", post(answer::report))
}
