//! Words and the shapes numbers, money and times take in each language.
pub mod format;
pub use rules::base::Lang;
