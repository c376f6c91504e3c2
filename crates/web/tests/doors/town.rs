//! Two communities; in the first a shop, a group, and something of everything a page can show.
use app::App;
use app::community::PickUp;
use app::community::create_group::CreateGroup;
use app::community::join_community::JoinCommunity;
use app::community::join_group::JoinGroup;
use app::community::open_community::{OpenCommunity, Opened};
use app::community::post_message::PostMessage;
use app::community::request_code::RequestCode;
use app::community::set_role::SetRole;
use app::community::sign_in_with_code::SignInWithCode;
use app::community::who::Who;
use app::content::create_post::CreatePost;
use app::reach::make_webhook::MakeWebhook;
use app::sale::capture::Capture;
use app::sale::open_group_buy::OpenGroupBuy;
use app::sale::save_product::SaveProduct;
use app::sale::ship_order::ShipOrder;
use app::sale::start_payment::StartPayment;
use app::spread::create_share_link::CreateShareLink;
use app::spread::open_packet::OpenPacket;
use app::trust::write_review::WriteReview;
use axum::Router;
use rules::base::{Currency, Id, Lang, id};
use rules::community::contact::ContactKind;
use rules::community::group::{Admission, GroupKind};
use rules::community::open::Jurisdiction;
use rules::community::role::{Right, Role};
use rules::content::post;
use rules::ledger::Provider;
use rules::sale::group_buy::{Terms, WHOLE, WhoMay};
use rules::sale::price::Shipping;
use rules::sale::product::{Kind, NewProduct, NewVariant, Returns, State};
use rules::spread::link::Shown;
use rules::spread::packet::{Needs, Split};
use std::collections::BTreeMap;
use testkit::{NOON, On, order};

/// Who knocks, in the order of the table's columns.
pub const ACTORS: [&str; 6] = ["stranger", "guest", "member", "leader", "staff", "owner"];

pub struct Town {
    pub app: App,
    pub router: Router,
    /// What stands for `{order}` and the like in a route.
    pub things: BTreeMap<&'static str, String>,
    /// The session of each actor; the stranger has none.
    pub tokens: [String; 6],
    _house: testkit::House,
}

struct Person {
    account: Id<id::Account>,
    token: String,
}

async fn person(app: &App, name: &str) -> Person {
    let browser = format!("browser of {name}");
    let (kind, address) = (ContactKind::Email, format!("home of {name}"));
    let target = format!("{name}@example.org");
    let ask = RequestCode { kind, target, browser: browser.clone(), address };
    let sent = app.request_code(NOON, ask).await.expect("a code");
    let (sign_in, code, lang) = (sent.sign_in, sent.code, Lang::En);
    let (name, agent) = (name.to_owned(), String::new());
    let cmd = SignInWithCode { sign_in, code, browser, name, lang, agent };
    let signed_in = app.sign_in_with_code(NOON, cmd).await.expect("a session");
    Person { account: signed_in.account, token: signed_in.token }
}

async fn open(app: &App, owner: &Person, slug: &str) -> Opened {
    let cmd = OpenCommunity {
        id: app.mint(NOON),
        account: owner.account,
        name: format!("{slug} lane"),
        slug: slug.into(),
        purpose: "Neighbours who buy together.".into(),
        rules: "Be kind.".into(),
        lang: Lang::En,
        currency: Currency::Eur,
        zone: "Europe/Berlin".into(),
        jurisdiction: Jurisdiction::Eu,
        theme: String::new(),
        first_group: "Lobby".into(),
    };
    app.open_community(NOON, cmd).await.expect("a community")
}

async fn join(app: &App, c: Id<id::Community>, person: &Person, name: &str) -> Who {
    let (name, tags) = (name.to_owned(), Vec::new());
    let cmd = JoinCommunity { community: c, account: person.account, name, tags, agreed: true };
    app.join_community(NOON, cmd).await.expect("a member");
    app.who_of(c, person.account).await.expect("a look").expect("a member")
}

