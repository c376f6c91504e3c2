//! Reach (触达): what leaves the house, and whom it reaches.
pub mod event;
pub mod notice;
pub mod relay;
pub mod webhook;
pub mod wording;
