//! Writes of the inbox, and the reads that decide who hears what where.
use crate::db::{Fault, Tx, Writes};
use crate::p;
use rules::base::{Id, Moment, id};
use rules::community::role::{Right, Rights, Role};
use rules::reach::notice::{Channel, Kind, Section};

type C = Id<id::Community>;
type M = Id<id::Member>;

/// The kind of an identity that letters go to; only proven addresses are identities.
pub const MAIL_IDENTITY: &str = "email";
/// More staff than this do not all need to hear of every order.
const STAFF: i64 = 50;

const RECEIVER: &str = "SELECT m.account_id,
    (SELECT n.wanted FROM notice_choice n WHERE n.community_id = m.community_id
      AND n.member_id = m.id AND n.kind = $3 AND n.channel = 'in_app'),
    (SELECT n.wanted FROM notice_choice n WHERE n.community_id = m.community_id
      AND n.member_id = m.id AND n.kind = $3 AND n.channel = 'mail'),
    EXISTS (SELECT 1 FROM identity i WHERE i.account_id = m.account_id AND i.kind = $4)
    FROM member m WHERE m.community_id = $1 AND m.id = $2
    AND (m.state = 'active' OR ($5 AND m.state IN ('left', 'banned')))";
const ACCOUNT: &str = "SELECT account_id FROM member WHERE community_id = $1 AND id = $2";
const WAITS: &str = "SELECT 1 FROM notice WHERE community_id = $1 AND member_id = $2
    AND section = $3 AND read_at IS NULL AND shown AND kind = $4 AND subject = $5 LIMIT 1";
const TELL: &str = "INSERT INTO notice (community_id, id, member_id, kind, section, subject,
    actor_id, args, shown, at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)";
const TENDERS: &str = "SELECT id, role, rights FROM member WHERE community_id = $1
    AND state = 'active' AND role IN ('owner', 'staff') ORDER BY id LIMIT $2";
const READ: &str = "UPDATE notice SET read_at = $4
    WHERE community_id = $1 AND id = $2 AND member_id = $3 AND read_at IS NULL";
const THERE: &str = "SELECT 1 FROM notice WHERE community_id = $1 AND id = $2 AND member_id = $3";
const READ_SECTION: &str = "UPDATE notice SET read_at = $4 WHERE community_id = $1
    AND member_id = $2 AND section = $3 AND read_at IS NULL AND shown";
const CHOOSE: &str = "INSERT INTO notice_choice (community_id, member_id, kind, channel, wanted)
    VALUES ($1,$2,$3,$4,$5)
    ON CONFLICT (community_id, member_id, kind, channel) DO UPDATE SET wanted = $5";
const MAILED: &str = "UPDATE notice SET mailed_at = $3
    WHERE community_id = $1 AND id = $2 AND mailed_at IS NULL";
const FORGET: &str = "DELETE FROM notice WHERE community_id = $1 AND member_id = $2";
const FORGET_CHOICES: &str = "DELETE FROM notice_choice WHERE community_id = $1 AND member_id = $2";

/// Something a member should hear of.
#[derive(Clone, Copy, Debug)]
pub struct Notice<'a> {
    pub kind: Kind,
    /// The raw id of the order, post, review … that the notice leads to.
    pub subject: i64,
    /// Who caused it. Nobody is told of their own doing.
    pub actor: Option<M>,
    /// Values for the places of the sentence (`rules::reach::wording::PLACES`), without names of
    /// people: `{who}` is looked up when it is shown.
    pub args: &'a [(&'a str, &'a str)],
}

/// Whom a notice reaches, also after they left when it is of their money: the account, and
/// whether it is shown and mailed.
pub(super) fn receiver(
    tx: &mut Tx<'_>,
    c: C,
    member: M,
    kind: Kind,
) -> Result<Option<(i64, bool, bool)>, Fault> {
    tx.one(RECEIVER, p![c, member, kind.code(), MAIL_IDENTITY, kind.outlasts()], |r| {
        let shown = r.opt_bool(1).unwrap_or(kind.wanted(Channel::InApp));
        let mailed = r.opt_bool(2).unwrap_or(kind.wanted(Channel::Mail)) && r.bool(3);
        (r.int(0), shown, mailed)
    })
}
pub(super) fn account_of(tx: &mut Tx<'_>, c: C, member: M) -> Result<Option<i64>, Fault> {
    tx.one(ACCOUNT, p![c, member], |r| r.int(0))
}
/// The same was told before and has not been read.
pub(super) fn waits(tx: &mut Tx<'_>, c: C, member: M, n: &Notice<'_>) -> Result<bool, Fault> {
    let args = p![c, member, n.kind.section().code(), n.kind.code(), n.subject];
    Ok(tx.one(WAITS, args, |_| ())?.is_some())
}
pub(super) fn tell<R>(
    w: &mut Writes<R>,
    c: C,
    (id, member): (Id<id::Notice>, M),
    n: &Notice<'_>,
    (args, shown): (&str, bool),
    now: Moment,
) {
    let (kind, section) = (n.kind.code(), n.kind.section().code());
    w.put(TELL, p![c, id, member, kind, section, n.subject, n.actor, args, shown, now]);
}
/// Everybody who holds a right.
pub(super) fn holders(tx: &mut Tx<'_>, c: C, right: Right) -> Result<Vec<M>, Fault> {
    let all = tx.all(TENDERS, p![c, STAFF], |r| {
        let rights = Rights::of(r.word(1, Role::of), &r.text(2));
        (r.id(0), rights.may(right))
    })?;
    Ok(all.into_iter().filter(|(_, may)| *may).map(|(member, _)| member).collect())
}

pub(super) fn there(tx: &mut Tx<'_>, c: C, id: Id<id::Notice>, m: M) -> Result<bool, Fault> {
    Ok(tx.one(THERE, p![c, id, m], |_| ())?.is_some())
}
pub(super) fn read<R>(w: &mut Writes<R>, c: C, id: Id<id::Notice>, m: M, now: Moment) {
    w.put(READ, p![c, id, m, now]);
}
pub(super) fn read_section<R>(w: &mut Writes<R>, c: C, m: M, section: Section, now: Moment) {
    w.put(READ_SECTION, p![c, m, section.code(), now]);
}
pub(super) fn choose<R>(w: &mut Writes<R>, c: C, m: M, kind: Kind, ch: Channel, wanted: bool) {
    w.put(CHOOSE, p![c, m, kind.code(), ch.code(), wanted]);
}
pub(super) fn mailed<R>(w: &mut Writes<R>, c: C, id: Id<id::Notice>, now: Moment) {
    w.put(MAILED, p![c, id, now]);
}
/// What a closed account was told goes with it.
pub fn forget_member<R>(w: &mut Writes<R>, c: C, member: M) {
    w.put(FORGET, p![c, member]);
    w.put(FORGET_CHOICES, p![c, member]);
}
