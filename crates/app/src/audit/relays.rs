//! Relays: what was sent is a line, once; what waits has its job.
use super::{Check, check};

pub(super) const CHECKS: [Check; 2] = [
    check(
        ("relays", "a delivery that was sent is the line of its number, no other is"),
        ALL,
        LINES,
    ),
    check(("relays", "a delivery fits its relay, its state and its job"), ALL, SHAPE),
];

const ALL: &str = "SELECT count(*) FROM relay_to WHERE community_id = $1";

const LINES: &str = "SELECT 'relay_to ' || t.id, 'state is ' || t.state || ' for group '
    || t.room_id || '; its line is ' || coalesce('in group ' || m.room_id || ' by '
    || coalesce(CAST(m.member_id AS text), 'nobody'), 'missing'), count(*) OVER ()
    FROM relay_to t LEFT JOIN relay r ON r.community_id = t.community_id AND r.id = t.relay_id
    LEFT JOIN message m ON m.community_id = t.community_id AND m.id = t.id
    WHERE t.community_id = $1 AND ((t.state = 'sent') <> (m.id IS NOT NULL)
      OR (m.id IS NOT NULL AND (m.room_id <> t.room_id OR m.member_id <> r.by_member)))
    ORDER BY t.id LIMIT 20";

const SHAPE: &str = "SELECT 'relay_to ' || t.id, CASE WHEN j.state = 'gave_up'
      THEN 'a person is needed: its send_relay job gave up, ' || j.reason
      ELSE 'state is ' || t.state || ', reason ' || t.reason || ', failed ' || t.failed
      || ' times, ended_at ' || coalesce(CAST(t.ended_at AS text), 'empty') || '; its relay is '
      || coalesce('of ' || r.by_member, 'missing') || ', its send_relay job '
      || coalesce(j.state || ', due ' || j.due_at, 'missing') END, count(*) OVER ()
    FROM relay_to t LEFT JOIN relay r ON r.community_id = t.community_id AND r.id = t.relay_id
    LEFT JOIN job j ON j.community_id = t.community_id AND j.kind = 'send_relay'
      AND j.subject = t.id
    WHERE t.community_id = $1 AND (r.id IS NULL OR j.state IS NULL OR j.state = 'gave_up'
      OR (t.state IN ('queued', 'failed')) <> (t.ended_at IS NULL)
      OR NOT CASE t.state
        WHEN 'queued' THEN t.failed = 0 AND j.state = 'waiting' AND j.due_at >= t.due_at
        WHEN 'failed' THEN t.failed > 0 AND t.reason <> '' AND j.state = 'waiting'
        WHEN 'sent' THEN j.state = 'done' WHEN 'gave_up' THEN t.reason <> '' AND j.state = 'done'
        WHEN 'cancelled' THEN true ELSE false END)
    ORDER BY t.id LIMIT 20";
