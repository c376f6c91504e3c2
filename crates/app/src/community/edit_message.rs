//! Change one's own words, within five minutes.
use super::line_at_hand::{Lost, fact, found, muted, number};
use super::tables_chat as tables;
use crate::db::{Tx, Writes};
use crate::{App, Stop};
use rules::base::{Id, Moment, id};
use rules::community::group::GroupRole;
use rules::community::message::{self, LineState, Unsayable, Waits};

#[derive(Clone, Debug)]
pub struct EditMessage {
    pub community: Id<id::Community>,
    pub member: Id<id::Member>,
    pub message: Id<id::Message>,
    pub text: String,
}

crate::refusals! {
    NoSuchLine = "no_such_line",
    NotIn = "not_in_group",
    Empty = "empty",
    TooLong = "too_long",
    /// Somebody else's words.
    NotAllowed = "not_allowed",
    Muted = "muted",
    /// Five minutes are over.
    TooLate = "too_late",
    /// A link needs a sentence that says what it is and why.
    NeedsIntroduction = "needs_introduction",
    /// A word that would have to wait for the leader.
    Keyword = "keyword",
    /// It was taken away a moment ago.
    Faster = "changed_meanwhile",
}
impl From<Lost> for Refused {
    fn from(l: Lost) -> Refused {
        match l {
            Lost::NoSuchLine => Refused::NoSuchLine,
            Lost::NotIn => Refused::NotIn,
        }
    }
}

impl App {
    pub async fn edit_message(&self, now: Moment, cmd: EditMessage) -> Result<(), Stop<Refused>> {
        self.db.write(now, move |tx| edits(tx, &cmd)).await
    }
}

fn edits(tx: &mut Tx<'_>, cmd: &EditMessage) -> Result<(), Stop<Refused>> {
    let (c, now) = (cmd.community, tx.now());
    let (line, keeper) = found(tx, c, cmd.member, cmd.message)?.map_err(Refused::from)?;
    let body = message::words(&cmd.text, line.kind).map_err(|u| match u {
        Unsayable::Empty => Refused::Empty,
        Unsayable::TooLong => Refused::TooLong,
    })?;
    if !matches!(line.state, LineState::Shown | LineState::Waiting) {
        return Err(Refused::NoSuchLine.into());
    }
    if line.member != Some(cmd.member) || !line.kind.written() {
        return Err(Refused::NotAllowed.into());
    }
    if muted(tx, &keeper) {
        return Err(Refused::Muted.into());
    }
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
