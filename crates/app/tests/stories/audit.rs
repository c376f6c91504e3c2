//! The audit: clean after a life through the verbs, and no corruption of one row escapes it.
use crate::life::{C, DAYS_3, exec};
pub use crate::life::{Life, number};
use app::audit::{Report, look};
use app::db::{Rx, Tx};
use app::sale::capture::Taken;
use app::sale::ship_order::ShipOrder;
use app::{Fault, Stop, p};
use gateway::payments::Outcome;
use rules::base::moment::DAY;
use rules::base::{Id, id};
use std::collections::BTreeMap;
use testkit::{House, both};

pub fn shown(report: &Report) -> String {
    report.findings.iter().map(|f| format!("{} {}: {}\n", f.check, f.row, f.says)).collect()
}

/// Invariants whose rows are spoiled in stories of their own: packets, webhooks, relays, payouts,
/// lists, their leaders' pay, tiers, points.
const ELSEWHERE: [&str; 8] =
    ["I9", "webhooks", "relays", "payouts", "chains", "service", "tiers", "points"];

/// Code | row | part of what it says | the corruption.
const CASES: &str = include_str!("audit_cases.txt");

#[tokio::test(flavor = "multi_thread")]
async fn audit_finds_every_spoiled_row() {
    both(async |house: House| {
        let mut life = Life::begin(house).await;
        life.live().await;
        life.name_rows().await;
        let clean = life.house.app.audit(life.house.now()).await.expect("an audit");
        assert!(clean.clean() && clean.findings.is_empty(), "{}", shown(&clean));
        let here = |code: &&str| !ELSEWHERE.contains(code);
        for (code, name, rows, _) in clean.checks.iter().filter(|c| here(&c.0)) {
            assert!(*rows > 0, "{code} {name} looked at nothing");
        }
        let (mut missed, mut tried) = (String::new(), BTreeMap::<&str, usize>::new());
        for case in CASES.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
            let cell: Vec<&str> = case.splitn(4, " | ").collect();
            let &[code, row, says, sql] = &cell[..] else { panic!("four cells: {case}") };
            let report = life.audit_spoiled(sql).await;
            let row = format!("{} of community {C}", life.spelled(row));
            let says = life.spelled(says);
            let hit = |f: &&app::audit::Finding| {
                f.check == code && f.row == row && f.says.contains(&says)
            };
            if report.clean() || report.findings.iter().find(hit).is_none() {
                missed += &format!("{case}\nwanted {row}\n{}\n", shown(&report));
            }
            *tried.entry(code).or_default() += 1;
        }
        assert!(missed.is_empty(), "{:?}\n{missed}", life.house.on);
        for (code, _, _, _) in clean.checks.iter().filter(|c| here(&c.0)) {
            assert!(tried.get(code).is_some_and(|n| *n >= 2), "{code} is tried twice or more");
        }
        let after = life.house.app.audit(life.house.now()).await.expect("an audit");
        assert!(after.clean(), "every corruption was taken back");
        // sealing the tail changes nothing, patience does
        life.house.app.seal(life.house.now()).await.expect("seals");
        let sealed = life.house.app.audit(life.house.now()).await.expect("an audit");
        assert!(sealed.clean(), "{}", shown(&sealed));
        let hasty = life.house.app.audit_within(life.house.pass(1), 0).await.expect("an audit");
        let found: Vec<&str> = hasty.findings.iter().map(|f| f.check).collect();
        assert_eq!(found, ["I14"], "money in suspense since a moment ago");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn audit_counts_all_and_lists_some() {
    both(async |house: House| {
        let life = Life::begin(house).await;
        let empty = life.house.app.audit(life.house.now()).await.expect("an audit");
        assert!(empty.clean(), "{}", shown(&empty));
        let names = empty.checks.len();
        let run = |tx: &mut Tx<'_>| {
            for id in 0..50 {
                tx.exec(LOOSE, p![C, 1000 + id])?;
            }
            Ok::<_, Stop<()>>(())
        };
        life.house.app.database().write(life.house.now(), run).await.expect("holds");
        let report = life.house.app.audit(life.house.now()).await.expect("an audit");
        let counted = report.checks.iter().find(|c| c.1 == "a hold on stock has its line");
        assert_eq!(counted.map(|c| (c.2, c.3)), Some((50, 50)));
        assert_eq!(report.findings.len(), 20, "{}", shown(&report));
        assert_eq!(report.checks.len(), names, "an empty store names every check");
    })
    .await;
}
const LOOSE: &str = "INSERT INTO hold (community_id, id, what, subject, qty, until_at, state)
    VALUES ($1, $2, 'stock', 1, 1, 0, 'confirmed')";

/// The same look is one snapshot: nothing that commits beside it shows.
#[tokio::test(flavor = "multi_thread")]
async fn audit_is_one_look() {
    both(async |house: House| {
        let mut life = Life::begin(house).await;
        life.shelf().await;
        let app = life.house.app.clone();
        let now = life.house.now();
        let audits = tokio::spawn(async move {
            for _ in 0..10 {
                let report = app.audit(now).await.expect("an audit");
                assert!(report.clean(), "{}", shown(&report));
            }
        });
        for i in 0..10 {
            life.bought(&format!("o{i}"), &[("v1", 1)]).await;
            life.house.app.seal(now).await.expect("seals");
        }
        audits.await.expect("no torn look");
    })
    .await;
}

/// A store without a community has nothing to look at, and every check still says so.
#[tokio::test]
async fn audit_of_nothing_is_clean() {
    both(async |house: House| {
        let look = |rx: &mut Rx<'_>| -> Result<Report, Fault> { look(rx, testkit::NOON, DAYS_3) };
        let report = house.app.database().read(look).await.expect("a look");
        assert!(report.clean() && report.checks.len() > 40, "{}", report.checks.len());
    })
    .await;
}

/// Two parts of one line go back; the second one's provider does not answer yet.
#[tokio::test(flavor = "multi_thread")]
async fn audit_after_two_refunds_of_a_line() {
    both(async |house: House| {
        let mut life = Life::begin(house).await;
        life.shelf().await;
        life.bought("two", &[("v1", 2)]).await;
        life.house.app.gateway.payments.misbehave([Outcome::Unknown]);
        life.refund("two", 1, false).await;
        life.work().await;
        life.house.pass(1500);
        life.house.app.gateway.payments.misbehave([Outcome::Unknown]);
        life.refund("two", 1, false).await;
        life.work().await;
        for wait in [600, 2000] {
            // the first refund settles, then the second
            life.house.pass(wait);
            life.work().await;
            life.house.app.seal(life.house.now()).await.expect("seals");
            let report = life.house.app.audit(life.house.now()).await.expect("an audit");
            assert!(report.clean(), "{}", shown(&report));
        }
        let order: Id<id::Order> = life.id("two");
        let ended = format!("SELECT ended_at FROM orders WHERE id = {}", order.raw());
        assert_eq!(number(&life.house, ended).await, life.house.now().0, "with the second");
    })
    .await;
}

/// A provider repeats the news of a free order under another number: there is nothing to return.
#[tokio::test(flavor = "multi_thread")]
async fn audit_after_nothing_was_paid_twice() {
    both(async |house: House| {
        let mut life = Life::begin(house).await;
        life.shelf().await;
        life.free().await;
        assert_eq!(life.money("free_pay", "again", 0, "nothing").await, Taken::Suspense);
        life.work().await;
        let report = life.house.app.audit_within(life.house.pass(1), 0).await.expect("an audit");
        assert!(report.clean(), "{}", shown(&report));
    })
    .await;
}

/// Two people send two lines of one order in the same moment.
#[tokio::test(flavor = "multi_thread")]
async fn audit_after_two_parcels_at_once() {
    both(async |house: House| {
        let mut life = Life::begin(house).await;
        life.shelf().await;
        for round in 0..20 {
            let name = format!("o{round}");
            life.bought(&name, &[("v1", 1), ("v2", 1)]).await;
            let sends = [0, 1].map(|i| {
                let (who, order) = (life.who, life.id(&name));
                let (parcel, lines) = (life.mint("parcel"), vec![life.id(&format!("{name}_{i}"))]);
                let (carrier, tracking) = ("SF".into(), "1".into());
                let ship = ShipOrder { who, parcel, order, lines, carrier, tracking };
                let house = life.house.clone();
                tokio::spawn(async move { house.app.ship_order(house.now(), ship).await })
            });
            for send in sends {
                send.await.expect("no panic").expect("a parcel");
            }
        }
        let report = life.house.app.audit(life.house.now()).await.expect("an audit");
        assert!(report.clean(), "{:?} {}", life.house.on, shown(&report));
    })
    .await;
}

/// Staff pay a refund back by hand while the provider has not answered: it is not asked again.
#[tokio::test(flavor = "multi_thread")]
async fn audit_after_a_refund_by_hand() {
    both(async |house: House| {
        let mut life = Life::begin(house).await;
        life.shelf().await;
        life.bought("one", &[("v1", 1)]).await;
        life.house.app.gateway.payments.misbehave([Outcome::Unknown]);
        life.refund("one", 1, true).await;
        life.work().await;
        let (id, slip) = (life.id("one_ref"), "by hand".to_string());
        let paid = life.house.app.settle_refund_by_hand(life.house.now(), life.who, id, slip);
        paid.await.expect("settled");
        let report = life.house.app.audit(life.house.now()).await.expect("an audit");
        assert!(report.clean(), "{}", shown(&report));
        life.house.pass(DAY);
        assert_eq!(life.house.app.work(life.house.now(), 1).await.expect("work"), 0);
    })
    .await;
}

const MANY_TRANSFERS: &str = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n
      WHERE i < 4100)
    INSERT INTO transfer (community_id, id, part, state, event, cause, debit, credit, amount, at)
    SELECT 7, i, 0, 'posted', 'capture', i, 'clearing:sandbox', 'receivable', i, 1 FROM n";
