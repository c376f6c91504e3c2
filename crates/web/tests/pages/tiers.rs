//! Tiers from the desk to the order, without script.
use crate::sale::{BASE, add, addressed, peaches};
use crate::town::{LIN, MEI, OWNER, Town, town};
use app::sale::ship_order::ShipOrder;
use axum::http::StatusCode;
use rules::base::{Id, id};
use testkit::NOON;

/// What Mei has ordered is paid, sent, received and counted.
async fn received(town: &Town, order: &str) {
    let app = &town.kith.app;
    let order: Id<id::Order> = Id::parse(order.rsplit('/').next().expect("an id")).expect("an id");
    let (c, owner, mei) = (crate::town::COMMUNITY, town.who(OWNER), town.who(MEI));
    let page = app.order_page(c, order).await.expect("a read").expect("an order");
    app.sandbox_pay(NOON, c, page.payments[0].id, true).await.expect("paid");
    let (carrier, tracking) = ("SF".into(), "1".into());
    let parcel = app.mint(NOON);
    let ship = ShipOrder { who: owner, parcel, order, lines: vec![], carrier, tracking };
    app.ship_order(NOON, ship).await.expect("a parcel");
    app.confirm_receipt(NOON, mei, order).await.expect("goods");
    while app.work(NOON, 1).await.expect("work") > 0 {}
}

async fn ordered(town: &Town) -> String {
    let mei = town.browser(MEI);
    let page = mei.page(&format!("{BASE}/checkout?way=ship")).await;
    let form = addressed(page.form("form#checkout")).with("street", "3 Plum Lane");
    let placed = mei.send(&form.with("provider", "sandbox")).await;
    assert_eq!(placed.status, StatusCode::SEE_OTHER, "{}", placed.text());
    placed.to.strip_suffix("/pay").expect("a payment page").to_owned()
}

/// Prices stand in pieces on a page.
fn flat(text: &str) -> String {
    text.replace(' ', "")
}

