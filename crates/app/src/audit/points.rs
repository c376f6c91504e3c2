//! Points: each lot in what became of it, balances and reservations as the journal has them, and
//! what orders earned, computed once more.
use super::{Check, Name, Report, check};
use crate::db::{Fault, Rx};
use crate::p;

pub(super) const CHECKS: [Check; 12] = [
    check(("points", "a member's lots are what the journal has"), ACCOUNTS, BALANCES),
    check(("points", "who owes points has none, and owes what the journal says"), ACCOUNTS, DEBTS),
    check(("points", "a member's changes add up to the balance"), ACCOUNTS, CHANGES),
    check(("points", "a change of points is its transfers"), CHANGED, TRANSFERS),
    check(("points", "a lot's points are where its orders say"), LOTS, SPENT),
    check(("points", "points taken back are what was not kept"), ACCOUNTS, TAKEN),
    check(("points", "what an order takes in points stands with its lines"), ORDERS, SUMS),
    check(("points", "reserved points follow their order"), ORDERS, STATES),
    check(("points", "points come back with the units of a line"), ORDERS, RETURNED),
    check(("points", "a lot has its member and its paid order"), LOTS, PARENTS),
    check(("points", "a member's last kept order is the last"), ACCOUNTS, ACTIVE),
    check(("points", "points that wait or end have a job that looks"), LOTS, JOBS),
];
const SHARES: Name = ("points", "an order earns points for what stays paid");
pub(super) const NAMES: [Name; 1] = [SHARES];

const ACCOUNTS: &str = "SELECT count(*) FROM point_account WHERE community_id = $1";
const LOTS: &str = "SELECT count(*) FROM point_lot WHERE community_id = $1";
const ORDERS: &str = "SELECT count(*) FROM order_points WHERE community_id = $1";
const CHANGED: &str = "SELECT count(*) FROM point_change WHERE community_id = $1";

/// Accounts without lots, too.
const BALANCES: &str = "SELECT 'balance ' || x.account, 'it has ' || x.posted || ', ' || x.pending
    || ' of them reserved; its lots have ' || x.free || ' free and ' || x.held || ' held',
    count(*) OVER ()
    FROM (SELECT account, sum(posted) AS posted, sum(pending) AS pending, sum(free) AS free,
        sum(held) AS held
      FROM (SELECT account, credits_posted - debits_posted AS posted, debits_pending AS pending,
          0 AS free, 0 AS held FROM balance WHERE community_id = $1 AND account LIKE 'points:%'
        UNION ALL SELECT 'points:' || member_id, 0, 0, free, held FROM point_lot
          WHERE community_id = $1) b GROUP BY account) x
    WHERE x.posted <> x.free + x.held OR x.pending <> x.held
    ORDER BY 1 LIMIT 20";

const DEBTS: &str =
    "SELECT 'point_account of ' || x.member_id, x.debt || ' are owed and ' || x.free
    || ' free; the journal says ' || x.owed, count(*) OVER ()
    FROM (SELECT member_id, sum(debt) AS debt, sum(free) AS free, sum(owed) AS owed
      FROM (SELECT CAST(member_id AS text) AS member_id, debt, 0 AS free, 0 AS owed
          FROM point_account WHERE community_id = $1
        UNION ALL SELECT CAST(member_id AS text), 0, free, 0 FROM point_lot
          WHERE community_id = $1
        UNION ALL SELECT substr(debit, 13), 0, 0, amount FROM transfer
          WHERE community_id = $1 AND debit LIKE 'points_debt:%'
        UNION ALL SELECT substr(credit, 13), 0, 0, -amount FROM transfer
          WHERE community_id = $1 AND credit LIKE 'points_debt:%') b GROUP BY member_id) x
    WHERE x.debt <> x.owed OR (x.debt > 0 AND x.free > 0) ORDER BY 1 LIMIT 20";

/// What an unpaid order gave back whole is no change.
const CHANGES: &str = "SELECT 'points of member ' || x.member_id, 'its changes add up to '
    || x.changes || '; free less owed is ' || x.balance, count(*) OVER ()
    FROM (SELECT member_id, sum(changes) AS changes, sum(balance) AS balance
      FROM (SELECT member_id, free AS balance, 0 AS changes FROM point_lot
          WHERE community_id = $1
        UNION ALL SELECT member_id, -debt, 0 FROM point_account WHERE community_id = $1
        UNION ALL SELECT k.member_id, 0, k.points FROM point_change k
          WHERE k.community_id = $1 AND NOT EXISTS (SELECT 1 FROM order_points o
            WHERE o.community_id = $1 AND o.change_id = k.id AND o.state = 'given_back')) b
      GROUP BY member_id) x
    WHERE x.changes <> x.balance ORDER BY x.member_id LIMIT 20";

