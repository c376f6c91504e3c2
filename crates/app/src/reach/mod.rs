//! Reach (触达): the inbox, what members want to hear of, and letters.
pub mod choose_notices;
pub mod mark_read;
pub mod send_mail;
pub mod tables;
pub mod views;

pub use tables::{Notice, notify, notify_staff};
