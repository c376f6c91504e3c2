//! After paying: a proof with a picture, a refund asked for, and who may see what.
use crate::browser::{Browser, Reply};
use crate::sale::{BASE, add, order, peaches};
use crate::town::{LIN, MEI, OWNER, Town, town};
use axum::http::StatusCode;
use testkit::NOON;

const PNG: &[u8] = include_bytes!("dot.png");

/// The addresses of the private pictures of a page.
fn pictures(page: &Reply) -> Vec<String> {
    let shown = scraper::Html::parse_document(&page.body);
    let css = scraper::Selector::parse("ul.shots img").expect("a selector");
    shown.select(&css).filter_map(|i| i.attr("src")).map(str::to_owned).collect()
}
async fn paid(town: &Town, b: &Browser<'_>, qty: &str) -> String {
    let peach = peaches(town).await;
    add(b, peach, qty).await;
    let at = order(b, "sandbox").await;
    let pay = b.page(&format!("{at}/pay")).await.form("form[action$='/pay/sandbox']");
    b.send(&pay.with("outcome", "paid")).await;
    at
}
fn desk(at: &str) -> String {
    at.replace("/orders/", "/console/orders/")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slip_has_a_picture_for_two_pairs_of_eyes() {
    let town = town().await;
    let peach = peaches(&town).await;
    let (mei, zhou, lin) = (town.browser(MEI), town.browser(OWNER), town.browser(LIN));
    add(&mei, peach, "1").await;
    let at = order(&mei, "manual").await;
    let form = mei.page(&format!("{at}/pay")).await.form("form[action$='/pay/proof']");
    let no = mei.send_file(&form.clone().with("slip", "TX-1"), "picture", b"no picture").await;
    assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(no.text().contains("JPEG"), "{}", no.text());
    // the slip is refused, the picture stays
    let short = mei.send_file(&form.clone().with("slip", "x"), "picture", PNG).await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    let again = short.form("form[action$='/pay/proof']").with("slip", "TX-2026-78");
    assert!(again.value("picture_kept").starts_with("private-"), "{:?}", again.all);
    let sent = mei.send(&again).await;
    let page = mei.page(&sent.to).await;
    assert!(page.text().contains("The shop is checking"), "{}", page.text());
    let all = pictures(&page);
    assert_eq!(all.len(), 1, "{}", page.body);
    let seen = pictures(&zhou.page(&desk(&at)).await);
    assert_eq!(seen, all, "staff see it at the order");
    assert_eq!(mei.get(&all[0]).await.status, StatusCode::OK);
    assert_eq!(zhou.get(&all[0]).await.status, StatusCode::OK);
    assert_eq!(lin.get(&all[0]).await.status, StatusCode::NOT_FOUND);
    assert_ne!(town.stranger().get(&all[0]).await.status, StatusCode::OK);
    let name = all[0].split('/').rev().nth(1).expect("a name");
    for b in [&mei, &lin] {
        let open = b.get(&format!("/pictures/{name}/360")).await;
        assert_eq!(open.status, StatusCode::NOT_FOUND, "never among the public ones");
    }
    // an order of somebody else does not lend its pictures
    add(&lin, peach, "1").await;
    let other = order(&lin, "manual").await;
    let lent = lin.get(&format!("{other}/pictures/{name}/360")).await;
    assert_eq!(lent.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_is_asked_for_and_accepted() {
    let town = town().await;
    let (mei, zhou) = (town.browser(MEI), town.browser(OWNER));
    let at = paid(&town, &mei, "2").await;
    assert!(mei.page(&at).await.text().contains("Ask for a refund"));
    let page = mei.page(&format!("{at}/refund")).await;
    let form = page.form("form[action$='/refund']");
    let line = form.all.iter().find(|(n, _)| n.starts_with("qty_")).expect("a line").0.clone();
    assert_eq!(form.value(&line), "2", "one line only: most likely all of it");
    let bare = mei.send(&form.clone().with(&line, "1")).await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(bare.text().contains("Choose a reason"), "{}", bare.text());
    let form = form.with(&line, "1").with("reason", "damaged").with("words", "One <is> soft");
    let many = mei.send(&form.clone().with(&line, "3")).await;
    assert!(many.text().contains("more than you bought") && many.body.contains("One &lt;is&gt;"));
    let sent = mei.send_file(&form, "pictures", PNG).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    assert_eq!(mei.send_file(&form, "pictures", PNG).await.to, sent.to, "twice is once");
    let page = mei.page(&at).await;
    assert!(page.text().contains("Waiting for the shop"), "{}", page.text());
    assert!(!page.text().contains("Ask for a refund"), "one question at a time");
    assert_eq!(pictures(&page).len(), 1);
    // the head of the page and the list say the same
    assert_eq!(page.text().matches("Waiting for the shop's answer").count(), 1, "{}", page.text());
    let refunds = mei.page(&format!("{BASE}/orders?tab=after_sale")).await;
    assert_eq!(refunds.count("section.card"), 1, "{}", refunds.text());
    assert!(refunds.text().contains("Refunds 1") && refunds.text().contains("the shop's answer"));
    let leave = mei.page(&format!("{BASE}/me/leave")).await;
    assert!(leave.text().contains("Orders not done yet: 1"), "{}", leave.text());
    let closed = mei.page(&format!("{at}/refund")).await;
    assert!(closed.text().contains("has yet to answer"), "{}", closed.text());

    let home = zhou.page(&format!("{BASE}/console")).await;
    assert!(home.text().contains("Refund requests to answer 1"), "{}", home.text());
    let orders = zhou.page(&format!("{BASE}/console/orders")).await;
    assert!(orders.text().contains("Refund requests to answer 1"), "{}", orders.text());
    assert_eq!(orders.count(".views a[href$='/console/orders/cases']"), 1);
    let list = zhou.page(&format!("{BASE}/console/orders/cases")).await;
    assert!(list.text().contains("Mei") && list.text().contains("¥39.90"), "{}", list.text());
    let page = zhou.page(&desk(&at)).await;
    let yes = page.form("#case form[action$='/refund']");
    assert_eq!(yes.value(&line), "1");
    let asked = zhou.send(&yes).await;
    assert_eq!(asked.status, StatusCode::OK, "{}", asked.text());
    assert!(!mei.page(&at).await.text().contains("Accepted"), "it is shown first");
    zhou.send(&asked.form("#sure form")).await;
    let page = mei.page(&at).await;
    assert!(page.text().contains("Accepted"), "{}", page.text());
    while town.kith.app.work(NOON, 1).await.expect("work") > 0 {}
    let inbox = mei.page(&format!("{BASE}/inbox")).await;
    assert!(inbox.text().contains("Refund of ¥39.90"), "{}", inbox.text());
    assert!(town.kith.app.audit(NOON).await.expect("an audit").clean());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_is_declined_with_a_reason() {
    let town = town().await;
    let (mei, zhou, lin) = (town.browser(MEI), town.browser(OWNER), town.browser(LIN));
    let at = paid(&town, &mei, "1").await;
    let form = mei.page(&format!("{at}/refund")).await.form("form[action$='/refund']");
    let form = form.with("reason", "changed_mind");
    assert_eq!(lin.get(&format!("{at}/refund")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(lin.send(&form).await.status, StatusCode::NOT_FOUND);
    mei.send(&form).await;
    let asked = zhou.page(&desk(&at)).await;
    let no = asked.form("form[action$='/decline']");
    let empty = zhou.send(&no).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(lin.send(&no.clone().with("answer", "no")).await.status, StatusCode::FORBIDDEN);
    zhou.send(&no.with("answer", "Fresh food cannot come back")).await;
    let page = mei.page(&at).await;
    assert!(page.text().contains("Fresh food cannot come back"), "{}", page.text());
    let inbox = mei.page(&format!("{BASE}/inbox?section=orders")).await;
    assert!(inbox.text().contains("request was declined"), "{}", inbox.text());
    // another question, taken back
    let again = mei.page(&format!("{at}/refund")).await.form("form[action$='/refund']");
    mei.send(&again.with("reason", "not_arrived")).await;
    let back = mei.page(&at).await.form("form[action$='/withdraw']");
    mei.send(&back).await;
    assert!(mei.page(&at).await.text().contains("Withdrawn"));
    mei.send(&back).await;
    for lang in ["zh-Hans", "zh-Hant"] {
        let page = Browser { lang, ..town.browser(MEI) }.page(&at).await;
        assert!(page.text().contains("已撤回"), "{}", page.text());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_arrived_leads_to_a_review() {
    let town = town().await;
    let mei = town.browser(MEI);
    let at = paid(&town, &mei, "1").await;
    let me = format!("{BASE}/me");
    let link = format!("main a[href='{BASE}/reviews']");
    assert_eq!(mei.page(&me).await.count(&format!("{link} .badge")), 0, "nothing waits yet");
    assert_eq!(mei.page(&at).await.count("a[href$='/review']"), 0);
    crate::sale::ship(&town, &at).await;
    mei.send(&mei.page(&at).await.form("dialog#receive form")).await;
    assert_eq!(mei.page(&me).await.count(&format!("{link} .badge")), 1);
    let listed = mei.page(&format!("{BASE}/orders?tab=done")).await.href("a[href$='/review']");
    let write = mei.page(&at).await.href("main a[href$='/review']").expect("a way to review");
    assert_eq!(listed.as_ref(), Some(&write));
    let form = mei.page(&write).await.form("form[action$='/review']");
    let sent = mei.send(&form.with("stars", "5").with("text", "Sweet")).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    assert_eq!(mei.page(&at).await.count("a[href$='/review']"), 0, "once");
    assert_eq!(mei.page(&me).await.count(&format!("{link} .badge")), 0);
}
