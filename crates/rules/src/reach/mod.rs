//! Reach (触达): what members are told, where, and in which words.
pub mod notice;
pub mod wording;
