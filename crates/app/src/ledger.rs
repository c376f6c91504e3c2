//! The one double-entry ledger: pending, post, void; limits in one conditional statement.
//!
//! Transfers are never updated, except that the sealer fills `seq` and `link` once: post and void
//! are new rows, unique by what they resolve.
pub mod seal;

use crate::db::{Fault, Tx, Writes};
use crate::p;
use rules::base::{Id, id};
use rules::ledger::{Account, Group, Part, State};

const INSERT: &str =
    "INSERT INTO transfer (community_id, id, part, state, pending_id, event, cause,
    debit, credit, amount, at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11) ON CONFLICT DO NOTHING";
const MOVE: &str = "INSERT INTO balance (community_id, account, debits_pending, debits_posted,
    credits_pending, credits_posted) VALUES ($1,$2,$3,$4,$5,$6)
    ON CONFLICT (community_id, account) DO UPDATE SET
    debits_pending = balance.debits_pending + excluded.debits_pending,
    debits_posted = balance.debits_posted + excluded.debits_posted,
    credits_pending = balance.credits_pending + excluded.credits_pending,
    credits_posted = balance.credits_posted + excluded.credits_posted";
const SPEND: &str = "UPDATE balance SET debits_pending = debits_pending + $3,
    debits_posted = debits_posted + $4 WHERE community_id = $1 AND account = $2
    AND debits_pending + debits_posted + $3 + $4 <= credits_posted";

/// The row is locked until the commit: nobody else spends meanwhile.
const FREE: &str = "UPDATE balance SET credits_posted = credits_posted
    WHERE community_id = $1 AND account = $2
    RETURNING credits_posted - debits_posted - debits_pending";

type C = Id<id::Community>;

/// What a group may meet: too little in a limited account, or its number used before.
#[derive(Clone, Copy)]
pub struct Meets<R> {
    pub short: R,
    pub twice: R,
}

/// Debits pending, debits posted, credits pending, credits posted.
type Shift = [i64; 4];

fn shifts(state: State, resolves: bool, amount: i64) -> (Shift, Shift) {
    let (pending, posted) = match (state, resolves) {
        (State::Pending, _) => (amount, 0),
        (State::Posted, true) => (-amount, amount),
        (State::Posted, false) => (0, amount),
        (State::Voided, _) => (-amount, 0),
    };
    ([pending, posted, 0, 0], [0, 0, pending, posted])
}

/// Reserves: a limited debit account is charged now, the credit arrives with [`post`].
pub fn pending<R: Copy>(w: &mut Writes<R>, c: C, g: &Group, meets: Meets<R>) {
    write(w, c, g, State::Pending, None, meets);
}
/// Posts at once, without a pending group before it.
pub fn posted<R: Copy>(w: &mut Writes<R>, c: C, g: &Group, meets: Meets<R>) {
    write(w, c, g, State::Posted, None, meets);
}
/// Turns a pending group into a posted one, under a number of its own.
pub fn post<R: Copy>(tx: &Tx<'_>, w: &mut Writes<R>, c: C, pending: &Group, already: R) {
    resolve(tx, w, c, pending, State::Posted, already);
}
/// Takes a pending group back.
pub fn void<R: Copy>(tx: &Tx<'_>, w: &mut Writes<R>, c: C, pending: &Group, already: R) {
    resolve(tx, w, c, pending, State::Voided, already);
}

fn resolve<R: Copy>(
    tx: &Tx<'_>,
    w: &mut Writes<R>,
    c: C,
    pending: &Group,
    state: State,
    already: R,
) {
    let g = Group { id: tx.mint(), at: tx.now(), ..pending.clone() };
    write(w, c, &g, state, Some(pending.id), Meets { short: already, twice: already });
}

fn write<R: Copy>(
    w: &mut Writes<R>,
    c: C,
    g: &Group,
    state: State,
    resolves: Option<Id<id::Transfer>>,
    meets: Meets<R>,
) {
    for (i, part) in g.parts.iter().enumerate() {
        let (debit, credit) = shifts(state, resolves.is_some(), part.amount);
        let (event, cause) = (g.event.code(), g.cause);
        let (from, to) = (part.debit.name(), part.credit.name());
        debug_assert_eq!(part.debit.unit(), part.credit.unit(), "{from} to {to}");
        let args = p![
            c,
            g.id,
            i as i64,
            state.code(),
            resolves,
            event,
            cause,
            from.as_ref(),
            to.as_ref(),
            part.amount,
            g.at
        ];
        w.must(INSERT, args, meets.twice);
        let spends = part.debit.limited() && resolves.is_none();
        if spends {
            w.must(SPEND, p![c, from.as_ref(), debit[0], debit[1]], meets.short);
        } else {
            shift(w, c, part.debit, debit);
        }
        shift(w, c, part.credit, credit);
    }
}

/// Unlimited accounts are brought forward by the sealer, outside every buyer's way.
fn shift<R>(w: &mut Writes<R>, c: C, account: Account, by: Shift) {
    if account.limited() {
        bring_forward(w, c, &account.name(), by);
    }
}

pub(crate) fn bring_forward<R>(w: &mut Writes<R>, c: C, account: &str, by: Shift) {
    w.put(MOVE, p![c, account, by[0], by[1], by[2], by[3]]);
}

/// The shifts of a stored transfer on its two accounts, for the sealer.
pub(crate) fn stored_shifts(state: State, resolves: bool, amount: i64) -> (Shift, Shift) {
    shifts(state, resolves, amount)
}

/// One part, for the groups that have only one.
pub fn single(debit: Account, credit: Account, amount: i64) -> Vec<Part> {
    vec![Part { debit, credit, amount }]
}

/// What a limited account can still pay out; nobody else spends it until the transaction ends.
pub(crate) fn free(tx: &mut Tx<'_>, c: C, account: Account) -> Result<i64, Fault> {
    Ok(tx.exec_one(FREE, p![c, account.name().as_ref()], |r| r.int(0))?.unwrap_or(0))
}
