//! Amounts: minor units and a currency, checked arithmetic, no floats.
use crate::codes;

codes! {
    /// ISO 4217 currencies a community may choose.
    pub enum Currency {
        Cny = "CNY", Hkd = "HKD", Twd = "TWD", Eur = "EUR", Gbp = "GBP", Usd = "USD", Jpy = "JPY",
        Sgd = "SGD",
    }
}

impl Currency {
    /// Digits after the point, by ISO 4217.
    pub const fn exponent(self) -> u32 {
        match self {
            Currency::Jpy => 0,
            _ => 2,
        }
    }
    pub const fn symbol(self) -> &'static str {
        match self {
            Currency::Cny | Currency::Jpy => "¥",
            Currency::Hkd => "HK$",
            Currency::Twd => "NT$",
            Currency::Eur => "€",
            Currency::Gbp => "£",
            Currency::Usd => "$",
            Currency::Sgd => "S$",
        }
    }
}

/// The largest amount any one field may hold (`sale.md`): 10^10 minor units.
pub const MOST: i64 = 10_000_000_000;

/// An amount in minor units (cents, fen) of one currency.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Money {
    pub minor: i64,
    pub cur: Currency,
}

impl Money {
    pub const fn new(minor: i64, cur: Currency) -> Self {
        Money { minor, cur }
    }
    /// `None` when the result leaves ±[`MOST`].
    pub fn times(self, n: i64) -> Option<Money> {
        Money { minor: self.minor.checked_mul(n)?, ..self }.bounded()
    }
    /// `None` for two currencies, or when the sum leaves ±[`MOST`].
    pub fn plus(self, other: Money) -> Option<Money> {
        if self.cur != other.cur {
            return None;
        }
        Money { minor: self.minor.checked_add(other.minor)?, ..self }.bounded()
    }
    fn bounded(self) -> Option<Money> {
        (self.minor.abs() <= MOST).then_some(self)
    }
    /// Reads a strict decimal such as `39`, `39.9`, `0.05`: digits, at most one point, at most the
    /// currency's digits after it, no sign, no separators. `None` for anything else.
    pub fn parse(text: &str, cur: Currency) -> Option<Money> {
        let text = text.trim();
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        let exponent = cur.exponent() as usize;
        let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !digits(whole) || !digits(part) || part.len() > exponent {
            return None;
        }
        if text.ends_with('.') || whole.len() > 12 {
            return None;
        }
        let padded = format!("{whole}{part:0<exponent$}");
        Money::new(padded.parse().ok()?, cur).bounded()
    }
    /// With its sign of currency and thousands apart, `¥1,200.00`: what sentences say.
    pub fn said(self) -> String {
        let decimal = self.decimal();
        let bare = decimal.trim_start_matches('-');
        let (whole, part) = bare.split_once('.').map_or((bare, ""), |(w, p)| (w, p));
        let mut out = String::from(if self.minor < 0 { "−" } else { "" });
        out.push_str(self.cur.symbol());
        for (k, digit) in whole.chars().enumerate() {
            if k > 0 && (whole.len() - k).is_multiple_of(3) {
                out.push(',');
            }
            out.push(digit);
        }
        if part.is_empty() { out } else { format!("{out}.{part}") }
    }
    /// The plain decimal, `-3.50`; what CSV, JSON and form fields use.
    pub fn decimal(self) -> String {
        let exponent = self.cur.exponent();
        if exponent == 0 {
            return self.minor.to_string();
        }
        let unit = 10_u64.pow(exponent);
        let (n, sign) = (self.minor.unsigned_abs(), if self.minor < 0 { "-" } else { "" });
        format!("{sign}{}.{:0width$}", n / unit, n % unit, width = exponent as usize)
    }
}

/// Splits `total` by `weights` so that the parts add up exactly (largest remainder; ties to the
/// earlier part). All-zero weights count as equal ones; no weights give no parts.
pub fn split(total: i64, weights: &[i64]) -> Vec<i64> {
    if weights.is_empty() {
        return Vec::new();
    }
    let weights: Vec<i128> = match weights.iter().all(|w| *w <= 0) {
        true => vec![1; weights.len()],
        false => weights.iter().map(|w| i128::from((*w).max(0))).collect(),
    };
    let sum: i128 = weights.iter().sum();
    let (sign, total) = (total.signum(), i128::from(total.unsigned_abs()));
    let mut parts: Vec<i128> = weights.iter().map(|w| total * w / sum).collect();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|i| std::cmp::Reverse(total * weights[*i] % sum));
    let rest = total - parts.iter().sum::<i128>();
    for i in order.into_iter().take(rest as usize) {
        parts[i] += 1;
    }
    parts.into_iter().map(|p| p as i64 * sign).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_in_and_out() {
        let table = "
            39      | CNY | 39.00
            39.9    | CNY | 39.90
            0.05    | CNY | 0.05
            100000000 | CNY | 100000000.00
            100000000.01 | CNY | -
            1.234   | CNY | -
            1.      | CNY | -
            .5      | CNY | -
            -1      | CNY | -
            1,000   | CNY | -
            1e3     | CNY | -
            １２    | CNY | -
            120     | JPY | 120
            120.5   | JPY | -
                    | CNY | -";
        for row in table.lines().filter(|l| l.contains('|')) {
            let cell: Vec<&str> = row.split('|').map(str::trim).collect();
            let cur = Currency::of(cell[1]).expect("a currency");
            let got = Money::parse(cell[0], cur).map_or("-".into(), Money::decimal);
            assert_eq!(got, cell[2], "{row}");
        }
    }

    #[test]
    fn said_in_a_sentence() {
        let table = [
            (0, Currency::Cny, "¥0.00"),
            (99_999, Currency::Gbp, "£999.99"),
            (123_456_789, Currency::Cny, "¥1,234,567.89"),
            (-100_000, Currency::Usd, "−$1,000.00"),
            (12_000, Currency::Jpy, "¥12,000"),
        ];
        for (minor, cur, want) in table {
            assert_eq!(Money::new(minor, cur).said(), want);
        }
    }

    #[test]
    fn parts_add_up() {
        let table: [(i64, &[i64], &[i64]); 7] = [
            (100, &[1, 1, 1], &[34, 33, 33]),
            (-100, &[1, 1, 1], &[-34, -33, -33]),
            (5, &[0, 0], &[3, 2]),
            (7, &[3, 0, 4], &[3, 0, 4]),
            (10, &[999, 1], &[10, 0]),
            (1, &[1, 9], &[0, 1]),
            (0, &[2, 3], &[0, 0]),
        ];
        for (total, weights, want) in table {
            assert_eq!(split(total, weights), want, "{total} by {weights:?}");
        }
    }
}
