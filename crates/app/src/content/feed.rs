//! Lists of posts: the feed in its two orders, drafts, bookmarks, posts about a product.
use super::Reader;
use super::views::{PAGE, PostCard, posts};
use crate::db::{Fault, Rx};
use crate::{App, p};
use rules::base::{Id, Moment, id};
use rules::content::rank::{self, CANDIDATES, Facts};
use std::collections::HashMap;
use std::fmt;

type C = Id<id::Community>;
type P = Id<id::Post>;

/// Whose posts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Of {
    Community,
    Group(Id<id::Group>),
    Member(Id<id::Member>),
}
rules::codes! {
    pub enum Order { Ranked = "ranked", Latest = "latest" }
}
#[derive(Clone, Debug)]
pub struct Feed {
    pub posts: Vec<PostCard>,
    /// Pass it back for the next page.
    pub next: Option<Cursor>,
}
/// Where a feed goes on. A ranked feed keeps the moment of its first page, so that posts do not
/// change places between pages.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cursor {
    below: i64,
    at: i64,
    skip: i64,
}
impl Cursor {
    pub fn parse(text: &str) -> Option<Cursor> {
        let mut numbers = text.splitn(3, '.').map(|n| n.parse::<i64>().ok().filter(|n| *n >= 0));
        let cursor =
            Cursor { below: numbers.next()??, at: numbers.next()??, skip: numbers.next()?? };
        (cursor.skip <= CANDIDATES as i64).then_some(cursor)
    }
}
impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.below, self.at, self.skip)
    }
}

const COMMUNITY: &str = "SELECT id, place, group_id, likes, comments, published_at FROM post
    WHERE community_id = $1 AND state = 'published' AND place < $2 ORDER BY place DESC LIMIT $3";
const GROUP: &str = "SELECT id, place, group_id, likes, comments, published_at FROM post
    WHERE community_id = $1 AND group_id = $4 AND state = 'published' AND place < $2
    ORDER BY place DESC LIMIT $3";
const MEMBER: &str = "SELECT id, place, group_id, likes, comments, published_at FROM post
    WHERE community_id = $1 AND member_id = $4 AND state = 'published' AND place < $2
    ORDER BY place DESC LIMIT $3";
const SHARED: &str = "SELECT t.post_id, count(*) FROM post_tag t
    JOIN post p ON p.community_id = t.community_id AND p.id = t.post_id
    WHERE t.community_id = $1 AND p.state = 'published' AND p.place >= $22
    AND t.tag_id IN (
      $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
      $20, $21) GROUP BY t.post_id";
const DRAFTS: &str = "SELECT id, title, lead, kind, changed_at FROM post
    WHERE community_id = $1 AND member_id = $2 AND state = 'draft' ORDER BY id DESC LIMIT 100";
const BOOKMARKED: &str = "SELECT post_id FROM bookmark
    WHERE community_id = $1 AND member_id = $2 AND post_id < $3 ORDER BY post_id DESC LIMIT $4";
const ABOUT: &str = "SELECT k.post_id FROM card_count k
    WHERE k.community_id = $1 AND k.product_id = $2 AND k.position IS NOT NULL
    ORDER BY k.post_id DESC LIMIT 40";

struct Candidate {
    id: P,
    place: i64,
    group: Option<Id<id::Group>>,
    likes: i64,
    comments: i64,
    at: Moment,
}

/// The newest below a place, of those the reader may see.
fn newest(
    rx: &mut Rx<'_>,
    c: C,
    of: Of,
    reader: &Reader,
    below: i64,
    most: usize,
) -> Result<Vec<Candidate>, Fault> {
    let (mut out, mut below, step) = (Vec::new(), below, most.max(PAGE) as i64 * 2);
    // a reader of no group may have to skip group posts; a bounded number of them
    for _ in 0..10 {
        let candidate = |r: crate::db::Row<'_>| Candidate {
            id: r.id(0),
            place: r.int(1),
            group: r.opt_id(2),
            likes: r.int(3),
            comments: r.int(4),
            at: r.moment(5),
        };
        let some = match of {
            Of::Community => rx.all(COMMUNITY, p![c, below, step], candidate)?,
            Of::Group(g) => rx.all(GROUP, p![c, below, step, g], candidate)?,
            Of::Member(m) => rx.all(MEMBER, p![c, below, step, m], candidate)?,
        };
        let all = some.len() < step as usize;
        below = some.last().map_or(0, |x| x.place);
        out.extend(some.into_iter().filter(|x| reader.sees(x.group)));
        if all || out.len() >= most {
            break;
        }
    }
    out.truncate(most);
    Ok(out)
}

/// How many of the reader's tags each post carries.
fn shared(rx: &mut Rx<'_>, c: C, reader: &Reader, from: i64) -> Result<HashMap<P, i64>, Fault> {
    if reader.tags.is_empty() {
        return Ok(HashMap::new());
    }
    let tags = reader.tags.iter().map(|t| t.raw()).chain(std::iter::repeat(0)).take(PAGE);
    let args: Vec<i64> = [c.raw()].into_iter().chain(tags).chain([from]).collect();
    let args: Vec<_> = args.into_iter().map(crate::db::Val::Int).collect();
    Ok(rx.all(SHARED, &args, |r| (r.id(0), r.int(1)))?.into_iter().collect())
}

