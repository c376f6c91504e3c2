//! Which pages are looked at, as whom; addresses with ids in them are read off other pages.
use crate::visitor::Visitor;
use anyhow::Result;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    Stranger,
    Member,
    Leader,
    Owner,
}

pub struct Page {
    pub name: &'static str,
    pub who: Who,
    pub path: String,
}

const HERE: &str = "/c/taoyuanli";

/// Changes who the browser is signed in as.
pub async fn become_one(v: &Visitor, who: Who) -> Result<()> {
    v.open("/healthz").await?;
    v.driver.delete_all_cookies().await?;
    let town = v.town.clone();
    match who {
        Who::Stranger => Ok(()),
        Who::Member => v.enter(&town.member).await,
        Who::Leader => v.enter(&town.leader).await,
        Who::Owner => v.enter(&town.owner).await,
    }
}

/// The path of the first link of a kind on a page.
async fn first(v: &Visitor, page: &str, css: &str) -> Result<String> {
    v.open(page).await?;
    v.attr(css, "href").await
}

pub async fn all(v: &Visitor) -> Result<Vec<Page>> {
    let mut pages = outside(v).await?;
    pages.extend(member(v).await?);
    pages.extend(leader());
    pages.extend(owner(v).await?);
    Ok(pages)
}

fn of<const N: usize>(who: Who, list: [(&'static str, String); N]) -> Vec<Page> {
    list.into_iter().map(|(name, path)| Page { name, who, path }).collect()
}

fn here(rest: &str) -> String {
    format!("{HERE}{rest}")
}

async fn outside(v: &Visitor) -> Result<Vec<Page>> {
    become_one(v, Who::Stranger).await?;
    let product = first(v, &here("/shop"), "main a[href*='/products/']").await?;
    let reviews = format!("{product}/reviews");
    Ok(of(
        Who::Stranger,
        [
            ("landing", "/".to_owned()),
            ("sign-in", "/sign-in".to_owned()),
            ("home-stranger", HERE.to_owned()),
            ("join", here("/join")),
            ("shop", here("/shop")),
            ("product", product),
            ("reviews", reviews),
            ("harbour-home", "/c/harbour-row".to_owned()),
            ("not-found", here("/no-such-page")),
        ],
    ))
}

/// Puts something in the cart and leaves one order unpaid.
async fn member(v: &Visitor) -> Result<Vec<Page>> {
    become_one(v, Who::Member).await?;
    let product = first(v, &here("/shop"), "main a[href*='/products/']").await?;
    v.open(&product).await?;
    v.press("button.btn.grow[form=buy]:not([formaction])").await?;
    v.open(&product).await?;
    let checkout = v.go("button[formaction$='/buy']", "/checkout").await?;
    crate::buying::fill_checkout(v, "王小桃").await?;
    let pay = v.go("button[form=checkout]", "/pay").await?;
    let order = pay.trim_end_matches("/pay").to_owned();
    let post = first(v, &here("/feed"), "main a[href*='/posts/pst_']").await?;
    let chat = first(v, &here("/groups"), "main a[href$='/chat']").await?;
    Ok(of(
        Who::Member,
        [
            ("home", HERE.to_owned()),
            ("feed", here("/feed")),
            ("post", post),
            ("compose", here("/posts/new")),
            ("search", here("/search?q=%E8%8C%B6")),
            ("groups", here("/groups")),
            ("chat", chat),
            ("inbox", here("/inbox")),
            ("me", here("/me")),
            ("account", here("/me/account")),
            ("cart", here("/cart")),
            ("checkout", checkout),
            ("pay", pay),
            ("orders", here("/orders")),
            ("order", order),
        ],
    ))
}

fn leader() -> Vec<Page> {
    of(
        Who::Leader,
        [("handout", here("/handout")), ("handout-arrive", here("/handout?tab=packing"))],
    )
}

async fn owner(v: &Visitor) -> Result<Vec<Page>> {
    become_one(v, Who::Owner).await?;
    let order = first(v, &here("/console/orders"), "td a[href*='/console/orders/']").await?;
    let product = first(v, &here("/console/products"), "a[href*='/console/products/prd']").await?;
    Ok(of(
        Who::Owner,
        [
            ("console", here("/console")),
            ("console-orders", here("/console/orders")),
            ("console-order", order),
            ("console-products", here("/console/products")),
            ("console-product", product),
            ("console-import", here("/console/products/import")),
            ("console-ledger", here("/console/ledger")),
            ("console-jobs", here("/console/jobs")),
            ("console-settings", here("/console/settings")),
        ],
    ))
}
