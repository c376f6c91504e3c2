//! Points: earned, released, reserved, spent, given back to their lots, taken back, ended.
use crate::audit::{Life, number, shown};
use crate::group_buy::code;
use crate::life::C;
use crate::wallet::leaked;
use app::community::who::Who;
use app::loyalty::set_points::CorrectPoints;
use app::loyalty::views_points::Points;
use app::sale::capture::{Capture, Taken};
use app::sale::owed::FromWallet;
use app::sale::refund_order::RefundOrder;
use app::sale::ship_order::ShipOrder;
use app::sale::start_payment::StartPayment;
use rules::base::moment::{DAY, MINUTE};
use rules::base::{Id, id};
use rules::ledger::Provider;
use rules::loyalty::lots::Kind;
use rules::loyalty::points::{Expiry, Release, Terms};
use testkit::{House, both};

/// Ten points a yuan, a hundred of them are one; half of the goods at most.
pub const ON: Terms = Terms {
    on: true,
    rate: 1000,
    worth: 100,
    cap: 50,
    release: Release::OnReceipt,
    expiry: Expiry::Never,
};

impl Life {
    pub async fn points_are(&self, terms: Terms) -> &'static str {
        code(self.house.app.set_points(self.house.now(), self.who, terms).await)
    }
    /// An order of 2 x 10.00 and 5.00 for delivery, with at most so many points.
    pub async fn with_points(&mut self, name: &str, who: Who, points: i64) -> &'static str {
        let mut place = self.wanted(name, who, FromWallet::Nothing);
        place.points = points;
        let now = self.house.now();
        let first = code(self.house.app.place_order(now, place.clone()).await);
        if first == "ok" {
            assert_eq!(code(self.house.app.place_order(now, place).await), "ok", "twice is once");
        }
        first
    }
    /// The provider's news; what was paid.
    pub async fn pays(&mut self, name: &str, who: Who) -> i64 {
        let (id, order) = (self.mint(&format!("{name}_pay")), self.id(name));
        let start = StartPayment { who, id, order, provider: Provider::Sandbox };
        let started = self.house.app.start_payment(self.house.now(), start).await;
        let amount = started.expect("an attempt");
        let capture = Capture {
            community: self.who.community,
            payment: id,
            reference: format!("ref_{name}"),
            amount,
            currency_fits: true,
            spare: self.mint("spare"),
        };
        let taken = self.house.app.take_payment(self.house.now(), capture).await;
        assert_eq!(taken.expect("money"), Taken::Captured);
        amount
    }
    pub async fn bought_with_points(&mut self, name: &str, who: Who, points: i64) -> i64 {
        assert_eq!(self.with_points(name, who, points).await, "ok");
        self.pays(name, who).await
    }
    pub async fn has_received(&mut self, name: &str, who: Who) {
        self.ship(name).await;
        let order = self.id(name);
        let got = self.house.app.confirm_receipt(self.house.now(), who, order).await;
        got.expect("goods");
        self.work().await;
    }
    /// Units of the order's line go back.
    pub async fn units_back(&mut self, name: &str, qty: i64) {
        let order: Id<id::Order> = self.id(name);
        let sql = format!("SELECT id FROM order_line WHERE order_id = {}", order.raw());
        let lines = vec![(Id::of(number(&self.house, sql).await), qty)];
        let (who, id, reason) = (self.who, self.mint(&format!("{name}_ref")), String::new());
        let refund = RefundOrder { who, id, order, lines, shipping: false, restock: true, reason };
        self.house.app.refund_order(self.house.now(), refund.clone()).await.expect("a refund");
        self.house.app.refund_order(self.house.now(), refund).await.expect("once");
        self.work().await;
    }
    pub async fn corrected(&mut self, who: Who, points: i64) -> &'static str {
        let (id, member, reason) = (self.mint("change"), who.member, "by hand".to_string());
        let x = CorrectPoints { who: self.who, id, member, points, reason };
        let first = code(self.house.app.correct_points(self.house.now(), x.clone()).await);
        assert_eq!(code(self.house.app.correct_points(self.house.now(), x).await), first);
        first
    }
    pub async fn points_of(&self, who: Who) -> Points {
        let of = (who.community, who.member);
        self.house.app.points(self.house.now(), of, None, 50).await.expect("a look")
    }
    /// To spend (below zero: owed), reserved, expected.
    pub async fn has(&self, who: Who) -> [i64; 3] {
        let p = self.points_of(who).await;
        [p.balance(), p.held(), p.expected()]
    }
    pub async fn points_sound(&self) {
        let report = self.house.app.audit(self.house.now()).await.expect("an audit");
        assert!(report.clean(), "{:?} {}", self.house.on, shown(&report));
    }
    async fn ship_line(&mut self, name: &str, i: usize) {
        let (parcel, order) = (self.mint("parcel"), self.id(name));
        let lines = vec![self.id(&format!("{name}_{i}"))];
        let (carrier, tracking) = ("SF".into(), "1".into());
        let ship = ShipOrder { who: self.who, parcel, order, lines, carrier, tracking };
        self.house.app.ship_order(self.house.now(), ship).await.expect("a parcel");
    }
    async fn line_back(&mut self, name: &str, i: usize, qty: i64) {
        let (id, order) = (self.mint("back"), self.id(name));
        let lines = vec![(self.id(&format!("{name}_{i}")), qty)];
        let (who, reason) = (self.who, String::new());
        let refund = RefundOrder { who, id, order, lines, shipping: false, restock: true, reason };
        self.house.app.refund_order(self.house.now(), refund).await.expect("a refund");
        self.work().await;
    }
    async fn days_on(&mut self, days: i64) {
        self.house.pass(days * DAY);
        self.work().await;
    }
}

