//! Share links and credits for programs.
use crate::program::{BASE, order_of, town, variant};
use serde_json::json;
use testkit::both;

#[tokio::test(flavor = "multi_thread")]
async fn a_link_is_made_once_and_an_order_says_whom_it_is_credited_to() {
    both(|house| async move {
        let town = town(&house).await;
        let (product, plum) = variant(&town, "Plums").await;
        let path = format!("{BASE}/share-links");
        let made = town.member.did(&path, json!({"kind": "product", "thing": product})).await;
        let again = town.member.did(&path, json!({"kind": "product", "thing": product})).await;
        assert_eq!(made.text("/code"), again.text("/code"));
        assert_eq!(made.text("/url"), format!("https://kith.test/s/{}", made.text("/code")));
        for (body, want) in [
            (json!({"kind": "cart", "thing": product}), (422, "bad_body")),
            (json!({"kind": "group", "thing": product}), (422, "bad_body")),
            (json!({"kind": "product", "thing": "prd_0000000000001"}), (404, "no_such_thing")),
        ] {
            assert_eq!(town.member.post(&path, body).await.refused(), want);
        }
        let stranger = town.stranger.post(&path, json!({"kind": "post", "thing": "x"})).await;
        assert_eq!(stranger.refused().0, 401);
        let placed = town.member.did(&format!("{BASE}/orders"), order_of(&plum)).await;
        let credit = format!("{BASE}/orders/{}/credit", placed.text("/id"));
        assert!(town.key.read(&credit).await.json["credit"].is_null(), "nobody led to it");
        assert_eq!(town.member.get(&credit).await.refused().0, 403, "not the buyer's business");
    })
    .await;
}
