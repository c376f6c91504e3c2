//! What buyers asked for after paying: every answer says how, and every yes has its refund.
use super::{Check, check};

pub(super) const CHECKS: [Check; 2] = [
    check(("cases", "an answered case says how, a yes by its refund"), CASES, ANSWERS),
    check(("cases", "a case asks for lines of its buyer's order"), CASES, LINES),
];

const CASES: &str = "SELECT count(*) FROM order_case WHERE community_id = $1";

const ANSWERS: &str = "SELECT 'order_case ' || k.id, 'state is ' || k.state || ', decided_at '
    || coalesce(CAST(k.decided_at AS text), 'empty') || ', answer of ' || length(k.answer)
    || ', refund ' || coalesce(CAST(k.refund_id AS text), 'empty') || ' of order '
    || coalesce(CAST(f.order_id AS text), 'none'), count(*) OVER ()
    FROM order_case k LEFT JOIN refund f ON f.community_id = k.community_id AND f.id = k.refund_id
    WHERE k.community_id = $1 AND NOT (k.amount > 0 AND CASE k.state
      WHEN 'open' THEN k.decided_at IS NULL AND k.decided_by IS NULL AND k.refund_id IS NULL
      WHEN 'accepted' THEN k.decided_at IS NOT NULL AND f.order_id IS NOT NULL
        AND f.order_id = k.order_id
      WHEN 'declined' THEN k.decided_at IS NOT NULL AND k.refund_id IS NULL AND k.answer <> ''
      WHEN 'withdrawn' THEN k.decided_at IS NOT NULL AND k.refund_id IS NULL
        AND k.decided_by = k.member_id
      ELSE false END)
    ORDER BY k.id LIMIT 20";

const LINES: &str = "SELECT 'order_case ' || k.id, k.lines || ' lines, ' || k.theirs
    || ' of them of its order, which is of ' || coalesce(CAST(k.buyer AS text), 'nobody'),
    count(*) OVER ()
    FROM (SELECT w.id, w.member_id, o.member_id AS buyer, (SELECT count(*) FROM order_case_line d
        WHERE d.community_id = $1 AND d.case_id = w.id) AS lines,
      (SELECT count(*) FROM order_case_line d JOIN order_line l
        ON l.community_id = d.community_id AND l.id = d.line_id
        WHERE d.community_id = $1 AND d.case_id = w.id AND l.order_id = w.order_id
        AND d.qty <= l.qty) AS theirs
      FROM order_case w LEFT JOIN orders o ON o.community_id = w.community_id AND o.id = w.order_id
      WHERE w.community_id = $1) k
    WHERE k.lines = 0 OR k.lines <> k.theirs OR k.buyer IS NULL OR k.buyer <> k.member_id
    ORDER BY k.id LIMIT 20";
