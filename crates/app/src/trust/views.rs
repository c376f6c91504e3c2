//! Reviews as pages show them.
use super::views_voices::Badge;
use crate::db::{Fault, Row};
use crate::{App, p};
use rules::base::{Id, Moment, id};
use rules::community::role::Role;
use rules::trust::tie::Near;
use std::fmt;

type C = Id<id::Community>;
type M = Id<id::Member>;

const PAGE: usize = 20;

rules::codes! {
    /// Which reviews, in which order: the helpful ones first unless `Newest`.
    pub enum Filter {
        Helpful = "helpful", Newest = "newest", Pictures = "pictures", Low = "low",
    }
}
/// Who wrote it, as far as the reader may know: an anonymous review has no name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reviewer {
    pub id: M,
    pub name: String,
    /// Staff of the shop; shown as such.
    pub staff: bool,
}
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FollowUpRow {
    pub text: String,
    pub pictures: Vec<String>,
    pub at: Moment,
}
#[derive(Clone, Debug)]
pub struct ReviewRow {
    pub id: Id<id::Review>,
    pub product: Id<id::Product>,
    /// `None`: anonymous, or the account is closed.
    pub by: Option<Reviewer>,
    pub mine: bool,
    /// How near the writer is, in lists that begin with the nearest.
    pub near: Near,
    pub stars: Option<i64>,
    pub text: String,
    pub pictures: Vec<String>,
    /// What was chosen, such as colour and size.
    pub choices: String,
    pub helpful: i64,
    pub voted: bool,
    pub at: Moment,
    pub follow_up: Option<FollowUpRow>,
    /// The shop's answer and when.
    pub reply: Option<(String, Moment)>,
    /// What the writer's advice on such things is worth, in lists that were given it.
    pub voice: Option<Badge>,
}
#[derive(Clone, Debug)]
pub struct Reviews {
    pub rows: Vec<ReviewRow>,
    pub next: Option<Cursor>,
}
/// Where a list of reviews goes on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cursor {
    near: i64,
    helpful: i64,
    id: i64,
}
impl Cursor {
    pub fn parse(text: &str) -> Option<Cursor> {
        let mut parts = text.split('.').map(|n| n.parse().ok());
        let (near, helpful, id) = (parts.next()??, parts.next()??, parts.next()??);
        parts.next().is_none().then_some(Cursor { near, helpful, id })
    }
}
impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.near, self.helpful, self.id)
    }
}
/// All reviews with stars, also hidden and wordless ones.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Histogram {
    /// One star first.
    pub stars: [i64; 5],
    pub count: i64,
    pub sum: i64,
    /// Shown reviews with pictures.
    pub with_pictures: i64,
}
/// A line that waits for its review.
#[derive(Clone, Debug)]
pub struct ReviewableLine {
    pub line: Id<id::Line>,
    pub order: Id<id::Order>,
    pub product: Id<id::Product>,
    pub title: String,
    pub choices: String,
    pub look: String,
    pub received_at: Option<Moment>,
}

/// The nearest to the reader first; an anonymous review is a stranger's.
const HELPFUL: &str = "SELECT d.* FROM (SELECT v.id, v.product_id, v.member_id, m.name, m.state,
    m.role, v.anonymous, v.stars, v.text, v.pictures,
    v.choices, v.helpful, v.at, v.follow_text, v.follow_pictures,
    v.follow_at, v.reply_text, v.reply_at,
    EXISTS (SELECT 1
    FROM review_helpful h WHERE h.community_id = v.community_id
      AND h.review_id = v.id AND h.member_id = $3) AS voted,
    CAST(CASE WHEN v.anonymous THEN 4 WHEN v.member_id = $3 THEN 0
      WHEN EXISTS (SELECT 1 FROM tie a JOIN tie b ON b.community_id = a.community_id
        AND b.member_id = a.other_id AND b.other_id = a.member_id AND b.why = a.why
        WHERE a.community_id = v.community_id AND a.member_id = $3
        AND a.other_id = v.member_id) THEN 1
      WHEN EXISTS (SELECT 1 FROM tie a JOIN tie b ON b.community_id = a.community_id
        AND b.member_id = a.other_id AND b.other_id = a.member_id AND b.why = a.why
        JOIN tie c ON c.community_id = a.community_id AND c.member_id = a.other_id
        AND c.other_id = v.member_id JOIN tie e ON e.community_id = a.community_id
        AND e.member_id = c.other_id AND e.other_id = c.member_id AND e.why = c.why
        WHERE a.community_id = v.community_id AND a.member_id = $3) THEN 2
      WHEN EXISTS (SELECT 1 FROM room_member x JOIN room_member y
        ON y.community_id = x.community_id AND y.room_id = x.room_id
        AND y.member_id = v.member_id WHERE x.community_id = v.community_id
        AND x.member_id = $3) THEN 3 ELSE 4 END AS bigint) AS distance
    FROM review v LEFT JOIN member m ON m.community_id = v.community_id AND m.id = v.member_id
    WHERE v.community_id = $1 AND v.product_id = $2 AND v.state = 'shown') d
    WHERE d.distance > $7 OR (d.distance = $7
      AND (d.helpful < $5 OR (d.helpful = $5 AND d.id < $6)))
    ORDER BY d.distance, d.helpful DESC, d.id DESC LIMIT $4";
