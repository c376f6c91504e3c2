//! Loyalty (复购): coupons, tiers and points as members see them.
pub mod coupon_words;
mod coupons;
mod points;
pub mod points_words;
pub mod tier_words;
mod tiers;

use crate::House;
use axum::Router;
use axum::routing::{get, post};

pub fn routes() -> Router<House> {
    Router::new()
        .route("/c/{community}/me/coupons", get(coupons::page))
        .route("/c/{community}/me/coupons/claim", post(coupons::claim))
        .route("/c/{community}/tiers", get(tiers::page))
        .route("/c/{community}/me/points", get(points::page))
}
