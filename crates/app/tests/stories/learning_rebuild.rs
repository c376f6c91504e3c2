//! The figures of the console are those of a full rebuild from the fact log, and of the exported
//! log read by `kith insight`: after a life with refunds, cancelled and late orders.
use crate::life::{C, Life, exec};
use app::learning::buyers::civil_second;
use app::learning::insight::date::{DAY, day_text};
use app::learning::insight::read::read;
use app::learning::insight::{Asked, Unit, analyse};
use app::p;
use jiff::tz::TimeZone;
use rules::base::{Currency, Id, Moment, Money, id};
use serde_json::Value;
use std::collections::BTreeMap;
use testkit::{House, both};

/// Member, when it was paid, the goods without what went back.
type Bought = (Id<id::Member>, Moment, i64);

/// Orders by number, from the facts alone.
async fn log_of_facts(house: &House) -> BTreeMap<Id<id::Order>, Bought> {
    const FACTS: &str = "SELECT subject, kind, actor, body, at FROM fact
        WHERE community_id = $1 AND kind IN ('order_paid', 'order_refunded') ORDER BY id";
    let read = house.app.database().read(|rx| {
        rx.all(FACTS, p![C], |r| {
            (r.id::<id::Order>(0), r.text(1), r.opt_id::<id::Member>(2), r.text(3), r.moment(4))
        })
    });
    let mut log: BTreeMap<Id<id::Order>, Bought> = BTreeMap::new();
    for (order, kind, actor, body, at) in read.await.expect("the facts") {
        let body: Value = serde_json::from_str(&body).expect("a body");
        let goods = body["goods"].as_i64().expect("goods");
        match (kind.as_str(), actor) {
            ("order_paid", Some(member)) => drop(log.insert(order, (member, at, goods))),
            _ => log.get_mut(&order).expect("it was paid before").2 -= goods,
        }
    }
    log.retain(|_, (_, _, goods)| *goods > 0);
    log
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rebuild_from_the_facts_gives_the_figures_of_the_console() {
    both(async |house: House| {
        let mut life = Life::begin(house).await;
        life.live().await;
        // who buys here is the owner, who counts for nothing: a member from now on
        exec(&life.house, "UPDATE member SET role = 'member' WHERE community_id = 7").await;
        let (app, c) = (&life.house.app, Id::of(C));
        let facts = log_of_facts(&life.house).await;
        let kept = app.kept_orders(c, None, 10_000).await.expect("orders");
        let rows: BTreeMap<_, Bought> =
            kept.iter().map(|o| (o.id, (o.member, o.paid_at, o.goods))).collect();
        assert!(facts.len() > 5, "a life with orders: {facts:?}");
        assert_eq!(facts, rows, "{:?}", life.house.on);

        // and so does the whole analysis: by rows, and by a file made of the facts
        let zone = TimeZone::get("Asia/Shanghai").expect("a zone");
        let mut file = String::from("customer,order,date,amount\n");
        for (order, (member, at, goods)) in &facts {
            let at = civil_second(*at, &zone);
            let (day, second) = (day_text(at.div_euclid(DAY)), at.rem_euclid(DAY));
            let clock = format!("{:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60);
            let amount = Money::new(*goods, Currency::Cny).decimal();
            file.push_str(&format!("{member},{order},{day} {clock},{amount}\n"));
        }
        let now = life.house.now();
        let today = civil_second(now, &zone).div_euclid(DAY);
        let log = read(file.as_bytes(), &Default::default(), |_| {}).expect("a log").log;
        let rebuilt = analyse(&log, Asked { until: Some(today), unit: Unit::Day });
        let shown = app.buyers(now, c, zone, Currency::Cny).await.expect("figures");
        assert_eq!(rebuilt, shown);
        assert!(shown.is_some_and(|all| all.orders == facts.len() as u64));
    })
    .await;
}
