//! I12 and the seats of I10: a team has the members its seats say, no more than it may, and what
//! ended is served whole.
use super::{Check, check};

pub(super) const CHECKS: [Check; 8] = [
    check(("I12", "a team's counts are what its seats say"), TEAMS, COUNTS),
    check(("I12", "a team's state fits its members"), TEAMS, STATES),
    check(("I12", "a seat's state fits its order"), SEATS, ORDERS),
    check(("I12", "lines wait for a group as long as their seat does"), SEATS, WAITING),
    check(("I10", "a campaign's places are what its seats take"), CAMPAIGNS, TAKEN),
    check(("I10", "nobody has more seats than the terms allow"), CAMPAIGNS, EACH),
    check(("I10", "a seat has its hold, as it stands"), SEATS, HOLDS),
    check(("jobs", "an open team will end, members of an ended one are served"), TEAMS, JOBS),
];

const TEAMS: &str = "SELECT count(*) FROM team WHERE community_id = $1";
const SEATS: &str = "SELECT count(*) FROM seat WHERE community_id = $1";
const CAMPAIGNS: &str = "SELECT count(*) FROM campaign WHERE community_id = $1";

const COUNTS: &str = "SELECT 'team ' || t.id, t.held || ' held, ' || t.members || ' members, '
    || t.unsettled || ' unsettled of ' || t.size || '; its seats give ' || coalesce(s.held, 0)
    || ', ' || coalesce(s.members, 0) || ' and ' || coalesce(s.unsettled, 0), count(*) OVER ()
    FROM team t LEFT JOIN (SELECT team_id,
        sum(CASE WHEN state = 'held' THEN 1 ELSE 0 END) AS held,
        sum(CASE WHEN state IN ('confirmed', 'kept', 'refunding', 'refunded') THEN 1 ELSE 0 END)
          AS members,
        sum(CASE WHEN state IN ('confirmed', 'refunding') THEN 1 ELSE 0 END) AS unsettled
      FROM seat WHERE community_id = $1 GROUP BY team_id) s ON s.team_id = t.id
    WHERE t.community_id = $1 AND (t.held <> coalesce(s.held, 0)
      OR t.members <> coalesce(s.members, 0) OR t.unsettled <> coalesce(s.unsettled, 0)
      OR t.held + t.members > t.size)
    ORDER BY t.id LIMIT 20";

/// Finished is all served with goods, or all refunded; never some of each.
const STATES: &str = "SELECT 'team ' || t.id, t.state || ' with ' || t.members || ' of ' || t.size
    || ', ' || t.needed || ' needed, ' || t.unsettled || ' unsettled; ' || coalesce(s.kept, 0)
    || ' are served and ' || coalesce(s.back, 0) || ' refunded', count(*) OVER ()
    FROM team t LEFT JOIN (SELECT team_id,
        sum(CASE WHEN state = 'kept' THEN 1 ELSE 0 END) AS kept,
        sum(CASE WHEN state IN ('refunding', 'refunded') THEN 1 ELSE 0 END) AS back
      FROM seat WHERE community_id = $1 GROUP BY team_id) s ON s.team_id = t.id
    WHERE t.community_id = $1 AND NOT CASE t.state
      WHEN 'open' THEN coalesce(s.kept, 0) = 0 AND coalesce(s.back, 0) = 0
        AND t.members < t.size AND t.ended_at IS NULL
      WHEN 'filled' THEN t.members >= t.needed AND coalesce(s.back, 0) = 0
        AND t.ended_at IS NOT NULL
      WHEN 'failing' THEN t.members < t.needed AND t.unsettled > 0 AND coalesce(s.kept, 0) = 0
        AND t.ended_at IS NOT NULL
      WHEN 'failed' THEN t.members < t.needed AND t.unsettled = 0 AND coalesce(s.kept, 0) = 0
        AND t.ended_at IS NOT NULL
      ELSE false END
    ORDER BY t.id LIMIT 20";

const ORDERS: &str = "SELECT 'seat of order ' || s.order_id, 'it is ' || s.state || ', number '
    || s.number || '; its order is ' || coalesce(o.state, 'missing'), count(*) OVER ()
    FROM seat s LEFT JOIN orders o ON o.community_id = s.community_id AND o.id = s.order_id
      AND o.member_id = s.member_id
    LEFT JOIN team t ON t.community_id = s.community_id AND t.id = s.team_id
      AND t.campaign_id = s.campaign_id
    WHERE s.community_id = $1 AND (t.id IS NULL OR o.id IS NULL OR NOT CASE s.state
      WHEN 'held' THEN o.state = 'awaiting_payment' AND s.number = 0
      WHEN 'released' THEN o.state IN ('cancelled', 'closed_unpaid') AND s.number = 0
      WHEN 'moved' THEN o.state = 'closed_unpaid' AND s.number = 0 AND EXISTS (SELECT 1 FROM seat n
        WHERE n.community_id = $1 AND n.order_id = s.next_order AND n.member_id = s.member_id
        AND n.campaign_id = s.campaign_id)
      WHEN 'left' THEN o.state IN ('refunding', 'refunded') AND s.number > 0
      WHEN 'refunding' THEN o.state IN ('refunding', 'refunded') AND s.number > 0
      WHEN 'refunded' THEN o.state IN ('refunding', 'refunded') AND s.number > 0
      WHEN 'confirmed' THEN o.state NOT IN ('awaiting_payment', 'cancelled', 'closed_unpaid')
        AND s.number > 0
      WHEN 'kept' THEN o.state NOT IN ('awaiting_payment', 'awaiting_group', 'cancelled',
        'closed_unpaid') AND s.number > 0
      ELSE false END)
    ORDER BY s.order_id LIMIT 20";

