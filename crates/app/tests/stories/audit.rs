//! The audit: clean after a life through the verbs, and no corruption of one row escapes it.
use app::audit::{Report, look};
use app::community::who::Who;
use app::db::{Rx, Tx};
use app::sale::adjust_stock::{AdjustStock, Reason};
use app::sale::ask_refund::{self, AskRefund};
use app::sale::cancel_order::CancelOrder;
use app::sale::capture::{Capture, Taken};
use app::sale::give_proof::GiveProof;
use app::sale::place_order::{PlaceOrder, To};
use app::sale::refund_order::RefundOrder;
use app::sale::save_product::SaveProduct;
use app::sale::ship_order::ShipOrder;
use app::sale::start_payment::StartPayment;
use app::{Fault, Stop, p};
use gateway::payments::Outcome;
use rules::base::moment::{DAY, MINUTE};
use rules::base::{Id, id};
use rules::community::role::{Rights, Role};
use rules::ledger::Provider;
use rules::sale::address::Address;
use rules::sale::case::Reason as Why;
use rules::sale::price::Shipping;
use rules::sale::product::{Kind, NewProduct, NewVariant, Returns, State};
use std::collections::BTreeMap;
use testkit::{House, both};

const C: i64 = 7;
const DAYS_3: i64 = 3 * DAY;

/// What a corruption names: `paid`, `paid_0` (its first line), `paid_pay`.
type Names = BTreeMap<String, i64>;

fn leaked(sql: String) -> &'static str {
    Box::leak(sql.into_boxed_str())
}

async fn exec(house: &House, sql: &'static str) {
    let run = move |tx: &mut Tx<'_>| Ok::<_, Stop<()>>(tx.exec(sql, p![])?);
    house.app.database().write(house.now(), run).await.expect("a statement");
}
pub async fn number(house: &House, sql: String) -> i64 {
    let sql = leaked(sql);
    let read = house.app.database().read(move |rx| rx.one(sql, p![], |r| r.int(0)));
    read.await.expect("a read").unwrap_or_else(|| panic!("no row: {sql}"))
}

/// A community with one owner who buys from itself.
pub struct Life {
    pub house: House,
    pub who: Who,
    names: Names,
}

fn variant(sku: &str, choice: &str, price: i64, stock: i64) -> NewVariant {
    let (sku, choices) = (sku.to_string(), vec![choice.to_string()]);
    NewVariant { sku, choices, price, stock, weight: 100, barcode: String::new() }
}

fn product(handle: &str, variants: Vec<NewVariant>) -> NewProduct {
    let none = String::new;
    NewProduct {
        handle: handle.into(),
        title: handle.into(),
        brief: none(),
        story: none(),
        brand: none(),
        parent_category: none(),
        category: none(),
        tags: Vec::new(),
        look: none(),
        kind: Kind::Goods,
        state: State::Listed,
        returns: Returns::NoReason,
        options: vec!["size".into()],
        variants,
    }
}

fn address() -> Address {
    let t = |s: &str| s.to_string();
    let (recipient, phone) = (t("周梅"), t("19000000001"));
    Address { recipient, phone, region: t("上海市 黄浦区"), street: t("云南中路 3 号") }
}

