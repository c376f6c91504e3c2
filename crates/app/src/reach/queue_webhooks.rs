//! Facts become messages: what the sealer has numbered is queued for every endpoint that wants it,
//! in order. The endpoint's place moves in the same transaction, so a house that is killed goes on
//! where it was, without a loss and without a second message.
use super::tables_webhook::{self as tables, Behind};
use crate::db::{Tx, Writes};
use crate::jobs::{self, Kind};
use crate::{App, Stop};
use rules::base::{Id, Moment, id};

/// Facts of one transaction.
const ROUND: i64 = 200;

crate::refusals! {
    /// Another process queued these a moment ago, or the endpoint has ended.
    Faster = "queued_elsewhere",
}

impl App {
    /// One round; returns how many messages it queued. Follows the sealer.
    pub async fn queue_webhooks(&self, now: Moment) -> Result<usize, Stop<Refused>> {
        let behind = self.db.read(tables::behind).await?;
        let mut queued = 0;
        for endpoint in behind {
            match self.db.write(now, move |tx| queue(tx, &endpoint)).await {
                Ok(n) => queued += n,
                Err(Stop::Refused(Refused::Faster)) => {}
                Err(stop) => return Err(stop),
            }
        }
        Ok(queued)
    }
}

fn queue(tx: &mut Tx<'_>, b: &Behind) -> Result<usize, Stop<Refused>> {
    let (c, now) = (b.community, tx.now());
    let facts = tables::facts(tx, c, b.cursor, ROUND)?;
    let Some((_, _, last)) = facts.last() else { return Ok(0) };
    let mut w = Writes::default();
    let mut queued = 0;
    for (fact, kind, _) in &facts {
        if b.facts.contains(&format!(",{kind},")) {
            let id: Id<id::Delivery> = tx.mint();
            tables::queue(&mut w, c, (id, b.id), *fact, now, Refused::Faster);
            jobs::later(&mut w, c, Kind::DeliverWebhook, id.raw(), now);
            queued += 1;
        }
    }
    tables::advance(&mut w, b, *last, Refused::Faster);
    tx.run(w)?;
    Ok(queued)
}
