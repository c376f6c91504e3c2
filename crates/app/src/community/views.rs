//! Reads for pages of the community itself: its face, members, tags, what fits, reports, log.
use crate::db::{Fault, Row, Rx};
use crate::{App, p};
use rules::base::{Id, Moment, id};
use rules::community::fitting::{self, Candidate};
use rules::community::moderation::{ReportReason, Reported};
use rules::community::role::Membership;
use rules::community::role::Role;

type C = Id<id::Community>;
type Member = Id<id::Member>;

/// What a visitor reads before joining.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct About {
    pub name: String,
    pub purpose: String,
    pub story: String,
    pub rules: String,
    pub theme: String,
    pub jurisdiction: String,
    pub members: i64,
    pub groups: i64,
    pub created_at: Moment,
}
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MemberRow {
    pub member: Member,
    /// Empty: the account was closed.
    pub name: String,
    pub role: Role,
    /// Codes between commas, of staff.
    pub rights: String,
    pub state: Membership,
    pub joined_at: Moment,
    pub muted_until: Option<Moment>,
}
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MemberCard {
    pub row: MemberRow,
    pub bio: String,
    pub tags: Vec<(Id<id::Tag>, String)>,
    /// Groups that reader and member share.
    pub shared: Vec<(Id<id::Group>, String)>,
}
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TagRow {
    pub id: Id<id::Tag>,
    pub name: String,
    pub members: i64,
}
/// What fits a member by the tags they share; the best first.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Suggestions {
    pub groups: Vec<(Id<id::Group>, Fit)>,
    pub people: Vec<(Member, Fit)>,
}
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fit {
    pub name: String,
    /// Of a group its purpose, of a person their bio.
    pub words: String,
    /// Tags in common.
    pub shared: i64,
}
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReportRow {
    pub id: Id<id::Report>,
    pub kind: Reported,
    pub subject: i64,
    pub group: Option<Id<id::Group>>,
    pub reporter: String,
    pub reason: ReportReason,
    pub words: String,
    pub at: Moment,
    /// How many reported the same.
    pub times: i64,
}
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AuditRow {
    pub id: Id<id::Audit>,
    pub actor: Member,
    pub name: String,
    pub what: String,
    pub subject: i64,
    pub was: String,
    pub became: String,
    pub reason: String,
    pub at: Moment,
}

const ABOUT: &str = "SELECT c.name, c.purpose, c.story, c.rules, c.theme, c.jurisdiction,
    (SELECT count(*) FROM member m WHERE m.community_id = c.id AND m.state = 'active'),
    (SELECT count(*) FROM room r WHERE r.community_id = c.id), c.created_at
    FROM community c WHERE c.id = $1 AND c.state = 'open'";
const MEMBERS: &str = "SELECT id, name, role, rights, state, joined_at, muted_until FROM member
    WHERE community_id = $1 AND id > $2 ORDER BY id LIMIT 50";
const MEMBER: &str = "SELECT id, name, role, rights, state, joined_at, muted_until, bio FROM member
    WHERE community_id = $1 AND id = $2";
const TAGS_OF: &str = "SELECT t.id, t.name FROM member_tag m
    JOIN tag t ON t.community_id = m.community_id AND t.id = m.tag_id
    WHERE m.community_id = $1 AND m.member_id = $2 ORDER BY t.id";
const SHARED: &str = "SELECT r.id, r.name FROM room_member a
    JOIN room_member b ON b.community_id = a.community_id AND b.room_id = a.room_id
    JOIN room r ON r.community_id = a.community_id AND r.id = a.room_id
    WHERE a.community_id = $1 AND a.member_id = $2 AND b.member_id = $3 ORDER BY r.id LIMIT 50";
const TAGS: &str = "SELECT t.id, t.name, (SELECT count(*) FROM member_tag m
      WHERE m.community_id = t.community_id AND m.tag_id = t.id)
    FROM tag t WHERE t.community_id = $1 ORDER BY t.id LIMIT 500";
const GROUPS_FOR: &str = "SELECT r.id, r.name, r.purpose, r.members, r.members < r.capacity,
    (SELECT count(*) FROM thing_tag g JOIN member_tag m ON m.community_id = g.community_id
      AND m.tag_id = g.tag_id WHERE g.community_id = r.community_id AND g.kind = 'group'
      AND g.thing_id = r.id AND m.member_id = $2) AS shared
    FROM room r WHERE r.community_id = $1 AND NOT EXISTS (SELECT 1 FROM room_member s
      WHERE s.community_id = r.community_id AND s.room_id = r.id AND s.member_id = $2)
    ORDER BY shared DESC, r.members DESC, r.id LIMIT 100";
const PEOPLE_FOR: &str = "SELECT p.id, p.name, p.bio, count(*) AS shared FROM member_tag a
    JOIN member_tag b ON b.community_id = a.community_id AND b.tag_id = a.tag_id
    JOIN member p ON p.community_id = b.community_id AND p.id = b.member_id
    WHERE a.community_id = $1 AND a.member_id = $2 AND b.member_id <> $2 AND p.state = 'active'
    GROUP BY p.id, p.name, p.bio ORDER BY shared DESC, p.id DESC LIMIT 50";
const REPORTS: &str = "SELECT r.id, r.kind, r.subject, r.room_id, p.name, r.reason, r.words, r.at,
    (SELECT count(*) FROM report o WHERE o.community_id = r.community_id AND o.kind = r.kind
      AND o.subject = r.subject AND o.state = 'waiting')
    FROM report r JOIN member p ON p.community_id = r.community_id AND p.id = r.reporter
    WHERE r.community_id = $1 AND r.state = 'waiting' AND r.id > $2 ORDER BY r.id LIMIT 50";
