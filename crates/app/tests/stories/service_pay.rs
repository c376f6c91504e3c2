//! Service pay: promised when a list opens, earned by the hand-out, taken back with what comes
//! back; whom it goes to, and who lays it down.
use crate::audit::{number, shown};
use crate::chain::{List, terms as letter};
use crate::group_buy::{Try, code};
use crate::life::{C, exec};
use app::community::who::Who;
use app::sale::capture::Taken;
use app::sale::open_chain_order::OpenChainOrder;
use app::sale::place_order::PlaceOrder;
use app::sale::refund_order::RefundOrder;
use app::sale::short_delivery::ShortDelivery;
use app::sale::start_payment::StartPayment;
use app::spread::views_wallet::Moved;
use rules::base::Id;
use rules::base::moment::{DAY, HOUR, MINUTE};
use rules::community::role::{Rights, Role};
use rules::ledger::Provider;
use rules::spread::service_pay::Terms;
use testkit::{House, both};

/// 3 % of the goods and 1.00 an order.
const PAY: Terms = Terms { rate: 300, flat: 100 };

impl List {
    async fn lays(&self, who: Who, group: Option<i64>, terms: Option<Terms>) -> &'static str {
        let set = self.life.house.app.set_service(self.now(), who, group.map(Id::of), terms);
        code(set.await)
    }
    /// Another list than the one that was open before anything was laid down.
    async fn open_next(&mut self, who: Who) -> Option<Terms> {
        self.chain = self.life.house.app.mint(self.now());
        let open = OpenChainOrder { who, ..self.opening(letter(self.now()), 0) };
        self.life.house.app.open_chain_order(self.now(), open).await.expect("a list");
        let promised = self.life.house.app.promised_service(self.life.who.community, self.chain);
        promised.await.expect("a read")
    }
    /// Somebody takes `lines` and pays.
    async fn takes(&self, n: usize, lines: &[(&str, i64)]) -> Try {
        let t = self.attempt(n);
        let lines = lines.iter().map(|(v, qty)| (self.life.id(v), *qty)).collect();
        let app = &self.life.house.app;
        let order = PlaceOrder { lines, ..self.order(&t, 1) };
        app.place_order(self.now(), order).await.expect("a place");
        let (who, id, order, provider) = (t.who, t.payment, t.order, Provider::Sandbox);
        let start = StartPayment { who, id, order, provider };
        app.start_payment(self.now(), start).await.expect("an attempt");
        assert_eq!(self.pay(&t).await, Taken::Captured);
        t
    }
    async fn arrives(&self) {
        self.life.house.pass(25 * HOUR);
        self.work().await;
        let marked = self.life.house.app.mark_arrived(self.now(), self.people[0], self.chain);
        marked.await.expect("goods");
        self.life.house.pass(MINUTE);
    }
    async fn handed_over(&self, t: &Try) {
        assert_eq!(self.hand(self.people[0], self.hand_out(), t, "").await, "ok");
    }
    /// Waiting, in the wallet, owed.
    async fn has(&self) -> [i64; 3] {
        let leader = self.people[0];
        let s = self.life.house.app.service_sums(leader.community, leader.member).await;
        let s = s.expect("a read");
        [s.waiting, s.in_wallet, s.owed]
    }
    /// Units of a line go back, and the provider has settled it.
    async fn back(&self, t: &Try, line: usize, qty: i64) {
        let (app, who) = (&self.life.house.app, self.life.who);
        let page = app.order_page(who.community, t.order).await.expect("a read");
        let lines = vec![(page.expect("an order").row.lines[line].id, qty)];
        let (id, order, reason) = (app.mint(self.now()), t.order, String::new());
        let refund = RefundOrder { who, id, order, lines, shipping: false, restock: true, reason };
        app.refund_order(self.now(), refund).await.expect("a refund");
        self.work().await;
    }
    async fn days(&self, n: i64) {
        self.life.house.pass(n * DAY);
        self.work().await;
        // what completes an order and what releases its pay are due in the same moment
        self.life.house.pass(HOUR);
        self.work().await;
    }
}

