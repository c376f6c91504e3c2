//! Time-based one-time codes (RFC 6238), as every authenticator app makes them: SHA-1, 30 seconds,
//! six digits.
//!
//! Secrets stand in no table: each is made of the house's key, the account and a version, so a copy
//! of the database makes no codes.
use crate::webhooks::Key;
use ring::hmac;
use rules::community::second_factor::{SECRET, code_of};

#[derive(Clone)]
pub struct SecondFactor(hmac::Key);

impl SecondFactor {
    pub fn new(key: &Key) -> SecondFactor {
        SecondFactor(hmac::Key::new(hmac::HMAC_SHA256, key))
    }
    /// What the app of this account keeps.
    pub fn secret(&self, account: i64, version: i64) -> [u8; SECRET] {
        let made = hmac::sign(&self.0, format!("second factor:{account}:{version}").as_bytes());
        let mut secret = [0; SECRET];
        secret.copy_from_slice(&made.as_ref()[..SECRET]);
        secret
    }
    /// The code of one step of time.
    pub fn code(&self, account: i64, version: i64, step: i64) -> String {
        code(&self.secret(account, version), step)
    }
}

/// The code of one step of time, as the app on a phone makes it of its secret.
pub fn code(secret: &[u8], step: i64) -> String {
    // what apps use; as a keyed hash SHA-1 is still sound
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret);
    code_of(hmac::sign(&key, &step.to_be_bytes()).as_ref())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rules::base::Moment;
    use rules::community::second_factor::step;

    /// Appendix B of RFC 6238, the last six of its eight digits.
    #[test]
    fn the_examples_of_the_standard() {
        let table = [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ];
        for (seconds, want) in table {
            let step = step(Moment(seconds * 1000));
            assert_eq!(code(b"12345678901234567890", step), want, "{seconds}");
        }
    }

    /// Appendix D of RFC 4226.
    #[test]
    fn the_examples_by_count() {
        let table = [
            "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583",
            "399871", "520489",
        ];
        for (count, want) in (0..).zip(table) {
            assert_eq!(code(b"12345678901234567890", count), want);
        }
    }

    #[test]
    fn secrets_differ_and_stay() {
        let of = |key: u8| SecondFactor::new(&[key; 32]);
        assert_eq!(of(1).secret(7, 1), of(1).secret(7, 1));
        for other in [of(2).secret(7, 1), of(1).secret(8, 1), of(1).secret(7, 2)] {
            assert_ne!(of(1).secret(7, 1), other);
        }
    }
}
