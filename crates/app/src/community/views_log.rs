//! Who did what, as the console asks for it.
use super::views::AuditRow;
use crate::db::{Fault, Row};
use crate::{App, p};
use rules::base::{Id, id};

type C = Id<id::Community>;
type Member = Id<id::Member>;

/// What is left out is not asked for.
#[derive(Clone, Debug, Default)]
pub struct FindDeeds {
    pub by: Option<Member>,
    /// The verb's name.
    pub what: String,
    pub before: Option<Id<id::Audit>>,
    pub most: i64,
}
/// A line of the log, and what it was done to when that is a person, a group or a tag.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LoggedDeed {
    pub row: AuditRow,
    pub to: Option<DoneTo>,
}
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum DoneTo {
    Member(Member, String),
    Group(Id<id::Group>, String),
    Tag(String),
}

const DEEDS: &str = "SELECT l.id, l.actor, p.name, l.what, l.subject, l.was, l.became, l.reason,
    l.at, m.name, r.name, t.name
    FROM audit_log l JOIN member p ON p.community_id = l.community_id AND p.id = l.actor
    LEFT JOIN member m ON m.community_id = l.community_id AND m.id = l.subject
    LEFT JOIN room r ON r.community_id = l.community_id AND r.id = l.subject
    LEFT JOIN tag t ON t.community_id = l.community_id AND t.id = l.subject
    WHERE l.community_id = $1 AND l.id < $2 AND (CAST($3 AS bigint) = 0 OR l.actor = $3)
    AND ($4 = '' OR l.what = $4) ORDER BY l.id DESC LIMIT $5";

fn deed(r: Row<'_>) -> LoggedDeed {
    let subject = r.int(4);
    let member = r.opt_text(9).map(|name| DoneTo::Member(Id::of(subject), name));
    let group = r.opt_text(10).map(|name| DoneTo::Group(Id::of(subject), name));
    let to = member.or(group).or(r.opt_text(11).map(DoneTo::Tag));
    let row = AuditRow {
        id: r.id(0),
        actor: r.id(1),
        name: r.text(2),
        what: r.text(3),
        subject,
        was: r.text(5),
        became: r.text(6),
        reason: r.text(7),
        at: r.moment(8),
    };
    LoggedDeed { row, to }
}

impl App {
    /// Newest first.
    pub async fn find_deeds(&self, c: C, f: FindDeeds) -> Result<Vec<LoggedDeed>, Fault> {
        let (before, by) = (f.before.map_or(i64::MAX, Id::raw), f.by.map_or(0, Id::raw));
        let read = self.db.read(move |rx| rx.all(DEEDS, p![c, before, by, &f.what, f.most], deed));
        read.await
    }
}
