//! A point in time. Laws receive it, they never ask for it.

/// Milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Moment(pub i64);

pub const SECOND: i64 = 1000;
pub const MINUTE: i64 = 60 * SECOND;
pub const HOUR: i64 = 60 * MINUTE;
pub const DAY: i64 = 24 * HOUR;

impl Moment {
    /// Later by so many milliseconds; stays at the end of time instead of overflowing.
    pub const fn plus(self, milliseconds: i64) -> Moment {
        Moment(self.0.saturating_add(milliseconds))
    }
    pub const fn plus_minutes(self, n: i64) -> Moment {
        self.plus(n.saturating_mul(MINUTE))
    }
    pub const fn plus_days(self, n: i64) -> Moment {
        self.plus(n.saturating_mul(DAY))
    }
    /// Milliseconds from `earlier` until this; negative when it lies before.
    pub const fn since(self, earlier: Moment) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}
