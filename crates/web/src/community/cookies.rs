//! Cookies, local addresses, and the switch of language, theme and text size.
use crate::House;
use crate::form::Form;
use crate::who::{Visit, session_cookie};
use axum::extract::{ConnectInfo, FromRequestParts, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use rules::base::Lang;
use std::convert::Infallible;
use std::net::SocketAddr;

const SESSION_DAYS: i64 = 180;
const YEAR: i64 = 365 * 24 * 3600;

/// A path of this house; anything that could lead elsewhere becomes the start page.
pub fn local(next: &str) -> String {
    let plain = next.starts_with('/')
        && !next.starts_with("//")
        && next.len() <= 2000
        && !next.chars().any(|c| c == '\\' || c.is_control() || c.is_whitespace());
    if plain { next.to_string() } else { "/".to_string() }
}

/// `POST -> 303 -> GET`.
pub fn see(path: &str) -> Response {
    Redirect::to(path).into_response()
}

fn line(name: &str, value: &str, seconds: i64, secure: bool, hidden: bool) -> String {
    let secure = if secure { "; Secure" } else { "" };
    let hidden = if hidden { "; HttpOnly" } else { "" };
    format!("{name}={value}; Path=/; SameSite=Lax; Max-Age={seconds}{secure}{hidden}")
}

/// Adds a cookie; a value that is no header text is left out.
fn add(response: &mut Response, text: &str) {
    if let Ok(value) = HeaderValue::from_str(text) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

/// The session begins in this browser.
pub fn with_session(house: &House, mut response: Response, token: &str) -> Response {
    let secure = house.setup.secure;
    let seconds = SESSION_DAYS * 24 * 3600;
    add(&mut response, &line(session_cookie(secure), token, seconds, secure, true));
    add(&mut response, &line("coming", "", 0, secure, true));
    response
}
pub fn without_session(house: &House, mut response: Response) -> Response {
    let secure = house.setup.secure;
    add(&mut response, &line(session_cookie(secure), "", 0, secure, true));
    response
}
/// A cookie that only the server reads.
pub fn with(house: &House, mut response: Response, name: &str, value: &str, s: i64) -> Response {
    add(&mut response, &line(name, value, s, house.setup.secure, true));
    response
}

/// Where a request comes from, for throttles. Behind a proxy on this machine its word counts.
pub struct Address(pub String);

impl<S: Send + Sync> FromRequestParts<S> for Address {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Address, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|c| c.0.ip());
        let told = parts.headers.get("x-forwarded-for").and_then(|v| v.to_str().ok());
        let told = told.and_then(|all| all.rsplit(',').next()).map(|one| one.trim().to_string());
        let near = peer.is_none_or(|ip| ip.is_loopback());
        let own = peer.map_or_else(|| "local".to_string(), |ip| ip.to_string());
        Ok(Address(if near { told.unwrap_or(own) } else { own }))
    }
}

/// What the browser says it is.
pub fn agent(headers: &HeaderMap) -> String {
    let agent = headers.get(header::USER_AGENT).and_then(|v| v.to_str().ok());
    agent.unwrap_or_default().to_string()
}

/// `POST /preferences`: what is sent is set, the rest stays.
pub async fn preferences(State(house): State<House>, _: Visit, form: Form) -> Response {
    let mut response = see(&local(form.get("next")));
    let secure = house.setup.secure;
    if let Some(lang) = Lang::of(form.get("lang")) {
        add(&mut response, &line("lang", lang.tag(), YEAR, secure, false));
    }
    for (name, known) in [("theme", ["system", "light", "dark"]), ("text", ["n", "l", "xl"])] {
        if let Some(value) = known.iter().find(|k| **k == form.get(name)) {
            add(&mut response, &line(name, value, YEAR, secure, false));
        }
    }
    response
}

#[cfg(test)]
mod tests {
    use super::local;

    #[test]
    fn only_paths_of_this_house() {
        for (next, to) in [
            ("/c/x?a=1", "/c/x?a=1"),
            ("", "/"),
            ("https://evil.example", "/"),
            ("//evil.example", "/"),
            ("/\\evil.example", "/"),
            ("/\t/evil.example", "/"),
            ("javascript:alert(1)", "/"),
        ] {
            assert_eq!(local(next), to, "{next}");
        }
    }
}
