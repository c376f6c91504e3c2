//! The figures as tables of plain text.
use super::Figures;
use insight::analysis::{AHEAD, GONE};
use insight::date::{day_text, month_text};
use std::fmt::{self, Write};

pub fn of(all: &Figures) -> String {
    let mut out = String::new();
    // a String takes whatever is written to it
    let _ = write(&mut out, all);
    out
}

fn write(out: &mut String, all: &Figures) -> fmt::Result {
    let a = all.analysis;
    let orders = if all.reading.log.numbered { "orders" } else { "days with an order" };
    writeln!(
        out,
        "{} customers, {} {orders}, {} to {}, {:.2} in all",
        a.customers.len(),
        a.orders,
        day_text(a.first_day),
        day_text(a.end),
        a.total
    )?;
    let (nobody, returned) = (all.reading.nobody, all.reading.returned);
    if nobody + returned > 0 {
        writeln!(out, "left out: {nobody} rows that name no customer, {returned} returns")?;
    }
    let n = a.repeat.customers;
    let by_day = share(a.repeat.by_day, n);
    writeln!(out, "came again: {} of {n} on another day ({by_day})", a.repeat.by_day)?;
    if all.reading.log.numbered {
        let by_order = share(a.repeat.by_order, n);
        writeln!(out, "            {} of {n} with another order ({by_order})", a.repeat.by_order)?;
    }
    rfm(out, all)?;
    cohorts(out, all)?;
    models(out, all)
}

fn share(part: u32, all: u32) -> String {
    format!("{:.1} %", 100.0 * f64::from(part) / f64::from(all.max(1)))
}

fn rfm(out: &mut String, all: &Figures) -> fmt::Result {
    writeln!(out, "\nRFM: fifths of recency and frequency, by name")?;
    let Some(rfm) = &all.analysis.rfm else {
        let fewest = insight::rfm::FEWEST;
        return writeln!(out, "none: fifths need {fewest} customers");
    };
    let head = ["cell", "customers", "share", "days since", "orders", "money"];
    let mut rows = vec![head.map(String::from).to_vec()];
    for held in &rfm.cells {
        rows.push(vec![
            held.cell.code().into(),
            held.customers.to_string(),
            share(held.customers, all.analysis.repeat.customers),
            format!("{:.1}", held.mean_recency),
            format!("{:.2}", held.mean_frequency),
            format!("{:.2}", held.mean_total),
        ]);
    }
    table(out, &rows)?;
    writeln!(out, "\ncustomers by recency (5: bought last) and frequency (5: most often)")?;
    let mut rows = vec![["", "1", "2", "3", "4", "5"].map(String::from).to_vec()];
    for (k, row) in rfm.grid.iter().enumerate() {
        let mut cells = vec![(5 - k).to_string()];
        cells.extend(row.iter().map(u32::to_string));
        rows.push(cells);
    }
    table(out, &rows)
}

fn cohorts(out: &mut String, all: &Figures) -> fmt::Result {
    writeln!(out, "\nCohorts: of who first bought in a month, per cent who bought months later")?;
    let most = all.analysis.cohorts.iter().map(|c| c.kept.len()).max().unwrap_or(1);
    let mut head = vec!["month".to_string(), "customers".to_string()];
    head.extend((1..most).map(|k| k.to_string()));
    let mut rows = vec![head];
    for cohort in &all.analysis.cohorts {
        let mut row = vec![month_text(cohort.month), cohort.size().to_string()];
        let later = (1..cohort.kept.len()).filter_map(|k| cohort.share(k));
        row.extend(later.map(|s| format!("{:.0}", 100.0 * s)));
        rows.push(row);
    }
    table(out, &rows)
}

fn models(out: &mut String, all: &Figures) -> fmt::Result {
    let a = all.analysis;
    writeln!(out, "\nBG/NBD, in {}s", all.unit())?;
    match &a.bg_nbd {
        Ok(m) => {
            let [r, alpha, a, b] = [m.r, m.alpha, m.a, m.b].map(figure);
            writeln!(out, "r {r}, alpha {alpha}, a {a}, b {b}")?;
        }
        Err(no) => writeln!(out, "no fit: {no}")?,
    }
    writeln!(out, "\nGamma-Gamma")?;
    match &a.gamma_gamma {
        Ok(m) => {
            let [p, q, v] = [m.p, m.q, m.v].map(figure);
            write!(out, "p {p}, q {q}, v {v}")?;
            match m.mean() {
                Some(mean) => writeln!(out, "; an order is worth {mean:.2}")?,
                None => writeln!(out, "; amounts are spread too wide for a mean")?,
            }
            if let Some(c) = a.correlation {
                writeln!(
                    out,
                    "frequency and amount go together by {c:.3}; it takes them as apart"
                )?;
            }
        }
        Err(no) => writeln!(out, "no fit: {no}")?,
    }
    let Some(orders) = a.expected_orders() else { return Ok(()) };
    writeln!(out, "\nThe next {AHEAD} days")?;
    write!(out, "{orders:.1} orders expected")?;
    match a.expected_worth() {
        Some(worth) => writeln!(out, ", worth {worth:.2}")?,
        None => writeln!(out)?,
    }
    if let Some(gone) = a.gone() {
        let n = a.customers.len();
        let below = 100.0 * GONE;
        writeln!(out, "{gone} of {n} are probably gone (a chance below {below:.0} %)")?;
    }
    Ok(())
}

/// Four digits, however small.
pub fn figure(x: f64) -> String {
    let before = x.abs().log10().floor().max(-9.0) as i32;
    format!("{x:.*}", (3 - before).clamp(0, 9) as usize)
}

/// Columns as wide as their longest cell; all but the first to the right.
fn table(out: &mut String, rows: &[Vec<String>]) -> fmt::Result {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let wide = |k: usize| rows.iter().filter_map(|r| r.get(k)).map(|c| c.chars().count()).max();
    let widths: Vec<usize> = (0..columns).map(|k| wide(k).unwrap_or(0)).collect();
    for row in rows {
        let mut line = String::new();
        for (k, cell) in row.iter().enumerate() {
            if k == 0 {
                write!(line, "{cell:<0$}", widths[k])?;
            } else {
                write!(line, "  {cell:>0$}", widths[k])?;
            }
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}
