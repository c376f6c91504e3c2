//! What the house itself says in a group: other shelves call this inside their own transaction.
use super::tables_chat as tables;
use crate::db::{Tx, Writes};
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
