//! Trust (信任): who knows whom, and what buyers said of what they received.
pub mod follow_member;
pub mod follow_up;
pub mod give_consent;
pub mod hide_review;
pub mod reply_as_shop;
pub mod tables;
pub(crate) mod tables_ties;
pub mod views;
pub mod views_ties;
pub mod views_voices;
pub mod voices;
pub mod vote_helpful;
pub mod write_review;
