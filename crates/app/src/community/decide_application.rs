//! Let an applicant in, or not: leader, council or staff decide.
use super::keeper::keeper;
use super::system_line::post_system_line;
use super::tables_audit_log::{self as audit_log, Deed as Logged};
use super::tables_rooms::{self as tables, Decision};
use super::who;
use crate::db::{Tx, Writes};
use crate::facts::{self, Fact};
use crate::{App, Stop};
use rules::base::{Id, Moment, id};
use rules::community::group::{self, Deed};
use rules::community::message::SystemLine;

#[derive(Clone, Debug)]
pub struct DecideApplication {
    pub community: Id<id::Community>,
    pub by: Id<id::Member>,
    pub application: Id<id::Application>,
    pub admit: bool,
    /// Told to the applicant; may be empty.
    pub reason: String,
}

crate::refusals! {
    BadReason = "bad_reason",
    /// Decided already, or withdrawn.
    Gone = "gone",
    NotAllowed = "not_allowed",
    /// The applicant left the community.
    NotAMember = "not_a_member",
    Full = "full",
    /// They came in another way a moment ago.
    AlreadyIn = "already_in",
}

impl App {
    pub async fn decide_application(
        &self,
        now: Moment,
        cmd: DecideApplication,
    ) -> Result<(), Stop<Refused>> {
        let reason = group::optional(&cmd.reason, 200).map_err(|_| Refused::BadReason)?;
        let cmd = DecideApplication { reason, ..cmd };
        self.db.write(now, move |tx| decides(tx, &cmd)).await
    }
}

fn decides(tx: &mut Tx<'_>, cmd: &DecideApplication) -> Result<(), Stop<Refused>> {
    let (c, now) = (cmd.community, tx.now());
    let found = tables::application(tx, c, cmd.application)?;
    let (group, member) = found.ok_or(Refused::Gone)?;
    let by = keeper(tx, c, cmd.by, group)?.filter(|k| k.may(Deed::Admit));
    let by = by.ok_or(Refused::NotAllowed)?.who.member;
    let seats = tables::seats(tx, c, group)?.ok_or(Refused::Gone)?;
    let them = who::member_is(tx, c, member)?;
    if cmd.admit && them.is_none() {
        return Err(Refused::NotAMember.into());
    }
    if cmd.admit && group::full(seats.members, seats.capacity) {
        return Err(Refused::Full.into());
    }
    // after this point it must succeed, unless another was faster
    let mut w = Writes::default();
    let (id, admitted) = (cmd.application, cmd.admit);
    let decision = Decision { id, admitted, by, reason: &cmd.reason };
    tables::decide(&mut w, c, &decision, now, Refused::Gone);
    let became = if admitted { "admitted" } else { "declined" };
    let (subject, reason) = (member.raw(), cmd.reason.as_str());
    let what = "decide_application";
    audit_log::write(tx, &mut w, c, Logged { actor: by, what, subject, was: "", became, reason });
    let body = format!(r#"{{"group":{},"member":{}}}"#, group.raw(), member.raw());
    let kind = if admitted { "application_admitted" } else { "application_declined" };
    let fact = Fact { kind, subject: cmd.application.raw(), actor: Some(by), body: &body };
    facts::write(tx, &mut w, c, fact);
    if admitted {
        let body = format!(r#"{{"member":{},"invite":0}}"#, member.raw());
        let (subject, actor) = (group.raw(), Some(member));
        facts::write(tx, &mut w, c, Fact { kind: "group_joined", subject, actor, body: &body });
        let at = (now, seats.last_change);
        tables::sit(&mut w, c, (group, member), at, (Refused::AlreadyIn, Refused::Full));
        let args = format!(r#"{{"member":{}}}"#, member.raw());
        post_system_line(tx, &mut w, c, group, SystemLine::MemberJoined, &args);
    }
    if let Some(them) = them {
        tx.wake(c.raw(), them.account.raw());
    }
    tx.run(w)
}
