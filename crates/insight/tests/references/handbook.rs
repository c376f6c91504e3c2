//! The examples of `docs/metrics.md` about the loop: what the text says is what is computed.
use insight::funnel::{doses, funnel};
use insight::group::{Act, Group, Standing, Stay, What, When, figures};
use insight::growth::{Became, sum, weeks};
use insight::health::{Part, health};
use insight::key_people::{Ties, people};
use insight::recommender::{Led, Record, by_certainty};
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

/// `8:15`: day 8, its fifteenth hour; `8`: its first.
fn when(text: &str) -> When {
    let (day, hour) = text.split_once(':').unwrap_or((text, "0"));
    let number = |t: &str| t.parse::<i64>().expect("a number");
    When { at: number(day) * 86_400 + number(hour) * 3_600, day: number(day) }
}

#[test]
fn a_group_of_the_handbook() {
    let who = |name: &str| u32::from(name.as_bytes()[0]);
    let stays = block("stays");
    let stay = |text: &str| {
        let w: Vec<&str> = text.split_whitespace().collect();
        Stay { who: who(w[0]), from: when(w[1]), until: w.get(3).map(|day| when(day)) }
    };
    let stays = stays.lines().flat_map(|line| line.split(", ")).map(stay).collect();
    let deed = |line: &str| {
        let w: Vec<&str> = line.split_whitespace().collect();
        let what = match w[2] {
            "said" => What::Said,
            "answered" => What::Answered(w[3].parse::<usize>().ok().map(|n| n - 1)),
            "touched" => What::Touched,
            _ => What::Bought,
        };
        Act { who: who(w[1]), when: when(w[w.len() - 1]), what }
    };
    let group = Group::new(0, stays, block("deeds").lines().map(deed).collect());
    let f = figures(&group, When { at: 10 * 86_400 - 1, day: 9 });
    let mut out = String::new();
    let (members, left) = (f.members, per_cent(f.leaving()));
    let hours = f.first_answer.map_or(0.0, |s| s as f64 / 3_600.0);
    let a_member = f.a_member().unwrap_or(0.0);
    let (sticky, speak) = (per_cent(f.stickiness()), per_cent(f.speaking()));
    let (gini, density) = (f.gini.unwrap_or(0.0), per_cent(f.density()));
    let standing: Vec<_> =
        Standing::ALL.iter().map(|s| format!("{} {}", s.code(), f.standing[*s as usize])).collect();
    let parts: Vec<_> = Part::ALL.iter().map(|p| format!("{} {:.0}", p.code(), p.of(&f))).collect();
    write!(
        out,
        "{members} members, {} joins, {} leaves ({left} leaving)\n\
         DAU {:.1}, WAU {}, MAU {}, stickiness {sticky}\n\
         {} lines, {a_member:.2} a member, {speak} speak, Gini {gini:.3}, reply density {density}\n\
         {} by themselves, {} answered, {} of them soon, first answer after {hours:.1} hours\n\
         {}\n{}: health {:.1}\n",
        f.joins,
        f.leaves,
        f.daily,
        f.weekly,
        f.monthly,
        f.said,
        f.opened,
        f.answered,
        f.soon,
        standing.join(", "),
        parts.join(", "),
        health(&f).unwrap_or(0.0),
    )
    .expect("text");
    check("group", &out);
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

#[test]
fn recommenders_of_the_handbook() {
    let advice = block("advice");
    let record = |line: &str| {
        let (head, stars) = line.split_once(", stars ").unwrap_or((line, ""));
        let w: Vec<&str> = head.split_whitespace().collect();
        let number = |k: usize| w[k].parse::<usize>().expect("a number");
        let mut stars = stars.split_whitespace().map(|s| s.parse().ok());
        let led = |k: usize| Led { kept: k < number(1), stars: stars.next().flatten() };
        (w[0].to_owned(), Record::of(&(0..number(4)).map(led).collect::<Vec<_>>()))
    };
    let mut all: Vec<(String, Record)> = advice.lines().map(record).collect();
    all.sort_by(|a, b| by_certainty(&a.1, &b.1));
    let mut out = String::new();
    for (name, r) in &all {
        let kept = 100.0 * f64::from(r.kept) / f64::from(r.orders);
        let (mean, interval) = (100.0 * r.mean, between(Some((r.low, r.high))));
        write!(out, "{name} {kept:>3.0} %: mean {mean:.1} %, {interval}").expect("text");
        if let Some(stars) = r.mean_stars() {
            write!(out, ", {stars:.1} stars of {}", r.rated).expect("text");
        }
        writeln!(out, "{}", if r.badge() { ", badge" } else { "" }).expect("text");
    }
    check("voices", &out);
}
