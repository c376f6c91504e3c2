//! Sale (成交): the laws of products, orders and refunds.
pub mod address;
pub mod case;
pub mod chain;
pub mod divisions;
pub mod group_buy;
pub mod history;
pub mod import;
pub mod leaders_buy;
pub mod line;
pub mod order;
pub mod pasted;
mod pasted_aside;
pub mod pasted_lines;
mod pasted_many;
mod pasted_sizes;
#[cfg(test)]
mod pasted_tests;
pub mod pasted_words;
pub mod price;
pub mod product;
pub mod refund;
pub mod wallet;
