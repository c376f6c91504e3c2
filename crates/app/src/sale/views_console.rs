//! Reads only the console needs: orders found, products counted, money that waits for a person.
use super::views_catalogue::parted;
use crate::db::{Fault, Row, Rx, part};
use crate::{App, p};
use rules::base::{Id, Moment, id};
use rules::ledger::Provider;
use rules::sale::line;
use rules::sale::order::Delivery;
use rules::sale::price::Shipping;
use rules::sale::product;

type C = Id<id::Community>;

/// Which orders a list shows. Empty `states` and an empty `query` leave nothing out.
#[derive(Clone, Debug, Default)]
pub struct Find {
    /// At most five.
    pub states: Vec<line::State>,
    /// An order's id, or a part of a buyer's or recipient's name or phone.
    pub query: String,
    pub before: Option<Id<id::Order>>,
    pub most: i64,
}

/// An order in the console's list.
#[derive(Clone, Debug)]
pub struct Found {
    pub id: Id<id::Order>,
    pub state: line::State,
    pub total: i64,
    pub refunded: i64,
    pub placed_at: Moment,
    pub delivery: Delivery,
    pub buyer: String,
    pub member: Id<id::Member>,
    pub recipient: String,
    /// The title of its first line, and how many lines there are.
    pub first: String,
    pub lines: i64,
    pub units: i64,
}

/// One line of an order as a file for the packer or the bookkeeper shows it.
#[derive(Clone, Debug)]
pub struct Exported {
    pub order: Id<id::Order>,
    pub placed_at: Moment,
    pub paid_at: Option<Moment>,
    pub state: line::State,
    pub buyer: String,
    pub delivery: Delivery,
    pub recipient: String,
    pub phone: String,
    /// Region and street, or the pick-up point.
    pub place: String,
    pub note: String,
    pub sku: String,
    pub title: String,
    pub choices: Vec<String>,
    pub qty: i64,
    pub unit_price: i64,
    pub amount: i64,
    pub refunded: i64,
    pub line_state: line::State,
    pub order_total: i64,
}

/// A product in the console's list.
#[derive(Clone, Debug)]
pub struct Stocked {
    pub id: Id<id::Product>,
    pub title: String,
    pub look: String,
    pub picture: Option<String>,
    pub low: i64,
    pub high: i64,
    pub variants: i64,
    pub on_hand: i64,
    pub held: i64,
    pub sold: i64,
    pub state: product::State,
}

/// Money that waits for a person: a slip to check, a refund to send, a sum to give back.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// The raw id of the payment or refund.
    pub id: i64,
    pub order: Id<id::Order>,
    pub buyer: String,
    pub amount: i64,
    pub provider: Provider,
    /// The slip's number, the reason of the refund, the provider's number.
    pub text: String,
    /// A stored picture of the slip.
    pub picture: Option<String>,
    pub at: Moment,
}

/// What the number behind a transfer names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cause {
    Order(Id<id::Order>),
    Payment(Id<id::Payment>, Id<id::Order>),
    Refund(Id<id::Refund>, Id<id::Order>),
    Commission(Id<id::Commission>, Id<id::Order>),
    Service(Id<id::ServicePay>, Id<id::Order>),
    Packet(Id<id::RedPacket>),
    Payout(Id<id::Payout>),
}

