//! What the buyer's points take off an order that is placed.
use super::place_order::{PlaceOrder, Refused};
use super::tables;
use super::tables_catalogue::Offer;
use crate::Stop;
use crate::db::{Tx, Writes};
use crate::loyalty::use_coupon;
use crate::loyalty::use_points::{self, Off};
use rules::base::{Id, Moment, id};

/// After the coupon; a group buy's price and a list take none, as they take no coupon.
pub(super) fn ask(
    tx: &mut Tx<'_>,
    o: &PlaceOrder,
    offers: &[Offer],
    coupon: Option<&use_coupon::Off>,
) -> Result<Option<Off>, Stop<Refused>> {
    if o.points <= 0 {
        return Ok(None);
    }
    if o.seat.is_some() || o.chain.is_some() {
        return Err(Refused::PointsWithSeat.into());
    }
    let mut lines = Vec::with_capacity(offers.len());
    for (i, (offer, (_, qty))) in offers.iter().zip(&o.lines).enumerate() {
        let less = coupon.and_then(|off| off.by_line.get(i)).copied().unwrap_or(0);
        lines.push(offer.price.saturating_mul(*qty).saturating_sub(less));
    }
    let found = use_points::ask(tx, o.who.community, (o.who.member, o.points), &lines)?;
    // the same order may have been placed while this one waited for the points
    if tables::order(tx, o.who.community, o.id)?.is_some() {
        return Err(Refused::OtherOrderWithThisId.into());
    }
    Ok(Some(found.ok_or(Refused::NoPoints)?))
}

pub(super) fn reserve(
    tx: &Tx<'_>,
    w: &mut Writes<Refused>,
    o: &PlaceOrder,
    off: Option<&Off>,
    (lines, until): (&[(Id<id::Line>, Id<id::Product>)], Moment),
) {
    let Some(off) = off else { return };
    let lines: Vec<_> = lines.iter().map(|(line, _)| *line).collect();
    let (c, whose) = (o.who.community, (off, o.id, o.who.member));
    use_points::reserve(tx, w, c, whose, (&lines, until), Refused::PointsChanged);
}
