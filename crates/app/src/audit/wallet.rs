//! I6 and I7 of what a buyer's wallet pays: reserved with its order, posted or voided with it, and
//! given back last, each sum to the part it came from.
use super::{Check, check};

pub(super) const CHECKS: [Check; 5] = [
    check(("I6", "an order's wallet part is what its parts say"), ORDERS, SUMS),
    check(("I6", "a wallet's part stands in the journal and follows its order"), PARTS, JOURNAL),
    check(("I7", "what came back into a wallet is what refunds say"), PARTS, RETURNED),
    check(("I7", "a refund's wallet part stands in the journal"), REFUNDED, BACK),
    check(("I7", "outside money goes back before the wallet's"), ORDERS, ORDERLY),
];

const ORDERS: &str = "SELECT count(*) FROM orders WHERE community_id = $1 AND wallet <> 0";
const PARTS: &str = "SELECT count(*) FROM order_wallet WHERE community_id = $1";
const REFUNDED: &str = "SELECT count(*) FROM refund_wallet WHERE community_id = $1";

/// Parts without an order, too.
const SUMS: &str = "SELECT 'orders ' || b.id, 'the wallet gives ' || b.wallet || ' of ' || b.total
    || ', its parts are ' || b.parts || ' in ' || b.groups || ' groups', count(*) OVER ()
    FROM (SELECT o.id, o.wallet, o.total, coalesce(p.amount, 0) AS parts,
        coalesce(p.groups, 0) AS groups, coalesce(p.others, 0) AS others
      FROM orders o LEFT JOIN (SELECT w.order_id, sum(w.amount) AS amount,
          count(DISTINCT w.transfer_id) AS groups,
          sum(CASE WHEN x.member_id = w.member_id THEN 0 ELSE 1 END) AS others
        FROM order_wallet w LEFT JOIN orders x ON x.community_id = w.community_id
          AND x.id = w.order_id WHERE w.community_id = $1 GROUP BY w.order_id) p
        ON p.order_id = o.id
      WHERE o.community_id = $1
    UNION ALL SELECT w.order_id, 0, 0, w.amount, 1, 1 FROM order_wallet w
      LEFT JOIN orders o ON o.community_id = w.community_id AND o.id = w.order_id
      WHERE w.community_id = $1 AND o.id IS NULL) b
    WHERE b.wallet <> b.parts OR b.wallet < 0 OR b.wallet > b.total OR b.others <> 0
      OR b.groups > 1
    ORDER BY b.id LIMIT 20";

const JOURNAL: &str = "SELECT 'order_wallet ' || w.bucket || ' of ' || w.order_id, w.amount
    || ', the order is ' || coalesce(o.state, 'missing') || '; the journal has '
    || coalesce(t.state || ' ' || t.event || ' of ' || t.amount || ' from ' || t.debit || ' to '
      || t.credit, 'nothing') || ', then ' || coalesce(r.state, 'nothing'), count(*) OVER ()
    FROM order_wallet w
    LEFT JOIN orders o ON o.community_id = w.community_id AND o.id = w.order_id
    LEFT JOIN transfer t ON t.community_id = w.community_id AND t.id = w.transfer_id
      AND t.debit = 'wallet:' || w.member_id || ':' || w.bucket
    LEFT JOIN transfer r ON r.community_id = t.community_id AND r.pending_id = t.id
      AND r.part = t.part
    WHERE w.community_id = $1 AND (t.id IS NULL OR t.event <> 'wallet_paid'
      OR t.state <> 'pending' OR t.credit <> 'receivable' OR t.amount <> w.amount
      OR t.cause <> w.order_id OR coalesce(r.state, '') <> CASE
        WHEN o.state = 'awaiting_payment' THEN ''
        WHEN o.state IN ('cancelled', 'closed_unpaid') THEN 'voided' ELSE 'posted' END)
    ORDER BY w.order_id, w.bucket LIMIT 20";

