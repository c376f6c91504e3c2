//! Open a community: its opener owns it, and leads its first group.
use super::tables_house::{self as tables, NewCommunity, NewMember};
use super::tables_people;
use super::tables_rooms::{self, NewRoom, PickUp};
use super::who::Membership;
use crate::db::{Tx, Writes};
use crate::facts::{self, Fact};
use crate::{App, Stop};
use rules::base::{Currency, Id, Lang, Moment, id};
use rules::community::group::{self, Admission, GroupKind};
use rules::community::open::{self, Jurisdiction};
use rules::community::role::Role;

#[derive(Clone, Debug)]
pub struct OpenCommunity {
    /// Minted into the form: sending it twice opens one.
    pub id: Id<id::Community>,
    pub account: Id<id::Account>,
    pub name: String,
    pub slug: String,
    pub purpose: String,
    /// From a template of the caller's language, edited by the opener.
    pub rules: String,
    pub lang: Lang,
    pub currency: Currency,
    /// An IANA time zone name.
    pub zone: String,
    pub jurisdiction: Jurisdiction,
    /// `#rrggbb`, or empty.
    pub theme: String,
    /// What the first group is called: 大厅, 大廳, Lobby.
    pub first_group: String,
}
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Opened {
    pub community: Id<id::Community>,
    pub member: Id<id::Member>,
    pub group: Id<id::Group>,
    pub slug: String,
}

crate::refusals! {
    BadName = "bad_name",
    BadSlug = "bad_slug",
    BadPurpose = "bad_purpose",
    BadRules = "bad_rules",
    BadZone = "bad_zone",
    BadTheme = "bad_theme",
    BadGroupName = "bad_group_name",
    NoSuchAccount = "no_such_account",
    /// The opener has no name yet.
    Nameless = "nameless",
    SlugTaken = "slug_taken",
}

fn cleaned(mut cmd: OpenCommunity) -> Result<OpenCommunity, Refused> {
    cmd.name = open::name(&cmd.name).map_err(|_| Refused::BadName)?;
    cmd.slug = open::slug(&cmd.slug).ok_or(Refused::BadSlug)?;
    cmd.purpose = open::purpose(&cmd.purpose).map_err(|_| Refused::BadPurpose)?;
    cmd.rules = open::rules(&cmd.rules).map_err(|_| Refused::BadRules)?;
    jiff::tz::TimeZone::get(&cmd.zone).map_err(|_| Refused::BadZone)?;
    cmd.theme = open::theme(&cmd.theme).ok_or(Refused::BadTheme)?;
    cmd.first_group = group::name(&cmd.first_group).map_err(|_| Refused::BadGroupName)?;
    Ok(cmd)
}

impl App {
    pub async fn open_community(
        &self,
        now: Moment,
        cmd: OpenCommunity,
    ) -> Result<Opened, Stop<Refused>> {
        let cmd = cleaned(cmd)?;
        let verb = move |tx: &mut Tx<'_>| opens(tx, &cmd);
        match self.db.write(now, verb.clone()).await {
            // the winner may have been this same form
            Err(Stop::Refused(Refused::SlugTaken)) => self.db.write(now, verb).await,
            out => out,
        }
    }
}

fn opens(tx: &mut Tx<'_>, cmd: &OpenCommunity) -> Result<Opened, Stop<Refused>> {
    let c = cmd.id;
    let known = tables_people::account(tx, cmd.account)?.ok_or(Refused::NoSuchAccount)?;
    let opened = |member, group| Opened { community: c, member, group, slug: cmd.slug.clone() };
    if let Some((member, Membership::Active)) = tables::member_of(tx, c, cmd.account)?
        && let Some(group) = tables_rooms::first(tx, c)?
    {
        return Ok(opened(member, group));
    }
    if known.name.is_empty() {
        return Err(Refused::Nameless.into());
    }
    // after this point it must succeed, unless another was faster
    let (member, group, now) = (tx.mint(), tx.mint(), tx.now());
    let mut w = Writes::default();
    let new = NewCommunity {
        id: c,
        slug: &cmd.slug,
        name: &cmd.name,
        purpose: &cmd.purpose,
        rules: &cmd.rules,
        lang: cmd.lang,
        currency: cmd.currency,
        zone: &cmd.zone,
        jurisdiction: cmd.jurisdiction,
        theme: &cmd.theme,
    };
    tables::add_community(&mut w, &new, now, Refused::SlugTaken);
    let owner =
        NewMember { id: member, account: cmd.account, name: &known.name, role: Role::Owner };
    tables::add_member(&mut w, c, &owner, now, Refused::SlugTaken);
    let room = NewRoom {
        id: group,
        kind: GroupKind::Interest,
        name: &cmd.first_group,
        slug: None,
        purpose: &cmd.purpose,
        rules: "",
        admission: Admission::Open,
        capacity: group::CAPACITY,
        pickup: &PickUp::default(),
        leader: member,
    };
    tables_rooms::add(&mut w, c, &room, now, Refused::SlugTaken);
    let kind = room.kind.code();
    let made = format!(r#"{{"kind":"{kind}","leader":{}}}"#, member.raw());
    for (kind, subject, body) in [
        ("community_opened", c.raw(), "{}"),
        ("member_joined", member.raw(), r#"{"back":false,"tags":0}"#),
        ("group_created", group.raw(), &made),
    ] {
        facts::write(tx, &mut w, c, Fact { kind, subject, actor: Some(member), body });
    }
    tx.run(w)?;
    Ok(opened(member, group))
}
