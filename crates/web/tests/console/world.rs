//! A community with an owner, staff and a buyer, behind the real router.
use app::community::who::Who;
use app::db::{Tx, Val};
use app::digest::sha256;
use app::sale::give_proof::GiveProof;
use app::sale::place_order::{PlaceOrder, To};
use app::sale::refund_order::RefundOrder;
use app::sale::save_product::SaveProduct;
use app::sale::ship_order::ShipOrder;
use app::sale::start_payment::StartPayment;
use app::{Refusal, Stop, p};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};
use rules::base::{Id, Moment, id};
use rules::community::role::{Rights, Role};
use rules::ledger::Provider;
use rules::sale::address::Address;
use rules::sale::price::Shipping;
use rules::sale::product::{Kind, NewProduct, NewVariant, Returns, State};
use scraper::{Html, Selector};
use std::io::Write;
use testkit::{NOON, On, order};
use tower::ServiceExt;
use web::{House, Setup};

pub const BASE: &str = "/c/peach/console";
pub const C: Id<id::Community> = Id::of(7);

#[derive(Clone, Copy, Debug)]
struct Never;
impl Refusal for Never {
    fn code(self) -> &'static str {
        "never"
    }
}

pub struct World {
    pub kit: testkit::House,
    pub router: Router,
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub location: String,
    pub text: String,
}

impl Answer {
    pub fn page(&self) -> Html {
        Html::parse_document(&self.text)
    }
    /// The texts of all elements a selector finds, blanks drawn together.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        let selector = Selector::parse(selector).expect("a selector");
        let text = |e: scraper::ElementRef<'_>| e.text().collect::<Vec<_>>().join(" ");
        let words = |t: String| t.split_whitespace().collect::<Vec<_>>().join(" ");
        self.page().select(&selector).map(|e| words(text(e))).collect()
    }
    /// An attribute of the first element a selector finds.
    pub fn attr(&self, selector: &str, name: &str) -> String {
        let parsed = Selector::parse(selector).expect("a selector");
        let page = self.page();
        let found = page.select(&parsed).next();
        let found = found.unwrap_or_else(|| panic!("no {selector} in {}", self.text));
        found.attr(name).unwrap_or_default().to_string()
    }
    pub fn value(&self, selector: &str) -> String {
        self.attr(selector, "value")
    }
}

const COMMUNITY: &str = "INSERT INTO community (id, slug, name, purpose, story, rules, lang,
    currency, zone, jurisdiction, theme, state, created_at)
    VALUES ($1,'peach','桃源里','','','','zh-Hans','CNY','Asia/Shanghai','CN','','open',$2)";
const ACCOUNT: &str = "INSERT INTO account (id, name, lang, state, created_at)
    VALUES ($1,$2,'zh-Hans','active',$3)";
const MEMBER: &str = "INSERT INTO member (community_id, id, account_id, name, bio, role, rights,
    state, joined_at) VALUES ($1,$2,$2,$3,'',$4,$5,'active',$6)";
const SESSION: &str = "INSERT INTO session (hash, id, account_id, agent, created_at, seen_at,
    until_at) VALUES ($1,$2,$2,'',$3,$3,$4)";
/// The community shelf brings the table; until then the overview counts in an empty one.
const MESSAGE: &str = "CREATE TABLE IF NOT EXISTS message (community_id bigint NOT NULL,
    id bigint NOT NULL, member_id bigint)";

/// Everything was done at noon; pages are looked at an hour later.
fn clock() -> Moment {
    NOON.plus_minutes(60)
}

