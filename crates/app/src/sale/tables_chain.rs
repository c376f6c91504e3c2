//! Writes of chain orders and the orders in them, and the reads their verbs decide by.
//!
//! As with group buys, who touches several of these rows takes the campaign first.
use super::tables_group_buy as campaigns;
use crate::db::{Fault, Row, Rx, Tx, Writes};
use crate::p;
use rules::base::{Id, Moment, id};
use rules::sale::chain::{ChainState, PlaceState, Terms};
use rules::sale::group_buy::WhoMay;

type C = Id<id::Community>;
type M = Id<id::Member>;

#[derive(Clone, Debug)]
pub struct Chain {
    pub id: Id<id::Campaign>,
    pub group: Id<id::Group>,
    pub leader: M,
    pub cut_off: Moment,
    pub minimum: i64,
    pub raised: i64,
    pub state: ChainState,
}

/// One order of a chain order.
#[derive(Clone, Debug)]
pub struct Place {
    pub order: Id<id::Order>,
    pub campaign: Id<id::Campaign>,
    pub member: M,
    /// The buyer's name is shown to others.
    pub named: bool,
    pub state: PlaceState,
    pub refund: Id<id::Refund>,
    /// The leader who entered it.
    pub by: Option<M>,
}

/// A variant on the list.
#[derive(Clone, Copy, Debug)]
pub struct Listed {
    pub price: i64,
    pub most: i64,
    pub taken: i64,
}

const INSERT: &str = "INSERT INTO campaign (community_id, id, kind, product_id, group_id, title,
    story, size, fill, life_hours, starts_at, ends_at, most, per_member, opens, joins, taken,
    last_number, state, by_member, created_at)
    VALUES ($1,$2,'chain_order',$3,$4,$5,$6,0,0,0,$7,$8,0,0,$9,$9,0,0,'open',$10,$7)
    ON CONFLICT DO NOTHING";
const CHAIN: &str = "INSERT INTO chain_order (community_id, campaign_id, leader_id, arrives_at,
    minimum, raised, unsettled, state) VALUES ($1,$2,$3,$4,$5,0,0,'open')";
const OFFER: &str =
    "INSERT INTO chain_offer (community_id, campaign_id, variant_id, position, most,
    taken) VALUES ($1,$2,$3,$4,$5,0)";
const DOOR: &str = "SELECT 1 FROM room r WHERE r.community_id = $1 AND r.id = $2
    AND (r.admission = 'open' OR EXISTS (SELECT 1 FROM room_member m
      WHERE m.community_id = $1 AND m.room_id = r.id AND m.member_id = $3))";
const OF: &str = "SELECT k.id, k.group_id, h.leader_id, k.ends_at, h.minimum,
    h.raised, h.state FROM campaign k
    JOIN chain_order h ON h.community_id = k.community_id AND h.campaign_id = k.id
    WHERE k.community_id = $1 AND k.id = $2";
const LISTED: &str = "SELECT c.price, o.most, o.taken FROM chain_offer o
    JOIN campaign_price c ON c.community_id = o.community_id AND c.campaign_id = o.campaign_id
      AND c.variant_id = o.variant_id
    WHERE o.community_id = $1 AND o.campaign_id = $2 AND o.variant_id = $3";
const TAKE: &str = "UPDATE chain_offer SET taken = taken + $4 WHERE community_id = $1
    AND campaign_id = $2 AND variant_id = $3 AND (most = 0 OR taken + $4 <= most)";
const GIVE: &str = "UPDATE chain_offer SET taken = taken - $4 WHERE community_id = $1
    AND campaign_id = $2 AND variant_id = $3 AND taken >= $4";
const PLACE: &str = "INSERT INTO chain_place (community_id, order_id, campaign_id, member_id,
    number, named, state, refund_id, by_member, at) VALUES ($1,$2,$3,$4,0,$5,'held',$6,$7,$8)";
const PLACE_OF: &str = "SELECT order_id, campaign_id, member_id, named, state, refund_id, by_member
    FROM chain_place WHERE community_id = $1 AND order_id = $2";
const CONFIRM: &str = "UPDATE chain_place SET state = 'confirmed', number = $3, paid_at = $4
    WHERE community_id = $1 AND order_id = $2 AND state = 'held'";
const RAISE: &str = "UPDATE chain_order SET raised = raised + $3
    WHERE community_id = $1 AND campaign_id = $2 AND state = 'open'";
const MOVE: &str = "UPDATE chain_place SET state = $4
    WHERE community_id = $1 AND order_id = $2 AND state = $3";
