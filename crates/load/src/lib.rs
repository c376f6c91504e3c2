//! What the driver and the bench share.
pub mod shop;
