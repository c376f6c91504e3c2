//! Chain orders: what a list says of its orders is what they are, numbers have no gaps, and what
//! ended is served whole.
use super::{Check, check};

pub(super) const CHECKS: [Check; 10] = [
    check(("chains", "a list has taken what its orders keep"), OFFERS, TAKEN),
    check(("chains", "a chain order has raised what its paid orders keep"), CHAINS, RAISED),
    check(("chains", "running numbers have no gaps and no doubles"), CHAINS, NUMBERS),
    check(("chains", "an order's place on a list fits the order"), PLACES, ORDERS),
    check(("chains", "a chain order's state fits its orders"), CHAINS, STATES),
    check(("chains", "lines wait for a minimum as long as their list does"), PLACES, WAITING),
    check(("chains", "an open list will be closed, a closed one is served"), CHAINS, JOBS),
    check(("chains", "what was handed out is received, what was taken back is not"), HANDED, GIVEN),
    check(("chains", "a leader's cash is a payment that leader confirmed"), CASH, TAKEN_CASH),
    check(("chains", "an order entered for a buyer is paid in cash"), PLACES, ENTERED),
];

const CHAINS: &str = "SELECT count(*) FROM chain_order WHERE community_id = $1";
const OFFERS: &str = "SELECT count(*) FROM chain_offer WHERE community_id = $1";
const PLACES: &str = "SELECT count(*) FROM chain_place WHERE community_id = $1";

const HANDED: &str = "SELECT count(*) FROM hand_out WHERE community_id = $1";
const CASH: &str = "SELECT count(*) FROM leader_cash WHERE community_id = $1";

const TAKEN: &str = "SELECT 'chain_offer ' || f.campaign_id || ' of variant ' || f.variant_id,
    f.taken || ' of ' || f.most || ' are taken; the orders keep ' || coalesce(s.n, 0),
    count(*) OVER ()
    FROM chain_offer f LEFT JOIN (SELECT p.campaign_id, l.variant_id,
        sum(l.qty - l.refunded_qty) AS n FROM chain_place p
      JOIN order_line l ON l.community_id = p.community_id AND l.order_id = p.order_id
      WHERE p.community_id = $1 AND l.state NOT IN ('cancelled', 'closed_unpaid')
      GROUP BY p.campaign_id, l.variant_id) s
      ON s.campaign_id = f.campaign_id AND s.variant_id = f.variant_id
    WHERE f.community_id = $1 AND (f.taken <> coalesce(s.n, 0)
      OR (f.most > 0 AND f.taken > f.most))
    ORDER BY f.campaign_id, f.variant_id LIMIT 20";

const RAISED: &str = "SELECT 'chain_order ' || h.campaign_id, 'it raised ' || h.raised
    || '; its paid orders keep ' || coalesce(s.n, 0), count(*) OVER ()
    FROM chain_order h LEFT JOIN (SELECT p.campaign_id, sum(l.amount - l.refunded) AS n
      FROM chain_place p
      JOIN order_line l ON l.community_id = p.community_id AND l.order_id = p.order_id
      WHERE p.community_id = $1 AND p.number > 0 GROUP BY p.campaign_id) s
      ON s.campaign_id = h.campaign_id
    WHERE h.community_id = $1 AND h.raised <> coalesce(s.n, 0)
    ORDER BY h.campaign_id LIMIT 20";

const NUMBERS: &str = "SELECT 'chain_order ' || h.campaign_id, 'the last number is '
    || coalesce(k.last_number, -1) || '; ' || coalesce(s.n, 0) || ' orders have '
    || coalesce(s.d, 0) || ' numbers up to ' || coalesce(s.last, 0), count(*) OVER ()
    FROM chain_order h LEFT JOIN campaign k ON k.community_id = h.community_id
      AND k.id = h.campaign_id AND k.kind = 'chain_order'
    LEFT JOIN (SELECT campaign_id, count(*) AS n, count(DISTINCT number) AS d,
        max(number) AS last FROM chain_place WHERE community_id = $1 AND number > 0
      GROUP BY campaign_id) s ON s.campaign_id = h.campaign_id
    WHERE h.community_id = $1 AND (k.last_number IS NULL OR k.last_number <> coalesce(s.n, 0)
      OR coalesce(s.n, 0) <> coalesce(s.d, 0) OR coalesce(s.n, 0) <> coalesce(s.last, 0))
    ORDER BY h.campaign_id LIMIT 20";

