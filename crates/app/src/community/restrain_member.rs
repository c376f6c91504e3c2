//! Mute, ban, and the ends of both: by staff, with a reason, into the log.
use super::tables_audit_log::{self as audit_log, Deed};
use super::tables_house as tables;
use super::tables_rooms;
use super::who::{self, Standing, Who};
use crate::db::{Tx, Writes};
use crate::facts::{self, Fact};
use crate::{App, Stop};
use rules::base::{Id, Moment, id};
use rules::community::moderation::{self, Hands};
use rules::community::role::Role;

#[derive(Clone, Debug)]
pub struct MuteMember {
    pub community: Id<id::Community>,
    pub by: Id<id::Member>,
    pub member: Id<id::Member>,
    /// `None` lets them speak again.
    pub until: Option<Moment>,
    pub reason: String,
}
#[derive(Clone, Debug)]
pub struct BanMember {
    pub community: Id<id::Community>,
    pub by: Id<id::Member>,
    pub member: Id<id::Member>,
    /// `false` lifts the ban; the person may join again.
    pub banned: bool,
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
impl From<Hands> for Refused {
    fn from(h: Hands) -> Refused {
        match h {
            Hands::NotAllowed => Refused::NotAllowed,
            Hands::NotThem => Refused::NotThem,
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
    pub async fn ban_member(&self, now: Moment, cmd: BanMember) -> Result<(), Stop<Refused>> {
        let reason = moderation::reason(&cmd.reason).map_err(|_| Refused::BadReason)?;
        let cmd = BanMember { reason, ..cmd };
        self.db.write(now, move |tx| bans(tx, &cmd)).await
    }
}

fn both(
    tx: &mut Tx<'_>,
    c: Id<id::Community>,
    by: Id<id::Member>,
    them: Id<id::Member>,
) -> Result<(Who, Who), Stop<Refused>> {
    let by = who::member_is(tx, c, by)?.ok_or(Refused::NotAllowed)?;
    moderation::may_restrain(by.role, by.rights, Role::Member, false).map_err(Refused::from)?;
    let them = who::member_is(tx, c, them)?.ok_or(Refused::NoSuchMember)?;
    moderation::may_restrain(by.role, by.rights, them.role, by.member == them.member)
        .map_err(Refused::from)?;
    Ok((by, them))
}

fn mutes(tx: &mut Tx<'_>, cmd: &MuteMember) -> Result<(), Stop<Refused>> {
    let c = cmd.community;
    let (by, them) = both(tx, c, cmd.by, cmd.member)?;
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

fn bans(tx: &mut Tx<'_>, cmd: &BanMember) -> Result<(), Stop<Refused>> {
    let (c, now) = (cmd.community, tx.now());
    let mut w = Writes::default();
    let (by, kind) = if cmd.banned {
        let (by, them) = both(tx, c, cmd.by, cmd.member)?;
        tables::end(&mut w, c, them.member, Standing::Banned, now, Refused::NoSuchMember);
        for group in tables_rooms::stand_everywhere(tx, &mut w, c, them.member)? {
            tx.wake(c.raw(), group.raw());
        }
        tx.wake(c.raw(), them.account.raw());
        (by, "member_banned")
    } else {
        let by = who::member_is(tx, c, cmd.by)?.ok_or(Refused::NotAllowed)?;
        moderation::may_restrain(by.role, by.rights, Role::Member, false).map_err(Refused::from)?;
        if !tables::is_banned(tx, c, cmd.member)? {
            return Err(Refused::NoSuchMember.into());
        }
        tables::unban(&mut w, c, cmd.member, Refused::NoSuchMember);
        (by, "member_unbanned")
    };
    let deed = Deed {
        actor: by.member,
        what: "ban_member",
        subject: cmd.member.raw(),
        was: "",
        became: if cmd.banned { "banned" } else { "left" },
        reason: &cmd.reason,
    };
    audit_log::write(tx, &mut w, c, deed);
    let (subject, actor) = (cmd.member.raw(), Some(by.member));
    facts::write(tx, &mut w, c, Fact { kind, subject, actor, body: "{}" });
    tx.run(w)
}
