//! The job at a team's deadline: enough members make it full, too few give everybody their money
//! back.
use super::seats;
use super::tables_group_buy as tables;
use crate::db::{Tx, Writes};
use crate::jobs::{self, Job};
use crate::{App, Stop};
use rules::base::{Id, Moment};
use rules::community::message::SystemLine;
use rules::sale::group_buy::{TeamState, ended};

crate::refusals! {
    NoSuchTeam = "no_such_team",
    LeaseLost = "lease_lost",
    /// Somebody joined or left in this moment.
    Moved = "moved",
}

impl App {
    pub(crate) async fn end_team(&self, now: Moment, job: Job) -> Result<(), Stop<Refused>> {
        self.db.write(now, move |tx| end(tx, &job)).await
    }
}

fn end(tx: &mut Tx<'_>, job: &Job) -> Result<(), Stop<Refused>> {
    let (c, id) = (job.community, Id::of(job.subject));
    let known = tables::team(tx, c, id)?.ok_or(Refused::NoSuchTeam)?;
    let campaign = tables::campaign_alone(tx, c, known.campaign)?.ok_or(Refused::NoSuchTeam)?;
    let team = tables::team(tx, c, id)?.ok_or(Refused::NoSuchTeam)?;
    let mut w = Writes::default();
    jobs::done(tx, &mut w, job, Refused::LeaseLost);
    if team.facts.state == TeamState::Open {
        let to = ended(team.facts.members, team.needed);
        seats::end(tx, &mut w, c, &team, to, Refused::Moved)?;
        tx.wake(c.raw(), campaign.id.raw());
        let code = match to {
            TeamState::Filled => Some(SystemLine::GroupBuyDone),
            TeamState::Failing => Some(SystemLine::GroupBuyFailed),
            TeamState::Open | TeamState::Failed => None,
        };
        if let (Some(group), Some(code)) = (campaign.group, code) {
            seats::line(tx, &mut w, c, group, code, 0);
        }
    }
    tx.run(w)
}
