//! I11, the way out: what is paid out was reserved in the wallet of its member, leaves once, and
//! comes back whole when it failed.
use super::{Check, check};

pub(super) const CHECKS: [Check; 3] = [
    check(("payouts", "a payout's fields fit its state"), PAYOUTS, FIELDS),
    check(("payouts", "one open payout a member, one payout a slip"), PAYOUTS, ONCE),
    check(
        ("payouts", "a payout stands in the journal and ends there as it ended"),
        PAYOUTS,
        JOURNAL,
    ),
];

const PAYOUTS: &str = "SELECT count(*) FROM payout WHERE community_id = $1";

const FIELDS: &str = "SELECT 'payout ' || y.id, 'state is ' || y.state || ', ' || y.amount
    || ' less ' || y.fee || ', slip ' || coalesce(y.slip, 'empty') || ', settled_at '
    || coalesce(CAST(y.settled_at AS text), 'empty') || ', member '
    || coalesce(CAST(m.id AS text), 'missing'), count(*) OVER ()
    FROM payout y LEFT JOIN member m ON m.community_id = y.community_id AND m.id = y.member_id
    WHERE y.community_id = $1 AND NOT (m.id IS NOT NULL AND y.amount > 0 AND y.fee >= 0
      AND y.fee < y.amount AND CASE y.state
      WHEN 'claim' THEN y.slip IS NULL AND y.settled_at IS NULL AND y.by_member IS NULL
        AND y.destination <> ''
      WHEN 'unknown' THEN y.slip IS NULL AND y.settled_at IS NULL AND y.by_member IS NOT NULL
        AND y.reason <> '' AND y.destination <> ''
      WHEN 'paid' THEN y.slip IS NOT NULL AND y.settled_at IS NOT NULL
        AND y.by_member IS NOT NULL
      WHEN 'failed' THEN y.slip IS NULL AND y.settled_at IS NOT NULL AND y.by_member IS NOT NULL
        AND y.reason <> ''
      ELSE false END)
    ORDER BY y.id LIMIT 20";

const ONCE: &str = "SELECT 'payout ' || b.id, b.what || ' is that of ' || b.n || ' payouts',
    count(*) OVER ()
    FROM (SELECT min(id) AS id, 'the open one of ' || member_id AS what, count(*) AS n FROM payout
      WHERE community_id = $1 AND state IN ('claim', 'unknown') GROUP BY member_id
      HAVING count(*) > 1
    UNION ALL SELECT min(id), 'slip ' || slip, count(*) FROM payout
      WHERE community_id = $1 AND slip IS NOT NULL GROUP BY slip HAVING count(*) > 1) b
    ORDER BY b.id LIMIT 20";

/// A free payout has one part, one with a fee two; all of them leave the same wallet.
const JOURNAL: &str = "SELECT 'payout ' || y.id, 'state is ' || y.state || ', ' || y.amount
    || ' less ' || y.fee || '; the journal has ' || coalesce(t.out, 0) || ' out and '
    || coalesce(t.fee, 0) || ' kept in ' || coalesce(t.n, 0) || ' parts, ' || coalesce(t.odd, 0)
    || ' of them odd, ' || coalesce(r.posted, 0) || ' posted, ' || coalesce(r.voided, 0)
    || ' voided', count(*) OVER ()
    FROM payout y LEFT JOIN (SELECT x.id, count(*) AS n,
        sum(CASE WHEN x.credit = 'payout:manual' THEN x.amount ELSE 0 END) AS out,
        sum(CASE WHEN x.credit = 'fees' THEN x.amount ELSE 0 END) AS fee,
        sum(CASE WHEN x.state = 'pending' AND x.event = 'payout' AND x.cause = x.id
          AND x.debit = 'wallet:' || p.member_id || ':commission' THEN 0 ELSE 1 END) AS odd
      FROM transfer x JOIN payout p ON p.community_id = x.community_id AND p.id = x.id
      WHERE x.community_id = $1 GROUP BY x.id) t ON t.id = y.id
    LEFT JOIN (SELECT pending_id, sum(CASE WHEN state = 'posted' THEN 1 ELSE 0 END) AS posted,
        sum(CASE WHEN state = 'voided' THEN 1 ELSE 0 END) AS voided
      FROM transfer WHERE community_id = $1 AND event = 'payout' AND pending_id IS NOT NULL
      GROUP BY pending_id) r ON r.pending_id = y.id
    WHERE y.community_id = $1 AND (t.n IS NULL OR t.out <> y.amount - y.fee OR t.fee <> y.fee
      OR t.odd <> 0 OR t.n <> CASE WHEN y.fee > 0 THEN 2 ELSE 1 END
      OR coalesce(r.posted, 0) <> CASE WHEN y.state = 'paid' THEN t.n ELSE 0 END
      OR coalesce(r.voided, 0) <> CASE WHEN y.state = 'failed' THEN t.n ELSE 0 END)
    ORDER BY y.id LIMIT 20";
