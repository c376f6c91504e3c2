//! Writes of orders, lines, parcels and carts, and the reads their verbs decide by.
use super::tables_farewell;
use crate::db::{Fault, Row, Rx, Writes};
use crate::p;
use rules::base::{Id, Moment, id};
use rules::ledger::Provider;
use rules::sale::line::State;
use rules::sale::order::Delivery;
use rules::sale::refund::Refundable;

type C = Id<id::Community>;

/// An order as its verbs see it.
#[derive(Clone, Debug)]
pub struct Order {
    pub id: Id<id::Order>,
    pub member: Id<id::Member>,
    pub state: State,
    pub goods: i64,
    pub shipping: i64,
    pub total: i64,
    /// The part of it that comes from the buyer's wallet.
    pub wallet: i64,
    pub refunded: i64,
    pub delivery: Delivery,
    pub group: Option<Id<id::Group>>,
    pub placed_at: Moment,
    pub pay_until: Moment,
    pub note: String,
    pub lines: Vec<Line>,
}

#[derive(Clone, Debug)]
pub struct Line {
    pub id: Id<id::Line>,
    pub product: Id<id::Product>,
    pub variant: Id<id::Variant>,
    pub title: String,
    pub qty: i64,
    pub amount: i64,
    pub state: State,
    pub refunded: i64,
    pub refunded_qty: i64,
}

impl Line {
    pub fn refundable(&self) -> Refundable {
        Refundable {
            qty: self.qty,
            amount: self.amount,
            refunded_qty: self.refunded_qty,
            refunded: self.refunded,
        }
    }
    /// Units that were not given back.
    pub fn kept(&self) -> i64 {
        self.qty - self.refunded_qty
    }
}

impl Order {
    /// What the wallet does not cover.
    pub fn to_pay(&self) -> i64 {
        self.total - self.wallet
    }
    pub fn states(&self) -> Vec<State> {
        self.lines.iter().map(|l| l.state).collect()
    }
}

/// What is written of a new order.
pub struct NewOrder<'a> {
    pub id: Id<id::Order>,
    pub member: Id<id::Member>,
    /// After the discount.
    pub goods: i64,
    pub discount: i64,
    /// What points took off besides.
    pub points_off: i64,
    pub shipping: i64,
    pub total: i64,
    pub delivery: Delivery,
    pub group: Option<Id<id::Group>>,
    pub pickup_text: &'a str,
    pub recipient: &'a str,
    pub phone: &'a str,
    pub region: &'a str,
    pub street: &'a str,
    pub note: &'a str,
    pub provider: Provider,
    pub placed_at: Moment,
    pub pay_until: Moment,
    pub source_post: Option<Id<id::Post>>,
    pub wallet: i64,
}

/// What is written of a new line; its terms are a snapshot and are never read again elsewhere.
pub struct NewLine<'a> {
    pub id: Id<id::Line>,
    pub order: Id<id::Order>,
    pub position: i64,
    pub product: Id<id::Product>,
    pub variant: Id<id::Variant>,
    pub title: &'a str,
    pub choices: &'a str,
    pub look: &'a str,
    pub unit_price: i64,
    pub list_price: Option<i64>,
    pub qty: i64,
    /// After the discount.
    pub amount: i64,
    pub discount: i64,
    pub points_off: i64,
    pub member: Id<id::Member>,
}

const ORDER: &str = "SELECT id, member_id, state, goods, shipping, total, refunded, delivery,
    group_id, placed_at, pay_until, note, wallet FROM orders
    WHERE community_id = $1 AND id = $2";
const ALONE: &str = "UPDATE orders SET state = state WHERE community_id = $1 AND id = $2";
const LINES: &str = "SELECT id, product_id, variant_id, title, qty, amount, state, refunded,
    refunded_qty FROM order_line WHERE community_id = $1 AND order_id = $2 ORDER BY position";
const BY_CODE: &str = "SELECT id FROM orders
    WHERE community_id = $1 AND pickup_code = $2 AND ended_at IS NULL AND pickup_code <> ''";
