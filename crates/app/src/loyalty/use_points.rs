//! Points in the verbs of an order: asked, reserved, spent with the payment, given back unpaid.
use super::move_points::{group, settle};
use super::tables_points::{self as tables, Change, Held, Use};
use crate::db::{Fault, Tx, Writes};
use crate::holds::{self, Hold};
use crate::ledger::{self, Meets};
use rules::base::{Id, Moment, id};
use rules::hold::What;
use rules::ledger::{Account, Event, Group};
use rules::loyalty::lots::{self, Kind, Purse, Taken};
use rules::loyalty::points::{self, Used};

type C = Id<id::Community>;
type M = Id<id::Member>;
type Order = Id<id::Order>;

/// What an order takes off by points, and the lots before and after.
pub struct Off {
    pub used: Used,
    uses: Vec<lots::Use>,
    was: Purse,
    is: Purse,
    gone: i64,
}

/// As many as were asked for, are there and may be used; `lines` as they cost after the coupon.
pub fn ask(
    tx: &mut Tx<'_>,
    c: C,
    (member, asked): (M, i64),
    lines: &[i64],
) -> Result<Option<Off>, Fault> {
    let terms = tables::terms(tx, c)?;
    if !terms.on || !tables::known(tx, c, member)? {
        return Ok(None);
    }
    let was = tables::open(tx, c, member, None)?;
    let mut is = was.clone();
    let gone = is.expire(tx.now());
    let Some(used) = points::used(terms, asked, is.free(), lines) else { return Ok(None) };
    Ok(is.hold(used.points).map(|uses| Off { used, uses, was, is, gone }))
}

/// The points of each line, lot by lot, in the order of spending.
fn shared(off: &Off, lines: &[Id<id::Line>]) -> Vec<Use> {
    let mut lots = off.uses.iter().copied();
    let (mut here, mut out) = (lots.next(), Vec::new());
    for (line, want) in lines.iter().zip(&off.used.by_line) {
        let mut rest = *want;
        while let (true, Some((lot, has))) = (rest > 0, here) {
            let points = rest.min(has);
            out.push(Use { line: *line, lot, points, returned: 0 });
            rest -= points;
            here = if has > points { Some((lot, has - points)) } else { lots.next() };
        }
    }
    out
}

fn spent(m: M, held: Held) -> Group {
    let parts = ledger::single(Account::Points(m), Account::PointsIssued, held.points);
    group(held.change, Kind::Spent, held.at, parts)
}

/// With the order, until it is paid or lets go: no point is spent twice.
pub fn reserve<R: Copy>(
    tx: &Tx<'_>,
    w: &mut Writes<R>,
    c: C,
    (off, order, member): (&Off, Order, M),
    (lines, until): (&[Id<id::Line>], Moment),
    changed: R,
) {
    let held = Held { change: tx.mint(), hold: tx.mint(), points: off.used.points, at: tx.now() };
    tables::take(w, c, (order, member), held, off.used.money);
    for (nth, u) in shared(off, lines).into_iter().enumerate() {
        tables::insert_use(w, c, order, nth, u);
    }
    let (id, kind, points, reason) = (held.change, Kind::Spent, -held.points, "");
    let change = Change { id, member, kind, order: Some(order), points, reason, by: None };
    tables::insert_change(w, c, &change, held.at, changed);
    let meets = Meets { short: changed, twice: changed };
    ledger::pending(w, c, &spent(member, held), meets);
    let (what, subject, qty) = (What::Points, member.raw(), held.points);
    holds::reserve(w, c, Hold { id: held.hold, what, subject, qty, until });
    settle(tx, w, c, member, (&off.was, &off.is), off.gone, changed);
}

/// Of each lot what an order took, whatever line it was for.
pub(super) fn by_lot(uses: &[Use]) -> Vec<lots::Use> {
    uses.iter().map(|u| (u.lot, u.points)).collect()
}

/// The order is paid: what it held is spent. The caller settles the lots.
pub(super) fn confirm<R: Copy>(
    tx: &mut Tx<'_>,
    w: &mut Writes<R>,
    c: C,
    (order, member, held): (Order, M, Held),
    is: &mut Purse,
    moved: R,
) -> Result<(), Fault> {
    is.spend(&by_lot(&tables::uses(tx, c, order)?));
    tables::end_held(w, c, order, Taken::Spent, moved);
    holds::confirm(w, c, held.hold, moved);
    ledger::post(tx, w, c, &spent(member, held), moved);
    Ok(())
}

/// The order was never paid: its buyer has the points again, once.
pub fn give_back<R: Copy>(
    tx: &mut Tx<'_>,
    w: &mut Writes<R>,
    c: C,
    (order, member): (Order, M),
    moved: R,
) -> Result<(), Fault> {
    let Some(held) = tables::held(tx, c, order)? else { return Ok(()) };
    let was = tables::open(tx, c, member, Some(order))?;
    let mut is = was.clone();
    let came = is.let_go(&by_lot(&tables::uses(tx, c, order)?));
    tables::end_held(w, c, order, Taken::GivenBack, moved);
    holds::release(w, c, held.hold, moved);
    ledger::void(tx, w, c, &spent(member, held), moved);
    if came.owed > 0 {
        // something was taken back meanwhile: what comes free pays it
        let (has, owes) = (Account::Points(member), Account::PointsDebt(member));
        let parts = ledger::single(has, owes, came.owed);
        let (id, cause, at) = (tx.mint(), held.change.raw(), tx.now());
        let group = Group { id, event: Event::PointsSettled, cause, at, parts };
        ledger::posted(w, c, &group, Meets { short: moved, twice: moved });
    }
    // a lot may have ended while the order held its points
    let gone = is.expire(tx.now());
    settle(tx, w, c, member, (&was, &is), gone, moved);
    Ok(())
}
