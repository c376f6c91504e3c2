//! What one customer did: first and last day, on how many days, in how many orders, for how much.
use crate::date::DAY;
use crate::log::{Log, Order};

#[derive(Clone, Debug, PartialEq)]
pub struct Customer {
    pub first_day: i64,
    pub last_day: i64,
    /// Second of the last order.
    pub last_at: i64,
    /// Days with at least one order: a day's orders are one transaction.
    pub days: u32,
    /// Distinct orders where the log numbers them, days otherwise.
    pub orders: u32,
    pub total: f64,
    /// What a day after the first was worth on average; 0 where there was none.
    pub repeat_value: f64,
}

impl Customer {
    /// Repeat transactions: days after the first.
    pub fn repeats(&self) -> u32 {
        self.days - 1
    }
    fn of(rows: &[Order], numbered: bool, numbers: &mut Vec<u32>) -> Customer {
        let day = |o: &Order| o.at.div_euclid(DAY);
        let (first, last) = (&rows[0], &rows[rows.len() - 1]);
        let first_day = day(first);
        let (mut days, mut total, mut first_total, mut before) = (0_u32, 0.0, 0.0, i64::MIN);
        for row in rows {
            let on = day(row);
            if on != before {
                days += 1;
                before = on;
            }
            total += row.amount;
            if on == first_day {
                first_total += row.amount;
            }
        }
        let orders = if numbered {
            numbers.clear();
            numbers.extend(rows.iter().map(|r| r.number));
            numbers.sort_unstable();
            numbers.dedup();
            numbers.len() as u32
        } else {
            days
        };
        let repeats = days - 1;
        let repeat_value =
            if repeats > 0 { (total - first_total) / f64::from(repeats) } else { 0.0 };
        let last_day = day(last);
        Customer { first_day, last_day, last_at: last.at, days, orders, total, repeat_value }
    }
}

/// In the order of the log's customers.
pub fn customers(log: &Log) -> Vec<Customer> {
    let mut numbers = vec![];
    let one = |k| Customer::of(log.of_customer(k), log.numbered, &mut numbers);
    (0..log.customers.len()).map(one).collect()
}

/// How many came again: customers with two or more, by order and by day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Repeat {
    pub customers: u32,
    pub by_order: u32,
    pub by_day: u32,
}

pub fn repeat(customers: &[Customer]) -> Repeat {
    let count = |of: fn(&Customer) -> u32| customers.iter().filter(|c| of(c) >= 2).count() as u32;
    Repeat {
        customers: customers.len() as u32,
        by_order: count(|c| c.orders),
        by_day: count(|c| c.days),
    }
}
