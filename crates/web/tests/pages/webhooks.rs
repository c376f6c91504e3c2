//! An endpoint of another program in the console: its secret once, its log, its end.
use crate::town::{MEI, OWNER, town};
use axum::http::StatusCode;
use testkit::NOON;

const AT: &str = "/c/peach/console/settings/webhooks";

#[tokio::test(flavor = "multi_thread")]
async fn an_endpoint_in_the_console() {
    let town = town().await;
    let (zhou, app) = (town.browser(OWNER), &town.kith.app);
    assert_eq!(town.browser(MEI).get(AT).await.status, StatusCode::FORBIDDEN);
    let settings = zhou.page("/c/peach/console/settings").await;
    assert_eq!(settings.count(&format!("a[href='{AT}']")), 1);
    let form = zhou.page(AT).await.form(&format!("form[action='{AT}']"));
    let event = "product.added";
    for (url, events, says) in [
        ("example.org", event, "Write a whole address"),
        ("http://example.org/", event, "must begin with https"),
        ("https://example.org/", "", "Tick at least one"),
    ] {
        let form = form.clone().with("url", url);
        let form = if events.is_empty() { form } else { form.with("event", events) };
        let bad = zhou.send(&form).await;
        assert!(bad.status.is_client_error() && bad.text().contains(says), "{}", bad.text());
        assert_eq!(bad.form(&format!("form[action='{AT}']")).value("url"), url, "what was typed");
    }
    let form = form.with("url", "https://example.org/kith").with("event", event);
    let made = zhou.send(&form).await;
    assert_eq!((made.status, made.count("#secret")), (StatusCode::OK, 1), "{}", made.text());
    assert!(made.text().contains("whsec_"));
    let list = zhou.page(AT).await;
    assert!(!list.text().contains("whsec_") && list.text().contains("Active"), "shown once");

    let one = format!("{AT}/{}", form.value("id"));
    app.gateway.webhooks.outward.misbehave(500);
    town.product("Figs", "fruit", &[], &[(&[], 500, 5)]).await;
    app.seal(NOON).await.expect("seals");
    app.queue_webhooks(NOON).await.expect("queued");
    app.deliver(NOON, 1).await.expect("a round");
    let log = zhou.page(&one).await;
    assert!(log.text().contains("Waiting") && log.text().contains("500"), "{}", log.text());
    assert!(log.text().contains("product.added"), "the body is there: {}", log.text());
    assert_eq!(log.count("form[action$='/replay']"), 0, "it waits anyway");
    app.deliver(NOON.plus(5000), 1).await.expect("a round");
    let log = zhou.page(&one).await;
    let again = log.form("form[action$='/replay']");
    let sent = zhou.send(&again).await;
    assert_eq!(sent.to, format!("{one}?done=replayed"));
    assert_eq!(zhou.send(&again).await.status, StatusCode::CONFLICT, "it waits already");
    let turned = zhou.send(&log.form("form[action$='/turn']")).await;
    assert!(turned.text().contains("whsec_") && turned.text().contains("old and new sign until"));
    let ended = zhou.send(&log.form("form[action$='/end']")).await;
    assert_eq!(ended.to, format!("{one}?done=webhook_ended"));
    let log = zhou.page(&ended.to).await;
    assert_eq!(log.count("form[action$='/turn']"), 0);
    assert!(log.text().contains("Called off"), "{}", log.text());
}
