//! The loop, once around: a friend opens a team of a group buy and shares it; a stranger comes by
//! the link, joins, buys the last seat, and both see the team complete. She collects and says how
//! it was. What that earned the friend is pending with the payment, frozen with the receipt, in
//! the wallet when the days of return are over, spent at checkout, and taken back in part with a
//! part of her money. With script and without. The clock is set ahead in the middle, so
//! `bin/check-browser` runs these by themselves.
use crate::buying::{fill_checkout, hand_out, join, lay_out, review};
use crate::town::Town;
use crate::visitor::Visitor;
use anyhow::{Context, Result, ensure};
use std::time::Duration;

const HERE: &str = "/c/taoyuanli";
/// The days of return and a little more; twice of it is within the life of a session.
const FORTNIGHT: i64 = 14 * 24 + 4;

#[tokio::test(flavor = "multi_thread")]
async fn a_friend_fills_a_team_earns_and_spends() -> Result<()> {
    let Some(town) = Town::at_hand()? else { return Ok(()) };
    story(&town, true, ("feng-with@example.com", "冯有礼"), ("jin-with@example.com", "金有新"))
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_friend_fills_a_team_earns_and_spends_without_script() -> Result<()> {
    let Some(town) = Town::at_hand()? else { return Ok(()) };
    let (friend, stranger) =
        (("feng-without@example.com", "冯无尘"), ("jin-without@example.com", "金无尘"));
    story(&town, false, friend, stranger).await
}

type Person<'a> = (&'a str, &'a str);

/// What is bought together.
struct Buy {
    campaign: String,
    product: String,
    title: String,
}

async fn story(town: &Town, script: bool, who: Person<'_>, other: Person<'_>) -> Result<()> {
    let buy = open_campaign(town, script, who.1).await?;
    let friend = Visitor::new(town, script, "zh-CN").await?;
    friend.open(&buy.campaign).await?;
    friend.press(".bar button.-primary").await?;
    join(&friend, who.0, who.1).await?;
    friend.open(&format!("{HERE}/programme")).await?;
    friend.go("button[name=deed][value=join]", "/me/earnings").await?;
    let link = open_team(&friend, &buy, who.1).await?;

    let stranger = Visitor::new(town, script, "zh-CN").await?;
    let order = last_seat(&stranger, &buy, &link, other).await?;
    if !script {
        friend.open(&buy.campaign).await?;
    }
    // with script the open page has changed by itself
    friend.says("成团了").await?;
    let path = friend.path().await?;
    ensure!(path.starts_with(&buy.campaign), "the friend went somewhere: {path}");
    friend.open(&format!("{HERE}/me/shares")).await?;
    friend.says(other.1).await?;
    earns(&friend, "等收货").await?;

    let leader = Visitor::new(town, script, "zh-CN").await?;
    leader.enter(&town.leader).await?;
    lay_out(&leader, &order).await?;
    stranger.open(&format!("{HERE}/orders/{order}")).await?;
    let code: String = stranger.text(".ticket-code").await?.split_whitespace().collect();
    hand_out(&leader, &code, other.1, &buy.title).await?;
    leader.leave().await?;
    review(&stranger, &buy.product, other.1).await?;
    stranger.leave().await?;
    earns(&friend, "冻结中").await?;

    let owner = Visitor::new(town, script, "zh-CN").await?;
    owner.enter(&town.owner).await?;
    owner.open(&format!("{HERE}/console")).await?;
    a_fortnight_passes()?;
    earns(&friend, "已到账").await?;
    spend(&friend, &buy.product, who.1).await?;
    refund_one(&owner, &order).await?;
    owner.leave().await?;
    earns(&friend, "待扣").await?;
    friend.leave().await
}

/// The owner opens a group buy of two at the desk.
async fn open_campaign(town: &Town, script: bool, name: &str) -> Result<Buy> {
    let owner = Visitor::new(town, script, "zh-CN").await?;
    owner.enter(&town.owner).await?;
    owner.open(&format!("{HERE}/console/campaigns/new")).await?;
    let picked = owner.go("main a[href*='campaigns/new?product=']", "product=").await?;
    let product = picked.rsplit('=').next().context("no product")?;
    let product = format!("{HERE}/products/{product}");
    owner.write("input[name=title]", &format!("和{name}一起买")).await?;
    owner.write("input[name=size]", "2").await?;
    owner.write("input[name^=price_]", "2.00").await?;
    let desk =
        owner.go("form[action$='/campaigns/new'] button.-primary", "/campaigns/cam_").await?;
    owner.open(&product).await?;
    let title = owner.text("h1").await?;
    owner.leave().await?;
    Ok(Buy { campaign: desk.replace("/console", ""), product, title })
}

/// The friend takes the first seat, and stays on the page of the group buy; her link to it.
async fn open_team(v: &Visitor, buy: &Buy, name: &str) -> Result<String> {
    v.open(&buy.campaign).await?;
    v.says("开第一个团").await?;
    take_seat(v, 1, name).await?;
    v.open(&buy.campaign).await?;
    v.says("还差 1 人").await?;
    v.go("form[action$='/share'] button", "/share/").await?;
    let link = v.text("#link").await?;
    v.open(&buy.campaign).await?;
    Ok(link[link.find("/s/").context("no link")?..].to_owned())
}

/// The stranger comes by the link, is told who earns, joins, and buys two in the last seat.
async fn last_seat(v: &Visitor, buy: &Buy, link: &str, who: Person<'_>) -> Result<String> {
    v.open(link).await?;
    v.arrive("/campaigns/").await?;
    v.says("还差 1 人").await?;
    v.says("这位成员会从你的订单得到佣金").await?;
    v.press(".bar button.-primary").await?;
    join(v, who.0, who.1).await?;
    v.open(&buy.campaign).await?;
    let order = take_seat(v, 2, who.1).await?;
    v.says("成团了，你是 #2").await?;
    Ok(order)
}

/// From the page of the group buy to a paid order; its number comes back.
async fn take_seat(v: &Visitor, qty: usize, name: &str) -> Result<String> {
    v.write("#seat input[name=qty]", &qty.to_string()).await?;
    v.go(".bar button.-primary", "/checkout").await?;
    if v.has(".seg button[value=pickup][aria-pressed=false]").await? {
        v.press(".seg button[value=pickup]").await?;
        v.wait(".seg button[value=pickup][aria-pressed=true]").await?;
    }
    fill_checkout(v, name).await?;
    let paying = v.go("button[form=checkout]", "/pay").await?;
    let order = paying.split('/').rev().nth(1).unwrap_or_default().to_owned();
    v.press("button[name=outcome][value=paid]").await?;
    v.says("付款成功").await?;
    Ok(order)
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

/// Chooses the balance at checkout; the rest is paid in the sandbox.
async fn spend(v: &Visitor, product: &str, name: &str) -> Result<()> {
    v.open(product).await?;
    v.go("button[formaction$='/buy']", "/checkout").await?;
    if v.has(".seg button[value=pickup][aria-pressed=false]").await? {
        v.press(".seg button[value=pickup]").await?;
        v.wait(".seg button[value=pickup][aria-pressed=true]").await?;
    }
    fill_checkout(v, name).await?;
    v.press("button[name=choose_wallet][value=yes]").await?;
    v.wait("button[name=choose_wallet][value=yes][aria-pressed=true]").await?;
    v.go("button[form=checkout]", "/pay").await?;
    v.press("button[name=outcome][value=paid]").await?;
    v.says("付款成功").await?;
    v.open(&format!("{HERE}/wallet")).await?;
    v.says("付订单").await
}

/// The owner pays one of the stranger's two back.
async fn refund_one(v: &Visitor, order: &str) -> Result<()> {
    v.open(&format!("{HERE}/console/orders/{order}")).await?;
    ensure!(v.has("#refund input[name^=qty_]").await?, "no line to pay back");
    v.write("#refund input[name^=qty_]", "1").await?;
    v.write("#refund input[name=reason]", "少了一件").await?;
    v.press("#refund button.-danger").await?;
    v.go("#sure button.-danger", "done=refunded").await.map(drop)
}
