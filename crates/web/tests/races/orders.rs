//! Stock and the order form.
use crate::browser::at_once;
use crate::town::{BASE, field, town};
use axum::http::StatusCode;
use testkit::both;

#[tokio::test(flavor = "multi_thread")]
async fn forty_buyers_and_ten_units() {
    both(|house| async move {
        let town = town(house, 40).await;
        let plums = town.product(990, 10).await;
        let buyers = town.members.iter().map(|buyer| {
            let (buyer, form) = (buyer.clone(), town.checkout(&plums));
            async move { buyer.post(&format!("{BASE}/checkout"), &form).await }
        });
        let replies = at_once(buyers.collect()).await;
        let sold = replies.iter().filter(|r| r.status == StatusCode::SEE_OTHER).count();
        let late: Vec<_> = replies.iter().filter(|r| r.status != StatusCode::SEE_OTHER).collect();
        assert_eq!((sold, late.len()), (10, 30), "{:?}", town.house.on);
        for reply in late {
            assert_eq!(reply.status, StatusCode::CONFLICT, "{}", reply.body);
            let says = "Not enough in stock. Take fewer, or another one.";
            assert!(reply.body.contains(says), "{}", reply.body);
        }
        let mut places: Vec<_> = replies.iter().filter(|r| !r.to.is_empty()).collect();
        places.sort_by(|a, b| a.to.cmp(&b.to));
        places.dedup_by(|a, b| a.to == b.to);
        assert_eq!(places.len(), 10, "ten different orders");
        assert_eq!(town.shelf(plums.id).await.variants[0].on_hand, 0);
        town.audited().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_form_posted_fifty_times() {
    both(|house| async move {
        let town = town(house, 1).await;
        let plums = town.product(990, 100).await;
        let form = town.checkout(&plums);
        let posts = (0..50).map(|_| {
            let (buyer, form) = (town.members[0].clone(), form.clone());
            async move { buyer.post(&format!("{BASE}/checkout"), &form).await }
        });
        for reply in at_once(posts.collect()).await {
            assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.body);
            assert_eq!(reply.to, format!("{BASE}/orders/{}/pay", field(&form, "order")));
        }
        assert_eq!(town.shelf(plums.id).await.variants[0].on_hand, 99, "one unit is held");
        let order = town.order(field(&form, "order")).await.expect("the order");
        assert_eq!(order.payments.len(), 1, "one attempt to pay");
        let page = town.members[0].get(&format!("{BASE}/orders")).await;
        assert_eq!(page.body.matches("<section class=\"card").count(), 1, "{}", page.body);
        town.audited().await;
    })
    .await;
}
