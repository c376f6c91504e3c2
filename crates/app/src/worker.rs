//! Claims due jobs and runs them; each finishes inside the transaction of its own effect.
use crate::jobs::{self, Job, Kind};
use crate::{App, Stop};
use rules::base::Moment;

/// Longer than any job takes; a worker that died gives its jobs back after this.
const LEASE_MS: i64 = 30_000;

crate::refusals! {
    /// The claim itself has nothing to refuse.
    Never = "never",
}

impl App {
    /// One round; returns how many jobs it ran. `by` tells worker processes apart.
    pub async fn work(&self, now: Moment, by: i64) -> Result<usize, Stop<Refused>> {
        let claimed = self.claim(now, by, false).await?;
        self.beat.at(now);
        let n = claimed.len();
        for job in claimed {
            self.attempt(now, job).await?;
        }
        Ok(n)
    }
    /// A round of what waits for strangers' answers, all at once: a receiver that takes its time
    /// keeps nothing of the house waiting.
    pub async fn deliver(&self, now: Moment, by: i64) -> Result<usize, Stop<Refused>> {
        let claimed = self.claim(now, by, true).await?;
        let n = claimed.len();
        let calls = claimed.into_iter().map(|job| self.attempt(now, job));
        futures_util::future::join_all(calls).await.into_iter().collect::<Result<(), _>>()?;
        Ok(n)
    }
    async fn claim(&self, now: Moment, by: i64, outside: bool) -> Result<Vec<Job>, Stop<Refused>> {
        let lease = now.plus(LEASE_MS);
        self.db.write(now, move |tx| Ok(jobs::claim(tx, by, lease, outside)?)).await
    }
    async fn attempt(&self, now: Moment, job: Job) -> Result<(), Stop<Refused>> {
        let Err(why) = self.run(now, job).await else { return Ok(()) };
        tracing::warn!(kind = job.kind.code(), subject = job.subject, why, "job failed");
        let failed = move |tx: &mut crate::db::Tx<'_>| Ok(jobs::again(tx, &job, &why)?);
        self.db.write(now, failed).await.map(drop)
    }
    /// Every kind of job and its verb, on one screen.
    async fn run(&self, now: Moment, job: Job) -> Result<(), String> {
        match job.kind {
            Kind::ReleaseUnpaid => why(self.release_unpaid(now, job).await),
            Kind::SettleRefund => why(self.settle_refund(now, job).await),
            Kind::ReturnSuspense => why(self.return_suspense(now, job).await),
            Kind::ReceiveShipped => why(self.receive_shipped(now, job).await),
            Kind::CompleteOrder => why(self.complete_order(now, job).await),
            Kind::EndTeam => why(self.end_team(now, job).await),
            Kind::SettleSeat => why(self.settle_seat(now, job).await),
            Kind::EndChain => why(self.end_chain(now, job).await),
            Kind::SettleChain => why(self.settle_chain(now, job).await),
            Kind::SendMail => why(self.send_mail(now, job).await),
            Kind::EndPacket => why(self.end_packet(now, job).await),
            Kind::ReleaseCommission => why(self.release_commission(now, job).await),
            Kind::ReleaseService => why(self.release_service(now, job).await),
            Kind::WeighTrees => why(self.weigh_trees(now, job).await),
            Kind::CountTier => why(self.count_tier(now, job).await),
            Kind::CountTiers => why(self.count_tiers(now, job).await),
            Kind::ReleasePoints => why(self.release_points(now, job).await),
            Kind::EndPoints => why(self.end_points(now, job).await),
            Kind::SendRelay => why(self.send_relay(now, job).await),
            Kind::DeliverWebhook => why(self.deliver_webhook(now, job).await),
        }
    }
}

fn why<R: crate::Refusal>(out: Result<(), Stop<R>>) -> Result<(), String> {
    out.map_err(|stop| match stop {
        Stop::Refused(refusal) => refusal.code().to_string(),
        Stop::Fault(fault) => fault.to_string(),
    })
}
