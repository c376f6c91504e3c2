//! Deadlines and codes of an order.
use crate::base::{Moment, secret};
use crate::codes;
use crate::hold;
use crate::ledger::Provider;

codes! {
    pub enum Delivery { Pickup = "pickup", Ship = "ship" }
}
codes! {
    /// Where one attempt to pay stands.
    pub enum PaymentState {
        Started = "started",
        /// Manual: the buyer says it is paid and shows a proof.
        ProofGiven = "proof_given",
        Captured = "captured",
        Failed = "failed",
        Closed = "closed",
        /// Money that fits no open order; it goes back.
        Suspense = "suspense",
        Returned = "returned",
    }
}
codes! {
    pub enum RefundState { Waiting = "waiting", Settled = "settled", ByHand = "by_hand" }
}

/// Shipped lines count as received after so many days.
pub const RECEIVED_AFTER_DAYS: i64 = 10;

/// Until when an unpaid order keeps what it took.
pub const fn pay_until(now: Moment, provider: Provider) -> Moment {
    match provider {
        Provider::Sandbox | Provider::Wallet => hold::ends(now),
        Provider::Manual => now.plus_minutes(hold::UNPAID_MANUAL_HOURS * 60),
    }
}

/// The code a buyer shows at the pick-up point. Six digits; the table keeps open ones apart.
pub fn pickup_code(random: u64) -> String {
    secret::six_digits(random)
}

/// Reads a code as people type it: spaces and dashes between the digits are fine.
pub fn read_pickup_code(text: &str) -> Option<String> {
    let kept: String = text.chars().filter(|c| !matches!(c, ' ' | '-' | '\u{3000}')).collect();
    (kept.len() == 6 && kept.bytes().all(|b| b.is_ascii_digit())).then_some(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_as_typed() {
        assert_eq!(read_pickup_code(" 418 206"), Some("418206".into()));
        assert_eq!(read_pickup_code("41820"), None);
        assert_eq!(read_pickup_code("４１８２０６"), None);
    }
}