/// The newest candidates, best first.
fn ranked(
    rx: &mut Rx<'_>,
    c: C,
    of: Of,
    reader: &Reader,
    from: Cursor,
) -> Result<Vec<Candidate>, Fault> {
    let mut all = newest(rx, c, of, reader, from.below, CANDIDATES)?;
    let shared = shared(rx, c, reader, all.last().map_or(0, |x| x.place))?;
    all.sort_by_cached_key(|x| {
        let facts = Facts {
            age: Moment(from.at).since(x.at),
            likes: x.likes,
            comments: x.comments,
            shared_tags: shared.get(&x.id).copied().unwrap_or(0),
            standing: 0,
        };
        std::cmp::Reverse((rank::score(facts), x.place))
    });
    Ok(all)
}

impl App {
    /// A page of posts. The ranked order takes the newest two hundred; who wants more of the past
    /// reads the latest.
    pub async fn feed(
        &self,
        now: Moment,
        c: C,
        of: Of,
        order: Order,
        reader: Reader,
        cursor: Option<Cursor>,
    ) -> Result<Feed, Fault> {
        self.db
            .read(move |rx| {
                let first = Cursor { below: i64::MAX, at: now.0, skip: 0 };
                let mut from = cursor.unwrap_or(first);
                let (page, next) = match order {
                    Order::Latest => {
                        let mut page = newest(rx, c, of, &reader, from.below, PAGE + 1)?;
                        let more = page.len() > PAGE;
                        page.truncate(PAGE);
                        let below = page.last().map_or(0, |x| x.place);
                        (page, more.then_some(Cursor { below, at: from.at, skip: 0 }))
                    }
                    Order::Ranked => {
                        let all = ranked(rx, c, of, &reader, from)?;
                        if cursor.is_none() {
                            let newest = all.iter().map(|x| x.place).max().unwrap_or(0);
                            from.below = newest.saturating_add(1);
                        }
                        let (total, skip) = (all.len(), from.skip as usize);
                        let page: Vec<_> = all.into_iter().skip(skip).take(PAGE).collect();
                        let seen = skip + page.len();
                        (page, (seen < total).then_some(Cursor { skip: seen as i64, ..from }))
                    }
                };
                let ids: Vec<P> = page.iter().map(|x| x.id).collect();
                Ok(Feed { posts: posts(rx, c, &ids, &reader)?, next })
            })
            .await
    }
    /// One's own drafts: id, title or first words, when it was changed.
    pub async fn drafts(&self, c: C, member: Id<id::Member>) -> Result<Vec<Draft>, Fault> {
        self.db
            .read(move |rx| {
                rx.all(DRAFTS, p![c, member], |r| {
                    let (title, lead) = (r.text(1), r.text(2));
                    Draft {
                        id: r.id(0),
                        title: if title.is_empty() { lead } else { title },
                        kind: r.word(3, rules::content::post::Kind::of),
                        changed_at: r.moment(4),
                    }
                })
            })
            .await
    }
    /// What a member kept for later; nobody else may ask. Goes on below the last id.
    pub async fn bookmarks(
        &self,
        c: C,
        reader: Reader,
        before: Option<P>,
    ) -> Result<Vec<PostCard>, Fault> {
        self.db
            .read(move |rx| {
                let Some(member) = reader.member else { return Ok(Vec::new()) };
                let from = before.unwrap_or(Id::of(i64::MAX));
                let ids: Vec<P> =
                    rx.all(BOOKMARKED, p![c, member, from, PAGE as i64], |r| r.id(0))?;
                posts(rx, c, &ids, &reader)
            })
            .await
    }
    /// The newest posts that carry a card of this product.
    pub async fn posts_about(
        &self,
        c: C,
        product: Id<id::Product>,
        reader: Reader,
        most: usize,
    ) -> Result<Vec<PostCard>, Fault> {
        self.db
            .read(move |rx| {
                let ids: Vec<P> = rx.all(ABOUT, p![c, product], |r| r.id(0))?;
                let mut out = Vec::new();
                for some in ids.chunks(PAGE) {
                    out.extend(posts(rx, c, some, &reader)?);
                }
                out.truncate(most);
                Ok(out)
            })
            .await
    }
}

#[derive(Clone, Debug)]
pub struct Draft {
    pub id: P,
    pub title: String,
    pub kind: rules::content::post::Kind,
    pub changed_at: Moment,
}

#[cfg(test)]
mod tests {
    use super::Cursor;

    #[test]
    fn cursors() {
        let cursor = Cursor { below: 9, at: 7, skip: 20 };
        assert_eq!(Cursor::parse(&cursor.to_string()), Some(cursor));
        for nonsense in ["", "1", "1.2", "1.2.x", "-1.2.3", "1.2.3.4", "1.2.999999"] {
            assert_eq!(Cursor::parse(nonsense), None, "{nonsense}");
        }
    }
}
