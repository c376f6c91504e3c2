//! The job that ends a red packet whose time is over: what nobody took goes back to the shop, once.
use super::tables_packet as tables;
use crate::community::refresh_card;
use crate::db::{Tx, Writes};
use crate::facts::Fact;
use crate::jobs::{self, Job};
use crate::ledger::Meets;
use crate::{App, Stop, facts, ledger};
use rules::base::{Id, Moment, id};
use rules::ledger::{Account, Event, Group};

crate::refusals! {
    LeaseLost = "lease_lost",
    Moved = "moved",
}

impl App {
    pub(crate) async fn end_packet(&self, now: Moment, job: Job) -> Result<(), Stop<Refused>> {
        self.db.write(now, move |tx| end(tx, &job)).await
    }
}

fn end(tx: &mut Tx<'_>, job: &Job) -> Result<(), Stop<Refused>> {
    let (c, id, now) = (job.community, Id::<id::RedPacket>::of(job.subject), tx.now());
    let ended = tables::end(tx, c, id)?;
    let mut w = Writes::default();
    jobs::done(tx, &mut w, job, Refused::LeaseLost);
    // otherwise somebody took the last slot a moment ago
    if let Some((rest, number, room)) = ended {
        if rest > 0 {
            let parts = ledger::single(Account::RedPacket(id), Account::Promotion, rest);
            let (event, cause) = (Event::PacketReturned, id.raw());
            let group = Group { id: number, event, cause, at: now, parts };
            ledger::posted(
                &mut w,
                c,
                &group,
                Meets { short: Refused::Moved, twice: Refused::Moved },
            );
        }
        let body = format!(r#"{{"returned":{rest}}}"#);
        let fact = Fact { kind: "packet_ended", subject: id.raw(), actor: None, body: &body };
        facts::write(tx, &mut w, c, fact);
        refresh_card(tx, &mut w, c, room, id.as_id())?;
    }
    tx.run(w)
}