macro_rules! found {
    ($rest:literal) => {
        concat!(
            "SELECT o.id, o.state, o.total, o.refunded, o.placed_at, o.delivery, m.name,
             o.member_id, o.recipient,
             (SELECT l.title FROM order_line l WHERE l.community_id = o.community_id
              AND l.order_id = o.id ORDER BY l.position LIMIT 1),
             (SELECT count(*) FROM order_line l WHERE l.community_id = o.community_id
              AND l.order_id = o.id),
             (SELECT CAST(coalesce(sum(l.qty), 0) AS bigint) FROM order_line l
              WHERE l.community_id = o.community_id AND l.order_id = o.id)
             FROM orders o
             JOIN member m ON m.community_id = o.community_id AND m.id = o.member_id ",
            $rest
        )
    };
}
const FIND: &str = found!(
    "WHERE o.community_id = $1 AND o.id < $2
    AND ($3 = '' OR o.state IN ($3, $4, $5, $6, $7))
    AND ($8 = '' OR lower(m.name) LIKE $8 ESCAPE '~' OR lower(o.recipient) LIKE $8 ESCAPE '~'
      OR o.phone LIKE $8 ESCAPE '~') ORDER BY o.id DESC LIMIT $9"
);
const FOUND: &str = found!("WHERE o.community_id = $1 AND o.id = $2");
const EXPORT: &str = "SELECT o.id, o.placed_at, o.paid_at, o.state, m.name, o.delivery,
    o.recipient, o.phone, o.region, o.street, o.pickup_text, o.note, coalesce(v.sku, ''), l.title,
    l.choices, l.qty, l.unit_price, l.amount, l.refunded, l.state, o.total
    FROM orders o JOIN member m ON m.community_id = o.community_id AND m.id = o.member_id
    JOIN order_line l ON l.community_id = o.community_id AND l.order_id = o.id
    LEFT JOIN variant v ON v.community_id = l.community_id AND v.id = l.variant_id
    WHERE o.community_id = $1 AND o.id = $2 ORDER BY l.position";
const PRODUCTS: &str = "SELECT p.id, p.title, p.look, (SELECT picture FROM product_picture x
      WHERE x.community_id = p.community_id AND x.product_id = p.id AND x.position = 0),
    (SELECT min(price) FROM variant v WHERE v.community_id = p.community_id
      AND v.product_id = p.id AND v.state = 'listed'),
    (SELECT max(price) FROM variant v WHERE v.community_id = p.community_id
      AND v.product_id = p.id AND v.state = 'listed'),
    (SELECT count(*) FROM variant v WHERE v.community_id = p.community_id
      AND v.product_id = p.id AND v.state = 'listed'),
    (SELECT CAST(coalesce(sum(on_hand), 0) AS bigint) FROM variant v
      WHERE v.community_id = p.community_id AND v.product_id = p.id AND v.state = 'listed'),
    (SELECT CAST(coalesce(sum(held), 0) AS bigint) FROM variant v
      WHERE v.community_id = p.community_id AND v.product_id = p.id), p.sold, p.state
    FROM product p WHERE p.community_id = $1 AND p.id < $2 AND ($3 = '' OR p.state = $3)
    AND ($4 = '' OR lower(p.title) LIKE $4 ESCAPE '~' OR EXISTS (SELECT 1 FROM variant v
      WHERE v.community_id = p.community_id AND v.product_id = p.id
      AND lower(v.sku) LIKE $4 ESCAPE '~'))
    AND ($5 = '' OR EXISTS (SELECT 1 FROM variant v WHERE v.community_id = p.community_id
      AND v.product_id = p.id AND v.state = 'listed' AND p.state = 'listed' AND v.on_hand < 5))
    ORDER BY p.id DESC LIMIT $6";
const PRODUCT_COUNTS: &str =
    "SELECT state, count(*) FROM product WHERE community_id = $1 GROUP BY state";
const SHOP: &str = "SELECT shipping_fee, free_from, pay_hint FROM shop WHERE community_id = $1";
const PROOFS: &str = "SELECT y.id, y.order_id, m.name, y.amount, y.provider, coalesce(y.slip, ''),
    y.proof, y.started_at FROM payment y
    JOIN orders o ON o.community_id = y.community_id AND o.id = y.order_id
    JOIN member m ON m.community_id = o.community_id AND m.id = o.member_id
    WHERE y.community_id = $1 AND y.state = 'proof_given' ORDER BY y.id LIMIT 200";
const BY_HAND: &str =
    "SELECT f.id, f.order_id, m.name, f.amount - f.wallet, y.provider, f.reason, NULL,
    f.at
    FROM refund f JOIN payment y ON y.community_id = f.community_id AND y.id = f.payment_id
    JOIN orders o ON o.community_id = f.community_id AND o.id = f.order_id
    JOIN member m ON m.community_id = o.community_id AND m.id = o.member_id
    WHERE f.community_id = $1 AND f.ended_at IS NULL AND f.state = 'by_hand'
    ORDER BY f.id LIMIT 200";