pub async fn town() -> Town {
    let house = testkit::fresh(On::Sqlite).await;
    let app = house.app.clone();
    let [guest, member, leader, staff, owner] =
        ["guest", "mei", "lin", "wu", "zhou"].map(|name| (name, app.clone()));
    let of = async |(name, app): (&str, App)| person(&app, name).await;
    let (guest, member, leader) = (of(guest).await, of(member).await, of(leader).await);
    let (staff, owner) = (of(staff).await, of(owner).await);
    open(&app, &guest, "other").await;
    let opened = open(&app, &owner, "plum").await;
    let c = opened.community;
    let boss = app.who_of(c, owner.account).await.expect("a look").expect("the owner");
    let mei = join(&app, c, &member, "Mei").await;
    let lin = join(&app, c, &leader, "Lin").await;
    let wu = join(&app, c, &staff, "Wu").await;
    let (role, rights, reason) = (Role::Staff, vec![Right::Orders], "help".to_owned());
    let role = SetRole { community: c, by: boss.member, member: wu.member, role, rights, reason };
    app.set_role(NOON, role).await.expect("staff");
    let mut things = BTreeMap::from([
        ("{community}", "plum".to_owned()),
        ("{member}", lin.member.to_string()),
        ("{hash}", web::assets::url("").trim_matches('/').split_at(2).1.to_owned()),
        ("{*file}", "member.css".into()),
        ("{picture}", "0".repeat(64)),
        ("{width}", "360".into()),
        ("{look}", "tea".into()),
        ("{seed}", "7".into()),
        ("{token}", "0".repeat(64)),
        ("{session}", app.mint::<id::Session>(NOON).to_string()),
    ]);
    talk(&app, (boss, lin, mei), &mut things).await;
    let group = Id::parse(&things["{group}"]).expect("a group's id");
    let packet = OpenPacket {
        who: boss,
        id: app.mint(NOON),
        group,
        split: Split::Equal,
        total: 100,
        slots: 2,
        needs: Needs::Member,
        hours: 1,
        wish: String::new(),
    };
    things.insert("{packet}", packet.id.to_string());
    app.open_packet(NOON, packet).await.expect("a red packet");
    trade(&app, (boss, mei), &mut things).await;
    let (url, events) = ("https://example.org/kith".into(), vec!["order.paid".into()]);
    let hook = MakeWebhook { who: boss, id: app.mint(NOON), url, events };
    things.insert("{webhook}", hook.id.to_string());
    app.make_webhook(NOON, hook).await.expect("an endpoint");
    // a worker has been round, or the house would not be ready
    app.work(NOON, 1).await.expect("a round");
    let setup = web::Setup {
        address: "https://kith.test".into(),
        secure: false,
        show_codes: false,
        development: false,
    };
    let router = web::routes::router(web::House::new(app.clone(), || NOON, setup));
    let tokens = [String::new(), guest.token, member.token, leader.token, staff.token, owner.token];
    Town { app, router, things, tokens, _house: house }
}

type Things = BTreeMap<&'static str, String>;

/// A group that Lin leads and Mei is in, a line in it, a post.
async fn talk(app: &App, (boss, lin, mei): (Who, Who, Who), things: &mut Things) {
    let c = boss.community;
    let group = app.mint(NOON);
    let create = CreateGroup {
        community: c,
        by: boss.member,
        id: group,
        kind: GroupKind::Neighbourhood,
        name: "Third house".into(),
        slug: None,
        purpose: "To buy together.".into(),
        rules: String::new(),
        admission: Admission::Open,
        capacity: None,
        pickup: PickUp {
            name: "Shed".into(),
            address: "Behind the house".into(),
            hours: "9 to 5".into(),
        },
        leader: Some(lin.member),
        tags: Vec::new(),
    };
    app.create_group(NOON, create).await.expect("a group");
    let (code, words) = (None, String::new());
    let join = JoinGroup { community: c, member: mei.member, group, agreed: true, code, words };
    app.join_group(NOON, join).await.expect("in the group");
    let line = PostMessage {
        community: c,
        member: mei.member,
        group,
        id: app.mint(NOON),
        text: "Are there plums?".into(),
        product: None,
        reply_to: None,
    };
    things.insert("{group}", group.to_string());
    things.insert("{message}", line.id.to_string());
    app.post_message(NOON, line).await.expect("a line");
    let post = CreatePost {
        community: c,
        by: mei.member,
        id: app.mint(NOON),
        kind: post::Kind::Note,
        group: None,
        groups: Vec::new(),
        title: String::new(),
        text: "The plums are ripe.".into(),
        link: String::new(),
        pictures: Vec::new(),
        cards: Vec::new(),
        tags: Vec::new(),
        mentions: Vec::new(),
        lang: Lang::En,
        publish: true,
    };
    things.insert("{post}", post.id.to_string());
    app.create_post(NOON, post).await.expect("a post");
}

fn plums() -> NewProduct {
    let variant = NewVariant {
        sku: "plums".into(),
        choices: Vec::new(),
        price: 500,
        stock: 100_000,
        weight: 0,
        barcode: String::new(),
    };
    NewProduct {
        handle: "plums".into(),
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
    }
}

