//! What commission and service pay have in common: both come from an account of their own into the
//! same bucket of a wallet, less what its member owes, and are taken back from there.
use super::tables_commission as tables;
use crate::db::{Fault, Tx, Writes};
use crate::ledger::{self, Meets};
use rules::base::{Id, Moment, id};
use rules::ledger::{Account, Bucket, Event, Group, Part};
use rules::spread::commission;

type C = Id<id::Community>;
type M = Id<id::Member>;

/// What one batch of writes takes from wallets: several sums of one order may have gone to the
/// same one.
#[derive(Default)]
pub(super) struct Spent(Vec<(M, i64)>);

impl Spent {
    /// What the member's wallet can still give back.
    fn free(&self, tx: &mut Tx<'_>, c: C, member: M) -> Result<i64, Fault> {
        let before = self.0.iter().filter(|(m, _)| *m == member).map(|(_, n)| n);
        let wallet = Account::Wallet(member, Bucket::Commission);
        Ok(ledger::free(tx, c, wallet)? - before.sum::<i64>())
    }
}

/// Back out of the wallet to the account that bore the `cost`; what is missing there is owed.
pub(super) fn take_out<R>(
    tx: &mut Tx<'_>,
    w: &mut Writes<R>,
    c: C,
    (member, sum, cost): (M, i64, Account),
    spent: &mut Spent,
) -> Result<Vec<Part>, Fault> {
    let (now, owed) = commission::taken_back(sum, spent.free(tx, c, member)?);
    spent.0.push((member, now));
    if owed > 0 {
        tables::owe(w, c, member, owed);
    }
    let wallet = Account::Wallet(member, Bucket::Commission);
    Ok(two((wallet, cost, now), (Account::CommissionDebt(member), cost, owed)))
}

/// Into the wallet; what is owed is paid off first, and `before` of that was in the same batch.
/// Returns what went there, and the parts.
pub(super) fn put_in<R>(
    tx: &mut Tx<'_>,
    w: &mut Writes<R>,
    c: C,
    (member, sum, from): (M, i64, Account),
    before: i64,
    moved: R,
) -> Result<(i64, Vec<Part>), Fault> {
    let owed = tables::owed(tx, c, member)? - before;
    let (off, rest) = commission::netted(sum, owed);
    if off > 0 {
        tables::pay_off(w, c, member, off, moved);
    }
    let wallet = Account::Wallet(member, Bucket::Commission);
    Ok((off, two((from, Account::CommissionDebt(member), off), (from, wallet, rest))))
}

/// The parts that move something.
fn two(first: (Account, Account, i64), second: (Account, Account, i64)) -> Vec<Part> {
    let part = |(debit, credit, amount)| Part { debit, credit, amount };
    [first, second].into_iter().filter(|p| p.2 > 0).map(part).collect()
}

/// `cause`: the commission or the service pay.
pub(super) fn post<R: Copy, T>(
    w: &mut Writes<R>,
    c: C,
    (id, event, cause): (Id<id::Transfer>, Event, Id<T>),
    at: Moment,
    parts: Vec<Part>,
    moved: R,
) {
    let group = Group { id, event, cause: cause.raw(), at, parts };
    ledger::posted(w, c, &group, Meets { short: moved, twice: moved });
}
