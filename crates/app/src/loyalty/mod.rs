//! Loyalty (复购): coupons, tiers.
pub mod claim_coupon;
pub mod count_tier;
pub mod open_coupon;
pub mod set_tier_prices;
pub mod set_tiers;
mod tables;
mod tables_tier;
pub mod use_coupon;
pub mod views;
pub mod views_tier;

pub(crate) use count_tier::count_soon;
