//! Points: what a purchase earns, when that may be spent, what it takes off, and when it ends.
//! Where the points of a member lie is told in `lots`.
//!
//! Points are a discount and no payment: they come off the goods after the coupon and before the
//! wallet and delivery. What is earned, and what points are worth, rounds down; how many points a
//! sum takes rounds up.
use crate::base::Moment;
use crate::base::money::{Currency, split};

/// Earned for every hundred whole units of the currency that are paid.
pub const RATE: std::ops::RangeInclusive<i64> = 1..=10_000;
/// Minor units that a hundred points take off.
pub const WORTH: std::ops::RangeInclusive<i64> = 1..=100_000;
/// Of the goods after the coupon, in percent: a purchase is never wholly a gift.
pub const CAP: std::ops::RangeInclusive<i64> = 1..=90;
pub const RELEASE_DAYS: std::ops::RangeInclusive<i64> = 1..=60;
/// Nobody loses points within a month of getting them.
pub const LIFE_DAYS: std::ops::RangeInclusive<i64> = 30..=1_825;
/// As many points as anybody may ask for or be given at once.
pub const MOST: i64 = 100_000_000;

/// When earned points may be spent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Release {
    AtPayment,
    OnReceipt,
    AfterReceipt { days: i64 },
}
impl Release {
    pub const fn code(self) -> &'static str {
        match self {
            Release::AtPayment => "at_payment",
            Release::OnReceipt => "on_receipt",
            Release::AfterReceipt { .. } => "after_receipt",
        }
    }
    /// Days after receipt, or none.
    pub const fn days(self) -> i64 {
        match self {
            Release::AfterReceipt { days } => days,
            _ => 0,
        }
    }
    pub fn of(code: &str, days: i64) -> Option<Release> {
        Some(match code {
            "at_payment" => Release::AtPayment,
            "on_receipt" => Release::OnReceipt,
            "after_receipt" => Release::AfterReceipt { days },
            _ => return None,
        })
    }
}

