//! Writes of points: terms, lots, what orders take of them, every change; and the reads their verbs
//! decide by.
use crate::db::{Fault, Row, Rx, Tx, Writes};
use crate::p;
use rules::base::{Currency, Id, Moment, id};
use rules::loyalty::lots::{Kind, Lot, LotState, Purse, Taken};
use rules::loyalty::points::{Ends, Expiry, Release, Terms};

type C = Id<id::Community>;
type M = Id<id::Member>;
type Order = Id<id::Order>;
type LotId = Id<id::PointLot>;

const TERMS: &str = "SELECT is_on, rate, worth, cap, release_on, release_days, expiry,
    expiry_number FROM point_terms WHERE community_id = $1";
const SET_TERMS: &str = "INSERT INTO point_terms (community_id, is_on, rate, worth, cap,
    release_on, release_days, expiry, expiry_number) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)
    ON CONFLICT (community_id) DO UPDATE SET is_on = $2, rate = $3, worth = $4, cap = $5,
    release_on = $6, release_days = $7, expiry = $8, expiry_number = $9";
const PLACE: &str = "SELECT currency, zone FROM community WHERE id = $1";
const KNOWN: &str = "SELECT 1 FROM point_account WHERE community_id = $1 AND member_id = $2";
const OPEN: &str = "INSERT INTO point_account (community_id, member_id, debt, active_at)
    SELECT $1, $2, 0, coalesce(max(paid_at), 0) FROM orders
    WHERE community_id = $1 AND member_id = $2 AND paid_at IS NOT NULL
      AND state NOT IN ('refunding', 'refunded')
    ON CONFLICT DO NOTHING";
const ALONE: &str = "UPDATE point_account SET debt = debt
    WHERE community_id = $1 AND member_id = $2 RETURNING debt, active_at";
const ACTIVE: &str = "SELECT coalesce(max(paid_at), 0) FROM orders
    WHERE community_id = $1 AND member_id = $2 AND id <> $3 AND paid_at IS NOT NULL
      AND state NOT IN ('refunding', 'refunded')";
/// Those with something in them, and those the order knows.
const LOTS: &str = "SELECT id, free, held, spent, expired, taken, released_at, expires_at,
    idle_days, told_for FROM point_lot
    WHERE community_id = $1 AND member_id = $2 AND state = 'live' AND (free > 0 OR held > 0
      OR order_id = $3 OR id IN (SELECT lot_id FROM point_use
        WHERE community_id = $1 AND order_id = $3)) ORDER BY id";
const ACCOUNT: &str = "UPDATE point_account SET debt = $3, active_at = $4
    WHERE community_id = $1 AND member_id = $2 AND debt = $5";
const INSERT: &str = "INSERT INTO point_lot (community_id, id, member_id, order_id, rate, goods,
    counting, total, release_on, release_days, expiry, expiry_number, earned, kept, state, granted,
    free, held, spent, expired, taken, at)
    VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$13,'waiting',0,0,0,0,0,0,$14)
    ON CONFLICT DO NOTHING";
const GRANT: &str = "UPDATE point_lot SET state = 'live', granted = kept, free = $3, taken = $4,
    released_at = $5, expires_at = $6, idle_days = $7
    WHERE community_id = $1 AND id = $2 AND state = 'waiting' AND kept - $3 = $4";
const CHANGE_LOT: &str = "UPDATE point_lot SET free = $3, held = $4, spent = $5, expired = $6,
    taken = $7, expires_at = $8, idle_days = $9, told_for = $10
    WHERE community_id = $1 AND id = $2 AND state = 'live' AND free = $11 AND held = $12
      AND spent = $13 AND granted - $3 - $4 - $5 - $6 = $7";
const OF_ORDER: &str = "SELECT id, rate, counting, total, release_on, release_days, expiry,
    expiry_number, kept, state FROM point_lot WHERE community_id = $1 AND order_id = $2";
const KEPT: &str = "UPDATE point_lot SET kept = kept - $3,
    state = CASE WHEN state = 'waiting' AND kept = $3 THEN 'ended' ELSE state END
    WHERE community_id = $1 AND id = $2 AND state = $4 AND kept >= $3";
const TAKE: &str = "INSERT INTO order_points (community_id, order_id, member_id, change_id,
    hold_id, points, money, state, at) VALUES ($1,$2,$3,$4,$5,$6,$7,'held',$8)";
const TAKEN: &str = "SELECT change_id, hold_id, points, at FROM order_points
    WHERE community_id = $1 AND order_id = $2 AND state = 'held'";
const END_TAKEN: &str = "UPDATE order_points SET state = $3
    WHERE community_id = $1 AND order_id = $2 AND state = 'held'";
const USE: &str = "INSERT INTO point_use (community_id, order_id, line_id, lot_id, nth, points,
    returned) VALUES ($1,$2,$3,$4,$5,$6,0)";
