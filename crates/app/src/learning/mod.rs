//! Learning (洞察): what the community's own orders say, by the figures of `insight`.
pub mod buyers;
pub mod views;

pub use insight;
