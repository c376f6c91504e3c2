//! Reach (触达): the inbox, what members want to hear of, and letters.
pub mod choose_notices;
pub mod mark_read;
mod notify;
pub mod send_mail;
pub mod tables;
pub mod views;

pub use notify::{notify, notify_staff};
pub use tables::Notice;
