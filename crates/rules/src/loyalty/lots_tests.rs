//! Lots as tables, and by chance beside a count that knows no lots.
use super::*;
use crate::content::check as table;
use std::collections::BTreeMap;

fn day(n: i64) -> Moment {
    Moment(0).plus_days(n)
}
fn numbers(text: &str) -> Vec<i64> {
    text.split_whitespace().map(|n| n.parse().expect("a number")).collect()
}

/// `1:50e40` is lot 1 with fifty points that end on day 40; without an end: never. A lot's number
/// is also the day it came.
fn purse(text: &str) -> Purse {
    let mut p = Purse::default();
    for word in text.split_whitespace() {
        if let Some(debt) = word.strip_prefix("owed") {
            p.debt = debt.parse().expect("a number");
            continue;
        }
        let (id, rest) = word.split_once(':').expect("number:points");
        let (free, ends) = match rest.split_once('e') {
            Some((free, end)) => (free, Ends::At(day(end.parse().expect("a day")))),
            None => (rest, Ends::Never),
        };
        let id: i64 = id.parse().expect("a number");
        let free = free.parse().expect("points");
        p.lots.push(Lot { free, ..Lot::new(Id::of(id), day(id), ends) });
    }
    p
}
fn said(p: &Purse) -> String {
    let mut out: Vec<String> =
        p.lots.iter().map(|l| format!("{}:{}", l.id.raw(), l.free)).collect();
    if p.debt > 0 {
        out.push(format!("owed{}", p.debt));
    }
    out.join(" ")
}

fn told(uses: &[Use]) -> String {
    let one = |(id, n): &Use| format!("{}x{n}", id.raw());
    uses.iter().map(one).collect::<Vec<_>>().join(" ")
}

#[test]
fn the_lot_that_ends_first_is_spent_first() {
    // lots | points | from which = what is left
    table(
        "
        1:50 2:50          | 60  | 1x50 2x10 = 1:0 2:40
        1:50 2:50e40       | 60  | 2x50 1x10 = 1:40 2:0
        1:50e50 2:50e40    | 60  | 2x50 1x10 = 1:40 2:0
        2:50e40 1:50e40    | 60  | 1x50 2x10 = 2:40 1:0
        1:50               | 50  | 1x50 = 1:0
        1:50               | 51  | none = 1:50
        1:50               | 0   | none = 1:50
        1:0 2:5            | 5   | 2x5 = 1:0 2:0",
        |c| {
            let mut p = purse(c[0]);
            let uses = p.hold(c[1].parse().expect("a number"));
            format!("{} = {}", uses.map_or("none".into(), |u| told(&u)), said(&p))
        },
    );
}

#[test]
fn what_is_taken_back_comes_from_its_lot_first_and_then_is_owed() {
    // lots | own lot, points | taken, owed = what is left
    table(
        "
        1:50 2:50          | 2 30  | 30 0 = 1:50 2:20
        1:50 2:50          | 2 60  | 60 0 = 1:40 2:0
        1:50 2:50          | 2 100 | 100 0 = 1:0 2:0
        1:50 2:50          | 2 101 | 100 1 = 1:0 2:0 owed1
        1:50e90 2:0 3:9e40 | 2 10  | 10 0 = 1:49 2:0 3:0
        1:0 owed5          | 1 7   | 0 7 = 1:0 owed12",
        |c| {
            let (mut p, n) = (purse(c[0]), numbers(c[1]));
            let m = p.take(Id::of(n[0]), n[1]);
            format!("{} {} = {}", m.points, m.owed, said(&p))
        },
    );
}

#[test]
fn what_comes_in_pays_the_debt_first() {
    // lots | points | came, paid = what is there
    table(
        "
        1:0        | 30 | 30 0 = 1:0 9:30
        1:0 owed10 | 30 | 30 10 = 1:0 9:20
        1:0 owed30 | 30 | 30 30 = 1:0 9:0
        1:0 owed31 | 30 | 30 30 = 1:0 9:0 owed1",
        |c| {
            let mut p = purse(c[0]);
            let lot = Lot::new(Id::of(9), day(9), Ends::Never);
            let m = p.grant(lot, c[1].parse().expect("a number"));
            format!("{} {} = {}", m.points, m.owed, said(&p))
        },
    );
}

