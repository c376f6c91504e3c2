//! Group buys: seats, teams that fill and fail, who leaves, who pays too late.
use crate::audit::{Life, number, shown};
use app::community::who::Who;
use app::sale::capture::{Capture, Taken};
use app::sale::open_group_buy::{self, OpenGroupBuy};
use app::sale::owed::FromWallet;
use app::sale::place_order::{PlaceOrder, Refused};
use app::sale::seats::SeatWish;
use app::sale::start_payment::StartPayment;
use app::{Refusal, Stop};
use rules::base::moment::{HOUR, MINUTE};
use rules::base::{Id, Moment, id};
use rules::community::role::{Rights, Role};
use rules::ledger::Provider;
use rules::sale::group_buy::{Late, SeatState, TeamState, Terms, WHOLE, WhoMay};
use rules::sale::line;
use testkit::{House, both, order};

/// A shop with people and one group buy of `v1` (1000 alone, 900 in a team, 800 who opens it).
pub struct Market {
    pub life: Life,
    pub campaign: Id<id::Campaign>,
    people: Vec<Who>,
}

pub fn code<T, R: Refusal>(out: Result<T, Stop<R>>) -> &'static str {
    match out {
        Ok(_) => "ok",
        Err(Stop::Refused(no)) => no.code(),
        Err(Stop::Fault(fault)) => panic!("{fault}"),
    }
}

pub fn terms(size: i64, now: Moment) -> Terms {
    Terms {
        title: "Peaches".into(),
        story: String::new(),
        size,
        fill: WHOLE,
        life_hours: 24,
        starts: now,
        ends: now.plus(72 * HOUR),
        most: 0,
        per_member: 2,
        opens: WhoMay::Everyone,
        joins: WhoMay::Everyone,
    }
}

/// An order on its way.
#[derive(Clone, Copy, Debug)]
pub struct Try {
    pub who: Who,
    pub order: Id<id::Order>,
    pub payment: Id<id::Payment>,
    pub spare: Id<id::Payment>,
}

