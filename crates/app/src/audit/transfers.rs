//! I1: every group of transfers is whole, moves the accounts its event may move, is resolved at
//! most once and exactly as it was reserved, and has the row that caused it.
use super::{Check, check};

pub(super) const CHECKS: [Check; 5] = [
    check(("I1", "transfers move known accounts, as their event may"), TRANSFERS, ROUTES),
    check(("I1", "the parts of a group agree"), TRANSFERS, PARTS),
    check(("I1", "posted and voided parts mirror their pending part"), RESOLVING, MIRRORS),
    check(("I1", "a group is resolved once and whole"), RESOLVING, RESOLVED),
    check(("I1", "every group has its cause"), TRANSFERS, CAUSES),
];

const TRANSFERS: &str = "SELECT count(*) FROM transfer WHERE community_id = $1";
const RESOLVING: &str = "SELECT count(*) FROM transfer
    WHERE community_id = $1 AND pending_id IS NOT NULL";

/// Buyers owe, pay and are paid back; only what is owed or paid back is pending first.
const ROUTES: &str = "SELECT 'transfer ' || t.id || ' part ' || t.part, t.state || ' ' || t.event
    || ' of ' || t.amount || ' from ' || t.debit || ' to ' || t.credit || ', resolving '
    || coalesce(CAST(t.pending_id AS text), 'nothing'), count(*) OVER ()
    FROM transfer t WHERE t.community_id = $1 AND NOT (t.amount > 0 AND (
      (t.event = 'order_due' AND t.debit = 'receivable' AND t.credit IN ('sales', 'shipping_income')
        AND (t.state = 'pending') = (t.pending_id IS NULL))
      OR (t.event = 'capture' AND t.debit IN ('clearing:sandbox', 'clearing:manual')
        AND t.credit = 'receivable' AND t.pending_id IS NULL AND t.state = 'posted')
      OR (t.event = 'refund' AND t.debit = 'refunds'
        AND t.credit IN ('clearing:sandbox', 'clearing:manual')
        AND (t.state = 'pending') = (t.pending_id IS NULL))
      OR (t.event = 'suspense_in' AND t.debit IN ('clearing:sandbox', 'clearing:manual')
        AND t.credit = 'suspense' AND t.pending_id IS NULL AND t.state = 'posted')
      OR (t.event = 'suspense_out' AND t.debit = 'suspense'
        AND t.credit IN ('clearing:sandbox', 'clearing:manual')
        AND t.pending_id IS NULL AND t.state = 'posted')
      OR (t.event = 'packet_funded' AND t.debit = 'promotion'
        AND t.credit = 'redpacket:' || t.cause AND t.pending_id IS NULL AND t.state = 'posted')
      OR (t.event = 'packet_taken' AND t.debit = 'redpacket:' || t.cause
        AND t.credit LIKE 'wallet:%:red_packet' AND t.pending_id IS NULL AND t.state = 'posted')
      OR (t.event = 'packet_returned' AND t.debit = 'redpacket:' || t.cause
        AND t.credit = 'promotion' AND t.pending_id IS NULL AND t.state = 'posted')
      OR (t.pending_id IS NULL AND t.state = 'posted' AND CASE t.event
        WHEN 'commission_earned' THEN t.debit = 'commission_cost'
          AND t.credit LIKE 'commission:%:pending'
        WHEN 'commission_frozen' THEN t.debit LIKE 'commission:%:pending'
          AND t.credit LIKE 'commission:%:frozen'
        WHEN 'commission_thawed' THEN t.debit LIKE 'commission:%:frozen'
          AND t.credit LIKE 'commission:%:pending'
        WHEN 'commission_available' THEN t.debit LIKE 'commission:%:frozen'
          AND (t.credit LIKE 'wallet:%:commission' OR t.credit LIKE 'commission_debt:%')
        WHEN 'commission_taken_back' THEN t.credit = 'commission_cost'
          AND (t.debit LIKE 'commission:%:pending' OR t.debit LIKE 'commission:%:frozen'
            OR t.debit LIKE 'wallet:%:commission' OR t.debit LIKE 'commission_debt:%')
        WHEN 'service_earned' THEN t.debit = 'service_cost' AND t.credit LIKE 'service:%'
        WHEN 'service_available' THEN t.debit LIKE 'service:%'
          AND (t.credit LIKE 'wallet:%:commission' OR t.credit LIKE 'commission_debt:%')
        WHEN 'service_taken_back' THEN t.credit = 'service_cost' AND (t.debit LIKE 'service:%'
          OR t.debit LIKE 'wallet:%:commission' OR t.debit LIKE 'commission_debt:%')
        WHEN 'points_settled' THEN t.debit LIKE 'points:%' AND t.credit LIKE 'points_debt:%'
        WHEN 'points_expired' THEN t.debit LIKE 'points:%' AND t.credit = 'points_issued'
        WHEN 'points_taken_back' THEN t.credit = 'points_issued'
          AND (t.debit LIKE 'points:%' OR t.debit LIKE 'points_debt:%')
        WHEN 'points_corrected' THEN (t.debit LIKE 'points:%' AND t.credit = 'points_issued')
          OR (t.debit = 'points_issued'
            AND (t.credit LIKE 'points:%' OR t.credit LIKE 'points_debt:%'))
        ELSE t.event IN ('points_earned', 'points_returned') AND t.debit = 'points_issued'
          AND (t.credit LIKE 'points:%' OR t.credit LIKE 'points_debt:%') END)
      OR (t.event = 'points_spent' AND t.debit LIKE 'points:%' AND t.credit = 'points_issued'
        AND (t.state = 'pending') = (t.pending_id IS NULL))
      OR (t.event = 'wallet_paid' AND t.debit LIKE 'wallet:%:%' AND t.credit = 'receivable'
        AND (t.state = 'pending') = (t.pending_id IS NULL))
      OR (t.event = 'wallet_refund' AND t.debit = 'refunds' AND t.credit LIKE 'wallet:%:%'
        AND t.pending_id IS NULL AND t.state = 'posted')
      OR (t.event = 'payout' AND t.debit LIKE 'wallet:%:commission'
        AND t.credit IN ('payout:manual', 'fees')
        AND (t.state = 'pending') = (t.pending_id IS NULL)))
      AND t.state IN ('pending', 'posted', 'voided'))
    ORDER BY t.id, t.part LIMIT 20";

