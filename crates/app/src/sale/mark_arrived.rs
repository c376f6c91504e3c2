//! The goods of a whole list lie at the pick-up point: every buyer gets a code and is told.
use super::mark_ready;
use super::{tables, tables_chain as chains};
use crate::community::who::Who;
use crate::{App, Fault, Stop};
use rules::base::{Id, Moment, id};
use rules::community::role::Right;
use rules::sale::chain::ChainState;
use rules::sale::line::State;

crate::refusals! {
    NoSuchCampaign = "no_such_campaign",
    StillOpen = "list_still_open",
}

impl App {
    /// Each order in a transaction of its own, so that many are no long one; who asks again goes
    /// on where it ended. Returns how many are ready now that were not.
    pub async fn mark_arrived(
        &self,
        now: Moment,
        who: Who,
        id: Id<id::Campaign>,
    ) -> Result<i64, Stop<Refused>> {
        let c = who.community;
        let chain = self.db.read(move |rx| chains::chain(rx, c, id)).await?;
        let chain = chain.ok_or(Refused::NoSuchCampaign)?;
        if !self.tends(who, chain.group).await? {
            return Err(Refused::NoSuchCampaign.into());
        }
        if chain.state != ChainState::Standing {
            return Err(Refused::StillOpen.into());
        }
        let mut marked = 0;
        for row in self.chain_board(c, id).await? {
            if !row.lines.iter().any(|l| l.state == State::ToFulfil) {
                continue;
            }
            match self.mark_ready(now, who, row.order).await {
                Ok(_) => marked += 1,
                // given back or marked meanwhile: that is not this leader's mistake
                Err(Stop::Refused(mark_ready::Refused::NoFreeCode)) => break,
                Err(Stop::Refused(_)) => {}
                Err(Stop::Fault(fault)) => return Err(fault.into()),
            }
        }
        Ok(marked)
    }
    /// Who leads a group tends its lists; staff with the right to orders tend all.
    pub async fn tends(&self, who: Who, group: Id<id::Group>) -> Result<bool, Fault> {
        if who.rights.may(Right::Orders) {
            return Ok(true);
        }
        self.db.read(move |rx| tables::leads(rx, who.community, group, who.member)).await
    }
}
