//! Figures so large that no sum over them can be trusted. The bounds are far beyond any price or
//! stock, and so small that ten thousand times their product fits.
use super::{Check, check};

pub(super) const CHECK: Check = check(("rows", "figures are within bounds"), ROWS, OUT_OF_BOUNDS);

const ROWS: &str = "SELECT (SELECT count(*) FROM orders WHERE community_id = $1)
    + (SELECT count(*) FROM order_line WHERE community_id = $1)
    + (SELECT count(*) FROM payment WHERE community_id = $1)
    + (SELECT count(*) FROM refund WHERE community_id = $1)
    + (SELECT count(*) FROM refund_line WHERE community_id = $1)
    + (SELECT count(*) FROM transfer WHERE community_id = $1)
    + (SELECT count(*) FROM product WHERE community_id = $1)
    + (SELECT count(*) FROM variant WHERE community_id = $1)
    + (SELECT count(*) FROM stock_change WHERE community_id = $1)
    + (SELECT count(*) FROM hold WHERE community_id = $1)
    + (SELECT count(*) FROM red_packet WHERE community_id = $1)
    + (SELECT count(*) FROM red_packet_slot WHERE community_id = $1)
    + (SELECT count(*) FROM service_pay WHERE community_id = $1)
    + (SELECT count(*) FROM point_lot WHERE community_id = $1)
    + (SELECT count(*) FROM point_change WHERE community_id = $1)";

