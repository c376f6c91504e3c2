//! Chain orders (接龙): what a leader may promise her group, when the list is closed, and what
//! becomes of it.
use crate::base::moment::{DAY, MINUTE};
use crate::base::money::MOST;
use crate::base::{Moment, text};
use crate::codes;

codes! {
    /// Where a chain order stands.
    pub enum ChainState {
        /// Orders are taken until the cut-off.
        Open = "open",
        /// Closed, and served.
        Standing = "standing",
        /// Below its minimum: the money of some members is still on its way back.
        Failing = "failing",
        Failed = "failed",
    }
}
codes! {
    /// Where one order of a chain order stands.
    pub enum PlaceState {
        /// Unpaid; it has no number yet.
        Held = "held",
        /// Paid: it has a number and counts.
        Confirmed = "confirmed",
        /// Given back unpaid.
        Released = "released",
        /// Paid, then given back whole.
        Left = "left",
        /// The chain order failed and the money is on its way back, or there.
        Refunding = "refunding",
        Refunded = "refunded",
    }
}

pub const TITLE: usize = 80;
pub const LETTER: usize = 4000;
/// The most variants of one chain order.
pub const OFFERS: usize = 50;
/// The list is open for at least so long, so that an unpaid order has its time to pay.
const SHORTEST_MS: i64 = 10 * MINUTE;
const LONGEST_MS: i64 = 60 * DAY;
/// A hand-out may be taken back for so long.
pub const UNDO_MINUTES: i64 = 15;

/// What a chain order promises; nothing of it changes once it is open.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Terms {
    pub title: String,
    pub letter: String,
    pub cut_off: Moment,
    /// When the goods come to the pick-up point.
    pub arrives: Moment,
    /// What all orders together must reach at the cut-off; zero: nothing.
    pub minimum: i64,
}

/// One variant on the list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Offer {
    pub price: i64,
    /// What it costs in the shop.
    pub alone: i64,
    /// Units of all orders together; zero: what there is.
    pub most: i64,
}

/// Why a chain order cannot be opened, in order of precedence.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BadTerms {
    Title,
    CutOff,
    Arrival,
    Minimum,
    Offers,
    Price,
    Limit,
}

/// The terms with cleaned texts. Only who sets the shop's prices may go below them.
pub fn terms(
    t: &Terms,
    offers: &[Offer],
    sets_prices: bool,
    now: Moment,
) -> Result<Terms, BadTerms> {
    let title = text::fit(text::line(&t.title), TITLE).map_err(|_| BadTerms::Title)?;
    let letter = text::lines(&t.letter);
    if letter.chars().count() > LETTER {
        return Err(BadTerms::Title);
    }
    let open_for = t.cut_off.0.saturating_sub(now.0);
    if !(SHORTEST_MS..=LONGEST_MS).contains(&open_for) {
        return Err(BadTerms::CutOff);
    }
    if !(0..=LONGEST_MS).contains(&t.arrives.0.saturating_sub(t.cut_off.0)) {
        return Err(BadTerms::Arrival);
    }
    if !(0..=MOST).contains(&t.minimum) {
        return Err(BadTerms::Minimum);
    }
    if offers.is_empty() || offers.len() > OFFERS {
        return Err(BadTerms::Offers);
    }
    let fits = |o: &Offer| (0..=o.alone).contains(&o.price) && (sets_prices || o.price == o.alone);
    if !offers.iter().all(fits) {
        return Err(BadTerms::Price);
    }
    if !offers.iter().all(|o| (0..=1_000_000).contains(&o.most)) {
        return Err(BadTerms::Limit);
    }
    Ok(Terms { title, letter, ..t.clone() })
}

/// Orders are taken in `[opening, cut-off)`.
pub fn takes(state: ChainState, cut_off: Moment, now: Moment) -> bool {
    state == ChainState::Open && now < cut_off
}

/// Whether so many units more are on the list.
pub const fn room(most: i64, taken: i64, qty: i64) -> bool {
    most == 0 || taken.saturating_add(qty) <= most
}

