//! Malformed requests at every route: whatever comes, the house answers soon, never breaks, and
//! its books are right afterwards.
//!
//! `KITH_FUZZ="seed requests"` plays another run; a failure prints the seed that replays it.
use crate::knock::send;
use crate::source::{fields, routes};
use crate::town::{ACTORS, Town, town};
use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Method, Request, Uri};
use std::time::Duration;
use testkit::NOON;

const SEED: u64 = 20_260_302;
const REQUESTS: usize = 3000;
/// Whoever waits longer goes away.
const PATIENCE: Duration = Duration::from_secs(2);

/// Drawing takes seconds without optimisation, so here it only must not hang.
const DRAWING: Duration = Duration::from_secs(30);

/// SplitMix64: small, and the same on every machine.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
    fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }
    fn one<'t, T>(&mut self, all: &'t [T]) -> &'t T {
        &all[self.below(all.len())]
    }
    fn often(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
    fn bytes(&mut self, most: usize) -> Vec<u8> {
        (0..self.below(most)).map(|_| self.next() as u8).collect()
    }
}

/// Values that have broken programs before.
const NASTY: &[&str] = &[
    "",
    " ",
    "0",
    "-1",
    "1",
    "999",
    "1e9",
    "NaN",
    "9223372036854775807",
    "-9223372036854775808",
    "9223372036854775808",
    "0.1",
    "1,5",
    "12.345",
    "on",
    "true",
    "null",
    "{}",
    "[]",
    "''",
    "\"",
    "' OR 1=1 --",
    "%",
    "%00",
    "%ff",
    "%e2%80%ae",
    "../../etc/passwd",
    "//evil.example",
    "\\\\evil",
    "javascript:alert(1)",
    "<script>",
    "😀",
    "e\u{301}",
    "\u{202e}abc",
    "\u{0}",
    "\r\n",
    "ord_",
    "ord_zzzzzzzzzzzzz",
    "ord_0000000000000",
    "prd_7zzzzzzzzzzzz",
    "member.css",
    "2026-02-30",
    "9999-12-31",
    "en",
    "zh-Hant",
    "sandbox",
    "manual",
    "ship",
    "pickup",
    "paid",
    "failed",
];

struct Mill<'t> {
    dice: Dice,
    town: &'t Town,
    routes: Vec<String>,
    fields: Vec<String>,
}