const WAITING: &str = "SELECT 'order_line ' || l.id, 'it waits for a group; the seat of order '
    || l.order_id || ' is ' || coalesce(s.state, 'missing'), count(*) OVER ()
    FROM order_line l LEFT JOIN seat s ON s.community_id = l.community_id
      AND s.order_id = l.order_id
    WHERE l.community_id = $1 AND l.state = 'awaiting_group'
      AND (s.state IS NULL OR s.state <> 'confirmed')
    ORDER BY l.id LIMIT 20";

const TAKEN: &str = "SELECT 'campaign ' || k.id, k.taken || ' of ' || k.most
    || ' places are taken, number ' || k.last_number || '; its seats take ' || coalesce(s.n, 0)
    || ', the last number is ' || coalesce(s.last, 0), count(*) OVER ()
    FROM campaign k LEFT JOIN (SELECT campaign_id, max(number) AS last,
        sum(CASE WHEN state IN ('held', 'confirmed', 'kept') THEN 1 ELSE 0 END) AS n
      FROM seat WHERE community_id = $1 GROUP BY campaign_id) s ON s.campaign_id = k.id
    WHERE k.community_id = $1 AND k.kind = 'group_buy' AND (k.taken <> coalesce(s.n, 0)
      OR (k.most > 0 AND k.taken > k.most) OR k.last_number <> coalesce(s.last, 0))
    ORDER BY k.id LIMIT 20";

const EACH: &str = "SELECT 'campaign ' || s.campaign_id, 'member ' || s.member_id || ' has ' || s.n
    || ' seats; the terms allow ' || k.per_member, count(*) OVER ()
    FROM (SELECT campaign_id, member_id, count(*) AS n FROM seat WHERE community_id = $1
        AND state IN ('held', 'confirmed', 'kept') GROUP BY campaign_id, member_id) s
    JOIN campaign k ON k.community_id = $1 AND k.id = s.campaign_id
    WHERE s.n > k.per_member ORDER BY s.campaign_id, s.member_id LIMIT 20";

const HOLDS: &str = "SELECT 'seat of order ' || s.order_id, 'it is ' || s.state || '; its hold is '
    || coalesce(h.state || ', ' || h.qty || ' of ' || h.what || ' ' || h.subject, 'missing'),
    count(*) OVER ()
    FROM seat s LEFT JOIN hold h ON h.community_id = s.community_id AND h.id = s.order_id
    WHERE s.community_id = $1 AND (h.id IS NULL OR h.what <> 'seat' OR h.subject <> s.team_id
      OR h.qty <> 1 OR h.state <> CASE WHEN s.state = 'held' THEN 'held'
        WHEN s.state IN ('released', 'moved') THEN 'released' ELSE 'confirmed' END)
    ORDER BY s.order_id LIMIT 20";

const JOBS: &str = "SELECT b.row, b.says, count(*) OVER ()
    FROM (SELECT t.id, 'team ' || t.id AS row, 'it is open until ' || t.deadline
        || '; its end_team job is ' || coalesce(j.state || ', due ' || j.due_at, 'missing') AS says
      FROM team t LEFT JOIN job j ON j.community_id = t.community_id AND j.kind = 'end_team'
        AND j.subject = t.id
      WHERE t.community_id = $1 AND t.state = 'open'
        AND (j.state IS NULL OR j.state <> 'waiting' OR j.due_at < t.deadline)
    UNION ALL SELECT s.order_id, 'seat of order ' || s.order_id, 'its team is ' || t.state
        || ' and it is not served; its settle_seat job is ' || coalesce(j.state, 'missing')
      FROM seat s JOIN team t ON t.community_id = s.community_id AND t.id = s.team_id
      LEFT JOIN job j ON j.community_id = s.community_id AND j.kind = 'settle_seat'
        AND j.subject = s.order_id
      WHERE s.community_id = $1 AND s.state = 'confirmed' AND t.state <> 'open'
        AND (j.state IS NULL OR j.state <> 'waiting')) b
    ORDER BY b.id LIMIT 20";
