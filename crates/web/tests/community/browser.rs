//! A browser without script: keeps cookies, sends forms, reads answers.
use app::community::create_group::CreateGroup;
use app::community::create_tag::CreateTag;
use app::community::join_community::JoinCommunity;
use app::community::join_group::JoinGroup;
use app::community::open_community::{OpenCommunity, Opened};
use app::community::sessions::SignedIn;
use app::community::sign_up::SignUp;
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use axum::response::Response;
use rules::base::{Currency, Id, Lang, Moment, id};
use rules::community::contact::ContactKind;
use rules::community::group::{Admission, GroupKind};
use rules::community::open::Jurisdiction;
use std::collections::BTreeMap;
use testkit::{NOON, On};
use tower::ServiceExt;
use web::{House, Setup};

pub fn clock() -> Moment {
    NOON
}

/// A house with its router; development is on or off.
pub struct World {
    pub kit: testkit::House,
    pub router: Router,
}

pub async fn world(development: bool) -> World {
    let kit = testkit::fresh(On::Sqlite).await;
    let setup =
        Setup { address: "http://kith.test".into(), secure: false, show_codes: true, development };
    let house = House::new(kit.app.clone(), clock, setup);
    let (live, app) = (house.live.clone(), kit.app.clone());
    tokio::spawn(async move { live.run(app).await });
    World { router: web::routes::router(house), kit }
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}
impl Answer {
    /// Where a 303 leads.
    pub fn to(&self) -> &str {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{}", self.text);
        self.headers[header::LOCATION].to_str().expect("a location")
    }
    pub fn has(&self, text: &str) -> bool {
        self.text.contains(text)
    }
    /// The value of the first field of this name.
    pub fn field(&self, name: &str) -> String {
        let page = scraper::Html::parse_document(&self.text);
        let wanted = scraper::Selector::parse(&format!("[name='{name}']")).expect("a selector");
        let found = page.select(&wanted).next().unwrap_or_else(|| panic!("no {name}"));
        found.value().attr("value").unwrap_or_default().to_string()
    }
}

pub struct Browser {
    router: Router,
    pub cookies: BTreeMap<String, String>,
}

impl World {
    pub fn browser(&self) -> Browser {
        Browser { router: self.router.clone(), cookies: BTreeMap::new() }
    }
    pub fn signed_in(&self, who: &SignedIn) -> Browser {
        let mut browser = self.browser();
        browser.cookies.insert("kith".into(), who.token.clone());
        browser
    }
    pub async fn person(&self, name: &str, n: u32) -> SignedIn {
        let cmd = SignUp {
            kind: ContactKind::Email,
            target: format!("person{n}@example.org"),
            password: "a long quiet river".into(),
            name: name.into(),
            lang: Lang::Hans,
            agent: String::new(),
            address: format!("10.0.0.{n}"),
        };
        self.kit.app.sign_up(NOON, cmd).await.expect("a person")
    }
    pub async fn community(&self, owner: &SignedIn) -> Opened {
        let cmd = OpenCommunity {
            id: self.kit.app.mint(NOON),
            account: owner.account,
            name: "桃源里熟客".into(),
            slug: "peach".into(),
            purpose: "一个小区，和它吃得放心的三十样东西".into(),
            rules: "互相尊重。\n不发广告。".into(),
            lang: Lang::Hans,
            currency: Currency::Cny,
            zone: "Asia/Shanghai".into(),
            jurisdiction: Jurisdiction::Cn,
            theme: String::new(),
            first_group: "大厅".into(),
        };
        self.kit.app.open_community(NOON, cmd).await.expect("a community")
    }
    pub async fn tag(&self, c: &Opened, name: &str) -> Id<id::Tag> {
        let id = self.kit.app.mint(NOON);
        let cmd = CreateTag { community: c.community, by: c.member, id, name: name.into() };
        self.kit.app.create_tag(NOON, cmd).await.expect("a tag");
        id
    }
    pub async fn group(&self, c: &Opened, name: &str, tags: Vec<Id<id::Tag>>) -> Id<id::Group> {
        let cmd = CreateGroup {
            community: c.community,
            by: c.member,
            id: self.kit.app.mint(NOON),
            kind: GroupKind::Interest,
            name: name.into(),
            slug: None,
            purpose: format!("{name}里的人一起玩"),
            rules: "说人话".into(),
            admission: Admission::Open,
            capacity: None,
            pickup: Default::default(),
            leader: None,
            tags,
        };
        self.kit.app.create_group(NOON, cmd).await.expect("a group")
    }
    /// A member of the community, in this group too if one is named.
    pub async fn member(
        &self,
        c: &Opened,
        p: &SignedIn,
        group: Option<Id<id::Group>>,
    ) -> Id<id::Member> {
        let cmd = JoinCommunity {
            community: c.community,
            account: p.account,
            name: "小满".into(),
            tags: Vec::new(),
            agreed: true,
        };
        let member = self.kit.app.join_community(NOON, cmd).await.expect("a member");
        if let Some(group) = group {
            let cmd = JoinGroup {
                community: c.community,
                member,
                group,
                agreed: true,
                code: None,
                words: String::new(),
            };
            self.kit.app.join_group(NOON, cmd).await.expect("a seat");
        }
        member
    }
}

