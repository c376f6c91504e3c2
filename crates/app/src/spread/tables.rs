//! Writes of share links and visits, and what their verbs decide by.
use crate::db::{Fault, Row, Rx, Writes};
use crate::p;
use rules::base::{Id, Moment, id};
use rules::spread::link::Shown;
use rules::spread::visit::Channel;

type C = Id<id::Community>;
type Member = Id<id::Member>;
type Link = Id<id::ShareLink>;

const LINK: &str = "SELECT l.id, l.member_id, m.state = 'active' FROM share_link l
    JOIN member m ON m.community_id = l.community_id AND m.id = l.member_id
    WHERE l.community_id = $1 AND l.id = $2";
const MINE: &str = "SELECT code FROM share_link
    WHERE community_id = $1 AND member_id = $2 AND kind = $3 AND thing_id = $4";
const ADD_LINK: &str = "INSERT INTO share_link (community_id, id, code, member_id, kind, thing_id,
    parent_id, at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8) ON CONFLICT DO NOTHING";
/// The link through which somebody saw the same thing last, as a member or by their token.
const SHOWN_BY: &str = "SELECT v.link_id, v.id AS seen FROM visit v
      JOIN share_link l ON l.community_id = v.community_id AND l.id = v.link_id
      WHERE v.community_id = $1 AND v.member_id = $2 AND l.kind = $4 AND l.thing_id = $5
      AND l.member_id <> $2
    UNION ALL SELECT v.link_id, v.id FROM visit v
      JOIN share_link l ON l.community_id = v.community_id AND l.id = v.link_id
      WHERE v.community_id = $1 AND v.visitor = $3 AND v.visitor <> '' AND l.kind = $4
      AND l.thing_id = $5 AND l.member_id <> $2
    ORDER BY seen DESC LIMIT 1";
const ADD_VISIT: &str = "INSERT INTO visit (community_id, id, link_id, visitor, member_id, channel,
    at) VALUES ($1,$2,$3,$4,$5,$6,$7)";
const LAST_VISIT: &str = "SELECT link_id, at FROM visit
    WHERE community_id = $1 AND visitor = $2 ORDER BY id DESC LIMIT 1";
const SEEN_WITH: &str = "INSERT INTO visitor_member (community_id, visitor, member_id, at)
    VALUES ($1,$2,$3,$4) ON CONFLICT DO NOTHING";
const CLAIM: &str = "UPDATE visit SET member_id = $3
    WHERE community_id = $1 AND visitor = $2 AND member_id IS NULL";
const OTHERS: &str = "SELECT count(*) FROM visitor_member
    WHERE community_id = $1 AND visitor = $2 AND member_id <> $3";
/// Links of active members that were opened with this token, in the order of time.
const OPENED: &str = "SELECT v.link_id, l.member_id, v.at FROM visit v
    JOIN share_link l ON l.community_id = v.community_id AND l.id = v.link_id
    JOIN member m ON m.community_id = l.community_id AND m.id = l.member_id
    WHERE v.community_id = $1 AND v.visitor = $2 AND v.at >= $3 AND m.state = 'active'
    AND (v.member_id IS NULL OR v.member_id = $4) AND l.member_id <> $4
    ORDER BY v.id LIMIT 500";
/// The last link a member opened that is not their own, nor of somebody who shares their device.
const LAST_SEEN: &str = "SELECT v.link_id, l.member_id, v.at FROM visit v
    JOIN share_link l ON l.community_id = v.community_id AND l.id = v.link_id
    JOIN member m ON m.community_id = l.community_id AND m.id = l.member_id
    WHERE v.community_id = $1 AND v.member_id = $2 AND v.at >= $3 AND v.at <= $4
    AND l.member_id <> $2 AND m.state = 'active'
    AND NOT EXISTS (SELECT 1 FROM visitor_member s WHERE s.community_id = v.community_id
      AND s.visitor = v.visitor AND s.member_id = l.member_id)
    ORDER BY v.at DESC, v.id DESC LIMIT 1";
