//! A small town's way round the loop, and what the figures say of it.
use crate::community::Village;
use crate::content_cast::{number, sql};
use crate::spread::{Member, Street, street};
use app::community::post_message::PostMessage;
use app::community::views_members::FindMembers;
use app::community::who::Who;
use app::learning::insight::growth::{Became, sum};
use app::learning::insight::key_people::DECAY;
use app::learning::segments::Class;
use app::learning::the_loop::{STEPS, Source};
use app::p;
use app::sale::refund_order::RefundOrder;
use app::sale::start_payment::StartPayment;
use jiff::tz::TimeZone;
use rules::base::moment::{DAY, HOUR};
use rules::base::{Id, id};
use rules::community::role::{Rights, Role};
use rules::ledger::Provider;
use rules::loyalty::stage::{Bounds, Segment, Stage};
use rules::spread::commission::Terms;
use testkit::{House, both};

pub fn zone() -> TimeZone {
    TimeZone::get("Asia/Shanghai").expect("a zone")
}

pub struct Town {
    pub s: Street,
    pub ann: Member,
    pub ben: Member,
    pub dan: Member,
}

impl Town {
    fn v(&self) -> &Village {
        &self.s.v
    }
    async fn says(&self, by: Member, to: Option<Id<id::Message>>) -> Id<id::Message> {
        let (v, now) = (self.v(), self.v().house.now());
        let id = v.house.app.mint(now);
        let line = PostMessage {
            community: v.c,
            member: by,
            group: v.lobby,
            id,
            text: "好".into(),
            product: None,
            reply_to: to,
        };
        v.house.app.post_message(now, line).await.expect("said");
        id
    }
    /// Ordered and paid.
    async fn buys(&self, m: Member) -> Id<id::Order> {
        let (app, order) = (&self.v().house.app, self.s.buy(m).await);
        let now = self.v().house.now();
        let who = app.who_of(self.v().c, self.s.account_of(m).await).await.expect("a look");
        let who = who.expect("a member");
        let id: Id<id::Payment> = app.mint(now);
        let start = StartPayment { who, id, order, provider: Provider::Sandbox };
        app.start_payment(now, start).await.expect("an attempt");
        app.sandbox_pay(now, self.v().c, id, true).await.expect("paid");
        order
    }
    async fn wholly_refunded(&self, order: Id<id::Order>) {
        let (app, now) = (&self.v().house.app, self.v().house.now());
        let who = app.owner_of(self.v().c).await.expect("a look").expect("an owner");
        const LINE: &str = "SELECT id FROM order_line WHERE community_id = $1 AND order_id = $2";
        let line = number(&self.v().house, LINE, &[self.v().c.raw(), order.raw()]).await;
        let lines = vec![(Id::of(line), 1)];
        let reason = String::new();
        let id = app.mint(now);
        let back = RefundOrder { who, id, order, lines, shipping: true, restock: true, reason };
        app.refund_order(now, back).await.expect("a refund");
    }
    async fn joins_lobby(&self, m: Member) {
        let v = self.v();
        v.house.app.join_group(v.house.now(), v.knock(m, v.lobby)).await.expect("in");
    }
}

/// Ann comes by herself and shows tea to Ben and to a stranger; Ben buys and shows it to Dan, who
/// buys too. Cat's order goes back whole; the owner's own counts for nothing.
pub async fn town(house: House) -> Town {
    const DONE: &str = "UPDATE orders SET state = 'completed' WHERE community_id = $1 AND id = $2";
    let s = street(house).await;
    let (ann, cat) = (s.join("ann", 1).await, s.join("cat", 3).await);
    let by_ann = s.link(ann, None).await;
    s.house().pass(HOUR);
    s.open(by_ann, 2, None).await;
    s.open(by_ann, 99, None).await;
    s.house().pass(DAY);
    let ben = s.join("ben", 2).await;
    let town = Town { s, ann, ben, dan: ben };
    let house = town.s.house().clone();
    town.joins_lobby(ann).await;
    town.joins_lobby(ben).await;
    house.pass(HOUR);
    let hello = town.says(ben, None).await;
    town.says(ann, Some(hello)).await;
    house.pass(HOUR);
    let bens = town.buys(ben).await;
    sql(&house, DONE, p![town.v().c, bens]).await;
    let by_ben = town.s.link(ben, None).await;
    town.s.open(by_ben, 4, None).await;
    house.pass(DAY);
    let dan = town.s.join("dan", 4).await;
    town.buys(dan).await;
    let back = town.buys(cat).await;
    town.wholly_refunded(back).await;
    let owner = town.v().owner;
    town.says(owner, None).await;
    town.buys(owner).await;
    Town { dan, ..town }
}

