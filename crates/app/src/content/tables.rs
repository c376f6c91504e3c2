//! Writes of posts, comments, likes and cards, and the reads their verbs decide by.
use crate::db::{Fault, Rx, Val, Writes};
use crate::p;
use rules::base::{Id, Moment, id};
use rules::content::comment;
use rules::content::post::{Kind, State};

type C = Id<id::Community>;
type M = Id<id::Member>;
type P = Id<id::Post>;

const POST: &str = "SELECT member_id, group_id, kind, slug, title, source, state, version, comments
    FROM post WHERE community_id = $1 AND id = $2";
const SLUG: &str = "SELECT 1 FROM post WHERE community_id = $1 AND slug = $2";
const PRODUCT: &str = "SELECT 1 FROM product WHERE community_id = $1 AND id = $2";
const MEMBER: &str = "SELECT 1
    FROM member WHERE community_id = $1 AND id = $2 AND state = 'active'";
const CREATE: &str = "INSERT INTO post (community_id, id, member_id, group_id, kind, slug, title,
    source, html, lead, link, pictures, lang, minutes, state, reason, place, likes, comments,
    bookmarks, created_at, published_at, changed_at, version)
    VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,'',$16,0,0,0,$17,$18,$17,1)
    ON CONFLICT DO NOTHING";
const REVISION: &str = "INSERT INTO post_revision (community_id, post_id, version, title, source,
    by_member, at) VALUES ($1,$2,$3,$4,$5,$6,$7)";
const EDIT: &str = "UPDATE post SET title = $4, source = $5, html = $6, lead = $7, link = $8,
    pictures = $9, minutes = $10, changed_at = $11, version = version + 1
    WHERE community_id = $1 AND id = $2 AND version = $3 AND state IN ('draft', 'published')";
const PUBLISH: &str = "UPDATE post SET state = 'published', place = $3, published_at = $4
    WHERE community_id = $1 AND id = $2 AND state = 'draft'";
const END: &str = "UPDATE post SET state = $3, reason = $4, ended_by = $5, changed_at = $6
    WHERE community_id = $1 AND id = $2 AND state IN ('draft', 'published')";
const TAG: &str = "INSERT INTO post_tag (community_id, post_id, tag_id) VALUES ($1,$2,$3)
    ON CONFLICT DO NOTHING";
const UNTAG: &str = "DELETE FROM post_tag WHERE community_id = $1 AND post_id = $2";
const UNCARD: &str = "UPDATE card_count SET position = NULL
    WHERE community_id = $1 AND post_id = $2";
const CARD: &str = "INSERT INTO card_count (community_id, post_id, product_id, position, views,
    clicks, orders) VALUES ($1,$2,$3,$4,0,0,0)
    ON CONFLICT (community_id, post_id, product_id) DO UPDATE SET position = $4";
const CARD_SEEN: &str = "UPDATE card_count SET views = views + 1
    WHERE community_id = $1 AND post_id = $2 AND product_id = $3";
const CARD_CLICKED: &str = "UPDATE card_count SET clicks = clicks + 1
    WHERE community_id = $1 AND post_id = $2 AND product_id = $3";
const CARD_ORDERED: &str = "UPDATE card_count SET orders = orders + 1
    WHERE community_id = $1 AND post_id = $2 AND product_id = $3";
const COMMENT: &str = "SELECT post_id, parent_id, member_id, state FROM comment
    WHERE community_id = $1 AND id = $2";
const SAY: &str = "INSERT INTO comment (community_id, id, post_id, parent_id, member_id, text,
    html, state, reason, at) VALUES ($1,$2,$3,$4,$5,$6,$7,'shown','',$8) ON CONFLICT DO NOTHING";
const MORE_COMMENTS: &str = "UPDATE post SET comments = comments + 1
    WHERE community_id = $1 AND id = $2 AND state = 'published'";
const FEWER_COMMENTS: &str = "UPDATE post SET comments = comments - 1
    WHERE community_id = $1 AND id = $2";
const END_COMMENT: &str = "UPDATE comment SET state = $3, reason = $4, ended_by = $5
    WHERE community_id = $1 AND id = $2 AND state = 'shown'";
pub(super) const LIKE: &str = "INSERT INTO post_like (community_id, post_id, member_id, at)
    VALUES ($1,$2,$3,$4) ON CONFLICT DO NOTHING";
pub(super) const UNLIKE: &str = "DELETE
    FROM post_like WHERE community_id = $1 AND post_id = $2 AND member_id = $3";
pub(super) const MORE_LIKES: &str = "UPDATE post SET likes = likes + $3
    WHERE community_id = $1 AND id = $2 AND state = 'published' RETURNING likes";