/// An unpaid order never outlives the cut-off.
const ORDERS: &str = "SELECT 'chain_place of order ' || p.order_id, 'it is ' || p.state
    || ', number ' || p.number || '; its order is ' || coalesce(o.state, 'missing')
    || ' until ' || coalesce(CAST(o.pay_until AS text), '?'), count(*) OVER ()
    FROM chain_place p LEFT JOIN orders o ON o.community_id = p.community_id
      AND o.id = p.order_id AND o.member_id = p.member_id
    LEFT JOIN campaign k ON k.community_id = p.community_id AND k.id = p.campaign_id
      AND k.group_id = o.group_id
    WHERE p.community_id = $1 AND (o.id IS NULL OR k.id IS NULL OR NOT CASE p.state
      WHEN 'held' THEN o.state = 'awaiting_payment' AND p.number = 0 AND o.pay_until <= k.ends_at
      WHEN 'released' THEN o.state IN ('cancelled', 'closed_unpaid') AND p.number = 0
      WHEN 'confirmed' THEN o.state NOT IN ('awaiting_payment', 'cancelled', 'closed_unpaid')
        AND p.number > 0
      WHEN 'left' THEN o.state IN ('refunding', 'refunded') AND p.number > 0
      WHEN 'refunding' THEN o.state IN ('refunding', 'refunded') AND p.number > 0
      WHEN 'refunded' THEN o.state IN ('refunding', 'refunded') AND p.number > 0
      ELSE false END)
    ORDER BY p.order_id LIMIT 20";

/// Finished is all served with goods, or all refunded; never some of each.
const STATES: &str = "SELECT 'chain_order ' || h.campaign_id, 'it is ' || h.state || ' with '
    || h.raised || ' of ' || h.minimum || ' and ' || h.unsettled || ' unsettled; '
    || coalesce(s.kept, 0) || ' orders are kept, ' || coalesce(s.going, 0)
    || ' being refunded, ' || coalesce(s.back, 0) || ' refunded', count(*) OVER ()
    FROM chain_order h LEFT JOIN (SELECT campaign_id,
        sum(CASE WHEN state = 'confirmed' THEN 1 ELSE 0 END) AS kept,
        sum(CASE WHEN state = 'refunding' THEN 1 ELSE 0 END) AS going,
        sum(CASE WHEN state = 'refunded' THEN 1 ELSE 0 END) AS back
      FROM chain_place WHERE community_id = $1 GROUP BY campaign_id) s
      ON s.campaign_id = h.campaign_id
    WHERE h.community_id = $1 AND NOT CASE h.state
      WHEN 'open' THEN h.ended_at IS NULL AND h.unsettled = 0 AND coalesce(s.going, 0) = 0
        AND coalesce(s.back, 0) = 0
      WHEN 'standing' THEN h.ended_at IS NOT NULL AND h.unsettled = 0
        AND coalesce(s.going, 0) = 0 AND coalesce(s.back, 0) = 0
      WHEN 'failing' THEN h.ended_at IS NOT NULL AND h.raised < h.minimum AND h.unsettled > 0
        AND h.unsettled = coalesce(s.kept, 0) + coalesce(s.going, 0)
      WHEN 'failed' THEN h.ended_at IS NOT NULL AND h.raised < h.minimum AND h.unsettled = 0
        AND coalesce(s.kept, 0) = 0 AND coalesce(s.going, 0) = 0
      ELSE false END
    ORDER BY h.campaign_id LIMIT 20";

const WAITING: &str = "SELECT 'order_line ' || l.id, 'it waits for a minimum; the place of order '
    || l.order_id || ' is ' || coalesce(p.state, 'missing') || ', the list asks for '
    || coalesce(h.minimum, 0), count(*) OVER ()
    FROM order_line l LEFT JOIN chain_place p ON p.community_id = l.community_id
      AND p.order_id = l.order_id
    LEFT JOIN chain_order h ON h.community_id = p.community_id AND h.campaign_id = p.campaign_id
    WHERE l.community_id = $1 AND l.state = 'awaiting_goal'
      AND (p.state IS NULL OR p.state <> 'confirmed' OR h.minimum IS NULL OR h.minimum = 0)
    ORDER BY l.id LIMIT 20";

