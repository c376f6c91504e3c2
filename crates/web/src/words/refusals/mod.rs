//! One sentence for every refusal of every verb, shelf by shelf.
mod catalogue;
pub mod import_rows;
mod content;
mod pictures;
mod reach;
mod sale;
mod trust;
