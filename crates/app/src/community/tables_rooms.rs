//! Writes of groups, their members, invites and applications, and what verbs decide by.
use crate::db::{Fault, Rx, Tx, Writes};
use crate::p;
use rules::base::{Id, Moment, id};
use rules::community::group::{Admission, GroupKind, GroupRole};

type C = Id<id::Community>;
type Member = Id<id::Member>;
type Group = Id<id::Group>;

const ADD: &str = "INSERT INTO room (community_id, id, kind, name, slug, purpose, rules, notice,
    admission, capacity, members, pickup_name, pickup_address, pickup_hours, slow_seconds,
    keywords, system_off, last_change, last_line, created_at)
    VALUES ($1,$2,$3,$4,$5,$6,$7,'',$8,$9,1,$10,$11,$12,0,'','',0,0,$13) ON CONFLICT DO NOTHING";
const EXISTS: &str = "SELECT id FROM room WHERE community_id = $1 AND id = $2";
const FIRST: &str = "SELECT id FROM room WHERE community_id = $1 ORDER BY id LIMIT 1";
const CHANGE: &str = "UPDATE room SET name = $3, purpose = $4, rules = $5, notice = $6,
    admission = $7, capacity = $8, pickup_name = $9, pickup_address = $10, pickup_hours = $11,
    slow_seconds = $12, keywords = $13, system_off = $14
    WHERE community_id = $1 AND id = $2 AND members <= $8";
const DOOR: &str = "SELECT admission, members, capacity, last_change, notice FROM room
    WHERE community_id = $1 AND id = $2";
const ROLE: &str = "SELECT role FROM room_member
    WHERE community_id = $1 AND room_id = $2 AND member_id = $3";
const TAKE_SEAT: &str = "UPDATE room SET members = members + 1
    WHERE community_id = $1 AND id = $2 AND members < capacity";
const GIVE_SEAT: &str = "UPDATE room SET members = members - 1
    WHERE community_id = $1 AND id = $2";
const SIT: &str = "INSERT INTO room_member (community_id, room_id, member_id, role, joined_at,
    read_seq, said_at) VALUES ($1,$2,$3,$4,$5,$6,0) ON CONFLICT DO NOTHING";
const STAND: &str = "DELETE FROM room_member
    WHERE community_id = $1 AND room_id = $2 AND member_id = $3";
const STAND_EVERYWHERE: &str = "DELETE FROM room_member WHERE community_id = $1 AND member_id = $2
    RETURNING room_id";
const SET_ROLE: &str = "UPDATE room_member SET role = $4
    WHERE community_id = $1 AND room_id = $2 AND member_id = $3";
const SET_READ: &str = "UPDATE room_member SET read_seq = $4
    WHERE community_id = $1 AND room_id = $2 AND member_id = $3 AND read_seq < $4
    AND $4 <= (SELECT last_change FROM room WHERE community_id = $1 AND id = $2)";

const ADD_INVITE: &str = "INSERT INTO invite (community_id, id, room_id, code_hash, most, uses,
    until_at, made_by, created_at) VALUES ($1,$2,$3,$4,$5,0,$6,$7,$8) ON CONFLICT DO NOTHING";
const INVITE: &str = "SELECT id FROM invite WHERE community_id = $1 AND room_id = $2
    AND code_hash = $3 AND uses < most AND until_at > $4";
const USE_INVITE: &str = "UPDATE invite SET uses = uses + 1
    WHERE community_id = $1 AND id = $2 AND uses < most AND until_at > $3";

const APPLY: &str = "INSERT INTO application (community_id, id, room_id, member_id, words, state,
    at, reason) VALUES ($1,$2,$3,$4,$5,'waiting',$6,'') ON CONFLICT DO NOTHING";
const APPLIED: &str = "SELECT id FROM application
    WHERE community_id = $1 AND room_id = $2 AND member_id = $3 AND state = 'waiting'";
const APPLICATION: &str = "SELECT room_id, member_id FROM application
    WHERE community_id = $1 AND id = $2 AND state = 'waiting'";
