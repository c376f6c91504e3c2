//! The key that the secrets of webhooks are made of: from the settings, else from a file beside the
//! database that is made once.
use crate::config::Settings;
use anyhow::{Context, Result};
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

fn read(text: &str) -> Result<Key> {
    secret::key(text).context("the key of webhooks has 64 hexadecimal digits")
}
