//! Who may review what, and what may become of a review.
use crate::base::text;
use crate::base::{Moment, moment};
use crate::codes;

codes! {
    /// A hidden review shows no words, but its stars stay counted: nobody hides their way to a
    /// better average.
    pub enum State { Shown = "shown", Hidden = "hidden" }
}
codes! {
    pub enum Unfit {
        TextMissing = "text_missing", TextTooLong = "text_too_long",
        StarsUnfit = "stars_unfit", TooManyPictures = "too_many_pictures",
    }
}
codes! {
    pub enum Unallowed {
        Muted = "muted", NotReceived = "not_received", AlreadyReviewed = "already_reviewed",
        AlreadyFollowed = "already_followed", TooLate = "too_late", Hidden = "hidden",
        Own = "own",
    }
}
pub const LONGEST: usize = 1_000;
pub const PICTURES: usize = 9;
/// A follow-up is welcome this long after the review.
pub const FOLLOW_DAYS: i64 = 90;

/// Reviews taken over from elsewhere may carry no stars; they never count in an average.
pub fn check(
    typed: &str,
    stars: Option<i64>,
    pictures: usize,
    imported: bool,
) -> Result<String, Unfit> {
    let words = words(typed)?;
    match stars {
        Some(1..=5) => {}
        None if imported => {}
        _ => return Err(Unfit::StarsUnfit),
    }
    if words.is_empty() && stars.is_none() {
        return Err(Unfit::TextMissing);
    }
    if pictures > PICTURES { Err(Unfit::TooManyPictures) } else { Ok(words) }
}
fn words(typed: &str) -> Result<String, Unfit> {
    match text::fit(text::lines(typed), LONGEST) {
        Ok(words) => Ok(words),
        Err(text::Unfit::TooLong) => Err(Unfit::TextTooLong),
        Err(_) => Ok(String::new()),
    }
}
/// A follow-up or an answer of the shop: words are needed.
pub fn check_words(typed: &str, pictures: usize) -> Result<String, Unfit> {
    let words = words(typed)?;
    if words.is_empty() {
        return Err(Unfit::TextMissing);
    }
    if pictures > PICTURES { Err(Unfit::TooManyPictures) } else { Ok(words) }
}

/// A line's state is a code of the sale step; only these two mean "in the buyer's hands".
pub fn may_review(muted: bool, line_state: &str, reviewed: bool) -> Result<(), Unallowed> {
    match (muted, line_state) {
        (true, _) => Err(Unallowed::Muted),
        (_, "received" | "completed") if reviewed => Err(Unallowed::AlreadyReviewed),
        (_, "received" | "completed") => Ok(()),
        _ => Err(Unallowed::NotReceived),
    }
}
pub fn may_follow(
    muted: bool,
    state: State,
    followed: bool,
    written: Moment,
    now: Moment,
) -> Result<(), Unallowed> {
    match () {
        () if muted => Err(Unallowed::Muted),
        () if followed => Err(Unallowed::AlreadyFollowed),
        () if state == State::Hidden => Err(Unallowed::Hidden),
        () if now.since(written) > FOLLOW_DAYS * moment::DAY => Err(Unallowed::TooLate),
        () => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::check as laws;

    #[test]
    fn what_fits() {
        laws(
            "
            很好 | 5 | 0 | form | ok
            | 5 | 0 | form | ok
            很好 | 0 | 0 | form | stars_unfit
            很好 | 6 | 0 | form | stars_unfit
            很好 | - | 0 | form | stars_unfit
            很好 | - | 0 | import | ok
            | - | 0 | import | text_missing
            很好 | 4 | 9 | form | ok
            很好 | 4 | 10 | form | too_many_pictures",
            |c| {
                let pictures = c[2].parse().expect("a number");
                let out = check(c[0], c[1].parse().ok(), pictures, c[3] == "import");
                out.map_or_else(Unfit::code, |_| "ok").into()
            },
        );
        assert_eq!(check(&"长".repeat(LONGEST + 1), Some(5), 0, false), Err(Unfit::TextTooLong));
        assert_eq!(check_words(" ", 0), Err(Unfit::TextMissing));
    }

    #[test]
    fn who_may_review() {
        laws(
            "
            received | reviewed=0 | muted=0 | ok
            completed | reviewed=0 | muted=0 | ok
            received | reviewed=1 | muted=0 | already_reviewed
            shipped | reviewed=0 | muted=0 | not_received
            refunded | reviewed=0 | muted=0 | not_received
            received | reviewed=0 | muted=1 | muted
            shipped | reviewed=0 | muted=1 | muted",
            |c| {
                let out = may_review(c[2] == "muted=1", c[0], c[1] == "reviewed=1");
                out.map_or_else(Unallowed::code, |()| "ok").into()
            },
        );
    }

    #[test]
    fn who_may_follow_up() {
        laws(
            "
            day 0 | shown | new | ok
            day 90 | shown | new | ok
            day 91 | shown | new | too_late
            day 3 | shown | followed | already_followed
            day 91 | shown | followed | already_followed
            day 3 | hidden | new | hidden",
            |c| {
                let days: i64 = c[0].trim_start_matches("day ").parse().expect("a number");
                let state = State::of(c[1]).expect("a state");
                let (written, now) = (Moment(0), Moment(0).plus_days(days));
                let out = may_follow(false, state, c[2] == "followed", written, now);
                out.map_or_else(Unallowed::code, |()| "ok").into()
            },
        );
    }
}
