//! What has to happen later has a job that waits; what happened has its fact.
use super::{Check, Second, check};

pub(super) const CHECKS: [Check; 9] = [
    check(("jobs", "an unpaid order without a proof will be released"), ORDERS, RELEASE),
    check(("jobs", "a waiting refund will be settled, and once"), REFUNDS, SETTLE),
    check(("jobs", "money in suspense will go back, and once"), PAYMENTS, RETURN),
    check(("jobs", "sent goods will count as received"), LINES, RECEIVE),
    check(("jobs", "received goods will be complete"), LINES, COMPLETE),
    Check {
        name: ("jobs", "a job is leased for a while only"),
        over: JOBS,
        broken: LEASES,
        second: Second::Lease,
    },
    check(("jobs", "a job's fields fit its state"), JOBS, FIELDS),
    check(("facts", "what happened to an order has its facts"), ORDERS, FACTS),
    check(("facts", "a fact of an order has its order"), TOLD, LOOSE_FACTS),
];

const ORDERS: &str = "SELECT count(*) FROM orders WHERE community_id = $1";
const LINES: &str = "SELECT count(*) FROM order_line WHERE community_id = $1";
const PAYMENTS: &str = "SELECT count(*) FROM payment
    WHERE community_id = $1 AND state IN ('suspense', 'returned')";
const REFUNDS: &str = "SELECT count(*) FROM refund WHERE community_id = $1";
const JOBS: &str = "SELECT count(*) FROM job WHERE community_id = $1";
const TOLD: &str = "SELECT count(*) FROM fact WHERE community_id = $1
    AND kind IN ('order_placed', 'order_paid', 'order_cancelled', 'order_closed_unpaid')";

/// While staff look at a proof the clock stands still. A job that is due before the buyer's time
/// is over would take the goods too early.
const RELEASE: &str = "SELECT 'orders ' || o.id, CASE WHEN j.state = 'gave_up'
      THEN 'a person is needed: its release_unpaid job gave up, ' || j.reason
      ELSE 'it waits for payment until ' || o.pay_until || '; its release_unpaid job is '
      || coalesce(j.state || ', due ' || j.due_at, 'missing') END, count(*) OVER ()
    FROM orders o LEFT JOIN job j ON j.community_id = o.community_id AND j.kind = 'release_unpaid'
      AND j.subject = o.id
    WHERE o.community_id = $1 AND o.state = 'awaiting_payment' AND NOT EXISTS (SELECT 1
        FROM payment y WHERE y.community_id = $1 AND y.order_id = o.id
        AND y.state = 'proof_given')
      AND (j.state IS NULL OR j.state <> 'waiting' OR j.due_at < o.pay_until)
    ORDER BY o.id LIMIT 20";

/// What went back by hand must not be asked of the provider too.
const SETTLE: &str = "SELECT 'refund ' || f.id, CASE WHEN j.state = 'gave_up'
      THEN 'a person is needed: its settle_refund job gave up, ' || j.reason
      ELSE f.amount || ' are ' || f.state || '; its settle_refund job is '
      || coalesce(j.state, 'missing') END,
    count(*) OVER ()
    FROM refund f LEFT JOIN job j ON j.community_id = f.community_id AND j.kind = 'settle_refund'
      AND j.subject = f.id
    WHERE f.community_id = $1 AND (
      (f.state = 'waiting' AND (j.state IS NULL OR j.state <> 'waiting'))
      OR (f.state = 'settled' AND j.state = 'waiting'))
    ORDER BY f.id LIMIT 20";

const RETURN: &str = "SELECT 'payment ' || y.id, CASE WHEN j.state = 'gave_up'
      THEN 'a person is needed: its return_suspense job gave up, ' || j.reason
      ELSE y.amount || ' are ' || y.state || '; its return_suspense job is '
      || coalesce(j.state, 'missing') END, count(*) OVER ()
    FROM payment y LEFT JOIN job j ON j.community_id = y.community_id
      AND j.kind = 'return_suspense' AND j.subject = y.id
    WHERE y.community_id = $1 AND (
      (y.state = 'suspense' AND y.provider <> 'manual'
        AND (j.state IS NULL OR j.state <> 'waiting'))
      OR (y.state = 'returned' AND j.state = 'waiting'))
    ORDER BY y.id LIMIT 20";

