//! One person with a browser of their own.
use crate::town::Town;
use anyhow::{Context, Result, anyhow};
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use thirtyfour::prelude::*;

/// How long a page may take on a busy machine until a test gives up.
const PATIENCE: Duration = Duration::from_secs(25);
const BLINK: Duration = Duration::from_millis(60);

pub struct Visitor {
    pub driver: WebDriver,
    pub town: Town,
    /// The browser's profile; gone when the visitor goes.
    _profile: TempDir,
}

impl Visitor {
    /// `script`: whether this browser runs JavaScript. `lang`: what it accepts, such as `zh-CN`.
    pub async fn new(town: &Town, script: bool, lang: &str) -> Result<Visitor> {
        // built beside the house, the driver's client has TLS without a provider of its own
        let _ = rustls::crypto::ring::default_provider().install_default();
        let profile = tempfile::tempdir()?;
        let mut caps = DesiredCapabilities::chrome();
        for flag in [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
            "--force-device-scale-factor=1",
            "--window-size=390,844",
            // headless calls itself so, and what is no person's browser is not counted as a visit
            "--user-agent=Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) \
             Chrome/140.0.0.0 Mobile Safari/537.36",
        ] {
            caps.add_arg(flag)?;
        }
        caps.add_arg(&format!("--user-data-dir={}", profile.path().display()))?;
        caps.add_arg(&format!("--lang={lang}"))?;
        let javascript = if script { 1 } else { 2 };
        caps.add_experimental_option(
            "prefs",
            json!({
                "intl.accept_languages": lang,
                "profile.managed_default_content_settings.javascript": javascript,
            }),
        )?;
        let driver = WebDriver::new(town.webdriver.clone(), caps).await?;
        driver.set_page_load_timeout(Duration::from_secs(60)).await?;
        let visitor = Visitor { driver, town: town.clone(), _profile: profile };
        visitor.screen(390, 844).await?;
        Ok(visitor)
    }
    /// A member with script who reads simplified Chinese.
    pub async fn reader(town: &Town) -> Result<Visitor> {
        Visitor::new(town, true, "zh-CN").await
    }
    pub async fn leave(self) -> Result<()> {
        Ok(self.driver.quit().await?)
    }
    pub async fn screen(&self, width: u32, height: u32) -> Result<()> {
        let size = json!({
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 700,
        });
        self.cdp("Emulation.setDeviceMetricsOverride", size).await?;
        Ok(())
    }
    pub async fn cdp(&self, method: &str, params: Value) -> Result<Value> {
        Ok(self.driver.cdp().send_raw(method, params).await?)
    }

    // ---- going somewhere

    pub async fn open(&self, path: &str) -> Result<()> {
        Ok(self.driver.goto(self.town.at(path)).await?)
    }
    /// Comes in by one of the links the demonstration printed.
    pub async fn enter(&self, link: &str) -> Result<()> {
        self.driver.goto(link).await?;
        Ok(())
    }
    /// Path and query of the page that is open.
    pub async fn path(&self) -> Result<String> {
        let url = self.driver.current_url().await?.to_string();
        Ok(url.strip_prefix(&self.town.url).unwrap_or(&url).to_owned())
    }
    pub async fn arrive(&self, part: &str) -> Result<String> {
        let until = Instant::now() + PATIENCE;
        loop {
            let path = self.path().await?;
            if path.contains(part) {
                return Ok(path);
            }
            if Instant::now() > until {
                return Err(self.lost(&format!("never came to {part}")).await);
            }
            tokio::time::sleep(BLINK).await;
        }
    }

    // ---- reading

    /// The first shown element, as soon as there is one.
    pub async fn wait(&self, css: &str) -> Result<WebElement> {
        let until = Instant::now() + PATIENCE;
        loop {
            for found in self.driver.find_all(By::Css(css)).await? {
                if found.is_displayed().await.unwrap_or(false) {
                    return Ok(found);
                }
            }
            if Instant::now() > until {
                return Err(self.lost(&format!("no {css}")).await);
            }
            tokio::time::sleep(BLINK).await;
        }
    }
    pub async fn has(&self, css: &str) -> Result<bool> {
        Ok(!self.driver.find_all(By::Css(css)).await?.is_empty())
    }
    pub async fn text(&self, css: &str) -> Result<String> {
        Ok(self.wait(css).await?.text().await?)
    }
    pub async fn attr(&self, css: &str, name: &str) -> Result<String> {
        let found = self.driver.find_all(By::Css(css)).await?;
        let Some(first) = found.first() else {
            return Err(self.lost(&format!("no {css}")).await);
        };
        let value = first.attr(name).await?;
        value.with_context(|| format!("{css} has no {name}"))
    }
    pub async fn says(&self, words: &str) -> Result<()> {
        let until = Instant::now() + PATIENCE;
        loop {
            if self.text("body").await?.contains(words) {
                return Ok(());
            }
            if Instant::now() > until {
                return Err(self.lost(&format!("the page does not say {words:?}")).await);
            }
            tokio::time::sleep(BLINK).await;
        }
    }

    // ---- doing

    /// Presses something; `css` may name several, the shown one counts.
    pub async fn press(&self, css: &str) -> Result<()> {
        let found = self.wait(css).await?;
        found.scroll_into_view().await?;
        match found.click().await {
            Ok(()) => Ok(()),
            Err(error) => Err(self.lost(&format!("cannot press {css}: {error}")).await),
        }
    }
    /// Presses something that leads to a page whose path holds `part`.
    pub async fn go(&self, css: &str, part: &str) -> Result<String> {
        self.press(css).await?;
        self.arrive(part).await
    }
    pub async fn write(&self, css: &str, words: &str) -> Result<()> {
        let field = self.wait(css).await?;
        field.clear().await?;
        field.send_keys(words).await?;
        Ok(())
    }
    /// Runs a few lines in the page; only where script is on.
    pub async fn run(&self, script: &str) -> Result<Value> {
        let out = self.driver.execute(script.to_owned(), Vec::new()).await?;
        Ok(out.json().clone())
    }

    /// An error that tells what the browser showed instead.
    pub async fn lost(&self, what: &str) -> anyhow::Error {
        let path = self.path().await.unwrap_or_default();
        let body = match self.driver.find(By::Css("body")).await {
            Ok(body) => body.text().await.unwrap_or_default(),
            Err(_) => String::new(),
        };
        let seen: String = body.replace('\n', " | ").chars().take(600).collect();
        anyhow!("{what}\n  at {path}\n  page: {seen}")
    }
}

/// `¥1,234.50`, `-£3.00`: minor units of the first amount in a text.
pub fn minor(text: &str) -> Result<i64> {
    let at = text.find(|c: char| c.is_ascii_digit()).with_context(|| format!("no sum: {text}"))?;
    let minus = text[..at].contains(['-', '−']);
    let number = text[at..].chars().take_while(|c| c.is_ascii_digit() || ",.".contains(*c));
    let digits: String = number.filter(char::is_ascii_digit).collect();
    let cents = text[at..].find('.').is_some();
    let minor: i64 = digits.parse()?;
    let minor = if cents { minor } else { minor * 100 };
    Ok(if minus { -minor } else { minor })
}
