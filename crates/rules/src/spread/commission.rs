//! Commission: what a sale earns those whose links led to it. One level, two at most.
use crate::base::{Id, id};

/// A rate of 100 % in basis points.
pub const WHOLE: i64 = 10_000;
/// What all receivers of one sale may get together, at most: half of the goods' price.
pub const CAP: std::ops::RangeInclusive<i64> = 100..=5_000;
/// Days between receipt and the day it may be spent.
pub const WAIT_DAYS: std::ops::RangeInclusive<i64> = 0..=60;

/// How far up a sale is felt. There is no third level, here or in the table.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Level {
    /// Whose link led to the sale.
    First,
    /// Who brought them.
    Second,
}
impl Level {
    pub const ALL: [Level; 2] = [Level::First, Level::Second];
    pub const fn number(self) -> i64 {
        self as i64 + 1
    }
    pub fn of(number: i64) -> Option<Level> {
        Level::ALL.into_iter().find(|l| l.number() == number)
    }
}

/// Basis points of what was paid for the goods.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Rates {
    pub first: i64,
    pub second: i64,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Terms {
    pub on: bool,
    pub levels: Level,
    pub rates: Rates,
    /// Of both levels together, in basis points.
    pub cap: i64,
    pub wait_days: i64,
}
impl Default for Terms {
    fn default() -> Terms {
        let rates = Rates { first: 500, second: 0 };
        Terms { on: false, levels: Level::First, rates, cap: 3_000, wait_days: 7 }
    }
}

crate::codes! {
    /// What a rate of its own may be for, the closest first: the first that is set decides.
    pub enum Scope { Product = "product", Campaign = "campaign", Category = "category" }
}

crate::codes! {
    /// Where one commission stands.
    pub enum State {
        /// The order is not paid.
        Expected = "expected",
        /// Paid, not received.
        Pending = "pending",
        /// Received; the days of return and the community's own wait run.
        Frozen = "frozen",
        /// In the wallet.
        Available = "available",
        /// Nothing was earned, or all of it was taken back.
        Ended = "ended",
    }
}
impl State {
    /// The one table of transitions.
    pub const fn may_become(self, to: State) -> bool {
        use State::*;
        matches!(
            (self, to),
            (Expected, Pending | Ended)
                | (Pending, Frozen | Ended)
                // a hand-out was taken back
                | (Frozen, Pending | Available | Ended)
                | (Available, Ended)
        )
    }
}

crate::codes! {
    /// Why terms are not fit, in order of precedence.
    pub enum Unfit { Rate = "rate", Cap = "cap", OverCap = "over_cap", WaitDays = "wait_days" }
}

pub fn check_rates(r: Rates) -> Result<(), Unfit> {
    let fits = |rate: i64| (0..=*CAP.end()).contains(&rate);
    if fits(r.first) && fits(r.second) { Ok(()) } else { Err(Unfit::Rate) }
}
pub fn check(t: Terms) -> Result<(), Unfit> {
    check_rates(t.rates)?;
    if !CAP.contains(&t.cap) {
        return Err(Unfit::Cap);
    }
    check_under(t, t.rates)?;
    if !WAIT_DAYS.contains(&t.wait_days) {
        return Err(Unfit::WaitDays);
    }
    Ok(())
}

/// Rates that the cap would cut are not set: nobody is promised what is not paid. Those set before
/// a cap came down are cut by [`in_force`].
pub fn check_under(t: Terms, r: Rates) -> Result<(), Unfit> {
    let second = if t.levels == Level::Second { r.second } else { 0 };
    if r.first + second <= t.cap { Ok(()) } else { Err(Unfit::OverCap) }
}

/// The rates of a line: product before campaign before category before community.
pub fn rates(of: &[(Scope, Rates)], community: Rates) -> Rates {
    let closest = |s: &Scope| of.iter().find(|(scope, _)| scope == s);
    Scope::ALL.iter().find_map(closest).map_or(community, |(_, r)| *r)
}

