//! Reads of points: what a member has and when it ends, every change, an order's part, all totals.
use super::tables_points as tables;
use crate::db::{Fault, Row, Rx};
use crate::{App, p};
use rules::base::{Id, Moment, id};
use rules::loyalty::lots::{Kind, LotState};
use rules::loyalty::points::{Ends, Release, Terms};

type C = Id<id::Community>;
type M = Id<id::Member>;

/// Points that may be spent, or that an unpaid order holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LotRow {
    pub id: Id<id::PointLot>,
    /// None: given by hand.
    pub order: Option<Id<id::Order>>,
    /// The first of its goods.
    pub goods: String,
    pub free: i64,
    pub held: i64,
    pub since: Moment,
    /// None: never.
    pub end: Option<Moment>,
}

/// Points that wait for receipt, and the days that run from there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WaitingRow {
    pub order: Option<Id<id::Order>>,
    pub goods: String,
    pub points: i64,
    pub release: Release,
    /// The day on which they come, once the order is received.
    pub due: Option<Moment>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ChangeRow {
    pub id: Id<id::PointChange>,
    pub kind: Kind,
    pub order: Option<Id<id::Order>>,
    pub goods: String,
    pub points: i64,
    /// Of a correction by hand.
    pub reason: String,
    pub at: Moment,
    /// For an order that is not paid yet.
    pub reserved: bool,
}

/// A change, with whose it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NamedChange {
    pub row: ChangeRow,
    pub member: Id<id::Member>,
    pub name: String,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Points {
    pub terms: Terms,
    pub lots: Vec<LotRow>,
    pub waiting: Vec<WaitingRow>,
    /// Taken back after it was spent.
    pub debt: i64,
    /// The newest first.
    pub changes: Vec<ChangeRow>,
}
impl Points {
    /// What may be spent; below zero when something is owed.
    pub fn balance(&self) -> i64 {
        self.lots.iter().map(|l| l.free).sum::<i64>() - self.debt
    }
    pub fn held(&self) -> i64 {
        self.lots.iter().map(|l| l.held).sum()
    }
    pub fn expected(&self) -> i64 {
        self.waiting.iter().map(|x| x.points).sum()
    }
    /// Whether there is anything to show to somebody while points are off.
    pub fn any(&self) -> bool {
        self.terms.on || self.debt > 0 || !(self.lots.is_empty() && self.waiting.is_empty())
    }
}

/// What points are to one order.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct OrderPoints {
    pub spent: i64,
    /// What that took off.
    pub money: i64,
    pub returned: i64,
    /// What of its points stays earned.
    pub kept: i64,
    /// What was earned when it was paid.
    pub earned: i64,
    pub released: bool,
}

/// All members of a community together.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Totals {
    pub free: i64,
    pub held: i64,
    pub waiting: i64,
    pub owed: i64,
    pub members: i64,
}

const ACCOUNT: &str = "SELECT debt, active_at FROM point_account
    WHERE community_id = $1 AND member_id = $2";
const LOTS: &str = "SELECT p.id, p.order_id, p.free, p.held, p.released_at, p.expires_at,
    p.idle_days, (SELECT g.title FROM order_line g WHERE g.community_id = p.community_id
      AND g.order_id = p.order_id ORDER BY g.position LIMIT 1)
    FROM point_lot p WHERE p.community_id = $1 AND p.member_id = $2 AND p.state = 'live'
      AND (p.free > 0 OR p.held > 0) ORDER BY p.id";
const WAITING: &str = "SELECT l.order_id, l.kept, l.release_on, l.release_days, j.due_at,
      (SELECT g.title FROM order_line g WHERE g.community_id = l.community_id
        AND g.order_id = l.order_id ORDER BY g.position LIMIT 1)
    FROM point_lot l LEFT JOIN job j ON j.community_id = l.community_id
      AND j.kind = 'release_points' AND j.subject = l.order_id AND j.state = 'waiting'
    WHERE l.community_id = $1 AND l.member_id = $2 AND l.state = 'waiting' ORDER BY l.id DESC";
/// What an unpaid order had reserved and gave back whole is no change.
const CHANGES: &str = "SELECT x.id, x.kind, x.order_id, x.points, x.reason, x.at,
      coalesce(o.state, '') = 'held', (SELECT g.title FROM order_line g
        WHERE g.community_id = x.community_id AND g.order_id = x.order_id
        ORDER BY g.position LIMIT 1)
    FROM point_change x LEFT JOIN order_points o ON o.community_id = x.community_id
      AND o.change_id = x.id
    WHERE x.community_id = $1 AND x.member_id = $2 AND x.id < $3
      AND coalesce(o.state, '') <> 'given_back'
    ORDER BY x.id DESC LIMIT $4";
const ALL: &str = "SELECT x.id, x.kind, x.order_id, x.points, x.reason, x.at,
      coalesce(o.state, '') = 'held', (SELECT g.title FROM order_line g
        WHERE g.community_id = x.community_id AND g.order_id = x.order_id
        ORDER BY g.position LIMIT 1), x.member_id, m.name
    FROM point_change x JOIN member m ON m.community_id = x.community_id AND m.id = x.member_id
    LEFT JOIN order_points o ON o.community_id = x.community_id AND o.change_id = x.id
    WHERE x.community_id = $1 AND x.id < $2 AND coalesce(o.state, '') <> 'given_back'
    ORDER BY x.id DESC LIMIT $3";
const TAKEN: &str = "SELECT o.points, o.money, (SELECT CAST(coalesce(sum(u.returned), 0) AS bigint)
      FROM point_use u WHERE u.community_id = $1 AND u.order_id = $2)
    FROM order_points o WHERE o.community_id = $1 AND o.order_id = $2
      AND o.state <> 'given_back'";
