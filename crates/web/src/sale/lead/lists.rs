//! What to buy, what to pack for whom: the board's rows put together in two ways.
use app::sale::views_board::BoardRow;
use rules::base::{Id, id};
use rules::sale::line::State;

/// One variant of all orders.
pub struct Bought {
    pub variant: Id<id::Variant>,
    pub name: String,
    pub units: i64,
    pub amount: i64,
    /// Units that have not been handed out or sent back.
    pub waiting: i64,
    /// Units given back.
    pub back: i64,
}

/// One neighbour's goods, from all their orders of the list.
pub struct Pack {
    pub recipient: String,
    pub numbers: Vec<i64>,
    pub items: Vec<(String, i64)>,
    pub notes: Vec<String>,
    pub units: i64,
    pub amount: i64,
    /// The part of it that the leader took in cash.
    pub cash: i64,
}

pub fn bought(rows: &[BoardRow]) -> Vec<Bought> {
    let mut out: Vec<Bought> = Vec::new();
    for line in rows.iter().flat_map(|r| &r.lines) {
        let at = out.iter().position(|b| b.variant == line.variant).unwrap_or_else(|| {
            out.push(Bought {
                variant: line.variant,
                name: line.name(),
                units: 0,
                amount: 0,
                waiting: 0,
                back: 0,
            });
            out.len() - 1
        });
        let one = &mut out[at];
        one.units += line.kept();
        one.amount += line.amount;
        one.back += line.refunded_qty;
        if matches!(line.state, State::ToFulfil | State::ReadyForPickup) {
            one.waiting += line.kept();
        }
    }
    out
}

pub fn packs(rows: &[BoardRow]) -> Vec<Pack> {
    let mut out: Vec<((Id<id::Member>, &str), Pack)> = Vec::new();
    for row in rows.iter().filter(|r| r.units() > 0) {
        // those outside have one member between them: who collects tells them apart
        let key = (row.member, if row.outside { row.recipient.as_str() } else { "" });
        let at = out.iter().position(|(k, _)| *k == key).unwrap_or_else(|| {
            let pack = Pack {
                recipient: row.recipient.clone(),
                numbers: Vec::new(),
                items: Vec::new(),
                notes: Vec::new(),
                units: 0,
                amount: 0,
                cash: 0,
            };
            out.push((key, pack));
            out.len() - 1
        });
        let pack = &mut out[at].1;
        pack.numbers.push(row.number);
        pack.units += row.units();
        pack.amount += paid(row);
        pack.cash += cash(row);
        pack.notes.extend((!row.note.is_empty()).then(|| row.note.clone()));
        for line in row.lines.iter().filter(|l| l.kept() > 0) {
            let name = line.name();
            match pack.items.iter_mut().find(|(n, _)| *n == name) {
                Some((_, n)) => *n += line.kept(),
                None => pack.items.push((name, line.kept())),
            }
        }
    }
    out.into_iter().map(|(_, pack)| pack).collect()
}

/// What was paid for an order and not given back; a leader who entered it took it in cash.
pub fn paid(row: &BoardRow) -> i64 {
    row.total - row.refunded
}
/// The part of it that is in her hands.
pub fn cash(row: &BoardRow) -> i64 {
    if row.by.is_some() { paid(row) } else { 0 }
}

/// `桃 ×2、茶 ×1`.
pub fn items(list: &[(String, i64)]) -> String {
    list.iter().map(|(t, n)| format!("{t} ×{n}")).collect::<Vec<_>>().join("、")
}

/// `#3 #7`.
pub fn numbers(list: &[i64]) -> String {
    list.iter().map(|n| format!("#{n}")).collect::<Vec<_>>().join(" ")
}

pub fn row_items(row: &BoardRow) -> String {
    let kept: Vec<(String, i64)> =
        row.lines.iter().filter(|l| l.kept() > 0).map(|l| (l.name(), l.kept())).collect();
    items(&kept)
}
