//! Show a line that waits, or not: leader, council or staff decide.
use super::line_at_hand::{Lost, fact, found, number};
use super::tables_audit_log::{self as audit_log, Deed as Logged};
use super::tables_chat as tables;
use crate::db::{Tx, Writes};
use crate::{App, Stop};
use rules::base::{Id, Moment, id};
use rules::community::group::Deed;
use rules::community::message::LineState;

#[derive(Clone, Debug)]
pub struct ApproveWaiting {
    pub community: Id<id::Community>,
    pub by: Id<id::Member>,
    pub message: Id<id::Message>,
    /// `false`: nobody gets to see it.
    pub show: bool,
}

crate::refusals! {
    /// None that waits.
    NoSuchLine = "no_such_line",
    NotIn = "not_in_group",
    NotAllowed = "not_allowed",
    /// Somebody decided it a moment ago.
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
    /// A line that is shown takes its place at the end.
    pub async fn approve_waiting(
        &self,
        now: Moment,
        cmd: ApproveWaiting,
    ) -> Result<(), Stop<Refused>> {
        self.db.write(now, move |tx| approves(tx, &cmd)).await
    }
}

fn approves(tx: &mut Tx<'_>, cmd: &ApproveWaiting) -> Result<(), Stop<Refused>> {
    let c = cmd.community;
    let (line, keeper) = found(tx, c, cmd.by, cmd.message)?.map_err(Refused::from)?;
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
