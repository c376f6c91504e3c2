//! The outside world: payments, mail and files, as closed enums with a programmable fake beside
//! the real thing.
pub mod files;
pub mod mail;
pub mod payments;

use files::Files;
use mail::Mail;
use payments::Payments;

/// Everything outside the house; cheap to clone.
#[derive(Clone)]
pub struct Gateway {
    pub payments: Payments,
    pub mail: Mail,
    pub files: Files,
}