const PARTS: &str = "SELECT 'transfer ' || g.id, g.n || ' parts, numbered ' || g.first || ' to '
    || g.last || ', with ' || g.kinds || ' different headings', count(*) OVER ()
    FROM (SELECT id, count(*) AS n, min(part) AS first, max(part) AS last,
        count(DISTINCT state || ' ' || event || ' ' || cause || ' ' || at || ' '
          || coalesce(pending_id, 0)) AS kinds,
        count(DISTINCT debit || ' ' || credit) AS routes, min(event) AS event
      FROM transfer WHERE community_id = $1 GROUP BY id) g
    WHERE g.first <> 0 OR g.last <> g.n - 1 OR g.kinds <> 1 OR g.routes <> g.n
      OR (g.n > 1 AND g.event NOT IN ('order_due', 'wallet_paid', 'wallet_refund',
        'commission_available', 'commission_taken_back', 'service_available',
        'service_taken_back', 'payout', 'points_earned', 'points_returned', 'points_taken_back',
        'points_corrected'))
    ORDER BY g.id LIMIT 20";

const MIRRORS: &str = "SELECT 'transfer ' || r.id || ' part ' || r.part,
    r.state || ' ' || r.event || ' ' || r.cause || ': ' || r.amount || ' from ' || r.debit || ' to '
    || r.credit || '; it resolves ' || coalesce(p.state || ' ' || p.event || ' ' || p.cause || ': '
    || p.amount || ' from ' || p.debit || ' to ' || p.credit,
      'transfer ' || r.pending_id || ', of which there is no such part'), count(*) OVER ()
    FROM transfer r LEFT JOIN transfer p ON p.community_id = r.community_id
      AND p.id = r.pending_id AND p.part = r.part
    WHERE r.community_id = $1 AND r.pending_id IS NOT NULL AND (p.id IS NULL
      OR p.state <> 'pending' OR p.debit <> r.debit OR p.credit <> r.credit
      OR p.amount <> r.amount OR p.event <> r.event OR p.cause <> r.cause)
    ORDER BY r.id, r.part LIMIT 20";

