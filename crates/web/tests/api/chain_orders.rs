//! A chain order opened and ordered from by programs.
use crate::program::{BASE, town, variant};
use axum::http::{Method, StatusCode};
use rules::base::moment::DAY;
use serde_json::json;
use testkit::{NOON, both};
use web::words::format::iso;

#[tokio::test(flavor = "multi_thread")]
async fn a_list_by_programs() {
    both(|house| async move {
        let town = town(&house).await;
        let (_, plum) = variant(&town, "Plums").await;
        let new = json!({"kind": "interest", "name": "Fruit", "purpose": "To eat fruit.",
            "admission": "open",
            "pickup": {"name": "The kiosk", "address": "3 Plum Lane", "hours": ""}});
        let group = town.key.did(&format!("{BASE}/groups"), new).await.text("/id").to_string();
        let lists = format!("{BASE}/groups/{group}/chain-orders");
        let (cut_off, arrives) = (iso(NOON.plus(2 * DAY)), iso(NOON.plus(3 * DAY)));
        let new = json!({"title": "Plums on Friday", "cut_off": cut_off, "arrives": arrives,
            "offers": [{"variant": plum, "most": 3}]});
        let member = town.member.post(&lists, new.clone()).await;
        assert_eq!(member.refused(), (403, "not_allowed"));
        let odd = json!({"title": "x", "cut_off": "soon", "arrives": "later", "offers": []});
        assert_eq!(town.key.post(&lists, odd).await.refused(), (422, "bad_body"));
        let made = town.key.ask(Method::POST, &lists, new.clone(), "once").await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.json);
        let again = town.key.ask(Method::POST, &lists, new, "once").await;
        assert_eq!(again.text("/id"), made.text("/id"), "sent twice, opened once");

        let order = |qty: i64| {
            json!({"lines": [{"variant": plum, "qty": qty}], "provider": "sandbox",
                "pickup": {"group": group, "recipient": "Mei", "phone": "+49 30 000 0001"},
                "chain": {"campaign": made.text("/id"), "named": false}})
        };
        let much = town.member.post(&format!("{BASE}/orders"), order(4)).await;
        assert_eq!(much.refused(), (409, "sold_out"));
        let placed = town.member.did(&format!("{BASE}/orders"), order(2)).await;
        let pay = format!("{BASE}/orders/{}/pay", placed.text("/id"));
        town.member.did(&pay, json!({"provider": "sandbox"})).await;
        let open = town.stranger.read(&format!("{BASE}/chain-orders")).await;
        assert_eq!(open.text("/items/0/title"), "Plums on Friday");
        let one = format!("{BASE}/chain-orders/{}", made.text("/id"));
        let one = town.owner.read(&one).await;
        assert_eq!((one.text("/state"), one.int("/offers/0/left")), ("open", 1));
        assert_eq!((one.int("/list/0/number"), one.int("/raised/amount")), (1, 1980));
        assert!(one.json["list"][0].get("name").is_none(), "the name stays the buyer's own");
    })
    .await;
}
