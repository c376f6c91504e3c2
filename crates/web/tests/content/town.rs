//! A small community put there by plain SQL, and browsers that walk through its pages.
use app::content::index_product;
use app::content::index_product::{ProductWords, product_terms};
use app::db::{Owned, Tx, Val, Writes};
use app::{Refusal, Stop, p};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use flate2::{Compression, Crc, write::ZlibEncoder};
use rules::base::{Id, id};
use scraper::{Html, Selector};
use std::io::Write;
use testkit::On;
use tower::ServiceExt;
use web::{House, Setup};

pub const BASE: &str = "/c/taoyuanli";

#[derive(Clone, Copy, Debug)]
pub enum No {}
impl Refusal for No {
    fn code(self) -> &'static str {
        match self {}
    }
}

pub struct Town {
    pub house: testkit::House,
    pub router: axum::Router,
    pub c: Id<id::Community>,
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub to: String,
    pub cookies: String,
    pub kind: String,
    pub bytes: Vec<u8>,
}
impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }
    pub fn page(&self) -> Html {
        Html::parse_document(&self.text())
    }
    /// The text of everything the selector finds.
    pub fn find(&self, css: &str) -> Vec<String> {
        let found = Selector::parse(css).expect("a selector");
        self.page().select(&found).map(|e| e.text().collect::<String>()).collect()
    }
    pub fn attr(&self, css: &str, name: &str) -> String {
        let found = Selector::parse(css).expect("a selector");
        let page = self.page();
        let first = page.select(&found).next();
        first.and_then(|e| e.attr(name)).unwrap_or_default().to_string()
    }
}

impl Town {
    pub async fn new() -> Town {
        let house = testkit::fresh(On::Sqlite).await;
        let setup = Setup {
            address: "https://kith.example".into(),
            secure: false,
            show_codes: true,
            development: false,
        };
        let router = web::routes::router(House::new(house.app.clone(), || testkit::NOON, setup));
        let c = house.app.mint(house.now());
        let town = Town { house, router, c };
        town.sql(
            "INSERT INTO community (id, slug, name, purpose, story, rules, lang, currency, zone,
                jurisdiction, theme, state, created_at) VALUES ($1,'taoyuanli','桃源里熟客',
                '街坊一起买','','','zh-Hans','CNY','Asia/Shanghai','cn','tea','open',0)",
            p![c],
        )
        .await;
        town
    }
    pub async fn sql(&self, text: &'static str, args: &[Val<'_>]) {
        let args: Vec<Owned> = args.iter().map(|v| (*v).into()).collect();
        let write = move |tx: &mut Tx<'_>| {
            let args: Vec<Val<'_>> = args.iter().map(|a| a.as_val()).collect();
            Ok::<_, Stop<No>>(tx.exec(text, &args)?)
        };
        let done = self.house.app.database().write(self.house.now(), write).await;
        done.expect("a statement of the test");
    }
    /// A member who is signed in: the token of their session is their name.
    pub async fn member(&self, name: &str, role: &str, rights: &str) -> Id<id::Member> {
        let id: Id<id::Member> = self.house.app.mint(self.house.now());
        self.sql(
            "INSERT INTO account (id, name, lang, state, created_at)
                VALUES ($1,$2,'zh-Hans','active',0)",
            p![id, name],
        )
        .await;
        self.sql(
            "INSERT INTO member (community_id, id, account_id, name, bio, role, rights, state,
                joined_at) VALUES ($1,$2,$2,$3,'',$4,$5,'active',0)",
            p![self.c, id, name, role, rights],
        )
        .await;
        let hash = app::digest::sha256(&id.to_string());
        self.sql(
            "INSERT INTO session (hash, id, account_id, agent, created_at, seen_at, until_at)
                VALUES ($1,$2,$2,'',0,0,$3)",
            p![&hash, id, self.house.now().plus_days(9)],
        )
        .await;
        id
    }
    pub async fn product(&self, title: &str, look: &str, price: i64) -> Id<id::Product> {
        let id: Id<id::Product> = self.house.app.mint(self.house.now());
        let (c, handle) = (self.c, format!("h{}", id.raw()));
        self.sql(
            "INSERT INTO product (community_id, id, handle, title, brief, story, brand, kind,
                look, options, state, returns, sold, rating_sum, rating_count, review_count,
                created_at, changed_at, version) VALUES ($1,$2,$3,$4,'','','','goods',$5,'',
                'listed','fresh',3,0,0,0,0,0,1)",
            p![c, id, &handle, title, look],
        )
        .await;
        self.sql(
            "INSERT INTO variant (community_id, id, product_id, sku, choices, price, on_hand,
                held, sold, written_off, received, weight, barcode, position, state, version)
                VALUES ($1,$2,$2,$3,'',$4,9,0,0,0,9,0,'',0,'listed',1)",
            p![c, id, &handle, price],
        )
        .await;
        let words = ProductWords { title, brand: "", keywords: "", brief: "", story: "" };
        let terms = product_terms(words);
        let write = move |tx: &mut Tx<'_>| {
            let mut w = Writes::<No>::default();
            index_product(tx, &mut w, c, id, &terms)?;
            tx.run(w)
        };
        self.house.app.database().write(self.house.now(), write).await.expect("indexed");
        id
    }
    /// An order of one line in this state; both carry the same number.
    pub async fn order(
        &self,
        by: Id<id::Member>,
        product: Id<id::Product>,
        title: &str,
        state: &str,
    ) -> Id<id::Order> {
        let id: Id<id::Order> = self.house.app.mint(self.house.now());
        let code = format!("{:06}", id.raw() % 1_000_000);
        self.sql(
            "INSERT INTO orders (community_id, id, member_id, state, goods, shipping, total,
                refunded, delivery, group_id, pickup_text, pickup_code, recipient, phone, region,
                street, note, provider, placed_at, pay_until, paid_at, ended_at, source_post)
                VALUES ($1,$2,$3,$4,100,0,100,0,'pickup',NULL,'南门驿站',$5,'','','','','',
                'manual',$6,$6,$6,NULL,NULL)",
            p![self.c, id, by, state, &code, self.house.now()],
        )
        .await;
        self.sql(
            "INSERT INTO order_line (community_id, id, order_id, position, product_id, variant_id,
                title, choices, look, unit_price, qty, amount, state, refunded, refunded_qty,
                member_id, received_at, reviewed)
                VALUES ($1,$2,$2,0,$3,$3,$6,'大份','tea',100,1,100,$5,0,0,$4,NULL,false)",
            p![self.c, id, product, by, state, title],
        )
        .await;
        id
    }
    pub fn browser(&self, who: Option<Id<id::Member>>) -> Browser<'_> {
        Browser { town: self, who, lang: "zh-Hans", script: false }
    }
}

