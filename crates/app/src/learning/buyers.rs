//! The figures of a community's buyers: read, then computed away from the threads that answer.
use super::views::KeptOrder;
use crate::App;
use crate::db::Fault;
use insight::{Analysis, Asked, Log, Order, Unit, analyse, date};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use rules::base::{Currency, Id, Moment, Money, id};
use std::collections::HashMap;

type C = Id<id::Community>;

/// Orders of one read.
const CHUNK: i64 = 2_000;

/// Seconds since 1970-01-01 00:00 by the clock of the place.
pub fn civil_second(at: Moment, zone: &TimeZone) -> i64 {
    let stamp = Timestamp::from_millisecond(at.0).unwrap_or(Timestamp::UNIX_EPOCH);
    let there = stamp.to_zoned(zone.clone());
    let day = date::day_of(there.year().into(), there.month().into(), there.day().into());
    let second = i64::from(there.hour()) * 3_600 + i64::from(there.minute()) * 60;
    day * date::DAY + second + i64::from(there.second())
}

/// The log of these orders, the same as its export read again: names are members' numbers.
fn log(orders: &[KeptOrder], zone: &TimeZone, currency: Currency) -> Log {
    let mut numbers: HashMap<Id<id::Member>, u32> = HashMap::new();
    let mut names = vec![];
    let rows = orders.iter().enumerate().map(|(k, o)| {
        let customer = *numbers.entry(o.member).or_insert_with(|| {
            names.push(o.member.to_string());
            names.len() as u32 - 1
        });
        // an estimate: what people owe each other never passes through here
        let amount = Money::new(o.goods, currency).decimal().parse().unwrap_or(0.0);
        Order { customer, number: k as u32, at: civil_second(o.paid_at, zone), amount }
    });
    let rows = rows.collect();
    Log::of(names, rows, true)
}

impl App {
    /// Everything about buyers up to today; None where nobody has bought anything.
    pub async fn buyers(
        &self,
        now: Moment,
        c: C,
        zone: TimeZone,
        currency: Currency,
    ) -> Result<Option<Analysis>, Fault> {
        let mut orders = vec![];
        loop {
            let after = orders.last().map(|o: &KeptOrder| o.id);
            let more = self.kept_orders(c, after, CHUNK).await?;
            let full = more.len() as i64 == CHUNK;
            orders.extend(more);
            if !full {
                break;
            }
        }
        let work = move || {
            let today = civil_second(now, &zone).div_euclid(date::DAY);
            let asked = Asked { until: Some(today), unit: Unit::Day };
            analyse(&log(&orders, &zone, currency), asked)
        };
        tokio::task::spawn_blocking(work).await.map_err(|e| Fault::broken(e.to_string()))
    }
}
