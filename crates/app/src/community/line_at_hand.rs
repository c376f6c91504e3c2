//! A line somebody wants to change, who that is, and the number the change takes.
use super::keeper::{Keeper, keeper};
use super::tables_audit_log::{self as audit_log, Deed as Logged};
use super::tables_chat::{self as tables, Line};
use crate::Fault;
use crate::db::{Tx, Writes};
use crate::facts::{self, Fact};
use rules::base::{Id, id, text};
use rules::community::group::Deed;
use rules::community::message::LineState;

type C = Id<id::Community>;

/// Why there is nothing to change.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Lost {
    NoSuchLine,
    /// Neither in the line's group nor looking after it.
    NotIn,
}

/// The line, and who asks.
pub(super) fn found(
    tx: &mut Tx<'_>,
    c: C,
    member: Id<id::Member>,
    message: Id<id::Message>,
) -> Result<Result<(Line, Keeper), Lost>, Fault> {
    let Some(line) = tables::line(tx, c, message)? else { return Ok(Err(Lost::NoSuchLine)) };
    let keeper = keeper(tx, c, member, line.group)?;
    let keeper = keeper.filter(|k| k.role.is_some() || k.may(Deed::Tend));
    Ok(keeper.map(|k| (line, k)).ok_or(Lost::NotIn))
}
pub(super) fn muted(tx: &Tx<'_>, k: &Keeper) -> bool {
    k.who.muted_until.is_some_and(|until| until > tx.now())
}
/// Takes the group's next number, and holds its row until the commit. `shown`: the line becomes
/// the newest one.
pub(super) fn number(tx: &mut Tx<'_>, c: C, line: &Line, shown: bool) -> Result<i64, Fault> {
    let seq = tables::number(tx, c, line.group, shown)?;
    tx.wake(c.raw(), line.group.raw());
    seq.ok_or_else(|| Fault::broken("a line without a group"))
}
pub(super) fn fact<R>(
    tx: &Tx<'_>,
    w: &mut Writes<R>,
    c: C,
    kind: &'static str,
    (message, by, group): (Id<id::Message>, Id<id::Member>, Id<id::Group>),
) {
    let body = format!(r#"{{"group":{}}}"#, group.raw());
    let (subject, actor) = (message.raw(), Some(by));
    facts::write(tx, w, c, Fact { kind, subject, actor, body: &body });
}

/// Ends a line: a number, the new state, and the log when it was somebody else's. Deciding
/// a report does the same.
pub(super) fn ends<R>(
    tx: &mut Tx<'_>,
    w: &mut Writes<R>,
    c: C,
    (line, id, becomes): (&Line, Id<id::Message>, LineState),
    (by, reason): (Id<id::Member>, &str),
    faster: R,
) -> Result<(), Fault> {
    let seq = number(tx, c, line, false)?;
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
    Ok(())
}
