//! Reads an order log from CSV text: finds its columns, reads its dates, names each bad line.
use crate::columns::{self, Amount, Columns, Missing, Wanted};
use crate::date::{self, Written};
use crate::log::{Log, Order};
use csv::ByteRecord;
use side_by_side::Names;
use std::fmt;

mod side_by_side;

/// What was read, and what was left out for a reason that is no mistake.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    pub log: Log,
    pub rows: u64,
    pub columns: Columns,
    /// Rows that name no customer.
    pub nobody: u64,
    /// Rows below zero, or with a quantity or price of zero: returns, cancellations, gifts.
    pub returned: u64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    Date(String),
    Amount(String),
    Fields { has: u64, want: u64 },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadRow {
    pub line: u64,
    pub why: Why,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    Empty,
    /// The bytes of a spreadsheet program's own file.
    Spreadsheet,
    NotUtf8 {
        line: u64,
    },
    NoColumn {
        missing: Missing,
        given: Option<String>,
        heads: Vec<String>,
    },
    /// `3/4/2011` in every row: nobody can say which is the month.
    TwoWays {
        example: String,
    },
    /// The first of them, and how many there are.
    Rows {
        bad: Vec<BadRow>,
        count: u64,
    },
    NoOrders {
        nobody: u64,
        returned: u64,
    },
}

/// So many bad rows are named.
const NAMED: usize = 20;
/// `told` hears how many bytes are done about this often.
const STEP: u64 = 8_192;

/// Reads it all, or says why not. Half a log would give wrong figures that look right.
pub fn read(
    text: &[u8],
    wanted: &Wanted,
    mut told: impl FnMut(u64),
) -> Result<Reading, Unreadable> {
    if text.starts_with(b"PK\x03\x04") || text.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Err(Unreadable::Spreadsheet);
    }
    let text = text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(text);
    if text.trim_ascii().is_empty() {
        return Err(Unreadable::Empty);
    }
    let mut csv = reader(text);
    let heads = csv.byte_headers().map_err(|_| Unreadable::Empty)?.clone();
    let heads: Option<Vec<String>> =
        heads.iter().map(|h| String::from_utf8(h.to_vec()).ok()).collect();
    let heads = heads.ok_or(Unreadable::NotUtf8 { line: 1 })?;
    let columns = columns::find(&heads, wanted).map_err(|missing| {
        let given = match missing {
            Missing::Customer => &wanted.customer,
            Missing::Date => &wanted.date,
            Missing::Amount => &wanted.amount,
            Missing::Order => &wanted.order,
        };
        Unreadable::NoColumn { missing, given: given.clone(), heads: heads.clone() }
    })?;
    let fresh = Rows::fresh(columns, heads.len(), slash_order(text, columns.date)?);
    let body = csv.position().byte() as usize;
    if let Some((rows, count)) = side_by_side::read(text, body, &fresh, &mut told) {
        return rows.done(count);
    }
    let mut rows = fresh;
    let count = rows.all(text, &mut csv, told)?;
    rows.done(count)
}

/// Reads the text, with the delimiter of its heading.
fn reader(text: &[u8]) -> csv::Reader<&[u8]> {
    let mut builder = csv::ReaderBuilder::new();
    builder.delimiter(delimiter(text)).flexible(true).from_reader(text)
}
fn delimiter(text: &[u8]) -> u8 {
    let head = text.split(|b| *b == b'\n').next().unwrap_or(text);
    let count = |d: u8| head.iter().filter(|b| **b == d).count();
    let by = [b',', b';', b'\t', b'|'].into_iter().rev().max_by_key(|d| count(*d));
    by.unwrap_or(b',')
}

/// Looks through all dates only where the first is written with the year at the end.
fn slash_order(text: &[u8], column: usize) -> Result<date::Order, Unreadable> {
    let mut csv = reader(text);
    let mut record = ByteRecord::new();
    let (mut day_first, mut month_first, mut example) = (false, false, None);
    while csv.read_byte_record(&mut record).unwrap_or(false) {
        let Some(field) = record.get(column) else { continue };
        match date::read(field) {
            Some(Written::At(_)) if example.is_none() => return Ok(date::Order::MonthFirst),
            Some(Written::Slashed { a, b, .. }) => {
                day_first |= a > 12;
                month_first |= b > 12;
                example.get_or_insert_with(|| shown(field));
            }
            _ => {}
        }
        if day_first || month_first {
            break;
        }
    }
    match (example, day_first) {
        (Some(example), false) if !month_first => Err(Unreadable::TwoWays { example }),
        (_, true) => Ok(date::Order::DayFirst),
        _ => Ok(date::Order::MonthFirst),
    }
}

