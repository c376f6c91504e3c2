//! A stranger becomes a member, buys, collects and says how it was; with script and without.
use crate::town::Town;
use crate::visitor::Visitor;
use anyhow::{Result, ensure};

const HERE: &str = "/c/taoyuanli";

/// Name and number, wherever the form has room for them.
pub async fn fill_checkout(v: &Visitor, name: &str) -> Result<()> {
    v.write("#checkout input[name=name]", name).await?;
    v.write("#checkout input[name=phone]", "13900001234").await
}

/// Signs in by code as somebody new and joins; the browser stands at the sign-in page.
pub async fn join(v: &Visitor, address: &str, name: &str) -> Result<()> {
    v.arrive("/sign-in").await?;
    v.write("input[name=contact]", address).await?;
    v.go("form[action='/sign-in'] button[type=submit]", "/sign-in/code").await?;
    let code = v.text(".banner b.num").await?;
    v.write("input[name=code]", &code).await?;
    v.go("form[action='/sign-in/code'] button[type=submit]", "/sign-in/name").await?;
    v.write("input[name=name]", name).await?;
    v.go("form[action='/sign-in/name'] button[type=submit]", "/join").await?;
    v.press("input[name=agreed]").await?;
    v.go("form[action$='/join'] button.-primary", "/welcome").await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_buys_and_collects() -> Result<()> {
    let Some(town) = Town::at_hand()? else { return Ok(()) };
    story(&town, true, "lin-with@example.com", "林有为").await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_buys_and_collects_without_script() -> Result<()> {
    let Some(town) = Town::at_hand()? else { return Ok(()) };
    story(&town, false, "mei-without@example.com", "梅无尘").await
}

async fn story(town: &Town, script: bool, address: &str, name: &str) -> Result<()> {
    let buyer = Visitor::new(town, script, "zh-CN").await?;
    buyer.open(&format!("{HERE}/shop")).await?;
    let link = buyer.attr("main a[href*='/products/']", "href").await?;
    buyer.open(&link).await?;
    let title = buyer.text("h1").await?;
    buyer.press("button[formaction$='/buy']").await?;
    join(&buyer, address, name).await?;
    let order = buy(&buyer, &link, name).await?;

    let leader = Visitor::new(town, script, "zh-CN").await?;
    leader.enter(&town.leader).await?;
    lay_out(&leader, &order).await?;

    buyer.open(&format!("{HERE}/orders/{order}")).await?;
    let code: String = buyer.text(".ticket-code").await?.split_whitespace().collect();
    ensure!(code.len() == 6 && code.bytes().all(|b| b.is_ascii_digit()), "no code: {code}");
    hand_out(&leader, &code, name, &title).await?;
    leader.leave().await?;

    buyer.open(&format!("{HERE}/orders/{order}")).await?;
    ensure!(!buyer.has(".ticket-code").await?, "the code is still shown after the hand-out");
    review(&buyer, &link, name).await?;
    buyer.leave().await
}

/// From the product to a paid order; its number comes back.
pub async fn buy(v: &Visitor, link: &str, name: &str) -> Result<String> {
    v.open(link).await?;
    v.go("button[formaction$='/buy']", "/checkout").await?;
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

/// The goods have arrived at the point.
pub async fn lay_out(v: &Visitor, order: &str) -> Result<()> {
    v.open(&format!("{HERE}/handout?tab=packing")).await?;
    let form = format!("form[action$='/handout/ready']:has(input[value='{order}']) button");
    v.press(&form).await?;
    v.arrive("tab=packing").await?;
    ensure!(!v.has(&form).await?, "the order still waits to arrive");
    Ok(())
}

/// The buyer tells the code; the leader sees whose it is and gives it.
pub async fn hand_out(v: &Visitor, code: &str, name: &str, title: &str) -> Result<()> {
    v.open(&format!("{HERE}/handout")).await?;
    v.write("input[name=code]", "000000").await?;
    v.go("form[method=get] button[type=submit]", "code=000000").await?;
    ensure!(v.has(".banner").await?, "a wrong code is not refused");
    v.write("input[name=code]", code).await?;
    v.go("form[method=get] button[type=submit]", code).await?;
    ensure!(v.text(".bigname").await? == name, "another name is shown");
    v.says(title).await?;
    v.go(".bar form button", "done=").await?;
    v.says(&format!("已交给{name}")).await
}

/// Five stars and a sentence, from the list of what may be reviewed; it stands under the product.
pub async fn review(v: &Visitor, link: &str, name: &str) -> Result<()> {
    v.open(&format!("{HERE}/reviews")).await?;
    v.go("main a[href$='/review']", "/review").await?;
    v.press("label.chip:has(input[name=stars][value='5'])").await?;
    let words = format!("{name}：取货很快，东西和说的一样");
    v.write("textarea[name=text]", &words).await?;
    v.press("form[enctype] button.-primary").await?;
    v.says("取货很快").await?;
    v.open(link).await?;
    v.says(&words).await
}
