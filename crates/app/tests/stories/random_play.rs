//! The model of a shop that random stories are compared with, and what is played beside it.
use crate::content_cast::{C, community, member, said, sql};
use crate::random_model::{At, Dice, FEE, Line, Money, Order, STOCK, Shelf, goods};
use app::community::who::Who;
use app::sale::adjust_stock::{AdjustStock, Reason};
use app::sale::cancel_order::CancelOrder;
use app::sale::capture::{Capture, Taken};
use app::sale::owed::FromWallet;
use app::sale::place_order::PlaceOrder;
use app::sale::refund_order::RefundOrder;
use app::sale::save_product::SaveProduct;
use app::sale::ship_order::ShipOrder;
use app::sale::start_payment::StartPayment;
use app::spread::open_packet::OpenPacket;
use app::spread::take_packet::TakePacket;
use app::{Stop, p};
use gateway::payments::Outcome;
use rules::base::moment::{DAY, MINUTE};
use rules::base::{Id, id};
use rules::community::role::{Rights, Role};
use rules::ledger::{Bucket, Provider};
use rules::sale::price::Shipping;
use rules::sale::wallet::spend;
use rules::spread::packet::{Needs, Split};
use std::collections::BTreeMap;
use testkit::{House, On, fresh, order};

pub struct Play {
    pub house: House,
    pub c: C,
    pub owner: Who,
    pub buyer: Who,
    pub dice: Dice,
    pub variants: Vec<(Id<id::Variant>, i64)>,
    pub shelves: Vec<Shelf>,
    pub orders: Vec<Order>,
    pub refunds: Vec<Id<id::Refund>>,
    pub money: Money,
    pub did: BTreeMap<&'static str, usize>,
}

fn who(c: C, member: Id<id::Member>, role: Role) -> Who {
    let rights = Rights::of(role, "");
    Who { community: c, member, account: Id::of(member.raw()), role, rights, muted_until: None }
}

