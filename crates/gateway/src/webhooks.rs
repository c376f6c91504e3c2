//! Webhooks as Standard Webhooks 1.0 wants them: secrets, signatures, the call itself.
//!
//! Secrets stand in no table: each is made of the house's key, the endpoint and a version, so a
//! copy of the database signs nothing.
use crate::outward::{Answer, Outward};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use ring::hmac;

/// 32 random bytes that every process of one house shares.
pub type Key = [u8; 32];

#[derive(Clone)]
pub struct Webhooks {
    pub outward: Outward,
    key: hmac::Key,
}

/// A message on its way to one endpoint.
#[derive(Clone, Debug)]
pub struct Message<'a> {
    pub url: &'a str,
    /// The same in every try.
    pub id: &'a str,
    /// Seconds since 1970.
    pub at: i64,
    pub body: &'a str,
    /// One, or two while the endpoint changes over; the newest first.
    pub secrets: &'a [String],
}

const PREFIX: &str = "whsec_";

impl Webhooks {
    pub fn new(outward: Outward, key: &Key) -> Webhooks {
        Webhooks { outward, key: hmac::Key::new(hmac::HMAC_SHA256, key) }
    }
    /// `whsec_…`, as the receiver keeps it.
    pub fn secret(&self, community: i64, webhook: i64, version: i64) -> String {
        let text = format!("webhook:{community}:{webhook}:{version}");
        let made = hmac::sign(&self.key, text.as_bytes());
        format!("{PREFIX}{}", BASE64_STANDARD.encode(made.as_ref()))
    }
    pub async fn send(&self, m: &Message<'_>) -> Answer {
        let headers = vec![
            ("content-type", "application/json".to_owned()),
            ("webhook-id", m.id.to_owned()),
            ("webhook-timestamp", m.at.to_string()),
            ("webhook-signature", signatures(m)),
        ];
        self.outward.post(m.url, headers, m.body.to_owned()).await
    }
}

/// `v1,…`, one for each secret, with a space between.
pub fn signatures(m: &Message<'_>) -> String {
    let text = format!("{}.{}.{}", m.id, m.at, m.body);
    let one = |secret: &String| {
        let bytes = BASE64_STANDARD.decode(secret.trim_start_matches(PREFIX)).unwrap_or_default();
        let key = hmac::Key::new(hmac::HMAC_SHA256, &bytes);
        format!("v1,{}", BASE64_STANDARD.encode(hmac::sign(&key, text.as_bytes()).as_ref()))
    };
    m.secrets.iter().map(one).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the specification's reference libraries.
    #[test]
    fn the_reference_signature() {
        let secrets = ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".to_owned()];
        let m = Message {
            url: "",
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
            at: 1_614_265_330,
            body: r#"{"test": 2432232314}"#,
            secrets: &secrets,
        };
        assert_eq!(signatures(&m), "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn secrets_differ_and_stay() {
        let of = |key: u8| Webhooks::new(Outward::kept(), &[key; 32]);
        let one = of(1).secret(7, 8, 1);
        assert_eq!(one, of(1).secret(7, 8, 1));
        for other in [of(2).secret(7, 8, 1), of(1).secret(7, 8, 2), of(1).secret(7, 9, 1)] {
            assert_ne!(one, other);
        }
        assert_eq!(one.len(), PREFIX.len() + 44, "32 bytes");
    }
}
