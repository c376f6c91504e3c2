//! Join a group: an explicit yes to its purpose and rules, a seat, and what its door asks for.
use super::system_line::post_system_line;
use super::tables_people;
use super::tables_rooms as tables;
use super::who;
use crate::db::{Tx, Writes};
use crate::digest::sha256;
use crate::facts::{self, Fact};
use crate::holds::{self, Hold};
use crate::{App, Stop};
use rules::base::{Id, Moment, id};
use rules::community::group::{self, Door, Shut, Step};
use rules::community::message::SystemLine;
use rules::community::throttle;
use rules::hold::What;

#[derive(Clone, Debug)]
pub struct JoinGroup {
    pub community: Id<id::Community>,
    pub member: Id<id::Member>,
    pub group: Id<id::Group>,
    /// The yes to its purpose and rules.
    pub agreed: bool,
    /// An invite code; opens every door of its group.
    pub code: Option<String>,
    /// For a group that decides: why one wants to come in.
    pub words: String,
}
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Joined {
    In,
    /// The leader or the council decides.
    Waiting(Id<id::Application>),
}

crate::refusals! {
    NotAgreed = "not_agreed",
    BadWords = "bad_words",
    NotAMember = "not_a_member",
    NoSuchGroup = "no_such_group",
    TooManyTries = "too_many_tries",
    /// Unknown, spent or over.
    BadCode = "bad_code",
    NeedsCode = "needs_code",
    Full = "full",
    /// The same person knocked twice at one moment; asked once more by itself.
    Faster = "faster",
}

pub(super) fn code_hash(typed: &str) -> String {
    let plain = typed.chars().filter(char::is_ascii_alphanumeric);
    sha256(&format!("invite {}", plain.collect::<String>().to_ascii_lowercase()))
}

impl App {
    /// Who is in stays in; who waits goes on waiting.
    pub async fn join_group(&self, now: Moment, cmd: JoinGroup) -> Result<Joined, Stop<Refused>> {
        if !cmd.agreed {
            return Err(Refused::NotAgreed.into());
        }
        let words = group::optional(&cmd.words, 500).map_err(|_| Refused::BadWords)?;
        let code = cmd.code.filter(|code| !code.trim().is_empty());
        let cmd = JoinGroup { words, code, ..cmd };
        let verb = move |tx: &mut Tx<'_>| joins(tx, &cmd);
        match self.db.write(now, verb.clone()).await {
            Err(Stop::Refused(Refused::Faster)) => Ok(self.db.write(now, verb).await??),
            out => Ok(out??),
        }
    }
}

/// The inner refusal is a wrong code, whose try is counted: the transaction ends well.
fn joins(tx: &mut Tx<'_>, cmd: &JoinGroup) -> Result<Result<Joined, Refused>, Stop<Refused>> {
    let (c, group, member, now) = (cmd.community, cmd.group, cmd.member, tx.now());
    who::member_is(tx, c, member)?.ok_or(Refused::NotAMember)?;
    let seats = tables::seats(tx, c, group)?.ok_or(Refused::NoSuchGroup)?;
    if tables::role(tx, c, group, member)?.is_some() {
        return Ok(Ok(Joined::In));
    }
    let invite = match &cmd.code {
        None => None,
        Some(code) => {
            let bucket = sha256(&format!("invite tries of {}", member.raw()));
            if !tables_people::tried(tx, &bucket, throttle::INVITE_TRIES)? {
                return Ok(Err(Refused::TooManyTries));
            }
            match tables::invite(tx, c, group, &code_hash(code), now)? {
                None => return Ok(Err(Refused::BadCode)),
                some => some,
            }
        }
    };
    let door = Door {
        admission: seats.admission,
        code: invite.is_some(),
        members: seats.members,
        capacity: seats.capacity,
    };
    let mut w = Writes::default();
    match group::knock(door) {
        Err(Shut::NeedsCode) => return Err(Refused::NeedsCode.into()),
        Err(Shut::Full) => return Err(Refused::Full.into()),
        Ok(Step::Apply) => return Ok(Ok(applies(tx, cmd)?)),
        Ok(Step::In) => {}
    }
    // after this point it must succeed, unless another was faster
    if let Some(invite) = invite {
        let (id, subject) = (tx.mint(), invite.raw());
        tables::use_invite(&mut w, c, invite, now, Refused::BadCode);
        let hold = Hold { id, what: What::InviteUse, subject, qty: 1, until: now };
        holds::reserve(&mut w, c, hold);
        holds::confirm(&mut w, c, id, Refused::BadCode);
    }
    take_seat(tx, &mut w, c, (group, member), seats.last_change, invite);
    tx.run(w)?;
    Ok(Ok(Joined::In))
}

fn take_seat(
    tx: &mut Tx<'_>,
    w: &mut Writes<Refused>,
    c: Id<id::Community>,
    seat: (Id<id::Group>, Id<id::Member>),
    last_change: i64,
    invite: Option<Id<id::Invite>>,
) {
    let ((group, member), now) = (seat, tx.now());
    let args = format!(r#"{{"member":{}}}"#, member.raw());
    let invite = invite.map_or(0, Id::raw);
    let body = format!(r#"{{"member":{},"invite":{invite}}}"#, member.raw());
    let (kind, subject, actor) = ("group_joined", group.raw(), Some(member));
    facts::write(tx, w, c, Fact { kind, subject, actor, body: &body });
    tables::sit(w, c, seat, (now, last_change), (Refused::Faster, Refused::Full));
    post_system_line(tx, w, c, group, SystemLine::MemberJoined, &args);
}

fn applies(tx: &mut Tx<'_>, cmd: &JoinGroup) -> Result<Joined, Stop<Refused>> {
    let (c, group, member) = (cmd.community, cmd.group, cmd.member);
    if let Some(id) = tables::applied(tx, c, group, member)? {
        return Ok(Joined::Waiting(id));
    }
    let (id, mut w) = (tx.mint(), Writes::default());
    tables::apply(&mut w, c, (id, group, member), &cmd.words, tx.now(), Refused::Faster);
    let body = format!(r#"{{"group":{}}}"#, group.raw());
    let (subject, actor) = (id.raw(), Some(member));
    facts::write(tx, &mut w, c, Fact { kind: "group_applied", subject, actor, body: &body });
    tx.run(w)?;
    Ok(Joined::Waiting(id))
}
