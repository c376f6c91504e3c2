//! Reads of groups: mine, to discover, one page, its members, its door.
use super::tables_rooms::PickUp;
use crate::db::{Fault, Row, Rx};
use crate::{App, p};
use rules::base::{Id, Moment, id, text};
use rules::community::group::{Admission, GroupKind, GroupRole};
use rules::community::message::{LineState, MessageKind, SystemLine};

type C = Id<id::Community>;
type Group = Id<id::Group>;
type Member = Id<id::Member>;

/// A group in my list, the one with the newest line first.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MyGroup {
    pub id: Group,
    pub name: String,
    pub kind: GroupKind,
    pub role: GroupRole,
    pub members: i64,
    /// Stops counting at 100: show `99+`.
    pub unread: i64,
    pub last: Option<LastLine>,
}
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LastLine {
    /// Empty: the house, or somebody who closed their account.
    pub name: String,
    pub kind: MessageKind,
    /// Cut to 60 characters; of a system line its JSON in full.
    pub clip: String,
    pub state: LineState,
    pub at: Moment,
}
/// A group to look at.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GroupCard {
    pub id: Group,
    pub slug: Option<String>,
    pub name: String,
    pub kind: GroupKind,
    pub purpose: String,
    pub admission: Admission,
    pub members: i64,
    pub capacity: i64,
    pub pickup: PickUp,
    /// The reader is in it.
    pub mine: bool,
}
/// Everything a group's page needs beside its lines.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GroupPage {
    pub card: GroupCard,
    pub rules: String,
    pub notice: String,
    pub slow_seconds: i64,
    pub keywords: String,
    pub system_off: Vec<SystemLine>,
    pub created_at: Moment,
    pub tags: Vec<(Id<id::Tag>, String)>,
    pub leaders: Vec<GroupMember>,
    /// The reader's place in it.
    pub role: Option<GroupRole>,
    pub read_seq: i64,
    /// The reader's application waits.
    pub applied: Option<Id<id::Application>>,
}
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GroupMember {
    pub member: Member,
    pub name: String,
    pub role: GroupRole,
    pub joined_at: Moment,
}
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InviteRow {
    pub id: Id<id::Invite>,
    pub most: i64,
    pub uses: i64,
    pub until: Moment,
    pub made_by: String,
}
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ApplicationRow {
    pub id: Id<id::Application>,
    pub member: Member,
    pub name: String,
    pub words: String,
    pub at: Moment,
}

const MINE: &str = "SELECT r.id, r.name, r.kind, s.role, r.members,
    (SELECT count(*) FROM (SELECT 1 FROM message m WHERE m.community_id = r.community_id
      AND m.room_id = r.id AND m.seq > s.read_seq AND m.state = 'shown' LIMIT 100) AS few),
    t.kind, t.body, t.state, t.at, p.name
    FROM room_member s
    JOIN room r ON r.community_id = s.community_id AND r.id = s.room_id
    LEFT JOIN message t ON t.community_id = r.community_id AND t.room_id = r.id
      AND t.seq = r.last_line
    LEFT JOIN member p ON p.community_id = t.community_id AND p.id = t.member_id
    WHERE s.community_id = $1 AND s.member_id = $2
    ORDER BY coalesce(t.at, r.created_at) DESC, r.id LIMIT 200";
const CARD: &str = "SELECT r.id, r.slug, r.name, r.kind, r.purpose, r.admission, r.members,
    r.capacity, r.pickup_name, r.pickup_address, r.pickup_hours, s.role, r.rules, r.notice,
    r.slow_seconds, r.keywords, r.system_off, r.created_at, s.read_seq
    FROM room r LEFT JOIN room_member s ON s.community_id = r.community_id AND s.room_id = r.id
      AND s.member_id = $3
    WHERE r.community_id = $1 AND r.id = $2";
