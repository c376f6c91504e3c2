//! A provider's news, told again and again at one moment.
use crate::browser::{Browser, at_once};
use crate::town::{BASE, Town, field, town};
use axum::http::StatusCode;
use ring::hmac;
use rules::base::{Id, id};
use rules::sale::line::State;
use testkit::{NOON, both};

/// A signed callback of the sandbox: body and signature.
pub fn news(town: &Town, payment: &str, minor: i64) -> (String, String) {
    let payment = Id::<id::Payment>::parse(payment).expect("a payment").raw();
    let community = town.community.raw();
    let body = format!("{community}\n{payment}\nref-{payment}\n{minor}\nEUR\npaid\n{}", NOON.0);
    let key = hmac::Key::new(hmac::HMAC_SHA256, b"test");
    let tag = hmac::sign(&key, body.as_bytes());
    (body, tag.as_ref().iter().map(|b| format!("{b:02x}")).collect())
}

pub fn provider(town: &Town) -> Browser {
    Browser { router: town.router.clone(), token: String::new() }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_callback_delivered_twenty_times() {
    both(|house| async move {
        let town = town(house, 1).await;
        let plums = town.product(990, 5).await;
        let form = town.checkout(&plums);
        let placed = town.members[0].post(&format!("{BASE}/checkout"), &form).await;
        assert_eq!(placed.status, StatusCode::SEE_OTHER, "{}", placed.body);
        let (body, signature) = news(&town, field(&form, "payment"), 990);
        let posts = (0..20).map(|_| {
            let (from, body, signature) = (provider(&town), body.clone(), signature.clone());
            async move { from.notify("/callbacks/sandbox", &body, &signature).await }
        });
        let replies = at_once(posts.collect()).await;
        let said = |word: &str| replies.iter().filter(|r| r.body.contains(word)).count();
        for reply in &replies {
            assert_eq!(reply.status, StatusCode::OK, "{}", reply.body);
        }
        assert_eq!((said("captured"), said("known")), (1, 19), "{replies:?}");
        let order = town.order(field(&form, "order")).await.expect("the order");
        assert_eq!(order.row.state, State::ToFulfil);
        assert_eq!(order.payments.len(), 1);
        town.audited().await;
    })
    .await;
}
