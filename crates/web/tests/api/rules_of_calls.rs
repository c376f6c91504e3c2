//! What holds for every call: twice is once, bad bodies are told, floods are stopped.
use crate::program::{BASE, Program, Reply, order_of, town, variant};
use axum::body::Body;
use axum::http::{Method, Request};
use serde_json::json;
use testkit::both;

#[tokio::test(flavor = "multi_thread")]
async fn the_same_call_twice_is_one() {
    both(|house| async move {
        let town = town(&house).await;
        let (_, plum) = variant(&town, "Plums").await;
        let path = format!("{BASE}/orders");
        let call = |name: &'static str, body: serde_json::Value| {
            let (member, path) = (town.member.clone(), path.clone());
            async move { member.ask(Method::POST, &path, body, name).await }
        };
        let first = call("n-1", order_of(&plum)).await;
        let again = call("n-1", order_of(&plum)).await;
        assert_eq!((first.status.as_u16(), again.status.as_u16()), (201, 201));
        assert_eq!(first.json, again.json, "the same answer");
        assert_eq!(again.headers.get("idempotent-replayed").expect("a mark"), "true");
        let other = json!({"lines": [{"variant": plum, "qty": 3}], "provider": "sandbox",
            "ship": order_of(&plum)["ship"]});
        assert_eq!(call("n-1", other).await.refused(), (422, "idempotency_key_reused"));
        assert_eq!(call(" ", order_of(&plum)).await.refused(), (422, "bad_idempotency_key"));

        // twenty at one moment: one order, one answer
        let many: Vec<_> = (0..20).map(|_| tokio::spawn(call("n-2", order_of(&plum)))).collect();
        let mut ids = Vec::new();
        for one in many {
            ids.push(one.await.expect("no panic").text("/id").to_string());
        }
        ids.dedup();
        assert_eq!(ids.len(), 1, "{ids:?}");
        let all = town.key.read(&path).await;
        assert_eq!(all.json["items"].as_array().map(Vec::len), Some(2));

        // a day later the name is free
        let later = house.pass(0).plus_days(1);
        house.app.sweep_calls(later).await.expect("swept");
        let fresh = call("n-1", order_of(&plum)).await;
        assert_ne!(fresh.text("/id"), first.text("/id"));
    })
    .await;
}

async fn sent(program: &Program, kind: &str, body: &'static str) -> Reply {
    let req = Request::builder().method("POST").uri(format!("{BASE}/groups"));
    program.send(req.header("content-type", kind), Body::from(body)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_call_is_told_what_is_wrong() {
    both(|house| async move {
        let town = town(&house).await;
        let json = "application/json";
        assert_eq!(sent(&town.key, "text/plain", "{}").await.refused(), (415, "bad_body"));
        assert_eq!(sent(&town.key, json, "{\"name\"").await.refused(), (400, "bad_body"));
        let missing = sent(&town.key, json, "{\"name\":\"x\"}").await;
        assert_eq!(missing.refused(), (422, "bad_body"));
        assert!(missing.text("/detail").contains("purpose"), "{}", missing.json);
        let odd = json!({"name": "x", "purpose": "y", "kind": "club", "admission": "open"});
        let odd = town.key.post(&format!("{BASE}/groups"), odd).await;
        assert!(odd.text("/detail").contains("kind"), "{}", odd.json);
        assert_eq!(odd.refused(), (422, "bad_body"));

        assert_eq!(town.key.get("/api/v1/nothing").await.refused(), (404, "not_found"));
        let put = town.key.ask(Method::PUT, &format!("{BASE}/groups"), json!({}), "").await;
        assert_eq!(put.refused(), (405, "bad_body"));
        let query = town.key.get(&format!("{BASE}/orders?limit=many")).await;
        assert_eq!(query.refused(), (400, "bad_body"));
        let id = town.key.get(&format!("{BASE}/orders/ord_nonsense")).await;
        assert_eq!(id.refused(), (404, "not_found"));
        let place = town.key.get("/api/v1/communities/nowhere/orders").await;
        assert_eq!(place.refused(), (403, "key_of_another_community"));

        let req =
            Request::builder().uri(format!("{BASE}/orders")).header("accept-language", "zh-TW");
        let told = town.stranger.send(req, Body::empty()).await;
        assert_eq!((told.refused(), told.text("/title")), ((401, "sign_in_first"), "請先登入"));
    })
    .await;
}

#[tokio::test]
async fn a_flood_is_told_to_wait() {
    let house = testkit::fresh(testkit::On::Sqlite).await;
    let stranger = Program { router: crate::program::router(&house), bearer: String::new() };
    let mut last = stranger.get("/api/v1/me").await;
    assert_eq!(last.headers.get("ratelimit-limit").expect("told"), "120");
    for _ in 0..120 {
        last = stranger.get("/api/v1/me").await;
    }
    assert_eq!(last.refused(), (429, "too_often"));
    assert_eq!(last.headers.get("retry-after").expect("when"), "60");
}
