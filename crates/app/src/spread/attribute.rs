//! Whom an order is credited to, written in the transaction that places it.
use super::earn_commission::{Bought, expect};
use super::tables;
use super::tables_binding::{self as bindings, Bound, Credited};
use crate::db::{Fault, Rx, Tx, Writes};
use rules::base::{Id, Moment, id};
use rules::spread::binding;
use rules::spread::credit::{self as law, Seen, Source};

type C = Id<id::Community>;
type Member = Id<id::Member>;

/// To whom an order is credited, and who brought them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Credit {
    pub to: Member,
    pub second: Option<Member>,
}

/// The last link within the community's days, else whoever brought the buyer; nobody when there is
/// neither. What a later day changes about links and bindings does not change it.
pub fn credit<R>(
    tx: &mut Tx<'_>,
    w: &mut Writes<R>,
    c: C,
    (order, buyer): (Id<id::Order>, Member),
    bought: Bought<'_>,
) -> Result<(), Fault> {
    let now = tx.now();
    let Some((credit, source, link)) = would_be(tx, c, buyer, now)? else { return Ok(()) };
    let Credit { to, second } = credit;
    bindings::credit(w, c, &Credited { order, buyer, to, second, source, link }, now);
    expect(tx, w, c, (order, buyer), credit, bought)
}

/// Whom an order would be credited to if it were placed now.
pub(super) fn would_be(
    rx: &mut Rx<'_>,
    c: C,
    buyer: Member,
    now: Moment,
) -> Result<Option<(Credit, Source, Option<Id<id::ShareLink>>)>, Fault> {
    let days = bindings::terms(rx, c)?.credit_days;
    let seen = tables::last_seen(rx, c, buyer, (law::window(days, now), now))?;
    let bound = brought(bindings::stands(rx, c, buyer)?, now);
    let link = seen.map(|s| Seen { by: s.by, at: s.at });
    let Some((to, source)) = law::credit(buyer, link, bound, (now, days)) else {
        return Ok(None);
    };
    let above = brought(bindings::stands(rx, c, to)?, now);
    let second = law::second(buyer, to, above);
    let link = seen.filter(|_| source == Source::Link).map(|s| s.link);
    Ok(Some((Credit { to, second }, source, link)))
}

/// Who brought a member, while the binding lives and they are still there.
fn brought(bound: Option<Bound>, now: Moment) -> Option<Member> {
    bound.filter(|b| b.active && binding::lives(b.standing, now)).map(|b| b.standing.by)
}
