//! Bindings and attributions as the console shows them.
use super::tables_binding;
use crate::db::{Fault, Rx};
use crate::{App, p};
use rules::base::{Id, Moment, id};
use rules::spread::binding::{self, Mode, Standing, Terms};
use rules::spread::credit::Source;

type C = Id<id::Community>;
type Member = Id<id::Member>;

/// One interval of a member's binding.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Interval {
    pub by: Member,
    pub name: String,
    pub mode: Mode,
    pub code: Option<String>,
    pub from: Moment,
    /// When it ended or will end by itself; `None`: never.
    pub until: Option<Moment>,
    /// It was not replaced by another; whether it still lives is a question of `until`.
    pub stands: bool,
}
/// A link that was opened in a browser which other members use.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Waiting {
    pub member: (Member, String),
    pub by: (Member, String),
    pub at: Moment,
}
/// Whom an order is credited to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Credit {
    pub to: (Member, String),
    pub second: Option<(Member, String)>,
    pub source: Source,
    pub code: Option<String>,
    pub at: Moment,
}

const WAITING: &str = "SELECT h.member_id, m.name, h.by_id, b.name, h.at FROM binding_held h
    JOIN member m ON m.community_id = h.community_id AND m.id = h.member_id
    JOIN member b ON b.community_id = h.community_id AND b.id = h.by_id
    WHERE h.community_id = $1 AND h.state = 'waiting' ORDER BY h.member_id LIMIT 100";
const HISTORY: &str = "SELECT b.by_id, m.name, b.mode, l.code, b.from_at, b.ended_at,
    (SELECT max(o.ended_at) FROM orders o WHERE o.community_id = b.community_id
      AND o.member_id = b.member_id AND o.state = 'completed')
    FROM binding b JOIN member m ON m.community_id = b.community_id AND m.id = b.by_id
    LEFT JOIN share_link l ON l.community_id = b.community_id AND l.id = b.link_id
    WHERE b.community_id = $1 AND b.member_id = $2 ORDER BY b.id DESC LIMIT 100";
const CREDIT: &str = "SELECT a.member_id, m.name, a.second_id, s.name, a.source, l.code, a.at
    FROM attribution a JOIN member m ON m.community_id = a.community_id AND m.id = a.member_id
    LEFT JOIN member s ON s.community_id = a.community_id AND s.id = a.second_id
    LEFT JOIN share_link l ON l.community_id = a.community_id AND l.id = a.link_id
    WHERE a.community_id = $1 AND a.order_id = $2";

fn history(rx: &mut Rx<'_>, c: C, m: Member) -> Result<Vec<Interval>, Fault> {
    rx.all(HISTORY, p![c, m], |r| {
        let (by, mode, from) = (r.id(0), r.word(2, Mode::of), r.moment(4));
        let (ended, kept) = (r.opt_moment(5), r.opt_moment(6));
        let standing = Standing { by, mode, since: from, kept };
        Interval {
            by,
            name: r.text(1),
            mode,
            code: r.opt_text(3),
            from,
            until: ended.or(binding::ends(standing)),
            stands: ended.is_none(),
        }
    })
}

impl App {
    /// How the community binds and credits.
    pub async fn spread_terms(&self, c: C) -> Result<Terms, Fault> {
        self.db.read(move |rx| tables_binding::terms(rx, c)).await
    }
    /// Who brought a member, interval by interval, the newest first.
    pub async fn bindings_of(&self, c: C, m: Member) -> Result<Vec<Interval>, Fault> {
        self.db.read(move |rx| history(rx, c, m)).await
    }
    /// Who waits for a decision: they came through a link in a browser that others use.
    pub async fn held_bindings(&self, c: C) -> Result<Vec<Waiting>, Fault> {
        let read = move |rx: &mut Rx<'_>| {
            rx.all(WAITING, p![c], |r| Waiting {
                member: (r.id(0), r.text(1)),
                by: (r.id(2), r.text(3)),
                at: r.moment(4),
            })
        };
        self.db.read(read).await
    }
    /// `None`: nobody showed the way to this order.
    pub async fn credit_of(&self, c: C, order: Id<id::Order>) -> Result<Option<Credit>, Fault> {
        let credit = |r: crate::db::Row<'_>| Credit {
            to: (r.id(0), r.text(1)),
            second: r.opt_id(2).map(|id| (id, r.opt_text(3).unwrap_or_default())),
            source: r.word(4, Source::of),
            code: r.opt_text(5),
            at: r.moment(6),
        };
        self.db.read(move |rx| rx.one(CREDIT, p![c, order], credit)).await
    }
}
