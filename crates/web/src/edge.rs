//! The edge: what every answer has in common. Foreign posts are turned away, refusals and faults
//! become pages or problems, headers are set, text is compressed.
use crate::House;
use crate::reply::{Apology, Sorry};
use crate::ui::{Page, button, empty_state};
use crate::who::Taste;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use flate2::Compression;
use flate2::write::GzEncoder;
use rules::base::{Id, Lang, Moment, id};
use std::io::Write;

const POLICY: &str = "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; \
    base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
/// Answers larger than this are not compressed in one piece.
const COMPRESS: std::ops::RangeInclusive<usize> = 700..=4_000_000;

pub async fn edge(State(house): State<House>, req: Request, next: Next) -> Response {
    let (method, headers) = (req.method().clone(), req.headers().clone());
    let path = req.uri().path_and_query().map_or("/", |p| p.as_str()).to_string();
    let api = path.starts_with("/api/");
    let safe = matches!(method, Method::GET | Method::HEAD | Method::OPTIONS);
    let response = if safe || api || from_here(&headers) {
        next.run(req.map(crate::form::patient)).await
    } else {
        Sorry::Foreign.into_response()
    };
    let response = match response.extensions().get::<Apology>().cloned() {
        Some(apology) => {
            let mut told = apologise(&house, &headers, &path, apology);
            // how often one may call is told beside a refusal too
            let about = |name: &HeaderName| {
                name.as_str().starts_with("ratelimit") || *name == header::RETRY_AFTER
            };
            for (name, value) in response.headers().iter().filter(|(name, _)| about(name)) {
                told.headers_mut().insert(name.clone(), value.clone());
            }
            told
        }
        None => framework_refusal(&house, &headers, &path, response),
    };
    let response = compressed(&headers, response).await;
    with_headers(&house, response)
}

/// A form of our own page: the browser says so, or at least names our host as its origin.
fn from_here(headers: &HeaderMap) -> bool {
    let get = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
    if let Some(site) = get("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    match (get("origin"), get("host")) {
        (Some(origin), Some(host)) => origin.split_once("://").is_some_and(|(_, o)| o == host),
        // no browser sends a cross-site form without either
        (None, _) => true,
        _ => false,
    }
}

/// What axum refuses by itself (no such path, wrong method) in the reader's words.
fn framework_refusal(
    house: &House,
    headers: &HeaderMap,
    path: &str,
    response: Response,
) -> Response {
    let bare = !response.headers().contains_key(header::CONTENT_TYPE)
        || response
            .headers()
            .get(header::CONTENT_TYPE)
            .is_some_and(|t| t == "text/plain; charset=utf-8");
    match response.status() {
        status @ (StatusCode::METHOD_NOT_ALLOWED | StatusCode::BAD_REQUEST)
            if bare && path.starts_with("/api/") =>
        {
            let what = "No operation has this path, method and query; see /api/v1/docs.".into();
            apologise(house, headers, path, Sorry::Body { status, what }.apology())
        }
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED if bare => {
            apologise(house, headers, path, Sorry::NotFound.apology())
        }
        StatusCode::BAD_REQUEST | StatusCode::UNSUPPORTED_MEDIA_TYPE if bare => {
            apologise(house, headers, path, Sorry::Malformed.apology())
        }
        StatusCode::PAYLOAD_TOO_LARGE if bare => {
            apologise(house, headers, path, Sorry::TooLarge.apology())
        }
        _ => response,
    }
}

fn apologise(house: &House, headers: &HeaderMap, path: &str, a: Apology) -> Response {
    let now = house.now();
    // a number to tell when asking for help; the log has it beside the cause
    let number: Id<id::Request> = house.app.mint(now);
    if let Some(fault) = &a.fault {
        tracing::error!(%number, path, fault, "fault");
    }
    let taste = Taste::of(headers);
    let lang = taste.lang.or(taste.browser).unwrap_or_default();
    if path.starts_with("/api/") {
        return problem(&a, lang, number);
    }
    let fragment = headers.contains_key("x-fragment");
    if a.sign_in && !fragment {
        let next: String = query_value(path);
        return Redirect::to(&format!("/sign-in?next={next}")).into_response();
    }
    if fragment {
        let toast = crate::ui::fragment().toast(lang.pick(a.says), crate::ui::Tone::Danger);
        let toast = if a.sign_in { toast.go("/sign-in") } else { toast };
        let mut response = (a.status, toast.into_string()).into_response();
        let name = HeaderName::from_static(crate::ui::fragment::HEADER);
        response.headers_mut().insert(name, HeaderValue::from_static("1"));
        return html_type(response);
    }
    let page = sorry_page(&a, lang, now, taste, a.fault.is_some().then_some(number));
    html_type((a.status, page).into_response())
}

