//! Orders that count: paid, not wholly given back, and not bought by the house from itself.
use crate::db::{Fault, Row};
use crate::{App, p};
use rules::base::{Id, Moment, id};

type C = Id<id::Community>;

/// A kept order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeptOrder {
    pub id: Id<id::Order>,
    pub member: Id<id::Member>,
    pub paid_at: Moment,
    /// The goods without what was given back; delivery is not counted.
    pub goods: i64,
}

const KEPT: &str = "SELECT o.id, o.member_id, o.paid_at,
    (SELECT CAST(coalesce(sum(l.amount - l.refunded), 0) AS bigint) FROM order_line l
      WHERE l.community_id = o.community_id AND l.order_id = o.id)
    FROM orders o JOIN member m ON m.community_id = o.community_id AND m.id = o.member_id
    WHERE o.community_id = $1 AND o.id > $2 AND o.paid_at IS NOT NULL AND m.role = 'member'
    AND EXISTS (SELECT 1 FROM order_line k WHERE k.community_id = o.community_id
      AND k.order_id = o.id AND k.refunded < k.amount) ORDER BY o.id LIMIT $3";
const NAMES: &str =
    "SELECT id, name FROM member WHERE community_id = $1 AND id >= $2 ORDER BY id LIMIT $3";

fn kept(r: Row<'_>) -> KeptOrder {
    KeptOrder { id: r.id(0), member: r.id(1), paid_at: r.moment(2), goods: r.int(3) }
}

impl App {
    /// Oldest first, after this one.
    pub async fn kept_orders(
        &self,
        c: C,
        after: Option<Id<id::Order>>,
        most: i64,
    ) -> Result<Vec<KeptOrder>, Fault> {
        let after = after.map_or(0, Id::raw);
        self.db.read(move |rx| rx.all(KEPT, p![c, after, most], kept)).await
    }
    /// Members from this one on.
    pub async fn names_from(
        &self,
        c: C,
        first: Id<id::Member>,
        most: i64,
    ) -> Result<Vec<(Id<id::Member>, String)>, Fault> {
        let row = |r: Row<'_>| (r.id(0), r.text(1));
        self.db.read(move |rx| rx.all(NAMES, p![c, first, most], row)).await
    }
}
