//! Spread (裂变): who showed what to whom, and what came of it.
pub mod binding;
pub mod credit;
pub mod link;
#[cfg(test)]
mod table;
pub mod visit;
