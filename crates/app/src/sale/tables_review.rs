//! What a review changes on the tables of sale: its line, and the product's counters.
use crate::db::{Fault, Rx, Writes};
use crate::p;
use rules::base::{Id, id};

const REVIEWED: &str = "UPDATE order_line SET reviewed = true
    WHERE community_id = $1 AND id = $2 AND reviewed = false
    AND state IN ('received', 'completed')";
const COUNT: &str = "UPDATE product SET review_count = review_count + 1,
    rating_sum = rating_sum + $3, rating_count = rating_count + $4
    WHERE community_id = $1 AND id = $2";

const GROUP: &str = "SELECT o.group_id FROM order_line l
    JOIN orders o ON o.community_id = l.community_id AND o.id = l.order_id
    WHERE l.community_id = $1 AND l.id = $2 AND o.group_id IS NOT NULL";

/// The group whose pick-up point the goods came from.
pub fn group_of(
    rx: &mut Rx<'_>,
    c: Id<id::Community>,
    line: Id<id::Line>,
) -> Result<Option<Id<id::Group>>, Fault> {
    rx.one(GROUP, p![c, line], |r| r.id(0))
}
/// A line is reviewed once; `already`: somebody was faster, or the line is not in hand any more.
pub fn line_reviewed<R>(w: &mut Writes<R>, c: Id<id::Community>, line: Id<id::Line>, already: R) {
    w.must(REVIEWED, p![c, line], already);
}
/// A review without stars counts as a review and in no average.
pub fn count_review<R>(
    w: &mut Writes<R>,
    c: Id<id::Community>,
    product: Id<id::Product>,
    stars: Option<i64>,
) {
    w.put(COUNT, p![c, product, stars.unwrap_or(0), i64::from(stars.is_some())]);
}