const DECIDE: &str = "UPDATE application SET state = $3, decided_by = $4, decided_at = $5,
    reason = $6 WHERE community_id = $1 AND id = $2 AND state = 'waiting'";
const SETTLE: &str = "UPDATE application SET state = $4, decided_at = $5
    WHERE community_id = $1 AND room_id = $2 AND member_id = $3 AND state = 'waiting'";
const WITHDRAW: &str = "UPDATE application SET state = 'withdrawn', words = '', decided_at = $3
    WHERE community_id = $1 AND member_id = $2 AND state = 'waiting'";
const FORGET_WORDS: &str = "UPDATE application SET words = ''
    WHERE community_id = $1 AND member_id = $2";

/// A neighbourhood group's place to collect orders. All empty: it has none.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PickUp {
    pub name: String,
    pub address: String,
    pub hours: String,
}
pub struct NewRoom<'a> {
    pub id: Group,
    pub kind: GroupKind,
    pub name: &'a str,
    pub slug: Option<&'a str>,
    pub purpose: &'a str,
    pub rules: &'a str,
    pub admission: Admission,
    pub capacity: i64,
    pub pickup: &'a PickUp,
    pub leader: Member,
}
/// The group and its leader in it.
pub fn add<R: Copy>(w: &mut Writes<R>, c: C, n: &NewRoom<'_>, now: Moment, taken: R) {
    let (kind, admission, p) = (n.kind.code(), n.admission.code(), n.pickup);
    let args = p![
        c, n.id, kind, n.name, n.slug, n.purpose, n.rules, admission, n.capacity, &p.name,
        &p.address, &p.hours, now
    ];
    w.must(ADD, args, taken);
    w.must(SIT, p![c, n.id, n.leader, GroupRole::Leader.code(), now, 0_i64], taken);
}
pub fn exists(rx: &mut Rx<'_>, c: C, group: Group) -> Result<bool, Fault> {
    Ok(rx.one(EXISTS, p![c, group], |_| ())?.is_some())
}
pub fn first(rx: &mut Rx<'_>, c: C) -> Result<Option<Group>, Fault> {
    rx.one(FIRST, p![c], |r| r.id(0))
}
pub struct Change<'a> {
    pub name: &'a str,
    pub purpose: &'a str,
    pub rules: &'a str,
    pub notice: &'a str,
    pub admission: Admission,
    pub capacity: i64,
    pub pickup: &'a PickUp,
    pub slow_seconds: i64,
    /// One a line.
    pub keywords: &'a str,
    /// Codes of system lines between commas, with one before the first and after the last.
    pub system_off: &'a str,
}
pub fn change<R>(w: &mut Writes<R>, c: C, group: Group, n: &Change<'_>, too_small: R) {
    let (admission, p) = (n.admission.code(), n.pickup);
    let args = p![
        c,
        group,
        n.name,
        n.purpose,
        n.rules,
        n.notice,
        admission,
        n.capacity,
        &p.name,
        &p.address,
        &p.hours,
        n.slow_seconds,
        n.keywords,
        n.system_off
    ];
    w.must(CHANGE, args, too_small);
}

