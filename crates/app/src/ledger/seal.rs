//! The sealer: numbers and hash-chains what was committed, and brings unlimited balances forward.
//!
//! It works in the order in which it finds rows, not in the order of their ids: on PostgreSQL an
//! older id can commit later. What it numbered has no gaps and never changes again.
use crate::db::{Fault, Row, Tx, Writes};
use crate::digest::sha256;
use crate::{App, Stop, facts, ledger, p};
use rules::base::{Id, Moment, id};
use rules::ledger::{Account, State, Stored, chained, chained_fact};
use std::collections::BTreeMap;

crate::refusals! {
    /// Another process sealed these rows a moment ago.
    Faster = "sealed_elsewhere",
}

const ROUND: i64 = 500;
const WAITING: &str = "SELECT community_id FROM transfer WHERE seq IS NULL
    UNION SELECT community_id FROM fact WHERE seq IS NULL LIMIT 200";
const UNSEALED: &str = "SELECT id, part, state, pending_id, event, cause, debit, credit, amount, at
    FROM transfer WHERE community_id = $1 AND seq IS NULL ORDER BY id, part LIMIT $2";
const SEAL: &str = "UPDATE transfer SET seq = $4, link = $5
    WHERE community_id = $1 AND id = $2 AND part = $3 AND seq IS NULL";
const OPEN: &str = "INSERT INTO chain (community_id, kind, seq, head) VALUES ($1, $2, 0, '')
    ON CONFLICT DO NOTHING";
const HEAD: &str = "UPDATE chain SET seq = seq WHERE community_id = $1 AND kind = $2
    RETURNING seq, head";
const ADVANCE: &str = "UPDATE chain SET seq = $3, head = $4 WHERE community_id = $1 AND kind = $2";

type C = Id<id::Community>;

/// Takes the chain's row, and with it the right to seal this community until the commit.
fn head(tx: &mut Tx<'_>, c: C, kind: &str) -> Result<(i64, String), Fault> {
    tx.exec(OPEN, p![c, kind])?;
    let head = tx.exec_one(HEAD, p![c, kind], |r| (r.int(0), r.text(1)))?;
    head.ok_or_else(|| Fault::broken("a chain without a head"))
}

struct Seen {
    id: i64,
    part: i64,
    state: State,
    pending_id: Option<i64>,
    event: String,
    cause: i64,
    debit: Account,
    credit: Account,
    amount: i64,
    at: i64,
}
fn seen(r: Row<'_>) -> Seen {
    Seen {
        id: r.int(0),
        part: r.int(1),
        state: r.word(2, State::of),
        pending_id: r.opt_int(3),
        event: r.text(4),
        cause: r.int(5),
        debit: r.word(6, Account::of),
        credit: r.word(7, Account::of),
        amount: r.int(8),
        at: r.int(9),
    }
}

fn transfers(tx: &mut Tx<'_>, c: C) -> Result<usize, Stop<Refused>> {
    let (mut seq, mut previous) = head(tx, c, "transfer")?;
    let rows = tx.all(UNSEALED, p![c, ROUND], seen)?;
    let mut w = Writes::default();
    let mut forward: BTreeMap<String, [i64; 4]> = BTreeMap::new();
    for t in &rows {
        let (from, to) = (t.debit.name(), t.credit.name());
        let stored = Stored {
            id: t.id,
            part: t.part,
            state: t.state.code(),
            pending_id: t.pending_id,
            event: &t.event,
            cause: t.cause,
            debit: &from,
            credit: &to,
            amount: t.amount,
            at: t.at,
        };
        seq += 1;
        previous = sha256(&chained(&previous, &stored));
        w.must(SEAL, p![c, t.id, t.part, seq, &previous], Refused::Faster);
        let (debit, credit) = ledger::stored_shifts(t.state, t.pending_id.is_some(), t.amount);
        for (account, by) in [(t.debit, debit), (t.credit, credit)] {
            if !account.limited() {
                let sum = forward.entry(account.name().into_owned()).or_default();
                (0..4).for_each(|i| sum[i] += by[i]);
            }
        }
    }
    for (account, by) in forward {
        ledger::bring_forward(&mut w, c, &account, by);
    }
    advance(tx, w, c, "transfer", seq, &previous, rows.len())
}

fn advance(
    tx: &mut Tx<'_>,
    mut w: Writes<Refused>,
    c: C,
    kind: &str,
    seq: i64,
    link: &str,
    n: usize,
) -> Result<usize, Stop<Refused>> {
    if n > 0 {
        w.put(ADVANCE, p![c, kind, seq, link]);
        tx.run(w)?;
    }
    Ok(n)
}

fn sealed_facts(tx: &mut Tx<'_>, c: C) -> Result<usize, Stop<Refused>> {
    let (mut seq, mut previous) = head(tx, c, "fact")?;
    let rows = facts::unsealed(tx, c, ROUND)?;
    let mut w = Writes::default();
    for f in &rows {
        seq += 1;
        let text = chained_fact(&previous, f.id, &f.kind, f.subject, f.at, &f.body);
        previous = sha256(&text);
        facts::seal(&mut w, c, f.id, seq, &previous, Refused::Faster);
    }
    advance(tx, w, c, "fact", seq, &previous, rows.len())
}

impl App {
    /// Seals everything that waits; returns how many rows it numbered.
    pub async fn seal(&self, now: Moment) -> Result<usize, Stop<Refused>> {
        let waiting: Vec<C> =
            self.db.read(|rx| rx.all(WAITING, p![], |r| r.id(0))).await.map_err(Stop::Fault)?;
        let mut total = 0;
        for c in waiting {
            loop {
                let both = move |tx: &mut Tx<'_>| Ok((transfers(tx, c)?, sealed_facts(tx, c)?));
                let (t, f) = self.db.write(now, both).await?;
                total += t + f;
                if t < ROUND as usize && f < ROUND as usize {
                    break;
                }
            }
        }
        Ok(total)
    }
}
