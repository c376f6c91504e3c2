//! Give and take the rights of staff, or hand the community over. Only its owner does.
use super::tables_audit_log::{self as audit_log, Deed};
use super::tables_house::{self as tables, Place};
use super::who;
use crate::db::{Tx, Writes};
use crate::facts::{self, Fact};
use crate::{App, Stop};
use rules::base::{Id, Moment, id, text};
use rules::community::role::{Right, Role};

#[derive(Clone, Debug)]
pub struct SetRole {
    pub community: Id<id::Community>,
    pub by: Id<id::Member>,
    pub member: Id<id::Member>,
    /// `Owner` hands the community over; who owned it becomes staff with all rights.
    pub role: Role,
    /// Of staff only.
    pub rights: Vec<Right>,
    pub reason: String,
}

crate::refusals! {
    NotAllowed = "not_allowed",
    NoSuchMember = "no_such_member",
    /// One's own role is changed by handing over.
    NotOneself = "not_oneself",
    /// Somebody changed it a moment ago: look again.
    Faster = "changed_meanwhile",
}

impl App {
    pub async fn set_role(&self, now: Moment, cmd: SetRole) -> Result<(), Stop<Refused>> {
        self.db.write(now, move |tx| sets(tx, &cmd)).await
    }
}

fn sets(tx: &mut Tx<'_>, cmd: &SetRole) -> Result<(), Stop<Refused>> {
    let c = cmd.community;
    let by = who::member_is(tx, c, cmd.by)?.ok_or(Refused::NotAllowed)?;
    if by.role != Role::Owner {
        return Err(Refused::NotAllowed.into());
    }
    let them = who::member_is(tx, c, cmd.member)?.ok_or(Refused::NoSuchMember)?;
    if them.member == by.member {
        return Err(Refused::NotOneself.into());
    }
    // after this point it must succeed, unless another was faster
    let mut w = Writes::default();
    let all = tables::rights_text(Right::ALL);
    if cmd.role == Role::Owner {
        let place = Place { was: Role::Owner, role: Role::Staff, rights: &all };
        tables::set_role(&mut w, c, by.member, &place, Refused::Faster);
    }
    let rights = match cmd.role {
        Role::Staff => tables::rights_text(&cmd.rights),
        _ => String::new(),
    };
    let place = Place { was: them.role, role: cmd.role, rights: &rights };
    tables::set_role(&mut w, c, them.member, &place, Refused::Faster);
    let became = format!("{} {rights}", cmd.role.code());
    let deed = Deed {
        actor: by.member,
        what: "set_role",
        subject: them.member.raw(),
        was: them.role.code(),
        became: became.trim(),
        reason: &text::clip(&text::line(&cmd.reason), 200),
    };
    audit_log::write(tx, &mut w, c, deed);
    let body = format!(r#"{{"role":"{}"}}"#, cmd.role.code());
    let (subject, actor) = (them.member.raw(), Some(by.member));
    facts::write(tx, &mut w, c, Fact { kind: "role_changed", subject, actor, body: &body });
    tx.wake(c.raw(), them.account.raw());
    tx.run(w)
}
