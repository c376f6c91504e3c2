//! Commission's part in the verbs of an order: expected when it is placed, earned when it is paid,
//! frozen when it is received, taken back in proportion when money goes back.
use super::attribute::Credit;
use super::earned_wallet::{Spent, post, take_out};
use super::tables_commission::{self as tables, Commission, NewCommission};
use crate::db::{Fault, Tx, Writes};
use crate::facts::{self, Fact};
use crate::jobs;
use crate::ledger;
use rules::base::{Id, Moment, id};
use rules::ledger::{Account, Earning, Event};
use rules::spread::commission::{self, Level, State};

type C = Id<id::Community>;
type Order = Id<id::Order>;
type Line = Id<id::Line>;

/// An order's lines with their products, and the campaign it was placed in.
pub type Bought<'a> = (&'a [(Line, Id<id::Product>)], Option<Id<id::Campaign>>);

/// Writes down who will get which rate of each line. Nothing is read again later: neither rates
/// nor who takes part.
pub fn expect<R>(
    tx: &mut Tx<'_>,
    w: &mut Writes<R>,
    c: C,
    (order, buyer): (Order, Id<id::Member>),
    credit: Credit,
    (lines, campaign): Bought<'_>,
) -> Result<(), Fault> {
    let (mut terms, stopped) = tables::terms(tx, c)?;
    if !terms.on {
        return Ok(());
    }
    if stopped.is_some() {
        terms.levels = Level::First;
    }
    let mut who = Vec::new();
    for (level, member) in commission::receivers(buyer, credit.to, credit.second) {
        if level <= terms.levels && tables::takes_part(tx, c, member)? {
            who.push((level, member));
        }
    }
    if who.is_empty() {
        return Ok(());
    }
    for (line, product) in lines {
        let own = tables::rates(tx, c, *product, campaign)?;
        let rates = commission::in_force(terms, commission::rates(&own, terms.rates));
        for (level, member) in &who {
            let (rate, via) = match level {
                Level::First => (rates.first, None),
                Level::Second => (rates.second, Some(credit.to)),
            };
            if rate > 0 {
                let (id, wait_days) = (tx.mint(), terms.wait_days);
                let (line, level, member) = (*line, *level, *member);
                let new =
                    NewCommission { id, order, line, level, member, buyer, via, rate, wait_days };
                tables::expect(w, c, &new, tx.now());
            }
        }
    }
    Ok(())
}

/// The order is paid, its lines with so much each; `counting` of the total is money that earns.
pub fn earn<R: Copy>(
    tx: &mut Tx<'_>,
    w: &mut Writes<R>,
    c: C,
    order: Order,
    (lines, counting): (&[(Line, i64)], (i64, i64)),
    moved: R,
) -> Result<(), Fault> {
    for k in tables::of_order(tx, c, order)? {
        let paid = lines.iter().find(|(line, _)| *line == k.line).map_or(0, |(_, amount)| *amount);
        let base = commission::base(paid, counting);
        let amount = commission::share(base, k.rate);
        tables::earn(w, c, k.id, (base, counting, amount), moved);
        if amount > 0 {
            let to = Account::Commission(k.member, Earning::Pending);
            let parts = ledger::single(Account::CommissionCost, to, amount);
            let id = k.id.as_id();
            post(w, c, (id, Event::CommissionEarned, k.id), tx.now(), parts, moved);
            let body = format!("{{\"order\":\"{order}\",\"amount\":{amount}}}");
            note(tx, w, c, "commission_earned", &k, &body);
        }
    }
    Ok(())
}

/// The lines are received: the days run, after which it may be spent.
pub fn freeze<R: Copy>(
    tx: &mut Tx<'_>,
    w: &mut Writes<R>,
    c: C,
    order: Order,
    (lines, return_days): (&[Line], i64),
    moved: R,
) -> Result<(), Fault> {
    let now = tx.now();
    let mut due: Option<Moment> = None;
    for k in tables::of_order(tx, c, order)? {
        if k.state != State::Pending || !lines.contains(&k.line) {
            continue;
        }
        tables::freeze(w, c, k.id, now, moved);
        let from = Account::Commission(k.member, Earning::Pending);
        let to = Account::Commission(k.member, Earning::Frozen);
        let parts = ledger::single(from, to, k.amount);
        post(w, c, (tx.mint(), Event::CommissionFrozen, k.id), now, parts, moved);
        let ready = now.plus_days(k.wait_days.max(return_days));
        due = Some(due.map_or(ready, |d| d.min(ready)));
    }
    if let Some(due) = due {
        jobs::afresh(w, c, jobs::Kind::ReleaseCommission, order.raw(), due);
    }
    Ok(())
}

/// The lines were handed out by mistake: their commission waits for receipt again.
pub fn thaw<R: Copy>(
    tx: &mut Tx<'_>,
    w: &mut Writes<R>,
    c: C,
    order: Order,
    lines: &[Line],
    moved: R,
) -> Result<(), Fault> {
    for k in tables::of_order(tx, c, order)? {
        if k.state != State::Frozen || !lines.contains(&k.line) {
            continue;
        }
        tables::thaw(w, c, k.id, moved);
        let from = Account::Commission(k.member, Earning::Frozen);
        let to = Account::Commission(k.member, Earning::Pending);
        let parts = ledger::single(from, to, k.amount);
        post(w, c, (tx.mint(), Event::CommissionThawed, k.id), tx.now(), parts, moved);
    }
    Ok(())
}

/// Money goes back: of each line `left` stays paid, and so much of the commission stays earned.
pub(super) fn give_back<R: Copy>(
    tx: &mut Tx<'_>,
    w: &mut Writes<R>,
    c: C,
    order: Order,
    left: &[(Line, i64)],
    spent: &mut Spent,
    moved: R,
) -> Result<(), Fault> {
    for k in tables::of_order(tx, c, order)? {
        let Some((_, left)) = left.iter().find(|(line, _)| *line == k.line) else { continue };
        let stays = commission::share(commission::base(*left, k.counting), k.rate);
        let sum = k.amount - stays;
        if sum <= 0 || matches!(k.state, State::Expected | State::Ended) {
            continue;
        }
        tables::take_back(w, c, &k, sum, moved);
        let cost = Account::CommissionCost;
        let parts = match k.state {
            State::Available => take_out(tx, w, c, (k.member, sum, cost), spent)?,
            State::Frozen => {
                ledger::single(Account::Commission(k.member, Earning::Frozen), cost, sum)
            }
            _ => ledger::single(Account::Commission(k.member, Earning::Pending), cost, sum),
        };
        post(w, c, (tx.mint(), Event::CommissionTakenBack, k.id), tx.now(), parts, moved);
        let body = format!("{{\"order\":\"{order}\",\"amount\":{sum}}}");
        note(tx, w, c, "commission_taken_back", &k, &body);
    }
    Ok(())
}

pub(super) fn note<R>(
    tx: &Tx<'_>,
    w: &mut Writes<R>,
    c: C,
    kind: &'static str,
    k: &Commission,
    body: &str,
) {
    facts::write(tx, w, c, Fact { kind, subject: k.id.raw(), actor: Some(k.member), body });
}
