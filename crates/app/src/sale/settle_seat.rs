//! The job that serves one member of a team that ended: the order goes on, or its money goes back.
use super::refund_order::{self, Giving};
use super::tables::{self, Order};
use super::tables_group_buy::{self as group_buys, Seat};
use super::{tables_money as money, tell};
use crate::db::{Tx, Writes};
use crate::facts::Fact;
use crate::jobs::{self, Job};
use crate::{App, Stop, facts};
use rules::base::{Id, Moment};
use rules::community::role::Right;
use rules::reach::notice::Kind;
use rules::sale::group_buy::{SeatState, TeamState};
use rules::sale::line::{State, order_state};
use rules::sale::order::RefundState;

crate::refusals! {
    NoSuchOrder = "no_such_order",
    LeaseLost = "lease_lost",
    Moved = "moved",
}

impl App {
    pub(crate) async fn settle_seat(&self, now: Moment, job: Job) -> Result<(), Stop<Refused>> {
        self.db.write(now, move |tx| settle(tx, &job)).await
    }
}

fn settle(tx: &mut Tx<'_>, job: &Job) -> Result<(), Stop<Refused>> {
    let c = job.community;
    let order = tables::order_alone(tx, c, Id::of(job.subject))?.ok_or(Refused::NoSuchOrder)?;
    let seat = group_buys::seat(tx, c, order.id)?.ok_or(Refused::NoSuchOrder)?;
    let team = group_buys::team(tx, c, seat.team)?.ok_or(Refused::NoSuchOrder)?;
    if seat.state == SeatState::Confirmed {
        match team.facts.state {
            TeamState::Filled => return go_on(tx, job, &order, &seat),
            TeamState::Failing => return pay_back(tx, job, &order, &seat),
            TeamState::Open | TeamState::Failed => {}
        }
    }
    let mut w = Writes::default();
    jobs::done(tx, &mut w, job, Refused::LeaseLost);
    tx.run(w)
}

fn go_on(tx: &mut Tx<'_>, job: &Job, order: &Order, seat: &Seat) -> Result<(), Stop<Refused>> {
    let (c, now, moved) = (job.community, tx.now(), Refused::Moved);
    let mut w = Writes::default();
    jobs::done(tx, &mut w, job, Refused::LeaseLost);
    group_buys::settle(&mut w, c, seat, SeatState::Kept, moved);
    let mut states = order.states();
    for (i, line) in order.lines.iter().enumerate() {
        if line.state == State::AwaitingGroup {
            tables::move_line(&mut w, c, line, State::ToFulfil, now, moved);
            states[i] = State::ToFulfil;
        }
    }
    tables::move_order(&mut w, c, order, order_state(&states), now, moved);
    let (subject, actor) = (order.id.raw(), None);
    facts::write(tx, &mut w, c, Fact { kind: "team_filled", subject, actor, body: "{}" });
    tell::buyer(tx, &mut w, c, order, (Kind::TeamFilled, None), &[])?;
    tell::staff(tx, &mut w, c, order, (Right::Orders, Kind::OrderPlaced))?;
    tx.run(w)
}

fn pay_back(tx: &mut Tx<'_>, job: &Job, order: &Order, seat: &Seat) -> Result<(), Stop<Refused>> {
    let (c, moved) = (job.community, Refused::Moved);
    let left: Vec<_> = order
        .lines
        .iter()
        .filter(|l| l.state.paid() && l.kept() > 0)
        .map(|l| (l.id, l.kept()))
        .collect();
    let amount = order.total - order.refunded;
    if !left.is_empty() {
        let all = Giving {
            community: c,
            by: None,
            id: seat.refund,
            lines: left,
            shipping: true,
            restock: true,
            reason: "team_failed".into(),
        };
        refund_order::refund(tx, &all, order).map_err(|stop| stop.map(|_| moved))?;
    }
    // parked for staff counts as served: a team waits for nobody's bank
    let parked = money::refund(tx, c, seat.refund)?.is_none_or(|r| r.state != RefundState::Waiting);
    let to = if parked { SeatState::Refunded } else { SeatState::Refunding };
    let mut w = Writes::default();
    jobs::done(tx, &mut w, job, Refused::LeaseLost);
    group_buys::settle(&mut w, c, seat, to, moved);
    let (subject, actor) = (order.id.raw(), None);
    facts::write(tx, &mut w, c, Fact { kind: "team_failed", subject, actor, body: "{}" });
    tell::buyer_of_money(tx, &mut w, c, order, (Kind::TeamFailed, amount))?;
    tx.run(w)
}
