//! Reads of members for the console: found and counted, and one of them from all sides.
use super::views::MemberRow;
use crate::db::{Fault, Row, Rx, part};
use crate::{App, p};
use rules::base::{Id, Moment, id};
use rules::community::group::GroupRole;
use rules::community::role::{Membership, Role};

type C = Id<id::Community>;
type Member = Id<id::Member>;

rules::codes! {
    /// Which members a list shows.
    pub enum Among {
        Active = "active", Staff = "staff", Leaders = "leaders", Muted = "muted",
        Banned = "banned", Left = "left",
    }
}
rules::codes! {
    /// When somebody paid an order last: within 30 days, within 90, longer ago, never.
    pub enum LastOrder {
        Month = "month", Quarter = "quarter", Longer = "longer", Never = "never",
    }
}
impl LastOrder {
    /// Paid from the first moment on, and not from the second on; 0 asks nothing.
    fn between(self, now: Moment) -> (i64, i64) {
        let ago = |days: i64| now.plus_days(-days).0;
        match self {
            LastOrder::Month => (ago(30), 0),
            LastOrder::Quarter => (ago(90), ago(30)),
            LastOrder::Longer => (1, ago(90)),
            LastOrder::Never => (0, 1),
        }
    }
}

/// What is left out is not asked for.
#[derive(Clone, Debug, Default)]
pub struct FindMembers {
    pub among: Option<Among>,
    /// A member's id, or a part of a name.
    pub query: String,
    pub tag: Option<Id<id::Tag>>,
    pub group: Option<Id<id::Group>>,
    pub last: Option<LastOrder>,
    pub before: Option<Member>,
    pub most: i64,
}
/// A member in the console's list, with what they bought.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FoundMember {
    pub row: MemberRow,
    pub bought: Bought,
}
/// Paid orders, minor units.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Bought {
    pub orders: i64,
    pub paid: i64,
    pub refunded: i64,
    pub last: Option<Moment>,
}
/// How many there are of each kind.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct MemberCounts {
    pub active: i64,
    pub staff: i64,
    pub muted: i64,
    pub banned: i64,
    pub left: i64,
}
/// A member from all sides.
#[derive(Clone, Debug)]
pub struct MemberSides {
    pub row: MemberRow,
    pub bio: String,
    pub ended_at: Option<Moment>,
    /// Who brought them, or whose invite code they came with.
    pub brought_by: Option<(Member, String)>,
    pub tags: Vec<(Id<id::Tag>, String)>,
    pub groups: Vec<(Id<id::Group>, String, GroupRole)>,
    pub bought: Bought,
    pub posts: i64,
    pub reviews: i64,
    pub reports: i64,
}
/// Something that happened to a member, or that they did.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MemberFact {
    pub id: Id<id::Fact>,
    pub kind: String,
    pub subject: i64,
    pub actor: Option<Member>,
    /// Who did it, when it was somebody else.
    pub by: Option<String>,
    pub at: Moment,
}

const FIND: &str = "SELECT m.id, m.name, m.role, m.rights, m.state, m.joined_at, m.muted_until,
    (SELECT count(*) FROM orders o WHERE o.community_id = m.community_id
      AND o.member_id = m.id AND o.paid_at IS NOT NULL),
    (SELECT CAST(coalesce(sum(o.total), 0) AS bigint) FROM orders o
      WHERE o.community_id = m.community_id AND o.member_id = m.id AND o.paid_at IS NOT NULL),
    (SELECT CAST(coalesce(sum(o.refunded), 0) AS bigint) FROM orders o
      WHERE o.community_id = m.community_id AND o.member_id = m.id AND o.paid_at IS NOT NULL),
    (SELECT max(o.paid_at) FROM orders o
      WHERE o.community_id = m.community_id AND o.member_id = m.id)
    FROM member m WHERE m.community_id = $1 AND m.id < $2
    AND ($3 = '' OR m.state = $3 OR ($3 = 'left' AND m.state = 'closed')
      OR (m.state = 'active' AND (($3 = 'staff' AND m.role <> 'member')
        OR ($3 = 'muted' AND m.muted_until > $4)
        OR ($3 = 'leaders' AND EXISTS (SELECT 1 FROM room_member s
          WHERE s.community_id = m.community_id AND s.member_id = m.id
          AND s.role <> 'member')))))
    AND ($5 = '' OR lower(m.name) LIKE $5 ESCAPE '~')
    AND (CAST($6 AS bigint) = 0 OR EXISTS (SELECT 1 FROM member_tag t
      WHERE t.community_id = m.community_id AND t.member_id = m.id AND t.tag_id = $6))
    AND (CAST($7 AS bigint) = 0 OR EXISTS (SELECT 1 FROM room_member s
      WHERE s.community_id = m.community_id AND s.room_id = $7 AND s.member_id = m.id))
    AND (CAST($8 AS bigint) = 0 OR EXISTS (SELECT 1 FROM orders o
      WHERE o.community_id = m.community_id AND o.member_id = m.id AND o.paid_at >= $8))
    AND (CAST($9 AS bigint) = 0 OR NOT EXISTS (SELECT 1 FROM orders o
      WHERE o.community_id = m.community_id AND o.member_id = m.id AND o.paid_at >= $9))
    ORDER BY m.id DESC LIMIT $10";
