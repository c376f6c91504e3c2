//! Every page opens for the owner and for nobody without the right.
use crate::world::{BASE, world};
use axum::http::StatusCode;
use scraper::Selector;

const PAGES: [&str; 27] = [
    "",
    "/groups",
    "/groups/new",
    "/moderation",
    "/audit-log",
    "/audit-log?what=set_role",
    "/insight",
    "/insight/cells/champions",
    "/jobs?state=gave_up",
    "/members",
    "/members?among=left&q=x",
    "/orders",
    "/orders?view=to_pack",
    "/orders?q=%E6%A2%85",
    "/orders/ship",
    "/products",
    "/products?view=few",
    "/products/new",
    "/products/import",
    "/products/import?added=1&changed=2&same=3",
    "/ledger",
    "/ledger?account=sales",
    "/ledger/proofs",
    "/ledger/refunds",
    "/ledger/suspense",
    "/jobs",
    "/settings",
];

/// Set, pages are also written there, to be looked at in a browser.
fn keep(path: &str, text: &str) {
    if let Ok(folder) = std::env::var("KITH_KEEP_PAGES") {
        let name = path.trim_start_matches('/').replace(['/', '?', '=', '&', '%'], "-");
        let name = if name.is_empty() { "home" } else { &name };
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(format!("{folder}/{name}.html"), text).expect("a file");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_owner_walks_every_page() {
    let world = world().await;
    let product = world.shop().await;
    world.order(product, "何小满").await;
    let shipped = world.paid(product, "周周").await;
    world.ship(shipped).await;
    let order = world.paid(product, "梅姐").await;
    world.give_one_back(order).await;
    let mut pages: Vec<String> = PAGES.iter().map(|p| (*p).to_string()).collect();
    pages.push(format!("/orders/{order}"));
    pages.push(format!("/orders/ship?order={order}"));
    pages.push(format!("/ledger/{order}"));
    pages.push(format!("/products/{product}"));
    let member = rules::base::Id::<rules::base::id::Member>::of(13);
    for view in ["past", "orders", "reviews"] {
        pages.push(format!("/members/{member}?view={view}"));
    }
    pages.push(format!("/products/{product}?edit"));
    for lang in ["zh-Hans", "en"] {
        for path in &pages {
            let request = axum::http::Request::get(format!("{BASE}{path}"))
                .header("cookie", format!("kith=token-11; lang={lang}"))
                .body(axum::body::Body::empty());
            let answer = world.ask(request.expect("a request")).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text);
            if lang == "en" {
                keep(&format!("en/{path}"), &answer.text);
            } else {
                keep(path, &answer.text);
            }
            let page = answer.page();
            let all = |s: &str| {
                let selector = Selector::parse(s).expect("a selector");
                page.select(&selector).map(|e| e.html()).collect::<Vec<_>>()
            };
            assert_eq!(all("h1").len(), 1, "{path} has one h1");
            assert_eq!(all("nav.nav a[aria-current]").len(), 1, "{path} marks its place");
            let heads = Selector::parse("thead th").expect("a selector");
            for head in page.select(&heads) {
                let text: String = head.text().collect();
                let named = !text.trim().is_empty() || head.html().contains("aria-label");
                assert!(named, "{path}: an empty head {}", head.html());
            }
            let mut ids: Vec<String> = Vec::new();
            for element in page.select(&Selector::parse("[id]").expect("a selector")) {
                let id = element.attr("id").unwrap_or_default().to_string();
                assert!(!ids.contains(&id), "{path}: {id} twice");
                ids.push(id);
            }
            assert!(!answer.text.contains(" style="), "{path}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_console_opens_by_right() {
    let world = world().await;
    let product = world.shop().await;
    let order = world.order(product, "梅姐").await;
    for path in PAGES {
        let answer = world.get(13, &format!("{BASE}{path}")).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "a member at {path}");
        let answer = world.get(0, &format!("{BASE}{path}")).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "a stranger at {path}");
        assert!(answer.location.starts_with("/sign-in?next="), "{}", answer.location);
    }
    // staff who pack orders: the overview and orders, never the books or the catalogue
    let table = [
        ("", 200),
        ("/orders", 200),
        ("/orders.csv", 200),
        ("/settings", 200),
        ("/jobs", 200),
        ("/groups", 403),
        ("/groups/new", 403),
        ("/moderation", 403),
        ("/audit-log", 403),
        ("/members", 403),
        ("/members.csv", 403),
        ("/ledger", 403),
        ("/ledger/proofs", 403),
        ("/ledger/refunds", 403),
        ("/ledger/suspense", 403),
        ("/products", 403),
        ("/products/new", 403),
        ("/insight", 403),
        ("/insight/cells/at_risk", 403),
        ("/insight/orders.csv", 403),
    ];
    for (path, status) in table {
        let answer = world.get(12, &format!("{BASE}{path}")).await;
        assert_eq!(answer.status.as_u16(), status, "{path}");
    }
    let home = world.get(12, BASE).await;
    let places = home.texts("nav.nav a[href] > span").join(" ");
    assert!(places.contains("订单") && !places.contains("账本"), "{places}");
    let drill = world.get(12, &format!("{BASE}/ledger/{order}")).await;
    assert_eq!(drill.status, StatusCode::FORBIDDEN);
    let confirm = format!("{BASE}/orders/{order}/confirm");
    let answer = world.post(12, &confirm, &[("payment", "pay_0000000000001")]).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN, "confirming is for those with the right");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_is_not_found() {
    let world = world().await;
    for path in [
        "/orders/ord_0000000000001",
        "/orders/nonsense",
        "/products/prd_0000000000001",
        "/ledger/ord_0000000000001",
        "/ledger/x",
        "/insight/cells/nonsense",
    ] {
        let answer = world.get(11, &format!("{BASE}{path}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_overview_counts_today() {
    let world = world().await;
    let product = world.shop().await;
    world.order(product, "未付").await;
    world.paid(product, "周周").await;
    let order = world.paid(product, "梅姐").await;
    world.give_one_back(order).await;
    let home = world.get(11, BASE).await;
    // two at 202.70, one unit of 39.90 back
    assert_eq!(home.texts(".kpi-v"), ["¥365.50", "2", "3", "0"]);
    assert_eq!(home.texts("#todo .tag"), ["1", "2", "0", "1", "0", "0", "0", "¥0.00"]);
    let twin = home.texts("details.twin tbody tr");
    assert_eq!(twin.len(), 28, "two charts of 14 days");
    assert_eq!(twin[13], "3/2 ¥365.50 ¥0");
    assert_eq!(home.texts("section.-flush tbody tr").len(), 3, "the latest orders");
}
