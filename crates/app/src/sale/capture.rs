//! Money arrived. It is captured once, whatever arrives, in whatever order, however often; what
//! fits no open order goes to suspense and from there back.
use super::owed;
use super::tables::{self, Order};
use super::tables_catalogue as catalogue;
use super::tables_money::{self as money, Arrived, Payment};
use super::{
    cancel_order, chains, late_seat, seats, tables_group_buy as group_buys, tables_wallet, tell,
};
use crate::community::who::Who;
use crate::db::{Tx, Writes};
use crate::facts::Fact;
use crate::ledger::Meets;
use crate::loyalty::{earn_points, use_coupon};
use crate::{App, Stop, community, facts, holds, jobs, ledger, spread};
use rules::base::{Id, Moment, id};
use rules::community::message::SystemLine;
use rules::community::role::Right;
use rules::ledger::{Account, Event, Group, Provider};
use rules::reach::notice::Kind;
use rules::sale::line::State;
use rules::sale::order::PaymentState;

/// What a verified callback says.
#[derive(Clone, Debug)]
pub struct Capture {
    pub community: Id<id::Community>,
    pub payment: Id<id::Payment>,
    /// The provider's number, used once.
    pub reference: String,
    pub amount: i64,
    pub currency_fits: bool,
    /// For a sum that arrives under an attempt which has its money already.
    pub spare: Id<id::Payment>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Taken {
    /// The order is paid.
    Captured,
    /// The same news again.
    Before,
    /// The money fits no open order and goes back.
    Suspense,
}

crate::refusals! {
    NotAllowed = "not_allowed",
    NoSuchPayment = "no_such_payment",
    NotWaiting = "not_waiting_for_payment",
    /// Another piece of news about this payment was faster; the sender repeats it.
    Faster = "another_was_faster",
}

impl App {
    /// A provider's callback, after its signature was verified.
    pub async fn take_payment(&self, now: Moment, t: Capture) -> Result<Taken, Stop<Refused>> {
        let t = std::sync::Arc::new(t);
        let once = t.clone();
        match self.db.write(now, move |tx| take(tx, &once)).await {
            Err(Stop::Refused(Refused::Faster)) => self.db.write(now, move |tx| take(tx, &t)).await,
            out => out,
        }
    }
    /// Staff saw the transfer on the bank statement.
    pub async fn confirm_proof(
        &self,
        now: Moment,
        who: Who,
        payment: Id<id::Payment>,
    ) -> Result<Taken, Stop<Refused>> {
        self.db.write(now, move |tx| confirm(tx, who, payment)).await
    }
    /// The provider says the attempt came to nothing; the order keeps waiting.
    pub async fn payment_failed(
        &self,
        now: Moment,
        c: Id<id::Community>,
        payment: Id<id::Payment>,
    ) -> Result<(), Stop<Refused>> {
        let fail = move |tx: &mut Tx<'_>| {
            let known = money::payment(tx, c, payment)?.ok_or(Refused::NoSuchPayment)?;
            if known.state != PaymentState::Started {
                return Ok(()); // late news of an attempt that has ended otherwise
            }
            let mut w = Writes::default();
            money::fail(&mut w, c, payment, tx.now(), "", Refused::Faster);
            tx.run(w)
        };
        self.db.write(now, fail).await
    }
}

fn take(tx: &mut Tx<'_>, t: &Capture) -> Result<Taken, Stop<Refused>> {
    let c = t.community;
    let payment = money::payment(tx, c, t.payment)?.ok_or(Refused::NoSuchPayment)?;
    if money::by_reference(tx, c, payment.provider, &t.reference)?.is_some() {
        return Ok(Taken::Before);
    }
    let order = tables::order_alone(tx, c, payment.order)?.ok_or(Refused::NoSuchPayment)?;
    let at = tx.now();
    let arrived = Arrived { reference: &t.reference, amount: t.amount, confirmed_by: None, at };
    let fits = t.currency_fits && t.amount == order.to_pay() && payment.reference.is_none();
    if fits && settle(tx, c, &order, &payment, arrived)? {
        return Ok(Taken::Captured);
    }
    suspend(tx, (c, t.spare), &payment, arrived)?;
    Ok(Taken::Suspense)
}

