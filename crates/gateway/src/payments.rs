//! Payment providers: signed callbacks in, refunds out.
//!
//! `sandbox` behaves like a provider and can misbehave on request; `manual` is people moving money
//! by hand, so it has no callbacks and its refunds are settled by staff.
use ring::hmac;
use rules::base::{Moment, secret};
use rules::ledger::Provider;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

/// A callback older or newer than this is refused.
pub const FRESH_MS: i64 = 300_000;

/// What a provider says happened.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Callback {
    /// The raw id of the community the payment belongs to.
    pub community: i64,
    /// The raw id of our payment.
    pub payment: i64,
    /// The provider's own number; used once.
    pub reference: String,
    pub minor: i64,
    pub currency: String,
    pub paid: bool,
    pub at: Moment,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Untrusted {
    /// This provider sends no callbacks here.
    NotMounted,
    BadSignature,
    /// Signed, but too long ago or in the future.
    Stale,
    Malformed,
}

/// What came of a refund at its provider.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Outcome {
    Settled,
    Refused(String),
    /// No answer: ask again under the same number.
    Unknown,
}

#[derive(Clone)]
pub struct Payments(Arc<Inner>);
struct Inner {
    sandbox: Option<hmac::Key>,
    /// What the sandbox answers next, before it goes back to settling everything.
    script: Mutex<VecDeque<Outcome>>,
    /// Refund numbers the sandbox has settled: the same number again is the same refund.
    settled: Mutex<std::collections::HashMap<i64, i64>>,
}

impl Payments {
    /// `secret` mounts the sandbox; a shop that takes real money leaves it out.
    pub fn new(sandbox: Option<&[u8]>) -> Payments {
        let key = sandbox.map(|secret| hmac::Key::new(hmac::HMAC_SHA256, secret));
        Payments(Arc::new(Inner {
            sandbox: key,
            script: Mutex::default(),
            settled: Mutex::default(),
        }))
    }
    pub fn mounted(&self, provider: Provider) -> bool {
        match provider {
            Provider::Sandbox => self.0.sandbox.is_some(),
            Provider::Manual => true,
            // inside the house: nobody outside is asked
            Provider::Wallet => false,
        }
    }
    /// Makes the sandbox answer its next refunds like this.
    pub fn misbehave(&self, outcomes: impl IntoIterator<Item = Outcome>) {
        if let Ok(mut script) = self.0.script.lock() {
            script.extend(outcomes);
        }
    }
    /// The body and signature the sandbox would send; `None` when it is not mounted.
    pub fn sandbox_callback(&self, c: &Callback) -> Option<(String, String)> {
        let paid = if c.paid { "paid" } else { "failed" };
        let body = format!(
            "{}\n{}\n{}\n{}\n{}\n{paid}\n{}",
            c.community, c.payment, c.reference, c.minor, c.currency, c.at.0
        );
        let tag = hmac::sign(self.0.sandbox.as_ref()?, body.as_bytes());
        Some((body, secret::hex(tag.as_ref())))
    }
    /// Reads a sandbox callback; the raw body is verified before anything else is looked at.
    pub fn verify_sandbox(
        &self,
        body: &[u8],
        signature: &str,
        now: Moment,
    ) -> Result<Callback, Untrusted> {
        let key = self.0.sandbox.as_ref().ok_or(Untrusted::NotMounted)?;
        let tag = hmac::sign(key, body);
        if !secret::same(secret::hex(tag.as_ref()).as_bytes(), signature.as_bytes()) {
            return Err(Untrusted::BadSignature);
        }
        let callback = parse(body).ok_or(Untrusted::Malformed)?;
        if now.since(callback.at).abs() > FRESH_MS {
            return Err(Untrusted::Stale);
        }
        Ok(callback)
    }
    /// Pays `minor` back under the refund's own number. Never inside a transaction.
    pub async fn refund(&self, provider: Provider, number: i64, minor: i64) -> Outcome {
        if provider == Provider::Manual || !self.mounted(provider) {
            return Outcome::Refused("this provider pays back by hand".into());
        }
        let scripted = self.0.script.lock().ok().and_then(|mut s| s.pop_front());
        let outcome = scripted.unwrap_or(Outcome::Settled);
        if outcome == Outcome::Settled
            && let Ok(mut settled) = self.0.settled.lock()
            && *settled.entry(number).or_insert(minor) != minor
        {
            return Outcome::Refused("this refund number was used for another amount".into());
        }
        outcome
    }
}

fn parse(body: &[u8]) -> Option<Callback> {
    let mut lines = std::str::from_utf8(body).ok()?.split('\n');
    let community = lines.next()?.parse().ok()?;
    let payment = lines.next()?.parse().ok()?;
    let reference = lines.next()?.to_string();
    let minor = lines.next()?.parse().ok()?;
    let currency = lines.next()?.to_string();
    let paid = match lines.next()? {
        "paid" => true,
        "failed" => false,
        _ => return None,
    };
    let at = Moment(lines.next()?.parse().ok()?);
    (lines.next().is_none() && !reference.is_empty() && reference.len() <= 64).then_some(Callback {
        community,
        payment,
        reference,
        minor,
        currency,
        paid,
        at,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn callback() -> Callback {
        let (reference, currency) = ("sb_1".to_string(), "CNY".to_string());
        let at = Moment(1_000_000);
        Callback { community: 1, payment: 7, reference, minor: 3990, currency, paid: true, at }
    }

    #[test]
    fn genuine_callbacks_only() {
        let payments = Payments::new(Some(b"secret"));
        let (body, tag) = payments.sandbox_callback(&callback()).expect("mounted");
        let now = Moment(1_000_000);
        assert_eq!(payments.verify_sandbox(body.as_bytes(), &tag, now), Ok(callback()));
        let late = now.plus(FRESH_MS + 1);
        assert_eq!(payments.verify_sandbox(body.as_bytes(), &tag, late), Err(Untrusted::Stale));
        let early = now.plus(-FRESH_MS - 1);
        assert_eq!(payments.verify_sandbox(body.as_bytes(), &tag, early), Err(Untrusted::Stale));
        for i in 0..body.len() {
            let mut changed = body.clone().into_bytes();
            changed[i] ^= 1;
            let refused = payments.verify_sandbox(&changed, &tag, now);
            assert_eq!(refused, Err(Untrusted::BadSignature), "byte {i}");
        }
        let closed = Payments::new(None);
        assert_eq!(closed.verify_sandbox(b"", "", now), Err(Untrusted::NotMounted));
    }

    #[tokio::test]
    async fn one_number_one_refund() {
        let payments = Payments::new(Some(b"secret"));
        payments.misbehave([Outcome::Unknown]);
        assert_eq!(payments.refund(Provider::Sandbox, 1, 50).await, Outcome::Unknown);
        assert_eq!(payments.refund(Provider::Sandbox, 1, 50).await, Outcome::Settled);
        assert_eq!(payments.refund(Provider::Sandbox, 1, 50).await, Outcome::Settled);
        let other = payments.refund(Provider::Sandbox, 1, 60).await;
        assert!(matches!(other, Outcome::Refused(_)));
    }
}
