//! Who may call what: strangers, members, keys with some scopes, keys that have ended.
use crate::program::{BASE, order_of, town, variant};
use axum::http::Method;
use serde_json::json;
use testkit::both;

#[tokio::test(flavor = "multi_thread")]
async fn a_call_needs_somebody_who_may() {
    both(|house| async move {
        let town = town(&house).await;
        let (product, plum) = variant(&town, "Plums").await;
        let order = town.member.did(&format!("{BASE}/orders"), order_of(&plum)).await;
        let order = format!("{BASE}/orders/{}", order.text("/id"));
        let other = town.stranger.person("Nils").await;
        let join = json!({"name": "Nils", "agreed": true});

        let get = |p: &str| p.to_string();
        assert_eq!(town.stranger.get(&get(&order)).await.refused(), (401, "sign_in_first"));
        assert_eq!(other.get(&order).await.refused(), (403, "join_first"));
        other.did(&format!("{BASE}/members"), join).await;
        assert_eq!(other.get(&order).await.refused(), (404, "not_found"), "another's order");
        let pay = json!({"provider": "sandbox"});
        assert_eq!(
            other.post(&format!("{order}/pay"), pay).await.refused(),
            (404, "no_such_order")
        );
        let ship = json!({"carrier": "DHL"});
        let shipped = town.member.post(&format!("{order}/ship"), ship).await;
        assert_eq!(shipped.refused(), (403, "not_allowed"));
        let refund = json!({"lines": []});
        let refund = town.member.post(&format!("{order}/refunds"), refund).await;
        assert_eq!(refund.refused(), (403, "not_allowed"));
        let change = json!({"title": "Mine"});
        let path = format!("{BASE}/products/{product}");
        let change = town.member.ask(Method::PATCH, &path, change, "").await;
        assert_eq!(change.refused(), (403, "not_allowed"));
        assert_eq!(town.stranger.with("kith_0").get(&order).await.refused(), (401, "bad_key"));
        assert_eq!(town.stranger.with("0").get(&order).await.refused(), (401, "bad_key"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_may_what_its_scopes_say_until_it_ends() {
    both(|house| async move {
        let town = town(&house).await;
        let keys = format!("{BASE}/keys");
        let none = town.owner.post(&keys, json!({"name": "x", "scopes": []})).await;
        assert_eq!(none.refused(), (422, "nothing_chosen"));
        let odd = town.owner.post(&keys, json!({"name": "x", "scopes": ["all"]})).await;
        assert_eq!(odd.refused(), (422, "bad_body"));
        let by_member = json!({"name": "x", "scopes": ["read_orders"]});
        assert_eq!(
            town.member.post(&keys, by_member.clone()).await.refused(),
            (403, "not_allowed")
        );
        // a key makes no keys
        assert_eq!(town.key.post(&keys, by_member.clone()).await.refused(), (403, "scope_missing"));

        let made = town.owner.did(&keys, by_member).await;
        let narrow = town.stranger.with(made.text("/key"));
        narrow.read(&format!("{BASE}/orders")).await;
        let products = narrow.get(&format!("{BASE}/products")).await;
        assert_eq!(products.refused(), (403, "scope_missing"));
        let write = narrow.post(&format!("{BASE}/hand-out"), json!({"code": "1"})).await;
        assert_eq!(write.refused(), (403, "scope_missing"));

        let list = town.owner.read(&keys).await;
        assert_eq!(list.text("/items/0/hint"), &narrow.bearer[narrow.bearer.len() - 4..]);
        assert!(!list.json.to_string().contains(&narrow.bearer), "the key itself is not kept");
        assert!(list.json["items"][0]["used_at"].is_string(), "its use was noted");
        let end = format!("{keys}/{}", made.text("/id"));
        let ended = town.owner.ask(Method::DELETE, &end, json!({}), "").await;
        assert_eq!(ended.json, json!({"done": true}));
        assert_eq!(narrow.get(&format!("{BASE}/orders")).await.refused(), (401, "bad_key"));
        let twice = town.owner.ask(Method::DELETE, &end, json!({}), "").await;
        assert_eq!(twice.refused(), (404, "no_such_key"));
    })
    .await;
}