const INSERT: &str = "INSERT INTO orders (community_id, id, member_id, state, goods, shipping,
    total, refunded, delivery, group_id, pickup_text, pickup_code, recipient, phone, region, street,
    note, provider, placed_at, pay_until, source_post, discount, wallet, points_off)
    VALUES ($1,$2,$3,'awaiting_payment',$4,$5,$6,0,$7,$8,$9,'',$10,$11,$12,$13,$14,$15,$16,$17,$18,
      $19,$20,$21)
    ON CONFLICT DO NOTHING";
const LINE: &str = "INSERT INTO order_line (community_id, id, order_id, position, product_id,
    variant_id, title, choices, look, unit_price, qty, amount, state, refunded, refunded_qty,
    member_id, reviewed, discount, list_price, points_off)
    VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,'awaiting_payment',0,0,$13,false,$14,$15,$16)";
const LINE_STATE: &str = "UPDATE order_line SET state = $4
    WHERE community_id = $1 AND id = $2 AND state = $3";
const LINE_RECEIVED: &str = "UPDATE order_line SET state = 'received', received_at = $4
    WHERE community_id = $1 AND id = $2 AND state = $3";
const ORDER_STATE: &str = "UPDATE orders SET state = $4
    WHERE community_id = $1 AND id = $2 AND state = $3";
const PAID: &str = "UPDATE orders SET state = $5, paid_at = $3, provider = $4
    WHERE community_id = $1 AND id = $2 AND state = 'awaiting_payment'";
const ENDED: &str = "UPDATE orders SET ended_at = $3
    WHERE community_id = $1 AND id = $2 AND ended_at IS NULL";
const CODE: &str = "UPDATE orders SET pickup_code = $3 WHERE community_id = $1 AND id = $2";
const PAY_UNTIL: &str = "UPDATE orders SET pay_until = $3
    WHERE community_id = $1 AND id = $2 AND state = 'awaiting_payment'";
const REFUND_ORDER: &str = "UPDATE orders SET refunded = refunded + $3
    WHERE community_id = $1 AND id = $2 AND refunded + $3 <= total";
const REFUND_LINE: &str = "UPDATE order_line SET refunded = refunded + $4,
    refunded_qty = refunded_qty + $3 WHERE community_id = $1 AND id = $2
    AND refunded_qty + $3 <= qty AND refunded + $4 <= amount AND refunded_qty = $5";
const PARCEL: &str = "INSERT INTO parcel (community_id, id, order_id, carrier, tracking,
    shipped_at, by_member) VALUES ($1,$2,$3,$4,$5,$6,$7)";
const CART_PUT: &str = "INSERT INTO cart_line (community_id, member_id, variant_id, qty, added_at,
    source_post) VALUES ($1,$2,$3,$4,$5,$6)
    ON CONFLICT (community_id, member_id, variant_id) DO UPDATE SET qty = $4";
const CART_QTY: &str = "SELECT qty FROM cart_line
    WHERE community_id = $1 AND member_id = $2 AND variant_id = $3";
const CART_COUNT: &str = "SELECT count(*) FROM cart_line
    WHERE community_id = $1 AND member_id = $2";
const CART_DROP: &str = "DELETE FROM cart_line
    WHERE community_id = $1 AND member_id = $2 AND variant_id = $3";
const ADDRESS: &str = "INSERT INTO address (community_id, id, member_id, recipient, phone, region,
    street, used_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8)";
const SAME_ADDRESS: &str = "UPDATE address SET used_at = $8 WHERE community_id = $1
    AND member_id = $2 AND recipient = $3 AND phone = $4 AND region = $5 AND street = $6
    AND used_at <= $7";

/// The pick-up point of a group as a line of text, and whether a member leads the group.
const PICKUP: &str = "SELECT pickup_name, pickup_address FROM room
    WHERE community_id = $1 AND id = $2 AND pickup_name <> ''";
