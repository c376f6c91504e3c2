//! Give money back, per line and in part. The effect on the order is written at once; the provider
//! is asked by a job under the refund's own number, and again until it has answered.
use super::owed;
use super::tables::{self, Line, Order};
use super::tables_case;
use super::tables_catalogue as catalogue;
use super::tables_money::{self as money, NewRefund, Refund};
use super::tell;
use super::weigh_refund::{Weighed, weigh};
use super::{chains, seats, tables_chain, tables_group_buy as group_buys};
use crate::community::who::Who;
use crate::db::{Tx, Writes};
use crate::facts::Fact;
use crate::jobs::{self, Job};
use crate::ledger::Meets;
use crate::loyalty::{earn_points, use_coupon};
use crate::{App, Stop, facts, ledger, loyalty, spread};
use gateway::payments::Outcome;
use rules::base::{Id, Moment, id, text};
use rules::community::role::Right;
use rules::ledger::{Account, Event, Group, Provider};
use rules::reach::notice::Kind;
use rules::sale::line::{State, order_state};
use rules::sale::order::RefundState;
use rules::sale::refund::worth;

#[derive(Clone, Debug)]
pub struct RefundOrder {
    pub who: Who,
    /// Minted into the form: the same refund twice is one refund.
    pub id: Id<id::Refund>,
    pub order: Id<id::Order>,
    /// Which lines, how many units of each.
    pub lines: Vec<(Id<id::Line>, i64)>,
    /// The delivery fee too.
    pub shipping: bool,
    /// Units go back on the shelf; otherwise they are written off.
    pub restock: bool,
    pub reason: String,
}

crate::refusals! {
    NotAllowed = "not_allowed",
    NoSuchOrder = "no_such_order",
    NotPaid = "not_paid",
    NothingChosen = "nothing_chosen",
    BadLine = "bad_line",
    MoreThanPaid = "more_than_paid",
    Moved = "moved",
    LeaseLost = "lease_lost",
    Unsettled = "provider_has_not_answered",
}

impl App {
    /// Staff give money back. Returns the amount.
    pub async fn refund_order(&self, now: Moment, r: RefundOrder) -> Result<i64, Stop<Refused>> {
        if !r.who.rights.may(Right::Orders) {
            return Err(Refused::NotAllowed.into());
        }
        let run = move |tx: &mut Tx<'_>| {
            let order =
                tables::order_alone(tx, r.who.community, r.order)?.ok_or(Refused::NoSuchOrder)?;
            refund(tx, &Giving::from(&r), &order)?;
            let kept = money::refund(tx, r.who.community, r.id)?.ok_or(Refused::Moved)?;
            Ok(kept.amount)
        };
        self.db.write(now, run).await
    }
    /// The job that asks the provider.
    pub(crate) async fn settle_refund(&self, now: Moment, job: Job) -> Result<(), Stop<Refused>> {
        let (c, id) = (job.community, Id::<id::Refund>::of(job.subject));
        let known = self.db.read(move |rx| money::refund(rx, c, id)).await?;
        let known = known.ok_or(Refused::NoSuchOrder)?;
        let (provider, number) = (known.provider, known.id.raw());
        match self.gateway.payments.refund(provider, number, known.outside()).await {
            Outcome::Settled => {
                self.db.write(now, move |tx| settled(tx, c, id, None, Some(&job))).await
            }
            Outcome::Refused(_) => self.db.write(now, move |tx| by_hand(tx, &job, id)).await,
            Outcome::Unknown => Err(Refused::Unsettled.into()),
        }
    }
    /// Staff paid a refund back by hand and write down the slip.
    pub async fn settle_refund_by_hand(
        &self,
        now: Moment,
        who: Who,
        id: Id<id::Refund>,
        slip: String,
    ) -> Result<(), Stop<Refused>> {
        if !who.rights.may(Right::Money) {
            return Err(Refused::NotAllowed.into());
        }
        let slip = text::clip(&text::line(&slip), 60);
        if slip.is_empty() {
            return Err(Refused::NothingChosen.into());
        }
        let run = move |tx: &mut Tx<'_>| settled(tx, who.community, id, Some(&slip), None);
        self.db.write(now, run).await
    }
}

/// A refund, whoever decided it: staff, the buyer who cancels, or a job (`by` is none).
#[derive(Clone, Debug)]
pub(super) struct Giving {
    pub community: Id<id::Community>,
    pub by: Option<Id<id::Member>>,
    pub id: Id<id::Refund>,
    pub lines: Vec<(Id<id::Line>, i64)>,
    pub shipping: bool,
    pub restock: bool,
    pub reason: String,
}

impl From<&RefundOrder> for Giving {
    fn from(r: &RefundOrder) -> Giving {
        Giving {
            community: r.who.community,
            by: Some(r.who.member),
            id: r.id,
            lines: r.lines.clone(),
            shipping: r.shipping,
            restock: r.restock,
            reason: r.reason.clone(),
        }
    }
}

/// The share of one line in a refund.
pub(super) struct Share<'a> {
    line: &'a Line,
    qty: i64,
    pub(super) amount: i64,
}

