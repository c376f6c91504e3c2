//! Commission: earned, frozen, released, taken back in proportion; whom it goes to and what stops.
use crate::audit::{Life, number, shown};
use crate::group_buy::code;
use crate::life::exec;
use app::community::who::Who;
use app::sale::cancel_order::CancelOrder;
use app::sale::owed::FromWallet;
use app::sale::refund_order::RefundOrder;
use app::spread::views_commission::Earnings;
use rules::base::moment::DAY;
use rules::base::{Id, id};
use rules::community::role::{Rights, Role};
use rules::spread::commission::{Level, Rates, Scope, State, Terms};
use testkit::{House, both};

pub const ON: Terms = Terms {
    on: true,
    levels: Level::First,
    rates: Rates { first: 500, second: 0 },
    cap: 3_000,
    wait_days: 7,
};

/// Lin, whose link brought the owner.
const LIN: i64 = 3;

impl Life {
    pub fn plain(&self, n: i64) -> Who {
        Who {
            community: self.who.community,
            member: Id::of(n),
            account: Id::of(n),
            role: Role::Member,
            rights: Rights::of(Role::Member, ""),
            muted_until: None,
        }
    }
    async fn sets(&self, terms: Terms) -> &'static str {
        code(self.house.app.set_commission(self.house.now(), self.who, terms).await)
    }
    /// Lin brought whoever buys, the community says thank you, and Lin takes part.
    pub async fn thanked(&mut self) {
        crate::spread::somebody_brought(&self.house).await;
        assert_eq!(self.sets(ON).await, "ok");
        self.takes_part(LIN).await;
        const NOTHING: &str = "INSERT INTO commission_debt (community_id, member_id, amount)
            VALUES (7, 3, 0)";
        exec(&self.house, NOTHING).await;
    }
    async fn takes_part(&self, n: i64) {
        let join = self.house.app.join_programme(self.house.now(), self.plain(n));
        join.await.expect("part");
    }
    /// The commission of each order's first line.
    pub async fn name_commissions(&mut self) {
        for order in ["done", "part", "paid", "received"] {
            let line: Id<id::Line> = self.id(&format!("{order}_0"));
            let sql = format!("SELECT id FROM commission WHERE line_id = {}", line.raw());
            let n = number(&self.house, sql).await;
            self.name(&format!("cms_{order}"), n);
        }
    }
    async fn earnings_of(&self, n: i64) -> Earnings {
        let (c, member) = (self.who.community, Id::of(n));
        self.house.app.earnings(c, member, None, 50).await.expect("a read")
    }
    /// Pending, frozen, in the wallet, owed.
    async fn sums(&self, n: i64) -> [i64; 4] {
        let e = self.earnings_of(n).await;
        [e.pending, e.frozen, e.in_wallet, e.owed]
    }
    /// Units of one line go back, and the provider has settled it.
    async fn back(&mut self, order: &str, line: usize, qty: i64) {
        let id = self.mint("back");
        let lines = vec![(self.id(&format!("{order}_{line}")), qty)];
        let (who, order, reason) = (self.who, self.id(order), String::new());
        let refund = RefundOrder { who, id, order, lines, shipping: false, restock: true, reason };
        self.house.app.refund_order(self.house.now(), refund).await.expect("a refund");
        self.work().await;
    }
    async fn handed(&mut self, order: &str) {
        self.ship(order).await;
        self.receive(order).await;
    }
    async fn days(&mut self, n: i64) {
        self.house.pass(n * DAY);
        self.work().await;
    }
    async fn sound(&self) {
        let report = self.house.app.audit(self.house.now()).await.expect("an audit");
        assert!(report.clean(), "{:?} {}", self.house.on, shown(&report));
    }
}

async fn begun(house: House) -> Life {
    let mut life = Life::begin(house).await;
    life.shelf().await;
    life.thanked().await;
    life
}