fn html_type(mut response: Response) -> Response {
    let html = HeaderValue::from_static("text/html; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, html);
    response
}

fn sorry_page(
    a: &Apology,
    lang: Lang,
    now: Moment,
    taste: Taste,
    number: Option<Id<id::Request>>,
) -> String {
    let title = match a.status {
        StatusCode::NOT_FOUND => lang.pick(["没有找到", "沒有找到", "Not found"]),
        s if s.is_server_error() => lang.pick(["出错了", "出錯了", "Something broke"]),
        _ => lang.pick(["这一步没有成功", "這一步沒有成功", "That did not work"]),
    };
    let home = lang.pick(["回到首页", "回到首頁", "Back to the start"]);
    let page = Page {
        title: title.to_string(),
        theme: taste.theme,
        text_size: taste.text_size,
        head: crate::ui::Head { private: true, ..Default::default() },
        ..Page::new(lang, now)
    };
    let body = maud::html! {
        h1 class="sr" { (title) }
        (empty_state(title, lang.pick(a.says), Some(button(home).to("/").primary())))
        @if let Some(number) = number { p class="note center" { (number) } }
    };
    page.render(body).into_string()
}

/// RFC 9457.
fn problem(a: &Apology, lang: Lang, number: Id<id::Request>) -> Response {
    let mut body = serde_json::json!({
        "type": "about:blank",
        "title": lang.pick(a.says),
        "status": a.status.as_u16(),
        "code": a.code,
        "instance": number.to_string(),
    });
    if let Some(detail) = &a.detail {
        body["detail"] = detail.as_str().into();
    }
    let kind = [(header::CONTENT_TYPE, "application/problem+json")];
    let mut response = (a.status, kind, body.to_string()).into_response();
    if a.status == StatusCode::UNAUTHORIZED {
        let how = HeaderValue::from_static("Bearer");
        response.headers_mut().insert(header::WWW_AUTHENTICATE, how);
    }
    response
}

/// Percent-encodes what may not stand in a query value.
pub fn query_value(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for b in text.bytes() {
        match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => {
                out.push(char::from(b));
            }
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}

/// gzip at its fastest: a page costs 50 µs, brotli's useful levels five times that.
async fn compressed(headers: &HeaderMap, response: Response) -> Response {
    let accepts = headers.get(header::ACCEPT_ENCODING).and_then(|v| v.to_str().ok());
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok());
    let text = kind.is_some_and(|k| k.starts_with("text/html") || k.contains("json"));
    let done = response.headers().contains_key(header::CONTENT_ENCODING);
    if !text || done || !accepts.is_some_and(|a| a.contains("gzip")) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(plain) = axum::body::to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    parts.headers.insert(header::VARY, HeaderValue::from_static("accept-encoding, cookie"));
    if !COMPRESS.contains(&plain.len()) {
        return Response::from_parts(parts, Body::from(plain));
    }
    let Some(small) = gzip(&plain) else { return Response::from_parts(parts, Body::from(plain)) };
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    Response::from_parts(parts, Body::from(small))
}

fn gzip(plain: &Bytes) -> Option<Vec<u8>> {
    let mut out = GzEncoder::new(Vec::with_capacity(plain.len() / 3), Compression::fast());
    out.write_all(plain).ok()?;
    out.finish().ok()
}

fn with_headers(house: &House, mut response: Response) -> Response {
    let headers = response.headers_mut();
    let set = [
        ("content-security-policy", POLICY),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("permissions-policy", "camera=(self), geolocation=(), microphone=(self)"),
        ("cross-origin-opener-policy", "same-origin"),
    ];
    for (name, value) in set {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if house.setup.secure {
        let hsts = HeaderValue::from_static("max-age=63072000; includeSubDomains");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, hsts);
    }
    let html =
        headers.get(header::CONTENT_TYPE).is_some_and(|t| t.as_bytes().starts_with(b"text/html"));
    if html && !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache, private"));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whose_form_it_is() {
        // sec-fetch-site, origin, host | ours
        let table = [
            (Some("same-origin"), None, true),
            (Some("none"), None, true),
            (Some("cross-site"), Some("http://shop.example"), false),
            (Some("same-site"), None, false),
            (None, Some("http://shop.example"), true),
            (None, Some("http://evil.example"), false),
            (None, Some("null"), false),
            (None, None, true),
        ];
        for (site, origin, ours) in table {
            let mut headers = HeaderMap::new();
            headers.insert("host", HeaderValue::from_static("shop.example"));
            if let Some(site) = site {
                headers.insert("sec-fetch-site", HeaderValue::from_static(site));
            }
            if let Some(origin) = origin {
                headers.insert("origin", HeaderValue::from_static(origin));
            }
            assert_eq!(from_here(&headers), ours, "{site:?} {origin:?}");
        }
    }
}
