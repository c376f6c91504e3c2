//! Cards that other shelves put into a group's talk, inside their own transaction.
use super::keeper::keeper;
use super::tables_chat::{self as tables, NewLine};
use super::tables_rooms;
use crate::db::{Fault, Rx, Tx, Writes};
use rules::base::{Id, id};
use rules::community::group::Deed;
use rules::community::message::{LineState, MessageKind};

/// Whether a member may speak for a group: staff for members, its leader, its council. `None`:
/// there is no such group.
pub fn tends(
    rx: &mut Rx<'_>,
    c: Id<id::Community>,
    member: Id<id::Member>,
    group: Id<id::Group>,
) -> Result<Option<bool>, Fault> {
    if !tables_rooms::exists(rx, c, group)? {
        return Ok(None);
    }
    let keeper = keeper(rx, c, member, group)?;
    Ok(Some(keeper.is_some_and(|k| k.may(Deed::Tend))))
}

/// The thing on a card has the number of its line.
pub struct Card<'a> {
    pub group: Id<id::Group>,
    pub id: Id<id::Message>,
    pub member: Id<id::Member>,
    pub kind: MessageKind,
    pub body: &'a str,
}

/// Puts the card at the end of the talk; `false`: there is no such group. Call it last: it takes
/// the group's row until the commit.
pub fn post_card<R>(
    tx: &mut Tx<'_>,
    w: &mut Writes<R>,
    c: Id<id::Community>,
    card: &Card<'_>,
    twice: R,
) -> Result<bool, Fault> {
    let Some(seq) = tables::number(tx, c, card.group, true)? else { return Ok(false) };
    let line = NewLine {
        group: card.group,
        seq,
        id: card.id,
        member: card.member,
        kind: card.kind,
        body: card.body,
        product: None,
        reply_to: None,
        state: LineState::Shown,
    };
    tables::say(w, c, &line, tx.now(), twice);
    tx.wake(c.raw(), card.group.raw());
    Ok(true)
}

/// The thing on the card has changed: live readers get it again. Call it last, as above.
pub fn refresh_card<R>(
    tx: &mut Tx<'_>,
    w: &mut Writes<R>,
    c: Id<id::Community>,
    group: Id<id::Group>,
    id: Id<id::Message>,
) -> Result<(), Fault> {
    if let Some(seq) = tables::number(tx, c, group, false)? {
        tables::changed(w, c, id, seq);
        tx.wake(c.raw(), group.raw());
    }
    Ok(())
}
