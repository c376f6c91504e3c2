//! The job after the days of return and the wait of commission: a leader's service pay is in her
//! wallet, less what she owes.
use super::earned_wallet::{post, put_in};
use super::serve_list::note;
use super::tables_service_pay::{self as tables, ServicePay};
use crate::db::{Fault, Tx, Writes};
use crate::jobs::{self, Job};
use crate::reach::{self, Notice};
use crate::sale::{tables as sale, tables_case, tell};
use crate::{App, Stop};
use rules::base::moment::{DAY, HOUR};
use rules::base::{Id, Moment, id};
use rules::ledger::{Account, Event};
use rules::reach::notice::Kind;
use rules::sale::line;
use rules::spread::service_pay::State;

crate::refusals! {
    NoSuchOrder = "no_such_order",
    LeaseLost = "lease_lost",
    Moved = "moved",
}

impl App {
    pub(crate) async fn release_service(&self, now: Moment, job: Job) -> Result<(), Stop<Refused>> {
        self.db.write(now, move |tx| release(tx, &job)).await
    }
}

/// Whether what it was earned with can come back no more: a line by itself, the flat sum when no
/// line of the order has its days of return left.
fn settled(order: &sale::Order, v: &ServicePay) -> bool {
    let states = |line: Option<Id<id::Line>>| {
        let of = order.lines.iter().filter(move |l| line.is_none_or(|id| l.id == id));
        of.map(|l| l.state)
    };
    let mut all = states(v.line);
    all.any(|s| s == line::State::Completed) && !states(v.line).any(|s| s == line::State::Received)
}

fn release(tx: &mut Tx<'_>, job: &Job) -> Result<(), Stop<Refused>> {
    let (c, now) = (job.community, tx.now());
    let id: Id<id::Order> = Id::of(job.subject);
    let order = sale::order_alone(tx, c, id)?.ok_or(Refused::NoSuchOrder)?;
    let open = tables_case::open_case(tx, c, id)?.is_some();
    let mut w = Writes::default();
    let mut next: Option<Moment> = None;
    // all of one order goes to one leader
    let (mut came, mut off) = (None, 0);
    for v in tables::of_order(tx, c, id)? {
        if v.state != State::Frozen {
            continue;
        }
        let days = v.wait_days.max(sale::LONGEST_RETURN_DAYS);
        let ready = v.frozen_at.plus_days(days);
        if !open && ready <= now && settled(&order, &v) {
            off += hand_over(tx, &mut w, c, &v, off)?;
            let (_, sum) = came.unwrap_or((v.member, 0));
            came = Some((v.member, sum + v.amount));
            continue;
        }
        let wait = ready.max(now.plus(if open { DAY } else { HOUR }));
        next = Some(next.map_or(wait, |n| n.min(wait)));
    }
    match next {
        Some(at) => jobs::afresh(&mut w, c, jobs::Kind::ReleaseService, id.raw(), at),
        None => jobs::done(tx, &mut w, job, Refused::LeaseLost),
    }
    if let Some((leader, sum)) = came {
        note(tx, &mut w, c, ("service_available", id, leader), sum);
        let amount = tell::amount(tx, c, sum)?;
        let args = [("amount", amount.as_str())];
        let (kind, subject) = (Kind::ServiceAvailable, id.raw());
        let notice = Notice { kind, subject, actor: None, args: &args };
        reach::notify(tx, &mut w, c, leader, notice)?;
    }
    tx.run(w)
}

/// From frozen to the wallet; what is owed is paid off first. Returns what went there; `off` did
/// before it.
fn hand_over(
    tx: &mut Tx<'_>,
    w: &mut Writes<Refused>,
    c: Id<id::Community>,
    v: &ServicePay,
    off: i64,
) -> Result<i64, Fault> {
    let now = tx.now();
    tables::release(w, c, v.id, now, Refused::Moved);
    let from = (v.member, v.amount, Account::Service(v.member));
    let (paid, parts) = put_in(tx, w, c, from, off, Refused::Moved)?;
    post(w, c, (tx.mint(), Event::ServiceAvailable, v.id), now, parts, Refused::Moved);
    Ok(paid)
}
