//! What a leader's phone shows beside the board: the groups one leads, what was handed out, and the
//! cash that is still to be handed over.
use super::views_catalogue::parted;
use crate::db::{Fault, Row, Rx};
use crate::{App, p};
use rules::base::{Id, Moment, id};

type C = Id<id::Community>;
type M = Id<id::Member>;

/// A group with a pick-up point.
#[derive(Clone, Debug)]
pub struct LedGroup {
    pub id: Id<id::Group>,
    pub name: String,
    /// Empty: no list can be opened for it yet.
    pub pickup: String,
}

/// One hand-out that was not taken back.
#[derive(Clone, Debug)]
pub struct Handed {
    pub id: Id<id::HandOut>,
    pub order: Id<id::Order>,
    /// Who came instead of the buyer; empty: the buyer.
    pub collected_by: String,
    pub at: Moment,
}

/// A hand-out as it is told of right after.
#[derive(Clone, Debug)]
pub struct Given {
    pub handed: Handed,
    pub undone: bool,
    pub recipient: String,
    /// The pick-up point it happened at.
    pub group: Option<Id<id::Group>>,
    /// Title and how many.
    pub items: Vec<(String, i64)>,
}

/// Cash a leader has of orders entered for neighbours.
#[derive(Clone, Debug)]
pub struct Cash {
    pub leader: M,
    pub name: String,
    pub orders: i64,
    pub amount: i64,
    /// When the last of it was taken.
    pub last: Moment,
}

/// One order behind the cash a leader has.
#[derive(Clone, Debug)]
pub struct CashOrder {
    pub order: Id<id::Order>,
    pub list: Id<id::Campaign>,
    pub title: String,
    pub number: i64,
    pub recipient: String,
    pub amount: i64,
}

/// A neighbour the leader may order for.
#[derive(Clone, Debug)]
pub struct Neighbour {
    pub member: M,
    pub name: String,
    /// Of the last order.
    pub recipient: String,
    pub phone: String,
}

const LED: &str = "SELECT g.id, g.name, g.pickup_name FROM room_member r
    JOIN room g ON g.community_id = r.community_id AND g.id = r.room_id
    WHERE r.community_id = $1 AND r.member_id = $2 AND r.role IN ('leader', 'council')
    ORDER BY g.id";
const POINTS: &str = "SELECT g.id, g.name, g.pickup_name FROM room g
    WHERE g.community_id = $1 AND g.pickup_name <> '' ORDER BY g.id LIMIT 50";
const HANDED: &str = "SELECT h.id, h.order_id, h.collected_by, h.at FROM chain_place p
    JOIN hand_out h ON h.community_id = p.community_id AND h.order_id = p.order_id
    WHERE p.community_id = $1 AND p.campaign_id = $2 AND h.undone_at IS NULL ORDER BY h.at DESC";
const GIVEN: &str = "SELECT h.id, h.order_id, h.collected_by, h.at, h.undone_at IS NOT NULL,
    o.recipient, o.group_id FROM hand_out h
    JOIN orders o ON o.community_id = h.community_id AND o.id = h.order_id
    WHERE h.community_id = $1 AND h.id = $2";
/// What was taken back was received by nothing.
const ITEMS: &str = "SELECT title, choices, qty - refunded_qty FROM order_line
    WHERE community_id = $1 AND order_id = $2 AND received_at = $3 ORDER BY position";
const MY_CASH: &str =
    "SELECT x.leader_id, m.name, count(*), CAST(sum(x.amount) AS bigint), max(x.at)
    FROM leader_cash x JOIN member m ON m.community_id = x.community_id AND m.id = x.leader_id
    WHERE x.community_id = $1 AND x.leader_id = $2 AND x.handed_at IS NULL
    GROUP BY x.leader_id, m.name";
const ALL_CASH: &str = "SELECT x.leader_id, m.name, count(*), CAST(sum(x.amount) AS bigint),
    max(x.at) FROM leader_cash x
    JOIN member m ON m.community_id = x.community_id AND m.id = x.leader_id
    WHERE x.community_id = $1 AND x.handed_at IS NULL
    GROUP BY x.leader_id, m.name ORDER BY x.leader_id";
const CASH_ORDERS: &str = "SELECT x.order_id, p.campaign_id, k.title, p.number, o.recipient,
    x.amount FROM leader_cash x
    JOIN orders o ON o.community_id = x.community_id AND o.id = x.order_id
    JOIN chain_place p ON p.community_id = x.community_id AND p.order_id = x.order_id
    JOIN campaign k ON k.community_id = p.community_id AND k.id = p.campaign_id
    WHERE x.community_id = $1 AND x.leader_id = $2 AND x.handed_at IS NULL
    ORDER BY x.order_id DESC LIMIT 2000";
