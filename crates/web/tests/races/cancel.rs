//! The provider says paid while the buyer cancels.
use crate::browser::{Reply, at_once};
use crate::payments::{news, provider};
use crate::town::{BASE, Town, field, town};
use axum::http::StatusCode;
use rules::base::id;
use rules::sale::line::State;
use std::pin::Pin;
use testkit::{NOON, both};

const ROUNDS: usize = 20;

type Asked = Pin<Box<dyn Future<Output = Reply> + Send>>;

/// One order, paid and cancelled at one moment: where it stands then.
async fn round(town: &Town, product: &app::sale::views_catalogue::Product, n: usize) -> State {
    let form = town.checkout(product);
    let placed = town.members[0].post(&format!("{BASE}/checkout"), &form).await;
    assert_eq!(placed.status, StatusCode::SEE_OTHER, "{}", placed.body);
    let (body, signature) = news(town, field(&form, "payment"), 990);
    let (from, buyer) = (provider(town), town.members[0].clone());
    let cancel = format!("{BASE}/orders/{}/cancel", field(&form, "order"));
    let refund = vec![("refund", town.house.app.mint::<id::Refund>(NOON).to_string())];
    let pay: Asked =
        Box::pin(async move { from.notify("/callbacks/sandbox", &body, &signature).await });
    let end: Asked = Box::pin(async move { buyer.post(&cancel, &refund).await });
    let both = if n.is_multiple_of(2) { vec![pay, end] } else { vec![end, pay] };
    let mut replies = at_once(both).await;
    if !n.is_multiple_of(2) {
        replies.swap(0, 1);
    }
    let [told, ended] = &replies[..] else { panic!("two answers") };
    assert_eq!(told.status, StatusCode::OK, "{}", told.body);

    let order = town.order(field(&form, "order")).await.expect("the order");
    let back: i64 = order.refunds.iter().map(|r| r.amount).sum();
    let state = order.row.state;
    match state {
        // the cancelling lost
        State::ToFulfil => {
            assert_eq!(ended.status, StatusCode::CONFLICT, "{}", ended.body);
            assert!(told.body.contains("captured"), "{}", told.body);
            assert_eq!(back, 0);
        }
        // paid first, then cancelled: all of it goes back
        State::Refunding | State::Refunded => {
            assert_eq!(ended.status, StatusCode::SEE_OTHER, "{}", ended.body);
            assert!(told.body.contains("captured"), "{}", told.body);
            assert_eq!(back, 990);
        }
        // cancelled first: what came later lies in suspense and goes back
        State::Cancelled => {
            assert_eq!(ended.status, StatusCode::SEE_OTHER, "{}", ended.body);
            assert!(told.body.contains("will_be_returned"), "{}", told.body);
            assert_eq!(order.paid_at, None);
        }
        other => panic!("{other:?} is neither paid nor cancelled"),
    }
    state
}

#[tokio::test(flavor = "multi_thread")]
async fn paid_and_cancelled_at_once() {
    both(|house| async move {
        let town = town(house, 1).await;
        let plums = town.product(990, 1000).await;
        let mut kept = 0;
        for n in 0..ROUNDS {
            kept += i64::from(round(&town, &plums, n).await == State::ToFulfil);
            if n % 5 == 4 {
                town.audited().await;
            }
        }
        let variant = &town.shelf(plums.id).await.variants[0];
        assert_eq!(variant.on_hand, 1000 - kept, "only what was paid and kept has left the shelf");
    })
    .await;
}
