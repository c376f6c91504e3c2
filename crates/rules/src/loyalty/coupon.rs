//! Coupons: what they take off, from which lines, and who may have one.
//!
//! Discounts come in a fixed order: campaign or member price first, then the coupon, then what is
//! paid by balance, then shipping. Each is split over its lines by largest remainder and stored, so
//! that refunds give back what was paid and never more.
use crate::base::money::{MOST, split};
use crate::base::{Moment, text};
use crate::codes;

codes! {
    pub enum Kind {
        /// So much less.
        Amount = "amount",
        /// A share less, in basis points, up to a cap.
        Percent = "percent",
    }
}
codes! {
    /// What a coupon is for.
    pub enum Scope {
        All = "all", Product = "product", Category = "category",
        /// Anything, for members who have not bought here before.
        FirstOrder = "first_order",
    }
}
codes! {
    pub enum State { Open = "open", Closed = "closed" }
}
codes! {
    /// Where a member's own coupon stands. `held`: an unpaid order uses it.
    pub enum ClaimState { Claimed = "claimed", Held = "held", Used = "used" }
}

pub const NAME: usize = 40;
pub const CODE: std::ops::RangeInclusive<usize> = 4..=20;
/// All, in basis points.
pub const WHOLE: i64 = 10_000;
const DAYS: std::ops::RangeInclusive<i64> = 1..=366;
const COUNT: i64 = 1_000_000;

/// What a coupon promises, as typed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Terms {
    pub name: String,
    pub kind: Kind,
    /// Minor units, or basis points of a percent.
    pub value: i64,
    /// The most a percent takes off; zero: no cap.
    pub cap: i64,
    /// The eligible lines must be worth so much.
    pub threshold: i64,
    pub scope: Scope,
    /// Claimed by typing it; empty: claimed from the list.
    pub code: String,
    /// Days of validity after claiming.
    pub days: i64,
    /// How many there are; zero: no limit.
    pub most: i64,
    pub per_member: i64,
    /// The sum of all discounts at most; zero: no limit.
    pub budget: i64,
    /// No claims from then on.
    pub ends: Moment,
}

/// Why terms do not do, in order of precedence.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BadTerms {
    Name,
    Value,
    Threshold,
    Code,
    Days,
    Limit,
    Budget,
}

/// The terms with cleaned texts; codes are read without regard to case and spaces.
pub fn terms(t: &Terms, now: Moment) -> Result<Terms, BadTerms> {
    let name = text::fit(text::line(&t.name), NAME).map_err(|_| BadTerms::Name)?;
    let fits = match t.kind {
        Kind::Amount => (1..=MOST).contains(&t.value) && t.cap == 0,
        Kind::Percent => (1..=WHOLE).contains(&t.value) && (0..=MOST).contains(&t.cap),
    };
    if !fits {
        return Err(BadTerms::Value);
    }
    if !(0..=MOST).contains(&t.threshold) {
        return Err(BadTerms::Threshold);
    }
    let code = read_code(&t.code);
    if !t.code.trim().is_empty() && !CODE.contains(&code.chars().count()) {
        return Err(BadTerms::Code);
    }
    if !DAYS.contains(&t.days) || t.ends <= now {
        return Err(BadTerms::Days);
    }
    if !(0..=COUNT).contains(&t.most) || !(1..=100).contains(&t.per_member) {
        return Err(BadTerms::Limit);
    }
    let too_small = t.budget != 0 && t.kind == Kind::Amount && t.budget < t.value;
    if !(0..=MOST).contains(&t.budget) || too_small {
        return Err(BadTerms::Budget);
    }
    Ok(Terms { name, code, ..t.clone() })
}

/// `spring 26` and `SPRING26` are one code.
pub fn read_code(typed: &str) -> String {
    typed.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

/// What of the terms an order needs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Offer {
    pub kind: Kind,
    pub value: i64,
    pub cap: i64,
    pub threshold: i64,
}

/// A line before the coupon: what it costs, and whether the coupon is for it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Line {
    pub amount: i64,
    pub eligible: bool,
}

/// Why a coupon takes nothing off, in order of precedence.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NoUse {
    /// None of the lines is what it is for.
    NotForThese,
    /// So much is missing to the threshold.
    Below(i64),
}

