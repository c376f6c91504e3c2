//! Writes of lines, reactions and reports, and what verbs decide by.
//!
//! `room.last_change` numbers every line and every change of one. Whoever takes the next number
//! holds the group's row until the commit, so numbers commit in order and a reader that re-reads
//! after its cursor misses nothing, on either database.
use crate::db::{Fault, Rx, Tx, Writes};
use crate::p;
use rules::base::{Id, Moment, id};
use rules::community::group::GroupRole;
use rules::community::message::{Emoji, LineState, MessageKind, SystemLine};
use rules::community::moderation::{ReportReason, Reported};
use rules::community::role::{Right, Rights, Role};

type C = Id<id::Community>;
type Member = Id<id::Member>;
type Group = Id<id::Group>;
type Message = Id<id::Message>;

const VOICE: &str = "SELECT m.role, m.rights, m.muted_until, s.role, s.said_at, r.slow_seconds,
    r.keywords FROM room_member s
    JOIN room r ON r.community_id = s.community_id AND r.id = s.room_id
    JOIN member m ON m.community_id = s.community_id AND m.id = s.member_id
    WHERE s.community_id = $1 AND s.room_id = $2 AND s.member_id = $3 AND m.state = 'active'";
const NUMBER: &str = "UPDATE room SET last_change = last_change + 1,
    last_line = CASE WHEN $3 THEN last_change + 1 ELSE last_line END
    WHERE community_id = $1 AND id = $2 RETURNING last_change";
const SAY: &str = "INSERT INTO message (community_id, room_id, seq, id, changed_seq, member_id,
    kind, body, product_id, reply_to, reactions, state, at)
    VALUES ($1,$2,$3,$4,$3,$5,$6,$7,$8,$9,'',$10,$11) ON CONFLICT DO NOTHING";
const SAID: &str = "UPDATE room_member SET said_at = $4, read_seq = $5
    WHERE community_id = $1 AND room_id = $2 AND member_id = $3 AND said_at <= $6";
const LINE: &str = "SELECT room_id, seq, member_id, kind, body, state, at FROM message
    WHERE community_id = $1 AND id = $2";
const REPLIED: &str = "SELECT p.account_id FROM message m
    JOIN member p ON p.community_id = m.community_id AND p.id = m.member_id
    WHERE m.community_id = $1 AND m.id = $2";
const EDIT: &str = "UPDATE message SET body = $3, edited_at = $4, changed_seq = $5
    WHERE community_id = $1 AND id = $2 AND state = $6";
const END: &str = "UPDATE message SET state = $3, ended_by = $4, changed_seq = $5, body = '',
    product_id = NULL, reactions = '' WHERE community_id = $1 AND id = $2 AND state = $6";
const HIDE: &str = "UPDATE message SET state = $3, ended_by = $4, changed_seq = $5
    WHERE community_id = $1 AND id = $2 AND state = $6";
const CHANGED: &str = "UPDATE message SET changed_seq = $3
    WHERE community_id = $1 AND id = $2";
const APPROVE: &str = "UPDATE message SET state = 'shown', seq = $3, changed_seq = $3
    WHERE community_id = $1 AND id = $2 AND state = 'waiting'";
/// Only the newest lines: after forty others nobody feels flooded.
const LATELY: &str = "SELECT m.body FROM room r JOIN message m ON m.community_id = r.community_id
    AND m.room_id = r.id AND m.seq > r.last_line - 40
    WHERE r.community_id = $1 AND r.id = $2 AND m.kind = 'system' AND m.at > $3";
const SYSTEM_NUMBER: &str = "UPDATE room SET last_change = last_change + 1,
    last_line = last_change + 1 WHERE community_id = $1 AND id = $2 AND system_off NOT LIKE $3";
const SYSTEM_LINE: &str = "INSERT INTO message (community_id, room_id, seq, id, changed_seq, kind,
    body, reactions, state, at) SELECT community_id, id, last_change, CAST($3 AS bigint),
    last_change, 'system', CAST($4 AS text), '', 'shown', CAST($5 AS bigint) FROM room
    WHERE community_id = $1 AND id = $2 AND system_off NOT LIKE $6";

const UNREACT: &str = "DELETE FROM reaction
    WHERE community_id = $1 AND message_id = $2 AND member_id = $3 AND emoji = $4";
const REACT: &str = "INSERT INTO reaction (community_id, message_id, member_id, emoji, at)
    VALUES ($1,$2,$3,$4,$5) ON CONFLICT DO NOTHING";
const COUNTS: &str = "SELECT emoji, count(*) FROM reaction
    WHERE community_id = $1 AND message_id = $2 GROUP BY emoji ORDER BY min(at), emoji";
const SET_REACTIONS: &str = "UPDATE message SET reactions = $3, changed_seq = $4
    WHERE community_id = $1 AND id = $2 AND state = 'shown'";

const SPOKE_IN: &str = "SELECT room_id, count(*) FROM message
    WHERE community_id = $1 AND member_id = $2 GROUP BY room_id ORDER BY room_id";
