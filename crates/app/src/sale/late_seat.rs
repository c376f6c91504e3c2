//! A payment that came after its seat was gone follows its buyer's choice: another seat, under
//! a new order with the old one's terms, or back.
use super::owed::due;
use super::tables::{self, Order};
use super::tables_catalogue as catalogue;
use super::tables_copy;
use super::tables_group_buy::{self as group_buys, Seat};
use super::tables_money::{self as money, Payment};
use super::{capture::Refused, seats};
use crate::community::who;
use crate::db::{Tx, Writes};
use crate::facts::Fact;
use crate::holds::Hold;
use crate::ledger::Meets;
use crate::{Stop, facts, holds, ledger, spread};
use rules::base::{Id, id};
use rules::hold::What;
use rules::sale::group_buy::{Late, SeatState};

/// Places the order anew in a team with room and hands it the payment. None: there is no such team,
/// or its buyer wants the money back.
pub(super) fn move_on(
    tx: &mut Tx<'_>,
    c: Id<id::Community>,
    (old, seat): (&Order, &Seat),
    payment: &Payment,
) -> Result<Option<Order>, Stop<Refused>> {
    let now = tx.now();
    let campaign = group_buys::campaign_alone(tx, c, seat.campaign)?;
    let Some(campaign) = campaign.filter(|k| k.offered.open && now < k.offered.ends) else {
        return Ok(None);
    };
    if seat.state != SeatState::Released || who::member_is(tx, c, old.member)?.is_none() {
        return Ok(None);
    }
    let room = group_buys::team_with_room(tx, c, (campaign.id, seat.team), old.member, now)?;
    let Some(team) = room else { return Ok(None) };
    // the seat that was asked for is still free: nothing has changed for this buyer
    if seat.late == Late::Refund && team.id != seat.team {
        return Ok(None);
    }
    let buyer = group_buys::buyer(tx, c, campaign.id, None, old.member)?;
    let offered = &campaign.offered;
    if buyer.seats >= offered.per_member || (offered.most > 0 && offered.taken >= offered.most) {
        return Ok(None);
    }
    for line in &old.lines {
        let offer = catalogue::offer(tx, c, line.variant)?;
        if !offer.is_some_and(|o| o.listed && o.on_hand >= line.qty) {
            return Ok(None);
        }
    }
    let next = Seat {
        order: tx.mint(),
        team: team.id,
        state: SeatState::Held,
        refund: tx.mint(),
        ..seat.clone()
    };
    place_again(tx, c, old, &next, payment)?;
    tables::order_alone(tx, c, next.order).map_err(Stop::Fault)
}

fn place_again(
    tx: &mut Tx<'_>,
    c: Id<id::Community>,
    old: &Order,
    next: &Seat,
    payment: &Payment,
) -> Result<(), Stop<Refused>> {
    let (faster, now) = (Refused::Faster, tx.now());
    // after this point it must succeed, unless another was faster
    let mut w = Writes::default();
    group_buys::insert_seat(&mut w, c, next, now, faster, faster);
    group_buys::hold_seat(&mut w, c, next.team, now, faster);
    group_buys::moved_on(&mut w, c, old.id, next.order, faster);
    seats::hold(&mut w, c, next, now);
    tables_copy::order(&mut w, c, (old.id, next.order), now, faster);
    let mut lines = Vec::with_capacity(old.lines.len());
    for line in &old.lines {
        let id: Id<id::Line> = tx.mint();
        lines.push((id, line.product));
        tables_copy::line(&mut w, c, (line.id, id), next.order, faster);
        catalogue::take_stock(&mut w, c, line.variant, line.qty, faster);
        let (subject, qty) = (line.variant.raw(), line.qty);
        let hold = Hold { id: id.as_id(), what: What::Stock, subject, qty, until: now };
        holds::reserve(&mut w, c, hold);
    }
    money::hand_over(&mut w, c, payment.id, next.order, faster);
    let receivable = due(next.order, old.goods, old.shipping, now);
    ledger::pending(&mut w, c, &receivable, Meets { short: faster, twice: faster });
    let buys = (next.order, old.member);
    spread::credit(tx, &mut w, c, buys, (&lines, Some(next.campaign)))?;
    let body = format!("{{\"total\":{},\"lines\":{}}}", old.total, old.lines.len());
    let (subject, actor) = (next.order.raw(), Some(old.member));
    facts::write(tx, &mut w, c, Fact { kind: "order_placed", subject, actor, body: &body });
    tx.run(w)
}
