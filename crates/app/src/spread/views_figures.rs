//! What sharing led to in the last days, and through whom: the figures of the console.
use super::views::Reach;
use crate::db::{Fault, Rx};
use crate::{App, p};
use rules::base::{Id, Moment, id};

type C = Id<id::Community>;

/// A member through whom people bought.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sharer {
    pub member: Id<id::Member>,
    /// Empty: the account was closed.
    pub name: String,
    pub joined: i64,
    pub orders: i64,
    /// Minor units, refunds taken off.
    pub kept: i64,
}
/// Of so many days.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Figures {
    pub reach: Reach,
    pub sharers: Vec<Sharer>,
}

/// The additions of nothing keep the newest rows from being looked for among all visitors.
const REACH: &str = "SELECT
    (SELECT count(DISTINCT visitor || '') FROM visit WHERE community_id = $1 AND id >= $2),
    (SELECT count(DISTINCT member_id + 0) FROM binding WHERE community_id = $1 AND id >= $2),
    (SELECT count(*) FROM attribution a JOIN orders o ON o.community_id = a.community_id
      AND o.id = a.order_id WHERE a.community_id = $1 AND a.order_id >= $2
      AND o.paid_at IS NOT NULL)";
const SHARERS: &str = "SELECT a.member_id, m.name, (SELECT count(*) FROM binding b
      WHERE b.community_id = $1 AND b.by_id = a.member_id AND b.id >= $2),
    count(*) AS orders, CAST(sum(o.total - o.refunded) AS bigint)
    FROM attribution a
    JOIN orders o ON o.community_id = a.community_id AND o.id = a.order_id
    JOIN member m ON m.community_id = a.community_id AND m.id = a.member_id
    WHERE a.community_id = $1 AND a.order_id >= $2 AND o.paid_at IS NOT NULL
    GROUP BY a.member_id, m.name ORDER BY orders DESC, a.member_id LIMIT $3";

fn figures(rx: &mut Rx<'_>, c: C, since: Moment, most: i64) -> Result<Figures, Fault> {
    // ids are in the order of time
    let first = id::bits(since.0.max(id::EPOCH), 0, 0);
    let reach = rx.one(REACH, p![c, first], |r| Reach {
        visits: r.int(0),
        joined: r.int(1),
        orders: r.int(2),
    })?;
    let sharers = rx.all(SHARERS, p![c, first, most], |r| Sharer {
        member: r.id(0),
        name: r.text(1),
        joined: r.int(2),
        orders: r.int(3),
        kept: r.int(4),
    })?;
    Ok(Figures { reach: reach.unwrap_or_default(), sharers })
}

impl App {
    /// Since a moment; the members with the most orders first.
    pub async fn spread_figures(&self, c: C, since: Moment, most: i64) -> Result<Figures, Fault> {
        self.db.read(move |rx| figures(rx, c, since, most)).await
    }
}
