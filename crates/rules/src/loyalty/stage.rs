//! How far a member has come (阶段) and what kind of buyer they are (分群): words of the console,
//! never shown to members.
use crate::base::Currency;
use crate::codes;

codes! {
    /// By the largest kept order.
    pub enum Stage { Free = "free", Entry = "entry", Middle = "middle", High = "high" }
}
codes! {
    /// One for each who has bought: the first that fits, in this order.
    pub enum Segment {
        /// Something is open or goes back too often.
        Troubled = "troubled",
        /// Accepted the programme of commission and led to a kept sale.
        Distributor = "distributor",
        /// Shared, and somebody came or bought.
        Spreader = "spreader",
        /// Comes again and does not share.
        Fan = "fan",
        /// Comes again; shares, and nobody has come of it yet.
        Repeat = "repeat",
        OneTime = "one_time",
    }
}

/// Where the middle and the high stage begin, in the smallest unit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Bounds {
    pub middle: i64,
    pub high: i64,
}
impl Bounds {
    /// 200 and 1,000 yuan, and what is about the same elsewhere in round figures.
    pub const fn of(currency: Currency) -> Bounds {
        let (middle, high) = match currency {
            Currency::Cny | Currency::Hkd => (20_000, 100_000),
            Currency::Twd => (100_000, 500_000),
            Currency::Eur | Currency::Gbp | Currency::Usd | Currency::Sgd => (3_000, 15_000),
            Currency::Jpy => (4_000, 20_000),
        };
        Bounds { middle, high }
    }
}

pub fn stage(largest: i64, bounds: Bounds) -> Stage {
    match largest {
        ..=0 => Stage::Free,
        n if n < bounds.middle => Stage::Entry,
        n if n < bounds.high => Stage::Middle,
        _ => Stage::High,
    }
}

/// Of a member's own doing.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Buyer {
    /// Paid and not wholly given back.
    pub kept: i64,
    pub paid: i64,
    /// Of the paid ones, those of which anything went back.
    pub returned: i64,
    pub open_cases: i64,
    /// Accepted the programme of commission.
    pub accepted: bool,
    /// Kept orders of others credited to them.
    pub led: i64,
    /// People they brought.
    pub brought: i64,
    /// Links they made.
    pub links: i64,
}

/// From so many orders with something back on, and this share of all, in basis points.
pub const RETURNS: i64 = 2;
pub const RETURNED_BP: i64 = 3_000;

/// None: they have not bought.
pub fn segment(b: Buyer) -> Option<Segment> {
    let often = b.returned >= RETURNS && b.returned * 10_000 > b.paid * RETURNED_BP;
    if b.paid > 0 && (b.open_cases > 0 || often) {
        return Some(Segment::Troubled);
    }
    Some(match b {
        Buyer { kept: ..=0, .. } => return None,
        Buyer { accepted: true, led: 1.., .. } => Segment::Distributor,
        Buyer { led: 1.., .. } | Buyer { brought: 1.., .. } => Segment::Spreader,
        Buyer { kept: 2.., links: ..=0, .. } => Segment::Fan,
        Buyer { kept: 2.., .. } => Segment::Repeat,
        _ => Segment::OneTime,
    })
}

/// Somebody else's order that was kept is theirs.
pub const fn sharer(led: i64) -> bool {
    led > 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::check as table;

    #[test]
    fn a_stage_is_that_of_the_largest_kept_order() {
        table(
            "
            CNY | 0 | free
            CNY | 1 | entry
            CNY | 19999 | entry
            CNY | 20000 | middle
            CNY | 99999 | middle
            CNY | 100000 | high
            JPY | 3999 | entry
            JPY | 4000 | middle
            EUR | 15000 | high",
            |c| {
                let currency = Currency::of(c[0]).expect("a currency");
                let largest = c[1].parse().expect("a number");
                stage(largest, Bounds::of(currency)).code().into()
            },
        );
    }

    #[test]
    fn the_first_class_that_fits() {
        // kept, paid, returned, open cases, accepted, led, brought, links
        table(
            "
            0 0 0 0 0 0 0 0 | none
            0 0 0 0 1 5 3 9 | none
            1 1 0 0 0 0 0 0 | one_time
            1 1 0 0 0 0 0 4 | one_time
            2 2 0 0 0 0 0 0 | fan
            2 2 0 0 0 0 0 1 | repeat
            1 1 0 0 0 1 0 1 | spreader
            1 1 0 0 0 0 1 1 | spreader
            3 3 0 0 1 1 1 1 | distributor
            3 3 0 0 1 0 1 1 | spreader
            3 3 0 1 1 9 9 9 | troubled
            0 1 1 0 0 0 0 0 | none
            0 2 2 0 0 0 0 0 | troubled
            9 9 2 0 0 0 0 0 | fan
            4 6 2 0 0 0 0 0 | troubled
            7 7 2 0 0 0 0 0 | fan
            10 10 3 0 0 0 0 0 | fan
            9 9 3 0 0 0 0 0 | troubled",
            |c| {
                let n: Vec<i64> = c[0].split(' ').map(|n| n.parse().expect("a number")).collect();
                let buyer = Buyer {
                    kept: n[0],
                    paid: n[1],
                    returned: n[2],
                    open_cases: n[3],
                    accepted: n[4] > 0,
                    led: n[5],
                    brought: n[6],
                    links: n[7],
                };
                segment(buyer).map_or("none".into(), |s| s.code().into())
            },
        );
        assert!(sharer(1) && !sharer(0));
    }
}
