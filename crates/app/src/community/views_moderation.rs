//! What waits for a decision: reports with what was reported, lines, applications.
use super::views_groups::ApplicationRow;
use crate::db::{Fault, Row, Rx};
use crate::{App, p};
use rules::base::{Id, Moment, id, text};
use rules::community::moderation::{ReportReason, Reported};

type C = Id<id::Community>;
type Member = Id<id::Member>;

/// Everything reported about one thing; one decision answers all of it.
#[derive(Clone, Debug)]
pub struct Case {
    /// The first report: deciding it decides them all.
    pub id: Id<id::Report>,
    pub kind: Reported,
    pub subject: i64,
    pub group: Option<(Id<id::Group>, String)>,
    /// Who reported it and why, the first one first.
    pub voices: Vec<Voice>,
    /// `None`: there is nothing of that number.
    pub what: Option<What>,
}
#[derive(Clone, Debug)]
pub struct Voice {
    pub member: Member,
    pub name: String,
    pub reason: ReportReason,
    pub words: String,
    pub at: Moment,
}
/// What was reported.
#[derive(Clone, Debug)]
pub struct What {
    pub author: Option<(Member, String)>,
    /// Of a post its title, of a comment its post's, of a review its product's.
    pub title: String,
    pub text: String,
    /// The word of its own shelf: `shown`, `hidden`, `published` and so on.
    pub state: String,
    /// The raw id of the post of a comment, or of the product of a review.
    pub under: i64,
    /// Members do not see whose review it is.
    pub anonymous: bool,
    pub at: Moment,
    /// What was said before it in the group: names and words, the oldest first.
    pub before: Vec<(String, String)>,
}
/// A line that waits to be shown.
#[derive(Clone, Debug)]
pub struct WaitingLine {
    pub id: Id<id::Message>,
    pub group: Id<id::Group>,
    pub group_name: String,
    pub member: Member,
    pub name: String,
    pub joined_at: Moment,
    pub body: String,
    pub at: Moment,
}

const REPORTS: &str = "SELECT r.id, r.kind, r.subject, r.room_id, g.name, r.reporter, p.name,
    r.reason, r.words, r.at FROM report r
    JOIN member p ON p.community_id = r.community_id AND p.id = r.reporter
    LEFT JOIN room g ON g.community_id = r.community_id AND g.id = r.room_id
    WHERE r.community_id = $1 AND r.state = 'waiting' ORDER BY r.id LIMIT 200";
const MESSAGE: &str = "SELECT m.member_id, p.name, '', m.body, m.state, CAST(0 AS bigint), false,
    m.at, m.room_id, m.seq FROM message m
    LEFT JOIN member p ON p.community_id = m.community_id AND p.id = m.member_id
    WHERE m.community_id = $1 AND m.id = $2";
const BEFORE: &str = "SELECT p.name, m.body FROM message m
    JOIN member p ON p.community_id = m.community_id AND p.id = m.member_id
    WHERE m.community_id = $1 AND m.room_id = $2 AND m.seq < $3 AND m.state = 'shown'
    ORDER BY m.seq DESC LIMIT 3";
const POST: &str = "SELECT x.member_id, p.name, x.title, x.source, x.state, x.id, false,
    x.created_at FROM post x
    LEFT JOIN member p ON p.community_id = x.community_id AND p.id = x.member_id
    WHERE x.community_id = $1 AND x.id = $2";
const COMMENT: &str = "SELECT k.member_id, p.name, x.title, k.text, k.state, k.post_id, false, k.at
    FROM comment k JOIN post x ON x.community_id = k.community_id AND x.id = k.post_id
    LEFT JOIN member p ON p.community_id = k.community_id AND p.id = k.member_id
    WHERE k.community_id = $1 AND k.id = $2";
const REVIEW: &str = "SELECT v.member_id, p.name, coalesce(d.title, ''), v.text, v.state,
    v.product_id, v.anonymous, v.at FROM review v
    LEFT JOIN member p ON p.community_id = v.community_id AND p.id = v.member_id
    LEFT JOIN product d ON d.community_id = v.community_id AND d.id = v.product_id
    WHERE v.community_id = $1 AND v.id = $2";
const MEMBER: &str = "SELECT m.id, m.name, '', m.bio, m.state, m.id, false, m.joined_at
    FROM member m WHERE m.community_id = $1 AND m.id = $2";