/// One group resolves all parts of another, one way.
const RESOLVED: &str = "SELECT 'transfer ' || g.pending_id, g.n || ' of its ' || g.parts
    || ' parts are resolved, by ' || g.groups || ' groups, ' || g.ways || ' ways',
    count(*) OVER ()
    FROM (SELECT r.pending_id, count(*) AS n, count(DISTINCT r.id) AS groups,
        count(DISTINCT r.state) AS ways, (SELECT count(*) FROM transfer p
          WHERE p.community_id = $1 AND p.id = r.pending_id) AS parts
      FROM transfer r WHERE r.community_id = $1 AND r.pending_id IS NOT NULL
      GROUP BY r.pending_id) g
    WHERE g.n <> g.parts OR g.groups <> 1 OR g.ways <> 1
    ORDER BY g.pending_id LIMIT 20";

/// Numbered by the order, payment or refund; what goes out of suspense is numbered by itself,
/// what is taken of a packet by its slot.
const CAUSES: &str = "SELECT 'transfer ' || t.id || ' part ' || t.part, t.event || ' of '
    || t.amount || ' for ' || t.cause || ': no such row stands behind it', count(*) OVER ()
    FROM transfer t WHERE t.community_id = $1 AND t.pending_id IS NULL AND NOT (
      (t.event = 'order_due' AND t.id = t.cause AND EXISTS (SELECT 1 FROM orders o
        WHERE o.community_id = $1 AND o.id = t.cause))
      OR (t.event = 'capture' AND EXISTS (SELECT 1 FROM payment p
        WHERE p.community_id = $1 AND p.id = t.id AND p.order_id = t.cause
        AND p.state = 'captured'))
      OR (t.event = 'refund' AND EXISTS (SELECT 1 FROM refund f
        WHERE f.community_id = $1 AND f.id = t.id AND f.order_id = t.cause))
      OR (t.event = 'suspense_in' AND t.id = t.cause AND EXISTS (SELECT 1 FROM payment p
        WHERE p.community_id = $1 AND p.id = t.id AND p.state IN ('suspense', 'returned')))
      OR (t.event = 'suspense_out' AND EXISTS (SELECT 1 FROM payment p
        WHERE p.community_id = $1 AND p.id = t.cause AND p.state = 'returned'))
      OR (t.event = 'packet_funded' AND t.id = t.cause AND EXISTS (SELECT 1 FROM red_packet k
        WHERE k.community_id = $1 AND k.id = t.cause))
      OR (t.event = 'packet_taken' AND EXISTS (SELECT 1 FROM red_packet_slot s
        WHERE s.community_id = $1 AND s.packet_id = t.cause AND s.id = t.id
        AND s.member_id IS NOT NULL))
      OR (t.event = 'packet_returned' AND EXISTS (SELECT 1 FROM red_packet k
        WHERE k.community_id = $1 AND k.id = t.cause AND k.return_id = t.id
        AND k.state = 'expired'))
      OR (t.event IN ('commission_earned', 'commission_frozen', 'commission_thawed',
          'commission_available', 'commission_taken_back')
        AND (t.id = t.cause) = (t.event = 'commission_earned')
        AND EXISTS (SELECT 1 FROM commission k WHERE k.community_id = $1 AND k.id = t.cause))
      OR (t.event IN ('service_earned', 'service_available', 'service_taken_back')
        AND EXISTS (SELECT 1 FROM service_pay v WHERE v.community_id = $1 AND v.id = t.cause))
      OR (t.event = 'wallet_paid' AND EXISTS (SELECT 1 FROM order_wallet w
        WHERE w.community_id = $1 AND w.order_id = t.cause AND w.transfer_id = t.id
        AND t.debit = 'wallet:' || w.member_id || ':' || w.bucket))
      OR (t.event = 'wallet_refund' AND EXISTS (SELECT 1 FROM refund_wallet w
        WHERE w.community_id = $1 AND w.transfer_id = t.id
        AND t.credit = 'wallet:' || w.member_id || ':' || w.bucket))
      OR (t.event = 'payout' AND t.id = t.cause AND EXISTS (SELECT 1 FROM payout y
        WHERE y.community_id = $1 AND y.id = t.id
        AND t.debit = 'wallet:' || y.member_id || ':commission'))
      OR (substr(t.event, 1, 7) = 'points_' AND (t.id = t.cause) = (t.event <> 'points_settled')
        AND EXISTS (SELECT 1 FROM point_change k
          WHERE k.community_id = $1 AND k.id = t.cause)))
    ORDER BY t.id, t.part LIMIT 20";
