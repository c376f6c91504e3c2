//! A seat's part in the verbs of an order: asked for, reserved, confirmed, given back, left.
use super::chains;
use super::place_order::{PlaceOrder, Refused};
use super::tables::Order;
use super::tables_catalogue::Offer;
use super::tables_group_buy::{self as tables, Campaign, Seat, Team};
use crate::db::{Fault, Rx, Tx, Writes};
use crate::holds::Hold;
use crate::{Stop, community, holds, jobs};
use rules::base::{Id, Moment, id};
use rules::community::message::SystemLine;
use rules::community::role::Role;
use rules::hold::What;
use rules::sale::group_buy::{self, Late, NoSeat, SeatState, Team as TeamFacts, TeamState};
use rules::sale::line::State;

type C = Id<id::Community>;

/// A place in a group buy, asked for with an order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SeatWish {
    pub campaign: Id<id::Campaign>,
    /// None opens a new team.
    pub team: Option<Id<id::Team>>,
    /// What becomes of a payment that comes too late.
    pub late: Late,
}

impl From<NoSeat> for Refused {
    fn from(no: NoSeat) -> Self {
        match no {
            NoSeat::NotBegun => Refused::CampaignNotBegun,
            NoSeat::Over => Refused::CampaignOver,
            NoSeat::NotForYou => Refused::NotForYou,
            NoSeat::AlreadyIn => Refused::AlreadyInTeam,
            NoSeat::Limit => Refused::SeatLimit,
            NoSeat::NoSuchTeam => Refused::NoSuchTeam,
            NoSeat::TeamOver => Refused::TeamOver,
            NoSeat::Full => Refused::TeamFull,
            NoSeat::AllTaken => Refused::AllSeatsTaken,
        }
    }
}

/// A seat the law allows, not yet written.
pub(super) struct Asked {
    team: Team,
    opens: bool,
    late: Late,
}

impl Asked {
    /// No seat is kept beyond its team.
    pub fn until(&self, until: Moment) -> Moment {
        until.min(self.team.facts.deadline)
    }
}

/// Asks the law and puts the campaign's prices in place of the ordinary ones.
pub(super) fn ask(
    tx: &mut Tx<'_>,
    o: &PlaceOrder,
    wish: &SeatWish,
    offers: &mut [Offer],
) -> Result<Asked, Stop<Refused>> {
    let (c, me) = (o.who.community, o.who.member);
    let found = tables::campaign_alone(tx, c, wish.campaign)?;
    let campaign = found.ok_or(Refused::NoSuchCampaign)?;
    let joined = match wish.team {
        Some(id) => {
            let team = tables::team(tx, c, id)?.filter(|t| t.campaign == campaign.id);
            Some(team.ok_or(Refused::NoSuchTeam)?)
        }
        None => None,
    };
    let mut buyer = tables::buyer(tx, c, campaign.id, wish.team, me)?;
    buyer.leads |= o.who.role != Role::Member;
    let facts = joined.as_ref().map(|t| &t.facts);
    group_buy::seat(&campaign.offered, facts, &buyer, tx.now()).map_err(Refused::from)?;
    for offer in offers {
        let price = tables::price_of(tx, c, campaign.id, offer.variant)?;
        let price = price.ok_or(Refused::NotInCampaign)?;
        offer.price = if joined.is_none() { price.leader } else { price.price };
    }
    let opens = joined.is_none();
    let team = joined.unwrap_or_else(|| fresh(tx, &campaign, me));
    Ok(Asked { team, opens, late: wish.late })
}

/// A team as it opens: the campaign's terms are frozen in it.
fn fresh(tx: &Tx<'_>, campaign: &Campaign, leader: Id<id::Member>) -> Team {
    let (now, size) = (tx.now(), campaign.size);
    let deadline = group_buy::deadline(now, campaign.life_hours, campaign.offered.ends);
    Team {
        id: tx.mint(),
        campaign: campaign.id,
        leader,
        needed: group_buy::needed(size, campaign.fill),
        facts: TeamFacts { state: TeamState::Open, deadline, size, held: 0, members: 0 },
    }
}

pub(super) fn reserve(
    tx: &mut Tx<'_>,
    w: &mut Writes<Refused>,
    o: &PlaceOrder,
    asked: &Asked,
    until: Moment,
) {
    let (c, now, team) = (o.who.community, tx.now(), &asked.team);
    let seat = Seat {
        order: o.id,
        team: team.id,
        campaign: team.campaign,
        member: o.who.member,
        late: asked.late,
        state: SeatState::Held,
        refund: tx.mint(),
    };
    let (none, twice) = (Refused::AllSeatsTaken, Refused::AlreadyInTeam);
    tables::insert_seat(w, c, &seat, now, none, twice);
    if asked.opens {
        tables::open_team(w, c, team, now);
        jobs::later(w, c, jobs::Kind::EndTeam, team.id.raw(), team.facts.deadline);
    } else {
        tables::hold_seat(w, c, team.id, now, Refused::TeamFull);
    }
    hold(w, c, &seat, until);
    tx.wake(c.raw(), team.campaign.raw());
}

