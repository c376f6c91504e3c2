//! Everything that figures of the loop are made of, read at one moment.
use crate::db::{Fault, Row, Rx};
use crate::{App, p};
use rules::base::{Id, Moment, id};
use rules::spread::link::Shown;

type C = Id<id::Community>;
type Member = Id<id::Member>;

/// Members who are neither owner nor staff: all others are told apart once, here.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Joined {
    pub id: Member,
    /// Empty: the account was closed.
    pub name: String,
    pub at: Moment,
}
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Link {
    pub id: Id<id::ShareLink>,
    pub member: Member,
    pub kind: Shown,
    pub thing: i64,
    pub parent: Option<Id<id::ShareLink>>,
    pub at: Moment,
}
/// Somebody opened a link with a browser; its token's hash is the visitor.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Opened {
    pub link: Id<id::ShareLink>,
    pub visitor: String,
    pub at: Moment,
}
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Brought {
    pub member: Member,
    pub by: Member,
    pub link: Option<Id<id::ShareLink>>,
    pub from: Moment,
}
/// A kept order of a member.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Sale {
    pub id: Id<id::Order>,
    pub member: Member,
    pub paid_at: Moment,
    /// The goods without what was given back.
    pub net: i64,
    /// The time to give it back is over.
    pub completed: bool,
    /// Whom it is credited to, and through which link.
    pub led_by: Option<Member>,
    pub link: Option<Id<id::ShareLink>>,
}
/// One interaction, see docs/metrics.md; with whose words, if it was an answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Act {
    pub member: Member,
    pub at: Moment,
    pub answers: Option<Member>,
}
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Follow {
    pub member: Member,
    pub other: Member,
    pub at: Moment,
}
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Inside {
    pub member: Member,
    pub group: Id<id::Group>,
    pub at: Moment,
}
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Record {
    pub members: Vec<Joined>,
    pub links: Vec<Link>,
    pub visits: Vec<Opened>,
    /// Which members were seen with a visitor's token.
    pub seen: Vec<(String, Member)>,
    /// In the order of time; several of a member where somebody took them over.
    pub brought: Vec<Brought>,
    pub sales: Vec<Sale>,
    pub acts: Vec<Act>,
    pub follows: Vec<Follow>,
    pub inside: Vec<Inside>,
    pub groups: Vec<(Id<id::Group>, String)>,
}

const MEMBERS: &str = "SELECT id, name, joined_at FROM member
    WHERE community_id = $1 AND id > $2 AND role = 'member' ORDER BY id";
const LINKS: &str = "SELECT id, member_id, kind, thing_id, parent_id, at FROM share_link
    WHERE community_id = $1 AND id > $2 ORDER BY id";
const VISITS: &str = "SELECT link_id, visitor, at FROM visit
    WHERE community_id = $1 AND id > $2 ORDER BY id";
const SEEN: &str = "SELECT visitor, member_id FROM visitor_member
    WHERE community_id = $1 AND member_id > $2 ORDER BY member_id, visitor";
const BROUGHT: &str = "SELECT member_id, by_id, link_id, from_at FROM binding
    WHERE community_id = $1 AND id > $2 ORDER BY id";
const SALES: &str = "SELECT o.id, o.member_id, o.paid_at,
    (SELECT CAST(coalesce(sum(l.amount - l.refunded), 0) AS bigint) FROM order_line l
      WHERE l.community_id = o.community_id AND l.order_id = o.id), o.state,
    a.member_id, a.link_id
    FROM orders o JOIN member m ON m.community_id = o.community_id AND m.id = o.member_id
    LEFT JOIN attribution a ON a.community_id = o.community_id AND a.order_id = o.id
    WHERE o.community_id = $1 AND o.id > $2 AND o.paid_at IS NOT NULL AND m.role = 'member'
    AND EXISTS (SELECT 1 FROM order_line k WHERE k.community_id = o.community_id
      AND k.order_id = o.id AND k.refunded < k.amount) ORDER BY o.id";
const SAID: &str = "SELECT m.member_id, m.at, r.member_id FROM message m
    LEFT JOIN message r ON r.community_id = m.community_id AND r.id = m.reply_to
    WHERE m.community_id = $1 AND m.id > $2 AND m.state = 'shown'
    AND m.kind IN ('text', 'product') AND m.member_id + 0 > 0 ORDER BY m.id";
