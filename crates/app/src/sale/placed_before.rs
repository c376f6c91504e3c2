//! Whether an order that is sent again is the one that was placed under its id: all that is asked
//! is held against what was written of it.
use super::chains::ChainWish;
use super::owed::FromWallet;
use super::place_order::{PlaceOrder, Placed, Refused, To};
use super::tables::Order;
use super::{tables_chain, tables_group_buy as group_buys};
use crate::db::{Fault, Rx, Tx};
use crate::{Stop, p};
use rules::base::{Id, Moment, id, text};
use rules::ledger::Provider;
use rules::sale::address::{self, Address};

const KEPT: &str = "SELECT group_id, recipient, phone, region, street, source_post, provider,
    paid_at IS NOT NULL, discount > 0 FROM orders WHERE community_id = $1 AND id = $2";
const COUPON: &str = "SELECT id FROM claim WHERE community_id = $1 AND order_id = $2";
const POINTS: &str = "SELECT points FROM order_points WHERE community_id = $1 AND order_id = $2";
const OPENED: &str = "SELECT opened_at, leader_id FROM team WHERE community_id = $1 AND id = $2";

/// The same order sent again gets the same answer; another body under its id does not.
pub(super) fn again(
    tx: &mut Tx<'_>,
    before: &Order,
    o: &PlaceOrder,
) -> Result<Placed, Stop<Refused>> {
    let same = before.member == o.who.member
        && same_lines(before, o)
        && before.note == text::lines(&o.note)
        && same_money(before, o)
        && same_terms(tx, before, o)?
        && same_seat(tx, before, o)?
        && same_place(tx, o)?;
    if !same {
        return Err(Refused::OtherOrderWithThisId.into());
    }
    Ok(Placed { order: before.id, total: before.total, pay_until: before.pay_until })
}

fn same_lines(before: &Order, o: &PlaceOrder) -> bool {
    before.lines.len() == o.lines.len()
        && before.lines.iter().zip(&o.lines).all(|(b, (v, qty))| b.variant == *v && b.qty == *qty)
}

/// The total and the wallet's part that the buyer saw; an empty wallet gives nothing of all it has.
fn same_money(before: &Order, o: &PlaceOrder) -> bool {
    let wallet = match o.wallet {
        FromWallet::Nothing => before.wallet == 0,
        FromWallet::All => true,
        FromWallet::Seen(seen) => before.wallet == seen,
    };
    wallet && o.expected.is_none_or(|seen| seen == before.total)
}

/// Where it goes, how it is paid, the post it came from, the coupon, the points.
fn same_terms(rx: &mut Rx<'_>, before: &Order, o: &PlaceOrder) -> Result<bool, Fault> {
    let (c, id) = (o.who.community, before.id);
    let kept = rx.one(KEPT, p![c, id], |r| {
        let (recipient, phone, region, street) = (r.text(1), r.text(2), r.text(3), r.text(4));
        let to = Address { recipient, phone, region, street };
        let provider = r.word(6, Provider::of);
        (r.opt_id::<id::Group>(0), to, (r.opt_id::<id::Post>(5), provider), r.bool(7), r.bool(8))
    })?;
    let Some((group, to, (source, provider), paid, discounted)) = kept else { return Ok(false) };
    // what was paid says how it was paid in the end, not how it was asked
    let provider = paid || provider == o.provider;
    let claim: Option<Id<id::Claim>> = rx.one(COUPON, p![c, id], |r| r.id(0))?;
    // a coupon that was given back no longer says where it was used
    let coupon = match claim {
        Some(claim) => o.coupon == Some(claim),
        None => o.coupon.is_some() == discounted,
    };
    let taken = rx.one(POINTS, p![c, id], |r| r.int(0))?.unwrap_or(0);
    // at most so many were asked for
    let points = if o.points > 0 { taken > 0 && taken <= o.points } else { taken == 0 };
    let there = before.delivery == o.to.delivery() && same_destination(&o.to, (group, &to));
    Ok(provider && coupon && points && source == o.source && there)
}

fn same_destination(asked: &To, (group, kept): (Option<Id<id::Group>>, &Address)) -> bool {
    match asked {
        To::Ship(a) => address::check(a).is_ok_and(|a| a == *kept),
        To::Pickup { group: at, recipient, phone } => {
            group == Some(*at)
                && text::line(recipient) == kept.recipient
                && address::phone(phone).is_some_and(|phone| phone == kept.phone)
        }
    }
}

fn same_seat(rx: &mut Rx<'_>, before: &Order, o: &PlaceOrder) -> Result<bool, Fault> {
    let c = o.who.community;
    let (seat, wish) = match (group_buys::seat(rx, c, before.id)?, o.seat) {
        (Some(seat), Some(wish)) => (seat, wish),
        (seat, wish) => return Ok(seat.is_none() && wish.is_none()),
    };
    let opened = rx.one(OPENED, p![c, seat.team], |r| (r.moment(0), r.id::<id::Member>(1)))?;
    let with_it = |at: Moment| at == before.placed_at;
    let team = match wish.team {
        None => opened.is_some_and(|(at, _)| with_it(at)),
        Some(team) => {
            let own = opened.is_some_and(|(at, leader)| with_it(at) && leader == before.member);
            seat.team == team && !own
        }
    };
    Ok(team && seat.campaign == wish.campaign && seat.late == wish.late)
}

fn same_place(rx: &mut Rx<'_>, o: &PlaceOrder) -> Result<bool, Fault> {
    let place = tables_chain::place(rx, o.who.community, o.id)?;
    let wish = place.map(|p| ChainWish { campaign: p.campaign, named: p.named, by: p.by });
    Ok(wish == o.chain)
}
