//! The lots in which a member's points lie: what is free is spent from the lot that ends first, of
//! two that end together from the older one.
//!
//! What comes in pays first what the member owes, so whoever owes has nothing free.
use super::points::{Ends, NOTICE_DAYS, RETURNED_DAYS};
use crate::base::{Id, Moment, id};

crate::codes! {
    /// Why a balance changed.
    pub enum Kind {
        Earned = "earned", Spent = "spent", Returned = "returned", TakenBack = "taken_back",
        Expired = "expired", Corrected = "corrected",
    }
}
crate::codes! {
    /// Where the points stand that an order takes.
    pub enum Taken { Held = "held", Spent = "spent", GivenBack = "given_back" }
}
crate::codes! {
    /// `waiting`: for its release. `ended`: all of it was taken back before that.
    pub enum LotState { Waiting = "waiting", Live = "live", Ended = "ended" }
}

type LotId = Id<id::PointLot>;

/// Points that came together, in what became of them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Lot {
    pub id: LotId,
    pub free: i64,
    /// Reserved by unpaid orders.
    pub held: i64,
    pub spent: i64,
    pub expired: i64,
    /// Given for points that were taken back.
    pub taken: i64,
    /// Since when they may be spent.
    pub since: Moment,
    pub ends: Ends,
    /// The end its member was told of.
    pub told: Option<Moment>,
}
impl Lot {
    pub fn new(id: LotId, since: Moment, ends: Ends) -> Lot {
        let told = None;
        Lot { id, free: 0, held: 0, spent: 0, expired: 0, taken: 0, since, ends, told }
    }
    pub fn granted(&self) -> i64 {
        self.free + self.held + self.spent + self.expired + self.taken
    }
}

/// So many points of one lot.
pub type Use = (LotId, i64);

/// Points that moved, and how many of them paid (or became) a debt.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Moved {
    pub points: i64,
    pub owed: i64,
}

/// A member's lots; those with nothing free, held or asked for may be left out.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Purse {
    pub lots: Vec<Lot>,
    /// Taken back after it was spent.
    pub debt: i64,
    /// The member's last kept order.
    pub active: Option<Moment>,
}

