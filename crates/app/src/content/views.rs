//! Posts, product cards and comments as pages show them.
use crate::db::{Fault, Row, Rx, twenty};
use crate::{App, p};
use rules::base::{Id, Lang, Moment, id};
use rules::content::comment;
use rules::content::post::{Kind, State};

type C = Id<id::Community>;
type M = Id<id::Member>;
type P = Id<id::Post>;

/// Who reads. A post in a group is seen by the people of that group and by those who look after
/// content; everything else by everybody.
#[derive(Clone, Default, Debug)]
pub struct Reader {
    pub member: Option<Id<id::Member>>,
    /// The groups this person may see into.
    pub groups: Vec<Id<id::Group>>,
    /// The tags this person follows; they move posts up the ranked feed.
    pub tags: Vec<Id<id::Tag>>,
    pub tends_content: bool,
}

impl Reader {
    pub fn sees(&self, group: Option<Id<id::Group>>) -> bool {
        group.is_none_or(|g| self.tends_content || self.groups.contains(&g))
    }
}

/// A page of anything holds at most this many.
pub const PAGE: usize = 20;
const COMMENTS: i64 = 50;
const ANSWERS: i64 = 500;

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Author {
    pub id: M,
    pub name: String,
    /// The account is closed; show no link.
    pub closed: bool,
}
/// A product as it hangs under a post or in a list. Prices are of the community's currency.
#[derive(Clone, Debug)]
pub struct ProductCard {
    pub id: Id<id::Product>,
    pub handle: String,
    pub title: String,
    pub look: String,
    pub picture: Option<String>,
    /// The lowest and the highest price of its variants; `None`: it has none.
    pub price: Option<(i64, i64)>,
    pub in_stock: bool,
    /// A state of the sale step.
    pub state: String,
}
#[derive(Clone, Debug)]
pub struct PostCard {
    pub id: P,
    pub slug: String,
    pub kind: Kind,
    pub state: State,
    pub title: String,
    /// Safe HTML. Empty in lists for an article: show `lead`.
    pub html: String,
    /// The first words, plain.
    pub lead: String,
    pub link: String,
    pub pictures: Vec<String>,
    pub lang: Lang,
    pub minutes: i64,
    pub author: Author,
    pub group: Option<Id<id::Group>>,
    pub likes: i64,
    pub comments: i64,
    pub bookmarks: i64,
    pub published_at: Option<Moment>,
    pub changed_at: Moment,
    pub version: i64,
    pub liked: bool,
    pub bookmarked: bool,
    pub cards: Vec<ProductCard>,
    pub tags: Vec<Id<id::Tag>>,
}
#[derive(Clone, Debug)]
pub struct CommentRow {
    pub id: Id<id::Comment>,
    pub author: Author,
    /// Safe HTML; empty when it was hidden or removed, but answers keep its place.
    pub html: String,
    pub state: comment::State,
    pub at: Moment,
    pub answers: Vec<CommentRow>,
}
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CardCount {
    pub product: Id<id::Product>,
    pub views: i64,
    pub clicks: i64,
    pub orders: i64,
}
#[derive(Clone, Debug)]
pub struct PostPage {
    /// With the whole HTML.
    pub post: PostCard,
    /// What the writer typed, for the edit form; only for the writer and content staff.
    pub source: Option<String>,
    /// Why staff hid it; only for the same people.
    pub reason: Option<String>,
    /// What its cards led to; only for the same people.
    pub counts: Vec<CardCount>,
    pub comments: Vec<CommentRow>,
    /// Pass it as `after` for later comments.
    pub next: Option<Id<id::Comment>>,
}

const POSTS: &str = "SELECT p.id, p.slug, p.kind, p.state, p.title, p.html, p.lead, p.link,
    p.pictures, p.lang, p.minutes, p.member_id, m.name, m.state, p.group_id, p.likes, p.comments,
    p.bookmarks, p.published_at, p.changed_at, p.version, p.source, p.reason
    FROM post p LEFT JOIN member m ON m.community_id = p.community_id AND m.id = p.member_id
    WHERE p.community_id = $1 AND p.id IN (
      $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
      $20, $21)";
const LIKED: &str = "SELECT post_id FROM post_like
    WHERE community_id = $1 AND member_id = $22 AND post_id IN (
      $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
      $20, $21)";
const KEPT: &str = "SELECT post_id FROM bookmark
    WHERE community_id = $1 AND member_id = $22 AND post_id IN (
      $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
      $20, $21)";
const TAGS: &str = "SELECT post_id, tag_id FROM post_tag
    WHERE community_id = $1 AND post_id IN (
      $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
      $20, $21) ORDER BY tag_id";
const CARDS: &str = "SELECT k.post_id, k.product_id FROM card_count k
    WHERE k.community_id = $1 AND k.position IS NOT NULL AND k.post_id IN (
      $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
      $20, $21)
    ORDER BY k.post_id, k.position";
