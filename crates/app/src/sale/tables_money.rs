//! Writes of payments and refunds, and the reads their verbs decide by.
use crate::db::{Fault, Row, Rx, Writes};
use crate::p;
use rules::base::{Id, Moment, id};
use rules::ledger::Provider;
use rules::sale::order::{PaymentState, RefundState};

type C = Id<id::Community>;

#[derive(Clone, Debug)]
pub struct Payment {
    pub id: Id<id::Payment>,
    pub order: Id<id::Order>,
    pub provider: Provider,
    pub state: PaymentState,
    pub amount: i64,
    pub reference: Option<String>,
    pub slip: Option<String>,
}

#[derive(Clone, Debug)]
pub struct Refund {
    pub id: Id<id::Refund>,
    pub order: Id<id::Order>,
    pub amount: i64,
    /// The part of it that went back into the buyer's wallet.
    pub wallet: i64,
    pub state: RefundState,
    pub at: Moment,
    pub provider: Provider,
}

impl Refund {
    /// What the provider, or a person, has to pay back.
    pub fn outside(&self) -> i64 {
        self.amount - self.wallet
    }
}

const PAYMENT: &str = "SELECT id, order_id, provider, state, amount, reference, slip FROM payment
    WHERE community_id = $1 AND id = $2";
const CAPTURED: &str = "SELECT id, order_id, provider, state, amount, reference, slip FROM payment
    WHERE community_id = $1 AND order_id = $2 AND state = 'captured'";
const OPEN: &str = "SELECT id, order_id, provider, state, amount, reference, slip FROM payment
    WHERE community_id = $1 AND order_id = $2 AND state IN ('started', 'proof_given') ORDER BY id";
const BY_REFERENCE: &str = "SELECT id, order_id, provider, state, amount, reference, slip
    FROM payment WHERE community_id = $1 AND provider = $2 AND reference = $3";
const SLIP_USED: &str = "SELECT id FROM payment
    WHERE community_id = $1 AND slip = $2 AND id <> $3";
const START: &str =
    "INSERT INTO payment (community_id, id, order_id, provider, state, amount, note,
    started_at) VALUES ($1,$2,$3,$4,'started',$5,'',$6) ON CONFLICT DO NOTHING";
const CAPTURE: &str = "UPDATE payment SET state = 'captured', reference = $3, amount = $4,
    confirmed_by = $5, ended_at = $6 WHERE community_id = $1 AND id = $2
    AND state IN ('started', 'proof_given', 'failed', 'closed')";
const SUSPEND: &str = "UPDATE payment SET state = 'suspense', reference = $3, amount = $4,
    ended_at = $5 WHERE community_id = $1 AND id = $2
    AND state IN ('started', 'proof_given', 'failed', 'closed')";
const MORE_MONEY: &str = "INSERT INTO payment (community_id, id, order_id, provider, state, amount,
    reference, note, started_at, ended_at) VALUES ($1,$2,$3,$4,'suspense',$5,$6,'',$7,$7)
    ON CONFLICT DO NOTHING";
const RETURNED: &str = "UPDATE payment SET state = 'returned', note = $3
    WHERE community_id = $1 AND id = $2 AND state = 'suspense'";
const FAIL: &str = "UPDATE payment SET state = 'failed', ended_at = $3, note = $4
    WHERE community_id = $1 AND id = $2 AND state IN ('started', 'proof_given')";
const CLOSE: &str = "UPDATE payment SET state = 'closed', ended_at = $3
    WHERE community_id = $1 AND order_id = $2 AND state = 'started'";
const HAND_OVER: &str = "UPDATE payment SET order_id = $3 WHERE community_id = $1 AND id = $2
    AND state IN ('started', 'proof_given', 'failed', 'closed')";
const PROOF: &str = "UPDATE payment SET state = 'proof_given', slip = $3, proof = $4
    WHERE community_id = $1 AND id = $2 AND state = 'started'";