const SUSPENSE: &str = "SELECT y.id, y.order_id, m.name, y.amount, y.provider,
    coalesce(y.reference, ''), y.proof, coalesce(y.ended_at, y.started_at) FROM payment y
    JOIN orders o ON o.community_id = y.community_id AND o.id = y.order_id
    JOIN member m ON m.community_id = o.community_id AND m.id = o.member_id
    WHERE y.community_id = $1 AND y.state = 'suspense' ORDER BY y.id LIMIT 200";
const CAUSE_ORDER: &str = "SELECT id FROM orders WHERE community_id = $1 AND id = $2";
const CAUSE_PAYMENT: &str = "SELECT id, order_id FROM payment WHERE community_id = $1 AND id = $2";
const CAUSE_COMMISSION: &str = "SELECT id, order_id FROM commission
    WHERE community_id = $1 AND id = $2";
const CAUSE_SERVICE: &str = "SELECT id, order_id FROM service_pay
    WHERE community_id = $1 AND id = $2";
const CAUSE_PAYOUT: &str = "SELECT id FROM payout WHERE community_id = $1 AND id = $2";
const CAUSE_PACKET: &str = "SELECT id FROM red_packet WHERE community_id = $1 AND id = $2";
const CAUSE_REFUND: &str = "SELECT id, order_id FROM refund WHERE community_id = $1 AND id = $2";

fn found(r: Row<'_>) -> Found {
    Found {
        id: r.id(0),
        state: r.word(1, line::State::of),
        total: r.int(2),
        refunded: r.int(3),
        placed_at: r.moment(4),
        delivery: r.word(5, Delivery::of),
        buyer: r.text(6),
        member: r.id(7),
        recipient: r.text(8),
        first: r.opt_text(9).unwrap_or_default(),
        lines: r.int(10),
        units: r.int(11),
    }
}
fn exported(r: Row<'_>) -> Exported {
    let delivery = r.word(5, Delivery::of);
    let place = match delivery {
        Delivery::Pickup => r.text(10),
        Delivery::Ship => format!("{} {}", r.text(8), r.text(9)),
    };
    Exported {
        order: r.id(0),
        placed_at: r.moment(1),
        paid_at: r.opt_moment(2),
        state: r.word(3, line::State::of),
        buyer: r.text(4),
        delivery,
        recipient: r.text(6),
        phone: r.text(7),
        place,
        note: r.text(11),
        sku: r.text(12),
        title: r.text(13),
        choices: parted(&r.text(14)),
        qty: r.int(15),
        unit_price: r.int(16),
        amount: r.int(17),
        refunded: r.int(18),
        line_state: r.word(19, line::State::of),
        order_total: r.int(20),
    }
}
fn stocked(r: Row<'_>) -> Stocked {
    let low = r.opt_int(4).unwrap_or(0);
    Stocked {
        id: r.id(0),
        title: r.text(1),
        look: r.text(2),
        picture: r.opt_text(3),
        low,
        high: r.opt_int(5).unwrap_or(low),
        variants: r.int(6),
        on_hand: r.int(7),
        held: r.int(8),
        sold: r.int(9),
        state: r.word(10, product::State::of),
    }
}
fn waiting(r: Row<'_>) -> Waiting {
    Waiting {
        id: r.int(0),
        order: r.id(1),
        buyer: r.text(2),
        amount: r.int(3),
        provider: r.word(4, Provider::of),
        text: r.text(5),
        picture: r.opt_text(6).filter(|p| !p.is_empty()),
        at: r.moment(7),
    }
}
fn find(rx: &mut Rx<'_>, c: C, f: &Find) -> Result<Vec<Found>, Fault> {
    if let Some(id) = Id::<id::Order>::parse(f.query.trim()) {
        return rx.all(FOUND, p![c, id], found);
    }
    let state = |i: usize| f.states.get(i).or(f.states.first()).map_or("", |s| s.code());
    let (before, query) = (f.before.map_or(i64::MAX, Id::raw), part(&f.query));
    let args = p![c, before, state(0), state(1), state(2), state(3), state(4), &query, f.most];
    rx.all(FIND, args, found)
}

