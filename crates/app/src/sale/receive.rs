//! The buyer has the goods: said by the buyer, by the hand-out, or by time.
use super::tables::{self, Order};
use super::tables_case;
use crate::community::who::Who;
use crate::db::{Fault, Tx, Writes};
use crate::facts::Fact;
use crate::jobs::{self, Job};
use crate::loyalty::earn_points;
use crate::{App, Stop, facts, loyalty, spread};
use rules::base::{Id, Moment, id, moment};
use rules::sale::line::{State, order_state};

crate::refusals! {
    NoSuchOrder = "no_such_order",
    NothingToReceive = "nothing_to_receive",
    Moved = "moved",
    LeaseLost = "lease_lost",
}

impl App {
    pub async fn confirm_receipt(
        &self,
        now: Moment,
        who: Who,
        order: Id<id::Order>,
    ) -> Result<(), Stop<Refused>> {
        self.db.write(now, move |tx| receive(tx, who, order)).await
    }
    /// The job ten days after shipping; an open case puts it off.
    pub(crate) async fn receive_shipped(&self, now: Moment, job: Job) -> Result<(), Stop<Refused>> {
        let run = move |tx: &mut Tx<'_>| {
            let c = job.community;
            let order =
                tables::order_alone(tx, c, Id::of(job.subject))?.ok_or(Refused::NoSuchOrder)?;
            let mut w = Writes::default();
            if tables_case::open_case(tx, c, order.id)?.is_some() {
                let tomorrow = tx.now().plus(moment::DAY);
                jobs::afresh(&mut w, c, jobs::Kind::ReceiveShipped, order.id.raw(), tomorrow);
                return tx.run(w);
            }
            jobs::done(tx, &mut w, &job, Refused::LeaseLost);
            write(tx, &mut w, c, &order, &[State::Shipped], None, Refused::Moved)?;
            tx.run(w)
        };
        self.db.write(now, run).await
    }
}

fn receive(tx: &mut Tx<'_>, who: Who, id: Id<id::Order>) -> Result<(), Stop<Refused>> {
    let c = who.community;
    let order = tables::order_alone(tx, c, id)?.ok_or(Refused::NoSuchOrder)?;
    if order.member != who.member {
        return Err(Refused::NoSuchOrder.into());
    }
    if matches!(order.state, State::Received | State::Completed) {
        return Ok(());
    }
    let mut w = Writes::default();
    let from = [State::Shipped, State::ReadyForPickup];
    if !write(tx, &mut w, c, &order, &from, Some(who.member), Refused::Moved)? {
        return Err(Refused::NothingToReceive.into());
    }
    tx.run(w)
}

/// Lines in one of the states `from` are received; says whether there were any.
pub(super) fn write<R: Copy>(
    tx: &mut Tx<'_>,
    w: &mut Writes<R>,
    c: Id<id::Community>,
    order: &Order,
    from: &[State],
    by: Option<Id<id::Member>>,
    moved: R,
) -> Result<bool, Fault> {
    let now = tx.now();
    let mut states = order.states();
    let mut received = Vec::new();
    for (i, line) in order.lines.iter().enumerate() {
        if from.contains(&line.state) {
            tables::move_line(w, c, line, State::Received, now, moved);
            states[i] = State::Received;
            received.push(line.id);
        }
    }
    if received.is_empty() {
        return Ok(false);
    }
    tables::move_order(w, c, order, order_state(&states), now, moved);
    let due = now.plus_days(tables::LONGEST_RETURN_DAYS);
    jobs::afresh(w, c, jobs::Kind::CompleteOrder, order.id.raw(), due);
    spread::freeze(tx, w, c, order.id, (&received, tables::LONGEST_RETURN_DAYS), moved)?;
    spread::serve(tx, w, c, order, (&received, tables::LONGEST_RETURN_DAYS), moved)?;
    loyalty::count_soon(tx, w, c, order.member, now)?;
    earn_points::received(tx, w, c, order)?;
    let subject = order.id.raw();
    facts::write(tx, w, c, Fact { kind: "order_received", subject, actor: by, body: "{}" });
    Ok(true)
}
