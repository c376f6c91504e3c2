//! RFM: recency, frequency and money in fifths, and the named cells that people act on.
use crate::date::DAY;
use crate::history::Customer;

/// A cell of the grid of recency and frequency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cell {
    Champions,
    LoyalCustomers,
    PotentialLoyalists,
    NewCustomers,
    Promising,
    NeedAttention,
    AboutToSleep,
    AtRisk,
    CantLose,
    Hibernating,
}

impl Cell {
    pub const ALL: [Cell; 10] = [
        Cell::Champions,
        Cell::LoyalCustomers,
        Cell::PotentialLoyalists,
        Cell::NewCustomers,
        Cell::Promising,
        Cell::NeedAttention,
        Cell::AboutToSleep,
        Cell::AtRisk,
        Cell::CantLose,
        Cell::Hibernating,
    ];
    pub fn code(self) -> &'static str {
        match self {
            Cell::Champions => "champions",
            Cell::LoyalCustomers => "loyal_customers",
            Cell::PotentialLoyalists => "potential_loyalists",
            Cell::NewCustomers => "new_customers",
            Cell::Promising => "promising",
            Cell::NeedAttention => "need_attention",
            Cell::AboutToSleep => "about_to_sleep",
            Cell::AtRisk => "at_risk",
            Cell::CantLose => "cant_lose",
            Cell::Hibernating => "hibernating",
        }
    }
    pub fn of_code(code: &str) -> Option<Cell> {
        Cell::ALL.into_iter().find(|c| c.code() == code)
    }
    /// By the fifths of recency and frequency, 1 to 5.
    pub fn of(r: u8, f: u8) -> Cell {
        match (r.clamp(1, 5), f.clamp(1, 5)) {
            (1 | 2, 1 | 2) => Cell::Hibernating,
            (1 | 2, 3 | 4) => Cell::AtRisk,
            (1 | 2, _) => Cell::CantLose,
            (3, 1 | 2) => Cell::AboutToSleep,
            (3, 3) => Cell::NeedAttention,
            (3, _) | (4, 4 | 5) => Cell::LoyalCustomers,
            (4, 1) => Cell::Promising,
            (_, 1) => Cell::NewCustomers,
            (_, 2 | 3) => Cell::PotentialLoyalists,
            (_, _) => Cell::Champions,
        }
    }
}

/// One customer's place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// Whole days since the last order.
    pub recency: i64,
    /// Fifths, 5 is best.
    pub r: u8,
    pub f: u8,
    pub m: u8,
    pub cell: Cell,
}

/// What a cell holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Held {
    pub cell: Cell,
    pub customers: u32,
    pub mean_recency: f64,
    pub mean_frequency: f64,
    pub mean_total: f64,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Rfm {
    /// In the order of the customers.
    pub scores: Vec<Score>,
    /// All ten, in the order of `Cell::ALL`.
    pub cells: Vec<Held>,
    /// Customers by fifth of recency (row 0 is 5) and of frequency (column 0 is 1).
    pub grid: [[u32; 5]; 5],
}

/// Below this there are no fifths.
pub const FEWEST: usize = 5;

/// Fifths as `pandas.qcut` makes them: linear quantiles, the edge belongs to the lower fifth. Equal
/// frequencies are too many for edges, so these are ranked first, equal ones in the customers'
/// order. `snapshot` is the second from which recency is counted backwards.
pub fn rfm(customers: &[Customer], snapshot: i64) -> Option<Rfm> {
    if customers.len() < FEWEST {
        return None;
    }
    let recency: Vec<i64> =
        customers.iter().map(|c| (snapshot - c.last_at).div_euclid(DAY)).collect();
    let r = fifths(&recency.iter().map(|d| *d as f64).collect::<Vec<_>>());
    let f = fifths(&ranks(customers));
    let m = fifths(&customers.iter().map(|c| c.total).collect::<Vec<_>>());
    let mut grid = [[0; 5]; 5];
    let mut scores = Vec::with_capacity(customers.len());
    for k in 0..customers.len() {
        let (r, f) = (6 - r[k], f[k]);
        grid[usize::from(5 - r)][usize::from(f - 1)] += 1;
        scores.push(Score { recency: recency[k], r, f, m: m[k], cell: Cell::of(r, f) });
    }
    let cells = Cell::ALL.map(|cell| held(cell, customers, &scores)).to_vec();
    Some(Rfm { scores, cells, grid })
}

fn held(cell: Cell, customers: &[Customer], scores: &[Score]) -> Held {
    let (mut n, mut recency, mut frequency, mut total) = (0_u32, 0.0, 0.0, 0.0);
    for (c, s) in customers.iter().zip(scores).filter(|(_, s)| s.cell == cell) {
        n += 1;
        recency += s.recency as f64;
        frequency += f64::from(c.orders);
        total += c.total;
    }
    let mean = |sum: f64| if n == 0 { 0.0 } else { sum / f64::from(n) };
    let (mean_recency, mean_frequency) = (mean(recency), mean(frequency));
    Held { cell, customers: n, mean_recency, mean_frequency, mean_total: mean(total) }
}

/// The rank of each by frequency, from 1; equal ones in the order in which they stand.
fn ranks(customers: &[Customer]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..customers.len()).collect();
    order.sort_by_key(|k| customers[*k].orders);
    let mut out = vec![0.0; customers.len()];
    for (rank, k) in order.into_iter().enumerate() {
        out[k] = (rank + 1) as f64;
    }
    out
}

/// 1 to 5. Where edges fall together some fifths stay empty: equal values are never parted.
fn fifths(values: &[f64]) -> Vec<u8> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let edges = [0.2, 0.4, 0.6, 0.8].map(|q| quantile(&sorted, q));
    let fifth = |v: &f64| 1 + edges.iter().filter(|e| v > e).count() as u8;
    values.iter().map(fifth).collect()
}

/// Linear between neighbours, in the same steps as numpy, so that an edge is the same double.
fn quantile(sorted: &[f64], q: f64) -> f64 {
    let at = (sorted.len() - 1) as f64 * q;
    let (low, high) = (sorted[at.floor() as usize], sorted[at.ceil() as usize]);
    let part = at - at.floor();
    if part >= 0.5 { high - (high - low) * (1.0 - part) } else { low + (high - low) * part }
}