#[tokio::test(flavor = "multi_thread")]
async fn it_waits_for_receipt_and_for_the_days_of_return() {
    both(async |house: House| {
        let mut life = begun(house).await;
        // 3 x 10.00 and 1 x 2.50 at 5 %, each line rounded down; delivery earns nothing
        life.bought("one", &[("v1", 3), ("v2", 1)]).await;
        assert_eq!(life.sums(LIN).await, [150 + 12, 0, 0, 0]);
        life.handed("one").await;
        assert_eq!(life.sums(LIN).await, [0, 162, 0, 0]);
        life.days(13).await;
        assert_eq!(life.sums(LIN).await, [0, 162, 0, 0], "within the days of return");
        life.days(2).await;
        assert_eq!(life.sums(LIN).await, [0, 0, 162, 0]);
        assert!(life.earnings_of(LIN).await.lines.iter().all(|l| l.state == State::Available));
        let told = "SELECT count(*) FROM notice WHERE member_id = 3
            AND kind = 'commission_available'";
        assert_eq!(number(&life.house, told.into()).await, 1, "one notice an order");
        life.sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_given_back_takes_its_part_in_every_state() {
    both(async |house: House| {
        let mut life = begun(house).await;
        for order in ["pending", "frozen", "available"] {
            life.bought(order, &[("v1", 3), ("v2", 2)]).await;
        }
        assert_eq!(life.sums(LIN).await, [3 * (150 + 25), 0, 0, 0]);
        life.back("pending", 0, 1).await;
        assert_eq!(life.sums(LIN).await, [2 * 175 + 125, 0, 0, 0]);
        life.handed("frozen").await;
        life.back("frozen", 1, 1).await;
        assert_eq!(life.sums(LIN).await, [175 + 125, 162, 0, 0]);
        life.handed("available").await;
        life.days(15).await;
        assert_eq!(life.sums(LIN).await, [125, 0, 162 + 175, 0]);
        life.back("available", 0, 2).await;
        assert_eq!(life.sums(LIN).await, [125, 0, 162 + 75, 0]);
        life.sound().await;
        for order in ["pending", "frozen", "available"] {
            for line in 0..2 {
                let bought = [3, 2][line];
                let gone = match (order, line) {
                    ("pending", 0) | ("frozen", 1) => 1,
                    ("available", 0) => 2,
                    _ => 0,
                };
                life.back(order, line, bought - gone).await;
            }
        }
        assert_eq!(life.sums(LIN).await, [0, 0, 0, 0], "buying and giving all back is nothing");
        life.sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_case_keeps_it_frozen() {
    both(async |house: House| {
        let mut life = begun(house).await;
        life.bought("one", &[("v1", 2)]).await;
        life.handed("one").await;
        life.ask("one", 1).await.expect("a question");
        life.days(20).await;
        assert_eq!(life.sums(LIN).await, [0, 100, 0, 0]);
        life.back("one", 0, 1).await;
        life.days(3).await;
        assert_eq!(life.sums(LIN).await, [0, 0, 50, 0]);
        life.sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_who_takes_part_earns_and_only_what_is_paid() {
    both(async |house: House| {
        let mut life = Life::begin(house).await;
        life.shelf().await;
        crate::spread::somebody_brought(&life.house).await;
        life.bought("off", &[("v1", 1)]).await;
        let join = life.house.app.join_programme(life.house.now(), life.plain(LIN));
        assert_eq!(code(join.await), "commission_is_off");
        assert_eq!(life.sets(ON).await, "ok");
        life.bought("alone", &[("v1", 1)]).await;
        assert_eq!(life.sums(LIN).await, [0; 4], "nobody takes part");
        life.takes_part(LIN).await;
        life.place("unpaid", &[("v1", 1)], rules::ledger::Provider::Sandbox).await;
        life.house.pass(DAY);
        life.work().await;
        assert_eq!(life.sums(LIN).await, [0; 4], "it was never paid");
        life.bought("one", &[("v1", 1)]).await;
        assert_eq!(life.sums(LIN).await[0], 50);
        // a change of rates is for orders to come
        life.place("before", &[("v1", 1)], rules::ledger::Provider::Sandbox).await;
        let rates = Rates { first: 1000, second: 0 };
        assert_eq!(life.sets(Terms { rates, ..ON }).await, "ok");
        let due = life.start("before", rules::ledger::Provider::Sandbox).await;
        life.money("before_pay", "ref_before", due, "spare").await;
        assert_eq!(life.sums(LIN).await[0], 100);
        life.bought("after", &[("v1", 1)]).await;
        assert_eq!(life.sums(LIN).await[0], 200);
        // the closest rate decides, and nothing is a rate too
        let product = (Scope::Product, number(&life.house, PRODUCT.into()).await);
        let app = life.house.app.clone();
        let set = async |of, rates| {
            code(app.set_commission_rate(life.house.now(), life.who, of, rates).await)
        };
        assert_eq!(set(product, Some(Rates::default())).await, "ok");
        assert_eq!(set((Scope::Product, 5), Some(Rates::default())).await, "no_such_thing");
        assert_eq!(
            set(product, Some(Rates { first: 5001, second: 0 })).await,
            "commission_rate_unfit"
        );
        // a rate that the cap would cut is not promised
        let over = Rates { first: ON.cap + 1, second: 0 };
        assert_eq!(set(product, Some(over)).await, "commission_sum_unfit");
        assert_eq!(life.sets(Terms { rates: over, ..ON }).await, "commission_sum_unfit");
        life.bought("nothing", &[("v1", 1)]).await;
        assert_eq!(life.sums(LIN).await[0], 200);
        let who = life.plain(LIN);
        let set = app.set_commission(life.house.now(), who, ON).await;
        assert_eq!(code(set), "not_allowed");
        let leave = app.leave_programme(life.house.now(), who).await;
        assert_eq!(code(leave), "ok");
        assert_eq!(
            code(app.set_commission_rate(life.house.now(), life.who, product, None).await),
            "ok"
        );
        life.bought("left", &[("v1", 1)]).await;
        assert_eq!(life.sums(LIN).await[0], 200, "what was earned stays, nothing comes");
        life.sound().await;
    })
    .await;
}
const PRODUCT: &str = "SELECT id FROM product WHERE handle = 'shirt'";

#[tokio::test(flavor = "multi_thread")]
async fn what_was_spent_becomes_a_debt_and_later_commission_pays_it() {
    both(async |house: House| {
        let mut life = begun(house).await;
        life.bought("one", &[("v1", 9)]).await;
        life.handed("one").await;
        life.days(15).await;
        assert_eq!(life.sums(LIN).await, [0, 0, 450, 0]);
        // an order of 25.00: what the wallet holds, and the rest from outside
        assert_eq!(life.bought_from_wallet("spent", life.plain(LIN)).await, 2500 - 450);
        assert_eq!(life.sums(LIN).await, [0, 0, 0, 0], "all of it went into an order");
        life.back("one", 0, 3).await;
        assert_eq!(life.sums(LIN).await, [0, 0, 0, 150], "owed: it was spent already");
        life.sound().await;
        // two more sales: the first pays a part of the debt, the second the rest
        for order in ["two", "three"] {
            life.bought(order, &[("v1", 2)]).await;
            life.handed(order).await;
            life.days(15).await;
        }
        assert_eq!(life.sums(LIN).await, [0, 0, 50, 0]);
        life.sound().await;
        assert_eq!(life.earnings_of(LIN).await.came, 450 - 150 + 200);
        life.house.app.seal(life.house.now()).await.expect("seals");
        life.sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_owed_can_be_neither_spent_nor_paid_out() {
    both(async |house: House| {
        let mut life = begun(house).await;
        life.bought("one", &[("v1", 9)]).await;
        life.handed("one").await;
        life.days(15).await;
        // an unpaid order holds all of it while a part of the sale goes back
        let lin = life.plain(LIN);
        let place = life.wanted("holds", lin, FromWallet::All);
        life.house.app.place_order(life.house.now(), place).await.expect("an order");
        life.back("one", 0, 3).await;
        assert_eq!(life.sums(LIN).await, [0, 0, 0, 150]);
        let (order, refund) = (life.id("holds"), life.mint("none"));
        let cancel = CancelOrder { who: lin, order, refund };
        life.house.app.cancel_order(life.house.now(), cancel).await.expect("cancelled");
        assert_eq!(life.sums(LIN).await, [0, 0, 300, 150], "450 in the books, 150 owed");
        let (c, app) = (lin.community, &life.house.app);
        let desk = app.payout_desk(c, lin.member).await.expect("a look");
        assert_eq!(desk.available, 300);
        let wallet = app.wallet(c, lin.member, None, 10).await.expect("a look");
        assert_eq!(wallet.total(), 300);
        assert_eq!(life.bought_from_wallet("spent", lin).await, 2500 - 300);
        life.sound().await;
    })
    .await;
}

/// `below` was brought by `above`, by rows.
pub async fn brought(life: &Life, below: i64, above: i64) {
    let rows = [
        format!(
            "INSERT INTO share_link (community_id, id, code, member_id, kind, thing_id, at)
            VALUES (7, {below}00, 'c{below}', {above}, 'product', {below}, 5)"
        ),
        format!(
            "INSERT INTO binding (community_id, id, member_id, by_id, link_id, mode, from_at)
            VALUES (7, {below}01, {below}, {above}, {below}00, 'register_only', 6)"
        ),
    ];
    for row in rows {
        exec(&life.house, Box::leak(row.into_boxed_str())).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tree_of_three_levels_and_thirty_people_stops_the_second() {
    both(async |house: House| {
        let mut life = begun(house).await;
        let two = Terms { levels: Level::Second, rates: Rates { first: 500, second: 100 }, ..ON };
        assert_eq!(life.sets(two).await, "ok");
        life.insert_member(4).await;
        brought(&life, LIN, 4).await;
        life.takes_part(4).await;
        // Lin was brought by the fourth, who gets the second level of what Lin leads to
        life.bought("one", &[("v1", 1)]).await;
        assert_eq!([life.sums(LIN).await[0], life.sums(4).await[0]], [50, 10]);
        life.handed("one").await;
        life.days(15).await;
        assert_eq!([life.sums(LIN).await[2], life.sums(4).await[2]], [50, 10]);
        // a tree of 4 > 3 > 29 others by rows: each of them was paid for one sale
        for n in 100..128 {
            life.insert_member(n).await;
            brought(&life, n, LIN).await;
            let paid = format!(
                "INSERT INTO commission (community_id, id, order_id, line_id, level, member_id,
                buyer_id, rate, base, counting, total, earned, amount, state, wait_days, at,
                available_at) VALUES (7, {n}, 1, {n}, 1, 3, {n}, 500, 0, 0, 0, 0, 0, 'available',
                7, 5, 6), (7, {n}000, 1, {n}000, 1, {n}, 2, 500, 0, 0, 0, 0, 0, 'available', 7,
                5, 6)"
            );
            exec(&life.house, Box::leak(paid.into_boxed_str())).await;
        }
        let tree = &life.house.app.payees(life.who.community).await.expect("a look").trees[0];
        assert_eq!((tree.top, tree.depth(), tree.people()), (4, 3, 30));
        assert_eq!(life.sets(two).await, "commission_tree_too_large");
        life.bought("two", &[("v1", 1)]).await;
        life.handed("two").await;
        life.days(15).await;
        life.days(1).await; // the trees are looked at within the hour
        life.bought("three", &[("v1", 1)]).await;
        assert_eq!([life.sums(LIN).await[0], life.sums(4).await[0]], [50, 0], "one level is left");
        let programme = life.house.app.programme(life.who.community).await.expect("a look");
        assert!(programme.stopped.is_some());
        assert_eq!(life.sets(ON).await, "ok", "one level is always allowed");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gift_of_the_shop_earns_nobody_anything() {
    both(async |house: House| {
        let mut life = begun(house).await;
        life.group().await;
        // the fourth came through Lin and has a red packet of 10.00: 15.00 of 25.00 are money
        let buyer = life.newcomer(4).await;
        brought(&life, 4, LIN).await;
        life.gift(buyer, 1000).await;
        assert_eq!(life.bought_from_wallet("gift", buyer).await, 1500);
        // 20.00 of goods x 15/25 x 5 %
        assert_eq!(life.sums(LIN).await, [60, 0, 0, 0]);
        life.sound().await;
        life.name_line("gift", 0).await;
        life.back("gift", 0, 1).await;
        assert_eq!(life.sums(LIN).await, [30, 0, 0, 0]);
        life.sound().await;
    })
    .await;
}
