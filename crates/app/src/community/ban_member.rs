//! Ban a member from the community, or lift the ban: by staff, with a reason, into the log.
use super::restrained::{Not, both, keeper};
use super::tables_audit_log::{self as audit_log, Deed};
use super::tables_house as tables;
use super::tables_rooms;
use super::who::Membership;
use crate::db::{Tx, Writes};
use crate::facts::{self, Fact};
use crate::{App, Stop};
use rules::base::{Id, Moment, id};
use rules::community::moderation;

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
    NotAllowed = "not_allowed",
    /// Or, to lift a ban: none that is banned.
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
    pub async fn ban_member(&self, now: Moment, cmd: BanMember) -> Result<(), Stop<Refused>> {
        let reason = moderation::reason(&cmd.reason).map_err(|_| Refused::BadReason)?;
        let cmd = BanMember { reason, ..cmd };
        self.db.write(now, move |tx| bans(tx, &cmd)).await
    }
}

fn bans(tx: &mut Tx<'_>, cmd: &BanMember) -> Result<(), Stop<Refused>> {
    let (c, now) = (cmd.community, tx.now());
    let mut w = Writes::default();
    let (by, kind) = if cmd.banned {
        let (by, them) = both(tx, c, cmd.by, cmd.member)?.map_err(Refused::from)?;
        tables::end(&mut w, c, them.member, Membership::Banned, now, Refused::NoSuchMember);
        for group in tables_rooms::stand_everywhere(tx, &mut w, c, them.member)? {
            tx.wake(c.raw(), group.raw());
        }
        tx.wake(c.raw(), them.account.raw());
        (by, "member_banned")
    } else {
        let by = keeper(tx, c, cmd.by)?.map_err(Refused::from)?;
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