const NEWEST: &str = "SELECT v.id, v.product_id, v.member_id, m.name, m.state,
    m.role, v.anonymous, v.stars, v.text, v.pictures,
    v.choices, v.helpful, v.at, v.follow_text, v.follow_pictures,
    v.follow_at, v.reply_text, v.reply_at,
    EXISTS (SELECT 1 FROM review_helpful h WHERE h.community_id = v.community_id
      AND h.review_id = v.id AND h.member_id = $3)
    FROM review v LEFT JOIN member m ON m.community_id = v.community_id AND m.id = v.member_id
    WHERE v.community_id = $1 AND v.product_id = $2 AND v.state = 'shown'
    AND v.id < $6 AND CAST($5 AS bigint) >= 0
    ORDER BY v.id DESC LIMIT $4";
const PICTURES: &str = "SELECT v.id, v.product_id, v.member_id, m.name, m.state,
    m.role, v.anonymous, v.stars, v.text, v.pictures,
    v.choices, v.helpful, v.at, v.follow_text, v.follow_pictures,
    v.follow_at, v.reply_text, v.reply_at,
    EXISTS (SELECT 1
    FROM review_helpful h WHERE h.community_id = v.community_id
      AND h.review_id = v.id AND h.member_id = $3)
    FROM review v LEFT JOIN member m ON m.community_id = v.community_id AND m.id = v.member_id
    WHERE v.community_id = $1 AND v.product_id = $2 AND v.state = 'shown'
    AND v.pictures <> '' AND (v.helpful < $5 OR (v.helpful = $5 AND v.id < $6))
    ORDER BY v.helpful DESC, v.id DESC LIMIT $4";
const LOW: &str = "SELECT v.id, v.product_id, v.member_id, m.name, m.state,
    m.role, v.anonymous, v.stars, v.text, v.pictures,
    v.choices, v.helpful, v.at, v.follow_text, v.follow_pictures,
    v.follow_at, v.reply_text, v.reply_at,
    EXISTS (SELECT 1 FROM review_helpful h WHERE h.community_id = v.community_id
      AND h.review_id = v.id AND h.member_id = $3)
    FROM review v LEFT JOIN member m ON m.community_id = v.community_id AND m.id = v.member_id
    WHERE v.community_id = $1 AND v.product_id = $2 AND v.state = 'shown'
    AND v.stars <= 2 AND (v.helpful < $5 OR (v.helpful = $5 AND v.id < $6))
    ORDER BY v.helpful DESC, v.id DESC LIMIT $4";
const MINE: &str = "SELECT v.id, v.product_id, v.member_id, m.name, m.state,
    m.role, v.anonymous, v.stars, v.text, v.pictures,
    v.choices, v.helpful, v.at, v.follow_text, v.follow_pictures,
    v.follow_at, v.reply_text, v.reply_at,
    EXISTS (SELECT 1 FROM review_helpful h WHERE h.community_id = v.community_id
      AND h.review_id = v.id AND h.member_id = $3)
    FROM review v LEFT JOIN member m ON m.community_id = v.community_id AND m.id = v.member_id
    WHERE v.community_id = $1 AND v.member_id = $2 AND v.id < $5 ORDER BY v.id DESC LIMIT $4";
const STARS: &str = "SELECT stars, count(*) FROM review
    WHERE community_id = $1 AND product_id = $2 AND stars IS NOT NULL GROUP BY stars";
const PICTURED: &str = "SELECT count(*) FROM review
    WHERE community_id = $1 AND product_id = $2 AND pictures <> '' AND state = 'shown'";
/// Not what a leader entered in her own name: others received it.
const REVIEWABLE: &str = "SELECT l.id, l.order_id, l.product_id, l.title, l.choices, l.look,
    l.received_at FROM order_line l
    WHERE l.community_id = $1 AND l.member_id = $2 AND l.reviewed = false
    AND l.state IN ('received', 'completed') AND NOT EXISTS (SELECT 1 FROM chain_place p
    WHERE p.community_id = l.community_id AND p.order_id = l.order_id AND p.by_member = p.member_id)
    ORDER BY l.id DESC LIMIT 100";

