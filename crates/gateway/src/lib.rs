//! The outside world: payments and mail, as closed enums with a programmable fake beside the real.
pub mod mail;
pub mod payments;

use mail::Mail;
use payments::Payments;

/// Everything outside the house; cheap to clone.
#[derive(Clone)]
pub struct Gateway {
    pub payments: Payments,
    pub mail: Mail,
}
