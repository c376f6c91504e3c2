//! Loyalty (复购): coupons, tiers, points.
pub mod claim_coupon;
pub mod count_tier;
pub mod earn_points;
mod end_points;
mod move_points;
pub mod open_coupon;
pub mod set_points;
pub mod set_tier_prices;
pub mod set_tiers;
mod tables;
mod tables_points;
mod tables_tier;
pub mod use_coupon;
pub mod use_points;
pub mod views;
pub mod views_points;
pub mod views_tier;

pub(crate) use count_tier::count_soon;