const MANY_FACTS: &str = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n
      WHERE i < 4100)
    INSERT INTO fact (community_id, id, kind, subject, body, at)
    SELECT 7, i, 'counted', i, '{}', 1 FROM n";

/// More rows than a page holds, sealed and unsealed.
#[tokio::test(flavor = "multi_thread")]
async fn audit_turns_pages() {
    both(async |house: House| {
        let life = Life::begin(house).await;
        exec(&life.house, MANY_TRANSFERS).await;
        exec(&life.house, MANY_FACTS).await;
        let of_books = |r: &Report| -> Vec<(String, i64, i64)> {
            let books = r.checks.iter().filter(|c| ["I2", "I3", "I4", "I5"].contains(&c.0));
            books.map(|c| (format!("{} {}", c.0, c.1), c.2, c.3)).collect()
        };
        for accounts in [0, 2] {
            let report = life.house.app.audit(life.house.now()).await.expect("an audit");
            let want = [
                ("I2 all balances add up to zero", accounts),
                ("I3 stored balances are what the transfers give", accounts),
                ("I5 limited accounts pay out no more than came in", 0),
                ("I4 transfers are numbered and chained", 4100),
                ("I4 facts are numbered and chained", 4100),
                ("I5 a member's debt is what was taken back after it was spent", 0),
            ];
            let want: Vec<_> = want.iter().map(|(name, n)| (name.to_string(), *n, 0)).collect();
            assert_eq!(of_books(&report), want);
            life.house.app.seal(life.house.now()).await.expect("seals");
        }
        let spoiled = [("transfer", "amount", 2003), ("transfer", "cause", 4100)];
        for (table, column, seq) in spoiled {
            let sql = format!("UPDATE {table} SET {column} = {column} + 1 WHERE seq = {seq}");
            let report = life.audit_spoiled(&sql).await;
            let rows: Vec<&str> =
                report.findings.iter().filter(|f| f.check == "I4").map(|f| &*f.row).collect();
            assert_eq!(rows, [format!("transfer {seq} part 0 of community 7")], "{sql}");
        }
    })
    .await;
}
