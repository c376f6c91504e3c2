//! I10, the coupons: no more claimed, used or spent than the terms allow, each use with its order.
use super::{Check, check};

pub(super) const CHECKS: [Check; 5] = [
    check(("I10", "a coupon's counts are what its claims say"), COUPONS, COUNTS),
    check(("I10", "nobody has more coupons than the terms allow"), COUPONS, EACH),
    check(("I10", "a claim's state fits its order"), CLAIMS, STATES),
    check(("I10", "a coupon in use has its hold"), CLAIMS, HOLDS),
    check(("I10", "an order that stands keeps the coupon it used"), DISCOUNTED, KEPT),
];

const COUPONS: &str = "SELECT count(*) FROM coupon WHERE community_id = $1";
const CLAIMS: &str = "SELECT count(*) FROM claim WHERE community_id = $1";
const DISCOUNTED: &str = "SELECT count(*) FROM orders WHERE community_id = $1 AND discount > 0";

const COUNTS: &str = "SELECT 'coupon ' || k.id, k.claimed || ' of ' || k.most || ' claimed, '
    || k.used || ' used, ' || k.spent || ' of ' || k.budget || ' spent; its claims give '
    || coalesce(x.claimed, 0) || ', ' || coalesce(x.used, 0) || ' and ' || coalesce(x.spent, 0),
    count(*) OVER ()
    FROM coupon k LEFT JOIN (SELECT coupon_id, count(*) AS claimed,
        sum(CASE WHEN state = 'used' THEN 1 ELSE 0 END) AS used, sum(discount) AS spent
      FROM claim WHERE community_id = $1 GROUP BY coupon_id) x ON x.coupon_id = k.id
    WHERE k.community_id = $1 AND (k.claimed <> coalesce(x.claimed, 0)
      OR k.used <> coalesce(x.used, 0) OR k.spent <> coalesce(x.spent, 0)
      OR (k.most > 0 AND k.claimed > k.most) OR (k.budget > 0 AND k.spent > k.budget))
    ORDER BY k.id LIMIT 20";

const EACH: &str = "SELECT 'coupon ' || x.coupon_id, 'member ' || x.member_id || ' has ' || x.n
    || '; the terms allow ' || coalesce(CAST(k.per_member AS text), 'nothing: it is missing'),
    count(*) OVER ()
    FROM (SELECT coupon_id, member_id, count(*) AS n FROM claim WHERE community_id = $1
      GROUP BY coupon_id, member_id) x
    LEFT JOIN coupon k ON k.community_id = $1 AND k.id = x.coupon_id
    WHERE k.id IS NULL OR x.n > k.per_member ORDER BY x.coupon_id, x.member_id LIMIT 20";

const STATES: &str = "SELECT 'claim ' || x.id, 'it is ' || x.state || ' and takes ' || x.discount
    || ' off; its order is ' || coalesce(o.state || ' with ' || o.discount || ' off', 'none'),
    count(*) OVER ()
    FROM claim x LEFT JOIN orders o ON o.community_id = x.community_id AND o.id = x.order_id
      AND o.member_id = x.member_id
    WHERE x.community_id = $1 AND NOT CASE x.state
      WHEN 'claimed' THEN x.order_id IS NULL AND x.discount = 0
      WHEN 'held' THEN coalesce(o.state, '') = 'awaiting_payment' AND o.discount = x.discount
      WHEN 'used' THEN coalesce(o.state, '') NOT IN ('', 'awaiting_payment', 'cancelled',
        'closed_unpaid') AND o.discount = x.discount
      ELSE false END
    ORDER BY x.id LIMIT 20";

const HOLDS: &str = "SELECT 'claim ' || x.id, 'it is ' || x.state || '; its hold is '
    || coalesce(h.state || ', ' || h.qty || ' of ' || h.what || ' ' || h.subject, 'missing'),
    count(*) OVER ()
    FROM claim x LEFT JOIN hold h ON h.community_id = x.community_id AND h.id = x.hold_id
    WHERE x.community_id = $1 AND ((x.state = 'claimed' AND x.hold_id IS NOT NULL)
      OR (x.state <> 'claimed' AND (h.id IS NULL OR h.what <> 'coupon_use' OR h.subject <> x.id
        OR h.qty <> 1 OR h.state <> CASE x.state WHEN 'held' THEN 'held' ELSE 'confirmed' END)))
    ORDER BY x.id LIMIT 20";

/// Only an order that was never paid or went back whole gives its coupon back.
const KEPT: &str = "SELECT 'orders ' || o.id, 'it is ' || o.state || ' with ' || o.discount
    || ' off, and no coupon says so', count(*) OVER ()
    FROM orders o WHERE o.community_id = $1 AND o.discount > 0
    AND o.state NOT IN ('cancelled', 'closed_unpaid', 'refunding', 'refunded')
    AND NOT EXISTS (SELECT 1 FROM claim x WHERE x.community_id = o.community_id
      AND x.order_id = o.id)
    ORDER BY o.id LIMIT 20";