const USES: &str = "SELECT line_id, lot_id, points, returned FROM point_use
    WHERE community_id = $1 AND order_id = $2 ORDER BY nth";
const RETURN: &str = "UPDATE point_use SET returned = returned + $5
    WHERE community_id = $1 AND order_id = $2 AND line_id = $3 AND lot_id = $4
      AND returned + $5 <= points";
const CHANGE: &str = "INSERT INTO point_change (community_id, id, member_id, kind, order_id,
    points, reason, by_member, at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9) ON CONFLICT DO NOTHING";
const CHANGED: &str = "SELECT 1 FROM point_change WHERE community_id = $1 AND id = $2";

pub fn terms(rx: &mut Rx<'_>, c: C) -> Result<Terms, Fault> {
    let read = |r: Row<'_>| Terms {
        on: r.bool(0),
        rate: r.int(1),
        worth: r.int(2),
        cap: r.int(3),
        release: release(&r, 4),
        expiry: expiry(&r, 6),
    };
    Ok(rx.one(TERMS, p![c], read)?.unwrap_or_default())
}
fn release(r: &Row<'_>, at: usize) -> Release {
    Release::of(&r.text(at), r.int(at + 1)).unwrap_or(Release::OnReceipt)
}
fn expiry(r: &Row<'_>, at: usize) -> Expiry {
    Expiry::of(&r.text(at), r.int(at + 1)).unwrap_or(Expiry::Never)
}
pub fn set_terms<R>(w: &mut Writes<R>, c: C, t: Terms) {
    let (on, end) = (t.release, t.expiry);
    let (release, expiry) = (on.code(), end.code());
    w.put(SET_TERMS, p![c, t.on, t.rate, t.worth, t.cap, release, on.days(), expiry, end.number()]);
}
/// The community's currency and time zone.
pub fn place(rx: &mut Rx<'_>, c: C) -> Result<(Currency, String), Fault> {
    let found = rx.one(PLACE, p![c], |r| (r.word(0, Currency::of), r.text(1)))?;
    Ok(found.unwrap_or((Currency::Cny, String::new())))
}

/// Whether a member ever had points.
pub fn known(rx: &mut Rx<'_>, c: C, m: M) -> Result<bool, Fault> {
    Ok(rx.one(KNOWN, p![c, m], |_| ())?.is_some())
}
/// The member's lots for a verb that moves some of them: such verbs come one after the other.
pub fn open(tx: &mut Tx<'_>, c: C, m: M, order: Option<Order>) -> Result<Purse, Fault> {
    tx.exec(OPEN, p![c, m])?;
    let account = tx.exec_one(ALONE, p![c, m], |r| (r.int(0), r.moment(1)))?;
    let (debt, active) = account.unwrap_or((0, Moment(0)));
    Ok(Purse { lots: lots(tx, c, m, order)?, debt, active: Some(active) })
}
pub(super) fn lots(rx: &mut Rx<'_>, c: C, m: M, order: Option<Order>) -> Result<Vec<Lot>, Fault> {
    rx.all(LOTS, p![c, m, order.map_or(0, Id::raw)], |r| Lot {
        id: r.id(0),
        free: r.int(1),
        held: r.int(2),
        spent: r.int(3),
        expired: r.int(4),
        taken: r.int(5),
        since: r.opt_moment(6).unwrap_or(Moment(0)),
        ends: ends(r.opt_moment(7), r.opt_int(8)),
        told: r.opt_moment(9),
    })
}
pub(super) fn ends(at: Option<Moment>, idle: Option<i64>) -> Ends {
    match (at, idle) {
        (Some(end), _) => Ends::At(end),
        (None, Some(days)) => Ends::Idle { days },
        (None, None) => Ends::Never,
    }
}
fn columns(ends: Ends) -> (Option<i64>, Option<i64>) {
    match ends {
        Ends::Never => (None, None),
        Ends::At(end) => (Some(end.0), None),
        Ends::Idle { days } => (None, Some(days)),
    }
}
/// The last kept order of a member but for one.
pub fn active_without(rx: &mut Rx<'_>, c: C, m: M, order: Order) -> Result<Moment, Fault> {
    Ok(rx.one(ACTIVE, p![c, m, order], |r| r.moment(0))?.unwrap_or(Moment(0)))
}
/// What a verb did to the lots; `moved`: somebody changed them since they were read.
pub fn save<R: Copy>(w: &mut Writes<R>, c: C, m: M, (was, is): (&Purse, &Purse), moved: R) {
    for lot in &is.lots {
        let (end, idle) = columns(lot.ends);
        match was.lots.iter().find(|l| l.id == lot.id) {
            None => {
                w.must(GRANT, p![c, lot.id, lot.free, lot.taken, lot.since, end, idle], moved);
            }
            Some(old) if old != lot => {
                let told = lot.told.map(|t| t.0);
                let args = p![
                    c,
                    lot.id,
                    lot.free,
                    lot.held,
                    lot.spent,
                    lot.expired,
                    lot.taken,
                    end,
                    idle,
                    told,
                    old.free,
                    old.held,
                    old.spent
                ];
                w.must(CHANGE_LOT, args, moved);
            }
            Some(_) => {}
        }
    }
    if (was.debt, was.active) != (is.debt, is.active) {
        let active = is.active.unwrap_or(Moment(0));
        w.must(ACCOUNT, p![c, m, is.debt, active, was.debt], moved);
    }
}

