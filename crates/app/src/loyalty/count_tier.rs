//! Counts what a member kept, and moves them along the ladder. A job of the member's own does it:
//! soon after a receipt or a refund, when a line leaves the window, and when a grace ends. Counting
//! twice is counting once.
use super::tables_tier::{self as tables, ALL_COUNTED, MemberTier, Moved};
use crate::db::{Fault, Rx, Tx, Writes};
use crate::facts::Fact;
use crate::jobs::{self, Job, Kind};
use crate::reach::{self, Notice};
use crate::{App, Stop, facts};
use rules::base::{Id, Moment, id};
use rules::loyalty::tier::{self, Stand, Step, Tier};
use rules::reach::notice::Kind as Told;

/// Members whose counts one round asks for after a change of the ladder.
const ROUND: i64 = 500;

crate::refusals! {
    LeaseLost = "lease_lost",
}

type C = Id<id::Community>;
type M = Id<id::Member>;

/// What a member kept has changed in this transaction: the count follows it. Where there is no
/// ladder nothing is counted.
pub fn count_soon<R>(
    rx: &mut Rx<'_>,
    w: &mut Writes<R>,
    c: C,
    m: M,
    now: Moment,
) -> Result<(), Fault> {
    if tables::ladder(rx, c)?.is_some() {
        jobs::afresh(w, c, Kind::CountTier, m.raw(), now);
    }
    Ok(())
}

impl App {
    pub(crate) async fn count_tier(&self, now: Moment, job: Job) -> Result<(), Stop<Refused>> {
        self.db.write(now, move |tx| count(tx, &job)).await
    }
    /// After a change of the ladder: everybody's count, a few hundred a round.
    pub(crate) async fn count_tiers(&self, now: Moment, job: Job) -> Result<(), Stop<Refused>> {
        self.db.write(now, move |tx| count_all(tx, &job)).await
    }
}

fn count_all(tx: &mut Tx<'_>, job: &Job) -> Result<(), Stop<Refused>> {
    let (c, now) = (job.community, tx.now());
    let mut w = Writes::default();
    let from = tables::ladder(tx, c)?.map_or(ALL_COUNTED, |l| l.counted_to);
    let members = match from {
        ALL_COUNTED => Vec::new(),
        from => tables::members_after(tx, c, from, ROUND)?,
    };
    for m in &members {
        jobs::afresh(&mut w, c, Kind::CountTier, m.raw(), now);
    }
    let to = match members.last() {
        Some(last) if members.len() as i64 == ROUND => last.raw(),
        _ => ALL_COUNTED,
    };
    if to == ALL_COUNTED {
        jobs::done(tx, &mut w, job, Refused::LeaseLost);
    } else {
        jobs::put_off(&mut w, job, now, Refused::LeaseLost);
    }
    if from != ALL_COUNTED && !tables::counted_to(tx, c, from, to)? {
        return Err(Refused::LeaseLost.into());
    }
    tx.run(w)
}

/// The rung somebody is on; a tier that was closed counts as the open one below it.
fn rung_of(ladder: &[Tier], before: Option<&MemberTier>) -> usize {
    let Some((id, from)) = before.and_then(|b| b.tier.map(|id| (id, b.from))) else { return 0 };
    match ladder.iter().position(|t| t.id == id) {
        Some(i) => i + 1,
        None => ladder.iter().take_while(|t| t.terms.growth <= from).count(),
    }
}

fn count(tx: &mut Tx<'_>, job: &Job) -> Result<(), Stop<Refused>> {
    let (c, m, now) = (job.community, Id::<id::Member>::of(job.subject), tx.now());
    let mut w = Writes::default();
    let grace = tables::ladder(tx, c)?.map_or(0, |l| l.grace_days);
    let ladder = tables::tiers(tx, c)?;
    let (growth, oldest) = tables::growth(tx, c, m, tier::window(now))?;
    let before = tables::member(tx, c, m)?;
    if before.is_none() && growth == 0 {
        // nobody who has not bought is kept account of
        jobs::done(tx, &mut w, job, Refused::LeaseLost);
        return tx.run(w);
    }
    let stand = Stand {
        rung: rung_of(&ladder, before.as_ref()),
        falls_at: before.and_then(|b| b.falls_at),
    };
    let thresholds: Vec<i64> = ladder.iter().map(|t| t.terms.growth).collect();
    let next = tier::step(stand, tier::rung(&thresholds, growth), now, grace);
    let tier_at = |rung: usize| rung.checked_sub(1).and_then(|i| ladder.get(i));
    let (from, to) = (before.and_then(|b| b.tier), tier_at(next.stand.rung).map(|t| t.id));
    let soonest = [oldest.map(tier::leaves), next.stand.falls_at];
    let kept = MemberTier {
        tier: to,
        from: 0,
        growth,
        since: before.filter(|_| from == to).map_or(now, |b| b.since),
        falls_at: next.stand.falls_at,
        next_at: soonest.into_iter().flatten().min(),
    };

    // after this point it must succeed, unless another was faster
    tables::counted(&mut w, c, m, &kept, now);
    match kept.next_at {
        Some(at) => jobs::put_off(&mut w, job, at, Refused::LeaseLost),
        None => jobs::done(tx, &mut w, job, Refused::LeaseLost),
    }
    if from != to {
        let rungs = next.stand.rung as i64 - stand.rung as i64;
        let falls_at = stand.falls_at.filter(|_| rungs < 0);
        let number = tx.mint::<()>().raw();
        tables::moved(&mut w, c, (number, m), &Moved { from, to, rungs, growth, falls_at }, now);
        let body = format!("{{\"growth\":{growth},\"rungs\":{rungs}}}");
        let (kind, subject) = ("tier_changed", m.raw());
        facts::write(tx, &mut w, c, Fact { kind, subject, actor: None, body: &body });
    }
    tell(tx, &mut w, c, m, &ladder, (stand, next, from != to))?;
    tx.run(w)
}

/// The member hears of a move, and of the day on which one is to come.
fn tell(
    tx: &mut Tx<'_>,
    w: &mut Writes<Refused>,
    c: C,
    m: M,
    ladder: &[Tier],
    (before, next, moved): (Stand, Step, bool),
) -> Result<(), Fault> {
    let name = |rung: usize| {
        rung.checked_sub(1).and_then(|i| ladder.get(i)).map_or("", |t| t.terms.name.as_str())
    };
    let (now, rung) = (tx.now(), next.stand.rung);
    let mut say = |tx: &mut Tx<'_>, kind, tier: &str, days: &str| {
        let args = [("tier", tier), ("days", days)];
        reach::notify(tx, w, c, m, Notice { kind, subject: m.raw(), actor: None, args: &args })
    };
    match moved {
        true if rung > before.rung => say(tx, Told::TierRaised, name(rung), "")?,
        true if rung > 0 => say(tx, Told::TierLowered, name(rung), "")?,
        true => say(tx, Told::TierEnded, "", "")?,
        false => {}
    }
    if let Some(at) = next.stand.falls_at.filter(|_| next.warned) {
        let days = (at.since(now) / rules::base::moment::DAY).to_string();
        say(tx, Told::TierEnding, name(rung), &days)?;
    }
    Ok(())
}
