//! Service pay on pages: what the owner lays down, what neighbours are told, what the leader sees.
use crate::browser::Browser;
use crate::chain::{buy, closed, list};
use crate::sale::BASE;
use crate::town::{LIN, MEI, OWNER, Town, town};
use axum::http::StatusCode;
use rules::base::moment::{DAY, HOUR};
use testkit::NOON;

const TERMS: &str = "form:has(input[value=terms])";

/// The owner's form; bad numbers keep what was typed.
async fn laid_down(owner: &Browser<'_>) {
    let page = format!("{BASE}/console/service");
    let form = owner.page(&page).await.form(TERMS);
    let bad = owner.send(&form.clone().with("rate", "a lot").with("flat", "2.00")).await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(bad.text().contains("such as 2.5"), "{}", bad.text());
    let kept = bad.form(TERMS);
    assert_eq!((kept.value("rate"), kept.value("flat")), ("a lot", "2.00"), "what was typed stays");
    let bad = owner.send(&form.clone().with("rate", "21")).await;
    assert!(bad.text().contains("0 to 20 percent"), "{}", bad.text());
    let good = owner.send(&form.with("rate", "3").with("flat", "1.00")).await;
    assert_eq!(good.status, StatusCode::SEE_OTHER, "{}", good.text());
    let text = owner.page(&good.to).await.text();
    assert!(text.contains("3% of the goods + "), "{text}");
}

/// Everything that was ordered is there, and order number one goes out.
async fn handed_out(town: &Town, lead: &str) {
    let lin = town.browser(LIN);
    closed(town).await;
    let board = lin.page(lead).await;
    lin.send(&board.form("form[action$='/arrived']")).await;
    let hand = lin.page(&format!("{lead}/handout?q=%231")).await;
    lin.send(&hand.form("form.hand-form")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_leader_sees_what_serving_brought() {
    let town = town().await;
    let (owner, lin, mei) = (town.browser(OWNER), town.browser(LIN), town.browser(MEI));
    laid_down(&owner).await;
    let page = list(&town).await;
    let lead = page.replace("/campaigns/", "/lead/");
    let new = lin.page(&format!("{BASE}/lead/new")).await.text();
    assert!(new.contains("3% of the goods"), "said before she opens one: {new}");
    assert_eq!(mei.page(&page).await.count("#serves"), 1, "neighbours are told");
    buy(&mei, &page, "2", true).await;
    buy(&lin, &page, "1", true).await;
    handed_out(&town, &lead).await;
    assert_eq!(lin.page(&format!("{BASE}/lead")).await.count("a[href$='/lead/earnings']"), 1);
    let seen = lin.page(&format!("{BASE}/lead/earnings")).await.text();
    assert!(seen.contains("1 order handed out") && seen.contains("For the order"), "{seen}");
    assert!(seen.contains("Your own orders earn nothing"), "{seen}");
    let beside = lin.page(&format!("{BASE}/me/earnings")).await.text();
    assert!(beside.contains("Pay for serving lists"), "{beside}");
    let none = mei.page(&format!("{BASE}/me/earnings")).await.text();
    assert!(!none.contains("Pay for serving lists"), "{none}");
    assert_eq!(mei.get(&format!("{BASE}/lead/earnings")).await.status, StatusCode::FORBIDDEN);
    let cost = owner.page(&format!("{BASE}/console/service")).await.text();
    assert!(cost.contains("Peaches on Saturday") && cost.contains("Lin"), "{cost}");
    let books = owner.page(&format!("{BASE}/console/ledger")).await;
    let text = books.text();
    assert!(text.contains("Service pay earned") && text.contains("Service pay, cost"), "{text}");
    let report = town.kith.app.audit(NOON.plus(3 * DAY + HOUR)).await.expect("an audit");
    assert!(report.clean(), "{:?}", report.findings);
}
