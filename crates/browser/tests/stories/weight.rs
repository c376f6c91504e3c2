//! What a first visit weighs, against the budget: HTML, style, script, pictures, one by one.
use crate::town::Town;
use crate::visitor::Visitor;
use anyhow::{Context, Result, ensure};
use serde_json::Value;

/// Budgets are in brotli, the scales are gzip: an eighth more for the same text.
const KB: u64 = 1024 * 9 / 8;

/// Bytes over the wire. A file the server sent plain (a debug build does not spend the seconds on
/// compressing) counts as gzip would make it, which is never less than brotli of a release build.
const WEIGH: &str = r#"
const done = arguments[arguments.length - 1];
const gzip = async buffer => {
  const stream = new Blob([buffer]).stream().pipeThrough(new CompressionStream('gzip'));
  return (await new Response(stream).arrayBuffer()).byteLength;
};
const one = async e => {
  const kind = e.entryType === 'navigation' ? 'html'
    : e.name.includes('.css') ? 'css' : e.name.includes('.js') ? 'js' : 'picture';
  let bytes = e.encodedBodySize;
  const plain = e.encodedBodySize === e.decodedBodySize;
  if (kind !== 'picture' && plain) bytes = await gzip(await (await fetch(e.name)).arrayBuffer());
  const img = [...document.images].find(i => i.currentSrc === e.name);
  const above = img ? img.getBoundingClientRect().top < innerHeight : false;
  return { name: e.name, kind, bytes, above };
};
const all = [...performance.getEntriesByType('navigation'),
  ...performance.getEntriesByType('resource').filter(e => e.initiatorType !== 'fetch')];
Promise.all(all.map(one)).then(done, error => done(String(error)));
"#;

#[derive(Debug, Default)]
struct Weight {
    html: u64,
    css: u64,
    js: u64,
    above: u64,
    below: u64,
}

async fn weigh(v: &Visitor) -> Result<Weight> {
    let out = v.driver.execute_async(WEIGH.to_owned(), Vec::new()).await?;
    let list = out.json().as_array().with_context(|| format!("no list: {}", out.json()))?.clone();
    let mut w = Weight::default();
    for file in &list {
        let bytes = file["bytes"].as_u64().context("bytes")?;
        let above = file["above"].as_bool() == Some(true);
        match file["kind"].as_str() {
            Some("html") => w.html += bytes,
            Some("css") => w.css += bytes,
            Some("js") => w.js += bytes,
            _ if above => w.above += bytes,
            _ => w.below += bytes,
        }
        println!("  {:>7} {} {}", bytes, file["kind"], short(&file["name"]));
    }
    Ok(w)
}

fn short(name: &Value) -> String {
    name.as_str().unwrap_or("").chars().rev().take(60).collect::<Vec<_>>().iter().rev().collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_keep_their_budget() -> Result<()> {
    let Some(town) = Town::at_hand()? else { return Ok(()) };
    let v = Visitor::reader(&town).await?;
    v.open("/c/taoyuanli/shop").await?;
    let product = v.attr("main a[href*='/products/']", "href").await?;
    v.leave().await?;

    // a new browser: nothing is kept from the page before
    let v = Visitor::reader(&town).await?;
    v.open(&product).await?;
    v.wait("h1").await?;
    let w = weigh(&v).await?;
    println!("product page: {w:?}");
    ensure!(w.html > 500 && w.css > 500 && w.js > 500 && w.above > 500, "nothing weighed: {w:?}");
    ensure!(w.html <= 18 * KB, "HTML of the product page: {w:?}");
    ensure!(w.css <= 10 * KB, "style of the product page: {w:?}");
    ensure!(w.js <= 16 * KB, "script of the product page: {w:?}");
    ensure!(w.above <= 120 * 1024, "pictures of the product page: {w:?}");
    let total = w.html + w.css + w.js + w.above;
    ensure!(total <= 180 * 1024, "a first visit takes {total} bytes: {w:?}");
    v.leave().await?;

    let v = Visitor::reader(&town).await?;
    v.enter(&town.owner).await?;
    v.cdp("Network.clearBrowserCache", Value::Object(Default::default())).await?;
    v.screen(1440, 900).await?;
    v.open("/c/taoyuanli/console").await?;
    v.wait("h1").await?;
    let w = weigh(&v).await?;
    println!("console home: {w:?}");
    ensure!(w.html > 500 && w.css > 500 && w.js > 500, "nothing weighed: {w:?}");
    ensure!(w.html <= 40 * KB, "HTML of the console: {w:?}");
    ensure!(w.css <= 14 * KB, "style of the console: {w:?}");
    ensure!(w.js <= 30 * KB, "script of the console: {w:?}");
    let total = w.html + w.css + w.js + w.above + w.below;
    ensure!(total <= 120 * 1024, "a first visit takes {total} bytes: {w:?}");
    v.leave().await
}
