//! One sentence for every refusal of every verb, shelf by shelf.
mod sale;
