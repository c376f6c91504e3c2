//! A chain order's part in the verbs of an order: asked for, reserved, numbered, given back, left.
use super::place_order::{PlaceOrder, Refused, To};
use super::tables::Order;
use super::tables_catalogue::Offer;
use super::tables_chain::{self as tables, Chain, Place};
use crate::db::{Fault, Rx, Tx, Writes};
use crate::{Stop, community};
use rules::base::{Id, Moment, id};
use rules::community::message::SystemLine;
use rules::sale::chain::{self, ChainState, PlaceState};
use rules::sale::line::State;

type C = Id<id::Community>;

/// An order in a chain order, asked for with the order itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ChainWish {
    pub campaign: Id<id::Campaign>,
    /// The buyer's name is shown to others in the list.
    pub named: bool,
    /// The leader who enters it for the buyer.
    pub by: Option<Id<id::Member>>,
}

/// An order the law allows, not yet written.
pub(super) struct Asked {
    chain: Chain,
    wish: ChainWish,
}

impl Asked {
    /// No unpaid order outlives the cut-off.
    pub fn until(&self, until: Moment) -> Moment {
        until.min(self.chain.cut_off)
    }
}

/// Asks the law and puts the list's prices in place of the ordinary ones.
pub(super) fn ask(
    tx: &mut Tx<'_>,
    o: &PlaceOrder,
    offers: &mut [Offer],
) -> Result<Option<Asked>, Stop<Refused>> {
    let Some(wish) = o.chain else { return Ok(None) };
    let c = o.who.community;
    let found = tables::chain_alone(tx, c, wish.campaign)?;
    // the same order may have been placed while this one waited for the list
    if super::tables::order(tx, c, o.id)?.is_some() {
        return Err(Refused::OtherOrderWithThisId.into());
    }
    let chain = found.filter(|_| o.seat.is_none()).ok_or(Refused::NoSuchCampaign)?;
    let serves = o.who.rights.serves_lists();
    if !serves && !tables::open_to(tx, c, chain.group, o.who.member)? {
        return Err(Refused::NoSuchCampaign.into());
    }
    if !chain::takes(chain.state, chain.cut_off, tx.now()) {
        return Err(Refused::CampaignOver.into());
    }
    let mut sold_out = false;
    for (offer, (_, qty)) in offers.iter_mut().zip(&o.lines) {
        let listed = tables::listed(tx, c, chain.id, offer.variant)?;
        let listed = listed.ok_or(Refused::NotInCampaign)?;
        offer.price = listed.price;
        sold_out |= !chain::room(listed.most, listed.taken, *qty);
    }
    if !matches!(&o.to, To::Pickup { group, .. } if *group == chain.group) {
        return Err(Refused::NoSuchPickupPoint.into());
    }
    if sold_out {
        return Err(Refused::SoldOut.into());
    }
    Ok(Some(Asked { chain, wish }))
}

pub(super) fn reserve(tx: &mut Tx<'_>, w: &mut Writes<Refused>, o: &PlaceOrder, asked: &Asked) {
    let (c, now, campaign) = (o.who.community, tx.now(), asked.chain.id);
    for (variant, qty) in &o.lines {
        tables::take(w, c, (campaign, *variant), *qty, Refused::SoldOut);
    }
    let place = Place {
        order: o.id,
        campaign,
        member: o.who.member,
        named: asked.wish.named,
        state: PlaceState::Held,
        refund: tx.mint(),
        by: asked.wish.by,
    };
    tables::insert_place(w, c, &place, now);
    tx.wake(c.raw(), campaign.raw());
}

/// The cut-off of the chain order an order is in, if it is in one.
pub(super) fn cap(
    rx: &mut Rx<'_>,
    c: C,
    order: Id<id::Order>,
    until: Moment,
) -> Result<Moment, Fault> {
    let Some(place) = tables::place(rx, c, order)? else { return Ok(until) };
    let chain = tables::chain(rx, c, place.campaign)?;
    Ok(chain.map_or(until, |h| until.min(h.cut_off)))
}

/// What a payment means to the chain order.
pub(super) enum Paid {
    /// The order is in none.
    Elsewhere,
    Joined(Joined),
    /// The list is closed.
    TooLate,
}

/// An order that has just got its number.
pub(super) struct Joined {
    chain: Chain,
    number: i64,
}

impl Joined {
    /// Where its lines stand from now on.
    pub fn state(&self) -> State {
        if self.chain.minimum > 0 { State::AwaitingGoal } else { State::ToFulfil }
    }
}

pub(super) fn confirm(tx: &mut Tx<'_>, c: C, order: &Order) -> Result<Paid, Fault> {
    let Some(place) = tables::place(tx, c, order.id)? else { return Ok(Paid::Elsewhere) };
    let chain = tables::chain_alone(tx, c, place.campaign)?;
    let chain = chain.ok_or_else(|| Fault::broken("an order without its chain order"))?;
    if !chain::takes(chain.state, chain.cut_off, tx.now()) {
        return Ok(Paid::TooLate);
    }
    let number = tables::confirm(tx, c, &place, order.goods)?;
    Ok(number.map_or(Paid::TooLate, |number| Paid::Joined(Joined { chain, number })))
}

/// The line in the group's chat, and the page of whoever looks at the list.
pub(super) fn joined<R>(tx: &mut Tx<'_>, w: &mut Writes<R>, c: C, j: &Joined) {
    tx.wake(c.raw(), j.chain.id.raw());
    let args = format!("{{\"number\":{}}}", j.number);
    community::post_system_line(tx, w, c, j.chain.group, SystemLine::ChainOrder, &args);
}

/// What an unpaid order took from the list goes back; other orders have nothing to give.
pub(super) fn give_back<R: Copy>(
    tx: &mut Tx<'_>,
    w: &mut Writes<R>,
    c: C,
    order: &Order,
    moved: R,
) -> Result<(), Fault> {
    let Some(place) = tables::place(tx, c, order.id)? else { return Ok(()) };
    if place.state == PlaceState::Held {
        for line in &order.lines {
            tables::give(w, c, (place.campaign, line.variant), line.qty, moved);
        }
        tables::release(w, c, &place, moved);
        tx.wake(c.raw(), place.campaign.raw());
    }
    Ok(())
}

/// A paid order was refunded whole: it stops counting. Those of a failed chain order are settled
/// by their jobs.
pub(super) fn leave<R: Copy>(
    tx: &mut Tx<'_>,
    w: &mut Writes<R>,
    c: C,
    order: &Order,
    moved: R,
) -> Result<(), Fault> {
    let Some(place) = tables::place(tx, c, order.id)? else { return Ok(()) };
    let chain = tables::chain(tx, c, place.campaign)?;
    let failing = chain.is_some_and(|h| h.state == ChainState::Failing);
    if place.state == PlaceState::Confirmed && !failing {
        tables::leave(w, c, &place, moved);
        tx.wake(c.raw(), place.campaign.raw());
    }
    Ok(())
}