impl Mill<'_> {
    fn value(&mut self) -> String {
        match self.dice.below(10) {
            0..4 => (*self.dice.one(NASTY)).to_owned(),
            4..7 => {
                let things: Vec<&String> = self.town.things.values().collect();
                (*self.dice.one(&things)).clone()
            }
            7 => format!("{} {}", self.town.things["{variant}"], self.dice.one(NASTY)),
            8 => "梅".repeat(self.dice.below(3000)),
            _ => String::from_utf8_lossy(&self.dice.bytes(60)).into_owned(),
        }
    }
    fn escaped(&mut self) -> String {
        let value = self.value();
        match self.dice.below(8) {
            // as it is, as far as an address allows it
            0 => value.chars().filter(char::is_ascii_graphic).collect(),
            _ => web::edge::query_value(&value),
        }
    }
    fn path(&mut self, route: &str) -> String {
        let hurt = self.dice.below(40);
        let parts: Vec<String> = route.split('/').map(str::to_owned).collect();
        let mut path = Vec::new();
        for part in parts {
            let named = part.starts_with('{');
            // mostly into our own community, or nearly everything ends at its door
            let often = if part == "{community}" { 5 } else { hurt };
            match named && self.dice.often(often) {
                true => path.push(self.escaped().replace('/', "%2F")),
                false => path.push(part),
            }
        }
        let mut path = path.join("/");
        if path.contains('{') {
            path = self.town.filled(&path);
        }
        for n in 0..self.dice.below(4) {
            let name = self.dice.one(&self.fields).clone();
            let sign = if n == 0 { '?' } else { '&' };
            path = format!("{path}{sign}{name}={}", self.escaped());
        }
        path
    }
    fn body(&mut self) -> (Vec<u8>, String) {
        let form = "application/x-www-form-urlencoded".to_owned();
        match self.dice.below(12) {
            0 => (Vec::new(), form),
            1 => (self.dice.bytes(400), form),
            2 => (self.value().into_bytes(), "application/json".into()),
            3 => (vec![b'a'; 300_000], form),
            4 => {
                let name = self.dice.one(&self.fields).clone();
                let part = format!(
                    "--seam\r\nContent-Disposition: form-data; name=\"{name}\"; \
                     filename=\"x.png\"\r\nContent-Type: image/png\r\n\r\n{}\r\n--seam--\r\n",
                    self.value()
                );
                let cut = self.dice.below(part.len() + 40).min(part.len());
                (part.into_bytes()[..cut].to_vec(), "multipart/form-data; boundary=seam".into())
            }
            _ => {
                let mut pairs = Vec::new();
                for _ in 0..self.dice.below(12) {
                    let name = self.dice.one(&self.fields).clone();
                    pairs.push(format!("{name}={}", self.escaped()));
                }
                (pairs.join("&").into_bytes(), form)
            }
        }
    }
    fn headers(&mut self, request: &mut Request<Body>) {
        const NAMES: [&str; 14] = [
            "accept-language",
            "accept-encoding",
            "cookie",
            "content-type",
            "content-length",
            "x-fragment",
            "last-event-id",
            "if-none-match",
            "range",
            "x-forwarded-for",
            "origin",
            "sec-fetch-site",
            "user-agent",
            "x-kith-signature",
        ];
        for _ in 0..self.dice.below(4) {
            let name = HeaderName::from_static(NAMES[self.dice.below(NAMES.len())]);
            let value = match self.dice.often(50) {
                true => self.value().into_bytes(),
                false => self.dice.bytes(200),
            };
            if let Ok(value) = HeaderValue::from_bytes(&value) {
                request.headers_mut().append(name, value);
            }
        }
    }
    /// `None`: no program could send this as HTTP.
    fn request(&mut self) -> Option<(Request<Body>, String)> {
        let route = self.dice.one(&self.routes).clone();
        let (own, path) = route.split_once(' ').expect("a method and a path");
        let method = match self.dice.below(20) {
            0 => *self.dice.one(&["PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "BREW"]),
            1 => *self.dice.one(&["GET", "POST"]),
            _ => own,
        };
        let path = self.path(path);
        let actor = self.dice.below(ACTORS.len());
        let (body, kind) = self.body();
        let said = format!(
            "{method} {path} as {}: {kind}: {}",
            ACTORS[actor],
            String::from_utf8_lossy(&body[..body.len().min(300)])
        );
        let uri: Uri = path.parse().ok()?;
        let mut request = Request::builder()
            .method(Method::from_bytes(method.as_bytes()).ok()?)
            .uri(uri)
            .header("host", "kith.test")
            .header("content-type", kind)
            .header("cookie", format!("kith={}; lang=en", self.town.tokens[actor]))
            .body(Body::from(body))
            .ok()?;
        if self.dice.often(30) {
            self.headers(&mut request);
        }
        Some((request, said))
    }
}

/// Who ended their own session or account would only be a stranger from then on.
fn keeps_people(route: &str) -> bool {
    !["/sign-out", "/me/leave", "/me/close", "/sessions/end"].iter().any(|e| route.ends_with(e))
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_breaks_it() {
    let asked = std::env::var("KITH_FUZZ").unwrap_or_default();
    let mut words = asked.split(' ').filter_map(|w| w.parse::<u64>().ok());
    let seed = words.next().unwrap_or(SEED);
    let most = words.next().map_or(REQUESTS, |n| n as usize);
    let town = town().await;
    let routes: Vec<String> = routes().into_iter().filter(|r| keeps_people(r)).collect();
    let mut mill = Mill { dice: Dice(seed), town: &town, routes, fields: fields() };
    assert!(mill.routes.len() > 120 && mill.fields.len() > 60, "the source was not read");
    let (mut sent, mut well) = (0, 0);
    while sent < most {
        let Some((request, said)) = mill.request() else { continue };
        sent += 1;
        let told = || format!("KITH_FUZZ=\"{seed} {sent}\": {said}");
        let draws =
            ["/cover/", "/look/", "/s/"].iter().any(|p| request.uri().path().starts_with(p));
        let patience = if draws { DRAWING } else { PATIENCE };
        let reply = tokio::time::timeout(patience, send(&town, request)).await;
        let reply = reply.unwrap_or_else(|_| panic!("no answer in time: {}", told()));
        let body = String::from_utf8_lossy(&reply.body);
        assert!(reply.status < 500, "{}: {}\n{}", reply.status, told(), body);
        well += usize::from(reply.status < 400);
    }
    // otherwise everything ended at the door and nothing was tried
    assert!(well * 6 > sent, "only {well} of {sent} got anywhere");
    town.app.seal(NOON).await.expect("a seal");
    let report = town.app.audit(NOON).await.expect("an audit");
    assert!(report.clean(), "seed {seed}: {:#?}", report.findings);
}