pub(super) const LIKES: &str = "SELECT likes FROM post WHERE community_id = $1 AND id = $2";
pub(super) const BOOKMARK: &str = "INSERT INTO bookmark (community_id, member_id, post_id, at)
    VALUES ($1,$2,$3,$4) ON CONFLICT DO NOTHING";
pub(super) const UNBOOKMARK: &str = "DELETE
    FROM bookmark WHERE community_id = $1 AND member_id = $2 AND post_id = $3";
pub(super) const MORE_BOOKMARKS: &str = "UPDATE post SET bookmarks = bookmarks + $3
    WHERE community_id = $1 AND id = $2";
const FORGET_TERMS: &str = "DELETE FROM search_term WHERE community_id = $1 AND kind = 'post'
    AND doc_id IN (SELECT id FROM post WHERE community_id = $1 AND member_id = $2)";
const FORGET_DOCS: &str = "DELETE FROM search_doc WHERE community_id = $1 AND kind = 'post'
    AND doc_id IN (SELECT id FROM post WHERE community_id = $1 AND member_id = $2)";
const FORGET_REVISIONS: &str = "DELETE FROM post_revision WHERE community_id = $1
    AND post_id IN (SELECT id FROM post WHERE community_id = $1 AND member_id = $2)";
const FORGET_POSTS: &str = "UPDATE post SET state = 'removed',
    slug = slug || '-' || id, title = '',
    source = '', html = '', lead = '', link = '', pictures = '', changed_at = $3
   
    WHERE community_id = $1 AND member_id = $2";
const FORGET_COUNTS: &str = "UPDATE post SET comments = comments - (SELECT count(*) FROM comment c
      WHERE c.community_id = $1 AND c.post_id = post.id AND c.member_id = $2
      AND c.state = 'shown')
    WHERE community_id = $1 AND id IN (SELECT c.post_id FROM comment c
      WHERE c.community_id = $1 AND c.member_id = $2 AND c.state = 'shown')";
const FORGET_COMMENTS: &str = "UPDATE comment SET text = '', html = '',
    state = CASE WHEN state = 'shown' THEN 'removed' ELSE state END
    WHERE community_id = $1 AND member_id = $2";
const FORGET_BOOKMARKS: &str = "DELETE FROM bookmark WHERE community_id = $1 AND member_id = $2";

