//! Two drawings that need nothing around them: the heat map of cohorts and the grid of RFM.
use insight::cohort::Cohort;
use insight::date::month_text;
use insight::rfm::{Cell, Rfm};
use std::fmt::Write;

const TEXT: &str = "font-family=\"system-ui, sans-serif\" font-size=\"12\" fill=\"#1c1c1a\"";

/// One square of a grid.
struct Square {
    column: usize,
    row: usize,
    /// 0 to 1, how dark.
    depth: f64,
    lines: Vec<String>,
    title: String,
}

struct Grid<'a> {
    title: &'a str,
    /// What is written above the columns and before the rows.
    columns: Vec<String>,
    rows: Vec<String>,
    /// Width of the names of the rows, width and height of a square.
    left: usize,
    wide: usize,
    high: usize,
    squares: Vec<Square>,
}

impl Grid<'_> {
    fn svg(&self) -> String {
        let (left, wide, high, top) = (self.left, self.wide, self.high, 64);
        let width = left + wide * self.columns.len() + 16;
        let height = top + high * self.rows.len() + 16;
        let mut out = String::new();
        // a String takes whatever is written to it
        let _ = write!(
            out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
             width=\"{width}\" height=\"{height}\" role=\"img\">\n<title>{0}</title>\n\
             <rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n<g {TEXT}>\n\
             <text x=\"16\" y=\"26\" font-size=\"15\" font-weight=\"600\">{0}</text>\n",
            self.title
        );
        for (k, name) in self.columns.iter().enumerate() {
            let x = left + k * wide + wide / 2;
            let _ = writeln!(out, "<text x=\"{x}\" y=\"56\" text-anchor=\"middle\">{name}</text>");
        }
        for (k, name) in self.rows.iter().enumerate() {
            let y = top + k * high + high / 2 + 4;
            let x = left - 8;
            let _ = writeln!(out, "<text x=\"{x}\" y=\"{y}\" text-anchor=\"end\">{name}</text>");
        }
        for s in &self.squares {
            self.square(&mut out, s, top);
        }
        out.push_str("</g>\n</svg>\n");
        out
    }
    fn square(&self, out: &mut String, s: &Square, top: usize) {
        let (x, y) = (self.left + s.column * self.wide, top + s.row * self.high);
        let (wide, high) = (self.wide - 2, self.high - 2);
        let depth = s.depth.clamp(0.0, 1.0);
        // from nearly white to a deep green; the letters turn white where it is dark
        let mix = |from: f64, to: f64| (from + (to - from) * depth).round() as u8;
        let [r, g, b] = [mix(238.0, 14.0), mix(245.0, 92.0), mix(241.0, 66.0)];
        let ink = if depth > 0.7 { "#ffffff" } else { "#1c1c1a" };
        let _ = writeln!(
            out,
            "<g><title>{}</title><rect x=\"{x}\" y=\"{y}\" width=\"{wide}\" height=\"{high}\" \
             rx=\"3\" fill=\"#{r:02x}{g:02x}{b:02x}\"/>",
            s.title
        );
        let first = y + high / 2 + 4 - (s.lines.len().saturating_sub(1)) * 8;
        for (k, line) in s.lines.iter().enumerate() {
            let (x, y) = (x + wide / 2, first + k * 16);
            let _ = writeln!(
                out,
                "<text x=\"{x}\" y=\"{y}\" text-anchor=\"middle\" fill=\"{ink}\">{line}</text>"
            );
        }
        out.push_str("</g>\n");
    }
}

/// Months down, months since to the right; the darker, the more bought again.
pub fn cohorts(cohorts: &[Cohort]) -> String {
    let most = cohorts.iter().map(|c| c.kept.len()).max().unwrap_or(1);
    let mut squares = vec![];
    for (row, cohort) in cohorts.iter().enumerate() {
        for (column, kept) in cohort.kept.iter().enumerate() {
            let share = cohort.share(column).unwrap_or(0.0);
            let month = month_text(cohort.month);
            let text =
                if column == 0 { kept.to_string() } else { format!("{:.0}%", 100.0 * share) };
            // the first column is everybody: it would only be a dark bar
            let depth = if column == 0 { 0.0 } else { share / 0.6 };
            let size = cohort.size();
            let title = format!("{month}, {column} months later: {kept} of {size}");
            squares.push(Square { column, row, depth, lines: vec![text], title });
        }
    }
    let names = |k: usize| if k == 0 { "customers".into() } else { k.to_string() };
    Grid {
        title: "Who first bought in a month, and how many bought again months later",
        columns: (0..most).map(names).collect(),
        rows: cohorts.iter().map(|c| month_text(c.month)).collect(),
        left: 84,
        wide: 66,
        high: 30,
        squares,
    }
    .svg()
}

/// Recency upwards, frequency to the right; each square with its name and its customers.
pub fn rfm(rfm: &Rfm) -> String {
    let most = rfm.grid.iter().flatten().copied().max().unwrap_or(1).max(1);
    let mut squares = vec![];
    for (row, counts) in rfm.grid.iter().enumerate() {
        for (column, count) in counts.iter().enumerate() {
            let (r, f) = (5 - row as u8, column as u8 + 1);
            let name = Cell::of(r, f).code().replace('_', " ");
            let depth = f64::from(*count) / f64::from(most);
            let title = format!("recency {r}, frequency {f}: {count} customers, {name}");
            squares.push(Square {
                column,
                row,
                depth,
                lines: vec![count.to_string(), name],
                title,
            });
        }
    }
    Grid {
        title: "Customers by recency (5: bought last) and frequency (5: most often)",
        columns: (1..=5).map(|f| format!("frequency {f}")).collect(),
        rows: (1..=5).rev().map(|r| format!("recency {r}")).collect(),
        left: 92,
        wide: 128,
        high: 56,
        squares,
    }
    .svg()
}
