//! Two members talk in two browsers; one loses the network for a while and misses nothing.
use crate::buying::join;
use crate::town::Town;
use crate::visitor::Visitor;
use anyhow::{Result, ensure};
use serde_json::json;
use std::time::{Duration, Instant};

const HERE: &str = "/c/taoyuanli";

#[tokio::test(flavor = "multi_thread")]
async fn who_was_offline_misses_nothing() -> Result<()> {
    let Some(town) = Town::at_hand()? else { return Ok(()) };
    let (first, second) = (Visitor::reader(&town).await?, Visitor::reader(&town).await?);
    let room = meet(&first, &second).await?;
    first.open(&room).await?;
    second.open(&room).await?;
    first.wait("#say-it").await?;
    second.wait("#say-it").await?;

    let mark = format!("接龙{}", std::process::id());
    let line = |n: usize| format!("{mark} 第{n}句");
    say(&first, &line(1)).await?;
    heard(&second, &mark, 1).await?;
    say(&second, &line(2)).await?;
    heard(&first, &mark, 2).await?;

    network(&second, true).await?;
    for n in 3..=7 {
        say(&first, &line(n)).await?;
        heard(&first, &mark, n).await?;
    }
    let missed = lines(&second, &mark).await?;
    ensure!(missed.len() == 2, "offline, and yet it heard {missed:?}");
    network(&second, false).await?;
    heard(&second, &mark, 7).await?;
    say(&second, &line(8)).await?;
    heard(&first, &mark, 8).await?;
    heard(&second, &mark, 8).await?;
    // nothing comes twice a moment later
    tokio::time::sleep(Duration::from_secs(3)).await;
    let wanted: Vec<String> = (1..=8).map(line).collect();
    for v in [&first, &second] {
        let got = lines(v, &mark).await?;
        ensure!(got == wanted, "wanted {wanted:?}, got {got:?}");
    }
    first.leave().await?;
    second.leave().await
}

/// Both are new here and join the same open group; the path of its chat.
async fn meet(first: &Visitor, second: &Visitor) -> Result<String> {
    let mut group = String::new();
    for (v, address, name) in
        [(first, "an-chat@example.com", "安安"), (second, "bo-chat@example.com", "博博")]
    {
        v.open(&format!("{HERE}/join")).await?;
        v.press("a[href*='/sign-in']").await?;
        join(v, address, name).await?;
        if group.is_empty() {
            group = open_group(v).await?;
        }
        v.open(&group).await?;
        if v.has("form[action$='/join'] button").await? {
            if v.has("form[action$='/join'] input[name=agreed]").await? {
                v.press("form[action$='/join'] input[name=agreed]").await?;
            }
            v.press("form[action$='/join'] button").await?;
            v.wait("a[href$='/chat'],#say-it").await?;
        }
    }
    Ok(format!("{group}/chat"))
}

/// A group one may join without asking.
async fn open_group(v: &Visitor) -> Result<String> {
    v.open(&format!("{HERE}/groups")).await?;
    let hrefs = v.run(
        "return [...document.querySelectorAll('main a[href*=\"/groups/grp_\"]')].map(a => \
         new URL(a.href).pathname.replace(/\\/chat$/, ''))",
    );
    let hrefs = hrefs.await?;
    for href in hrefs.as_array().into_iter().flatten().filter_map(|h| h.as_str()) {
        v.open(href).await?;
        if v.has("form[action$='/join'] button").await? {
            return Ok(href.to_owned());
        }
    }
    Err(v.lost("no group to join").await)
}

async fn say(v: &Visitor, words: &str) -> Result<()> {
    v.write("#say-it", words).await?;
    v.press("#composer button.send").await
}

/// What the log holds of this test's lines, from top to bottom.
async fn lines(v: &Visitor, mark: &str) -> Result<Vec<String>> {
    let script = "return [...document.querySelectorAll('[role=log] li.line .bubble')]\
                  .map(b => b.textContent.trim())";
    let all = v.run(script).await?;
    let all = all.as_array().into_iter().flatten().filter_map(|t| t.as_str());
    Ok(all.filter(|t| t.starts_with(mark)).map(str::to_owned).collect())
}

async fn heard(v: &Visitor, mark: &str, many: usize) -> Result<()> {
    // after a lost network the stream waits up to half a minute before it tries again
    let until = Instant::now() + Duration::from_secs(60);
    loop {
        let got = lines(v, mark).await?;
        if got.len() >= many {
            return Ok(());
        }
        if Instant::now() > until {
            return Err(v.lost(&format!("{many} lines were said, heard {got:?}")).await);
        }
        tokio::time::sleep(Duration::from_millis(150)).await;
    }
}

async fn network(v: &Visitor, offline: bool) -> Result<()> {
    v.cdp("Network.enable", json!({})).await?;
    let state = json!({
        "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1,
    });
    v.cdp("Network.emulateNetworkConditions", state).await?;
    if offline {
        // the emulation stops new requests only; a stream under way breaks off like this
        v.run("document.querySelector('live-stream').es.dispatchEvent(new Event('error'))").await?;
    }
    Ok(())
}
