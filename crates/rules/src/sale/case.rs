//! A case: what a buyer asks for after paying, and how it may be answered.
use super::line;
use super::refund::{Refundable, worth};
use crate::base::text;
use crate::codes;

codes! {
    pub enum State {
        Open = "open", Accepted = "accepted", Declined = "declined", Withdrawn = "withdrawn",
    }
}
codes! {
    /// Why money should go back; chosen, so that reasons can be counted.
    pub enum Reason {
        NotArrived = "not_arrived", Damaged = "damaged", WrongItem = "wrong_item",
        NotAsShown = "not_as_shown", ChangedMind = "changed_mind", Other = "other",
    }
}
codes! {
    pub enum Unfit {
        WordsMissing = "words_missing", TextTooLong = "text_too_long",
        TooManyPictures = "too_many_pictures",
    }
}
pub const LONGEST: usize = 500;
pub const PICTURES: usize = 6;

/// The words as they are kept. Another reason needs them: nobody can answer a bare "other".
pub fn check(reason: Reason, typed: &str, pictures: usize) -> Result<String, Unfit> {
    let words = match text::fit(text::lines(typed), LONGEST) {
        Ok(words) => words,
        Err(text::Unfit::TooLong) => return Err(Unfit::TextTooLong),
        Err(_) => String::new(),
    };
    if reason == Reason::Other && words.is_empty() {
        return Err(Unfit::WordsMissing);
    }
    if pictures > PICTURES { Err(Unfit::TooManyPictures) } else { Ok(words) }
}

/// Whether money for a line may be asked back. A completed line's return window is over; what
/// staff give back of their own accord is not asked here.
pub fn may_ask(state: line::State, of: Refundable) -> bool {
    use line::State::{ReadyForPickup, Received, Shipped, ToFulfil};
    let open = matches!(state, ToFulfil | Shipped | ReadyForPickup | Received);
    open && worth(of, of.qty - of.refunded_qty).is_ok_and(|amount| amount > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::check as table;

    #[test]
    fn words_are_needed_where_the_reason_says_nothing() {
        table(
            "
            other | | 0 | words_missing
            other | a dent | 0 | ok
            damaged | | 6 | ok
            damaged | | 7 | too_many_pictures
            changed_mind | | 0 | ok",
            |c| {
                let reason = Reason::of(c[0]).expect("a reason");
                let pictures = c[2].parse().expect("a number");
                check(reason, c[1], pictures).map_or_else(|no| no.code().into(), |_| "ok".into())
            },
        );
        assert!(check(Reason::Other, &"字".repeat(LONGEST), 0).is_ok());
        assert_eq!(check(Reason::Other, &"字".repeat(LONGEST + 1), 0), Err(Unfit::TextTooLong));
    }

    #[test]
    fn lines_that_may_be_asked_for() {
        // state, units, paid, units given back
        table(
            "
            to_fulfil | 2 1000 0 | yes
            received | 2 1000 1 | yes
            received | 2 1000 2 | no
            ready_for_pickup | 1 0 0 | no
            awaiting_payment | 1 100 0 | no
            completed | 1 100 0 | no
            refunding | 1 100 0 | no",
            |c| {
                let n: Vec<i64> = c[1].split(' ').map(|n| n.parse().expect("a number")).collect();
                let refunded = n[1] * n[2] / n[0];
                let of = Refundable { qty: n[0], amount: n[1], refunded_qty: n[2], refunded };
                let state = line::State::of(c[0]).expect("a state");
                if may_ask(state, of) { "yes".into() } else { "no".into() }
            },
        );
    }
}
