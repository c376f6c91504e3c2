//! Loyalty (复购): coupons as members see them.
pub mod coupon_words;
mod coupons;

use crate::House;
use axum::Router;
use axum::routing::{get, post};

pub fn routes() -> Router<House> {
    Router::new()
        .route("/c/{community}/me/coupons", get(coupons::page))
        .route("/c/{community}/me/coupons/claim", post(coupons::claim))
}