impl Share<'_> {
    /// What stays paid of the line.
    fn left(&self) -> (Id<id::Line>, i64) {
        (self.line.id, self.line.amount - self.line.refunded - self.amount)
    }
}

pub(super) fn shares<'a>(order: &'a Order, r: &Giving) -> Result<Vec<Share<'a>>, Refused> {
    let mut out: Vec<Share<'a>> = Vec::new();
    for (id, qty) in r.lines.iter().filter(|(_, qty)| *qty != 0) {
        let line = order.lines.iter().find(|l| l.id == *id).ok_or(Refused::BadLine)?;
        if !line.state.paid() || out.iter().any(|s| s.line.id == line.id) {
            return Err(Refused::BadLine);
        }
        let amount = worth(line.refundable(), *qty).map_err(|_| Refused::MoreThanPaid)?;
        out.push(Share { line, qty: *qty, amount });
    }
    Ok(out)
}

/// The delivery fee that has not gone back yet.
pub(super) fn shipping_left(order: &Order) -> i64 {
    let lines: i64 = order.lines.iter().map(|l| l.refunded).sum();
    (order.shipping - (order.refunded - lines)).max(0)
}

pub(super) fn refund(tx: &mut Tx<'_>, r: &Giving, order: &Order) -> Result<(), Stop<Refused>> {
    let c = r.community;
    if money::refund(tx, c, r.id)?.is_some() {
        return Ok(());
    }
    let Weighed { payment, shares, shipping, amount, back } = weigh(tx, r, order)?;
    let reason = text::clip(&text::line(&r.reason), 200);

    // after this point it must succeed, unless another was faster
    let (mut w, now) = (Writes::default(), tx.now());
    let mut states = order.states();
    for share in &shares {
        give_line_back(&mut w, c, order.id, share, r.restock, now);
        if share.qty == share.line.kept() {
            let i = order.lines.iter().position(|l| l.id == share.line.id).unwrap_or(0);
            states[i] = State::Refunding;
        }
    }
    tables::move_order(&mut w, c, order, order_state(&states), now, Refused::Moved);
    if !states.iter().any(|s| s.paid() && *s != State::Refunding) {
        seats::leave(tx, &mut w, c, order, Refused::Moved)?;
        chains::leave(tx, &mut w, c, order, Refused::Moved)?;
        use_coupon::take_back(tx, &mut w, c, order.id, Refused::Moved)?;
    }
    unearn(tx, &mut w, c, (order, &shares), &states)?;
    tables::count_refund(&mut w, c, order.id, amount, Refused::MoreThanPaid);
    let new = NewRefund {
        id: r.id,
        order: order.id,
        payment: payment.id,
        amount,
        wallet: back.wallet(),
        state: first_state(payment.provider, back.outside),
        reason: &reason,
        restock: r.restock,
        by: r.by,
        at: now,
    };
    write_refund(&mut w, c, &new, &shares, payment.provider);
    owed::put_back(tx, &mut w, c, (order, r.id), &back, Refused::Moved);
    if let Some(by) = r.by {
        tables_case::accept(&mut w, c, (order.id, r.id), (by, now));
    }
    let (id, goods) = (r.id, amount - shipping);
    let body = &format!("{{\"refund\":\"{id}\",\"amount\":{amount},\"goods\":{goods}}}");
    let (kind, subject, actor) = ("order_refunded", order.id.raw(), r.by);
    facts::write(tx, &mut w, c, Fact { kind, subject, actor, body });
    tx.run(w)?;
    match back.outside == 0 {
        // nobody outside has to pay anything back: the wallet did, or it is worth nothing
        true => ended_at_once(tx, c, r.id),
        false => Ok(()),
    }
}

