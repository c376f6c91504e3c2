//! Loyalty (复购): coupons.
pub mod claim_coupon;
pub mod open_coupon;
mod tables;
pub mod use_coupon;
pub mod views;
