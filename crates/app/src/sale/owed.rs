//! What an order owes, and the part of it that its buyer's wallet pays: pending together, posted
//! together when the order is paid, voided together when it ends unpaid.
use super::place_order::{PlaceOrder, Refused};
use super::tables::Order;
use super::tables_wallet::{self as tables, Spent};
use crate::Stop;
use crate::db::{Fault, Tx, Writes};
use crate::ledger::{self, Meets};
use rules::base::{Id, Moment, id};
use rules::ledger::{Account, Bucket, Event, Group, Part};
use rules::sale::wallet::{self, Back};

type C = Id<id::Community>;

/// Whether an order is paid from the wallet as far as that reaches.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum FromWallet {
    #[default]
    Nothing,
    All,
    /// All, and that is what the buyer saw; another sum is shown before it is spent.
    Seen(i64),
}

/// What the buyer owes: its number follows from the order's.
pub(super) fn due(order: Id<id::Order>, goods: i64, shipping: i64, at: Moment) -> Group {
    let part = |credit, amount| Part { debit: Account::Receivable, credit, amount };
    let parts = [part(Account::Sales, goods), part(Account::ShippingIncome, shipping)];
    let parts = parts.into_iter().filter(|p| p.amount > 0).collect();
    Group { id: order.as_id(), event: Event::OrderDue, cause: order.raw(), at, parts }
}

fn due_of(order: &Order) -> Group {
    due(order.id, order.goods, order.shipping, order.placed_at)
}

fn from_wallet(
    order: Id<id::Order>,
    member: Id<id::Member>,
    (transfer, at): (Id<id::Transfer>, Moment),
    parts: &[(Bucket, i64)],
) -> Group {
    let part = |(bucket, amount): &(Bucket, i64)| Part {
        debit: Account::Wallet(member, *bucket),
        credit: Account::Receivable,
        amount: *amount,
    };
    let parts = parts.iter().map(part).collect();
    Group { id: transfer, event: Event::WalletPaid, cause: order.raw(), at, parts }
}

/// The wallet's group of an order that was placed before, if it took anything there.
fn wallet_of(order: &Order, spent: &[Spent]) -> Option<Group> {
    let first = spent.first()?;
    let parts: Vec<_> = spent.iter().map(|s| (s.part.bucket, s.part.amount)).collect();
    Some(from_wallet(order.id, order.member, (first.transfer, first.at), &parts))
}

/// What the buyer's wallet gives for an order of this total.
pub(super) fn ask(
    tx: &mut Tx<'_>,
    o: &PlaceOrder,
    total: i64,
) -> Result<Vec<(Bucket, i64)>, Stop<Refused>> {
    if o.wallet == FromWallet::Nothing {
        return Ok(Vec::new());
    }
    // a late payment moves to another order, and the wallet may be empty by then
    if o.seat.is_some() {
        return Err(Refused::WalletWithSeat.into());
    }
    let parts = wallet::spend(total, &tables::held(tx, o.who.community, o.who.member)?);
    match o.wallet {
        FromWallet::Seen(seen) if seen != sum(&parts) => Err(Refused::WalletChanged.into()),
        _ => Ok(parts),
    }
}

pub(super) fn sum(parts: &[(Bucket, i64)]) -> i64 {
    parts.iter().map(|(_, n)| n).sum()
}

/// The order's receivable and the wallet's part of it, reserved in one go: no coin is spent twice.
pub(super) fn reserve(
    tx: &Tx<'_>,
    w: &mut Writes<Refused>,
    o: &PlaceOrder,
    (goods, shipping): (i64, i64),
    parts: &[(Bucket, i64)],
) {
    let (c, at, twice) = (o.who.community, tx.now(), Refused::OtherOrderWithThisId);
    ledger::pending(w, c, &due(o.id, goods, shipping, at), Meets { short: twice, twice });
    if parts.is_empty() {
        return;
    }
    let (transfer, member) = (tx.mint(), o.who.member);
    for part in parts {
        tables::spend(w, c, o.id, tables::Group { transfer, member, at }, *part);
    }
    let group = from_wallet(o.id, member, (transfer, at), parts);
    ledger::pending(w, c, &group, Meets { short: Refused::WalletChanged, twice });
}

/// The pending groups of an order: what is owed, and what the wallet gives for it.
fn reserved(tx: &mut Tx<'_>, c: C, order: &Order) -> Result<Vec<Group>, Fault> {
    let wallet = wallet_of(order, &tables::spent(tx, c, order.id)?);
    Ok(std::iter::once(due_of(order)).chain(wallet).collect())
}

/// The order is paid.
pub(super) fn post<R: Copy>(
    tx: &mut Tx<'_>,
    w: &mut Writes<R>,
    c: C,
    order: &Order,
    already: R,
) -> Result<(), Fault> {
    for group in reserved(tx, c, order)? {
        ledger::post(tx, w, c, &group, already);
    }
    Ok(())
}
/// The order ends unpaid: the wallet has its money back.
pub(super) fn void<R: Copy>(
    tx: &mut Tx<'_>,
    w: &mut Writes<R>,
    c: C,
    order: &Order,
    already: R,
) -> Result<(), Fault> {
    for group in reserved(tx, c, order)? {
        ledger::void(tx, w, c, &group, already);
    }
    Ok(())
}

/// Where a refund of this order goes; none when it is more than is left.
pub(super) fn back(
    tx: &mut Tx<'_>,
    c: C,
    order: &Order,
    amount: i64,
) -> Result<Option<Back>, Fault> {
    let parts: Vec<_> = tables::spent(tx, c, order.id)?.iter().map(|s| s.part).collect();
    let returned: i64 = parts.iter().map(|p| p.returned).sum();
    let outside_left = order.to_pay() - (order.refunded - returned);
    Ok(wallet::give_back(amount, outside_left, &parts))
}

/// The wallet's part of a refund is back at once, each sum in the bucket it came from.
pub(super) fn put_back<R: Copy>(
    tx: &Tx<'_>,
    w: &mut Writes<R>,
    c: C,
    (order, refund): (&Order, Id<id::Refund>),
    back: &Back,
    too_much: R,
) {
    if back.parts.is_empty() {
        return;
    }
    let (transfer, member, at) = (tx.mint(), order.member, tx.now());
    for part in &back.parts {
        let group = tables::Group { transfer, member, at };
        tables::give_back(w, c, (order.id, refund), group, *part, too_much);
    }
    let part = |(bucket, amount): &(Bucket, i64)| Part {
        debit: Account::Refunds,
        credit: Account::Wallet(member, *bucket),
        amount: *amount,
    };
    let (id, cause, parts) = (transfer, order.id.raw(), back.parts.iter().map(part).collect());
    let group = Group { id, event: Event::WalletRefund, cause, at, parts };
    ledger::posted(w, c, &group, Meets { short: too_much, twice: too_much });
}