/// Not of a list that has just failed: its own jobs give that back.
const LEAVE: &str = "UPDATE chain_place SET state = 'left'
    WHERE community_id = $1 AND order_id = $2 AND state = 'confirmed' AND NOT EXISTS (
      SELECT 1 FROM chain_order h WHERE h.community_id = $1
      AND h.campaign_id = chain_place.campaign_id AND h.state = 'failing')";
/// What was given back of a line; orders that are in no chain order have nothing to count.
const FEWER: &str = "UPDATE chain_offer SET taken = taken - $4 WHERE community_id = $1
    AND variant_id = $3 AND campaign_id = (SELECT p.campaign_id FROM chain_place p
      WHERE p.community_id = $1 AND p.order_id = $2)";
const LESS: &str = "UPDATE chain_order SET raised = raised - $3 WHERE community_id = $1
    AND campaign_id = (SELECT p.campaign_id FROM chain_place p
      WHERE p.community_id = $1 AND p.order_id = $2)";
const CLOSE: &str = "UPDATE campaign SET state = 'closed', closed_at = $3
    WHERE community_id = $1 AND id = $2 AND state = 'open'";
const END: &str = "UPDATE chain_order SET state = $3, ended_at = $4, unsettled = $5
    WHERE community_id = $1 AND campaign_id = $2 AND state = 'open' AND raised = $6";
const CONFIRMED: &str = "SELECT order_id FROM chain_place WHERE community_id = $1
    AND campaign_id = $2 AND state = 'confirmed' ORDER BY order_id";
const HELD: &str = "SELECT order_id FROM chain_place WHERE community_id = $1
    AND campaign_id = $2 AND state = 'held' ORDER BY order_id";
const CUT_OFF: &str = "UPDATE campaign SET ends_at = $3
    WHERE community_id = $1 AND id = $2 AND state = 'open' AND ends_at > $3";
const SETTLED: &str = "UPDATE chain_order SET unsettled = unsettled - 1,
    state = CASE WHEN unsettled = 1 THEN 'failed' ELSE state END
    WHERE community_id = $1 AND unsettled > 0 AND state = 'failing'
    AND campaign_id = (SELECT p.campaign_id FROM chain_place p
      WHERE p.community_id = $1 AND p.order_id = $2 AND p.state = $3)";

pub struct NewChain<'a> {
    pub id: Id<id::Campaign>,
    /// The first product on the list; its picture stands for all.
    pub product: Id<id::Product>,
    pub group: Id<id::Group>,
    pub leader: M,
    pub terms: &'a Terms,
    pub at: Moment,
}

pub fn insert<R>(w: &mut Writes<R>, c: C, n: &NewChain<'_>, taken: R) {
    let t = n.terms;
    let everyone = WhoMay::Everyone.code();
    let campaign =
        p![c, n.id, n.product, n.group, &t.title, &t.letter, n.at, t.cut_off, everyone, n.leader];
    w.must(INSERT, campaign, taken);
    w.put(CHAIN, p![c, n.id, n.leader, t.arrives, t.minimum]);
}
pub fn insert_offer<R>(
    w: &mut Writes<R>,
    c: C,
    (campaign, variant): (Id<id::Campaign>, Id<id::Variant>),
    position: usize,
    most: i64,
) {
    w.put(OFFER, p![c, campaign, variant, position as i64, most]);
}

fn read(r: Row<'_>) -> Chain {
    Chain {
        id: r.id(0),
        group: r.id(1),
        leader: r.id(2),
        cut_off: r.moment(3),
        minimum: r.int(4),
        raised: r.int(5),
        state: r.word(6, ChainState::of),
    }
}
pub fn chain(rx: &mut Rx<'_>, c: C, id: Id<id::Campaign>) -> Result<Option<Chain>, Fault> {
    rx.one(OF, p![c, id], read)
}
/// For a verb that gives numbers or ends it: such verbs come one after the other.
pub fn chain_alone(tx: &mut Tx<'_>, c: C, id: Id<id::Campaign>) -> Result<Option<Chain>, Fault> {
    campaigns::lock(tx, c, id)?;
    chain(tx, c, id)
}
/// Whether a member may order from the lists of a group: a closed one's are for who is in it.
pub fn open_to(rx: &mut Rx<'_>, c: C, group: Id<id::Group>, member: M) -> Result<bool, Fault> {
    Ok(rx.one(DOOR, p![c, group, member], |_| ())?.is_some())
}
pub fn listed(
    rx: &mut Rx<'_>,
    c: C,
    campaign: Id<id::Campaign>,
    variant: Id<id::Variant>,
) -> Result<Option<Listed>, Fault> {
    rx.one(LISTED, p![c, campaign, variant], |r| Listed {
        price: r.int(0),
        most: r.int(1),
        taken: r.int(2),
    })
}
pub fn place(rx: &mut Rx<'_>, c: C, order: Id<id::Order>) -> Result<Option<Place>, Fault> {
    rx.one(PLACE_OF, p![c, order], |r| Place {
        order: r.id(0),
        campaign: r.id(1),
        member: r.id(2),
        named: r.bool(3),
        state: r.word(4, PlaceState::of),
        refund: r.id(5),
        by: r.opt_id(6),
    })
}
/// Paid orders that are to be served, or refunded, when the list is closed.
pub fn confirmed(
    rx: &mut Rx<'_>,
    c: C,
    campaign: Id<id::Campaign>,
) -> Result<Vec<Id<id::Order>>, Fault> {
    rx.all(CONFIRMED, p![c, campaign], |r| r.id(0))
}

