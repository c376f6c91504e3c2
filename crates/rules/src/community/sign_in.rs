//! One-time codes: six digits, ten minutes, five tries, once, in the browser that asked.
use crate::base::Moment;

pub const MINUTES: i64 = 10;
pub const TRIES: i64 = 5;

pub const fn ends(now: Moment) -> Moment {
    now.plus_minutes(MINUTES)
}

/// What the verb found of a code.
#[derive(Clone, Copy, Debug)]
pub struct Found {
    pub same_browser: bool,
    pub until: Moment,
    pub used: bool,
    /// Tries so far, this one included.
    pub tries: i64,
    pub same_code: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wrong {
    OtherBrowser,
    Used,
    Expired,
    TooManyTries,
    WrongCode,
}

/// In this order, so that a guesser learns nothing about a code that is not theirs to use.
pub fn judge(f: Found, now: Moment) -> Result<(), Wrong> {
    match f {
        Found { same_browser: false, .. } => Err(Wrong::OtherBrowser),
        Found { used: true, .. } => Err(Wrong::Used),
        Found { until, .. } if until <= now => Err(Wrong::Expired),
        Found { tries, .. } if tries > TRIES => Err(Wrong::TooManyTries),
        Found { same_code: false, .. } => Err(Wrong::WrongCode),
        _ => Ok(()),
    }
}

/// The six digits a person typed, full-width ones and spaces included.
pub fn typed(code: &str) -> String {
    let digit = |c: char| match c {
        '0'..='9' => Some(c),
        '０'..='９' => char::from_digit(c as u32 - '０' as u32, 10),
        _ => None,
    };
    code.chars().filter_map(digit).take(7).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::community::table::{check, outcome};

    #[test]
    fn what_is_wrong_with_a_code() {
        check(
            "
            same  | 9  | open | 1 | right | ok
            same  | 9  | open | 5 | right | ok
            same  | 9  | open | 6 | right | TooManyTries
            same  | 9  | open | 1 | wrong | WrongCode
            same  | 10 | open | 1 | right | Expired
            same  | 9  | used | 1 | right | Used
            other | 10 | used | 6 | wrong | OtherBrowser",
            |c| {
                let now = Moment(1_000_000_000);
                let asked = now.plus_minutes(-c[1].parse::<i64>().expect("minutes"));
                let found = Found {
                    same_browser: c[0] == "same",
                    until: ends(asked),
                    used: c[2] == "used",
                    tries: c[3].parse().expect("tries"),
                    same_code: c[4] == "right",
                };
                outcome(judge(found, now))
            },
        );
        assert_eq!(typed(" ０12 345"), "012345");
    }
}