const RETURNED: &str = "SELECT 'order_wallet ' || w.bucket || ' of ' || w.order_id, w.returned
    || ' of ' || w.amount || ' came back; its refunds say ' || w.said, count(*) OVER ()
    FROM (SELECT p.order_id, p.bucket, p.amount, p.returned,
        (SELECT coalesce(sum(x.amount), 0) FROM refund_wallet x
         JOIN refund f ON f.community_id = x.community_id AND f.id = x.refund_id
         WHERE x.community_id = $1 AND f.order_id = p.order_id AND x.bucket = p.bucket
           AND x.member_id = p.member_id) AS said
      FROM order_wallet p WHERE p.community_id = $1) w
    WHERE w.returned <> w.said OR w.returned < 0 OR w.returned > w.amount
    ORDER BY w.order_id, w.bucket LIMIT 20";

/// Refunds that say another sum than their parts, and parts the journal does not know.
const BACK: &str = "SELECT b.what, b.says, count(*) OVER ()
    FROM (SELECT 'refund ' || f.id AS what, f.wallet || ' of ' || f.amount
        || ' went into the wallet; its parts are ' || coalesce(p.amount, 0) AS says
      FROM refund f LEFT JOIN (SELECT refund_id, sum(amount) AS amount FROM refund_wallet
        WHERE community_id = $1 GROUP BY refund_id) p ON p.refund_id = f.id
      WHERE f.community_id = $1
        AND (f.wallet <> coalesce(p.amount, 0) OR f.wallet < 0 OR f.wallet > f.amount)
    UNION ALL SELECT 'refund_wallet ' || w.bucket || ' of ' || w.refund_id, w.amount
        || ' back; the journal has ' || coalesce(t.state || ' ' || t.event || ' of ' || t.amount
          || ' from ' || t.debit || ' to ' || t.credit, 'nothing')
      FROM refund_wallet w
      LEFT JOIN refund f ON f.community_id = w.community_id AND f.id = w.refund_id
      LEFT JOIN transfer t ON t.community_id = w.community_id AND t.id = w.transfer_id
        AND t.credit = 'wallet:' || w.member_id || ':' || w.bucket
      WHERE w.community_id = $1 AND (t.id IS NULL OR f.id IS NULL OR t.event <> 'wallet_refund'
        OR t.state <> 'posted' OR t.debit <> 'refunds' OR t.amount <> w.amount
        OR t.cause <> f.order_id)) b
    ORDER BY 1 LIMIT 20";

/// Nothing comes back into a wallet while outside money is left, and red packets come last.
const ORDERLY: &str = "SELECT 'orders ' || o.id, 'of ' || o.outside || ' outside ' || o.given
    || ' went back, of the commission ' || o.earned || ' is left, and ' || o.gifts
    || ' of red packets came back', count(*) OVER ()
    FROM (SELECT w.id, w.total - w.wallet AS outside,
        (SELECT coalesce(sum(f.amount - f.wallet), 0) FROM refund f
         WHERE f.community_id = $1 AND f.order_id = w.id) AS given,
        (SELECT coalesce(sum(p.returned), 0) FROM order_wallet p
         WHERE p.community_id = $1 AND p.order_id = w.id) AS back,
        (SELECT coalesce(sum(p.returned), 0) FROM order_wallet p WHERE p.community_id = $1
           AND p.order_id = w.id AND p.bucket = 'red_packet') AS gifts,
        (SELECT coalesce(sum(p.amount - p.returned), 0) FROM order_wallet p
         WHERE p.community_id = $1 AND p.order_id = w.id AND p.bucket = 'commission') AS earned
      FROM orders w WHERE w.community_id = $1 AND w.wallet <> 0) o
    WHERE o.given > o.outside OR (o.back > 0 AND o.given <> o.outside)
      OR (o.gifts > 0 AND o.earned > 0)
    ORDER BY o.id LIMIT 20";
