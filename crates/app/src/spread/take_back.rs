//! Money of an order goes back, and with it what was earned by it: the commission of sharers, the
//! pay of the leader who served it. Both may stand in one wallet.
use super::earn_commission as commission;
use super::earned_wallet::Spent;
use super::serve_list as service;
use crate::db::{Fault, Tx, Writes};
use crate::sale::tables::Order;
use rules::base::{Id, id};
use rules::sale::line::State;

/// Of each line `left` stays paid; `states`: how the order's lines stand after it.
pub fn take_back<R: Copy>(
    tx: &mut Tx<'_>,
    w: &mut Writes<R>,
    c: Id<id::Community>,
    order: &Order,
    (left, states): (&[(Id<id::Line>, i64)], &[State]),
    moved: R,
) -> Result<(), Fault> {
    let mut spent = Spent::default();
    commission::give_back(tx, w, c, order.id, left, &mut spent, moved)?;
    service::give_back(tx, w, c, order, (left, states), &mut spent, moved)
}
