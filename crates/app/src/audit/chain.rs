//! I4: what the sealer numbered and chained is still what was written, to the last sign.
//!
//! Rows are read page by page in the order of their numbers; each link is the SHA-256 of the link
//! before it and of every field, parted by `|`.
use super::replay::{Replay, Transfer};
use super::{Name, Report};
use crate::db::{Fault, Row, Rx};
use crate::p;
use ring::digest;

const TRANSFERS: Name = ("I4", "transfers are numbered and chained");
const FACTS: Name = ("I4", "facts are numbered and chained");
pub(super) const NAMES: [Name; 2] = [TRANSFERS, FACTS];

const PAGE: i64 = 2000;
const SEALED: &str = "SELECT id, part, state, pending_id, event, cause, debit, credit, amount, at,
    seq, link FROM transfer WHERE community_id = $1 AND seq > $2 ORDER BY seq LIMIT $3";
const UNSEALED: &str = "SELECT id, part, state, pending_id, event, cause, debit, credit, amount,
    at, seq, link FROM transfer WHERE community_id = $1 AND seq IS NULL
    AND (id > $2 OR (id = $2 AND part > $3)) ORDER BY id, part LIMIT $4";
const FACT: &str = "SELECT id, kind, subject, at, body, seq, link FROM fact
    WHERE community_id = $1 AND seq > $2 ORDER BY seq LIMIT $3";
const FACT_UNSEALED: &str = "SELECT count(*) FROM fact WHERE community_id = $1 AND seq IS NULL";
const FACT_LOOSE: &str = "SELECT id FROM fact WHERE community_id = $1 AND seq IS NULL
    AND link IS NOT NULL ORDER BY id LIMIT 20";
const HEAD: &str = "SELECT seq, head FROM chain WHERE community_id = $1 AND kind = $2";

/// A number below every number, so that a seq of zero is seen too.
const LOWEST: i64 = i64::MIN;

/// Walks along one chain.
struct Walk {
    name: Name,
    community: i64,
    seq: i64,
    link: String,
    rows: i64,
}

impl Walk {
    fn new(name: Name, community: i64) -> Walk {
        Walk { name, community, seq: 0, link: String::new(), rows: 0 }
    }
    /// The next row in order; `text` is what its link covers, after the link before it.
    fn step(&mut self, report: &mut Report, row: &str, seq: i64, link: Option<&str>, text: &str) {
        let (name, c) = (self.name, self.community);
        if seq != self.seq + 1 {
            let says = format!("seq is {seq}, the row before it has {}", self.seq);
            report.found(name, c, row, says);
        }
        let due = sha256(&format!("{}|{text}", self.link));
        if link != Some(&due) {
            let says = format!("link is {}, its fields give {due}", link.unwrap_or("missing"));
            report.found(name, c, row, says);
        }
        // the row after it was chained to what stands here
        (self.seq, self.link) = (seq, link.unwrap_or(&due).to_string());
        self.rows += 1;
    }
    /// The stored head is the last row.
    fn end(self, rx: &mut Rx<'_>, report: &mut Report, kind: &str) -> Result<(), Fault> {
        let (name, c) = (self.name, self.community);
        report.looked(name, self.rows);
        let head = rx.one(HEAD, p![c, kind], |r| (r.int(0), r.text(1)))?;
        let (seq, link) = head.unwrap_or((0, String::new()));
        let row = format!("chain {kind}");
        if seq != self.seq || seq != self.rows {
            let says = format!("head is at {seq}, {} rows end at {}", self.rows, self.seq);
            report.found(name, c, &row, says);
        }
        if link != self.link {
            let says = format!("head is {link:?}, the last link is {:?}", self.link);
            report.found(name, c, &row, says);
        }
        Ok(())
    }
}

fn sha256(text: &str) -> String {
    let hash = digest::digest(&digest::SHA256, text.as_bytes());
    hash.as_ref().iter().map(|b| format!("{b:02x}")).collect()
}

struct Sealed {
    t: Transfer,
    at: i64,
    seq: i64,
    link: Option<String>,
}

fn sealed(r: Row<'_>) -> Sealed {
    let t = Transfer {
        id: r.int(0),
        part: r.int(1),
        state: r.text(2),
        pending_id: r.opt_int(3),
        event: r.text(4),
        cause: r.int(5),
        debit: r.text(6),
        credit: r.text(7),
        amount: r.int(8),
    };
    Sealed { t, at: r.int(9), seq: r.opt_int(10).unwrap_or(0), link: r.opt_text(11) }
}

fn covered(s: &Sealed) -> String {
    let (t, at) = (&s.t, s.at);
    let pending = t.pending_id.unwrap_or(0);
    let accounts = format!("{}|{}|{}", t.debit, t.credit, t.amount);
    format!("{}|{}|{}|{pending}|{}|{}|{accounts}|{at}", t.id, t.part, t.state, t.event, t.cause)
}

/// Walks along the transfers once, for the chain and for the balances.
pub(super) fn transfers(rx: &mut Rx<'_>, report: &mut Report, c: i64) -> Result<(), Fault> {
    let (mut walk, mut replay) = (Walk::new(TRANSFERS, c), Replay::default());
    let mut last = LOWEST;
    loop {
        let page = rx.all(SEALED, p![c, last, PAGE], sealed)?;
        for s in &page {
            let row = format!("transfer {} part {}", s.t.id, s.t.part);
            walk.step(report, &row, s.seq, s.link.as_deref(), &covered(s));
            replay.sealed(&s.t);
            last = s.seq;
        }
        if page.len() < PAGE as usize {
            break;
        }
    }
    let mut last = (LOWEST, LOWEST);
    loop {
        let page = rx.all(UNSEALED, p![c, last.0, last.1, PAGE], sealed)?;
        report.looked(TRANSFERS, page.len() as i64);
        for s in &page {
            if s.link.is_some() {
                let row = format!("transfer {} part {}", s.t.id, s.t.part);
                report.found(TRANSFERS, c, &row, "it has a link and no seq".into());
            }
            replay.unsealed(&s.t);
            last = (s.t.id, s.t.part);
        }
        if page.len() < PAGE as usize {
            break;
        }
    }
    walk.end(rx, report, "transfer")?;
    replay.compare(rx, report, c)
}

pub(super) fn facts(rx: &mut Rx<'_>, report: &mut Report, c: i64) -> Result<(), Fault> {
    let mut walk = Walk::new(FACTS, c);
    let mut last = LOWEST;
    loop {
        let page = rx.all(FACT, p![c, last, PAGE], |r| {
            let (id, at, seq) = (r.int(0), r.int(3), r.int(5));
            let text = format!("{id}|{}|{}|{at}|{}", r.text(1), r.int(2), r.text(4));
            (id, text, seq, r.opt_text(6))
        })?;
        for (id, text, seq, link) in &page {
            walk.step(report, &format!("fact {id}"), *seq, link.as_deref(), text);
            last = *seq;
        }
        if page.len() < PAGE as usize {
            break;
        }
    }
    report.looked(FACTS, rx.one(FACT_UNSEALED, p![c], |r| r.int(0))?.unwrap_or(0));
    for id in rx.all(FACT_LOOSE, p![c], |r| r.int(0))? {
        report.found(FACTS, c, &format!("fact {id}"), "it has a link and no seq".into());
    }
    walk.end(rx, report, "fact")
}
