//! The key that the secrets of webhooks are made of: from the settings, else from a file beside the
//! database that is made once.
use crate::config::Settings;
use anyhow::{Context, Result, bail};
use app::Chance;
use gateway::webhooks::Key;
use rules::base::secret;
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;

const FILE: &str = "webhook.key";

pub fn of(settings: &Settings) -> Result<Key> {
    if let Some(text) = &settings.webhook_key {
        return read(text).context("KITH_WEBHOOK_KEY");
    }
    let path = settings.data_dir.join(FILE);
    let made = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path);
    match made {
        Ok(mut file) => {
            let key: Key = Chance::system().bytes();
            file.write_all(secret::hex(&key).as_bytes())?;
            file.sync_all()?;
            Ok(key)
        }
        Err(e) if e.kind() == ErrorKind::AlreadyExists => {
            let text = std::fs::read_to_string(&path)?;
            read(&text).with_context(|| path.display().to_string())
        }
        Err(e) => Err(e).with_context(|| format!("{} cannot be made", path.display())),
    }
}

/// 64 hexadecimal digits.
fn read(text: &str) -> Result<Key> {
    let text = text.trim();
    let mut key = Key::default();
    if text.len() != 2 * key.len() || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
        bail!("the key of webhooks has 64 hexadecimal digits");
    }
    for (i, byte) in key.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * i..2 * i + 2], 16)?;
    }
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn keys_as_written() {
        assert_eq!(read(&"0f".repeat(32)).expect("a key"), [15; 32]);
        for bad in ["", "0f", &"0g".repeat(32), &"0f".repeat(33)] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }
}
