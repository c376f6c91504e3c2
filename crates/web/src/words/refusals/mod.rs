//! One sentence for every refusal of every verb, shelf by shelf.
pub mod import_rows;
mod sale;