const TRANSFERS: &str = "SELECT 'point_change ' || k.id, k.kind || ' of ' || k.points
    || '; its transfers are ' || coalesce(t.event || ' of ' || t.points, 'missing'),
    count(*) OVER ()
    FROM point_change k LEFT JOIN (SELECT id, min(event) AS event,
        sum(CASE WHEN debit = 'points_issued' THEN amount ELSE -amount END) AS points,
        sum(CASE WHEN debit = 'points_issued' THEN CASE WHEN credit = 'points:' || m
            OR credit = 'points_debt:' || m THEN 0 ELSE 1 END
          WHEN debit = 'points:' || m OR debit = 'points_debt:' || m THEN 0 ELSE 1 END) AS others
      FROM (SELECT y.id, y.event, y.debit, y.credit, y.amount, z.member_id AS m
        FROM transfer y JOIN point_change z ON z.community_id = y.community_id AND z.id = y.id
        WHERE y.community_id = $1) w GROUP BY id) t ON t.id = k.id
    WHERE k.community_id = $1 AND (t.id IS NULL OR t.event <> 'points_' || k.kind
      OR t.points <> k.points OR t.others <> 0
      OR (k.kind IN ('earned', 'returned') AND k.points <= 0)
      OR (k.kind IN ('spent', 'taken_back', 'expired') AND k.points >= 0))
    ORDER BY k.id LIMIT 20";

/// Held by unpaid orders, spent by paid ones less what came back.
const SPENT: &str = "SELECT 'point_lot ' || l.id, l.state || ': of ' || l.granted || ' '
    || l.free || ' are free, ' || l.held || ' held, ' || l.spent || ' spent, ' || l.expired
    || ' expired, ' || l.taken || ' taken; its orders hold ' || l.now || ' and spent ' || l.gone
    || ', and ' || l.came || ' came', count(*) OVER ()
    FROM (SELECT x.id, x.state, x.granted, x.free, x.held, x.spent, x.expired, x.taken, x.kept,
        coalesce(u.now, 0) AS now, coalesce(u.gone, 0) AS gone,
        CASE WHEN x.state <> 'live' THEN 0 WHEN x.order_id IS NULL THEN x.earned
          ELSE (SELECT coalesce(sum(k.points), 0) FROM point_change k
            WHERE k.community_id = $1 AND k.order_id = x.order_id AND k.kind = 'earned') END AS came
      FROM point_lot x LEFT JOIN (SELECT e.lot_id,
          sum(CASE WHEN o.state = 'held' THEN e.points ELSE 0 END) AS now,
          sum(CASE WHEN o.state = 'spent' THEN e.points - e.returned ELSE 0 END) AS gone
        FROM point_use e LEFT JOIN order_points o ON o.community_id = e.community_id
          AND o.order_id = e.order_id WHERE e.community_id = $1 GROUP BY e.lot_id) u
        ON u.lot_id = x.id
      WHERE x.community_id = $1) l
    WHERE l.held <> l.now OR l.spent <> l.gone OR l.granted <> l.came
      OR l.granted <> l.free + l.held + l.spent + l.expired + l.taken
      OR (l.state = 'live' AND l.granted < l.kept)
      OR (l.state = 'waiting') <> (l.state = 'waiting' AND l.kept > 0)
      OR (l.state = 'ended' AND l.kept <> 0) OR l.state NOT IN ('waiting', 'live', 'ended')
    ORDER BY l.id LIMIT 20";

const TAKEN: &str = "SELECT 'points of member ' || x.member_id, x.taken
    || ' were taken from lots or are owed; orders and corrections took ' || x.due,
    count(*) OVER ()
    FROM (SELECT member_id, sum(taken) AS taken, sum(due) AS due
      FROM (SELECT member_id, taken, CASE WHEN state = 'live' THEN granted - kept ELSE 0 END AS due
          FROM point_lot WHERE community_id = $1
        UNION ALL SELECT member_id, debt, 0 FROM point_account WHERE community_id = $1
        UNION ALL SELECT member_id, 0, -points FROM point_change
          WHERE community_id = $1 AND kind = 'corrected' AND points < 0) b
      GROUP BY member_id) x
    WHERE x.taken <> x.due ORDER BY x.member_id LIMIT 20";