const TAKE_NUMBERS: &str = "UPDATE room SET last_change = last_change + $3
    WHERE community_id = $1 AND id = $2 RETURNING last_change";
const WIPE: &str = "UPDATE message SET body = '', product_id = NULL, reply_to = NULL,
    state = CASE state WHEN 'shown' THEN 'removed' WHEN 'waiting' THEN 'declined' ELSE state END,
    changed_seq = CAST($4 AS bigint) + one.n FROM (SELECT id, row_number() OVER (ORDER BY seq) AS n
      FROM message WHERE community_id = $1 AND room_id = $2 AND member_id = $3) AS one
    WHERE message.community_id = $1 AND message.id = one.id";

const ADD_REPORT: &str = "INSERT INTO report (community_id, id, kind, subject, room_id, reporter,
    reason, words, state, at, note) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,'waiting',$9,'')
    ON CONFLICT DO NOTHING";
const REPORT: &str = "SELECT kind, subject, room_id FROM report
    WHERE community_id = $1 AND id = $2 AND state = 'waiting'";
const DECIDE: &str = "UPDATE report SET state = $4, decided_by = $5, decided_at = $6, note = $7
    WHERE community_id = $1 AND kind = $2 AND subject = $3 AND state = 'waiting'";
const REPORTERS: &str = "SELECT reporter FROM report
    WHERE community_id = $1 AND kind = $2 AND subject = $3 AND state = 'waiting' ORDER BY id";
const FORGET_REPORTS: &str = "UPDATE report SET words = ''
    WHERE community_id = $1 AND reporter = $2";

