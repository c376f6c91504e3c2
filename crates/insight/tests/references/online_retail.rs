//! Online Retail: RFM, cohorts and repeat purchases customer by customer, and a fit at a boundary.
use crate::files::{bytes, near, number, rows};
use insight::bg_nbd::NoFit;
use insight::columns::Wanted;
use insight::rfm::Cell;
use insight::{Asked, Log, Unit, analyse, date, read};

fn log() -> Log {
    let text = bytes("online_retail_invoices.csv.gz");
    read::read(&text, &Wanted::default(), |_| {}).expect("an order log").log
}

#[test]
fn rfm_is_equal_customer_by_customer() {
    let got = analyse(&log(), Asked::default()).expect("orders");
    let rfm = got.rfm.expect("enough customers");
    let want = rows("online_retail_rfm_reference.csv.gz");
    assert_eq!(got.names.len(), want.len());
    for (k, want) in want.iter().enumerate() {
        let (customer, score) = (&got.customers[k], &rfm.scores[k]);
        let is = [
            got.names[k].clone(),
            score.recency.to_string(),
            customer.orders.to_string(),
            score.r.to_string(),
            score.f.to_string(),
            score.m.to_string(),
            score.cell.code().to_string(),
        ];
        let says = [&want[0], &want[1], &want[2], &want[4], &want[5], &want[6], &want[7]];
        assert_eq!(is.each_ref(), says);
        near(&want[0], customer.total, number(&want[3]), 0.006);
    }
    let count = |cell| rfm.cells.iter().find(|h| h.cell == cell).map(|h| h.customers);
    let cells = [
        (Cell::Champions, 633),
        (Cell::LoyalCustomers, 827),
        (Cell::PotentialLoyalists, 492),
        (Cell::NewCustomers, 42),
        (Cell::Promising, 99),
        (Cell::NeedAttention, 186),
        (Cell::AboutToSleep, 351),
        (Cell::AtRisk, 580),
        (Cell::CantLose, 63),
        (Cell::Hibernating, 1_065),
    ];
    for (cell, want) in cells {
        assert_eq!(count(cell), Some(want), "{}", cell.code());
    }
    let all = |r, f, m| rfm.scores.iter().filter(|s| (s.r, s.f, s.m) == (r, f, m)).count();
    assert_eq!((all(5, 5, 5), all(1, 1, 1)), (348, 183));
    assert_eq!(rfm.grid.iter().flatten().sum::<u32>(), 4_338);
    let champions = rfm.cells[0];
    near("days", champions.mean_recency, 5.88, 0.005);
    near("orders", champions.mean_frequency, 12.41, 0.005);
    near("money", champions.mean_total, 6857.94, 0.005);
}

#[test]
fn cohorts_and_repeats_are_equal() {
    let got = analyse(&log(), Asked::default()).expect("orders");
    let want = rows("online_retail_cohorts_reference.csv");
    assert_eq!(got.cohorts.len(), want.len());
    for (cohort, want) in got.cohorts.iter().zip(&want) {
        assert_eq!(date::month_text(cohort.month), want[0]);
        let kept: Vec<String> = cohort.kept.iter().map(u32::to_string).collect();
        let seen: Vec<&String> = want[1..].iter().filter(|n| !n.is_empty()).collect();
        assert_eq!(kept.iter().collect::<Vec<_>>(), seen, "{}", want[0]);
    }
    assert_eq!((got.repeat.customers, got.repeat.by_order), (4_338, 2_845));
    assert_eq!(got.repeat.by_day, 2_790);
    assert_eq!(got.orders, 18_532);
    near("money", got.total, 8_911_407.904, 0.001);
}

/// lifetimes 0.11.3 on the same summary. Its search ends on a ridge (one in two thousand purchases
/// is anybody's last, so a and b move together): their quotient is held, and a likelihood not below
/// its.
#[test]
fn the_models_of_the_whole_time_are_those_of_the_peer() {
    let got = analyse(&log(), Asked::default()).expect("orders");
    let model = got.bg_nbd.expect("the peer has a fit");
    near("r", model.r, 0.826_542, 2e-4);
    near("alpha", model.alpha, 68.905_121, 2e-2);
    near("a", model.a, 0.003_437, 2e-5);
    near("b", model.b, 6.745_116, 5e-2);
    let spending = got.gamma_gamma.expect("the peer has a fit");
    near("p", spending.p, 2.103_38, 2e-4);
    near("q", spending.q, 3.451_18, 2e-4);
    near("v", spending.v, 485.888_59, 5e-2);
    near("correlation", got.correlation.expect("a spread"), 0.015_91, 1e-5);
}

/// Two ends of the time looked at where nobody seems to leave: the model has no summit, and what is
/// said instead is its limit, the NBD.
#[test]
fn a_fit_at_the_boundary_says_so() {
    let log = log();
    let table = [
        ((2011, 8, 31), 100.0, 0.722_64, 65.9718, -35_474.014_6, 3_633.387),
        ((2011, 6, 8), 184.0, 0.743_54, 61.7793, -21_447.577_4, 6_171.825),
    ];
    for ((y, m, d), ahead, r, alpha, log_likelihood, foretold) in table {
        for unit in [Unit::Day, Unit::Week] {
            let end = date::day_of(y, m, d);
            let got = analyse(&log, Asked { until: Some(end), unit }).expect("orders");
            let Err(NoFit::NobodyLeaves(nbd)) = got.bg_nbd else {
                panic!("{y}-{m}-{d}: {:?} is no honest answer", got.bg_nbd)
            };
            near("r", nbd.r, r, 1e-5);
            near("alpha", nbd.alpha * unit.days(), alpha, 1e-3);
            if unit == Unit::Day {
                near("log-likelihood", nbd.log_likelihood, log_likelihood, 1e-3);
            }
            let all = got.customers.iter().map(|c| {
                let seen = insight::analysis::seen(c, end, unit.days());
                nbd.expected(seen.x, seen.age, ahead / unit.days())
            });
            near("foretold", all.sum(), foretold, 0.01);
            assert!(got.outlook.iter().all(|o| o.alive.is_none() && o.orders.is_some()));
            assert_eq!(got.gone(), None);
        }
    }
}
