//! Points from the desk to the order and back, without script.
use crate::checkout::choose;
use crate::sale::{BASE, add, order, peaches};
use crate::town::{MEI, OWNER, town};
use axum::http::StatusCode;

#[tokio::test(flavor = "multi_thread")]
async fn points_are_turned_on_given_used_and_seen() {
    let town = town().await;
    let peach = peaches(&town).await;
    let (owner, mei) = (town.browser(OWNER), town.browser(MEI));
    let mine = format!("{BASE}/me/points");
    assert!(mei.page(&mine).await.text().contains("gives no points at present"));
    assert!(!mei.page(&format!("{BASE}/me")).await.body.contains("/me/points"), "not before");

    let desk = owner.page(&format!("{BASE}/console/points")).await;
    let form = desk.form("form#terms").with("on", "on").with("release", "at_payment");
    let wrong = owner.send(&form.clone().with("worth", "a lot")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("a lot"), "what was typed stays");
    let no_day = form.clone().with("expiry", "fixed_day").with("expiry_day", "2-30");
    let wrong = owner.send(&no_day).await;
    assert!(wrong.text().contains("a fixed day that every year has"), "{}", wrong.text());
    let set = owner.send(&form.with("rate", "1000").with("worth", "1.00")).await;
    assert_eq!(set.status, StatusCode::SEE_OTHER, "{}", set.text());

    // by hand, with a reason
    let of_mei = format!("{BASE}/console/members/{}", town.who(MEI).member);
    let page = owner.page(&of_mei).await;
    let give = page.form("form#points-form").with("points", "1500");
    let no = owner.send(&give.clone().with("reason", " ")).await;
    assert!(no.body.contains("1500") && no.text().contains("Say why"), "{}", no.text());
    let given = owner.send(&give.with("reason", "for the hint")).await;
    assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.text());
    let log = owner.page(&format!("{BASE}/console/audit-log")).await;
    assert!(log.text().contains("for the hint"), "{}", log.text());
    let list = mei.page(&mine).await;
    assert!(list.text().contains("1,500 points"), "{}", list.text());
    assert!(list.text().contains("for the hint") && list.text().contains("≈ ¥15"));
    assert!(mei.page(&format!("{BASE}/me")).await.text().contains("1,500 points"));

    add(&mei, peach, "2").await;
    let page = mei.page(&format!("{BASE}/checkout?way=ship")).await;
    assert!(page.text().contains("Use 1,500 points for ¥15"), "{}", page.text());
    let some = mei.page(&format!("{BASE}/checkout?way=ship&points=500")).await;
    assert!(some.text().contains("Use 500 points for ¥5"), "{}", some.text());
    let page = choose(&mei, &page.form("form#checkout"), "choose_points", "all").await;
    // 2 x 39.90 less 15.00, and 8.00 for delivery
    assert!(page.text().contains("¥72.80"), "{}", page.text());
    let form = page.form("form#checkout").with("name", "Mei").with("phone", "190 0000 0001");
    let form = form.with("province", "上海市").with("district", "黄浦区");
    let form = form.with("street", "3 Plum Lane").with("provider", "manual");
    let placed = mei.send(&form).await;
    assert_eq!(placed.status, StatusCode::SEE_OTHER, "{}", placed.text());
    let order = mei.page(placed.to.strip_suffix("/pay").expect("a payment page")).await;
    assert!(order.text().contains("1,500 points"), "{}", order.text());
    assert!(order.text().contains("−¥15.00") && order.text().contains("¥72.80"));
    let list = mei.page(&mine).await;
    assert!(list.text().contains("Kept for an order Yangshan peaches"), "{}", list.text());
    assert!(list.text().contains("Kept for unpaid orders"), "{}", list.text());
    // the second one has nothing to use, and says so with what was typed
    add(&mei, peach, "1").await;
    let page = mei.page(&format!("{BASE}/checkout?way=ship&points=all")).await;
    let form = page.form("form#checkout").with("note", "Ring twice").with("provider", "manual");
    let no = mei.send(&form).await;
    assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", no.text());
    assert!(no.text().contains("no points to use"), "{}", no.text());
    assert!(no.body.contains("Ring twice"));
    let desk = owner.page(&format!("{BASE}/console/points")).await;
    assert!(desk.text().contains("1,500 points"), "{}", desk.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn days_are_read_of_the_chosen_rule_only() {
    let town = town().await;
    let owner = town.browser(OWNER);
    // every day field is there for a browser without script; what is not of the rule is not read
    let desk = owner.page(&format!("{BASE}/console/points")).await;
    for part in [".-receipt #release_days", ".-lasting #expiry_days", ".-yearly #expiry_day"] {
        assert_eq!(desk.count(&format!("form#terms {part}")), 1, "{part}");
    }
    let odd = desk
        .form("form#terms")
        .with("expiry", "never")
        .with("expiry_days", "x")
        .with("expiry_day", "never");
    let set = owner.send(&odd.with("release_days", "")).await;
    assert_eq!(set.status, StatusCode::SEE_OTHER, "{}", set.text());
    let form = desk.form("form#terms").with("expiry", "rolling").with("expiry_days", "x");
    let wrong = owner.send(&form).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "this one is read");
    assert!(wrong.text().contains("Enter numbers"), "{}", wrong.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn points_that_never_came_are_not_taken_back() {
    let town = town().await;
    let peach = peaches(&town).await;
    let (owner, mei) = (town.browser(OWNER), town.browser(MEI));
    let desk = owner.page(&format!("{BASE}/console/points")).await;
    let form = desk.form("form#terms").with("on", "on").with("release", "on_receipt");
    owner.send(&form.with("rate", "1000").with("worth", "1.00")).await;
    add(&mei, peach, "1").await;
    let at = order(&mei, "sandbox").await;
    let pay = mei.page(&format!("{at}/pay")).await.form("form[action$='/pay/sandbox']");
    mei.send(&pay.with("outcome", "paid")).await;
    let page = mei.page(&at).await;
    assert!(page.text().contains("To be earned by this order"), "{}", page.text());
    mei.send(&page.form("dialog#cancel form")).await;
    let page = mei.page(&at).await;
    assert!(!page.text().contains("Points taken back"), "{}", page.text());
}
