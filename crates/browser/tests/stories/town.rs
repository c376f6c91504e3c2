//! The demonstration the tests visit: `bin/check-browser` starts it and says where it is.
use anyhow::{Context, Result};

#[derive(Clone, Debug)]
pub struct Town {
    pub url: String,
    /// Links that sign in as somebody.
    pub owner: String,
    pub leader: String,
    pub member: String,
    pub webdriver: String,
}

impl Town {
    /// The running demonstration, or none when the tests were started without it.
    pub fn at_hand() -> Result<Option<Town>> {
        let Ok(url) = std::env::var("KITH_BROWSER_URL") else {
            println!("skipped: run bin/check-browser");
            return Ok(None);
        };
        let told = |name: &str| std::env::var(name).with_context(|| format!("{name} is not set"));
        Ok(Some(Town {
            url,
            owner: told("KITH_BROWSER_OWNER")?,
            leader: told("KITH_BROWSER_LEADER")?,
            member: told("KITH_BROWSER_MEMBER")?,
            webdriver: told("KITH_WEBDRIVER")?,
        }))
    }
    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }
}