impl Life {
    pub async fn begin(house: House) -> Life {
        exec(
            &house,
            "INSERT INTO account (id, name, lang, state, created_at)
            VALUES (1, 'mei', 'zh-Hans', 'active', 0)",
        )
        .await;
        exec(
            &house,
            "INSERT INTO community (id, slug, name, purpose, story, rules, lang, currency, zone,
            jurisdiction, theme, state, created_at) VALUES
            (7, 'c', 'C', '', '', '', 'zh-Hans', 'CNY', 'Asia/Shanghai', 'cn', '', 'open', 0)",
        )
        .await;
        exec(
            &house,
            "INSERT INTO member (community_id, id, account_id, name, bio, role, rights, state,
            joined_at) VALUES (7, 2, 1, 'mei', '', 'owner', '', 'active', 0)",
        )
        .await;
        let who = Who {
            community: Id::of(C),
            member: Id::of(2),
            account: Id::of(1),
            role: Role::Owner,
            rights: Rights::of(Role::Owner, ""),
            muted_until: None,
        };
        Life { house, who, names: Names::new() }
    }
    /// An account and member of this number.
    pub async fn insert_member(&mut self, n: i64) {
        let account = format!(
            "INSERT INTO account (id, name, lang, state, created_at)
            VALUES ({n}, 'm{n}', 'zh-Hans', 'active', 0)"
        );
        exec(&self.house, leaked(account)).await;
        let member = format!(
            "INSERT INTO member (community_id, id, account_id, name, bio, role, rights, state,
            joined_at) VALUES (7, {n}, {n}, 'm{n}', '', 'member', '', 'active', 0)"
        );
        exec(&self.house, leaked(member)).await;
    }
    pub fn id<T>(&self, name: &str) -> Id<T> {
        Id::of(*self.names.get(name).unwrap_or_else(|| panic!("nothing is named {name}")))
    }
    pub fn mint<T>(&mut self, name: &str) -> Id<T> {
        let id: Id<T> = self.house.app.mint(self.house.now());
        self.names.insert(name.into(), id.raw());
        id
    }
    async fn save(&mut self, name: &str, version: Option<i64>, product: NewProduct) {
        let now = self.house.now();
        let id = if version.is_some() { self.id(name) } else { self.mint(name) };
        let save = SaveProduct { who: self.who, id, version, product, pictures: None };
        self.house.app.save_product(now, save).await.expect("a product");
    }
    pub async fn shelf(&mut self) {
        let shipping = Shipping { fee: 500, free_from: 0 };
        let now = self.house.now();
        let set = self.house.app.set_shop(now, self.who, shipping, "bank".into());
        set.await.expect("a shop");
        let old = vec![variant("s-1", "1", 1100, 40), variant("s-2", "2", 250, 20)];
        self.save("shirt", None, product("shirt", old)).await;
        self.save("gift", None, product("gift", vec![variant("g-1", "1", 0, 9)])).await;
        self.house.pass(MINUTE);
        let new = vec![variant("s-1", "1", 1000, 0), variant("s-2", "2", 250, 0)];
        self.save("shirt", Some(1), product("shirt", new)).await;
        for (name, sku) in [("v1", "s-1"), ("v2", "s-2"), ("g1", "g-1")] {
            let sql = format!("SELECT id FROM variant WHERE sku = '{sku}'");
            self.names.insert(name.into(), number(&self.house, sql).await);
        }
        for (by, reason) in [(5, Reason::Received), (-2, Reason::Damaged)] {
            let (id, note) = (self.mint::<()>("change").raw(), String::new());
            let adjust =
                AdjustStock { who: self.who, id, variant: self.id("v1"), by, reason, note };
            self.house.app.adjust_stock(self.house.now(), adjust).await.expect("stock");
        }
    }
    pub async fn place(&mut self, name: &str, lines: &[(&str, i64)], provider: Provider) {
        let order = PlaceOrder {
            who: self.who,
            id: self.mint(name),
            lines: lines.iter().map(|(v, qty)| (self.id(v), *qty)).collect(),
            to: To::Ship(address()),
            note: String::new(),
            provider,
            expected: None,
            source: None, seat: None,
        };
        self.house.app.place_order(self.house.now(), order).await.expect("an order");
        for i in 0..lines.len() {
            let order: Id<id::Order> = self.id(name);
            let sql = format!(
                "SELECT id FROM order_line WHERE order_id = {} AND position = {i}",
                order.raw()
            );
            let line = number(&self.house, sql).await;
            self.names.insert(format!("{name}_{i}"), line);
        }
    }
    /// A group with a pick-up point.
    pub async fn group(&mut self) -> Id<id::Group> {
        const ROOM: &str = "INSERT INTO room (community_id, id, kind, name, purpose, rules, notice,
            admission, capacity, members, pickup_name, pickup_address, pickup_hours, slow_seconds,
            keywords, system_off, last_change, last_line, created_at) VALUES (7, 70, 'interest',
            'G', '', '', '', 'open', 500, 0, 'South Gate', 'No. 3', '', 0, '', '', 0, 0, 0)";
        exec(&self.house, ROOM).await;
        Id::of(70)
    }
    /// Ordered to the group's pick-up point, and paid.
    pub async fn collected(&mut self, name: &str, group: Id<id::Group>) {
        let (recipient, phone) = ("周梅".to_string(), "19000000001".to_string());
        let order = PlaceOrder {
            who: self.who,
            id: self.mint(name),
            lines: vec![(self.id("v1"), 1)],
            to: To::Pickup { group, recipient, phone },
            note: String::new(),
            provider: Provider::Sandbox,
            expected: None,
            source: None, seat: None,
        };
        let order_id: Id<id::Order> = order.id;
        self.house.app.place_order(self.house.now(), order).await.expect("an order");
        let sql = format!("SELECT id FROM order_line WHERE order_id = {}", order_id.raw());
        let line = number(&self.house, sql).await;
        self.names.insert(format!("{name}_0"), line);
        let total = self.start(name, Provider::Sandbox).await;
        let taken = self.money(&format!("{name}_pay"), name, total, "unused").await;
        assert_eq!(taken, Taken::Captured);
    }
    pub async fn start(&mut self, name: &str, provider: Provider) -> i64 {
        let id = self.mint(&format!("{name}_pay"));
        let start = StartPayment { who: self.who, id, order: self.id(name), provider };
        self.house.app.start_payment(self.house.now(), start).await.expect("an attempt")
    }
    /// Money comes in under an attempt.
    pub async fn money(&mut self, pay: &str, reference: &str, amount: i64, spare: &str) -> Taken {
        let capture = Capture {
            community: self.who.community,
            payment: self.id(pay),
            reference: reference.into(),
            amount,
            currency_fits: true,
            spare: self.mint(spare),
        };
        self.house.app.take_payment(self.house.now(), capture).await.expect("money")
    }
    pub async fn bought(&mut self, name: &str, lines: &[(&str, i64)]) {
        self.place(name, lines, Provider::Sandbox).await;
        let total = self.start(name, Provider::Sandbox).await;
        let pay = format!("{name}_pay");
        let taken = self.money(&pay, &format!("ref_{name}"), total, "unused").await;
        assert_eq!(taken, Taken::Captured);
    }
    pub async fn refund(&mut self, name: &str, qty: i64, restock: bool) {
        let (id, order) = (self.mint(&format!("{name}_ref")), self.id(name));
        let lines = vec![(self.id(&format!("{name}_0")), qty)];
        let (who, reason) = (self.who, String::new());
        let refund = RefundOrder { who, id, order, lines, shipping: restock, restock, reason };
        self.house.app.refund_order(self.house.now(), refund).await.expect("a refund");
    }
    /// The buyer asks for units of the first line back; again under the same number.
    pub async fn ask(&mut self, name: &str, qty: i64) -> Result<(), Stop<ask_refund::Refused>> {
        let case = format!("{name}_case");
        let id = match self.names.get(&case) {
            Some(known) => Id::of(*known),
            None => self.mint(&case),
        };
        let ask = AskRefund {
            who: self.who,
            id,
            order: self.id(name),
            lines: vec![(self.id(&format!("{name}_0")), qty)],
            reason: Some(Why::Damaged),
            words: "One is broken.".into(),
            pictures: Vec::new(),
        };
        self.house.app.ask_refund(self.house.now(), ask).await
    }
    pub async fn ship(&mut self, name: &str) {
        let (parcel, order) = (self.mint("parcel"), self.id(name));
        let (carrier, tracking) = ("SF".into(), "1".into());
        let ship = ShipOrder { who: self.who, parcel, order, lines: vec![], carrier, tracking };
        self.house.app.ship_order(self.house.now(), ship).await.expect("a parcel");
    }
    pub async fn receive(&mut self, name: &str) {
        let got = self.house.app.confirm_receipt(self.house.now(), self.who, self.id(name));
        got.await.expect("goods");
    }
    async fn cancel(&mut self, name: &str) {
        let (order, refund) = (self.id(name), self.mint("cancel_ref"));
        let cancel = CancelOrder { who: self.who, order, refund };
        self.house.app.cancel_order(self.house.now(), cancel).await.expect("a cancelled order");
    }
    pub async fn work(&self) {
        while self.house.app.work(self.house.now(), 1).await.expect("work") > 0 {}
    }
    /// Every state an order, a payment and a refund can have.
    async fn live(&mut self) {
        use Provider::{Manual, Sandbox};
        self.shelf().await;
        self.bought("done", &[("v1", 1)]).await;
        self.ship("done").await;
        self.receive("done").await;
        self.house.pass(15 * DAY);
        self.place("closed", &[("v1", 2), ("v2", 1)], Sandbox).await;
        self.start("closed", Sandbox).await;
        self.house.pass(16 * MINUTE);
        self.work().await;
        assert_eq!(self.money("closed_pay", "late", 2750, "unused").await, Taken::Suspense);
        self.work().await;
        self.bought("paid", &[("v1", 2), ("v2", 1)]).await;
        self.bought("part", &[("v1", 2)]).await;
        self.refund("part", 1, false).await;
        self.ask("part", 1).await.expect("a question");
        self.bought("back", &[("v1", 1)]).await;
        self.cancel("back").await;
        self.work().await;
        self.place("cancelled", &[("v1", 1)], Sandbox).await;
        self.cancel("cancelled").await;
        self.bought("shipped", &[("v1", 1)]).await;
        self.ship("shipped").await;
        self.bought("received", &[("v1", 1), ("g1", 1)]).await;
        self.ship("received").await;
        self.receive("received").await;
        self.place("manual", &[("v1", 1)], Manual).await;
        self.start("manual", Manual).await;
        self.proof("manual", "SLIP1").await;
        self.place("hand", &[("v2", 1)], Manual).await;
        self.start("hand", Manual).await;
        self.proof("hand", "SLIP2").await;
        let seen = self.house.app.confirm_proof(self.house.now(), self.who, self.id("hand_pay"));
        assert_eq!(seen.await.expect("confirmed"), Taken::Captured);
        self.refund("hand", 1, true).await;
        self.free().await;
        self.place("unpaid", &[("v1", 1)], Sandbox).await;
        self.start("unpaid", Sandbox).await;
        self.house.app.seal(self.house.now()).await.expect("seals");
        // what follows is not sealed
        let doubts = [Outcome::Unknown, Outcome::Unknown];
        self.house.app.gateway.payments.misbehave(doubts);
        self.bought("waiting", &[("v1", 1), ("v2", 1)]).await;
        self.refund("waiting", 1, true).await;
        assert_eq!(self.money("paid_pay", "twice", 300, "more_pay").await, Taken::Suspense);
        self.work().await;
        self.place("late", &[("v1", 1)], Sandbox).await;
    }
    pub async fn proof(&mut self, name: &str, slip: &str) {
        let (payment, slip) = (self.id(&format!("{name}_pay")), slip.to_string());
        let give = GiveProof { who: self.who, payment, slip, picture: String::new() };
        self.house.app.give_proof(self.house.now(), give).await.expect("a proof");
    }
    /// Nothing to pay: money is not moved, everything else is.
    async fn free(&mut self) {
        let shipping = Shipping { fee: 0, free_from: 0 };
        let now = self.house.now();
        let set = self.house.app.set_shop(now, self.who, shipping, "bank".into());
        set.await.expect("a shop");
        self.bought("free", &[("g1", 2)]).await;
        self.bought("free_back", &[("g1", 1)]).await;
        self.cancel("free_back").await;
    }
    async fn name_rows(&mut self) {
        let paid: Id<id::Order> = self.id("paid");
        let asks = [
            ("paid_post", format!("SELECT id FROM transfer WHERE pending_id = {}", paid.raw())),
            ("second", "SELECT id FROM transfer WHERE seq = 2".into()),
            ("second_part", "SELECT part FROM transfer WHERE seq = 2".into()),
            (
                "fact",
                format!(
                    "SELECT id FROM fact WHERE subject = {} AND kind = 'order_paid'",
                    paid.raw()
                ),
            ),
        ];
        for (name, sql) in asks {
            let n = number(&self.house, sql).await;
            self.names.insert(name.into(), n);
        }
    }
    /// `@paid_0` becomes a number, longest names first.
    fn spelled(&self, text: &str) -> String {
        let mut names: Vec<_> = self.names.iter().collect();
        names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        let spell =
            |t: String, (name, n): (&String, &i64)| t.replace(&format!("@{name}"), &n.to_string());
        names.into_iter().fold(text.to_string(), spell)
    }
    /// Spoils rows in a transaction, audits what it sees there, and takes all of it back.
    async fn audit_spoiled(&self, sql: &str) -> Report {
        let list: Vec<&'static str> =
            self.spelled(sql).split("; ").map(|s| leaked(s.trim().to_string())).collect();
        let now = self.house.now();
        let run = move |tx: &mut Tx<'_>| {
            for sql in &list {
                assert!(tx.exec(sql, p![])? > 0 || sql.starts_with("DROP"), "no row: {sql}");
            }
            let report = look(tx, now, DAYS_3)?;
            Err::<(), _>(Stop::Refused(report))
        };
        match self.house.app.database().write(now, run).await {
            Err(Stop::Refused(report)) => report,
            Err(Stop::Fault(why)) => panic!("{sql}: {why}"),
            Ok(()) => unreachable!("it always takes itself back"),
        }
    }
}

