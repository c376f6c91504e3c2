//! A leader closes her list before its cut-off: from now on it takes nothing, and what is unpaid
//! ends.
use super::{tables, tables_chain as chains};
use crate::community::who::Who;
use crate::db::{Tx, Writes};
use crate::{App, Stop, jobs};
use rules::base::{Id, Moment, id};
use rules::community::role::Right;
use rules::sale::chain::ChainState;

crate::refusals! {
    NoSuchCampaign = "no_such_campaign",
    Moved = "moved",
}

impl App {
    pub async fn close_chain(
        &self,
        now: Moment,
        who: Who,
        id: Id<id::Campaign>,
    ) -> Result<(), Stop<Refused>> {
        self.db.write(now, move |tx| close(tx, who, id)).await
    }
}

fn close(tx: &mut Tx<'_>, who: Who, id: Id<id::Campaign>) -> Result<(), Stop<Refused>> {
    let (c, now) = (who.community, tx.now());
    let chain = chains::chain_alone(tx, c, id)?.ok_or(Refused::NoSuchCampaign)?;
    if !who.rights.may(Right::Campaigns) && !tables::leads(tx, c, chain.group, who.member)? {
        return Err(Refused::NoSuchCampaign.into());
    }
    if chain.state != ChainState::Open || chain.cut_off <= now {
        return Ok(());
    }
    // the jobs do the rest: here no order's row is taken, since who pays takes it before the list
    let mut w = Writes::default();
    chains::cut_off_now(&mut w, c, id, now, Refused::Moved);
    jobs::postpone(&mut w, c, jobs::Kind::EndChain, id.raw(), now);
    for order in chains::held(tx, c, id)? {
        jobs::postpone(&mut w, c, jobs::Kind::ReleaseUnpaid, order.raw(), now);
    }
    tx.wake(c.raw(), id.raw());
    tx.run(w)
}
