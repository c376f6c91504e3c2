//! A coupon from the desk to the order, without script.
use crate::checkout::choose;
use crate::sale::{BASE, add, order, peaches};
use crate::town::{MEI, OWNER, town};
use app::sale::cancel_order::CancelOrder;
use app::sale::give_proof::GiveProof;
use axum::http::StatusCode;
use rules::base::Id;
use testkit::NOON;

#[tokio::test(flavor = "multi_thread")]
async fn a_coupon_is_offered_taken_and_used() {
    let town = town().await;
    let peach = peaches(&town).await;
    let owner = town.browser(OWNER);
    let desk = owner.page(&format!("{BASE}/console/coupons")).await;
    let form = desk.form("main form[action$='/console/coupons']");
    let form = form.with("name", "Peach week").with("threshold", "30.00");
    let wrong = owner.send(&form.clone().with("amount", "zero")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("Peach week"), "what was typed stays");
    let made = owner.send(&form.with("amount", "5.00")).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text());
    assert!(owner.page(&format!("{BASE}/console/coupons")).await.text().contains("Peach week"));

    let mei = town.browser(MEI);
    let list = mei.page(&format!("{BASE}/me/coupons")).await;
    assert!(
        list.text().contains("Peach week") && list.text().contains("from ¥30"),
        "{}",
        list.text()
    );
    let code = list.form("form[action$='/claim']").with("code", "NOTHERE");
    let none = mei.send(&code).await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
    assert!(none.text().contains("Check the code"), "{}", none.text());
    let taken = mei.send(&list.form("form[action$='/claim']:has(input[name=coupon])")).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.text());
    let mine = mei.page(&format!("{BASE}/me/coupons")).await;
    assert!(!mine.text().contains("To take"), "one each");

    add(&mei, peach, "2").await;
    let page = mei.page(&format!("{BASE}/checkout?way=ship")).await;
    assert!(page.text().contains("Peach week"), "{}", page.text());
    let coupon = page.value("button[name=choose_coupon]").expect("a button that uses it");
    let page = choose(&mei, &page.form("form#checkout"), "choose_coupon", &coupon).await;
    // 2 x 39.90 less 5.00, and 8.00 for delivery
    assert!(page.text().contains("¥82.80"), "{}", page.text());
    let form = page.form("form#checkout").with("name", "Mei").with("phone", "190 0000 0001");
    let form = form.with("province", "上海市").with("district", "黄浦区");
    let placed = mei.send(&form.with("street", "3 Plum Lane").with("provider", "manual")).await;
    assert_eq!(placed.status, StatusCode::SEE_OTHER, "{}", placed.text());
    let order = mei.page(placed.to.strip_suffix("/pay").expect("a payment page")).await;
    assert!(order.text().contains("Coupon") && order.text().contains("¥82.80"), "{}", order.text());
    let held = mei.page(&format!("{BASE}/me/coupons")).await;
    assert!(held.text().contains("In an unpaid order See the order"), "{}", held.text());
    assert!(!held.text().contains("Used"), "one label: {}", held.text());
    assert_eq!(order.count("#order-coupon"), 0, "nothing became of it yet");
    let at = placed.to.strip_suffix("/pay").expect("a payment page");
    let (app, who) = (&town.kith.app, town.who(MEI));
    let order = Id::parse(at.rsplit('/').next().expect("an id")).expect("an id");
    let page = app.order_page(who.community, order).await.expect("a read").expect("an order");
    let slip = "0042".to_string();
    let payment = page.payments[0].id;
    let proof = GiveProof { who, payment, slip, picture: String::new() };
    app.give_proof(NOON, proof).await.expect("a proof");
    app.confirm_proof(NOON, town.who(OWNER), payment).await.expect("paid");
    assert_eq!(mei.page(at).await.count("#order-coupon"), 0, "it is used");
    let cancel = CancelOrder { who, order, refund: app.mint(NOON) };
    app.cancel_order(NOON, cancel).await.expect("given back");
    let page = mei.page(at).await;
    assert!(page.text().contains("The coupon is yours again until it ends"), "{}", page.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_order_is_made_once() {
    let town = town().await;
    let peach = peaches(&town).await;
    let (owner, mei) = (town.browser(OWNER), town.browser(MEI));
    let desk = owner.page(&format!("{BASE}/console/coupons")).await;
    let form = desk.form("main form[action$='/console/coupons']").with("name", "Welcome");
    let made = form.with("threshold", "0").with("amount", "5.00").with("scope", "first_order");
    assert_eq!(owner.send(&made).await.status, StatusCode::SEE_OTHER);
    let mine = format!("{BASE}/me/coupons");
    let list = mei.page(&mine).await;
    mei.send(&list.form("form[action$='/claim']:has(input[name=coupon])")).await;
    assert!(mei.page(&mine).await.text().contains("Use it"));
    add(&mei, peach, "1").await;
    let at = order(&mei, "sandbox").await;
    let pay = mei.page(&format!("{at}/pay")).await.form("form[action$='/pay/sandbox']");
    mei.send(&pay.with("outcome", "paid")).await;
    let list = mei.page(&mine).await.text();
    assert!(list.contains("for a first order only") && !list.contains("Use it"), "{list}");
    add(&mei, peach, "1").await;
    let bill = mei.page(&format!("{BASE}/checkout")).await;
    assert!(bill.text().contains("for a first order only"), "{}", bill.text());
    assert_eq!(bill.count("button[name=choose_coupon]"), 0);
}