pub fn shown(report: &Report) -> String {
    report.findings.iter().map(|f| format!("{} {}: {}\n", f.check, f.row, f.says)).collect()
}

/// Code | row | part of what it says | the corruption.
const CASES: &str = include_str!("audit_cases.txt");

#[tokio::test(flavor = "multi_thread")]
async fn audit_finds_every_spoiled_row() {
    both(async |house: House| {
        let mut life = Life::begin(house).await;
        life.live().await;
        life.name_rows().await;
        let clean = life.house.app.audit(life.house.now()).await.expect("an audit");
        assert!(clean.clean() && clean.findings.is_empty(), "{}", shown(&clean));
        for (code, name, rows, _) in &clean.checks {
            assert!(*rows > 0, "{code} {name} looked at nothing");
        }
        let (mut missed, mut tried) = (String::new(), BTreeMap::<&str, usize>::new());
        for case in CASES.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
            let cell: Vec<&str> = case.splitn(4, " | ").collect();
            let &[code, row, says, sql] = &cell[..] else { panic!("four cells: {case}") };
            let report = life.audit_spoiled(sql).await;
            let row = format!("{} of community {C}", life.spelled(row));
            let says = life.spelled(says);
            let hit = |f: &&app::audit::Finding| {
                f.check == code && f.row == row && f.says.contains(&says)
            };
            if report.clean() || report.findings.iter().find(hit).is_none() {
                missed += &format!("{case}\nwanted {row}\n{}\n", shown(&report));
            }
            *tried.entry(code).or_default() += 1;
        }
        assert!(missed.is_empty(), "{:?}\n{missed}", life.house.on);
        for (code, _, _, _) in &clean.checks {
            assert!(tried.get(code).is_some_and(|n| *n >= 2), "{code} is tried twice or more");
        }
        let after = life.house.app.audit(life.house.now()).await.expect("an audit");
        assert!(after.clean(), "every corruption was taken back");
        // sealing the tail changes nothing, patience does
        life.house.app.seal(life.house.now()).await.expect("seals");
        let sealed = life.house.app.audit(life.house.now()).await.expect("an audit");
        assert!(sealed.clean(), "{}", shown(&sealed));
        let hasty = life.house.app.audit_within(life.house.pass(1), 0).await.expect("an audit");
        let found: Vec<&str> = hasty.findings.iter().map(|f| f.check).collect();
        assert_eq!(found, ["I14"], "money in suspense since a moment ago");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn audit_counts_all_and_lists_some() {
    both(async |house: House| {
        let life = Life::begin(house).await;
        let empty = life.house.app.audit(life.house.now()).await.expect("an audit");
        assert!(empty.clean(), "{}", shown(&empty));
        let names = empty.checks.len();
        let run = |tx: &mut Tx<'_>| {
            for id in 0..50 {
                tx.exec(LOOSE, p![C, 1000 + id])?;
            }
            Ok::<_, Stop<()>>(())
        };
        life.house.app.database().write(life.house.now(), run).await.expect("holds");
        let report = life.house.app.audit(life.house.now()).await.expect("an audit");
        let counted = report.checks.iter().find(|c| c.1 == "a hold on stock has its line");
        assert_eq!(counted.map(|c| (c.2, c.3)), Some((50, 50)));
        assert_eq!(report.findings.len(), 20, "{}", shown(&report));
        assert_eq!(report.checks.len(), names, "an empty store names every check");
    })
    .await;
}
const LOOSE: &str = "INSERT INTO hold (community_id, id, what, subject, qty, until_at, state)
    VALUES ($1, $2, 'stock', 1, 1, 0, 'confirmed')";

/// The same look is one snapshot: nothing that commits beside it shows.
#[tokio::test(flavor = "multi_thread")]
async fn audit_is_one_look() {
    both(async |house: House| {
        let mut life = Life::begin(house).await;
        life.shelf().await;
        let app = life.house.app.clone();
        let now = life.house.now();
        let audits = tokio::spawn(async move {
            for _ in 0..10 {
                let report = app.audit(now).await.expect("an audit");
                assert!(report.clean(), "{}", shown(&report));
            }
        });
        for i in 0..10 {
            life.bought(&format!("o{i}"), &[("v1", 1)]).await;
            life.house.app.seal(now).await.expect("seals");
        }
        audits.await.expect("no torn look");
    })
    .await;
}

/// A store without a community has nothing to look at, and every check still says so.
#[tokio::test]
async fn audit_of_nothing_is_clean() {
    both(async |house: House| {
        let look = |rx: &mut Rx<'_>| -> Result<Report, Fault> { look(rx, testkit::NOON, DAYS_3) };
        let report = house.app.database().read(look).await.expect("a look");
        assert!(report.clean() && report.checks.len() > 40, "{}", report.checks.len());
    })
    .await;
}

/// Two parts of one line go back; the second one's provider does not answer yet.
#[tokio::test(flavor = "multi_thread")]
async fn audit_after_two_refunds_of_a_line() {
    both(async |house: House| {
        let mut life = Life::begin(house).await;
        life.shelf().await;
        life.bought("two", &[("v1", 2)]).await;
        life.house.app.gateway.payments.misbehave([Outcome::Unknown]);
        life.refund("two", 1, false).await;
        life.work().await;
        life.house.pass(1500);
        life.house.app.gateway.payments.misbehave([Outcome::Unknown]);
        life.refund("two", 1, false).await;
        life.work().await;
        for wait in [600, 2000] {
            // the first refund settles, then the second
            life.house.pass(wait);
            life.work().await;
            life.house.app.seal(life.house.now()).await.expect("seals");
            let report = life.house.app.audit(life.house.now()).await.expect("an audit");
            assert!(report.clean(), "{}", shown(&report));
        }
        let order: Id<id::Order> = life.id("two");
        let ended = format!("SELECT ended_at FROM orders WHERE id = {}", order.raw());
        assert_eq!(number(&life.house, ended).await, life.house.now().0, "with the second");
    })
    .await;
}

/// A provider repeats the news of a free order under another number: there is nothing to return.
#[tokio::test(flavor = "multi_thread")]
async fn audit_after_nothing_was_paid_twice() {
    both(async |house: House| {
        let mut life = Life::begin(house).await;
        life.shelf().await;
        life.free().await;
        assert_eq!(life.money("free_pay", "again", 0, "nothing").await, Taken::Suspense);
        life.work().await;
        let report = life.house.app.audit_within(life.house.pass(1), 0).await.expect("an audit");
        assert!(report.clean(), "{}", shown(&report));
    })
    .await;
}

/// Two people send two lines of one order in the same moment.
#[tokio::test(flavor = "multi_thread")]
async fn audit_after_two_parcels_at_once() {
    both(async |house: House| {
        let mut life = Life::begin(house).await;
        life.shelf().await;
        for round in 0..20 {
            let name = format!("o{round}");
            life.bought(&name, &[("v1", 1), ("v2", 1)]).await;
            let sends = [0, 1].map(|i| {
                let (who, order) = (life.who, life.id(&name));
                let (parcel, lines) = (life.mint("parcel"), vec![life.id(&format!("{name}_{i}"))]);
                let (carrier, tracking) = ("SF".into(), "1".into());
                let ship = ShipOrder { who, parcel, order, lines, carrier, tracking };
                let house = life.house.clone();
                tokio::spawn(async move { house.app.ship_order(house.now(), ship).await })
            });
            for send in sends {
                send.await.expect("no panic").expect("a parcel");
            }
        }
        let report = life.house.app.audit(life.house.now()).await.expect("an audit");
        assert!(report.clean(), "{:?} {}", life.house.on, shown(&report));
    })
    .await;
}

/// Staff pay a refund back by hand while the provider has not answered: it is not asked again.
#[tokio::test(flavor = "multi_thread")]
async fn audit_after_a_refund_by_hand() {
    both(async |house: House| {
        let mut life = Life::begin(house).await;
        life.shelf().await;
        life.bought("one", &[("v1", 1)]).await;
        life.house.app.gateway.payments.misbehave([Outcome::Unknown]);
        life.refund("one", 1, true).await;
        life.work().await;
        let (id, slip) = (life.id("one_ref"), "by hand".to_string());
        let paid = life.house.app.settle_refund_by_hand(life.house.now(), life.who, id, slip);
        paid.await.expect("settled");
        let report = life.house.app.audit(life.house.now()).await.expect("an audit");
        assert!(report.clean(), "{}", shown(&report));
        life.house.pass(DAY);
        assert_eq!(life.house.app.work(life.house.now(), 1).await.expect("work"), 0);
    })
    .await;
}

const MANY_TRANSFERS: &str = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n
      WHERE i < 4100)
    INSERT INTO transfer (community_id, id, part, state, event, cause, debit, credit, amount, at)
    SELECT 7, i, 0, 'posted', 'capture', i, 'clearing:sandbox', 'receivable', i, 1 FROM n";
