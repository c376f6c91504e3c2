//! Tiers for programs: the ladder, one's own tier, and what one pays.
use crate::program::{BASE, order_of, town, variant};
use app::loyalty::set_tiers::SetTiers;
use rules::loyalty::points::{Expiry, Release, Terms as PointTerms};
use rules::loyalty::tier::{Terms, Tier};
use serde_json::json;
use testkit::{NOON, both};

#[tokio::test(flavor = "multi_thread")]
async fn a_program_sees_its_own_tier_and_prices_only() {
    both(|house| async move {
        let town = town(&house).await;
        let (product, plum) = variant(&town, "Plums").await;
        let c = house.app.place("plum").await.expect("a read").expect("a place").id;
        let who = house.app.owner_of(c).await.expect("a read").expect("an owner");
        let terms =
            Terms { name: "Silver".into(), growth: 900, off_bp: 1000, free_shipping: false };
        let tiers = vec![Tier { id: house.app.mint(NOON), terms }];
        let set = SetTiers { who, version: 0, grace_days: 30, tiers };
        house.app.set_tiers(NOON, set).await.expect("tiers");
        let ladder = town.stranger.read(&format!("{BASE}/tiers")).await;
        assert_eq!((ladder.text("/items/0/name"), ladder.int("/items/0/growth")), ("Silver", 9));
        assert_eq!(ladder.int("/items/0/percent"), 1000);
        let me = town.member.read("/api/v1/me").await;
        let me = format!("{BASE}/members/{}", me.text("/communities/0/member"));
        let before = town.member.read(&me).await;
        assert_eq!((before.int("/tier/growth"), before.int("/tier/missing")), (0, 9));
        let placed = town.member.did(&format!("{BASE}/orders"), order_of(&plum)).await;
        let order = format!("{BASE}/orders/{}", placed.text("/id"));
        town.member.did(&format!("{order}/pay"), json!({"provider": "sandbox"})).await;
        let sent = json!({"carrier": "DHL", "tracking": "00340"});
        town.key.did(&format!("{order}/ship"), sent).await;
        town.member.did(&format!("{order}/receive"), json!({})).await;
        while house.app.work(NOON, 1).await.expect("work") > 0 {}
        let after = town.member.read(&me).await;
        assert_eq!(after.text("/tier/tier/name"), "Silver");
        assert_eq!(after.int("/tier/growth"), 19);
        assert_eq!(town.key.read(&me).await.text("/tier/tier/name"), "Silver", "staff see it");
        let other = town.stranger.person("Lin").await;
        other.did(&format!("{BASE}/members"), json!({"name": "Lin", "agreed": true})).await;
        assert!(other.read(&me).await.json["tier"].is_null(), "others do not");
        let product = format!("{BASE}/products/{product}");
        let mine = town.member.read(&product).await;
        assert_eq!(mine.int("/variants/0/price/amount"), 990);
        assert_eq!(mine.int("/variants/0/member_price/amount"), 891);
        for who in [&other, &town.stranger, &town.key] {
            assert!(who.read(&product).await.json["variants"][0]["member_price"].is_null());
        }
        let placed = town.member.did(&format!("{BASE}/orders"), order_of(&plum)).await;
        assert_eq!(placed.int("/lines/0/unit_price/amount"), 891);
        assert_eq!(placed.int("/lines/0/list_price/amount"), 990);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_tells_its_points() {
    both(|house| async move {
        let town = town(&house).await;
        let (_, plum) = variant(&town, "Plums").await;
        let c = house.app.place("plum").await.expect("a read").expect("a place").id;
        let who = house.app.owner_of(c).await.expect("a read").expect("an owner");
        let terms = PointTerms {
            on: true,
            rate: 1000,
            worth: 100,
            cap: 50,
            release: Release::AtPayment,
            expiry: Expiry::Never,
        };
        house.app.set_points(NOON, who, terms).await.expect("points");
        let orders = format!("{BASE}/orders");
        let placed = town.member.did(&orders, order_of(&plum)).await;
        let first = format!("{orders}/{}", placed.text("/id"));
        assert_eq!(placed.int("/more/points/spent"), 0);
        town.member.did(&format!("{first}/pay"), json!({"provider": "sandbox"})).await;
        while house.app.work(NOON, 1).await.expect("work") > 0 {}
        let first = town.member.read(&first).await;
        let goods = first.int("/more/goods/amount");
        // ten points for each unit of money
        assert_eq!(first.int("/more/points/earned"), goods / 10);
        assert_eq!(first.int("/more/points/kept"), goods / 10);
        assert!(first.json["more"]["points"]["released"].as_bool().expect("a flag"));
        let mut wanted = order_of(&plum);
        wanted["points"] = json!(100);
        let placed = town.member.did(&orders, wanted).await;
        let has = |at: &str| placed.int(&format!("/more/points/{at}"));
        assert_eq!((has("spent"), has("returned"), has("earned")), (100, 0, 0));
        assert_eq!((has("worth/amount"), placed.int("/more/discount/amount")), (100, 0));
        assert_eq!(placed.int("/more/goods/amount"), goods - 100);
        let seen = town.key.read(&format!("{orders}/{}", placed.text("/id"))).await;
        assert_eq!(seen.int("/more/points/spent"), 100, "staff see it");
    })
    .await;
}