/// Points that are expected, and what they were earned by.
pub struct NewLot {
    pub id: LotId,
    pub member: M,
    pub order: Option<Order>,
    pub terms: Terms,
    pub goods: i64,
    pub counting: (i64, i64),
    pub earned: i64,
    pub at: Moment,
}
pub fn insert<R>(w: &mut Writes<R>, c: C, n: &NewLot, twice: R) {
    let (t, on, end) = (n.terms, n.terms.release, n.terms.expiry);
    let args = p![
        c,
        n.id,
        n.member,
        n.order,
        t.rate,
        n.goods,
        n.counting.0,
        n.counting.1,
        on.code(),
        on.days(),
        end.code(),
        end.number(),
        n.earned,
        n.at
    ];
    w.must(INSERT, args, twice);
}
/// What an order earned.
#[derive(Clone, Copy, Debug)]
pub struct Earned {
    pub id: LotId,
    pub rate: i64,
    pub counting: (i64, i64),
    pub release: Release,
    pub expiry: Expiry,
    pub kept: i64,
    pub state: LotState,
}
pub fn of_order(rx: &mut Rx<'_>, c: C, order: Order) -> Result<Option<Earned>, Fault> {
    rx.one(OF_ORDER, p![c, order], |r| Earned {
        id: r.id(0),
        rate: r.int(1),
        counting: (r.int(2), r.int(3)),
        release: release(&r, 4),
        expiry: expiry(&r, 6),
        kept: r.int(8),
        state: r.word(9, LotState::of),
    })
}
/// So many of them are not earned any more.
pub fn less<R>(w: &mut Writes<R>, c: C, lot: &Earned, points: i64, moved: R) {
    w.must(KEPT, p![c, lot.id, points, lot.state.code()], moved);
}

/// What an unpaid order takes: the change's number, the hold, the points, since when.
#[derive(Clone, Copy, Debug)]
pub struct Held {
    pub change: Id<id::PointChange>,
    pub hold: Id<id::Hold>,
    pub points: i64,
    pub at: Moment,
}
pub fn take<R>(w: &mut Writes<R>, c: C, (order, m): (Order, M), held: Held, money: i64) {
    w.put(TAKE, p![c, order, m, held.change, held.hold, held.points, money, held.at]);
}
pub fn held(rx: &mut Rx<'_>, c: C, order: Order) -> Result<Option<Held>, Fault> {
    rx.one(TAKEN, p![c, order], |r| Held {
        change: r.id(0),
        hold: r.id(1),
        points: r.int(2),
        at: r.moment(3),
    })
}
pub fn end_held<R>(w: &mut Writes<R>, c: C, order: Order, to: Taken, moved: R) {
    w.must(END_TAKEN, p![c, order, to.code()], moved);
}

/// Points of one lot for one line of an order.
#[derive(Clone, Copy, Debug)]
pub struct Use {
    pub line: Id<id::Line>,
    pub lot: LotId,
    pub points: i64,
    pub returned: i64,
}
pub fn insert_use<R>(w: &mut Writes<R>, c: C, order: Order, nth: usize, u: Use) {
    w.put(USE, p![c, order, u.line, u.lot, nth as i64, u.points]);
}
pub fn uses(rx: &mut Rx<'_>, c: C, order: Order) -> Result<Vec<Use>, Fault> {
    rx.all(USES, p![c, order], |r| Use {
        line: r.id(0),
        lot: r.id(1),
        points: r.int(2),
        returned: r.int(3),
    })
}
pub fn return_use<R>(w: &mut Writes<R>, c: C, order: Order, (u, n): (Use, i64), moved: R) {
    w.must(RETURN, p![c, order, u.line, u.lot, n], moved);
}

/// One change of a balance.
pub struct Change<'a> {
    pub id: Id<id::PointChange>,
    pub member: M,
    pub kind: Kind,
    pub order: Option<Order>,
    /// Below zero: fewer.
    pub points: i64,
    pub reason: &'a str,
    /// The member of staff who did it by hand.
    pub by: Option<M>,
}
pub fn insert_change<R>(w: &mut Writes<R>, c: C, x: &Change<'_>, at: Moment, twice: R) {
    let args = p![c, x.id, x.member, x.kind.code(), x.order, x.points, x.reason, x.by, at];
    w.must(CHANGE, args, twice);
}
pub fn changed(rx: &mut Rx<'_>, c: C, id: Id<id::PointChange>) -> Result<bool, Fault> {
    Ok(rx.one(CHANGED, p![c, id], |_| ())?.is_some())
}