/// Unpaid orders of a list.
pub fn held(
    rx: &mut Rx<'_>,
    c: C,
    campaign: Id<id::Campaign>,
) -> Result<Vec<Id<id::Order>>, Fault> {
    rx.all(HELD, p![c, campaign], |r| r.id(0))
}
pub fn cut_off_now<R>(w: &mut Writes<R>, c: C, id: Id<id::Campaign>, now: Moment, moved: R) {
    w.must(CUT_OFF, p![c, id, now], moved);
}

pub fn insert_place<R>(w: &mut Writes<R>, c: C, p: &Place, at: Moment) {
    w.put(PLACE, p![c, p.order, p.campaign, p.member, p.named, p.refund, p.by, at]);
}
pub fn take<R>(
    w: &mut Writes<R>,
    c: C,
    (campaign, variant): (Id<id::Campaign>, Id<id::Variant>),
    qty: i64,
    none_left: R,
) {
    w.must(TAKE, p![c, campaign, variant, qty], none_left);
}
pub fn give<R>(
    w: &mut Writes<R>,
    c: C,
    (campaign, variant): (Id<id::Campaign>, Id<id::Variant>),
    qty: i64,
    moved: R,
) {
    w.must(GIVE, p![c, campaign, variant, qty], moved);
}
pub fn release<R>(w: &mut Writes<R>, c: C, p: &Place, moved: R) {
    w.must(MOVE, p![c, p.order, "held", "released"], moved);
}
/// Paid: the order counts and gets its number. None when another was faster.
pub fn confirm(tx: &mut Tx<'_>, c: C, p: &Place, goods: i64) -> Result<Option<i64>, Fault> {
    if tx.exec(RAISE, p![c, p.campaign, goods])? == 0 {
        return Ok(None);
    }
    let number = campaigns::next_number(tx, c, p.campaign)?;
    let now = tx.now();
    if tx.exec(CONFIRM, p![c, p.order, number, now])? != 1 {
        return Err(Fault::broken("a held order without its place"));
    }
    Ok(Some(number))
}
pub fn count_back<R>(
    w: &mut Writes<R>,
    c: C,
    (order, variant): (Id<id::Order>, Id<id::Variant>),
    (qty, amount): (i64, i64),
) {
    w.put(FEWER, p![c, order, variant, qty]);
    w.put(LESS, p![c, order, amount]);
}
pub fn leave<R>(w: &mut Writes<R>, c: C, p: &Place, moved: R) {
    w.must(LEAVE, p![c, p.order], moved);
}
/// The cut-off came.
pub fn end<R: Copy>(
    w: &mut Writes<R>,
    c: C,
    (chain, to): (&Chain, ChainState),
    orders: usize,
    now: Moment,
    moved: R,
) {
    let unsettled = if to == ChainState::Failing { orders as i64 } else { 0 };
    w.must(CLOSE, p![c, chain.id, now], moved);
    w.must(END, p![c, chain.id, to.code(), now, unsettled, chain.raised], moved);
}
/// One order of a failed chain order is given back.
pub fn settle<R: Copy>(w: &mut Writes<R>, c: C, p: &Place, to: PlaceState, moved: R) {
    w.must(MOVE, p![c, p.order, p.state.code(), to.code()], moved);
    if to == PlaceState::Refunded {
        w.put(SETTLED, p![c, p.order, to.code()]);
    }
}
/// Its refund is paid or parked; for other orders this touches nothing.
pub fn refund_ended<R>(w: &mut Writes<R>, c: C, order: Id<id::Order>) {
    w.put(SETTLED, p![c, order, PlaceState::Refunding.code()]);
    w.put(MOVE, p![c, order, "refunding", "refunded"]);
}
