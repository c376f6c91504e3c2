//! I8, I10: nothing is lost between the shelf, the holds and the orders; prices have their record.
use super::{Check, check};

pub(super) const CHECKS: [Check; 8] = [
    check(("I8", "on hand + held + sold + written off = received"), VARIANTS, SUMS),
    check(("I8", "received and written off are what the changes say"), VARIANTS, CHANGES),
    check(("I8", "held is what the holds hold"), VARIANTS, HELD),
    check(("I8", "sold is what paid orders keep"), VARIANTS, SOLD),
    check(("I8", "a product's sold is what paid orders keep of it"), PRODUCTS, PRODUCT_SOLD),
    check(("I10", "a line has its hold, as its order stands"), LINES, LINE_HOLDS),
    check(("I10", "a hold on stock has its line"), HOLDS, LOOSE_HOLDS),
    check(("prices", "the record of prices is whole and ends with the price"), PRICES, RECORD),
];

const VARIANTS: &str = "SELECT count(*) FROM variant WHERE community_id = $1";
const PRODUCTS: &str = "SELECT count(*) FROM product WHERE community_id = $1";
const LINES: &str = "SELECT count(*) FROM order_line WHERE community_id = $1";
const HOLDS: &str = "SELECT count(*) FROM hold WHERE community_id = $1 AND what = 'stock'";
const PRICES: &str = "SELECT count(*) FROM price_change WHERE community_id = $1";

const SUMS: &str = "SELECT 'variant ' || v.id, v.on_hand || ' on hand + ' || v.held || ' held + '
    || v.sold || ' sold + ' || v.written_off || ' written off, ' || v.received || ' received',
    count(*) OVER ()
    FROM variant v WHERE v.community_id = $1
      AND (v.on_hand + v.held + v.sold + v.written_off <> v.received OR v.on_hand < 0
        OR v.held < 0 OR v.sold < 0 OR v.written_off < 0 OR v.received < 0)
    ORDER BY v.id LIMIT 20";

/// Returned units that did not go back on the shelf are written off too. Of a refund worth nothing
/// of before it had a row, none tells whether they did, so both are right.
const CHANGES: &str = "SELECT 'variant ' || v.id, v.received || ' received, ' || v.written_off
    || ' written off; the changes give ' || v.plus || ' and ' || (v.minus + v.kept),
    count(*) OVER ()
    FROM (SELECT w.id, w.received, w.written_off, coalesce(s.plus, 0) AS plus,
        coalesce(s.minus, 0) AS minus, coalesce(d.kept, 0) AS kept, coalesce(g.gifts, 0) AS gifts
      FROM variant w LEFT JOIN (SELECT variant_id,
          sum(CASE WHEN qty > 0 THEN qty ELSE 0 END) AS plus,
          sum(CASE WHEN qty < 0 THEN -qty ELSE 0 END) AS minus
        FROM stock_change WHERE community_id = $1 GROUP BY variant_id) s ON s.variant_id = w.id
      LEFT JOIN (SELECT l.variant_id, sum(CASE WHEN f.restock THEN 0 ELSE b.qty END) AS kept
        FROM refund_line b
        JOIN refund f ON f.community_id = b.community_id AND f.id = b.refund_id
        JOIN order_line l ON l.community_id = b.community_id AND l.id = b.line_id
        WHERE b.community_id = $1 GROUP BY l.variant_id) d ON d.variant_id = w.id
      LEFT JOIN (SELECT l.variant_id, sum(l.refunded_qty - coalesce((SELECT sum(b.qty)
          FROM refund_line b WHERE b.community_id = $1 AND b.line_id = l.id), 0)) AS gifts
        FROM order_line l WHERE l.community_id = $1 AND l.refunded_qty > 0 AND l.amount < l.qty
        GROUP BY l.variant_id) g ON g.variant_id = w.id
      WHERE w.community_id = $1) v
    WHERE v.received <> v.plus OR v.written_off < v.minus + v.kept
      OR v.written_off > v.minus + v.kept + v.gifts
    ORDER BY v.id LIMIT 20";

