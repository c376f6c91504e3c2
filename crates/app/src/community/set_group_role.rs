//! Choose leaders (staff) and the council (leader or staff) of a group.
use super::keeper::keeper;
use super::tables_audit_log::{self as audit_log, Deed as Logged};
use super::tables_rooms as tables;
use super::who;
use crate::db::{Tx, Writes};
use crate::facts::{self, Fact};
use crate::{App, Stop};
use rules::base::{Id, Moment, id};
use rules::community::group::{Deed, GroupRole};

#[derive(Clone, Debug)]
pub struct SetGroupRole {
    pub community: Id<id::Community>,
    pub by: Id<id::Member>,
    pub group: Id<id::Group>,
    pub member: Id<id::Member>,
    pub role: GroupRole,
}

crate::refusals! {
    NotAllowed = "not_allowed",
    NotIn = "not_in_group",
}

impl App {
    pub async fn set_group_role(
        &self,
        now: Moment,
        cmd: SetGroupRole,
    ) -> Result<(), Stop<Refused>> {
        self.db.write(now, move |tx| sets(tx, &cmd)).await
    }
}

fn sets(tx: &mut Tx<'_>, cmd: &SetGroupRole) -> Result<(), Stop<Refused>> {
    let (c, group) = (cmd.community, cmd.group);
    let by = keeper(tx, c, cmd.by, group)?.filter(|k| k.may(Deed::ChooseCouncil));
    let by = by.ok_or(Refused::NotAllowed)?;
    let was = tables::role(tx, c, group, cmd.member)?.ok_or(Refused::NotIn)?;
    let leads = was == GroupRole::Leader || cmd.role == GroupRole::Leader;
    if leads && !by.may(Deed::ChooseLeader) {
        return Err(Refused::NotAllowed.into());
    }
    // after this point it must succeed, unless another was faster
    let (mut w, by) = (Writes::default(), by.who.member);
    tables::set_role(&mut w, c, group, cmd.member, cmd.role, Refused::NotIn);
    let deed = Logged {
        actor: by,
        what: "set_group_role",
        subject: cmd.member.raw(),
        was: was.code(),
        became: cmd.role.code(),
        reason: "",
    };
    audit_log::write(tx, &mut w, c, deed);
    let body = format!(r#"{{"group":{},"role":"{}"}}"#, group.raw(), cmd.role.code());
    let (subject, actor) = (cmd.member.raw(), Some(by));
    facts::write(tx, &mut w, c, Fact { kind: "group_role_changed", subject, actor, body: &body });
    if let Some(them) = who::member_is(tx, c, cmd.member)? {
        tx.wake(c.raw(), them.account.raw());
    }
    tx.run(w)
}
