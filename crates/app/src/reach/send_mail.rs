//! The letter of a notice: read, send outside any transaction, then finish the job.
use super::{tables, views};
use crate::db::{Tx, Writes};
use crate::jobs::{self, Job};
use crate::{App, Fault, Stop};
use gateway::mail::Letter;
use rules::base::{Id, Moment, id};
use rules::reach::wording;

crate::refusals! {
    /// Another worker holds the job now.
    LeaseLost = "lease_lost",
}

impl App {
    /// A lost answer of the mail server can send a letter twice; none is lost.
    pub(crate) async fn send_mail(&self, now: Moment, job: Job) -> Result<(), Stop<Refused>> {
        let (c, notice) = (job.community, Id::<id::Notice>::of(job.subject));
        let due = self.db.read(move |rx| views::to_mail(rx, c, notice)).await?;
        let mut sent = false;
        if let Some(due) = due.filter(|_| self.gateway.mail.is_on()) {
            let (subject, text) =
                wording::letter(due.kind, due.lang, &due.args, &due.name, &due.community);
            let letter = Letter { to: due.to, subject, text };
            let out = self.gateway.mail.send(&letter).await;
            sent = out.map_err(|why| Stop::Fault(Fault::broken(format!("mail: {why}"))))?;
        }
        let verb = move |tx: &mut Tx<'_>| {
            let mut w = Writes::default();
            jobs::done(tx, &mut w, &job, Refused::LeaseLost);
            if sent {
                tables::mailed(&mut w, c, notice, tx.now());
            }
            tx.run(w)
        };
        self.db.write(now, verb).await
    }
}
