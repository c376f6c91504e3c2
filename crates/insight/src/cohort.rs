//! Cohorts: who first bought in a month, and how many of them bought in each month after it.
use crate::date::{DAY, month_of};
use crate::log::Log;
use std::collections::BTreeMap;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cohort {
    /// Month of the first order, see `date::month_text`.
    pub month: i64,
    /// Distinct customers by months since; the first is the cohort's size. As long as has been
    /// seen.
    pub kept: Vec<u32>,
}

impl Cohort {
    pub fn size(&self) -> u32 {
        self.kept[0]
    }
    /// The share that bought in month `k`, if that month has begun.
    pub fn share(&self, k: usize) -> Option<f64> {
        self.kept.get(k).map(|n| f64::from(*n) / f64::from(self.size()))
    }
}

/// By month of the first order; `end` is the day up to which the log goes.
pub fn cohorts(log: &Log, end: i64) -> Vec<Cohort> {
    let mut out: BTreeMap<i64, Vec<u32>> = BTreeMap::new();
    let last = month_of(end);
    // every day's month is looked up once, not for every row
    let begin = log.orders().iter().map(|o| o.at.div_euclid(DAY)).min().unwrap_or(end);
    let months: Vec<i64> = (begin..=log.last().map_or(end, |at| at.div_euclid(DAY)))
        .scan((0, 0), |(month, until), day| {
            if day >= *until {
                let (y, m, _) = crate::date::civil(day);
                *month = y * 12 + m - 1;
                *until = crate::date::day_of(y + m / 12, m % 12 + 1, 1);
            }
            Some(*month)
        })
        .collect();
    let month = |day: i64| months[(day - begin) as usize];
    for customer in 0..log.customers.len() {
        let rows = log.of_customer(customer);
        let Some(first) = rows.first() else { continue };
        let first = month(first.at.div_euclid(DAY));
        let kept = out.entry(first).or_insert_with(|| vec![0; (last - first).max(0) as usize + 1]);
        let mut before = -1;
        for row in rows {
            let since = month(row.at.div_euclid(DAY)) - first;
            if since != before
                && let Some(n) = kept.get_mut(since as usize)
            {
                *n += 1;
                before = since;
            }
        }
    }
    out.into_iter().map(|(month, kept)| Cohort { month, kept }).collect()
}
