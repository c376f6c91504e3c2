//! Which received lines of whose orders somebody led to, and who agreed to have that shown.
use crate::db::{Fault, Row, Rx, twenty};
use crate::p;
use rules::base::{Id, id};
use rules::trust::tie::Consent;

type C = Id<id::Community>;
type M = Id<id::Member>;
type Tag = Id<id::Tag>;

/// One line of an order that somebody led to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Led {
    pub order: Id<id::Order>,
    pub refunded: i64,
    pub stars: Option<i64>,
}
/// A tag on which somebody's advice is trusted, and the orders that say so.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Badge {
    pub tag: String,
    pub orders: u32,
    pub kept: u32,
}
/// One line under the tag it counts for.
pub type OnTag = ((Tag, String), Led);
/// Lines with a tag, by order, under each who led to them.
pub struct OfTag {
    pub name: String,
    pub agreed: Vec<(M, String)>,
    pub lines: Vec<(M, Led)>,
}

// A line counts when it was received, and not its buyer's own advice. Whoever runs or works for
// the shop neither buys nor advises.
const OF_MEMBER: &str = "SELECT g.tag_id, t.name, l.order_id, l.refunded, v.stars FROM (
      SELECT a.order_id FROM attribution a
      WHERE a.community_id = $1 AND a.member_id = $2 AND a.source = 'link'
      UNION SELECT o.id FROM post p
      JOIN orders o ON o.community_id = p.community_id AND o.source_post = p.id
      WHERE p.community_id = $1 AND p.member_id = $2
      UNION SELECT s.order_id FROM chain_order h JOIN chain_place s
        ON s.community_id = h.community_id AND s.campaign_id = h.campaign_id
      WHERE h.community_id = $1 AND h.leader_id = $2) x
    JOIN order_line l ON l.community_id = $1 AND l.order_id = x.order_id
    JOIN member b ON b.community_id = $1 AND b.id = l.member_id AND b.role = 'member'
    JOIN member m ON m.community_id = $1 AND m.id = $2 AND m.role = 'member' AND m.state = 'active'
    JOIN thing_tag g ON g.community_id = $1 AND g.kind = 'product' AND g.thing_id = l.product_id
    JOIN tag t ON t.community_id = $1 AND t.id = g.tag_id
    LEFT JOIN review v ON v.community_id = $1 AND v.line_id = l.id
    WHERE l.member_id <> $2 AND l.received_at IS NOT NULL
    ORDER BY g.tag_id, l.order_id, l.id";
// The same for the writers of a page of reviews, on the tags of what they reviewed, and of those
// only who agreed to have it shown.
const OF_WRITERS: &str = "WITH w (id) AS (SELECT k.member_id FROM consent k
      JOIN member m ON m.community_id = k.community_id AND m.id = k.member_id
        AND m.role = 'member' AND m.state = 'active'
      WHERE k.community_id = $1 AND k.what = 'record' AND k.given
      AND k.member_id IN ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17,
        $18, $19, $20, $21))
    SELECT x.by_id, g.tag_id, t.name, l.order_id, l.refunded, v.stars FROM (
      SELECT w.id AS by_id, a.order_id FROM w JOIN attribution a
        ON a.community_id = $1 AND a.member_id = w.id AND a.source = 'link'
      UNION SELECT w.id, o.id FROM w JOIN post p ON p.community_id = $1 AND p.member_id = w.id
      JOIN orders o ON o.community_id = p.community_id AND o.source_post = p.id
      UNION SELECT w.id, s.order_id FROM w
      JOIN chain_order h ON h.community_id = $1 AND h.leader_id = w.id
      JOIN chain_place s ON s.community_id = h.community_id AND s.campaign_id = h.campaign_id) x
    JOIN order_line l ON l.community_id = $1 AND l.order_id = x.order_id
      AND l.member_id <> x.by_id AND l.received_at IS NOT NULL
    JOIN member b ON b.community_id = $1 AND b.id = l.member_id AND b.role = 'member'
    JOIN thing_tag g ON g.community_id = $1 AND g.kind = 'product' AND g.thing_id = l.product_id
    JOIN thing_tag y ON y.community_id = $1 AND y.kind = 'product' AND y.thing_id = $22
      AND y.tag_id = g.tag_id
    JOIN tag t ON t.community_id = $1 AND t.id = g.tag_id
    LEFT JOIN review v ON v.community_id = $1 AND v.line_id = l.id
    ORDER BY x.by_id, g.tag_id, l.order_id, l.id";