const OUT_OF_BOUNDS: &str = "SELECT b.t || ' ' || b.id, b.f || ' is ' || b.n, count(*) OVER ()
    FROM (SELECT 'orders' AS t, id, 'goods' AS f, goods AS n FROM orders
        WHERE community_id = $1 AND (goods NOT BETWEEN -1000000000000 AND 1000000000000)
    UNION ALL SELECT 'orders', id, 'shipping', shipping FROM orders
        WHERE community_id = $1 AND (shipping NOT BETWEEN -1000000000000 AND 1000000000000)
    UNION ALL SELECT 'orders', id, 'total', total FROM orders
        WHERE community_id = $1 AND (total NOT BETWEEN -1000000000000 AND 1000000000000)
    UNION ALL SELECT 'orders', id, 'refunded', refunded FROM orders
        WHERE community_id = $1 AND (refunded NOT BETWEEN -1000000000000 AND 1000000000000)
    UNION ALL SELECT 'order_line', id, 'unit_price', unit_price FROM order_line
        WHERE community_id = $1 AND (unit_price NOT BETWEEN -1000000000000 AND 1000000000000)
    UNION ALL SELECT 'order_line', id, 'qty', qty FROM order_line
        WHERE community_id = $1 AND (qty NOT BETWEEN -1000000 AND 1000000)
    UNION ALL SELECT 'order_line', id, 'amount', amount FROM order_line
        WHERE community_id = $1 AND (amount NOT BETWEEN -1000000000000 AND 1000000000000)
    UNION ALL SELECT 'order_line', id, 'refunded', refunded FROM order_line
        WHERE community_id = $1 AND (refunded NOT BETWEEN -1000000000000 AND 1000000000000)
    UNION ALL SELECT 'order_line', id, 'refunded_qty', refunded_qty FROM order_line
        WHERE community_id = $1 AND (refunded_qty NOT BETWEEN -1000000 AND 1000000)
    UNION ALL SELECT 'payment', id, 'amount', amount FROM payment
        WHERE community_id = $1 AND (amount NOT BETWEEN -1000000000000 AND 1000000000000)
    UNION ALL SELECT 'orders', id, 'wallet', wallet FROM orders
        WHERE community_id = $1 AND (wallet NOT BETWEEN -1000000000000 AND 1000000000000)
    UNION ALL SELECT 'order_wallet of order', order_id, 'amount', amount FROM order_wallet
        WHERE community_id = $1 AND (amount NOT BETWEEN -1000000000000 AND 1000000000000)
    UNION ALL SELECT 'payout', id, 'amount', amount FROM payout
        WHERE community_id = $1 AND (amount NOT BETWEEN -1000000000000 AND 1000000000000)
    UNION ALL SELECT 'service_pay', id, 'base', base FROM service_pay
        WHERE community_id = $1 AND (base NOT BETWEEN -1000000000000 AND 1000000000000)
    UNION ALL SELECT 'service_pay', id, 'earned', earned FROM service_pay
        WHERE community_id = $1 AND (earned NOT BETWEEN -1000000000000 AND 1000000000000)
    UNION ALL SELECT 'point_change', id, 'points', points FROM point_change
        WHERE community_id = $1 AND (points NOT BETWEEN -1000000000000 AND 1000000000000)
    UNION ALL SELECT 'point_lot', id, 'earned', earned FROM point_lot
        WHERE community_id = $1 AND (earned NOT BETWEEN -1000000000000 AND 1000000000000)
    UNION ALL SELECT 'point_lot', id, 'granted', granted FROM point_lot
        WHERE community_id = $1 AND (granted NOT BETWEEN -1000000000000 AND 1000000000000)
    UNION ALL SELECT 'point_use of order', order_id, 'points', points FROM point_use
        WHERE community_id = $1 AND (points NOT BETWEEN -1000000000000 AND 1000000000000)
    UNION ALL SELECT 'point_account of', member_id, 'debt', debt FROM point_account
        WHERE community_id = $1 AND (debt NOT BETWEEN -1000000000000 AND 1000000000000)
    UNION ALL SELECT 'order_line', id, 'points_off', points_off FROM order_line
        WHERE community_id = $1 AND (points_off NOT BETWEEN -1000000000000 AND 1000000000000)
    UNION ALL SELECT 'list_service', campaign_id, 'rate', rate FROM list_service
        WHERE community_id = $1 AND (rate NOT BETWEEN -1000000 AND 1000000)
    UNION ALL SELECT 'list_service', campaign_id, 'wait_days', wait_days FROM list_service
        WHERE community_id = $1 AND (wait_days NOT BETWEEN -1000000 AND 1000000)
    UNION ALL SELECT 'service_pay', id, 'wait_days', wait_days FROM service_pay
        WHERE community_id = $1 AND (wait_days NOT BETWEEN -1000000 AND 1000000)
    UNION ALL SELECT 'refund', id, 'amount', amount FROM refund
        WHERE community_id = $1 AND (amount NOT BETWEEN -1000000000000 AND 1000000000000)
    UNION ALL SELECT 'refund_line of refund', refund_id, 'amount', amount FROM refund_line
        WHERE community_id = $1 AND (amount NOT BETWEEN -1000000000000 AND 1000000000000)
    UNION ALL SELECT 'refund_line of refund', refund_id, 'qty', qty FROM refund_line
        WHERE community_id = $1 AND (qty NOT BETWEEN -1000000 AND 1000000)
    UNION ALL SELECT 'transfer', id, 'amount', amount FROM transfer
        WHERE community_id = $1 AND (amount NOT BETWEEN -1000000000000 AND 1000000000000)
    UNION ALL SELECT 'product', id, 'sold', sold FROM product
        WHERE community_id = $1 AND (sold NOT BETWEEN -1000000000000 AND 1000000000000)
    UNION ALL SELECT 'variant', id, 'on_hand', on_hand FROM variant
        WHERE community_id = $1 AND (on_hand NOT BETWEEN -1000000000000 AND 1000000000000)
    UNION ALL SELECT 'variant', id, 'held', held FROM variant
        WHERE community_id = $1 AND (held NOT BETWEEN -1000000000000 AND 1000000000000)
    UNION ALL SELECT 'variant', id, 'sold', sold FROM variant
        WHERE community_id = $1 AND (sold NOT BETWEEN -1000000000000 AND 1000000000000)
    UNION ALL SELECT 'variant', id, 'written_off', written_off FROM variant
        WHERE community_id = $1 AND (written_off NOT BETWEEN -1000000000000 AND 1000000000000)
    UNION ALL SELECT 'variant', id, 'received', received FROM variant
        WHERE community_id = $1 AND (received NOT BETWEEN -1000000000000 AND 1000000000000)
    UNION ALL SELECT 'stock_change', id, 'qty', qty FROM stock_change
        WHERE community_id = $1 AND (qty NOT BETWEEN -1000000000000 AND 1000000000000)
    UNION ALL SELECT 'red_packet', id, 'total', total FROM red_packet
        WHERE community_id = $1 AND (total NOT BETWEEN -1000000000000 AND 1000000000000)
    UNION ALL SELECT 'red_packet', id, 'slots', slots FROM red_packet
        WHERE community_id = $1 AND (slots NOT BETWEEN -1000000 AND 1000000)
    UNION ALL SELECT 'red_packet', id, 'given', given FROM red_packet
        WHERE community_id = $1 AND (given NOT BETWEEN -1000000000000 AND 1000000000000)
    UNION ALL SELECT 'red_packet_slot of packet', packet_id, 'amount', amount FROM red_packet_slot
        WHERE community_id = $1 AND (amount NOT BETWEEN -1000000000000 AND 1000000000000)
    UNION ALL SELECT 'hold', id, 'qty', qty FROM hold
        WHERE community_id = $1 AND (qty NOT BETWEEN -1000000000000 AND 1000000000000)
    ) b ORDER BY 1 LIMIT 20";