impl App {
    /// Newest first.
    pub async fn find_orders(&self, c: C, f: Find) -> Result<Vec<Found>, Fault> {
        self.db.read(move |rx| find(rx, c, &f)).await
    }
    /// These orders line by line, for a file; ones that are gone are left out.
    pub async fn export_orders(
        &self,
        c: C,
        ids: Vec<Id<id::Order>>,
    ) -> Result<Vec<Exported>, Fault> {
        let read = move |rx: &mut Rx<'_>| {
            let mut out = Vec::with_capacity(ids.len());
            for id in &ids {
                out.extend(rx.all(EXPORT, p![c, *id], exported)?);
            }
            Ok(out)
        };
        self.db.read(read).await
    }
    /// Newest first; `few` leaves only products that run out.
    pub async fn find_products(
        &self,
        c: C,
        state: Option<product::State>,
        query: &str,
        few: bool,
        (before, most): (Option<Id<id::Product>>, i64),
    ) -> Result<Vec<Stocked>, Fault> {
        let (state, query) = (state.map_or("", |s| s.code()), part(query));
        let (few, before) = (if few { "few" } else { "" }, before.map_or(i64::MAX, Id::raw));
        let read = move |rx: &mut Rx<'_>| {
            rx.all(PRODUCTS, p![c, before, state, &query, few, most], stocked)
        };
        self.db.read(read).await
    }
    pub async fn product_counts(&self, c: C) -> Result<Vec<(product::State, i64)>, Fault> {
        let row = |r: Row<'_>| (r.word(0, product::State::of), r.int(1));
        self.db.read(move |rx| rx.all(PRODUCT_COUNTS, p![c], row)).await
    }
    /// What delivery costs, and where buyers send a transfer.
    pub async fn shop(&self, c: C) -> Result<(Shipping, String), Fault> {
        let row = |r: Row<'_>| (Shipping { fee: r.int(0), free_from: r.int(1) }, r.text(2));
        let known = self.db.read(move |rx| rx.one(SHOP, p![c], row)).await?;
        Ok(known.unwrap_or((Shipping { fee: 0, free_from: 0 }, String::new())))
    }
    /// Transfer slips nobody has checked yet, oldest first.
    pub async fn proofs_waiting(&self, c: C) -> Result<Vec<Waiting>, Fault> {
        self.db.read(move |rx| rx.all(PROOFS, p![c], waiting)).await
    }
    /// Refunds a person has to pay back, oldest first.
    pub async fn refunds_by_hand(&self, c: C) -> Result<Vec<Waiting>, Fault> {
        self.db.read(move |rx| rx.all(BY_HAND, p![c], waiting)).await
    }
    /// Payments that fit no open order and were not returned yet.
    pub async fn suspense(&self, c: C) -> Result<Vec<Waiting>, Fault> {
        self.db.read(move |rx| rx.all(SUSPENSE, p![c], waiting)).await
    }
    pub async fn cause(&self, c: C, raw: i64) -> Result<Option<Cause>, Fault> {
        let read = move |rx: &mut Rx<'_>| {
            if let Some(id) = rx.one(CAUSE_ORDER, p![c, raw], |r| r.id(0))? {
                return Ok(Some(Cause::Order(id)));
            }
            let payment = |r: Row<'_>| Cause::Payment(r.id(0), r.id(1));
            if let Some(found) = rx.one(CAUSE_PAYMENT, p![c, raw], payment)? {
                return Ok(Some(found));
            }
            let refund = |r: Row<'_>| Cause::Refund(r.id(0), r.id(1));
            if let Some(found) = rx.one(CAUSE_REFUND, p![c, raw], refund)? {
                return Ok(Some(found));
            }
            let commission = |r: Row<'_>| Cause::Commission(r.id(0), r.id(1));
            if let Some(found) = rx.one(CAUSE_COMMISSION, p![c, raw], commission)? {
                return Ok(Some(found));
            }
            let service = |r: Row<'_>| Cause::Service(r.id(0), r.id(1));
            if let Some(found) = rx.one(CAUSE_SERVICE, p![c, raw], service)? {
                return Ok(Some(found));
            }
            if let Some(found) = rx.one(CAUSE_PAYOUT, p![c, raw], |r| Cause::Payout(r.id(0)))? {
                return Ok(Some(found));
            }
            rx.one(CAUSE_PACKET, p![c, raw], |r| Cause::Packet(r.id(0)))
        };
        self.db.read(read).await
    }
}
