//! Change how a community presents itself, or close it. Only its owner does.
use super::tables_audit_log::{self as audit_log, Deed};
use super::tables_house::{self as tables, Face};
use super::who::{self, Who};
use crate::db::{Tx, Writes};
use crate::facts::{self, Fact};
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

fn owner(tx: &mut Tx<'_>, c: Id<id::Community>, by: Id<id::Member>) -> Result<Who, Stop<Refused>> {
    let who = who::member_is(tx, c, by)?.filter(|w| w.role == Role::Owner);
    Ok(who.ok_or(Refused::NotAllowed)?)
}
fn deed(by: Id<id::Member>, what: &'static str, c: Id<id::Community>) -> Deed<'static> {
    Deed { actor: by, what, subject: c.raw(), was: "", became: "", reason: "" }
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
            owner(tx, c, by)?;
            let mut w = Writes::default();
            let face = Face {
                name: &name,
                purpose: &purpose,
                story: &story,
                rules: &rules,
                theme: &theme,
            };
            tables::change_community(&mut w, c, &face, Refused::Gone);
            audit_log::write(tx, &mut w, c, deed(by, "change_community", c));
            tx.run(w)
        };
        self.db.write(now, verb).await
    }
    /// Nobody sees it any more; its money rows stay.
    pub async fn close_community(
        &self,
        now: Moment,
        c: Id<id::Community>,
        by: Id<id::Member>,
    ) -> Result<(), Stop<Refused>> {
        let verb = move |tx: &mut Tx<'_>| {
            owner(tx, c, by)?;
            let mut w = Writes::default();
            tables::close_community(&mut w, c, Refused::Gone);
            audit_log::write(tx, &mut w, c, deed(by, "close_community", c));
            let fact =
                Fact { kind: "community_closed", subject: c.raw(), actor: Some(by), body: "{}" };
            facts::write(tx, &mut w, c, fact);
            tx.run(w)
        };
        self.db.write(now, verb).await
    }
}
