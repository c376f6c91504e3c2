//! Group buys that leaders open: within what the shop lets them, in their own groups.
use crate::audit::{number, shown};
use crate::chain::List;
use crate::group_buy::{Market, Try, code, terms};
use crate::life::exec;
use app::community::who::Who;
use app::sale::capture::Taken;
use app::sale::open_group_buy::{OpenGroupBuy, Refused};
use app::sale::set_floors::{self, SetFloors};
use app::sale::views_buy_board::{Fate, SeatedRow};
use rules::base::moment::HOUR;
use rules::base::{Id, id};
use rules::community::role::{Rights, Role};
use rules::sale::group_buy::{Late, SeatState, TeamState, Terms};
use rules::sale::line;
use testkit::{House, both};

impl List {
    fn buy(&self, who: Who, prices: &[(&str, i64, i64)], terms: Terms) -> OpenGroupBuy {
        let prices = prices.iter().map(|(v, price, leader)| (self.life.id(v), *price, *leader));
        OpenGroupBuy {
            who,
            id: self.life.house.app.mint(self.now()),
            product: self.life.id("shirt"),
            group: Some(Id::of(70)),
            terms,
            prices: prices.collect(),
        }
    }
    async fn buys(&self, o: OpenGroupBuy) -> &'static str {
        code(self.life.house.app.open_group_buy(self.now(), o).await)
    }
    async fn lets(&self, who: Who, lowest: &[(&str, Option<i64>)], size: i64) -> &'static str {
        let lowest = lowest.iter().map(|(v, n)| (self.life.id(v), *n)).collect();
        let set = SetFloors { who, product: self.life.id("shirt"), lowest, size };
        code(self.life.house.app.set_floors(self.now(), set).await)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_leader_opens_a_group_buy_within_what_the_shop_lets_her() {
    both(async |house: House| {
        let l = List::open(house, 2, 0, 0).await;
        let (owner, leader, neighbour) = (l.life.who, l.people[0], l.people[1]);
        let t = || terms(3, l.now());
        let plain = [("v1", 850, 850)];
        let not_yet = l.buys(l.buy(leader, &plain, t())).await;
        assert_eq!(not_yet, Refused::NotForLeaders.code(), "nothing unless the shop says so");
        assert_eq!(l.lets(leader, &[("v1", Some(850))], 3).await, "not_allowed");
        assert_eq!(
            l.lets(owner, &[("v1", Some(1001))], 3).await,
            set_floors::Refused::BadPrice.code()
        );
        assert_eq!(
            l.lets(owner, &[("v1", Some(850))], 1).await,
            set_floors::Refused::BadSize.code()
        );
        assert_eq!(l.lets(owner, &[("g1", Some(1))], 3).await, "no_such_product");
        assert_eq!(l.lets(owner, &[("v1", Some(850)), ("v2", None)], 3).await, "ok");
        let floors = l.life.house.app.floors(owner.community).await.expect("a read");
        assert_eq!((floors.len(), floors[0].floor.lowest, floors[0].alone), (1, 850, 1000));
        let good = l.buy(leader, &plain, t());
        assert_eq!(l.buys(good.clone()).await, "ok");
        assert_eq!(l.buys(good).await, "ok", "sent twice is once");
        use Refused as No;
        let two = [("v1", 850, 850), ("v2", 200, 200)];
        for (prices, terms, want) in [
            (&[("v1", 849, 849)][..], t(), No::BadPrice),
            (&[("v1", 850, 800)], t(), No::BadPrice),
            (&two, t(), No::NotForLeaders),
            (&plain, Terms { size: 2, ..t() }, No::BadSize),
            (&plain, Terms { fill: 5000, ..t() }, No::BadFill),
            (&plain, Terms { life_hours: 73, ..t() }, No::BadLife),
            (&plain, Terms { ends: l.now().plus(337 * HOUR), ..t() }, No::BadWindow),
            (&plain, Terms { per_member: 10, ..t() }, No::BadLimit),
        ] {
            let o = l.buy(leader, prices, terms);
            assert_eq!(l.buys(o.clone()).await, want.code(), "{o:?}");
        }
        // her own group, and no other; who leads none opens none
        let elsewhere = OpenGroupBuy { group: Some(Id::of(71)), ..l.buy(leader, &plain, t()) };
        assert_eq!(l.buys(elsewhere).await, No::NotAllowed.code());
        let nowhere = OpenGroupBuy { group: None, ..l.buy(leader, &plain, t()) };
        assert_eq!(l.buys(nowhere).await, No::NotAllowed.code());
        assert_eq!(l.buys(l.buy(neighbour, &plain, t())).await, No::NotAllowed.code());
        // the shop itself may do what it likes
        let mut staff = neighbour;
        (staff.role, staff.rights) = (Role::Staff, Rights::of(Role::Staff, "campaigns"));
        assert_eq!(l.buys(l.buy(staff, &two, Terms { size: 2, ..t() })).await, "ok");
        assert_eq!(l.lets(owner, &[("v1", None)], 3).await, "ok");
        assert_eq!(l.buys(l.buy(leader, &plain, t())).await, No::NotForLeaders.code());
        let deeds = "SELECT count(*) FROM audit_log WHERE what = 'set_floors'";
        assert_eq!(number(&l.life.house, deeds.into()).await, 2);
        let report = l.life.house.app.audit(l.now()).await.expect("an audit");
        assert!(report.clean(), "{:?} {}", l.life.house.on, shown(&report));
    })
    .await;
}

