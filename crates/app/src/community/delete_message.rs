//! Take back one's own line, or take down another's. A mark stays.
use super::line_at_hand::{Lost, ends, fact, found};
use crate::db::{Tx, Writes};
use crate::{App, Stop};
use rules::base::{Id, Moment, id};
use rules::community::group::Deed;
use rules::community::message::LineState;

#[derive(Clone, Debug)]
pub struct DeleteMessage {
    pub community: Id<id::Community>,
    /// The author, the leader, the council or staff.
    pub by: Id<id::Member>,
    pub message: Id<id::Message>,
    /// For the log, when it is somebody else's.
    pub reason: String,
}

crate::refusals! {
    NoSuchLine = "no_such_line",
    NotIn = "not_in_group",
    NotAllowed = "not_allowed",
    /// Somebody changed it a moment ago.
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
    /// A mark stays where a line was that others have seen. Twice is once.
    pub async fn delete_message(
        &self,
        now: Moment,
        cmd: DeleteMessage,
    ) -> Result<(), Stop<Refused>> {
        self.db.write(now, move |tx| deletes(tx, &cmd)).await
    }
}

fn deletes(tx: &mut Tx<'_>, cmd: &DeleteMessage) -> Result<(), Stop<Refused>> {
    let c = cmd.community;
    let (line, keeper) = found(tx, c, cmd.by, cmd.message)?.map_err(Refused::from)?;
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
    let which = (&line, cmd.message, becomes);
    ends(tx, &mut w, c, which, (cmd.by, &cmd.reason), Refused::Faster)?;
    fact(tx, &mut w, c, "message_removed", (cmd.message, cmd.by, line.group));
    tx.run(w)
}
