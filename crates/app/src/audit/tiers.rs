//! Tiers: growth, rung and grace of every member derived once more from what they received and
//! kept; the moves between; and the orders that paid a member price.
use super::{Check, check};

pub(super) const CHECKS: [Check; 7] = [
    check(("tiers", "growth is what was received and kept in a year"), MEMBERS, GROWTH),
    check(("tiers", "a tier is the one its growth reaches, or in its grace"), MEMBERS, RUNGS),
    check(("tiers", "the next count comes when something moves"), MEMBERS, NEXT),
    check(("tiers", "whoever kept something is counted"), LINES, UNCOUNTED),
    check(("tiers", "moves lead to where a member stands, down one by one"), MOVES, STEPS),
    check(("tiers", "a member price is lower and was a tier's"), LINES, PAID),
    check(("tiers", "a price set for a tier has its variant and its tier"), PRICES, LOOSE),
];

const MEMBERS: &str = "SELECT count(*) FROM member_tier WHERE community_id = $1";
const LINES: &str = "SELECT count(*) FROM order_line WHERE community_id = $1";
const MOVES: &str = "SELECT count(*) FROM tier_change WHERE community_id = $1";
const PRICES: &str = "SELECT count(*) FROM tier_price WHERE community_id = $1";

/// A count that was asked for and has not come yet explains any difference: its job is due at
/// another moment than the row says. 31,536,000,000 milliseconds are 365 days.
const GROWTH: &str = "SELECT 'member_tier ' || x.member_id, 'growth was ' || x.growth || ' at '
    || x.counted_at || '; what was kept of the year before gives ' || x.kept, count(*) OVER ()
    FROM (SELECT m.member_id, m.growth, m.counted_at,
        (SELECT coalesce(sum(l.amount - l.refunded), 0) FROM order_line l
          WHERE l.community_id = $1 AND l.member_id = m.member_id
          AND l.received_at > m.counted_at - 31536000000) AS kept
      FROM member_tier m LEFT JOIN job j ON j.community_id = m.community_id
        AND j.kind = 'count_tier' AND j.subject = m.member_id AND j.state = 'waiting'
      WHERE m.community_id = $1
        AND (j.subject IS NULL OR j.due_at = coalesce(m.next_at, -1))) x
    WHERE x.growth <> x.kept ORDER BY x.member_id LIMIT 20";

/// While the members are counted after a change of the ladder, the old rungs stand.
const RUNGS: &str = "SELECT 'member_tier ' || x.member_id, 'a growth of ' || x.growth
    || ' reaches the tier from ' || x.earned || '; it has the one from ' || x.has || ', which is '
    || coalesce(x.state, 'none') || ', until ' || coalesce(CAST(x.falls_at AS text), 'further'),
    count(*) OVER ()
    FROM (SELECT m.member_id, m.growth, m.tier_id, m.falls_at, t.state,
        coalesce(t.growth, 0) AS has, (SELECT coalesce(max(u.growth), 0) FROM tier u
          WHERE u.community_id = $1 AND u.state = 'open' AND u.growth <= m.growth) AS earned
      FROM member_tier m LEFT JOIN job j ON j.community_id = m.community_id
        AND j.kind = 'count_tier' AND j.subject = m.member_id AND j.state = 'waiting'
      LEFT JOIN tier t ON t.community_id = m.community_id AND t.id = m.tier_id
      WHERE m.community_id = $1
        AND (j.subject IS NULL OR j.due_at = coalesce(m.next_at, -1))
        AND NOT EXISTS (SELECT 1 FROM tier_ladder g WHERE g.community_id = $1
          AND g.counted_to < 9223372036854775807)) x
    WHERE (x.tier_id IS NOT NULL AND coalesce(x.state, '') <> 'open') OR x.has < x.earned
      OR (x.has > x.earned) <> (x.falls_at IS NOT NULL)
    ORDER BY x.member_id LIMIT 20";

/// A job that is tried again after a failure is late by itself.
const NEXT: &str = "SELECT 'member_tier ' || x.member_id, CASE WHEN x.job = 'gave_up'
      THEN 'a person is needed: its count_tier job gave up, ' || x.reason
      ELSE 'the next count is at ' || coalesce(CAST(x.next_at AS text), 'no time')
      || '; the oldest line leaves at ' || coalesce(CAST(x.leaves AS text), 'no time')
      || ' and the tier falls at ' || coalesce(CAST(x.falls_at AS text), 'no time')
      || '; its count_tier job is ' || coalesce(x.job || ', due ' || x.due_at, 'missing') END,
    count(*) OVER ()
    FROM (SELECT m.member_id, m.next_at, m.falls_at, j.state AS job, j.reason, j.due_at,
        j.attempts, (SELECT min(l.received_at) + 31536000000 FROM order_line l
          WHERE l.community_id = $1 AND l.member_id = m.member_id AND l.refunded < l.amount
          AND l.received_at > m.counted_at - 31536000000) AS leaves
      FROM member_tier m LEFT JOIN job j ON j.community_id = m.community_id
        AND j.kind = 'count_tier' AND j.subject = m.member_id
      WHERE m.community_id = $1) x
    WHERE coalesce(x.job, '') = 'gave_up'
      OR (x.next_at IS NOT NULL AND (coalesce(x.job, '') <> 'waiting'
        OR (x.due_at > x.next_at AND x.attempts = 0)))
      OR (NOT (coalesce(x.job, '') = 'waiting' AND x.due_at <> coalesce(x.next_at, -1))
        AND coalesce(x.next_at, 0) <> coalesce(CASE WHEN x.falls_at < x.leaves THEN x.falls_at
          ELSE coalesce(x.leaves, x.falls_at) END, 0))
    ORDER BY x.member_id LIMIT 20";

