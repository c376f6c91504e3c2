//! A shop that lives through every state an order, a payment and a refund can have.
use app::audit::{Report, look};
use app::community::who::Who;
use app::db::Tx;
use app::sale::adjust_stock::{AdjustStock, Reason};
use app::sale::ask_refund::{self, AskRefund};
use app::sale::cancel_order::CancelOrder;
use app::sale::capture::{Capture, Taken};
use app::sale::give_proof::GiveProof;
use app::sale::place_order::PlaceOrder;
use app::sale::refund_order::RefundOrder;
use app::sale::save_product::SaveProduct;
use app::sale::ship_order::ShipOrder;
use app::sale::start_payment::StartPayment;
use app::{Stop, p};
use gateway::payments::Outcome;
use rules::base::moment::{DAY, MINUTE};
use rules::base::{Id, id};
use rules::community::role::{Rights, Role};
use rules::ledger::Provider;
use rules::sale::case::Reason as Why;
use rules::sale::price::Shipping;
use rules::sale::product::{Kind, NewProduct, NewVariant, Returns, State};
use std::collections::BTreeMap;
use testkit::{House, order};

pub const C: i64 = 7;
pub const DAYS_3: i64 = 3 * DAY;

/// What a corruption names: `paid`, `paid_0` (its first line), `paid_pay`.
type Names = BTreeMap<String, i64>;

fn leaked(sql: String) -> &'static str {
    Box::leak(sql.into_boxed_str())
}

pub async fn exec(house: &House, sql: &'static str) {
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
    /// Nothing yet, in a house that has all of it.
    pub fn empty(house: House, who: Who) -> Life {
        Life { house, who, names: Names::new() }
    }
    pub fn name(&mut self, name: &str, number: i64) {
        self.names.insert(name.into(), number);
    }
    pub fn knows(&self, name: &str) -> bool {
        self.names.contains_key(name)
    }
    pub fn id<T>(&self, name: &str) -> Id<T> {
        Id::of(*self.names.get(name).unwrap_or_else(|| panic!("nothing is named {name}")))
    }
    pub fn mint<T>(&mut self, name: &str) -> Id<T> {
        let id: Id<T> = self.house.app.mint(self.house.now());
        self.names.insert(name.into(), id.raw());
        id
    }
    pub async fn save(&mut self, name: &str, version: Option<i64>, product: NewProduct) {
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
    /// Units of variants by their names.
    pub fn units(&self, lines: &[(&str, i64)]) -> Vec<(Id<id::Variant>, i64)> {
        lines.iter().map(|(v, qty)| (self.id(v), *qty)).collect()
    }
    pub async fn place(&mut self, name: &str, lines: &[(&str, i64)], provider: Provider) {
        let plain = order::delivered(self.who, self.mint(name), self.units(lines));
        let order = PlaceOrder { provider, ..plain };
        self.house.app.place_order(self.house.now(), order).await.expect("an order");
        for i in 0..lines.len() {
            self.name_line(name, i).await;
        }
    }
    /// The line at this place of an order, as `paid_0`.
    pub async fn name_line(&mut self, name: &str, i: usize) {
        let order: Id<id::Order> = self.id(name);
        let sql = format!(
            "SELECT id FROM order_line WHERE order_id = {} AND position = {i}",
            order.raw()
        );
        let line = number(&self.house, sql).await;
        self.names.insert(format!("{name}_{i}"), line);
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
        let plain = order::delivered(self.who, self.mint(name), self.units(&[("v1", 1)]));
        let order = PlaceOrder { to: order::collected_at(group), ..plain };
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
    pub async fn cancel(&mut self, name: &str) {
        let (order, refund) = (self.id(name), self.mint("cancel_ref"));
        let cancel = CancelOrder { who: self.who, order, refund };
        self.house.app.cancel_order(self.house.now(), cancel).await.expect("a cancelled order");
    }
    pub async fn work(&self) {
        while self.house.app.work(self.house.now(), 1).await.expect("work") > 0 {}
    }
    /// Every state an order, a payment and a refund can have.
    pub async fn live(&mut self) {
        use Provider::{Manual, Sandbox};
        self.shelf().await;
        self.thanked().await;
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
        self.together().await;
        self.cheaper().await;
        self.name_commissions().await;
        self.with_wallets().await;
    }
    pub async fn proof(&mut self, name: &str, slip: &str) {
        let (payment, slip) = (self.id(&format!("{name}_pay")), slip.to_string());
        let give = GiveProof { who: self.who, payment, slip, picture: String::new() };
        self.house.app.give_proof(self.house.now(), give).await.expect("a proof");
    }
    /// Nothing to pay: money is not moved, everything else is.
    pub async fn free(&mut self) {
        let shipping = Shipping { fee: 0, free_from: 0 };
        let now = self.house.now();
        let set = self.house.app.set_shop(now, self.who, shipping, "bank".into());
        set.await.expect("a shop");
        self.bought("free", &[("g1", 2)]).await;
        self.bought("free_back", &[("g1", 1)]).await;
        self.cancel("free_back").await;
    }
    pub async fn name_rows(&mut self) {
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
    pub fn spelled(&self, text: &str) -> String {
        let mut names: Vec<_> = self.names.iter().collect();
        names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        let spell =
            |t: String, (name, n): (&String, &i64)| t.replace(&format!("@{name}"), &n.to_string());
        names.into_iter().fold(text.to_string(), spell)
    }
    /// Spoils rows in a transaction, audits what it sees there, and takes all of it back.
    pub async fn audit_spoiled(&self, sql: &str) -> Report {
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