/// Orders that cost less by points nobody gave, too.
const SUMS: &str = "SELECT 'order_points of ' || x.order_id, x.points || ' take ' || x.money
    || ' off; the order says ' || x.off || ', its lines ' || x.lines || ', the lots gave '
    || x.uses, count(*) OVER ()
    FROM (SELECT o.id AS order_id, o.points_off AS off, coalesce(k.points, 0) AS points,
        coalesce(k.money, 0) AS money,
        (SELECT coalesce(sum(l.points_off), 0) FROM order_line l
          WHERE l.community_id = $1 AND l.order_id = o.id) AS lines,
        (SELECT coalesce(sum(u.points), 0) FROM point_use u
          JOIN order_line l ON l.community_id = u.community_id AND l.id = u.line_id
            AND l.order_id = u.order_id
          JOIN point_lot t ON t.community_id = u.community_id AND t.id = u.lot_id
            AND t.member_id = o.member_id
          WHERE u.community_id = $1 AND u.order_id = o.id) AS uses
      FROM orders o LEFT JOIN order_points k ON k.community_id = o.community_id
        AND k.order_id = o.id AND k.member_id = o.member_id
      WHERE o.community_id = $1 AND (o.points_off <> 0 OR k.points IS NOT NULL)) x
    WHERE x.off <> x.money OR x.off <> x.lines OR x.points <> x.uses
    ORDER BY x.order_id LIMIT 20";

const STATES: &str = "SELECT 'order_points of ' || k.order_id, k.points || ' are ' || k.state
    || '; the order is ' || coalesce(o.state, 'missing') || ', its hold ' || coalesce(h.state
      || ' with ' || h.qty || ' of ' || h.what, 'missing') || ', the journal has '
    || coalesce(t.state || ' ' || t.amount, 'nothing') || ', then '
    || coalesce(r.state, 'nothing'), count(*) OVER ()
    FROM order_points k
    LEFT JOIN orders o ON o.community_id = k.community_id AND o.id = k.order_id
    LEFT JOIN hold h ON h.community_id = k.community_id AND h.id = k.hold_id
    LEFT JOIN transfer t ON t.community_id = k.community_id AND t.id = k.change_id AND t.part = 0
    LEFT JOIN transfer r ON r.community_id = k.community_id AND r.pending_id = k.change_id
    WHERE k.community_id = $1 AND (o.id IS NULL OR h.id IS NULL OR t.id IS NULL
      OR k.state <> CASE WHEN o.state = 'awaiting_payment' THEN 'held'
        WHEN o.state IN ('cancelled', 'closed_unpaid') THEN 'given_back' ELSE 'spent' END
      OR h.what <> 'points' OR h.qty <> k.points OR h.subject <> k.member_id
      OR h.state <> CASE k.state WHEN 'held' THEN 'held' WHEN 'spent' THEN 'confirmed'
        ELSE 'released' END
      OR t.event <> 'points_spent' OR t.state <> 'pending' OR t.amount <> k.points
      OR t.debit <> 'points:' || k.member_id
      OR coalesce(r.state, '') <> CASE k.state WHEN 'held' THEN '' WHEN 'spent' THEN 'posted'
        ELSE 'voided' END)
    ORDER BY k.order_id LIMIT 20";

/// Parts round down and the last unit takes the rest: in between, the whole bounds are checked.
const RETURNED: &str = "SELECT 'point_use of order ' || x.order_id, 'of ' || x.points || ' points '
    || x.returned || ' came back with ' || x.refunded_qty || ' of ' || x.qty
    || ' units; its changes say ' || x.said, count(*) OVER ()
    FROM (SELECT u.order_id, l.id, l.qty, l.refunded_qty, sum(u.points) AS points,
        sum(u.returned) AS returned, sum(sum(u.returned)) OVER (PARTITION BY u.order_id) AS whole,
        (SELECT coalesce(sum(k.points), 0) FROM point_change k WHERE k.community_id = $1
          AND k.order_id = u.order_id AND k.kind = 'returned') AS said
      FROM point_use u JOIN order_line l ON l.community_id = u.community_id AND l.id = u.line_id
      WHERE u.community_id = $1 GROUP BY u.order_id, l.id, l.qty, l.refunded_qty) x
    WHERE x.whole <> x.said OR (x.refunded_qty = 0 AND x.returned <> 0)
      OR (x.refunded_qty = x.qty AND x.returned <> x.points)
      OR x.returned * x.qty > x.points * x.refunded_qty
      OR (x.returned + x.refunded_qty) * x.qty < x.points * x.refunded_qty
    ORDER BY x.order_id LIMIT 20";

