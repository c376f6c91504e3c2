//! Change a group: its leader or staff send the whole form.
use super::create_group::pickup;
use super::keeper::keeper;
use super::system_line::post_system_line;
use super::tables_audit_log::{self as audit_log, Deed as Logged};
use super::tables_house;
use super::tables_rooms::{self as tables, Change, PickUp};
use crate::db::{Tx, Writes};
use crate::facts::{self, Fact};
use crate::{App, Stop};
use rules::base::{Id, Moment, id};
use rules::community::group::{self, Admission, Deed};
use rules::community::message::SystemLine;
use rules::community::{open, tag};

#[derive(Clone, Debug)]
pub struct UpdateGroup {
    pub community: Id<id::Community>,
    pub by: Id<id::Member>,
    pub group: Id<id::Group>,
    pub name: String,
    pub purpose: String,
    pub rules: String,
    /// Shown above the chat; may be empty.
    pub notice: String,
    pub admission: Admission,
    pub capacity: i64,
    pub pickup: PickUp,
    /// Seconds between two lines of one member; 0 is off, at most an hour.
    pub slow_seconds: i64,
    /// One a line; a message with one of them waits for the leader.
    pub keywords: String,
    /// The kinds the house does not say here.
    pub system_off: Vec<SystemLine>,
    pub tags: Vec<Id<id::Tag>>,
}

crate::refusals! {
    BadName = "bad_name",
    BadPurpose = "bad_purpose",
    BadRules = "bad_rules",
    BadNotice = "bad_notice",
    BadCapacity = "bad_capacity",
    BadPickUp = "bad_pick_up",
    BadSlowMode = "bad_slow_mode",
    BadKeywords = "bad_keywords",
    TooManyTags = "too_many_tags",
    NoSuchGroup = "no_such_group",
    NotAllowed = "not_allowed",
    NoSuchTag = "no_such_tag",
    /// There are more members than that.
    TooSmall = "too_small",
}

impl App {
    pub async fn update_group(&self, now: Moment, cmd: UpdateGroup) -> Result<(), Stop<Refused>> {
        let cmd = cleaned(cmd)?;
        self.db.write(now, move |tx| updates(tx, &cmd)).await
    }
}

fn cleaned(mut cmd: UpdateGroup) -> Result<UpdateGroup, Refused> {
    cmd.name = group::name(&cmd.name).map_err(|_| Refused::BadName)?;
    cmd.purpose = open::purpose(&cmd.purpose).map_err(|_| Refused::BadPurpose)?;
    cmd.rules = group::optional(&cmd.rules, 5000).map_err(|_| Refused::BadRules)?;
    cmd.notice = group::optional(&cmd.notice, 1000).map_err(|_| Refused::BadNotice)?;
    if !group::capacity(cmd.capacity) {
        return Err(Refused::BadCapacity);
    }
    cmd.pickup = pickup(&cmd.pickup).ok_or(Refused::BadPickUp)?;
    if !(0..=group::SLOWEST).contains(&cmd.slow_seconds) {
        return Err(Refused::BadSlowMode);
    }
    cmd.keywords = group::optional(&cmd.keywords, 2000).map_err(|_| Refused::BadKeywords)?;
    match cmd.tags.len() > tag::MOST_OF_THING {
        true => Err(Refused::TooManyTags),
        false => Ok(cmd),
    }
}

fn updates(tx: &mut Tx<'_>, cmd: &UpdateGroup) -> Result<(), Stop<Refused>> {
    let (c, group) = (cmd.community, cmd.group);
    let before = tables::seats(tx, c, group)?.ok_or(Refused::NoSuchGroup)?;
    let by = keeper(tx, c, cmd.by, group)?.filter(|k| k.may(Deed::Change));
    let by = by.ok_or(Refused::NotAllowed)?.who.member;
    if !tables_house::are_tags(tx, c, &cmd.tags)? {
        return Err(Refused::NoSuchTag.into());
    }
    if before.members > cmd.capacity {
        return Err(Refused::TooSmall.into());
    }
    // after this point it must succeed, unless another was faster
    let mut w = Writes::default();
    let off = SystemLine::ALL.iter().filter(|s| cmd.system_off.contains(s));
    let off: String = off.map(|s| format!(",{}", s.code())).collect();
    let change = Change {
        name: &cmd.name,
        purpose: &cmd.purpose,
        rules: &cmd.rules,
        notice: &cmd.notice,
        admission: cmd.admission,
        capacity: cmd.capacity,
        pickup: &cmd.pickup,
        slow_seconds: cmd.slow_seconds,
        keywords: &cmd.keywords,
        system_off: &if off.is_empty() { off } else { format!("{off},") },
    };
    tables_house::tag_thing(&mut w, c, tag::Thing::Group, group.raw(), &cmd.tags);
    let (was, became) = (before.admission.code(), cmd.admission.code());
    let (subject, reason) = (group.raw(), "");
    let deed = Logged { actor: by, what: "update_group", subject, was, became, reason };
    audit_log::write(tx, &mut w, c, deed);
    let fact = Fact { kind: "group_changed", subject, actor: Some(by), body: "{}" };
    facts::write(tx, &mut w, c, fact);
    tables::change(&mut w, c, group, &change, Refused::TooSmall);
    if before.notice != cmd.notice && !cmd.notice.is_empty() {
        let args = format!(r#"{{"member":{}}}"#, by.raw());
        post_system_line(tx, &mut w, c, group, SystemLine::NoticeChanged, &args);
    }
    tx.run(w)
}
