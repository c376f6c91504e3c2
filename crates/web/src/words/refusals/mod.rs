//! One sentence for every refusal of every verb, shelf by shelf.
mod after_sale;
mod api;
mod campaigns;
mod catalogue;
mod community;
mod content;
mod desk;
mod groups;
pub mod import_rows;
mod loyalty;
mod packets;
mod payouts;
mod pictures;
mod reach;
mod sale;
mod spread;
mod ties;
mod trust;
