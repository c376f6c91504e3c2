//! Tiers: growth from what was received and kept, up at once and down after a grace, member prices
//! in the order, and whoever paid them.
use crate::audit::{Life, number, shown};
use crate::group_buy::{Market, code};
use app::community::who::Who;
use app::loyalty::set_tier_prices::SetTierPrices;
use app::loyalty::set_tiers::SetTiers;
use app::sale::hand_over::HandOver;
use app::sale::place_order::PlaceOrder;
use app::sale::refund_order::RefundOrder;
use app::sale::ship_order::ShipOrder;
use app::sale::start_payment::StartPayment;
use app::sale::views::OrderPage;
use rules::base::moment::{DAY, HOUR};
use rules::base::{Id, Moment, id};
use rules::ledger::Provider;
use rules::loyalty::tier::{Stand, Terms, Tier, leaves, rung, step, window};
use rules::sale::group_buy::{Late, WhoMay};
use testkit::{House, On, both, fresh, order};

/// The name a story gives a tier, its growth and its percent in basis points; from 1000 on
/// delivery is free.
type Rung = (&'static str, i64, i64);
const LADDER: [Rung; 3] = [("silver", 2000, 500), ("gold", 5000, 1000), ("black", 9000, 1200)];

impl Life {
    fn tier(&mut self, (name, growth, off_bp): Rung) -> Tier {
        let id = match self.knows(name) {
            true => self.id(name),
            false => self.mint(name),
        };
        let free_shipping = off_bp >= 1000;
        Tier { id, terms: Terms { name: name.into(), growth, off_bp, free_shipping } }
    }
    async fn set_tiers(&mut self, version: i64, grace_days: i64, all: &[Rung]) -> &'static str {
        let tiers = all.iter().map(|t| self.tier(*t)).collect();
        let set = SetTiers { who: self.who, version, grace_days, tiers };
        code(self.house.app.set_tiers(self.house.now(), set).await)
    }
    async fn set_price(&self, variant: &str, tier: &str, price: Option<i64>) -> &'static str {
        let prices = vec![(self.id(variant), self.id(tier), price)];
        let set = SetTierPrices { who: self.who, product: self.id("shirt"), prices };
        code(self.house.app.set_tier_prices(self.house.now(), set).await)
    }
    fn wants_lines(&mut self, name: &str, who: Who, lines: &[(&str, i64)]) -> PlaceOrder {
        order::delivered(who, self.mint(name), self.units(lines))
    }
    /// Ordered, paid, sent and received; says what it cost.
    async fn got(&mut self, name: &str, who: Who, lines: &[(&str, i64)]) -> i64 {
        let place = self.wants_lines(name, who, lines);
        let (now, order) = (self.house.now(), place.id);
        let app = self.house.app.clone();
        let placed = app.place_order(now, place).await.expect("an order");
        let id = app.mint(now);
        let start = StartPayment { who, id, order, provider: Provider::Sandbox };
        app.start_payment(now, start).await.expect("an attempt");
        app.sandbox_pay(now, who.community, id, true).await.expect("paid");
        let (carrier, tracking) = ("SF".into(), "1".into());
        let parcel = app.mint(now);
        let ship = ShipOrder { who: self.who, parcel, order, lines: vec![], carrier, tracking };
        app.ship_order(now, ship).await.expect("a parcel");
        app.confirm_receipt(now, who, order).await.expect("goods");
        self.name_line(name, 0).await;
        placed.total
    }
    async fn give_back(&mut self, name: &str, qty: i64) {
        let (order, line) = (self.id(name), self.id(&format!("{name}_0")));
        let refund = RefundOrder {
            who: self.who,
            id: self.house.app.mint(self.house.now()),
            order,
            lines: vec![(line, qty)],
            shipping: false,
            restock: true,
            reason: String::new(),
        };
        self.house.app.refund_order(self.house.now(), refund).await.expect("a refund");
    }
    /// The name of the tier, the growth, and in how many days it falls.
    async fn stands(&self, who: Who) -> (String, i64, Option<i64>) {
        let (app, c, m) = (&self.house.app, who.community, who.member);
        let prices = app.member_prices(c, Some(m), Vec::new()).await.expect("a read");
        let sheet = app.member_sheet(c, m).await.expect("a read");
        let name = prices.mine.map_or("-".into(), |t| t.terms.name);
        let falls = sheet.as_ref().and_then(|s| s.falls_at);
        let days = falls.map(|at| at.since(self.house.now()) / DAY);
        (name, sheet.map_or(0, |s| s.growth), days)
    }
    async fn page_of(&self, name: &str) -> OrderPage {
        let page = self.house.app.order_page(self.who.community, self.id(name)).await;
        page.expect("a read").expect("an order")
    }
    async fn told(&self, kind: &str, m: Id<id::Member>) -> i64 {
        let sql = format!(
            "SELECT count(*) FROM notice WHERE kind = '{kind}' AND member_id = {}",
            m.raw()
        );
        number(&self.house, sql).await
    }
    async fn tiers_hold(&self) {
        let report = self.house.app.audit(self.house.now()).await.expect("an audit");
        assert!(report.clean(), "{:?} {}", self.house.on, shown(&report));
    }
    async fn later(&self, days: i64) {
        self.house.pass(days * DAY);
        self.work().await;
    }
}

