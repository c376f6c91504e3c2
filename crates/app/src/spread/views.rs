//! Links as pages show them: one that is opened, and what came through a member's own.
use super::views_thing::{self, Thing};
use crate::db::{Fault, Row, Rx};
use crate::{App, p};
use rules::base::{Currency, Id, Lang, Moment, id};
use rules::spread::link::Shown;

type C = Id<id::Community>;
type Member = Id<id::Member>;

/// A link somebody opens, with everything its page and its preview need.
#[derive(Clone, Debug)]
pub struct Link {
    pub id: Id<id::ShareLink>,
    pub code: String,
    pub community: C,
    pub slug: String,
    pub house: String,
    pub lang: Lang,
    pub currency: Currency,
    pub by: Member,
    /// Empty: whoever shared it has gone.
    pub name: String,
    pub kind: Shown,
    pub thing_id: i64,
    /// `None`: no longer there, or no longer for everybody's eyes.
    pub thing: Option<Thing>,
}
/// One of a member's links and what came through it.
#[derive(Clone, Debug)]
pub struct MyLink {
    pub id: Id<id::ShareLink>,
    pub code: String,
    pub kind: Shown,
    pub thing_id: i64,
    pub title: String,
    pub at: Moment,
    pub reach: Reach,
    /// Links that people made who had come through this one.
    pub shared_on: i64,
}
/// Visits, people who joined, orders that were paid and not wholly given back.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Reach {
    pub visits: i64,
    pub joined: i64,
    pub orders: i64,
}
/// A member who came through somebody, as their public profile says it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Brought {
    pub member: Member,
    /// Empty: the account was closed.
    pub name: String,
    pub active: bool,
    pub since: Moment,
}

const LINK: &str = "SELECT l.id, l.code, l.community_id, c.slug, c.name, c.lang, c.currency,
    l.member_id, CASE WHEN m.state = 'active' THEN m.name ELSE '' END, l.kind, l.thing_id
    FROM share_link l JOIN community c ON c.id = l.community_id
    JOIN member m ON m.community_id = l.community_id AND m.id = l.member_id
    WHERE l.code = $1 AND c.state = 'open'";
const MINE: &str = "SELECT l.id, l.code, l.kind, l.thing_id, l.at,
    (SELECT count(DISTINCT v.visitor) FROM visit v WHERE v.community_id = l.community_id
      AND v.link_id = l.id AND (v.member_id IS NULL OR v.member_id <> l.member_id)),
    (SELECT count(*) FROM binding b WHERE b.community_id = l.community_id
      AND b.by_id = l.member_id AND b.link_id = l.id),
    (SELECT count(*) FROM attribution a JOIN orders o ON o.community_id = a.community_id
      AND o.id = a.order_id WHERE a.community_id = l.community_id AND a.link_id = l.id
      AND o.paid_at IS NOT NULL AND EXISTS (SELECT 1 FROM order_line k
        WHERE k.community_id = o.community_id AND k.order_id = o.id AND k.refunded < k.amount)),
    (SELECT count(*) FROM share_link s WHERE s.community_id = l.community_id
      AND s.parent_id = l.id)
    FROM share_link l WHERE l.community_id = $1 AND l.member_id = $2 AND l.id < $3
    ORDER BY l.id DESC LIMIT $4";
const REACH_OF_LINK: &str = "SELECT
    (SELECT count(DISTINCT v.visitor) FROM share_link l
      JOIN visit v ON v.community_id = l.community_id AND v.link_id = l.id
      WHERE l.community_id = $1 AND l.id = $2
      AND (v.member_id IS NULL OR v.member_id <> l.member_id)),
    (SELECT count(*) FROM share_link l JOIN binding b ON b.community_id = l.community_id
      AND b.by_id = l.member_id AND b.link_id = l.id WHERE l.community_id = $1 AND l.id = $2),
    (SELECT count(*) FROM attribution a JOIN orders o ON o.community_id = a.community_id
      AND o.id = a.order_id WHERE a.community_id = $1 AND a.link_id = $2
      AND o.paid_at IS NOT NULL AND EXISTS (SELECT 1 FROM order_line k
        WHERE k.community_id = o.community_id AND k.order_id = o.id AND k.refunded < k.amount))";
