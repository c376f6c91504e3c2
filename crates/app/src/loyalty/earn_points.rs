//! Points in the life of an order: expected when it is paid, released when the terms say, returned
//! and taken back in proportion when money goes back.
use super::move_points::{book, ends, into, out_of, settle};
use super::tables_points::{self as tables, Change, Earned, NewLot};
use super::use_points;
use crate::db::{Fault, Tx, Writes};
use crate::jobs::{self, Job};
use crate::sale::tables::Order;
use crate::sale::{tables as sale, tables_case};
use crate::{App, Stop};
use rules::base::moment::DAY;
use rules::base::{Id, Moment, id};
use rules::loyalty::lots::{self, Kind, Lot, LotState, Moved, Purse};
use rules::loyalty::points::{self, Release};
use rules::sale::line::{State, order_state};
use rules::sale::refund::{Refundable, worth};

type C = Id<id::Community>;
type M = Id<id::Member>;

crate::refusals! {
    NoSuchOrder = "no_such_order",
    LeaseLost = "lease_lost",
    Moved = "moved",
}

/// The order is paid: its points are spent, and it earns; `counting` of the total earns.
pub fn paid<R: Copy>(
    tx: &mut Tx<'_>,
    w: &mut Writes<R>,
    c: C,
    order: &Order,
    counting: (i64, i64),
    moved: R,
) -> Result<(), Fault> {
    let (terms, member) = (tables::terms(tx, c)?, order.member);
    let goods: i64 = order.lines.iter().map(|l| l.amount).sum();
    let earned = match terms.on {
        true => points::earned(goods, counting, terms.rate, tables::place(tx, c)?.0),
        false => 0,
    };
    if earned == 0 && !tables::known(tx, c, member)? {
        return Ok(());
    }
    let now = tx.now();
    let was = tables::open(tx, c, member, Some(order.id))?;
    let mut is = was.clone();
    let gone = is.expire(now);
    // two payments of one member may come in the other order
    is.active = is.active.max(Some(now));
    if let Some(held) = tables::held(tx, c, order.id)? {
        use_points::confirm(tx, w, c, (order.id, member, held), &mut is, moved)?;
    }
    if earned > 0 {
        let (id, at) = (tx.mint(), now);
        let order_id = Some(order.id);
        let new = NewLot { id, member, order: order_id, terms, goods, counting, earned, at };
        tables::insert(w, c, &new, moved);
        if terms.release == Release::AtPayment {
            let ends = ends(tx, c, terms.expiry)?;
            let came = is.grant(Lot::new(id, now, ends), earned);
            note(tx, w, c, (order.id, member), (Kind::Earned, came), moved);
        }
    }
    settle(tx, w, c, member, (&was, &is), gone, moved);
    Ok(())
}

/// The change an order makes, and its transfers.
fn note<R: Copy>(
    tx: &Tx<'_>,
    w: &mut Writes<R>,
    c: C,
    (order, member): (Id<id::Order>, M),
    (kind, x): (Kind, Moved),
    moved: R,
) {
    let (points, parts) = match kind {
        Kind::TakenBack => (-(x.points + x.owed), out_of(member, x)),
        _ => (x.points, into(member, x)),
    };
    let (id, reason, by) = (tx.mint(), "", None);
    let change = Change { id, member, kind, order: Some(order), points, reason, by };
    book(tx, w, c, &change, parts, moved);
}

/// Some of its lines are received: the days run, after which its points may be spent.
pub fn received<R>(tx: &mut Tx<'_>, w: &mut Writes<R>, c: C, order: &Order) -> Result<(), Fault> {
    if let Some(lot) = tables::of_order(tx, c, order.id)?
        && lot.state == LotState::Waiting
    {
        let due = tx.now().plus_days(lot.release.days());
        jobs::afresh(w, c, jobs::Kind::ReleasePoints, order.id.raw(), due);
    }
    Ok(())
}

/// What goes back of an order: units of lines, and the states of all lines afterwards.
pub struct Back<'a> {
    pub lines: &'a [(Id<id::Line>, i64)],
    /// What stays paid of the goods.
    pub goods: i64,
    pub states: &'a [State],
}

