//! What closing an account does to one of its members, shelf by shelf.
use super::{tables_chat, tables_house, tables_rooms};
use crate::db::{Fault, Tx, Writes};
use crate::facts;
use rules::base::{Id, id};

/// Called in the transaction that ends the membership. Shelves that keep a member's words or
/// name add their line here.
pub fn closed_member<R>(
    tx: &mut Tx<'_>,
    w: &mut Writes<R>,
    c: Id<id::Community>,
    member: Id<id::Member>,
) -> Result<(), Fault> {
    for group in tables_chat::wipe(tx, w, c, member)? {
        tx.wake(c.raw(), group.raw());
    }
    tables_rooms::stand_everywhere(tx, w, c, member)?;
    tables_rooms::forget_words(w, c, member);
    crate::content::forget_member(w, c, member, tx.now());
    crate::sale::tables_farewell::forget(w, c, member);
    crate::spread::forget_member(w, c, member);
    tables_house::anonymise(w, c, member, tx.now());
    let subject = member.raw();
    let fact = facts::Fact { kind: "account_closed", subject, actor: Some(member), body: "{}" };
    facts::write(tx, w, c, fact);
    Ok(())
}
