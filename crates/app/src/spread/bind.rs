//! Binding: who brought a member. Written when somebody joins, and in some modes later.
use super::known_visitor::Visitor;
use super::tables::{self, Opened};
use super::tables_binding::{self as bindings, Bound, NewBinding};
use super::tables_held;
use crate::db::{Fault, Tx, Writes};
use crate::facts::{self, Fact};
use crate::trust;
use rules::base::{Id, id};
use rules::spread::{binding, visit};

type C = Id<id::Community>;
type Member = Id<id::Member>;

/// The valid links that were opened with this browser, in the order of time. None when other
/// members use it too: what a household shares shows nobody the way.
pub(super) fn opened(
    tx: &mut Tx<'_>,
    c: C,
    member: Member,
    visitor: &Visitor,
) -> Result<Vec<Opened>, Fault> {
    if tables::others(tx, c, visitor.hash(), member)? > 0 {
        return Ok(Vec::new());
    }
    let since = tx.now().plus(-visit::REMEMBERED);
    tables::opened_with(tx, c, (visitor.hash(), member), since)
}

/// Somebody joins: binds them to whose link led here and says who that is; in a browser that other
/// members use, people decide. In the transaction of joining.
pub fn came_through<R: Copy>(
    tx: &mut Tx<'_>,
    w: &mut Writes<R>,
    (c, member): (C, Member),
    visitor: &Visitor,
    faster: R,
) -> Result<Option<Member>, Fault> {
    let now = tx.now();
    let shared = tables::others(tx, c, visitor.hash(), member)? > 0;
    let since = now.plus(-visit::REMEMBERED);
    let seen = tables::opened_with(tx, c, (visitor.hash(), member), since)?;
    tables::claim(w, c, visitor.hash(), member, now);
    let terms = bindings::terms(tx, c)?;
    let Some(one) = binding::at_joining(terms.mode, &seen) else { return Ok(None) };
    if shared {
        tables_held::hold(w, c, member, one, now);
        let body = format!(r#"{{"by":{},"link":{}}}"#, one.by.raw(), one.link.raw());
        let subject = member.raw();
        let fact = Fact { kind: "binding_held", subject, actor: None, body: &body };
        facts::write(tx, w, c, fact);
        return Ok(None);
    }
    // who joins for the first time brought nobody yet, so no circle can close here
    bound(tx, w, (c, member), one, terms.mode, faster);
    Ok(Some(one.by))
}

/// A member opened a link: in some modes it takes them over, unless it is of somebody below them.
pub(super) fn take_over<R: Copy>(
    tx: &mut Tx<'_>,
    w: &mut Writes<R>,
    (c, member): (C, Member),
    seen: Opened,
    faster: R,
) -> Result<(), Fault> {
    let (now, terms) = (tx.now(), bindings::terms(tx, c)?);
    // a link from before somebody else brought them is no news
    let over = |before: Option<Bound>| {
        let newer = before.map(|b| b.standing).filter(|s| s.since > seen.at);
        newer.is_none() && binding::takes_over(terms, before.map(|b| b.standing), seen.by, now)
    };
    if !over(bindings::stands(tx, c, member)?) {
        return Ok(());
    }
    bindings::take_turn(tx, c)?;
    // looked at again: it was somebody else's turn before
    let before = bindings::stands(tx, c, member)?;
    if !over(before) || bindings::is_above(tx, c, seen.by, member)? {
        return Ok(());
    }
    if let Some(old) = before {
        bindings::end(w, c, old.id, now, faster);
    }
    bound(tx, w, (c, member), seen, terms.mode, faster);
    Ok(())
}

pub(super) fn bound<R>(
    tx: &Tx<'_>,
    w: &mut Writes<R>,
    (c, member): (C, Member),
    seen: Opened,
    mode: binding::Mode,
    faster: R,
) {
    let id = tx.mint();
    let new = NewBinding { id, member, by: seen.by, link: seen.link, mode };
    bindings::add(w, c, &new, tx.now(), faster);
    // who came through somebody knows them
    trust::tables_ties::brought(w, c, (member, seen.by), tx.now());
    let body = format!(r#"{{"by":{},"link":{}}}"#, seen.by.raw(), seen.link.raw());
    let fact = Fact { kind: "member_bound", subject: member.raw(), actor: None, body: &body };
    facts::write(tx, w, c, fact);
}
