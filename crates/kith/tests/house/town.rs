//! A community with an owner who buys from itself, and the binary beside it.
use app::community::who::Who;
use app::db::{At, Tx};
use app::sale::capture::{Capture, Taken};
use app::sale::owed::FromWallet;
use app::sale::place_order::{PlaceOrder, To};
use app::sale::refund_order::RefundOrder;
use app::sale::start_payment::StartPayment;
use app::{App, Stop, p};
use rules::base::{Id, Moment, id};
use rules::community::role::{Rights, Role};
use rules::ledger::Provider;
use rules::sale::address::Address;
use std::path::Path;
use std::process::{Command, Output};
use testkit::House;

pub const SLUG: &str = "plum";
pub const C: Id<id::Community> = Id::of(7);
/// Many times what one transaction of an import takes.
pub const PRODUCTS: usize = 300;

const ACCOUNT: &str = "INSERT INTO account (id, name, lang, state, created_at)
    VALUES (1, 'Mei', 'en', 'active', 0)";
const PLACE: &str = "INSERT INTO community (id, slug, name, purpose, story, rules, lang, currency,
    zone, jurisdiction, theme, state, created_at)
    VALUES (7, 'plum', 'Plum Lane', '', '', '', 'en', 'EUR', 'Europe/Berlin', 'eu', '', 'open', 0)";
const MEMBER: &str = "INSERT INTO member (community_id, id, account_id, name, bio, role, rights,
    state, joined_at) VALUES (7, 2, 1, 'Mei', '', 'owner', '', 'active', 0)";

pub fn owner() -> Who {
    Who {
        community: C,
        member: Id::of(2),
        account: Id::of(1),
        role: Role::Owner,
        rights: Rights::of(Role::Owner, ""),
        muted_until: None,
    }
}

pub async fn found(house: &House) {
    let rows = |tx: &mut Tx<'_>| {
        for sql in [ACCOUNT, PLACE, MEMBER] {
            tx.exec(sql, p![])?;
        }
        Ok::<_, Stop<()>>(())
    };
    house.app.database().write(house.now(), rows).await.expect("a community");
}

/// `kith`, on the database of this house.
pub fn kith(at: &At, args: &[&str]) -> Command {
    let mut kith = Command::new(env!("CARGO_BIN_EXE_kith"));
    kith.args(args);
    match at {
        At::File(file) => kith.arg("--data-dir").arg(file.parent().expect("a folder")),
        At::Postgres { url, .. } => {
            let folder = std::env::temp_dir().join("kith-test-without-files");
            kith.arg("--data-dir").arg(folder).arg("--database-url").arg(url)
        }
    };
    kith
}

pub fn said(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    text(&output.stdout) + &text(&output.stderr)
}

/// What a command prints that ends well.
pub fn told(mut command: Command) -> String {
    let output = command.output().expect("a process");
    assert!(output.status.success(), "{command:?}: {}", said(&output));
    String::from_utf8(output.stdout).expect("text")
}

/// A catalogue with two variants of every product.
pub fn catalogue(file: &Path) {
    let mut text = String::from("handle,title,brief,category,tags,option1_name,option1_value,");
    text += "sku,price,stock,weight\n";
    for n in 0..PRODUCTS {
        let shelf = n % 7;
        for (size, price) in [("small", 990 + n), ("large", 1990 + n)] {
            let (euros, cents) = (price / 100, price % 100);
            text += &format!(
                "thing-{n},Thing {n},One of many,Shelf {shelf},\"tag{shelf}, all\",Size,{size},\
                 T-{n}-{size},{euros}.{cents:02},{},{}\n",
                n % 50,
                100 + n
            );
        }
    }
    std::fs::write(file, text).expect("a file");
}