struct Rows {
    columns: Columns,
    width: usize,
    order: date::Order,
    /// The last date read, as it was written and as it was understood.
    before: (Vec<u8>, i64),
    customers: Names,
    numbers: Names,
    orders: Vec<Order>,
    nobody: u64,
    returned: u64,
    bad: Vec<BadRow>,
    count_bad: u64,
}

impl Rows {
    fn fresh(columns: Columns, width: usize, order: date::Order) -> Rows {
        Rows {
            columns,
            width,
            order,
            before: (vec![], 0),
            customers: Names::default(),
            numbers: Names::default(),
            orders: vec![],
            nobody: 0,
            returned: 0,
            bad: vec![],
            count_bad: 0,
        }
    }
    fn all(
        &mut self,
        text: &[u8],
        csv: &mut csv::Reader<&[u8]>,
        mut told: impl FnMut(u64),
    ) -> Result<u64, Unreadable> {
        let mut record = ByteRecord::new();
        let mut rows = 0;
        loop {
            match csv.read_byte_record(&mut record) {
                Ok(true) => {}
                Ok(false) => return Ok(rows),
                Err(_) => return Err(Unreadable::NotUtf8 { line: csv.position().line() }),
            }
            rows += 1;
            if rows % STEP == 0 {
                told(csv.position().byte());
            }
            let field = |at: usize| record.get(at).unwrap_or(b"");
            if let Err(why) = self.row(record.len(), field) {
                self.count_bad += 1;
                if self.bad.len() < NAMED {
                    let line = record.position().map_or(0, |p| line(text, p));
                    self.bad.push(BadRow { line, why });
                }
            }
        }
    }
    fn row<'r>(&mut self, has: usize, of: impl Fn(usize) -> &'r [u8]) -> Result<(), Why> {
        if has != self.width {
            let (has, want) = (has as u64, self.width as u64);
            return Err(Why::Fields { has, want });
        }
        let field = |at: usize| of(at).trim_ascii();
        let customer = field(self.columns.customer);
        if customer.is_empty() {
            self.nobody += 1;
            return Ok(());
        }
        let date = field(self.columns.date);
        let at = self.at(date).ok_or_else(|| Why::Date(shown(date)))?;
        let money = |at: usize| amount(field(at)).ok_or_else(|| Why::Amount(shown(field(at))));
        let amount = match self.columns.amount {
            Amount::Column(at) => money(at)?,
            Amount::Product(quantity, price) => {
                let (quantity, price) = (money(quantity)?, money(price)?);
                if quantity > 0.0 && price > 0.0 { quantity * price } else { -1.0 }
            }
        };
        // an order paid with a voucher is an order; what goes back is none
        if amount < 0.0 {
            self.returned += 1;
            return Ok(());
        }
        let number = self.columns.order.map_or(0, |at| self.numbers.number(field(at)));
        let customer = self.customers.number(customer);
        self.orders.push(Order { customer, number, at, amount });
        Ok(())
    }
    /// Most logs are in the order of time: many rows have the date of the row before.
    fn at(&mut self, date: &[u8]) -> Option<i64> {
        let (before, at) = &mut self.before;
        if before.as_slice() != date {
            *at = date::read(date).and_then(|w| w.at(self.order))?;
            before.clear();
            before.extend_from_slice(date);
        }
        Some(*at)
    }
    fn done(self, rows: u64) -> Result<Reading, Unreadable> {
        let Rows { columns, nobody, returned, .. } = self;
        if self.count_bad > 0 {
            return Err(Unreadable::Rows { bad: self.bad, count: self.count_bad });
        }
        if self.orders.is_empty() {
            return Err(Unreadable::NoOrders { nobody, returned });
        }
        let log = Log::of(self.customers.texts(), self.orders, columns.order.is_some());
        Ok(Reading { log, rows, columns, nobody, returned })
    }
}

/// The line a record stands on; its position is before the empty lines that were passed over.
fn line(text: &[u8], at: &csv::Position) -> u64 {
    let before = text.get(at.byte() as usize..).unwrap_or(b"");
    let empty = before.iter().take_while(|b| matches!(b, b'\n' | b'\r'));
    at.line() + empty.filter(|b| **b == b'\n').count() as u64
}