/// What each line costs less; never more than the line, and together exactly the discount.
pub fn discounts(o: Offer, lines: &[Line]) -> Result<Vec<i64>, NoUse> {
    let weights: Vec<i64> =
        lines.iter().map(|l| if l.eligible { l.amount.max(0) } else { 0 }).collect();
    let sum = weights.iter().fold(0_i64, |sum, w| sum.saturating_add(*w));
    if sum == 0 {
        return Err(NoUse::NotForThese);
    }
    if sum < o.threshold {
        return Err(NoUse::Below(o.threshold - sum));
    }
    let off = match o.kind {
        Kind::Amount => o.value,
        Kind::Percent => {
            let share = i128::from(sum) * i128::from(o.value) / i128::from(WHOLE);
            let share = share as i64;
            if o.cap > 0 { share.min(o.cap) } else { share }
        }
    };
    Ok(split(off.clamp(0, sum), &weights))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `terms | lines (a star: not eligible) | discounts`
    fn check(row: &str) {
        let cell: Vec<&str> = row.split('|').map(str::trim).collect();
        let words: Vec<&str> = cell[0].split_whitespace().collect();
        let number = |name: &str| {
            let at = words.iter().position(|w| *w == name);
            at.map_or(0, |i| words[i + 1].parse().expect("a number"))
        };
        let kind = Kind::of(words[0]).expect("a kind");
        let value = words[1].parse().expect("a value");
        let o = Offer { kind, value, cap: number("cap"), threshold: number("from") };
        let line = |text: &str| match text.strip_suffix('*') {
            Some(n) => Line { amount: n.parse().expect("a number"), eligible: false },
            None => Line { amount: text.parse().expect("a number"), eligible: true },
        };
        let lines: Vec<Line> = cell[1].split_whitespace().map(line).collect();
        let got = match discounts(o, &lines) {
            Ok(parts) => parts.iter().map(i64::to_string).collect::<Vec<_>>().join(" "),
            Err(no) => format!("{no:?}"),
        };
        assert_eq!(got, cell[2], "{row}");
    }

    #[test]
    fn discounts_are_split_to_the_last_cent() {
        let table = "
            amount 100               | 1000            | 100
            amount 100               | 300 300 300     | 34 33 33
            amount 100               | 1 2             | 1 2
            amount 100               | 50 50*          | 50 0
            amount 100               | 50*             | NotForThese
            amount 100               | 0               | NotForThese
            amount 100 from 500      | 499             | Below(1)
            amount 100 from 500      | 500             | 100
            amount 100 from 500      | 400 200*        | Below(100)
            percent 1000             | 999             | 99
            percent 1000 cap 50      | 999             | 50
            percent 1000 cap 500     | 999 1           | 100 0
            percent 10000            | 7 5             | 7 5
            percent 1                | 9999            | 0
            percent 3333             | 100 100 100     | 33 33 33
            percent 3300             | 100 100 103     | 33 33 33
            percent 3334             | 100 100 100     | 34 33 33";
        table.lines().filter(|l| l.contains('|')).for_each(check);
    }

    #[test]
    fn terms_are_checked() {
        let good = Terms {
            name: " Spring ".into(),
            kind: Kind::Amount,
            value: 500,
            cap: 0,
            threshold: 5000,
            scope: Scope::All,
            code: "spring 26".into(),
            days: 14,
            most: 100,
            per_member: 1,
            budget: 0,
            ends: Moment(10),
        };
        let says = |f: fn(&mut Terms)| {
            let mut t = good.clone();
            f(&mut t);
            match terms(&t, Moment(5)) {
                Ok(t) => format!("{} {}", t.name, t.code),
                Err(bad) => format!("{bad:?}"),
            }
        };
        assert_eq!(says(|_| {}), "Spring SPRING26");
        assert_eq!(says(|t| t.name = String::new()), "Name");
        assert_eq!(says(|t| t.value = 0), "Value");
        assert_eq!(says(|t| t.cap = 5), "Value");
        assert_eq!(says(|t| t.value = MOST + 1), "Value");
        assert_eq!(says(|t| (t.kind, t.value) = (Kind::Percent, WHOLE + 1)), "Value");
        assert_eq!(says(|t| t.threshold = -1), "Threshold");
        assert_eq!(says(|t| t.code = "a-b".into()), "Code");
        assert_eq!(says(|t| t.days = 0), "Days");
        assert_eq!(says(|t| t.ends = Moment(5)), "Days");
        assert_eq!(says(|t| t.per_member = 0), "Limit");
        assert_eq!(says(|t| t.budget = 499), "Budget");
    }
}