fn confirm(tx: &mut Tx<'_>, who: Who, id: Id<id::Payment>) -> Result<Taken, Stop<Refused>> {
    if !who.rights.may(Right::Money) {
        return Err(Refused::NotAllowed.into());
    }
    let c = who.community;
    let payment = money::payment(tx, c, id)?.ok_or(Refused::NoSuchPayment)?;
    if payment.state == PaymentState::Captured {
        return Ok(Taken::Before);
    }
    let order = tables::order_alone(tx, c, payment.order)?.ok_or(Refused::NoSuchPayment)?;
    let slip = payment.slip.clone().ok_or(Refused::NotWaiting)?;
    if matches!(payment.state, PaymentState::Suspense | PaymentState::Returned) {
        return Ok(Taken::Suspense);
    }
    if payment.state != PaymentState::ProofGiven {
        return Err(Refused::NotWaiting.into());
    }
    let (amount, at) = (payment.amount, tx.now());
    let arrived = Arrived { reference: &slip, amount, confirmed_by: Some(who.member), at };
    if settle(tx, c, &order, &payment, arrived)? {
        return Ok(Taken::Captured);
    }
    // it was paid another way meanwhile: this is money too much, and goes back
    suspend(tx, (c, payment.id), &payment, arrived)?;
    Ok(Taken::Suspense)
}

/// Cash that a leader took for an order that has just been entered.
pub(super) fn cash(
    tx: &mut Tx<'_>,
    c: Id<id::Community>,
    (order, payment): (Id<id::Order>, Id<id::Payment>),
    (slip, by): (&str, Id<id::Member>),
) -> Result<(), Stop<Refused>> {
    let order = tables::order_alone(tx, c, order)?.ok_or(Refused::NoSuchPayment)?;
    let payment = money::payment(tx, c, payment)?.ok_or(Refused::NoSuchPayment)?;
    let (amount, at) = (payment.amount, tx.now());
    let arrived = Arrived { reference: slip, amount, confirmed_by: Some(by), at };
    if !settle(tx, c, &order, &payment, arrived)? {
        return Err(Refused::NotWaiting.into());
    }
    let mut w = Writes::default();
    tell::buyer_of_money_by(tx, &mut w, c, &order, (Kind::OrderedForYou, Some(by), amount))?;
    tx.run(w)
}

/// Whether the money found its order: one that waits for it, or, when the seat it was for is gone,
/// the one that its buyer wanted instead.
fn settle(
    tx: &mut Tx<'_>,
    c: Id<id::Community>,
    order: &Order,
    payment: &Payment,
    arrived: Arrived<'_>,
) -> Result<bool, Stop<Refused>> {
    let seat = group_buys::seat(tx, c, order.id)?;
    let (waits, closed) =
        (order.state == State::AwaitingPayment, order.state == State::ClosedUnpaid);
    let Some(seat) = seat else {
        return if waits { settle_chain(tx, c, order, payment, arrived) } else { Ok(false) };
    };
    if waits {
        if let Some(seated) = seats::confirm(tx, c, &seat)? {
            settle_order(tx, c, order, payment, arrived, &With::Seat(&seated))?;
            return Ok(true);
        }
        let mut w = Writes::default();
        let to = State::ClosedUnpaid;
        cancel_order::give_back(tx, &mut w, c, order, to, None, Refused::Faster)?;
        tx.run(w)?;
    } else if !closed {
        return Ok(false);
    }
    let seat = group_buys::seat(tx, c, order.id)?.unwrap_or(seat);
    let Some(next) = late_seat::move_on(tx, c, (order, &seat), payment)? else {
        return Ok(false);
    };
    let seat = group_buys::seat(tx, c, next.id)?.ok_or(Refused::Faster)?;
    let seated = seats::confirm(tx, c, &seat)?.ok_or(Refused::Faster)?;
    settle_order(tx, c, &next, payment, arrived, &With::Seat(&seated))?;
    let mut w = Writes::default();
    tell::buyer(tx, &mut w, c, &next, (Kind::SeatMoved, None), &[])?;
    tx.run(w)?;
    Ok(true)
}

