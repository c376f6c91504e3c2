//! The job at the end of the return window: received lines are complete, unless the buyer asked for
//! money back and nobody has answered.
use super::{tables, tables_case};
use crate::db::{Tx, Writes};
use crate::facts::Fact;
use crate::jobs::{self, Job};
use crate::{App, Stop, facts};
use rules::base::{Id, Moment, moment};
use rules::sale::line::{State, order_state};

crate::refusals! {
    NoSuchOrder = "no_such_order",
    LeaseLost = "lease_lost",
    Moved = "moved",
}

impl App {
    pub(crate) async fn complete_order(&self, now: Moment, job: Job) -> Result<(), Stop<Refused>> {
        self.db.write(now, move |tx| complete(tx, &job)).await
    }
}

fn complete(tx: &mut Tx<'_>, job: &Job) -> Result<(), Stop<Refused>> {
    let (c, now) = (job.community, tx.now());
    let order = tables::order_alone(tx, c, Id::of(job.subject))?.ok_or(Refused::NoSuchOrder)?;
    let mut w = Writes::default();
    if tables_case::open_case(tx, c, order.id)?.is_some() {
        let tomorrow = now.plus(moment::DAY);
        jobs::afresh(&mut w, c, jobs::Kind::CompleteOrder, order.id.raw(), tomorrow);
        return tx.run(w);
    }
    jobs::done(tx, &mut w, job, Refused::LeaseLost);
    let mut states = order.states();
    for (i, line) in order.lines.iter().enumerate() {
        if line.state == State::Received {
            tables::move_line(&mut w, c, line, State::Completed, now, Refused::Moved);
            states[i] = State::Completed;
        }
    }
    if states != order.states() {
        tables::move_order(&mut w, c, &order, order_state(&states), now, Refused::Moved);
        let subject = order.id.raw();
        let fact = Fact { kind: "order_completed", subject, actor: None, body: "{}" };
        facts::write(tx, &mut w, c, fact);
    }
    tx.run(w)
}