const LEADS: &str = "SELECT 1 FROM room_member WHERE community_id = $1 AND room_id = $2
    AND member_id = $3 AND role IN ('leader', 'council')";

/// The longest window of the jurisdictions in which a buyer may return without a reason.
pub const LONGEST_RETURN_DAYS: i64 = 14;

pub fn pickup_point(rx: &mut Rx<'_>, c: C, group: Id<id::Group>) -> Result<Option<String>, Fault> {
    rx.one(PICKUP, p![c, group], |r| {
        let (name, address) = (r.text(0), r.text(1));
        if address.is_empty() { name } else { format!("{name} · {address}") }
    })
}
pub fn leads(
    rx: &mut Rx<'_>,
    c: C,
    group: Id<id::Group>,
    member: Id<id::Member>,
) -> Result<bool, Fault> {
    Ok(rx.one(LEADS, p![c, group, member], |_| ())?.is_some())
}

fn read_order(r: Row<'_>) -> Order {
    Order {
        id: r.id(0),
        member: r.id(1),
        state: r.word(2, State::of),
        goods: r.int(3),
        shipping: r.int(4),
        total: r.int(5),
        refunded: r.int(6),
        delivery: r.word(7, Delivery::of),
        group: r.opt_id(8),
        placed_at: r.moment(9),
        pay_until: r.moment(10),
        note: r.text(11),
        wallet: r.int(12),
        lines: Vec::new(),
    }
}

pub fn order(rx: &mut Rx<'_>, c: C, id: Id<id::Order>) -> Result<Option<Order>, Fault> {
    let Some(mut order) = rx.one(ORDER, p![c, id], read_order)? else { return Ok(None) };
    order.lines = rx.all(LINES, p![c, id], |r| Line {
        id: r.id(0),
        product: r.id(1),
        variant: r.id(2),
        title: r.text(3),
        qty: r.int(4),
        amount: r.int(5),
        state: r.word(6, State::of),
        refunded: r.int(7),
        refunded_qty: r.int(8),
    })?;
    Ok(Some(order))
}
/// The order for a verb that moves some of its lines: such verbs come one after the other, or each
/// would draw the order's state from lines that another is moving.
pub fn order_alone(
    tx: &mut crate::db::Tx<'_>,
    c: C,
    id: Id<id::Order>,
) -> Result<Option<Order>, Fault> {
    tx.exec(ALONE, p![c, id])?;
    order(tx, c, id)
}
pub fn order_by_code(rx: &mut Rx<'_>, c: C, code: &str) -> Result<Option<Id<id::Order>>, Fault> {
    rx.one(BY_CODE, p![c, code], |r| r.id(0))
}