/// One person's browser.
#[derive(Clone, Copy)]
pub struct Browser<'t> {
    pub town: &'t Town,
    pub who: Option<Id<id::Member>>,
    pub lang: &'static str,
    /// Asks for fragments, as core.js does.
    pub script: bool,
}

impl Browser<'_> {
    fn request(&self, method: &str, path: &str) -> axum::http::request::Builder {
        let mut cookie = format!("lang={}", self.lang);
        if let Some(who) = self.who {
            cookie.push_str(&format!("; kith={who}"));
        }
        let path = path.split('#').next().unwrap_or("");
        let request = Request::builder().method(method).uri(path).header(header::COOKIE, cookie);
        if self.script { request.header("x-fragment", "1") } else { request }
    }
    async fn send(&self, request: Request<Body>) -> Answer {
        let out = self.town.router.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = out.into_parts();
        let text = |name: &str| {
            let all = parts.headers.get_all(name).iter().filter_map(|v| v.to_str().ok());
            all.collect::<Vec<_>>().join("; ")
        };
        let (to, cookies, kind) = (text("location"), text("set-cookie"), text("content-type"));
        let bytes = axum::body::to_bytes(body, usize::MAX).await.expect("a body").to_vec();
        Answer { status: parts.status, to, cookies, kind, bytes }
    }
    pub async fn get(&self, path: &str) -> Answer {
        let answer = self.send(self.request("GET", path).body(Body::empty()).expect("one")).await;
        assert!(answer.status.as_u16() < 500, "{path}: {}", answer.text());
        answer
    }
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let safe = web::edge::query_value;
        let pairs: Vec<_> =
            fields.iter().map(|(n, v)| format!("{}={}", safe(n), safe(v))).collect();
        let kind = "application/x-www-form-urlencoded";
        let request = self.request("POST", path).header(header::CONTENT_TYPE, kind);
        self.send(request.body(Body::from(pairs.join("&"))).expect("one")).await
    }
    /// A form with files, as `multipart/form-data`.
    pub async fn upload(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &[u8])],
    ) -> Answer {
        let mut body = Vec::new();
        for (name, value) in fields {
            let head = format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n");
            body.extend(head.bytes().chain(value.bytes()).chain(*b"\r\n"));
        }
        for (name, bytes) in files {
            let head = format!(
                "--b\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"a.png\"\r\n\
                 Content-Type: image/png\r\n\r\n"
            );
            body.extend(head.bytes().chain(bytes.iter().copied()).chain(*b"\r\n"));
        }
        body.extend(*b"--b--\r\n");
        let kind = "multipart/form-data; boundary=b";
        let request = self.request("POST", path).header(header::CONTENT_TYPE, kind);
        self.send(request.body(Body::from(body)).expect("one")).await
    }
}

/// A real PNG of this size: rows of colour, deflated, with its checksums.
pub fn png(width: u32, height: u32, tint: u8) -> Vec<u8> {
    let mut raw = Vec::new();
    for y in 0..height {
        raw.push(0);
        for x in 0..width {
            raw.extend([(x * 255 / width) as u8, (y * 255 / height) as u8, tint]);
        }
    }
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(&raw).expect("packed");
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut head = Vec::new();
    head.extend(width.to_be_bytes().into_iter().chain(height.to_be_bytes()));
    head.extend([8, 2, 0, 0, 0]);
    for (kind, data) in
        [(b"IHDR", head), (b"IDAT", packed.finish().expect("packed")), (b"IEND", Vec::new())]
    {
        let (mut crc, mut chunk) = (Crc::new(), kind.to_vec());
        chunk.extend(&data);
        crc.update(&chunk);
        out.extend((data.len() as u32).to_be_bytes());
        out.extend(chunk);
        out.extend(crc.sum().to_be_bytes());
    }
    out
}