const REFUND: &str = "SELECT r.id, r.order_id, r.amount, r.state, r.at, p.provider, r.wallet
    FROM refund r JOIN payment p ON p.community_id = r.community_id AND p.id = r.payment_id
    WHERE r.community_id = $1 AND r.id = $2";
const NEW_REFUND: &str =
    "INSERT INTO refund (community_id, id, order_id, payment_id, amount, state,
    reason, restock, by_member, at, wallet, ended_at)
    VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12) ON CONFLICT DO NOTHING";
const REFUND_LINE: &str = "INSERT INTO refund_line (community_id, refund_id, line_id, qty, amount)
    VALUES ($1,$2,$3,$4,$5)";
const LAST_OF_LINES: &str = "SELECT l.line_id FROM refund_line l
    WHERE l.community_id = $1 AND l.refund_id = $2 AND NOT EXISTS (SELECT 1 FROM refund_line o
      JOIN refund r ON r.community_id = o.community_id AND r.id = o.refund_id
      WHERE o.community_id = $1 AND o.line_id = l.line_id AND o.refund_id <> $2
      AND r.ended_at IS NULL)";
const SETTLED: &str = "UPDATE refund SET state = 'settled', ended_at = $3, slip = $4
    WHERE community_id = $1 AND id = $2 AND ended_at IS NULL";
const BY_HAND: &str = "UPDATE refund SET state = 'by_hand'
    WHERE community_id = $1 AND id = $2 AND state = 'waiting'";

fn payment_of(r: Row<'_>) -> Payment {
    Payment {
        id: r.id(0),
        order: r.id(1),
        provider: r.word(2, Provider::of),
        state: r.word(3, PaymentState::of),
        amount: r.int(4),
        reference: r.opt_text(5),
        slip: r.opt_text(6),
    }
}
pub fn payment(rx: &mut Rx<'_>, c: C, id: Id<id::Payment>) -> Result<Option<Payment>, Fault> {
    rx.one(PAYMENT, p![c, id], payment_of)
}
pub fn captured(rx: &mut Rx<'_>, c: C, order: Id<id::Order>) -> Result<Option<Payment>, Fault> {
    rx.one(CAPTURED, p![c, order], payment_of)
}
/// Attempts that may still bring money.
pub fn open_payments(rx: &mut Rx<'_>, c: C, order: Id<id::Order>) -> Result<Vec<Payment>, Fault> {
    rx.all(OPEN, p![c, order], payment_of)
}
pub fn by_reference(
    rx: &mut Rx<'_>,
    c: C,
    provider: Provider,
    reference: &str,
) -> Result<Option<Payment>, Fault> {
    rx.one(BY_REFERENCE, p![c, provider.code(), reference], payment_of)
}
pub fn slip_used(
    rx: &mut Rx<'_>,
    c: C,
    slip: &str,
    other_than: Id<id::Payment>,
) -> Result<bool, Fault> {
    Ok(rx.one(SLIP_USED, p![c, slip, other_than], |r| r.int(0))?.is_some())
}

