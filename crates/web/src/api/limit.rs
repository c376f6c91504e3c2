//! How often one caller may call: a window a minute, told in every answer's headers.
use super::caller::bearer;
use crate::House;
use crate::community::cookies::Address;
use crate::reply::Sorry;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use rules::base::Moment;
use rules::base::moment::{MINUTE, SECOND};
use std::collections::HashMap;
use std::sync::Mutex;

/// Calls a minute with a key or token, and from one address without.
const KNOWN: i64 = 600;
const STRANGER: i64 = 120;
/// Windows kept at once; beyond it those that are over are forgotten.
const MOST: usize = 10_000;

/// Counts of this process: a limit against floods, not an account.
#[derive(Default)]
pub struct Limits {
    windows: Mutex<HashMap<String, (Moment, i64)>>,
}

/// What is left of a window.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Left {
    most: i64,
    /// Below zero: too many.
    rest: i64,
    /// Seconds until the next window.
    reset: i64,
}

impl Limits {
    pub fn count(&self, caller: &str, most: i64, now: Moment) -> Left {
        let mut windows = self.windows.lock().unwrap_or_else(|e| e.into_inner());
        if windows.len() >= MOST {
            windows.retain(|_, (since, _)| now.since(*since) < MINUTE);
        }
        let (since, n) = windows.entry(caller.to_string()).or_insert((now, 0));
        if now.since(*since) >= MINUTE {
            (*since, *n) = (now, 0);
        }
        *n += 1;
        let reset = (MINUTE - now.since(*since) + SECOND - 1) / SECOND;
        Left { most, rest: most - *n, reset }
    }
}

const OFTEN: [&str; 3] = [
    "调用太频繁，请按 Retry-After 的秒数等一等",
    "呼叫太頻繁，請按 Retry-After 的秒數等一等",
    "Too many calls. Wait as many seconds as Retry-After says.",
];

pub async fn limit(State(house): State<House>, req: Request, next: Next) -> Response {
    let (mut parts, body) = req.into_parts();
    let Ok(Address(address)) = Address::from_request_parts(&mut parts, &()).await;
    let (caller, most) = match bearer(&parts.headers) {
        Some(token) => (app::digest::sha256(token), KNOWN),
        None => (address, STRANGER),
    };
    let left = house.limits.count(&caller, most, house.now());
    let mut response = match left.rest < 0 {
        true => Sorry::Refused { code: "too_often", says: OFTEN }.into_response(),
        false => next.run(Request::from_parts(parts, body)).await,
    };
    tell(response.headers_mut(), left);
    response
}

fn tell(headers: &mut HeaderMap, left: Left) {
    let mut put = |name, n: i64| {
        headers.insert(HeaderName::from_static(name), HeaderValue::from(n));
    };
    put("ratelimit-limit", left.most);
    put("ratelimit-remaining", left.rest.max(0));
    put("ratelimit-reset", left.reset);
    if left.rest < 0 {
        put("retry-after", left.reset);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_holds_so_many_calls_and_then_begins_anew() {
        let (limits, start) = (Limits::default(), Moment(1_772_424_000_000));
        for (after, rest, reset) in [(0, 1, 60), (1, 0, 60), (59_999, -1, 1), (60_000, 1, 60)] {
            let left = limits.count("ann", 2, start.plus(after));
            assert_eq!((left.rest, left.reset), (rest, reset), "after {after} ms");
        }
        assert_eq!(limits.count("bob", 2, start).rest, 1, "each caller has a window");
    }
}
