//! I6, the order's side: sums, states, and the receivable that follows them.
use super::{Check, check};

pub(super) const CHECKS: [Check; 9] = [
    check(("I6", "an order is the sum of its lines and shipping"), ORDERS, SUMS),
    check(("I6", "a line is price times quantity"), LINES, AMOUNTS),
    check(("I6", "an order's state follows from its lines"), ORDERS, STATES),
    check(("I6", "a line's state fits its order"), LINES, LINE_STATES),
    check(("I6", "what a paid, unpaid or ended order says of its times"), ORDERS, TIMES),
    check(("I6", "an order's receivable is what it costs"), ORDERS, DUE),
    check(("I6", "the receivable of a paid order is posted, of a dead one voided"), ORDERS, ENDS),
    check(("I10", "goods that wait at a pick-up point have a code of their own"), ORDERS, CODES),
    check(("rows", "a line, parcel or payment has its order"), LINES, PARENTS),
];

const ORDERS: &str = "SELECT count(*) FROM orders WHERE community_id = $1";
const LINES: &str = "SELECT count(*) FROM order_line WHERE community_id = $1";

const SUMS: &str = "SELECT 'orders ' || o.id, 'total is ' || o.total || ', goods ' || o.goods
    || ', shipping ' || o.shipping || '; its lines add up to '
    || coalesce(CAST(l.amount AS text), 'nothing'), count(*) OVER ()
    FROM orders o LEFT JOIN (SELECT order_id, sum(amount) AS amount,
        sum(discount) AS discount, sum(points_off) AS points_off FROM order_line
      WHERE community_id = $1 GROUP BY order_id) l ON l.order_id = o.id
    WHERE o.community_id = $1 AND (l.amount IS NULL OR o.goods <> l.amount
      OR o.discount <> l.discount OR o.points_off <> l.points_off
      OR o.total <> o.goods + o.shipping OR o.goods < 0
      OR o.shipping < 0)
    ORDER BY o.id LIMIT 20";

const AMOUNTS: &str = "SELECT 'order_line ' || l.id, 'amount is ' || l.amount || ', ' || l.qty
    || ' at ' || l.unit_price || ' less ' || l.discount || ' and ' || l.points_off,
    count(*) OVER ()
    FROM order_line l WHERE l.community_id = $1
      AND (l.amount <> l.unit_price * l.qty - l.discount - l.points_off
        OR l.discount < 0 OR l.points_off < 0
        OR l.qty < 1 OR l.unit_price < 0)
    ORDER BY l.id LIMIT 20";

/// The least advanced line that is still alive speaks for the order.
const STATES: &str = "SELECT 'orders ' || o.id, 'state is ' || o.state || ', the lines make it '
    || CASE l.rank WHEN 0 THEN 'awaiting_payment' WHEN 1 THEN 'awaiting_group'
      WHEN 2 THEN 'awaiting_goal' WHEN 3 THEN 'to_fulfil' WHEN 4 THEN 'ready_for_pickup'
      WHEN 5 THEN 'shipped' WHEN 6 THEN 'received' WHEN 7 THEN 'completed'
      WHEN 8 THEN 'refunding' WHEN 9 THEN 'refunded' WHEN 10 THEN 'cancelled'
      WHEN 11 THEN 'closed_unpaid'
      ELSE 'nothing known' END,
    count(*) OVER ()
    FROM orders o LEFT JOIN (SELECT order_id, min(CASE state WHEN 'awaiting_payment' THEN 0
        WHEN 'awaiting_group' THEN 1 WHEN 'awaiting_goal' THEN 2 WHEN 'to_fulfil' THEN 3
        WHEN 'ready_for_pickup' THEN 4 WHEN 'shipped' THEN 5 WHEN 'received' THEN 6
        WHEN 'completed' THEN 7 WHEN 'refunding' THEN 8 WHEN 'refunded' THEN 9
        WHEN 'cancelled' THEN 10 WHEN 'closed_unpaid' THEN 11 ELSE -1 END) AS rank
      FROM order_line WHERE community_id = $1 GROUP BY order_id) l ON l.order_id = o.id
    WHERE o.community_id = $1 AND o.state <> CASE coalesce(l.rank, 11)
      WHEN 0 THEN 'awaiting_payment' WHEN 1 THEN 'awaiting_group' WHEN 2 THEN 'awaiting_goal'
      WHEN 3 THEN 'to_fulfil' WHEN 4 THEN 'ready_for_pickup' WHEN 5 THEN 'shipped'
      WHEN 6 THEN 'received' WHEN 7 THEN 'completed' WHEN 8 THEN 'refunding'
      WHEN 9 THEN 'refunded' WHEN 10 THEN 'cancelled' WHEN 11 THEN 'closed_unpaid' ELSE '' END
    ORDER BY o.id LIMIT 20";

