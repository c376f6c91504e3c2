//! An owner opens a community, brings goods from a file, ships an order and pays a line back; the
//! books agree with each other all the while.
use crate::buying::join;
use crate::town::Town;
use crate::visitor::{Visitor, minor};
use anyhow::{Context, Result, ensure};
use std::io::Write;
use thirtyfour::prelude::*;

const GOODS: &str = "title,handle,price,stock,vendor\n\
    山野蜂蜜,mountain-honey,46.00,20,后山合作社\n\
    手工米线,rice-noodles,12.50,40,后山合作社\n";

#[tokio::test(flavor = "multi_thread")]
async fn a_new_shop_sells_ships_and_pays_back() -> Result<()> {
    let Some(town) = Town::at_hand()? else { return Ok(()) };
    let owner = Visitor::reader(&town).await?;
    owner.screen(1440, 900).await?;
    owner.enter(&town.owner).await?;
    let slug = open_community(&owner).await?;
    import(&owner, &slug).await?;

    let buyer = Visitor::reader(&town).await?;
    let order = order_by_post(&buyer, &slug).await?;

    let page = format!("/c/{slug}/console/orders/{order}");
    owner.open(&page).await?;
    owner.write("#ship input[name=carrier]", "顺丰").await?;
    owner.write("#ship input[name=tracking]", "SF1000200030004").await?;
    owner.go("#ship button[type=submit]", "done=shipped").await?;
    owner.says("SF1000200030004").await?;

    let paid = refund_one(&owner, &page).await?;
    books_agree(&owner, &slug, paid).await?;
    owner.leave().await?;

    // the buyer sees the refund as well
    buyer.open(&format!("/c/{slug}/orders/{order}")).await?;
    buyer.says("46.00").await?;
    buyer.leave().await
}

async fn open_community(v: &Visitor) -> Result<String> {
    v.open("/open").await?;
    v.write("input[name=name]", "后山小铺").await?;
    v.write("input[name=purpose]", "把后山的好东西分给邻居").await?;
    let slug = v.attr("input[name=slug]", "value").await?;
    v.go("form[action='/open'] button[type=submit]", "/welcome").await?;
    Ok(slug)
}

async fn import(v: &Visitor, slug: &str) -> Result<()> {
    let mut file = tempfile::Builder::new().suffix(".csv").tempfile()?;
    file.write_all(GOODS.as_bytes())?;
    let name = file.path().to_str().context("a name")?;
    let at = format!("/c/{slug}/console/products/import");
    v.open(&at).await?;
    v.driver.find(By::Css("input[type=file]")).await?.send_keys(name).await?;
    v.press("form[enctype] button[type=submit]").await?;
    v.says("检查过了").await?;
    v.driver.find(By::Css("input[type=file]")).await?.send_keys(name).await?;
    v.go("form[enctype] button[type=submit]", "added=2").await?;
    v.open(&format!("/c/{slug}/console/products")).await?;
    v.says("山野蜂蜜").await?;
    v.says("手工米线").await
}

/// Two lines, sent by post, paid in the sandbox.
async fn order_by_post(v: &Visitor, slug: &str) -> Result<String> {
    v.open(&format!("/c/{slug}/join")).await?;
    v.press("a[href*='/sign-in']").await?;
    join(v, "yun-desk@example.com", "云阿姨").await?;
    for k in 0..2 {
        v.open(&format!("/c/{slug}/shop")).await?;
        let links = v.driver.find_all(By::Css("main a[href*='/products/']")).await?;
        let mut hrefs = Vec::new();
        for link in &links {
            let href = link.attr("href").await?.context("a link")?;
            if !hrefs.contains(&href) {
                hrefs.push(href);
            }
        }
        ensure!(hrefs.len() == 2, "two products are for sale, not {hrefs:?}");
        v.open(&hrefs[k]).await?;
        v.press("button.btn.grow[form=buy]:not([formaction])").await?;
        v.says("购物车 ").await?;
        tokio::time::sleep(std::time::Duration::from_millis(400)).await;
    }
    v.open(&format!("/c/{slug}/checkout?way=ship")).await?;
    crate::buying::fill_checkout(v, "云阿姨").await?;
    choose(v, "#province", "上海市").await?;
    choose(v, "#district", "徐汇区").await?;
    v.write("#checkout input[name=street]", "后山路 8 号").await?;
    let paying = v.go("button[form=checkout]", "/pay").await?;
    v.press("button[name=outcome][value=paid]").await?;
    v.says("付款成功").await?;
    Ok(paying.split('/').rev().nth(1).unwrap_or_default().to_owned())
}

/// Chooses from a list once it has come.
async fn choose(v: &Visitor, css: &str, value: &str) -> Result<()> {
    v.wait(&format!("{css} option[value='{value}']")).await?;
    let choose = format!(
        "const s = document.querySelector('{css}'); s.value = '{value}';
        s.dispatchEvent(new Event('change', {{bubbles: true}}));"
    );
    v.run(&choose).await?;
    Ok(())
}

/// Pays back the honey; what the buyer had paid comes back.
async fn refund_one(v: &Visitor, page: &str) -> Result<i64> {
    v.open(page).await?;
    let paid = minor(&v.text("#money b.num").await?)?;
    ensure!(paid >= 5850, "the order costs {paid}");
    v.write("#refund input[aria-label*='山野蜂蜜']", "1").await?;
    v.write("#refund input[name=reason]", "罐子碎了").await?;
    v.press("#refund button.-danger").await?;
    v.go("#sure button.-danger", "done=refunded").await?;
    let back = minor(&v.text("#money b.num.neg").await?)?;
    ensure!(back == -4600, "the honey cost 46.00, not {back}");
    // the provider answers a moment later
    for _ in 0..20 {
        let (debits, credits, names) = table(v, "section.card:has(a[href*='/ledger/ord'])").await?;
        ensure!(debits == credits && debits > 0, "the order's money: {debits} and {credits}");
        if names.contains("退款") {
            return Ok(paid);
        }
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        v.open(page).await?;
    }
    Err(v.lost("the refund never reached the books").await)
}

/// Sums of the rows of an account table, by hand; and its foot has to say the same.
async fn table(v: &Visitor, css: &str) -> Result<(i64, i64, String)> {
    let whole = v.wait(css).await?;
    let (mut debits, mut credits, mut names) = (0, 0, String::new());
    for row in whole.find_all(By::Css("tbody tr")).await? {
        let cells = row.find_all(By::Css("td,th")).await?;
        ensure!(cells.len() >= 3, "a row of {} cells", cells.len());
        names.push_str(&cells[0].text().await?);
        debits += minor(&cells[1].text().await?).unwrap_or(0);
        credits += minor(&cells[2].text().await?).unwrap_or(0);
    }
    let foot = whole.find_all(By::Css("tfoot td,tfoot th")).await?;
    ensure!(foot.len() >= 3, "no sums below");
    let (below, beside) = (minor(&foot[1].text().await?)?, minor(&foot[2].text().await?)?);
    ensure!((below, beside) == (debits, credits), "the foot says {below} and {beside}");
    Ok((debits, credits, names))
}

async fn books_agree(v: &Visitor, slug: &str, paid: i64) -> Result<()> {
    v.open(&format!("/c/{slug}/console/ledger")).await?;
    let (debits, credits, names) = table(v, "section.card.-flush").await?;
    ensure!(debits == credits, "debits {debits}, credits {credits}");
    ensure!(debits > paid, "the books hold {debits}, the buyer paid {paid}");
    ensure!(names.contains("退款"), "no refunds in the books: {names}");
    Ok(())
}
