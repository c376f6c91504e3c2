//! Answer a line with a face.
use super::line_at_hand::{Lost, fact, found, muted, number};
use super::tables_chat as tables;
use crate::db::{Tx, Writes};
use crate::{App, Stop};
use rules::base::{Id, Moment, id};
use rules::community::message::{Emoji, LineState};

#[derive(Clone, Debug)]
pub struct React {
    pub community: Id<id::Community>,
    pub member: Id<id::Member>,
    pub message: Id<id::Message>,
    pub emoji: Emoji,
}

crate::refusals! {
    NoSuchLine = "no_such_line",
    NotIn = "not_in_group",
    Muted = "muted",
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
    /// Puts the face, or takes it back; says whether it is there now.
    pub async fn react(&self, now: Moment, cmd: React) -> Result<bool, Stop<Refused>> {
        self.db.write(now, move |tx| reacts(tx, &cmd)).await
    }
}

fn reacts(tx: &mut Tx<'_>, cmd: &React) -> Result<bool, Stop<Refused>> {
    let (c, message, member) = (cmd.community, cmd.message, cmd.member);
    let (line, keeper) = found(tx, c, member, message)?.map_err(Refused::from)?;
    if line.state != LineState::Shown {
        return Err(Refused::NoSuchLine.into());
    }
    keeper.role.ok_or(Refused::NotIn)?;
    if muted(tx, &keeper) {
        return Err(Refused::Muted.into());
    }
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
