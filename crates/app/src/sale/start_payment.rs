//! The buyer chooses how to pay: an attempt with a number of its own.
use super::{seats, tables, tables_money as money};
use crate::community::who::Who;
use crate::db::{Tx, Writes};
use crate::{App, Stop, holds, jobs};
use rules::base::{Id, Moment, id};
use rules::ledger::Provider;
use rules::sale::line::State;
use rules::sale::order;

#[derive(Clone, Copy, Debug)]
pub struct StartPayment {
    pub who: Who,
    /// Minted into the form.
    pub id: Id<id::Payment>,
    pub order: Id<id::Order>,
    pub provider: Provider,
}

crate::refusals! {
    NoSuchOrder = "no_such_order",
    ProviderNotHere = "provider_not_available",
    IdUsed = "id_used_for_another_payment",
    NotWaiting = "not_waiting_for_payment",
}

impl App {
    /// Returns the amount to pay: what the wallet does not cover.
    pub async fn start_payment(&self, now: Moment, s: StartPayment) -> Result<i64, Stop<Refused>> {
        if !self.gateway.payments.mounted(s.provider) {
            return Err(Refused::ProviderNotHere.into());
        }
        self.db.write(now, move |tx| start(tx, &s)).await
    }
}

fn start(tx: &mut Tx<'_>, s: &StartPayment) -> Result<i64, Stop<Refused>> {
    let (c, now) = (s.who.community, tx.now());
    let order = tables::order_alone(tx, c, s.order)?.ok_or(Refused::NoSuchOrder)?;
    if order.member != s.who.member {
        return Err(Refused::NoSuchOrder.into());
    }
    if let Some(before) = money::payment(tx, c, s.id)? {
        let same = before.order == s.order && before.provider == s.provider;
        return if same { Ok(before.amount) } else { Err(Refused::IdUsed.into()) };
    }
    if order.state != State::AwaitingPayment || order.pay_until <= now {
        return Err(Refused::NotWaiting.into());
    }
    let mut w = Writes::default();
    money::start(&mut w, c, (s.id, s.order), s.provider, order.to_pay(), now, Refused::IdUsed);
    // a bank transfer takes people longer than a tap
    let until = order::pay_until(order.placed_at, s.provider).max(order.pay_until);
    let until = seats::cap(tx, c, order.id, until)?.max(order.pay_until);
    if until > order.pay_until {
        tables::set_pay_until(&mut w, c, s.order, until, Refused::NotWaiting);
        jobs::postpone(&mut w, c, jobs::Kind::ReleaseUnpaid, s.order.raw(), until);
        for line in &order.lines {
            holds::extend(&mut w, c, line.id.as_id(), until, Refused::NotWaiting);
        }
        holds::extend_if(&mut w, c, order.id.as_id(), until);
    }
    tx.run(w)?;
    Ok(order.to_pay())
}
