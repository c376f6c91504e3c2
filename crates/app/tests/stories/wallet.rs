//! A wallet at checkout: reserved with the order, spent once, given back the way the money came.
use crate::audit::{Life, number, shown};
use crate::group_buy::code;
use crate::life::{C, exec};
use app::community::who::Who;
use app::sale::cancel_order::CancelOrder;
use app::sale::capture::{Capture, Taken};
use app::sale::owed::FromWallet;
use app::sale::place_order::PlaceOrder;
use app::sale::refund_order::RefundOrder;
use app::sale::start_payment::StartPayment;
use app::sale::tables_wallet::earning_share;
use app::spread::open_packet::OpenPacket;
use app::spread::take_packet::TakePacket;
use app::spread::views_wallet::Moved;
use gateway::payments::Outcome;
use rules::base::moment::MINUTE;
use rules::base::{Id, id};
use rules::ledger::{Bucket, Provider};
use rules::sale::line::State;
use rules::spread::packet::{Needs, Split};
use std::collections::BTreeSet;
use testkit::{House, both, order};

pub fn leaked(sql: String) -> &'static str {
    Box::leak(sql.into_boxed_str())
}

impl Life {
    /// A red packet with one slot, which this member takes. The group must be there.
    pub async fn gift(&mut self, who: Who, amount: i64) {
        let (now, member) = (self.house.now(), who.member.raw());
        let seat = format!(
            "INSERT INTO room_member (community_id, room_id, member_id, role, joined_at, read_seq,
            said_at) VALUES ({C}, 70, {member}, 'member', 0, 0, 0) ON CONFLICT DO NOTHING"
        );
        exec(&self.house, leaked(seat)).await;
        let open = OpenPacket {
            who: self.who,
            id: self.mint("gift_packet"),
            group: Id::of(70),
            split: Split::Equal,
            total: amount,
            slots: 1,
            needs: Needs::Member,
            hours: 24,
            wish: String::new(),
        };
        let packet = open.id;
        self.house.app.open_packet(now, open).await.expect("a packet");
        self.house.app.take_packet(now, TakePacket { who, packet }).await.expect("a slot");
    }
    /// Commission out of nothing: a transfer no verb would write. The audit says so, see `noise`.
    pub async fn earned(&mut self, who: Who, amount: i64) {
        let (id, at) = (self.mint::<()>("planted").raw(), self.house.now().0);
        let account = format!("wallet:{}:commission", who.member.raw());
        let transfer = format!(
            "INSERT INTO transfer (community_id, id, part, state, event, cause, debit, credit,
            amount, at) VALUES ({C}, {id}, 0, 'posted', 'planted', {id}, 'promotion', '{account}',
            {amount}, {at})"
        );
        exec(&self.house, leaked(transfer)).await;
        let balance = format!(
            "INSERT INTO balance (community_id, account, debits_pending, debits_posted,
            credits_pending, credits_posted) VALUES ({C}, '{account}', 0, 0, 0, {amount})
            ON CONFLICT (community_id, account)
            DO UPDATE SET credits_posted = balance.credits_posted + {amount}"
        );
        exec(&self.house, leaked(balance)).await;
    }
    /// 2 x 10.00 and 5.00 for delivery.
    pub fn wanted(&mut self, name: &str, who: Who, wallet: FromWallet) -> PlaceOrder {
        let plain = order::delivered(who, self.mint(name), self.units(&[("v1", 2)]));
        PlaceOrder { wallet, ..plain }
    }
    async fn with_wallet(&mut self, name: &str, who: Who, wallet: FromWallet) -> &'static str {
        let place = self.wanted(name, who, wallet);
        let now = self.house.now();
        let first = code(self.house.app.place_order(now, place.clone()).await);
        if first == "ok" {
            assert_eq!(code(self.house.app.place_order(now, place).await), "ok", "twice is once");
        }
        first
    }
    async fn attempt(&mut self, name: &str, who: Who) -> Result<i64, &'static str> {
        let (id, order) = (self.mint(&format!("{name}_pay")), self.id(name));
        let start = StartPayment { who, id, order, provider: Provider::Sandbox };
        let out = self.house.app.start_payment(self.house.now(), start).await;
        out.map_err(|stop| code::<(), _>(Err(stop)))
    }
    async fn arrives(&mut self, name: &str, amount: i64) -> Taken {
        let capture = Capture {
            community: self.who.community,
            payment: self.id(&format!("{name}_pay")),
            reference: format!("ref_{name}"),
            amount,
            currency_fits: true,
            spare: self.mint("spare"),
        };
        self.house.app.take_payment(self.house.now(), capture).await.expect("money")
    }
    pub async fn bought_from_wallet(&mut self, name: &str, who: Who) -> i64 {
        assert_eq!(self.with_wallet(name, who, FromWallet::All).await, "ok");
        let amount = self.attempt(name, who).await.expect("an attempt");
        assert_eq!(self.arrives(name, amount).await, Taken::Captured);
        amount
    }
    /// Units and delivery of an order go back; what that came to.
    async fn give(&mut self, name: &str, qty: i64, shipping: bool) -> i64 {
        let order: Id<id::Order> = self.id(name);
        let sql = format!("SELECT id FROM order_line WHERE order_id = {}", order.raw());
        let lines = match qty {
            0 => Vec::new(),
            _ => vec![(Id::of(number(&self.house, sql).await), qty)],
        };
        let (who, id, reason) = (self.who, self.mint(&format!("{name}_ref")), String::new());
        let refund = RefundOrder { who, id, order, lines, shipping, restock: true, reason };
        let (app, now) = (&self.house.app, self.house.now());
        let told = app.weigh_refund(now, refund.clone()).await.expect("a sum").expect("not yet");
        let before = self.back_in_wallet(id).await;
        let out = app.refund_order(now, refund.clone()).await.expect("a refund");
        assert_eq!((told.amount, before), (out, 0), "what was told is what goes back");
        assert_eq!(told.wallet, self.back_in_wallet(id).await, "and by that way");
        let told = app.weigh_refund(now, refund.clone()).await.expect("a look");
        assert_eq!(told, None, "it is written down");
        assert_eq!(app.refund_order(now, refund).await.expect("once"), out);
        out
    }
    async fn back_in_wallet(&self, id: Id<id::Refund>) -> i64 {
        let sql = "SELECT coalesce(CAST(sum(wallet) AS bigint), 0) FROM refund WHERE id = ";
        number(&self.house, format!("{sql}{}", id.raw())).await
    }
    /// Red packets and commission.
    async fn holds(&self, who: Who) -> (i64, i64) {
        let wallet = self.house.app.wallet(who.community, who.member, None, 0).await;
        let held = wallet.expect("a look").buckets;
        let of = |b: Bucket| held.iter().find(|(x, _)| *x == b).map_or(0, |(_, n)| *n);
        (of(Bucket::RedPacket), of(Bucket::Commission))
    }
    async fn state(&self, who: Who, name: &str) -> State {
        let page = self.house.app.order_page(who.community, self.id(name)).await.expect("a look");
        page.expect("an order").row.state
    }
    async fn share(&self, name: &str) -> (i64, i64) {
        let (c, order) = (self.who.community, self.id(name));
        let read = self.house.app.database().read(move |rx| earning_share(rx, c, order)).await;
        read.expect("a share")
    }
    /// Clean but for what `earned` planted.
    async fn audited_from_wallet(&self) {
        let sql = "SELECT count(*) FROM transfer WHERE event = 'planted'".to_string();
        let planted = number(&self.house, sql).await;
        let report = self.house.app.audit(self.house.now()).await.expect("an audit");
        let (mut rows, mut left) = (BTreeSet::new(), report.clone());
        left.findings.retain(|f| !f.says.contains("planted"));
        for f in report.findings.iter().filter(|f| f.says.contains("planted")) {
            rows.insert(f.row.clone());
        }
        assert!(left.findings.is_empty(), "{:?} {}", self.house.on, shown(&left));
        assert_eq!(rows.len() as i64, planted);
    }
    /// For the audit's own story: paid in part, paid whole, given back in part, and waiting.
    pub async fn with_wallets(&mut self) {
        let now = self.house.now();
        let fee = rules::sale::price::Shipping { fee: 500, free_from: 0 };
        self.house.app.set_shop(now, self.who, fee, "bank".into()).await.expect("a shop");
        let who = self.newcomer(4100).await;
        self.gift(who, 300).await;
        self.bought_from_wallet("purse_part", who).await;
        self.give("purse_part", 2, false).await;
        self.give("purse_part", 0, true).await;
        self.gift(who, 2500).await;
        assert_eq!(self.with_wallet("purse_whole", who, FromWallet::All).await, "ok");
        self.gift(who, 100).await;
        assert_eq!(self.with_wallet("purse_waits", who, FromWallet::All).await, "ok");
        self.work().await;
    }
}