const FORGET_VISITS: &str = "UPDATE visit SET visitor = ''
    WHERE community_id = $1 AND member_id = $2";
const FORGET_SEEN: &str = "DELETE FROM visitor_member WHERE community_id = $1 AND member_id = $2";

/// A link and whether its member is still there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LinkOf {
    pub id: Link,
    pub member: Member,
    pub active: bool,
}
pub fn link(rx: &mut Rx<'_>, c: C, id: Link) -> Result<Option<LinkOf>, Fault> {
    rx.one(LINK, p![c, id], |r| LinkOf { id: r.id(0), member: r.id(1), active: r.bool(2) })
}
pub fn code_of(
    rx: &mut Rx<'_>,
    c: C,
    member: Member,
    (kind, thing): (Shown, i64),
) -> Result<Option<String>, Fault> {
    rx.one(MINE, p![c, member, kind.code(), thing], |r| r.text(0))
}
pub fn shown_by(
    rx: &mut Rx<'_>,
    c: C,
    (member, visitor): (Member, &str),
    (kind, thing): (Shown, i64),
) -> Result<Option<Link>, Fault> {
    rx.one(SHOWN_BY, p![c, member, visitor, kind.code(), thing], |r| r.id(0))
}

pub struct NewLink<'a> {
    pub id: Link,
    pub code: &'a str,
    pub member: Member,
    pub kind: Shown,
    pub thing: i64,
    pub parent: Option<Link>,
}
pub fn add_link<R>(w: &mut Writes<R>, c: C, n: &NewLink<'_>, now: Moment, faster: R) {
    let args = p![c, n.id, n.code, n.member, n.kind.code(), n.thing, n.parent, now];
    w.must(ADD_LINK, args, faster);
}

pub struct NewVisit<'a> {
    pub id: Id<id::Visit>,
    pub link: Link,
    pub visitor: &'a str,
    pub member: Option<Member>,
    pub channel: Channel,
}
pub fn add_visit<R>(w: &mut Writes<R>, c: C, n: &NewVisit<'_>, now: Moment) {
    w.put(ADD_VISIT, p![c, n.id, n.link, n.visitor, n.member, n.channel.code(), now]);
}
pub fn last_visit(rx: &mut Rx<'_>, c: C, visitor: &str) -> Result<Option<(Link, Moment)>, Fault> {
    rx.one(LAST_VISIT, p![c, visitor], |r| (r.id(0), r.moment(1)))
}
/// The token is this member's from now on: what was opened with it before was theirs.
pub fn claim<R>(w: &mut Writes<R>, c: C, visitor: &str, member: Member, now: Moment) {
    w.put(SEEN_WITH, p![c, visitor, member, now]);
    w.put(CLAIM, p![c, visitor, member]);
}
/// How many other members were seen with this token.
pub fn others(rx: &mut Rx<'_>, c: C, visitor: &str, member: Member) -> Result<i64, Fault> {
    Ok(rx.one(OTHERS, p![c, visitor, member], |r| r.int(0))?.unwrap_or(0))
}

/// A link that was opened, whose it is, and when.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Opened {
    pub link: Link,
    pub by: Member,
    pub at: Moment,
}
fn opened(r: Row<'_>) -> Opened {
    Opened { link: r.id(0), by: r.id(1), at: r.moment(2) }
}
pub fn opened_with(
    rx: &mut Rx<'_>,
    c: C,
    (visitor, member): (&str, Member),
    since: Moment,
) -> Result<Vec<Opened>, Fault> {
    rx.all(OPENED, p![c, visitor, since, member], opened)
}
pub fn last_seen(
    rx: &mut Rx<'_>,
    c: C,
    member: Member,
    (since, until): (Moment, Moment),
) -> Result<Option<Opened>, Fault> {
    rx.one(LAST_SEEN, p![c, member, since, until], opened)
}
/// The device of somebody who closed their account is nobody's.
pub fn forget<R>(w: &mut Writes<R>, c: C, member: Member) {
    w.put(FORGET_VISITS, p![c, member]);
    w.put(FORGET_SEEN, p![c, member]);
}
