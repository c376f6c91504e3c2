//! Four phones: a leader opens a list, two neighbours buy and she enters a third one's order; she
//! hands out with the network off for a while, takes one back, and sees what she earned.
use crate::buying::join;
use crate::town::Town;
use crate::visitor::Visitor;
use anyhow::{Context, Result, ensure};
use serde_json::json;
use std::time::{Duration, Instant};

const HERE: &str = "/c/taoyuanli";

#[tokio::test(flavor = "multi_thread")]
async fn a_leader_hands_out_with_the_network_off() -> Result<()> {
    let Some(town) = Town::at_hand()? else { return Ok(()) };
    let leader = phone(&town).await?;
    leader.enter(&town.leader).await?;
    let list = open_list(&leader).await?;
    let lead = list.replace("/campaigns/", "/lead/");

    let (first, second) = (phone(&town).await?, phone(&town).await?);
    let names = ["阮来取", "邬托人"];
    let mail = |who: &str| format!("{who}-{}@example.com", std::process::id());
    neighbour(&first, &mail("ruan"), names[0], &list).await?;
    // the list on the leader's phone has changed by itself
    leader.says("#1").await?;
    neighbour(&second, &mail("wu"), names[1], &list).await?;
    leader.open(&format!("{lead}/behalf")).await?;
    leader
        .run(
            "const s = document.querySelector('select[name=member]'); s.selectedIndex = 1; \
             document.querySelector('input[name^=q_]').value = 1",
        )
        .await?;
    leader.write("#behalf input[name=name]", "不用手机的吴奶奶").await?;
    leader.write("#behalf input[name=phone]", "13900005678").await?;
    leader.go("button[form=behalf]", "done=3").await?;

    leader.open(&lead).await?;
    leader.press("form[action$='/close'] button").await?;
    leader.go("#sure button.-danger", "done=").await?;
    closed(&leader, &lead).await?;
    leader.go("form[action$='/arrived'] button", "done=3").await?;
    first.open(&format!("{HERE}/orders")).await?;
    first.says("待取货").await?;

    leader.open(&format!("{lead}/handout")).await?;
    hand_out(&leader, &names).await?;
    first.open(&format!("{HERE}/orders")).await?;
    first.says("待取货").await?;
    second.open(&format!("{HERE}/orders")).await?;
    second.says("已收货").await?;

    leader.open(&format!("{lead}/handout")).await?;
    leader.says("代取：表弟").await?;
    leader.says("已取 2 / 3").await?;
    leader.open(&format!("{HERE}/lead")).await?;
    leader.says("要上交的现金").await?;
    earned(&leader).await?;
    for v in [first, second, leader] {
        v.leave().await?;
    }
    Ok(())
}

async fn phone(town: &Town) -> Result<Visitor> {
    let v = Visitor::new(town, true, "zh-CN").await?;
    v.screen(390, 844).await?;
    Ok(v)
}

/// The leader opens a list of whatever is first on the shelf; its page comes back.
async fn open_list(v: &Visitor) -> Result<String> {
    v.open(&format!("{HERE}/lead")).await?;
    v.go("main a[href$='/lead/new']", "/lead/new").await?;
    v.write("input[name=title]", "四个人的接龙").await?;
    v.press("input[name=variant]").await?;
    v.go("button[form=open]", "/campaigns/cam_").await
}

/// Somebody new comes by the list, orders one and pays.
async fn neighbour(v: &Visitor, address: &str, name: &str, list: &str) -> Result<()> {
    v.open(&format!("{HERE}/join")).await?;
    v.press("a[href*='/sign-in']").await?;
    join(v, address, name).await?;
    v.open(list).await?;
    v.press("num-stepper button:last-child").await?;
    v.go("button[form=list]", "/order?").await?;
    v.write("#buy input[name=name]", name).await?;
    v.write("#buy input[name=phone]", "13900001234").await?;
    v.go("button[form=buy]", "/pay").await?;
    v.press("button[name=outcome][value=paid]").await?;
    v.says("付款成功").await
}

/// The worker closes the list within moments.
async fn closed(v: &Visitor, lead: &str) -> Result<()> {
    let until = Instant::now() + Duration::from_secs(30);
    loop {
        v.open(lead).await?;
        if v.has("form[action$='/arrived'] button").await? {
            return Ok(());
        }
        ensure!(Instant::now() < until, "the list stays open");
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
}

/// The row of one neighbour.
fn row(name: &str) -> String {
    format!("li.hand[data-find*='{name}']")
}

/// Three taps without a network, one of them taken back; then the network comes.
async fn hand_out(v: &Visitor, names: &[&str; 2]) -> Result<()> {
    let [first, second] = names.map(row);
    let third = row("吴奶奶");
    v.wait(&first).await?;
    // the queue is there once its script is
    v.wait("hand-queue:defined").await?;
    network(v, true).await?;
    v.press(&format!("{first} .hand-form button")).await?;
    v.press(&format!("{second} summary")).await?;
    v.write(&format!("{second} input[name=collected_by]"), "表弟").await?;
    v.press(&format!("{second} .hand-form button")).await?;
    v.press(&format!("{third} .hand-form button")).await?;
    v.says("3 笔还在手机里").await?;
    v.press(&format!("{first} .undo-form button")).await?;
    v.says("2 笔还在手机里").await?;
    let path = v.path().await?;
    ensure!(path.ends_with("/handout"), "it went away without a network: {path}");
    network(v, false).await?;
    let until = Instant::now() + Duration::from_secs(30);
    while v.has("[data-waiting]:not([hidden])").await? {
        ensure!(Instant::now() < until, "the taps were not sent");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    let kept = v
        .run(
            "return Object.keys(localStorage).filter(k => k.startsWith('handout'))\
                      .map(k => localStorage[k]).join()",
        )
        .await?;
    let kept = kept.as_str().context("no storage")?;
    ensure!(kept == "[]", "something was kept: {kept}");
    Ok(())
}

/// Two of the three orders changed hands: theirs is what the list brought, and it waits.
async fn earned(v: &Visitor) -> Result<()> {
    v.go("main a[href$='/lead/earnings']", "/lead/earnings").await?;
    v.says("四个人的接龙").await?;
    v.says("已交 2 单").await?;
    v.says("等退货期").await?;
    v.says("要上交的现金").await
}

async fn network(v: &Visitor, offline: bool) -> Result<()> {
    v.cdp("Network.enable", json!({})).await?;
    let state = json!({
        "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1,
    });
    v.cdp("Network.emulateNetworkConditions", state).await?;
    Ok(())
}
