//! A friend's link leads to a group buy; the stranger joins, buys the last seat, and both see the
//! team complete. With script and without.
use crate::buying::{fill_checkout, join};
use crate::town::Town;
use crate::visitor::Visitor;
use anyhow::{Context, Result, ensure};

const HERE: &str = "/c/taoyuanli";

#[tokio::test(flavor = "multi_thread")]
async fn a_friends_link_fills_a_team() -> Result<()> {
    let Some(town) = Town::at_hand()? else { return Ok(()) };
    story(&town, true, "he-with@example.com", "何有团").await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_friends_link_fills_a_team_without_script() -> Result<()> {
    let Some(town) = Town::at_hand()? else { return Ok(()) };
    story(&town, false, "tong-without@example.com", "童无尘").await
}

async fn story(town: &Town, script: bool, address: &str, name: &str) -> Result<()> {
    let campaign = open_campaign(town, script, name).await?;
    let friend = Visitor::new(town, script, "zh-CN").await?;
    friend.enter(&town.member).await?;
    friend.open(&campaign).await?;
    friend.says("开第一个团").await?;
    take_seat(&friend, "徐邻居").await?;
    friend.open(&campaign).await?;
    friend.says("还差 1 人").await?;
    friend.go("form[action$='/share'] button", "/share/").await?;
    let link = friend.text("#link").await?;
    let link = link[link.find("/s/").context("no link")?..].to_owned();
    friend.open(&campaign).await?;

    let stranger = Visitor::new(town, script, "zh-CN").await?;
    stranger.open(&link).await?;
    stranger.arrive("/campaigns/").await?;
    stranger.says("还差 1 人").await?;
    stranger.press(".bar button.-primary").await?;
    join(&stranger, address, name).await?;
    stranger.open(&campaign).await?;
    take_seat(&stranger, name).await?;
    stranger.says("成团了，你是 #2").await?;
    if !script {
        friend.open(&campaign).await?;
    }
    // with script the open page has changed by itself
    friend.says("成团了").await?;
    let path = friend.path().await?;
    ensure!(path.starts_with(&campaign), "the friend went somewhere: {path}");
    friend.open(&format!("{HERE}/me/shares")).await?;
    friend.says(name).await?;
    stranger.leave().await?;
    friend.leave().await
}

/// The owner opens a group buy of two at the desk; its page for members comes back.
async fn open_campaign(town: &Town, script: bool, name: &str) -> Result<String> {
    let owner = Visitor::new(town, script, "zh-CN").await?;
    owner.enter(&town.owner).await?;
    owner.open(&format!("{HERE}/console/campaigns/new")).await?;
    owner.go("main a[href*='campaigns/new?product=']", "product=").await?;
    owner.write("input[name=title]", &format!("和{name}一起买")).await?;
    owner.write("input[name=size]", "2").await?;
    owner.write("input[name^=price_]", "1.00").await?;
    let desk =
        owner.go("form[action$='/campaigns/new'] button.-primary", "/campaigns/cam_").await?;
    owner.leave().await?;
    Ok(desk.replace("/console", ""))
}

/// From the page of the group buy to a paid order.
async fn take_seat(v: &Visitor, name: &str) -> Result<()> {
    v.go(".bar button.-primary", "/checkout").await?;
    if v.has("nav.seg a[href*='way=pickup']:not([aria-current])").await? {
        v.go("nav.seg a[href*='way=pickup']", "way=pickup").await?;
    }
    fill_checkout(v, name).await?;
    v.go("button[form=checkout]", "/pay").await?;
    v.press("button[name=outcome][value=paid]").await?;
    v.says("付款成功").await
}
