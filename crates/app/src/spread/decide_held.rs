//! Staff decide who brought somebody whose browser other members use: the link's member, or nobody.
use super::bind;
use super::{tables_binding as bindings, tables_held as tables};
use crate::community::tables_audit_log::{self as audit_log, Deed};
use crate::community::tables_house;
use crate::community::who::{self, Who};
use crate::db::{Tx, Writes};
use crate::{App, Stop};
use rules::base::{Id, Moment, id};
use rules::community::role::Right;
use rules::spread::binding::Held;

#[derive(Clone, Copy, Debug)]
pub struct DecideHeld {
    pub who: Who,
    pub member: Id<id::Member>,
    /// Whether the link's member brought them.
    pub bind: bool,
}

crate::refusals! {
    NotAllowed = "not_allowed",
    NoSuchCase = "no_such_case",
    Decided = "already_decided",
    /// A later link brought them meanwhile.
    Bound = "bound_meanwhile",
    /// They brought whoever would have brought them.
    Circle = "would_close_a_circle",
}

impl App {
    pub async fn decide_held(&self, now: Moment, x: DecideHeld) -> Result<(), Stop<Refused>> {
        self.db.write(now, move |tx| decide(tx, &x)).await
    }
}

fn decide(tx: &mut Tx<'_>, x: &DecideHeld) -> Result<(), Stop<Refused>> {
    let (c, now) = (x.who.community, tx.now());
    let by = who::member_is(tx, c, x.who.member)?;
    let by = by.filter(|w| w.rights.may(Right::Campaigns)).ok_or(Refused::NotAllowed)?;
    let (seen, state) = tables::held(tx, c, x.member)?.ok_or(Refused::NoSuchCase)?;
    if state != Held::Waiting {
        return Err(Refused::Decided.into());
    }
    let mut w = Writes::default();
    let becomes = if x.bind { Held::Bound } else { Held::Dismissed };
    if x.bind {
        bindings::take_turn(tx, c)?;
        if bindings::stands(tx, c, x.member)?.is_some() {
            return Err(Refused::Bound.into());
        }
        if bindings::is_above(tx, c, seen.by, x.member)? {
            return Err(Refused::Circle.into());
        }
        let mode = bindings::terms(tx, c)?.mode;
        bind::bound(tx, &mut w, (c, x.member), seen, mode, Refused::Bound);
        tables_house::brought(&mut w, c, x.member, seen.by);
    }
    // after this point it must succeed, unless another was faster
    tables::decide(&mut w, c, x.member, (becomes, by.member), now, Refused::Decided);
    let deed = Deed {
        actor: by.member,
        what: "decide_held",
        subject: x.member.raw(),
        was: Held::Waiting.code(),
        became: becomes.code(),
        reason: "",
    };
    audit_log::write(tx, &mut w, c, deed);
    tx.run(w)
}