const MANY_FACTS: &str = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n
      WHERE i < 4100)
    INSERT INTO fact (community_id, id, kind, subject, body, at)
    SELECT 7, i, 'counted', i, '{}', 1 FROM n";

/// More rows than a page holds, sealed and unsealed.
#[tokio::test(flavor = "multi_thread")]
async fn audit_turns_pages() {
    both(async |house: House| {
        let life = Life::begin(house).await;
        exec(&life.house, MANY_TRANSFERS).await;
        exec(&life.house, MANY_FACTS).await;
        let of_books = |r: &Report| -> Vec<(String, i64, i64)> {
            let books = r.checks.iter().filter(|c| ["I2", "I3", "I4", "I5"].contains(&c.0));
            books.map(|c| (format!("{} {}", c.0, c.1), c.2, c.3)).collect()
        };
        for accounts in [0, 2] {
            let report = life.house.app.audit(life.house.now()).await.expect("an audit");
            let want = [
                ("I2 all balances add up to zero", accounts),
                ("I3 stored balances are what the transfers give", accounts),
                ("I5 limited accounts pay out no more than came in", 0),
                ("I4 transfers are numbered and chained", 4100),
                ("I4 facts are numbered and chained", 4100),
            ];
            let want: Vec<_> = want.iter().map(|(name, n)| (name.to_string(), *n, 0)).collect();
            assert_eq!(of_books(&report), want);
            life.house.app.seal(life.house.now()).await.expect("seals");
        }
        let spoiled = [("transfer", "amount", 2003), ("transfer", "cause", 4100)];
        for (table, column, seq) in spoiled {
            let sql = format!("UPDATE {table} SET {column} = {column} + 1 WHERE seq = {seq}");
            let report = life.audit_spoiled(&sql).await;
            let rows: Vec<&str> =
                report.findings.iter().filter(|f| f.check == "I4").map(|f| &*f.row).collect();
            assert_eq!(rows, [format!("transfer {seq} part 0 of community 7")], "{sql}");
        }
    })
    .await;
}
