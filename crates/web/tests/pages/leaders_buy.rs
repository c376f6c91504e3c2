//! A leader's group buy: what the shop lets leaders open, and the one page that opens it.
use crate::chain::gate;
use crate::sale::{BASE, peaches};
use crate::together::{pay, take};
use crate::town::{COMMUNITY, LIN, MEI, OWNER, Town, town};
use app::p;
use axum::http::StatusCode;
use testkit::NOON;

const FLOORS: &str = "form[method=post]:has(input[name=size])";

#[tokio::test(flavor = "multi_thread")]
async fn a_leader_opens_a_group_buy_on_her_phone() {
    let town = town().await;
    gate(&town).await;
    let peach = peaches(&town).await;
    let (owner, lin) = (town.browser(OWNER), town.browser(LIN));
    let none = lin.page(&format!("{BASE}/lead/buy")).await.text();
    assert!(none.contains("The shop has not opened this yet"), "{none}");
    let desk = format!("{BASE}/console/campaigns/leaders?product={peach}");
    let form = owner.page(&desk).await.form(FLOORS);
    let (name, _) =
        form.all.iter().find(|(n, _)| n.starts_with("lowest_")).expect("a variant").clone();
    let bad = owner.send(&form.clone().with(&name, "cheap").with("size", "4")).await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    let kept = bad.form(FLOORS);
    assert_eq!((kept.value(&name), kept.value("size")), ("cheap", "4"), "what was typed stays");
    let good = owner.send(&form.with(&name, "1.00").with("size", "3")).await;
    assert_eq!(good.status, StatusCode::SEE_OTHER, "{}", good.text());
    // the only product there is needs no choosing
    assert_eq!(lin.page(&format!("{BASE}/lead")).await.count("a[href$='/lead/buy']"), 1);
    let form = lin.page(&format!("{BASE}/lead/buy")).await.form("form#open");
    let price = name.replace("lowest_", "price_");
    assert_eq!((form.value("size"), form.value(&price)), ("3", "1.00"));
    let low = lin.send(&form.clone().with(&price, "0.99").with("title", "Together")).await;
    assert_eq!(low.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(low.text().contains("between the shop's lowest"), "{}", low.text());
    let kept = low.form("form#open");
    assert_eq!((kept.value(&price), kept.value("title")), ("0.99", "Together"));
    let few = lin.send(&form.clone().with("size", "2")).await;
    assert!(few.text().contains("as many people as the shop says"), "{}", few.text());
    let opened = lin.send(&form.with("title", "Together")).await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.text());
    let page = lin.page(&opened.to).await;
    assert!(page.text().contains("Together"), "{}", page.text());
    assert!(page.count("form[action$='/share']") > 0, "with its share button");
    let mei = town.browser(MEI);
    assert_eq!(mei.get(&format!("{BASE}/lead/buy")).await.status, StatusCode::FORBIDDEN);
}

/// The shop lets leaders sell peaches to two at 30.00; Lin opens it. Its page for members.
async fn opened(town: &Town) -> String {
    gate(town).await;
    let peach = peaches(town).await;
    let (owner, lin) = (town.browser(OWNER), town.browser(LIN));
    let desk = format!("{BASE}/console/campaigns/leaders?product={peach}");
    let form = owner.page(&desk).await.form(FLOORS);
    let lowest = form.all.iter().find(|(n, _)| n.starts_with("lowest_")).expect("a variant");
    let name = lowest.0.clone();
    owner.send(&form.with(&name, "30.00").with("size", "2")).await;
    let form = lin.page(&format!("{BASE}/lead/buy")).await.form("form#open");
    lin.send(&form.with("title", "Together")).await.to
}

