//! A job is a verb with a due time. Its number is (community, kind, subject), so asking twice for
//! the same thing is asking once.
use crate::db::{Fault, Rx, Tx, Writes};
use crate::p;
use rules::base::{Id, Moment, id};

rules::codes! {
    pub enum Kind {
        /// Gives back what an unpaid order holds. Subject: the order.
        ReleaseUnpaid = "release_unpaid",
        /// Sends a refund to its provider. Subject: the refund.
        SettleRefund = "settle_refund",
        /// Returns money that fits no open order. Subject: the payment.
        ReturnSuspense = "return_suspense",
        /// Counts shipped lines as received. Subject: the order.
        ReceiveShipped = "receive_shipped",
        /// Completes received lines when the return window ends. Subject: the order.
        CompleteOrder = "complete_order",
        /// The deadline of a group buy's team. Subject: the team.
        EndTeam = "end_team",
        /// Serves one member of a team that ended. Subject: the order.
        SettleSeat = "settle_seat",
        /// The cut-off of a chain order. Subject: the campaign.
        EndChain = "end_chain",
        /// Serves one order of a chain order that had a minimum. Subject: the order.
        SettleChain = "settle_chain",
        /// Sends a notice as a letter. Subject: the notice.
        SendMail = "send_mail",
        /// Ends a red packet whose time is over. Subject: the packet.
        EndPacket = "end_packet",
        /// Puts commission into the wallet when its days are over. Subject: the order.
        ReleaseCommission = "release_commission",
        /// The same of service pay. Subject: the order.
        ReleaseService = "release_service",
        /// Looks at the trees of those who were paid. Subject: the community.
        WeighTrees = "weigh_trees",
        /// Counts what a member kept, and moves them along the ladder. Subject: the member.
        CountTier = "count_tier",
        /// Asks for everybody's count after the ladder changed. Subject: the community.
        CountTiers = "count_tiers",
        /// Releases what an order earned in points. Subject: the order.
        ReleasePoints = "release_points",
        /// Ends points, and tells of it before. Subject: the member.
        EndPoints = "end_points",
        /// Says a relay's words in one group. Subject: the line it will be.
        SendRelay = "send_relay",
        /// Sends a message to another program. Subject: the delivery.
        DeliverWebhook = "deliver_webhook",
    }
}
rules::codes! {
    pub enum State {
        Waiting = "waiting", Done = "done", Cancelled = "cancelled", GaveUp = "gave_up",
    }
}

/// After so many tries a person has to look.
pub const TRIES: i64 = 12;
const CLAIMED: i64 = 16;

#[derive(Clone, Copy, Debug)]
pub struct Job {
    pub community: Id<id::Community>,
    pub kind: Kind,
    pub subject: i64,
    pub attempts: i64,
    pub lease_by: i64,
}

const LATER: &str = "INSERT INTO job (community_id, kind, subject, due_at, lease_until, lease_by,
    attempts, state, reason) VALUES ($1,$2,$3,$4,0,0,0,'waiting','') ON CONFLICT DO NOTHING";
const AFRESH: &str = "INSERT INTO job (community_id, kind, subject, due_at, lease_until, lease_by,
    attempts, state, reason) VALUES ($1,$2,$3,$4,0,0,0,'waiting','')
    ON CONFLICT (community_id, kind, subject) DO UPDATE
    SET due_at = $4, lease_until = 0, lease_by = 0, attempts = 0, state = 'waiting', reason = ''";
const POSTPONE: &str = "UPDATE job SET due_at = $4
    WHERE community_id = $1 AND kind = $2 AND subject = $3 AND state = 'waiting'";
const CANCEL: &str = "UPDATE job SET state = 'cancelled'
    WHERE community_id = $1 AND kind = $2 AND subject = $3 AND state = 'waiting'";
const CLAIM: &str = "UPDATE job SET lease_until = $2, lease_by = $3, attempts = attempts + 1
    WHERE state = 'waiting' AND lease_until <= $1 AND (community_id, kind, subject) IN (
      SELECT community_id, kind, subject FROM job
      WHERE state = 'waiting' AND due_at <= $1 AND lease_until <= $1
        AND (kind = 'deliver_webhook') = $5 ORDER BY due_at LIMIT $4)
    RETURNING community_id, kind, subject, attempts";
const DONE: &str = "UPDATE job SET state = 'done', done_at = $5
    WHERE community_id = $1 AND kind = $2 AND subject = $3 AND state = 'waiting' AND lease_by = $4";
const AGAIN: &str = "UPDATE job SET due_at = $5, lease_until = 0, reason = $6, state = $7
    WHERE community_id = $1 AND kind = $2 AND subject = $3 AND lease_by = $4
    AND state = 'waiting'";