#[test]
fn returned_points_of_a_lot_that_has_ended_live_on() {
    // lots | spent of lot 1 | day | what is there = end of lot 1
    table(
        "
        1:50e40 | 20 | 39 | 1:50 = 40
        1:50e40 | 20 | 40 | 1:20 = 70
        1:50    | 20 | 99 | 1:50 = never",
        |c| {
            let mut p = purse(c[0]);
            let uses = p.hold(c[1].parse().expect("a number")).expect("points");
            p.spend(&uses);
            let now = day(c[2].parse().expect("a day"));
            p.expire(now);
            p.give_back(&uses, now);
            let end = p.end(&p.lots[0]);
            let end = end.map_or("never".into(), |m| (m.0 / day(1).0).to_string());
            format!("{} = {end}", said(&p))
        },
    );
}

#[test]
fn a_member_is_told_once_of_what_ends() {
    let mut p = purse("1:50e40 2:30e41 3:9 4:0e40 5:8e90");
    assert_eq!(p.due(), Some(day(33)));
    assert_eq!(p.tell(day(32)), None);
    assert_eq!(p.tell(day(34)), Some((80, day(40))));
    assert_eq!((p.tell(day(35)), p.due()), (None, Some(day(40))));
    assert_eq!(p.expire(day(39)), 0);
    assert_eq!((p.expire(day(40)), p.expire(day(40))), (50, 0));
    assert_eq!((p.due(), p.free()), (Some(day(41)), 47));
}

#[test]
fn parts_come_back_to_the_last_spent() {
    // points and returned of each use | points | to each
    table(
        "
        50 0, 30 0   | 10 | 0 10
        50 0, 30 0   | 40 | 10 30
        50 0, 30 25  | 40 | 35 5
        50 0, 30 0   | 80 | 50 30",
        |c| {
            let pair = |t: &str| (numbers(t)[0], numbers(t)[1]);
            let uses: Vec<(i64, i64)> = c[0].split(',').map(pair).collect();
            let to = back(&uses, c[1].parse().expect("a number"));
            to.iter().map(i64::to_string).collect::<Vec<_>>().join(" ")
        },
    );
}

/// An order as the count sees it: what it took and what it earned.
struct Bought {
    lot: LotId,
    uses: Vec<Use>,
    spent: i64,
    earned: i64,
    paid: bool,
}

/// A hundred thousand steps, chosen by chance: the purse is beside a plain count after each of
/// them, no lot loses a point, whoever owes has nothing free; and when every order is given back
/// whole, the member has what was there before the first of them.
#[test]
fn buying_and_giving_back_changes_nothing() {
    for seed in [20_261_122_u64, 7, 991] {
        let mut x = seed;
        let mut next = |below: i64| {
            x = x.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
            ((x >> 33) % below.max(1) as u64) as i64
        };
        for case in 0..700 {
            let why = || format!("case {case} of seed {seed}");
            let mut p = Purse::default();
            let mut granted: BTreeMap<i64, i64> = BTreeMap::new();
            let first = next(500);
            p.grant(Lot::new(Id::of(1), day(1), Ends::Never), first);
            granted.insert(1, first);
            let (mut count, mut open, mut id) = (first, Vec::<Bought>::new(), 1);
            for _ in 0..60 {
                match next(4) {
                    0 => {
                        let points = 1 + next(300);
                        if let Some(uses) = p.hold(points) {
                            id += 1;
                            count -= points;
                            let (lot, earned) = (Id::of(id), next(200));
                            open.push(Bought { lot, uses, spent: points, earned, paid: false });
                        }
                    }
                    1 => {
                        if let Some(b) = open.iter_mut().find(|b| !b.paid) {
                            p.spend(&b.uses);
                            let end = [Ends::Never, Ends::At(day(next(90)))][next(2) as usize];
                            p.grant(Lot::new(b.lot, day(id), end), b.earned);
                            granted.insert(b.lot.raw(), b.earned);
                            count += b.earned;
                            b.paid = true;
                        }
                    }
                    _ if open.is_empty() => {}
                    2 => {
                        // given back in part: of both as much, in whatever lots it is
                        let i = next(open.len() as i64) as usize;
                        if open[i].paid {
                            let part = next(open[i].spent + 1);
                            let uses = cut(&mut open[i].uses, part);
                            let less = next(open[i].earned + 1);
                            p.give_back(&uses, day(0));
                            p.take(open[i].lot, less);
                            open[i].spent -= part;
                            open[i].earned -= less;
                            count += part - less;
                        }
                    }
                    _ => {
                        let i = next(open.len() as i64) as usize;
                        count += ended(&mut p, &open.swap_remove(i));
                    }
                }
                sound(&p, count, &granted, &why());
            }
            for b in &open {
                count += ended(&mut p, b);
                sound(&p, count, &granted, &why());
            }
            assert_eq!((p.balance(), p.held(), p.debt), (first, 0, 0), "{}", why());
        }
    }
}

