//! What happened, written once, in the transaction of its cause. The sealer gives the order.
use crate::db::{Fault, Tx, Writes};
use crate::p;
use rules::base::{Id, id};

const WRITE: &str = "INSERT INTO fact (community_id, id, kind, subject, actor, body, at)
    VALUES ($1,$2,$3,$4,$5,$6,$7)";
const UNSEALED: &str = "SELECT id, kind, subject, at, body FROM fact
    WHERE community_id = $1 AND seq IS NULL ORDER BY id LIMIT $2";
const SEAL: &str = "UPDATE fact SET seq = $3, link = $4
    WHERE community_id = $1 AND id = $2 AND seq IS NULL";

/// What a fact is about and who did it. Facts hold ids, never personal text: people can be
/// erased, the log cannot.
#[derive(Clone, Copy)]
pub struct Fact<'a> {
    pub kind: &'static str,
    /// The raw id of the order, message, member … it is about.
    pub subject: i64,
    pub actor: Option<Id<id::Member>>,
    /// A JSON object of ids, numbers and codes.
    pub body: &'a str,
}

pub fn write<R>(tx: &Tx<'_>, w: &mut Writes<R>, c: Id<id::Community>, f: Fact<'_>) {
    let id: Id<id::Fact> = tx.mint();
    w.put(WRITE, p![c, id, f.kind, f.subject, f.actor, f.body, tx.now()]);
}

pub(crate) struct Unsealed {
    pub id: i64,
    pub kind: String,
    pub subject: i64,
    pub at: i64,
    pub body: String,
}
pub(crate) fn unsealed(
    tx: &mut Tx<'_>,
    c: Id<id::Community>,
    most: i64,
) -> Result<Vec<Unsealed>, Fault> {
    tx.all(UNSEALED, p![c, most], |r| Unsealed {
        id: r.int(0),
        kind: r.text(1),
        subject: r.int(2),
        at: r.int(3),
        body: r.text(4),
    })
}
pub(crate) fn seal<R>(
    w: &mut Writes<R>,
    c: Id<id::Community>,
    id: i64,
    seq: i64,
    link: &str,
    faster: R,
) {
    w.must(SEAL, p![c, id, seq, link], faster);
}