const LINES: &str = "SELECT m.id, m.room_id, g.name, m.member_id, p.name, p.joined_at, m.body, m.at
    FROM message m JOIN room g ON g.community_id = m.community_id AND g.id = m.room_id
    JOIN member p ON p.community_id = m.community_id AND p.id = m.member_id
    WHERE m.community_id = $1 AND m.state = 'waiting' ORDER BY m.id LIMIT 100";
const APPLICATIONS: &str = "SELECT a.id, a.member_id, p.name, a.words, a.at, a.room_id, g.name
    FROM application a JOIN member p ON p.community_id = a.community_id AND p.id = a.member_id
    JOIN room g ON g.community_id = a.community_id AND g.id = a.room_id
    WHERE a.community_id = $1 AND a.state = 'waiting' ORDER BY a.id LIMIT 100";

/// Long posts are cut for the queue; their page shows them whole.
const CLIP: usize = 600;

fn report(r: Row<'_>) -> Case {
    Case {
        id: r.id(0),
        kind: r.word(1, Reported::of),
        subject: r.int(2),
        group: r.opt_id(3).map(|id| (id, r.opt_text(4).unwrap_or_default())),
        voices: vec![Voice {
            member: r.id(5),
            name: r.text(6),
            reason: r.word(7, ReportReason::of),
            words: r.text(8),
            at: r.moment(9),
        }],
        what: None,
    }
}
fn what(r: &Row<'_>) -> What {
    What {
        author: r.opt_id(0).map(|id| (id, r.opt_text(1).unwrap_or_default())),
        title: r.text(2),
        text: text::clip(&r.text(3), CLIP),
        state: r.text(4),
        under: r.int(5),
        anonymous: r.bool(6),
        at: r.moment(7),
        before: Vec::new(),
    }
}
fn said(rx: &mut Rx<'_>, c: C, message: i64) -> Result<Option<What>, Fault> {
    let found = rx.one(MESSAGE, p![c, message], |r| (what(&r), r.int(8), r.int(9)))?;
    let Some((mut what, room, seq)) = found else { return Ok(None) };
    what.before = rx.all(BEFORE, p![c, room, seq], |r| (r.text(0), text::clip(&r.text(1), 120)))?;
    what.before.reverse();
    Ok(Some(what))
}
fn looked_up(rx: &mut Rx<'_>, c: C, case: &Case) -> Result<Option<What>, Fault> {
    let args = p![c, case.subject];
    match case.kind {
        Reported::Message => said(rx, c, case.subject),
        Reported::Post => rx.one(POST, args, |r| what(&r)),
        Reported::Comment => rx.one(COMMENT, args, |r| what(&r)),
        Reported::Review => rx.one(REVIEW, args, |r| what(&r)),
        Reported::Member => rx.one(MEMBER, args, |r| what(&r)),
    }
}
fn cases(rx: &mut Rx<'_>, c: C) -> Result<Vec<Case>, Fault> {
    let mut cases: Vec<Case> = Vec::new();
    for one in rx.all(REPORTS, p![c], report)? {
        match cases.iter_mut().find(|x| (x.kind, x.subject) == (one.kind, one.subject)) {
            Some(same) => same.voices.extend(one.voices),
            None => cases.push(one),
        }
    }
    for case in &mut cases {
        case.what = looked_up(rx, c, case)?;
    }
    Ok(cases)
}

impl App {
    /// The oldest first; at most what 200 reports are about.
    pub async fn cases(&self, c: C) -> Result<Vec<Case>, Fault> {
        self.db.read(move |rx| cases(rx, c)).await
    }
    /// Lines of all groups that wait to be shown, the oldest first.
    pub async fn lines_that_wait(&self, c: C) -> Result<Vec<WaitingLine>, Fault> {
        let line = |r: Row<'_>| WaitingLine {
            id: r.id(0),
            group: r.id(1),
            group_name: r.text(2),
            member: r.id(3),
            name: r.text(4),
            joined_at: r.moment(5),
            body: r.text(6),
            at: r.moment(7),
        };
        self.db.read(move |rx| rx.all(LINES, p![c], line)).await
    }
    /// Applications to all groups, the oldest first.
    pub async fn all_applications(
        &self,
        c: C,
    ) -> Result<Vec<(ApplicationRow, Id<id::Group>, String)>, Fault> {
        let row = |r: Row<'_>| {
            let applied = ApplicationRow {
                id: r.id(0),
                member: r.id(1),
                name: r.text(2),
                words: r.text(3),
                at: r.moment(4),
            };
            (applied, r.id(5), r.text(6))
        };
        self.db.read(move |rx| rx.all(APPLICATIONS, p![c], row)).await
    }
}