const BY_SLUG: &str = "SELECT id FROM room WHERE community_id = $1 AND slug = $2";
const DISCOVER: &str = "SELECT r.id, r.slug, r.name, r.kind, r.purpose, r.admission, r.members,
    r.capacity, r.pickup_name, r.pickup_address, r.pickup_hours, s.role
    FROM room r LEFT JOIN room_member s ON s.community_id = r.community_id AND s.room_id = r.id
      AND s.member_id = $2
    WHERE r.community_id = $1 AND r.id > $3 ORDER BY r.id LIMIT 50";
const READABLE: &str = "SELECT r.id FROM room r LEFT JOIN room_member s
    ON s.community_id = r.community_id AND s.room_id = r.id AND s.member_id = $2
    WHERE r.community_id = $1 AND (r.admission = 'open' OR s.member_id IS NOT NULL)
    ORDER BY r.id LIMIT 1000";
const TAGS: &str = "SELECT t.id, t.name FROM thing_tag g
    JOIN tag t ON t.community_id = g.community_id AND t.id = g.tag_id
    WHERE g.community_id = $1 AND g.kind = 'group' AND g.thing_id = $2 ORDER BY t.id";
const LEADERS: &str = "SELECT s.member_id, p.name, s.role, s.joined_at FROM room_member s
    JOIN member p ON p.community_id = s.community_id AND p.id = s.member_id
    WHERE s.community_id = $1 AND s.room_id = $2 AND s.role <> 'member'
    ORDER BY s.role DESC, s.joined_at LIMIT 50";
const MEMBERS: &str = "SELECT s.member_id, p.name, s.role, s.joined_at FROM room_member s
    JOIN member p ON p.community_id = s.community_id AND p.id = s.member_id
    WHERE s.community_id = $1 AND s.room_id = $2 AND s.member_id > $3
    ORDER BY s.member_id LIMIT 50";
const APPLIED: &str = "SELECT id FROM application
    WHERE community_id = $1 AND room_id = $2 AND member_id = $3 AND state = 'waiting'";
const INVITES: &str = "SELECT i.id, i.most, i.uses, i.until_at, p.name FROM invite i
    JOIN member p ON p.community_id = i.community_id AND p.id = i.made_by
    WHERE i.community_id = $1 AND i.room_id = $2 ORDER BY i.id DESC LIMIT 50";
const APPLICATIONS: &str = "SELECT a.id, a.member_id, p.name, a.words, a.at FROM application a
    JOIN member p ON p.community_id = a.community_id AND p.id = a.member_id
    WHERE a.community_id = $1 AND a.room_id = $2 AND a.state = 'waiting' ORDER BY a.id LIMIT 100";

fn card(r: &Row<'_>) -> GroupCard {
    GroupCard {
        id: r.id(0),
        slug: r.opt_text(1),
        name: r.text(2),
        kind: r.word(3, GroupKind::of),
        purpose: r.text(4),
        admission: r.word(5, Admission::of),
        members: r.int(6),
        capacity: r.int(7),
        pickup: PickUp { name: r.text(8), address: r.text(9), hours: r.text(10) },
        mine: r.opt_text(11).is_some(),
    }
}
fn group_member(r: Row<'_>) -> GroupMember {
    GroupMember {
        member: r.id(0),
        name: r.text(1),
        role: r.word(2, GroupRole::of),
        joined_at: r.moment(3),
    }
}
fn mine(r: Row<'_>) -> MyGroup {
    let last = r.opt_text(6).map(|kind| {
        let (kind, state) = (MessageKind::of(&kind), LineState::of(&r.text(8)));
        let (kind, state) = (kind.unwrap_or(MessageKind::Text), state.unwrap_or(LineState::Hidden));
        let clip = match (kind, state) {
            (MessageKind::System, _) => r.text(7),
            (_, LineState::Shown) => text::clip(&text::line(&r.text(7)), 60),
            _ => String::new(),
        };
        LastLine { name: r.opt_text(10).unwrap_or_default(), kind, clip, state, at: r.moment(9) }
    });
    MyGroup {
        id: r.id(0),
        name: r.text(1),
        kind: r.word(2, GroupKind::of),
        role: r.word(3, GroupRole::of),
        members: r.int(4),
        unread: r.int(5),
        last,
    }
}
fn page(
    rx: &mut Rx<'_>,
    c: C,
    group: Group,
    reader: Option<Member>,
) -> Result<Option<GroupPage>, Fault> {
    let found = rx.one(CARD, p![c, group, reader], |r| GroupPage {
        card: card(&r),
        rules: r.text(12),
        notice: r.text(13),
        slow_seconds: r.int(14),
        keywords: r.text(15),
        system_off: r.text(16).split(',').filter_map(SystemLine::of).collect(),
        created_at: r.moment(17),
        tags: Vec::new(),
        leaders: Vec::new(),
        role: r.opt_text(11).as_deref().and_then(GroupRole::of),
        read_seq: r.opt_int(18).unwrap_or(0),
        applied: None,
    })?;
    let Some(mut page) = found else { return Ok(None) };
    page.tags = rx.all(TAGS, p![c, group], |r| (r.id(0), r.text(1)))?;
    page.leaders = rx.all(LEADERS, p![c, group], group_member)?;
    page.applied = rx.one(APPLIED, p![c, group, reader], |r| r.id(0))?;
    Ok(Some(page))
}

