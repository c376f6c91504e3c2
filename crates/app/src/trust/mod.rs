//! Trust (信任): what buyers said of what they received.
pub mod follow_up;
pub mod hide_review;
pub mod reply_as_shop;
pub mod tables;
pub mod views;
pub mod vote_helpful;
pub mod write_review;
