//! Manual payment: the buyer shows a proof, staff refuse it or (see `capture`) confirm it.
use super::{seats, tables, tables_money as money, tell};
use crate::community::who::Who;
use crate::db::{Tx, Writes};
use crate::facts::Fact;
use crate::{App, Stop, facts, jobs, pictures};
use rules::base::{Id, Moment, id, moment, text};
use rules::community::role::Right;
use rules::ledger::Provider;
use rules::reach::notice::Kind;
use rules::sale::line::State;
use rules::sale::order::PaymentState;

/// After a refused proof the buyer has so long to show a better one.
const AGAIN_MS: i64 = 2 * moment::HOUR;

#[derive(Clone, Debug)]
pub struct GiveProof {
    pub who: Who,
    pub payment: Id<id::Payment>,
    /// The number on the bank's slip; one slip pays one order.
    pub slip: String,
    /// A private picture of the order, or empty.
    pub picture: String,
}

crate::refusals! {
    NotAllowed = "not_allowed",
    NoSuchPayment = "no_such_payment",
    NoSlip = "no_slip_number",
    SlipUsed = "slip_number_used",
    NoSuchPicture = "no_such_picture",
    NotWaiting = "not_waiting_for_payment",
}

impl App {
    pub async fn give_proof(&self, now: Moment, g: GiveProof) -> Result<(), Stop<Refused>> {
        self.db.write(now, move |tx| give(tx, &g)).await
    }
    /// Staff do not find the transfer; the buyer is told why and the clock runs again.
    pub async fn refuse_proof(
        &self,
        now: Moment,
        who: Who,
        payment: Id<id::Payment>,
        reason: String,
    ) -> Result<(), Stop<Refused>> {
        if !who.rights.may(Right::Money) {
            return Err(Refused::NotAllowed.into());
        }
        self.db.write(now, move |tx| refuse(tx, who, payment, &reason)).await
    }
}

fn give(tx: &mut Tx<'_>, g: &GiveProof) -> Result<(), Stop<Refused>> {
    let c = g.who.community;
    let payment = money::payment(tx, c, g.payment)?.ok_or(Refused::NoSuchPayment)?;
    let order = tables::order_alone(tx, c, payment.order)?.ok_or(Refused::NoSuchPayment)?;
    if order.member != g.who.member || payment.provider != Provider::Manual {
        return Err(Refused::NoSuchPayment.into());
    }
    let slip = text::line(&g.slip).to_uppercase();
    if !(4..=60).contains(&slip.chars().count()) {
        return Err(Refused::NoSlip.into());
    }
    if !g.picture.is_empty() && !pictures::is_private(&g.picture) {
        return Err(Refused::NoSuchPicture.into());
    }
    if payment.slip.as_deref() == Some(&slip) {
        return Ok(());
    }
    if money::slip_used(tx, c, &slip, g.payment)? {
        return Err(Refused::SlipUsed.into());
    }
    if payment.state != PaymentState::Started || order.state != State::AwaitingPayment {
        return Err(Refused::NotWaiting.into());
    }
    let mut w = Writes::default();
    money::give_proof(&mut w, c, g.payment, (&slip, &g.picture), Refused::NotWaiting);
    // the clock stops until staff decide; a seat waits no longer than its team
    let never = Moment(i64::MAX);
    let until = seats::cap(tx, c, order.id, never)?;
    match until == never {
        true => jobs::cancel(&mut w, c, jobs::Kind::ReleaseUnpaid, order.id.raw()),
        false => jobs::postpone(&mut w, c, jobs::Kind::ReleaseUnpaid, order.id.raw(), until),
    }
    let (subject, actor) = (order.id.raw(), Some(g.who.member));
    facts::write(tx, &mut w, c, Fact { kind: "proof_given", subject, actor, body: "{}" });
    let told = (Right::Money, Kind::ProofWaiting, order.to_pay());
    tell::staff_of_money(tx, &mut w, c, &order, told)?;
    tx.run(w)
}

fn refuse(
    tx: &mut Tx<'_>,
    who: Who,
    id: Id<id::Payment>,
    reason: &str,
) -> Result<(), Stop<Refused>> {
    let c = who.community;
    let payment = money::payment(tx, c, id)?.ok_or(Refused::NoSuchPayment)?;
    let order = tables::order_alone(tx, c, payment.order)?.ok_or(Refused::NoSuchPayment)?;
    if payment.state != PaymentState::ProofGiven {
        return Err(Refused::NotWaiting.into());
    }
    let (mut w, now) = (Writes::default(), tx.now());
    let until = seats::cap(tx, c, payment.order, now.plus(AGAIN_MS))?;
    let reason = text::clip(&text::line(reason), 200);
    money::fail(&mut w, c, id, now, &reason, Refused::NotWaiting);
    // paid another way meanwhile: there is nothing left to ask of the buyer
    if order.state == State::AwaitingPayment {
        tables::set_pay_until(&mut w, c, payment.order, until, Refused::NotWaiting);
        jobs::afresh(&mut w, c, jobs::Kind::ReleaseUnpaid, payment.order.raw(), until);
        let told = (Kind::PaymentRefused, Some(who.member));
        tell::buyer(tx, &mut w, c, &order, told, &[("reason", &reason)])?;
    }
    let (subject, actor) = (payment.order.raw(), Some(who.member));
    facts::write(tx, &mut w, c, Fact { kind: "proof_refused", subject, actor, body: "{}" });
    tx.run(w)
}
