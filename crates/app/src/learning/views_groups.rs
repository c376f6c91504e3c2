//! What happened in each group, read at one moment: who came and went, what was said and answered.
//! Numbers only: nobody's name, nobody's words.
use crate::db::{Fault, Row, Rx};
use crate::{App, p};
use rules::base::{Id, Moment, id};

type C = Id<id::Community>;
type Group = Id<id::Group>;
type Member = Id<id::Member>;

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Room {
    pub id: Group,
    pub name: String,
    pub made: Moment,
}
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Move {
    In(Group, Member),
    Out(Group, Member),
    /// Left the community, was banned, or closed the account: out of every group.
    Gone(Member),
}
/// A line, a post or a comment under its own number.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Word {
    Line(i64),
    Post(i64),
    Comment(i64),
}
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Said {
    pub group: Group,
    pub member: Member,
    pub at: Moment,
    pub word: Word,
    pub answers: Option<Word>,
}
/// A reaction or like, or an order to the group's pick-up point.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Deed {
    pub group: Group,
    pub member: Member,
    pub at: Moment,
}
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct GroupRecord {
    pub rooms: Vec<Room>,
    /// Who is neither owner nor staff.
    pub members: Vec<Member>,
    /// In the order of time.
    pub moves: Vec<(Moment, Move)>,
    pub inside: Vec<Deed>,
    pub said: Vec<Said>,
    pub touched: Vec<Deed>,
    pub bought: Vec<Deed>,
    /// Who came, and whose the newest binding is.
    pub brought: Vec<(Member, Member)>,
}

const ROOMS: &str =
    "SELECT id, name, created_at FROM room WHERE community_id = $1 AND id > $2 ORDER BY id";
const BUYERS: &str = "SELECT id FROM member
    WHERE community_id = $1 AND id > $2 AND role = 'member' ORDER BY id";
const MOVES: &str = "SELECT at, kind, subject, actor, body FROM fact
    WHERE community_id = $1 AND id > $2 AND kind IN ('group_created', 'group_joined', 'group_left',
      'member_left', 'member_banned', 'account_closed') ORDER BY at, id";
const INSIDE: &str = "SELECT room_id, member_id, joined_at FROM room_member
    WHERE community_id = $1 AND room_id > $2 ORDER BY room_id, member_id";
const LINES: &str = "SELECT m.room_id, m.member_id, m.at, m.id, m.reply_to FROM message m
    WHERE m.community_id = $1 AND m.id > $2 AND m.state = 'shown'
    AND m.kind IN ('text', 'product') AND m.member_id + 0 > 0 ORDER BY m.id";
const POSTS: &str = "SELECT group_id, member_id, coalesce(published_at, created_at), id FROM post
    WHERE community_id = $1 AND id > $2 AND state = 'published' AND group_id + 0 > 0 ORDER BY id";
const COMMENTS: &str = "SELECT t.group_id, k.member_id, k.at, k.id, k.parent_id, k.post_id
    FROM comment k JOIN post t ON t.community_id = k.community_id AND t.id = k.post_id
    WHERE k.community_id = $1 AND k.id > $2 AND k.state = 'shown' AND t.group_id + 0 > 0
    ORDER BY k.id";
const REACTED: &str = "SELECT m.room_id, r.member_id, r.at FROM reaction r
    JOIN message m ON m.community_id = r.community_id AND m.id = r.message_id
    WHERE r.community_id = $1 AND r.message_id > $2 ORDER BY r.message_id, r.member_id, r.emoji";
const LIKED: &str = "SELECT t.group_id, l.member_id, l.at FROM post_like l
    JOIN post t ON t.community_id = l.community_id AND t.id = l.post_id
    WHERE l.community_id = $1 AND l.post_id > $2 AND t.group_id + 0 > 0
    ORDER BY l.post_id, l.member_id";
const BOUGHT: &str = "SELECT o.group_id, o.member_id, o.paid_at FROM orders o
    WHERE o.community_id = $1 AND o.id > $2 AND o.paid_at IS NOT NULL AND o.group_id > 0
    AND EXISTS (SELECT 1 FROM order_line k WHERE k.community_id = o.community_id
      AND k.order_id = o.id AND k.refunded < k.amount) ORDER BY o.id";
const BROUGHT: &str = "SELECT member_id, by_id FROM binding
    WHERE community_id = $1 AND id > $2 ORDER BY id";

/// Who leads a new group sits in it from the start.
fn leader(body: &str) -> Option<Member> {
    let body: serde_json::Value = serde_json::from_str(body).ok()?;
    body["leader"].as_i64().map(Id::of)
}
fn moved(r: Row<'_>) -> Option<(Moment, Move)> {
    let (at, subject, actor) = (r.moment(0), r.int(2), r.opt_id(3));
    let what = match (r.text(1).as_str(), actor) {
        ("group_created", _) => Move::In(Id::of(subject), leader(&r.text(4))?),
        ("group_joined", by) => Move::In(Id::of(subject), by?),
        ("group_left", by) => Move::Out(Id::of(subject), by?),
        _ => Move::Gone(Id::of(subject)),
    };
    Some((at, what))
}
fn deed(r: Row<'_>) -> Deed {
    Deed { group: r.id(0), member: r.id(1), at: r.moment(2) }
}
fn said(r: Row<'_>, word: Word, answers: Option<Word>) -> Said {
    Said { group: r.id(0), member: r.id(1), at: r.moment(2), word, answers }
}
fn line(r: Row<'_>) -> Said {
    let (word, to) = (Word::Line(r.int(3)), r.opt_int(4).map(Word::Line));
    said(r, word, to)
}
fn post(r: Row<'_>) -> Said {
    let word = Word::Post(r.int(3));
    said(r, word, None)
}
fn comment(r: Row<'_>) -> Said {
    let to = r.opt_int(4).map_or(Word::Post(r.int(5)), Word::Comment);
    let word = Word::Comment(r.int(3));
    said(r, word, Some(to))
}

fn record(rx: &mut Rx<'_>, c: C) -> Result<GroupRecord, Fault> {
    let all = p![c, 0];
    let mut words = rx.all(LINES, all, line)?;
    words.extend(rx.all(POSTS, all, post)?);
    words.extend(rx.all(COMMENTS, all, comment)?);
    let mut touched = rx.all(REACTED, all, deed)?;
    touched.extend(rx.all(LIKED, all, deed)?);
    let room = |r: Row<'_>| Room { id: r.id(0), name: r.text(1), made: r.moment(2) };
    Ok(GroupRecord {
        rooms: rx.all(ROOMS, all, room)?,
        members: rx.all(BUYERS, all, |r| r.id(0))?,
        moves: rx.all(MOVES, all, moved)?.into_iter().flatten().collect(),
        inside: rx.all(INSIDE, all, deed)?,
        said: words,
        touched,
        bought: rx.all(BOUGHT, all, deed)?,
        brought: rx.all(BROUGHT, all, |r| (r.id(0), r.id(1)))?,
    })
}

impl App {
    /// Of one moment, so that figures made of it agree with each other.
    pub async fn group_record(&self, c: C) -> Result<GroupRecord, Fault> {
        self.db.read(move |rx| record(rx, c)).await
    }
}
