//! Writes of webhooks and their deliveries, and the reads their verbs decide by.
use crate::db::{Fault, Row, Rx, Writes};
use crate::p;
use rules::base::{Id, Moment, id};
use rules::reach::webhook::{Delivery, State};

type C = Id<id::Community>;
type Webhook = Id<id::Webhook>;

const ADD: &str = "INSERT INTO webhook (community_id, id, url, facts, state, version, old_until,
    cursor_seq, start_seq, made_by, made_at) VALUES ($1,$2,$3,$4,'active',1,0,$5,$5,$6,$7)
    ON CONFLICT DO NOTHING";
const SEALED: &str = "SELECT seq FROM chain WHERE community_id = $1 AND kind = 'fact'";
const ACTIVE: &str = "SELECT count(*) FROM webhook WHERE community_id = $1 AND state = 'active'";
const WEBHOOK: &str = "SELECT url, state, version, old_until FROM webhook
    WHERE community_id = $1 AND id = $2";
const TURN: &str = "UPDATE webhook SET version = version + 1, old_until = $4
    WHERE community_id = $1 AND id = $2 AND version = $3 AND state = 'active'";
const END: &str = "UPDATE webhook SET state = $3, ended_at = $4
    WHERE community_id = $1 AND id = $2 AND state = 'active'";
const CANCEL: &str = "UPDATE webhook_delivery SET state = 'cancelled', ended_at = $3
    WHERE community_id = $1 AND webhook_id = $2 AND state = 'waiting'";

const BEHIND: &str = "SELECT w.community_id, w.id, w.cursor_seq, w.facts FROM webhook w
    JOIN chain k ON k.community_id = w.community_id AND k.kind = 'fact' AND k.seq > w.cursor_seq
    WHERE w.state = 'active' ORDER BY w.community_id, w.id LIMIT 100";
const FACTS: &str = "SELECT id, kind, seq FROM fact
    WHERE community_id = $1 AND seq > $2 ORDER BY seq LIMIT $3";
const QUEUE: &str = "INSERT INTO webhook_delivery (community_id, id, webhook_id, fact_id, state,
    tries, reason, log, made_at, next_at) VALUES ($1,$2,$3,$4,'waiting',0,'','',$5,$5)
    ON CONFLICT DO NOTHING";
const MOVE: &str = "UPDATE webhook SET cursor_seq = $4
    WHERE community_id = $1 AND id = $2 AND cursor_seq = $3 AND state = 'active'";

const DELIVERY: &str = "SELECT d.webhook_id, d.state, d.tries, w.url, w.state, w.version,
    w.old_until, f.id, f.kind, f.subject, f.actor, f.body, f.at, f.seq FROM webhook_delivery d
    JOIN webhook w ON w.community_id = d.community_id AND w.id = d.webhook_id
    JOIN fact f ON f.community_id = d.community_id AND f.id = d.fact_id
    WHERE d.community_id = $1 AND d.id = $2";
const TRIED: &str = "UPDATE webhook_delivery SET state = $4, tries = tries + 1, status = $5,
    reason = $6, log = log || $7, next_at = $8, ended_at = $9
    WHERE community_id = $1 AND id = $2 AND tries = $3 AND state = 'waiting'";
const AGAIN: &str = "UPDATE webhook_delivery SET state = 'waiting', tries = 0, reason = '',
    next_at = $3, ended_at = NULL WHERE community_id = $1 AND id = $2 AND state <> 'waiting'";

/// A fact as it is stored and numbered.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Told {
    pub id: Id<id::Fact>,
    pub kind: String,
    pub subject: i64,
    pub actor: Option<i64>,
    pub body: String,
    pub at: Moment,
    pub seq: i64,
}

/// The columns `id, kind, subject, actor, body, at, seq` from the given one on.
pub(super) fn told(r: &Row<'_>, from: usize) -> Told {
    Told {
        id: r.id(from),
        kind: r.text(from + 1),
        subject: r.int(from + 2),
        actor: r.opt_int(from + 3),
        body: r.text(from + 4),
        at: r.moment(from + 5),
        seq: r.opt_int(from + 6).unwrap_or(0),
    }
}

#[derive(Clone, Debug)]
pub struct Endpoint {
    pub url: String,
    pub state: State,
    pub version: i64,
    pub old_until: Moment,
}
pub struct NewWebhook<'a> {
    pub id: Webhook,
    pub url: &'a str,
    /// Kinds of facts with commas around.
    pub facts: &'a str,
    /// Facts after this one.
    pub cursor: i64,
    pub by: Id<id::Member>,
}