const PARENTS: &str = "SELECT 'point_lot ' || l.id, 'member ' || l.member_id || ', order '
    || coalesce(CAST(l.order_id AS text), 'none') || ': it does not fit or is missing',
    count(*) OVER ()
    FROM point_lot l
    LEFT JOIN member m ON m.community_id = l.community_id AND m.id = l.member_id
    LEFT JOIN point_account a ON a.community_id = l.community_id AND a.member_id = l.member_id
    LEFT JOIN orders o ON o.community_id = l.community_id AND o.id = l.order_id
    WHERE l.community_id = $1 AND (m.id IS NULL OR a.member_id IS NULL
      OR (l.order_id IS NOT NULL
        AND (o.id IS NULL OR o.member_id <> l.member_id OR o.paid_at IS NULL)))
    ORDER BY l.id LIMIT 20";

const ACTIVE: &str = "SELECT 'point_account of ' || a.member_id, 'the last kept order was paid at '
    || a.active_at || '; the orders say ' || a.last, count(*) OVER ()
    FROM (SELECT x.member_id, x.active_at, (SELECT coalesce(max(o.paid_at), 0) FROM orders o
        WHERE o.community_id = $1 AND o.member_id = x.member_id AND o.paid_at IS NOT NULL
          AND o.state NOT IN ('refunding', 'refunded')) AS last
      FROM point_account x WHERE x.community_id = $1) a
    WHERE a.active_at <> a.last ORDER BY a.member_id LIMIT 20";

/// Lots that wait for receipt have no job yet; idle ones end later than they could.
const JOBS: &str = "SELECT 'point_lot ' || l.id, l.state || ', of order '
    || coalesce(o.state, 'none') || ', it ends at '
    || coalesce(CAST(l.expires_at AS text), 'no day')
    || '; its job is ' || coalesce(j.state || ', due ' || j.due_at, 'missing'), count(*) OVER ()
    FROM point_lot l LEFT JOIN orders o ON o.community_id = l.community_id AND o.id = l.order_id
    LEFT JOIN job j ON j.community_id = l.community_id
      AND j.kind = CASE l.state WHEN 'waiting' THEN 'release_points' ELSE 'end_points' END
      AND j.subject = CASE l.state WHEN 'waiting' THEN l.order_id ELSE l.member_id END
    WHERE l.community_id = $1 AND coalesce(j.state, '') <> 'waiting'
      AND ((l.state = 'waiting' AND o.state IN ('received', 'completed'))
        OR (l.state = 'live' AND l.free > 0
          AND (l.expires_at IS NOT NULL OR l.idle_days IS NOT NULL)))
    ORDER BY l.id LIMIT 20";

const EARNED: &str = "SELECT l.id, l.rate, l.goods, l.counting, l.total, l.earned, l.kept,
      k.currency, (SELECT CAST(coalesce(sum(x.amount), 0) AS bigint) FROM order_line x
        WHERE x.community_id = $1 AND x.order_id = l.order_id),
      (SELECT CAST(coalesce(sum(x.amount - x.refunded), 0) AS bigint) FROM order_line x
        WHERE x.community_id = $1 AND x.order_id = l.order_id)
    FROM point_lot l JOIN community k ON k.id = l.community_id
    WHERE l.community_id = $1 AND l.order_id IS NOT NULL AND l.id > $2 ORDER BY l.id LIMIT $3";
const PAGE: i64 = 2000;

/// Products of two sums do not fit a column, so this is computed here.
pub(super) fn shares(rx: &mut Rx<'_>, report: &mut Report, c: i64) -> Result<(), Fault> {
    let mut last = 0;
    loop {
        let page = rx.all(EARNED, p![c, last, PAGE], |r| {
            let n = |i| r.int(i);
            ([n(0), n(1), n(2), n(3), n(4), n(5), n(6), n(8), n(9)], r.text(7))
        })?;
        report.looked(SHARES, page.len() as i64);
        for ([id, rate, goods, counting, total, earned, kept, amount, left], currency) in &page {
            let unit: i128 = if currency == "JPY" { 100 } else { 10_000 };
            let of = |goods: i64| {
                let base = match counting >= total {
                    true => i128::from(goods),
                    false => i128::from(goods) * i128::from(*counting) / i128::from(*total),
                };
                (base * i128::from(*rate) / unit).min(100_000_000)
            };
            let (want, stays) = (of(*amount), of(*left));
            if goods != amount || i128::from(*earned) != want || i128::from(*kept) != stays {
                let says = format!(
                    "{earned} were earned by {goods} and {kept} kept; the lines cost {amount}, \
                     {left} stays paid, which makes {want} and {stays}"
                );
                report.found(SHARES, c, &format!("point_lot {id}"), says);
            }
        }
        match page.last() {
            Some((row, _)) if page.len() == PAGE as usize => last = row[0],
            _ => return Ok(()),
        }
    }
}
