//! Reach (触达): the inbox, what members want to hear of, letters, and other programs.
pub mod choose_notices;
pub mod deliver_webhook;
pub mod event_body;
pub mod make_webhook;
pub mod mark_read;
mod notify;
pub mod queue_webhooks;
pub mod relay_message;
pub mod send_mail;
pub mod tables;
mod tables_relay;
mod tables_webhook;
pub mod views;
pub mod views_relay;
pub mod views_webhook;

pub use notify::{notify, notify_staff};
pub use tables::Notice;
pub use tables_webhook::Told;
