//! How much of a line may go back, and what a part of it is worth.

/// A line as a refund sees it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Refundable {
    pub qty: i64,
    pub amount: i64,
    pub refunded_qty: i64,
    pub refunded: i64,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NoRefund {
    BadQuantity,
    MoreThanLeft,
    NothingLeft,
}

/// What `qty` more units are worth. Parts round down; the last unit takes what is left, so that
/// all parts together are exactly what was paid, in whatever order they come.
pub fn worth(line: Refundable, qty: i64) -> Result<i64, NoRefund> {
    let left = line.qty - line.refunded_qty;
    if qty < 1 {
        return Err(NoRefund::BadQuantity);
    }
    if left == 0 {
        return Err(NoRefund::NothingLeft);
    }
    if qty > left {
        return Err(NoRefund::MoreThanLeft);
    }
    let money = line.amount - line.refunded;
    if qty == left {
        return Ok(money);
    }
    let share = i128::from(line.amount) * i128::from(qty) / i128::from(line.qty);
    Ok((share as i64).min(money))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts() {
        let table = "
            3 1000 0 0   | 1 | 333
            3 1000 1 333 | 1 | 333
            3 1000 2 666 | 1 | 334
            3 1000 0 0   | 3 | 1000
            3 1000 0 0   | 4 | MoreThanLeft
            3 1000 3 1000 | 1 | NothingLeft
            3 1000 0 0   | 0 | BadQuantity
            2 0 0 0      | 1 | 0";
        for row in table.lines().filter(|l| l.contains('|')) {
            let cell: Vec<&str> = row.split('|').map(str::trim).collect();
            let n: Vec<i64> = cell[0].split(' ').map(|n| n.parse().expect("a number")).collect();
            let line = Refundable { qty: n[0], amount: n[1], refunded_qty: n[2], refunded: n[3] };
            let got = match worth(line, cell[1].parse().expect("a number")) {
                Ok(amount) => amount.to_string(),
                Err(why) => format!("{why:?}"),
            };
            assert_eq!(got, cell[2], "{row}");
        }
    }

    #[test]
    fn any_order_of_parts_adds_up() {
        let mut x: u64 = 7;
        for case in 0..20_000 {
            let mut next = |below: u64| {
                x = x.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                (x >> 33) % below
            };
            let (qty, amount) = (1 + next(12) as i64, next(100_000) as i64);
            let mut line = Refundable { qty, amount, refunded_qty: 0, refunded: 0 };
            while line.refunded_qty < qty {
                let part = 1 + next((qty - line.refunded_qty) as u64) as i64;
                let money = worth(line, part).expect("units are left");
                assert!(money >= 0, "case {case}");
                line.refunded += money;
                line.refunded_qty += part;
            }
            assert_eq!(line.refunded, amount, "case {case}");
        }
    }
}
