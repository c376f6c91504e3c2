//! What stages and segments are made of: each member's orders, what went back, what they led to.
use crate::db::{Fault, Row, Rx};
use crate::{App, p};
use rules::base::{Id, id};
use rules::loyalty::stage::Buyer;
use std::collections::BTreeMap;

type C = Id<id::Community>;
type Member = Id<id::Member>;

/// A member's doings, and the goods of their largest kept order.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Doings {
    pub largest: i64,
    pub buyer: Buyer,
}

/// Every paid order: whose, what is left of its goods, whether anything went back or is asked
/// back, and whose doing it was.
const ORDERS: &str = "SELECT o.member_id,
    (SELECT CAST(coalesce(sum(l.amount - l.refunded), 0) AS bigint) FROM order_line l
      WHERE l.community_id = o.community_id AND l.order_id = o.id), o.refunded,
    (SELECT count(*) FROM order_case k WHERE k.community_id = o.community_id
      AND k.order_id = o.id AND k.state = 'open'), a.member_id, b.role
    FROM orders o JOIN member b ON b.community_id = o.community_id AND b.id = o.member_id
    LEFT JOIN attribution a ON a.community_id = o.community_id AND a.order_id = o.id
    WHERE o.community_id = $1 AND o.id > $2 AND o.paid_at IS NOT NULL";
const BROUGHT: &str = "SELECT by_id, count(*) FROM binding
    WHERE community_id = $1 AND id > $2 AND ended_at IS NULL GROUP BY by_id";
const LINKS: &str = "SELECT member_id, count(*) FROM share_link
    WHERE community_id = $1 AND member_id > $2 GROUP BY member_id";
const MEMBERS: &str = "SELECT id FROM member
    WHERE community_id = $1 AND id > $2 AND role = 'member' AND state = 'active' ORDER BY id";
/// The same of one member's orders.
const OWN: &str = "SELECT o.member_id,
    (SELECT CAST(coalesce(sum(l.amount - l.refunded), 0) AS bigint) FROM order_line l
      WHERE l.community_id = o.community_id AND l.order_id = o.id), o.refunded,
    (SELECT count(*) FROM order_case k WHERE k.community_id = o.community_id
      AND k.order_id = o.id AND k.state = 'open'), CAST(NULL AS bigint), 'member'
    FROM orders o WHERE o.community_id = $1 AND o.member_id = $2 AND o.paid_at IS NOT NULL";
const OWN_SPREAD: &str = "SELECT
    (SELECT count(*) FROM attribution a JOIN orders o ON o.community_id = a.community_id
      AND o.id = a.order_id JOIN member b ON b.community_id = o.community_id AND b.id = o.member_id
      WHERE a.community_id = $1 AND a.member_id = $2 AND o.paid_at IS NOT NULL
      AND b.role = 'member' AND EXISTS (SELECT 1 FROM order_line k
        WHERE k.community_id = o.community_id AND k.order_id = o.id AND k.refunded < k.amount)),
    (SELECT count(*) FROM binding b WHERE b.community_id = $1 AND b.by_id = $2
      AND b.ended_at IS NULL),
    (SELECT count(*) FROM share_link l WHERE l.community_id = $1 AND l.member_id = $2),
    EXISTS (SELECT 1 FROM commission_sharer s WHERE s.community_id = $1 AND s.member_id = $2
      AND s.left_at IS NULL)";
const ACCEPTED: &str = "SELECT member_id FROM commission_sharer
    WHERE community_id = $1 AND member_id > $2 AND left_at IS NULL";

struct Paid {
    by: Member,
    left: i64,
    back: bool,
    asked_back: bool,
    led_by: Option<Member>,
    counts: bool,
}
fn paid(r: Row<'_>) -> Paid {
    Paid {
        by: r.id(0),
        left: r.int(1),
        back: r.int(2) > 0,
        asked_back: r.int(3) > 0,
        led_by: r.opt_id(4),
        counts: r.text(5) == "member",
    }
}

impl Doings {
    fn add(&mut self, order: &Paid) {
        self.largest = self.largest.max(order.left);
        let b = &mut self.buyer;
        b.kept += i64::from(order.left > 0);
        b.paid += 1;
        b.returned += i64::from(order.back);
        b.open_cases += i64::from(order.asked_back);
    }
}

fn of_one(rx: &mut Rx<'_>, c: C, m: Member) -> Result<Doings, Fault> {
    let mut out = Doings::default();
    rx.all(OWN, p![c, m], paid)?.iter().for_each(|order| out.add(order));
    let spread = rx.one(OWN_SPREAD, p![c, m], |r| (r.int(0), r.int(1), r.int(2), r.bool(3)))?;
    let b = &mut out.buyer;
    (b.led, b.brought, b.links, b.accepted) = spread.unwrap_or_default();
    Ok(out)
}

fn of_all(rx: &mut Rx<'_>, c: C) -> Result<BTreeMap<Member, Doings>, Fault> {
    let members = rx.all(MEMBERS, p![c, 0], |r| (r.id(0), Doings::default()))?;
    let mut out: BTreeMap<Member, Doings> = members.into_iter().collect();
    for order in rx.all(ORDERS, p![c, 0], paid)? {
        if let Some(d) = out.get_mut(&order.by) {
            d.add(&order);
        }
        let led = order.led_by.filter(|_| order.counts && order.left > 0);
        if let Some(d) = led.and_then(|by| out.get_mut(&by)) {
            d.buyer.led += 1;
        }
    }
    for (m, n) in rx.all(BROUGHT, p![c, 0], |r| (r.id(0), r.int(1)))? {
        out.entry(m).and_modify(|d| d.buyer.brought = n);
    }
    for (m, n) in rx.all(LINKS, p![c, 0], |r| (r.id(0), r.int(1)))? {
        out.entry(m).and_modify(|d| d.buyer.links = n);
    }
    for m in rx.all(ACCEPTED, p![c, 0], |r| r.id(0))? {
        out.entry(m).and_modify(|d| d.buyer.accepted = true);
    }
    Ok(out)
}

impl App {
    pub async fn doings_of(&self, c: C, m: Member) -> Result<Doings, Fault> {
        self.db.read(move |rx| of_one(rx, c, m)).await
    }
    /// Of every active member who is neither owner nor staff.
    pub async fn doings(&self, c: C) -> Result<BTreeMap<Member, Doings>, Fault> {
        self.db.read(move |rx| of_all(rx, c)).await
    }
}
