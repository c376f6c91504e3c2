//! Spread (裂变): who showed what to whom, and what came of it; thanks that are not commission.
pub mod binding;
pub mod commission;
pub mod credit;
pub mod link;
pub mod packet;
pub mod payee_tree;
pub mod payout;
pub mod service_pay;
#[cfg(test)]
mod table;
pub mod visit;
