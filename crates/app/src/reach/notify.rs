//! Tells members something, in the transaction of its cause.
use super::tables::{self, Notice};
use crate::db::{Fault, Tx, Writes};
use crate::jobs::{self, Kind as JobKind};
use rules::base::{Id, id};
use rules::community::role::Right;

type C = Id<id::Community>;
type M = Id<id::Member>;

/// Who wants none of it is skipped, and who left unless it is about their own order.
pub fn notify<R>(
    tx: &mut Tx<'_>,
    w: &mut Writes<R>,
    c: C,
    member: M,
    n: Notice<'_>,
) -> Result<(), Fault> {
    if n.actor == Some(member) {
        return Ok(());
    }
    let found = tables::receiver(tx, c, member, n.kind)?;
    let Some((account, shown, mailed)) = found else { return Ok(()) };
    let waits = n.kind.once_while_unread() && tables::waits(tx, c, member, &n)?;
    if waits || !(shown || mailed) {
        return Ok(());
    }
    let id: Id<id::Notice> = tx.mint();
    let args: serde_json::Map<_, _> =
        n.args.iter().map(|(k, v)| (k.to_string(), serde_json::Value::from(*v))).collect();
    let args = serde_json::Value::from(args).to_string();
    let now = tx.now();
    tables::tell(w, c, (id, member), &n, (&args, shown), now);
    if mailed {
        jobs::later(w, c, JobKind::SendMail, id.raw(), now);
    }
    if shown {
        tx.wake(c.raw(), account);
    }
    Ok(())
}

/// Tells everybody who holds a right, except whoever caused it.
pub fn notify_staff<R>(
    tx: &mut Tx<'_>,
    w: &mut Writes<R>,
    c: C,
    right: Right,
    n: Notice<'_>,
) -> Result<(), Fault> {
    for member in tables::holders(tx, c, right)? {
        notify(tx, w, c, member, n)?;
    }
    Ok(())
}