const RECEIVE: &str = "SELECT 'order_line ' || l.id, CASE WHEN j.state = 'gave_up'
      THEN 'a person is needed: the receive_shipped job of order ' || l.order_id || ' gave up, '
      || j.reason ELSE 'it is shipped; the receive_shipped job of order ' || l.order_id || ' is '
      || coalesce(j.state, 'missing') END, count(*) OVER ()
    FROM order_line l LEFT JOIN job j ON j.community_id = l.community_id
      AND j.kind = 'receive_shipped' AND j.subject = l.order_id
    WHERE l.community_id = $1 AND l.state = 'shipped' AND (j.state IS NULL OR j.state <> 'waiting')
    ORDER BY l.id LIMIT 20";

const COMPLETE: &str = "SELECT 'order_line ' || l.id, CASE WHEN j.state = 'gave_up'
      THEN 'a person is needed: the complete_order job of order ' || l.order_id || ' gave up, '
      || j.reason ELSE 'it is received; the complete_order job of order ' || l.order_id || ' is '
      || coalesce(j.state, 'missing') END, count(*) OVER ()
    FROM order_line l LEFT JOIN job j ON j.community_id = l.community_id
      AND j.kind = 'complete_order' AND j.subject = l.order_id
    WHERE l.community_id = $1 AND l.state = 'received' AND (j.state IS NULL OR j.state <> 'waiting')
    ORDER BY l.id LIMIT 20";

const LEASES: &str = "SELECT 'job ' || j.kind || ' ' || j.subject, 'it waits, leased until '
    || j.lease_until || ' by ' || j.lease_by, count(*) OVER ()
    FROM job j WHERE j.community_id = $1 AND j.state = 'waiting' AND j.lease_until > $2
    ORDER BY j.kind, j.subject LIMIT 20";

const FIELDS: &str = "SELECT 'job ' || j.kind || ' ' || j.subject, 'state is ' || j.state
    || ', done_at ' || coalesce(CAST(j.done_at AS text), 'empty') || ', attempts ' || j.attempts,
    count(*) OVER ()
    FROM job j WHERE j.community_id = $1 AND (j.attempts < 0
      OR j.state NOT IN ('waiting', 'done', 'cancelled', 'gave_up')
      OR (j.state = 'done' AND (j.done_at IS NULL OR j.attempts < 1)))
    ORDER BY j.kind, j.subject LIMIT 20";

const FACTS: &str = "SELECT 'orders ' || o.id, 'state is ' || o.state || '; facts: ' || o.placed
    || ' placed, ' || o.paid || ' paid, ' || o.cancelled || ' cancelled, ' || o.closed
    || ' closed, ' || o.settled || ' refunds settled of ' || o.refunds, count(*) OVER ()
    FROM (SELECT w.id, w.state, coalesce(f.placed, 0) AS placed, coalesce(f.paid, 0) AS paid,
        coalesce(f.cancelled, 0) AS cancelled, coalesce(f.closed, 0) AS closed,
        coalesce(f.settled, 0) AS settled, (SELECT count(*) FROM refund r
          WHERE r.community_id = $1 AND r.order_id = w.id AND r.state = 'settled') AS refunds
      FROM orders w LEFT JOIN (SELECT subject,
          sum(CASE WHEN kind = 'order_placed' THEN 1 ELSE 0 END) AS placed,
          sum(CASE WHEN kind = 'order_paid' THEN 1 ELSE 0 END) AS paid,
          sum(CASE WHEN kind = 'order_cancelled' THEN 1 ELSE 0 END) AS cancelled,
          sum(CASE WHEN kind = 'order_closed_unpaid' THEN 1 ELSE 0 END) AS closed,
          sum(CASE WHEN kind = 'refund_settled' THEN 1 ELSE 0 END) AS settled
        FROM fact WHERE community_id = $1 GROUP BY subject) f ON f.subject = w.id
      WHERE w.community_id = $1) o
    WHERE o.placed <> 1 OR o.settled <> o.refunds
      OR o.cancelled <> CASE WHEN o.state = 'cancelled' THEN 1 ELSE 0 END
      OR o.closed <> CASE WHEN o.state = 'closed_unpaid' THEN 1 ELSE 0 END
      OR o.paid <> CASE WHEN o.state IN ('awaiting_payment', 'cancelled', 'closed_unpaid')
        THEN 0 ELSE 1 END
    ORDER BY o.id LIMIT 20";

const LOOSE_FACTS: &str = "SELECT 'fact ' || f.id, f.kind || ' of ' || f.subject
    || ': there is no such order', count(*) OVER ()
    FROM fact f LEFT JOIN orders o ON o.community_id = f.community_id AND o.id = f.subject
    WHERE f.community_id = $1 AND o.id IS NULL
      AND f.kind IN ('order_placed', 'order_paid', 'order_cancelled', 'order_closed_unpaid')
    ORDER BY f.id LIMIT 20";
