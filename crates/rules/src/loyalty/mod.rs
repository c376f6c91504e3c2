//! Loyalty (复购): what a first order is thanked with, so that a second one follows.
pub mod coupon;
pub mod lots;
pub mod points;
pub mod stage;
pub mod tier;
pub mod tier_fault;