const PUT_OFF: &str = "UPDATE job SET due_at = $5, lease_until = 0, attempts = 0, reason = ''
    WHERE community_id = $1 AND kind = $2 AND subject = $3 AND state = 'waiting' AND lease_by = $4";
const STATE: &str = "SELECT state FROM job
    WHERE community_id = $1 AND kind = $2 AND subject = $3";
const RETRY: &str = "UPDATE job SET state = 'waiting', due_at = $4, lease_until = 0, lease_by = 0,
    attempts = 0, reason = ''
    WHERE community_id = $1 AND kind = $2 AND subject = $3 AND state = 'gave_up'";

const DUE: &str = "SELECT count(*), coalesce(min(due_at), $1) FROM job
    WHERE state = 'waiting' AND due_at <= $1";
const GAVE_UP: &str = "SELECT count(*) FROM job WHERE state = 'gave_up'";

type C = Id<id::Community>;

/// Of all communities: a figure for whoever runs the installation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Waiting {
    pub due: i64,
    /// Milliseconds that the oldest due job is late.
    pub late: i64,
    pub gave_up: i64,
}

pub fn waiting(rx: &mut Rx<'_>, now: Moment) -> Result<Waiting, Fault> {
    let due = rx.one(DUE, p![now], |r| (r.int(0), r.int(1)))?.unwrap_or((0, now.0));
    let gave_up = rx.one(GAVE_UP, p![], |r| r.int(0))?.unwrap_or(0);
    Ok(Waiting { due: due.0, late: now.0 - due.1, gave_up })
}

pub fn later<R>(w: &mut Writes<R>, c: C, kind: Kind, subject: i64, due: Moment) {
    w.put(LATER, p![c, kind.code(), subject, due]);
}
/// Like [`later`], but a job that already ran is asked for again.
pub fn afresh<R>(w: &mut Writes<R>, c: C, kind: Kind, subject: i64, due: Moment) {
    w.put(AFRESH, p![c, kind.code(), subject, due]);
}
pub fn postpone<R>(w: &mut Writes<R>, c: C, kind: Kind, subject: i64, due: Moment) {
    w.put(POSTPONE, p![c, kind.code(), subject, due]);
}
pub fn cancel<R>(w: &mut Writes<R>, c: C, kind: Kind, subject: i64) {
    w.put(CANCEL, p![c, kind.code(), subject]);
}

pub fn state(rx: &mut Rx<'_>, c: C, kind: Kind, subject: i64) -> Result<Option<State>, Fault> {
    rx.one(STATE, p![c, kind.code(), subject], |r| r.word(0, State::of))
}
/// A job that gave up is due now, with all its tries; whoever leased it before cannot end it.
pub fn retry<R>(w: &mut Writes<R>, c: C, kind: Kind, subject: i64, now: Moment, not_stuck: R) {
    w.must(RETRY, p![c, kind.code(), subject, now], not_stuck);
}

/// Leases due jobs to the worker `by` until `lease`. Two workers never get the same one: the
/// condition is checked again on the locked row. `outside`: those that wait for strangers' answers,
/// and only those.
pub fn claim(tx: &mut Tx<'_>, by: i64, lease: Moment, outside: bool) -> Result<Vec<Job>, Fault> {
    let now = tx.now();
    tx.exec_all(CLAIM, p![now, lease, by, CLAIMED, outside], |r| Job {
        community: r.id(0),
        kind: r.word(1, Kind::of),
        subject: r.int(2),
        attempts: r.int(3),
        lease_by: by,
    })
}
/// In the transaction of the job's own effect: only the holder of the lease may finish it.
pub fn done<R>(tx: &Tx<'_>, w: &mut Writes<R>, j: &Job, lost: R) {
    let args = p![j.community, j.kind.code(), j.subject, j.lease_by, tx.now()];
    w.must(DONE, args, lost);
}
/// The job's own verb has counted the try and knows when the next one is due.
pub fn put_off<R>(w: &mut Writes<R>, j: &Job, due: Moment, lost: R) {
    w.must(PUT_OFF, p![j.community, j.kind.code(), j.subject, j.lease_by, due], lost);
}
/// It did not work: try later, each time after twice the wait, or give up with the reason.
pub fn again(tx: &mut Tx<'_>, j: &Job, reason: &str) -> Result<u64, Fault> {
    let state = if j.attempts >= TRIES { State::GaveUp } else { State::Waiting };
    let due = tx.now().plus(1000 << j.attempts.clamp(0, 12));
    let args = p![j.community, j.kind.code(), j.subject, j.lease_by, due, reason, state.code()];
    tx.exec(AGAIN, args)
}