#[tokio::test(flavor = "multi_thread")]
async fn a_leader_sees_what_comes_and_closes_her_group_buy() {
    let town = town().await;
    let page = opened(&town).await;
    let (lin, mei, owner) = (town.browser(LIN), town.browser(MEI), town.browser(OWNER));
    let board = page.replace("/campaigns/", "/lead/buys/");
    assert_eq!(lin.page(&format!("{BASE}/lead")).await.count("a[href$='/lead/buys']"), 1);
    let list = lin.page(&format!("{BASE}/lead/buys")).await;
    assert!(list.text().contains("Together") && list.text().contains("Running"), "{}", list.text());
    assert!(lin.page(&board).await.text().contains("Nobody has paid yet"));
    for path in ["", "?tab=buyer", "?tab=team", "/close"] {
        let reply = mei.get(&format!("{board}{path}")).await;
        assert_eq!(reply.status, StatusCode::NOT_FOUND, "{path}");
    }
    // one has paid and waits; then the team is complete
    let first = take(&mei, &page).await;
    pay(&mei, &first).await;
    let text = lin.page(&board).await.text();
    assert!(text.contains("Team not complete yet") && text.contains("0 complete, 1 filling"));
    let second = take(&owner, &page).await;
    pay(&owner, &second).await;
    while town.kith.app.work(NOON, 1).await.expect("work") > 0 {}
    let text = lin.page(&board).await.text();
    assert!(text.contains("Complete: 2 orders · 2 units · ¥60.00"), "{text}");
    assert!(text.contains("Comes to our point") && text.contains("1 complete, 0 filling"));
    let text = lin.page(&format!("{board}?tab=team")).await.text();
    assert!(text.contains("2/2") && text.matches("190").count() == 2, "{text}");
    // as if the other one had it sent home
    const HOME: &str = "UPDATE orders SET delivery = 'ship', group_id = NULL WHERE member_id = $1";
    town.write(|tx| Ok(tx.exec(HOME, p![OWNER]).map(drop)?)).await;
    let seen = lin.page(&board).await;
    assert!(seen.text().contains("Comes to our point"), "{}", seen.text());
    assert_eq!(seen.count(".bar a[href*='tab=packing']"), 1, "what arrived is marked there");
    let text = lin.page(&format!("{board}?tab=buyer")).await.text();
    assert!(text.contains("Sent, or collected elsewhere") && text.contains("#1"), "{text}");
    let text = lin.page(&format!("{board}?tab=team")).await.text();
    assert_eq!(text.matches("190").count(), 1, "the number of who comes to her: {text}");
    // as if his money had gone back since
    const BACK: &str = "UPDATE order_line SET refunded_qty = qty WHERE order_id IN
        (SELECT id FROM orders WHERE member_id = $1)";
    town.write(|tx| Ok(tx.exec(BACK, p![OWNER]).map(drop)?)).await;
    let text = lin.page(&board).await.text();
    assert!(text.contains("1 orders · 1 units") && !text.contains("elsewhere"), "{text}");

    let ask = lin.page(&format!("{board}/close")).await;
    assert!(ask.text().contains("it cannot be opened again"), "{}", ask.text());
    let close = ask.form("form[action$='/close']");
    assert_eq!(mei.send(&close).await.status, StatusCode::NOT_FOUND);
    let told = lin.send(&close).await;
    assert_eq!(told.to, format!("{board}?done=1"));
    assert!(lin.page(&told.to).await.text().contains("It is closed."));
    assert_eq!(lin.send(&close).await.to, told.to, "sent twice is once");
    assert!(lin.page(&format!("{BASE}/lead/buys")).await.text().contains("Closed"));
    assert_eq!(lin.get(&format!("{board}/close")).await.to, board, "there is nothing to ask");
    assert!(!mei.page(&format!("{BASE}/campaigns")).await.text().contains("Yangshan"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_shop_opened_a_leader_sees_and_leaves() {
    let town = town().await;
    let page = opened(&town).await;
    const SHOPS: &str = "UPDATE campaign SET by_member = $2 WHERE community_id = $1";
    town.write(|tx| Ok(tx.exec(SHOPS, p![COMMUNITY, OWNER]).map(drop)?)).await;
    let lin = town.browser(LIN);
    let board = page.replace("/campaigns/", "/lead/buys/");
    let seen = lin.page(&board).await;
    assert_eq!(seen.count("a[href$='/close']"), 0);
    assert_eq!(lin.get(&format!("{board}/close")).await.to, board);
    let form = crate::browser::Fields { action: format!("{board}/close"), all: Vec::new() };
    assert_eq!(lin.send(&form).await.status, StatusCode::FORBIDDEN);
    let owner = town.browser(OWNER);
    let ask = owner.page(&format!("{board}/close")).await;
    let told = owner.send(&ask.form("form[action$='/close']")).await;
    assert_eq!(told.to, format!("{board}?done=1"));
}
