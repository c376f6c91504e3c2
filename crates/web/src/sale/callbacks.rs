//! Callbacks of payment providers: raw bytes in, a short answer out.
use crate::House;
use app::Stop;
use app::sale::capture::Taken;
use app::sale::take_callback::{News, Refused};
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use rules::ledger::Provider;

/// The header with the hexadecimal HMAC of the body.
pub const SIGNATURE: &str = "x-kith-signature";

/// `POST /callbacks/sandbox`. The same news again is answered like the first time, so that a
/// provider stops repeating it.
pub async fn sandbox(State(house): State<House>, headers: HeaderMap, body: Bytes) -> Response {
    let signature = headers.get(SIGNATURE).and_then(|v| v.to_str().ok()).unwrap_or("");
    let now = house.now();
    match house.app.take_callback(now, Provider::Sandbox, &body, signature).await {
        Ok(news) => {
            let word = match news {
                News::Paid(Taken::Captured) => "captured",
                News::Paid(Taken::Before) => "known",
                News::Paid(Taken::Suspense) => "will_be_returned",
                News::Failed => "failed",
            };
            Json(serde_json::json!({ "taken": word })).into_response()
        }
        Err(Stop::Refused(r)) => {
            let status = match r {
                Refused::BadSignature | Refused::Stale => StatusCode::UNAUTHORIZED,
                Refused::Malformed => StatusCode::BAD_REQUEST,
                Refused::NoSuchPayment | Refused::ProviderNotHere => StatusCode::NOT_FOUND,
                Refused::Faster => StatusCode::CONFLICT,
            };
            (status, Json(serde_json::json!({ "refused": r.code() }))).into_response()
        }
        Err(Stop::Fault(fault)) => {
            tracing::error!(%fault, "callback");
            let busy = Json(serde_json::json!({ "refused": "fault" }));
            (StatusCode::SERVICE_UNAVAILABLE, busy).into_response()
        }
    }
}
