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
    /// Somebody ordered or paid in this moment.
    Moved = "moved",
}

/// Between two looks somebody may order: it looks so often.
const LOOKS: usize = 5;

impl App {
    pub async fn close_chain(
        &self,
        now: Moment,
        who: Who,
        id: Id<id::Campaign>,
    ) -> Result<(), Stop<Refused>> {
        let mut out = Err(Refused::Moved.into());
        for _ in 0..LOOKS {
            out = self.db.write(now, move |tx| close(tx, who, id)).await;
            if !matches!(out, Err(Stop::Refused(Refused::Moved))) {
                break;
            }
        }
        out
    }
}

fn close(tx: &mut Tx<'_>, who: Who, id: Id<id::Campaign>) -> Result<(), Stop<Refused>> {
    let (c, now) = (who.community, tx.now());
    let chain = chains::chain(tx, c, id)?.ok_or(Refused::NoSuchCampaign)?;
    if !who.rights.may(Right::Campaigns) && !tables::leads(tx, c, chain.group, who.member)? {
        return Err(Refused::NoSuchCampaign.into());
    }
    // who pays takes the order before the list: so does this, or the two would wait for each other
    let unpaid = chains::held(tx, c, id)?;
    for order in &unpaid {
        tables::order_alone(tx, c, *order)?;
    }
    let chain = chains::chain_alone(tx, c, id)?.unwrap_or(chain);
    if chain.state != ChainState::Open || chain.cut_off <= now {
        return Ok(());
    }
    if chains::held(tx, c, id)? != unpaid {
        return Err(Refused::Moved.into());
    }
    let mut w = Writes::default();
    chains::cut_off_now(&mut w, c, id, now, Refused::Moved);
    jobs::postpone(&mut w, c, jobs::Kind::EndChain, id.raw(), now);
    for order in unpaid {
        tables::set_pay_until(&mut w, c, order, now, Refused::Moved);
        jobs::postpone(&mut w, c, jobs::Kind::ReleaseUnpaid, order.raw(), now);
    }
    tx.wake(c.raw(), id.raw());
    tx.run(w)
}
