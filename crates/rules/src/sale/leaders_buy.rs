//! A leader's own group buy: what the shop lets her ask, and what it keeps to itself.
use super::group_buy::{BadTerms, Price, SIZE, Terms, WHOLE, WhoMay};
use crate::base::moment::DAY;
use crate::base::money::MOST;

/// Days it may run, hours a team may take.
pub const DAYS: std::ops::RangeInclusive<i64> = 1..=14;
pub const LIFE_HOURS: std::ops::RangeInclusive<i64> = 1..=72;
pub const PER_MEMBER: std::ops::RangeInclusive<i64> = 1..=9;

/// What the shop lays down for a variant: the lowest price a leader may ask, and of how many.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Floor {
    pub lowest: i64,
    pub size: i64,
}

/// Whether a floor can be laid down for a variant that costs `alone`.
pub fn check_floor(f: Floor, alone: i64) -> Result<(), BadTerms> {
    if !SIZE.contains(&f.size) {
        return Err(BadTerms::Size);
    }
    if !(0..=alone.min(MOST)).contains(&f.lowest) {
        return Err(BadTerms::Price);
    }
    Ok(())
}

/// A leader's terms, after those of every group buy. Whoever opens a team pays what all pay, since
/// that may be herself; a team is full or it fails, since the price is that of so many; and her
/// neighbours may all come.
pub fn within(t: &Terms, prices: &[(Price, Floor)]) -> Result<(), BadTerms> {
    if prices.iter().any(|(_, floor)| t.size < floor.size) {
        return Err(BadTerms::Size);
    }
    if t.fill != WHOLE {
        return Err(BadTerms::Fill);
    }
    if !LIFE_HOURS.contains(&t.life_hours) {
        return Err(BadTerms::Life);
    }
    if t.ends.0.saturating_sub(t.starts.0) > DAYS.end() * DAY {
        return Err(BadTerms::Window);
    }
    let all = t.opens == WhoMay::Everyone && t.joins == WhoMay::Everyone;
    if !PER_MEMBER.contains(&t.per_member) || !all {
        return Err(BadTerms::Limit);
    }
    if prices.iter().any(|(p, floor)| p.price < floor.lowest || p.leader != p.price) {
        return Err(BadTerms::Price);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Moment;

    fn good() -> Terms {
        Terms {
            title: "Peaches".into(),
            story: String::new(),
            size: 5,
            fill: WHOLE,
            life_hours: 24,
            starts: Moment(0),
            ends: Moment(3 * DAY),
            most: 0,
            per_member: 1,
            opens: WhoMay::Everyone,
            joins: WhoMay::Everyone,
        }
    }

    fn check(change: impl Fn(&mut Terms), prices: &[(i64, i64)], want: &str) {
        let mut t = good();
        change(&mut t);
        let floor = Floor { lowest: 800, size: 5 };
        let price = |(price, leader): &(i64, i64)| {
            (Price { price: *price, leader: *leader, alone: 1000 }, floor)
        };
        let prices: Vec<_> = prices.iter().map(price).collect();
        let got = match within(&t, &prices) {
            Ok(()) => "ok".to_string(),
            Err(no) => format!("{no:?}"),
        };
        assert_eq!(got, want, "{t:?}");
    }

    #[test]
    fn a_leader_stays_within_what_the_shop_lets_her() {
        check(|_| {}, &[(800, 800)], "ok");
        check(|_| {}, &[(1000, 1000), (800, 800)], "ok");
        check(|_| {}, &[(1000, 1000), (799, 799)], "Price");
        check(|_| {}, &[(900, 899)], "Price");
        check(|t| t.size = 4, &[(800, 800)], "Size");
        check(|t| t.size = 6, &[(800, 800)], "ok");
        check(|t| t.fill = WHOLE - 1, &[(800, 800)], "Fill");
        check(|t| t.life_hours = 72, &[(800, 800)], "ok");
        check(|t| t.life_hours = 73, &[(800, 800)], "Life");
        check(|t| t.ends = Moment(14 * DAY), &[(800, 800)], "ok");
        check(|t| t.ends = Moment(14 * DAY + 1), &[(800, 800)], "Window");
        check(|t| t.per_member = 9, &[(800, 800)], "ok");
        check(|t| t.per_member = 10, &[(800, 800)], "Limit");
        check(|t| t.joins = WhoMay::NewBuyers, &[(800, 800)], "Limit");
        check(|t| (t.size, t.fill) = (4, 1), &[(799, 1)], "Size");
    }

    #[test]
    fn a_floor_is_at_most_the_price_alone() {
        let of = |lowest, size| check_floor(Floor { lowest, size }, 1000);
        assert_eq!(of(1000, 2), Ok(()));
        assert_eq!(of(0, 1000), Ok(()));
        assert_eq!(of(1001, 2), Err(BadTerms::Price));
        assert_eq!(of(-1, 2), Err(BadTerms::Price));
        assert_eq!(of(1, 1), Err(BadTerms::Size));
        assert_eq!(of(-1, 1001), Err(BadTerms::Size));
    }
}