/// Mei buys twice: one order is received and reviewed, one waits for its money.
async fn trade(app: &App, (boss, mei): (Who, Who), things: &mut Things) {
    let shipping = Shipping { fee: 0, free_from: 0 };
    app.set_shop(NOON, boss, shipping, "Bank of plums".into()).await.expect("a shop");
    let id = app.mint(NOON);
    let save = SaveProduct { who: boss, id, version: None, product: plums(), pictures: None };
    let product = app.save_product(NOON, save).await.expect("plums");
    let page = app.product(boss.community, product, false).await.expect("a look").expect("plums");
    let variant = page.variants[0].id;
    let order = async || {
        let place = order::delivered(mei, app.mint(NOON), vec![(variant, 1)]);
        let order = place.id;
        app.place_order(NOON, place).await.expect("an order");
        let payment = app.mint(NOON);
        let start = StartPayment { who: mei, id: payment, order, provider: Provider::Sandbox };
        (order, payment, app.start_payment(NOON, start).await.expect("an attempt"))
    };
    let (bought, payment, amount) = order().await;
    let (community, reference, spare) = (boss.community, "ref".to_owned(), app.mint(NOON));
    let money = Capture { community, payment, reference, amount, currency_fits: true, spare };
    app.take_payment(NOON, money).await.expect("money");
    let (carrier, tracking, parcel) = ("DHL".into(), "1".into(), app.mint(NOON));
    let ship = ShipOrder { who: boss, parcel, order: bought, lines: vec![], carrier, tracking };
    app.ship_order(NOON, ship).await.expect("a parcel");
    app.confirm_receipt(NOON, mei, bought).await.expect("received");
    let page = app.order_page(community, bought).await.expect("a look").expect("the order");
    let review = WriteReview {
        community,
        by: mei.member,
        id: app.mint(NOON),
        line: page.row.lines[0].id,
        stars: Some(5),
        text: "Sweet.".into(),
        pictures: Vec::new(),
        anonymous: false,
        imported: false,
    };
    let (kind, thing) = (Shown::Product, product.raw());
    let share = CreateShareLink { community, by: mei.member, kind, thing, visitor: None };
    things.insert("{code}", app.create_share_link(NOON, share).await.expect("a link"));
    things.insert("{bought}", bought.to_string());
    things.insert("{line}", review.line.to_string());
    things.insert("{review}", review.id.to_string());
    app.write_review(NOON, review).await.expect("a review");
    things.insert("{campaign}", together(app, boss, product, variant).await);
    let (waiting, payment, _) = order().await;
    things.insert("{product}", product.to_string());
    things.insert("{variant}", variant.to_string());
    things.insert("{order}", waiting.to_string());
    things.insert("{cause}", bought.to_string());
    things.insert("{payment}", payment.to_string());
}

/// A group buy that nobody has joined.
async fn together(
    app: &App,
    who: Who,
    product: Id<id::Product>,
    variant: Id<id::Variant>,
) -> String {
    let terms = Terms {
        title: "Plums together".into(),
        story: String::new(),
        size: 3,
        fill: WHOLE,
        life_hours: 24,
        starts: NOON,
        ends: NOON.plus_days(7),
        most: 0,
        per_member: 1,
        opens: WhoMay::Everyone,
        joins: WhoMay::Everyone,
    };
    let (id, prices) = (app.mint(NOON), vec![(variant, 450, 400)]);
    let open = OpenGroupBuy { who, id, product, group: None, terms, prices };
    app.open_group_buy(NOON, open).await.expect("a group buy");
    id.to_string()
}

impl Town {
    /// A route with everything in its place.
    pub fn path(&self, route: &str) -> String {
        let mut path = self.filled(route);
        // what the town has none of: a number nobody has
        while let (Some(from), Some(to)) = (path.find('{'), path.find('}')) {
            path.replace_range(from..=to, "0");
        }
        path
    }
    /// The same, of a route that was spoilt before.
    pub fn filled(&self, route: &str) -> String {
        let mut path = route.to_owned();
        if route.contains("/groups/") {
            path = path.replace("{line}", "{message}");
        }
        if route.contains("/lines/") {
            path = path.replace("{order}", "{bought}");
        }
        for (name, value) in &self.things {
            path = path.replace(name, value);
        }
        if route.contains("/reviews/{review}") {
            // the page of a review is reached from its product's
            path = format!("{path}?product={}", self.things["{product}"]);
        }
        path
    }
}