/// Enough of a field to find it again.
fn shown(field: &[u8]) -> String {
    String::from_utf8_lossy(field).chars().take(40).collect()
}

/// `12.5`, `1,234.50`, `¥12.50`, `12,5` and `1.234,50`.
pub fn amount(field: &[u8]) -> Option<f64> {
    if let Some(plain) = plain(field) {
        return Some(plain);
    }
    let text = std::str::from_utf8(field).ok()?;
    let text = text.trim_start_matches(['¥', '￥', '$', '€', '£']).trim();
    let decent = |t: &str| t.bytes().all(|b| b.is_ascii_digit() || b".-+eE".contains(&b));
    let number = |t: &str| if decent(t) { t.parse().ok() } else { None };
    let value: f64 = match (text.rfind(','), text.rfind('.')) {
        (None, _) => number(text)?,
        (Some(comma), Some(dot)) if comma < dot => number(&text.replace(',', ""))?,
        (Some(_), Some(_)) => number(&text.replace('.', "").replace(',', "."))?,
        // three digits after it: thousands; otherwise it stands for the point
        (Some(comma), None) if text.len() - comma == 4 => number(&text.replace(',', ""))?,
        (Some(_), None) => number(&text.replacen(',', ".", 1))?,
    };
    value.is_finite().then_some(value)
}

/// `12` and `12.50`: up to fifteen digits are exact in a double, and so is their power of ten, so
/// the quotient is the double nearest to what is written.
fn plain(field: &[u8]) -> Option<f64> {
    const TENS: [f64; 16] =
        [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];
    let (mut digits, mut whole, mut point) = (0_u64, 0_usize, None);
    for byte in field {
        match byte {
            b'0'..=b'9' => {
                digits = digits * 10 + u64::from(byte - b'0');
                whole += 1;
                if whole > 15 {
                    return None;
                }
            }
            b'.' if point.is_none() && whole > 0 => point = Some(whole),
            _ => return None,
        }
    }
    let after = whole - point.unwrap_or(whole);
    (whole > 0).then(|| digits as f64 / TENS[after])
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Why::Date(text) if text.is_empty() => write!(f, "the date is empty"),
            Why::Date(text) => write!(f, "\"{text}\" is no date; write it as 2026-03-31"),
            Why::Amount(text) if text.is_empty() => write!(f, "the amount is empty"),
            Why::Amount(text) => write!(f, "\"{text}\" is no amount; write it as 12.50"),
            Why::Fields { has, want } => {
                write!(f, "it has {has} fields, and the first line of the file {want}")
            }
        }
    }
}
impl fmt::Display for BadRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.why)
    }
}
impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unreadable::Empty => write!(f, "the file is empty; its first line names the columns"),
            Unreadable::Spreadsheet => {
                write!(f, "this is a spreadsheet; save it as CSV (UTF-8) and try again")
            }
            Unreadable::NotUtf8 { line } => {
                write!(f, "line {line} is not UTF-8; save the file as CSV (UTF-8)")
            }
            Unreadable::NoColumn { missing, given, heads } => {
                let (what, option) = match missing {
                    Missing::Customer => ("customer", "--customer"),
                    Missing::Date => ("date", "--date"),
                    Missing::Amount => ("amount", "--amount"),
                    Missing::Order => ("order number", "--order"),
                };
                match given {
                    Some(given) => write!(f, "no column is called \"{given}\"")?,
                    None => write!(f, "no column looks like the {what}; name it with {option}")?,
                }
                write!(f, "; the file has: {}", heads.join(", "))
            }
            Unreadable::TwoWays { example } => write!(
                f,
                "dates such as \"{example}\" can be read two ways, and no row decides; \
                 write them as 2026-03-31"
            ),
            Unreadable::Rows { bad, count } => {
                for row in bad {
                    writeln!(f, "{row}")?;
                }
                let rows = if *count == 1 { "row" } else { "rows" };
                write!(f, "{count} {rows} to mend; nothing was computed")
            }
            Unreadable::NoOrders { nobody, returned } => write!(
                f,
                "there are no orders in it ({nobody} rows name no customer, {returned} are \
                 returns)"
            ),
        }
    }
}
impl std::error::Error for Unreadable {}