pub fn add<R>(w: &mut Writes<R>, c: C, n: &NewWebhook<'_>, now: Moment, twice: R) {
    w.must(ADD, p![c, n.id, n.url, n.facts, n.cursor, n.by, now], twice);
}
/// The number of the newest fact that has one.
pub fn sealed(rx: &mut Rx<'_>, c: C) -> Result<i64, Fault> {
    Ok(rx.one(SEALED, p![c], |r| r.int(0))?.unwrap_or(0))
}
pub fn active(rx: &mut Rx<'_>, c: C) -> Result<i64, Fault> {
    Ok(rx.one(ACTIVE, p![c], |r| r.int(0))?.unwrap_or(0))
}
pub fn webhook(rx: &mut Rx<'_>, c: C, id: Webhook) -> Result<Option<Endpoint>, Fault> {
    rx.one(WEBHOOK, p![c, id], |r| Endpoint {
        url: r.text(0),
        state: r.word(1, State::of),
        version: r.int(2),
        old_until: r.moment(3),
    })
}
pub fn turn<R>(w: &mut Writes<R>, c: C, (id, version): (Webhook, i64), until: Moment, faster: R) {
    w.must(TURN, p![c, id, version, until], faster);
}
/// Ends it, and with it what waits: the row of the endpoint first, so that nothing is queued
/// behind it.
pub fn end<R>(w: &mut Writes<R>, c: C, (id, to): (Webhook, State), now: Moment, ended: R) {
    w.must(END, p![c, id, to.code(), now], ended);
    w.put(CANCEL, p![c, id, now]);
}

/// An endpoint that has not seen all numbered facts.
#[derive(Clone, Debug)]
pub struct Behind {
    pub community: C,
    pub id: Webhook,
    pub cursor: i64,
    pub facts: String,
}
pub fn behind(rx: &mut Rx<'_>) -> Result<Vec<Behind>, Fault> {
    rx.all(BEHIND, p![], |r| Behind {
        community: r.id(0),
        id: r.id(1),
        cursor: r.int(2),
        facts: r.text(3),
    })
}
/// Facts after a number, in their order: id, kind, number.
pub fn facts(
    rx: &mut Rx<'_>,
    c: C,
    after: i64,
    most: i64,
) -> Result<Vec<(Id<id::Fact>, String, i64)>, Fault> {
    rx.all(FACTS, p![c, after, most], |r| (r.id(0), r.text(1), r.int(2)))
}
pub fn queue<R>(
    w: &mut Writes<R>,
    c: C,
    (id, webhook): (Id<id::Delivery>, Webhook),
    fact: Id<id::Fact>,
    now: Moment,
    twice: R,
) {
    w.must(QUEUE, p![c, id, webhook, fact, now], twice);
}
/// The endpoint has seen facts up to `to`; only whoever saw it at `from` moves it.
pub fn advance<R>(w: &mut Writes<R>, b: &Behind, to: i64, faster: R) {
    w.must(MOVE, p![b.community, b.id, b.cursor, to], faster);
}

/// A message, its endpoint and its fact.
#[derive(Clone, Debug)]
pub struct Known {
    pub webhook: Webhook,
    pub state: Delivery,
    pub tries: i64,
    pub endpoint: Endpoint,
    pub fact: Told,
}
pub fn delivery(rx: &mut Rx<'_>, c: C, id: Id<id::Delivery>) -> Result<Option<Known>, Fault> {
    rx.one(DELIVERY, p![c, id], |r| Known {
        webhook: r.id(0),
        state: r.word(1, Delivery::of),
        tries: r.int(2),
        endpoint: Endpoint {
            url: r.text(3),
            state: r.word(4, State::of),
            version: r.int(5),
            old_until: r.moment(6),
        },
        fact: told(&r, 7),
    })
}
/// What came of one try.
pub struct Try<'a> {
    pub id: Id<id::Delivery>,
    /// Tries before this one.
    pub tries: i64,
    pub becomes: Delivery,
    pub status: Option<i64>,
    pub reason: &'a str,
    pub next: Moment,
}
pub fn tried<R>(w: &mut Writes<R>, c: C, t: &Try<'_>, now: Moment, moved: R) {
    let status = t.status.map_or(String::new(), |s| s.to_string());
    let log = format!("{} {status} {}\n", now.0, t.reason);
    let ended = (t.becomes != Delivery::Waiting).then_some(now);
    let becomes = t.becomes.code();
    let args = p![c, t.id, t.tries, becomes, t.status, t.reason, &log, t.next, ended];
    w.must(TRIED, args, moved);
}
pub fn again<R>(w: &mut Writes<R>, c: C, id: Id<id::Delivery>, now: Moment, waits: R) {
    w.must(AGAIN, p![c, id, now], waits);
}
