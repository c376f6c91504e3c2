//! A friend's link earns: pending with the payment, frozen with the receipt, in the wallet when the
//! days of return are over, spent at checkout, and taken back with a refund. With script and
//! without. The clock is set ahead in the middle, so `bin/check-browser` runs these by themselves.
use crate::buying::{buy, fill_checkout, hand_out, join, lay_out, review};
use crate::town::Town;
use crate::visitor::Visitor;
use anyhow::{Context, Result, ensure};
use std::time::Duration;

const HERE: &str = "/c/taoyuanli";
/// The days of return and a little more; twice of it is within the life of a session.
const FORTNIGHT: i64 = 14 * 24 + 4;

#[tokio::test(flavor = "multi_thread")]
async fn a_friend_earns_and_spends() -> Result<()> {
    let Some(town) = Town::at_hand()? else { return Ok(()) };
    story(&town, true, ("feng-with@example.com", "冯有礼"), ("jin-with@example.com", "金有新"))
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_friend_earns_and_spends_without_script() -> Result<()> {
    let Some(town) = Town::at_hand()? else { return Ok(()) };
    let (friend, stranger) =
        (("feng-without@example.com", "冯无尘"), ("jin-without@example.com", "金无尘"));
    story(&town, false, friend, stranger).await
}

type Person<'a> = (&'a str, &'a str);

async fn story(town: &Town, script: bool, who: Person<'_>, other: Person<'_>) -> Result<()> {
    let friend = Visitor::new(town, script, "zh-CN").await?;
    friend.open(&format!("{HERE}/shop")).await?;
    let product = friend.attr("main a[href*='/products/']", "href").await?;
    friend.open(&product).await?;
    friend.press("button[formaction$='/buy']").await?;
    join(&friend, who.0, who.1).await?;
    friend.open(&format!("{HERE}/programme")).await?;
    friend.go("button[name=deed][value=join]", "/me/earnings").await?;
    friend.open(&product).await?;
    let title = friend.text("h1").await?;
    friend.go("form[action$='/share'] button", "/share/").await?;
    let link = friend.text("#link").await?;
    let link = link[link.find("/s/").context("no link")?..].to_owned();

    let stranger = Visitor::new(town, script, "zh-CN").await?;
    stranger.open(&link).await?;
    stranger.arrive("/products/").await?;
    stranger.says("这位成员会从你的订单得到佣金").await?;
    stranger.press("button[formaction$='/buy']").await?;
    join(&stranger, other.0, other.1).await?;
    let order = buy(&stranger, &product, other.1).await?;
    earns(&friend, "等收货").await?;

    let leader = Visitor::new(town, script, "zh-CN").await?;
    leader.enter(&town.leader).await?;
    lay_out(&leader, &order).await?;
    stranger.open(&format!("{HERE}/orders/{order}")).await?;
    let code: String = stranger.text(".ticket-code").await?.split_whitespace().collect();
    hand_out(&leader, &code, other.1, &title).await?;
    leader.leave().await?;
    review(&stranger, &product, other.1).await?;
    stranger.leave().await?;
    earns(&friend, "冻结中").await?;

    let owner = Visitor::new(town, script, "zh-CN").await?;
    owner.enter(&town.owner).await?;
    owner.open(&format!("{HERE}/console")).await?;
    a_fortnight_passes()?;
    earns(&friend, "已到账").await?;
    spend(&friend, &product, who.1).await?;
    refund(&owner, &order).await?;
    owner.leave().await?;
    earns(&friend, "待扣").await?;
    friend.leave().await
}

/// The newest sale on the friend's page comes to this state; jobs of the house take a moment.
async fn earns(v: &Visitor, state: &str) -> Result<()> {
    for _ in 0..150 {
        v.open(&format!("{HERE}/me/earnings")).await?;
        let shown = match state {
            "待扣" => v.text("main").await?,
            _ => v.text("main section.card.-flush:last-of-type .tag").await?,
        };
        if shown.contains(state) {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    Err(v.lost(&format!("the commission never was {state}")).await)
}

/// The clock of the house runs so many hours more ahead.
fn a_fortnight_passes() -> Result<()> {
    let file = std::env::var("KITH_CLOCK_AHEAD").context("KITH_CLOCK_AHEAD is not set")?;
    let before: i64 =
        std::fs::read_to_string(&file).unwrap_or_default().trim().parse().unwrap_or(0);
    Ok(std::fs::write(file, (before + FORTNIGHT).to_string())?)
}

/// Ticks the balance at checkout; the rest is paid in the sandbox.
async fn spend(v: &Visitor, product: &str, name: &str) -> Result<()> {
    v.open(product).await?;
    v.go("button[formaction$='/buy']", "/checkout").await?;
    if v.has("nav.seg a[href*='way=pickup']:not([aria-current])").await? {
        v.go("nav.seg a[href*='way=pickup']", "way=pickup").await?;
    }
    fill_checkout(v, name).await?;
    v.press("label:has(input[name=wallet])").await?;
    v.go("button[form=checkout]", "/pay").await?;
    v.press("button[name=outcome][value=paid]").await?;
    v.says("付款成功").await?;
    v.open(&format!("{HERE}/wallet")).await?;
    v.says("付订单").await
}

/// The owner pays the stranger's goods back.
async fn refund(v: &Visitor, order: &str) -> Result<()> {
    v.open(&format!("{HERE}/console/orders/{order}")).await?;
    ensure!(v.has("#refund input[name^=qty_]").await?, "no line to pay back");
    v.write("#refund input[name^=qty_]", "1").await?;
    v.write("#refund input[name=reason]", "少了一件").await?;
    v.go("#refund button.-danger", "done=refunded").await.map(drop)
}
