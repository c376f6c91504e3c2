//! Service pay's part in the verbs of a list: promised when it opens, earned when goods are handed
//! out, taken back in proportion when they come back or the hand-out was a mistake.
use super::earned_wallet::{Spent, post, take_out};
use super::tables_commission as commissions;
use super::tables_service_pay::{self as tables, Earned, Promise, ServicePay};
use crate::db::{Fault, Tx, Writes};
use crate::facts::{self, Fact};
use crate::jobs;
use crate::ledger;
use crate::sale::tables::Order;
use rules::base::{Id, id};
use rules::ledger::{Account, Event, Part};
use rules::sale::line::State as Stands;
use rules::spread::service_pay::{self as service, State};

type C = Id<id::Community>;
type Line = Id<id::Line>;

/// Writes down what the list pays whoever opened it: what the owner laid down for the group by
/// now. Nobody can choose it while opening a list, since whoever opens one is whom it pays.
pub fn promise<R>(
    tx: &mut Tx<'_>,
    w: &mut Writes<R>,
    c: C,
    (campaign, group): (Id<id::Campaign>, Id<id::Group>),
    (leader, pays): (Id<id::Member>, bool),
) -> Result<(), Fault> {
    let terms = tables::terms(tx, c, group)?;
    if pays && terms.on() {
        let wait_days = commissions::terms(tx, c)?.0.wait_days;
        tables::promise(w, c, &Promise { campaign, leader, terms, wait_days });
    }
    Ok(())
}

/// Lines of an order of a list changed hands: its leader has earned her part of them.
pub fn serve<R: Copy>(
    tx: &mut Tx<'_>,
    w: &mut Writes<R>,
    c: C,
    order: &Order,
    (received, return_days): (&[Line], i64),
    moved: R,
) -> Result<(), Fault> {
    let Some(promise) = tables::promised(tx, c, order.id)? else { return Ok(()) };
    if !service::earns(promise.leader, order.member) {
        return Ok(());
    }
    let before = tables::of_order(tx, c, order.id)?;
    let mut all = Vec::new();
    for line in order.lines.iter().filter(|l| received.contains(&l.id)) {
        let base = line.amount - line.refunded;
        all.push((Some(line.id), base, service::of_goods(promise.terms, base)));
    }
    // the goods that were handed out are with the buyer, whatever else is
    all.push((None, 0, service::of_order(promise.terms, true)));
    let (now, mut sum) = (tx.now(), 0);
    for (line, base, amount) in all {
        let known = before.iter().find(|v| v.line == line);
        if amount == 0 || known.is_some_and(|v| v.state != State::Ended) {
            continue;
        }
        // numbered by itself the first time: one row a line, so it cannot be earned twice
        let id = known.map_or_else(|| tx.mint(), |v| v.id);
        let earned = Earned { id, order: order.id, line, base, amount };
        let transfer = match known {
            Some(_) => {
                tables::earn_again(w, c, &earned, now, moved);
                tx.mint()
            }
            None => {
                tables::earn(w, c, &promise, &earned, now, moved);
                id.as_id()
            }
        };
        let to = Account::Service(promise.leader);
        let parts = ledger::single(Account::ServiceCost, to, amount);
        post(w, c, (transfer, Event::ServiceEarned, id), now, parts, moved);
        sum += amount;
    }
    if sum > 0 {
        let ready = now.plus_days(promise.wait_days.max(return_days));
        jobs::afresh(w, c, jobs::Kind::ReleaseService, order.id.raw(), ready);
        note(tx, w, c, ("service_earned", order.id, promise.leader), sum);
    }
    Ok(())
}

/// The lines `back` were handed out by mistake; `states`: how the order's lines stand after it.
pub fn unserve<R: Copy>(
    tx: &mut Tx<'_>,
    w: &mut Writes<R>,
    c: C,
    order: &Order,
    (back, states): (&[Line], &[Stands]),
    moved: R,
) -> Result<(), Fault> {
    let left: Vec<_> = back.iter().map(|line| (*line, 0)).collect();
    give_back(tx, w, c, order, (&left, states), &mut Spent::default(), moved)
}

/// Money goes back: of each line `left` stays paid, and so much of its pay stays earned; the flat
/// sum stays while anything handed out stays with the buyer.
pub(super) fn give_back<R: Copy>(
    tx: &mut Tx<'_>,
    w: &mut Writes<R>,
    c: C,
    order: &Order,
    (left, states): (&[(Line, i64)], &[Stands]),
    spent: &mut Spent,
    moved: R,
) -> Result<(), Fault> {
    let here = states.iter().any(|s| matches!(s, Stands::Received | Stands::Completed));
    let (mut sum, mut leader) = (0, None);
    for v in tables::of_order(tx, c, order.id)? {
        let stays = match v.line {
            None => service::of_order(v.terms, here),
            Some(line) => match left.iter().find(|(l, _)| *l == line) {
                Some((_, left)) => service::of_goods(v.terms, *left),
                None => continue,
            },
        };
        let back = v.amount - stays;
        if back <= 0 || v.state == State::Ended {
            continue;
        }
        tables::take_back(w, c, &v, back, moved);
        let parts = returned(tx, w, c, &v, back, spent)?;
        post(w, c, (tx.mint(), Event::ServiceTakenBack, v.id), tx.now(), parts, moved);
        sum += back;
        leader = Some(v.member);
    }
    if let Some(leader) = leader {
        note(tx, w, c, ("service_taken_back", order.id, leader), sum);
    }
    Ok(())
}

/// From where it stands; what is missing in the wallet is owed.
fn returned<R>(
    tx: &mut Tx<'_>,
    w: &mut Writes<R>,
    c: C,
    v: &ServicePay,
    back: i64,
    spent: &mut Spent,
) -> Result<Vec<Part>, Fault> {
    let cost = Account::ServiceCost;
    if v.state == State::Frozen {
        return Ok(ledger::single(Account::Service(v.member), cost, back));
    }
    take_out(tx, w, c, (v.member, back, cost), spent)
}

pub(super) fn note<R>(
    tx: &Tx<'_>,
    w: &mut Writes<R>,
    c: C,
    (kind, order, leader): (&'static str, Id<id::Order>, Id<id::Member>),
    amount: i64,
) {
    let body = format!("{{\"amount\":{amount}}}");
    let fact = Fact { kind, subject: order.raw(), actor: Some(leader), body: &body };
    facts::write(tx, w, c, fact);
}
