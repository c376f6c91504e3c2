//! How often something may be tried: a count in a window of time, full at its limit.
use crate::base::Moment;
use crate::base::moment::{HOUR, MINUTE};

/// At most `most` in any window of `length` milliseconds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limit {
    pub most: i64,
    pub length: i64,
}

/// One-time codes to one phone or e-mail address.
pub const CODE_TO_TARGET: Limit = Limit { most: 5, length: 10 * MINUTE };
/// One-time codes asked for from one network address.
pub const CODE_FROM_ADDRESS: Limit = Limit { most: 30, length: HOUR };
/// Passwords tried for one account.
pub const PASSWORD_FOR_ACCOUNT: Limit = Limit { most: 10, length: 15 * MINUTE };
/// Passwords tried, and accounts made, from one network address.
pub const PASSWORD_FROM_ADDRESS: Limit = Limit { most: 60, length: HOUR };
/// Codes of a second factor tried for one account; a right one ends the count.
pub const SECOND_FACTOR: Limit = Limit { most: 10, length: 15 * MINUTE };
/// Reports of one member.
pub const REPORTS: Limit = Limit { most: 20, length: HOUR };
/// Invite codes one member tries.
pub const INVITE_TRIES: Limit = Limit { most: 20, length: HOUR };

/// Visits through share links from one network address that are counted; behind one address of a
/// mobile network stand many phones.
pub const VISITS: Limit = Limit { most: 600, length: HOUR };
/// Clicks of one member on one product card of one post that are counted.
pub const CARD_CLICKS: Limit = Limit { most: 1, length: 24 * HOUR };

/// Windows that began at or before this are over.
pub const fn over(limit: Limit, now: Moment) -> Moment {
    now.plus(-limit.length)
}

/// `count` includes the try itself.
pub const fn allowed(limit: Limit, count: i64) -> bool {
    count <= limit.most
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::community::table::check;

    #[test]
    fn windows() {
        check(
            // minutes since the window began, the count with this one
            "
            0  | 5 | yes
            9  | 6 | no
            10 | 6 | over",
            |c| {
                let now = Moment(100 * HOUR);
                let since = now.plus_minutes(-c[0].parse::<i64>().expect("minutes"));
                let count: i64 = c[1].parse().expect("a count");
                if since <= over(CODE_TO_TARGET, now) {
                    return "over".into();
                }
                if allowed(CODE_TO_TARGET, count) { "yes".into() } else { "no".into() }
            },
        );
    }
}
