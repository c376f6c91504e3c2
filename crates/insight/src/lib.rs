//! What a list of orders, of invitations, of steps or of talk says: pure figures over plain rows,
//! with no shop around.
//!
//! Everything here is defined in `docs/metrics.md`. Nothing of ours is imported, so that an analyst
//! can read it, and check it against other programs, without knowing the house.
pub mod analysis;
pub mod betweenness;
pub mod bg_nbd;
pub mod cascade;
pub mod cohort;
pub mod columns;
pub mod date;
mod fit;
pub mod funnel;
pub mod gamma_gamma;
pub mod gini;
pub mod graph;
pub mod group;
pub mod growth;
pub mod health;
pub mod history;
pub mod interval;
pub mod key_people;
pub mod log;
pub mod nbd;
pub mod pagerank;
pub mod read;
pub mod recommender;
pub mod rfm;

pub use analysis::{Analysis, Asked, Unit, analyse};
pub use log::{Log, Order};