/// What each level gets under the terms. The rates are cut, not the sums, and level two first: so
/// a part given back never takes more or less than its part.
pub fn in_force(terms: Terms, rates: Rates) -> Rates {
    let first = rates.first.min(terms.cap);
    let second = match terms.levels {
        Level::First => 0,
        Level::Second => rates.second.min(terms.cap - first),
    };
    Rates { first, second }
}

/// What was paid for a line in money that earns: `counting` of the order's `total` does, the rest
/// was given by the shop. Rounded down.
pub fn base(amount: i64, (counting, total): (i64, i64)) -> i64 {
    if counting >= total {
        return amount;
    }
    (i128::from(amount) * i128::from(counting.max(0)) / i128::from(total)) as i64
}

/// The share of `base` at `rate`, rounded down.
pub fn share(base: i64, rate: i64) -> i64 {
    (i128::from(base) * i128::from(rate) / i128::from(WHOLE)) as i64
}

/// Who gets what of an order's credit. Nobody gets anything of their own order.
pub fn receivers(
    buyer: Id<id::Member>,
    first: Id<id::Member>,
    second: Option<Id<id::Member>>,
) -> Vec<(Level, Id<id::Member>)> {
    let mut out = vec![(Level::First, first)];
    out.extend(second.filter(|s| *s != first).map(|s| (Level::Second, s)));
    out.retain(|(_, who)| *who != buyer);
    out
}

/// A sum that is taken back: first what is in the wallet, then it is owed.
pub fn taken_back(sum: i64, in_wallet: i64) -> (i64, i64) {
    let now = sum.min(in_wallet.max(0));
    (now, sum - now)
}

