//! Cases as the buyer's page and the console show them, and who may see an order's pictures.
use super::views::{OrderRow, order_row, with_lines};
use crate::db::{Fault, Row, Rx};
use crate::{App, p};
use rules::base::{Id, Moment, id};
use rules::sale::case::{Reason, State};

type C = Id<id::Community>;

#[derive(Clone, Debug)]
pub struct CaseRow {
    pub id: Id<id::Case>,
    pub order: Id<id::Order>,
    pub buyer: String,
    pub state: State,
    pub reason: Reason,
    pub words: String,
    pub pictures: Vec<String>,
    /// What the lines were worth when it was asked.
    pub amount: i64,
    pub at: Moment,
    /// The shop's words when it said no.
    pub answer: String,
    pub decided_at: Option<Moment>,
    /// Line and units; empty in a list of many.
    pub lines: Vec<(Id<id::Line>, i64)>,
}

const OF_ORDER: &str = "SELECT k.id, k.order_id, m.name, k.state, k.reason, k.words, k.pictures,
    k.amount, k.at, k.answer, k.decided_at FROM order_case k
    JOIN member m ON m.community_id = k.community_id AND m.id = k.member_id
    WHERE k.community_id = $1 AND k.order_id = $2 ORDER BY k.id DESC";
const OPEN: &str = "SELECT k.id, k.order_id, m.name, k.state, k.reason, k.words, k.pictures,
    k.amount, k.at, k.answer, k.decided_at FROM order_case k
    JOIN member m ON m.community_id = k.community_id AND m.id = k.member_id
    WHERE k.community_id = $1 AND k.state = 'open' ORDER BY k.id LIMIT 200";
/// A buyer's orders with a question that waits, where they do not stand among the refunds anyway.
const WAITING: &str = "SELECT o.id, o.state, o.total, o.refunded, o.placed_at, o.pay_until,
    o.delivery, o.pickup_code, o.pickup_text, m.name, o.member_id, o.recipient FROM orders o
    JOIN member m ON m.community_id = o.community_id AND m.id = o.member_id
    WHERE o.community_id = $1 AND o.member_id = $2 AND o.state NOT IN ('refunding', 'refunded')
    AND EXISTS (SELECT 1 FROM order_case k WHERE k.community_id = o.community_id
      AND k.order_id = o.id AND k.state = 'open') ORDER BY o.id DESC LIMIT 50";
const LINES: &str = "SELECT line_id, qty FROM order_case_line
    WHERE community_id = $1 AND case_id = $2 ORDER BY line_id";
const OWN_PICTURES: &str = "SELECT proof FROM payment
    WHERE community_id = $1 AND order_id = $2 AND proof IS NOT NULL
    UNION ALL SELECT pictures FROM order_case WHERE community_id = $1 AND order_id = $2";

fn row(r: Row<'_>) -> CaseRow {
    CaseRow {
        id: r.id(0),
        order: r.id(1),
        buyer: r.text(2),
        state: r.word(3, State::of),
        reason: r.word(4, Reason::of),
        words: r.text(5),
        pictures: r.text(6).split_whitespace().map(str::to_string).collect(),
        amount: r.int(7),
        at: r.moment(8),
        answer: r.text(9),
        decided_at: r.opt_moment(10),
        lines: Vec::new(),
    }
}

pub(super) fn of_order(rx: &mut Rx<'_>, c: C, order: Id<id::Order>) -> Result<Vec<CaseRow>, Fault> {
    let mut rows = rx.all(OF_ORDER, p![c, order], row)?;
    for case in &mut rows {
        case.lines = rx.all(LINES, p![c, case.id], |r| (r.id(0), r.int(1)))?;
    }
    Ok(rows)
}

impl App {
    /// Cases that wait for an answer, oldest first.
    pub async fn open_cases(&self, c: C) -> Result<Vec<CaseRow>, Fault> {
        self.db.read(move |rx| rx.all(OPEN, p![c], row)).await
    }
    /// A buyer's orders that wait for the shop's answer, newest first.
    pub async fn asked_orders(&self, c: C, member: Id<id::Member>) -> Result<Vec<OrderRow>, Fault> {
        let read = move |rx: &mut Rx<'_>| {
            let rows = rx.all(WAITING, p![c, member], |r| order_row(&r))?;
            with_lines(rx, c, rows)
        };
        self.db.read(read).await
    }
    /// Whether a private picture belongs to this order: a proof of its payments, or of its cases.
    pub async fn is_of_order(
        &self,
        c: C,
        order: Id<id::Order>,
        picture: String,
    ) -> Result<bool, Fault> {
        let read = move |rx: &mut Rx<'_>| rx.all(OWN_PICTURES, p![c, order], |r| r.text(0));
        let all = self.db.read(read).await?;
        Ok(all.iter().any(|names| names.split_whitespace().any(|n| n == picture)))
    }
}
