//! Make a group with a leader, a purpose, rules and a door.
use super::tables_audit_log::{self as audit_log, Deed};
use super::tables_house;
use super::tables_rooms::{self as tables, NewRoom, PickUp};
use super::who;
use crate::db::{Tx, Writes};
use crate::facts::{self, Fact};
use crate::{App, Stop};
use rules::base::{Id, Moment, id, text};
use rules::community::group::{self, Admission, GroupKind};
use rules::community::role::Right;
use rules::community::{open, tag};

#[derive(Clone, Debug)]
pub struct CreateGroup {
    pub community: Id<id::Community>,
    pub by: Id<id::Member>,
    pub id: Id<id::Group>,
    pub kind: GroupKind,
    pub name: String,
    /// Its piece of the address; without one the id serves.
    pub slug: Option<String>,
    pub purpose: String,
    /// May be empty: then only the rules of the house hold.
    pub rules: String,
    pub admission: Admission,
    /// `None`: 500.
    pub capacity: Option<i64>,
    pub pickup: PickUp,
    /// `None`: who makes it leads it.
    pub leader: Option<Id<id::Member>>,
    pub tags: Vec<Id<id::Tag>>,
}

crate::refusals! {
    BadName = "bad_name",
    BadSlug = "bad_slug",
    BadPurpose = "bad_purpose",
    BadRules = "bad_rules",
    /// 2 to 5000.
    BadCapacity = "bad_capacity",
    BadPickUp = "bad_pick_up",
    TooManyTags = "too_many_tags",
    NotAllowed = "not_allowed",
    NoSuchLeader = "no_such_leader",
    NoSuchTag = "no_such_tag",
    SlugTaken = "slug_taken",
}

/// Cleaned: all three empty, or at least a name and an address.
pub(super) fn pickup(p: &PickUp) -> Option<PickUp> {
    let name = text::line(&p.name);
    let address = text::line(&p.address);
    let hours = text::line(&p.hours);
    let short = |t: &str, most| t.chars().count() <= most;
    let fits = short(&name, 40) && short(&address, 120) && short(&hours, 80);
    let whole = name.is_empty() == address.is_empty() && (hours.is_empty() || !name.is_empty());
    (fits && whole).then_some(PickUp { name, address, hours })
}

impl App {
    /// Sending it twice makes one group.
    pub async fn create_group(
        &self,
        now: Moment,
        cmd: CreateGroup,
    ) -> Result<Id<id::Group>, Stop<Refused>> {
        let cmd = cleaned(cmd)?;
        self.db.write(now, move |tx| creates(tx, &cmd)).await
    }
}

fn cleaned(mut cmd: CreateGroup) -> Result<CreateGroup, Refused> {
    cmd.name = group::name(&cmd.name).map_err(|_| Refused::BadName)?;
    cmd.slug = match cmd.slug.as_deref().map(str::trim) {
        None | Some("") => None,
        Some(slug) => Some(open::slug(slug).ok_or(Refused::BadSlug)?),
    };
    cmd.purpose = open::purpose(&cmd.purpose).map_err(|_| Refused::BadPurpose)?;
    cmd.rules = group::optional(&cmd.rules, 5000).map_err(|_| Refused::BadRules)?;
    if !group::capacity(cmd.capacity.unwrap_or(group::CAPACITY)) {
        return Err(Refused::BadCapacity);
    }
    cmd.pickup = pickup(&cmd.pickup).ok_or(Refused::BadPickUp)?;
    match cmd.tags.len() > tag::MOST_OF_THING {
        true => Err(Refused::TooManyTags),
        false => Ok(cmd),
    }
}

fn creates(tx: &mut Tx<'_>, cmd: &CreateGroup) -> Result<Id<id::Group>, Stop<Refused>> {
    let c = cmd.community;
    let by = who::member_is(tx, c, cmd.by)?.ok_or(Refused::NotAllowed)?;
    if !by.rights.may(Right::Members) {
        return Err(Refused::NotAllowed.into());
    }
    if tables::exists(tx, c, cmd.id)? {
        return Ok(cmd.id);
    }
    let leader = cmd.leader.unwrap_or(by.member);
    who::member_is(tx, c, leader)?.ok_or(Refused::NoSuchLeader)?;
    if !tables_house::are_tags(tx, c, &cmd.tags)? {
        return Err(Refused::NoSuchTag.into());
    }
    // after this point it must succeed, unless another was faster
    let mut w = Writes::default();
    let new = NewRoom {
        id: cmd.id,
        kind: cmd.kind,
        name: &cmd.name,
        slug: cmd.slug.as_deref(),
        purpose: &cmd.purpose,
        rules: &cmd.rules,
        admission: cmd.admission,
        capacity: cmd.capacity.unwrap_or(group::CAPACITY),
        pickup: &cmd.pickup,
        leader,
    };
    tables::add(&mut w, c, &new, tx.now(), Refused::SlugTaken);
    tables_house::tag_thing(&mut w, c, tag::Thing::Group, cmd.id.raw(), &cmd.tags);
    let (subject, actor) = (cmd.id.raw(), by.member);
    let deed =
        Deed { actor, what: "create_group", subject, was: "", became: &cmd.name, reason: "" };
    audit_log::write(tx, &mut w, c, deed);
    let body = format!(r#"{{"kind":"{}","leader":{}}}"#, cmd.kind.code(), leader.raw());
    let actor = Some(by.member);
    facts::write(tx, &mut w, c, Fact { kind: "group_created", subject, actor, body: &body });
    tx.run(w)?;
    Ok(cmd.id)
}
