//! Mute a member until a moment, or let them speak again: by staff, with a reason, into the log.
use super::restrained::{Not, both};
use super::tables_audit_log::{self as audit_log, Deed};
use super::tables_house as tables;
use crate::db::{Tx, Writes};
use crate::facts::{self, Fact};
use crate::{App, Stop};
use rules::base::{Id, Moment, id};
use rules::community::moderation;

#[derive(Clone, Debug)]
pub struct MuteMember {
    pub community: Id<id::Community>,
    pub by: Id<id::Member>,
    pub member: Id<id::Member>,
    /// `None` lets them speak again.
    pub until: Option<Moment>,
    pub reason: String,
}

crate::refusals! {
    /// Say why, in at most 200 characters.
    BadReason = "bad_reason",
    /// In the past, or more than a year away.
    BadEnd = "bad_end",
    NotAllowed = "not_allowed",
    NoSuchMember = "no_such_member",
    /// Not the owner, not oneself, and staff only by the owner.
    NotThem = "not_them",
}
impl From<Not> for Refused {
    fn from(n: Not) -> Refused {
        match n {
            Not::Allowed => Refused::NotAllowed,
            Not::There => Refused::NoSuchMember,
            Not::Them => Refused::NotThem,
        }
    }
}

impl App {
    pub async fn mute_member(&self, now: Moment, cmd: MuteMember) -> Result<(), Stop<Refused>> {
        let reason = moderation::reason(&cmd.reason).map_err(|_| Refused::BadReason)?;
        if cmd.until.is_some_and(|until| !moderation::mute_end(until, now)) {
            return Err(Refused::BadEnd.into());
        }
        let cmd = MuteMember { reason, ..cmd };
        self.db.write(now, move |tx| mutes(tx, &cmd)).await
    }
}

fn mutes(tx: &mut Tx<'_>, cmd: &MuteMember) -> Result<(), Stop<Refused>> {
    let c = cmd.community;
    let (by, them) = both(tx, c, cmd.by, cmd.member)?.map_err(Refused::from)?;
    let mut w = Writes::default();
    tables::mute(&mut w, c, them.member, cmd.until, Refused::NoSuchMember);
    let words = |m: Option<Moment>| m.map_or(String::new(), |m| m.0.to_string());
    let deed = Deed {
        actor: by.member,
        what: "mute_member",
        subject: them.member.raw(),
        was: &words(them.muted_until),
        became: &words(cmd.until),
        reason: &cmd.reason,
    };
    audit_log::write(tx, &mut w, c, deed);
    let kind = if cmd.until.is_some() { "member_muted" } else { "member_unmuted" };
    let (subject, actor) = (them.member.raw(), Some(by.member));
    facts::write(tx, &mut w, c, Fact { kind, subject, actor, body: "{}" });
    tx.wake(c.raw(), them.account.raw());
    tx.run(w)
}
