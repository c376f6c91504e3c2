//! Relay: the same words into several groups, each at its time, and again when it failed.
use crate::base::Moment;
use crate::base::moment::{DAY, HOUR, MINUTE};
use crate::codes;

codes! {
    pub enum State {
        Queued = "queued", Sent = "sent",
        /// It will be tried again.
        Failed = "failed",
        GaveUp = "gave_up",
        /// Taken back before its time.
        Cancelled = "cancelled",
    }
}
codes! {
    /// Why it did not go out.
    pub enum Reason {
        /// Whoever wrote it is muted.
        Muted = "muted",
        /// They do not look after the group any more.
        NotAllowed = "not_allowed",
        NoSuchGroup = "no_such_group",
    }
}

pub const MOST_GROUPS: usize = 50;
/// How far ahead.
pub const MOST_DAYS: i64 = 30;
const WAITS: [i64; 4] = [MINUTE, 10 * MINUTE, HOUR, 6 * HOUR];

/// What comes of a failure after so many before: the wait, or nothing more. Only a mute ends by
/// itself.
pub fn wait(reason: Reason, failed: i64) -> Option<i64> {
    match reason {
        Reason::Muted => WAITS.get(usize::try_from(failed).ok()?).copied(),
        Reason::NotAllowed | Reason::NoSuchGroup => None,
    }
}

/// When it goes out: now, or a time ahead. `None`: too far away.
pub fn due(now: Moment, at: Option<Moment>) -> Option<Moment> {
    let at = at.unwrap_or(now).max(now);
    (at.since(now) <= MOST_DAYS * DAY).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn again_or_never() {
        let table = [
            (Reason::Muted, 0, Some(MINUTE)),
            (Reason::Muted, 3, Some(6 * HOUR)),
            (Reason::Muted, 4, None),
            (Reason::Muted, -1, None),
            (Reason::NotAllowed, 0, None),
            (Reason::NoSuchGroup, 0, None),
        ];
        for (reason, failed, says) in table {
            assert_eq!(wait(reason, failed), says, "{reason:?} {failed}");
        }
    }

    #[test]
    fn times_ahead() {
        let now = Moment(5 * DAY);
        assert_eq!(due(now, None), Some(now));
        assert_eq!(due(now, Some(Moment(0))), Some(now), "the past is now");
        assert_eq!(due(now, Some(now.plus(MOST_DAYS * DAY))), Some(now.plus(MOST_DAYS * DAY)));
        assert_eq!(due(now, Some(now.plus(MOST_DAYS * DAY + 1))), None);
    }
}
