//! Make a tag members can choose: staff do.
use super::tables_audit_log::{self as audit_log, Deed};
use super::tables_house as tables;
use super::who;
use crate::db::{Tx, Writes};
use crate::{App, Stop};
use rules::base::{Id, Moment, id};
use rules::community::role::Right;
use rules::community::tag;

#[derive(Clone, Debug)]
pub struct CreateTag {
    pub community: Id<id::Community>,
    pub by: Id<id::Member>,
    pub id: Id<id::Tag>,
    pub name: String,
}

crate::refusals! {
    BadName = "bad_name",
    NotAllowed = "not_allowed",
    /// There is one of this name.
    Taken = "taken",
}

impl App {
    pub async fn create_tag(&self, now: Moment, cmd: CreateTag) -> Result<(), Stop<Refused>> {
        let name = tag::name(&cmd.name).map_err(|_| Refused::BadName)?;
        let verb = move |tx: &mut Tx<'_>| {
            let c = cmd.community;
            let by = who::member_is(tx, c, cmd.by)?.ok_or(Refused::NotAllowed)?;
            if !by.rights.may(Right::Members) && !by.rights.may(Right::Content) {
                return Err(Refused::NotAllowed.into());
            }
            if tables::tag_name(tx, c, cmd.id)?.is_some() {
                return Ok(());
            }
            let mut w = Writes::default();
            let new = (cmd.id, name.as_str(), tag::folded(&name));
            tables::add_tag(&mut w, c, (new.0, new.1, &new.2), tx.now(), Refused::Taken);
            let (subject, actor) = (cmd.id.raw(), by.member);
            let deed =
                Deed { actor, what: "create_tag", subject, was: "", became: &name, reason: "" };
            audit_log::write(tx, &mut w, c, deed);
            tx.run(w)
        };
        self.db.write(now, verb).await
    }
}