const OF_TAG: &str = "SELECT l.order_id, l.member_id, l.refunded, v.stars,
    (SELECT a.member_id FROM attribution a WHERE a.community_id = l.community_id
      AND a.order_id = l.order_id AND a.source = 'link'),
    (SELECT p.member_id FROM orders o JOIN post p ON p.community_id = o.community_id
      AND p.id = o.source_post WHERE o.community_id = l.community_id AND o.id = l.order_id),
    (SELECT h.leader_id FROM chain_place s JOIN chain_order h ON h.community_id = s.community_id
      AND h.campaign_id = s.campaign_id WHERE s.community_id = l.community_id
      AND s.order_id = l.order_id)
    FROM thing_tag g
    JOIN order_line l ON l.community_id = g.community_id AND l.product_id = g.thing_id
    JOIN member b ON b.community_id = g.community_id AND b.id = l.member_id AND b.role = 'member'
    LEFT JOIN review v ON v.community_id = g.community_id AND v.line_id = l.id
    WHERE g.community_id = $1 AND g.tag_id = $2 AND g.kind = 'product'
    AND l.received_at IS NOT NULL ORDER BY l.order_id, l.id";
const AGREED: &str = "SELECT k.member_id, m.name FROM consent k
    JOIN member m ON m.community_id = k.community_id AND m.id = k.member_id
      AND m.role = 'member' AND m.state = 'active'
    WHERE k.community_id = $1 AND k.member_id > $2 AND k.what = 'record' AND k.given";
const TAG: &str = "SELECT name FROM tag WHERE community_id = $1 AND id = $2";
const CONSENT: &str = "SELECT 1 FROM consent
    WHERE community_id = $1 AND member_id = $2 AND what = $3 AND given";

pub fn agreed(rx: &mut Rx<'_>, c: C, member: M) -> Result<bool, Fault> {
    Ok(rx.one(CONSENT, p![c, member, Consent::Record.code()], |_| ())?.is_some())
}
/// By tag, then by order.
pub fn of_member(rx: &mut Rx<'_>, c: C, m: M) -> Result<Vec<OnTag>, Fault> {
    let row = |r: Row<'_>| {
        let led = Led { order: r.id(2), refunded: r.int(3), stars: r.opt_int(4) };
        ((r.id(0), r.text(1)), led)
    };
    rx.all(OF_MEMBER, p![c, m], row)
}
pub fn of_tag(rx: &mut Rx<'_>, c: C, tag: Tag) -> Result<Option<OfTag>, Fault> {
    let Some(name) = rx.one(TAG, p![c, tag], |r| r.text(0))? else { return Ok(None) };
    let row = |r: Row<'_>| {
        let led = Led { order: r.id(0), refunded: r.int(2), stars: r.opt_int(3) };
        let mut by: Vec<M> = (4..7).filter_map(|k| r.opt_id(k)).collect();
        by.sort_unstable();
        by.dedup();
        // nobody is credited with their own order
        by.retain(|m| *m != r.id(1));
        by.into_iter().map(|m| (m, led)).collect::<Vec<_>>()
    };
    let lines = rx.all(OF_TAG, p![c, tag], row)?.into_iter().flatten().collect();
    let agreed = rx.all(AGREED, p![c, 0], |r| (r.id(0), r.text(1)))?;
    Ok(Some(OfTag { name, agreed, lines }))
}
/// What at most twenty writers led to on a product's tags, those who agreed to it; as above.
pub fn of_writers(
    rx: &mut Rx<'_>,
    c: C,
    product: Id<id::Product>,
    writers: &[M],
) -> Result<Vec<(M, OnTag)>, Fault> {
    let ids: Vec<i64> = writers.iter().map(|m| m.raw()).collect();
    let row = |r: Row<'_>| {
        let led = Led { order: r.id(3), refunded: r.int(4), stars: r.opt_int(5) };
        (r.id(0), ((r.id(1), r.text(2)), led))
    };
    rx.all(OF_WRITERS, &twenty(c, &ids, &[product.into()]), row)
}
