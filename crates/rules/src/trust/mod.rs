//! Trust (信任): reviews by people who received the thing.
pub mod review;
pub mod tie;
