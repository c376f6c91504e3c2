//! Reads of the talk: new and changed lines after a cursor, history, the first unread.
use crate::db::{Fault, Row, Rx};
use crate::{App, p};
use rules::base::{Id, Moment, id, text};
use rules::community::message::{Emoji, LineState, MessageKind};

type C = Id<id::Community>;
type Group = Id<id::Group>;

/// One line as everybody sees it. A removed or hidden line has no words any more.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    /// Its place; rises within the group, with gaps.
    pub seq: i64,
    /// The cursor: greater than that of every earlier line and change.
    pub changed_seq: i64,
    pub id: Id<id::Message>,
    /// `None`: the house.
    pub member: Option<Id<id::Member>>,
    /// Empty: the house, or somebody who closed their account.
    pub name: String,
    pub kind: MessageKind,
    /// Of a system line: `{"code":…,"args":{…}}`.
    pub body: String,
    pub product: Option<Id<id::Product>>,
    pub reply: Option<Reply>,
    pub reactions: Vec<(Emoji, i64)>,
    pub state: LineState,
    pub at: Moment,
    pub edited: bool,
}
/// What is answered, cut short; empty words when it is not there any more.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reply {
    pub id: Id<id::Message>,
    pub name: String,
    pub clip: String,
}
/// Where a reader stands when the page opens.
#[derive(Clone, Debug)]
pub struct Opening {
    /// From a few lines before the first unread one on; at most 60.
    pub lines: Vec<Line>,
    /// The divider goes before this line.
    pub first_unread: Option<i64>,
    /// Start the live stream here: `lines_after(cursor)`. When `more`, there are newer lines than
    /// these; show a link to the newest.
    pub cursor: i64,
    pub more: bool,
}

// The list of columns is the same five times: a statement is one literal.
const AFTER: &str = "SELECT m.seq, m.changed_seq, m.id, m.member_id, p.name, m.kind, m.body,
    m.product_id, m.reply_to, q.name, t.body, t.state, m.reactions, m.state, m.at, m.edited_at
    FROM message m
    LEFT JOIN member p ON p.community_id = m.community_id AND p.id = m.member_id
    LEFT JOIN message t ON t.community_id = m.community_id AND t.id = m.reply_to
    LEFT JOIN member q ON q.community_id = t.community_id AND q.id = t.member_id
    WHERE m.community_id = $1 AND m.room_id = $2 AND m.changed_seq > $3
      AND m.state IN ('shown', 'removed', 'hidden')
    ORDER BY m.changed_seq LIMIT 200";
const BEFORE: &str = "SELECT m.seq, m.changed_seq, m.id, m.member_id, p.name, m.kind, m.body,
    m.product_id, m.reply_to, q.name, t.body, t.state, m.reactions, m.state, m.at, m.edited_at
    FROM message m
    LEFT JOIN member p ON p.community_id = m.community_id AND p.id = m.member_id
    LEFT JOIN message t ON t.community_id = m.community_id AND t.id = m.reply_to
    LEFT JOIN member q ON q.community_id = t.community_id AND q.id = t.member_id
    WHERE m.community_id = $1 AND m.room_id = $2 AND m.seq < $3
      AND m.state IN ('shown', 'removed', 'hidden')
    ORDER BY m.seq DESC LIMIT $4";
const FROM: &str = "SELECT m.seq, m.changed_seq, m.id, m.member_id, p.name, m.kind, m.body,
    m.product_id, m.reply_to, q.name, t.body, t.state, m.reactions, m.state, m.at, m.edited_at
    FROM message m
    LEFT JOIN member p ON p.community_id = m.community_id AND p.id = m.member_id
    LEFT JOIN message t ON t.community_id = m.community_id AND t.id = m.reply_to
    LEFT JOIN member q ON q.community_id = t.community_id AND q.id = t.member_id
    WHERE m.community_id = $1 AND m.room_id = $2 AND m.seq >= $3
      AND m.state IN ('shown', 'removed', 'hidden')
    ORDER BY m.seq LIMIT $4";
const WAITING: &str = "SELECT m.seq, m.changed_seq, m.id, m.member_id, p.name, m.kind, m.body,
    m.product_id, m.reply_to, q.name, t.body, t.state, m.reactions, m.state, m.at, m.edited_at
    FROM message m
    LEFT JOIN member p ON p.community_id = m.community_id AND p.id = m.member_id
    LEFT JOIN message t ON t.community_id = m.community_id AND t.id = m.reply_to
    LEFT JOIN member q ON q.community_id = t.community_id AND q.id = t.member_id
    WHERE m.community_id = $1 AND m.room_id = $2 AND m.state = 'waiting'
      AND m.member_id = coalesce($3, m.member_id)
    ORDER BY m.seq LIMIT 100";
const ONE: &str = "SELECT m.seq, m.changed_seq, m.id, m.member_id, p.name, m.kind, m.body,
    m.product_id, m.reply_to, q.name, t.body, t.state, m.reactions, m.state, m.at, m.edited_at
    FROM message m
    LEFT JOIN member p ON p.community_id = m.community_id AND p.id = m.member_id
    LEFT JOIN message t ON t.community_id = m.community_id AND t.id = m.reply_to
    LEFT JOIN member q ON q.community_id = t.community_id AND q.id = t.member_id
    WHERE m.community_id = $1 AND m.id = $2";