pub async fn world() -> World {
    let kit = testkit::fresh(On::Sqlite).await;
    let run = |sql: &'static str, args: Vec<app::db::Owned>| {
        let db = kit.app.database().clone();
        async move {
            let write = move |tx: &mut Tx<'_>| {
                let args: Vec<Val<'_>> = args.iter().map(app::db::Owned::as_val).collect();
                Ok::<_, Stop<Never>>(tx.exec(sql, &args)?)
            };
            db.write(NOON, write).await.expect("a row");
        }
    };
    let owned = |args: &[Val<'_>]| args.iter().map(|v| app::db::Owned::from(*v)).collect();
    run(MESSAGE, Vec::new()).await;
    run(COMMUNITY, owned(p![C, NOON])).await;
    let people = [
        (11, "主理人", "owner", ""),
        (12, "发货员", "staff", "orders"),
        (13, "梅姐", "member", ""),
    ];
    for (id, name, role, rights) in people {
        run(ACCOUNT, owned(p![id, name, NOON])).await;
        run(MEMBER, owned(p![C, id, name, role, rights, NOON])).await;
        let hash = sha256(&format!("token-{id}"));
        run(SESSION, owned(p![&hash, id, NOON, NOON.plus_days(30)])).await;
    }
    let setup = Setup {
        address: "http://localhost".into(),
        secure: false,
        show_codes: true,
        development: false,
    };
    let house = House::new(kit.app.clone(), clock, setup);
    World { router: web::routes::router(house), kit }
}

fn who(member: i64, role: Role) -> Who {
    Who {
        community: C,
        member: Id::of(member),
        account: Id::of(member),
        role,
        rights: Rights::of(role, ""),
        muted_until: None,
    }
}
pub fn owner() -> Who {
    who(11, Role::Owner)
}
pub fn buyer() -> Who {
    who(13, Role::Member)
}

fn variant(sku: &str, choice: &str, price: i64) -> NewVariant {
    NewVariant {
        sku: sku.into(),
        choices: vec![choice.into()],
        price,
        stock: 20,
        weight: 500,
        barcode: String::new(),
    }
}

