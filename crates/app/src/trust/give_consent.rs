//! Agree that friends may see what one bought, or take it back: it holds from the next page on.
use super::tables_ties as tables;
use crate::community::who;
use crate::db::{Tx, Writes};
use crate::facts::{self, Fact};
use crate::{App, Stop};
use rules::base::{Id, Moment, id};
use rules::trust::tie::Consent;

crate::refusals! {
    NotAMember = "not_a_member",
}

impl App {
    pub async fn give_consent(
        &self,
        now: Moment,
        c: Id<id::Community>,
        member: Id<id::Member>,
        what: Consent,
        given: bool,
    ) -> Result<(), Stop<Refused>> {
        let run = move |tx: &mut Tx<'_>| {
            who::member_is(tx, c, member)?.ok_or(Refused::NotAMember)?;
            let mut w = Writes::default();
            tables::set_consent(&mut w, c, member, (what, given), tx.now());
            let kind = if given { "consent_given" } else { "consent_withdrawn" };
            let body = format!("{{\"what\":\"{}\"}}", what.code());
            let (subject, actor) = (member.raw(), Some(member));
            facts::write(tx, &mut w, c, Fact { kind, subject, actor, body: &body });
            tx.run(w)
        };
        self.db.write(now, run).await
    }
}