/// So many of the last spent; they are not the order's any more.
fn cut(uses: &mut [Use], part: i64) -> Vec<Use> {
    let (mut rest, mut out) = (part, Vec::new());
    for (lot, n) in uses.iter_mut().rev() {
        let now = rest.min(*n);
        (*n, rest) = (*n - now, rest - now);
        out.push((*lot, now));
    }
    out
}

/// The whole order goes back, paid or not; says by how much the balance changes.
fn ended(p: &mut Purse, b: &Bought) -> i64 {
    if !b.paid {
        p.let_go(&b.uses);
        return b.spent;
    }
    p.give_back(&b.uses, day(0));
    p.take(b.lot, b.earned);
    b.spent - b.earned
}

fn sound(p: &Purse, count: i64, granted: &BTreeMap<i64, i64>, why: &str) {
    assert_eq!(p.balance(), count, "{why}");
    assert!(p.debt == 0 || p.free() == 0, "{why}: owes and has");
    for l in &p.lots {
        let parts = [l.free, l.held, l.spent, l.expired, l.taken];
        assert!(parts.iter().all(|n| *n >= 0), "{why}: {l:?}");
        assert_eq!(granted.get(&l.id.raw()), Some(&l.granted()), "{why}: {l:?}");
    }
}

/// The same with time: lots end, and what ended is the only thing that is missing in the end.
#[test]
fn only_what_ended_is_missing() {
    for seed in [41_u64, 42] {
        let mut x = seed;
        let mut next = |below: i64| {
            x = x.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
            ((x >> 33) % below.max(1) as u64) as i64
        };
        let (mut p, mut came, mut gone, mut spent) = (Purse::default(), 0, 0, 0);
        for step in 1..=50_000 {
            let now = day(step / 20);
            match next(5) {
                0 => {
                    let ends = match next(12) {
                        0 => Ends::Never,
                        1..6 => Ends::At(now.plus_days(30 + next(90))),
                        _ => Ends::Idle { days: 30 },
                    };
                    // more than is spent, or nothing would be left to end
                    let points = next(200);
                    p.grant(Lot::new(Id::of(step), now, ends), points);
                    came += points;
                }
                1 => {
                    if let Some(uses) = p.hold(1 + next(90)) {
                        match next(3) {
                            0 => drop(p.let_go(&uses)),
                            kind => {
                                p.spend(&uses);
                                p.active = Some(now);
                                spent += uses.iter().map(|u| u.1).sum::<i64>();
                                if kind == 1 {
                                    spent -= p.give_back(&uses, now).points;
                                }
                            }
                        }
                    }
                }
                2 => {
                    let before = p.tell(now);
                    assert!(before.is_none_or(|(n, end)| n > 0 && end > now));
                    assert_eq!(p.tell(now), None, "told once: step {step} of seed {seed}");
                }
                _ => gone += p.expire(now),
            }
            assert_eq!(came - gone - spent, p.balance(), "step {step} of seed {seed}");
            assert!(p.due().is_none_or(|d| d > now || p.free() > 0));
            p.lots.retain(|l| l.free + l.held > 0);
        }
        assert!(gone > 0 && spent > 0, "both happened: seed {seed}");
    }
}
