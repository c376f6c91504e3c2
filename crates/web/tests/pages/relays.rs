//! The same words into two groups, from the form to the two chats.
use crate::packets::group;
use crate::town::{MEI, OWNER, town};
use axum::http::StatusCode;
use testkit::NOON;

const BASE: &str = "/c/peach";

#[tokio::test(flavor = "multi_thread")]
async fn one_text_into_two_groups() {
    let town = town().await;
    let (one, two) = (group(&town).await.to_string(), group(&town).await.to_string());
    let (zhou, mei) = (town.browser(OWNER), town.browser(MEI));
    assert_eq!(mei.get(&format!("{BASE}/relays")).await.status, StatusCode::FORBIDDEN);
    let links = zhou.page(&format!("{BASE}/groups")).await;
    assert_eq!(links.count(&format!("a[href='{BASE}/relays']")), 1);
    let form = zhou.page(&format!("{BASE}/relays/new")).await.form("form[action$='/relays/new']");
    let form = form.with("text", "Goods arrive at nine.");
    let none = zhou.send(&form).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(none.text().contains("Choose at least one group"), "{}", none.text());
    assert!(none.body.contains("Goods arrive at nine."), "what was typed stays");
    let mut form = form.with("group", &one).with(&format!("at_{two}"), "2026-03-02T20:30");
    form.all.push(("group".into(), two.clone()));
    let form = form.with(&format!("text_{two}"), "Yours come at half past eight.");
    let odd = zhou.send(&form.clone().with(&format!("at_{two}"), "at night")).await;
    assert!(odd.text().contains("within 30 days"), "{}", odd.text());
    let sent = zhou.send(&form).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    assert_eq!(zhou.send(&form).await.to, sent.to, "sent twice, one relay");
    let app = &town.kith.app;
    app.work(NOON, 1).await.expect("a round");
    let page = zhou.page(&sent.to).await;
    assert!(page.text().contains("1 of 2 groups have it"), "{}", page.text());
    assert!(page.text().contains("20:30") && page.text().contains("Queued"), "{}", page.text());
    let chat = mei.page(&format!("{BASE}/groups/{one}/chat")).await;
    assert!(chat.text().contains("Goods arrive at nine."), "{}", chat.text());
    // on the community's clock, which is eight hours ahead of ours
    app.work(NOON.plus(8 * 3_600_000 + 1_799_999), 1).await.expect("a round");
    let early = mei.page(&format!("{BASE}/groups/{two}/chat")).await;
    assert!(!early.text().contains("half past eight"));
    app.work(NOON.plus(8 * 3_600_000 + 1_800_000), 1).await.expect("a round");
    let chat = mei.page(&format!("{BASE}/groups/{two}/chat")).await;
    assert!(chat.text().contains("Yours come at half past eight."), "{}", chat.text());
    assert_eq!(mei.get(&sent.to).await.status, StatusCode::NOT_FOUND, "others' relays");
}
