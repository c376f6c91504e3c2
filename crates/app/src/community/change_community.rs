//! Change how a community presents itself. Only its owner does.
use super::tables_audit_log::{self as audit_log, Deed};
use super::tables_house::{self as tables, Face};
use super::who;
use crate::db::{Tx, Writes};
use crate::{App, Stop};
use rules::base::{Id, Moment, id};
use rules::community::role::Role;
use rules::community::{group, open};

#[derive(Clone, Debug)]
pub struct ChangeCommunity {
    pub community: Id<id::Community>,
    pub by: Id<id::Member>,
    pub name: String,
    pub purpose: String,
    pub story: String,
    pub rules: String,
    pub theme: String,
}

crate::refusals! {
    BadName = "bad_name",
    BadPurpose = "bad_purpose",
    BadStory = "bad_story",
    BadRules = "bad_rules",
    BadTheme = "bad_theme",
    NotAllowed = "not_allowed",
    /// It was closed.
    Gone = "gone",
}

impl App {
    pub async fn change_community(
        &self,
        now: Moment,
        cmd: ChangeCommunity,
    ) -> Result<(), Stop<Refused>> {
        let name = open::name(&cmd.name).map_err(|_| Refused::BadName)?;
        let purpose = open::purpose(&cmd.purpose).map_err(|_| Refused::BadPurpose)?;
        let story = group::optional(&cmd.story, 10_000).map_err(|_| Refused::BadStory)?;
        let rules = open::rules(&cmd.rules).map_err(|_| Refused::BadRules)?;
        let theme = open::theme(&cmd.theme).ok_or(Refused::BadTheme)?;
        let (c, by) = (cmd.community, cmd.by);
        let verb = move |tx: &mut Tx<'_>| {
            let who = who::member_is(tx, c, by)?.filter(|w| w.role == Role::Owner);
            who.ok_or(Refused::NotAllowed)?;
            let mut w = Writes::default();
            let face = Face {
                name: &name,
                purpose: &purpose,
                story: &story,
                rules: &rules,
                theme: &theme,
            };
            tables::change_community(&mut w, c, &face, Refused::Gone);
            let (what, subject) = ("change_community", c.raw());
            let deed = Deed { actor: by, what, subject, was: "", became: "", reason: "" };
            audit_log::write(tx, &mut w, c, deed);
            tx.run(w)
        };
        self.db.write(now, verb).await
    }
}
