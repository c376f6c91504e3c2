//! Choosing at checkout keeps everything that was typed, without script.
use crate::browser::{Browser, Fields, Reply};
use crate::chain::gate;
use crate::sale::{BASE, add, peaches};
use crate::town::{COMMUNITY, MEI, OWNER, town};
use app::p;
use axum::http::StatusCode;

const SECOND: &str = "INSERT INTO room (community_id, id, kind, name, purpose, rules, notice,
    admission, capacity, members, pickup_name, pickup_address, pickup_hours, slow_seconds,
    keywords, system_off, last_change, last_line, created_at) VALUES ($1, 71, 'interest',
    'North Gate', '', '', '', 'open', 500, 0, 'The porch', 'No. 9', '', 0, '', '', 0, 0, 0)";

/// Presses a button of the form: nothing is ordered, the same page comes with what was chosen.
pub async fn choose(b: &Browser<'_>, form: &Fields, name: &str, value: &str) -> Reply {
    let page = b.send(&form.clone().with(name, value)).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    let pressed = format!("button[name={name}][value='{value}'][aria-pressed=true]");
    assert_eq!(page.count(&pressed), 1, "{name} {value}: {}", page.text());
    page
}

/// What was typed, read back from the form.
fn typed(page: &Reply) -> Vec<String> {
    let form = page.form("form#checkout");
    let names = ["group", "name", "phone", "note", "provider", "order"];
    names.iter().map(|n| form.value(n).to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_stays_when_something_is_chosen() {
    let town = town().await;
    gate(&town).await;
    town.write(|tx| {
        tx.exec(SECOND, p![COMMUNITY])?;
        Ok(())
    })
    .await;
    let peach = peaches(&town).await;
    let owner = town.browser(OWNER);
    for (name, from) in [("Peach week", "30.00"), ("For many", "500.00")] {
        let desk = owner.page(&format!("{BASE}/console/coupons")).await;
        let form = desk.form("main form[action$='/console/coupons']").with("name", name);
        owner.send(&form.with("threshold", from).with("amount", "5.00")).await;
    }
    let mei = town.browser(MEI);
    for _ in 0..2 {
        let list = mei.page(&format!("{BASE}/me/coupons")).await;
        mei.send(&list.form("form[action$='/claim']:has(input[name=coupon])")).await;
    }
    add(&mei, peach, "1").await;
    let page = mei.page(&format!("{BASE}/checkout")).await;
    assert!(page.text().contains("The porch") && page.text().contains("For many"));
    assert!(page.text().contains("Not enough for this coupon yet"), "{}", page.text());
    let other = rules::base::Id::<rules::base::id::Group>::of(71).to_string();
    let form = page.form("form#checkout").with("group", &other).with("name", "Aunt Wu");
    let form = form.with("phone", "190 0000 0007").with("note", "Ring twice");
    let form = form.with("provider", "manual");
    let coupon = page.value("button[name=choose_coupon]").expect("a coupon that fits");
    let with = choose(&mei, &form, "choose_coupon", &coupon).await;
    assert!(with.text().contains("Pay ¥34.90"), "{}", with.text());
    let order = page.form("form#checkout").value("order").to_owned();
    let all = [&other, "Aunt Wu", "190 0000 0007", "Ring twice", "manual", &order];
    assert_eq!(typed(&with), all);
    // delivery costs more, and has its own fields; the way back has the first ones still
    let ship = choose(&mei, &with.form("form#checkout"), "choose_way", "ship").await;
    assert!(ship.text().contains("Pay ¥42.90"), "{}", ship.text());
    assert_eq!(typed(&ship), all);
    let form = ship.form("form#checkout").with("province", "上海市").with("district", "黄浦区");
    let form = form.with("street", "3 Plum Lane");
    let back = choose(&mei, &form, "choose_way", "pickup").await;
    assert_eq!(typed(&back), all);
    let again = choose(&mei, &back.form("form#checkout"), "choose_way", "ship").await;
    assert_eq!(again.form("form#checkout").value("street"), "3 Plum Lane");
    assert_eq!(again.form("form#checkout").value("district"), "黄浦区");
    let none = choose(&mei, &back.form("form#checkout"), "choose_coupon", "").await;
    assert!(none.text().contains("Pay ¥39.90"), "{}", none.text());
    assert_eq!(mei.page(&format!("{BASE}/orders")).await.count("section.card"), 0, "none yet");
    let placed = mei.send(&back.form("form#checkout")).await;
    let order = mei.page(placed.to.strip_suffix("/pay").expect("a payment page")).await;
    for words in ["The porch", "Aunt Wu", "Ring twice", "¥34.90"] {
        assert!(order.text().contains(words), "{words}: {}", order.text());
    }
}
