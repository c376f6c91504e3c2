//! One request at the router, and what came back.
use crate::town::Town;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, header};
use tower::ServiceExt;

pub struct Reply {
    pub status: u16,
    pub to: String,
    pub body: Vec<u8>,
}

/// Hands the request in as it is. A live stream has no end, so nothing of it is read.
pub async fn send(town: &Town, request: Request<Body>) -> Reply {
    let reply = town.router.clone().oneshot(request).await.expect("an answer");
    let (parts, body) = reply.into_parts();
    let text = |name| parts.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or("");
    let (status, to) = (parts.status.as_u16(), text(header::LOCATION).to_owned());
    let streams = text(header::CONTENT_TYPE) == "text/event-stream";
    let body = match streams {
        true => Vec::new(),
        false => to_bytes(body, usize::MAX).await.expect("a body").to_vec(),
    };
    Reply { status, to, body }
}

pub async fn ask(town: &Town, actor: usize, method: Method, path: &str, body: &str) -> Reply {
    let kind = "application/x-www-form-urlencoded";
    let mut request = Request::builder().method(method).uri(path).header("host", "kith.test");
    request = request.header(header::CONTENT_TYPE, kind);
    let token = &town.tokens[actor];
    if !token.is_empty() {
        request = request.header(header::COOKIE, format!("kith={token}; lang=en"));
    }
    send(town, request.body(Body::from(body.to_owned())).expect("a request")).await
}