/// A day for the counting itself: what left the window before its turn came has no row.
const UNCOUNTED: &str = "SELECT 'member ' || l.member_id, 'kept ' || sum(l.amount - l.refunded)
    || ' of what was received, and was never counted', count(*) OVER ()
    FROM order_line l JOIN tier_ladder g ON g.community_id = l.community_id
    LEFT JOIN member_tier m ON m.community_id = l.community_id AND m.member_id = l.member_id
    LEFT JOIN job j ON j.community_id = l.community_id AND j.kind = 'count_tier'
      AND j.subject = l.member_id AND j.state = 'waiting'
    WHERE l.community_id = $1 AND l.received_at > g.changed_at - 31449600000
      AND l.refunded < l.amount AND m.member_id IS NULL AND j.subject IS NULL
      AND g.counted_to = 9223372036854775807
    GROUP BY l.member_id ORDER BY l.member_id LIMIT 20";

/// The first move begins without a tier, each goes on where the one before ended, the last ends
/// where the member stands; who goes down does so by one, after the grace.
const STEPS: &str = "SELECT b.t || ' ' || b.id, b.says, count(*) OVER ()
    FROM (SELECT 'tier_change' AS t, x.id, 'from ' || coalesce(CAST(x.from_tier AS text), 'none')
        || ' to ' || coalesce(CAST(x.to_tier AS text), 'none') || ', ' || x.rungs || ' rungs at '
        || x.at || ', promised until ' || coalesce(CAST(x.falls_at AS text), 'no time')
        || '; the move before ended at ' || coalesce(CAST(x.before AS text), 'none') AS says
      FROM (SELECT h.id, h.from_tier, h.to_tier, h.rungs, h.at, h.falls_at,
          lag(h.to_tier) OVER (PARTITION BY h.member_id ORDER BY h.id) AS before
        FROM tier_change h WHERE h.community_id = $1) x
      WHERE coalesce(x.from_tier, 0) <> coalesce(x.before, 0)
        OR coalesce(x.from_tier, 0) = coalesce(x.to_tier, 0) OR x.rungs < -1
        OR (x.rungs = -1) <> (x.falls_at IS NOT NULL) OR x.falls_at > x.at
    UNION ALL SELECT 'member_tier', m.member_id, 'it stands on '
        || coalesce(CAST(m.tier_id AS text), 'none') || '; its moves end on '
        || coalesce(CAST(h.to_tier AS text), 'none')
      FROM member_tier m LEFT JOIN tier_change h ON h.community_id = m.community_id
        AND h.id = (SELECT max(k.id) FROM tier_change k
          WHERE k.community_id = $1 AND k.member_id = m.member_id)
      WHERE m.community_id = $1 AND coalesce(m.tier_id, 0) <> coalesce(h.to_tier, 0)
    UNION ALL SELECT 'tier_change', h.id, 'its member ' || h.member_id || ' stands nowhere'
      FROM tier_change h LEFT JOIN member_tier m ON m.community_id = h.community_id
        AND m.member_id = h.member_id
      WHERE h.community_id = $1 AND m.member_id IS NULL
    ) b ORDER BY 1 LIMIT 20";

/// Campaign price or member price, never both; free delivery cost nothing.
const PAID: &str = "SELECT b.t || ' ' || b.id, b.says, count(*) OVER ()
    FROM (SELECT 'order_line' AS t, l.id, l.unit_price || ' was paid instead of ' || l.list_price
        || '; its order was placed with ' || coalesce('tier ' || t.tier_id, 'no tier')
        || CASE WHEN s.order_id IS NULL THEN '' ELSE ', in a group buy' END
        || CASE WHEN q.order_id IS NULL THEN '' ELSE ', on a list' END AS says
      FROM order_line l
      LEFT JOIN order_tier t ON t.community_id = l.community_id AND t.order_id = l.order_id
      LEFT JOIN seat s ON s.community_id = l.community_id AND s.order_id = l.order_id
      LEFT JOIN chain_place q ON q.community_id = l.community_id AND q.order_id = l.order_id
      WHERE l.community_id = $1 AND l.list_price IS NOT NULL AND (l.unit_price >= l.list_price
        OR t.order_id IS NULL OR s.order_id IS NOT NULL OR q.order_id IS NOT NULL)
    UNION ALL SELECT 'order_tier of order', t.order_id, 'delivery is free for tier ' || t.tier_id
        || ' and cost ' || coalesce(CAST(o.shipping AS text), 'nothing: the order is missing')
      FROM order_tier t
      LEFT JOIN orders o ON o.community_id = t.community_id AND o.id = t.order_id
      WHERE t.community_id = $1 AND (o.id IS NULL OR (t.free_shipping AND o.shipping <> 0))
    UNION ALL SELECT 'order_tier of order', t.order_id, 'tier ' || t.tier_id || ' is missing'
      FROM order_tier t LEFT JOIN tier u ON u.community_id = t.community_id AND u.id = t.tier_id
      WHERE t.community_id = $1 AND u.id IS NULL
    ) b ORDER BY 1 LIMIT 20";

const LOOSE: &str = "SELECT 'tier_price of variant ' || x.variant_id, 'tier ' || x.tier_id
    || coalesce(' is ' || t.state, ' is missing') || CASE WHEN v.id IS NULL
      THEN '; the variant is missing' ELSE '' END, count(*) OVER ()
    FROM tier_price x LEFT JOIN tier t ON t.community_id = x.community_id AND t.id = x.tier_id
    LEFT JOIN variant v ON v.community_id = x.community_id AND v.id = x.variant_id
    WHERE x.community_id = $1 AND (t.id IS NULL OR v.id IS NULL)
    ORDER BY x.variant_id LIMIT 20";
