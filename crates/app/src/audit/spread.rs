//! Who brought whom and whose order came of it: no circles, nobody paid by themselves, and every
//! credit says by which link.
use super::{Check, check};

pub(super) const CHECKS: [Check; 5] = [
    check(("spread", "nobody is brought by whom they brought"), BINDINGS, CIRCLES),
    check(("spread", "a binding is of the link's own member"), BINDINGS, BOUND),
    check(("I11", "an order is credited to others than its buyer, two at most"), CREDITS, CREDITED),
    check(("spread", "what waited for a decision has its answer"), HELD, ANSWERS),
    check(("spread", "a link shown on is younger than the one it came from"), LINKS, PARENTS),
];

const BINDINGS: &str = "SELECT count(*) FROM binding WHERE community_id = $1";
const CREDITS: &str = "SELECT count(*) FROM attribution WHERE community_id = $1";
const HELD: &str = "SELECT count(*) FROM binding_held WHERE community_id = $1";
const LINKS: &str = "SELECT count(*) FROM share_link WHERE community_id = $1";

const CIRCLES: &str = "WITH RECURSIVE up (below, above) AS (
      SELECT member_id, by_id FROM binding WHERE community_id = $1 AND ended_at IS NULL
      UNION SELECT u.below, b.by_id FROM up u JOIN binding b ON b.community_id = $1
        AND b.member_id = u.above AND b.ended_at IS NULL)
    SELECT 'binding of member ' || below, 'stands above itself', count(*) OVER ()
    FROM up WHERE below = above ORDER BY below LIMIT 20";

const BOUND: &str = "SELECT 'binding ' || b.id, 'by ' || b.by_id || ' with a link of '
    || coalesce(CAST(l.member_id AS text), 'nobody') || ', from ' || b.from_at || ' to '
    || coalesce(CAST(b.ended_at AS text), 'now'), count(*) OVER ()
    FROM binding b LEFT JOIN share_link l ON l.community_id = b.community_id AND l.id = b.link_id
    WHERE b.community_id = $1 AND NOT (b.by_id <> b.member_id AND l.member_id IS NOT NULL
      AND l.member_id = b.by_id AND coalesce(b.ended_at >= b.from_at, true)
      AND EXISTS (SELECT 1 FROM member m WHERE m.community_id = b.community_id
        AND m.id = b.member_id))
    ORDER BY b.id LIMIT 20";

const CREDITED: &str = "SELECT 'attribution of order ' || a.order_id, 'of buyer ' || a.buyer_id
    || ' (order of ' || coalesce(CAST(o.member_id AS text), 'nobody') || ') to ' || a.member_id
    || ' and ' || coalesce(CAST(a.second_id AS text), 'nobody') || ' by ' || a.source
    || ', link of ' || coalesce(CAST(l.member_id AS text), 'nobody'), count(*) OVER ()
    FROM attribution a
    LEFT JOIN orders o ON o.community_id = a.community_id AND o.id = a.order_id
    LEFT JOIN share_link l ON l.community_id = a.community_id AND l.id = a.link_id
    WHERE a.community_id = $1 AND NOT (o.id IS NOT NULL AND o.member_id = a.buyer_id
      AND o.placed_at = a.at AND a.member_id <> a.buyer_id
      AND coalesce(a.second_id NOT IN (a.buyer_id, a.member_id), true)
      AND CASE a.source WHEN 'link' THEN coalesce(l.member_id = a.member_id, false)
        WHEN 'binding' THEN a.link_id IS NULL ELSE false END)
    ORDER BY a.order_id LIMIT 20";

const PARENTS: &str = "SELECT 'share_link ' || l.id, 'made at ' || l.at || ' by ' || l.member_id
    || ', its parent at ' || coalesce(CAST(p.at AS text), 'no time') || ' by '
    || coalesce(CAST(p.member_id AS text), 'nobody'), count(*) OVER ()
    FROM share_link l LEFT JOIN share_link p ON p.community_id = l.community_id
      AND p.id = l.parent_id
    WHERE l.community_id = $1 AND l.parent_id IS NOT NULL AND NOT coalesce(p.at <= l.at
      AND p.member_id <> l.member_id AND p.kind = l.kind AND p.thing_id = l.thing_id, false)
    ORDER BY l.id LIMIT 20";

const ANSWERS: &str = "SELECT 'binding_held of member ' || h.member_id, 'state is ' || h.state
    || ', decided by ' || coalesce(CAST(h.decided_by AS text), 'nobody'), count(*) OVER ()
    FROM binding_held h WHERE h.community_id = $1 AND NOT CASE h.state
      WHEN 'waiting' THEN h.decided_by IS NULL AND h.decided_at IS NULL
      WHEN 'dismissed' THEN h.decided_by IS NOT NULL AND h.decided_at IS NOT NULL
      WHEN 'bound' THEN h.decided_by IS NOT NULL AND EXISTS (SELECT 1 FROM binding b
        WHERE b.community_id = h.community_id AND b.member_id = h.member_id
        AND b.by_id = h.by_id AND b.link_id = h.link_id)
      ELSE false END
    ORDER BY h.member_id LIMIT 20";
