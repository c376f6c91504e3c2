//! For whoever watches the house: does it live, is it ready, and its numbers for Prometheus.
use crate::House;
use crate::reply::Sorry;
use app::digest::sha256;
use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use std::fmt::Write;
use std::net::SocketAddr;
use std::sync::OnceLock;
use std::time::Instant;

const REQUESTS: &str = "kith_http_requests_total";
const SECONDS: &str = "kith_http_request_duration_seconds";
/// From what memory answers to what a person gives up on.
const BUCKETS: [f64; 11] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 2.5];

pub fn routes() -> Router<House> {
    recorder();
    Router::new()
        .route("/healthz", get(async || "ok"))
        .route("/readyz", get(ready))
        .route("/metrics", get(numbers))
}

/// Counts requests of the whole process; `None` when somebody else's recorder was there first.
fn recorder() -> Option<&'static PrometheusHandle> {
    static RECORDER: OnceLock<Option<PrometheusHandle>> = OnceLock::new();
    let install = || PrometheusBuilder::new().set_buckets(&BUCKETS).ok()?.install_recorder().ok();
    RECORDER.get_or_init(install).as_ref()
}

/// Puts measured times into their buckets: without it they would pile up until somebody looks.
pub fn tidy_up() {
    if let Some(recorder) = recorder() {
        recorder.run_upkeep();
    }
}

/// Around every route. The labels are words of this program, never of whoever asks: the template
/// of the route and not its path, and no method that nobody knows.
pub async fn measure(req: Request, next: Next) -> Response {
    let route = req.extensions().get::<MatchedPath>().map_or("none", |m| m.as_str()).to_owned();
    let method = method(req.method());
    let began = Instant::now();
    let response = next.run(req).await;
    let took = began.elapsed().as_secs_f64();
    metrics::histogram!(SECONDS, "route" => route.clone(), "method" => method).record(took);
    let status = response.status().as_u16().to_string();
    metrics::counter!(REQUESTS, "route" => route, "method" => method, "status" => status)
        .increment(1);
    response
}

fn method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

/// `GET /readyz`: 200 when requests may be sent here.
async fn ready(State(house): State<House>) -> Response {
    let health = house.app.health(house.now()).await;
    let say = |fine: bool, word: &'static str, or: &'static str| if fine { word } else { or };
    let body = serde_json::json!({
        "ready": health.ready(),
        "database": say(health.database, "answers", "away"),
        "schema": match health.database {
            true => say(health.schema, "current", "of another version"),
            false => "unknown",
        },
        "worker": say(health.worker, "alive", "silent"),
    });
    let status = if health.ready() { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let head = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    (status, head, body.to_string()).into_response()
}

/// `GET /metrics`, for this machine or with the token; to everybody else there is no such page.
async fn numbers(
    State(house): State<House>,
    peer: Option<Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
) -> Result<Response, Sorry> {
    if !may_watch(house.watch_token.as_deref(), peer.map(|p| p.0.0), &headers) {
        return Err(Sorry::NotFound);
    }
    let jobs = house.app.waiting_jobs(house.now()).await?;
    let pulse = house.app.database().pulse();
    let mut out = recorder().map(PrometheusHandle::render).unwrap_or_default();
    let count = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let rows = [
        ("kith_db_verbs_total", "counter", count(pulse.verbs)),
        ("kith_db_commits_total", "counter", count(pulse.commits)),
        ("kith_db_commits_failed_total", "counter", count(pulse.failed)),
        ("kith_db_verbs_waiting", "gauge", count(pulse.waiting)),
        ("kith_jobs_due", "gauge", jobs.due),
        ("kith_jobs_late_milliseconds", "gauge", jobs.late),
        ("kith_jobs_given_up", "gauge", jobs.gave_up),
        ("kith_live_streams_open", "gauge", house.live.streams() as i64),
    ];
    for (name, kind, value) in rows {
        let _ = write!(out, "# TYPE {name} {kind}\n{name} {value}\n");
    }
    let kind = [(header::CONTENT_TYPE, "text/plain; version=0.0.4")];
    Ok((kind, out).into_response())
}

/// Where a token is set it is asked of everybody: behind a proxy all the world is on this machine.
fn may_watch(token: Option<&str>, peer: Option<SocketAddr>, headers: &HeaderMap) -> bool {
    let Some(token) = token else {
        let told = ["x-forwarded-for", "x-real-ip", "forwarded", "via"];
        let passed_on = told.iter().any(|name| headers.contains_key(*name));
        return peer.is_some_and(|p| p.ip().is_loopback()) && !passed_on;
    };
    let given = headers.get(header::AUTHORIZATION).and_then(|v| v.to_str().ok());
    let given = given.and_then(|v| v.strip_prefix("Bearer ")).unwrap_or_default();
    // digests, so that the time it takes says nothing of the token
    sha256(given) == sha256(token)
}
