//! At the pick-up point: goods go to the buyer, or to somebody the buyer sent, and a mistake is
//! taken back. Each has a number made on the phone, so that what was tapped without a network may
//! come late, and twice.
use super::tables_handout::{self as handouts, HandOut};
use super::{receive, tables};
use crate::community::who::Who;
use crate::db::{Fault, Tx, Writes};
use crate::facts::Fact;
use crate::{App, Stop, facts, jobs, loyalty, spread};
use rules::base::{Id, Moment, id, text};
use rules::community::role::Right;
use rules::sale::chain;
use rules::sale::line::{State, order_state};
use rules::sale::order::pickup_code;

#[derive(Clone, Debug)]
pub struct HandOver {
    pub who: Who,
    /// Minted on the phone: sending it twice is one hand-out.
    pub id: Id<id::HandOut>,
    pub order: Id<id::Order>,
    /// Who came instead of the buyer; empty: the buyer.
    pub collected_by: String,
}

crate::refusals! {
    NoSuchOrder = "no_such_order",
    NoSuchHandOut = "no_such_hand_out",
    OtherWithThisId = "id_used_for_another_hand_out",
    NothingReady = "nothing_to_hand_out",
    /// The minutes in which a mistake is mended are over.
    TooLate = "too_late_to_undo",
    /// The buyer has gone on with it: reviewed it, or asked for money back.
    Changed = "changed_since",
    NoFreeCode = "no_free_code",
    Moved = "moved",
}

/// Codes drawn before the transaction, should the old one be another order's by now.
const DRAWS: usize = 8;

impl App {
    pub async fn hand_over(&self, now: Moment, h: HandOver) -> Result<(), Stop<Refused>> {
        self.db.write(now, move |tx| hand(tx, &h)).await
    }
    pub async fn undo_hand_over(
        &self,
        now: Moment,
        who: Who,
        id: Id<id::HandOut>,
    ) -> Result<(), Stop<Refused>> {
        let codes: Vec<String> = (0..DRAWS).map(|_| pickup_code(self.chance.number())).collect();
        self.db.write(now, move |tx| undo(tx, who, id, &codes)).await
    }
}

/// The order, for who may hand it out; to others it is not there.
fn order_of(
    tx: &mut Tx<'_>,
    who: Who,
    id: Id<id::Order>,
    none: Refused,
) -> Result<tables::Order, Stop<Refused>> {
    let c = who.community;
    let order = tables::order_alone(tx, c, id)?.ok_or(none)?;
    let leads = match order.group {
        Some(group) => tables::leads(tx, c, group, who.member)?,
        None => false,
    };
    if leads || (order.group.is_some() && who.rights.may(Right::Orders)) {
        Ok(order)
    } else {
        Err(none.into())
    }
}

fn hand(tx: &mut Tx<'_>, h: &HandOver) -> Result<(), Stop<Refused>> {
    let (c, by) = (h.who.community, h.who.member);
    let order = order_of(tx, h.who, h.order, Refused::NoSuchOrder)?;
    if let Some(before) = handouts::hand_out(tx, c, h.id)? {
        let same = before.order == h.order && before.by == by;
        return if same { Ok(()) } else { Err(Refused::OtherWithThisId.into()) };
    }
    let code = handouts::code_of(tx, c, h.order)?;

    // after this point it must succeed, unless another was faster
    let mut w = Writes::default();
    let given = Given { id: h.id, by, collected_by: &h.collected_by, code: &code };
    let otherwise = (Refused::OtherWithThisId, Refused::Moved);
    if !give(tx, &mut w, c, &order, &given, otherwise)? {
        return Err(Refused::NothingReady.into());
    }
    tx.run(w)
}

/// A hand-out as it is made: from a list, or by a code.
pub(super) struct Given<'a> {
    pub id: Id<id::HandOut>,
    pub by: Id<id::Member>,
    pub collected_by: &'a str,
    /// The code that is open until now.
    pub code: &'a str,
}

/// What waits of the order is received, and it is written down who gave it; says whether anything
/// waited. `taken`: the number is another hand-out's.
pub(super) fn give<R: Copy>(
    tx: &mut Tx<'_>,
    w: &mut Writes<R>,
    c: Id<id::Community>,
    order: &tables::Order,
    g: &Given<'_>,
    (taken, moved): (R, R),
) -> Result<bool, Fault> {
    let ready = order.states().iter().filter(|s| **s == State::ReadyForPickup).count();
    if !receive::write(tx, w, c, order, &[State::ReadyForPickup], Some(g.by), moved)? {
        return Ok(false);
    }
    tables::set_code(w, c, order.id, "");
    let new = HandOut {
        id: g.id,
        order: order.id,
        by: g.by,
        collected_by: text::clip(&text::line(g.collected_by), 40),
        code: g.code.to_owned(),
        lines: ready as i64,
        at: tx.now(),
        undone: false,
    };
    handouts::insert(w, c, &new, taken);
    if let Some(group) = order.group {
        tx.wake(c.raw(), group.raw());
    }
    Ok(true)
}

fn undo(
    tx: &mut Tx<'_>,
    who: Who,
    id: Id<id::HandOut>,
    codes: &[String],
) -> Result<(), Stop<Refused>> {
    let (c, now) = (who.community, tx.now());
    let known = handouts::hand_out(tx, c, id)?.ok_or(Refused::NoSuchHandOut)?;
    let order = order_of(tx, who, known.order, Refused::NoSuchHandOut)?;
    // it may have been taken back while this one waited for the order
    let known = handouts::hand_out(tx, c, id)?.ok_or(Refused::NoSuchHandOut)?;
    if known.undone {
        return Ok(());
    }
    if !chain::may_undo(known.at, now) {
        return Err(Refused::TooLate.into());
    }
    let mut free = None;
    for code in std::iter::once(&known.code).chain(codes).filter(|code| !code.is_empty()) {
        if tables::order_by_code(tx, c, code)?.is_none_or(|other| other == known.order) {
            free = Some(code);
            break;
        }
    }
    let code = free.ok_or(Refused::NoFreeCode)?;
    if handouts::take_back(tx, c, &known)? != known.lines as u64 {
        return Err(Refused::Changed.into());
    }
    let after = tables::order(tx, c, known.order)?.ok_or(Refused::NoSuchOrder)?;
    let states = after.states();

    // after this point it must succeed, unless another was faster
    let mut w = Writes::default();
    tables::move_order(&mut w, c, &order, order_state(&states), now, Refused::Moved);
    tables::set_code(&mut w, c, known.order, code);
    if !states.contains(&State::Received) {
        jobs::cancel(&mut w, c, jobs::Kind::CompleteOrder, known.order.raw());
    }
    let back = order.lines.iter().zip(&states).filter(|(l, now)| l.state != **now);
    let back: Vec<_> = back.map(|(l, _)| l.id).collect();
    spread::thaw(tx, &mut w, c, known.order, &back, Refused::Moved)?;
    spread::unserve(tx, &mut w, c, &order, (&back, &states), Refused::Moved)?;
    loyalty::count_soon(tx, &mut w, c, order.member, now)?;
    handouts::undone(&mut w, c, id, now, Refused::Moved);
    let (subject, actor) = (known.order.raw(), Some(who.member));
    facts::write(tx, &mut w, c, Fact { kind: "hand_out_undone", subject, actor, body: "{}" });
    if let Some(group) = order.group {
        tx.wake(c.raw(), group.raw());
    }
    tx.run(w)
}
