//! What every verb of points ends with: the lots as they are now, the change with its transfers,
//! and the job that looks when something ends.
use super::tables_points::{self as tables, Change};
use crate::db::{Fault, Tx, Writes};
use crate::facts::{self, Fact};
use crate::jobs;
use crate::ledger::{self, Meets};
use rules::base::{Id, Moment, id};
use rules::ledger::{Account, Event, Group, Part};
use rules::loyalty::lots::{Kind, Moved, Purse};
use rules::loyalty::points::{Ends, Expiry, year_of_fixed_day};

type C = Id<id::Community>;
type M = Id<id::Member>;

fn event(kind: Kind) -> Event {
    match kind {
        Kind::Earned => Event::PointsEarned,
        Kind::Spent => Event::PointsSpent,
        Kind::Returned => Event::PointsReturned,
        Kind::TakenBack => Event::PointsTakenBack,
        Kind::Expired => Event::PointsExpired,
        Kind::Corrected => Event::PointsCorrected,
    }
}

/// A change's transfers; `at` is that of the first of them.
pub(super) fn group(id: Id<id::PointChange>, kind: Kind, at: Moment, parts: Vec<Part>) -> Group {
    Group { id: id.as_id(), event: event(kind), cause: id.raw(), at, parts }
}
fn parts(all: [(Account, Account, i64); 2]) -> Vec<Part> {
    let part = |(debit, credit, amount)| Part { debit, credit, amount };
    all.into_iter().filter(|p| p.2 > 0).map(part).collect()
}
/// Into a member's lots, what they owe first.
pub(super) fn into(m: M, moved: Moved) -> Vec<Part> {
    let issued = Account::PointsIssued;
    let rest = moved.points - moved.owed;
    parts([(issued, Account::PointsDebt(m), moved.owed), (issued, Account::Points(m), rest)])
}
/// Out of them, and what is not there is owed.
pub(super) fn out_of(m: M, moved: Moved) -> Vec<Part> {
    let (has, owes) = (Account::Points(m), Account::PointsDebt(m));
    let issued = Account::PointsIssued;
    parts([(has, issued, moved.points), (owes, issued, moved.owed)])
}

/// The change, its fact, and its transfers at once.
pub(super) fn book<R: Copy>(
    tx: &Tx<'_>,
    w: &mut Writes<R>,
    c: C,
    change: &Change<'_>,
    parts: Vec<Part>,
    moved: R,
) {
    let at = tx.now();
    tables::insert_change(w, c, change, at, moved);
    let group = group(change.id, change.kind, at, parts);
    ledger::posted(w, c, &group, Meets { short: moved, twice: moved });
    let body = format!("{{\"kind\":\"{}\",\"points\":{}}}", change.kind.code(), change.points);
    let (subject, actor) = (change.id.raw(), Some(change.by.unwrap_or(change.member)));
    facts::write(tx, w, c, Fact { kind: "points_changed", subject, actor, body: &body });
}

/// The lots as they are now, what ended meanwhile, and when to look again.
pub(super) fn settle<R: Copy>(
    tx: &Tx<'_>,
    w: &mut Writes<R>,
    c: C,
    m: M,
    (was, is): (&Purse, &Purse),
    gone: i64,
    moved: R,
) {
    tables::save(w, c, m, (was, is), moved);
    if gone > 0 {
        let (id, kind) = (tx.mint(), Kind::Expired);
        let (order, reason, by) = (None, "", None);
        let change = Change { id, member: m, kind, order, points: -gone, reason, by };
        book(tx, w, c, &change, out_of(m, Moved { points: gone, owed: 0 }), moved);
    }
    match is.due() {
        due if due == was.due() => {}
        Some(due) => jobs::afresh(w, c, jobs::Kind::EndPoints, m.raw(), due),
        None => jobs::cancel(w, c, jobs::Kind::EndPoints, m.raw()),
    }
}

/// When points end that may be spent from now on.
pub(super) fn ends(tx: &mut Tx<'_>, c: C, expiry: Expiry) -> Result<Ends, Fault> {
    let now = tx.now();
    Ok(match expiry {
        Expiry::Never => Ends::Never,
        Expiry::Rolling { days } => Ends::At(now.plus_days(days)),
        Expiry::Inactivity { days } => Ends::Idle { days },
        Expiry::FixedDay { month, day } => {
            let (_, zone) = tables::place(tx, c)?;
            Ends::At(end_of_day(now, &zone, month, day))
        }
    })
}
/// Midnight after the fixed day, by the community's clock.
fn end_of_day(now: Moment, zone: &str, month: i64, day: i64) -> Moment {
    use jiff::{Timestamp, civil::Date, tz::TimeZone};
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let today = Timestamp::from_millisecond(now.0).unwrap_or_default().to_zoned(zone.clone());
    let ymd = (today.year().into(), today.month().into(), today.day().into());
    let year = year_of_fixed_day(ymd, month, day);
    let last = Date::new(year as i16, month as i8, day as i8);
    let midnight = last.and_then(|d| d.tomorrow()).and_then(|d| d.to_zoned(zone));
    // a day that no calendar has was refused with the terms
    midnight.map_or(now.plus_days(365), |z| Moment(z.timestamp().as_millisecond()))
}
