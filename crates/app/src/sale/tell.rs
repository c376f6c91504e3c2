//! Tells buyers and staff what happened to an order, in the transaction of its cause.
use super::tables::Order;
use crate::db::{Fault, Tx, Writes};
use crate::p;
use crate::reach::{self, Notice};
use rules::base::{Currency, Id, Money, id};
use rules::community::role::Right;
use rules::reach::notice::Kind;

const CURRENCY: &str = "SELECT currency FROM community WHERE id = $1";

type C = Id<id::Community>;

/// What the order is called in a sentence: its first title, and how many more there are.
fn title(order: &Order) -> String {
    let first = order.lines.first().map_or("", |l| l.title.as_str());
    match order.lines.len() {
        0 | 1 => first.to_string(),
        n => format!("{first} +{}", n - 1),
    }
}
pub(crate) fn amount(tx: &mut Tx<'_>, c: C, minor: i64) -> Result<String, Fault> {
    let cur = tx.one(CURRENCY, p![c], |r| r.word(0, Currency::of))?.unwrap_or(Currency::Cny);
    Ok(Money::new(minor, cur).said())
}

/// `args` come beside the title, which every sentence about an order has.
pub fn buyer<R>(
    tx: &mut Tx<'_>,
    w: &mut Writes<R>,
    c: C,
    order: &Order,
    (kind, actor): (Kind, Option<Id<id::Member>>),
    args: &[(&str, &str)],
) -> Result<(), Fault> {
    let title = title(order);
    let mut all = vec![("title", title.as_str())];
    all.extend_from_slice(args);
    let notice = Notice { kind, subject: order.id.raw(), actor, args: &all };
    reach::notify(tx, w, c, order.member, notice)
}

/// The same with a sum of money in the community's currency.
pub fn buyer_of_money<R>(
    tx: &mut Tx<'_>,
    w: &mut Writes<R>,
    c: C,
    order: &Order,
    (kind, minor): (Kind, i64),
) -> Result<(), Fault> {
    buyer_of_money_by(tx, w, c, order, (kind, None, minor))
}

/// The same, caused by somebody.
pub fn buyer_of_money_by<R>(
    tx: &mut Tx<'_>,
    w: &mut Writes<R>,
    c: C,
    order: &Order,
    (kind, actor, minor): (Kind, Option<Id<id::Member>>, i64),
) -> Result<(), Fault> {
    let amount = amount(tx, c, minor)?;
    buyer(tx, w, c, order, (kind, actor), &[("amount", &amount)])
}

pub fn staff<R>(
    tx: &mut Tx<'_>,
    w: &mut Writes<R>,
    c: C,
    order: &Order,
    (right, kind): (Right, Kind),
) -> Result<(), Fault> {
    staff_of_money(tx, w, c, order, (right, kind, order.total))
}

/// The same about another sum than the order's total.
pub fn staff_of_money<R>(
    tx: &mut Tx<'_>,
    w: &mut Writes<R>,
    c: C,
    order: &Order,
    (right, kind, minor): (Right, Kind, i64),
) -> Result<(), Fault> {
    let (title, amount) = (title(order), amount(tx, c, minor)?);
    let args = [("title", title.as_str()), ("amount", amount.as_str())];
    let (subject, actor) = (order.id.raw(), Some(order.member));
    reach::notify_staff(tx, w, c, right, Notice { kind, subject, actor, args: &args })
}