impl App {
    pub async fn my_groups(&self, c: C, member: Member) -> Result<Vec<MyGroup>, Fault> {
        self.db.read(move |rx| rx.all(MINE, p![c, member], mine)).await
    }
    /// Groups whose words this reader may read: open ones, and those they are in.
    pub async fn readable_groups(&self, c: C, reader: Option<Member>) -> Result<Vec<Group>, Fault> {
        self.db.read(move |rx| rx.all(READABLE, p![c, reader], |r| r.id(0))).await
    }
    /// All groups, 50 after this one; `None` begins.
    pub async fn discover_groups(
        &self,
        c: C,
        reader: Option<Member>,
        after: Option<Group>,
    ) -> Result<Vec<GroupCard>, Fault> {
        let after = after.map_or(0, Id::raw);
        self.db.read(move |rx| rx.all(DISCOVER, p![c, reader, after], |r| card(&r))).await
    }
    pub async fn group_page(
        &self,
        c: C,
        group: Group,
        reader: Option<Member>,
    ) -> Result<Option<GroupPage>, Fault> {
        self.db.read(move |rx| page(rx, c, group, reader)).await
    }
    pub async fn group_by_slug(&self, c: C, slug: &str) -> Result<Option<Group>, Fault> {
        let slug = slug.to_string();
        self.db.read(move |rx| rx.one(BY_SLUG, p![c, &slug], |r| r.id(0))).await
    }
    /// 50 members after this one, in the order in which they came to the community.
    pub async fn group_members(
        &self,
        c: C,
        group: Group,
        after: Option<Member>,
    ) -> Result<Vec<GroupMember>, Fault> {
        let after = after.map_or(0, Id::raw);
        self.db.read(move |rx| rx.all(MEMBERS, p![c, group, after], group_member)).await
    }
    pub async fn invites(&self, c: C, group: Group) -> Result<Vec<InviteRow>, Fault> {
        let f = |r: Row<'_>| InviteRow {
            id: r.id(0),
            most: r.int(1),
            uses: r.int(2),
            until: r.moment(3),
            made_by: r.text(4),
        };
        self.db.read(move |rx| rx.all(INVITES, p![c, group], f)).await
    }
    pub async fn applications(&self, c: C, group: Group) -> Result<Vec<ApplicationRow>, Fault> {
        let f = |r: Row<'_>| ApplicationRow {
            id: r.id(0),
            member: r.id(1),
            name: r.text(2),
            words: r.text(3),
            at: r.moment(4),
        };
        self.db.read(move |rx| rx.all(APPLICATIONS, p![c, group], f)).await
    }
}
