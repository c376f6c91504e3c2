//! The laws of points as tables.
use super::*;
use crate::content::check as table;

fn n(text: &str) -> i64 {
    text.trim().parse().unwrap_or_else(|_| panic!("a number: {text}"))
}
fn numbers(text: &str) -> Vec<i64> {
    text.split_whitespace().map(n).collect()
}

#[test]
fn what_goods_earn_rounds_down() {
    // goods | counting/total | rate | currency | points
    table(
        "
        10000 | 10000/10000 | 100 | CNY | 100
        9999  | 9999/9999   | 100 | CNY | 99
        99    | 99/99       | 100 | CNY | 0
        100   | 100/100     | 1   | CNY | 0
        10000 | 10000/10500 | 100 | CNY | 95
        10000 | 0/10000     | 100 | CNY | 0
        10000 | 5000/10000  | 300 | CNY | 150
        10000 | 10000/10000 | 1   | JPY | 100
        99    | 99/99       | 1   | JPY | 0
        -5    | 10/10       | 100 | CNY | 0
        0     | 0/0         | 100 | CNY | 0
        10000000000 | 1/1   | 10000 | CNY | 100000000",
        |c| {
            let (counting, total) = c[1].split_once('/').expect("counting/total");
            let currency = Currency::of(c[3]).expect("a currency");
            earned(n(c[0]), (n(counting), n(total)), n(c[2]), currency).to_string()
        },
    );
}

#[test]
fn points_take_off_what_the_cap_lets() {
    // worth cap | asked | there | lines after the coupon | points money | off each | points each
    table(
        "
        100 50 | 9999 | 700 | 1000 400     | 700 700 = 500 200 = 500 200
        100 50 | 9999 | 701 | 1000 400     | 700 700 = 500 200 = 500 200
        100 50 | 9999 | 699 | 1000 400     | 699 699 = 499 200 = 499 200
        100 50 | 250  | 700 | 1000 400     | 250 250 = 179 71 = 179 71
        100 90 | 9999 | 9999 | 1           | none
        100 90 | 9999 | 9999 | 2           | 1 1 = 1 = 1
        100 50 | 0    | 700 | 1000         | none
        100 50 | 50   | 0   | 1000         | none
        100 50 | -5   | 700 | 1000         | none
        1 50   | 9999 | 99  | 1000         | none
        1 50   | 9999 | 199 | 1000         | 100 1 = 1 = 100
        300 50 | 9999 | 1   | 1000         | 1 3 = 3 = 1
        300 50 | 9999 | 2   | 10           | 2 5 = 5 = 2
        300 50 | 9999 | 9   | 4 4 2        | 2 5 = 2 2 1 = 1 1 0
        100 50 | 9999 | 999 | 0 100        | 50 50 = 0 50 = 0 50
        100 50 | 9999 | 999 | 0            | none
        off 50 | 9999 | 999 | 100          | none",
        |c| {
            let (worth, cap) = c[0].split_once(' ').expect("worth cap");
            let on = worth != "off";
            let worth = if on { n(worth) } else { 100 };
            let t = Terms { on, worth, cap: n(cap), ..Terms::default() };
            let Some(u) = used(t, n(c[1]), n(c[2]), &numbers(c[3])) else { return "none".into() };
            let list = |l: &[i64]| l.iter().map(i64::to_string).collect::<Vec<_>>().join(" ");
            format!("{} {} = {} = {}", u.points, u.money, list(&u.off), list(&u.by_line))
        },
    );
}

#[test]
fn terms_are_checked() {
    // what is changed | what is wrong
    table(
        "
        nothing | ok
        rate 0 | rate
        rate 10001 | rate
        worth 0 | worth
        worth 100001 | worth
        cap 0 | cap
        cap 90 | ok
        cap 91 | cap
        at_payment 0 | ok
        after_receipt 0 | release
        after_receipt 1 | ok
        after_receipt 61 | release
        never 0 | ok
        rolling 29 | expiry
        rolling 30 | ok
        inactivity 1825 | ok
        inactivity 1826 | expiry
        fixed_day 1231 | ok
        fixed_day 1232 | expiry
        fixed_day 229 | expiry
        fixed_day 0 | expiry
        fixed_day 1301 | expiry",
        |c| {
            let (word, number) = c[0].split_once(' ').unwrap_or((c[0], "0"));
            let (mut t, number) = (Terms::default(), n(number));
            match word {
                "nothing" => {}
                "rate" => t.rate = number,
                "worth" => t.worth = number,
                "cap" => t.cap = number,
                _ => match (Release::of(word, number), Expiry::of(word, number)) {
                    (Some(release), _) => t.release = release,
                    (_, Some(expiry)) => t.expiry = expiry,
                    _ => panic!("no such word: {word}"),
                },
            }
            check(t).map_or_else(|bad| bad.code().into(), |()| "ok".into())
        },
    );
}

#[test]
fn words_and_numbers_are_read_back() {
    let expiry = [
        Expiry::Never,
        Expiry::Rolling { days: 90 },
        Expiry::FixedDay { month: 12, day: 31 },
        Expiry::Inactivity { days: 365 },
    ];
    for e in expiry {
        assert_eq!(Expiry::of(e.code(), e.number()), Some(e));
    }
    for r in [Release::AtPayment, Release::OnReceipt, Release::AfterReceipt { days: 7 }] {
        assert_eq!(Release::of(r.code(), r.days()), Some(r));
    }
    assert_eq!((Expiry::of("tomorrow", 1), Release::of("tomorrow", 1)), (None, None));
}

#[test]
fn a_fixed_day_is_a_month_away_at_least() {
    // today | month day | year
    table(
        "
        2026 3 1   | 12 31 | 2026
        2026 12 1  | 12 31 | 2026
        2026 12 2  | 12 31 | 2027
        2026 12 31 | 12 31 | 2027
        2027 1 29  | 2 28  | 2027
        2027 1 30  | 2 28  | 2028
        2028 1 30  | 3 1   | 2028
        2026 12 31 | 1 29  | 2028
        2026 12 30 | 1 29  | 2027",
        |c| {
            let (today, on) = (numbers(c[0]), numbers(c[1]));
            year_of_fixed_day((today[0], today[1], today[2]), on[0], on[1]).to_string()
        },
    );
}

#[test]
fn an_idle_lot_ends_after_the_later_of_both() {
    // how it ends | since | active | end, all in days
    table(
        "
        never 0 | 5 | 9 | never
        at 40 | 5 | 9 | 40
        idle 30 | 5 | 9 | 39
        idle 30 | 9 | 5 | 39
        idle 30 | 5 | 0 | 35",
        |c| {
            let (word, number) = c[0].split_once(' ').expect("a word and a number");
            let day = |n: i64| Moment(0).plus_days(n);
            let ends = match word {
                "at" => Ends::At(day(n(number))),
                "idle" => Ends::Idle { days: n(number) },
                _ => Ends::Never,
            };
            let end = ends.when(day(n(c[1])), day(n(c[2])));
            end.map_or("never".into(), |m| (m.0 / day(1).0).to_string())
        },
    );
}
