//! The outside world: payments, mail, files and webhooks, as closed enums with a programmable fake
//! beside the real thing.
pub mod files;
pub mod mail;
pub mod outward;
pub mod payments;
pub mod second_factor;
pub mod webhooks;

use files::Files;
use mail::Mail;
use payments::Payments;
use second_factor::SecondFactor;
use webhooks::Webhooks;

/// Everything outside the house; cheap to clone.
#[derive(Clone)]
pub struct Gateway {
    pub payments: Payments,
    pub mail: Mail,
    pub files: Files,
    pub webhooks: Webhooks,
    pub second_factor: SecondFactor,
}
