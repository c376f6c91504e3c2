//! Edit, take back, take down, approve and answer with a face: changes that come to live readers
//! again, because each takes the group's next number.
use super::keeper::{Keeper, keeper};
use super::tables_audit_log::{self as audit_log, Deed as Logged};
use super::tables_chat::{self as tables, Line};
use crate::db::{Tx, Writes};
use crate::facts::{self, Fact};
use crate::{App, Stop};
use rules::base::{Id, Moment, id, text};
use rules::community::group::{Deed, GroupRole};
use rules::community::message::{self, Emoji, LineState, MessageKind, Unsayable, Waits};

#[derive(Clone, Debug)]
pub struct EditMessage {
    pub community: Id<id::Community>,
    pub member: Id<id::Member>,
    pub message: Id<id::Message>,
    pub text: String,
}
#[derive(Clone, Debug)]
pub struct DeleteMessage {
    pub community: Id<id::Community>,
    /// The author, the leader, the council or staff.
    pub by: Id<id::Member>,
    pub message: Id<id::Message>,
    /// For the log, when it is somebody else's.
    pub reason: String,
}
#[derive(Clone, Debug)]
pub struct ApproveWaiting {
    pub community: Id<id::Community>,
    pub by: Id<id::Member>,
    pub message: Id<id::Message>,
    /// `false`: nobody gets to see it.
    pub show: bool,
}
#[derive(Clone, Debug)]
pub struct React {
    pub community: Id<id::Community>,
    pub member: Id<id::Member>,
    pub message: Id<id::Message>,
    pub emoji: Emoji,
}

crate::refusals! {
    Empty = "empty",
    TooLong = "too_long",
    NoSuchLine = "no_such_line",
    NotIn = "not_in_group",
    Muted = "muted",
    NotAllowed = "not_allowed",
    /// Five minutes are over.
    TooLate = "too_late",
    /// A link needs a sentence that says what it is and why.
    NeedsIntroduction = "needs_introduction",
    /// A word that would have to wait for the leader.
    Keyword = "keyword",
    /// Somebody changed it a moment ago.
    Faster = "changed_meanwhile",
}

type C = Id<id::Community>;