const PRODUCTS: &str = "SELECT d.id, d.handle, d.title, d.look, d.state,
    (SELECT min(v.price) FROM variant v
      WHERE v.community_id = d.community_id AND v.product_id = d.id),
    (SELECT max(v.price) FROM variant v
      WHERE v.community_id = d.community_id AND v.product_id = d.id),
    EXISTS (SELECT 1 FROM variant v WHERE v.community_id = d.community_id
      AND v.product_id = d.id AND v.on_hand > 0),
    (SELECT c.picture FROM product_picture c WHERE c.community_id = d.community_id
      AND c.product_id = d.id ORDER BY c.position LIMIT 1)
    FROM product d WHERE d.community_id = $1 AND d.id IN (
      $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
      $20, $21)";
const BY_SLUG: &str = "SELECT id FROM post WHERE community_id = $1 AND slug = $2";
const COUNTS: &str = "SELECT product_id, views, clicks, orders FROM card_count
    WHERE community_id = $1 AND post_id = $2 ORDER BY product_id";
const TOP: &str = "SELECT c.id, c.member_id, m.name, m.state, c.html, c.state, c.at, c.parent_id
    FROM comment c LEFT JOIN member m ON m.community_id = c.community_id AND m.id = c.member_id
    WHERE c.community_id = $1 AND c.post_id = $2 AND c.parent_id IS NULL AND c.id > $3
    ORDER BY c.id LIMIT $4";
const UNDER: &str = "SELECT c.id, c.member_id, m.name, m.state, c.html, c.state, c.at, c.parent_id
    FROM comment c LEFT JOIN member m ON m.community_id = c.community_id AND m.id = c.member_id
    WHERE c.community_id = $1 AND c.post_id = $2 AND c.parent_id BETWEEN $3 AND $4
    AND c.state = 'shown' ORDER BY c.id LIMIT $5";

fn author(r: &Row<'_>, id: usize) -> Author {
    Author {
        id: r.id(id),
        name: r.opt_text(id + 1).unwrap_or_default(),
        closed: r.opt_text(id + 2).is_none_or(|s| s == "closed"),
    }
}
/// The row of a post, with its source and the reason of its end.
fn post(r: Row<'_>) -> (PostCard, String, String) {
    let card = PostCard {
        id: r.id(0),
        slug: r.text(1),
        kind: r.word(2, Kind::of),
        state: r.word(3, State::of),
        title: r.text(4),
        html: r.text(5),
        lead: r.text(6),
        link: r.text(7),
        pictures: r.text(8).split_whitespace().map(String::from).collect(),
        lang: r.word(9, Lang::of),
        minutes: r.int(10),
        author: author(&r, 11),
        group: r.opt_id(14),
        likes: r.int(15),
        comments: r.int(16),
        bookmarks: r.int(17),
        published_at: r.opt_moment(18),
        changed_at: r.moment(19),
        version: r.int(20),
        liked: false,
        bookmarked: false,
        cards: Vec::new(),
        tags: Vec::new(),
    };
    (card, r.text(21), r.text(22))
}

