//! CDNOW, the data of the papers: BG/NBD and Gamma-Gamma to three digits as published.
use crate::files::{bytes, near, number, rows};
use insight::bg_nbd::{self, BgNbd, Seen};
use insight::columns::Wanted;
use insight::gamma_gamma::{self, GammaGamma, Spent};
use insight::{Asked, Log, Unit, analyse, date, history, read};

fn summary() -> (Vec<Seen>, Vec<Spent>) {
    let one = |r: &Vec<String>| {
        let x = r[1].parse().expect("a count");
        let seen = Seen { x, recency: number(&r[2]), age: number(&r[3]) };
        (seen, Spent { x, mean: number(&r[4]) })
    };
    rows("cdnow_summary.csv.gz").iter().map(one).unzip()
}
fn log() -> Log {
    let wanted = Wanted { customer: Some("sample_id".into()), ..Wanted::default() };
    read::read(&bytes("cdnow_sample.csv.gz"), &wanted, |_| {}).expect("an order log").log
}

const PUBLISHED: BgNbd =
    BgNbd { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426, log_likelihood: -9582.4 };

/// Three digits as printed: half a unit of the last.
#[test]
fn bg_nbd_is_as_published() {
    let (seen, _) = summary();
    let got = bg_nbd::fit(&seen).expect("the papers have a fit");
    near("r", got.r, 0.243, 0.000_5);
    near("alpha", got.alpha, 4.414, 0.000_5);
    near("a", got.a, 0.793, 0.000_5);
    near("b", got.b, 2.426, 0.000_5);
    near("log-likelihood", got.log_likelihood, -9582.4, 0.05);
    // lifetimes 0.11.3 on the same table, to its last digit but one
    near("r", got.r, 0.242_593, 2e-6);
    near("alpha", got.alpha, 4.413_532, 2e-5);
    near("a", got.a, 0.792_886, 2e-5);
    near("b", got.b, 2.425_752, 6e-5);
}

/// 6.25, 3.74 and 15.44 as published, half a unit of the last digit from the raw log; the published
/// summary is rounded to cents and weeks, and lifetimes gives 15.4477 for it.
#[test]
fn gamma_gamma_is_as_published() {
    let log = log().until(date::day_of(1997, 9, 30));
    let spent: Vec<Spent> = history::customers(&log).iter().map(insight::analysis::spent).collect();
    let got = gamma_gamma::fit(&spent).expect("the papers have a fit");
    near("p", got.p, 6.25, 0.005);
    near("q", got.q, 3.74, 0.005);
    near("v", got.v, 15.44, 0.005);
    let (_, spent) = summary();
    let got = gamma_gamma::fit(&spent).expect("the papers have a fit");
    near("p", got.p, 6.248_802, 2e-4);
    near("q", got.q, 3.744_588, 1e-4);
    near("v", got.v, 15.447_748, 1e-3);
}

/// To the six digits of the reference.
#[test]
fn what_is_expected_of_each_is_as_published() {
    let (seen, spent) = summary();
    let want = rows("cdnow_expected_reference.csv.gz");
    assert_eq!(seen.len(), want.len());
    let mut sum = 0.0;
    for (seen, want) in seen.iter().zip(&want) {
        let orders = PUBLISHED.expected(seen, 39.0);
        sum += orders;
        near(&want[0], orders, number(&want[1]), 1e-6);
        near(&want[0], PUBLISHED.alive(seen), number(&want[2]), 1e-6);
    }
    near("all", sum, 1653.948, 5e-4);
    for (weeks, want) in
        [(0.1429, 0.0078), (1.0, 0.0533), (3.0, 0.1509), (31.8571, 1.042), (78.0, 1.8605)]
    {
        near("a new customer", PUBLISHED.expected_of_new(weeks), want, 5e-5);
    }
    let model = GammaGamma { p: 6.25, q: 3.74, v: 15.44, log_likelihood: 0.0 };
    for (spent, want) in spent.iter().zip([24.6637, 18.9169, 35.219, 35.219, 35.219]) {
        near("a transaction", model.value(spent).expect("a mean"), want, 5e-5);
    }
}

/// From the raw log to what the next 39 weeks brought: 1,882, of which the model expects 1653.4.
#[test]
fn a_raw_log_gives_the_same_and_foretells_the_second_half() {
    let log = log();
    let end = date::day_of(1997, 9, 30);
    let asked = Asked { until: Some(end), unit: Unit::Week };
    let half = analyse(&log, asked).expect("orders");
    let model = half.bg_nbd.expect("the papers have a fit");
    near("r", model.r, 0.242_595, 2e-6);
    near("alpha", model.alpha, 4.413_603, 2e-5);
    near("a", model.a, 0.792_922, 2e-5);
    near("b", model.b, 2.425_906, 6e-5);
    let seen = |c| insight::analysis::seen(c, end, 7.0);
    let foretold: Vec<f64> =
        half.customers.iter().map(|c| model.expected(&seen(c), 39.0)).collect();
    near("foretold", foretold.iter().sum(), 1653.41, 0.02);
    let alive: f64 = half.customers.iter().map(|c| model.alive(&seen(c))).sum();
    near("alive", alive / 2357.0, 0.81344, 2e-5);
    let all = analyse(&log, Asked::default()).expect("orders");
    let came = |k: usize| f64::from(all.customers[k].days - half.customers[k].days);
    near("came", (0..2357).map(came).sum(), 1882.0, 0.0);
    let error: f64 = (0..2357).map(|k| (came(k) - foretold[k]).abs()).sum();
    near("mean error", error / 2357.0, 0.785_454, 2e-5);
    assert_eq!((all.repeat.customers, all.repeat.by_day), (2357, 1139));
    near("money", all.total, 244_091.94, 0.005);
}