impl Purse {
    pub fn end(&self, lot: &Lot) -> Option<Moment> {
        lot.ends.when(lot.since, self.active.unwrap_or(Moment(0)))
    }
    pub fn free(&self) -> i64 {
        self.lots.iter().map(|l| l.free).sum()
    }
    pub fn held(&self) -> i64 {
        self.lots.iter().map(|l| l.held).sum()
    }
    /// Below zero when something is owed.
    pub fn balance(&self) -> i64 {
        self.free() - self.debt
    }
    /// In the order of spending.
    fn sorted(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.lots.len()).collect();
        let key = |l: &Lot| (self.end(l).map_or(i64::MAX, |m| m.0), l.since, l.id.raw());
        order.sort_by_key(|i| key(&self.lots[*i]));
        order
    }
    fn at(&mut self, id: LotId) -> Option<&mut Lot> {
        self.lots.iter_mut().find(|l| l.id == id)
    }
    /// Points are free in their lot, less what pays the debt.
    fn comes(&mut self, id: LotId, points: i64) -> i64 {
        let off = points.min(self.debt);
        if let Some(lot) = self.at(id) {
            lot.free += points - off;
            lot.taken += off;
            self.debt -= off;
        }
        off
    }
    /// Out of what is free, in the order of spending; fewer than asked when there are no more.
    fn out(&mut self, points: i64, mut put: impl FnMut(&mut Lot, i64)) -> Vec<Use> {
        let (mut rest, mut uses) = (points, Vec::new());
        for i in self.sorted() {
            let lot = &mut self.lots[i];
            let n = rest.min(lot.free);
            if n > 0 {
                lot.free -= n;
                put(lot, n);
                uses.push((lot.id, n));
                rest -= n;
            }
        }
        uses
    }

    /// Points of a new lot may be spent.
    pub fn grant(&mut self, lot: Lot, points: i64) -> Moved {
        let id = lot.id;
        self.lots.push(lot);
        Moved { points, owed: self.comes(id, points) }
    }
    /// An order reserves points; none when there are not so many.
    pub fn hold(&mut self, points: i64) -> Option<Vec<Use>> {
        (points > 0 && points <= self.free()).then(|| self.out(points, |lot, n| lot.held += n))
    }
    /// It is paid.
    pub fn spend(&mut self, uses: &[Use]) {
        for (id, n) in uses {
            if let Some(lot) = self.at(*id) {
                lot.held -= n;
                lot.spent += n;
            }
        }
    }
    /// It ends unpaid: the points are where they were, in a lot that may have ended meanwhile.
    pub fn let_go(&mut self, uses: &[Use]) -> Moved {
        let mut moved = Moved::default();
        for (id, n) in uses {
            if let Some(lot) = self.at(*id) {
                lot.held -= n;
            }
            moved.points += n;
            moved.owed += self.comes(*id, *n);
        }
        moved
    }
    /// Spent points come back to their lots; one that has ended lives on for a while.
    pub fn give_back(&mut self, uses: &[Use], now: Moment) -> Moved {
        let mut moved = Moved::default();
        for (id, n) in uses {
            let ended = self
                .lots
                .iter()
                .find(|l| l.id == *id)
                .is_some_and(|l| self.end(l).is_some_and(|end| end <= now));
            if let Some(lot) = self.at(*id) {
                lot.spent -= n;
                if ended {
                    lot.ends = Ends::At(now.plus_days(RETURNED_DAYS));
                }
            }
            moved.points += n;
            moved.owed += self.comes(*id, *n);
        }
        moved
    }
    /// Points are taken back: from their own lot first, then from the others, the rest is owed.
    pub fn take(&mut self, own: LotId, points: i64) -> Moved {
        let mut rest = points;
        if let Some(lot) = self.at(own) {
            let n = rest.min(lot.free);
            lot.free -= n;
            lot.taken += n;
            rest -= n;
        }
        let others: i64 = self.out(rest, |lot, n| lot.taken += n).iter().map(|(_, n)| n).sum();
        let owed = rest - others;
        self.debt += owed;
        Moved { points: points - owed, owed }
    }
    /// A correction by hand takes only what is there.
    pub fn correct_down(&mut self, points: i64) -> bool {
        let fits = points > 0 && points <= self.free();
        if fits {
            self.out(points, |lot, n| lot.taken += n);
        }
        fits
    }
    /// What is free in lots that have ended is gone; what orders hold is not.
    pub fn expire(&mut self, now: Moment) -> i64 {
        let mut gone = 0;
        for i in 0..self.lots.len() {
            let ended = self.end(&self.lots[i]).is_some_and(|end| end <= now);
            let lot = &mut self.lots[i];
            if ended && lot.free > 0 {
                gone += lot.free;
                lot.expired += std::mem::take(&mut lot.free);
            }
        }
        gone
    }
    /// How many points end soon and when the first of them do, of which nobody was told; they
    /// count as told from now on.
    pub fn tell(&mut self, now: Moment) -> Option<(i64, Moment)> {
        let (mut points, mut first) = (0, None::<Moment>);
        for i in 0..self.lots.len() {
            let Some(end) = self.end(&self.lots[i]) else { continue };
            let lot = &mut self.lots[i];
            let soon = end > now && end <= now.plus_days(NOTICE_DAYS);
            if soon && lot.free > 0 && lot.told != Some(end) {
                lot.told = Some(end);
                points += lot.free;
                first = Some(first.map_or(end, |f| f.min(end)));
            }
        }
        first.map(|first| (points, first))
    }
    /// When there is something to tell or to end next.
    pub fn due(&self) -> Option<Moment> {
        let due = |lot: &Lot| {
            let end = self.end(lot)?;
            let told = lot.told == Some(end);
            Some(if told { end } else { end.plus_days(-NOTICE_DAYS) })
        };
        self.lots.iter().filter(|l| l.free > 0).filter_map(due).min()
    }
}

/// Which of a line's uses `points` come back to: the last spent first, since it lives the longest.
/// `uses` are the points of each and what came back before.
pub fn back(uses: &[(i64, i64)], points: i64) -> Vec<i64> {
    let mut rest = points;
    let mut out = vec![0; uses.len()];
    for (i, (spent, returned)) in uses.iter().enumerate().rev() {
        out[i] = rest.min(spent - returned);
        rest -= out[i];
    }
    out
}

#[cfg(test)]
#[path = "lots_tests.rs"]
mod tests;