pub async fn begin(house: House, terms: Terms) -> (Life, Who) {
    let mut life = Life::begin(house).await;
    life.shelf().await;
    life.group().await;
    assert_eq!(life.points_are(terms).await, "ok");
    let who = life.newcomer(1000).await;
    (life, who)
}

#[tokio::test(flavor = "multi_thread")]
async fn points_come_with_receipt_and_take_off_the_next_order() {
    both(async |house: House| {
        let (mut life, who) = begin(house, ON).await;
        assert_eq!(life.with_points("zero", who, 50).await, "no_points_to_use");
        assert_eq!(life.bought_with_points("one", who, 0).await, 2500);
        assert_eq!(life.has(who).await, [0, 0, 200], "delivery earns nothing");
        life.has_received("one", who).await;
        assert_eq!(life.has(who).await, [200, 0, 0]);
        assert_eq!(life.with_points("two", who, 9999).await, "ok");
        assert_eq!(life.has(who).await, [0, 200, 0]);
        assert_eq!(life.with_points("three", who, 1).await, "no_points_to_use");
        life.points_sound().await;
        let page = life.house.app.order_page(who.community, life.id("two")).await;
        let page = page.expect("a look").expect("an order");
        assert_eq!((page.discount, page.points_off, page.row.total), (0, 200, 2300));
        // nobody pays: the points are back, once, and stay so
        life.house.pass(16 * MINUTE);
        life.work().await;
        assert_eq!(life.has(who).await, [200, 0, 0]);
        life.points_sound().await;
        assert_eq!(life.bought_with_points("four", who, 150).await, 2350);
        assert_eq!(life.has(who).await, [50, 0, 185], "of what was paid for the goods");
        life.units_back("four", 1).await;
        assert_eq!(life.has(who).await, [125, 0, 92]);
        life.points_sound().await;
        life.units_back("four", 1).await;
        assert_eq!(life.has(who).await, [200, 0, 0], "bought and given back: no change");
        life.points_sound().await;
        let kinds: Vec<_> = life.points_of(who).await.changes.iter().map(|x| x.kind).collect();
        let told = [Kind::Returned, Kind::Returned, Kind::Spent, Kind::Earned];
        assert_eq!(kinds, told, "what was reserved and given back is no change");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_spent_is_owed_and_paid_first() {
    both(async |house: House| {
        let (mut life, who) = begin(house, Terms { release: Release::AtPayment, ..ON }).await;
        life.bought_with_points("one", who, 0).await;
        assert_eq!(life.has(who).await, [200, 0, 0], "at payment");
        life.bought_with_points("two", who, 200).await;
        assert_eq!(life.has(who).await, [180, 0, 0]);
        life.units_back("one", 2).await;
        assert_eq!(life.has(who).await, [-20, 0, 0], "200 are taken back, and 180 were there");
        assert_eq!(life.with_points("three", who, 50).await, "no_points_to_use");
        life.points_sound().await;
        life.bought_with_points("four", who, 0).await;
        assert_eq!(life.has(who).await, [180, 0, 0], "what comes pays the debt");
        life.points_sound().await;
        life.units_back("two", 1).await;
        life.units_back("four", 2).await;
        life.points_sound().await;
        life.units_back("two", 1).await;
        assert_eq!(life.has(who).await, [0, 0, 0], "everything was given back");
        life.points_sound().await;
        // something is owed while an unpaid order holds points: what comes free pays it
        life.bought_with_points("five", who, 0).await;
        assert_eq!(life.with_points("six", who, 150).await, "ok");
        life.units_back("five", 2).await;
        assert_eq!(life.has(who).await, [-150, 150, 0]);
        life.points_sound().await;
        life.house.pass(16 * MINUTE);
        life.work().await;
        assert_eq!(life.has(who).await, [0, 0, 0]);
        life.points_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn points_wait_for_their_days_and_for_an_open_case() {
    both(async |house: House| {
        let terms = Terms { release: Release::AfterReceipt { days: 7 }, ..ON };
        let (mut life, _) = begin(house, terms).await;
        let who = life.who;
        life.bought("one", &[("v1", 1), ("v2", 2)]).await;
        life.ship("one").await;
        life.receive("one").await;
        life.days_on(6).await;
        assert_eq!(life.has(who).await, [0, 0, 150]);
        life.ask("one", 1).await.expect("a question");
        life.days_on(1).await;
        assert_eq!(life.has(who).await, [0, 0, 150], "somebody asks for money back");
        life.refund("one", 1, true).await;
        life.days_on(1).await;
        assert_eq!(life.has(who).await, [50, 0, 0]);
        life.points_sound().await;
        // one line is received, the other goes back: nothing is left to wait for
        life.bought("two", &[("v1", 1), ("v2", 2)]).await;
        life.ship_line("two", 0).await;
        life.receive("two").await;
        life.days_on(8).await;
        assert_eq!(life.has(who).await, [50, 0, 150], "the other line is not received");
        life.points_sound().await;
        life.line_back("two", 1, 2).await;
        life.days_on(7).await;
        assert_eq!(life.has(who).await, [150, 0, 0]);
        life.points_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn points_end_after_a_word() {
    both(async |house: House| {
        let (mut life, who) = begin(house, ON).await;
        let rolling = |days| Terms { expiry: Expiry::Rolling { days }, ..ON };
        assert_eq!(life.points_are(rolling(30)).await, "ok");
        assert_eq!(life.corrected(who, 100).await, "ok");
        let told = format!("SELECT count(*) FROM notice WHERE member_id = {}", who.member.raw());
        life.days_on(22).await;
        assert_eq!(number(&life.house, told.clone()).await, 0);
        life.days_on(1).await;
        assert_eq!(number(&life.house, told.clone()).await, 1, "a week before");
        // an order holds some of them over the end, and is paid: they were spent in time
        life.days_on(6).await;
        assert_eq!(life.with_points("kept", who, 60).await, "ok");
        let pay_until = "UPDATE orders SET pay_until = pay_until + 864000000";
        crate::life::exec(&life.house, pay_until).await;
        let job = "UPDATE job SET due_at = due_at + 864000000 WHERE kind = 'release_unpaid'";
        crate::life::exec(&life.house, job).await;
        life.days_on(1).await;
        assert_eq!(life.has(who).await, [0, 60, 0], "40 ended, 60 are held");
        life.points_sound().await;
        life.pays("kept", who).await;
        life.days_on(3).await;
        assert_eq!(number(&life.house, told).await, 2, "one of points, one of the payment");
        // they come back to a lot that has ended: for thirty days
        life.units_back("kept", 1).await;
        assert_eq!(life.has(who).await, [30, 0, 97]);
        life.days_on(29).await;
        assert_eq!(life.has(who).await, [30, 0, 97]);
        life.units_back("kept", 1).await;
        life.days_on(1).await;
        assert_eq!(life.has(who).await, [0, 0, 0], "with the days of the first return");
        life.points_sound().await;
        // an unpaid order does not stretch them
        assert_eq!(life.corrected(who, 100).await, "ok");
        life.house.pass(30 * DAY - 10 * MINUTE);
        assert_eq!(life.with_points("late", who, 60).await, "ok");
        life.house.pass(16 * MINUTE);
        life.work().await;
        assert_eq!(life.has(who).await, [0, 0, 0]);
        life.points_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn idle_points_live_on_with_every_kept_order() {
    both(async |house: House| {
        let terms = Terms { expiry: Expiry::Inactivity { days: 30 }, ..ON };
        let (mut life, who) = begin(house, terms).await;
        assert_eq!(life.corrected(who, 100).await, "ok");
        life.days_on(20).await;
        life.bought_with_points("one", who, 0).await;
        life.days_on(29).await;
        assert_eq!(life.has(who).await, [100, 0, 200]);
        life.points_sound().await;
        // bought and given back: as if it had not been
        life.bought_with_points("two", who, 0).await;
        life.units_back("two", 2).await;
        life.points_sound().await;
        life.days_on(1).await;
        assert_eq!(life.has(who).await, [0, 0, 200]);
        life.points_sound().await;
        // a fixed day ends by the clock of the community: 2026-12-31 in Shanghai
        let expiry = Expiry::FixedDay { month: 12, day: 31 };
        assert_eq!(life.points_are(Terms { expiry, ..ON }).await, "ok");
        assert_eq!(life.corrected(who, 70).await, "ok");
        let end = life.points_of(who).await.lots[0].end;
        assert_eq!(end.map(|m| m.0), Some(1_798_732_800_000), "midnight in Shanghai");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_and_what_fits() {
    both(async |house: House| {
        let (mut life, who) = begin(house, ON).await;
        assert_eq!(life.points_are(Terms { rate: 0, ..ON }).await, "points_rate_unfit");
        assert_eq!(life.points_are(Terms { worth: 0, ..ON }).await, "points_worth_unfit");
        assert_eq!(life.points_are(Terms { cap: 91, ..ON }).await, "points_cap_unfit");
        let release = Release::AfterReceipt { days: 61 };
        assert_eq!(life.points_are(Terms { release, ..ON }).await, "points_release_unfit");
        let expiry = Expiry::FixedDay { month: 2, day: 29 };
        assert_eq!(life.points_are(Terms { expiry, ..ON }).await, "points_expiry_unfit");
        let now = life.house.now();
        let app = life.house.app.clone();
        assert_eq!(code(app.set_points(now, who, ON).await), "not_allowed");
        let x = |by: Who, points, reason: &str| {
            let (member, reason) = (who.member, reason.to_string());
            let id = app.mint(now);
            CorrectPoints { who: by, id, member, points, reason }
        };
        assert_eq!(code(app.correct_points(now, x(who, 5, "why")).await), "not_allowed");
        assert_eq!(code(app.correct_points(now, x(life.who, 5, " ")).await), "bad_reason");
        assert_eq!(code(app.correct_points(now, x(life.who, 0, "why")).await), "bad_points");
        assert_eq!(code(app.correct_points(now, x(life.who, -5, "why")).await), "too_few_points");
        let gone = CorrectPoints { member: Id::of(99), ..x(life.who, 5, "why") };
        assert_eq!(code(app.correct_points(now, gone).await), "no_such_member");
        assert_eq!(life.corrected(who, 500).await, "ok");
        assert_eq!(life.corrected(who, -200).await, "ok");
        assert_eq!(life.has(who).await, [300, 0, 0]);
        let log = "SELECT count(*) FROM audit_log WHERE what = 'correct_points' AND reason <> ''";
        assert_eq!(number(&life.house, log.into()).await, 2);
        // off: nothing is earned and nothing used, and what is there stays
        assert_eq!(life.points_are(Terms { on: false, ..ON }).await, "ok");
        assert_eq!(life.with_points("off", who, 50).await, "no_points_to_use");
        life.bought_with_points("plain", who, 0).await;
        assert_eq!(life.has(who).await, [300, 0, 0]);
        life.points_sound().await;
    })
    .await;
}

/// One purse, eighteen orders in the same moment: every point is spent once.
#[tokio::test(flavor = "multi_thread")]
async fn points_are_spent_once() {
    both(async |house: House| {
        let (mut life, who) = begin(house, ON).await;
        assert_eq!(life.corrected(who, 500).await, "ok");
        let mut tasks = Vec::new();
        for n in 0..18 {
            let mut place = life.wanted(&format!("o{n}"), who, FromWallet::Nothing);
            (place.points, place.expected) = (200, Some(2300));
            let (app, now) = (life.house.app.clone(), life.house.now());
            tasks.push(tokio::spawn(async move { code(app.place_order(now, place).await) }));
        }
        let mut said = Vec::new();
        for task in tasks {
            said.push(task.await.expect("no panic"));
        }
        let ok = said.iter().filter(|s| **s == "ok").count();
        assert_eq!(ok, 2, "{:?} {said:?}", life.house.on);
        let no = ["ok", "points_changed", "no_points_to_use", "price_changed"];
        assert!(said.iter().all(|s| no.contains(s)), "{said:?}");
        assert_eq!(life.has(who).await, [100, 400, 0]);
        life.points_sound().await;
    })
    .await;
}

/// Code | row | part of what it says | the corruption, as in the audit's own story.
const SPOILED: &str = include_str!("points_cases.txt");

#[tokio::test(flavor = "multi_thread")]
async fn audit_finds_every_spoiled_point() {
    both(async |house: House| {
        let terms = Terms { expiry: Expiry::Rolling { days: 30 }, ..ON };
        let (mut life, who) = begin(house, terms).await;
        life.bought_with_points("first", who, 0).await;
        life.has_received("first", who).await;
        assert_eq!(life.corrected(who, 300).await, "ok");
        assert_eq!(life.corrected(who, -10).await, "ok");
        life.bought_with_points("paid", who, 200).await;
        life.units_back("paid", 1).await;
        assert_eq!(life.with_points("waits", who, 50).await, "ok");
        assert_eq!(life.with_points("gone", who, 30).await, "ok");
        let (order, refund) = (life.id("gone"), life.mint("gone_ref"));
        let cancel = app::sale::cancel_order::CancelOrder { who, order, refund };
        life.house.app.cancel_order(life.house.now(), cancel).await.expect("cancelled");
        life.name("buyer", who.member.raw());
        for name in ["first", "paid", "waits"] {
            let order: Id<id::Order> = life.id(name);
            let lot = format!("SELECT id FROM point_lot WHERE order_id = {}", order.raw());
            if name != "waits" {
                let n = number(&life.house, lot).await;
                life.name(&format!("{name}_lot"), n);
            }
            let change = format!(
                "SELECT min(id) FROM point_change WHERE order_id = {} AND kind IN
                ('earned', 'spent')",
                order.raw()
            );
            let n = number(&life.house, change).await;
            life.name(&format!("{name}_change"), n);
        }
        let order: Id<id::Order> = life.id("paid");
        let sql = format!("SELECT id FROM order_line WHERE order_id = {}", order.raw());
        let n = number(&life.house, sql).await;
        life.name("paid_line", n);
        life.points_sound().await;
        let mut missed = String::new();
        for case in SPOILED.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
            let cell: Vec<&str> = case.splitn(4, " | ").collect();
            let report = life.audit_spoiled(leaked(cell[3].to_string())).await;
            let (row, says) = (life.spelled(cell[1]), life.spelled(cell[2]));
            let row = format!("{row} of community {C}");
            let hit = |f: &&app::audit::Finding| {
                f.check == cell[0] && f.row == row && f.says.contains(&says)
            };
            if !report.findings.iter().any(|f| hit(&f)) {
                missed += &format!("{case}\n{}\n", shown(&report));
            }
        }
        assert!(missed.is_empty(), "{:?}\n{missed}", life.house.on);
        life.points_sound().await;
    })
    .await;
}