/// Money goes back: the points of the same units return to their lots, and what the order earned
/// is taken back in proportion.
pub fn refunded<R: Copy>(
    tx: &mut Tx<'_>,
    w: &mut Writes<R>,
    c: C,
    (order, back): (&Order, &Back<'_>),
    moved: R,
) -> Result<(), Fault> {
    let member = order.member;
    if !tables::known(tx, c, member)? {
        return Ok(());
    }
    let now = tx.now();
    let was = tables::open(tx, c, member, Some(order.id))?;
    let mut is = was.clone();
    let gone = is.expire(now);
    let kept = |s: &State| !matches!(s, State::Refunding | State::Refunded);
    if !back.states.iter().any(kept) {
        // before anything comes back: a lot that ends with this order lives on for a while
        is.active = Some(tables::active_without(tx, c, member, order.id)?);
    }
    let returned = returned(tx, w, c, (order, back.lines), moved)?;
    if !returned.is_empty() {
        let came = is.give_back(&returned, now);
        note(tx, w, c, (order.id, member), (Kind::Returned, came), moved);
    }
    if let Some(lot) = tables::of_order(tx, c, order.id)? {
        taken_back(tx, w, c, (order, back), (&lot, &mut is), moved)?;
    }
    settle(tx, w, c, member, (&was, &is), gone, moved);
    Ok(())
}

/// What comes back to which lot.
fn returned<R: Copy>(
    tx: &mut Tx<'_>,
    w: &mut Writes<R>,
    c: C,
    (order, units): (&Order, &[(Id<id::Line>, i64)]),
    moved: R,
) -> Result<Vec<lots::Use>, Fault> {
    let all = tables::uses(tx, c, order.id)?;
    let mut out = Vec::new();
    for (id, qty) in units {
        let uses: Vec<_> = all.iter().copied().filter(|u| u.line == *id).collect();
        let Some(line) = order.lines.iter().find(|l| l.id == *id) else { continue };
        let of = Refundable {
            amount: uses.iter().map(|u| u.points).sum(),
            refunded: uses.iter().map(|u| u.returned).sum(),
            ..line.refundable()
        };
        // the law of the money was asked before, and counts the same units
        let points = worth(of, *qty).unwrap_or(0);
        let pairs: Vec<_> = uses.iter().map(|u| (u.points, u.returned)).collect();
        for (u, n) in uses.iter().zip(lots::back(&pairs, points)) {
            if n > 0 {
                tables::return_use(w, c, order.id, (*u, n), moved);
                out.push((u.lot, n));
            }
        }
    }
    Ok(out)
}

fn taken_back<R: Copy>(
    tx: &mut Tx<'_>,
    w: &mut Writes<R>,
    c: C,
    (order, back): (&Order, &Back<'_>),
    (lot, is): (&Earned, &mut Purse),
    moved: R,
) -> Result<(), Fault> {
    let currency = tables::place(tx, c)?.0;
    let less = lot.kept - points::earned(back.goods, lot.counting, lot.rate, currency);
    if less > 0 {
        tables::less(w, c, lot, less, moved);
        if lot.state == LotState::Live {
            let went = is.take(lot.id, less);
            note(tx, w, c, (order.id, order.member), (Kind::TakenBack, went), moved);
        }
    }
    let received = |s| matches!(s, State::Received | State::Completed);
    let whole = received(order_state(back.states)) && !received(order.state);
    if lot.state == LotState::Waiting && whole {
        // what was not received yet went back: the rest has nothing to wait for but its days
        let due = tx.now().plus_days(lot.release.days());
        jobs::afresh(w, c, jobs::Kind::ReleasePoints, order.id.raw(), due);
    }
    Ok(())
}

impl App {
    pub(crate) async fn release_points(&self, now: Moment, job: Job) -> Result<(), Stop<Refused>> {
        self.db.write(now, move |tx| release(tx, &job)).await
    }
}

/// The job after receipt and the days the terms say: unless somebody asked for money back.
fn release(tx: &mut Tx<'_>, job: &Job) -> Result<(), Stop<Refused>> {
    let (c, now, moved) = (job.community, tx.now(), Refused::Moved);
    let order = sale::order_alone(tx, c, Id::of(job.subject))?.ok_or(Refused::NoSuchOrder)?;
    let lot = tables::of_order(tx, c, order.id)?.filter(|l| l.state == LotState::Waiting);
    let mut w = Writes::default();
    if lot.is_some() && tables_case::open_case(tx, c, order.id)?.is_some() {
        let tomorrow = now.plus(DAY);
        jobs::afresh(&mut w, c, jobs::Kind::ReleasePoints, order.id.raw(), tomorrow);
        return tx.run(w);
    }
    jobs::done(tx, &mut w, job, Refused::LeaseLost);
    // of an order that is not wholly received the next receipt asks again
    let whole = matches!(order.state, State::Received | State::Completed);
    if let Some(lot) = lot.filter(|_| whole) {
        let member = order.member;
        let was = tables::open(tx, c, member, Some(order.id))?;
        let mut is = was.clone();
        let gone = is.expire(now);
        let ends = ends(tx, c, lot.expiry)?;
        let came = is.grant(Lot::new(lot.id, now, ends), lot.kept);
        note(tx, &mut w, c, (order.id, member), (Kind::Earned, came), moved);
        settle(tx, &mut w, c, member, (&was, &is), gone, moved);
    }
    tx.run(w)
}