/// When points end that nobody spends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Expiry {
    Never,
    /// So many days after they could be spent first.
    Rolling {
        days: i64,
    },
    /// At the end of this day of the year, the first that is [`LIFE_DAYS`] away.
    FixedDay {
        month: i64,
        day: i64,
    },
    /// So many days after the member's last kept order.
    Inactivity {
        days: i64,
    },
}
impl Expiry {
    pub const fn code(self) -> &'static str {
        match self {
            Expiry::Never => "never",
            Expiry::Rolling { .. } => "rolling",
            Expiry::FixedDay { .. } => "fixed_day",
            Expiry::Inactivity { .. } => "inactivity",
        }
    }
    /// Days; of a fixed day the month and day, 1231.
    pub const fn number(self) -> i64 {
        match self {
            Expiry::Never => 0,
            Expiry::Rolling { days } | Expiry::Inactivity { days } => days,
            Expiry::FixedDay { month, day } => month * 100 + day,
        }
    }
    pub fn of(code: &str, number: i64) -> Option<Expiry> {
        Some(match code {
            "never" => Expiry::Never,
            "rolling" => Expiry::Rolling { days: number },
            "fixed_day" => Expiry::FixedDay { month: number / 100, day: number % 100 },
            "inactivity" => Expiry::Inactivity { days: number },
            _ => return None,
        })
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Terms {
    pub on: bool,
    /// Points for every hundred whole units of the currency.
    pub rate: i64,
    /// Minor units that a hundred points take off.
    pub worth: i64,
    pub cap: i64,
    pub release: Release,
    pub expiry: Expiry,
}
impl Default for Terms {
    fn default() -> Terms {
        let (release, expiry) = (Release::OnReceipt, Expiry::Rolling { days: 365 });
        Terms { on: false, rate: 100, worth: 100, cap: 50, release, expiry }
    }
}

crate::codes! {
    /// Why terms are not fit, in order of precedence.
    pub enum Unfit {
        Rate = "rate", Worth = "worth", Cap = "cap", Release = "release", Expiry = "expiry",
    }
}

/// Days of the months of a year that is no leap year: a day every year has.
const MONTHS: [i64; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

pub fn check(t: Terms) -> Result<(), Unfit> {
    let released = match t.release {
        Release::AfterReceipt { days } => RELEASE_DAYS.contains(&days),
        _ => true,
    };
    let ends = match t.expiry {
        Expiry::Never => true,
        Expiry::Rolling { days } | Expiry::Inactivity { days } => LIFE_DAYS.contains(&days),
        Expiry::FixedDay { month, day } => {
            let days = usize::try_from(month - 1).ok().and_then(|m| MONTHS.get(m));
            days.is_some_and(|most| (1..=*most).contains(&day))
        }
    };
    match () {
        () if !RATE.contains(&t.rate) => Err(Unfit::Rate),
        () if !WORTH.contains(&t.worth) => Err(Unfit::Worth),
        () if !CAP.contains(&t.cap) => Err(Unfit::Cap),
        () if !released => Err(Unfit::Release),
        () if !ends => Err(Unfit::Expiry),
        () => Ok(()),
    }
}

/// What goods earn: `counting` of the order's `total` was paid in money that earns.
pub fn earned(goods: i64, (counting, total): (i64, i64), rate: i64, currency: Currency) -> i64 {
    let goods = i128::from(goods.max(0));
    let base = match counting >= total {
        true => goods,
        false => goods * i128::from(counting.max(0)) / i128::from(total),
    };
    let unit = 100 * 10_i128.pow(currency.exponent());
    (base * i128::from(rate) / unit).min(i128::from(MOST)) as i64
}

/// The minor units that so many points take off.
pub fn value(points: i64, worth: i64) -> i64 {
    (i128::from(points.max(0)) * i128::from(worth) / 100) as i64
}
/// The points that so many minor units take.
pub fn points_for(money: i64, worth: i64) -> i64 {
    let hundredfold = i128::from(money.max(0)) * 100;
    ((hundredfold + i128::from(worth) - 1) / i128::from(worth)) as i64
}

/// What an order uses.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Used {
    pub points: i64,
    pub money: i64,
    /// Minor units off each line, and the points of each.
    pub off: Vec<i64>,
    pub by_line: Vec<i64>,
}

/// As many as were asked for, are there, and the cap lets; `lines` are what they cost after the
/// coupon. None when nothing comes off.
pub fn used(t: Terms, asked: i64, there: i64, lines: &[i64]) -> Option<Used> {
    let goods = lines.iter().fold(0_i64, |sum, l| sum.saturating_add((*l).max(0)));
    let cap = (i128::from(goods) * i128::from(t.cap) / 100) as i64;
    let money = cap.min(value(asked.min(there), t.worth));
    if !t.on || money <= 0 {
        return None;
    }
    let points = points_for(money, t.worth);
    let off = split(money, lines);
    let by_line = split(points, &off);
    Some(Used { points, money, off, by_line })
}

/// The year in which the fixed day ends what may be spent from `today` on.
pub fn year_of_fixed_day(today: (i64, i64, i64), month: i64, day: i64) -> i64 {
    let first = days(today) + LIFE_DAYS.start();
    let (year, ..) = today;
    (year..).find(|y| days((*y, month, day)) >= first).unwrap_or(year)
}
/// Days since 1 March of the year 0.
fn days((year, month, day): (i64, i64, i64)) -> i64 {
    let (y, m) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day
}

/// Points that come back to a lot which has ended live on for so long.
pub const RETURNED_DAYS: i64 = 30;
/// The member is told so long before points end.
pub const NOTICE_DAYS: i64 = 7;

/// When the points of a lot end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ends {
    Never,
    At(Moment),
    /// So many days after the member was active last, or the points came.
    Idle {
        days: i64,
    },
}
impl Ends {
    pub fn when(self, since: Moment, active: Moment) -> Option<Moment> {
        match self {
            Ends::Never => None,
            Ends::At(end) => Some(end),
            Ends::Idle { days } => Some(since.max(active).plus_days(days)),
        }
    }
}

#[cfg(test)]
#[path = "points_tests.rs"]
mod tests;
