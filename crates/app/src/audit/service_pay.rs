//! Service pay: a share of what was handed out and kept, for the leader of the list, once a line
//! and once an order; every sum that was earned, released or taken back stands in the journal.
use super::shares::for_shares;
use super::{Check, Name, Report, check};
use crate::db::{Fault, Rx};

pub(super) const CHECKS: [Check; 6] = [
    check(("service", "a list pays whoever opened it"), LISTS, LEADERS),
    check(("service", "service pay goes to the leader, not for her own orders"), PAY, WHOSE),
    check(("service", "service pay fits its line, its order and its job"), PAY, STATES),
    check(("service", "what was handed out was paid for"), PLACES, UNPAID),
    check(("service", "service pay stands in the journal"), PAY, MONEY),
    check(("service", "what waits on an account is what its service pay says"), PAY, WAITING),
];
const SHARE: Name = ("service", "service pay is its part of what was kept");
pub(super) const NAMES: [Name; 1] = [SHARE];

const PAY: &str = "SELECT count(*) FROM service_pay WHERE community_id = $1";
const LISTS: &str = "SELECT count(*) FROM list_service WHERE community_id = $1";
const PLACES: &str = "SELECT count(*) FROM chain_place p JOIN list_service s
    ON s.community_id = p.community_id AND s.campaign_id = p.campaign_id
    WHERE p.community_id = $1";

const LEADERS: &str = "SELECT 'list_service ' || s.campaign_id, 'it pays ' || s.rate || ' and '
    || s.flat || ' to ' || s.leader_id || ' after ' || s.wait_days || ' days; the list is that of '
    || coalesce(CAST(h.leader_id AS text), 'nobody'), count(*) OVER ()
    FROM list_service s LEFT JOIN chain_order h ON h.community_id = s.community_id
      AND h.campaign_id = s.campaign_id
    WHERE s.community_id = $1 AND NOT (coalesce(h.leader_id = s.leader_id, false)
      AND s.rate BETWEEN 0 AND 2000 AND s.flat BETWEEN 0 AND 100000 AND s.rate + s.flat > 0
      AND s.wait_days BETWEEN 0 AND 60)
    ORDER BY s.campaign_id LIMIT 20";

const WHOSE: &str = "SELECT 'service_pay ' || v.id, 'for ' || v.member_id || ' of list '
    || v.campaign_id || ' and line ' || v.line_id || '; the list is ' ||
    coalesce(CAST(p.campaign_id AS text), 'none') || ' and pays '
    || coalesce(CAST(s.leader_id AS text), 'nobody') || ', the order is that of '
    || coalesce(CAST(o.member_id AS text), 'nobody') || '; it waits ' || v.wait_days
    || ' days, the list says ' || coalesce(s.wait_days, 0), count(*) OVER ()
    FROM service_pay v
    LEFT JOIN orders o ON o.community_id = v.community_id AND o.id = v.order_id
    LEFT JOIN chain_place p ON p.community_id = v.community_id AND p.order_id = v.order_id
    LEFT JOIN list_service s ON s.community_id = v.community_id
      AND s.campaign_id = p.campaign_id
    LEFT JOIN order_line l ON l.community_id = v.community_id AND l.id = v.line_id
      AND l.order_id = v.order_id
    WHERE v.community_id = $1 AND NOT (coalesce(s.leader_id = v.member_id
        AND p.campaign_id = v.campaign_id AND o.member_id <> v.member_id
        AND s.wait_days = v.wait_days, false)
      AND (v.line_id = 0 OR l.id IS NOT NULL))
    ORDER BY v.id LIMIT 20";

