//! What an order costs: lines, shipping, sum. Every step is checked; nothing wraps.
use crate::base::money::{MOST, Money};

/// One to 999 of a thing (`sale.md`).
pub const QUANTITY: std::ops::RangeInclusive<i64> = 1..=999;
/// Different variants in one order.
pub const LINES: usize = 50;

/// A line before it is an order's.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Wanted {
    pub unit_price: i64,
    pub qty: i64,
    /// What a coupon takes off the line.
    pub off: i64,
    /// What points take off besides.
    pub points: i64,
}

/// What the shop asks for sending goods.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Shipping {
    pub fee: i64,
    /// Goods of this worth and more are sent free; zero: never free.
    pub free_from: i64,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Quote {
    /// What is paid for each line, in their order.
    pub amounts: Vec<i64>,
    /// What each of them cost less by a coupon.
    pub discounts: Vec<i64>,
    /// And by points.
    pub points: Vec<i64>,
    /// All lines after the discounts.
    pub goods: i64,
    pub shipping: i64,
    pub total: i64,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NoQuote {
    Empty,
    TooManyLines,
    BadQuantity,
    TooMuch,
}

/// `shipping` is `None` for orders that are picked up.
pub fn quote(lines: &[Wanted], shipping: Option<Shipping>) -> Result<Quote, NoQuote> {
    match lines.len() {
        0 => return Err(NoQuote::Empty),
        n if n > LINES => return Err(NoQuote::TooManyLines),
        _ => {}
    }
    if lines.iter().any(|l| !QUANTITY.contains(&l.qty)) {
        return Err(NoQuote::BadQuantity);
    }
    let mut amounts = Vec::with_capacity(lines.len());
    let mut goods: i64 = 0;
    for line in lines {
        let amount = line.unit_price.checked_mul(line.qty).ok_or(NoQuote::TooMuch)?;
        let amount = amount.checked_sub(line.off).filter(|a| *a >= 0 && line.off >= 0);
        let amount = amount.and_then(|a| a.checked_sub(line.points));
        let amount = amount.filter(|a| *a >= 0 && line.points >= 0);
        let amount = amount.ok_or(NoQuote::TooMuch)?;
        goods = goods.checked_add(amount).ok_or(NoQuote::TooMuch)?;
        amounts.push(amount);
    }
    let fee = match shipping {
        Some(s) if s.free_from > 0 && goods >= s.free_from => 0,
        Some(s) => s.fee,
        None => 0,
    };
    let total = goods.checked_add(fee).filter(|t| *t <= MOST).ok_or(NoQuote::TooMuch)?;
    let discounts = lines.iter().map(|l| l.off).collect();
    let points = lines.iter().map(|l| l.points).collect();
    Ok(Quote { amounts, discounts, points, goods, shipping: fee, total })
}

/// A price as people type it, within bounds; zero is a gift and allowed.
pub fn price(text: &str, cur: crate::base::Currency) -> Option<i64> {
    Money::parse(text, cur).map(|m| m.minor)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(row: &str) {
        let cell: Vec<&str> = row.split('|').map(str::trim).collect();
        let lines: Vec<Wanted> = cell[0]
            .split_whitespace()
            .map(|l| {
                let (l, points) = l.split_once('p').unwrap_or((l, "0"));
                let (l, off) = l.split_once('-').unwrap_or((l, "0"));
                let (price, qty) = l.split_once('x').expect("price x quantity");
                let number = |s: &str| s.parse().expect("a number");
                let (unit_price, qty) = (number(price), number(qty));
                Wanted { unit_price, qty, off: number(off), points: number(points) }
            })
            .collect();
        let shipping = (cell[1] != "-").then(|| {
            let (fee, free) = cell[1].split_once('/').expect("fee/free from");
            let number = |s: &str| s.parse().expect("a number");
            Shipping { fee: number(fee), free_from: number(free) }
        });
        let got = match quote(&lines, shipping) {
            Ok(q) => format!("{} + {} = {}", q.goods, q.shipping, q.total),
            Err(why) => format!("{why:?}"),
        };
        assert_eq!(got, cell[2], "{row}");
    }

    #[test]
    fn quotes() {
        let table = "
            3990x1              | -         | 3990 + 0 = 3990
            3990x2 100x3        | -         | 8280 + 0 = 8280
            3990x1              | 800/9900  | 3990 + 800 = 4790
            9900x1              | 800/9900  | 9900 + 0 = 9900
            9899x1              | 800/9900  | 9899 + 800 = 10699
            100x1               | 800/0     | 100 + 800 = 900
            0x1                 | -         | 0 + 0 = 0
            3990x2-500 100x3-20 | -         | 7760 + 0 = 7760
            9900x1-1            | 800/9900  | 9899 + 800 = 10699
            100x1-100           | -         | 0 + 0 = 0
            100x1-101           | -         | TooMuch
            9900x1-1p2          | 800/9900  | 9897 + 800 = 10697
            100x1-60p40         | -         | 0 + 0 = 0
            100x1-60p41         | -         | TooMuch
                                | -         | Empty
            100x0               | -         | BadQuantity
            100x1000            | -         | BadQuantity
            10000000000x2       | -         | TooMuch
            9223372036854775807x2 | -       | TooMuch
            10000000000x1       | 1/0       | TooMuch";
        table.lines().filter(|l| l.contains('|')).for_each(check);
    }
}
