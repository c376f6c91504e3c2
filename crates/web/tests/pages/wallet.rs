//! The balance at checkout, without script: a part of an order, the whole of one, and back.
use crate::checkout::choose;
use crate::packets::group;
use crate::sale::{BASE, add, peaches};
use crate::town::{MEI, OWNER, Town, town};
use axum::http::StatusCode;

/// A red packet of one share, which Mei takes.
async fn gift(town: &Town, total: &str) {
    let group = group(town).await.to_string();
    let (zhou, mei) = (town.browser(OWNER), town.browser(MEI));
    let form = zhou.page(&format!("{BASE}/console/packets/new")).await;
    let form = form.form("form[action$='/packets/new']").with("group", &group);
    let form = form.with("total", total).with("slots", "1");
    assert_eq!(zhou.send(&form).await.status, StatusCode::SEE_OTHER);
    let page = mei.page(&format!("{BASE}/packets/{}", form.value("id"))).await;
    mei.send(&page.form("form[action$='/take']")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_paid_from_the_balance() {
    let town = town().await;
    let peach = peaches(&town).await;
    let mei = town.browser(MEI);
    add(&mei, peach, "1").await;
    let page = mei.page(&format!("{BASE}/checkout?way=ship")).await;
    assert_eq!(page.count("input[name=wallet]"), 0, "nothing to tick without a balance");
    gift(&town, "50").await;
    // 39.90 and 8.00 for delivery
    let page = mei.page(&format!("{BASE}/checkout?way=ship")).await;
    assert_eq!(page.count("input[name=wallet]"), 0, "off until it is chosen");
    assert!(page.text().contains("Pay ¥47.90"), "{}", page.text());
    assert!(page.text().contains("Use my balance: ¥47.90"), "{}", page.text());
    assert!(page.text().contains("paid at once") && page.text().contains("Red packets are spent"));
    let filled = |page: &crate::browser::Reply| {
        let form = page.form("form#checkout").with("name", "Mei").with("phone", "190 0000 0001");
        form.with("province", "上海市").with("district", "黄浦区").with("street", "3 Plum Lane")
    };
    let ticked = filled(&page).with("wallet", "yes");
    let other = mei.send(&ticked.clone().with("wallet_seen", "4700")).await;
    assert_eq!(other.status, StatusCode::CONFLICT);
    assert!(other.text().contains("balance changed just now"), "{}", other.text());
    assert_eq!(other.count("input[name=wallet][value=yes]"), 1, "the choice stays");
    let placed = mei.send(&ticked).await;
    assert_eq!(placed.status, StatusCode::SEE_OTHER, "{}", placed.text());
    let paid = mei.page(&placed.to).await;
    assert!(paid.text().contains("Paid") && paid.text().contains("Balance · Red packets"));
    let first = placed.to.strip_suffix("/pay").expect("a payment page").to_owned();

    add(&mei, peach, "1").await;
    let page = mei.page(&format!("{BASE}/checkout?way=ship")).await;
    let text = page.text();
    assert!(text.contains("Use my balance: ¥2.10") && text.contains("¥45.80 is left to pay"));
    // the sum and the button say what is left once it is chosen
    let page = choose(&mei, &filled(&page), "choose_wallet", "yes").await;
    assert!(
        page.text().contains("−¥2.10") && page.text().contains("Pay ¥45.80"),
        "{}",
        page.text()
    );
    let form = page.form("form#checkout").with("provider", "sandbox");
    let placed = mei.send(&form).await;
    let pay = mei.page(&placed.to).await;
    assert!(pay.text().contains("Pay ¥45.80"), "{}", pay.text());
    mei.send(&pay.form("form[action$='/pay/sandbox']").with("outcome", "paid")).await;
    let order = mei.page(placed.to.strip_suffix("/pay").expect("a payment page")).await;
    for words in ["Balance · Red packets", "¥2.10", "Paid another way", "¥45.80"] {
        assert!(order.text().contains(words), "{words}: {}", order.text());
    }
    let wallet = mei.page(&format!("{BASE}/wallet")).await;
    for words in
        ["Paid for an order Yangshan peaches", "Choose it at checkout", "−¥47.90", "+¥50.00"]
    {
        assert!(wallet.text().contains(words), "{words}: {}", wallet.text());
    }
    // the first order goes back: nobody outside has to pay anything
    let page = mei.page(&first).await;
    mei.send(&page.form("form[action$='/cancel']")).await;
    let page = mei.page(&first).await;
    assert!(page.text().contains("¥47.90 of it into the balance"), "{}", page.text());
    let wallet = mei.page(&format!("{BASE}/wallet")).await;
    assert!(wallet.text().contains("Back from a refund"), "{}", wallet.text());
    let zhou = town.browser(OWNER);
    let desk = zhou.page(&first.replace("/orders/", "/console/orders/")).await;
    assert!(desk.text().contains("of it into the balance"), "{}", desk.text());
    let ledger = zhou.page(&format!("{BASE}/console/ledger")).await;
    for words in ["Paid from a balance", "Back into a balance"] {
        assert!(ledger.text().contains(words), "{words}: {}", ledger.text());
    }
}