const STATES: &str = "SELECT 'service_pay ' || v.id, CASE WHEN j.state = 'gave_up'
      THEN 'a person is needed: its release_service job gave up, ' || j.reason
      ELSE 'it is ' || v.state || ' with ' || v.amount || ' of ' || v.earned || ', available_at '
      || coalesce(CAST(v.available_at AS text), 'empty') || '; its line is '
      || coalesce(l.state, 'none') || ', of its order ' || coalesce(x.here, 0)
      || ' lines are with the buyer and ' || coalesce(x.fresh, 0)
      || ' within the days of return, the job is ' || coalesce(j.state, 'missing') END,
      count(*) OVER ()
    FROM service_pay v
    LEFT JOIN order_line l ON l.community_id = v.community_id AND l.id = v.line_id
    LEFT JOIN list_service s ON s.community_id = v.community_id AND s.campaign_id = v.campaign_id
    LEFT JOIN (SELECT order_id,
        sum(CASE WHEN state IN ('received', 'completed') THEN 1 ELSE 0 END) AS here,
        sum(CASE WHEN state = 'received' THEN 1 ELSE 0 END) AS fresh
      FROM order_line WHERE community_id = $1 GROUP BY order_id) x ON x.order_id = v.order_id
    LEFT JOIN job j ON j.community_id = v.community_id AND j.kind = 'release_service'
      AND j.subject = v.order_id
    WHERE v.community_id = $1 AND NOT coalesce(CASE v.state
      WHEN 'frozen' THEN v.amount > 0 AND v.available_at IS NULL AND j.state = 'waiting'
        AND CASE WHEN v.line_id = 0 THEN x.here > 0
          ELSE l.state IN ('received', 'completed') END
      WHEN 'available' THEN v.amount > 0
        AND v.available_at >= v.frozen_at + v.wait_days * 86400000
        AND CASE WHEN v.line_id = 0 THEN x.here > 0 ELSE l.state = 'completed' END
      WHEN 'ended' THEN v.amount = 0
        AND CASE WHEN v.line_id = 0 THEN x.here = 0
          ELSE l.state NOT IN ('received', 'completed')
            OR (l.amount - l.refunded) * s.rate < 10000 END
      ELSE false END, false)
    ORDER BY v.id LIMIT 20";

/// What was handed out is written down, whoever said so.
const UNPAID: &str = "SELECT 'order_line ' || l.id, 'it is ' || l.state || ' with '
    || (l.amount - l.refunded) || ' kept; its list pays ' || s.rate || ' and ' || s.flat || ' to '
    || s.leader_id || ', nothing is written down', count(*) OVER ()
    FROM chain_place p
    JOIN list_service s ON s.community_id = p.community_id AND s.campaign_id = p.campaign_id
    JOIN order_line l ON l.community_id = p.community_id AND l.order_id = p.order_id
    LEFT JOIN service_pay v ON v.community_id = l.community_id AND v.order_id = l.order_id
      AND v.line_id = l.id
    LEFT JOIN service_pay f ON f.community_id = l.community_id AND f.order_id = l.order_id
      AND f.line_id = 0
    WHERE p.community_id = $1 AND l.state IN ('received', 'completed')
      AND p.member_id <> s.leader_id AND ((v.id IS NULL
        AND (l.amount - l.refunded) * s.rate >= 10000) OR (f.id IS NULL AND s.flat > 0))
    ORDER BY l.id LIMIT 20";