impl Play {
    pub async fn new(on: On, seed: u64) -> Play {
        let house = fresh(on).await;
        let c = community(&house).await;
        let owner = who(c, member(&house, c, "Wu", "owner", "").await, Role::Owner);
        let buyer = who(c, member(&house, c, "Mei", "member", "").await, Role::Member);
        let now = house.now();
        let shipping = Shipping { fee: FEE, free_from: 0 };
        house.app.set_shop(now, owner, shipping, String::new()).await.expect("a shop");
        let id = house.app.mint(now);
        let save = SaveProduct { who: owner, id, version: None, product: goods(), pictures: None };
        let product = house.app.save_product(now, save).await.expect("goods");
        const ROOM: &str = "INSERT INTO room (community_id, id, kind, name, purpose, rules, notice,
            admission, capacity, members, pickup_name, pickup_address, pickup_hours, slow_seconds,
            keywords, system_off, last_change, last_line, created_at) VALUES ($1, 70, 'interest',
            'G', '', '', '', 'open', 500, 1, '', '', '', 0, '', '', 0, 0, 0)";
        sql(&house, ROOM, p![c]).await;
        const SEAT: &str = "INSERT INTO room_member (community_id, room_id, member_id, role,
            joined_at, read_seq, said_at) VALUES ($1, 70, $2, 'member', 0, 0, 0)";
        sql(&house, SEAT, p![c, buyer.member]).await;
        let page = house.app.product(c, product, true).await.expect("a look").expect("goods");
        let variants: Vec<_> = page.variants.iter().map(|v| (v.id, v.price)).collect();
        let full = Shelf { on_hand: STOCK, received: STOCK, ..Shelf::default() };
        let shelves = vec![full; variants.len()];
        Play {
            house,
            c,
            owner,
            buyer,
            dice: Dice(seed),
            variants,
            shelves,
            orders: Vec::new(),
            refunds: Vec::new(),
            money: Money::default(),
            did: BTreeMap::new(),
        }
    }
    fn mint<T>(&self) -> Id<T> {
        self.house.app.mint(self.house.now())
    }
    pub fn count(&mut self, what: &'static str) {
        *self.did.entry(what).or_default() += 1;
    }
    fn any(&mut self) -> Option<usize> {
        // the newest have the most to tell
        let n = self.orders.len().min(7);
        (n > 0).then(|| self.orders.len() - 1 - self.dice.below(n))
    }
    /// Mostly an order with a line there, at times any other.
    fn some(&mut self, at: At) -> Option<usize> {
        let fits = |o: &Order| o.lines.iter().any(|l| l.at == at);
        let all: Vec<usize> = (0..self.orders.len()).filter(|i| fits(&self.orders[*i])).collect();
        if all.is_empty() || self.dice.often(15) {
            return self.any();
        }
        Some(all[self.dice.below(all.len())])
    }

    async fn place(&mut self) {
        let first = self.dice.below(self.variants.len());
        let mut chosen = vec![(first, 1 + self.dice.below(4) as i64)];
        if self.dice.often(50) {
            let second =
                (first + 1 + self.dice.below(self.variants.len() - 1)) % self.variants.len();
            chosen.push((second, 1 + self.dice.below(4) as i64));
        }
        let from_wallet = self.dice.often(40);
        let wallet = if from_wallet { FromWallet::All } else { FromWallet::Nothing };
        let lines = chosen.iter().map(|(v, qty)| (self.variants[*v].0, *qty)).collect();
        let place = PlaceOrder { wallet, ..order::delivered(self.buyer, self.mint(), lines) };
        let order = place.id;
        let out = self.house.app.place_order(self.house.now(), place.clone()).await;
        if !chosen.iter().all(|(v, qty)| self.shelves[*v].on_hand >= *qty) {
            assert_eq!(said(out), "sold_out");
            return self.count("sold out");
        }
        assert_eq!(said(out), "ok");
        if self.dice.often(20) {
            let again = self.house.app.place_order(self.house.now(), place).await;
            assert_eq!(said(again), "ok", "the same order once more");
        }
        let page = self.house.app.order_page(self.c, order).await.expect("a look").expect("there");
        let mut lines = Vec::new();
        for ((variant, qty), row) in chosen.iter().zip(&page.row.lines) {
            let (id, price) = (row.id, self.variants[*variant].1);
            let shelf = &mut self.shelves[*variant];
            (shelf.on_hand, shelf.held) = (shelf.on_hand - qty, shelf.held + qty);
            let (qty, kept) = (*qty, *qty);
            lines.push(Line { id, variant: *variant, price, qty, kept, at: At::Awaits });
        }
        let total = lines.iter().map(|l| l.price * l.qty).sum::<i64>() + FEE;
        let held = [(Bucket::RedPacket, self.money.purse)];
        let wallet = if from_wallet { spend(total, &held) } else { Vec::new() };
        let wallet = wallet.iter().map(|(_, n)| n).sum::<i64>();
        self.money.purse -= wallet;
        let placed = self.house.now();
        let (fee, payment, given) = (FEE, None, 0);
        self.orders.push(Order { id: order, lines, total, wallet, given, fee, placed, payment });
        self.count("placed");
        if wallet == total {
            self.paid(self.orders.len() - 1);
            self.count("from the wallet alone");
        }
    }
    async fn start(&mut self) {
        let Some(i) = self.some(At::Awaits) else { return };
        if self.orders[i].payment.is_some() {
            return;
        }
        let order = &self.orders[i];
        let (id, provider) = (self.mint(), Provider::Sandbox);
        let start = StartPayment { who: self.buyer, id, order: order.id, provider };
        let waits =
            order.lines[0].at == At::Awaits && self.house.now().0 < order.placed.0 + 15 * MINUTE;
        let out = said(self.house.app.start_payment(self.house.now(), start).await);
        assert_eq!(out == "ok", waits, "{out}: {order:?}");
        if waits {
            self.orders[i].payment = Some((id, false));
            self.count("started");
            if self.dice.often(60) {
                self.capture_of(i).await;
            }
        }
    }
    /// Money comes, once or more often, in time or late.
    async fn capture(&mut self) {
        if let Some(i) = self.any() {
            self.capture_of(i).await;
        }
    }
    async fn capture_of(&mut self, i: usize) {
        let Some((payment, before)) = self.orders[i].payment else { return };
        let order = self.orders[i].clone();
        let (reference, spare) = (format!("ref{}", payment.raw()), self.mint());
        let (community, amount) = (self.c, order.total - order.wallet);
        let money = Capture { community, payment, reference, amount, currency_fits: true, spare };
        let out = self.house.app.take_payment(self.house.now(), money).await.expect("an answer");
        if before {
            assert_eq!(out, Taken::Before, "{order:?}");
            return self.count("captured again");
        }
        self.orders[i].payment = Some((payment, true));
        if order.lines[0].at != At::Awaits {
            assert_eq!(out, Taken::Suspense, "{order:?}");
            self.money.late += amount;
            return self.count("came late");
        }
        assert_eq!(out, Taken::Captured, "{order:?}");
        self.paid(i);
        self.count("captured");
    }
    fn paid(&mut self, i: usize) {
        let (total, wallet) = (self.orders[i].total, self.orders[i].wallet);
        self.money.captured += total;
        self.money.outside += total - wallet;
        self.money.spent += wallet;
        self.money.goods += total - FEE;
        self.money.fees += FEE;
        if wallet > 0 {
            self.count("from the wallet");
        }
        for line in &mut self.orders[i].lines {
            line.at = At::Here;
            let shelf = &mut self.shelves[line.variant];
            (shelf.held, shelf.sold) = (shelf.held - line.qty, shelf.sold + line.qty);
        }
    }
    fn ended_unpaid(&mut self, i: usize) {
        self.money.purse += self.orders[i].wallet;
        for line in &mut self.orders[i].lines {
            line.at = At::Ended;
            let shelf = &mut self.shelves[line.variant];
            (shelf.held, shelf.on_hand) = (shelf.held - line.qty, shelf.on_hand + line.qty);
        }
    }
    fn gave_back(&mut self, i: usize, l: usize, qty: i64, restock: bool) {
        let line = &mut self.orders[i].lines[l];
        line.kept -= qty;
        if line.kept == 0 {
            line.at = At::Back;
        }
        let (amount, variant) = (qty * line.price, line.variant);
        self.went_back(i, amount);
        let shelf = &mut self.shelves[variant];
        shelf.sold -= qty;
        *(if restock { &mut shelf.on_hand } else { &mut shelf.written_off }) += qty;
    }
    fn gave_fee_back(&mut self, i: usize) {
        let fee = std::mem::take(&mut self.orders[i].fee);
        self.went_back(i, fee);
    }
    /// Outside first, then into the wallet.
    fn went_back(&mut self, i: usize, amount: i64) {
        let (order, m) = (&mut self.orders[i], &mut self.money);
        let left = order.total - order.wallet - order.given;
        let outside = amount.min(left.max(0));
        order.given += amount;
        m.refunded += amount;
        m.paid_back += outside;
        m.purse += amount - outside;
        if amount > outside {
            self.count("back into the wallet");
        }
    }
    /// The shop gives a red packet of one slot.
    async fn gift(&mut self) {
        let (now, amount) = (self.house.now(), 50 + self.dice.below(2500) as i64);
        let open = OpenPacket {
            who: self.owner,
            id: self.mint(),
            group: Id::of(70),
            split: Split::Equal,
            total: amount,
            slots: 1,
            needs: Needs::Member,
            hours: 24,
            wish: String::new(),
        };
        let packet = open.id;
        assert_eq!(said(self.house.app.open_packet(now, open).await), "ok");
        let take = TakePacket { who: self.buyer, packet };
        assert_eq!(said(self.house.app.take_packet(now, take).await), "ok");
        self.money.gifts += amount;
        self.money.purse += amount;
        self.count("gift");
    }
    async fn cancel(&mut self) {
        let Some(i) = self.any() else { return };
        let (order, refund) = (self.orders[i].id, self.mint());
        let cancel = CancelOrder { who: self.buyer, order, refund };
        let out = said(self.house.app.cancel_order(self.house.now(), cancel).await);
        let lines = self.orders[i].lines.clone();
        let all = |at: At| lines.iter().all(|l| l.at == at);
        if all(At::Ended) {
            assert_eq!(out, "ok", "cancelled before");
        } else if all(At::Awaits) {
            assert_eq!(out, "ok", "{lines:?}");
            self.ended_unpaid(i);
            self.count("cancelled unpaid");
        } else if all(At::Here) {
            assert_eq!(out, "ok", "{lines:?}");
            for (l, line) in lines.iter().enumerate() {
                self.gave_back(i, l, line.kept, true);
            }
            self.gave_fee_back(i);
            self.refunds.push(refund);
            self.count("cancelled paid");
        } else {
            assert_eq!(out, "too_late_to_cancel", "{lines:?}");
            self.count("cancelled too late");
        }
    }
    async fn refund(&mut self) {
        let at = [At::Here, At::Sent, At::There][self.dice.below(3)];
        let Some(i) = self.some(at) else { return };
        let order = self.orders[i].clone();
        let l = self.dice.below(order.lines.len());
        let (line, qty) = (&order.lines[l], 1 + self.dice.below(4) as i64);
        let (shipping, restock) = (self.dice.often(20), self.dice.often(60));
        let (id, reason) = (self.mint(), String::new());
        let lines = vec![(line.id, qty)];
        let who = self.owner;
        let refund = RefundOrder { who, id, order: order.id, lines, shipping, restock, reason };
        if self.dice.often(30) {
            let odd = [Outcome::Unknown, Outcome::Refused("no such card".into())];
            self.house.app.gateway.payments.misbehave([odd[self.dice.below(2)].clone()]);
        }
        let times = 1 + usize::from(self.dice.often(20));
        let mut out = String::new();
        for _ in 0..times {
            out = said(self.house.app.refund_order(self.house.now(), refund.clone()).await);
        }
        let want = match line.at {
            At::Awaits | At::Ended => "not_paid",
            // refunded, or on its way there
            At::Back if out == "more_than_paid" => "more_than_paid",
            At::Back => "bad_line",
            _ if qty > line.kept => "more_than_paid",
            _ => "ok",
        };
        assert_eq!(out, want, "{order:?}");
        if want == "ok" {
            self.gave_back(i, l, qty, restock);
            if shipping {
                self.gave_fee_back(i);
            }
            self.refunds.push(id);
            self.count("refunded");
        }
    }
    async fn ship(&mut self) {
        let Some(i) = self.some(At::Here) else { return };
        let (carrier, tracking) = ("SF".into(), "1".into());
        let (parcel, order) = (self.mint(), self.orders[i].id);
        let ship = ShipOrder { who: self.owner, parcel, order, lines: vec![], carrier, tracking };
        let out = said(self.house.app.ship_order(self.house.now(), ship).await);
        let any = self.orders[i].lines.iter().any(|l| l.at == At::Here);
        assert_eq!(out, if any { "ok" } else { "nothing_to_ship" }, "{:?}", self.orders[i]);
        for line in self.orders[i].lines.iter_mut().filter(|l| l.at == At::Here) {
            line.at = At::Sent;
        }
        self.count(if any { "shipped" } else { "nothing shipped" });
    }
    async fn receive(&mut self) {
        let Some(i) = self.some(At::Sent) else { return };
        let (order, now) = (self.orders[i].id, self.house.now());
        let out = said(self.house.app.confirm_receipt(now, self.buyer, order).await);
        if self.orders[i].lines.iter().any(|l| l.at == At::Sent) {
            assert_eq!(out, "ok", "{:?}", self.orders[i]);
            for line in self.orders[i].lines.iter_mut().filter(|l| l.at == At::Sent) {
                line.at = At::There;
            }
            self.count("received");
        }
    }
    async fn stock(&mut self) {
        let v = self.dice.below(self.variants.len());
        let came = self.dice.often(70);
        let n = 1 + self.dice.below(12) as i64;
        let (by, reason) = if came { (n, Reason::Received) } else { (-n, Reason::Damaged) };
        let (id, variant) = (self.mint::<()>().raw(), self.variants[v].0);
        let adjust = AdjustStock { who: self.owner, id, variant, by, reason, note: String::new() };
        let out = self.house.app.adjust_stock(self.house.now(), adjust).await;
        let shelf = &mut self.shelves[v];
        if came {
            (shelf.on_hand, shelf.received) = (shelf.on_hand + n, shelf.received + n);
            assert_eq!(said(out), "ok");
        } else if shelf.on_hand >= n {
            (shelf.on_hand, shelf.written_off) = (shelf.on_hand - n, shelf.written_off + n);
            assert_eq!(said(out), "ok");
        } else {
            assert!(matches!(out, Err(Stop::Refused(_))), "{out:?}");
        }
    }
    /// Time goes by and the worker with it: what was not paid ends, what was sent arrives.
    pub async fn time(&mut self, by: i64) {
        self.house.pass(by);
        let now = self.house.now();
        while self.house.app.work(now, 1).await.expect("work") > 0 {}
        for i in 0..self.orders.len() {
            let old = now.0 >= self.orders[i].placed.0 + 15 * MINUTE;
            if self.orders[i].lines[0].at == At::Awaits && old {
                self.ended_unpaid(i);
                self.count("ended unpaid");
            }
        }
        if by > 10 * DAY {
            let sent = self.orders.iter_mut().flat_map(|o| &mut o.lines);
            sent.filter(|l| l.at == At::Sent).for_each(|l| l.at = At::There);
        }
        if self.dice.often(30) {
            self.house.app.seal(now).await.expect("a seal");
        }
    }
    pub async fn step(&mut self) {
        match self.dice.below(100) {
            0..20 => self.place().await,
            20..40 => self.start().await,
            40..52 => self.capture().await,
            52..58 => self.cancel().await,
            58..72 => self.refund().await,
            72..81 => self.ship().await,
            81..89 => self.receive().await,
            89..92 => self.stock().await,
            92..94 => self.gift().await,
            94..99 => {
                let minutes = 1 + self.dice.below(5) as i64;
                self.time(minutes * MINUTE).await;
            }
            _ => self.time(11 * DAY).await,
        }
    }
}