/// An order without a seat: in a chain order it gets its number, or comes too late.
fn settle_chain(
    tx: &mut Tx<'_>,
    c: Id<id::Community>,
    order: &Order,
    payment: &Payment,
    arrived: Arrived<'_>,
) -> Result<bool, Stop<Refused>> {
    match chains::confirm(tx, c, order)? {
        chains::Paid::Elsewhere => settle_order(tx, c, order, payment, arrived, &With::Nobody)?,
        chains::Paid::Joined(j) => settle_order(tx, c, order, payment, arrived, &With::List(&j))?,
        chains::Paid::TooLate => {
            let mut w = Writes::default();
            let to = State::ClosedUnpaid;
            cancel_order::give_back(tx, &mut w, c, order, to, None, Refused::Faster)?;
            tx.run(w)?;
            return Ok(false);
        }
    }
    Ok(true)
}

/// What an order is bought with.
enum With<'a> {
    Nobody,
    Seat(&'a seats::Seated),
    List(&'a chains::Joined),
}

/// The order is paid: receivable settled, stock sold, holds confirmed, the undoing job called off.
fn settle_order(
    tx: &mut Tx<'_>,
    c: Id<id::Community>,
    order: &Order,
    payment: &Payment,
    arrived: Arrived<'_>,
    with: &With<'_>,
) -> Result<(), Stop<Refused>> {
    let faster = Refused::Faster;
    let to = match with {
        With::Nobody => State::ToFulfil,
        With::Seat(_) => State::AwaitingGroup,
        With::List(joined) => joined.state(),
    };
    // after this point it must succeed, unless another was faster
    let mut w = Writes::default();
    money::capture(&mut w, c, payment.id, arrived, faster);
    tables::order_paid(&mut w, c, order.id, (to, arrived.at), payment.provider, faster);
    for line in &order.lines {
        tables::move_line(&mut w, c, line, to, arrived.at, faster);
        catalogue::sell_stock(&mut w, c, (line.product, line.variant), line.qty, faster);
        holds::confirm(&mut w, c, line.id.as_id(), faster);
    }
    use_coupon::confirm(tx, &mut w, c, order.id, faster)?;
    let paid: Vec<_> = order.lines.iter().map(|l| (l.id, l.amount)).collect();
    let counting = match order.wallet {
        0 => (order.total, order.total),
        _ => tables_wallet::earning_share(tx, c, order.id)?,
    };
    spread::earn(tx, &mut w, c, order.id, (&paid, counting), faster)?;
    earn_points::paid(tx, &mut w, c, order, counting, faster)?;
    jobs::cancel(&mut w, c, jobs::Kind::ReleaseUnpaid, order.id.raw());
    owed::post(tx, &mut w, c, order, faster)?;
    let clearing = Account::Clearing(payment.provider);
    let group = received(payment.id, Event::Capture, order.id.raw(), arrived, clearing);
    ledger::posted(&mut w, c, &group, Meets { short: faster, twice: faster });
    // the goods alone: figures are made of them, and a log of facts can be read without the rows
    let goods: i64 = order.lines.iter().map(|l| l.amount).sum();
    let (id, amount) = (payment.id, order.total);
    let body = format!("{{\"payment\":\"{id}\",\"amount\":{amount},\"goods\":{goods}}}");
    let fact = Fact {
        kind: "order_paid",
        subject: order.id.raw(),
        actor: Some(order.member),
        body: &body,
    };
    facts::write(tx, &mut w, c, fact);
    // who took the money of her own order knows it
    let own = arrived.confirmed_by.filter(|by| *by == order.member);
    tell::buyer_of_money_by(tx, &mut w, c, order, (Kind::OrderPaid, own, order.total))?;
    if let With::Seat(seated) = with {
        // staff hear of it, and the pick-up group too, when there is something to pack
        seats::seated(tx, &mut w, c, seated, faster)?;
        return tx.run(w);
    }
    // below its minimum a list may still come to nothing: staff hear of its orders when it stands
    if to == State::ToFulfil {
        tell::staff(tx, &mut w, c, order, (Right::Orders, Kind::OrderPlaced))?;
    }
    if let With::List(joined) = with {
        chains::joined(tx, &mut w, c, joined);
    } else if let Some(group) = order.group {
        // no name: what somebody buys is theirs to tell
        let code = SystemLine::OrderPaid;
        community::post_system_line_seldom(tx, &mut w, c, group, code, "{}")?;
    }
    tx.run(w)
}

/// The wallet pays the order whole: nobody outside is asked, and the capture is of nothing.
pub(super) fn take_from_wallet(
    tx: &mut Tx<'_>,
    c: Id<id::Community>,
    order: Id<id::Order>,
) -> Result<(), Stop<Refused>> {
    let order = tables::order(tx, c, order)?.ok_or(Refused::NoSuchPayment)?;
    let (id, at) = (tx.mint::<id::Payment>(), tx.now());
    let mut w = Writes::default();
    money::start(&mut w, c, (id, order.id), Provider::Wallet, 0, at, Refused::Faster);
    tx.run(w)?;
    let payment = money::payment(tx, c, id)?.ok_or(Refused::NoSuchPayment)?;
    let reference = id.to_string();
    let arrived = Arrived { reference: &reference, amount: 0, confirmed_by: None, at };
    match settle_chain(tx, c, &order, &payment, arrived)? {
        true => Ok(()),
        false => Err(Refused::Faster.into()),
    }
}

/// Clearing up, receivable or suspense down; numbered by the payment.
fn received(
    payment: Id<id::Payment>,
    event: Event,
    cause: i64,
    arrived: Arrived<'_>,
    clearing: Account,
) -> Group {
    let credit = match event {
        Event::SuspenseIn => Account::Suspense,
        _ => Account::Receivable,
    };
    let parts = match arrived.amount {
        0 => Vec::new(),
        amount => ledger::single(clearing, credit, amount),
    };
    Group { id: payment.as_id(), event, cause, at: arrived.at, parts }
}

fn suspend(
    tx: &mut Tx<'_>,
    (c, spare): (Id<id::Community>, Id<id::Payment>),
    payment: &Payment,
    arrived: Arrived<'_>,
) -> Result<(), Stop<Refused>> {
    let faster = Refused::Faster;
    let mut w = Writes::default();
    let id = match payment.reference {
        None => {
            money::suspend(&mut w, c, payment.id, arrived, faster);
            payment.id
        }
        Some(_) => {
            money::more_money(&mut w, c, (spare, payment), arrived, faster);
            spare
        }
    };
    let clearing = Account::Clearing(payment.provider);
    let group = received(id, Event::SuspenseIn, id.raw(), arrived, clearing);
    ledger::posted(&mut w, c, &group, Meets { short: faster, twice: faster });
    // a transfer goes back by hand: no provider can be asked
    if payment.provider != Provider::Manual {
        jobs::later(&mut w, c, jobs::Kind::ReturnSuspense, id.raw(), arrived.at);
    }
    let body = format!("{{\"order\":\"{}\",\"amount\":{}}}", payment.order, arrived.amount);
    let fact = Fact { kind: "money_unexplained", subject: id.raw(), actor: None, body: &body };
    facts::write(tx, &mut w, c, fact);
    tx.run(w)
}
