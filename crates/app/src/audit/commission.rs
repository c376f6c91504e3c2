//! I11: commission is a share of what was paid and kept, for those the order was credited to, two
//! at most; every sum that was earned, frozen, released or taken back stands in the journal.
use super::shares::for_shares;
use super::{Check, Name, Report, check};
use crate::db::{Fault, Rx};

pub(super) const CHECKS: [Check; 5] = [
    check(("I11", "commission goes to whom the order was credited to"), COMMISSIONS, CREDITED),
    check(("I11", "a commission's state fits its line, its sum and its job"), COMMISSIONS, STATES),
    check(("I11", "what was earned and taken back stands in the journal"), COMMISSIONS, MONEY),
    check(("I11", "what waits on an account is what its commissions say"), COMMISSIONS, WAITING),
    check(("I5", "a member's debt is what was taken back after it was spent"), DEBTS, OWED),
];
const SHARE: Name = ("I11", "a commission is its rate of what was paid and kept");
pub(super) const NAMES: [Name; 1] = [SHARE];

const COMMISSIONS: &str = "SELECT count(*) FROM commission WHERE community_id = $1";
const DEBTS: &str = "SELECT count(*) FROM commission_debt WHERE community_id = $1";

const CREDITED: &str = "SELECT 'commission ' || k.id, 'level ' || k.level || ' for '
    || k.member_id || ' of an order of ' || k.buyer_id || ' through '
    || coalesce(CAST(k.via_id AS text), 'nobody') || ', rate ' || k.rate || '; the order of '
    || coalesce(CAST(o.member_id AS text), 'nobody') || ' is credited to '
    || coalesce(CAST(a.member_id AS text), 'nobody') || ' and '
    || coalesce(CAST(a.second_id AS text), 'nobody') || '; the line has rates of '
    || (SELECT sum(x.rate) FROM commission x WHERE x.community_id = k.community_id
        AND x.line_id = k.line_id), count(*) OVER ()
    FROM commission k
    LEFT JOIN orders o ON o.community_id = k.community_id AND o.id = k.order_id
    LEFT JOIN attribution a ON a.community_id = k.community_id AND a.order_id = k.order_id
    LEFT JOIN order_line l ON l.community_id = k.community_id AND l.id = k.line_id
    WHERE k.community_id = $1 AND NOT (coalesce(o.member_id = k.buyer_id
        AND l.order_id = k.order_id, false) AND k.member_id <> k.buyer_id AND k.rate > 0
      AND CASE k.level WHEN 1 THEN coalesce(a.member_id = k.member_id, false)
          AND k.via_id IS NULL
        WHEN 2 THEN coalesce(a.second_id = k.member_id AND a.member_id = k.via_id, false)
        ELSE false END
      AND (SELECT sum(x.rate) FROM commission x WHERE x.community_id = k.community_id
        AND x.line_id = k.line_id) <= 5000)
    ORDER BY k.id LIMIT 20";

const STATES: &str = "SELECT 'commission ' || k.id, CASE WHEN j.state = 'gave_up'
      THEN 'a person is needed: its release_commission job gave up, ' || j.reason
      ELSE 'state is ' || k.state || ' with ' || k.amount || ' of ' || k.earned
      || ', frozen_at ' || coalesce(CAST(k.frozen_at AS text), 'empty') || ', available_at '
      || coalesce(CAST(k.available_at AS text), 'empty') || '; its line is '
      || coalesce(l.state, 'missing') || ', the order '
      || CASE WHEN o.paid_at IS NULL THEN 'not paid' ELSE 'paid' END || ', the job '
      || coalesce(j.state, 'missing') END, count(*) OVER ()
    FROM commission k
    LEFT JOIN orders o ON o.community_id = k.community_id AND o.id = k.order_id
    LEFT JOIN order_line l ON l.community_id = k.community_id AND l.id = k.line_id
    LEFT JOIN job j ON j.community_id = k.community_id AND j.kind = 'release_commission'
      AND j.subject = k.order_id
    WHERE k.community_id = $1 AND NOT coalesce(CASE k.state
      WHEN 'expected' THEN o.paid_at IS NULL AND k.earned = 0 AND k.frozen_at IS NULL
        AND k.available_at IS NULL
      WHEN 'pending' THEN k.amount > 0 AND k.frozen_at IS NULL AND k.available_at IS NULL
        AND l.state IN ('awaiting_group', 'awaiting_goal', 'to_fulfil', 'shipped',
          'ready_for_pickup')
      WHEN 'frozen' THEN k.amount > 0 AND k.frozen_at IS NOT NULL AND k.available_at IS NULL
        AND l.state IN ('received', 'completed') AND j.state = 'waiting'
      WHEN 'available' THEN k.amount > 0 AND k.available_at >= k.frozen_at
          + k.wait_days * 86400000 AND l.state = 'completed'
      WHEN 'ended' THEN k.amount = 0 AND o.paid_at IS NOT NULL
      ELSE false END, false)
    ORDER BY k.id LIMIT 20";