impl Market {
    pub async fn open(house: House, people: i64, with: impl Fn(&mut Terms)) -> Market {
        let mut life = Life::begin(house).await;
        life.shelf().await;
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
        let mut t = terms(3, now);
        with(&mut t);
        let campaign = life.mint("campaign");
        let mut market = Market { life, campaign, people: all };
        market.campaign = market.another(t).await;
        market
    }
    pub async fn another(&mut self, terms: Terms) -> Id<id::Campaign> {
        let open = OpenGroupBuy {
            who: self.life.who,
            id: self.life.mint("campaign"),
            product: self.life.id("shirt"),
            group: None,
            terms,
            prices: vec![(self.life.id("v1"), 900, 800)],
        };
        self.life.house.app.open_group_buy(self.now(), open.clone()).await.expect("a campaign");
        self.life.house.app.open_group_buy(self.now(), open.clone()).await.expect("twice is once");
        open.id
    }
    pub fn now(&self) -> Moment {
        self.life.house.now()
    }
    pub fn person(&self, n: usize) -> Who {
        self.people[n]
    }
    pub fn attempt(&self, n: usize) -> Try {
        let (app, now) = (&self.life.house.app, self.now());
        let (order, payment, spare) = (app.mint(now), app.mint(now), app.mint(now));
        Try { who: self.person(n), order, payment, spare }
    }
    pub fn order(&self, t: &Try, team: Option<Id<id::Team>>, late: Late) -> PlaceOrder {
        let plain = order::delivered(t.who, t.order, self.life.units(&[("v1", 1)]));
        let seat = Some(SeatWish { campaign: self.campaign, team, late });
        PlaceOrder { to: order::collected_at(Id::of(70)), seat, ..plain }
    }
    /// Places an order and begins to pay it.
    pub async fn begin(&self, n: usize, team: Option<Id<id::Team>>, late: Late) -> Try {
        let t = self.attempt(n);
        let app = &self.life.house.app;
        app.place_order(self.now(), self.order(&t, team, late)).await.expect("a seat");
        self.start(&t).await;
        t
    }
    pub async fn start(&self, t: &Try) {
        let (who, id, order, provider) = (t.who, t.payment, t.order, Provider::Sandbox);
        let start = StartPayment { who, id, order, provider };
        self.life.house.app.start_payment(self.now(), start).await.expect("an attempt");
    }
    pub async fn pay(&self, t: &Try) -> Taken {
        let app = &self.life.house.app;
        let amount = app.order_page(t.who.community, t.order).await.expect("a read");
        let amount = amount.expect("an order").row.total;
        let capture = Capture {
            community: t.who.community,
            payment: t.payment,
            reference: format!("ref_{}", t.payment.raw()),
            amount,
            currency_fits: true,
            spare: t.spare,
        };
        app.take_payment(self.now(), capture).await.expect("the callback is always answered")
    }
    /// A team opened and paid for by one person.
    pub async fn team(&self, leader: usize) -> (Id<id::Team>, Try) {
        let t = self.begin(leader, None, Late::Refund).await;
        assert_eq!(self.pay(&t).await, Taken::Captured);
        (self.team_of(&t).await, t)
    }
    pub async fn team_of(&self, t: &Try) -> Id<id::Team> {
        self.seat(t.order).await.0
    }
    pub async fn seat(&self, order: Id<id::Order>) -> (Id<id::Team>, SeatState) {
        let seat = self.life.house.app.seat_of(self.life.who.community, order).await;
        let seat = seat.expect("a read").expect("a seat");
        (seat.team, seat.state)
    }
    pub async fn joined(&self, n: usize, team: Id<id::Team>) -> Try {
        let t = self.begin(n, Some(team), Late::Refund).await;
        assert_eq!(self.pay(&t).await, Taken::Captured);
        t
    }
    pub async fn state(&self, t: &Try) -> line::State {
        let page = self.life.house.app.order_page(t.who.community, t.order).await;
        page.expect("a read").expect("an order").row.state
    }
    pub async fn team_state(&self, team: Id<id::Team>) -> (TeamState, i64) {
        let c = self.life.who.community;
        let row = self.life.house.app.team_of(c, self.campaign, team).await.expect("a read");
        let row = row.expect("a team");
        (row.state, row.members)
    }
    pub async fn cancel(&self, t: &Try) -> &'static str {
        let refund = self.life.house.app.mint(self.now());
        let cancel = app::sale::cancel_order::CancelOrder { who: t.who, order: t.order, refund };
        code(self.life.house.app.cancel_order(self.now(), cancel).await)
    }
    pub async fn audited(&self) {
        let report = self.life.house.app.audit(self.now()).await.expect("an audit");
        assert!(report.clean(), "{:?} {}", self.life.house.on, shown(&report));
    }
    /// Net money of one buyer by the books: paid in and not given back.
    pub async fn kept(&self) -> i64 {
        let sum = |event: &str| {
            format!(
                "SELECT CAST(coalesce(sum(amount), 0) AS bigint) FROM transfer
                WHERE event = '{event}' AND state = 'posted'"
            )
        };
        let mut net = 0;
        for (event, sign) in
            [("capture", 1), ("suspense_in", 1), ("refund", -1), ("suspense_out", -1)]
        {
            net += sign * number(&self.life.house, sum(event)).await;
        }
        net
    }
}

