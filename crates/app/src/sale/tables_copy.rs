//! An order placed anew with the terms of another one: nothing is priced or asked again.
use crate::db::Writes;
use crate::p;
use rules::base::{Id, Moment, id};

type C = Id<id::Community>;

const ORDER: &str = "INSERT INTO orders (community_id, id, member_id, state, goods, shipping,
    total, refunded, delivery, group_id, pickup_text, pickup_code, recipient, phone, region, street,
    note, provider, placed_at, pay_until, source_post)
    SELECT community_id, $3, member_id, 'awaiting_payment', goods, shipping, total, 0, delivery,
      group_id, pickup_text, '', recipient, phone, region, street, note, provider, $4, $4,
      source_post FROM orders WHERE community_id = $1 AND id = $2";
const LINE: &str = "INSERT INTO order_line (community_id, id, order_id, position, product_id,
    variant_id, title, choices, look, unit_price, qty, amount, state, refunded, refunded_qty,
    member_id, reviewed)
    SELECT community_id, $3, $4, position, product_id, variant_id, title, choices, look,
      unit_price, qty, amount, 'awaiting_payment', 0, 0, member_id, false
    FROM order_line WHERE community_id = $1 AND id = $2";

pub fn order<R>(
    w: &mut Writes<R>,
    c: C,
    (from, to): (Id<id::Order>, Id<id::Order>),
    at: Moment,
    gone: R,
) {
    w.must(ORDER, p![c, from, to, at], gone);
}
pub fn line<R>(
    w: &mut Writes<R>,
    c: C,
    (from, to): (Id<id::Line>, Id<id::Line>),
    order: Id<id::Order>,
    gone: R,
) {
    w.must(LINE, p![c, from, to, order], gone);
}