/// Up to twenty posts in the order of `ids`, with everything a card shows; in six statements.
fn loaded(
    rx: &mut Rx<'_>,
    c: C,
    ids: &[P],
    reader: &Reader,
) -> Result<Vec<(PostCard, String, String)>, Fault> {
    let raw: Vec<i64> = ids.iter().take(PAGE).map(|i| i.raw()).collect();
    if raw.is_empty() {
        return Ok(Vec::new());
    }
    let args = twenty(c, &raw, &[]);
    let mut all = rx.all(POSTS, &args, post)?;
    all.sort_by_key(|(card, ..)| raw.iter().position(|i| *i == card.id.raw()));
    let tags = rx.all(TAGS, &args, |r| (r.id::<id::Post>(0), r.id(1)))?;
    let cards = rx.all(CARDS, &args, |r| (r.id::<id::Post>(0), r.id(1)))?;
    let mut wanted: Vec<Id<id::Product>> = cards.iter().map(|(_, d)| *d).collect();
    wanted.sort();
    wanted.dedup();
    let products = products(rx, c, &wanted)?;
    let (mut liked, mut kept) = (Vec::new(), Vec::new());
    if let Some(member) = reader.member {
        let args = twenty(c, &raw, &[member.into()]);
        liked = rx.all(LIKED, &args, |r| r.id::<id::Post>(0))?;
        kept = rx.all(KEPT, &args, |r| r.id::<id::Post>(0))?;
    }
    for (card, ..) in &mut all {
        let id = card.id;
        card.liked = liked.contains(&id);
        card.bookmarked = kept.contains(&id);
        card.tags = tags.iter().filter(|(i, _)| *i == id).map(|(_, t)| *t).collect();
        let hang = cards.iter().filter(|(i, _)| *i == id);
        let found = hang.filter_map(|(_, d)| products.iter().find(|x| x.id == *d));
        card.cards = found.cloned().collect();
    }
    Ok(all)
}
/// Up to twenty published posts the reader may see, as a list shows them.
pub(super) fn posts(
    rx: &mut Rx<'_>,
    c: C,
    ids: &[P],
    reader: &Reader,
) -> Result<Vec<PostCard>, Fault> {
    let all = loaded(rx, c, ids, reader)?.into_iter().map(|(mut card, ..)| {
        if card.kind == Kind::Article {
            card.html.clear();
        }
        card
    });
    Ok(all.filter(|p| p.state == State::Published && reader.sees(p.group)).collect())
}
/// Products in the order of `ids`.
pub(super) fn products(
    rx: &mut Rx<'_>,
    c: C,
    ids: &[Id<id::Product>],
) -> Result<Vec<ProductCard>, Fault> {
    let mut out = Vec::with_capacity(ids.len());
    for some in ids.chunks(PAGE) {
        let raw: Vec<i64> = some.iter().map(|i| i.raw()).collect();
        let mut all = rx.all(PRODUCTS, &twenty(c, &raw, &[]), |r| ProductCard {
            id: r.id(0),
            handle: r.text(1),
            title: r.text(2),
            look: r.text(3),
            state: r.text(4),
            price: r.opt_int(5).zip(r.opt_int(6)),
            in_stock: r.bool(7),
            picture: r.opt_text(8),
        })?;
        all.sort_by_key(|d| raw.iter().position(|i| *i == d.id.raw()));
        out.extend(all);
    }
    Ok(out)
}

fn comment_row(r: Row<'_>) -> (CommentRow, Option<i64>) {
    let state = r.word(5, comment::State::of);
    let html = if state == comment::State::Shown { r.text(4) } else { String::new() };
    let row = CommentRow {
        id: r.id(0),
        author: author(&r, 1),
        html,
        state,
        at: r.moment(6),
        answers: Vec::new(),
    };
    (row, r.opt_int(7))
}
/// Comments oldest first with their answers; one that is gone stays while it has answers.
fn comments(
    rx: &mut Rx<'_>,
    c: C,
    id: P,
    after: Option<Id<id::Comment>>,
) -> Result<(Vec<CommentRow>, Option<Id<id::Comment>>), Fault> {
    let from = after.map_or(0, |a| a.raw());
    let mut top = rx.all(TOP, p![c, id, from, COMMENTS + 1], |r| comment_row(r).0)?;
    let more = top.len() > COMMENTS as usize;
    top.truncate(COMMENTS as usize);
    let (Some(first), Some(last)) = (top.first(), top.last()) else {
        return Ok((top, None));
    };
    let (first, last) = (first.id, last.id);
    for (row, parent) in rx.all(UNDER, p![c, id, first, last, ANSWERS], comment_row)? {
        if let Some(over) = top.iter_mut().find(|t| Some(t.id.raw()) == parent) {
            over.answers.push(row);
        }
    }
    top.retain(|t| t.state == comment::State::Shown || !t.answers.is_empty());
    Ok((top, more.then_some(last)))
}

impl App {
    /// A post by its slug or its id. Drafts and ended posts are there for their writer and for
    /// those who look after content; everybody else gets `None`.
    pub async fn post_page(
        &self,
        c: C,
        which: &str,
        reader: Reader,
        after: Option<Id<id::Comment>>,
    ) -> Result<Option<PostPage>, Fault> {
        let which = which.to_string();
        self.db
            .read(move |rx| {
                let id = match rx.one(BY_SLUG, p![c, &which], |r| r.id(0))? {
                    Some(id) => Some(id),
                    None => Id::<id::Post>::parse(&which),
                };
                let Some(id) = id else { return Ok(None) };
                let found = loaded(rx, c, &[id], &reader)?.pop();
                let Some((post, source, reason)) = found else { return Ok(None) };
                let close = reader.tends_content || reader.member == Some(post.author.id);
                let open = post.state == State::Published && reader.sees(post.group);
                if !close && !open {
                    return Ok(None);
                }
                let counts = match close {
                    false => Vec::new(),
                    true => rx.all(COUNTS, p![c, id], |r| CardCount {
                        product: r.id(0),
                        views: r.int(1),
                        clicks: r.int(2),
                        orders: r.int(3),
                    })?,
                };
                let (comments, next) = comments(rx, c, id, after)?;
                let source = close.then_some(source);
                let reason = Some(reason).filter(|r| close && !r.is_empty());
                Ok(Some(PostPage { post, source, reason, counts, comments, next }))
            })
            .await
    }
}
