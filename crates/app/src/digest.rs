//! SHA-256, as hexadecimal: for the chain, and for secrets of which only the hash is kept.
use ring::digest;
use rules::base::secret;

pub fn sha256(text: &str) -> String {
    secret::hex(digest::digest(&digest::SHA256, text.as_bytes()).as_ref())
}