async fn shop(house: House) -> (Life, Who) {
    let mut life = Life::begin(house).await;
    life.shelf().await;
    let who = life.newcomer(1000).await;
    (life, who)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_pays_the_price_of_its_buyers_tier() {
    both(async |house: House| {
        let (mut life, who) = shop(house).await;
        assert_eq!(life.set_tiers(0, 30, &LADDER).await, "ok");
        life.work().await;
        // 2 x 10.00 and 5.00 for delivery
        assert_eq!(life.got("first", who, &[("v1", 2)]).await, 2500);
        life.tiers_hold().await;
        assert_eq!(life.stands(who).await, ("-".into(), 0, None), "until it is counted");
        life.work().await;
        assert_eq!(life.stands(who).await, ("silver".into(), 2000, None));
        life.tiers_hold().await;
        // the page showed the shop's price: the buyer looks again
        let app = life.house.app.clone();
        let old = PlaceOrder { expected: Some(1500), ..life.wants_lines("old", who, &[("v1", 1)]) };
        assert_eq!(code(app.place_order(life.house.now(), old).await), "price_changed");
        // 9.50 and 2.37 (half a cent is the shop's to lose), and 5.00
        assert_eq!(life.got("second", who, &[("v1", 1), ("v2", 1)]).await, 950 + 237 + 500);
        let page = life.page_of("second").await;
        assert_eq!(page.tier, Some(("silver".into(), false)));
        let lines = page.row.lines.iter().map(|l| (l.unit_price, l.list_price));
        assert_eq!(lines.collect::<Vec<_>>(), [(950, Some(1000)), (237, Some(250))]);
        let other = life.newcomer(1001).await;
        assert_eq!(life.got("other", other, &[("v1", 1)]).await, 1500, "everybody else");
        assert_eq!(life.page_of("other").await.tier, None);
        // a price set for the variant; never above the shop's
        assert_eq!(life.set_price("v1", "silver", Some(0)).await, "bad_price");
        assert_eq!(life.set_price("v1", "silver", Some(1001)).await, "bad_above_shop_price");
        assert_eq!(life.set_price("g1", "silver", Some(1)).await, "no_such_product");
        assert_eq!(life.set_price("v1", "silver", Some(900)).await, "ok");
        assert_eq!(life.got("third", who, &[("v1", 1)]).await, 900 + 500);
        assert_eq!(life.set_price("v1", "silver", None).await, "ok");
        assert_eq!(life.got("fourth", who, &[("v1", 2)]).await, 1900 + 500);
        life.work().await;
        // 20.00 + 11.87 + 9.00 + 19.00
        assert_eq!(life.stands(who).await, ("gold".into(), 5987, None));
        // a tenth less, and delivery is free
        assert_eq!(life.got("fifth", who, &[("v1", 1), ("g1", 1)]).await, 900);
        let page = life.page_of("fifth").await;
        assert_eq!((page.tier, page.shipping), (Some(("gold".into(), true)), 0));
        assert_eq!(page.row.lines[1].list_price, None, "a gift stays one");
        life.tiers_hold().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn up_at_once_and_down_one_by_one() {
    both(async |house: House| {
        let (mut life, who) = shop(house).await;
        let m = who.member;
        assert_eq!(life.set_tiers(0, 30, &LADDER).await, "ok");
        life.got("much", who, &[("v1", 9)]).await;
        life.work().await;
        assert_eq!(life.stands(who).await, ("black".into(), 9000, None), "three at once");
        assert_eq!(life.told("tier_raised", m).await, 1);
        life.give_back("much", 8).await;
        life.work().await;
        assert_eq!(life.stands(who).await, ("black".into(), 1000, Some(30)));
        assert_eq!(life.told("tier_ending", m).await, 1);
        life.work().await;
        life.later(29).await;
        assert_eq!(life.stands(who).await, ("black".into(), 1000, Some(1)));
        life.tiers_hold().await;
        life.later(1).await;
        assert_eq!(life.stands(who).await, ("gold".into(), 1000, Some(30)));
        let counts = (life.told("tier_lowered", m).await, life.told("tier_ending", m).await);
        assert_eq!(counts, (1, 2), "each step down is told beforehand");
        life.tiers_hold().await;
        // what is bought in the grace keeps the tier it reaches
        life.got("more", who, &[("v1", 1)]).await;
        life.got("most", who, &[("v2", 1)]).await;
        life.work().await;
        assert_eq!(life.stands(who).await, ("gold".into(), 2125, Some(30)));
        life.later(30).await;
        assert_eq!(life.stands(who).await, ("silver".into(), 2125, None));
        life.tiers_hold().await;
        // a year after the first receipt its rest leaves the window, the others a month later
        life.later(365 - 60).await;
        assert_eq!(life.stands(who).await, ("silver".into(), 1125, Some(30)));
        life.later(30).await;
        assert_eq!(life.stands(who).await, ("-".into(), 0, None));
        assert_eq!(life.told("tier_ended", m).await, 1);
        life.tiers_hold().await;
        let moves = "SELECT count(*) FROM tier_change".to_string();
        assert_eq!(number(&life.house, moves).await, 4);
        let waits = "SELECT count(*) FROM job WHERE kind = 'count_tier' AND state = 'waiting'";
        assert_eq!(number(&life.house, waits.into()).await, 0, "nothing moves any more");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_ladder_counts_whoever_bought_before() {
    both(async |house: House| {
        let (mut life, who) = shop(house).await;
        life.got("before", who, &[("v1", 5)]).await;
        life.work().await;
        let counts = "SELECT count(*) FROM member_tier".to_string();
        assert_eq!(number(&life.house, counts).await, 0, "nothing is counted without a ladder");
        let low = Who { rights: rules::community::role::Rights::default(), ..who };
        let set = SetTiers { who: low, version: 0, grace_days: 30, tiers: vec![] };
        assert_eq!(code(life.house.app.set_tiers(life.house.now(), set).await), "not_allowed");
        assert_eq!(life.set_tiers(0, 30, &LADDER).await, "ok");
        assert_eq!(life.set_tiers(0, 30, &LADDER).await, "ok", "twice is once");
        life.tiers_hold().await;
        life.work().await;
        life.tiers_hold().await;
        assert_eq!(life.stands(who).await, ("gold".into(), 5000, None));
        let other = [("silver", 2000, 600), ("gold", 5000, 1000)];
        assert_eq!(life.set_tiers(0, 30, &other).await, "changed_meanwhile");
        let worse = [("silver", 2000, 1100), ("gold", 5000, 1000)];
        assert_eq!(life.set_tiers(1, 30, &worse).await, "bad_order_of_tiers");
        // the tier goes: its members have the one below at once
        assert_eq!(life.set_tiers(1, 30, &[("silver", 2000, 600)]).await, "ok");
        assert_eq!(life.stands(who).await.0, "-");
        life.work().await;
        assert_eq!(life.stands(who).await, ("silver".into(), 5000, None));
        life.tiers_hold().await;
        // it asks for more: those on it keep it for the grace
        assert_eq!(life.set_tiers(2, 7, &[("silver", 6000, 600)]).await, "ok");
        life.work().await;
        assert_eq!(life.stands(who).await, ("silver".into(), 5000, Some(7)));
        life.later(7).await;
        assert_eq!(life.stands(who).await, ("-".into(), 5000, None));
        assert_eq!(life.set_tiers(3, 7, &[]).await, "ok");
        life.work().await;
        life.tiers_hold().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hand_out_taken_back_counts_no_more() {
    both(async |house: House| {
        let (mut life, _) = shop(house).await;
        assert_eq!(life.set_tiers(0, 30, &LADDER).await, "ok");
        let group = life.group().await;
        life.collected("there", group).await;
        let (app, who, order) = (life.house.app.clone(), life.who, life.id("there"));
        app.mark_ready(life.house.now(), who, order).await.expect("ready");
        let id = life.mint("handed");
        let hand = HandOver { who, id, order, collected_by: String::new() };
        app.hand_over(life.house.now(), hand).await.expect("handed over");
        life.work().await;
        assert_eq!(life.stands(who).await.1, 1000);
        app.undo_hand_over(life.house.now(), who, id).await.expect("taken back");
        life.tiers_hold().await;
        life.work().await;
        assert_eq!(life.stands(who).await.1, 0);
        life.tiers_hold().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_campaign_keeps_its_own_price() {
    both(async |house: House| {
        let mut m = Market::open(house, 2, |_| {}).await;
        assert_eq!(m.life.set_tiers(0, 30, &[("silver", 1000, 2000)]).await, "ok");
        m.life.group().await;
        let who = m.person(0);
        m.life.got("alone", who, &[("v1", 1)]).await;
        m.life.work().await;
        assert_eq!(m.life.stands(who).await.0, "silver");
        // 8.00 for a member, 8.00 for who opens a team, and not a fifth less of it
        let (team, _) = m.team(0).await;
        assert_eq!(m.kept().await, 1500 + 800);
        m.joined(1, team).await;
        let lines = "SELECT count(*) FROM order_line WHERE list_price IS NOT NULL";
        assert_eq!(number(&m.life.house, lines.into()).await, 0);
        let tried = m.life.wants_lines("again", who, &[("v1", 1)]);
        let placed = m.life.house.app.place_order(m.now(), tried).await.expect("an order");
        assert_eq!(placed.total, 800, "and delivery is free from a tenth less on");
        m.audited().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_buy_may_be_for_members_with_a_tier() {
    both(async |house: House| {
        let mut m = Market::open(house, 2, |t| t.joins = WhoMay::Tiers).await;
        assert_eq!(m.life.set_tiers(0, 30, &[("silver", 1000, 500)]).await, "ok");
        m.life.group().await;
        let (team, _) = m.team(0).await;
        let t = m.attempt(1);
        let tried = m.order(&t, Some(team), Late::Refund);
        let app = m.life.house.app.clone();
        assert_eq!(code(app.place_order(m.now(), tried.clone()).await), "not_for_you");
        m.life.got("alone", m.person(1), &[("v1", 1)]).await;
        m.life.work().await;
        assert_eq!(code(app.place_order(m.now(), tried).await), "ok");
        m.audited().await;
    })
    .await;
}

/// What a member received: when, how much of it is kept, and of which unit price.
struct Got {
    at: Moment,
    kept: i64,
    paid: i64,
    name: String,
}

/// Whatever is bought and given back and however time passes, the stored tier is what the law
/// makes of the moments at which something moved.
async fn by_chance(on: On, seed: u64, steps: usize) {
    println!("seed {seed} on {on:?}");
    let (mut life, who) = shop(fresh(on).await).await;
    assert_eq!(life.set_tiers(0, 30, &LADDER).await, "ok");
    life.work().await;
    let mut dice = crate::random_model::Dice(seed);
    let thresholds = LADDER.map(|t| t.1);
    let (mut all, mut stand): (Vec<Got>, Stand) = (Vec::new(), Stand::default());
    let mut heights = [0; 4];
    // the law at a moment at which something moved
    let moves = |all: &[Got], stand: &mut Stand, now: Moment| {
        let kept = all.iter().filter(|g| g.at > window(now)).map(|g| g.kept * g.paid).sum();
        *stand = step(*stand, rung(&thresholds, kept), now, 30).stand;
        kept
    };
    let mut kept = 0;
    for n in 0..steps {
        match dice.below(10) {
            0..=3 if all.iter().map(|g| g.kept).sum::<i64>() < 30 => {
                let (name, qty) = (format!("o{n}"), 1 + dice.below(3) as i64);
                life.got(&name, who, &[("v1", qty)]).await;
                let paid = life.page_of(&name).await.row.lines[0].unit_price;
                let off = LADDER.get(stand.rung.wrapping_sub(1)).map_or(0, |t| t.2);
                assert_eq!(paid, 1000 - off / 10, "step {n}");
                all.push(Got { at: life.house.now(), kept: qty, paid, name });
                kept = moves(&all, &mut stand, life.house.now());
            }
            4 | 5 => {
                let i = dice.below(all.len());
                if let Some(g) = all.get_mut(i).filter(|g| g.kept > 0) {
                    let name = g.name.clone();
                    g.kept -= 1;
                    life.give_back(&name, 1).await;
                    kept = moves(&all, &mut stand, life.house.now());
                }
            }
            _ => {
                let end = life.house.now().plus((1 + dice.below(900) as i64) * 3 * HOUR);
                loop {
                    let left = all.iter().filter(|g| g.kept > 0).map(|g| leaves(g.at));
                    let next = left.chain(stand.falls_at).filter(|at| *at > life.house.now());
                    let Some(at) = next.min().filter(|at| *at <= end) else { break };
                    life.house.pass(at.since(life.house.now()));
                    life.work().await;
                    kept = moves(&all, &mut stand, at);
                }
                life.house.pass(end.since(life.house.now()));
            }
        }
        life.work().await;
        let name = LADDER.get(stand.rung.wrapping_sub(1)).map_or("-", |t| t.0);
        let days = stand.falls_at.map(|at| at.since(life.house.now()) / DAY);
        assert_eq!(life.stands(who).await, (name.into(), kept, days), "step {n} of seed {seed}");
        heights[stand.rung] += 1;
        if n % 10 == 9 {
            life.tiers_hold().await;
        }
    }
    assert!(heights.iter().all(|n| *n > 0), "{heights:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn on_sqlite_tiers_are_the_laws() {
    by_chance(On::Sqlite, 20_261_122, 120).await;
}
#[tokio::test(flavor = "multi_thread")]
async fn on_postgres_tiers_are_the_laws() {
    by_chance(On::Postgres, 20_261_123, 60).await;
}

/// Code | row | part of what it says | the corruption, as in the audit's own story.
const SPOILED: &str = include_str!("tiers_cases.txt");

#[tokio::test(flavor = "multi_thread")]
async fn audit_finds_every_spoiled_tier() {
    both(async |house: House| {
        let (mut life, who) = shop(house).await;
        let other = life.newcomer(1001).await;
        assert_eq!(life.set_tiers(0, 30, &LADDER).await, "ok");
        life.work().await;
        life.got("much", who, &[("v1", 5)]).await;
        life.work().await;
        life.got("less", who, &[("v1", 1)]).await;
        assert_eq!(life.set_price("v1", "silver", Some(800)).await, "ok");
        life.give_back("much", 4).await;
        life.work().await;
        life.later(30).await;
        life.got("few", other, &[("v1", 2)]).await;
        life.work().await;
        life.name("m", who.member.raw());
        life.name("n", other.member.raw());
        let up = "SELECT min(id) FROM tier_change";
        let down = "SELECT id FROM tier_change WHERE rungs = -1";
        for (name, sql) in [("up", up), ("down", down)] {
            let n = number(&life.house, sql.to_string()).await;
            life.name(name, n);
        }
        life.tiers_hold().await;
        let mut missed = String::new();
        for case in SPOILED.lines().filter(|l| !l.is_empty()) {
            let cell: Vec<&str> = case.splitn(4, " | ").collect();
            let report = life.audit_spoiled(cell[3]).await;
            let row = format!("{} of community {}", life.spelled(cell[1]), crate::life::C);
            let says = life.spelled(cell[2]);
            let hit = |f: &app::audit::Finding| {
                f.check == cell[0] && f.row == row && f.says.contains(&says)
            };
            if !report.findings.iter().any(hit) {
                missed += &format!("{case}\n{}\n", shown(&report));
            }
        }
        assert!(missed.is_empty(), "{:?}\n{missed}", life.house.on);
    })
    .await;
}
