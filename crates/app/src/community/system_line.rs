//! What the house itself says in a group: other shelves call this inside their own transaction.
use super::tables_chat as tables;
use crate::db::{Fault, Tx, Writes};
use rules::base::{Id, id};
use rules::community::message::SystemLine;

/// Puts a line into the batch, unless the group switched this kind off. `args` is a JSON object
/// of ids, numbers and codes; the page makes the sentence in the reader's language.
///
/// Put it last: it takes the group's row until the commit.
pub fn post_system_line<R>(
    tx: &mut Tx<'_>,
    w: &mut Writes<R>,
    c: Id<id::Community>,
    group: Id<id::Group>,
    code: SystemLine,
    args: &str,
) {
    let id: Id<id::Message> = tx.mint();
    let body = format!(r#"{{"code":"{}","args":{args}}}"#, code.code());
    tables::system_line(w, c, group, id, (code, &body), tx.now());
    tx.wake(c.raw(), group.raw());
}

/// The same, but at most one of its kind within the law's time: thirty orders of one evening are
/// one line, not thirty.
pub fn post_system_line_seldom<R>(
    tx: &mut Tx<'_>,
    w: &mut Writes<R>,
    c: Id<id::Community>,
    group: Id<id::Group>,
    code: SystemLine,
    args: &str,
) -> Result<(), Fault> {
    let since = tx.now().plus(-code.quiet_ms());
    if !tables::said_since(tx, c, group, code, since)? {
        post_system_line(tx, w, c, group, code, args);
    }
    Ok(())
}
