//! Reads for the console's money pages: balances, journal, days, what needs a person.
use crate::db::{Fault, Row, Rx};
use crate::{App, p};
use rules::base::{Id, Moment, id};

type C = Id<id::Community>;

/// Minor units of money alone; the unsealed tail is counted in. All accounts of one kind that
/// members or red packets have are one row.
#[derive(Clone, Debug)]
pub struct Balance {
    pub account: String,
    pub debits: i64,
    pub credits: i64,
    pub pending: i64,
}

/// One stored transfer of the journal.
#[derive(Clone, Debug)]
pub struct Entry {
    pub id: i64,
    pub part: i64,
    pub state: String,
    pub event: String,
    pub cause: i64,
    pub debit: String,
    pub credit: String,
    pub amount: i64,
    pub at: Moment,
    pub seq: Option<i64>,
    pub link: Option<String>,
}

/// One span of time on the console's home.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Span {
    pub orders: i64,
    /// Captured less refunds asked for, minor units.
    pub money: i64,
    pub joined: i64,
    pub messages: i64,
}

/// What needs a person.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct ToDo {
    pub proofs: i64,
    pub to_fulfil: i64,
    pub refunds_by_hand: i64,
    /// Buyers who asked for money back and wait for an answer.
    pub cases: i64,
    pub stuck_jobs: i64,
    pub low_stock: i64,
    /// Minor units in suspense.
    pub unexplained: i64,
    /// Payouts that nobody has settled yet.
    pub payouts: i64,
    /// Reports, lines and applications that wait for a decision.
    pub moderation: i64,
}

const BALANCES: &str = "SELECT account, CAST(sum(debits) AS bigint), CAST(sum(credits) AS bigint),
    CAST(sum(pending) AS bigint) FROM (
      SELECT CASE WHEN debit LIKE 'wallet:%' THEN 'wallet'
          WHEN debit LIKE 'redpacket:%' THEN 'redpacket'
          WHEN debit LIKE 'commission:%' THEN 'commission'
          WHEN debit LIKE 'commission_debt:%' THEN 'commission_debt'
          WHEN debit LIKE 'service:%' THEN 'service' ELSE debit END AS account,
        CASE WHEN state = 'posted' THEN amount ELSE 0 END AS debits, 0 AS credits,
        CASE WHEN state = 'pending' THEN amount WHEN pending_id IS NOT NULL THEN -amount
          ELSE 0 END AS pending
      FROM transfer WHERE community_id = $1 AND substr(event, 1, 7) <> 'points_'
      UNION ALL
      SELECT CASE WHEN credit LIKE 'wallet:%' THEN 'wallet'
          WHEN credit LIKE 'redpacket:%' THEN 'redpacket'
          WHEN credit LIKE 'commission:%' THEN 'commission'
          WHEN credit LIKE 'commission_debt:%' THEN 'commission_debt'
          WHEN credit LIKE 'service:%' THEN 'service' ELSE credit END AS account, 0 AS debits,
        CASE WHEN state = 'posted' THEN amount ELSE 0 END AS credits, 0 AS pending
      FROM transfer WHERE community_id = $1 AND substr(event, 1, 7) <> 'points_') t
    GROUP BY account ORDER BY account";
const JOURNAL: &str = "SELECT id, part, state, event, cause, debit, credit, amount, at, seq, link
    FROM transfer WHERE community_id = $1 AND id < $2 AND ($3 = '' OR debit = $3 OR credit = $3)
      AND substr(event, 1, 7) <> 'points_'
    ORDER BY id DESC, part LIMIT $4";
const OF_CAUSE: &str = "SELECT id, part, state, event, cause, debit, credit, amount, at, seq, link
    FROM transfer WHERE community_id = $1 AND cause = $2 ORDER BY id, part";
const ORDERS_IN: &str = "SELECT count(*) FROM orders
    WHERE community_id = $1 AND placed_at >= $2 AND placed_at < $3 AND paid_at IS NOT NULL";
const MONEY_IN: &str = "SELECT CAST(coalesce(sum(total - refunded), 0) AS bigint) FROM orders
    WHERE community_id = $1 AND placed_at >= $2 AND placed_at < $3 AND paid_at IS NOT NULL";
const JOINED_IN: &str = "SELECT count(*) FROM member
    WHERE community_id = $1 AND joined_at >= $2 AND joined_at < $3";
const SAID_IN: &str = "SELECT count(*) FROM message WHERE community_id = $1 AND id >= $2
    AND id < $3 AND member_id IS NOT NULL";
const PROOFS: &str = "SELECT count(*) FROM payment
    WHERE community_id = $1 AND state = 'proof_given'";
const TO_FULFIL: &str = "SELECT count(*) FROM orders WHERE community_id = $1
    AND state = 'to_fulfil'";
const BY_HAND: &str = "SELECT count(*) FROM refund
    WHERE community_id = $1 AND ended_at IS NULL AND state = 'by_hand'";
const CASES: &str = "SELECT count(*) FROM order_case WHERE community_id = $1 AND state = 'open'";
const PAYOUTS: &str = "SELECT count(*) FROM payout
    WHERE community_id = $1 AND state IN ('claim', 'unknown')";