/// The first person leads group 70 and has opened a group buy of three for it.
async fn hers(house: House) -> Market {
    let mut m = Market::open(house, 8, |_| {}).await;
    m.life.group().await;
    const LEADS: &str = "INSERT INTO room_member (community_id, room_id, member_id, role,
        joined_at, read_seq, said_at) VALUES (7, 70, 1000, 'leader', 0, 0, 0),
        (7, 70, 1001, 'council', 0, 0, 0)";
    exec(&m.life.house, LEADS).await;
    let (app, product, v1) = (&m.life.house.app, m.life.id("shirt"), m.life.id("v1"));
    let set = SetFloors { who: m.life.who, product, lowest: vec![(v1, Some(850))], size: 3 };
    app.set_floors(m.now(), set).await.expect("a floor");
    let id = app.mint(m.now());
    let (group, prices) = (Some(Id::of(70)), vec![(v1, 900, 900)]);
    let open =
        OpenGroupBuy { who: m.person(0), id, product, group, terms: terms(3, m.now()), prices };
    app.open_group_buy(m.now(), open.clone()).await.expect("a group buy");
    m.campaign = open.id;
    m
}

impl Market {
    async fn closes(&self, who: Who, id: Id<id::Campaign>) -> &'static str {
        code(self.life.house.app.close_campaign(self.now(), who, id).await)
    }
    async fn board(&self) -> Vec<SeatedRow> {
        let c = self.life.who.community;
        self.life.house.app.buy_board(c, self.campaign).await.expect("a read")
    }
    async fn of(&self, t: &Try) -> SeatedRow {
        let rows = self.board().await;
        rows.into_iter().find(|s| s.row.order == t.order).expect("a paid seat")
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_leader_closes_what_she_opened_as_the_shop_would() {
    both(async |house: House| {
        let mut m = hers(house).await;
        let (leader, council, owner) = (m.person(0), m.person(1), m.life.who);
        let buy = m.campaign;
        let shops = m.another(terms(3, m.now())).await;
        const INTO_HER_GROUP: &str = "UPDATE campaign SET group_id = 70 WHERE group_id IS NULL";
        exec(&m.life.house, INTO_HER_GROUP).await;
        let (full, first) = m.team(2).await;
        m.joined(3, full).await;
        m.joined(4, full).await;
        let (waits, alone) = m.team(5).await;
        let late = m.begin(6, Some(waits), Late::Refund).await;
        m.life.work().await;
        use Refused as No;
        assert_eq!(m.closes(council, buy).await, No::NotAllowed.code(), "it is not hers");
        assert_eq!(m.closes(m.person(2), buy).await, No::NotAllowed.code());
        assert_eq!(m.closes(leader, shops).await, No::NotAllowed.code(), "the shop opened it");
        assert_eq!(m.closes(leader, Id::of(5)).await, No::NotAllowed.code());
        assert_eq!(m.closes(owner, Id::of(5)).await, No::NoSuchCampaign.code());
        const LEFT: &str = "UPDATE room_member SET role = 'member' WHERE member_id = 1000";
        exec(&m.life.house, LEFT).await;
        assert_eq!(m.closes(leader, buy).await, No::NotAllowed.code(), "she leads it no more");
        const BACK: &str = "UPDATE room_member SET role = 'leader' WHERE member_id = 1000";
        exec(&m.life.house, BACK).await;
        let seen = async || {
            let all = m.life.house.app.buys_of(leader.community, Id::of(70)).await;
            let all = all.expect("a read");
            let one = all.into_iter().find(|b| b.row.id == buy).expect("hers");
            (one.by, one.filled, one.filling, one.waiting, one.row.taken)
        };
        assert_eq!(seen().await, (leader.member, 1, 1, 1, 5));

        assert_eq!(m.closes(leader, buy).await, "ok");
        assert_eq!(m.closes(leader, buy).await, "ok", "sent twice is once");
        let told = "SELECT count(*) FROM fact WHERE kind = 'campaign_closed' AND actor = 1000";
        assert_eq!(number(&m.life.house, told.into()).await, 1);
        let t = m.attempt(7);
        let app = &m.life.house.app;
        let no = app.place_order(m.now(), m.order(&t, Some(waits), Late::Refund)).await;
        assert_eq!(code(no), "campaign_over");
        // who held a seat may still pay; the open team runs to its end, the full one is served
        assert_eq!(m.pay(&late).await, Taken::Captured);
        assert_eq!(m.team_state(waits).await, (TeamState::Open, 2));
        m.audited().await;
        m.life.house.pass(25 * HOUR);
        m.life.work().await;
        m.life.work().await;
        assert_eq!(m.team_state(waits).await.0, TeamState::Failed);
        assert_eq!(m.state(&alone).await, line::State::Refunded);
        assert_eq!(m.state(&late).await, line::State::Refunded);
        assert_eq!(m.state(&first).await, line::State::ToFulfil);
        assert_eq!(m.kept().await, 3 * 900);
        assert_eq!(seen().await, (leader.member, 1, 0, 0, 3));
        m.audited().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_board_tells_what_comes_and_to_whom() {
    both(async |house: House| {
        let m = hers(house).await;
        let (full, first) = m.team(2).await;
        m.joined(3, full).await;
        let third = m.begin(4, Some(full), Late::Refund).await;
        let (_, alone) = m.team(5).await;
        let (left, gave_up) = m.team(6).await;
        m.joined(7, left).await;
        assert_eq!(m.cancel(&gave_up).await, "ok");
        let fates = async || {
            let mut all: Vec<_> =
                m.board().await.iter().map(|s| (s.row.number, s.fate())).collect();
            all.sort_by_key(|f| f.0);
            all.into_iter().map(|f| f.1).collect::<Vec<_>>()
        };
        use Fate::{Comes, Gone, Waits};
        // a seat that is held and not paid is nobody's goods
        assert_eq!(fates().await, [Waits, Waits, Waits, Gone, Waits]);
        assert_eq!(m.pay(&third).await, Taken::Captured);
        assert_eq!(m.of(&third).await.state, SeatState::Confirmed);
        assert_eq!(fates().await, [Comes, Comes, Waits, Gone, Waits, Comes], "full is certain");
        m.life.work().await;
        assert_eq!(fates().await, [Comes, Comes, Waits, Gone, Waits, Comes]);
        // what is collected at her point has name and number; of the rest she knows who
        const AWAY: &str = "UPDATE orders SET delivery = 'ship', group_id = NULL
            WHERE member_id = 1004";
        exec(&m.life.house, AWAY).await;
        let (near, far) = (m.of(&first).await, m.of(&third).await);
        assert!(near.here && !far.here);
        assert_eq!((near.row.recipient.as_str(), near.row.phone.as_str()), ("周梅", "19000000001"));
        assert_eq!((&far.row.recipient, far.row.phone.as_str()), (&far.row.name, ""));
        assert_eq!((near.row.units(), near.row.lines[0].variant), (1, m.life.id("v1")));
        assert_eq!(near.team.id, full);
        const HOME: &str = "UPDATE orders SET delivery = 'pickup', group_id = 70
            WHERE member_id = 1004";
        exec(&m.life.house, HOME).await;
        m.life.house.pass(25 * HOUR);
        m.life.work().await;
        m.life.work().await;
        assert_eq!(fates().await, [Comes, Comes, Gone, Gone, Gone, Comes]);
        assert_eq!(m.of(&alone).await.row.units(), 0);
        m.audited().await;
    })
    .await;
}
