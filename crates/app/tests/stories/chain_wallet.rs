//! A place on a list that the buyer's wallet paid.
use crate::chain::List;
use app::sale::owed::FromWallet;
use app::sale::place_order::PlaceOrder;
use rules::base::moment::HOUR;
use rules::sale::chain::{ChainState, PlaceState};
use rules::sale::line::State;
use testkit::{House, both};

#[tokio::test(flavor = "multi_thread")]
async fn what_a_wallet_paid_of_a_failed_list_is_back_at_once() {
    both(async |house: House| {
        let mut l = List::open(house, 3, 9000, 0).await;
        let who = l.people[1];
        l.life.gift(who, 5000).await;
        let (whole, cash) = (l.attempt(1), l.bought(2, 1).await);
        let order = PlaceOrder { wallet: FromWallet::All, ..l.order(&whole, 2) };
        assert_eq!(l.tried(order).await, "ok");
        assert_eq!(l.stand(&whole).await.0, State::AwaitingGoal, "paid by the wallet alone");
        l.life.house.pass(24 * HOUR);
        l.work().await;
        assert_eq!(l.list().await.0, ChainState::Failed, "nobody is waited for");
        for t in [&whole, &cash] {
            let stand = l.stand(t).await;
            assert_eq!((stand.0, stand.2), (State::Refunded, PlaceState::Refunded));
        }
        l.audited().await;
    })
    .await;
}
