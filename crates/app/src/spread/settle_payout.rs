//! Staff say how a payout came out; nothing is tried again by itself. The list of transfers.
use super::request_payout::group_of;
use super::tables_payout::{self as tables, Outcome, Payout};
use crate::community::tables_audit_log::{self as audit_log, Deed};
use crate::community::who::Who;
use crate::db::{Fault, Tx, Writes};
use crate::facts::Fact;
use crate::reach::{self, Notice};
use crate::sale::tell;
use crate::{App, Stop, facts, ledger};
use rules::base::{Id, Moment, id, text};
use rules::community::role::Right;
use rules::reach::notice::Kind;
use rules::spread::payout::{State, Terms, slip};

/// Transfers on one list.
const LIST: i64 = 500;

#[derive(Clone, Debug)]
pub struct SettlePayout {
    pub who: Who,
    pub id: Id<id::Payout>,
    pub to: State,
    /// The bank's number, when it was paid.
    pub slip: String,
    /// Why, when it was not, or nobody knows.
    pub reason: String,
}

crate::refusals! {
    NotAllowed = "not_allowed",
    NoSuchPayout = "no_such_payout",
    BadState = "bad_state",
    NoSlip = "no_slip_number",
    NoReason = "no_reason",
    SlipUsed = "slip_used",
    /// It was settled otherwise meanwhile.
    Moved = "moved",
    BadTerms = "bad_payout_terms",
}

impl App {
    pub async fn settle_payout(&self, now: Moment, s: SettlePayout) -> Result<(), Stop<Refused>> {
        if !s.who.rights.may(Right::Money) {
            return Err(Refused::NotAllowed.into());
        }
        self.db.write(now, move |tx| settle(tx, &s)).await
    }
    /// Claims on no list yet are on this one, and on no other.
    pub async fn list_transfers(
        &self,
        now: Moment,
        who: Who,
    ) -> Result<Vec<Id<id::Payout>>, Stop<Refused>> {
        if !who.rights.may(Right::Money) {
            return Err(Refused::NotAllowed.into());
        }
        let list = move |tx: &mut Tx<'_>| {
            let (c, mut w) = (who.community, Writes::default());
            let all = tables::waiting(tx, c, LIST)?;
            for id in &all {
                tables::exported(&mut w, c, *id, now, Refused::Moved);
            }
            tx.run(w)?;
            Ok(all)
        };
        self.db.write(now, list).await
    }
    /// Payouts that were asked for keep the fee they were asked under.
    pub async fn set_payout_terms(
        &self,
        now: Moment,
        who: Who,
        terms: Terms,
    ) -> Result<(), Stop<Refused>> {
        if !who.rights.may(Right::Money) {
            return Err(Refused::NotAllowed.into());
        }
        if !terms.fit() {
            return Err(Refused::BadTerms.into());
        }
        let set = move |tx: &mut Tx<'_>| {
            let c = who.community;
            let old = tables::terms(tx, c)?;
            let mut w: Writes<Refused> = Writes::default();
            tables::set_terms(&mut w, c, terms);
            let told = |t: Terms| format!("{} {}", t.least, t.fee);
            let (was, became) = (told(old), told(terms));
            let deed = Deed {
                actor: who.member,
                what: "set_payout_terms",
                subject: c.raw(),
                was: &was,
                became: &became,
                reason: "",
            };
            audit_log::write(tx, &mut w, c, deed);
            tx.run(w)
        };
        self.db.write(now, set).await
    }
}

fn settle(tx: &mut Tx<'_>, s: &SettlePayout) -> Result<(), Stop<Refused>> {
    let (c, at, by) = (s.who.community, tx.now(), s.who.member);
    let known = tables::payout(tx, c, s.id)?.ok_or(Refused::NoSuchPayout)?;
    let number = match s.to {
        State::Paid => Some(slip(&s.slip).ok_or(Refused::NoSlip)?),
        State::Failed | State::Unknown => None,
        State::Claim => return Err(Refused::BadState.into()),
    };
    let reason = text::clip(&text::line(&s.reason), 200);
    if s.to != State::Paid && reason.is_empty() {
        return Err(Refused::NoReason.into());
    }
    if known.state == s.to && known.slip == number {
        return Ok(()); // the same news again
    }
    if !known.state.may_become(s.to) {
        return Err(Refused::Moved.into());
    }
    if let Some(number) = &number
        && tables::slip_used(tx, c, number, s.id)?
    {
        return Err(Refused::SlipUsed.into());
    }
    // after this point it must succeed, unless another was faster
    let mut w = Writes::default();
    let outcome = Outcome { to: s.to, slip: number.as_deref(), reason: &reason, by, at };
    tables::settle(&mut w, c, &known, &outcome, Refused::Moved);
    let group = group_of(&known);
    match s.to {
        State::Paid => ledger::post(tx, &mut w, c, &group, Refused::Moved),
        State::Failed => ledger::void(tx, &mut w, c, &group, Refused::Moved),
        State::Claim | State::Unknown => {}
    }
    if !s.to.open() && tables::member_closed(tx, c, known.member)? {
        tables::forget(&mut w, c, known.member);
    }
    let body = format!("{{\"state\":\"{}\",\"amount\":{}}}", s.to.code(), known.amount);
    tell_earner(tx, &mut w, c, &known, (s.to, &reason))?;
    let (subject, actor) = (s.id.raw(), Some(by));
    facts::write(tx, &mut w, c, Fact { kind: "payout_settled", subject, actor, body: &body });
    let was = known.state.code();
    let deed =
        Deed { actor: by, what: "settle_payout", subject, was, became: s.to.code(), reason: "" };
    audit_log::write(tx, &mut w, c, deed);
    tx.run(w)
}

/// What came of it, to the one whose money it is.
fn tell_earner(
    tx: &mut Tx<'_>,
    w: &mut Writes<Refused>,
    c: Id<id::Community>,
    p: &Payout,
    (to, reason): (State, &str),
) -> Result<(), Fault> {
    let kind = match to {
        State::Paid => Kind::PayoutPaid,
        State::Failed => Kind::PayoutFailed,
        State::Claim | State::Unknown => return Ok(()),
    };
    let amount = tell::amount(tx, c, p.amount)?;
    let args = [("amount", amount.as_str()), ("reason", reason)];
    reach::notify(
        tx,
        w,
        c,
        p.member,
        Notice { kind, subject: p.id.raw(), actor: None, args: &args },
    )
}
