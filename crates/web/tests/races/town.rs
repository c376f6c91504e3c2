//! A community with a shop and signed-in members, made through the verbs.
use crate::browser::{Browser, Fields};
use app::community::join_community::JoinCommunity;
use app::community::open_community::OpenCommunity;
use app::community::request_code::RequestCode;
use app::community::sign_in_with_code::SignInWithCode;
use app::community::who::Who;
use app::sale::save_product::SaveProduct;
use app::sale::views::OrderPage;
use app::sale::views_catalogue::Product;
use axum::Router;
use rules::base::{Currency, Id, Lang, Moment, id};
use rules::community::contact::ContactKind;
use rules::community::open::Jurisdiction;
use rules::sale::price::Shipping;
use rules::sale::product::{Kind, NewProduct, NewVariant, Returns, State};
use testkit::{House, NOON};

pub const BASE: &str = "/c/plum";

pub struct Town {
    pub house: House,
    pub router: Router,
    pub community: Id<id::Community>,
    pub owner: Who,
    pub members: Vec<Browser>,
}

fn clock() -> Moment {
    NOON
}

/// An owner and so many members, each with a session.
pub async fn town(house: House, members: usize) -> Town {
    let setup = web::Setup {
        address: "https://kith.test".into(),
        secure: false,
        show_codes: false,
        development: false,
    };
    let router = web::routes::router(web::House::new(house.app.clone(), clock, setup));
    let (account, _) = sign_in(&house, 0).await;
    let cmd = OpenCommunity {
        id: house.app.mint(NOON),
        account,
        name: "Plum Lane".into(),
        slug: "plum".into(),
        purpose: "Neighbours who buy together.".into(),
        rules: "Be kind.".into(),
        lang: Lang::En,
        currency: Currency::Eur,
        zone: "Europe/Berlin".into(),
        jurisdiction: Jurisdiction::Eu,
        theme: String::new(),
        first_group: "Lobby".into(),
    };
    let community = house.app.open_community(NOON, cmd).await.expect("a community").community;
    let owner = house.app.who_of(community, account).await.expect("a look").expect("the owner");
    let shipping = Shipping { fee: 0, free_from: 0 };
    house.app.set_shop(NOON, owner, shipping, String::new()).await.expect("a shop");
    let mut town = Town { house, router, community, owner, members: Vec::new() };
    for n in 1..=members {
        let (account, token) = sign_in(&town.house, n).await;
        let (name, tags) = (format!("Member {n}"), Vec::new());
        let cmd = JoinCommunity { community, account, name, tags, agreed: true };
        town.house.app.join_community(NOON, cmd).await.expect("a member");
        town.members.push(Browser { router: town.router.clone(), token });
    }
    town
}

async fn sign_in(house: &House, n: usize) -> (Id<id::Account>, String) {
    let ask = RequestCode {
        kind: ContactKind::Email,
        target: format!("member-{n}@example.org"),
        browser: format!("browser-{n}"),
        address: format!("192.0.2.{n}"),
    };
    let sent = house.app.request_code(NOON, ask).await.expect("a code");
    let cmd = SignInWithCode {
        sign_in: sent.sign_in,
        code: sent.code,
        browser: format!("browser-{n}"),
        name: format!("Member {n}"),
        lang: Lang::En,
        agent: String::new(),
    };
    let signed_in = house.app.sign_in_with_code(NOON, cmd).await.expect("a session");
    (signed_in.account, signed_in.token)
}

impl Town {
    /// A product with one variant.
    pub async fn product(&self, price: i64, stock: i64) -> Product {
        let app = &self.house.app;
        let variant = NewVariant {
            sku: format!("plums-{stock}"),
            choices: Vec::new(),
            price,
            stock,
            weight: 0,
            barcode: String::new(),
        };
        let product = NewProduct {
            handle: format!("plums-{stock}"),
            title: "Plums".into(),
            brief: "Picked on Monday.".into(),
            story: String::new(),
            brand: String::new(),
            parent_category: String::new(),
            category: "Food".into(),
            tags: Vec::new(),
            look: "fruit".into(),
            kind: Kind::Goods,
            state: State::Listed,
            returns: Returns::NoReason,
            options: Vec::new(),
            variants: vec![variant],
        };
        let id = app.mint(NOON);
        let save = SaveProduct { who: self.owner, id, version: None, product, pictures: None };
        let id = app.save_product(NOON, save).await.expect("a product");
        self.shelf(id).await
    }
    /// The product as it lies on the shelf now.
    pub async fn shelf(&self, id: Id<id::Product>) -> Product {
        let found = self.house.app.product(self.community, id, true).await;
        found.expect("a look").expect("the product")
    }
    /// The form of the checkout page for one unit, delivered for nothing.
    pub fn checkout(&self, product: &Product) -> Fields {
        let (app, variant) = (&self.house.app, &product.variants[0]);
        vec![
            ("order", app.mint::<id::Order>(NOON).to_string()),
            ("payment", app.mint::<id::Payment>(NOON).to_string()),
            ("line", format!("{} 1", variant.id)),
            ("expected", variant.price.to_string()),
            ("way", "ship".into()),
            ("address", "new".into()),
            ("name", "Mei".into()),
            ("phone", "+49 30 000 0001".into()),
            ("region", "Berlin 10115".into()),
            ("street", "3 Plum Lane".into()),
            ("provider", "sandbox".into()),
        ]
    }
    pub async fn order(&self, id: &str) -> Option<OrderPage> {
        let id = Id::parse(id).expect("an order's number");
        self.house.app.order_page(self.community, id).await.expect("a look")
    }
    pub async fn audited(&self) {
        let report = self.house.app.audit(NOON).await.expect("an audit");
        assert!(report.clean(), "{:?}: {:#?}", self.house.on, report.findings);
    }
}

pub fn field<'f>(fields: &'f Fields, name: &str) -> &'f str {
    fields.iter().find(|(n, _)| *n == name).map_or("", |(_, value)| value)
}