/// A member in a group, as the rules of talking see them.
pub struct Voice {
    pub muted_until: Option<Moment>,
    pub staff: bool,
    pub role: GroupRole,
    pub said_at: Moment,
    pub slow_seconds: i64,
    pub keywords: String,
}
pub fn voice(rx: &mut Rx<'_>, c: C, g: Group, m: Member) -> Result<Option<Voice>, Fault> {
    rx.one(VOICE, p![c, g, m], |r| Voice {
        muted_until: r.opt_moment(2),
        staff: Rights::of(r.word(0, Role::of), &r.text(1)).may(Right::Members),
        role: r.word(3, GroupRole::of),
        said_at: r.moment(4),
        slow_seconds: r.int(5),
        keywords: r.text(6),
    })
}
/// The next number of the group, and its row until the commit. `line`: all may see it as newest.
pub fn number(tx: &mut Tx<'_>, c: C, group: Group, line: bool) -> Result<Option<i64>, Fault> {
    tx.exec_one(NUMBER, p![c, group, line], |r| r.int(0))
}
pub struct NewLine<'a> {
    pub group: Group,
    pub seq: i64,
    pub id: Message,
    pub member: Member,
    pub kind: MessageKind,
    pub body: &'a str,
    pub product: Option<Id<id::Product>>,
    pub reply_to: Option<Message>,
    pub state: LineState,
}
pub fn say<R>(w: &mut Writes<R>, c: C, n: &NewLine<'_>, now: Moment, twice: R) {
    let (kind, state) = (n.kind.code(), n.state.code());
    let args =
        p![c, n.group, n.seq, n.id, n.member, kind, n.body, n.product, n.reply_to, state, now];
    w.must(SAY, args, twice);
}
/// Whoever speaks has read; `not_since` is the slow mode's line.
pub fn said<R>(
    w: &mut Writes<R>,
    c: C,
    (group, member): (Group, Member),
    (now, not_since): (Moment, Moment),
    seq: i64,
    too_fast: R,
) {
    w.must(SAID, p![c, group, member, now, seq, not_since], too_fast);
}
pub struct Line {
    pub group: Group,
    pub seq: i64,
    /// Nobody: the house said it.
    pub member: Option<Member>,
    pub kind: MessageKind,
    pub body: String,
    pub state: LineState,
    pub at: Moment,
}
pub fn line(rx: &mut Rx<'_>, c: C, id: Message) -> Result<Option<Line>, Fault> {
    rx.one(LINE, p![c, id], |r| Line {
        group: r.id(0),
        seq: r.int(1),
        member: r.opt_id(2),
        kind: r.word(3, MessageKind::of),
        body: r.text(4),
        state: r.word(5, LineState::of),
        at: r.moment(6),
    })
}
pub fn account_of(rx: &mut Rx<'_>, c: C, id: Message) -> Result<Option<Id<id::Account>>, Fault> {
    rx.one(REPLIED, p![c, id], |r| r.id(0))
}
pub fn edit<R>(
    w: &mut Writes<R>,
    c: C,
    (id, was): (Message, LineState),
    body: &str,
    (now, seq): (Moment, i64),
    gone: R,
) {
    w.must(EDIT, p![c, id, body, now, seq, was.code()], gone);
}
/// Takes a line out of sight. What its author took back is gone; what a leader took down stays
/// in the table as evidence, and views do not show it.
pub fn end<R>(
    w: &mut Writes<R>,
    c: C,
    (id, was, becomes): (Message, LineState, LineState),
    by: Member,
    seq: i64,
    gone: R,
) {
    let sql = if becomes == LineState::Removed { END } else { HIDE };
    w.must(sql, p![c, id, becomes.code(), by, seq, was.code()], gone);
}
/// Nothing of the line itself changed; what it shows did.
pub fn changed<R>(w: &mut Writes<R>, c: C, id: Message, seq: i64) {
    w.put(CHANGED, p![c, id, seq]);
}
/// An approved line takes its place at the end: nobody has read past it unseen.
pub fn approve<R>(w: &mut Writes<R>, c: C, id: Message, seq: i64, gone: R) {
    w.must(APPROVE, p![c, id, seq], gone);
}
/// Whether the house said a line of this kind after `since`, and it is still to be seen.
pub fn said_since(
    rx: &mut Rx<'_>,
    c: C,
    group: Group,
    code: SystemLine,
    since: Moment,
) -> Result<bool, Fault> {
    let begins = format!(r#"{{"code":"{}""#, code.code());
    let bodies = rx.all(LATELY, p![c, group, since], |r| r.text(0))?;
    Ok(bodies.iter().any(|body| body.starts_with(&begins)))
}
pub fn system_line<R>(
    w: &mut Writes<R>,
    c: C,
    group: Group,
    id: Message,
    (code, body): (SystemLine, &str),
    now: Moment,
) {
    let off = format!("%,{},%", code.code());
    w.put(SYSTEM_NUMBER, p![c, group, &off]);
    w.put(SYSTEM_LINE, p![c, group, id, body, now, &off]);
}

/// Takes the face back, or puts it; says whether it is there now. The group's row is held.
pub fn toggle(tx: &mut Tx<'_>, c: C, id: Message, m: Member, e: Emoji) -> Result<bool, Fault> {
    if tx.exec(UNREACT, p![c, id, m, e.code()])? > 0 {
        return Ok(false);
    }
    let now = tx.now();
    tx.exec(REACT, p![c, id, m, e.code(), now])?;
    Ok(true)
}
/// `like:3,heart:1`, in the order in which they first came; kept beside the line, so that
/// reading lines reads no reactions.
pub fn counted(rx: &mut Rx<'_>, c: C, id: Message) -> Result<String, Fault> {
    let counts = rx.all(COUNTS, p![c, id], |r| format!("{}:{}", r.text(0), r.int(1)))?;
    Ok(counts.join(","))
}
pub fn set_reactions<R>(w: &mut Writes<R>, c: C, id: Message, text: &str, seq: i64, gone: R) {
    w.must(SET_REACTIONS, p![c, id, text, seq], gone);
}

/// Takes back every word of a member; each line gets a number of its own, so that live readers
/// see it go. Returns the groups to wake.
pub fn wipe<R>(
    tx: &mut Tx<'_>,
    w: &mut Writes<R>,
    c: C,
    member: Member,
) -> Result<Vec<Group>, Fault> {
    let spoke: Vec<(Group, i64)> = tx.all(SPOKE_IN, p![c, member], |r| (r.id(0), r.int(1)))?;
    for (group, lines) in &spoke {
        let last = tx.exec_one(TAKE_NUMBERS, p![c, *group, *lines], |r| r.int(0))?;
        let before = last.unwrap_or(0) - lines;
        w.put(WIPE, p![c, *group, member, before]);
    }
    w.put(FORGET_REPORTS, p![c, member]);
    Ok(spoke.into_iter().map(|(group, _)| group).collect())
}

pub struct NewReport<'a> {
    pub id: Id<id::Report>,
    pub kind: Reported,
    pub subject: i64,
    pub group: Option<Group>,
    pub reporter: Member,
    pub reason: ReportReason,
    pub words: &'a str,
}
pub fn report<R>(w: &mut Writes<R>, c: C, n: &NewReport<'_>, now: Moment) {
    let (kind, reason) = (n.kind.code(), n.reason.code());
    let args = p![c, n.id, kind, n.subject, n.group, n.reporter, reason, n.words, now];
    w.put(ADD_REPORT, args);
}
pub struct Waiting {
    pub kind: Reported,
    pub subject: i64,
    pub group: Option<Group>,
}
pub fn waiting_report(rx: &mut Rx<'_>, c: C, id: Id<id::Report>) -> Result<Option<Waiting>, Fault> {
    rx.one(REPORT, p![c, id], |r| Waiting {
        kind: r.word(0, Reported::of),
        subject: r.int(1),
        group: r.opt_id(2),
    })
}
/// Those who wait for a decision about the same thing.
pub fn reporters(
    rx: &mut Rx<'_>,
    c: C,
    (kind, subject): (Reported, i64),
) -> Result<Vec<Member>, Fault> {
    rx.all(REPORTERS, p![c, kind.code(), subject], |r| r.id(0))
}
/// One decision answers everybody who reported the same thing.
pub fn decide<R>(
    w: &mut Writes<R>,
    c: C,
    (kind, subject): (Reported, i64),
    (state, note): (&str, &str),
    (by, now): (Member, Moment),
    faster: R,
) {
    w.must(DECIDE, p![c, kind.code(), subject, state, by, now, note], faster);
}