fn encoded(fields: &[(&str, &str)]) -> String {
    let pair = |(name, value): &(&str, &str)| format!("{name}={}", web::edge::query_value(value));
    fields.iter().map(pair).collect::<Vec<_>>().join("&")
}

impl Browser {
    pub async fn raw(&mut self, mut req: Request<Body>) -> Response {
        let all: Vec<String> = self.cookies.iter().map(|(k, v)| format!("{k}={v}")).collect();
        if !all.is_empty() {
            let value = all.join("; ").parse().expect("cookies");
            req.headers_mut().insert(header::COOKIE, value);
        }
        let lang = "zh-CN".parse().expect("a language");
        req.headers_mut().insert(header::ACCEPT_LANGUAGE, lang);
        let response = self.router.clone().oneshot(req).await.expect("an answer");
        for set in response.headers().get_all(header::SET_COOKIE) {
            let text = set.to_str().expect("a cookie");
            let (name, rest) = text.split_once('=').expect("name=value");
            let value = rest.split(';').next().unwrap_or_default();
            match value.is_empty() {
                true => self.cookies.remove(name),
                false => self.cookies.insert(name.into(), value.into()),
            };
        }
        response
    }
    async fn answer(&mut self, req: Request<Body>) -> Answer {
        let response = self.raw(req).await;
        let (status, headers) = (response.status(), response.headers().clone());
        let body = axum::body::to_bytes(response.into_body(), 4_000_000).await.expect("a body");
        Answer { status, headers, text: String::from_utf8(body.to_vec()).expect("text") }
    }
    pub async fn get(&mut self, url: &str) -> Answer {
        self.answer(Request::get(url).body(Body::empty()).expect("a request")).await
    }
    pub async fn post(&mut self, url: &str, fields: &[(&str, &str)]) -> Answer {
        self.answer(posted(url, fields).body(Body::from(encoded(fields))).expect("a request")).await
    }
    /// As the script sends it.
    pub async fn frag(&mut self, url: &str, fields: &[(&str, &str)]) -> Answer {
        let req = posted(url, fields).header("x-fragment", "1");
        self.answer(req.body(Body::from(encoded(fields))).expect("a request")).await
    }
}

fn posted(url: &str, _: &[(&str, &str)]) -> axum::http::request::Builder {
    Request::post(url).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
}

/// Keeps a page for looking at, beside the assets it asks for.
pub fn keep(name: &str, page: &Answer) {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/pages");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join(format!("{name}.html")), &page.text).expect("a page");
}