const JOBS: &str = "SELECT b.row, b.says, count(*) OVER ()
    FROM (SELECT h.campaign_id AS id, 'chain_order ' || h.campaign_id AS row,
        'it is open until ' || k.ends_at || '; its end_chain job is '
        || coalesce(j.state || ', due ' || j.due_at, 'missing') AS says
      FROM chain_order h JOIN campaign k ON k.community_id = h.community_id
        AND k.id = h.campaign_id
      LEFT JOIN job j ON j.community_id = h.community_id AND j.kind = 'end_chain'
        AND j.subject = h.campaign_id
      WHERE h.community_id = $1 AND h.state = 'open'
        AND (j.state IS NULL OR j.state <> 'waiting' OR j.due_at < k.ends_at)
    UNION ALL SELECT l.id, 'order_line ' || l.id, 'its list is ' || h.state
        || ' and it waits still; the settle_chain job of order ' || l.order_id || ' is '
        || coalesce(j.state, 'missing')
      FROM order_line l JOIN chain_place p ON p.community_id = l.community_id
        AND p.order_id = l.order_id
      JOIN chain_order h ON h.community_id = p.community_id AND h.campaign_id = p.campaign_id
      LEFT JOIN job j ON j.community_id = l.community_id AND j.kind = 'settle_chain'
        AND j.subject = l.order_id
      WHERE l.community_id = $1 AND l.state = 'awaiting_goal' AND h.state <> 'open'
        AND (j.state IS NULL OR j.state <> 'waiting')) b
    ORDER BY b.id LIMIT 20";

const GIVEN: &str = "SELECT 'hand_out ' || h.id, 'it gave ' || h.lines || ' lines of order '
    || h.order_id || ' at ' || h.at || CASE WHEN h.undone_at IS NULL THEN ''
      ELSE ' and was taken back' END || '; ' || h.n || ' were received then', count(*) OVER ()
    FROM (SELECT x.*, (SELECT count(*) FROM order_line l WHERE l.community_id = x.community_id
        AND l.order_id = x.order_id AND l.received_at = x.at
        AND l.state IN ('received', 'completed', 'refunding', 'refunded')) AS n
      FROM hand_out x WHERE x.community_id = $1) h
    WHERE h.n <> CASE WHEN h.undone_at IS NULL THEN h.lines ELSE 0 END
    ORDER BY h.id LIMIT 20";

const TAKEN_CASH: &str = "SELECT 'leader_cash of payment ' || x.payment_id, x.amount
    || ' taken by ' || x.leader_id || '; the payment is ' || coalesce(y.state || ' by '
    || y.provider || ', ' || y.amount || ', confirmed by ' || coalesce(y.confirmed_by, 0),
      'missing'), count(*) OVER ()
    FROM leader_cash x LEFT JOIN payment y ON y.community_id = x.community_id
      AND y.id = x.payment_id AND y.order_id = x.order_id
    WHERE x.community_id = $1 AND (y.id IS NULL OR y.state <> 'captured'
      OR y.provider <> 'manual' OR y.amount <> x.amount OR y.confirmed_by IS NULL
      OR y.confirmed_by <> x.leader_id OR (x.handed_at IS NULL) <> (x.taken_by IS NULL))
    ORDER BY x.payment_id LIMIT 20";

const ENTERED: &str = "SELECT 'chain_place of order ' || p.order_id, 'member ' || p.by_member
    || ' entered it; no cash of theirs is written down', count(*) OVER ()
    FROM chain_place p LEFT JOIN leader_cash x ON x.community_id = p.community_id
      AND x.order_id = p.order_id AND x.leader_id = p.by_member
    WHERE p.community_id = $1 AND p.by_member IS NOT NULL AND x.payment_id IS NULL
    ORDER BY p.order_id LIMIT 20";
