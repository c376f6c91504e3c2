//! I6, the money's side, and I14: one capture an order, one use of a reference, and every sum that
//! arrived stands in the journal.
use super::{Check, Second, check};

pub(super) const CHECKS: [Check; 7] = [
    check(("I6", "a paid order has one capture of its total"), ORDERS, CAPTURED),
    check(("I6", "a provider's reference and a slip are used once"), PAYMENTS, ONCE),
    check(("I6", "a payment's fields fit its state"), PAYMENTS, FIELDS),
    check(("I6", "a capture stands in the journal"), PAYMENTS, CAPTURES),
    check(("I14", "money in suspense stands in the journal"), PAYMENTS, SUSPENDED),
    check(("I14", "money went back out of suspense once"), PAYMENTS, RETURNED),
    Check {
        name: ("I14", "nothing stays unexplained"),
        over: IN_SUSPENSE,
        broken: UNEXPLAINED,
        second: Second::Unexplained,
    },
];

const ORDERS: &str = "SELECT count(*) FROM orders WHERE community_id = $1";
const PAYMENTS: &str = "SELECT count(*) FROM payment WHERE community_id = $1";
const IN_SUSPENSE: &str = "SELECT count(*) FROM payment
    WHERE community_id = $1 AND state = 'suspense'";

const CAPTURED: &str = "SELECT 'orders ' || o.id, 'state is ' || o.state || ', total ' || o.total
    || ' less ' || o.wallet || ' by ' || o.provider || '; '
    || coalesce(y.n, 0) || ' captures of together '
    || coalesce(y.amount, 0) || ' by ' || coalesce(y.provider, 'nobody'), count(*) OVER ()
    FROM orders o LEFT JOIN (SELECT order_id, count(*) AS n, sum(amount) AS amount,
        min(provider) AS provider
      FROM payment WHERE community_id = $1 AND state = 'captured' GROUP BY order_id) y
      ON y.order_id = o.id
    WHERE o.community_id = $1 AND CASE
      WHEN o.state IN ('awaiting_payment', 'cancelled', 'closed_unpaid') THEN y.n IS NOT NULL
      ELSE y.n IS NULL OR y.n <> 1 OR y.amount <> o.total - o.wallet
        OR y.provider <> o.provider END
    ORDER BY o.id LIMIT 20";

const ONCE: &str = "SELECT 'payment ' || b.id, b.what || ' is used by ' || b.n || ' payments',
    count(*) OVER ()
    FROM (SELECT min(id) AS id, 'reference ' || provider || ' ' || reference AS what,
        count(*) AS n FROM payment WHERE community_id = $1 AND reference IS NOT NULL
      GROUP BY provider, reference HAVING count(*) > 1
    UNION ALL SELECT min(id), 'slip ' || slip, count(*) FROM payment
      WHERE community_id = $1 AND slip IS NOT NULL GROUP BY slip HAVING count(*) > 1) b
    ORDER BY b.id LIMIT 20";

const FIELDS: &str = "SELECT 'payment ' || y.id, 'state is ' || y.state || ', amount ' || y.amount
    || ' of ' || (o.total - o.wallet) || ' by ' || y.provider
    || ', reference ' || coalesce(y.reference, 'empty') || ', slip '
    || coalesce(y.slip, 'empty') || ', ended_at ' || coalesce(CAST(y.ended_at AS text), 'empty'),
    count(*) OVER ()
    FROM payment y JOIN orders o ON o.community_id = y.community_id AND o.id = y.order_id
    WHERE y.community_id = $1 AND NOT ((y.provider IN ('sandbox', 'manual')
      OR (y.provider = 'wallet' AND y.state = 'captured' AND o.total = o.wallet)) AND CASE y.state
      WHEN 'started' THEN y.reference IS NULL AND y.ended_at IS NULL
        AND y.amount = o.total - o.wallet
      WHEN 'proof_given' THEN y.reference IS NULL AND y.ended_at IS NULL AND y.slip IS NOT NULL
        AND y.amount = o.total - o.wallet
      WHEN 'failed' THEN y.reference IS NULL AND y.ended_at IS NOT NULL
        AND y.amount = o.total - o.wallet
      WHEN 'closed' THEN y.reference IS NULL AND y.ended_at IS NOT NULL
        AND y.amount = o.total - o.wallet
      WHEN 'captured' THEN y.reference IS NOT NULL AND y.ended_at IS NOT NULL
      WHEN 'suspense' THEN y.reference IS NOT NULL AND y.ended_at IS NOT NULL AND y.amount >= 0
      WHEN 'returned' THEN y.reference IS NOT NULL AND y.ended_at IS NOT NULL AND y.amount >= 0
      ELSE false END)
    ORDER BY y.id LIMIT 20";