const COUNTS: &str = "SELECT count(*) FILTER (WHERE state = 'active'),
    count(*) FILTER (WHERE state = 'active' AND role <> 'member'),
    count(*) FILTER (WHERE state = 'active' AND muted_until > $2),
    count(*) FILTER (WHERE state = 'banned'),
    count(*) FILTER (WHERE state IN ('left', 'closed'))
    FROM member WHERE community_id = $1";
const SIDES: &str = "SELECT m.id, m.name, m.role, m.rights, m.state, m.joined_at, m.muted_until,
    (SELECT count(*) FROM orders o WHERE o.community_id = m.community_id
      AND o.member_id = m.id AND o.paid_at IS NOT NULL),
    (SELECT CAST(coalesce(sum(o.total), 0) AS bigint) FROM orders o
      WHERE o.community_id = m.community_id AND o.member_id = m.id AND o.paid_at IS NOT NULL),
    (SELECT CAST(coalesce(sum(o.refunded), 0) AS bigint) FROM orders o
      WHERE o.community_id = m.community_id AND o.member_id = m.id AND o.paid_at IS NOT NULL),
    (SELECT max(o.paid_at) FROM orders o
      WHERE o.community_id = m.community_id AND o.member_id = m.id),
    m.bio, m.ended_at, b.id, b.name,
    (SELECT count(*) FROM post x WHERE x.community_id = m.community_id
      AND x.member_id = m.id AND x.state = 'published'),
    (SELECT count(*) FROM review v WHERE v.community_id = m.community_id
      AND v.member_id = m.id),
    (SELECT count(*) FROM report r WHERE r.community_id = m.community_id
      AND r.kind = 'member' AND r.subject = m.id)
    FROM member m LEFT JOIN member b ON b.community_id = m.community_id AND b.id = m.brought_by
    WHERE m.community_id = $1 AND m.id = $2";
/// The first group somebody came into, and with which code.
const CAME_IN: &str = "SELECT body FROM fact WHERE community_id = $1 AND actor = $2
    AND kind = 'group_joined' ORDER BY id LIMIT 1";
const INVITER: &str = "SELECT p.id, p.name FROM invite i
    JOIN member p ON p.community_id = i.community_id AND p.id = i.made_by
    WHERE i.community_id = $1 AND i.id = $2";
const TAGS_OF: &str = "SELECT t.id, t.name FROM member_tag m
    JOIN tag t ON t.community_id = m.community_id AND t.id = m.tag_id
    WHERE m.community_id = $1 AND m.member_id = $2 ORDER BY t.id";
const GROUPS_OF: &str = "SELECT r.id, r.name, s.role FROM room_member s
    JOIN room r ON r.community_id = s.community_id AND r.id = s.room_id
    WHERE s.community_id = $1 AND s.member_id = $2 ORDER BY r.id LIMIT 200";
/// Without the small talk, which would leave nothing else to see.
const DID: &str = "SELECT f.id, f.kind, f.subject, f.actor, NULL, f.at FROM fact f
    WHERE f.community_id = $1 AND f.actor = $2 AND f.id < $3
    AND f.kind NOT IN ('message_posted', 'message_edited', 'message_reacted', 'post_liked',
      'post_unliked', 'review_helpful', 'review_not_helpful')
    ORDER BY f.id DESC LIMIT $4";
const HAPPENED: &str = "SELECT f.id, f.kind, f.subject, f.actor, p.name, f.at FROM fact f
    LEFT JOIN member p ON p.community_id = f.community_id AND p.id = f.actor
    WHERE f.community_id = $1 AND f.subject = $2 AND f.id < $3 ORDER BY f.id DESC LIMIT $4";