const STUCK: &str = "SELECT count(*) FROM job WHERE community_id = $1 AND state = 'gave_up'";
const LOW: &str = "SELECT count(*) FROM variant v
    JOIN product p ON p.community_id = v.community_id AND p.id = v.product_id
    WHERE v.community_id = $1 AND v.state = 'listed' AND p.state = 'listed' AND v.on_hand < 5";
const SUSPENSE: &str = "SELECT credits_posted - debits_posted - debits_pending FROM balance
    WHERE community_id = $1 AND account = 'suspense'";
const JOBS: &str = "SELECT kind, subject, due_at, attempts, state, reason, lease_until FROM job
    WHERE community_id = $1 AND ($2 = '' OR state = $2) ORDER BY due_at DESC LIMIT $3";

fn entry(r: Row<'_>) -> Entry {
    Entry {
        id: r.int(0),
        part: r.int(1),
        state: r.text(2),
        event: r.text(3),
        cause: r.int(4),
        debit: r.text(5),
        credit: r.text(6),
        amount: r.int(7),
        at: r.moment(8),
        seq: r.opt_int(9),
        link: r.opt_text(10),
    }
}
const MODERATION: &str = "SELECT
    (SELECT count(*) FROM report WHERE community_id = $1 AND state = 'waiting')
    + (SELECT count(*) FROM message WHERE community_id = $1 AND state = 'waiting')
    + (SELECT count(*) FROM application WHERE community_id = $1 AND state = 'waiting')";

fn number(rx: &mut Rx<'_>, sql: &'static str, args: &[crate::db::Val<'_>]) -> Result<i64, Fault> {
    Ok(rx.one(sql, args, |r| r.int(0))?.unwrap_or(0))
}
fn span(rx: &mut Rx<'_>, c: C, from: Moment, to: Moment) -> Result<Span, Fault> {
    let first = |at: Moment| id::bits(at.0.max(id::EPOCH), 0, 0);
    Ok(Span {
        orders: number(rx, ORDERS_IN, p![c, from, to])?,
        money: number(rx, MONEY_IN, p![c, from, to])?,
        joined: number(rx, JOINED_IN, p![c, from, to])?,
        messages: number(rx, SAID_IN, p![c, first(from), first(to)])?,
    })
}

#[derive(Clone, Debug)]
pub struct JobRow {
    pub kind: String,
    pub subject: i64,
    pub due_at: Moment,
    pub attempts: i64,
    pub state: String,
    pub reason: String,
    pub lease_until: Moment,
}

impl App {
    pub async fn balances(&self, c: C) -> Result<Vec<Balance>, Fault> {
        let read = move |rx: &mut Rx<'_>| {
            rx.all(BALANCES, p![c], |r| Balance {
                account: r.text(0),
                debits: r.int(1),
                credits: r.int(2),
                pending: r.int(3),
            })
        };
        self.db.read(read).await
    }
    /// Newest first; `account` empty shows all.
    pub async fn journal(
        &self,
        c: C,
        account: String,
        before: Option<i64>,
        most: i64,
    ) -> Result<Vec<Entry>, Fault> {
        let before = before.unwrap_or(i64::MAX);
        self.db.read(move |rx| rx.all(JOURNAL, p![c, before, &account, most], entry)).await
    }
    /// Everything one order, payment or refund moved.
    pub async fn journal_of(&self, c: C, cause: i64) -> Result<Vec<Entry>, Fault> {
        self.db.read(move |rx| rx.all(OF_CAUSE, p![c, cause], entry)).await
    }
    /// Spans one after the other, each from one moment to the next.
    pub async fn spans(&self, c: C, edges: Vec<Moment>) -> Result<Vec<Span>, Fault> {
        let read = move |rx: &mut Rx<'_>| {
            edges.windows(2).map(|pair| span(rx, c, pair[0], pair[1])).collect()
        };
        self.db.read(read).await
    }
    pub async fn to_do(&self, c: C) -> Result<ToDo, Fault> {
        let read = move |rx: &mut Rx<'_>| {
            Ok(ToDo {
                proofs: number(rx, PROOFS, p![c])?,
                to_fulfil: number(rx, TO_FULFIL, p![c])?,
                refunds_by_hand: number(rx, BY_HAND, p![c])?,
                cases: number(rx, CASES, p![c])?,
                stuck_jobs: number(rx, STUCK, p![c])?,
                payouts: number(rx, PAYOUTS, p![c])?,
                low_stock: number(rx, LOW, p![c])?,
                unexplained: number(rx, SUSPENSE, p![c])?,
                moderation: number(rx, MODERATION, p![c])?,
            })
        };
        self.db.read(read).await
    }
    pub async fn jobs(&self, c: C, state: String, most: i64) -> Result<Vec<JobRow>, Fault> {
        let read = move |rx: &mut Rx<'_>| {
            rx.all(JOBS, p![c, &state, most], |r| JobRow {
                kind: r.text(0),
                subject: r.int(1),
                due_at: r.moment(2),
                attempts: r.int(3),
                state: r.text(4),
                reason: r.text(5),
                lease_until: r.moment(6),
            })
        };
        self.db.read(read).await
    }
}