/// What the order earned its sharers, its leader and its buyer shrinks with what stays paid; the
/// points of these units return.
fn unearn(
    tx: &mut Tx<'_>,
    w: &mut Writes<Refused>,
    c: Id<id::Community>,
    (order, shares): (&Order, &[Share<'_>]),
    states: &[State],
) -> Result<(), Stop<Refused>> {
    let left: Vec<_> = shares.iter().map(Share::left).collect();
    spread::take_back(tx, w, c, order, (&left, states), Refused::Moved)?;
    let now = tx.now();
    loyalty::count_soon(tx, w, c, order.member, now)?;
    let lines: Vec<_> = shares.iter().map(|s| (s.line.id, s.qty)).collect();
    let paid: i64 = order.lines.iter().map(|l| l.amount - l.refunded).sum();
    let goods = paid - shares.iter().map(|s| s.amount).sum::<i64>();
    let back = earn_points::Back { lines: &lines, goods, states };
    Ok(earn_points::refunded(tx, w, c, (order, &back), Refused::Moved)?)
}

fn ended_at_once(
    tx: &mut Tx<'_>,
    c: Id<id::Community>,
    id: Id<id::Refund>,
) -> Result<(), Stop<Refused>> {
    let mut w = Writes::default();
    ended(tx, &mut w, c, id)?;
    tx.run(w)
}

fn first_state(provider: Provider, outside: i64) -> RefundState {
    match provider {
        _ if outside == 0 => RefundState::Settled,
        Provider::Manual => RefundState::ByHand,
        Provider::Sandbox | Provider::Wallet => RefundState::Waiting,
    }
}

fn give_line_back(
    w: &mut Writes<Refused>,
    c: Id<id::Community>,
    order: Id<id::Order>,
    share: &Share<'_>,
    restock: bool,
    now: Moment,
) {
    let (line, moved) = (share.line, Refused::Moved);
    tables_chain::count_back(w, c, (order, line.variant), (share.qty, share.amount));
    tables::count_line_refund(w, c, line, share.qty, share.amount, Refused::MoreThanPaid);
    if share.qty == line.kept() {
        tables::move_line(w, c, line, State::Refunding, now, moved);
    }
    let of = (line.product, line.variant);
    catalogue::unsell_stock(w, c, of, share.qty, restock, moved);
}

fn write_refund(
    w: &mut Writes<Refused>,
    c: Id<id::Community>,
    new: &NewRefund<'_>,
    shares: &[Share<'_>],
    provider: Provider,
) {
    money::insert_refund(w, c, new, Refused::Moved);
    for s in shares {
        money::insert_refund_line(w, c, new.id, s.line.id, (s.qty, s.amount));
    }
    let outside = new.amount - new.wallet;
    if outside > 0 {
        let group = paid_back(new.id, new.order, provider, outside, new.at);
        ledger::pending(w, c, &group, Meets { short: Refused::Moved, twice: Refused::Moved });
    }
    if new.state == RefundState::Waiting {
        jobs::later(w, c, jobs::Kind::SettleRefund, new.id.raw(), new.at);
    }
}

fn paid_back(
    id: Id<id::Refund>,
    order: Id<id::Order>,
    provider: Provider,
    amount: i64,
    at: Moment,
) -> Group {
    let parts = ledger::single(Account::Refunds, Account::Clearing(provider), amount);
    Group { id: id.as_id(), event: Event::Refund, cause: order.raw(), at, parts }
}

/// The money is back: the pending transfer posts.
fn settled(
    tx: &mut Tx<'_>,
    c: Id<id::Community>,
    id: Id<id::Refund>,
    slip: Option<&str>,
    job: Option<&Job>,
) -> Result<(), Stop<Refused>> {
    let known = money::refund(tx, c, id)?.ok_or(Refused::NoSuchOrder)?;
    let mut w = Writes::default();
    match job {
        Some(job) => jobs::done(tx, &mut w, job, Refused::LeaseLost),
        // paid by hand: the provider must not be asked as well
        None => jobs::cancel(&mut w, c, jobs::Kind::SettleRefund, id.raw()),
    }
    if known.state != RefundState::Settled {
        let (now, moved) = (tx.now(), Refused::Moved);
        money::refund_settled(&mut w, c, id, now, slip, moved);
        let Refund { order, provider, at, .. } = known;
        let group = paid_back(id, order, provider, known.outside(), at);
        ledger::post(tx, &mut w, c, &group, moved);
        ended(tx, &mut w, c, id)?;
    }
    tx.run(w)
}

/// Whole lines end with the last of their refunds, and the buyer is told.
fn ended(
    tx: &mut Tx<'_>,
    w: &mut Writes<Refused>,
    c: Id<id::Community>,
    id: Id<id::Refund>,
) -> Result<(), Stop<Refused>> {
    let Refund { order, amount, .. } = money::refund(tx, c, id)?.ok_or(Refused::NoSuchOrder)?;
    let order = tables::order_alone(tx, c, order)?.ok_or(Refused::NoSuchOrder)?;
    let lines = money::last_of_lines(tx, c, id)?;
    let (now, moved) = (tx.now(), Refused::Moved);
    let mut states = order.states();
    for (i, line) in order.lines.iter().enumerate() {
        if line.state == State::Refunding && lines.contains(&line.id) {
            tables::move_line(w, c, line, State::Refunded, now, moved);
            states[i] = State::Refunded;
        }
    }
    tables::move_order(w, c, &order, order_state(&states), now, moved);
    group_buys::refund_ended(w, c, order.id);
    tables_chain::refund_ended(w, c, order.id);
    let body = format!("{{\"refund\":\"{id}\",\"amount\":{amount}}}");
    let fact = Fact { kind: "refund_settled", subject: order.id.raw(), actor: None, body: &body };
    facts::write(tx, w, c, fact);
    if amount > 0 {
        tell::buyer_of_money(tx, w, c, &order, (Kind::OrderRefunded, amount))?;
    }
    Ok(())
}

fn by_hand(tx: &mut Tx<'_>, job: &Job, id: Id<id::Refund>) -> Result<(), Stop<Refused>> {
    let (mut w, c) = (Writes::default(), job.community);
    jobs::done(tx, &mut w, job, Refused::LeaseLost);
    money::refund_by_hand(&mut w, c, id, Refused::Moved);
    let known = money::refund(tx, c, id)?.ok_or(Refused::NoSuchOrder)?;
    // parked for staff: a team waits for nobody's bank
    group_buys::refund_ended(&mut w, c, known.order);
    tables_chain::refund_ended(&mut w, c, known.order);
    tx.run(w)
}
