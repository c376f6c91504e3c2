//! Ask once more for a job that gave up: by staff, into the log.
use super::tables_audit_log::{self as audit_log, Deed};
use super::who::{self, Who};
use crate::db::{Tx, Writes};
use crate::jobs::{self, Kind, State};
use crate::{App, Stop};
use rules::base::{Id, Moment, id};
use rules::community::role::Right;

#[derive(Clone, Copy, Debug)]
pub struct RetryJob {
    pub community: Id<id::Community>,
    pub by: Id<id::Member>,
    pub kind: Kind,
    /// The raw id of the order, refund, payment or notice it is for.
    pub subject: i64,
}

crate::refusals! {
    NotAllowed = "not_allowed",
    NoSuchJob = "no_such_job",
    /// It waits, runs or is over: nobody has to ask.
    NotStuck = "not_stuck",
}

/// Who may ask: whoever may do by hand what the job does.
pub fn may(who: &Who, kind: Kind) -> bool {
    who.rights.may(match kind {
        Kind::ReleaseUnpaid | Kind::ReceiveShipped | Kind::CompleteOrder => Right::Orders,
        Kind::SettleRefund
        | Kind::ReturnSuspense
        | Kind::EndPacket
        | Kind::ReleaseCommission
        | Kind::ReleaseService
        | Kind::ReleasePoints
        | Kind::EndPoints => Right::Money,
        Kind::EndTeam
        | Kind::SettleSeat
        | Kind::EndChain
        | Kind::SettleChain
        | Kind::CountTier
        | Kind::CountTiers
        | Kind::WeighTrees => Right::Campaigns,
        Kind::SendMail | Kind::DeliverWebhook | Kind::SendRelay => Right::Members,
    })
}

impl App {
    pub async fn retry_job(&self, now: Moment, cmd: RetryJob) -> Result<(), Stop<Refused>> {
        self.db.write(now, move |tx| retries(tx, cmd)).await
    }
}

fn retries(tx: &mut Tx<'_>, cmd: RetryJob) -> Result<(), Stop<Refused>> {
    let (c, now) = (cmd.community, tx.now());
    let by = who::member_is(tx, c, cmd.by)?.filter(|by| may(by, cmd.kind));
    let by = by.ok_or(Refused::NotAllowed)?;
    let state = jobs::state(tx, c, cmd.kind, cmd.subject)?.ok_or(Refused::NoSuchJob)?;
    if state != State::GaveUp {
        return Err(Refused::NotStuck.into());
    }
    // after this point it must succeed, unless another was faster
    let mut w = Writes::default();
    jobs::retry(&mut w, c, cmd.kind, cmd.subject, now, Refused::NotStuck);
    let deed = Deed {
        actor: by.member,
        what: "retry_job",
        subject: cmd.subject,
        was: State::GaveUp.code(),
        became: State::Waiting.code(),
        reason: cmd.kind.code(),
    };
    audit_log::write(tx, &mut w, c, deed);
    tx.run(w)
}