const MONEY: &str = "SELECT 'commission ' || k.id, 'state is ' || k.state || ', earned '
    || k.earned || ', left ' || k.amount || ', for ' || k.member_id || '; the journal earned '
    || coalesce(t.earned, 0) || ', took back ' || coalesce(t.back, 0) || ', froze '
    || coalesce(t.frozen, 0) || ', released ' || coalesce(t.available, 0) || ', '
    || coalesce(t.strange, 0) || ' of them on other members'' accounts', count(*) OVER ()
    FROM commission k LEFT JOIN (SELECT x.cause,
        sum(CASE WHEN x.event = 'commission_earned' THEN x.amount ELSE 0 END) AS earned,
        sum(CASE WHEN x.event = 'commission_taken_back' THEN x.amount ELSE 0 END) AS back,
        sum(CASE WHEN x.event = 'commission_frozen' THEN x.amount
          WHEN x.event = 'commission_thawed' THEN -x.amount
          WHEN x.event = 'commission_taken_back' AND x.debit LIKE 'commission:%:frozen'
            THEN -x.amount ELSE 0 END) AS frozen,
        sum(CASE WHEN x.event = 'commission_available' THEN x.amount ELSE 0 END) AS available,
        sum(CASE WHEN x.debit IN ('commission_cost', 'commission:' || n.member_id || ':pending',
            'commission:' || n.member_id || ':frozen', 'wallet:' || n.member_id || ':commission',
            'commission_debt:' || n.member_id)
          AND x.credit IN ('commission_cost', 'commission:' || n.member_id || ':pending',
            'commission:' || n.member_id || ':frozen', 'wallet:' || n.member_id || ':commission',
            'commission_debt:' || n.member_id) THEN 0 ELSE 1 END) AS strange
      FROM commission n JOIN transfer x ON x.community_id = n.community_id AND x.cause = n.id
        AND x.event IN ('commission_earned', 'commission_taken_back', 'commission_frozen',
          'commission_thawed', 'commission_available')
      WHERE n.community_id = $1 GROUP BY x.cause) t ON t.cause = k.id
    WHERE k.community_id = $1 AND (coalesce(t.earned, 0) <> k.earned
      OR coalesce(t.back, 0) <> k.earned - k.amount OR coalesce(t.strange, 0) <> 0
      OR (k.available_at IS NULL) <> (coalesce(t.available, 0) = 0)
      OR (k.frozen_at IS NULL AND coalesce(t.frozen, 0) <> 0)
      OR coalesce(t.frozen, 0) <> CASE k.state WHEN 'frozen' THEN k.amount
        ELSE coalesce(t.available, 0) END)
    ORDER BY k.id LIMIT 20";

const WAITING: &str = "SELECT 'account ' || s.account, 'its commissions add up to ' || s.said
    || ', its balance is ' || s.has, count(*) OVER ()
    FROM (SELECT u.account, sum(u.said) AS said, sum(u.has) AS has FROM (
        SELECT 'commission:' || member_id || ':' || state AS account, amount AS said, 0 AS has
        FROM commission WHERE community_id = $1 AND state IN ('pending', 'frozen')
        UNION ALL SELECT account, 0, credits_posted - debits_posted - debits_pending FROM balance
        WHERE community_id = $1 AND account LIKE 'commission:%') u GROUP BY u.account) s
    WHERE s.said <> s.has ORDER BY s.account LIMIT 20";

const OWED: &str = "SELECT 'commission_debt of member ' || s.member, 'owes ' || s.said
    || ', the journal says ' || s.has, count(*) OVER ()
    FROM (SELECT u.member, sum(u.said) AS said, sum(u.has) AS has FROM (
        SELECT 'commission_debt:' || member_id AS member, amount AS said, 0 AS has
        FROM commission_debt WHERE community_id = $1
        UNION ALL SELECT debit, 0, amount FROM transfer WHERE community_id = $1
          AND debit LIKE 'commission_debt:%'
        UNION ALL SELECT credit, 0, -amount FROM transfer WHERE community_id = $1
          AND credit LIKE 'commission_debt:%') u GROUP BY u.member) s
    WHERE s.said <> s.has OR s.said < 0 ORDER BY s.member LIMIT 20";

const PAID: &str = "SELECT k.id, k.rate, k.base, k.counting, k.total, k.earned, k.amount,
    l.amount, l.refunded, o.total FROM commission k
    JOIN orders o ON o.community_id = k.community_id AND o.id = k.order_id
    JOIN order_line l ON l.community_id = k.community_id AND l.id = k.line_id
    WHERE k.community_id = $1 AND k.state <> 'expected' AND k.id > $2 ORDER BY k.id LIMIT 1000";

/// What a part of the line's price earns: first the money that counts, then the rate, each
/// rounded down. Reckoned wider than a column, since sums and totals are multiplied.
fn earned(paid: i64, (counting, total): (i64, i64), rate: i64) -> (i128, i128) {
    let paid = i128::from(paid);
    let base = if total == 0 { paid } else { paid * i128::from(counting) / i128::from(total) };
    (base, base * i128::from(rate) / 10_000)
}

pub(super) fn shares(rx: &mut Rx<'_>, report: &mut Report, c: i64) -> Result<(), Fault> {
    for_shares(rx, report, (SHARE, PAID), c, |report, row| {
        let [id, rate, base, counting, total, was, amount, line, refunded, of_order] = row;
        let counts = (counting, total);
        let fits = (0..=total).contains(&counting) && total == of_order;
        let (all, then) = earned(line, counts, rate);
        let (_, left) = earned(line - refunded, counts, rate);
        let same = (i128::from(base), i128::from(was), i128::from(amount));
        if !fits || same != (all, then, left) {
            let says = format!(
                "rate {rate} of {base}: earned {was}, left {amount}; {counting} of {total} \
                 counts, the line was {line} with {refunded} given back, the order {of_order}"
            );
            report.found(SHARE, c, &format!("commission {id}"), says);
        }
    })
}