const MONEY: &str = "SELECT 'service_pay ' || v.id, 'it is ' || v.state || ' with ' || v.amount
    || ' for ' || v.member_id || '; the journal earned ' || coalesce(t.earned, 0)
    || ', took back ' || coalesce(t.back, 0) || ', released ' || coalesce(t.came, 0) || ', '
    || coalesce(t.strange, 0) || ' of them on other accounts', count(*) OVER ()
    FROM service_pay v LEFT JOIN (SELECT x.cause,
        sum(CASE WHEN x.event = 'service_earned' THEN x.amount ELSE 0 END) AS earned,
        sum(CASE WHEN x.event = 'service_taken_back' THEN x.amount ELSE 0 END) AS back,
        sum(CASE WHEN x.debit = 'service:' || n.member_id THEN -x.amount
          WHEN x.credit = 'service:' || n.member_id THEN x.amount ELSE 0 END) AS waits,
        sum(CASE WHEN x.event = 'service_available' THEN x.amount ELSE 0 END) AS came,
        sum(CASE WHEN x.debit IN ('service_cost', 'service:' || n.member_id,
            'wallet:' || n.member_id || ':commission', 'commission_debt:' || n.member_id)
          AND x.credit IN ('service_cost', 'service:' || n.member_id,
            'wallet:' || n.member_id || ':commission', 'commission_debt:' || n.member_id)
          THEN 0 ELSE 1 END) AS strange
      FROM service_pay n JOIN transfer x ON x.community_id = n.community_id AND x.cause = n.id
        AND x.event IN ('service_earned', 'service_available', 'service_taken_back')
      WHERE n.community_id = $1 GROUP BY x.cause) t ON t.cause = v.id
    WHERE v.community_id = $1 AND (coalesce(t.earned, 0) - coalesce(t.back, 0) <> v.amount
      OR coalesce(t.strange, 0) <> 0
      OR coalesce(t.waits, 0) <> CASE v.state WHEN 'frozen' THEN v.amount ELSE 0 END
      OR (v.available_at IS NOT NULL AND coalesce(t.came, 0) = 0)
      OR NOT EXISTS (SELECT 1 FROM transfer y WHERE y.community_id = v.community_id
        AND y.id = v.id AND y.event = 'service_earned' AND y.cause = v.id))
    ORDER BY v.id LIMIT 20";

const WAITING: &str = "SELECT 'account ' || s.account, 'its service pay adds up to ' || s.said
    || ', its balance is ' || s.has, count(*) OVER ()
    FROM (SELECT u.account, sum(u.said) AS said, sum(u.has) AS has FROM (
        SELECT 'service:' || member_id AS account, amount AS said, 0 AS has
        FROM service_pay WHERE community_id = $1 AND state = 'frozen'
        UNION ALL SELECT account, 0, credits_posted - debits_posted - debits_pending FROM balance
        WHERE community_id = $1 AND account LIKE 'service:%') u GROUP BY u.account) s
    WHERE s.said <> s.has ORDER BY s.account LIMIT 20";

const PAID: &str = "SELECT v.id, v.line_id, v.base, v.earned, v.amount,
    CAST(CASE v.state WHEN 'ended' THEN 1 ELSE 0 END AS bigint), s.rate, s.flat,
    coalesce(l.amount, 0), coalesce(l.refunded, 0) FROM service_pay v
    JOIN list_service s ON s.community_id = v.community_id AND s.campaign_id = v.campaign_id
    LEFT JOIN order_line l ON l.community_id = v.community_id AND l.id = v.line_id
    WHERE v.community_id = $1 AND v.id > $2 ORDER BY v.id LIMIT 1000";

/// The rate of what stays paid, rounded down, reckoned wider than a column; the flat sum whole.
pub(super) fn shares(rx: &mut Rx<'_>, report: &mut Report, c: i64) -> Result<(), Fault> {
    for_shares(rx, report, (SHARE, PAID), c, |report, row| {
        let [id, line, base, earned, amount, ended, rate, flat, price, refunded] = row;
        let kept = price - refunded;
        let part = |of: i64| i128::from(of) * i128::from(rate) / 10_000;
        let (then, now) = match line {
            0 => (i128::from(flat), i128::from(flat)),
            _ => (part(base), part(kept)),
        };
        let now = if ended == 1 { 0 } else { now };
        let fits = (line == 0 && base == 0) || (base >= kept && base <= price);
        if !fits || (i128::from(earned), i128::from(amount)) != (then, now) {
            let says = format!(
                "line {line}: earned {earned} of {base}, left {amount}; its list pays {rate} \
                 and {flat}, the line was {price} with {refunded} given back"
            );
            report.found(SHARE, c, &format!("service_pay {id}"), says);
        }
    })
}