/// What the cut-off makes of it: `raised` is what the paid orders come to.
pub const fn ended(raised: i64, minimum: i64, orders: usize) -> ChainState {
    match (raised >= minimum, orders) {
        (true, _) => ChainState::Standing,
        (false, 0) => ChainState::Failed,
        (false, _) => ChainState::Failing,
    }
}

/// A hand-out by mistake may be taken back for some minutes.
pub fn may_undo(handed: Moment, now: Moment) -> bool {
    now < handed.plus_minutes(UNDO_MINUTES)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Moment = Moment(1_000_000_000);

    fn good() -> Terms {
        let cut_off = NOW.plus(DAY);
        Terms {
            title: " Saturday ".into(),
            letter: String::new(),
            cut_off,
            arrives: cut_off.plus(DAY),
            minimum: 0,
        }
    }

    fn check(change: impl Fn(&mut Terms), offers: &[Offer], staff: bool, want: &str) {
        let mut t = good();
        change(&mut t);
        let got = match terms(&t, offers, staff, NOW) {
            Ok(t) => t.title,
            Err(no) => format!("{no:?}"),
        };
        assert_eq!(got, want, "{t:?} {offers:?}");
    }

    #[test]
    fn bad_terms_are_named() {
        let o = Offer { price: 100, alone: 100, most: 0 };
        let low = Offer { price: 90, ..o };
        check(|_| {}, &[o], false, "Saturday");
        check(|t| t.title = " ".into(), &[o], false, "Title");
        check(|t| t.letter = "字".repeat(LETTER + 1), &[o], false, "Title");
        check(|t| t.cut_off = NOW.plus(10 * MINUTE), &[o], false, "Saturday");
        check(|t| t.cut_off = NOW.plus(10 * MINUTE - 1), &[o], false, "CutOff");
        check(|t| t.cut_off = NOW.plus(LONGEST_MS + 1), &[o], false, "CutOff");
        check(|t| t.arrives = t.cut_off, &[o], false, "Saturday");
        check(|t| t.arrives = t.cut_off.plus(-1), &[o], false, "Arrival");
        check(|t| t.arrives = Moment(i64::MAX), &[o], false, "Arrival");
        check(|t| t.minimum = -1, &[o], false, "Minimum");
        check(|t| t.minimum = MOST + 1, &[o], false, "Minimum");
        check(|_| {}, &[], false, "Offers");
        check(|_| {}, &[o; OFFERS + 1], false, "Offers");
        check(|_| {}, &[o, low], false, "Price");
        check(|_| {}, &[o, low], true, "Saturday");
        check(|_| {}, &[Offer { price: 101, ..o }], true, "Price");
        check(|_| {}, &[Offer { price: -1, ..o }], true, "Price");
        check(|_| {}, &[Offer { most: -1, ..o }], true, "Limit");
    }

    #[test]
    fn the_cut_off_decides() {
        assert!(takes(ChainState::Open, Moment(5), Moment(4)));
        assert!(!takes(ChainState::Open, Moment(5), Moment(5)));
        assert!(!takes(ChainState::Standing, Moment(5), Moment(4)));
        assert_eq!(ended(0, 0, 0), ChainState::Standing);
        assert_eq!(ended(100, 100, 1), ChainState::Standing);
        assert_eq!(ended(99, 100, 1), ChainState::Failing);
        assert_eq!(ended(0, 100, 0), ChainState::Failed);
    }

    #[test]
    fn lists_have_their_limits() {
        assert!(room(0, 1_000, 999));
        assert!(room(5, 3, 2));
        assert!(!room(5, 3, 3));
        assert!(!room(5, 6, 1));
    }

    #[test]
    fn mistakes_are_mended_for_a_while() {
        assert!(may_undo(Moment(0), Moment(UNDO_MINUTES * MINUTE - 1)));
        assert!(!may_undo(Moment(0), Moment(UNDO_MINUTES * MINUTE)));
    }
}