/// Lines are paid or cancelled together; only sent goods are on their way.
const LINE_STATES: &str = "SELECT 'order_line ' || l.id, 'state is ' || l.state || ', its order '
    || o.id || ' is ' || o.state || ' (' || o.delivery || ')', count(*) OVER ()
    FROM order_line l JOIN orders o ON o.community_id = l.community_id AND o.id = l.order_id
    WHERE l.community_id = $1 AND NOT (
      (l.state = o.state AND o.state IN ('awaiting_payment', 'cancelled', 'closed_unpaid'))
      OR (o.state NOT IN ('awaiting_payment', 'cancelled', 'closed_unpaid')
        AND (l.state IN ('awaiting_group', 'awaiting_goal', 'to_fulfil', 'refunding', 'refunded')
          OR (l.state = 'shipped' AND o.delivery = 'ship')
          OR (l.state = 'ready_for_pickup' AND o.delivery = 'pickup')
          OR (l.state IN ('received', 'completed') AND l.received_at IS NOT NULL)))
      ) ORDER BY l.id LIMIT 20";

const TIMES: &str = "SELECT 'orders ' || o.id, 'state is ' || o.state || ', paid_at '
    || coalesce(CAST(o.paid_at AS text), 'empty') || ', ended_at '
    || coalesce(CAST(o.ended_at AS text), 'empty'), count(*) OVER ()
    FROM orders o WHERE o.community_id = $1 AND (
      (o.paid_at IS NULL) <> (o.state IN ('awaiting_payment', 'cancelled', 'closed_unpaid'))
      OR (o.ended_at IS NULL
        AND o.state IN ('completed', 'refunded', 'cancelled', 'closed_unpaid'))
      OR (o.ended_at IS NOT NULL AND o.state IN ('awaiting_payment', 'awaiting_group',
        'awaiting_goal', 'to_fulfil', 'shipped', 'ready_for_pickup', 'received')))
    ORDER BY o.id LIMIT 20";

const DUE: &str = "SELECT 'orders ' || o.id, 'goods are ' || o.goods || ', shipping ' || o.shipping
    || '; pending receivable ' || coalesce(d.goods, 0) || ' and ' || coalesce(d.shipping, 0),
    count(*) OVER ()
    FROM orders o LEFT JOIN (SELECT id, sum(CASE WHEN credit = 'sales' THEN amount ELSE 0 END)
        AS goods, sum(CASE WHEN credit = 'shipping_income' THEN amount ELSE 0 END) AS shipping
      FROM transfer WHERE community_id = $1 AND event = 'order_due' AND state = 'pending'
      GROUP BY id) d ON d.id = o.id
    WHERE o.community_id = $1
      AND (coalesce(d.goods, 0) <> o.goods OR coalesce(d.shipping, 0) <> o.shipping)
    ORDER BY o.id LIMIT 20";

/// A free order has no parts to post or void.
const ENDS: &str = "SELECT 'orders ' || o.id, 'state is ' || o.state || ', of ' || o.parts
    || ' parts of its receivable ' || o.posted || ' are posted and ' || o.voided || ' voided',
    count(*) OVER ()
    FROM (SELECT w.id, w.state, (CASE WHEN w.goods > 0 THEN 1 ELSE 0 END)
        + (CASE WHEN w.shipping > 0 THEN 1 ELSE 0 END) AS parts,
        coalesce(r.posted, 0) AS posted, coalesce(r.voided, 0) AS voided
      FROM orders w LEFT JOIN (SELECT pending_id,
          sum(CASE WHEN state = 'posted' THEN 1 ELSE 0 END) AS posted,
          sum(CASE WHEN state = 'voided' THEN 1 ELSE 0 END) AS voided
        FROM transfer WHERE community_id = $1 AND event = 'order_due' AND pending_id IS NOT NULL
        GROUP BY pending_id) r ON r.pending_id = w.id
      WHERE w.community_id = $1) o
    WHERE o.posted <> CASE WHEN o.state IN ('awaiting_payment', 'cancelled', 'closed_unpaid')
        THEN 0 ELSE o.parts END
      OR o.voided <> CASE WHEN o.state IN ('cancelled', 'closed_unpaid') THEN o.parts ELSE 0 END
    ORDER BY o.id LIMIT 20";

