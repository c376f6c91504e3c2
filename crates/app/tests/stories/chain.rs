//! Chain orders: numbers, limits, the cut-off, the minimum, who leaves, who pays too late.
use crate::audit::{Life, number, shown};
use crate::group_buy::{Try, code};
use app::community::who::Who;
use app::sale::capture::{Capture, Taken};
use app::sale::chains::ChainWish;
use app::sale::open_chain_order::{self, NewOffer, OpenChainOrder};
use app::sale::place_order::{PlaceOrder, Refused, To};
use app::sale::start_payment::StartPayment;
use app::{Stop, p};
use rules::base::moment::{DAY, HOUR, MINUTE};
use rules::base::{Id, Moment, id};
use rules::ledger::Provider;
use rules::sale::chain::{ChainState, PlaceState, Terms};
use rules::sale::line::State;
use testkit::{House, both, order};

/// A group with a leader (the first one), neighbours, and a list of `v1` (at most 5 if `most`
/// says so) and `v2`.
pub struct List {
    pub life: Life,
    pub chain: Id<id::Campaign>,
    pub people: Vec<Who>,
}

pub fn terms(now: Moment) -> Terms {
    Terms {
        title: "Saturday".into(),
        letter: "Fresh from the field".into(),
        cut_off: now.plus(24 * HOUR),
        arrives: now.plus(48 * HOUR),
        minimum: 0,
    }
}

