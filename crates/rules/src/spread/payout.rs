//! Commission paid out by hand: what may be asked for, and how a payout goes on.
use crate::base::text;
use crate::codes;

codes! {
    pub enum State {
        /// Asked for; a person has to make the transfer.
        Claim = "claim",
        Paid = "paid",
        /// It did not go out, and is in the wallet again.
        Failed = "failed",
        /// Nobody knows whether it went out: it stays reserved until somebody does.
        Unknown = "unknown",
    }
}

impl State {
    /// Its money is reserved, and no other may be asked for.
    pub const fn open(self) -> bool {
        matches!(self, State::Claim | State::Unknown)
    }
    pub const fn may_become(self, to: State) -> bool {
        matches!(
            (self, to),
            (State::Claim, State::Paid | State::Failed | State::Unknown)
                | (State::Unknown, State::Paid | State::Failed)
        )
    }
}

/// What a community lays down.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Terms {
    /// The least that is paid out, minor units.
    pub least: i64,
    /// Kept of each payout.
    pub fee: i64,
}

impl Default for Terms {
    fn default() -> Terms {
        Terms { least: 1_000, fee: 0 }
    }
}

/// The largest minimum and fee.
const MOST: i64 = 10_000_000;

impl Terms {
    /// A fee never eats the smallest payout.
    pub fn fit(self) -> bool {
        (1..=MOST).contains(&self.least) && (0..self.least).contains(&self.fee)
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unfit {
    Amount,
    BelowLeast,
    NotEnough,
}

/// Whether so much of a balance may be paid out.
pub fn ask(amount: i64, terms: Terms, available: i64) -> Result<(), Unfit> {
    if amount <= 0 {
        return Err(Unfit::Amount);
    }
    if amount < terms.least || amount <= terms.fee {
        return Err(Unfit::BelowLeast);
    }
    if amount > available { Err(Unfit::NotEnough) } else { Ok(()) }
}

/// Whose account, and which: one line each.
pub fn destination(payee: &str, account: &str) -> Option<(String, String)> {
    let payee = text::fit(text::line(payee), 60).ok()?;
    let account = text::fit(text::line(account), 120).ok()?;
    Some((payee, account))
}

/// The number a bank gave the transfer.
pub fn slip(typed: &str) -> Option<String> {
    let slip = text::line(typed).to_uppercase();
    (4..=60).contains(&slip.chars().count()).then_some(slip)
}

/// A quarter of a year as people and addresses write it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Quarter {
    pub year: i16,
    /// 1 to 4.
    pub nth: i8,
}

impl Quarter {
    pub const fn of_month(year: i16, month: i8) -> Quarter {
        Quarter { year, nth: (month - 1) / 3 + 1 }
    }
    pub const fn first_month(self) -> i8 {
        (self.nth - 1) * 3 + 1
    }
    pub const fn next(self) -> Quarter {
        match self.nth {
            4 => Quarter { year: self.year + 1, nth: 1 },
            nth => Quarter { year: self.year, nth: nth + 1 },
        }
    }
    pub const fn before(self) -> Quarter {
        match self.nth {
            1 => Quarter { year: self.year - 1, nth: 4 },
            nth => Quarter { year: self.year, nth: nth - 1 },
        }
    }
    /// `2026-3`.
    pub fn code(self) -> String {
        format!("{}-{}", self.year, self.nth)
    }
    pub fn read(code: &str) -> Option<Quarter> {
        let (year, nth) = code.split_once('-')?;
        let (year, nth) = (year.parse().ok()?, nth.parse().ok()?);
        ((2000..=2200).contains(&year) && (1..=4).contains(&nth)).then_some(Quarter { year, nth })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_payout_goes_on_as_the_table_says() {
        let table = "
            claim   | paid failed unknown
            paid    |
            failed  |
            unknown | paid failed";
        for row in table.lines().filter(|l| l.contains('|')) {
            let (from, to) = row.split_once('|').expect("two cells");
            let from = State::of(from.trim()).expect("a state");
            for other in State::ALL {
                let may = to.split_whitespace().any(|code| code == other.code());
                assert_eq!(from.may_become(*other), may, "{from:?} to {other:?}");
            }
            assert_eq!(from.open(), !to.trim().is_empty(), "what is open goes on");
        }
    }

    #[test]
    fn what_may_be_asked_for() {
        let check = |amount: i64, least: i64, fee: i64, available: i64, want: &str| {
            let got = match ask(amount, Terms { least, fee }, available) {
                Ok(()) => "ok".to_string(),
                Err(no) => format!("{no:?}"),
            };
            assert_eq!(got, want, "{amount} of {available}");
        };
        check(1000, 1000, 0, 1000, "ok");
        check(999, 1000, 0, 5000, "BelowLeast");
        check(1000, 1000, 0, 999, "NotEnough");
        check(1000, 1000, 999, 1000, "ok");
        check(0, 1, 0, 1000, "Amount");
        check(-5, 1, 0, 1000, "Amount");
        for (least, fee, fit) in
            [(1, 0, true), (0, 0, false), (1, 1, false), (1000, 999, true), (1000, -1, false)]
        {
            assert_eq!(Terms { least, fee }.fit(), fit, "{least} {fee}");
        }
    }

    #[test]
    fn quarters() {
        for (month, nth) in [(1, 1), (3, 1), (4, 2), (9, 3), (10, 4), (12, 4)] {
            assert_eq!(Quarter::of_month(2026, month).nth, nth);
        }
        let last = Quarter { year: 2026, nth: 4 };
        assert_eq!((last.next().code(), last.next().before()), ("2027-1".into(), last));
        assert_eq!(Quarter::read("2026-4"), Some(last));
        assert_eq!((last.first_month(), Quarter::read("2026-5")), (10, None));
        assert_eq!((Quarter::read("26-1"), Quarter::read("2026")), (None, None));
    }
}