async fn paying(house: House) -> List {
    let mut l = List::open(house, 6, 0, 0).await;
    assert_eq!(l.lays(l.life.who, None, Some(PAY)).await, "ok");
    let none = l.life.house.app.promised_service(l.life.who.community, l.chain).await;
    assert_eq!(none.expect("a read"), None, "a list that was open keeps what it promised");
    assert_eq!(l.open_next(l.people[0]).await, Some(PAY));
    l
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hand_out_pays_the_leader_once() {
    both(async |house: House| {
        let l = paying(house).await;
        let (a, own) = (l.takes(1, &[("v1", 2), ("v2", 1)]).await, l.takes(0, &[("v1", 1)]).await);
        l.arrives().await;
        assert_eq!(l.has().await, [0, 0, 0], "nothing was handed out");
        l.handed_over(&own).await;
        assert_eq!(l.has().await, [0, 0, 0], "her own order");
        // 3 % of 20.00 and of 2.50, each rounded down, and 1.00
        let first = l.hand_out();
        assert_eq!(l.hand(l.people[0], first, &a, "").await, "ok");
        assert_eq!(l.hand(l.people[0], first, &a, "").await, "ok", "sent twice");
        assert_eq!(l.has().await, [60 + 7 + 100, 0, 0]);
        l.audited().await;
        assert_eq!(l.undo(l.people[0], first).await, "ok");
        assert_eq!(l.undo(l.people[0], first).await, "ok", "sent twice");
        assert_eq!(l.has().await, [0, 0, 0]);
        l.audited().await;
        l.life.house.pass(MINUTE);
        l.handed_over(&a).await;
        assert_eq!(l.has().await, [167, 0, 0], "handed out again");
        l.audited().await;
        l.days(13).await;
        assert_eq!(l.has().await, [167, 0, 0], "within the days of return");
        l.days(2).await;
        assert_eq!(l.has().await, [0, 167, 0]);
        l.audited().await;
        let (app, leader) = (&l.life.house.app, l.people[0]);
        let told = "SELECT count(*) FROM notice WHERE member_id = 1000
            AND kind = 'service_available'";
        assert_eq!(number(&l.life.house, told.into()).await, 1, "one notice an order");
        let wallet = app.wallet(leader.community, leader.member, None, 50).await.expect("a read");
        let served = |m: &Moved| matches!(m, Moved::Served { list } if list == "Saturday");
        assert!(wallet.lines.iter().all(|m| served(&m.what)), "{:?}", wallet.lines);
        assert_eq!(wallet.lines.iter().map(|m| m.amount()).sum::<i64>(), 167);
        let desk = app.payout_desk(leader.community, leader.member).await.expect("a read");
        assert_eq!(desk.available, 167, "it can be paid out with commission");
        let mine = app.my_served_lists(leader.community, leader.member, None, 9).await;
        let mine = mine.expect("a read");
        assert_eq!((mine.len(), mine[0].orders, mine[0].available), (1, 1, 167));
        assert_eq!(mine, app.served_lists(leader.community, None, 9).await.expect("a read"));
        let lines = app.service_lines(leader.community, leader.member, None, 9).await;
        assert_eq!(lines.expect("a read").len(), 3);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn goods_that_come_back_take_their_part() {
    both(async |house: House| {
        let mut l = paying(house).await;
        let lines = [("v1", 2), ("v2", 2)];
        let (a, b) = (l.takes(1, &lines).await, l.takes(2, &lines).await);
        l.arrives().await;
        // what is given back before the hand-out is never earned
        l.back(&a, 0, 1).await;
        for t in [&a, &b] {
            l.handed_over(t).await;
        }
        assert_eq!(l.has().await, [30 + 15 + 100 + 60 + 15 + 100, 0, 0]);
        l.audited().await;
        l.back(&a, 0, 1).await;
        assert_eq!(l.has().await, [15 + 100 + 175, 0, 0], "the rest of the order stays");
        l.audited().await;
        l.back(&a, 1, 2).await;
        assert_eq!(l.has().await, [175, 0, 0], "with the last of it goes the sum of the order");
        l.audited().await;
        l.days(15).await;
        assert_eq!(l.has().await, [0, 175, 0]);
        l.back(&b, 1, 1).await;
        assert_eq!(l.has().await, [0, 60 + 7 + 100, 0], "out of the wallet");
        l.audited().await;
        // what was spent is owed, and later pay makes up for it
        let leader = l.people[0];
        l.life.bought_from_wallet("spent", leader).await;
        assert_eq!(l.has().await, [0, 0, 0]);
        l.back(&b, 0, 2).await;
        l.back(&b, 1, 1).await;
        assert_eq!(l.has().await, [0, 0, 167]);
        l.audited().await;
        assert_eq!(l.open_next(leader).await, Some(PAY));
        let next = l.takes(3, &[("v1", 5)]).await;
        l.arrives().await;
        l.handed_over(&next).await;
        assert_eq!(l.has().await, [150 + 100, 0, 167]);
        l.days(15).await;
        assert_eq!(l.has().await, [0, 250 - 167, 0]);
        l.audited().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_case_keeps_it_waiting() {
    both(async |house: House| {
        let l = paying(house).await;
        let a = l.takes(1, &[("v1", 2)]).await;
        l.arrives().await;
        l.handed_over(&a).await;
        let app = &l.life.house.app;
        let page = app.order_page(a.who.community, a.order).await.expect("a read");
        let ask = app::sale::ask_refund::AskRefund {
            who: a.who,
            id: app.mint(l.now()),
            order: a.order,
            lines: vec![(page.expect("an order").row.lines[0].id, 1)],
            reason: Some(rules::sale::case::Reason::Damaged),
            words: "soft".into(),
            pictures: Vec::new(),
        };
        app.ask_refund(l.now(), ask).await.expect("a question");
        l.days(20).await;
        assert_eq!(l.has().await, [160, 0, 0]);
        l.back(&a, 0, 1).await;
        l.days(3).await;
        assert_eq!(l.has().await, [0, 130, 0]);
        l.audited().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_fell_short_is_not_earned_and_cash_counts_like_money() {
    both(async |house: House| {
        let l = paying(house).await;
        let (a, b) = (l.takes(1, &[("v1", 2)]).await, l.takes(2, &[("v1", 2)]).await);
        l.arrives().await;
        let short = ShortDelivery {
            who: l.people[0],
            id: l.life.house.app.mint::<()>(l.now()).raw(),
            campaign: l.chain,
            variant: l.life.id("v1"),
            qty: 3,
        };
        l.life.house.app.short_delivery(l.now(), short).await.expect("refunds");
        l.work().await;
        l.handed_over(&a).await;
        assert_eq!(l.has().await, [30 + 100, 0, 0], "one unit came");
        // the buyer says it, not the leader
        let again = l.life.house.app.confirm_receipt(l.now(), b.who, b.order).await;
        assert_eq!(code(again), "nothing_to_receive");
        l.audited().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_taps_at_once_pay_once() {
    both(async |house: House| {
        let l = std::sync::Arc::new(paying(house).await);
        let a = l.takes(1, &[("v1", 1)]).await;
        l.arrives().await;
        let taps: Vec<_> = (0..12)
            .map(|_| {
                let (l, a) = (l.clone(), a);
                tokio::spawn(async move { l.hand(l.people[0], l.hand_out(), &a, "").await })
            })
            .collect();
        let mut good = 0;
        for tap in taps {
            good += usize::from(tap.await.expect("no panic") == "ok");
        }
        assert_eq!(good, 1);
        assert_eq!(l.has().await, [130, 0, 0]);
        l.audited().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_owner_lays_down_what_is_paid_and_to_whom() {
    both(async |house: House| {
        let mut l = List::open(house, 3, 0, 0).await;
        let (owner, leader) = (l.life.who, l.people[0]);
        let mut staff = l.people[1];
        (staff.role, staff.rights) = (Role::Staff, Rights::of(Role::Staff, "campaigns"));
        for who in [leader, staff] {
            assert_eq!(l.lays(who, None, Some(PAY)).await, "not_allowed");
        }
        let too_much = Terms { rate: 2001, flat: 0 };
        assert_eq!(l.lays(owner, None, Some(too_much)).await, "service_rate_unfit");
        let too_much = Terms { rate: 0, flat: 100_001 };
        assert_eq!(l.lays(owner, None, Some(too_much)).await, "service_flat_unfit");
        assert_eq!(l.lays(owner, Some(9), Some(PAY)).await, "no_such_group");
        assert_eq!(l.open_next(leader).await, None, "off unless it is said");
        assert_eq!(l.lays(owner, None, Some(PAY)).await, "ok");
        assert_eq!(l.open_next(leader).await, Some(PAY));
        // a group's own terms, which may be nothing at all
        let own = Terms { rate: 0, flat: 300 };
        assert_eq!(l.lays(owner, Some(70), Some(own)).await, "ok");
        assert_eq!(l.open_next(leader).await, Some(own));
        assert_eq!(l.lays(owner, Some(70), Some(Terms::default())).await, "ok");
        assert_eq!(l.open_next(leader).await, None);
        assert_eq!(l.lays(owner, Some(70), None).await, "ok");
        assert_eq!(l.open_next(leader).await, Some(PAY));
        // lists of the shop itself
        assert_eq!(l.open_next(staff).await, None, "staff who do not tend the group");
        const TENDS: &str = "INSERT INTO room_member (community_id, room_id, member_id, role,
            joined_at, read_seq, said_at) SELECT 7, 70, id, 'leader', 0, 0, 0 FROM member
            WHERE community_id = 7 AND role = 'owner'";
        exec(&l.life.house, TENDS).await;
        assert_eq!(l.open_next(owner).await, None, "the owner would pay herself");
        let deeds = "SELECT count(*) FROM audit_log WHERE what = 'set_service'";
        assert_eq!(number(&l.life.house, deeds.into()).await, 4);
        l.audited().await;
    })
    .await;
}

/// As in the audit's own story; @w waits (@wl its line, @wo its order), @f is its order's flat
/// sum, @a is in the wallet, @e was taken back, @k is the list.
const SPOILED: &str = include_str!("service_pay_cases.txt");

#[tokio::test(flavor = "multi_thread")]
async fn audit_finds_every_spoiled_pay() {
    both(async |house: House| {
        let mut l = paying(house).await;
        let (a, e) = (l.takes(1, &[("v1", 2)]).await, l.takes(2, &[("v1", 1)]).await);
        let w = l.takes(3, &[("v1", 3), ("v2", 1)]).await;
        l.arrives().await;
        l.handed_over(&a).await;
        l.handed_over(&e).await;
        l.back(&e, 0, 1).await;
        l.days(15).await;
        l.handed_over(&w).await;
        assert_eq!(l.has().await, [90 + 7 + 100, 60 + 100, 0]);
        l.audited().await;
        for (name, order, flat) in
            [("w", &w, false), ("f", &w, true), ("a", &a, false), ("e", &e, false)]
        {
            let line = if flat { "= 0" } else { "> 0" };
            let of = format!("WHERE order_id = {} AND line_id {line}", order.order.raw());
            let id = format!("SELECT min(id) FROM service_pay {of}");
            let id = number(&l.life.house, id).await;
            l.life.name(name, id);
            let line = format!("SELECT line_id FROM service_pay WHERE id = {id}");
            let line = number(&l.life.house, line).await;
            l.life.name(&format!("{name}l"), line);
            l.life.name(&format!("{name}o"), order.order.raw());
        }
        l.life.name("k", l.chain.raw());
        let mut missed = String::new();
        for case in SPOILED.lines().filter(|c| !c.is_empty()) {
            let cell: Vec<&str> = case.splitn(4, " | ").collect();
            let report = l.life.audit_spoiled(cell[3]).await;
            let row = format!("{} of community {C}", l.life.spelled(cell[1]));
            let says = l.life.spelled(cell[2]);
            let hit = |f: &app::audit::Finding| {
                f.check == cell[0] && f.row == row && f.says.contains(&says)
            };
            if !report.findings.iter().any(hit) {
                missed += &format!("{case}\n{}\n", shown(&report));
            }
        }
        assert!(missed.is_empty(), "{:?}\n{missed}", l.life.house.on);
        l.audited().await;
    })
    .await;
}
