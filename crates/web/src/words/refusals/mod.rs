//! One sentence for every refusal of every verb, shelf by shelf.
mod catalogue;
mod content;
pub mod import_rows;
mod pictures;
mod reach;
mod community;
mod groups;
mod sale;
mod trust;
