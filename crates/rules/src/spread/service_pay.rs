//! Service pay: what a leader earns for serving a list, outside commission and its cap.
use super::commission::share;
use crate::base::{Id, id};

/// Of the goods, in basis points: a fifth at most.
pub const RATE: std::ops::RangeInclusive<i64> = 0..=2_000;
/// For each order, in minor units.
pub const FLAT: std::ops::RangeInclusive<i64> = 0..=100_000;

/// Nothing of it changes for a list that is open.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Terms {
    /// Of what was paid for goods that were handed out and kept, in basis points.
    pub rate: i64,
    /// For each order of which anything was handed out and kept.
    pub flat: i64,
}

impl Terms {
    pub const fn on(self) -> bool {
        self.rate > 0 || self.flat > 0
    }
}

crate::codes! {
    /// Where one sum stands.
    pub enum State {
        /// Handed out; the days of return and the wait of commission run.
        Frozen = "frozen",
        /// In the wallet.
        Available = "available",
        /// Taken back: the hand-out was undone, or the goods came back.
        Ended = "ended",
    }
}
impl State {
    /// The one table of transitions.
    pub const fn may_become(self, to: State) -> bool {
        use State::*;
        matches!(
            (self, to),
            (Frozen, Available | Ended)
                | (Available, Ended)
                // handed out once more
                | (Ended, Frozen)
        )
    }
}

crate::codes! {
    /// Why terms are not fit, in order of precedence.
    pub enum Unfit { Rate = "rate", Flat = "flat" }
}

pub fn check(t: Terms) -> Result<(), Unfit> {
    if !RATE.contains(&t.rate) {
        return Err(Unfit::Rate);
    }
    if !FLAT.contains(&t.flat) {
        return Err(Unfit::Flat);
    }
    Ok(())
}

/// Whom a list pays: who opened it, if that is somebody who tends its group for the shop. The
/// owner would pay herself, and whoever does not tend the group does not stand at its point.
pub const fn pays(tends: bool, owner: bool) -> bool {
    tends && !owner
}

/// Nobody is paid for handing goods to themselves.
pub fn earns(leader: Id<id::Member>, buyer: Id<id::Member>) -> bool {
    leader != buyer
}

/// What goods bring of which `kept` stays paid, rounded down: so parts given back never take more
/// or less than their part.
pub fn of_goods(t: Terms, kept: i64) -> i64 {
    share(kept, t.rate)
}

/// The flat sum stays as long as anything of the order stays with its buyer.
pub const fn of_order(t: Terms, anything: bool) -> i64 {
    if anything { t.flat } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spread::table::check as table;

    fn terms(text: &str) -> Terms {
        let (rate, flat) = text.split_once('+').expect("rate+flat");
        let number = |n: &str| n.trim().parse().expect("a number");
        Terms { rate: number(rate), flat: number(flat) }
    }

    #[test]
    fn goods_and_orders_bring_their_part() {
        table(
            "
            # terms | kept | anything | of the goods, of the order
            300+100 | 1000 | yes | 30 100
            300+100 | 999  | yes | 29 100
            300+100 | 0    | no  | 0 0
            0+100   | 1000 | yes | 0 100
            300+0   | 1000 | yes | 30 0
            2000+0  | 10000000000 | yes | 2000000000 0",
            |c| {
                let (t, kept) = (terms(c[0]), c[1].parse().expect("a sum"));
                format!("{} {}", of_goods(t, kept), of_order(t, c[2] == "yes"))
            },
        );
        assert!(!Terms::default().on(), "nothing unless the owner says so");
        assert!(terms("0+1").on() && terms("1+0").on());
    }

    #[test]
    fn unfit_terms() {
        table(
            "
            # terms | why
            0+0 | -
            2000+100000 | -
            2001+0 | rate
            -1+0 | rate
            0+100001 | flat
            0+-1 | flat
            2001+100001 | rate",
            |c| match super::check(terms(c[0])) {
                Ok(()) => "-".into(),
                Err(why) => why.code().into(),
            },
        );
    }

    #[test]
    fn whom_a_list_pays() {
        assert!(pays(true, false));
        assert!(!pays(true, true), "the owner would pay herself");
        assert!(!pays(false, false), "staff who do not tend the group");
        assert!(earns(Id::of(1), Id::of(2)));
        assert!(!earns(Id::of(1), Id::of(1)));
    }

    #[test]
    fn states_follow_the_table() {
        let allowed = "
            frozen > available ended
            available > ended
            ended > frozen";
        for row in allowed.lines().filter(|l| l.contains('>')) {
            let (from, to) = row.split_once('>').expect("two sides");
            let from = State::of(from.trim()).expect("a state");
            for other in State::ALL {
                let may = to.split_whitespace().any(|t| t == other.code());
                assert_eq!(from.may_become(*other), may, "{row}, {}", other.code());
            }
        }
    }
}