const COMMENTED: &str = "SELECT k.member_id, k.at, coalesce(q.member_id, t.member_id)
    FROM comment k JOIN post t ON t.community_id = k.community_id AND t.id = k.post_id
    LEFT JOIN comment q ON q.community_id = k.community_id AND q.id = k.parent_id
    WHERE k.community_id = $1 AND k.id > $2 AND k.state = 'shown' ORDER BY k.id";
const WRITTEN: &str = "SELECT member_id, coalesce(published_at, created_at) FROM post
    WHERE community_id = $1 AND id > $2 AND state = 'published' ORDER BY id";
const LIKED: &str = "SELECT member_id, at FROM post_like
    WHERE community_id = $1 AND member_id > $2 ORDER BY member_id, post_id";
const REACTED: &str = "SELECT member_id, at FROM reaction
    WHERE community_id = $1 AND message_id > $2 ORDER BY message_id";
const FOLLOWS: &str = "SELECT member_id, other_id, at FROM tie
    WHERE community_id = $1 AND member_id > $2 AND why = 'follow' ORDER BY member_id, other_id";
const INSIDE: &str = "SELECT member_id, room_id, joined_at FROM room_member
    WHERE community_id = $1 AND member_id > $2 ORDER BY member_id, joined_at, room_id";
const GROUPS: &str = "SELECT id, name FROM room WHERE community_id = $1 AND id > $2 ORDER BY id";

fn link(r: Row<'_>) -> Link {
    Link {
        id: r.id(0),
        member: r.id(1),
        kind: r.word(2, Shown::of),
        thing: r.int(3),
        parent: r.opt_id(4),
        at: r.moment(5),
    }
}
fn sale(r: Row<'_>) -> Sale {
    Sale {
        id: r.id(0),
        member: r.id(1),
        paid_at: r.moment(2),
        net: r.int(3),
        completed: r.text(4) == "completed",
        led_by: r.opt_id(5),
        link: r.opt_id(6),
    }
}
fn answer(r: Row<'_>) -> Act {
    let (member, answers) = (r.id(0), r.opt_id(2));
    Act { member, at: r.moment(1), answers: answers.filter(|other| *other != member) }
}
fn act(r: Row<'_>) -> Act {
    Act { member: r.id(0), at: r.moment(1), answers: None }
}

fn record(rx: &mut Rx<'_>, c: C) -> Result<Record, Fault> {
    let all = p![c, 0];
    let joined = |r: Row<'_>| Joined { id: r.id(0), name: r.text(1), at: r.moment(2) };
    let opened = |r: Row<'_>| Opened { link: r.id(0), visitor: r.text(1), at: r.moment(2) };
    let follow = |r: Row<'_>| Follow { member: r.id(0), other: r.id(1), at: r.moment(2) };
    let inside = |r: Row<'_>| Inside { member: r.id(0), group: r.id(1), at: r.moment(2) };
    let brought =
        |r: Row<'_>| Brought { member: r.id(0), by: r.id(1), link: r.opt_id(2), from: r.moment(3) };
    let mut acts = rx.all(SAID, all, answer)?;
    acts.extend(rx.all(COMMENTED, all, answer)?);
    for of in [WRITTEN, LIKED, REACTED] {
        acts.extend(rx.all(of, all, act)?);
    }
    let follows = rx.all(FOLLOWS, all, follow)?;
    acts.extend(follows.iter().map(|f| Act { member: f.member, at: f.at, answers: None }));
    Ok(Record {
        members: rx.all(MEMBERS, all, joined)?,
        links: rx.all(LINKS, all, link)?,
        visits: rx.all(VISITS, all, opened)?,
        seen: rx.all(SEEN, all, |r| (r.text(0), r.id(1)))?,
        brought: rx.all(BROUGHT, all, brought)?,
        sales: rx.all(SALES, all, sale)?,
        acts,
        follows,
        inside: rx.all(INSIDE, all, inside)?,
        groups: rx.all(GROUPS, all, |r| (r.id(0), r.text(1)))?,
    })
}

impl App {
    /// Of one moment, so that figures made of it agree with each other.
    pub async fn record(&self, c: C) -> Result<Record, Fault> {
        self.db.read(move |rx| record(rx, c)).await
    }
}