const CURSOR: &str = "SELECT last_change FROM room WHERE community_id = $1 AND id = $2";
const READ: &str = "SELECT read_seq FROM room_member
    WHERE community_id = $1 AND room_id = $2 AND member_id = $3";
const UNREAD: &str = "SELECT min(seq) FROM message
    WHERE community_id = $1 AND room_id = $2 AND seq > $3 AND state = 'shown'";
const GROUP_OF: &str = "SELECT room_id FROM message WHERE community_id = $1 AND id = $2";

const CLIP: usize = 60;
const PAGE: i64 = 60;
/// Lines above the divider.
const LEAD: i64 = 10;

fn line(r: Row<'_>) -> Line {
    let state = r.word(13, LineState::of);
    let gone = matches!(state, LineState::Removed | LineState::Hidden);
    let there = r.opt_text(11).as_deref() == Some(LineState::Shown.code());
    let reply = r.opt_id(8).map(|id| Reply {
        id,
        name: r.opt_text(9).unwrap_or_default(),
        clip: match there {
            true => text::clip(&text::line(&r.opt_text(10).unwrap_or_default()), CLIP),
            false => String::new(),
        },
    });
    Line {
        seq: r.int(0),
        changed_seq: r.int(1),
        id: r.id(2),
        member: r.opt_id(3),
        name: r.opt_text(4).unwrap_or_default(),
        kind: r.word(5, MessageKind::of),
        body: if gone { String::new() } else { r.text(6) },
        product: if gone { None } else { r.opt_id(7) },
        reply: if gone { None } else { reply },
        reactions: if gone { Vec::new() } else { reactions(&r.text(12)) },
        state,
        at: r.moment(14),
        edited: r.opt_int(15).is_some(),
    }
}
/// `like:3,heart:1`.
fn reactions(text: &str) -> Vec<(Emoji, i64)> {
    let one = |part: &str| {
        let (code, n) = part.split_once(':')?;
        Some((Emoji::of(code)?, n.parse().ok()?))
    };
    text.split(',').filter_map(one).collect()
}
fn before(rx: &mut Rx<'_>, c: C, group: Group, seq: i64, most: i64) -> Result<Vec<Line>, Fault> {
    let mut lines = rx.all(BEFORE, p![c, group, seq, most], line)?;
    lines.reverse();
    Ok(lines)
}
fn opening(rx: &mut Rx<'_>, c: C, group: Group, member: Id<id::Member>) -> Result<Opening, Fault> {
    let cursor = rx.one(CURSOR, p![c, group], |r| r.int(0))?.unwrap_or(0);
    let read = rx.one(READ, p![c, group, member], |r| r.int(0))?;
    let first_unread = match read {
        Some(read) => rx.one(UNREAD, p![c, group, read], |r| r.opt_int(0))?.flatten(),
        None => None,
    };
    let Some(first) = first_unread else {
        let lines = before(rx, c, group, i64::MAX, PAGE)?;
        return Ok(Opening { lines, first_unread, cursor, more: false });
    };
    let mut lines = before(rx, c, group, first, LEAD)?;
    let mut rest = rx.all(FROM, p![c, group, first, PAGE - LEAD + 1], line)?;
    let more = rest.len() as i64 > PAGE - LEAD;
    rest.truncate((PAGE - LEAD) as usize);
    lines.append(&mut rest);
    Ok(Opening { lines, first_unread, cursor, more })
}

impl App {
    /// New and changed lines, in order of their changes; at most 200, ask again after the last
    /// one's `changed_seq`. A line that was edited, answered with a face or taken away comes
    /// again. It misses nothing: numbers of a group commit in order.
    pub async fn lines_after(&self, c: C, group: Group, cursor: i64) -> Result<Vec<Line>, Fault> {
        self.db.read(move |rx| rx.all(AFTER, p![c, group, cursor], line)).await
    }
    /// History: the 60 lines before this one, oldest first.
    pub async fn lines_before(&self, c: C, group: Group, seq: i64) -> Result<Vec<Line>, Fault> {
        self.db.read(move |rx| before(rx, c, group, seq, PAGE)).await
    }
    /// What the page opens with.
    pub async fn lines_around_unread(
        &self,
        c: C,
        group: Group,
        member: Id<id::Member>,
    ) -> Result<Opening, Fault> {
        self.db.read(move |rx| opening(rx, c, group, member)).await
    }
    /// Lines that wait: one member's own, or with `None` all of them, for who tends the group.
    pub async fn waiting_lines(
        &self,
        c: C,
        group: Group,
        member: Option<Id<id::Member>>,
    ) -> Result<Vec<Line>, Fault> {
        self.db.read(move |rx| rx.all(WAITING, p![c, group, member], line)).await
    }
    /// One line with its group, for its menu and for the moderation queue. Whoever shows it
    /// checks that the reader is in the group.
    pub async fn one_line(
        &self,
        c: C,
        message: Id<id::Message>,
    ) -> Result<Option<(Group, Line)>, Fault> {
        self.db
            .read(move |rx| {
                let group = rx.one(GROUP_OF, p![c, message], |r| r.id(0))?;
                let line = rx.one(ONE, p![c, message], line)?;
                Ok(group.zip(line))
            })
            .await
    }
    /// The newest number of the group: where a stream without a past begins.
    pub async fn newest_change(&self, c: C, group: Group) -> Result<i64, Fault> {
        let newest = self.db.read(move |rx| rx.one(CURSOR, p![c, group], |r| r.int(0))).await?;
        Ok(newest.unwrap_or(0))
    }
}