const REACH: &str = "SELECT (SELECT count(DISTINCT v.visitor) FROM share_link l
      JOIN visit v ON v.community_id = l.community_id AND v.link_id = l.id
      WHERE l.community_id = $1 AND l.member_id = $2
      AND (v.member_id IS NULL OR v.member_id <> $2)),
    (SELECT count(DISTINCT b.member_id) FROM binding b
      WHERE b.community_id = $1 AND b.by_id = $2),
    (SELECT count(*) FROM attribution a JOIN orders o ON o.community_id = a.community_id
      AND o.id = a.order_id WHERE a.community_id = $1 AND a.member_id = $2
      AND o.paid_at IS NOT NULL AND EXISTS (SELECT 1 FROM order_line k
        WHERE k.community_id = o.community_id AND k.order_id = o.id AND k.refunded < k.amount))";
const BROUGHT: &str = "SELECT b.member_id, m.name, m.state = 'active', b.from_at FROM binding b
    JOIN member m ON m.community_id = b.community_id AND m.id = b.member_id
    WHERE b.community_id = $1 AND b.by_id = $2 AND b.ended_at IS NULL ORDER BY b.id DESC LIMIT $3";

fn link(rx: &mut Rx<'_>, code: &str) -> Result<Option<Link>, Fault> {
    let found = rx.one(LINK, p![code], |r| Link {
        id: r.id(0),
        code: r.text(1),
        community: r.id(2),
        slug: r.text(3),
        house: r.text(4),
        lang: r.word(5, Lang::of),
        currency: r.word(6, Currency::of),
        by: r.id(7),
        name: r.text(8),
        kind: r.word(9, Shown::of),
        thing_id: r.int(10),
        thing: None,
    })?;
    let Some(mut link) = found else { return Ok(None) };
    link.thing = views_thing::thing(rx, link.community, (link.kind, link.thing_id))?;
    Ok(Some(link))
}

fn reach(r: Row<'_>) -> Reach {
    Reach { visits: r.int(0), joined: r.int(1), orders: r.int(2) }
}

fn mine(rx: &mut Rx<'_>, c: C, m: Member, before: i64, most: i64) -> Result<Vec<MyLink>, Fault> {
    let mut all = rx.all(MINE, p![c, m, before, most], |r| MyLink {
        id: r.id(0),
        code: r.text(1),
        kind: r.word(2, Shown::of),
        thing_id: r.int(3),
        title: String::new(),
        at: r.moment(4),
        reach: Reach { visits: r.int(5), joined: r.int(6), orders: r.int(7) },
        shared_on: r.int(8),
    })?;
    for one in &mut all {
        let thing = views_thing::thing(rx, c, (one.kind, one.thing_id))?;
        one.title = thing.map(|t| t.title).unwrap_or_default();
    }
    Ok(all)
}

impl App {
    /// The link of a code, in a community that is open.
    pub async fn share_link(&self, code: &str) -> Result<Option<Link>, Fault> {
        let code = code.to_string();
        self.db.read(move |rx| link(rx, &code)).await
    }
    /// A member's links, the newest first.
    pub async fn my_links(
        &self,
        c: C,
        m: Member,
        before: Option<Id<id::ShareLink>>,
        most: i64,
    ) -> Result<Vec<MyLink>, Fault> {
        let before = before.map_or(i64::MAX, Id::raw);
        self.db.read(move |rx| mine(rx, c, m, before, most)).await
    }
    /// Everything that came through one link.
    pub async fn reach_of_link(&self, c: C, l: Id<id::ShareLink>) -> Result<Reach, Fault> {
        let found = self.db.read(move |rx| rx.one(REACH_OF_LINK, p![c, l], reach)).await?;
        Ok(found.unwrap_or_default())
    }
    /// Everything that came through a member.
    pub async fn reach_of(&self, c: C, m: Member) -> Result<Reach, Fault> {
        let found = self.db.read(move |rx| rx.one(REACH, p![c, m], reach)).await?;
        Ok(found.unwrap_or_default())
    }
    /// Whom a member brought, the newest first.
    pub async fn brought(&self, c: C, m: Member, most: i64) -> Result<Vec<Brought>, Fault> {
        let read = move |rx: &mut Rx<'_>| {
            rx.all(BROUGHT, p![c, m, most], |r| Brought {
                member: r.id(0),
                name: r.text(1),
                active: r.bool(2),
                since: r.moment(3),
            })
        };
        self.db.read(read).await
    }
}
