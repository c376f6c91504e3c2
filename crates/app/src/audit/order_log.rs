//! The log of orders that figures are made of, derived from the facts alone: what each paid order's
//! goods were and what of them went back, against its lines.
use super::{Name, Report};
use crate::db::{Fault, Rx};
use crate::p;
use serde_json::Value;
use std::collections::BTreeMap;

const LOG: Name = ("figures", "the facts tell the goods of every paid order as its lines do");
pub(super) const NAMES: [Name; 1] = [LOG];

const PAGE: i64 = 2000;
const LINES: &str = "SELECT o.id, CAST(coalesce(sum(l.amount), 0) AS bigint),
    CAST(coalesce(sum(l.refunded), 0) AS bigint) FROM orders o
    LEFT JOIN order_line l ON l.community_id = o.community_id AND l.order_id = o.id
    WHERE o.community_id = $1 AND o.id > $2 AND o.paid_at IS NOT NULL
    GROUP BY o.id ORDER BY o.id LIMIT $3";
const FACTS: &str = "SELECT subject, kind, body FROM fact
    WHERE community_id = $1 AND subject >= $2 AND subject <= $3
      AND kind IN ('order_paid', 'order_refunded')";

pub(super) fn order_log(rx: &mut Rx<'_>, report: &mut Report, c: i64) -> Result<(), Fault> {
    let mut after = i64::MIN;
    loop {
        let orders = rx.all(LINES, p![c, after, PAGE], |r| (r.int(0), r.int(1), r.int(2)))?;
        let (Some(first), Some(last)) = (orders.first(), orders.last()) else { return Ok(()) };
        after = last.0;
        let facts = rx.all(FACTS, p![c, first.0, last.0], |r| (r.int(0), r.text(1), r.text(2)))?;
        let mut told: BTreeMap<i64, (i64, i64)> = BTreeMap::new();
        for (order, kind, body) in facts {
            let body: Value = serde_json::from_str(&body).unwrap_or_default();
            let goods = body["goods"].as_i64().unwrap_or(0);
            let of = told.entry(order).or_default();
            let sum = if kind == "order_paid" { &mut of.0 } else { &mut of.1 };
            *sum = sum.saturating_add(goods);
        }
        for (order, paid, back) in &orders {
            let (says_paid, says_back) = told.get(order).copied().unwrap_or_default();
            if (says_paid, says_back) != (*paid, *back) {
                let says = format!(
                    "its facts say goods of {says_paid} and {says_back} back, its lines {paid} \
                     and {back}"
                );
                report.found(LOG, c, &format!("order {order}"), says);
            }
        }
        report.looked(LOG, orders.len() as i64);
    }
}
