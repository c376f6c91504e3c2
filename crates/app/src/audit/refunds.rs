//! I7: no line and no order gives back more than was taken for it, and all of it is in the journal.
use super::{Check, check};

pub(super) const CHECKS: [Check; 6] = [
    check(
        ("I7", "an order's refunds are what it counts, and no more than its total"),
        ORDERS,
        SUMS,
    ),
    check(("I7", "a line's refunds are what it counts"), LINES, LINE_SUMS),
    check(("I7", "a line given back whole says so"), LINES, WHOLE),
    check(("I7", "a refund is of its order's capture and the sum of its lines"), REFUNDS, SHAPE),
    check(("I7", "a refund stands in the journal, posted when it is settled"), REFUNDS, JOURNAL),
    check(("I7", "a line is refunded when its refunds are settled"), LINES, SETTLED),
];

const ORDERS: &str = "SELECT count(*) FROM orders WHERE community_id = $1";
const LINES: &str = "SELECT count(*) FROM order_line WHERE community_id = $1";
const REFUNDS: &str = "SELECT count(*) FROM refund WHERE community_id = $1";

/// What went back beside the lines is the delivery fee or less.
const SUMS: &str = "SELECT 'orders ' || o.id, 'refunded is ' || o.refunded || ' of ' || o.total
    || ', its refunds are ' || coalesce(f.amount, 0) || ', its lines count '
    || coalesce(l.amount, 0) || ', shipping is ' || o.shipping, count(*) OVER ()
    FROM orders o LEFT JOIN (SELECT order_id, sum(amount) AS amount FROM refund
      WHERE community_id = $1 GROUP BY order_id) f ON f.order_id = o.id
    LEFT JOIN (SELECT order_id, sum(refunded) AS amount FROM order_line
      WHERE community_id = $1 GROUP BY order_id) l ON l.order_id = o.id
    WHERE o.community_id = $1 AND (o.refunded <> coalesce(f.amount, 0) OR o.refunded > o.total
      OR o.refunded < coalesce(l.amount, 0) OR o.refunded - coalesce(l.amount, 0) > o.shipping)
    ORDER BY o.id LIMIT 20";

/// Before its row could say so, a refund worth nothing had none: only a line with fewer coins than
/// units can have given units back without one.
const LINE_SUMS: &str = "SELECT 'order_line ' || l.id, l.refunded_qty || ' units, ' || l.refunded
    || ' counted; its refunds are ' || coalesce(d.qty, 0) || ' units, ' || coalesce(d.amount, 0),
    count(*) OVER ()
    FROM order_line l LEFT JOIN (SELECT line_id, sum(qty) AS qty, sum(amount) AS amount
      FROM refund_line WHERE community_id = $1 GROUP BY line_id) d ON d.line_id = l.id
    WHERE l.community_id = $1 AND (l.refunded <> coalesce(d.amount, 0)
      OR l.refunded_qty < coalesce(d.qty, 0)
      OR (l.refunded_qty > coalesce(d.qty, 0) AND l.amount >= l.qty)
      OR l.refunded > l.amount OR l.refunded_qty > l.qty)
    ORDER BY l.id LIMIT 20";

const WHOLE: &str = "SELECT 'order_line ' || l.id, 'state is ' || l.state || ', ' || l.refunded_qty
    || ' of ' || l.qty || ' units and ' || l.refunded || ' of ' || l.amount || ' are given back',
    count(*) OVER ()
    FROM order_line l WHERE l.community_id = $1 AND (
      (l.state IN ('refunding', 'refunded')) <> (l.refunded_qty = l.qty)
      OR (l.refunded_qty = l.qty AND l.refunded <> l.amount)
      OR (l.refunded <> 0 AND l.refunded_qty = 0)
      OR (l.refunded_qty <> 0 AND l.state IN ('awaiting_payment', 'cancelled', 'closed_unpaid')))
    ORDER BY l.id LIMIT 20";

const SHAPE: &str = "SELECT 'refund ' || f.id, 'state is ' || f.state || ', amount ' || f.amount
    || ', its lines are ' || coalesce(d.amount, 0) || ', payment ' || f.payment_id || ' is '
    || coalesce(y.state, 'missing') || ', ended_at ' || coalesce(CAST(f.ended_at AS text), 'empty'),
    count(*) OVER ()
    FROM refund f LEFT JOIN (SELECT refund_id, sum(amount) AS amount, min(qty) AS fewest,
        min(amount) AS least FROM refund_line WHERE community_id = $1 GROUP BY refund_id) d
      ON d.refund_id = f.id
    LEFT JOIN payment y ON y.community_id = f.community_id AND y.id = f.payment_id
      AND y.order_id = f.order_id
    WHERE f.community_id = $1 AND (f.amount < coalesce(d.amount, 0) OR d.fewest < 1 OR d.least < 0
      OR y.state IS NULL OR y.state <> 'captured'
      OR f.state NOT IN ('waiting', 'by_hand', 'settled')
      OR (f.state = 'settled') <> (f.ended_at IS NOT NULL))
    ORDER BY f.id LIMIT 20";

const JOURNAL: &str = "SELECT 'refund ' || f.id, 'state is ' || f.state || ', amount ' || f.amount
    || ' less ' || f.wallet || '; the journal has '
    || coalesce(t.state || ' ' || t.event || ' of ' || t.amount || ' from '
    || t.debit || ' to ' || t.credit, 'nothing') || ', then ' || coalesce(r.state, 'nothing'),
    count(*) OVER ()
    FROM refund f LEFT JOIN payment y ON y.community_id = f.community_id AND y.id = f.payment_id
    LEFT JOIN transfer t ON t.community_id = f.community_id AND t.id = f.id AND t.part = 0
    LEFT JOIN transfer r ON r.community_id = f.community_id AND r.pending_id = f.id AND r.part = 0
    WHERE f.community_id = $1 AND CASE WHEN f.amount = f.wallet
      THEN t.id IS NOT NULL OR f.state <> 'settled' ELSE (t.id IS NULL OR t.state <> 'pending'
      OR t.event <> 'refund' OR t.amount <> f.amount - f.wallet OR t.cause <> f.order_id
      OR t.debit <> 'refunds' OR t.credit <> 'clearing:' || coalesce(y.provider, '')
      OR coalesce(r.state, '') <> CASE WHEN f.state = 'settled' THEN 'posted' ELSE '' END) END
    ORDER BY f.id LIMIT 20";

/// A line worth nothing may have been refunded without a refund once.
const SETTLED: &str = "SELECT 'order_line ' || l.id, 'state is ' || l.state || ', ' || l.open
    || ' of its refunds are not settled', count(*) OVER ()
    FROM (SELECT w.id, w.state, (SELECT count(*) FROM refund_line d
        JOIN refund f ON f.community_id = d.community_id AND f.id = d.refund_id
        WHERE d.community_id = $1 AND d.line_id = w.id AND f.state <> 'settled') AS open
      FROM order_line w WHERE w.community_id = $1 AND w.state IN ('refunding', 'refunded')) l
    WHERE (l.state = 'refunded') <> (l.open = 0)
    ORDER BY l.id LIMIT 20";
