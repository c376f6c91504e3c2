//! The figures as files: CSV for other programs, SVG for a page or a letter.
use super::{Figures, draw};
use insight::date::{day_text, month_text};
use std::fs;
use std::path::Path;

/// The names of what was written.
pub fn write(all: &Figures, folder: &Path) -> Result<Vec<&'static str>, Box<csv::Error>> {
    fs::create_dir_all(folder).map_err(csv::Error::from)?;
    table(&folder.join("customers.csv"), customers(all))?;
    table(&folder.join("cohorts.csv"), cohorts(all))?;
    let mut names = vec!["customers.csv", "cohorts.csv", "cohorts.svg"];
    let drawing = draw::cohorts(&all.analysis.cohorts);
    fs::write(folder.join("cohorts.svg"), drawing).map_err(csv::Error::from)?;
    if let Some(rfm) = &all.analysis.rfm {
        table(&folder.join("rfm.csv"), cells(rfm))?;
        fs::write(folder.join("rfm.svg"), draw::rfm(rfm)).map_err(csv::Error::from)?;
        names.extend(["rfm.csv", "rfm.svg"]);
    }
    Ok(names)
}

fn table(path: &Path, rows: impl IntoIterator<Item = Vec<String>>) -> Result<(), Box<csv::Error>> {
    let mut csv = csv::WriterBuilder::new().flexible(true).from_path(path)?;
    for row in rows {
        csv.write_record(row)?;
    }
    csv.flush().map_err(csv::Error::from)?;
    Ok(())
}

fn customers(all: &Figures) -> impl Iterator<Item = Vec<String>> {
    #[rustfmt::skip]
    const HEAD: [&str; 14] = [
        "customer", "first", "last", "days", "orders", "total", "days_since", "r", "f", "m", "cell",
        "orders_in_90_days", "alive", "order_value",
    ];
    let a = all.analysis;
    let number = |x: Option<f64>| x.map_or_else(String::new, |x| format!("{x:.4}"));
    let rows = a.customers.iter().zip(&a.outlook).enumerate().map(move |(k, (c, o))| {
        let mut row = vec![
            a.names[k].clone(),
            day_text(c.first_day),
            day_text(c.last_day),
            c.days.to_string(),
            c.orders.to_string(),
            format!("{:.2}", c.total),
        ];
        match a.rfm.as_ref().map(|rfm| rfm.scores[k]) {
            Some(s) => {
                let fifths = [s.r, s.f, s.m].map(|n| n.to_string());
                row.push(s.recency.to_string());
                row.extend(fifths);
                row.push(s.cell.code().to_string());
            }
            None => row.extend(vec![String::new(); 5]),
        }
        row.extend([number(o.orders), number(o.alive), number(o.value)]);
        row
    });
    std::iter::once(HEAD.map(String::from).to_vec()).chain(rows)
}

fn cohorts(all: &Figures) -> Vec<Vec<String>> {
    let cohorts = &all.analysis.cohorts;
    let most = cohorts.iter().map(|c| c.kept.len()).max().unwrap_or(1);
    let mut out = vec![vec!["cohort".to_string()]];
    out[0].extend((0..most).map(|k| format!("m{k}")));
    for cohort in cohorts {
        let mut row = vec![month_text(cohort.month)];
        row.extend(cohort.kept.iter().map(u32::to_string));
        row.resize(most + 1, String::new());
        out.push(row);
    }
    out
}

fn cells(rfm: &insight::rfm::Rfm) -> Vec<Vec<String>> {
    let head = ["cell", "customers", "mean_days_since", "mean_orders", "mean_total"];
    let mut out = vec![head.map(String::from).to_vec()];
    out.extend(rfm.cells.iter().map(|h| {
        vec![
            h.cell.code().to_string(),
            h.customers.to_string(),
            format!("{:.2}", h.mean_recency),
            format!("{:.2}", h.mean_frequency),
            format!("{:.2}", h.mean_total),
        ]
    }));
    out
}
