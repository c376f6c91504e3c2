//! Shares of a line's price: products of sums do not fit a column, so they are reckoned in Rust,
//! row by row, on what one statement read beside each share.
use super::{Name, Report};
use crate::db::{Fault, Rx};
use crate::p;

/// Asks about each share that a statement reads: ten numbers, the share's own id first, by which
/// the statement goes on after `$2`.
pub(super) fn for_shares(
    rx: &mut Rx<'_>,
    report: &mut Report,
    (name, sql): (Name, &'static str),
    c: i64,
    ask: impl Fn(&mut Report, [i64; 10]),
) -> Result<(), Fault> {
    let mut after = 0;
    loop {
        let rows: Vec<[i64; 10]> =
            rx.all(sql, p![c, after], |r| std::array::from_fn(|i| r.int(i)))?;
        report.looked(name, rows.len() as i64);
        let Some([last, ..]) = rows.last() else { return Ok(()) };
        after = *last;
        for row in rows {
            ask(report, row);
        }
    }
}
