//! Webhooks: every fact an endpoint asked for is queued once, and what waits has its job.
use super::{Check, check};

pub(super) const CHECKS: [Check; 3] = [
    check(
        ("webhooks", "every fact that was asked for is queued, up to the endpoint's place"),
        ENDPOINTS,
        LOST,
    ),
    check(("webhooks", "a message fits its endpoint, its fact and its tries"), MESSAGES, SHAPE),
    check(("webhooks", "a waiting message has its job"), MESSAGES, JOBS),
];

const ENDPOINTS: &str = "SELECT count(*) FROM webhook WHERE community_id = $1";
const MESSAGES: &str = "SELECT count(*) FROM webhook_delivery WHERE community_id = $1";

const LOST: &str = "SELECT 'webhook ' || h.id, h.wanted || ' facts were asked for from '
    || h.start_seq || ' to ' || h.cursor_seq || ', ' || h.queued
    || ' are queued; the newest fact is ' || coalesce(h.head, 0), count(*) OVER ()
    FROM (SELECT w.id, w.start_seq, w.cursor_seq, (SELECT k.seq FROM chain k
        WHERE k.community_id = $1 AND k.kind = 'fact') AS head,
      (SELECT count(*) FROM fact f WHERE f.community_id = $1 AND f.seq > w.start_seq
        AND f.seq <= w.cursor_seq AND w.facts LIKE '%,' || f.kind || ',%') AS wanted,
      (SELECT count(*) FROM webhook_delivery d WHERE d.community_id = $1
        AND d.webhook_id = w.id) AS queued
      FROM webhook w WHERE w.community_id = $1) h
    WHERE h.wanted <> h.queued OR h.cursor_seq < h.start_seq OR h.cursor_seq > coalesce(h.head, 0)
    ORDER BY h.id LIMIT 20";

const SHAPE: &str = "SELECT 'webhook_delivery ' || d.id, 'state is ' || d.state || ' after '
    || d.tries || ' tries, status ' || coalesce(CAST(d.status AS text), 'none') || ', ended_at '
    || coalesce(CAST(d.ended_at AS text), 'empty') || '; its endpoint is '
    || coalesce(w.state, 'missing') || ', its fact ' || coalesce(f.kind, 'missing'),
    count(*) OVER ()
    FROM webhook_delivery d
    LEFT JOIN webhook w ON w.community_id = d.community_id AND w.id = d.webhook_id
    LEFT JOIN fact f ON f.community_id = d.community_id AND f.id = d.fact_id
    WHERE d.community_id = $1 AND (w.id IS NULL OR f.id IS NULL OR f.seq IS NULL
      OR f.seq <= w.start_seq OR f.seq > w.cursor_seq OR d.tries NOT BETWEEN 0 AND 10
      OR (d.state = 'waiting') <> (d.ended_at IS NULL)
      OR NOT CASE d.state WHEN 'waiting' THEN w.state = 'active' AND d.tries < 10
        WHEN 'delivered' THEN d.status IS NOT NULL AND d.status BETWEEN 200 AND 299
        WHEN 'gave_up' THEN d.tries = 10
        WHEN 'cancelled' THEN w.state <> 'active' ELSE false END)
    ORDER BY d.id LIMIT 20";

const JOBS: &str = "SELECT 'webhook_delivery ' || d.id, CASE WHEN j.state = 'gave_up'
      THEN 'a person is needed: its deliver_webhook job gave up, ' || j.reason
      ELSE 'it is ' || d.state || '; its deliver_webhook job is '
      || coalesce(j.state, 'missing') END,
    count(*) OVER ()
    FROM webhook_delivery d LEFT JOIN job j ON j.community_id = d.community_id
      AND j.kind = 'deliver_webhook' AND j.subject = d.id
    WHERE d.community_id = $1 AND (j.state IS NULL
      OR (d.state = 'waiting' AND j.state <> 'waiting')
      OR (d.state IN ('delivered', 'gave_up') AND j.state = 'waiting'))
    ORDER BY d.id LIMIT 20";