impl Life {
    /// A group buy with one seat paid and one held.
    pub async fn together(&mut self) {
        let house = self.house.clone();
        let people = [self.newcomer(3000).await, self.newcomer(3001).await];
        let now = house.now();
        let open = OpenGroupBuy {
            who: self.who,
            id: self.mint("campaign"),
            product: self.id("shirt"),
            group: None,
            terms: terms(3, now),
            prices: vec![(self.id("v1"), 900, 800)],
        };
        let campaign = open.id;
        house.app.open_group_buy(now, open).await.expect("a campaign");
        self.group().await;
        for (name, who) in [("seated", people[0]), ("holder", people[1])] {
            let (order, payment, spare) =
                (self.mint(name), house.app.mint(now), house.app.mint(now));
            let t = Try { who, order, payment, spare };
            let team = match name {
                "seated" => None,
                _ => Some(self.id("team")),
            };
            let people = people.to_vec();
            let life = std::mem::replace(self, Life::empty(house.clone(), self.who));
            let market = Market { life, campaign, people };
            let place = market.order(&t, team, Late::Refund);
            house.app.place_order(now, place).await.expect("a seat");
            if team.is_none() {
                market.start(&t).await;
                assert_eq!(market.pay(&t).await, Taken::Captured);
            }
            *self = market.life;
            let seat = house.app.seat_of(self.who.community, order).await.expect("a read");
            self.name("team", seat.expect("a seat").team.raw());
        }
        let line = format!(
            "SELECT id FROM order_line WHERE order_id = {}",
            self.id::<id::Order>("seated").raw()
        );
        let line = number(&house, line).await;
        self.name("seated_0", line);
    }
    /// A member with an account of its own.
    pub async fn newcomer(&mut self, n: i64) -> Who {
        self.insert_member(n).await;
        Who {
            community: self.who.community,
            member: Id::of(n),
            account: Id::of(n),
            role: Role::Member,
            rights: Rights::of(Role::Member, ""),
            muted_until: None,
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_team_fills_and_is_served() {
    both(async |house: House| {
        let mut m = Market::open(house, 4, |_| {}).await;
        m.life.group().await;
        let (team, first) = m.team(0).await;
        assert_eq!(m.team_state(team).await, (TeamState::Open, 1));
        assert_eq!(m.state(&first).await, line::State::AwaitingGroup);
        let second = m.joined(1, team).await;
        m.audited().await;
        let third = m.begin(2, Some(team), Late::Refund).await;
        // the last seat is reserved: the fourth is refused
        let t = m.attempt(3);
        let again = m.order(&t, Some(team), Late::Refund);
        let no = m.life.house.app.place_order(m.now(), again).await;
        assert_eq!(code(no), Refused::TeamFull.code());
        assert_eq!(m.pay(&third).await, Taken::Captured);
        assert_eq!(m.team_state(team).await, (TeamState::Filled, 3));
        m.life.work().await;
        for t in [first, second, third] {
            assert_eq!(m.state(&t).await, line::State::ToFulfil);
            assert_eq!(m.seat(t.order).await.1, SeatState::Kept);
        }
        assert_eq!(m.kept().await, 800 + 900 + 900);
        m.audited().await;
        // the same order sent again is answered as before, although the team is full
        let same = m.order(&third, Some(team), Late::Refund);
        m.life.house.app.place_order(m.now(), same).await.expect("the same answer");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_team_fails_and_everybody_is_refunded_once() {
    both(async |house: House| {
        let mut m = Market::open(house, 3, |_| {}).await;
        m.life.group().await;
        let (team, first) = m.team(0).await;
        let second = m.joined(1, team).await;
        let unpaid = m.begin(2, Some(team), Late::Refund).await;
        m.life.house.pass(25 * HOUR);
        m.life.work().await;
        m.life.work().await;
        assert_eq!(m.team_state(team).await, (TeamState::Failed, 2));
        assert_eq!(m.state(&first).await, line::State::Refunded);
        assert_eq!(m.state(&second).await, line::State::Refunded);
        assert_eq!(m.state(&unpaid).await, line::State::ClosedUnpaid);
        assert_eq!(m.kept().await, 0);
        m.audited().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn fewer_are_enough_if_the_terms_said_so() {
    both(async |house: House| {
        let mut m = Market::open(house, 4, |t| {
            t.size = 4;
            t.fill = 7500;
        })
        .await;
        m.life.group().await;
        let (team, first) = m.team(0).await;
        m.joined(1, team).await;
        m.joined(2, team).await;
        m.life.house.pass(23 * HOUR);
        m.life.work().await;
        assert_eq!(m.team_state(team).await, (TeamState::Open, 3), "the deadline is the end");
        m.life.house.pass(HOUR);
        m.life.work().await;
        assert_eq!(m.team_state(team).await, (TeamState::Filled, 3));
        assert_eq!(m.state(&first).await, line::State::ToFulfil);
        m.audited().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_leaves_stops_counting_and_the_next_leads() {
    both(async |house: House| {
        let mut m = Market::open(house, 3, |_| {}).await;
        m.life.group().await;
        let (team, leader) = m.team(0).await;
        let second = m.joined(1, team).await;
        assert_eq!(m.cancel(&leader).await, "ok");
        assert_eq!(m.team_state(team).await, (TeamState::Open, 1));
        let leads = format!("SELECT leader_id FROM team WHERE id = {}", team.raw());
        assert_eq!(number(&m.life.house, leads).await, second.who.member.raw());
        m.audited().await;
        // the place is free again, also for the one who left
        m.joined(0, team).await;
        m.audited().await;
        assert_eq!(m.cancel(&second).await, "ok");
        m.life.work().await;
        m.audited().await;
        // nobody is left: the team ends, and there is nothing to settle
        let (alone, only) = m.team(2).await;
        assert_eq!(m.cancel(&only).await, "ok");
        assert_eq!(m.team_state(alone).await, (TeamState::Failed, 0));
        m.life.work().await;
        m.audited().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_law_is_asked_before_a_seat_is_given() {
    both(async |house: House| {
        let mut m = Market::open(house, 3, |t| {
            t.per_member = 1;
            t.joins = WhoMay::NewBuyers;
        })
        .await;
        m.life.group().await;
        let (team, _) = m.team(0).await;
        let refused = async |n: usize, team| {
            let t = m.attempt(n);
            code(m.life.house.app.place_order(m.now(), m.order(&t, team, Late::Refund)).await)
        };
        assert_eq!(refused(0, Some(team)).await, "not_for_you", "has bought before");
        assert_eq!(refused(0, None).await, "seat_limit");
        assert_eq!(refused(1, Some(Id::of(5))).await, "no_such_team");
        let held = m.begin(1, None, Late::Refund).await;
        let unseen = m.team_of(&held).await;
        assert_eq!(refused(2, Some(unseen)).await, "no_such_team", "nobody has paid there yet");
        let app = &m.life.house.app;
        let t = m.attempt(2);
        let mut other = m.order(&t, Some(team), Late::Refund);
        other.lines = vec![(m.life.id("v2"), 1)];
        assert_eq!(code(app.place_order(m.now(), other).await), "not_in_campaign");
        let mut dear = m.order(&t, Some(team), Late::Refund);
        dear.expected = Some(800);
        assert_eq!(code(app.place_order(m.now(), dear).await), "price_changed");
        let mut purse = m.order(&t, Some(team), Late::Refund);
        purse.wallet = FromWallet::All;
        assert_eq!(code(app.place_order(m.now(), purse).await), "wallet_with_group_buy");
        app.close_campaign(m.now(), m.life.who, m.campaign).await.expect("closed");
        assert_eq!(refused(2, Some(team)).await, "campaign_over");
        let not = app.close_campaign(m.now(), m.person(0), m.campaign).await;
        assert_eq!(code(not), open_group_buy::Refused::NotAllowed.code());
        m.audited().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_late_payment_follows_its_buyers_choice() {
    both(async |house: House| {
        let mut m = Market::open(house, 9, |_| {}).await;
        m.life.group().await;
        let (team, _) = m.team(0).await;
        // three hold the two seats one after the other, and let them go
        let wants = [(1, Late::Refund), (2, Late::OtherTeam)];
        let mut late = Vec::new();
        for (n, wish) in wants {
            late.push(m.begin(n, Some(team), wish).await);
        }
        m.life.house.pass(16 * MINUTE);
        m.life.work().await;
        for t in &late {
            assert_eq!(m.state(t).await, line::State::ClosedUnpaid);
        }
        m.joined(3, team).await;
        m.joined(4, team).await;
        let (other, _) = m.team(5).await;
        assert_eq!(m.pay(&late[0]).await, Taken::Suspense, "it goes back");
        assert_eq!(m.pay(&late[1]).await, Taken::Captured, "it goes on");
        assert_eq!(m.pay(&late[1]).await, Taken::Before, "the same news again");
        assert_eq!(m.seat(late[1].order).await.1, SeatState::Moved);
        assert_eq!(m.team_state(other).await, (TeamState::Open, 2));
        m.audited().await;
        // no team has room: what wanted another one goes back too
        m.joined(6, other).await;
        let slow = m.begin(7, None, Late::OtherTeam).await;
        m.life.house.pass(16 * MINUTE);
        m.life.work().await;
        assert_eq!(m.pay(&slow).await, Taken::Suspense);
        m.life.work().await;
        assert_eq!(m.kept().await, 800 * 2 + 900 * 4);
        m.audited().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_late_payment_takes_its_own_seat_if_it_is_still_free() {
    both(async |house: House| {
        let mut m = Market::open(house, 3, |_| {}).await;
        m.life.group().await;
        let (team, _) = m.team(0).await;
        let slow = m.begin(1, Some(team), Late::Refund).await;
        m.life.house.pass(16 * MINUTE);
        m.life.work().await;
        assert_eq!(m.pay(&slow).await, Taken::Captured);
        assert_eq!(m.team_state(team).await, (TeamState::Open, 2));
        // paid after the deadline, before any job ran: the team takes nobody any more
        let slower = m.begin(2, Some(team), Late::OtherTeam).await;
        m.life.house.pass(24 * HOUR);
        assert_eq!(m.pay(&slower).await, Taken::Suspense);
        m.audited().await;
        m.life.work().await;
        m.life.work().await;
        assert_eq!(m.kept().await, 0);
        m.audited().await;
    })
    .await;
}
