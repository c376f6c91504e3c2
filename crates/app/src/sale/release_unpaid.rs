//! The job that gives back what an unpaid order held.
use super::cancel_order;
use super::tables;
use crate::db::{Tx, Writes};
use crate::jobs::{self, Job};
use crate::{App, Stop};
use rules::base::{Id, Moment};
use rules::sale::line::State;

crate::refusals! {
    NoSuchOrder = "no_such_order",
    LeaseLost = "lease_lost",
    /// It was paid or cancelled in this moment.
    Moved = "moved",
}

impl App {
    pub(crate) async fn release_unpaid(&self, now: Moment, job: Job) -> Result<(), Stop<Refused>> {
        self.db.write(now, move |tx| release(tx, &job)).await
    }
}

fn release(tx: &mut Tx<'_>, job: &Job) -> Result<(), Stop<Refused>> {
    let c = job.community;
    let order = tables::order_alone(tx, c, Id::of(job.subject))?.ok_or(Refused::NoSuchOrder)?;
    let mut w = Writes::default();
    jobs::done(tx, &mut w, job, Refused::LeaseLost);
    if order.state == State::AwaitingPayment {
        cancel_order::give_back(tx, &mut w, c, &order, State::ClosedUnpaid, None, Refused::Moved)?;
    }
    tx.run(w)
}