pub(super) fn hold<R>(w: &mut Writes<R>, c: C, seat: &Seat, until: Moment) {
    let (id, subject) = (seat.order.as_id(), seat.team.raw());
    holds::reserve(w, c, Hold { id, what: What::Seat, subject, qty: 1, until });
}

/// The end of the team an order sits in, or of its chain order: nothing is kept beyond it.
pub(super) fn cap(
    rx: &mut Rx<'_>,
    c: C,
    order: Id<id::Order>,
    until: Moment,
) -> Result<Moment, Fault> {
    let Some(seat) = tables::seat(rx, c, order)? else {
        return chains::cap(rx, c, order, until);
    };
    let team = tables::team(rx, c, seat.team)?;
    Ok(team.map_or(until, |t| until.min(t.facts.deadline)))
}

/// A seat that has just been paid.
pub(super) struct Seated {
    seat: Seat,
    /// As it is now, with the new member.
    team: Team,
    group: Option<Id<id::Group>>,
}

/// The payment came: the seat counts, unless the team takes nobody any more.
pub(super) fn confirm(tx: &mut Tx<'_>, c: C, seat: &Seat) -> Result<Option<Seated>, Fault> {
    let campaign = tables::campaign_alone(tx, c, seat.campaign)?;
    if tables::join(tx, c, seat)?.is_none() {
        return Ok(None);
    }
    let team = tables::team(tx, c, seat.team)?;
    let group = campaign.and_then(|k| k.group);
    Ok(team.map(|team| Seated { seat: seat.clone(), team, group }))
}

/// What follows from a confirmed seat: the hold, the end of a full team, the line in the chat.
pub(super) fn seated<R: Copy>(
    tx: &mut Tx<'_>,
    w: &mut Writes<R>,
    c: C,
    s: &Seated,
    faster: R,
) -> Result<(), Fault> {
    holds::confirm(w, c, s.seat.order.as_id(), faster);
    let facts = &s.team.facts;
    let full = facts.members >= facts.size;
    if full {
        end(tx, w, c, &s.team, TeamState::Filled, faster)?;
        jobs::cancel(w, c, jobs::Kind::EndTeam, s.team.id.raw());
    }
    tx.wake(c.raw(), s.seat.campaign.raw());
    let missing = facts.size - facts.members;
    match s.group {
        Some(group) if full => line(tx, w, c, group, SystemLine::GroupBuyDone, 0),
        // a team that has just opened, or nearly stands, is worth a line; each step is not
        Some(group) if facts.members == 1 || missing == 1 => {
            line(tx, w, c, group, SystemLine::GroupBuyProgress, missing);
        }
        _ => {}
    }
    Ok(())
}

pub(super) fn line<R>(
    tx: &mut Tx<'_>,
    w: &mut Writes<R>,
    c: C,
    group: Id<id::Group>,
    code: SystemLine,
    missing: i64,
) {
    let args = format!("{{\"missing\":{missing}}}");
    community::post_system_line(tx, w, c, group, code, &args);
}

/// A team ends: each paid member is served by a job of its own.
pub(super) fn end<R: Copy>(
    tx: &mut Tx<'_>,
    w: &mut Writes<R>,
    c: C,
    team: &Team,
    to: TeamState,
    moved: R,
) -> Result<(), Fault> {
    let now = tx.now();
    tables::end_team(w, c, team, to, now, moved);
    for (order, _) in tables::confirmed(tx, c, team.id)? {
        jobs::later(w, c, jobs::Kind::SettleSeat, order.raw(), now);
    }
    Ok(())
}

/// The seat of an unpaid order goes back; orders without one have nothing to give.
pub(super) fn give_back<R: Copy>(
    tx: &mut Tx<'_>,
    w: &mut Writes<R>,
    c: C,
    order: &Order,
    moved: R,
) -> Result<(), Fault> {
    let Some(seat) = tables::seat(tx, c, order.id)? else { return Ok(()) };
    if seat.state == SeatState::Held {
        tables::release(w, c, &seat, moved);
        holds::release(w, c, order.id.as_id(), moved);
        tx.wake(c.raw(), seat.campaign.raw());
    }
    Ok(())
}

/// A paid order is refunded whole while its team is open: its member stops counting at once, and
/// whoever paid next leads.
pub(super) fn leave<R: Copy>(
    tx: &mut Tx<'_>,
    w: &mut Writes<R>,
    c: C,
    order: &Order,
    moved: R,
) -> Result<(), Fault> {
    if !order.states().contains(&State::AwaitingGroup) {
        return Ok(());
    }
    let Some(seat) = tables::seat(tx, c, order.id)? else { return Ok(()) };
    let Some(team) = tables::team(tx, c, seat.team)? else { return Ok(()) };
    if seat.state != SeatState::Confirmed || team.facts.state != TeamState::Open {
        return Ok(());
    }
    let others = tables::confirmed(tx, c, team.id)?;
    let others: Vec<_> = others.iter().filter(|(o, _)| *o != order.id).map(|(_, m)| *m).collect();
    let next = match others.contains(&team.leader) {
        true => Some(team.leader),
        false => others.first().copied(),
    };
    tables::leave(w, c, (&seat, &team), next, tx.now(), moved);
    tx.wake(c.raw(), seat.campaign.raw());
    Ok(())
}