/// One tier, a tenth less.
async fn silver(town: &Town) {
    let owner = town.browser(OWNER);
    let desk = owner.page(&format!("{BASE}/console/tiers")).await;
    let form = desk.form("main form[action$='/console/tiers']");
    let form = form.with("name_0", "Silver").with("growth_0", "30").with("percent_0", "10");
    assert_eq!(owner.send(&form).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tier_is_set_and_reached() {
    let town = town().await;
    let peach = peaches(&town).await;
    let goods = format!("{BASE}/products/{peach}");
    let (owner, mei, stranger) = (town.browser(OWNER), town.browser(MEI), town.stranger());
    let none = stranger.page(&format!("{BASE}/tiers")).await;
    assert!(none.text().contains("Everybody pays the same"), "{}", none.text());
    assert!(!stranger.page(&goods).await.text().contains("member price"));
    let desk = owner.page(&format!("{BASE}/console/tiers")).await;
    let form = desk.form("main form[action$='/console/tiers']");
    let form = form.with("name_0", "Silver").with("percent_0", "10");
    let wrong = owner.send(&form.clone().with("growth_0", "many")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("Silver") && wrong.body.contains("many"), "what was typed stays");
    assert!(wrong.text().contains("Silver: Growth points are a whole number"), "{}", wrong.text());
    assert_eq!(wrong.count("input[name=growth_0][aria-invalid=true]"), 1);
    let form = form.with("growth_0", "30").with("name_1", "Gold").with("growth_1", "100");
    let worse = owner.send(&form.clone().with("percent_1", "5")).await;
    assert_eq!(worse.status, StatusCode::UNPROCESSABLE_ENTITY);
    let told = "Gold takes 5% off, Silver below it 10%. A higher tier cannot give less";
    assert!(worse.text().contains(told), "{}", worse.text());
    assert_eq!(worse.count("input[name=percent_1][aria-invalid=true]"), 1);
    let free = form.clone().with("percent_1", "10").with("free_0", "on");
    let free = owner.send(&free).await;
    let told = "Silver has free delivery, Gold above it has not.";
    assert!(free.text().contains(told), "{}", free.text());
    assert_eq!(free.count("input[name=free_1][aria-invalid=true]"), 1);
    let made = owner.send(&form.with("percent_1", "12.5").with("free_1", "on")).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text());
    let stale = owner.send(&desk.form("main form[action$='/console/tiers']")).await;
    assert_eq!(stale.status, StatusCode::CONFLICT, "it was made from no ladder");

    let quiet = "Members have benefits from 30 growth points on";
    for path in [goods.clone(), format!("{BASE}/shop")] {
        assert!(stranger.page(&path).await.text().contains(quiet), "{path}");
    }
    let ladder = stranger.page(&format!("{BASE}/tiers")).await;
    assert!(ladder.text().contains("12.5% off, free delivery"), "{}", ladder.text());
    add(&mei, peach, "1").await;
    assert!(mei.page(&format!("{BASE}/cart")).await.text().contains(quiet));
    let first = ordered(&town).await;
    received(&town, &first).await;
    let mine = mei.page(&format!("{BASE}/tiers")).await;
    assert!(mine.text().contains("39 growth points"), "{}", mine.text());
    assert!(mine.text().contains("61 more growth points to Gold"), "{}", mine.text());
    assert!(mei.page(&format!("{BASE}/me")).await.text().contains("Silver"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_of_a_tier_sees_both_prices_and_pays_theirs() {
    let town = town().await;
    let peach = peaches(&town).await;
    let goods = format!("{BASE}/products/{peach}");
    let (owner, mei) = (town.browser(OWNER), town.browser(MEI));
    silver(&town).await;
    add(&mei, peach, "1").await;
    let first = ordered(&town).await;
    received(&town, &first).await;
    // 39.90 less a tenth, rounded down
    for path in [goods.clone(), format!("{BASE}/shop")] {
        let page = mei.page(&path).await;
        let text = page.text();
        assert!(flat(&text).contains("¥35.91") && text.contains("Member price"), "{path} {text}");
        assert!(text.contains("Shop price ¥39.90") && page.count("s.was") == 0, "{path}");
        assert!(!text.contains("There are member prices"), "{path}");
    }
    let lin = town.browser(LIN);
    assert!(!flat(&lin.page(&goods).await.text()).contains("35.91"), "nobody else's price");
    let machine = mei.page(&goods).await;
    assert!(machine.body.contains("\"price\":\"39.90\""), "machines read the shop's price");
    add(&mei, peach, "2").await;
    let cart = mei.page(&format!("{BASE}/cart")).await;
    let text = cart.text();
    assert!(flat(&text).contains("¥71.82") && text.contains("Shop price"), "{text}");
    let bill = mei.page(&format!("{BASE}/checkout?way=ship")).await;
    let text = bill.text();
    for part in ["¥79.80", "Member price (Silver)", "−¥7.98", "¥79.82"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let order = ordered(&town).await;
    let text = mei.page(&order).await.text();
    for part in ["¥79.80", "Member price (Silver)", "−¥7.98", "¥79.82"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let them = owner.page(&format!("{BASE}/console/members/{}", town.who(MEI).member)).await;
    assert!(them.text().contains("39 growth points"), "{}", them.text());
    assert!(
        owner
            .page(&format!("{BASE}/console/orders/{}", order.rsplit('/').next().unwrap_or("")))
            .await
            .text()
            .contains("¥39.90")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_variant_has_a_price_of_its_own_for_a_tier() {
    let town = town().await;
    let peach = peaches(&town).await;
    let (owner, mei) = (town.browser(OWNER), town.browser(MEI));
    silver(&town).await;
    add(&mei, peach, "1").await;
    let first = ordered(&town).await;
    received(&town, &first).await;
    let path = format!("{BASE}/console/products/{peach}");
    let page = owner.page(&path).await;
    assert!(page.body.contains("placeholder=\"35.91\""), "what the percent makes of it");
    let form = page.form("#member-prices form");
    let field = form.all.iter().map(|(name, _)| name.clone()).find(|n| n.contains(".tir_"));
    let field = field.expect("a field for the variant and the tier");
    let above = owner.send(&form.clone().with(&field, "40")).await;
    assert_eq!(above.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(above.body.contains("value=\"40\""), "what was typed stays");
    let odd = owner.send(&form.clone().with(&field, "cheap")).await;
    assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY);
    let set = owner.send(&form.with(&field, "31.50")).await;
    assert_eq!(set.status, StatusCode::SEE_OTHER, "{}", set.text());
    let goods = mei.page(&format!("{BASE}/products/{peach}")).await;
    assert!(goods.text().contains("31.50"), "{}", goods.text());
    let form = owner.page(&path).await.form("#member-prices form").with(&field, "");
    assert_eq!(owner.send(&form).await.status, StatusCode::SEE_OTHER);
    assert!(mei.page(&format!("{BASE}/products/{peach}")).await.text().contains("35.91"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_buy_says_what_a_member_pays_alone() {
    let town = town().await;
    let page = crate::together::campaign(&town).await;
    silver(&town).await;
    let (mei, stranger) = (town.browser(MEI), town.stranger());
    let alone = mei.page(&page).await;
    assert!(flat(&alone.text()).contains("Alone¥39.90"), "{}", alone.text());
    let peach = alone.href("a.btn[href*='/products/']").expect("the way to buy it alone");
    let peach = Id::parse(peach.rsplit('/').next().expect("an id")).expect("an id");
    add(&mei, peach, "1").await;
    let first = ordered(&town).await;
    received(&town, &first).await;
    let seen = mei.page(&page).await;
    let text = flat(&seen.text());
    assert!(text.contains("Alone¥35.91") && !text.contains("39.90"), "{text}");
    let others = flat(&stranger.page(&page).await.text());
    assert!(others.contains("Alone¥39.90") && !others.contains("35.91"), "{others}");
}