/// A free order's capture moves nothing.
const CAPTURES: &str = "SELECT 'payment ' || y.id, 'captured ' || y.amount || ' by ' || y.provider
    || '; the journal has ' || coalesce(t.state || ' ' || t.event || ' of ' || t.amount || ' from '
    || t.debit || ' to ' || t.credit, 'nothing'), count(*) OVER ()
    FROM payment y LEFT JOIN transfer t ON t.community_id = y.community_id AND t.id = y.id
      AND t.part = 0
    WHERE y.community_id = $1 AND y.state = 'captured' AND CASE WHEN t.id IS NULL
      THEN y.amount <> 0 ELSE t.amount <> y.amount OR t.event <> 'capture' OR t.state <> 'posted'
        OR t.debit <> 'clearing:' || y.provider OR t.credit <> 'receivable'
        OR t.cause <> y.order_id END
    ORDER BY y.id LIMIT 20";

const SUSPENDED: &str = "SELECT 'payment ' || y.id, y.state || ' ' || y.amount || ' by '
    || y.provider || '; the journal has ' || coalesce(t.state || ' ' || t.event || ' of '
    || t.amount || ' from ' || t.debit || ' to ' || t.credit, 'nothing'), count(*) OVER ()
    FROM payment y LEFT JOIN transfer t ON t.community_id = y.community_id AND t.id = y.id
      AND t.part = 0
    WHERE y.community_id = $1 AND y.state IN ('suspense', 'returned') AND CASE WHEN t.id IS NULL
      THEN y.amount <> 0 ELSE t.amount <> y.amount OR t.event <> 'suspense_in'
        OR t.state <> 'posted' OR t.debit <> 'clearing:' || y.provider OR t.credit <> 'suspense'
        OR t.cause <> y.id END
    ORDER BY y.id LIMIT 20";

const RETURNED: &str = "SELECT 'payment ' || y.id, 'state is ' || y.state || ', amount '
    || y.amount || '; ' || y.n || ' transfers of together ' || y.out || ' went back',
    count(*) OVER ()
    FROM (SELECT p.id, p.state, p.amount, count(t.id) AS n, coalesce(sum(t.amount), 0) AS out,
        coalesce(sum(CASE WHEN t.credit <> 'clearing:' || p.provider THEN 1 ELSE 0 END), 0)
          AS elsewhere
      FROM payment p LEFT JOIN transfer t ON t.community_id = p.community_id AND t.cause = p.id
        AND t.event = 'suspense_out'
      WHERE p.community_id = $1 AND p.state IN ('suspense', 'returned')
      GROUP BY p.id, p.state, p.amount) y
    WHERE y.elsewhere <> 0
      OR y.n <> CASE WHEN y.state = 'returned' AND y.amount > 0 THEN 1 ELSE 0 END
      OR y.out <> CASE WHEN y.state = 'returned' THEN y.amount ELSE 0 END
    ORDER BY y.id LIMIT 20";

const UNEXPLAINED: &str = "SELECT 'payment ' || y.id, y.amount || ' in suspense since '
    || coalesce(y.ended_at, y.started_at), count(*) OVER ()
    FROM payment y WHERE y.community_id = $1 AND y.state = 'suspense'
      AND coalesce(y.ended_at, y.started_at) < $2
    ORDER BY y.id LIMIT 20";
