//! Loyalty (复购): coupons, tiers.
pub mod claim_coupon;
pub mod count_tier;
pub mod open_coupon;
pub mod set_tier_prices;
pub mod set_tiers;
mod tables;
mod tables_tier;
//! Loyalty (复购): coupons and points.
pub mod claim_coupon;
pub mod earn_points;
mod end_points;
mod move_points;
pub mod open_coupon;
pub mod set_points;
mod tables;
mod tables_points;
pub mod use_coupon;
pub mod use_points;
pub mod views;
pub mod views_tier;

pub(crate) use count_tier::count_soon;
pub mod views_points;
