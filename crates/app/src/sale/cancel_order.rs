//! Cancel an order: unpaid ones give back what they hold, paid ones nobody packed are refunded.
use super::owed;
use super::refund_order::{self, Giving};
use super::tables::{self, Order};
use super::{chains, seats, tables_catalogue as catalogue, tables_money as money};
use crate::community::who::Who;
use crate::db::{Fault, Tx, Writes};
use crate::facts::Fact;
use crate::loyalty::{use_coupon, use_points};
use crate::{App, Stop, facts, holds, jobs};
use rules::base::{Id, Moment, id};
use rules::community::role::Right;
use rules::sale::line::State;

#[derive(Clone, Copy, Debug)]
pub struct CancelOrder {
    pub who: Who,
    pub order: Id<id::Order>,
    /// The number of the refund, if money has to go back.
    pub refund: Id<id::Refund>,
}

crate::refusals! {
    NoSuchOrder = "no_such_order",
    /// A proof was given: staff decide first.
    ProofGiven = "proof_is_being_checked",
    TooLate = "too_late_to_cancel",
    Moved = "moved",
}

impl App {
    pub async fn cancel_order(&self, now: Moment, o: CancelOrder) -> Result<(), Stop<Refused>> {
        self.db.write(now, move |tx| cancel(tx, &o)).await
    }
}

fn cancel(tx: &mut Tx<'_>, o: &CancelOrder) -> Result<(), Stop<Refused>> {
    let c = o.who.community;
    let order = tables::order_alone(tx, c, o.order)?.ok_or(Refused::NoSuchOrder)?;
    if order.member != o.who.member && !o.who.rights.may(Right::Orders) {
        return Err(Refused::NoSuchOrder.into());
    }
    match order.state {
        State::Cancelled | State::ClosedUnpaid => Ok(()),
        State::AwaitingPayment => {
            let open = money::open_payments(tx, c, o.order)?;
            if open.iter().any(|p| p.slip.is_some()) {
                return Err(Refused::ProofGiven.into());
            }
            let mut w = Writes::default();
            let by = Some(o.who.member);
            give_back(tx, &mut w, c, &order, State::Cancelled, by, Refused::Moved)?;
            tx.run(w)
        }
        State::ToFulfil | State::AwaitingGroup | State::AwaitingGoal if untouched(&order) => {
            let all = Giving {
                community: c,
                by: Some(o.who.member),
                id: o.refund,
                lines: order.lines.iter().map(|l| (l.id, l.kept())).collect(),
                shipping: true,
                restock: true,
                reason: "cancelled_by_buyer".into(),
            };
            refund_order::refund(tx, &all, &order).map_err(|stop| stop.map(|_| Refused::Moved))
        }
        _ => Err(Refused::TooLate.into()),
    }
}

/// Nothing of it was sent, laid ready or given back yet.
fn untouched(order: &Order) -> bool {
    order
        .states()
        .iter()
        .all(|s| matches!(s, State::ToFulfil | State::AwaitingGroup | State::AwaitingGoal))
}

/// Stock, seat, holds, receivable and job of an unpaid order go back together.
pub(super) fn give_back<R: Copy>(
    tx: &mut Tx<'_>,
    w: &mut Writes<R>,
    c: Id<id::Community>,
    order: &Order,
    to: State,
    by: Option<Id<id::Member>>,
    moved: R,
) -> Result<(), Fault> {
    let now = tx.now();
    seats::give_back(tx, w, c, order, moved)?;
    chains::give_back(tx, w, c, order, moved)?;
    use_coupon::give_back(tx, w, c, order.id, moved)?;
    use_points::give_back(tx, w, c, (order.id, order.member), moved)?;
    for line in &order.lines {
        tables::move_line(w, c, line, to, now, moved);
        catalogue::give_back_stock(w, c, line.variant, line.qty, moved);
        holds::release(w, c, line.id.as_id(), moved);
    }
    tables::move_order(w, c, order, to, now, moved);
    money::close_started(w, c, order.id, now);
    jobs::cancel(w, c, jobs::Kind::ReleaseUnpaid, order.id.raw());
    owed::void(tx, w, c, order, moved)?;
    let kind = match to {
        State::Cancelled => "order_cancelled",
        _ => "order_closed_unpaid",
    };
    facts::write(tx, w, c, Fact { kind, subject: order.id.raw(), actor: by, body: "{}" });
    Ok(())
}