fn pictures(text: &str) -> Vec<String> {
    text.split_whitespace().map(String::from).collect()
}
fn row(reader: Option<M>, nearest: bool) -> impl Fn(Row<'_>) -> ReviewRow {
    move |r| {
        let (id, anonymous) = (r.id(2), r.bool(6));
        let known = r.opt_text(3).filter(|_| !anonymous);
        let there = r.opt_text(4).is_some_and(|s| s != "closed");
        let staff = r.opt_text(5).is_some_and(|role| Role::of(&role) != Some(Role::Member));
        ReviewRow {
            id: r.id(0),
            product: r.id(1),
            by: known.filter(|_| there).map(|name| Reviewer { id, name, staff }),
            mine: reader == Some(id),
            stars: r.opt_int(7),
            text: r.text(8),
            pictures: pictures(&r.text(9)),
            choices: r.text(10),
            helpful: r.int(11),
            at: r.moment(12),
            follow_up: r.opt_moment(15).map(|at| FollowUpRow {
                text: r.opt_text(13).unwrap_or_default(),
                pictures: pictures(&r.opt_text(14).unwrap_or_default()),
                at,
            }),
            reply: r.opt_text(16).zip(r.opt_moment(17)),
            voted: r.bool(18),
            voice: None,
            near: if nearest { Near::of_distance(r.int(19)) } else { Near::Stranger },
        }
    }
}
fn paged(mut rows: Vec<ReviewRow>) -> Reviews {
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let last = rows.last().filter(|_| more);
    let near = |r: &ReviewRow| Near::ALL.iter().position(|n| *n == r.near).unwrap_or(4) as i64;
    let next = last.map(|r| Cursor { near: near(r), helpful: r.helpful, id: r.id.raw() });
    Reviews { rows, next }
}

impl App {
    pub async fn reviews(
        &self,
        c: C,
        product: Id<id::Product>,
        reader: Option<M>,
        filter: Filter,
        cursor: Option<Cursor>,
    ) -> Result<Reviews, Fault> {
        self.db
            .read(move |rx| {
                let first = Cursor { near: -1, helpful: i64::MAX, id: i64::MAX };
                let from = cursor.unwrap_or(first);
                // no member has the number 0
                let me = reader.unwrap_or(Id::of(0));
                let most = PAGE as i64 + 1;
                let args = p![c, product, me, most, from.helpful, from.id];
                let sql = match filter {
                    Filter::Helpful => {
                        let args = p![c, product, me, most, from.helpful, from.id, from.near];
                        return Ok(paged(rx.all(HELPFUL, args, row(reader, true))?));
                    }
                    Filter::Newest => NEWEST,
                    Filter::Pictures => PICTURES,
                    Filter::Low => LOW,
                };
                Ok(paged(rx.all(sql, args, row(reader, false))?))
            })
            .await
    }
    pub async fn histogram(&self, c: C, product: Id<id::Product>) -> Result<Histogram, Fault> {
        self.db
            .read(move |rx| {
                let mut out = Histogram::default();
                for (stars, n) in rx.all(STARS, p![c, product], |r| (r.int(0), r.int(1)))? {
                    if let Some(bar) = out.stars.get_mut((stars - 1) as usize) {
                        *bar = n;
                    }
                    out.count += n;
                    out.sum += stars * n;
                }
                let pictured = rx.one(PICTURED, p![c, product], |r| r.int(0))?;
                out.with_pictures = pictured.unwrap_or(0);
                Ok(out)
            })
            .await
    }
    /// What a member received and has not reviewed yet.
    pub async fn reviewable(&self, c: C, member: M) -> Result<Vec<ReviewableLine>, Fault> {
        self.db
            .read(move |rx| {
                rx.all(REVIEWABLE, p![c, member], |r| ReviewableLine {
                    line: r.id(0),
                    order: r.id(1),
                    product: r.id(2),
                    title: r.text(3),
                    choices: r.text(4),
                    look: r.text(5),
                    received_at: r.opt_moment(6),
                })
            })
            .await
    }
    /// One's own reviews, hidden ones too, newest first.
    pub async fn my_reviews(
        &self,
        c: C,
        member: M,
        cursor: Option<Cursor>,
    ) -> Result<Reviews, Fault> {
        self.db
            .read(move |rx| {
                let from = cursor.map_or(i64::MAX, |x| x.id);
                let args = p![c, member, member, PAGE as i64 + 1, from];
                Ok(paged(rx.all(MINE, args, row(Some(member), false))?))
            })
            .await
    }
}