/// What verbs decide by.
pub(super) struct Post {
    pub member: M,
    pub group: Option<Id<id::Group>>,
    pub kind: Kind,
    pub slug: String,
    pub title: String,
    pub source: String,
    pub state: State,
    pub version: i64,
}
pub(super) fn post(rx: &mut Rx<'_>, c: C, id: P) -> Result<Option<Post>, Fault> {
    rx.one(POST, p![c, id], |r| Post {
        member: r.id(0),
        group: r.opt_id(1),
        kind: r.word(2, Kind::of),
        slug: r.text(3),
        title: r.text(4),
        source: r.text(5),
        state: r.word(6, State::of),
        version: r.int(7),
    })
}
fn there(rx: &mut Rx<'_>, sql: &'static str, args: &[Val<'_>]) -> Result<bool, Fault> {
    Ok(rx.one(sql, args, |_| ())?.is_some())
}
pub(super) fn slug_taken(rx: &mut Rx<'_>, c: C, slug: &str) -> Result<bool, Fault> {
    there(rx, SLUG, p![c, slug])
}
pub(super) fn product_there(rx: &mut Rx<'_>, c: C, id: Id<id::Product>) -> Result<bool, Fault> {
    there(rx, PRODUCT, p![c, id])
}
pub(super) fn member_there(rx: &mut Rx<'_>, c: C, id: M) -> Result<bool, Fault> {
    there(rx, MEMBER, p![c, id])
}

/// The words and pictures of a post, in every form they are kept in.
#[derive(Clone)]
pub(super) struct Words {
    pub title: String,
    pub source: String,
    pub html: String,
    pub lead: String,
    pub link: String,
    pub pictures: String,
    pub minutes: i64,
}
pub(super) struct NewPost<'a> {
    pub id: P,
    pub by: M,
    pub group: Option<Id<id::Group>>,
    pub kind: Kind,
    pub slug: &'a str,
    pub lang: &'a str,
    /// Its place in the feed; `None` for a draft.
    pub place: Option<i64>,
}
pub(super) fn create<R>(
    w: &mut Writes<R>,
    c: C,
    n: NewPost<'_>,
    words: &Words,
    now: Moment,
    taken: R,
) {
    let state = if n.place.is_some() { State::Published } else { State::Draft };
    let published = n.place.map(|_| now);
    let x = words;
    let args = p![
        c,
        n.id,
        n.by,
        n.group,
        n.kind.code(),
        n.slug,
        &x.title,
        &x.source,
        &x.html,
        &x.lead,
        &x.link,
        &x.pictures,
        n.lang,
        x.minutes,
        state.code(),
        n.place,
        now,
        published
    ];
    w.must(CREATE, args, taken);
}
pub(super) fn keep_revision<R>(w: &mut Writes<R>, c: C, id: P, old: &Post, by: M, now: Moment) {
    w.put(REVISION, p![c, id, old.version, &old.title, &old.source, by, now]);
}
pub(super) fn edit<R>(
    w: &mut Writes<R>,
    c: C,
    id: P,
    version: i64,
    x: &Words,
    now: Moment,
    faster: R,
) {
    let args = p![
        c,
        id,
        version,
        &x.title,
        &x.source,
        &x.html,
        &x.lead,
        &x.link,
        &x.pictures,
        x.minutes,
        now
    ];
    w.must(EDIT, args, faster);
}
pub(super) fn publish<R>(w: &mut Writes<R>, c: C, id: P, place: i64, now: Moment, faster: R) {
    w.must(PUBLISH, p![c, id, place, now], faster);
}
/// Who ended something, and why.
#[derive(Clone, Copy)]
pub(super) struct Ending<'a> {
    pub reason: &'a str,
    pub by: M,
}
pub(super) fn end<R>(
    w: &mut Writes<R>,
    c: C,
    id: P,
    state: State,
    e: Ending<'_>,
    now: Moment,
    faster: R,
) {
    w.must(END, p![c, id, state.code(), e.reason, e.by, now], faster);
}
/// Tags and product cards as they are now. Counts of a card that was taken off stay.
pub(super) fn attach<R>(
    w: &mut Writes<R>,
    c: C,
    id: P,
    tags: &[Id<id::Tag>],
    cards: &[Id<id::Product>],
) {
    w.put(UNTAG, p![c, id]);
    for tag in tags {
        w.put(TAG, p![c, id, *tag]);
    }
    w.put(UNCARD, p![c, id]);
    for (position, product) in cards.iter().enumerate() {
        w.put(CARD, p![c, id, *product, position as i64]);
    }
}
/// What happened to a card.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Touch {
    Seen,
    Clicked,
    Ordered,
}
pub(super) fn count_card<R>(w: &mut Writes<R>, c: C, id: P, product: Id<id::Product>, t: Touch) {
    let sql = match t {
        Touch::Seen => CARD_SEEN,
        Touch::Clicked => CARD_CLICKED,
        Touch::Ordered => CARD_ORDERED,
    };
    w.put(sql, p![c, id, product]);
}

pub(super) struct Comment {
    pub post: P,
    pub parent: Option<Id<id::Comment>>,
    pub member: M,
    pub state: comment::State,
}
pub(super) fn comment(
    rx: &mut Rx<'_>,
    c: C,
    id: Id<id::Comment>,
) -> Result<Option<Comment>, Fault> {
    rx.one(COMMENT, p![c, id], |r| Comment {
        post: r.id(0),
        parent: r.opt_id(1),
        member: r.id(2),
        state: r.word(3, comment::State::of),
    })
}
pub(super) struct NewComment<'a> {
    pub id: Id<id::Comment>,
    pub post: P,
    pub parent: Option<Id<id::Comment>>,
    pub by: M,
    pub text: &'a str,
    pub html: &'a str,
}
pub(super) fn say<R>(w: &mut Writes<R>, c: C, n: NewComment<'_>, now: Moment, twice: R, gone: R) {
    w.must(SAY, p![c, n.id, n.post, n.parent, n.by, n.text, n.html, now], twice);
    w.must(MORE_COMMENTS, p![c, n.post], gone);
}
pub(super) fn end_comment<R: Copy>(
    w: &mut Writes<R>,
    c: C,
    id: Id<id::Comment>,
    post: P,
    state: comment::State,
    e: Ending<'_>,
    faster: R,
) {
    w.must(END_COMMENT, p![c, id, state.code(), e.reason, e.by], faster);
    w.must(FEWER_COMMENTS, p![c, post], faster);
}
/// The words of somebody who closed their account; rows and counts stay right.
pub(super) fn forget<R>(w: &mut Writes<R>, c: C, member: M, now: Moment) {
    w.put(FORGET_TERMS, p![c, member]);
    w.put(FORGET_DOCS, p![c, member]);
    w.put(FORGET_REVISIONS, p![c, member]);
    w.put(FORGET_POSTS, p![c, member, now]);
    w.put(FORGET_COUNTS, p![c, member]);
    w.put(FORGET_COMMENTS, p![c, member]);
    w.put(FORGET_BOOKMARKS, p![c, member]);
}
