//! Writes of reviews, and the reads their verbs decide by.
use crate::db::{Fault, Rx, Writes};
use crate::p;
use rules::base::{Id, Moment, id};
use rules::trust::review::State;

type C = Id<id::Community>;
type M = Id<id::Member>;
type V = Id<id::Review>;

/// Not of an order that a leader entered in her own name: others received it.
const LINE: &str = "SELECT l.product_id, l.choices, l.state, l.reviewed, l.title FROM order_line l
    WHERE l.community_id = $1 AND l.id = $2 AND l.member_id = $3 AND NOT EXISTS (SELECT 1
      FROM chain_place p WHERE p.community_id = l.community_id AND p.order_id = l.order_id
      AND p.by_member = p.member_id)";
const REVIEW: &str = "SELECT v.member_id, v.product_id, v.line_id, v.state, v.follow_at,
    v.reply_at, v.at, coalesce(d.title, '') FROM review v
    LEFT JOIN product d ON d.community_id = v.community_id AND d.id = v.product_id
    WHERE v.community_id = $1 AND v.id = $2";
const WRITE: &str = "INSERT INTO review (community_id, id, product_id, line_id, member_id, stars,
    text, pictures, choices, anonymous, helpful, state, reason, at)
    VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,0,'shown','',$11) ON CONFLICT DO NOTHING";
const FOLLOW: &str = "UPDATE review SET follow_text = $3, follow_pictures = $4, follow_at = $5
    WHERE community_id = $1 AND id = $2 AND follow_at IS NULL";
const REPLY: &str = "UPDATE review SET reply_text = $3, reply_by = $4, reply_at = $5
    WHERE community_id = $1 AND id = $2";
const HIDE: &str = "UPDATE review SET state = 'hidden', reason = $3, ended_by = $4
    WHERE community_id = $1 AND id = $2 AND state = 'shown'";
pub(super) const VOTE: &str = "INSERT INTO review_helpful (community_id, review_id, member_id, at)
    VALUES ($1,$2,$3,$4) ON CONFLICT DO NOTHING";
pub(super) const UNVOTE: &str = "DELETE FROM review_helpful
    WHERE community_id = $1 AND review_id = $2 AND member_id = $3";
pub(super) const MORE_HELPFUL: &str = "UPDATE review SET helpful = helpful + $3
    WHERE community_id = $1 AND id = $2 RETURNING helpful";
pub(super) const HELPFUL: &str = "SELECT helpful FROM review WHERE community_id = $1 AND id = $2";
const FORGET: &str = "UPDATE review SET text = '', pictures = '', anonymous = true,
    follow_text = CASE WHEN follow_at IS NULL THEN NULL ELSE '' END,
    follow_pictures = CASE WHEN follow_at IS NULL THEN NULL ELSE '' END
    WHERE community_id = $1 AND member_id = $2";

pub(super) struct Line {
    pub product: Id<id::Product>,
    pub choices: String,
    /// A code of the sale step.
    pub state: String,
    pub reviewed: bool,
}
/// A line of this member; somebody else's is none.
pub(super) fn line(
    rx: &mut Rx<'_>,
    c: C,
    id: Id<id::Line>,
    member: M,
) -> Result<Option<Line>, Fault> {
    rx.one(LINE, p![c, id, member], |r| Line {
        product: r.id(0),
        choices: r.text(1),
        state: r.text(2),
        reviewed: r.bool(3),
    })
}
pub(super) struct Review {
    pub member: M,
    pub product: Id<id::Product>,
    pub line: Id<id::Line>,
    pub state: State,
    pub followed: bool,
    pub replied: bool,
    pub at: Moment,
    /// The product's title now.
    pub title: String,
}
pub(super) fn review(rx: &mut Rx<'_>, c: C, id: V) -> Result<Option<Review>, Fault> {
    rx.one(REVIEW, p![c, id], |r| Review {
        member: r.id(0),
        product: r.id(1),
        line: r.id(2),
        state: r.word(3, State::of),
        followed: r.opt_int(4).is_some(),
        replied: r.opt_int(5).is_some(),
        at: r.moment(6),
        title: r.text(7),
    })
}
pub(super) struct NewReview<'a> {
    pub id: V,
    pub line: Id<id::Line>,
    pub by: M,
    pub stars: Option<i64>,
    pub text: &'a str,
    pub pictures: &'a str,
    pub anonymous: bool,
}
pub(super) fn write<R>(
    w: &mut Writes<R>,
    c: C,
    n: NewReview<'_>,
    line: &Line,
    now: Moment,
    faster: R,
) {
    let args = p![
        c,
        n.id,
        line.product,
        n.line,
        n.by,
        n.stars,
        n.text,
        n.pictures,
        &line.choices,
        n.anonymous,
        now
    ];
    w.must(WRITE, args, faster);
}
pub(super) fn follow<R>(
    w: &mut Writes<R>,
    c: C,
    id: V,
    words: (&str, &str),
    now: Moment,
    already: R,
) {
    w.must(FOLLOW, p![c, id, words.0, words.1, now], already);
}
pub(super) fn reply<R>(w: &mut Writes<R>, c: C, id: V, text: &str, by: M, now: Moment) {
    w.put(REPLY, p![c, id, text, by, now]);
}
pub(super) fn hide<R>(w: &mut Writes<R>, c: C, id: V, reason: &str, by: M) {
    w.put(HIDE, p![c, id, reason, by]);
}
/// The words of somebody who closed their account go; stars and counts stay, and no name.
pub(crate) fn forget<R>(w: &mut Writes<R>, c: C, member: M) {
    w.put(FORGET, p![c, member]);
}