fn people(steps: &[app::learning::insight::funnel::Step; STEPS]) -> [u32; STEPS] {
    steps.each_ref().map(|s| s.people)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_funnel_says_who_came_how_far() {
    both(async |house: House| {
        let t = town(house).await;
        let (app, now) = (&t.v().house.app, t.v().house.now());
        let all = app.the_loop(now, t.v().c, zone()).await.expect("a funnel");
        let steps = all.funnel(|_| true);
        // three opened a link, four joined, two spoke, two bought, two led to an order
        assert_eq!(people(&steps), [3, 4, 2, 2, 0, 2]);
        assert_eq!((steps[1].of_before, steps[1].before), (2, 3), "one visitor stayed away");
        assert_eq!(steps[1].median, Some(DAY), "both took a day");
        let of = |source: Source| people(&all.funnel(|p| p.source == source));
        assert_eq!(of(Source::Link), [3, 2, 1, 2, 0, 1]);
        assert_eq!(of(Source::Direct), [0, 2, 1, 0, 0, 1]);
        assert_eq!(of(Source::Post), [0; STEPS]);
        let lobby = people(&all.funnel(|p| p.group == Some(t.v().lobby)));
        assert_eq!(lobby, [1, 2, 2, 1, 0, 2]);
        assert_eq!(all.cohorts().len(), 1);
        let ben = all.people.iter().find(|p| p.member == Some(t.ben)).expect("Ben");
        assert_eq!(ben.way[1].zip(ben.way[2]).map(|(a, b)| b - a), Some(HOUR));
        // 37 days later all are judged: Ben and Dan bought within their first week
        assert_eq!((all.too_soon, all.bought_before), (4, 0));
        let later = t.v().house.pass(40 * DAY);
        let all = app.the_loop(later, t.v().c, zone()).await.expect("a funnel");
        assert_eq!((all.too_soon, all.bought_before), (0, 2));
        let judged: Vec<_> = all.doses.iter().map(|d| (d.from, d.people, d.bought)).collect();
        assert_eq!(judged[..2], [(0, 1, 0), (1, 1, 0)], "Cat said nothing, Ann one thing");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn k_is_what_active_members_bring() {
    both(async |house: House| {
        let t = town(house).await;
        let (app, now) = (&t.v().house.app, t.v().house.now());
        let g = app.growth(now, t.v().c, zone()).await.expect("figures");
        // Ben stayed, Dan joined, the stranger did not; Ann, Ben and Dan were active
        let all = sum(&g.weeks);
        assert_eq!((all.active, all.invitations, all.joined, all.effective), (3, 3, 2, 1));
        assert_eq!(all.k(), Some(1.0 / 3.0));
        assert!(g.weeks.iter().all(|w| w.young), "nothing is settled in the first weeks");
        assert_eq!(Became::Effective.max(Became::Joined), Became::Effective);
        assert_eq!(g.brought, [(t.ben, t.ann), (t.dan, t.ben)]);
        assert_eq!(g.trees.len(), 1);
        assert_eq!((g.trees[0].root, &g.trees[0].widths[..]), (t.ann.raw() as u64, &[1, 1, 1][..]));
        let links: Vec<_> = g.links.iter().map(|l| (l.link.member, l.visitors, l.joined)).collect();
        assert_eq!(links.len(), 2);
        assert!(links.contains(&(t.ann, 2, 1)) && links.contains(&(t.ben, 1, 1)));
        let bens = g.links.iter().find(|l| l.link.member == t.ben).expect("Ben's");
        assert_eq!((bens.orders, bens.net), (1, 1_000));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn key_people_are_those_others_come_and_buy_through() {
    both(async |house: House| {
        let t = town(house).await;
        let (app, c) = (&t.v().house.app, t.v().c);
        let all = app.key_people(c).await.expect("figures");
        assert_eq!((all.orders, all.credited), (2, 2));
        assert_eq!(all.curve[..2], [0.5, 1.0]);
        let ben = all.people.iter().find(|k| k.member == t.ben).expect("Ben");
        let ann = all.people.iter().find(|k| k.member == t.ann).expect("Ann");
        assert_eq!((ann.is.orders, ann.is.brought, ben.is.orders, ben.is.sales), (1, 1, 1, 1_000));
        // Ben has stayed, Dan's order is still on its way
        assert_eq!((ann.is.downstream, ben.is.downstream), (1.0, 0.0));
        assert!((DECAY - 0.5).abs() < 1e-12 && ben.is.between > 0.0, "Ben is between Ann and Dan");
        assert!(all.people.iter().all(|k| k.member != t.v().owner), "not the owner");
        let led = app.led_to(c, t.ben).await.expect("a look").expect("a member");
        assert_eq!((led.sales.len(), led.brought.len(), led.answers), (1, 1, 1));
        assert_eq!((led.sums[0].1, led.sales[0].1.as_str()), (1_000, "dan"));
        assert_eq!(app.led_to(c, t.v().owner).await.expect("a look"), None);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn members_are_told_apart_by_what_they_did() {
    both(async |house: House| {
        let t = town(house).await;
        let (app, c, now) = (&t.v().house.app, t.v().c, t.v().house.now());
        let all = app.doings(c).await.expect("doings");
        for (member, doings) in &all {
            assert_eq!(app.doings_of(c, *member).await.expect("doings"), *doings, "{member}");
        }
        assert!(!all.contains_key(&t.v().owner), "the owner is no buyer of the house");
        // tea for ten yuan: nobody is further than the entry
        let bounds = Bounds { middle: 1_001, high: 5_000 };
        let found = app.classes(c, bounds).await.expect("classes");
        let stages: Vec<_> = found.stages.iter().map(|(_, n)| *n).collect();
        assert_eq!((stages, found.sharers), (vec![2, 2, 0, 0], 2));
        let segments: Vec<_> = found.segments.iter().filter(|(_, n)| *n > 0).copied().collect();
        assert_eq!(segments, [(Segment::Spreader, 1), (Segment::OneTime, 1)]);
        let of = async |class| {
            let find = FindMembers { most: 10, ..FindMembers::default() };
            let found = app.find_of_class(now, c, find, (class, bounds)).await.expect("a list");
            found.iter().map(|f| f.row.member).collect::<Vec<_>>()
        };
        let spreaders = Class { segment: Some(Segment::Spreader), ..Class::default() };
        assert_eq!(of(spreaders).await, [t.ben]);
        let entry = Class { stage: Some(Stage::Entry), ..Class::default() };
        assert_eq!(of(entry).await, [t.dan, t.ben]);
        let both = Class { stage: Some(Stage::Free), segment: Some(Segment::Fan) };
        assert_eq!(of(both).await, []);
        assert_eq!(of(Class::default()).await.len(), 5);
        // who agreed to the terms of commission and led to a sale distributes
        let owner = app.owner_of(c).await.expect("a look").expect("an owner");
        let terms = Terms { on: true, ..Terms::default() };
        app.set_commission(now, owner, terms).await.expect("terms");
        let ben = Who { member: t.ben, role: Role::Member, rights: Rights::NONE, ..owner };
        app.join_programme(now, ben).await.expect("part");
        let distributors = Class { segment: Some(Segment::Distributor), ..Class::default() };
        assert_eq!(of(distributors).await, [t.ben]);
        let doings = app.doings_of(c, t.ben).await.expect("doings");
        assert_eq!(app.doings(c).await.expect("doings")[&t.ben], doings);
    })
    .await;
}
