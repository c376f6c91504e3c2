//! Pictures of the pages in several screens, languages and themes, each looked over by checks.js.
//!
//! `bin/screenshots` runs it; it is no test of its own, therefore ignored otherwise.
use crate::pages::{self, Page};
use crate::town::Town;
use crate::visitor::Visitor;
use anyhow::{Context, Result, ensure};
use serde_json::json;
use std::path::PathBuf;

const CHECKS: &str = include_str!("../../checks.js");
/// A long list is cut here; what is below looks like what is above.
const TALLEST: i64 = 2400;

#[derive(Clone, Copy, PartialEq, Eq)]
struct Look {
    lang: &'static str,
    theme: &'static str,
    screen: (&'static str, u32, u32),
}

const PHONE: (&str, u32, u32) = ("phone", 390, 844);
const DESKTOP: (&str, u32, u32) = ("desktop", 1440, 900);

/// Every page in the main language on both screens; the other combinations take turns.
fn looks(k: usize) -> Vec<Look> {
    let one = |lang, theme, screen| Look { lang, theme, screen };
    let turns = [
        one("zh-Hant", "dark", PHONE),
        one("en", "light", PHONE),
        one("en", "dark", DESKTOP),
        one("zh-Hant", "light", DESKTOP),
        one("zh-Hans", "dark", PHONE),
        one("en", "dark", PHONE),
    ];
    let mut all = vec![one("zh-Hans", "light", PHONE), one("zh-Hans", "light", DESKTOP)];
    all.extend([turns[k % 6], turns[(k + 1) % 6]]);
    all
}

impl Look {
    fn name(&self) -> String {
        format!("{}-{}-{}", self.screen.0, self.theme, self.lang)
    }
    async fn put_on(&self, v: &Visitor) -> Result<()> {
        for (name, value) in [("lang", self.lang), ("theme", self.theme)] {
            let cookie = json!({ "url": v.town.url, "name": name, "value": value });
            v.cdp("Network.setCookie", cookie).await?;
        }
        v.screen(self.screen.1, self.screen.2).await?;
        let features = json!([
            { "name": "prefers-color-scheme", "value": self.theme },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ]);
        v.cdp("Emulation.setEmulatedMedia", json!({ "features": features })).await?;
        Ok(())
    }
}

struct Gallery {
    folder: PathBuf,
    only: Option<String>,
    taken: usize,
    /// Page, look, what is wrong.
    findings: Vec<(String, String, String)>,
}

impl Gallery {
    async fn take(&mut self, v: &Visitor, page: &Page, look: Look) -> Result<()> {
        look.put_on(v).await?;
        v.open(&page.path).await?;
        let found = v.driver.execute_async(script(), Vec::new()).await?;
        let list = found.json().as_array().cloned();
        let list = list.with_context(|| format!("{}: {}", page.name, found.json()))?;
        for finding in list {
            let text = finding.as_str().unwrap_or("?").to_owned();
            self.findings.push((page.name.to_owned(), look.name(), text));
        }
        let file = self.folder.join(format!("{}-{}.png", page.name, look.name()));
        let size = v.run("return document.documentElement.scrollHeight").await?;
        let height = size.as_i64().unwrap_or(0).clamp(look.screen.2.into(), TALLEST);
        // sticky bars belong at the end of what is seen: the screen grows instead of scrolling
        let height = u32::try_from(height)?;
        v.screen(look.screen.1, height).await?;
        std::fs::write(&file, v.driver.screenshot_as_png().await?)?;
        self.taken += 1;
        Ok(())
    }
    fn table(&self) {
        let width = self.findings.iter().map(|(p, l, _)| p.len() + l.len() + 1).max().unwrap_or(0);
        for (page, look, what) in &self.findings {
            println!("{:<width$}  {what}", format!("{page} {look}"));
        }
        println!("{} pictures in {}", self.taken, self.folder.display());
        println!("{} findings", self.findings.len());
    }
}

fn script() -> String {
    format!(
        "const done = arguments[arguments.length - 1]; {CHECKS}
         window.kithChecks().then(done, error => done(String(error.stack || error)));"
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page() -> Result<()> {
    let Some(town) = Town::at_hand()? else { return Ok(()) };
    // bin/screenshots names a folder; the stories alone take no pictures
    let Ok(folder) = std::env::var("KITH_SCREENSHOTS") else { return Ok(()) };
    let only = std::env::var("KITH_SCREENSHOTS_ONLY").ok();
    let mut gallery =
        Gallery { folder: PathBuf::from(folder), only, taken: 0, findings: Vec::new() };
    std::fs::create_dir_all(&gallery.folder)?;
    let v = Visitor::reader(&town).await?;
    let all = pages::all(&v).await?;
    let mut before = None;
    for (k, page) in all.iter().enumerate() {
        if gallery.only.as_deref().is_some_and(|only| !page.name.contains(only)) {
            continue;
        }
        if before != Some(page.who) {
            pages::become_one(&v, page.who).await?;
            before = Some(page.who);
        }
        for look in looks(k) {
            gallery.take(&v, page, look).await?;
        }
    }
    v.leave().await?;
    gallery.table();
    ensure!(gallery.taken > 0, "no page is called so");
    ensure!(gallery.findings.is_empty(), "{} findings", gallery.findings.len());
    Ok(())
}