pub fn start<R>(
    w: &mut Writes<R>,
    c: C,
    (id, order): (Id<id::Payment>, Id<id::Order>),
    provider: Provider,
    amount: i64,
    at: Moment,
    twice: R,
) {
    w.must(START, p![c, id, order, provider.code(), amount, at], twice);
}
/// Money as it arrived.
#[derive(Clone, Copy)]
pub struct Arrived<'a> {
    pub reference: &'a str,
    pub amount: i64,
    pub confirmed_by: Option<Id<id::Member>>,
    pub at: Moment,
}
pub fn capture<R>(w: &mut Writes<R>, c: C, id: Id<id::Payment>, a: Arrived<'_>, twice: R) {
    w.must(CAPTURE, p![c, id, a.reference, a.amount, a.confirmed_by, a.at], twice);
}
/// A payment that came late goes to the order that was placed anew for it.
pub fn hand_over<R>(w: &mut Writes<R>, c: C, id: Id<id::Payment>, to: Id<id::Order>, settled: R) {
    w.must(HAND_OVER, p![c, id, to], settled);
}
pub fn suspend<R>(w: &mut Writes<R>, c: C, id: Id<id::Payment>, a: Arrived<'_>, twice: R) {
    w.must(SUSPEND, p![c, id, a.reference, a.amount, a.at], twice);
}
/// A second sum under one attempt: a row of its own, so that it is counted and goes back.
pub fn more_money<R>(
    w: &mut Writes<R>,
    c: C,
    (id, of): (Id<id::Payment>, &Payment),
    a: Arrived<'_>,
    twice: R,
) {
    let args = p![c, id, of.order, of.provider.code(), a.amount, a.reference, a.at];
    w.must(MORE_MONEY, args, twice);
}
pub fn returned<R>(w: &mut Writes<R>, c: C, id: Id<id::Payment>, note: &str, twice: R) {
    w.must(RETURNED, p![c, id, note], twice);
}
pub fn fail<R>(w: &mut Writes<R>, c: C, id: Id<id::Payment>, at: Moment, note: &str, ended: R) {
    w.must(FAIL, p![c, id, at, note], ended);
}
/// Attempts that brought nothing end with their order.
pub fn close_started<R>(w: &mut Writes<R>, c: C, order: Id<id::Order>, at: Moment) {
    w.put(CLOSE, p![c, order, at]);
}
pub fn give_proof<R>(
    w: &mut Writes<R>,
    c: C,
    id: Id<id::Payment>,
    (slip, picture): (&str, &str),
    ended: R,
) {
    w.must(PROOF, p![c, id, slip, picture], ended);
}

pub fn refund(rx: &mut Rx<'_>, c: C, id: Id<id::Refund>) -> Result<Option<Refund>, Fault> {
    rx.one(REFUND, p![c, id], |r| Refund {
        id: r.id(0),
        order: r.id(1),
        amount: r.int(2),
        state: r.word(3, RefundState::of),
        at: r.moment(4),
        provider: r.word(5, Provider::of),
        wallet: r.int(6),
    })
}
/// The lines of a refund that no other refund still waits for.
pub fn last_of_lines(
    rx: &mut Rx<'_>,
    c: C,
    id: Id<id::Refund>,
) -> Result<Vec<Id<id::Line>>, Fault> {
    rx.all(LAST_OF_LINES, p![c, id], |r| r.id(0))
}
pub struct NewRefund<'a> {
    pub id: Id<id::Refund>,
    pub order: Id<id::Order>,
    pub payment: Id<id::Payment>,
    pub amount: i64,
    pub wallet: i64,
    pub state: RefundState,
    pub reason: &'a str,
    pub restock: bool,
    pub by: Option<Id<id::Member>>,
    pub at: Moment,
}
pub fn insert_refund<R>(w: &mut Writes<R>, c: C, n: &NewRefund<'_>, twice: R) {
    let ended = (n.state == RefundState::Settled).then_some(n.at);
    let args = p![
        c,
        n.id,
        n.order,
        n.payment,
        n.amount,
        n.state.code(),
        n.reason,
        n.restock,
        n.by,
        n.at,
        n.wallet,
        ended
    ];
    w.must(NEW_REFUND, args, twice);
}
pub fn insert_refund_line<R>(
    w: &mut Writes<R>,
    c: C,
    refund: Id<id::Refund>,
    line: Id<id::Line>,
    (qty, amount): (i64, i64),
) {
    w.put(REFUND_LINE, p![c, refund, line, qty, amount]);
}
pub fn refund_settled<R>(
    w: &mut Writes<R>,
    c: C,
    id: Id<id::Refund>,
    at: Moment,
    slip: Option<&str>,
    twice: R,
) {
    w.must(SETTLED, p![c, id, at, slip], twice);
}
/// The provider will not do it: a person pays it back.
pub fn refund_by_hand<R>(w: &mut Writes<R>, c: C, id: Id<id::Refund>, ended: R) {
    w.must(BY_HAND, p![c, id], ended);
}