/// A sum that becomes available: first what is owed, the rest to the wallet.
pub fn netted(sum: i64, owed: i64) -> (i64, i64) {
    let off = sum.min(owed.max(0));
    (off, sum - off)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spread::table::check as table;

    fn pair(text: &str) -> Rates {
        let (first, second) = text.split_once('/').expect("first/second");
        let number = |n: &str| n.trim().parse().expect("a rate");
        Rates { first: number(first), second: number(second) }
    }
    fn said(r: Rates) -> String {
        format!("{}/{}", r.first, r.second)
    }

    #[test]
    fn the_closest_rate_decides() {
        table(
            "
            # product | campaign | category | community | decides
            - | - | - | 500/100 | 500/100
            - | - | 700/0 | 500/100 | 700/0
            - | 300/50 | 700/0 | 500/100 | 300/50
            0/0 | 300/50 | 700/0 | 500/100 | 0/0
            900/10 | - | 700/0 | 500/100 | 900/10
            900/10 | 300/50 | - | 500/100 | 900/10",
            |c| {
                let one = |i: usize, s: Scope| (c[i] != "-").then(|| (s, pair(c[i])));
                let of = [one(2, Scope::Category), one(0, Scope::Product), one(1, Scope::Campaign)];
                let of: Vec<_> = of.into_iter().flatten().collect();
                said(rates(&of, pair(c[3])))
            },
        );
    }

    #[test]
    fn the_cap_cuts_the_second_first() {
        table(
            "
            # levels | cap | rates | in force
            1 | 3000 | 1000/500 | 1000/0
            2 | 3000 | 1000/500 | 1000/500
            2 | 3000 | 2500/1000 | 2500/500
            2 | 3000 | 3000/1000 | 3000/0
            2 | 3000 | 4000/1000 | 3000/0
            2 | 100 | 60/60 | 60/40",
            |c| {
                let levels = Level::of(c[0].parse().expect("a level")).expect("one or two");
                let cap = c[1].parse().expect("a cap");
                let terms = Terms { levels, cap, ..Terms::default() };
                said(in_force(terms, pair(c[2])))
            },
        );
        assert_eq!(Level::of(3), None, "there is no third");
        assert_eq!(Level::of(0), None);
    }

    #[test]
    fn shares_round_down() {
        table(
            "
            # line | counts/total | rate | base share
            1000 | 1000/1000 | 500 | 1000 50
            999  | 999/999   | 500 | 999 49
            1000 | 700/1200  | 1000 | 583 58
            1000 | 0/1200    | 1000 | 0 0
            19   | 19/19     | 500 | 19 0
            0    | 0/0       | 500 | 0 0
            10000000000 | 1/10000000000 | 5000 | 1 0",
            |c| {
                let (counts, total) = c[1].split_once('/').expect("counts/total");
                let number = |n: &str| n.parse::<i64>().expect("a number");
                let base = base(number(c[0]), (number(counts), number(total)));
                format!("{base} {}", share(base, number(c[2])))
            },
        );
    }

    #[test]
    fn what_is_taken_back_and_what_is_owed() {
        table(
            "
            # sum | wallet | taken owed
            50 | 80 | 50 0
            50 | 20 | 20 30
            50 | 0  | 0 50
            50 | -3 | 0 50",
            |c| {
                let number = |i: usize| c[i].parse().expect("a number");
                let (now, owed) = taken_back(number(0), number(1));
                format!("{now} {owed}")
            },
        );
        table(
            "
            # sum | owed | off, to the wallet
            50 | 0  | 0 50
            50 | 30 | 30 20
            50 | 70 | 50 0",
            |c| {
                let number = |i: usize| c[i].parse().expect("a number");
                let (off, rest) = netted(number(0), number(1));
                format!("{off} {rest}")
            },
        );
    }

    #[test]
    fn states_follow_the_table() {
        let allowed = "
            expected > pending ended
            pending > frozen ended
            frozen > pending available ended
            available > ended
            ended >";
        for row in allowed.lines().filter(|l| l.contains('>')) {
            let (from, to) = row.split_once('>').expect("two sides");
            let from = State::of(from.trim()).expect("a state");
            for other in State::ALL {
                let may = to.split_whitespace().any(|t| t == other.code());
                assert_eq!(from.may_become(*other), may, "{row}, {}", other.code());
            }
        }
    }

    #[test]
    fn nobody_earns_by_their_own_order() {
        let (x, a, b) = (Id::of(1), Id::of(2), Id::of(3));
        assert_eq!(receivers(x, a, Some(b)), [(Level::First, a), (Level::Second, b)]);
        assert_eq!(receivers(x, a, Some(a)), [(Level::First, a)]);
        assert_eq!(receivers(x, a, Some(x)), [(Level::First, a)]);
        assert_eq!(receivers(x, x, None), []);
    }

    #[test]
    fn unfit_terms() {
        table(
            "
            # rates | cap | days | why
            500/0 | 3000 | 7 | -
            5001/0 | 3000 | 7 | rate
            -1/0 | 3000 | 7 | rate
            500/0 | 99 | 7 | cap
            500/0 | 5001 | 7 | cap
            2500/500 | 3000 | 7 | -
            2500/501 | 3000 | 7 | over_cap
            3001/0 | 3000 | 61 | over_cap
            500/0 | 3000 | 61 | wait_days
            9999/0 | 99 | 61 | rate",
            |c| {
                let number = |i: usize| c[i].parse().expect("a number");
                let (rates, cap, wait_days) = (pair(c[0]), number(1), number(2));
                let levels = Level::Second;
                match super::check(Terms { levels, rates, cap, wait_days, ..Terms::default() }) {
                    Ok(()) => "-".into(),
                    Err(why) => why.code().into(),
                }
            },
        );
        // of one level, the second rate is not paid and not counted
        let rates = Rates { first: 2_500, second: 1_000 };
        assert_eq!(super::check(Terms { rates, ..Terms::default() }), Ok(()));
    }
}
