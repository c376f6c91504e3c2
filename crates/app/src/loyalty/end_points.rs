//! The job that tells a member of points that end soon, once, and ends them on their day.
use super::move_points::settle;
use super::tables_points as tables;
use crate::db::{Tx, Writes};
use crate::jobs::{self, Job};
use crate::reach::{self, Notice};
use crate::{App, Stop};
use rules::base::{Id, Moment, id};
use rules::reach::notice::Kind;

crate::refusals! {
    LeaseLost = "lease_lost",
    Moved = "moved",
}

impl App {
    pub(crate) async fn end_points(&self, now: Moment, job: Job) -> Result<(), Stop<Refused>> {
        self.db.write(now, move |tx| ends(tx, &job)).await
    }
}

fn ends(tx: &mut Tx<'_>, job: &Job) -> Result<(), Stop<Refused>> {
    let (c, now, moved) = (job.community, tx.now(), Refused::Moved);
    let member: Id<id::Member> = Id::of(job.subject);
    let was = tables::open(tx, c, member, None)?;
    let mut is = was.clone();
    let gone = is.expire(now);
    let soon = is.tell(now);
    let mut w = Writes::default();
    jobs::done(tx, &mut w, job, Refused::LeaseLost);
    settle(tx, &mut w, c, member, (&was, &is), gone, moved);
    if let Some(due) = is.due() {
        jobs::afresh(&mut w, c, jobs::Kind::EndPoints, member.raw(), due);
    }
    if let Some((points, first)) = soon {
        let (_, zone) = tables::place(tx, c)?;
        let (points, day) = (points.to_string(), last_day(first, &zone));
        let args = [("points", points.as_str()), ("day", day.as_str())];
        let (kind, subject) = (Kind::PointsEnding, member.raw());
        reach::notify(tx, &mut w, c, member, Notice { kind, subject, actor: None, args: &args })?;
    }
    tx.run(w)
}

/// The last day on which they are there, by the community's clock.
fn last_day(end: Moment, zone: &str) -> String {
    let zone = jiff::tz::TimeZone::get(zone).unwrap_or(jiff::tz::TimeZone::UTC);
    let at = jiff::Timestamp::from_millisecond(end.0 - 1).unwrap_or_default();
    at.to_zoned(zone).date().to_string()
}
