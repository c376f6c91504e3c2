//! The job after the days of return and the community's own wait: what was earned is in the
//! wallet, less what the member owes.
use super::earn_commission::note;
use super::earned_wallet::{post, put_in};
use super::tables_commission::{self as tables, Commission};
use crate::db::{Fault, Tx, Writes};
use crate::jobs::{self, Job};
use crate::reach::{self, Notice};
use crate::sale::{tables as sale, tables_case, tell};
use crate::{App, Stop};
use rules::base::moment::{DAY, HOUR};
use rules::base::{Id, Moment, id};
use rules::ledger::{Account, Earning, Event};
use rules::reach::notice::Kind;
use rules::sale::line;
use rules::spread::commission::{Level, State};
use std::collections::BTreeMap;

crate::refusals! {
    NoSuchOrder = "no_such_order",
    LeaseLost = "lease_lost",
    Moved = "moved",
}

/// To whom so much came, and what of it went to what they owed.
type Came = (Id<id::Member>, i64, i64);

impl App {
    pub(crate) async fn release_commission(
        &self,
        now: Moment,
        job: Job,
    ) -> Result<(), Stop<Refused>> {
        self.db.write(now, move |tx| release(tx, &job)).await
    }
}

fn release(tx: &mut Tx<'_>, job: &Job) -> Result<(), Stop<Refused>> {
    let (c, now) = (job.community, tx.now());
    let id: Id<id::Order> = Id::of(job.subject);
    let order = sale::order_alone(tx, c, id)?.ok_or(Refused::NoSuchOrder)?;
    let open = tables_case::open_case(tx, c, id)?.is_some();
    let mut w = Writes::default();
    // whatever runs longer is looked at again: an open case, lines within their days of return
    let mut next = open.then(|| now.plus(DAY));
    let mut came: Vec<Came> = Vec::new();
    for k in tables::of_order(tx, c, id)? {
        if k.state != State::Frozen || open {
            continue;
        }
        let days = k.wait_days.max(sale::LONGEST_RETURN_DAYS);
        let ready = k.frozen_at.unwrap_or(now).plus_days(days);
        let state = order.lines.iter().find(|l| l.id == k.line).map(|l| l.state);
        let wait = match state {
            Some(line::State::Completed) if ready <= now => {
                hand_over(tx, &mut w, c, &k, &mut came)?;
                continue;
            }
            Some(line::State::Completed) => ready,
            _ => ready.max(now.plus(HOUR)),
        };
        next = Some(next.map_or(wait, |n| n.min(wait)));
    }
    match next {
        Some(at) => jobs::afresh(&mut w, c, jobs::Kind::ReleaseCommission, id.raw(), at),
        None => jobs::done(tx, &mut w, job, Refused::LeaseLost),
    }
    let mut told: BTreeMap<_, i64> = BTreeMap::new();
    for (member, sum, _) in came {
        *told.entry(member).or_default() += sum;
    }
    for (member, sum) in told {
        let amount = tell::amount(tx, c, sum)?;
        let args = [("amount", amount.as_str())];
        let (kind, subject) = (Kind::CommissionAvailable, id.raw());
        let notice = Notice { kind, subject, actor: None, args: &args };
        reach::notify(tx, &mut w, c, member, notice)?;
    }
    tx.run(w)
}

/// From frozen to the wallet; what is owed is paid off first.
fn hand_over(
    tx: &mut Tx<'_>,
    w: &mut Writes<Refused>,
    c: Id<id::Community>,
    k: &Commission,
    came: &mut Vec<Came>,
) -> Result<(), Fault> {
    let now = tx.now();
    tables::release(w, c, k.id, now, Refused::Moved);
    let before: i64 = came.iter().filter(|x| x.0 == k.member).map(|x| x.2).sum();
    let from = (k.member, k.amount, Account::Commission(k.member, Earning::Frozen));
    let (off, parts) = put_in(tx, w, c, from, before, Refused::Moved)?;
    post(w, c, (tx.mint(), Event::CommissionAvailable, k.id), now, parts, Refused::Moved);
    let body = format!("{{\"amount\":{},\"owed\":{off}}}", k.amount);
    note(tx, w, c, "commission_available", k, &body);
    came.push((k.member, k.amount, off));
    let waits = jobs::state(tx, c, jobs::Kind::WeighTrees, c.raw())? == Some(jobs::State::Waiting);
    if !waits && tables::terms(tx, c)?.0.levels == Level::Second {
        // once an hour is often enough for a tree to be looked at
        let hour = Moment(now.0 - now.0.rem_euclid(HOUR) + HOUR);
        jobs::afresh(w, c, jobs::Kind::WeighTrees, c.raw(), hour);
    }
    Ok(())
}