pub fn insert_order<R>(w: &mut Writes<R>, c: C, o: &NewOrder<'_>, taken: R) {
    let args = p![
        c,
        o.id,
        o.member,
        o.goods,
        o.shipping,
        o.total,
        o.delivery.code(),
        o.group,
        o.pickup_text,
        o.recipient,
        o.phone,
        o.region,
        o.street,
        o.note,
        o.provider.code(),
        o.placed_at,
        o.pay_until,
        o.source_post,
        o.discount,
        o.wallet,
        o.points_off
    ];
    w.must(INSERT, args, taken);
}
pub fn insert_line<R>(w: &mut Writes<R>, c: C, l: &NewLine<'_>) {
    let args = p![
        c,
        l.id,
        l.order,
        l.position,
        l.product,
        l.variant,
        l.title,
        l.choices,
        l.look,
        l.unit_price,
        l.qty,
        l.amount,
        l.member,
        l.discount,
        l.list_price,
        l.points_off
    ];
    w.put(LINE, args);
}
/// Moves one line along the transition table; the law was asked before.
pub fn move_line<R>(w: &mut Writes<R>, c: C, line: &Line, to: State, at: Moment, moved: R) {
    debug_assert!(line.state.may_become(to), "{:?} to {to:?}", line.state);
    let (from, to_code) = (line.state.code(), to.code());
    match to {
        State::Received => w.must(LINE_RECEIVED, p![c, line.id, from, at], moved),
        _ => w.must(LINE_STATE, p![c, line.id, from, to_code], moved),
    }
}
/// Brings the order's own state in line with its lines.
pub fn move_order<R>(w: &mut Writes<R>, c: C, order: &Order, to: State, at: Moment, moved: R) {
    if order.state != to {
        w.must(ORDER_STATE, p![c, order.id, order.state.code(), to.code()], moved);
    }
    if to.ended() || to == State::Completed {
        w.put(ENDED, p![c, order.id, at]);
        tables_farewell::order_ended(w, c, order.id);
    }
}
pub fn order_paid<R>(
    w: &mut Writes<R>,
    c: C,
    id: Id<id::Order>,
    (to, at): (State, Moment),
    by: Provider,
    moved: R,
) {
    w.must(PAID, p![c, id, at, by.code(), to.code()], moved);
}
pub fn set_code<R>(w: &mut Writes<R>, c: C, id: Id<id::Order>, code: &str) {
    w.put(CODE, p![c, id, code]);
}
pub fn set_pay_until<R>(w: &mut Writes<R>, c: C, id: Id<id::Order>, until: Moment, moved: R) {
    w.must(PAY_UNTIL, p![c, id, until], moved);
}
/// Counts money given back on the order; never more than was taken.
pub fn count_refund<R>(w: &mut Writes<R>, c: C, id: Id<id::Order>, amount: i64, too_much: R) {
    w.must(REFUND_ORDER, p![c, id, amount], too_much);
}
/// Counts units and money given back on a line, if nobody did since it was read.
pub fn count_line_refund<R>(
    w: &mut Writes<R>,
    c: C,
    line: &Line,
    qty: i64,
    amount: i64,
    too_much: R,
) {
    w.must(REFUND_LINE, p![c, line.id, qty, amount, line.refunded_qty], too_much);
}
pub fn insert_parcel<R>(
    w: &mut Writes<R>,
    c: C,
    (id, order): (Id<id::Parcel>, Id<id::Order>),
    (carrier, tracking): (&str, &str),
    at: Moment,
    by: Id<id::Member>,
) {
    w.put(PARCEL, p![c, id, order, carrier, tracking, at, by]);
}

pub fn cart_qty(
    rx: &mut Rx<'_>,
    c: C,
    member: Id<id::Member>,
    variant: Id<id::Variant>,
) -> Result<i64, Fault> {
    Ok(rx.one(CART_QTY, p![c, member, variant], |r| r.int(0))?.unwrap_or(0))
}
pub fn cart_count(rx: &mut Rx<'_>, c: C, member: Id<id::Member>) -> Result<i64, Fault> {
    Ok(rx.one(CART_COUNT, p![c, member], |r| r.int(0))?.unwrap_or(0))
}
pub fn put_in_cart<R>(
    w: &mut Writes<R>,
    c: C,
    member: Id<id::Member>,
    (variant, qty): (Id<id::Variant>, i64),
    at: Moment,
    source: Option<Id<id::Post>>,
) {
    w.put(CART_PUT, p![c, member, variant, qty, at, source]);
}
pub fn drop_from_cart<R>(
    w: &mut Writes<R>,
    c: C,
    member: Id<id::Member>,
    variant: Id<id::Variant>,
) {
    w.put(CART_DROP, p![c, member, variant]);
}

/// Remembers an address, or that it was used again.
pub fn remember_address(
    tx: &mut crate::db::Tx<'_>,
    c: C,
    member: Id<id::Member>,
    a: &rules::sale::address::Address,
) -> Result<(), Fault> {
    let now = tx.now();
    let (recipient, phone) = (&a.recipient, &a.phone);
    let same = p![c, member, recipient, phone, &a.region, &a.street, now, now];
    if tx.exec(SAME_ADDRESS, same)? == 0 {
        let id: Id<id::Address> = tx.mint();
        tx.exec(ADDRESS, p![c, id, member, recipient, phone, &a.region, &a.street, now])?;
    }
    Ok(())
}
