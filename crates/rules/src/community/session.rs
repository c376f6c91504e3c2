//! How long a session lives: 30 idle days, 180 days in all.
use crate::base::Moment;
use crate::base::moment::{HOUR, MINUTE};

pub const IDLE_DAYS: i64 = 30;
pub const ABSOLUTE_DAYS: i64 = 180;

/// When a session ends that was opened at `created` and is seen now.
pub fn until(created: Moment, now: Moment) -> Moment {
    now.plus_days(IDLE_DAYS).min(created.plus_days(ABSOLUTE_DAYS))
}
/// Written at most once an hour: reading a page should not write.
pub const fn worth_noting(seen: Moment, now: Moment) -> bool {
    now.since(seen) >= HOUR
}
/// Just signed in: enough to choose a new password without the old one.
pub const fn fresh(created: Moment, now: Moment) -> bool {
    now.since(created) < 10 * MINUTE
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::community::table::check;

    #[test]
    fn ends() {
        check(
            "
            0   | 30
            100 | 130
            150 | 180
            179 | 180",
            |c| {
                let (born, day) = (Moment(0), c[0].parse::<i64>().expect("a day"));
                let end = until(born, born.plus_days(day));
                (end.0 / crate::base::moment::DAY).to_string()
            },
        );
        assert!(worth_noting(Moment(0), Moment(HOUR)) && !worth_noting(Moment(1), Moment(HOUR)));
        assert!(fresh(Moment(0), Moment(9 * MINUTE)) && !fresh(Moment(0), Moment(10 * MINUTE)));
    }
}
