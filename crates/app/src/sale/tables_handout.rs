//! Writes of hand-outs, short deliveries and the cash of leaders, and the reads their verbs decide
//! by.
use crate::db::{Fault, Rx, Tx, Writes};
use crate::p;
use rules::base::{Id, Moment, id};

type C = Id<id::Community>;
type M = Id<id::Member>;

/// Goods that changed hands.
#[derive(Clone, Debug)]
pub struct HandOut {
    pub id: Id<id::HandOut>,
    pub order: Id<id::Order>,
    pub by: M,
    /// Empty: the buyer came.
    pub collected_by: String,
    /// The code that was open until then.
    pub code: String,
    /// How many lines were received by it.
    pub lines: i64,
    pub at: Moment,
    pub undone: bool,
}

/// A line of a list that may come up short, from the last order to the first.
#[derive(Clone, Copy, Debug)]
pub struct Ordered {
    pub order: Id<id::Order>,
    pub line: Id<id::Line>,
    pub member: M,
    pub kept: i64,
}

const INSERT: &str = "INSERT INTO hand_out (community_id, id, order_id, by_member, collected_by,
    code, lines, at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8) ON CONFLICT DO NOTHING";
const OF: &str = "SELECT id, order_id, by_member, collected_by, code, lines, at,
    undone_at IS NOT NULL FROM hand_out WHERE community_id = $1 AND id = $2";
const UNDONE: &str = "UPDATE hand_out SET undone_at = $3
    WHERE community_id = $1 AND id = $2 AND undone_at IS NULL";
/// A line somebody has reviewed stays received.
const BACK: &str = "UPDATE order_line SET state = 'ready_for_pickup', received_at = NULL
    WHERE community_id = $1 AND order_id = $2 AND state = 'received' AND received_at = $3
    AND NOT reviewed";
const CODE_OF: &str = "SELECT pickup_code FROM orders WHERE community_id = $1 AND id = $2";
const SHORT: &str = "INSERT INTO short_delivery (community_id, id, campaign_id, variant_id, qty,
    by_member, at) VALUES ($1,$2,$3,$4,$5,$6,$7) ON CONFLICT DO NOTHING";
const SHORT_OF: &str = "SELECT campaign_id, variant_id, qty FROM short_delivery
    WHERE community_id = $1 AND id = $2";
const ORDERED: &str = "SELECT p.order_id, l.id, p.member_id, l.qty - l.refunded_qty
    FROM chain_place p
    JOIN order_line l ON l.community_id = p.community_id AND l.order_id = p.order_id
    WHERE p.community_id = $1 AND p.campaign_id = $2 AND p.state = 'confirmed'
    AND l.variant_id = $3 AND l.refunded_qty < l.qty
    AND l.state IN ('to_fulfil', 'ready_for_pickup') ORDER BY p.number DESC";
const CASH: &str = "INSERT INTO leader_cash (community_id, payment_id, order_id, leader_id, amount,
    at) VALUES ($1,$2,$3,$4,$5,$6)";
const CASH_TAKEN: &str = "UPDATE leader_cash SET handed_at = $4, taken_by = $3
    WHERE community_id = $1 AND leader_id = $2 AND handed_at IS NULL AND at <= $5
    RETURNING amount";

pub fn hand_out(rx: &mut Rx<'_>, c: C, id: Id<id::HandOut>) -> Result<Option<HandOut>, Fault> {
    rx.one(OF, p![c, id], |r| HandOut {
        id: r.id(0),
        order: r.id(1),
        by: r.id(2),
        collected_by: r.text(3),
        code: r.text(4),
        lines: r.int(5),
        at: r.moment(6),
        undone: r.bool(7),
    })
}
pub fn insert<R>(w: &mut Writes<R>, c: C, h: &HandOut, taken: R) {
    let who = &h.collected_by;
    w.must(INSERT, p![c, h.id, h.order, h.by, who, &h.code, h.lines, h.at], taken);
}
/// The lines of a hand-out wait at the point again; how many do.
pub fn take_back(tx: &mut Tx<'_>, c: C, h: &HandOut) -> Result<u64, Fault> {
    tx.exec(BACK, p![c, h.order, h.at])
}
pub fn undone<R>(w: &mut Writes<R>, c: C, id: Id<id::HandOut>, at: Moment, moved: R) {
    w.must(UNDONE, p![c, id, at], moved);
}
pub fn code_of(rx: &mut Rx<'_>, c: C, order: Id<id::Order>) -> Result<String, Fault> {
    Ok(rx.one(CODE_OF, p![c, order], |r| r.text(0))?.unwrap_or_default())
}

pub fn short_of(
    rx: &mut Rx<'_>,
    c: C,
    id: i64,
) -> Result<Option<(Id<id::Campaign>, Id<id::Variant>, i64)>, Fault> {
    rx.one(SHORT_OF, p![c, id], |r| (r.id(0), r.id(1), r.int(2)))
}
pub fn insert_short<R>(
    w: &mut Writes<R>,
    c: C,
    (id, by): (i64, M),
    (campaign, variant, qty): (Id<id::Campaign>, Id<id::Variant>, i64),
    at: Moment,
    taken: R,
) {
    w.must(SHORT, p![c, id, campaign, variant, qty, by, at], taken);
}
pub fn ordered(
    rx: &mut Rx<'_>,
    c: C,
    campaign: Id<id::Campaign>,
    variant: Id<id::Variant>,
) -> Result<Vec<Ordered>, Fault> {
    rx.all(ORDERED, p![c, campaign, variant], |r| Ordered {
        order: r.id(0),
        line: r.id(1),
        member: r.id(2),
        kept: r.int(3),
    })
}

pub fn insert_cash<R>(
    w: &mut Writes<R>,
    c: C,
    (payment, order): (Id<id::Payment>, Id<id::Order>),
    (leader, amount): (M, i64),
    at: Moment,
) {
    w.put(CASH, p![c, payment, order, leader, amount, at]);
}
/// All the cash a leader took until `seen` is handed over: what each order's was.
pub fn cash_taken(
    tx: &mut Tx<'_>,
    c: C,
    (leader, by): (M, M),
    seen: Moment,
) -> Result<Vec<i64>, Fault> {
    let now = tx.now();
    tx.exec_all(CASH_TAKEN, p![c, leader, by, now, seen], |r| r.int(0))
}
