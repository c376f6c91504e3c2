//! Close a community. Only its owner does.
use super::tables_audit_log::{self as audit_log, Deed};
use super::tables_house as tables;
use super::who;
use crate::db::{Tx, Writes};
use crate::facts::{self, Fact};
use crate::{App, Stop};
use rules::base::{Id, Moment, id};
use rules::community::role::Role;

crate::refusals! {
    NotAllowed = "not_allowed",
    /// It was closed before.
    Gone = "gone",
}

impl App {
    /// Nobody sees it any more; its money rows stay.
    pub async fn close_community(
        &self,
        now: Moment,
        c: Id<id::Community>,
        by: Id<id::Member>,
    ) -> Result<(), Stop<Refused>> {
        let verb = move |tx: &mut Tx<'_>| {
            let who = who::member_is(tx, c, by)?.filter(|w| w.role == Role::Owner);
            who.ok_or(Refused::NotAllowed)?;
            let mut w = Writes::default();
            tables::close_community(&mut w, c, Refused::Gone);
            let (what, subject) = ("close_community", c.raw());
            let deed = Deed { actor: by, what, subject, was: "", became: "", reason: "" };
            audit_log::write(tx, &mut w, c, deed);
            let fact =
                Fact { kind: "community_closed", subject: c.raw(), actor: Some(by), body: "{}" };
            facts::write(tx, &mut w, c, fact);
            tx.run(w)
        };
        self.db.write(now, verb).await
    }
}
