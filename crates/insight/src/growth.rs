//! K by week: how many invitations an active member makes, and how many of these become members who
//! stay.
use crate::interval::median;

/// What an invitation has come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Became {
    Nobody,
    /// Joined, and no order is beyond its refund window.
    Joined,
    Effective,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Week {
    /// Weeks since the one of Monday, 1969-12-29.
    pub week: i64,
    pub active: u32,
    pub invitations: u32,
    pub joined: u32,
    pub effective: u32,
    /// Its invitations may still become more.
    pub young: bool,
}
impl Week {
    /// Invitations an active member.
    pub fn invited(&self) -> Option<f64> {
        (self.active > 0).then(|| f64::from(self.invitations) / f64::from(self.active))
    }
    /// Effective members an invitation.
    pub fn conversion(&self) -> Option<f64> {
        let of = f64::from(self.invitations);
        (self.invitations > 0).then(|| f64::from(self.effective) / of)
    }
    /// Effective members an active member: the product of the two.
    pub fn k(&self) -> Option<f64> {
        (self.active > 0).then(|| f64::from(self.effective) / f64::from(self.active))
    }
}

/// So many weeks an invitation has to become an effective member before its week is judged.
pub const YOUNG: i64 = 5;

/// The Monday's week of a day since 1970-01-01.
pub fn week_of(day: i64) -> i64 {
    (day + 3).div_euclid(7)
}
/// The Monday of a week.
pub fn monday(week: i64) -> i64 {
    week * 7 - 3
}

/// Weeks from the first to `last` without a gap. `active` are week and member, in any order, as
/// often as somebody was active; `invitations` are week and what became of each.
pub fn weeks(active: &[(i64, u64)], invitations: &[(i64, Became)], last: i64) -> Vec<Week> {
    let mut active = active.to_vec();
    active.sort_unstable();
    active.dedup();
    let all = active.iter().map(|a| a.0).chain(invitations.iter().map(|i| i.0));
    let Some(first) = all.min() else { return vec![] };
    let fresh = |week: i64| Week { week, young: week > last - YOUNG, ..Week::default() };
    let mut out: Vec<Week> = (first..=last).map(fresh).collect();
    let at = |week: i64| usize::try_from(week - first).unwrap_or(usize::MAX);
    for (week, _) in &active {
        if let Some(one) = out.get_mut(at(*week)) {
            one.active += 1;
        }
    }
    for (week, became) in invitations {
        if let Some(one) = out.get_mut(at(*week)) {
            one.invitations += 1;
            one.joined += u32::from(*became >= Became::Joined);
            one.effective += u32::from(*became == Became::Effective);
        }
    }
    out
}

/// Several weeks as one: the people of each week are counted in each.
pub fn sum(weeks: &[Week]) -> Week {
    let add = |a: Week, b: &Week| Week {
        week: b.week,
        active: a.active + b.active,
        invitations: a.invitations + b.invitations,
        joined: a.joined + b.joined,
        effective: a.effective + b.effective,
        young: a.young || b.young,
    };
    weeks.iter().fold(Week::default(), add)
}

/// How long one takes from joining until whom they bring joins, in the middle.
pub fn cycle(from_to: &[(i64, i64)]) -> Option<i64> {
    let mut took: Vec<i64> = from_to.iter().map(|(a, b)| b - a).filter(|t| *t >= 0).collect();
    median(&mut took)
}

#[cfg(test)]
mod tests {
    use super::{Became, cycle, monday, sum, week_of, weeks};
    use crate::date::{day_of, day_text};

    #[test]
    fn weeks_begin_on_monday() {
        let monday_of = |y, m, d| day_text(monday(week_of(day_of(y, m, d))));
        assert_eq!(monday_of(2026, 3, 2), "2026-03-02");
        assert_eq!(monday_of(2026, 3, 8), "2026-03-02");
        assert_eq!(monday_of(2026, 3, 9), "2026-03-09");
        assert_eq!(monday_of(1969, 12, 31), "1969-12-29");
    }
    #[test]
    fn k_is_the_product_of_its_parts() {
        let active = [(9, 1), (9, 2), (9, 1), (11, 1)];
        let came = [(9, Became::Effective), (9, Became::Joined), (9, Became::Nobody)];
        let all = weeks(&active, &came, 20);
        assert_eq!(all.len(), 12, "without a gap");
        let w = all[0];
        assert_eq!((w.active, w.invitations, w.joined, w.effective), (2, 3, 2, 1));
        let product = w.invited().expect("active") * w.conversion().expect("invitations");
        assert!((w.k().expect("active") - product).abs() < 1e-12);
        assert_eq!((all[1].k(), all[1].conversion()), (None, None));
        assert_eq!(all[2].k(), Some(0.0));
        assert!(!all[6].young && all[7].young, "the last five are still growing");
        assert_eq!(sum(&all).active, 3);
        assert_eq!(weeks(&[], &[], 20), []);
    }
    #[test]
    fn a_cycle_is_the_middle_way() {
        assert_eq!(cycle(&[(0, 4), (0, 10), (5, 6)]), Some(4));
        assert_eq!(cycle(&[(9, 4)]), None);
    }
}
