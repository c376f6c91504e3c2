//! The job that looks at the trees of those who were paid: where one is three levels deep and
//! thirty people wide, the second level is not paid any more.
use super::{tables_commission as tables, views_commission as views};
use crate::db::{Tx, Writes};
use crate::facts::Fact;
use crate::jobs::{self, Job};
use crate::{App, Stop, facts};
use rules::base::Moment;

crate::refusals! {
    LeaseLost = "lease_lost",
}

impl App {
    pub(crate) async fn weigh_trees(&self, now: Moment, job: Job) -> Result<(), Stop<Refused>> {
        self.db.write(now, move |tx| weigh(tx, &job)).await
    }
}

fn weigh(tx: &mut Tx<'_>, job: &Job) -> Result<(), Stop<Refused>> {
    let c = job.community;
    let mut w = Writes::default();
    jobs::done(tx, &mut w, job, Refused::LeaseLost);
    let stopped = tables::terms(tx, c)?.1.is_some();
    if !stopped && views::trees(tx, c)?.iter().any(|t| t.stops()) {
        tables::stop_second(&mut w, c, tx.now());
        let (kind, subject) = ("commission_second_stopped", c.raw());
        facts::write(tx, &mut w, c, Fact { kind, subject, actor: None, body: "{}" });
    }
    tx.run(w)
}
