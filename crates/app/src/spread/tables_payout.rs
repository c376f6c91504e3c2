//! Writes of payouts and their terms, and the reads their verbs decide by.
use crate::db::{Fault, Row, Rx, Writes};
use crate::p;
use rules::base::{Id, Moment, id};
use rules::ledger::{Account, Bucket};
use rules::spread::payout::{State, Terms};

type C = Id<id::Community>;
type M = Id<id::Member>;
type P = Id<id::Payout>;

#[derive(Clone, Debug)]
pub struct Payout {
    pub id: P,
    pub member: M,
    pub amount: i64,
    pub fee: i64,
    pub state: State,
    pub slip: Option<String>,
    pub asked_at: Moment,
}

pub struct NewPayout<'a> {
    pub id: P,
    pub member: M,
    pub amount: i64,
    pub fee: i64,
    pub payee: &'a str,
    pub destination: &'a str,
    pub at: Moment,
}

const TERMS: &str = "SELECT least, fee FROM payout_terms WHERE community_id = $1";
const SET_TERMS: &str = "INSERT INTO payout_terms (community_id, least, fee) VALUES ($1,$2,$3)
    ON CONFLICT (community_id) DO UPDATE SET least = excluded.least, fee = excluded.fee";
/// What the member owes the shop is not theirs to take out.
const LEFT: &str = "SELECT credits_posted - debits_posted - debits_pending
      - coalesce((SELECT d.amount FROM commission_debt d
        WHERE d.community_id = $1 AND d.member_id = $3), 0)
    FROM balance WHERE community_id = $1 AND account = $2";
const PAYOUT: &str = "SELECT id, member_id, amount, fee, state, slip, asked_at FROM payout
    WHERE community_id = $1 AND id = $2";
const OPEN: &str = "SELECT id FROM payout
    WHERE community_id = $1 AND member_id = $2 AND state IN ('claim', 'unknown')";
const ASK: &str = "INSERT INTO payout (community_id, id, member_id, amount, fee, state, payee,
    destination, reason, asked_at) VALUES ($1,$2,$3,$4,$5,'claim',$6,$7,'',$8)
    ON CONFLICT DO NOTHING";
const SLIP_USED: &str = "SELECT id FROM payout WHERE community_id = $1 AND slip = $2 AND id <> $3";
const SETTLE: &str = "UPDATE payout SET state = $4, slip = $5, reason = $6, settled_at = $7,
    by_member = $8 WHERE community_id = $1 AND id = $2 AND state = $3";
const WAITING: &str = "SELECT id FROM payout
    WHERE community_id = $1 AND state = 'claim' AND exported_at IS NULL ORDER BY id LIMIT $2";
const EXPORTED: &str = "UPDATE payout SET exported_at = $3
    WHERE community_id = $1 AND id = $2 AND exported_at IS NULL AND state = 'claim'";
/// Where money went is nobody's business once it is there and the member is gone.
const FORGET: &str = "UPDATE payout SET payee = '', destination = ''
    WHERE community_id = $1 AND member_id = $2 AND state IN ('paid', 'failed')";
const CLOSED: &str = "SELECT 1 FROM member
    WHERE community_id = $1 AND id = $2 AND state = 'closed'";

fn payout_of(r: Row<'_>) -> Payout {
    Payout {
        id: r.id(0),
        member: r.id(1),
        amount: r.int(2),
        fee: r.int(3),
        state: r.word(4, State::of),
        slip: r.opt_text(5),
        asked_at: r.moment(6),
    }
}
pub fn terms(rx: &mut Rx<'_>, c: C) -> Result<Terms, Fault> {
    let stored = rx.one(TERMS, p![c], |r| Terms { least: r.int(0), fee: r.int(1) })?;
    Ok(stored.unwrap_or_default())
}
pub fn set_terms<R>(w: &mut Writes<R>, c: C, t: Terms) {
    w.put(SET_TERMS, p![c, t.least, t.fee]);
}
/// Commission a member may have paid out.
pub fn available(rx: &mut Rx<'_>, c: C, member: M) -> Result<i64, Fault> {
    let account = Account::Wallet(member, Bucket::Commission).name();
    Ok(rx.one(LEFT, p![c, account.as_ref(), member], |r| r.int(0))?.unwrap_or(0).max(0))
}
pub fn payout(rx: &mut Rx<'_>, c: C, id: P) -> Result<Option<Payout>, Fault> {
    rx.one(PAYOUT, p![c, id], payout_of)
}
pub fn open_one(rx: &mut Rx<'_>, c: C, member: M) -> Result<Option<P>, Fault> {
    rx.one(OPEN, p![c, member], |r| r.id(0))
}
pub fn slip_used(rx: &mut Rx<'_>, c: C, slip: &str, other_than: P) -> Result<bool, Fault> {
    Ok(rx.one(SLIP_USED, p![c, slip, other_than], |r| r.int(0))?.is_some())
}
pub fn member_closed(rx: &mut Rx<'_>, c: C, member: M) -> Result<bool, Fault> {
    Ok(rx.one(CLOSED, p![c, member], |_| ())?.is_some())
}
/// Claims on no list yet, the oldest first.
pub fn waiting(rx: &mut Rx<'_>, c: C, most: i64) -> Result<Vec<P>, Fault> {
    rx.all(WAITING, p![c, most], |r| r.id(0))
}

/// One open payout a member: the table's own index keeps the second one out.
pub fn ask<R>(w: &mut Writes<R>, c: C, n: &NewPayout<'_>, open: R) {
    let args = p![c, n.id, n.member, n.amount, n.fee, n.payee, n.destination, n.at];
    w.must(ASK, args, open);
}
/// How it came out, and who says so.
pub struct Outcome<'a> {
    pub to: State,
    pub slip: Option<&'a str>,
    pub reason: &'a str,
    pub by: M,
    pub at: Moment,
}
pub fn settle<R>(w: &mut Writes<R>, c: C, p: &Payout, o: &Outcome<'_>, moved: R) {
    let at = (!o.to.open()).then_some(o.at);
    let args = p![c, p.id, p.state.code(), o.to.code(), o.slip, o.reason, at, o.by];
    w.must(SETTLE, args, moved);
}
pub fn exported<R>(w: &mut Writes<R>, c: C, id: P, at: Moment, before: R) {
    w.must(EXPORTED, p![c, id, at], before);
}
pub fn forget<R>(w: &mut Writes<R>, c: C, member: M) {
    w.put(FORGET, p![c, member]);
}
