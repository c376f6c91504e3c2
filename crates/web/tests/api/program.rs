//! A program that calls the API.
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use rules::base::Moment;
use serde_json::{Value, json};
use testkit::{House, NOON};
use tower::ServiceExt;

pub const BASE: &str = "/api/v1/communities/plum";

fn clock() -> Moment {
    NOON
}

pub fn router(house: &House) -> Router {
    let setup = web::Setup {
        address: "https://kith.test".into(),
        secure: false,
        show_codes: true,
        development: false,
    };
    web::routes::router(web::House::new(house.app.clone(), clock, setup))
}

#[derive(Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub json: Value,
}

impl Reply {
    /// A string of the answer.
    pub fn text(&self, pointer: &str) -> &str {
        let found = self.json.pointer(pointer).and_then(Value::as_str);
        found.unwrap_or_else(|| panic!("no {pointer} in {}", self.json))
    }
    pub fn int(&self, pointer: &str) -> i64 {
        let found = self.json.pointer(pointer).and_then(Value::as_i64);
        found.unwrap_or_else(|| panic!("no {pointer} in {}", self.json))
    }
    /// Status and code of a problem.
    pub fn refused(&self) -> (u16, &str) {
        let kind = self.headers.get(header::CONTENT_TYPE).expect("a content type");
        assert_eq!(kind, "application/problem+json", "{}", self.json);
        assert_eq!(self.int("/status"), i64::from(self.status.as_u16()));
        assert!(!self.text("/title").is_empty() && self.text("/instance").starts_with("req_"));
        (self.status.as_u16(), self.text("/code"))
    }
}

/// Whoever holds a key or a token; an empty one is a stranger.
#[derive(Clone)]
pub struct Program {
    pub router: Router,
    pub bearer: String,
}

impl Program {
    pub fn with(&self, bearer: &str) -> Program {
        Program { router: self.router.clone(), bearer: bearer.into() }
    }
    pub async fn send(&self, mut req: axum::http::request::Builder, body: Body) -> Reply {
        if !self.bearer.is_empty() {
            req = req.header(header::AUTHORIZATION, format!("Bearer {}", self.bearer));
        }
        let req = req.body(body).expect("a request");
        let reply = self.router.clone().oneshot(req).await.expect("an answer");
        let (status, headers) = (reply.status(), reply.headers().clone());
        let bytes = to_bytes(reply.into_body(), usize::MAX).await.expect("a body");
        let json = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        Reply { status, headers, json }
    }
    pub async fn ask(&self, method: Method, path: &str, body: Value, name: &str) -> Reply {
        let mut req = Request::builder().method(method).uri(path);
        req = req.header(header::CONTENT_TYPE, "application/json");
        if !name.is_empty() {
            req = req.header("idempotency-key", name);
        }
        self.send(req, Body::from(body.to_string())).await
    }
    pub async fn get(&self, path: &str) -> Reply {
        self.send(Request::builder().uri(path), Body::empty()).await
    }
    pub async fn post(&self, path: &str, body: Value) -> Reply {
        self.ask(Method::POST, path, body, "").await
    }
    /// An answer that must be good.
    pub async fn did(&self, path: &str, body: Value) -> Reply {
        let reply = self.post(path, body).await;
        assert!(reply.status.is_success(), "{path}: {} {}", reply.status, reply.json);
        reply
    }
    pub async fn read(&self, path: &str) -> Reply {
        let reply = self.get(path).await;
        assert_eq!(reply.status, StatusCode::OK, "{path}: {}", reply.json);
        reply
    }
    /// A new person by a one-time code.
    pub async fn person(&self, name: &str) -> Program {
        let contact = format!("{}@example.org", name.to_lowercase());
        let sent = self.did("/api/v1/sign-in/codes", json!({"contact": contact})).await;
        let mut back = sent.json;
        back["name"] = name.into();
        back["language"] = "en".into();
        let signed = self.did("/api/v1/sign-in", back).await;
        self.with(signed.text("/token"))
    }
}

/// An owner with a community, a key that may everything, and a member.
pub struct Town {
    pub stranger: Program,
    pub owner: Program,
    pub key: Program,
    pub member: Program,
}

pub fn all_scopes() -> Vec<&'static str> {
    rules::community::scope::Scope::ALL.iter().map(|s| s.code()).collect()
}

pub async fn town(house: &House) -> Town {
    let stranger = Program { router: router(house), bearer: String::new() };
    let owner = stranger.person("Olga").await;
    let open = json!({"name": "Plum Lane", "slug": "plum",
        "purpose": "Neighbours who buy together.", "language": "en",
        "currency": "EUR", "zone": "Europe/Berlin", "jurisdiction": "EU"});
    let opened = owner.did("/api/v1/communities", open).await;
    assert_eq!(opened.text("/slug"), "plum");
    let make = json!({"name": "everything", "scopes": all_scopes()});
    let made = owner.did(&format!("{BASE}/keys"), make).await;
    let key = stranger.with(made.text("/key"));
    let member = stranger.person("Mei").await;
    let join = json!({"name": "Mei", "agreed": true});
    member.did(&format!("{BASE}/members"), join).await;
    Town { stranger, owner, key, member }
}

pub const CATALOGUE: &str = "handle,title,sku,price,stock,state\n\
    plums,Plums,PLUM-1,9.90,10,listed\n\
    pears,Pears,PEAR-1,4.00,5,listed\n";

/// Imports the catalogue and gives the first variant of a product.
pub async fn variant(town: &Town, title: &str) -> (String, String) {
    let file = json!({"name": "fruit.csv", "csv": CATALOGUE});
    town.key.did(&format!("{BASE}/products/import"), file).await;
    let list = town.stranger.read(&format!("{BASE}/products?search={title}")).await;
    let product = list.text("/items/0/id").to_string();
    let one = town.stranger.read(&format!("{BASE}/products/{product}")).await;
    (product, one.text("/variants/0/id").to_string())
}

/// Two units, delivered.
pub fn order_of(variant: &str) -> Value {
    json!({"lines": [{"variant": variant, "qty": 2}], "provider": "sandbox",
        "ship": {"recipient": "Mei", "phone": "+49 30 000 0001", "region": "Berlin 10115",
            "street": "3 Plum Lane"}})
}
