//! The job that sends money back which fits no open order, and the way by hand.
use super::tables_money as money;
use crate::community::who::Who;
use crate::db::{Tx, Writes};
use crate::facts::Fact;
use crate::jobs::{self, Job};
use crate::ledger::Meets;
use crate::{App, Stop, facts, ledger};
use gateway::payments::Outcome;
use rules::base::{Id, Moment, id, text};
use rules::community::role::Right;
use rules::ledger::{Account, Event, Group};
use rules::sale::order::PaymentState;

crate::refusals! {
    NotAllowed = "not_allowed",
    NoSuchPayment = "no_such_payment",
    NoSlip = "no_slip_number",
    LeaseLost = "lease_lost",
    Moved = "moved",
    Unsettled = "provider_has_not_answered",
    /// The provider will not pay it back; staff have to.
    ByHand = "has_to_be_returned_by_hand",
}

impl App {
    pub(crate) async fn return_suspense(&self, now: Moment, job: Job) -> Result<(), Stop<Refused>> {
        let (c, id) = (job.community, Id::<id::Payment>::of(job.subject));
        let known = self.db.read(move |rx| money::payment(rx, c, id)).await?;
        let known = known.ok_or(Refused::NoSuchPayment)?;
        let number = known.id.raw();
        match self.gateway.payments.refund(known.provider, number, known.amount).await {
            Outcome::Settled => {
                self.db.write(now, move |tx| give_back(tx, c, id, "", Some(&job))).await
            }
            Outcome::Unknown => Err(Refused::Unsettled.into()),
            Outcome::Refused(_) => Err(Refused::ByHand.into()),
        }
    }
    /// Staff returned the money by hand and write down how.
    pub async fn return_by_hand(
        &self,
        now: Moment,
        who: Who,
        id: Id<id::Payment>,
        slip: String,
    ) -> Result<(), Stop<Refused>> {
        if !who.rights.may(Right::Money) {
            return Err(Refused::NotAllowed.into());
        }
        let slip = text::clip(&text::line(&slip), 60);
        if slip.is_empty() {
            return Err(Refused::NoSlip.into());
        }
        let run = move |tx: &mut Tx<'_>| give_back(tx, who.community, id, &slip, None);
        self.db.write(now, run).await
    }
}

fn give_back(
    tx: &mut Tx<'_>,
    c: Id<id::Community>,
    id: Id<id::Payment>,
    note: &str,
    job: Option<&Job>,
) -> Result<(), Stop<Refused>> {
    let payment = money::payment(tx, c, id)?.ok_or(Refused::NoSuchPayment)?;
    let mut w = Writes::default();
    match job {
        Some(job) => jobs::done(tx, &mut w, job, Refused::LeaseLost),
        None => jobs::cancel(&mut w, c, jobs::Kind::ReturnSuspense, id.raw()),
    }
    if payment.state == PaymentState::Suspense {
        money::returned(&mut w, c, id, note, Refused::Moved);
        if payment.amount > 0 {
            let clearing = Account::Clearing(payment.provider);
            let parts = ledger::single(Account::Suspense, clearing, payment.amount);
            let (number, at) = (tx.mint(), tx.now());
            let group = Group { id: number, event: Event::SuspenseOut, cause: id.raw(), at, parts };
            let meets = Meets { short: Refused::Moved, twice: Refused::Moved };
            ledger::posted(&mut w, c, &group, meets);
        }
        let (subject, actor) = (id.raw(), None);
        facts::write(tx, &mut w, c, Fact { kind: "money_returned", subject, actor, body: "{}" });
    }
    tx.run(w)
}