fn member(r: &Row<'_>) -> MemberRow {
    MemberRow {
        member: r.id(0),
        name: r.text(1),
        role: r.word(2, Role::of),
        rights: r.text(3),
        state: r.word(4, Membership::of),
        joined_at: r.moment(5),
        muted_until: r.opt_moment(6),
    }
}
fn bought(r: &Row<'_>) -> Bought {
    Bought { orders: r.int(7), paid: r.int(8), refunded: r.int(9), last: r.opt_moment(10) }
}
fn fact(r: Row<'_>) -> MemberFact {
    MemberFact {
        id: r.id(0),
        kind: r.text(1),
        subject: r.int(2),
        actor: r.opt_id(3),
        by: r.opt_text(4),
        at: r.moment(5),
    }
}
fn find(rx: &mut Rx<'_>, c: C, f: &FindMembers, now: Moment) -> Result<Vec<FoundMember>, Fault> {
    let found = |r: Row<'_>| FoundMember { row: member(&r), bought: bought(&r) };
    if let Some(id) = Id::<id::Member>::parse(f.query.trim()) {
        return rx.all(SIDES, p![c, id], found);
    }
    let among = f.among.map_or("", Among::code);
    let (tag, group) = (f.tag.map_or(0, Id::raw), f.group.map_or(0, Id::raw));
    let (from, until) = f.last.map_or((0, 0), |last| last.between(now));
    let (before, query) = (f.before.map_or(i64::MAX, Id::raw), part(&f.query));
    rx.all(FIND, p![c, before, among, now, &query, tag, group, from, until, f.most], found)
}
/// The number of the invite in a fact's body, which this house wrote itself.
fn invite_in(body: &str) -> Option<i64> {
    let rest = body.split_once(r#""invite":"#)?.1;
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok().filter(|n| *n != 0)
}
fn brought_by(rx: &mut Rx<'_>, c: C, m: Member) -> Result<Option<(Member, String)>, Fault> {
    let body = rx.one(CAME_IN, p![c, m], |r| r.text(0))?;
    match body.as_deref().and_then(invite_in) {
        Some(invite) => rx.one(INVITER, p![c, invite], |r| (r.id(0), r.text(1))),
        None => Ok(None),
    }
}
fn sides(rx: &mut Rx<'_>, c: C, m: Member) -> Result<Option<MemberSides>, Fault> {
    let found = rx.one(SIDES, p![c, m], |r| MemberSides {
        row: member(&r),
        bought: bought(&r),
        bio: r.text(11),
        ended_at: r.opt_moment(12),
        brought_by: r.opt_id(13).map(|id| (id, r.opt_text(14).unwrap_or_default())),
        posts: r.int(15),
        reviews: r.int(16),
        reports: r.int(17),
        tags: Vec::new(),
        groups: Vec::new(),
    })?;
    let Some(mut sides) = found else { return Ok(None) };
    if sides.brought_by.is_none() {
        sides.brought_by = brought_by(rx, c, m)?;
    }
    sides.tags = rx.all(TAGS_OF, p![c, m], |r| (r.id(0), r.text(1)))?;
    let group = |r: Row<'_>| (r.id(0), r.text(1), r.word(2, GroupRole::of));
    sides.groups = rx.all(GROUPS_OF, p![c, m], group)?;
    Ok(Some(sides))
}

impl App {
    /// The newest member first.
    pub async fn find_members(
        &self,
        now: Moment,
        c: C,
        f: FindMembers,
    ) -> Result<Vec<FoundMember>, Fault> {
        self.db.read(move |rx| find(rx, c, &f, now)).await
    }
    pub async fn member_counts(&self, now: Moment, c: C) -> Result<MemberCounts, Fault> {
        let counts = |r: Row<'_>| MemberCounts {
            active: r.int(0),
            staff: r.int(1),
            muted: r.int(2),
            banned: r.int(3),
            left: r.int(4),
        };
        let found = self.db.read(move |rx| rx.one(COUNTS, p![c, now], counts)).await?;
        Ok(found.unwrap_or_default())
    }
    pub async fn member_sides(&self, c: C, m: Member) -> Result<Option<MemberSides>, Fault> {
        self.db.read(move |rx| sides(rx, c, m)).await
    }
    /// What a member did and what was done to them, newest first.
    pub async fn member_facts(
        &self,
        c: C,
        m: Member,
        before: Option<Id<id::Fact>>,
        most: i64,
    ) -> Result<Vec<MemberFact>, Fault> {
        let before = before.map_or(i64::MAX, Id::raw);
        let read = move |rx: &mut Rx<'_>| {
            let mut all = rx.all(DID, p![c, m, before, most], fact)?;
            // what one does to oneself is in both
            let others = rx.all(HAPPENED, p![c, m, before, most], fact)?;
            all.extend(others.into_iter().filter(|f| f.actor != Some(m)));
            all.sort_by_key(|f| std::cmp::Reverse(f.id.raw()));
            all.truncate(usize::try_from(most).unwrap_or(0));
            Ok(all)
        };
        self.db.read(read).await
    }
}

#[cfg(test)]
mod tests {
    use super::invite_in;

    #[test]
    fn the_invite_of_a_fact() {
        assert_eq!(invite_in(r#"{"member":12,"invite":345}"#), Some(345));
        assert_eq!(invite_in(r#"{"member":12,"invite":0}"#), None);
        assert_eq!(invite_in(r#"{"member":12}"#), None);
    }
}