async fn begin(house: House) -> (Life, Who) {
    let mut life = Life::begin(house).await;
    life.shelf().await;
    life.group().await;
    let who = life.newcomer(1000).await;
    (life, who)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wallet_pays_a_part_and_has_it_back_last() {
    both(async |house: House| {
        let (mut life, who) = begin(house).await;
        life.gift(who, 300).await;
        life.earned(who, 200).await;
        assert_eq!(life.with_wallet("seen", who, FromWallet::Seen(499)).await, "wallet_changed");
        assert_eq!(life.with_wallet("one", who, FromWallet::Seen(500)).await, "ok");
        assert_eq!(life.holds(who).await, (0, 0), "reserved");
        assert_eq!(life.attempt("one", who).await, Ok(2000));
        life.audited_from_wallet().await;
        let other = PlaceOrder { id: life.id("one"), ..life.wanted("x", who, FromWallet::Nothing) };
        let app = life.house.app.clone();
        let twice = code(app.place_order(life.house.now(), other).await);
        assert_eq!(twice, "id_used_for_another_order");
        assert_eq!(life.arrives("one", 2000).await, Taken::Captured);
        assert_eq!(life.share("one").await, (2200, 2500));
        let page = app.order_page(who.community, life.id("one")).await.expect("a look");
        let page = page.expect("an order");
        let paid: Vec<_> = page.wallet.iter().map(|p| (p.bucket, p.amount)).collect();
        assert_eq!(paid, [(Bucket::RedPacket, 300), (Bucket::Commission, 200)]);
        assert_eq!((page.to_pay(), page.row.total), (2000, 2500));
        life.audited_from_wallet().await;
        // outside money first; the last 5.00 are the wallet's
        assert_eq!(life.give("one", 1, false).await, 1000);
        assert_eq!(life.holds(who).await, (0, 0));
        assert_eq!(life.give("one", 0, true).await, 500);
        assert_eq!(life.holds(who).await, (0, 0));
        assert_eq!(life.give("one", 1, false).await, 1000);
        assert_eq!(life.holds(who).await, (300, 200), "at once");
        assert_eq!(
            life.state(who, "one").await,
            State::Refunding,
            "the provider was not asked yet"
        );
        life.audited_from_wallet().await;
        life.work().await;
        assert_eq!(life.state(who, "one").await, State::Refunded);
        assert_eq!(life.share("one").await, (2200, 2500), "what was paid, not what is left");
        life.audited_from_wallet().await;
        let wallet = app.wallet(who.community, who.member, None, 50).await.expect("a look");
        // what was planted has no line of its own
        assert_eq!(wallet.lines.iter().map(|l| l.amount()).sum::<i64>() + 200, wallet.total());
        let kinds = wallet.lines.iter().map(|l| matches!(l.what, Moved::Packet { .. }));
        assert_eq!(kinds.collect::<Vec<_>>(), [false, false, true]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wallet_pays_whole_orders_without_anybody_outside() {
    both(async |house: House| {
        let (mut life, who) = begin(house).await;
        life.gift(who, 2499).await;
        life.earned(who, 501).await;
        assert_eq!(life.with_wallet("one", who, FromWallet::All).await, "ok");
        assert_eq!(life.state(who, "one").await, State::ToFulfil, "paid with the order");
        assert_eq!(life.attempt("one", who).await, Err("not_waiting_for_payment"));
        assert_eq!(life.holds(who).await, (0, 500));
        assert_eq!(life.share("one").await, (1, 2500));
        life.audited_from_wallet().await;
        // a refund without an outside part asks nobody
        let doubts = [Outcome::Unknown, Outcome::Unknown];
        life.house.app.gateway.payments.misbehave(doubts);
        assert_eq!(life.give("one", 1, false).await, 1000);
        assert_eq!(life.holds(who).await, (999, 501), "commission first, it was spent last");
        assert_eq!(life.state(who, "one").await, State::ToFulfil);
        life.audited_from_wallet().await;
        assert_eq!(life.give("one", 1, true).await, 1500);
        assert_eq!(life.holds(who).await, (2499, 501), "bought and given back: nothing changed");
        assert_eq!(life.state(who, "one").await, State::Refunded);
        life.audited_from_wallet().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unpaid_order_gives_the_wallet_back() {
    both(async |house: House| {
        let (mut life, who) = begin(house).await;
        life.gift(who, 300).await;
        assert_eq!(life.with_wallet("one", who, FromWallet::All).await, "ok");
        assert_eq!(life.attempt("one", who).await, Ok(2200));
        life.house.pass(16 * MINUTE);
        life.work().await;
        assert_eq!(life.state(who, "one").await, State::ClosedUnpaid);
        assert_eq!(life.holds(who).await, (300, 0));
        assert_eq!(life.arrives("one", 2200).await, Taken::Suspense, "too late");
        life.work().await;
        life.audited_from_wallet().await;
        assert_eq!(life.with_wallet("two", who, FromWallet::All).await, "ok");
        let (order, refund) = (life.id("two"), life.mint("unused"));
        let cancel = CancelOrder { who, order, refund };
        let now = life.house.now();
        life.house.app.cancel_order(now, cancel).await.expect("cancelled");
        assert_eq!(life.holds(who).await, (300, 0));
        let lines = life.house.app.wallet(who.community, who.member, None, 9).await;
        assert_eq!(lines.expect("a look").lines.len(), 1, "nothing was moved");
        assert_eq!(life.with_wallet("three", who, FromWallet::All).await, "ok");
        assert_eq!(life.attempt("three", who).await, Ok(2200));
        assert_eq!(life.arrives("three", 2500).await, Taken::Suspense, "not what was to pay");
        life.work().await;
        life.audited_from_wallet().await;
        // paid and not packed: the buyer takes it back
        assert_eq!(life.with_wallet("empty", who, FromWallet::All).await, "ok");
        assert_eq!(life.attempt("empty", who).await, Ok(2500), "nothing is left to give");
    })
    .await;
}

/// One balance, twenty orders in the same moment: it is spent once.
#[tokio::test(flavor = "multi_thread")]
async fn a_balance_is_spent_once() {
    both(async |house: House| {
        let (mut life, who) = begin(house).await;
        life.gift(who, 300).await;
        let orders: Vec<_> =
            (0..18).map(|n| life.wanted(&format!("o{n}"), who, FromWallet::Seen(300))).collect();
        let mut tasks = Vec::new();
        for place in orders {
            let (app, now) = (life.house.app.clone(), life.house.now());
            tasks.push(tokio::spawn(async move { code(app.place_order(now, place).await) }));
        }
        let mut said = Vec::new();
        for task in tasks {
            said.push(task.await.expect("no panic"));
        }
        assert_eq!(said.iter().filter(|s| **s == "ok").count(), 1, "{said:?}");
        assert!(said.iter().all(|s| ["ok", "wallet_changed"].contains(s)), "{said:?}");
        assert_eq!(life.holds(who).await, (0, 0));
        life.audited_from_wallet().await;
    })
    .await;
}

/// Code | row | part of what it says | the corruption, as in the audit's own story.
const SPOILED: &str = include_str!("wallet_cases.txt");

#[tokio::test(flavor = "multi_thread")]
async fn audit_finds_every_spoiled_wallet() {
    both(async |house: House| {
        let (mut life, who) = begin(house).await;
        life.gift(who, 300).await;
        life.earned(who, 200).await;
        life.bought_from_wallet("paid", who).await;
        life.give("paid", 2, false).await;
        life.give("paid", 0, true).await;
        let other = life.newcomer(1001).await;
        life.gift(other, 300).await;
        life.earned(other, 200).await;
        life.bought_from_wallet("kept", other).await;
        life.gift(other, 300).await;
        assert_eq!(life.with_wallet("waits", other, FromWallet::All).await, "ok");
        life.work().await;
        for name in ["paid", "kept", "waits"] {
            let order: Id<id::Order> = life.id(name);
            let sql = format!(
                "SELECT min(transfer_id) FROM order_wallet WHERE order_id = {}",
                order.raw()
            );
            let n = number(&life.house, sql).await;
            life.name(&format!("{name}_group"), n);
        }
        let back: Id<id::Refund> = life.id("paid_ref");
        let sql = format!(
            "SELECT transfer_id FROM refund_wallet WHERE refund_id = {} LIMIT 1",
            back.raw()
        );
        let n = number(&life.house, sql).await;
        life.name("back_group", n);
        life.audited_from_wallet().await;
        let mut missed = String::new();
        for case in SPOILED.lines().filter(|l| !l.is_empty()) {
            let cell: Vec<&str> = case.splitn(4, " | ").collect();
            let report = life.audit_spoiled(cell[3]).await;
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
    })
    .await;
}