/// Name and number of what they collected at this group before: what they told elsewhere is theirs,
/// and what a leader entered in her own name is somebody else's.
const NEIGHBOURS: &str = "SELECT m.id, m.name,
    coalesce((SELECT o.recipient FROM orders o WHERE o.community_id = m.community_id
      AND o.member_id = m.id AND o.group_id = r.room_id AND NOT EXISTS (SELECT 1
        FROM chain_place p WHERE p.community_id = o.community_id AND p.order_id = o.id
        AND p.by_member = o.member_id) ORDER BY o.id DESC LIMIT 1), ''),
    coalesce((SELECT o.phone FROM orders o WHERE o.community_id = m.community_id
      AND o.member_id = m.id AND o.group_id = r.room_id AND NOT EXISTS (SELECT 1
        FROM chain_place p WHERE p.community_id = o.community_id AND p.order_id = o.id
        AND p.by_member = o.member_id) ORDER BY o.id DESC LIMIT 1), '')
    FROM room_member r JOIN member m ON m.community_id = r.community_id AND m.id = r.member_id
    WHERE r.community_id = $1 AND r.room_id = $2 AND m.state = 'active' ORDER BY m.name, m.id
    LIMIT 500";

fn handed(r: &Row<'_>) -> Handed {
    Handed { id: r.id(0), order: r.id(1), collected_by: r.text(2), at: r.moment(3) }
}

impl App {
    /// The groups this member leads; for staff with the right, every group with a pick-up point.
    pub async fn led_groups(&self, c: C, member: M, all: bool) -> Result<Vec<LedGroup>, Fault> {
        let read = move |rx: &mut Rx<'_>| {
            let group = |r: Row<'_>| LedGroup { id: r.id(0), name: r.text(1), pickup: r.text(2) };
            match all {
                true => rx.all(POINTS, p![c], group),
                false => rx.all(LED, p![c, member], group),
            }
        };
        self.db.read(read).await
    }
    /// Hand-outs of a list, the newest first.
    pub async fn handed(&self, c: C, list: Id<id::Campaign>) -> Result<Vec<Handed>, Fault> {
        self.db.read(move |rx| rx.all(HANDED, p![c, list], |r| handed(&r))).await
    }
    /// One hand-out, taken back or not; who may read of it is for the caller to know.
    pub async fn given(&self, c: C, id: Id<id::HandOut>) -> Result<Option<Given>, Fault> {
        let read = move |rx: &mut Rx<'_>| {
            let found = rx.one(GIVEN, p![c, id], |r| Given {
                handed: handed(&r),
                undone: r.bool(4),
                recipient: r.text(5),
                group: r.opt_id(6),
                items: Vec::new(),
            })?;
            let Some(mut given) = found else { return Ok(None) };
            let of = p![c, given.handed.order, given.handed.at];
            given.items = rx.all(ITEMS, of, |r| {
                let choices = parted(&r.text(1));
                let title = match choices.is_empty() {
                    true => r.text(0),
                    false => format!("{} {}", r.text(0), choices.join(" ")),
                };
                (title, r.int(2))
            })?;
            Ok(Some(given))
        };
        self.db.read(read).await
    }
    /// What leaders have to hand over: one's own, or everybody's.
    pub async fn leader_cash(&self, c: C, leader: Option<M>) -> Result<Vec<Cash>, Fault> {
        let read = move |rx: &mut Rx<'_>| {
            let cash = |r: Row<'_>| Cash {
                leader: r.id(0),
                name: r.text(1),
                orders: r.int(2),
                amount: r.int(3),
                last: r.moment(4),
            };
            match leader {
                Some(leader) => rx.all(MY_CASH, p![c, leader], cash),
                None => rx.all(ALL_CASH, p![c], cash),
            }
        };
        self.db.read(read).await
    }
    /// The orders behind what a leader has to hand over, the newest first.
    pub async fn cash_orders(&self, c: C, leader: M) -> Result<Vec<CashOrder>, Fault> {
        let read = move |rx: &mut Rx<'_>| {
            rx.all(CASH_ORDERS, p![c, leader], |r| CashOrder {
                order: r.id(0),
                list: r.id(1),
                title: r.text(2),
                number: r.int(3),
                recipient: r.text(4),
                amount: r.int(5),
            })
        };
        self.db.read(read).await
    }
    /// Whom a leader may order for: who is in the group.
    pub async fn neighbours(&self, c: C, group: Id<id::Group>) -> Result<Vec<Neighbour>, Fault> {
        let read = move |rx: &mut Rx<'_>| {
            rx.all(NEIGHBOURS, p![c, group], |r| Neighbour {
                member: r.id(0),
                name: r.text(1),
                recipient: r.text(2),
                phone: r.text(3),
            })
        };
        self.db.read(read).await
    }
}
