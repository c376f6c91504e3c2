//! A shop run by programs: catalogue, chat, an order from placing to the refund.
use crate::program::{BASE, CATALOGUE, Program, order_of, town, variant};
use axum::http::{Method, StatusCode};
use serde_json::json;
use testkit::{House, NOON, both};

async fn audited(house: &House) {
    let report = house.app.audit(NOON).await.expect("an audit");
    assert!(report.clean(), "{:?}: {:#?}", house.on, report.findings);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_from_placing_to_the_refund() {
    both(|house| async move {
        let town = town(&house).await;
        let (product, plum) = variant(&town, "Plums").await;
        let placed = town.member.did(&format!("{BASE}/orders"), order_of(&plum)).await;
        assert_eq!(
            (placed.text("/state"), placed.int("/total/amount")),
            ("awaiting_payment", 1980)
        );
        assert_eq!(placed.text("/total/currency"), "EUR");
        let order = format!("{BASE}/orders/{}", placed.text("/id"));

        let failed = json!({"provider": "sandbox", "outcome": "failed"});
        let failed = town.member.did(&format!("{order}/pay"), failed).await;
        assert_eq!(failed.text("/order/state"), "awaiting_payment");
        let paid = town.member.did(&format!("{order}/pay"), json!({"provider": "sandbox"})).await;
        assert_eq!(paid.text("/order/state"), "to_fulfil");

        let waiting = town.key.read(&format!("{BASE}/orders?state=to_fulfil")).await;
        assert_eq!(waiting.text("/items/0/id"), placed.text("/id"));
        let sent = json!({"carrier": "DHL", "tracking": "00340"});
        let shipped = town.key.did(&format!("{order}/ship"), sent).await;
        assert_eq!(shipped.text("/state"), "shipped");
        assert_eq!(shipped.text("/more/parcels/0/tracking"), "00340");
        let received = town.member.did(&format!("{order}/receive"), json!({})).await;
        assert_eq!(received.text("/state"), "received");

        let line = received.text("/lines/0/id").to_string();
        let review = json!({"line": line, "stars": 5, "text": "Sweet, and soon here."});
        town.member.did(&format!("{BASE}/products/{product}/reviews"), review).await;
        let reviews = town.stranger.read(&format!("{BASE}/products/{product}/reviews")).await;
        assert_eq!((reviews.text("/items/0/name"), reviews.int("/items/0/stars")), ("Mei", 5));

        let back =
            json!({"lines": [{"line": line, "qty": 1}], "restock": true, "reason": "bruised"});
        let refunded = town.key.did(&format!("{order}/refunds"), back).await;
        assert_eq!(refunded.int("/amount/amount"), 990);
        assert_eq!(refunded.int("/order/refunded/amount"), 990);
        let shelf = town.key.read(&format!("{BASE}/products/{product}")).await;
        assert_eq!(shelf.int("/variants/0/on_hand"), 9);
        audited(&house).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_catalogue_is_imported_changed_and_counted() {
    both(|house| async move {
        let town = town(&house).await;
        let import = format!("{BASE}/products/import");
        let dry = json!({"csv": CATALOGUE, "dry_run": true});
        let dry = town.key.did(&import, dry).await;
        assert_eq!((dry.int("/products"), dry.int("/added")), (2, 0));
        let bad = json!({"csv": "title,price\nPlums,cheap\n"});
        let bad = town.key.did(&import, bad).await;
        assert_eq!((bad.int("/errors/0/line"), bad.text("/errors/0/code")), (2, "bad_price"));
        let (product, plum) = variant(&town, "Plums").await;
        let again = town.key.did(&import, json!({"csv": CATALOGUE})).await;
        assert_eq!((again.int("/added"), again.int("/same")), (0, 2));

        let path = format!("{BASE}/products/{product}");
        let change = json!({"brief": "Picked on Monday.", "version": 1});
        let changed = town.key.ask(Method::PATCH, &path, change.clone(), "").await;
        assert_eq!(changed.text("/brief"), "Picked on Monday.");
        assert_eq!((changed.text("/title"), changed.int("/version")), ("Plums", 2));
        let late = town.key.ask(Method::PATCH, &path, change, "").await;
        assert_eq!(late.refused(), (409, "changed_meanwhile"));

        let stock = format!("{BASE}/variants/{plum}/stock");
        let lost = town.key.did(&stock, json!({"by": -3, "reason": "lost"})).await;
        assert_eq!(lost.int("/on_hand"), 7);
        let much = town.key.post(&stock, json!({"by": -8, "reason": "lost"})).await;
        assert_eq!(much.refused(), (409, "too_few_on_hand"));

        let made = json!({"title": "Figs", "state": "listed",
            "variants": [{"sku": "FIG-1", "price": 500, "stock": 4}]});
        let made = town.key.did(&format!("{BASE}/products"), made).await;
        let figs = town.stranger.read(&format!("{BASE}/products/{}", made.text("/id"))).await;
        assert_eq!((figs.text("/handle"), figs.int("/variants/0/price/amount")), ("figs", 500));
        let first = town.stranger.read(&format!("{BASE}/products?order=newest&limit=2")).await;
        let next = format!("{BASE}/products?order=newest&limit=2&after={}", first.text("/next"));
        let second = town.stranger.read(&next).await;
        assert_eq!(second.json["items"].as_array().map(Vec::len), Some(1));
        assert!(second.json["next"].is_null(), "the last page has no next");
        audited(&house).await;
    })
    .await;
}

async fn group(town: &crate::program::Town) -> String {
    let new = json!({"name": "Yard", "purpose": "The people of the yard.", "kind": "neighbourhood",
        "admission": "open",
        "pickup": {"name": "Gate", "address": "3 Plum Lane", "hours": "18 to 20"}});
    town.key.did(&format!("{BASE}/groups"), new).await.text("/id").to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_talks_and_collects() {
    both(|house| async move {
        let town = town(&house).await;
        let (product, plum) = variant(&town, "Plums").await;
        let group = group(&town).await;
        let at = format!("{BASE}/groups/{group}");
        let early = town.member.get(&format!("{at}/messages")).await;
        assert_eq!(early.refused(), (404, "not_found"), "only members read a chat");
        let in_ = town.member.did(&format!("{at}/members"), json!({"agreed": true})).await;
        assert_eq!(in_.text("/state"), "in");
        let said = json!({"text": "Are they ripe?", "product": product});
        let said = town.member.did(&format!("{at}/messages"), said).await;
        assert_eq!(said.text("/state"), "shown");
        let lines = town.key.read(&format!("{at}/messages?after=0")).await;
        let texts: Vec<&str> = lines.json["items"]
            .as_array()
            .expect("lines")
            .iter()
            .filter_map(|l| l["text"].as_str())
            .collect();
        assert!(texts.contains(&"Are they ripe?"), "{texts:?}");
        let next = lines.text("/next");
        let none = town.key.read(&format!("{at}/messages?after={next}")).await;
        assert_eq!(none.json["items"], json!([]));

        let order = json!({"lines": [{"variant": plum, "qty": 1}], "provider": "manual",
            "pickup": {"group": group, "recipient": "Mei", "phone": "+49 30 000 0001"}});
        let order = town.member.did(&format!("{BASE}/orders"), order).await;
        let path = format!("{BASE}/orders/{}", order.text("/id"));
        let started = town.member.did(&format!("{path}/pay"), json!({"provider": "manual"})).await;
        let payment = format!("{path}/payments/{}", started.text("/payment"));
        town.member.did(&format!("{payment}/proof"), json!({"slip": "AB-1234"})).await;
        let early = town.member.post(&format!("{payment}/confirm"), json!({})).await;
        assert_eq!(early.refused(), (403, "not_allowed"));
        let confirmed = town.key.did(&format!("{payment}/confirm"), json!({})).await;
        assert_eq!(confirmed.text("/state"), "to_fulfil");
        let ready = town.key.did(&format!("{path}/ready"), json!({})).await;
        let code = json!({"code": ready.text("/pickup_code")});
        let handed = town.key.did(&format!("{BASE}/hand-out"), code).await;
        assert_eq!(handed.text("/state"), "received");

        let post = json!({"kind": "note", "title": "Plums are here", "text": "Come and taste.",
            "products": [product], "group": group});
        let post = town.key.did(&format!("{BASE}/posts"), post).await;
        let read = town.member.read(&format!("{BASE}/posts/{}", post.text("/id"))).await;
        assert_eq!(read.text("/products/0"), product);
        let feed = town.member.read(&format!("{BASE}/posts?group={group}")).await;
        assert_eq!(feed.text("/items/0/id"), post.text("/id"));
        audited(&house).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_order_gives_back_what_it_took() {
    both(|house| async move {
        let town = town(&house).await;
        let (product, plum) = variant(&town, "Plums").await;
        for pays in [false, true] {
            let order = town.member.did(&format!("{BASE}/orders"), order_of(&plum)).await;
            let path = format!("{BASE}/orders/{}", order.text("/id"));
            if pays {
                town.member.did(&format!("{path}/pay"), json!({"provider": "sandbox"})).await;
            }
            let ended = town.member.did(&format!("{path}/cancel"), json!({})).await;
            let want = if pays { ("refunding", 1980) } else { ("cancelled", 0) };
            assert_eq!((ended.text("/state"), ended.int("/refunded/amount")), want);
        }
        let shelf = town.key.read(&format!("{BASE}/products/{product}")).await;
        assert_eq!(shelf.int("/variants/0/on_hand"), 10);
        audited(&house).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_begins_with_what_was_missed() {
    use futures_util::StreamExt;
    use tower::ServiceExt;
    both(|house| async move {
        let town = town(&house).await;
        let group = group(&town).await;
        let at = format!("{BASE}/groups/{group}");
        let say = |program: Program, text: &'static str, at: String| async move {
            program.did(&format!("{at}/messages"), json!({"text": text})).await
        };
        say(town.key.clone(), "before", at.clone()).await;
        let req = axum::http::Request::builder()
            .uri(format!("{at}/events?after=0"))
            .header("authorization", format!("Bearer {}", town.key.bearer))
            .body(axum::body::Body::empty())
            .expect("a request");
        let reply = town.key.router.clone().oneshot(req).await.expect("a stream");
        assert_eq!(reply.status(), StatusCode::OK);
        let mut body = reply.into_body().into_data_stream();
        let mut seen = String::new();
        while !seen.contains("\"text\":\"before\"") {
            let part = body.next().await.expect("the past comes first").expect("bytes");
            seen.push_str(&String::from_utf8_lossy(&part));
        }
        assert!(seen.contains("event: message\n") && seen.contains("id: "), "{seen}");
    })
    .await;
}