impl List {
    pub async fn open(house: House, people: i64, minimum: i64, most: i64) -> List {
        let mut life = Life::begin(house).await;
        life.shelf().await;
        life.group().await;
        let now = life.house.now();
        let change = app::sale::adjust_stock::AdjustStock {
            who: life.who,
            id: life.mint::<()>("more").raw(),
            variant: life.id("v1"),
            by: 1000,
            reason: app::sale::adjust_stock::Reason::Received,
            note: String::new(),
        };
        life.house.app.adjust_stock(now, change).await.expect("stock");
        let mut all = Vec::new();
        for n in 0..people {
            all.push(life.newcomer(1000 + n).await);
        }
        const LEADS: &str = "INSERT INTO room_member (community_id, room_id, member_id, role,
            joined_at, read_seq, said_at) VALUES (7, 70, 1000, 'leader', 0, 0, 0)";
        crate::life::exec(&life.house, LEADS).await;
        let chain = life.mint("chain");
        let list = List { life, chain, people: all };
        let open = list.opening(Terms { minimum, ..terms(now) }, most);
        list.life.house.app.open_chain_order(now, open.clone()).await.expect("a list");
        list.life.house.app.open_chain_order(now, open).await.expect("twice is once");
        list
    }
    pub fn opening(&self, terms: Terms, most: i64) -> OpenChainOrder {
        let offers = vec![
            NewOffer { variant: self.life.id("v1"), price: None, most },
            NewOffer { variant: self.life.id("v2"), price: None, most: 0 },
        ];
        OpenChainOrder { who: self.people[0], id: self.chain, group: Id::of(70), terms, offers }
    }
    pub fn now(&self) -> Moment {
        self.life.house.now()
    }
    pub fn attempt(&self, n: usize) -> Try {
        let (app, now) = (&self.life.house.app, self.now());
        Try {
            who: self.people[n],
            order: app.mint(now),
            payment: app.mint(now),
            spare: app.mint(now),
        }
    }
    pub fn order(&self, t: &Try, qty: i64) -> PlaceOrder {
        let plain = order::delivered(t.who, t.order, self.life.units(&[("v1", qty)]));
        let chain = Some(ChainWish { campaign: self.chain, named: true, by: None });
        PlaceOrder { to: order::collected_at(Id::of(70)), chain, ..plain }
    }
    pub async fn tried(&self, o: PlaceOrder) -> &'static str {
        code(self.life.house.app.place_order(self.now(), o).await)
    }
    pub async fn begin(&self, n: usize, qty: i64) -> Try {
        let t = self.attempt(n);
        self.life.house.app.place_order(self.now(), self.order(&t, qty)).await.expect("a place");
        let (who, id, order, provider) = (t.who, t.payment, t.order, Provider::Sandbox);
        let start = StartPayment { who, id, order, provider };
        self.life.house.app.start_payment(self.now(), start).await.expect("an attempt");
        t
    }
    pub async fn pay(&self, t: &Try) -> Taken {
        let app = &self.life.house.app;
        let amount = app.order_page(t.who.community, t.order).await.expect("a read");
        let capture = Capture {
            community: t.who.community,
            payment: t.payment,
            reference: format!("ref_{}", t.payment.raw()),
            amount: amount.expect("an order").row.total,
            currency_fits: true,
            spare: t.spare,
        };
        app.take_payment(self.now(), capture).await.expect("the callback is always answered")
    }
    pub async fn bought(&self, n: usize, qty: i64) -> Try {
        let t = self.begin(n, qty).await;
        assert_eq!(self.pay(&t).await, Taken::Captured);
        t
    }
    pub async fn cancel(&self, t: &Try) -> &'static str {
        let refund = self.life.house.app.mint(self.now());
        let cancel = app::sale::cancel_order::CancelOrder { who: t.who, order: t.order, refund };
        code(self.life.house.app.cancel_order(self.now(), cancel).await)
    }
    /// The order's state, its number and what the list says of it.
    pub async fn stand(&self, t: &Try) -> (State, i64, PlaceState) {
        let (app, c) = (&self.life.house.app, t.who.community);
        let page = app.order_page(c, t.order).await.expect("a read").expect("an order");
        let place = app.place_of(c, t.order).await.expect("a read").expect("a place");
        (page.row.state, place.number, place.state)
    }
    pub async fn list(&self) -> (ChainState, i64, Vec<i64>) {
        let (app, c) = (&self.life.house.app, self.life.who.community);
        let page = app.chain_page(c, self.chain, None).await.expect("a read").expect("a list");
        let taken = page.offers.iter().map(|f| f.taken).collect();
        (page.row.state, page.row.raised, taken)
    }
    pub async fn work(&self) {
        self.life.work().await;
        self.life.work().await;
    }
    pub async fn audited(&self) {
        let report = self.life.house.app.audit(self.now()).await.expect("an audit");
        assert!(report.clean(), "{:?} {}", self.life.house.on, shown(&report));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_gives_numbers_and_goes_its_way() {
    both(async |house: House| {
        let l = List::open(house, 4, 0, 0).await;
        let first = l.begin(1, 2).await;
        let second = l.bought(2, 1).await;
        assert_eq!(l.pay(&first).await, Taken::Captured);
        let again = l.bought(1, 3).await;
        assert_eq!(l.stand(&second).await, (State::ToFulfil, 1, PlaceState::Confirmed));
        assert_eq!(l.stand(&first).await, (State::ToFulfil, 2, PlaceState::Confirmed));
        assert_eq!(l.stand(&again).await, (State::ToFulfil, 3, PlaceState::Confirmed));
        assert_eq!(l.list().await, (ChainState::Open, 6000, vec![6, 0]));
        l.audited().await;
        let said = "SELECT count(*) FROM message WHERE room_id = 70 AND body LIKE '%chain_order%'";
        assert_eq!(number(&l.life.house, said.into()).await, 3, "each number is told");
        // who leaves keeps the number; nobody else gets it
        assert_eq!(l.cancel(&first).await, "ok");
        l.work().await;
        assert_eq!(l.stand(&first).await, (State::Refunded, 2, PlaceState::Left));
        assert_eq!(l.list().await, (ChainState::Open, 4000, vec![4, 0]));
        l.audited().await;
        let unpaid = l.begin(3, 5).await;
        assert_eq!(l.list().await.2, [9, 0]);
        l.life.house.pass(25 * HOUR);
        l.work().await;
        assert_eq!(l.stand(&unpaid).await, (State::ClosedUnpaid, 0, PlaceState::Released));
        assert_eq!(l.list().await, (ChainState::Standing, 4000, vec![4, 0]));
        l.audited().await;
        let t = l.attempt(2);
        assert_eq!(l.tried(l.order(&t, 1)).await, Refused::CampaignOver.code());
        // the same order sent again is answered as before, although the list is closed
        assert_eq!(l.tried(l.order(&second, 1)).await, "ok");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn below_its_minimum_everybody_is_refunded_once() {
    both(async |house: House| {
        let l = List::open(house, 3, 3001, 0).await;
        let (a, b) = (l.bought(1, 1).await, l.bought(2, 2).await);
        assert_eq!(l.stand(&a).await.0, State::AwaitingGoal);
        l.audited().await;
        l.life.house.pass(24 * HOUR);
        l.work().await;
        assert_eq!(l.list().await, (ChainState::Failed, 0, vec![0, 0]));
        for t in [&a, &b] {
            let (state, _, place) = l.stand(t).await;
            assert_eq!((state, place), (State::Refunded, PlaceState::Refunded));
        }
        let refunds = number(&l.life.house, "SELECT count(*) FROM refund".into()).await;
        assert_eq!(refunds, 2, "one number each");
        l.audited().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_minimum_is_decided_at_the_cut_off() {
    both(async |house: House| {
        let l = List::open(house, 4, 3000, 0).await;
        let (a, b) = (l.bought(1, 2).await, l.bought(2, 1).await);
        assert_eq!(l.list().await.1, 3000);
        // reached, but somebody may still leave
        assert_eq!(l.stand(&a).await.0, State::AwaitingGoal);
        let c = l.bought(3, 1).await;
        assert_eq!(l.cancel(&b).await, "ok");
        l.work().await;
        l.audited().await;
        l.life.house.pass(24 * HOUR - 1);
        l.work().await;
        assert_eq!(l.stand(&a).await.0, State::AwaitingGoal, "the cut-off has not come");
        l.life.house.pass(1);
        l.work().await;
        assert_eq!(l.list().await, (ChainState::Standing, 3000, vec![3, 0]));
        assert_eq!(l.stand(&a).await.0, State::ToFulfil);
        assert_eq!(l.stand(&c).await.0, State::ToFulfil);
        assert_eq!(l.stand(&b).await, (State::Refunded, 2, PlaceState::Left));
        l.audited().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_unpaid_order_outlives_the_cut_off() {
    both(async |house: House| {
        let l = List::open(house, 3, 0, 5).await;
        assert_eq!(l.tried(l.order(&l.attempt(1), 6)).await, Refused::SoldOut.code());
        l.life.house.pass(24 * HOUR - 5 * MINUTE);
        let late = l.begin(1, 5).await;
        assert_eq!(l.tried(l.order(&l.attempt(2), 1)).await, Refused::SoldOut.code());
        let page = l.life.house.app.order_page(late.who.community, late.order).await;
        let until = page.expect("a read").expect("an order").row.pay_until;
        assert_eq!(until, l.now().plus(5 * MINUTE), "until the cut-off, not a quarter of an hour");
        l.audited().await;
        l.life.house.pass(5 * MINUTE);
        // the money comes before any job has run
        assert_eq!(l.pay(&late).await, Taken::Suspense);
        l.work().await;
        assert_eq!(l.stand(&late).await, (State::ClosedUnpaid, 0, PlaceState::Released));
        assert_eq!(l.list().await, (ChainState::Standing, 0, vec![0, 0]));
        let back = "SELECT count(*) FROM payment WHERE state = 'returned'";
        assert_eq!(number(&l.life.house, back.into()).await, 1, "it goes back by itself");
        l.audited().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_leader_closes_her_list_early() {
    both(async |house: House| {
        let l = List::open(house, 3, 0, 0).await;
        let (paid, unpaid) = (l.bought(1, 1).await, l.begin(2, 1).await);
        let app = &l.life.house.app;
        assert_eq!(code(app.close_chain(l.now(), l.people[1], l.chain).await), "no_such_campaign");
        l.life.house.pass(HOUR / 60);
        assert_eq!(code(app.close_chain(l.now(), l.people[0], l.chain).await), "ok");
        assert_eq!(code(app.close_chain(l.now(), l.people[0], l.chain).await), "ok");
        l.audited().await;
        assert_eq!(l.tried(l.order(&l.attempt(1), 1)).await, Refused::CampaignOver.code());
        assert_eq!(l.pay(&unpaid).await, Taken::Suspense);
        l.work().await;
        assert_eq!(l.stand(&unpaid).await, (State::ClosedUnpaid, 0, PlaceState::Released));
        assert_eq!(l.stand(&paid).await.0, State::ToFulfil);
        assert_eq!(l.list().await, (ChainState::Standing, 1000, vec![1, 0]));
        l.audited().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_open_a_list_and_what_may_stand_on_it() {
    both(async |house: House| {
        let l = List::open(house, 2, 0, 0).await;
        let (app, now) = (l.life.house.app.clone(), l.now());
        let new = || OpenChainOrder { id: app.mint(now), ..l.opening(terms(now), 0) };
        let said = async |o: OpenChainOrder| code(app.open_chain_order(now, o).await);
        use open_chain_order::Refused as No;
        assert_eq!(said(new()).await, "ok");
        let neighbour = OpenChainOrder { who: l.people[1], ..new() };
        assert_eq!(said(neighbour).await, No::NotAllowed.code());
        let elsewhere = OpenChainOrder { group: Id::of(71), ..new() };
        assert_eq!(said(elsewhere).await, No::NotAllowed.code());
        let no_point = OpenChainOrder { group: Id::of(71), who: l.life.who, ..new() };
        assert_eq!(said(no_point).await, No::NoPickupPoint.code());
        let mut cheap = new();
        cheap.offers[0].price = Some(900);
        assert_eq!(said(cheap.clone()).await, No::BadPrice.code(), "a leader sets no prices");
        assert_eq!(said(OpenChainOrder { who: l.life.who, ..cheap }).await, "ok");
        let mut twice = new();
        twice.offers[1] = twice.offers[0];
        assert_eq!(said(twice).await, No::NotForSale.code());
        let other = OpenChainOrder { id: l.chain, ..l.opening(terms(now.plus(HOUR)), 0) };
        assert_eq!(said(other).await, No::OtherCampaignWithThisId.code());
        // a list is no group buy, and takes nothing that is not on it or goes elsewhere
        let t = l.attempt(1);
        let off = PlaceOrder { lines: vec![(l.life.id("g1"), 1)], ..l.order(&t, 1) };
        assert_eq!(l.tried(off).await, Refused::NotInCampaign.code());
        let to =
            To::Pickup {
                group: Id::of(71), recipient: "周梅".into(), phone: "19000000001".into()
            };
        assert_eq!(l.tried(PlaceOrder { to, ..l.order(&t, 1) }).await, "no_such_pickup_point");
        let late = rules::sale::group_buy::Late::Refund;
        let seat = app::sale::seats::SeatWish { campaign: l.chain, team: None, late };
        let seated = PlaceOrder { seat: Some(seat), chain: None, ..l.order(&t, 1) };
        assert_eq!(l.tried(seated).await, Refused::NoSuchCampaign.code());
        l.audited().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_pay_at_once_and_each_has_a_number() {
    both(async |house: House| {
        let l = std::sync::Arc::new(List::open(house, 13, 0, 12).await);
        let mut all = Vec::new();
        for n in 1..13 {
            all.push(l.begin(n, 1).await);
        }
        let paying: Vec<_> = all
            .iter()
            .map(|t| {
                let (l, t) = (l.clone(), *t);
                tokio::spawn(async move { l.pay(&t).await })
            })
            .collect();
        for one in paying {
            assert_eq!(one.await.expect("no panic"), Taken::Captured);
        }
        let mut numbers = Vec::new();
        for t in &all {
            numbers.push(l.stand(t).await.1);
        }
        numbers.sort_unstable();
        assert_eq!(numbers, (1..13).collect::<Vec<i64>>());
        l.audited().await;
    })
    .await;
}

/// As in the audit's own story; @k is open with a minimum, @o its paid order, @h its unpaid one.
const SPOILED: &str = include_str!("chain_cases.txt");

#[tokio::test(flavor = "multi_thread")]
async fn audit_finds_every_spoiled_list() {
    both(async |house: House| {
        let l = List::open(house, 3, 5000, 0).await;
        let (o, h) = (l.bought(1, 2).await, l.begin(2, 1).await);
        l.audited().await;
        let names = [
            ("@k", l.chain.raw()),
            ("@o", o.order.raw()),
            ("@h", h.order.raw()),
            ("@p", o.payment.raw()),
        ];
        let spelled = |text: &str| {
            names.iter().fold(text.to_owned(), |t, (name, n)| t.replace(name, &n.to_string()))
        };
        let mut missed = String::new();
        for case in SPOILED.lines().filter(|c| !c.is_empty()) {
            let cell: Vec<&str> = case.splitn(3, " | ").collect();
            let list: Vec<&'static str> = spelled(cell[2])
                .split("; ")
                .map(|s| &*Box::leak(s.to_owned().into_boxed_str()))
                .collect();
            let now = l.now();
            let run = move |tx: &mut app::db::Tx<'_>| {
                for sql in &list {
                    assert!(tx.exec(sql, p![])? > 0 || sql.starts_with("DROP"), "no row: {sql}");
                }
                Err::<(), _>(Stop::Refused(app::audit::look(tx, now, 3 * DAY)?))
            };
            let report = match l.life.house.app.database().write(now, run).await {
                Err(Stop::Refused(report)) => report,
                other => panic!("{other:?}"),
            };
            let (row, says) = (spelled(cell[0]), spelled(cell[1]));
            let hit = report
                .findings
                .iter()
                .any(|f| f.check == "chains" && f.row.starts_with(&row) && f.says.contains(&says));
            if !hit {
                missed += &format!("{case}\n{}\n", shown(&report));
            }
        }
        assert!(missed.is_empty(), "{:?}\n{missed}", l.life.house.on);
        l.audited().await;
    })
    .await;
}

/// Her list goes on; what she wrote and her name go with her account.
#[tokio::test(flavor = "multi_thread")]
async fn a_letter_ends_with_the_account_of_who_wrote_it() {
    both(async |house: House| {
        let l = List::open(house, 2, 0, 0).await;
        crate::life::exec(&l.life.house, "UPDATE room SET members = 1 WHERE id = 70").await;
        let t = l.bought(1, 1).await;
        let app = &l.life.house.app;
        app.close_account(l.now(), Id::of(1000)).await.expect("closed");
        let page = app.chain_page(t.who.community, l.chain, None).await.expect("a read");
        let page = page.expect("the list");
        assert_eq!((page.row.title.as_str(), page.letter.as_str()), ("shirt", ""));
        assert_ne!(page.row.leader_name, "m1000");
        assert_eq!(page.orders.len(), 1, "who ordered stays on it");
        l.audited().await;
    })
    .await;
}

/// Whoever knows the number of a closed group's list cannot order from it.
#[tokio::test(flavor = "multi_thread")]
async fn a_closed_groups_list_takes_its_own_only() {
    both(async |house: House| {
        let l = List::open(house, 3, 0, 0).await;
        let (inside, outside) = (l.attempt(1), l.attempt(2));
        const CLOSED: &str = "UPDATE room SET admission = 'invite', members = 2 WHERE id = 70";
        crate::life::exec(&l.life.house, CLOSED).await;
        const IN: &str = "INSERT INTO room_member (community_id, room_id, member_id, role,
            joined_at, read_seq, said_at) VALUES (7, 70, 1001, 'member', 0, 0, 0)";
        crate::life::exec(&l.life.house, IN).await;
        assert_eq!(l.tried(l.order(&outside, 1)).await, Refused::NoSuchCampaign.code());
        assert_eq!(l.tried(l.order(&inside, 1)).await, "ok");
        let staff = Try { who: l.life.who, ..l.attempt(0) };
        assert_eq!(l.tried(l.order(&staff, 1)).await, "ok", "who serves it");
        l.audited().await;
    })
    .await;
}