const LOG: &str = "SELECT l.id, l.actor, p.name, l.what, l.subject, l.was, l.became, l.reason, l.at
    FROM audit_log l JOIN member p ON p.community_id = l.community_id AND p.id = l.actor
    WHERE l.community_id = $1 AND l.id < $2 ORDER BY l.id DESC LIMIT 50";

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
/// What the law needs, beside what the page shows.
struct Read<T> {
    id: Id<T>,
    fit: Fit,
    weight: i64,
    open: bool,
}
fn fitting<T>(read: Vec<Read<T>>) -> Vec<(Id<T>, Fit)> {
    let candidate = |r: &Read<T>| Candidate {
        id: r.id.raw(),
        shared: r.fit.shared,
        weight: r.weight,
        open: r.open,
    };
    let chosen = fitting::fitting(read.iter().map(candidate).collect(), 6);
    let fit = |c: &Candidate| read.iter().find(|r| r.id.raw() == c.id);
    chosen.iter().filter_map(fit).map(|r| (r.id, r.fit.clone())).collect()
}
fn suggestions(rx: &mut Rx<'_>, c: C, m: Member) -> Result<Suggestions, Fault> {
    let groups = rx.all(GROUPS_FOR, p![c, m], |r| Read {
        id: r.id(0),
        fit: Fit { name: r.text(1), words: r.text(2), shared: r.int(5) },
        weight: r.int(3),
        open: r.bool(4),
    })?;
    let people = rx.all(PEOPLE_FOR, p![c, m], |r| Read {
        id: r.id(0),
        fit: Fit { name: r.text(1), words: r.text(2), shared: r.int(3) },
        weight: r.int(0), // the newest first
        open: true,
    })?;
    Ok(Suggestions { groups: fitting(groups), people: fitting(people) })
}

impl App {
    pub async fn about(&self, c: C) -> Result<Option<About>, Fault> {
        let f = |r: Row<'_>| About {
            name: r.text(0),
            purpose: r.text(1),
            story: r.text(2),
            rules: r.text(3),
            theme: r.text(4),
            jurisdiction: r.text(5),
            members: r.int(6),
            groups: r.int(7),
            created_at: r.moment(8),
        };
        self.db.read(move |rx| rx.one(ABOUT, p![c], f)).await
    }
    /// 50 members of any state after this one, for the console.
    pub async fn members(&self, c: C, after: Option<Member>) -> Result<Vec<MemberRow>, Fault> {
        let after = after.map_or(0, Id::raw);
        self.db.read(move |rx| rx.all(MEMBERS, p![c, after], |r| member(&r))).await
    }
    pub async fn member_card(
        &self,
        c: C,
        m: Member,
        reader: Option<Member>,
    ) -> Result<Option<MemberCard>, Fault> {
        self.db
            .read(move |rx| {
                let Some((row, bio)) = rx.one(MEMBER, p![c, m], |r| (member(&r), r.text(7)))?
                else {
                    return Ok(None);
                };
                let tags = rx.all(TAGS_OF, p![c, m], |r| (r.id(0), r.text(1)))?;
                let shared = rx.all(SHARED, p![c, m, reader], |r| (r.id(0), r.text(1)))?;
                Ok(Some(MemberCard { row, bio, tags, shared }))
            })
            .await
    }
    pub async fn community_tags(&self, c: C) -> Result<Vec<TagRow>, Fault> {
        let f = |r: Row<'_>| TagRow { id: r.id(0), name: r.text(1), members: r.int(2) };
        self.db.read(move |rx| rx.all(TAGS, p![c], f)).await
    }
    pub async fn member_tags(&self, c: C, m: Member) -> Result<Vec<Id<id::Tag>>, Fault> {
        self.db.read(move |rx| rx.all(TAGS_OF, p![c, m], |r| r.id(0))).await
    }
    pub async fn suggestions(&self, c: C, m: Member) -> Result<Suggestions, Fault> {
        self.db.read(move |rx| suggestions(rx, c, m)).await
    }
    /// The moderation queue, oldest first, 50 after this one.
    pub async fn reports(
        &self,
        c: C,
        after: Option<Id<id::Report>>,
    ) -> Result<Vec<ReportRow>, Fault> {
        let after = after.map_or(0, Id::raw);
        let f = |r: Row<'_>| ReportRow {
            id: r.id(0),
            kind: r.word(1, Reported::of),
            subject: r.int(2),
            group: r.opt_id(3),
            reporter: r.text(4),
            reason: r.word(5, ReportReason::of),
            words: r.text(6),
            at: r.moment(7),
            times: r.int(8),
        };
        self.db.read(move |rx| rx.all(REPORTS, p![c, after], f)).await
    }
    /// Who did what, newest first, 50 before this one.
    pub async fn list_audit_log(
        &self,
        c: C,
        before: Option<Id<id::Audit>>,
    ) -> Result<Vec<AuditRow>, Fault> {
        let before = before.map_or(i64::MAX, Id::raw);
        let f = |r: Row<'_>| AuditRow {
            id: r.id(0),
            actor: r.id(1),
            name: r.text(2),
            what: r.text(3),
            subject: r.int(4),
            was: r.text(5),
            became: r.text(6),
            reason: r.text(7),
            at: r.moment(8),
        };
        self.db.read(move |rx| rx.all(LOG, p![c, before], f)).await
    }
}
