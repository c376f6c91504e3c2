//! The examples of `docs/metrics.md` about the loop: what the text says is what is computed.
use insight::funnel::{doses, funnel};
use insight::growth::{Became, sum, weeks};
use insight::key_people::{Ties, people};
use std::fmt::Write;

/// The block of the handbook with this name.
fn block(name: &str) -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/metrics.md");
    let doc = std::fs::read_to_string(path).expect("the handbook");
    let after = doc.split_once(&format!("```{name}\n")).expect("the block").1;
    after.split_once("```").expect("its end").0.to_string()
}
fn check(name: &str, got: &str) {
    assert_eq!(got.trim_end(), block(name).trim_end(), "{name}:\n{got}");
}
fn per_cent(share: Option<f64>) -> String {
    share.map_or("-".into(), |s| format!("{:.1} %", 100.0 * s))
}
fn between(interval: Option<(f64, f64)>) -> String {
    interval.map_or("-".into(), |(a, b)| format!("{:.1} - {:.1} %", 100.0 * a, 100.0 * b))
}

#[test]
fn the_funnel_of_the_handbook() {
    let ways = block("ways");
    let ways: Vec<[Option<i64>; 6]> = ways
        .lines()
        .skip(1)
        .map(|line| {
            let mut steps = line.split_whitespace().skip(1).map(|t| t.parse().ok());
            [(); 6].map(|()| steps.next().flatten())
        })
        .collect();
    let mut out = String::new();
    let names = ["visit", "join", "interaction", "entry order", "second order", "sharer"];
    for (name, s) in names.iter().zip(funnel(&ways)) {
        let days = s.median.map_or("-".into(), |m| format!("{m} days"));
        let (share, interval) = (per_cent(s.share()), between(s.interval));
        let of = format!("{} of {}", s.of_before, s.before);
        let line =
            format!("{name:<13} {:>2}  {of:<6}  {share:>7}  {interval:>14}  {days}", s.people);
        writeln!(out, "{}", line.trim_end()).expect("text");
    }
    check("loop", &out);
}

#[test]
fn interactions_and_orders_of_the_handbook() {
    let seen: Vec<(u32, bool)> = block("talk")
        .split_whitespace()
        .map(|t| (t.trim_end_matches('*').parse().expect("a number"), t.ends_with('*')))
        .collect();
    let mut out = String::new();
    for d in doses(&seen) {
        let class = match d.to {
            Some(to) if to == d.from => to.to_string(),
            Some(to) => format!("{} - {to}", d.from),
            None => format!("{} and more", d.from),
        };
        let (share, interval) = (per_cent(d.share()), between(d.interval));
        writeln!(out, "{class:<11} {} of {}  {share:>7}  {interval:>14}", d.bought, d.people)
            .expect("text");
    }
    check("talk-and-orders", &out);
}

#[test]
fn k_of_the_handbook() {
    let (mut active, mut came) = (vec![], vec![]);
    for line in block("invitations").lines() {
        let mut cells = line.split_whitespace();
        let week: i64 = cells.next().and_then(|w| w.parse().ok()).expect("a week");
        let people: u64 = cells.next().and_then(|n| n.parse().ok()).expect("a number");
        active.extend((0..people).map(|m| (week, m)));
        came.extend(cells.map(|c| match c {
            "effective" => (week, Became::Effective),
            "joined" => (week, Became::Joined),
            _ => (week, Became::Nobody),
        }));
    }
    let all = weeks(&active, &came, 10);
    let number = |x: Option<f64>| x.map_or("-".into(), |x| format!("{x:.3}"));
    let mut out = String::new();
    for (name, w) in [("week 1", all[0]), ("week 2", all[1]), ("both", sum(&all[..2]))] {
        writeln!(
            out,
            "{name}: {} active, {} invitations, {} effective: {} x {} = K {}",
            w.active,
            w.invitations,
            w.effective,
            number(w.invited()),
            number(w.conversion()),
            number(w.k()),
        )
        .expect("text");
    }
    check("k", &out);
}

#[test]
fn key_people_of_the_handbook() {
    let mut ties = Ties::default();
    let names = ["Ann", "Ben", "Cat", "Dan", "Eve"];
    let place = |n: &str| names.iter().position(|m| *m == n).expect("a name") as u32;
    for line in block("ties").lines() {
        let w: Vec<&str> = line.split_whitespace().collect();
        let (a, b) = (place(w[0]), place(w[w.len() - 1]));
        match w[1] {
            "came" => ties.referrals.push((a, b)),
            "paid" => ties.sales.push((a, b, w[2].parse().expect("an amount"))),
            "answered" => ties.answers.push((a, b)),
            _ => ties.follows.push((a, b)),
        }
    }
    let mut out = String::new();
    for p in people(&[true; 5], &ties, 1) {
        let name = names[p.who as usize];
        writeln!(
            out,
            "{name}  score {:>5.1}  PageRank {:.4}  betweenness {:.1}  sales {:>3}  \
             downstream {:.1}",
            p.score, p.rank, p.between, p.sales, p.downstream
        )
        .expect("text");
    }
    check("key-people", &out);
}
