//! A red packet opened and taken by programs.
use crate::program::{BASE, order_of, town, variant};
use axum::http::{Method, StatusCode};
use serde_json::json;
use testkit::both;

#[tokio::test(flavor = "multi_thread")]
async fn a_packet_by_programs() {
    both(|house| async move {
        let town = town(&house).await;
        let new = json!({"kind": "interest", "name": "Fruit", "purpose": "To eat fruit.",
            "admission": "open"});
        let group = town.key.did(&format!("{BASE}/groups"), new).await;
        let at = format!("{BASE}/groups/{}", group.text("/id"));
        let packets = format!("{at}/red-packets");
        let thin = json!({"total": 2, "slots": 3});
        let thin = town.key.post(&packets, thin).await;
        assert_eq!(thin.refused(), (422, "bad_sum_for_slots"));
        let odd = town.key.post(&packets, json!({"total": 9, "slots": 3, "split": "odd"})).await;
        assert_eq!(odd.refused(), (422, "bad_body"));
        let new = json!({"total": 900, "slots": 3, "split": "equal", "wish": "Have a plum"});
        let member = town.member.post(&packets, new.clone()).await;
        assert_eq!(member.refused(), (403, "not_allowed"));
        let made = town.key.ask(Method::POST, &packets, new.clone(), "once").await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.json);
        let again = town.key.ask(Method::POST, &packets, new, "once").await;
        assert_eq!(again.text("/id"), made.text("/id"), "sent twice, opened once");

        let one = format!("{BASE}/red-packets/{}", made.text("/id"));
        assert_eq!(town.member.get(&one).await.refused(), (404, "not_found"), "not in the group");
        town.member.did(&format!("{at}/members"), json!({"agreed": true})).await;
        let open = town.member.read(&one).await;
        assert_eq!((open.text("/state"), open.int("/taken")), ("open", 0));
        assert!(open.json.get("seed").is_none(), "{}", open.json);
        let took = town.member.did(&format!("{one}/take"), json!({})).await;
        assert_eq!((took.int("/amount/amount"), took.int("/slot")), (300, 1));
        let again = town.member.did(&format!("{one}/take"), json!({})).await;
        assert_eq!(again.json, took.json);
        let staff = town.key.post(&format!("{one}/take"), json!({})).await;
        assert_eq!(staff.refused(), (409, "staff_take_none"));
        let wallet = town.member.read(&format!("{BASE}/wallet")).await;
        assert_eq!((wallet.int("/total/amount"), wallet.text("/total/currency")), (300, "EUR"));
        assert_eq!(wallet.text("/lines/items/0/red_packet"), made.text("/id"));
        // the wallet gives what it has; the rest is paid another way
        let (_, plum) = variant(&town, "Plums").await;
        let mut order = order_of(&plum);
        order["wallet"] = json!(true);
        let placed = town.member.did(&format!("{BASE}/orders"), order).await;
        assert_eq!(
            (placed.int("/more/to_pay/amount"), placed.int("/more/wallet/0/amount/amount")),
            (1680, 300)
        );
        let pay = format!("{BASE}/orders/{}/pay", placed.text("/id"));
        let paid = town.member.did(&pay, json!({"provider": "sandbox"})).await;
        assert_eq!((paid.int("/amount/amount"), paid.text("/order/state")), (1680, "to_fulfil"));
        let wallet = town.member.read(&format!("{BASE}/wallet")).await;
        assert_eq!((wallet.int("/total/amount"), wallet.text("/lines/items/0/kind")), (0, "paid"));
        // nothing of it can be paid out
        let wish = json!({"amount": 2000, "payee": "Mei", "destination": "1", "code": "123456"});
        let none = town.member.post(&format!("{BASE}/payouts"), wish).await;
        assert_eq!(none.refused(), (409, "not_enough_commission"));
        let none = town.member.read(&format!("{BASE}/payouts")).await;
        assert_eq!(none.json["items"], json!([]));
        let chat = town.member.read(&format!("{at}/messages?after=0")).await;
        let lines = chat.json["items"].as_array().expect("lines");
        assert!(lines.iter().any(|l| l["kind"] == "red_packet"), "{}", chat.json);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_relay_by_programs() {
    both(|house| async move {
        let town = town(&house).await;
        let new = |name: &str| {
            json!({"kind": "interest", "name": name, "purpose": "Fruit.",
            "admission": "open"})
        };
        let one = town.key.did(&format!("{BASE}/groups"), new("One")).await;
        let two = town.key.did(&format!("{BASE}/groups"), new("Two")).await;
        let relays = format!("{BASE}/relays");
        let to = json!({"text": "Goods arrive at nine.", "groups": [{"group": one.text("/id")},
            {"group": two.text("/id"), "text": "Yours at ten.", "at": "2026-03-03T00:00:00Z"}]});
        let member = town.member.post(&relays, to.clone()).await;
        assert_eq!(member.refused(), (409, "not_your_group"));
        let made = town.key.ask(Method::POST, &relays, to.clone(), "r1").await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.json);
        let again = town.key.ask(Method::POST, &relays, to, "r1").await;
        assert_eq!(again.text("/id"), made.text("/id"));
        house.app.work(testkit::NOON, 1).await.expect("a round");
        let relay = format!("{relays}/{}", made.text("/id"));
        let stands = town.key.read(&relay).await;
        let state = |n: usize| stands.text(&format!("/deliveries/{n}/state")).to_owned();
        assert_eq!((state(0).as_str(), state(1).as_str()), ("sent", "queued"));
        let ended = town.key.ask(Method::DELETE, &relay, json!({}), "").await;
        assert_eq!(ended.status, StatusCode::OK, "{}", ended.json);
        assert_eq!(town.key.read(&relay).await.text("/deliveries/1/state"), "cancelled");
        assert_eq!(town.member.get(&relay).await.refused(), (404, "not_found"));

        let hook = json!({"url": "https://example.org/kith", "events": ["order.paid"]});
        let made = town.key.did(&format!("{BASE}/webhooks"), hook.clone()).await;
        assert!(made.text("/secret").starts_with("whsec_"));
        let member = town.member.post(&format!("{BASE}/webhooks"), hook).await;
        assert_eq!(member.refused(), (403, "not_allowed"));
        let list = town.key.read(&format!("{BASE}/webhooks")).await;
        assert_eq!(list.text("/items/0/state"), "active");
        let one = format!("{BASE}/webhooks/{}", made.text("/id"));
        let turned = town.key.did(&format!("{one}/secret"), json!({})).await;
        assert_ne!(turned.text("/secret"), made.text("/secret"));
        assert_eq!(town.key.read(&format!("{one}/deliveries")).await.json["items"], json!([]));
        town.key.ask(Method::DELETE, &one, json!({}), "").await;
        let list = town.key.read(&format!("{BASE}/webhooks")).await;
        assert_eq!(list.text("/items/0/state"), "ended");
        let over = town.key.post(&format!("{one}/secret"), json!({})).await;
        assert_eq!(over.refused(), (409, "webhook_ended"));
    })
    .await;
}
