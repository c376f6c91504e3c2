//! Reads of payouts: a member's own, the desk's list, what was paid in a span of time.
use super::tables_payout;
use crate::db::{Fault, Row, Rx};
use crate::{App, p};
use rules::base::{Id, Moment, id};
use rules::spread::payout::{State, Terms};

type C = Id<id::Community>;
type M = Id<id::Member>;

#[derive(Clone, Debug)]
pub struct PayoutRow {
    pub id: Id<id::Payout>,
    pub member: M,
    pub name: String,
    pub amount: i64,
    pub fee: i64,
    pub state: State,
    pub payee: String,
    pub destination: String,
    pub slip: Option<String>,
    pub reason: String,
    pub asked_at: Moment,
    pub exported_at: Option<Moment>,
    pub settled_at: Option<Moment>,
}

/// What a member sees over their payouts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PayoutDesk {
    pub terms: Terms,
    /// Commission that may be paid out now.
    pub available: i64,
    pub open: bool,
}

macro_rules! payouts {
    ($rest:literal) => {
        concat!(
            "SELECT y.id, y.member_id, m.name, y.amount, y.fee, y.state, y.payee, y.destination,
             y.slip, y.reason, y.asked_at, y.exported_at, y.settled_at FROM payout y
             JOIN member m ON m.community_id = y.community_id AND m.id = y.member_id ",
            $rest
        )
    };
}
const MINE: &str = payouts!(
    "WHERE y.community_id = $1 AND y.member_id = $2 AND y.id < $3 ORDER BY y.id DESC LIMIT $4"
);
const IN_STATE: &str = payouts!(
    "WHERE y.community_id = $1 AND y.state = $2 AND y.id < $3 ORDER BY y.id DESC LIMIT $4"
);
const ONE: &str = payouts!("WHERE y.community_id = $1 AND y.id = $2");
const PAID_IN: &str = payouts!(
    "WHERE y.community_id = $1 AND y.member_id = $2 AND y.state = 'paid'
     AND y.settled_at >= $3 AND y.settled_at < $4 ORDER BY y.id"
);

fn row(r: Row<'_>) -> PayoutRow {
    PayoutRow {
        id: r.id(0),
        member: r.id(1),
        name: r.text(2),
        amount: r.int(3),
        fee: r.int(4),
        state: r.word(5, State::of),
        payee: r.text(6),
        destination: r.text(7),
        slip: r.opt_text(8),
        reason: r.text(9),
        asked_at: r.moment(10),
        exported_at: r.opt_moment(11),
        settled_at: r.opt_moment(12),
    }
}

impl App {
    /// A member's payouts, the newest first.
    pub async fn my_payouts(
        &self,
        c: C,
        member: M,
        before: Option<Id<id::Payout>>,
        most: i64,
    ) -> Result<Vec<PayoutRow>, Fault> {
        let before = before.map_or(i64::MAX, Id::raw);
        self.db.read(move |rx| rx.all(MINE, p![c, member, before, most], row)).await
    }
    /// The community's payouts in one state, the newest first.
    pub async fn payouts(
        &self,
        c: C,
        state: State,
        before: Option<Id<id::Payout>>,
        most: i64,
    ) -> Result<Vec<PayoutRow>, Fault> {
        let before = before.map_or(i64::MAX, Id::raw);
        self.db.read(move |rx| rx.all(IN_STATE, p![c, state.code(), before, most], row)).await
    }
    pub async fn payout(&self, c: C, id: Id<id::Payout>) -> Result<Option<PayoutRow>, Fault> {
        self.db.read(move |rx| rx.one(ONE, p![c, id], row)).await
    }
    /// What was paid to a member within `[from, to)`, the oldest first.
    pub async fn payouts_paid(
        &self,
        c: C,
        member: M,
        (from, to): (Moment, Moment),
    ) -> Result<Vec<PayoutRow>, Fault> {
        self.db.read(move |rx| rx.all(PAID_IN, p![c, member, from, to], row)).await
    }
    pub async fn payout_desk(&self, c: C, member: M) -> Result<PayoutDesk, Fault> {
        let read = move |rx: &mut Rx<'_>| {
            Ok(PayoutDesk {
                terms: tables_payout::terms(rx, c)?,
                available: tables_payout::available(rx, c, member)?,
                open: tables_payout::open_one(rx, c, member)?.is_some(),
            })
        };
        self.db.read(read).await
    }
}
