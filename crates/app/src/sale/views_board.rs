//! The board of a chain order: every paid order with its lines, for who leads the group.
use super::views_catalogue::parted;
use crate::db::{Fault, Rx};
use crate::{App, p};
use rules::base::{Id, Moment, id};
use rules::sale::line::State;
use std::collections::HashMap;

type C = Id<id::Community>;
type M = Id<id::Member>;

const LINES: &str =
    "SELECT p.order_id, l.id, l.product_id, l.variant_id, l.title, l.choices, l.qty,
    l.refunded_qty, l.amount - l.refunded, l.state, l.look FROM chain_place p
    JOIN order_line l ON l.community_id = p.community_id AND l.order_id = p.order_id
    WHERE p.community_id = $1 AND p.campaign_id = $2 AND p.number > 0
    AND p.state IN ('confirmed', 'refunding', 'refunded', 'left')
    ORDER BY p.order_id, l.position";
const BOARD: &str = "SELECT p.number, p.order_id, p.member_id, m.name, o.recipient, o.phone,
    o.state, o.total, o.refunded, o.note, o.pickup_code, p.paid_at, b.name,
    coalesce(p.by_member = p.member_id, false)
    FROM chain_place p JOIN orders o ON o.community_id = p.community_id AND o.id = p.order_id
    JOIN member m ON m.community_id = p.community_id AND m.id = p.member_id
    LEFT JOIN member b ON b.community_id = p.community_id AND b.id = p.by_member
    WHERE p.community_id = $1 AND p.campaign_id = $2 AND p.number > 0
    AND p.state IN ('confirmed', 'refunding', 'refunded', 'left') ORDER BY p.number";

/// One order on the leader's board.
#[derive(Clone, Debug)]
pub struct BoardRow {
    pub number: i64,
    pub order: Id<id::Order>,
    pub member: M,
    pub name: String,
    pub recipient: String,
    pub phone: String,
    pub state: State,
    pub total: i64,
    pub refunded: i64,
    pub note: String,
    pub code: String,
    pub at: Moment,
    /// The leader who entered it.
    pub by: Option<String>,
    /// It is for someone without an account, and stands in that leader's own name.
    pub outside: bool,
    pub lines: Vec<BoardLine>,
}

impl BoardRow {
    /// Units that the buyer is to get, or has.
    pub fn units(&self) -> i64 {
        self.lines.iter().map(|l| l.kept()).sum()
    }
}

#[derive(Clone, Debug)]
pub struct BoardLine {
    pub id: Id<id::Line>,
    pub product: Id<id::Product>,
    pub variant: Id<id::Variant>,
    pub title: String,
    pub choices: Vec<String>,
    pub qty: i64,
    pub refunded_qty: i64,
    /// What it cost, less what went back.
    pub amount: i64,
    pub state: State,
    pub look: String,
}

impl BoardLine {
    pub fn kept(&self) -> i64 {
        self.qty - self.refunded_qty
    }
    pub fn name(&self) -> String {
        match self.choices.is_empty() {
            true => self.title.clone(),
            false => format!("{} {}", self.title, self.choices.join(" ")),
        }
    }
}

impl App {
    /// Every order that was paid, by its number, with its lines: for who leads the group.
    pub async fn chain_board(&self, c: C, id: Id<id::Campaign>) -> Result<Vec<BoardRow>, Fault> {
        self.db.read(move |rx| board(rx, c, id)).await
    }
}

fn board(rx: &mut Rx<'_>, c: C, id: Id<id::Campaign>) -> Result<Vec<BoardRow>, Fault> {
    let mut rows = rx.all(BOARD, p![c, id], |r| BoardRow {
        number: r.int(0),
        order: r.id(1),
        member: r.id(2),
        name: r.text(3),
        recipient: r.text(4),
        phone: r.text(5),
        state: r.word(6, State::of),
        total: r.int(7),
        refunded: r.int(8),
        note: r.text(9),
        code: r.text(10),
        at: r.moment(11),
        by: r.opt_text(12),
        outside: r.bool(13),
        lines: Vec::new(),
    })?;
    let mut lines = lines_of(rx, LINES, c, id)?;
    for row in &mut rows {
        row.lines = lines.remove(&row.order).unwrap_or_default();
    }
    Ok(rows)
}

/// The lines a statement of this shape gives, by their orders.
pub(super) fn lines_of(
    rx: &mut Rx<'_>,
    sql: &'static str,
    c: C,
    id: Id<id::Campaign>,
) -> Result<HashMap<Id<id::Order>, Vec<BoardLine>>, Fault> {
    let lines = rx.all(sql, p![c, id], |r| {
        let line = BoardLine {
            id: r.id(1),
            product: r.id(2),
            variant: r.id(3),
            title: r.text(4),
            choices: parted(&r.text(5)),
            qty: r.int(6),
            refunded_qty: r.int(7),
            amount: r.int(8),
            state: r.word(9, State::of),
            look: r.text(10),
        };
        (r.id::<id::Order>(0), line)
    })?;
    let mut out: HashMap<_, Vec<_>> = HashMap::new();
    for (order, line) in lines {
        out.entry(order).or_default().push(line);
    }
    Ok(out)
}