const EARNED: &str = "SELECT earned, kept, state FROM point_lot
    WHERE community_id = $1 AND order_id = $2";
const TOTALS: &str = "SELECT CAST(coalesce(sum(free), 0) AS bigint),
    CAST(coalesce(sum(held), 0) AS bigint),
    CAST(coalesce(sum(CASE WHEN state = 'waiting' THEN kept ELSE 0 END), 0) AS bigint),
    count(DISTINCT member_id) FROM point_lot WHERE community_id = $1";
const OWED: &str = "SELECT CAST(coalesce(sum(debt), 0) AS bigint) FROM point_account
    WHERE community_id = $1";

fn change(r: &Row<'_>) -> ChangeRow {
    ChangeRow {
        id: r.id(0),
        kind: r.word(1, Kind::of),
        order: r.opt_id(2),
        goods: r.opt_text(7).unwrap_or_default(),
        points: r.int(3),
        reason: r.text(4),
        at: r.moment(5),
        reserved: r.bool(6),
    }
}
fn waiting(r: Row<'_>) -> WaitingRow {
    let release = Release::of(&r.text(2), r.int(3)).unwrap_or(Release::OnReceipt);
    let goods = r.opt_text(5).unwrap_or_default();
    WaitingRow { order: r.opt_id(0), goods, points: r.int(1), release, due: r.opt_moment(4) }
}

/// In the order of spending; one that has ended and waits for its job is not there any more.
fn lots(rx: &mut Rx<'_>, c: C, m: M, now: Moment) -> Result<(Vec<LotRow>, i64), Fault> {
    let account = rx.one(ACCOUNT, p![c, m], |r| (r.int(0), r.moment(1)))?;
    let (debt, active) = account.unwrap_or((0, Moment(0)));
    let mut lots = rx.all(LOTS, p![c, m], |r| {
        let since = r.opt_moment(4).unwrap_or(Moment(0));
        let ends: Ends = tables::ends(r.opt_moment(5), r.opt_int(6));
        let end = ends.when(since, active);
        let goods = r.opt_text(7).unwrap_or_default();
        let (free, held) = (r.int(2), r.int(3));
        LotRow { id: r.id(0), order: r.opt_id(1), goods, free, held, since, end }
    })?;
    for lot in lots.iter_mut().filter(|l| l.end.is_some_and(|end| end <= now)) {
        lot.free = 0;
    }
    lots.retain(|l| l.free + l.held > 0);
    lots.sort_by_key(|l| (l.end.map_or(i64::MAX, |m| m.0), l.since, l.id.raw()));
    Ok((lots, debt))
}

impl App {
    pub async fn points_terms(&self, c: C) -> Result<Terms, Fault> {
        self.db.read(move |rx| tables::terms(rx, c)).await
    }
    /// A member's points, and so many changes before one.
    pub async fn points(
        &self,
        now: Moment,
        (c, member): (C, M),
        before: Option<Id<id::PointChange>>,
        most: i64,
    ) -> Result<Points, Fault> {
        let before = before.map_or(i64::MAX, Id::raw);
        let read = move |rx: &mut Rx<'_>| {
            let terms = tables::terms(rx, c)?;
            let (lots, debt) = lots(rx, c, member, now)?;
            let waiting = rx.all(WAITING, p![c, member], waiting)?;
            let changes = rx.all(CHANGES, p![c, member, before, most], |r| change(&r))?;
            Ok(Points { terms, lots, waiting, debt, changes })
        };
        self.db.read(read).await
    }
    /// The terms, and how many points a member may spend now.
    pub async fn points_to_use(&self, now: Moment, c: C, member: M) -> Result<(Terms, i64), Fault> {
        let read = move |rx: &mut Rx<'_>| {
            let terms = tables::terms(rx, c)?;
            let (lots, debt) = lots(rx, c, member, now)?;
            Ok((terms, lots.iter().map(|l| l.free).sum::<i64>() - debt))
        };
        self.db.read(read).await
    }
    pub async fn points_of_order(&self, c: C, order: Id<id::Order>) -> Result<OrderPoints, Fault> {
        let read = move |rx: &mut Rx<'_>| {
            let taken = rx.one(TAKEN, p![c, order], |r| (r.int(0), r.int(1), r.int(2)))?;
            let earned = rx.one(EARNED, p![c, order], |r| {
                (r.int(0), r.int(1), r.word(2, LotState::of) == LotState::Live)
            })?;
            let (spent, money, returned) = taken.unwrap_or_default();
            let (earned, kept, released) = earned.unwrap_or_default();
            Ok(OrderPoints { spent, money, returned, kept, earned, released })
        };
        self.db.read(read).await
    }
    /// Of all members, the newest first.
    pub async fn point_changes(
        &self,
        c: C,
        before: Option<Id<id::PointChange>>,
        most: i64,
    ) -> Result<Vec<NamedChange>, Fault> {
        let before = before.map_or(i64::MAX, Id::raw);
        let one = |r: Row<'_>| NamedChange { row: change(&r), member: r.id(8), name: r.text(9) };
        self.db.read(move |rx| rx.all(ALL, p![c, before, most], one)).await
    }
    pub async fn points_totals(&self, c: C) -> Result<Totals, Fault> {
        let read = move |rx: &mut Rx<'_>| {
            let owed = rx.one(OWED, p![c], |r| r.int(0))?.unwrap_or(0);
            let found = rx.one(TOTALS, p![c], |r| Totals {
                free: r.int(0),
                held: r.int(1),
                waiting: r.int(2),
                members: r.int(3),
                owed,
            })?;
            Ok(found.unwrap_or_default())
        };
        self.db.read(read).await
    }
}
