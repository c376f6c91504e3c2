//! Writes of relays, and the reads their verbs decide by.
use crate::db::{Fault, Rx, Writes};
use crate::p;
use rules::base::{Id, Moment, id};
use rules::reach::relay::{Reason, State};

type C = Id<id::Community>;
type Relay = Id<id::Relay>;

const ADD: &str = "INSERT INTO relay (community_id, id, by_member, text, link, made_at)
    VALUES ($1,$2,$3,$4,$5,$6) ON CONFLICT DO NOTHING";
const TO: &str = "INSERT INTO relay_to (community_id, id, relay_id, room_id, text, state, reason,
    failed, due_at) VALUES ($1,$2,$3,$4,$5,'queued','',0,$6) ON CONFLICT DO NOTHING";
const KNOWN: &str = "SELECT by_member FROM relay WHERE community_id = $1 AND id = $2";
const ONE: &str = "SELECT t.room_id, t.text, t.state, t.failed, r.by_member
    FROM relay_to t JOIN relay r ON r.community_id = t.community_id AND r.id = t.relay_id
    WHERE t.community_id = $1 AND t.id = $2";
const SENT: &str = "UPDATE relay_to SET state = 'sent', reason = '', ended_at = $3
    WHERE community_id = $1 AND id = $2 AND state IN ('queued', 'failed')";
const FAILED: &str =
    "UPDATE relay_to SET state = $3, reason = $4, failed = failed + 1, due_at = $5,
    ended_at = $6 WHERE community_id = $1 AND id = $2 AND state IN ('queued', 'failed')";
const CANCEL: &str = "UPDATE relay_to SET state = 'cancelled', ended_at = $3
    WHERE community_id = $1 AND relay_id = $2 AND state IN ('queued', 'failed')";

pub struct NewRelay<'a> {
    pub id: Relay,
    pub by: Id<id::Member>,
    pub text: &'a str,
    pub link: &'a str,
}
pub fn add<R>(w: &mut Writes<R>, c: C, n: &NewRelay<'_>, now: Moment, twice: R) {
    w.must(ADD, p![c, n.id, n.by, n.text, n.link, now], twice);
}
/// The line it will be has the number of its delivery.
pub fn add_to<R>(
    w: &mut Writes<R>,
    c: C,
    (relay, to): (Relay, Id<id::Message>),
    (group, text): (Id<id::Group>, &str),
    due: Moment,
    twice: R,
) {
    w.must(TO, p![c, to, relay, group, text, due], twice);
}
/// Whose it is.
pub fn known(rx: &mut Rx<'_>, c: C, id: Relay) -> Result<Option<Id<id::Member>>, Fault> {
    rx.one(KNOWN, p![c, id], |r| r.id(0))
}

#[derive(Clone, Debug)]
pub struct One {
    pub group: Id<id::Group>,
    pub text: String,
    pub state: State,
    pub failed: i64,
    pub by: Id<id::Member>,
}
pub fn one(rx: &mut Rx<'_>, c: C, id: Id<id::Message>) -> Result<Option<One>, Fault> {
    rx.one(ONE, p![c, id], |r| One {
        group: r.id(0),
        text: r.text(1),
        state: r.word(2, State::of),
        failed: r.int(3),
        by: r.id(4),
    })
}
pub fn sent<R>(w: &mut Writes<R>, c: C, id: Id<id::Message>, now: Moment, moved: R) {
    w.must(SENT, p![c, id, now], moved);
}
/// `again`: when it is tried once more; otherwise it is given up.
pub fn failed<R>(
    w: &mut Writes<R>,
    c: C,
    (id, reason): (Id<id::Message>, Reason),
    again: Option<Moment>,
    now: Moment,
    moved: R,
) {
    let state = if again.is_some() { State::Failed } else { State::GaveUp };
    let (due, ended) = (again.unwrap_or(now), again.is_none().then_some(now));
    w.must(FAILED, p![c, id, state.code(), reason.code(), due, ended], moved);
}
pub fn cancel<R>(w: &mut Writes<R>, c: C, relay: Relay, now: Moment) {
    w.put(CANCEL, p![c, relay, now]);
}