/// Everything an import writes, without the numbers and moments of the rows.
const CATALOGUE: &[&str] = &[
    "SELECT 'product ' || p.handle || '|' || p.title || '|' || p.brief || '|' || p.story || '|'
        || p.kind || '|' || p.look || '|' || p.options || '|' || p.state || '|' || p.returns
        || '|' || p.version || '|' || coalesce(k.name, '')
        FROM product p LEFT JOIN category k ON k.community_id = p.community_id
            AND k.id = p.category_id
        WHERE p.community_id = 7 ORDER BY p.handle",
    "SELECT 'variant ' || p.handle || '|' || v.sku || '|' || v.choices || '|' || v.price || '|'
        || v.on_hand || '|' || v.held || '|' || v.received || '|' || v.weight || '|'
        || v.position || '|' || v.state || '|' || v.version
        FROM variant v JOIN product p ON p.community_id = v.community_id AND p.id = v.product_id
        WHERE v.community_id = 7 ORDER BY v.sku",
    "SELECT 'price ' || v.sku || '|' || h.price FROM price_change h JOIN variant v
        ON v.community_id = h.community_id AND v.id = h.variant_id
        WHERE h.community_id = 7 ORDER BY v.sku, h.at",
    "SELECT 'stock ' || v.sku || '|' || s.qty || '|' || s.reason FROM stock_change s JOIN variant v
        ON v.community_id = s.community_id AND v.id = s.variant_id
        WHERE s.community_id = 7 ORDER BY v.sku, s.id",
    "SELECT 'found by ' || p.handle || '|' || count(*) FROM search_term t JOIN product p
        ON p.community_id = t.community_id AND p.id = t.doc_id AND t.kind = 'product'
        WHERE t.community_id = 7 GROUP BY p.handle ORDER BY p.handle",
];
const BALANCES: &[&str] =
    &["SELECT account || '|' || debits_posted || '|' || credits_posted || '|'
    || debits_pending || '|' || credits_pending FROM balance WHERE community_id = 7
    ORDER BY account"];

async fn lines(app: &App, statements: &'static [&'static str]) -> Vec<String> {
    let read = move |rx: &mut app::db::Rx<'_>| {
        let mut out = Vec::new();
        for sql in statements {
            out.extend(rx.all(sql, p![], |r| r.text(0))?);
        }
        Ok(out)
    };
    app.database().read(read).await.expect("rows")
}
pub async fn shelves(app: &App) -> Vec<String> {
    lines(app, CATALOGUE).await
}
pub async fn balances(app: &App) -> Vec<String> {
    lines(app, BALANCES).await
}
pub async fn products(app: &App) -> i64 {
    const COUNT: &str = "SELECT count(*) FROM product WHERE community_id = 7";
    let read = |rx: &mut app::db::Rx<'_>| rx.one(COUNT, p![], |r| r.int(0));
    app.database().read(read).await.expect("a read").expect("a count")
}

/// Buys one thing and pays for it; of every third one it gets the money back.
pub async fn buy(app: &App, now: Moment, n: usize) {
    let handle = format!("thing-{}", n * 2 + 1);
    let shop = app.database().read(move |rx: &mut app::db::Rx<'_>| {
        const VARIANT: &str = "SELECT v.id FROM variant v JOIN product p
            ON p.community_id = v.community_id AND p.id = v.product_id
            WHERE v.community_id = 7 AND p.handle = $1 ORDER BY v.position LIMIT 1";
        rx.one(VARIANT, p![&handle], |r| r.id(0))
    });
    let variant: Id<id::Variant> = shop.await.expect("a read").expect("a variant");
    let word = str::to_owned;
    let to = Address {
        recipient: word("Mei"),
        phone: word("+49 30 000 0001"),
        region: word("Berlin 10115"),
        street: word("3 Plum Lane"),
    };
    let (who, order, provider) = (owner(), app.mint(now), Provider::Sandbox);
    let place = PlaceOrder {
        who,
        id: order,
        lines: vec![(variant, 1)],
        to: To::Ship(to),
        note: String::new(),
        provider,
        expected: None,
        source: None,
        seat: None,
        coupon: None,
        points: 0,
        wallet: FromWallet::Nothing,
        chain: None,
    };
    app.place_order(now, place).await.expect("an order");
    let payment = app.mint(now);
    let start = StartPayment { who, id: payment, order, provider };
    let amount = app.start_payment(now, start).await.expect("an attempt");
    let (reference, spare) = (format!("ref-{n}"), app.mint(now));
    let capture = Capture { community: C, payment, reference, amount, currency_fits: true, spare };
    assert_eq!(app.take_payment(now, capture).await.expect("money"), Taken::Captured);
    if n.is_multiple_of(3) {
        let page = app.order_page(C, order).await.expect("a read").expect("the order");
        let lines = vec![(page.row.lines[0].id, 1)];
        let (id, reason) = (app.mint(now), word("broken"));
        let refund = RefundOrder { who, id, order, lines, shipping: true, restock: true, reason };
        app.refund_order(now, refund).await.expect("a refund");
    }
}
