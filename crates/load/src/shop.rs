//! A community with a shop, made through the verbs.
use anyhow::{Context, Result, anyhow};
use app::community::join_community::JoinCommunity;
use app::community::join_group::JoinGroup;
use app::community::open_community::OpenCommunity;
use app::community::request_code::RequestCode;
use app::community::sign_in_with_code::SignInWithCode;
use app::community::who::Who;
use app::db::At;
use app::sale::owed::FromWallet;
use app::sale::place_order::{PlaceOrder, To};
use app::sale::save_product::SaveProduct;
use app::{App, Chance, Db, Refusal, Stop};
use gateway::Gateway;
use gateway::mail::Mail;
use gateway::outward::Outward;
use gateway::payments::Payments;
use gateway::second_factor::SecondFactor;
use gateway::webhooks::Webhooks;
use rules::base::{Currency, Id, Lang, Moment, id};
use rules::community::contact::ContactKind;
use rules::community::open::Jurisdiction;
use rules::ledger::Provider;
use rules::sale::address::Address;
use rules::sale::product::{Kind, NewProduct, NewVariant, Returns, State};
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

pub struct Shop {
    pub owner: Who,
    members: Vec<Who>,
    /// The session of each of them.
    pub tokens: Vec<String>,
    pub products: Vec<(Id<id::Product>, Id<id::Variant>)>,
}

pub fn now() -> Moment {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    Moment(since.map_or(0, |d| d.as_millis() as i64))
}

/// A refusal where none is expected.
pub fn told<T, R: Refusal>(out: Result<T, Stop<R>>) -> Result<T> {
    out.map_err(|stop| match stop {
        Stop::Refused(no) => anyhow!("refused: {}", no.code()),
        Stop::Fault(fault) => anyhow!("{fault}"),
    })
}

/// The house on a file of SQLite.
pub async fn open(file: &Path) -> Result<App> {
    open_at(At::File(file.to_path_buf()), &file.with_extension("files")).await
}

pub async fn open_at(at: At, files: &Path) -> Result<App> {
    let db = tokio::task::spawn_blocking(move || Db::open(&at)).await?;
    let files = gateway::files::Files::new(files.to_path_buf())?;
    let payments = Payments::new(Some(b"bench"));
    let webhooks = Webhooks::new(Outward::kept(), &[0; 32]);
    let second_factor = SecondFactor::new(&[0; 32]);
    let gateway = Gateway { payments, mail: Mail::Off, files, webhooks, second_factor };
    Ok(App::new(db.map_err(|e| anyhow!("{e}"))?, Chance::system(), gateway))
}

pub async fn fill(app: &App, products: usize, members: usize) -> Result<Shop> {
    let owner = account(app, now(), 0).await?.0;
    let cmd = OpenCommunity {
        id: app.mint(now()),
        account: owner,
        name: "Bench".into(),
        slug: "bench".into(),
        purpose: "To be measured.".into(),
        rules: "Be kind.".into(),
        lang: Lang::En,
        currency: Currency::Eur,
        zone: "Europe/Berlin".into(),
        jurisdiction: Jurisdiction::Eu,
        theme: String::new(),
        first_group: "Lobby".into(),
    };
    let opened = told(app.open_community(now(), cmd).await)?;
    let (c, group) = (opened.community, opened.group);
    let owner = who(app, c, owner).await?;
    let mut shop = Shop { owner, members: Vec::new(), tokens: Vec::new(), products: Vec::new() };
    for n in 0..products {
        let id = told(app.save_product(now(), product(app, owner, n)).await)?;
        let page = app.product(c, id, false).await.map_err(|e| anyhow!("{e}"))?;
        let variant = page.and_then(|p| p.variants.first().map(|v| v.id));
        shop.products.push((id, variant.context("a product without a variant")?));
    }
    for n in 1..=members {
        let (who, token) = join(app, now(), c, n).await?;
        let (code, words) = (None, String::new());
        let join = JoinGroup { community: c, member: who.member, group, agreed: true, code, words };
        told(app.join_group(now(), join).await)?;
        shop.members.push(who);
        shop.tokens.push(token);
    }
    Ok(shop)
}

/// Person number `n`, as a member; and her session.
pub async fn join(app: &App, now: Moment, c: Id<id::Community>, n: usize) -> Result<(Who, String)> {
    let ((account, token), name) = (account(app, now, n).await?, format!("Member {n}"));
    let tags = Vec::new();
    let cmd = JoinCommunity { community: c, account, name, tags, agreed: true };
    told(app.join_community(now, cmd).await)?;
    Ok((who(app, c, account).await?, token))
}

async fn who(app: &App, c: Id<id::Community>, account: Id<id::Account>) -> Result<Who> {
    let who = app.who_of(c, account).await.map_err(|e| anyhow!("{e}"))?;
    who.context("nobody is there after joining")
}

async fn account(app: &App, now: Moment, n: usize) -> Result<(Id<id::Account>, String)> {
    let (kind, browser) = (ContactKind::Email, format!("browser-{n}"));
    let (target, address) = (format!("member-{n}@example.org"), format!("192.0.2.{n}"));
    let ask = RequestCode { kind, target, browser: browser.clone(), address };
    let sent = told(app.request_code(now, ask).await)?;
    let cmd = SignInWithCode {
        sign_in: sent.sign_in,
        code: sent.code,
        browser,
        name: format!("Member {n}"),
        lang: Lang::En,
        agent: "bench".into(),
    };
    let signed_in = told(app.sign_in_with_code(now, cmd).await)?;
    Ok((signed_in.account, signed_in.token))
}

fn product(app: &App, who: Who, n: usize) -> SaveProduct {
    let variant = NewVariant {
        sku: format!("bench-{n}"),
        choices: Vec::new(),
        price: 990 + n as i64,
        stock: 1_000_000,
        weight: 0,
        barcode: String::new(),
    };
    let product = NewProduct {
        handle: format!("thing-{n}"),
        title: format!("Thing number {n}"),
        brief: "A thing to be ordered.".into(),
        story: "Nothing more is known of it.".into(),
        brand: "Bench".into(),
        parent_category: String::new(),
        category: "Things".into(),
        tags: Vec::new(),
        look: "tea".into(),
        kind: Kind::Goods,
        state: State::Listed,
        returns: Returns::NoReason,
        options: Vec::new(),
        variants: vec![variant],
    };
    SaveProduct { who, id: app.mint(now()), version: None, product, pictures: None }
}

impl Shop {
    /// One unit of some product to the caller's own address.
    pub async fn order(&self, app: &App, caller: usize) -> Result<()> {
        let id = app.mint::<id::Order>(now());
        // ids of one moment follow each other: multiply to spread them over the shelf
        let pick = (id.raw() as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 33;
        let variant = self.products[pick as usize % self.products.len()].1;
        let order = one(self.members[caller % self.members.len()], id, variant, caller);
        told(app.place_order(now(), order).await).map(drop)
    }
}

/// One unit to the address of person number `n`.
pub fn one(who: Who, id: Id<id::Order>, variant: Id<id::Variant>, n: usize) -> PlaceOrder {
    let to = Address {
        recipient: format!("Member {n}"),
        phone: "+49 30 0000 0000".into(),
        region: "Berlin 10115".into(),
        street: format!("Garden Street {n}"),
    };
    PlaceOrder {
        who,
        id,
        lines: vec![(variant, 1)],
        to: To::Ship(to),
        note: String::new(),
        provider: Provider::Sandbox,
        expected: None,
        source: None,
        seat: None,
        coupon: None,
        points: 0,
        wallet: FromWallet::Nothing,
        chain: None,
    }
}
