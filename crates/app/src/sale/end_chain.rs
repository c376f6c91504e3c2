//! The cut-off of a chain order, and the jobs that then serve its orders one by one.
use super::refund_order::{self, Giving};
use super::tables::{self, Order};
use super::tables_chain::{self as chain_tables, Chain, Place};
use super::{tables_money as money, tell};
use crate::db::{Tx, Writes};
use crate::facts::Fact;
use crate::jobs::{self, Job};
use crate::{App, Stop, community, facts};
use rules::base::{Id, Moment};
use rules::community::message::SystemLine;
use rules::community::role::Right;
use rules::reach::notice::Kind;
use rules::sale::chain::{ChainState, PlaceState, ended};
use rules::sale::line::{State, order_state};
use rules::sale::order::RefundState;

crate::refusals! {
    NoSuchChain = "no_such_campaign",
    NoSuchOrder = "no_such_order",
    LeaseLost = "lease_lost",
    /// Somebody paid or left in this moment.
    Moved = "moved",
}

impl App {
    pub(crate) async fn end_chain(&self, now: Moment, job: Job) -> Result<(), Stop<Refused>> {
        self.db.write(now, move |tx| end(tx, &job)).await
    }
    pub(crate) async fn settle_chain(&self, now: Moment, job: Job) -> Result<(), Stop<Refused>> {
        self.db.write(now, move |tx| settle(tx, &job)).await
    }
}

fn end(tx: &mut Tx<'_>, job: &Job) -> Result<(), Stop<Refused>> {
    let (c, now, id) = (job.community, tx.now(), Id::of(job.subject));
    let chain = chain_tables::chain_alone(tx, c, id)?.ok_or(Refused::NoSuchChain)?;
    let mut w = Writes::default();
    jobs::done(tx, &mut w, job, Refused::LeaseLost);
    if chain.state != ChainState::Open {
        return tx.run(w);
    }
    let orders = chain_tables::confirmed(tx, c, id)?;
    let to = ended(chain.raised, chain.minimum, orders.len());
    chain_tables::end(&mut w, c, (&chain, to), orders.len(), now, Refused::Moved);
    // without a minimum every order went its way when it was paid
    if chain.minimum > 0 {
        for order in &orders {
            jobs::later(&mut w, c, jobs::Kind::SettleChain, order.raw(), now);
        }
    }
    let (subject, actor) = (id.raw(), None);
    facts::write(tx, &mut w, c, Fact { kind: "campaign_closed", subject, actor, body: "{}" });
    tx.wake(c.raw(), id.raw());
    let args = format!("{{\"orders\":{}}}", orders.len());
    match to {
        ChainState::Standing if !orders.is_empty() => {
            community::post_system_line(tx, &mut w, c, chain.group, SystemLine::ChainClosed, &args);
        }
        ChainState::Failing => {
            community::post_system_line(tx, &mut w, c, chain.group, SystemLine::ChainFailed, &args);
        }
        _ => {}
    }
    tx.run(w)
}

fn settle(tx: &mut Tx<'_>, job: &Job) -> Result<(), Stop<Refused>> {
    let c = job.community;
    let order = tables::order_alone(tx, c, Id::of(job.subject))?.ok_or(Refused::NoSuchOrder)?;
    let place = chain_tables::place(tx, c, order.id)?.ok_or(Refused::NoSuchOrder)?;
    let chain = chain_tables::chain(tx, c, place.campaign)?.ok_or(Refused::NoSuchChain)?;
    if place.state == PlaceState::Confirmed {
        match chain.state {
            ChainState::Standing => return go_on(tx, job, &order),
            ChainState::Failing => return pay_back(tx, job, &order, &place, &chain),
            ChainState::Open | ChainState::Failed => {}
        }
    }
    let mut w = Writes::default();
    jobs::done(tx, &mut w, job, Refused::LeaseLost);
    tx.run(w)
}

fn go_on(tx: &mut Tx<'_>, job: &Job, order: &Order) -> Result<(), Stop<Refused>> {
    let (c, now, moved) = (job.community, tx.now(), Refused::Moved);
    let mut w = Writes::default();
    jobs::done(tx, &mut w, job, Refused::LeaseLost);
    let mut states = order.states();
    for (i, line) in order.lines.iter().enumerate() {
        if line.state == State::AwaitingGoal {
            tables::move_line(&mut w, c, line, State::ToFulfil, now, moved);
            states[i] = State::ToFulfil;
        }
    }
    tables::move_order(&mut w, c, order, order_state(&states), now, moved);
    let (subject, actor) = (order.id.raw(), None);
    facts::write(tx, &mut w, c, Fact { kind: "chain_reached", subject, actor, body: "{}" });
    tell::buyer(tx, &mut w, c, order, (Kind::ChainReached, None), &[])?;
    tell::staff(tx, &mut w, c, order, (Right::Orders, Kind::OrderPlaced))?;
    tx.run(w)
}

fn pay_back(
    tx: &mut Tx<'_>,
    job: &Job,
    order: &Order,
    place: &Place,
    chain: &Chain,
) -> Result<(), Stop<Refused>> {
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
            id: place.refund,
            lines: left,
            shipping: true,
            restock: true,
            reason: "chain_failed".into(),
        };
        refund_order::refund(tx, &all, order).map_err(|stop| stop.map(|_| moved))?;
    }
    // parked for staff counts as served: a list waits for nobody's bank; what the wallet had paid
    // is back already
    let parked =
        money::refund(tx, c, place.refund)?.is_none_or(|r| r.state != RefundState::Waiting);
    let to = if parked { PlaceState::Refunded } else { PlaceState::Refunding };
    let mut w = Writes::default();
    jobs::done(tx, &mut w, job, Refused::LeaseLost);
    chain_tables::settle(&mut w, c, place, to, moved);
    tx.wake(c.raw(), chain.id.raw());
    let (subject, actor) = (order.id.raw(), None);
    facts::write(tx, &mut w, c, Fact { kind: "chain_failed", subject, actor, body: "{}" });
    tell::buyer_of_money(tx, &mut w, c, order, (Kind::ChainFailed, amount))?;
    tx.run(w)
}