const CODES: &str = "SELECT 'orders ' || o.id, 'its code is ''' || o.pickup_code || ''', which '
    || o.others || ' other open orders have', count(*) OVER ()
    FROM (SELECT w.id, w.pickup_code, (SELECT count(*) FROM orders x WHERE x.community_id = $1
          AND x.pickup_code = w.pickup_code AND x.pickup_code <> '' AND x.ended_at IS NULL
          AND x.id <> w.id AND w.ended_at IS NULL) AS others,
        (SELECT count(*) FROM order_line l WHERE l.community_id = $1 AND l.order_id = w.id
          AND l.state = 'ready_for_pickup') AS ready
      FROM orders w WHERE w.community_id = $1) o
    WHERE o.others > 0 OR (o.ready > 0 AND o.pickup_code = '')
    ORDER BY o.id LIMIT 20";

const PARENTS: &str = "SELECT b.t || ' ' || b.id, b.p || ' ' || b.parent || ' does not fit or is
    missing', count(*) OVER ()
    FROM (SELECT 'order_line' AS t, l.id, 'orders' AS p, l.order_id AS parent FROM order_line l
      LEFT JOIN orders o ON o.community_id = l.community_id AND o.id = l.order_id
      WHERE l.community_id = $1 AND (o.id IS NULL OR o.member_id <> l.member_id)
    UNION ALL SELECT 'order_line', l.id, 'variant', l.variant_id FROM order_line l
      LEFT JOIN variant v ON v.community_id = l.community_id AND v.id = l.variant_id
      WHERE l.community_id = $1 AND (v.id IS NULL OR v.product_id <> l.product_id)
    UNION ALL SELECT 'payment', y.id, 'orders', y.order_id FROM payment y
      LEFT JOIN orders o ON o.community_id = y.community_id AND o.id = y.order_id
      WHERE y.community_id = $1 AND o.id IS NULL
    UNION ALL SELECT 'refund', f.id, 'orders', f.order_id FROM refund f
      LEFT JOIN orders o ON o.community_id = f.community_id AND o.id = f.order_id
      WHERE f.community_id = $1 AND o.id IS NULL
    UNION ALL SELECT 'refund_line of refund', d.refund_id, 'order_line', d.line_id
      FROM refund_line d
      LEFT JOIN refund f ON f.community_id = d.community_id AND f.id = d.refund_id
      LEFT JOIN order_line l ON l.community_id = d.community_id AND l.id = d.line_id
      WHERE d.community_id = $1 AND (f.id IS NULL OR l.id IS NULL OR l.order_id <> f.order_id)
    UNION ALL SELECT 'parcel', q.id, 'orders', q.order_id FROM parcel q
      LEFT JOIN orders o ON o.community_id = q.community_id AND o.id = q.order_id
      WHERE q.community_id = $1 AND (o.id IS NULL OR o.delivery <> 'ship')
    UNION ALL SELECT 'orders', o.id, 'member', o.member_id FROM orders o
      LEFT JOIN member m ON m.community_id = o.community_id AND m.id = o.member_id
      WHERE o.community_id = $1 AND m.id IS NULL
    UNION ALL SELECT 'variant', v.id, 'product', v.product_id FROM variant v
      LEFT JOIN product d ON d.community_id = v.community_id AND d.id = v.product_id
      WHERE v.community_id = $1 AND d.id IS NULL
    UNION ALL SELECT 'stock_change', s.id, 'variant', s.variant_id FROM stock_change s
      LEFT JOIN variant v ON v.community_id = s.community_id AND v.id = s.variant_id
      WHERE s.community_id = $1 AND v.id IS NULL
    ) b ORDER BY 1 LIMIT 20";