impl World {
    /// Sends a request as the person with this number; 0 is a stranger.
    pub async fn ask(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        let status = response.status();
        let location = response.headers().get("location").and_then(|v| v.to_str().ok());
        let location = location.unwrap_or_default().to_string();
        let bytes = to_bytes(response.into_body(), usize::MAX).await.expect("a body");
        Answer { status, location, text: String::from_utf8_lossy(&bytes).into_owned() }
    }
    pub async fn get(&self, person: i64, path: &str) -> Answer {
        let request = Request::get(path).header("cookie", format!("kith=token-{person}"));
        self.ask(request.body(Body::empty()).expect("a request")).await
    }
    pub async fn post(&self, person: i64, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body: Vec<String> =
            fields.iter().map(|(n, v)| format!("{n}={}", web::edge::query_value(v))).collect();
        let request = Request::post(path)
            .header("cookie", format!("kith=token-{person}"))
            .header("content-type", "application/x-www-form-urlencoded");
        self.ask(request.body(Body::from(body.join("&"))).expect("a request")).await
    }
    pub async fn upload(&self, path: &str, file: &str, now: bool) -> Answer {
        let mut body = format!(
            "--seam\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\
             Content-Type: text/csv\r\n\r\n{file}\r\n"
        );
        if now {
            body += "--seam\r\nContent-Disposition: form-data; name=\"now\"\r\n\r\non\r\n";
        }
        body += "--seam--\r\n";
        let request = Request::post(path)
            .header("cookie", "kith=token-11")
            .header("content-type", "multipart/form-data; boundary=seam");
        self.ask(request.body(Body::from(body)).expect("a request")).await
    }
    /// Peaches in two sizes, delivery for 8.00.
    pub async fn shop(&self) -> Id<id::Product> {
        let app = &self.kit.app;
        let shipping = Shipping { fee: 800, free_from: 0 };
        app.set_shop(NOON, owner(), shipping, "农行 6228".into()).await.expect("a shop");
        let product = NewProduct {
            handle: "peach".into(),
            title: "阳山水蜜桃".into(),
            brief: "早上摘的".into(),
            story: "很甜".into(),
            brand: "阳山".into(),
            parent_category: "生鲜".into(),
            category: "水果".into(),
            tags: Vec::new(),
            look: "fruit".into(),
            kind: Kind::Goods,
            state: State::Listed,
            returns: Returns::Fresh,
            options: vec!["大小".into()],
            variants: vec![variant("P-5", "五斤", 3990), variant("P-10", "十斤", 7500)],
        };
        let id = app.mint(NOON);
        let save = SaveProduct { who: owner(), id, version: None, product, pictures: None };
        app.save_product(NOON, save).await.expect("a product")
    }
    /// Three small boxes and a large one, sent to `recipient`, paid by transfer with a slip.
    pub async fn order(&self, product: Id<id::Product>, recipient: &str) -> Id<id::Order> {
        let app = &self.kit.app;
        let known = app.product(C, product, false).await.expect("a read").expect("there");
        let lines = vec![(known.variants[0].id, 3), (known.variants[1].id, 1)];
        let address = Address {
            recipient: recipient.into(),
            phone: "13800138000".into(),
            region: "江苏省 无锡市 惠山区".into(),
            street: "桃源里 3 号楼".into(),
        };
        let order: Id<id::Order> = app.mint(NOON);
        let (to, note, provider) = (To::Ship(address), "放门口".into(), Provider::Manual);
        let plain = order::delivered(buyer(), order, lines);
        let place = PlaceOrder { to, note, provider, ..plain };
        app.place_order(NOON, place).await.expect("an order");
        let payment: Id<id::Payment> = app.mint(NOON);
        let start = StartPayment { who: buyer(), id: payment, order, provider: Provider::Manual };
        app.start_payment(NOON, start).await.expect("an attempt");
        let proof = GiveProof {
            who: buyer(),
            payment,
            slip: format!("SLIP-{}", payment.raw()),
            picture: String::new(),
        };
        app.give_proof(NOON, proof).await.expect("a proof");
        order
    }
    /// The same, and the owner has seen the money.
    pub async fn paid(&self, product: Id<id::Product>, recipient: &str) -> Id<id::Order> {
        let order = self.order(product, recipient).await;
        let page = self.kit.app.order_page(C, order).await.expect("a read").expect("there");
        let confirm = self.kit.app.confirm_proof(NOON, owner(), page.payments[0].id);
        confirm.await.expect("the money is there");
        order
    }
    pub async fn ship(&self, order: Id<id::Order>) {
        let ship = ShipOrder {
            who: owner(),
            parcel: self.kit.app.mint(NOON),
            order,
            lines: Vec::new(),
            carrier: "顺丰".into(),
            tracking: "SF1024".into(),
        };
        self.kit.app.ship_order(NOON, ship).await.expect("on its way");
    }
    /// The jobs of this order have used up their tries.
    pub async fn give_up(&self, subject: i64) {
        const STUCK: &str = "UPDATE job SET state = 'gave_up', attempts = 12, reason = 'down'
            WHERE community_id = $1 AND subject = $2";
        let write = move |tx: &mut Tx<'_>| Ok::<_, Stop<Never>>(tx.exec(STUCK, p![C, subject])?);
        let stuck = self.kit.app.database().write(NOON, write).await.expect("a statement");
        assert_eq!(stuck, 1, "one job");
    }
    /// A form with a picture, as the owner's browser sends it.
    pub async fn send_picture(&self, path: &str, fields: &[(&str, &str)], png: &[u8]) -> Answer {
        let mut body = Vec::new();
        for (name, value) in fields {
            let part = format!(
                "--seam\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            );
            body.extend(part.into_bytes());
        }
        body.extend(
            b"--seam\r\nContent-Disposition: form-data; name=\"pictures\"; filename=\"a.png\"\r\n\
              Content-Type: image/png\r\n\r\n",
        );
        body.extend(png);
        body.extend(b"\r\n--seam--\r\n");
        let request = Request::post(path)
            .header("cookie", "kith=token-11")
            .header("content-type", "multipart/form-data; boundary=seam");
        self.ask(request.body(Body::from(body)).expect("a request")).await
    }
    /// One unit of the first line; a person has to pay it back.
    pub async fn give_one_back(&self, order: Id<id::Order>) {
        let page = self.kit.app.order_page(C, order).await.expect("a read").expect("there");
        let refund = RefundOrder {
            who: owner(),
            id: self.kit.app.mint(NOON),
            order,
            lines: vec![(page.row.lines[0].id, 1)],
            shipping: false,
            restock: true,
            reason: "坏了一箱".into(),
        };
        self.kit.app.refund_order(NOON, refund).await.expect("a refund");
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
