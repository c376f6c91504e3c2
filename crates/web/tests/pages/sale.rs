//! The shop, from the first look to the goods in hand.
use crate::browser::{Browser, Fields, Reply};
use crate::town::{GUEST, LIN, MEI, OWNER, Town, town};
use app::sale::ship_order::ShipOrder;
use axum::body::Body;
use axum::http::{Method, StatusCode};
use rules::base::{Id, id};
use testkit::NOON;

pub const BASE: &str = "/c/peach";

pub async fn peaches(town: &Town) -> Id<id::Product> {
    town.product("Yangshan peaches", "fruit", &[], &[(&[], 3990, 12)]).await
}
async fn teas(town: &Town) -> Id<id::Product> {
    let tins: [(&[&str], i64, i64); 3] = [
        (&["Shuixian", "50 g"], 6800, 40),
        (&["Shuixian", "100 g"], 12800, 3),
        (&["Rougui", "50 g"], 7200, 0),
    ];
    town.product("Rock tea", "tea", &["Kind", "Size"], &tins).await
}

/// Puts some into the cart by the form of the product page.
pub async fn add(b: &Browser<'_>, product: Id<id::Product>, qty: &str) -> Reply {
    let page = b.page(&format!("{BASE}/products/{product}")).await;
    b.send(&page.form("form#buy").with("qty", qty)).await
}

pub fn addressed(form: Fields) -> Fields {
    let form = form.with("name", "Mei").with("phone", "190 0000 0001");
    form.with("province", "上海市").with("district", "黄浦区")
}