const HELD: &str = "SELECT 'variant ' || v.id, 'held is ' || v.held || ', its holds are '
    || coalesce(h.qty, 0), count(*) OVER ()
    FROM variant v LEFT JOIN (SELECT subject, sum(qty) AS qty FROM hold
      WHERE community_id = $1 AND what = 'stock' AND state = 'held' GROUP BY subject) h
      ON h.subject = v.id
    WHERE v.community_id = $1 AND v.held <> coalesce(h.qty, 0)
    ORDER BY v.id LIMIT 20";

const SOLD: &str = "SELECT 'variant ' || v.id, 'sold is ' || v.sold || ', paid lines keep '
    || coalesce(l.qty, 0), count(*) OVER ()
    FROM variant v LEFT JOIN (SELECT variant_id, sum(qty - refunded_qty) AS qty FROM order_line
      WHERE community_id = $1 AND state NOT IN ('awaiting_payment', 'cancelled', 'closed_unpaid')
      GROUP BY variant_id) l ON l.variant_id = v.id
    WHERE v.community_id = $1 AND v.sold <> coalesce(l.qty, 0)
    ORDER BY v.id LIMIT 20";

const PRODUCT_SOLD: &str = "SELECT 'product ' || d.id, 'sold is ' || d.sold || ', paid lines keep '
    || coalesce(l.qty, 0), count(*) OVER ()
    FROM product d LEFT JOIN (SELECT product_id, sum(qty - refunded_qty) AS qty FROM order_line
      WHERE community_id = $1 AND state NOT IN ('awaiting_payment', 'cancelled', 'closed_unpaid')
      GROUP BY product_id) l ON l.product_id = d.id
    WHERE d.community_id = $1 AND d.sold <> coalesce(l.qty, 0)
    ORDER BY d.id LIMIT 20";

const LINE_HOLDS: &str = "SELECT 'order_line ' || l.id, 'state is ' || l.state || ', ' || l.qty
    || ' of variant ' || l.variant_id || '; its hold is ' || coalesce(h.state || ', ' || h.qty
    || ' of ' || h.what || ' ' || h.subject, 'missing'), count(*) OVER ()
    FROM order_line l LEFT JOIN hold h ON h.community_id = l.community_id AND h.id = l.id
    WHERE l.community_id = $1 AND (h.id IS NULL OR h.what <> 'stock' OR h.subject <> l.variant_id
      OR h.qty <> l.qty OR h.state <> CASE WHEN l.state = 'awaiting_payment' THEN 'held'
        WHEN l.state IN ('cancelled', 'closed_unpaid') THEN 'released' ELSE 'confirmed' END)
    ORDER BY l.id LIMIT 20";

const LOOSE_HOLDS: &str = "SELECT 'hold ' || h.id, h.state || ', ' || h.qty || ' of variant '
    || h.subject || '; there is no such line', count(*) OVER ()
    FROM hold h LEFT JOIN order_line l ON l.community_id = h.community_id AND l.id = h.id
    WHERE h.community_id = $1 AND h.what = 'stock' AND l.id IS NULL
    ORDER BY h.id LIMIT 20";

/// Each price ends where the next begins; the last one is open and is what the variant asks.
const RECORD: &str = "SELECT 'price_change of variant ' || b.id, b.says, count(*) OVER ()
    FROM (SELECT v.id, 'the price is ' || v.price || ', there is no record' AS says FROM variant v
      WHERE v.community_id = $1 AND NOT EXISTS (SELECT 1 FROM price_change x
        WHERE x.community_id = $1 AND x.variant_id = v.id)
    UNION ALL SELECT k.variant_id, 'the price from ' || k.at || ' is ' || k.price || ' until '
        || coalesce(CAST(k.until_at AS text), 'now') || '; the next begins '
        || coalesce(CAST(k.next_at AS text), 'never') || ', the variant asks '
        || coalesce(CAST(v.price AS text), 'nothing: it is missing')
      FROM (SELECT variant_id, at, price, until_at,
          lead(at) OVER (PARTITION BY variant_id ORDER BY at) AS next_at
        FROM price_change WHERE community_id = $1) k
      LEFT JOIN variant v ON v.community_id = $1 AND v.id = k.variant_id
      WHERE v.id IS NULL OR k.price < 0 OR (k.next_at IS NULL AND (k.until_at IS NOT NULL
          OR k.price <> v.price))
        OR (k.next_at IS NOT NULL AND (k.until_at IS NULL OR k.until_at <> k.next_at))) b
    ORDER BY b.id LIMIT 20";
