//! A small community with a shop: an owner, two members, three products.
use crate::browser::Browser;
use app::community::who::Who;
use app::db::Tx;
use app::digest::sha256;
use app::sale::save_product::SaveProduct;
use app::{Refusal, Stop, p};
use axum::Router;
use rules::base::{Id, Moment, id};
use rules::community::role::{Rights, Role};
use rules::sale::price::Shipping;
use rules::sale::product::{Kind, NewProduct, NewVariant, Returns, State};
use testkit::{NOON, On};

#[derive(Clone, Copy, Debug)]
pub struct No;
impl Refusal for No {
    fn code(self) -> &'static str {
        "no"
    }
}

pub const COMMUNITY: Id<id::Community> = Id::of(1 << 22);
pub const OWNER: i64 = 11;
pub const MEI: i64 = 12;
pub const LIN: i64 = 13;
/// Signed in, but of no community.
pub const GUEST: i64 = 14;

const PLACE: &str = "INSERT INTO community (id, slug, name, purpose, story, rules, lang, currency,
    zone, jurisdiction, theme, state, created_at)
    VALUES ($1,$2,$3,'','','','en','CNY','Asia/Shanghai','cn','','open',$4)";
const ACCOUNT: &str = "INSERT INTO account (id, name, lang, state, created_at)
    VALUES ($1,$2,'en','active',$3)";
const MEMBER: &str = "INSERT INTO member (community_id, id, account_id, name, bio, role, rights,
    state, joined_at) VALUES ($1,$2,$3,$4,'',$5,'','active',$6)";
const SESSION: &str = "INSERT INTO session (hash, id, account_id, agent, created_at, seen_at,
    until_at) VALUES ($1,$2,$3,'',$4,$4,$5)";
// groups come with another shelf; what checkout reads of them is here until they do
const ROOM: &str = "CREATE TABLE IF NOT EXISTS room (community_id bigint, id bigint,
    pickup_name text, pickup_address text, pickup_hours text)";
const ROOM_MEMBER: &str = "CREATE TABLE IF NOT EXISTS room_member (community_id bigint,
    room_id bigint, member_id bigint, role text)";

pub struct Town {
    pub kith: testkit::House,
    pub router: Router,
}

fn clock() -> Moment {
    NOON
}

pub async fn town() -> Town {
    let kith = testkit::fresh(On::Sqlite).await;
    let setup = web::Setup {
        address: "https://kith.test".into(),
        secure: false,
        show_codes: false,
        development: false,
    };
    let app = kith.app.clone();
    let router = web::routes::router(web::House::new(app, clock, setup));
    let town = Town { kith, router };
    town.write(people).await;
    let shipping = Shipping { fee: 800, free_from: 9900 };
    let hint = "Bank of Kith 0042".to_string();
    town.kith.app.set_shop(NOON, town.who(OWNER), shipping, hint).await.expect("a shop");
    town
}

fn people(tx: &mut Tx<'_>) -> Result<(), Stop<No>> {
    tx.exec(ROOM, p![])?;
    tx.exec(ROOM_MEMBER, p![])?;
    tx.exec(PLACE, p![COMMUNITY, "peach", "Peach Court", NOON])?;
    tx.exec(ACCOUNT, p![GUEST, "Ken", NOON])?;
    tx.exec(SESSION, p![&sha256("token-14"), GUEST, GUEST, NOON, NOON.plus_days(30)])?;
    for (n, name, role) in
        [(OWNER, "Zhou", "owner"), (MEI, "Mei", "member"), (LIN, "Lin", "member")]
    {
        tx.exec(ACCOUNT, p![n, name, NOON])?;
        tx.exec(MEMBER, p![COMMUNITY, n, n, name, role, NOON])?;
        tx.exec(SESSION, p![&sha256(&format!("token-{n}")), n, n, NOON, NOON.plus_days(30)])?;
    }
    Ok(())
}

impl Town {
    pub async fn write(&self, f: impl Fn(&mut Tx<'_>) -> Result<(), Stop<No>> + Send + 'static) {
        self.kith.app.database().write(NOON, f).await.expect("a write");
    }
    pub fn who(&self, n: i64) -> Who {
        let role = if n == OWNER { Role::Owner } else { Role::Member };
        Who {
            community: COMMUNITY,
            member: Id::of(n),
            account: Id::of(n),
            role,
            rights: Rights::of(role, ""),
            muted_until: None,
        }
    }
    pub fn stranger(&self) -> Browser<'_> {
        Browser { town: self, cookie: String::new(), lang: "en", script: false }
    }
    pub fn browser(&self, n: i64) -> Browser<'_> {
        Browser { cookie: format!("token-{n}"), ..self.stranger() }
    }
    /// A product with one variant for each of `choices`, priced one after the other.
    pub async fn product(
        &self,
        title: &str,
        look: &str,
        options: &[&str],
        variants: &[(&[&str], i64, i64)],
    ) -> Id<id::Product> {
        let id = self.kith.app.mint(NOON);
        self.save(id, None, title, look, options, variants).await
    }
    /// The same with everything said, to change one that is there.
    pub async fn save(
        &self,
        id: Id<id::Product>,
        version: Option<i64>,
        title: &str,
        look: &str,
        options: &[&str],
        variants: &[(&[&str], i64, i64)],
    ) -> Id<id::Product> {
        let handle = rules::sale::product::handle_of(title);
        let variants = variants.iter().enumerate().map(|(k, (choices, price, stock))| NewVariant {
            sku: format!("{handle}-{k}"),
            choices: choices.iter().map(|c| c.to_string()).collect(),
            price: *price,
            stock: *stock,
            weight: 0,
            barcode: String::new(),
        });
        let product = NewProduct {
            handle: handle.clone(),
            title: title.into(),
            brief: "Rich and fresh, picked on Monday.".into(),
            story: "Grown two streets away.\nThe neighbours know the field.".into(),
            brand: "Peach Court".into(),
            parent_category: String::new(),
            category: "Food".into(),
            tags: Vec::new(),
            look: look.into(),
            kind: Kind::Goods,
            state: State::Listed,
            returns: Returns::NoReason,
            options: options.iter().map(|o| o.to_string()).collect(),
            variants: variants.collect(),
        };
        let save = SaveProduct { who: self.who(OWNER), id, version, product, pictures: None };
        self.kith.app.save_product(NOON, save).await.expect("a product")
    }
    /// Writes a page where `KITH_KEEP_PAGES` points, to be looked at in a browser.
    pub fn keep(&self, path: &str, lang: &str, html: &str) {
        let Some(folder) = std::env::var_os("KITH_KEEP_PAGES") else { return };
        let path = path.split('?').next().unwrap_or("");
        let name: Vec<&str> = path
            .split('/')
            .filter(|part| {
                !part.is_empty() && !part.contains('_') && !matches!(*part, "c" | "peach")
            })
            .collect();
        let folder = std::path::PathBuf::from(folder);
        std::fs::create_dir_all(&folder).expect("a folder");
        let deep = if path.matches('_').count() > 0 { "-one" } else { "" };
        let file = format!("{}{deep}-{lang}.html", name.join("-"));
        std::fs::write(folder.join(file), html).expect("a kept page");
    }
}
