//! The nouns every shelf needs.
pub mod codes;
pub mod id;
pub mod jurisdiction;
pub mod lang;
pub mod moment;
pub mod money;
pub mod secret;
pub mod text;
pub use id::Id;
pub use jurisdiction::Jurisdiction;
pub use lang::Lang;
pub use moment::Moment;
pub use money::{Currency, Money};