/// Orders what lies in the cart and returns the order's address.
pub async fn order(b: &Browser<'_>, provider: &str) -> String {
    let page = b.page(&format!("{BASE}/checkout")).await;
    let form = addressed(page.form("form#checkout"))
        .with("street", "3 Plum Lane")
        .with("provider", provider);
    let reply = b.send(&form).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.text());
    reply.to.strip_suffix("/pay").expect("the payment page").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn strangers_see_the_shop() {
    let town = town().await;
    let (peach, tea) = (peaches(&town).await, teas(&town).await);
    let b = town.stranger();
    let shop = b.page(&format!("{BASE}/shop")).await;
    assert!(shop.text().contains("Yangshan peaches") && shop.text().contains("Rock tea"));
    assert_eq!(shop.count("article.good"), 2);
    let page = b.page(&format!("{BASE}/products/{tea}")).await;
    assert!(page.text().contains("7 days to return"), "{}", page.text());
    assert_eq!(page.count("input[type=radio][name=variant]"), 3);
    assert_eq!(page.count("input[type=radio][name=variant][disabled]"), 1, "the sold-out one");
    let json = "\"lowPrice\":\"68.00\"";
    assert!(page.body.contains(json) && page.body.contains("https://schema.org/InStock"));
    assert!(!page.body.contains("aggregateRating"), "nobody has rated it");
    assert!(page.body.contains(&format!("https://kith.test{BASE}/products/{tea}")));

    let bought = b.post(&format!("{BASE}/buy"), &page.form("form#buy")).await;
    assert_eq!(bought.status, StatusCode::SEE_OTHER);
    let door = b.get(&bought.to).await;
    assert!(door.to.starts_with("/sign-in?next=/c/peach/checkout%3Fvariant%3D"), "{}", door.to);
    let added = add(&b, peach, "1").await;
    assert_eq!(added.to, format!("/sign-in?next={BASE}/products/{peach}"));
    for path in ["cart", "orders", "handout"] {
        let reply = b.get(&format!("{BASE}/{path}")).await;
        assert_eq!(reply.to, format!("/sign-in?next={BASE}/{path}"));
    }
    for path in ["products/prd_0000000000009", "products/x", "nowhere"] {
        assert_eq!(b.get(&format!("{BASE}/{path}")).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cart_is_filled_and_emptied() {
    let town = town().await;
    let (peach, tea) = (peaches(&town).await, teas(&town).await);
    let mei = town.browser(MEI);
    assert_eq!(add(&mei, peach, "2").await.to, format!("{BASE}/cart"));
    add(&mei, tea, "1").await;
    let too_many = add(&mei, peach, "11").await;
    assert_eq!(too_many.status, StatusCode::CONFLICT);
    assert!(too_many.text().contains("Not enough in stock"));
    assert_eq!(add(&mei, peach, "many").await.status, StatusCode::UNPROCESSABLE_ENTITY);

    let cart = mei.page(&format!("{BASE}/cart")).await;
    assert!(cart.text().contains("¥ 147 .80"), "{}", cart.text());
    assert!(cart.text().contains("Delivery is free"), "from ¥99: {}", cart.text());
    let first = cart.form("#cart form").with("qty", "1");
    mei.send(&first).await;
    let script = Browser { script: true, ..town.browser(MEI) };
    let reply = script.send(&first.clone().with("op", "remove")).await;
    assert!(reply.fragment && reply.body.contains("data-to=\"#cart\""), "{}", reply.body);
    assert_eq!(mei.page(&format!("{BASE}/cart")).await.count("#cart form"), 1);
    let reply = script.send(&mei.page(&format!("{BASE}/cart")).await.form("#cart form")).await;
    assert!(reply.body.contains("data-to=\"#cart-hint\""), "{}", reply.body);
    assert!(!reply.body.contains("data-to=\"#cart\""), "the stepper stays: {}", reply.body);
    let reply = add_with_script(&town, tea).await;
    assert!(reply.fragment && reply.body.contains("data-op=\"toast\""), "{}", reply.body);
    assert!(reply.body.contains("Cart 1"));
}

async fn add_with_script(town: &Town, product: Id<id::Product>) -> Reply {
    let page = town.browser(MEI).page(&format!("{BASE}/products/{product}")).await;
    let script = Browser { script: true, ..town.browser(MEI) };
    script.send(&page.form("form#buy")).await
}

#[tokio::test(flavor = "multi_thread")]
async fn bought_sent_and_received() {
    let town = town().await;
    let (peach, tea) = (peaches(&town).await, teas(&town).await);
    let mei = town.browser(MEI);
    add(&mei, peach, "1").await;
    let page = mei.page(&format!("{BASE}/checkout")).await;
    assert!(page.text().contains("Pay ¥47.90"), "{}", page.text());
    // refused: everything typed stays, the field says why
    let form = addressed(page.form("form#checkout")).with("phone", "call me").with("note", "a<b");
    let again = mei.send(&form.with("street", "3 Plum Lane")).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    let kept = again.form("form#checkout");
    let typed = ["name", "phone", "district", "street", "note"].map(|n| kept.value(n).to_owned());
    assert_eq!(typed, ["Mei", "call me", "黄浦区", "3 Plum Lane", "a<b"]);
    assert_eq!(again.count("#phone[aria-invalid=true]"), 1);
    assert_eq!(kept.value("order"), page.form("form#checkout").value("order"));

    add(&mei, tea, "1").await;
    let at = order(&mei, "sandbox").await;
    assert_eq!(mei.page(&format!("{BASE}/cart")).await.count("#cart form"), 0, "all was ordered");
    let pay = mei.page(&format!("{at}/pay")).await;
    assert!(pay.text().contains("¥107.90") && pay.text().contains("No real money"));
    let form = pay.form("form[action$='/pay/sandbox']");
    let failed = mei.send(&form.clone().with("outcome", "failed")).await;
    let pay = mei.page(&failed.to).await;
    assert!(pay.text().contains("The last payment did not work"), "{}", pay.text());
    let retried = mei.send(&pay.form("form[action$='/pay']")).await;
    let pay = mei.page(&retried.to).await;
    let form = pay.form("form[action$='/pay/sandbox']");
    let twice = mei.send(&form.with("outcome", "twice")).await;
    let done = mei.page(&twice.to).await;
    assert!(done.text().contains("came twice and counted once"), "{}", done.text());

    let page = mei.page(&at).await;
    assert!(page.text().contains("Being packed") && page.text().contains("Paid"));
    assert_eq!(page.count("dialog#cancel form"), 1);
    ship(&town, &at).await;
    let page = mei.page(&at).await;
    assert!(page.text().contains("SF Express"));
    let received = mei.send(&page.form("dialog#receive form")).await;
    assert_eq!(received.to, at);
    assert!(mei.page(&at).await.text().contains("You have it"));
    assert_eq!(mei.send(&page.form("dialog#receive form")).await.to, at, "once more is the same");
    let done = mei.page(&format!("{BASE}/orders?tab=done")).await;
    assert_eq!(done.count("section.card"), 1);
    assert_eq!(mei.page(&format!("{BASE}/orders?tab=to_pay")).await.count("section.card"), 0);
}

pub async fn ship(town: &Town, at: &str) {
    let order = Id::parse(at.rsplit('/').next().unwrap_or("")).expect("an order");
    let ship = ShipOrder {
        who: town.who(OWNER),
        parcel: town.kith.app.mint(NOON),
        order,
        lines: Vec::new(),
        carrier: "SF Express".into(),
        tracking: "SF0001".into(),
    };
    town.kith.app.ship_order(NOON, ship).await.expect("shipped");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_start_page_leads_to_open_communities() {
    let town = town().await;
    let b = town.stranger();
    assert_eq!(b.page("/").await.count(&format!("a[href='{BASE}']")), 1);
    let map = b.page("/sitemap.xml").await;
    assert!(map.body.contains("https://kith.test/c/peach/sitemap.xml"), "{}", map.body);
    assert!(b.page("/robots.txt").await.body.contains("Sitemap: https://kith.test/sitemap.xml"));
    let home = b.page(BASE).await;
    let feed = format!("link[rel=alternate][type='application/atom+xml'][href='{BASE}/feed.atom']");
    assert_eq!(home.count(&feed), 1);
    const CLOSE: &str = "UPDATE community SET state = 'closed'";
    town.write(|tx| Ok(tx.exec(CLOSE, &[]).map(drop)?)).await;
    assert_eq!(b.page("/").await.count(&format!("a[href='{BASE}']")), 0);
    assert!(!b.page("/sitemap.xml").await.body.contains("peach"));
}

#[tokio::test(flavor = "multi_thread")]
async fn parcels_go_to_a_place_on_the_list() {
    let town = town().await;
    let peach = peaches(&town).await;
    let mei = town.browser(MEI);
    const CHINA: &str = "UPDATE community SET jurisdiction = 'CN'";
    town.write(|tx| Ok(tx.exec(CHINA, &[]).map(drop)?)).await;
    add(&mei, peach, "1").await;
    let page = mei.page(&format!("{BASE}/checkout")).await;
    assert_eq!(page.count("select#province option"), 32);
    assert_eq!(page.count("select#district[disabled]"), 1, "a province first");
    let form = page.form("form#checkout").with("name", "Mei").with("phone", "190 0000 0001");
    let form = form.with("street", "3 Plum Lane").with("province", "江苏省");
    let next = mei.post(&format!("{BASE}/checkout/divisions"), &form).await;
    assert_eq!(next.status, StatusCode::OK, "{}", next.text());
    let kept = next.form("form#checkout");
    assert_eq!([kept.value("name"), kept.value("street")], ["Mei", "3 Plum Lane"]);
    assert_eq!(next.count("select#province option[selected][value=江苏省]"), 1);
    assert_eq!(next.count("select#city option[value=无锡市]"), 1);
    let script = Browser { script: true, ..town.browser(MEI) };
    let beijing = web::edge::query_value("北京市");
    let list = script.get(&format!("{BASE}/checkout/divisions?province={beijing}")).await;
    assert!(list.fragment && list.body.contains("data-to=\"#address\""), "{}", list.body);
    assert!(list.body.contains("海淀区"), "a city-province has its districts at once");
    // half a place, and one of another province
    for district in ["", "海淀区"] {
        let half = form.clone().with("city", "无锡市").with("district", district);
        let no = mei.send(&half).await;
        assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(no.count("#district[aria-invalid=true]"), 1, "{}", no.text());
    }
    let typed = form.clone().with("region", "Leeds LS1");
    let typed =
        Fields { all: typed.all.into_iter().filter(|f| f.0 != "province").collect(), ..typed };
    assert_eq!(mei.send(&typed).await.status, StatusCode::UNPROCESSABLE_ENTITY, "past the lists");
    let done = mei.send(&form.with("city", "无锡市").with("district", "惠山区")).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    let order = mei.page(done.to.trim_end_matches("/pay")).await;
    assert!(order.text().contains("江苏省 无锡市 惠山区"), "{}", order.text());
    // the next order knows who, and where to
    add(&mei, peach, "1").await;
    let again = mei.page(&format!("{BASE}/checkout?way=ship&address=new")).await;
    let again = again.form("form#checkout");
    assert_eq!([again.value("name"), again.value("phone")], ["Mei", "19000000001"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn orders_are_nobody_elses_business() {
    let town = town().await;
    let peach = peaches(&town).await;
    let (mei, lin) = (town.browser(MEI), town.browser(LIN));
    add(&mei, peach, "1").await;
    let at = order(&mei, "sandbox").await;
    let cancel = mei.page(&at).await.form("dialog#cancel form");
    let pay = mei.page(&format!("{at}/pay")).await.form("form[action$='/pay/sandbox']");
    for path in [at.clone(), format!("{at}/pay")] {
        assert_eq!(lin.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let paid = pay.with("outcome", "paid");
    for form in [&cancel, &paid] {
        assert_eq!(lin.send(form).await.status, StatusCode::NOT_FOUND, "{}", form.action);
    }
    assert_eq!(town.browser(OWNER).get(&at).await.status, StatusCode::OK, "staff may look");
    assert_eq!(lin.get(&format!("{BASE}/handout")).await.status, StatusCode::FORBIDDEN);

    // a page of another site posts the buyer's own form
    let form =
        [("content-type", "application/x-www-form-urlencoded"), ("origin", "https://evil.test")];
    let body = Body::from(format!("refund={}", cancel.value("refund")));
    let foreign = mei.ask(Method::POST, &cancel.action, body, &form).await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN);
    assert!(mei.page(&at).await.text().contains("To pay"), "still open");
    assert_eq!(mei.send(&cancel).await.to, at);
    assert!(mei.page(&at).await.text().contains("The order was cancelled"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_price_is_shown_before_it_is_owed() {
    let town = town().await;
    let peach = peaches(&town).await;
    let mei = town.browser(MEI);
    let page = mei.page(&format!("{BASE}/products/{peach}")).await;
    let now = mei.post(&format!("{BASE}/buy"), &page.form("form#buy").with("qty", "2")).await;
    let page = mei.page(&now.to).await;
    let form = addressed(page.form("form#checkout")).with("street", "3 Plum Lane");
    let dearer: [(&[&str], i64, i64); 1] = [(&[], 4500, 12)];
    town.save(peach, Some(1), "Yangshan peaches", "fruit", &[], &dearer).await;
    let reply = mei.send(&form).await;
    assert_eq!(reply.status, StatusCode::CONFLICT);
    assert!(reply.text().contains("A price changed") && reply.text().contains("Pay ¥98.00"));
    let again = reply.form("form#checkout");
    assert_eq!(again.value("street"), "3 Plum Lane");
    let placed = mei.send(&again).await;
    assert!(placed.to.ends_with("/pay"), "{}", placed.text());
    assert_eq!(mei.send(&again).await.to, placed.to, "sent twice is one order");
    assert_eq!(mei.page(&format!("{BASE}/orders")).await.count("section.card"), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_second_time_is_shorter() {
    let town = town().await;
    let peach = peaches(&town).await;
    let mei = town.browser(MEI);
    add(&mei, peach, "1").await;
    order(&mei, "sandbox").await;
    add(&mei, peach, "1").await;
    let page = mei.page(&format!("{BASE}/checkout")).await;
    assert!(page.text().contains("3 Plum Lane"), "{}", page.text());
    let placed = mei.send(&page.form("form#checkout")).await;
    let at = placed.to.strip_suffix("/pay").expect("the payment page").to_owned();
    assert!(mei.page(&at).await.text().contains("3 Plum Lane"));
    add(&mei, peach, "1").await;
    let page = mei.page(&format!("{BASE}/checkout?way=ship&address=new")).await;
    let other = addressed(page.form("form#checkout")).with("street", "9 Quince Row");
    let placed = mei.send(&other).await;
    let at = placed.to.strip_suffix("/pay").expect("the payment page").to_owned();
    assert!(mei.page(&at).await.text().contains("9 Quince Row"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_gone_is_told_and_folded_away() {
    let town = town().await;
    let (peach, tea) = (peaches(&town).await, teas(&town).await);
    let (mei, lin) = (town.browser(MEI), town.browser(LIN));
    add(&mei, peach, "5").await;
    let page = mei.page(&format!("{BASE}/checkout")).await;
    let form = addressed(page.form("form#checkout")).with("street", "3 Plum Lane");
    add(&lin, peach, "10").await;
    order(&lin, "sandbox").await;
    let late = mei.send(&form).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.text().contains("Not enough in stock"), "{}", late.text());
    let cart = mei.page(&format!("{BASE}/cart")).await;
    assert_eq!(cart.count("#cart details form"), 1);
    assert!(cart.text().contains("Only 2 left; take fewer"), "{}", cart.text());
    assert_eq!(cart.count("#cart-bar button[disabled]"), 1, "nothing to check out");
    let fewer = cart.form("#cart details form").with("qty", "2");
    mei.send(&fewer).await;
    let cart = mei.page(&format!("{BASE}/cart")).await;
    assert_eq!(cart.count("#cart details"), 0);
    add(&mei, tea, "1").await;
    assert_eq!(mei.page(&format!("{BASE}/checkout")).await.count("input[name=line]"), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_is_asked_to_join() {
    let town = town().await;
    let peach = peaches(&town).await;
    let guest = town.browser(GUEST);
    let added = add(&guest, peach, "1").await;
    assert_eq!(added.to, format!("{BASE}/join?next={BASE}/products/{peach}"));
    let script = Browser { script: true, ..town.browser(GUEST) };
    let page = guest.page(&format!("{BASE}/products/{peach}")).await;
    let reply = script.send(&page.form("form#buy")).await;
    assert!(reply.fragment && reply.body.contains("data-op=\"go\""), "{}", reply.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_shop_goes_on() {
    let town = town().await;
    for n in 0..23 {
        let title = format!("Plum {n}");
        town.product(&title, "fruit", &[], &[(&[], 100, 1)]).await;
    }
    let b = town.stranger();
    for sort in ["sold", "newest"] {
        let first = b.page(&format!("{BASE}/shop?sort={sort}")).await;
        assert_eq!(first.count("article.good"), 20);
        let shown = scraper::Html::parse_document(&first.body);
        let css = scraper::Selector::parse("lazy-more a").expect("a selector");
        let more = shown.select(&css).next().and_then(|a| a.attr("href")).expect("more");
        let rest = b.page(more).await;
        assert_eq!((rest.count("article.good"), rest.count("lazy-more")), (3, 0), "{sort}");
        let script = Browser { script: true, ..town.stranger() };
        let rest = script.get(more).await;
        assert!(rest.fragment && rest.body.contains("data-to=\"#more\""));
        assert_eq!(rest.body.matches("<article").count(), 3);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_speaks_three_languages() {
    let town = town().await;
    let (peach, tea) = (peaches(&town).await, teas(&town).await);
    let mei = town.browser(MEI);
    add(&mei, peach, "1").await;
    let at = order(&mei, "sandbox").await;
    add(&mei, tea, "1").await;
    let pages = [
        format!("{BASE}/shop"),
        format!("{BASE}/products/{tea}"),
        format!("{BASE}/cart"),
        format!("{BASE}/checkout?way=ship&address=new"),
        format!("{BASE}/orders"),
        at.clone(),
        format!("{at}/pay"),
    ];
    let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    for path in &pages {
        let english = mei.page(path).await.text();
        // the names of the divisions are official, in whatever language
        let lists = rules::sale::divisions::provinces().fold(english, |t, p| t.replace(p, ""));
        let left: String = lists.replace("黄浦区", "").chars().filter(|c| han(*c)).collect();
        assert!(left.is_empty(), "{path}: {left}");
        let hans = Browser { lang: "zh-Hans", ..town.browser(MEI) }.page(path).await.text();
        let hant = Browser { lang: "zh-Hant", ..town.browser(MEI) }.page(path).await.text();
        assert!(hans.chars().any(han) && hans != hant, "{path}: {hans}");
    }
}