/// The line, and who asks, in one look; both in the same group.
fn found(
    tx: &mut Tx<'_>,
    c: C,
    member: Id<id::Member>,
    message: Id<id::Message>,
) -> Result<(Line, Keeper), Stop<Refused>> {
    let line = tables::line(tx, c, message)?.ok_or(Refused::NoSuchLine)?;
    let keeper = keeper(tx, c, member, line.group)?.ok_or(Refused::NotIn)?;
    if keeper.role.is_none() && !keeper.may(Deed::Tend) {
        return Err(Refused::NotIn.into());
    }
    Ok((line, keeper))
}
fn unmuted(tx: &Tx<'_>, k: &Keeper) -> Result<(), Refused> {
    let muted = k.who.muted_until.is_some_and(|until| until > tx.now());
    if muted { Err(Refused::Muted) } else { Ok(()) }
}
/// Takes the next number; the group's row is held from here.
fn number(tx: &mut Tx<'_>, c: C, line: &Line, shown: bool) -> Result<i64, Stop<Refused>> {
    let seq = tables::number(tx, c, line.group, shown)?.ok_or(Refused::NoSuchLine)?;
    tx.wake(c.raw(), line.group.raw());
    Ok(seq)
}
fn fact(
    tx: &Tx<'_>,
    w: &mut Writes<Refused>,
    c: C,
    kind: &'static str,
    (message, by, group): (Id<id::Message>, Id<id::Member>, Id<id::Group>),
) {
    let body = format!(r#"{{"group":{}}}"#, group.raw());
    let (subject, actor) = (message.raw(), Some(by));
    facts::write(tx, w, c, Fact { kind, subject, actor, body: &body });
}

impl App {
    pub async fn edit_message(&self, now: Moment, cmd: EditMessage) -> Result<(), Stop<Refused>> {
        self.db.write(now, move |tx| edits(tx, &cmd)).await
    }
    /// A mark stays where a line was that others have seen. Twice is once.
    pub async fn delete_message(
        &self,
        now: Moment,
        cmd: DeleteMessage,
    ) -> Result<(), Stop<Refused>> {
        self.db.write(now, move |tx| deletes(tx, &cmd)).await
    }
    /// Decides about a line that waits.
    pub async fn approve_waiting(
        &self,
        now: Moment,
        cmd: ApproveWaiting,
    ) -> Result<(), Stop<Refused>> {
        self.db.write(now, move |tx| approves(tx, &cmd)).await
    }
    /// Puts the face, or takes it back; says whether it is there now.
    pub async fn react(&self, now: Moment, cmd: React) -> Result<bool, Stop<Refused>> {
        self.db.write(now, move |tx| reacts(tx, &cmd)).await
    }
}

fn edits(tx: &mut Tx<'_>, cmd: &EditMessage) -> Result<(), Stop<Refused>> {
    let (c, now) = (cmd.community, tx.now());
    let (line, keeper) = found(tx, c, cmd.member, cmd.message)?;
    let body = message::words(&cmd.text, line.kind).map_err(|u| match u {
        Unsayable::Empty => Refused::Empty,
        Unsayable::TooLong => Refused::TooLong,
    })?;
    if !matches!(line.state, LineState::Shown | LineState::Waiting) {
        return Err(Refused::NoSuchLine.into());
    }
    if line.member != Some(cmd.member) || line.kind == MessageKind::System {
        return Err(Refused::NotAllowed.into());
    }
    unmuted(tx, &keeper)?;
    if !message::editable(line.at, now) {
        return Err(Refused::TooLate.into());
    }
    if body == line.body {
        return Ok(());
    }
    if line.state == LineState::Shown
        && let Some(voice) = tables::voice(tx, c, line.group, cmd.member)?
    {
        let trusted = voice.staff || voice.role != GroupRole::Member;
        match message::waits(&body, &voice.keywords, trusted) {
            None => {}
            Some(Waits::Link) => return Err(Refused::NeedsIntroduction.into()),
            Some(Waits::Keyword) => return Err(Refused::Keyword.into()),
        }
    }
    // after this point it must succeed, unless another was faster
    let seq = number(tx, c, &line, false)?;
    let mut w = Writes::default();
    let which = (cmd.message, line.state);
    tables::edit(&mut w, c, which, &body, (now, seq), Refused::Faster);
    fact(tx, &mut w, c, "message_edited", (cmd.message, cmd.member, line.group));
    tx.run(w)
}

fn deletes(tx: &mut Tx<'_>, cmd: &DeleteMessage) -> Result<(), Stop<Refused>> {
    let c = cmd.community;
    let (line, keeper) = found(tx, c, cmd.by, cmd.message)?;
    let own = line.member == Some(cmd.by);
    if !own && !keeper.may(Deed::Tend) {
        return Err(Refused::NotAllowed.into());
    }
    let becomes = match (line.state, own) {
        (LineState::Waiting, _) => LineState::Declined,
        (LineState::Shown, true) => LineState::Removed,
        (LineState::Shown, false) => LineState::Hidden,
        _ => return Ok(()),
    };
    // after this point it must succeed, unless another was faster
    let mut w = Writes::default();
    ends(tx, &mut w, c, (&line, cmd.message, becomes), (cmd.by, &cmd.reason), Refused::Faster)?
        .ok_or(Refused::NoSuchLine)?;
    fact(tx, &mut w, c, "message_removed", (cmd.message, cmd.by, line.group));
    tx.run(w)
}

/// Ends a line: a number, the new state, and the log when it was somebody else's. `None`: its
/// group is gone. Deciding a report does the same.
pub(super) fn ends<R>(
    tx: &mut Tx<'_>,
    w: &mut Writes<R>,
    c: C,
    (line, id, becomes): (&Line, Id<id::Message>, LineState),
    (by, reason): (Id<id::Member>, &str),
    faster: R,
) -> Result<Option<()>, crate::Fault> {
    let Some(seq) = tables::number(tx, c, line.group, false)? else { return Ok(None) };
    tx.wake(c.raw(), line.group.raw());
    tables::end(w, c, (id, line.state, becomes), by, seq, faster);
    if line.member != Some(by) {
        let deed = Logged {
            actor: by,
            what: "delete_message",
            subject: id.raw(),
            was: line.state.code(),
            became: becomes.code(),
            reason: &text::clip(&text::line(reason), 200),
        };
        audit_log::write(tx, w, c, deed);
    }
    Ok(Some(()))
}

fn approves(tx: &mut Tx<'_>, cmd: &ApproveWaiting) -> Result<(), Stop<Refused>> {
    let c = cmd.community;
    let (line, keeper) = found(tx, c, cmd.by, cmd.message)?;
    if !keeper.may(Deed::Tend) {
        return Err(Refused::NotAllowed.into());
    }
    if line.state != LineState::Waiting {
        return Err(Refused::NoSuchLine.into());
    }
    // after this point it must succeed, unless another was faster
    let seq = number(tx, c, &line, cmd.show)?;
    let mut w = Writes::default();
    let becomes = if cmd.show { LineState::Shown } else { LineState::Declined };
    if cmd.show {
        tables::approve(&mut w, c, cmd.message, seq, Refused::Faster);
    } else {
        let which = (cmd.message, LineState::Waiting, becomes);
        tables::end(&mut w, c, which, cmd.by, seq, Refused::Faster);
    }
    let deed = Logged {
        actor: cmd.by,
        what: "approve_waiting",
        subject: cmd.message.raw(),
        was: LineState::Waiting.code(),
        became: becomes.code(),
        reason: "",
    };
    audit_log::write(tx, &mut w, c, deed);
    fact(tx, &mut w, c, "message_decided", (cmd.message, cmd.by, line.group));
    tx.run(w)
}

fn reacts(tx: &mut Tx<'_>, cmd: &React) -> Result<bool, Stop<Refused>> {
    let (c, message, member) = (cmd.community, cmd.message, cmd.member);
    let (line, keeper) = found(tx, c, member, message)?;
    if line.state != LineState::Shown {
        return Err(Refused::NoSuchLine.into());
    }
    keeper.role.ok_or(Refused::NotIn)?;
    unmuted(tx, &keeper)?;
    // after this point it must succeed, unless another was faster
    let seq = number(tx, c, &line, false)?;
    let on = tables::toggle(tx, c, message, member, cmd.emoji)?;
    let counted = tables::counted(tx, c, message)?;
    let mut w = Writes::default();
    tables::set_reactions(&mut w, c, message, &counted, seq, Refused::NoSuchLine);
    if on {
        fact(tx, &mut w, c, "message_reacted", (message, member, line.group));
    }
    tx.run(w)?;
    Ok(on)
}
