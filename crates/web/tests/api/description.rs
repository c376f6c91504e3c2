//! The description says what there is, and the page shows all of it.
use crate::program::{Program, router};
use serde_json::Value;
use std::collections::BTreeSet;
use tower::ServiceExt;

/// What integrators were promised by name.
const PROMISED: &str = "sign_in open_community join_community create_group join_group post_message
    list_messages stream_events create_post list_products get_product import_products place_order
    pay_order get_order cancel_order ship_order confirm_receipt refund_order write_review
    list_orders list_members update_product adjust_stock create_share_link";

#[tokio::test]
async fn every_operation_is_described_and_shown() {
    let house = testkit::fresh(testkit::On::Sqlite).await;
    let program = Program { router: router(&house), bearer: String::new() };
    let api = program.read("/api/v1/openapi.json").await.json;
    assert!(api["openapi"].as_str().is_some_and(|v| v.starts_with("3.1")));
    let paths = api["paths"].as_object().expect("paths");
    let operations: Vec<&Value> =
        paths.values().flat_map(|item| item.as_object().expect("methods").values()).collect();
    let ids: BTreeSet<&str> =
        operations.iter().map(|o| o["operationId"].as_str().expect("an id")).collect();
    assert_eq!(ids.len(), operations.len(), "each operation has a name of its own");
    for promised in PROMISED.split_whitespace() {
        assert!(ids.contains(promised), "{promised} is missing");
    }
    for o in &operations {
        let id = &o["operationId"];
        assert!(o["summary"].as_str().is_some_and(|s| !s.is_empty()), "{id} says nothing");
        assert!(o["responses"]["4XX"].is_object(), "{id} cannot be refused");
        assert!(o["tags"][0].is_string(), "{id} stands nowhere");
    }

    let req = axum::http::Request::builder().uri("/api/v1/docs");
    let req = req.body(axum::body::Body::empty()).expect("a request");
    let page = router(&house).oneshot(req).await.expect("a page");
    assert_eq!(page.status(), 200);
    let bytes = axum::body::to_bytes(page.into_body(), usize::MAX).await.expect("bytes");
    let page = String::from_utf8(bytes.to_vec()).expect("text");
    for id in ids {
        assert!(page.contains(&format!("id=\"{id}\"")), "{id} is not on the page");
    }
}
