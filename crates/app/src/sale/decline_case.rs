//! Staff answer a case with a no and say why. A yes is a refund: see `refund_order`.
use super::{tables, tables_case, tell};
use crate::community::who::Who;
use crate::db::{Tx, Writes};
use crate::facts::Fact;
use crate::{App, Stop, facts};
use rules::base::{Id, Moment, id, text};
use rules::community::role::Right;
use rules::reach::notice::Kind;
use rules::sale::case::State;

crate::refusals! {
    NotAllowed = "not_allowed",
    NoSuchCase = "no_such_case",
    ReasonMissing = "reason_missing",
    Answered = "case_answered",
}

impl App {
    pub async fn decline_case(
        &self,
        now: Moment,
        who: Who,
        case: Id<id::Case>,
        answer: String,
    ) -> Result<(), Stop<Refused>> {
        if !who.rights.may(Right::Orders) {
            return Err(Refused::NotAllowed.into());
        }
        self.db.write(now, move |tx| decline(tx, who, case, &answer)).await
    }
}

fn decline(tx: &mut Tx<'_>, who: Who, id: Id<id::Case>, answer: &str) -> Result<(), Stop<Refused>> {
    let c = who.community;
    let known = tables_case::case(tx, c, id)?.ok_or(Refused::NoSuchCase)?;
    match known.state {
        State::Declined => return Ok(()),
        State::Open => {}
        _ => return Err(Refused::Answered.into()),
    }
    let answer = text::clip(&text::line(answer), 200);
    if answer.is_empty() {
        return Err(Refused::ReasonMissing.into());
    }
    let order = tables::order(tx, c, known.order)?.ok_or(Refused::NoSuchCase)?;
    let (mut w, by) = (Writes::default(), (who.member, tx.now()));
    tables_case::decide(&mut w, c, (id, State::Declined), &answer, by, Refused::Answered);
    let told = (Kind::RefundDeclined, Some(who.member));
    tell::buyer(tx, &mut w, c, &order, told, &[("reason", &answer)])?;
    let (subject, actor) = (order.id.raw(), Some(who.member));
    let body = format!("{{\"case\":\"{id}\"}}");
    facts::write(tx, &mut w, c, Fact { kind: "refund_declined", subject, actor, body: &body });
    tx.run(w)
}