pub struct Seats {
    pub admission: Admission,
    pub members: i64,
    pub capacity: i64,
    pub last_change: i64,
    pub notice: String,
}
pub fn seats(rx: &mut Rx<'_>, c: C, group: Group) -> Result<Option<Seats>, Fault> {
    rx.one(DOOR, p![c, group], |r| Seats {
        admission: r.word(0, Admission::of),
        members: r.int(1),
        capacity: r.int(2),
        last_change: r.int(3),
        notice: r.text(4),
    })
}
pub fn role(rx: &mut Rx<'_>, c: C, g: Group, m: Member) -> Result<Option<GroupRole>, Fault> {
    rx.one(ROLE, p![c, g, m], |r| r.word(0, GroupRole::of))
}
/// Who joins has read what was said before: unread lines begin with the next one.
pub fn sit<R: Copy>(
    w: &mut Writes<R>,
    c: C,
    seat: (Group, Member),
    at: (Moment, i64),
    (faster, full): (R, R),
) {
    let ((group, member), (now, read)) = (seat, at);
    w.must(SIT, p![c, group, member, GroupRole::Member.code(), now, read], faster);
    w.must(TAKE_SEAT, p![c, group], full);
    w.put(SETTLE, p![c, group, member, "admitted", now]);
}
pub fn stand<R>(w: &mut Writes<R>, c: C, group: Group, member: Member, gone: R) {
    w.must(STAND, p![c, group, member], gone);
    w.put(GIVE_SEAT, p![c, group]);
}
/// Leaves all groups of the community at once; the counters follow in the batch.
pub fn stand_everywhere<R>(
    tx: &mut Tx<'_>,
    w: &mut Writes<R>,
    c: C,
    member: Member,
) -> Result<Vec<Group>, Fault> {
    let mut groups: Vec<Group> = tx.exec_all(STAND_EVERYWHERE, p![c, member], |r| r.id(0))?;
    groups.sort_unstable(); // two who leave at once take the rows in one order
    for group in &groups {
        w.put(GIVE_SEAT, p![c, *group]);
    }
    w.put(WITHDRAW, p![c, member, tx.now()]);
    Ok(groups)
}
pub fn set_role<R>(w: &mut Writes<R>, c: C, g: Group, m: Member, role: GroupRole, gone: R) {
    w.must(SET_ROLE, p![c, g, m, role.code()], gone);
}
/// Only forward, and never beyond what was said.
pub fn set_read<R>(w: &mut Writes<R>, c: C, group: Group, member: Member, seq: i64) {
    w.put(SET_READ, p![c, group, member, seq]);
}

pub struct NewInvite<'a> {
    pub id: Id<id::Invite>,
    pub group: Group,
    pub code_hash: &'a str,
    pub most: i64,
    pub until: Moment,
    pub by: Member,
}
pub fn add_invite<R>(w: &mut Writes<R>, c: C, n: &NewInvite<'_>, now: Moment, twice: R) {
    w.must(ADD_INVITE, p![c, n.id, n.group, n.code_hash, n.most, n.until, n.by, now], twice);
}
pub fn invite(
    rx: &mut Rx<'_>,
    c: C,
    group: Group,
    code_hash: &str,
    now: Moment,
) -> Result<Option<Id<id::Invite>>, Fault> {
    rx.one(INVITE, p![c, group, code_hash, now], |r| r.id(0))
}
pub fn use_invite<R>(w: &mut Writes<R>, c: C, id: Id<id::Invite>, now: Moment, spent: R) {
    w.must(USE_INVITE, p![c, id, now], spent);
}

pub fn apply<R>(
    w: &mut Writes<R>,
    c: C,
    (id, group, member): (Id<id::Application>, Group, Member),
    words: &str,
    now: Moment,
    faster: R,
) {
    w.must(APPLY, p![c, id, group, member, words, now], faster);
}
pub fn applied(
    rx: &mut Rx<'_>,
    c: C,
    group: Group,
    member: Member,
) -> Result<Option<Id<id::Application>>, Fault> {
    rx.one(APPLIED, p![c, group, member], |r| r.id(0))
}
pub fn application(
    rx: &mut Rx<'_>,
    c: C,
    id: Id<id::Application>,
) -> Result<Option<(Group, Member)>, Fault> {
    rx.one(APPLICATION, p![c, id], |r| (r.id(0), r.id(1)))
}
pub struct Decision<'a> {
    pub id: Id<id::Application>,
    pub admitted: bool,
    pub by: Member,
    pub reason: &'a str,
}
pub fn decide<R>(w: &mut Writes<R>, c: C, d: &Decision<'_>, now: Moment, faster: R) {
    let state = if d.admitted { "admitted" } else { "declined" };
    w.must(DECIDE, p![c, d.id, state, d.by, now, d.reason], faster);
}
pub fn forget_words<R>(w: &mut Writes<R>, c: C, member: Member) {
    w.put(FORGET_WORDS, p![c, member]);
}
