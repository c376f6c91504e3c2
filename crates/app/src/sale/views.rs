//! Reads for carts, checkout and orders.
use super::views_case::{self, CaseRow};
use super::views_catalogue::parted;
use crate::db::{Fault, Row, Rx};
use crate::{App, p};
use rules::base::{Id, Moment, id};
use rules::ledger::{Bucket, Provider};
use rules::sale::line::State;
use rules::sale::order::{Delivery, PaymentState, RefundState};
use rules::sale::wallet::Part;

type C = Id<id::Community>;

#[derive(Clone, Debug)]
pub struct CartLine {
    pub variant: Id<id::Variant>,
    pub product: Id<id::Product>,
    pub title: String,
    pub choices: Vec<String>,
    pub look: String,
    pub picture: Option<String>,
    pub price: i64,
    /// The shop's price, where the reader pays less.
    pub list_price: Option<i64>,
    pub qty: i64,
    pub on_hand: i64,
    pub listed: bool,
    pub source: Option<Id<id::Post>>,
}
impl CartLine {
    pub fn usable(&self) -> bool {
        self.listed && self.on_hand >= self.qty
    }
}

pub use super::views_checkout::{Checkout, PickupPoint};
pub use rules::sale::address::Address;

/// An order in a list.
#[derive(Clone, Debug)]
pub struct OrderRow {
    pub id: Id<id::Order>,
    pub state: State,
    pub total: i64,
    pub refunded: i64,
    pub placed_at: Moment,
    pub pay_until: Moment,
    pub delivery: Delivery,
    pub pickup_code: String,
    pub pickup_text: String,
    pub buyer: String,
    pub member: Id<id::Member>,
    pub recipient: String,
    pub lines: Vec<LineRow>,
}

#[derive(Clone, Debug)]
pub struct LineRow {
    pub id: Id<id::Line>,
    pub product: Id<id::Product>,
    pub variant: Id<id::Variant>,
    pub title: String,
    pub choices: Vec<String>,
    pub look: String,
    pub picture: Option<String>,
    pub unit_price: i64,
    /// The shop's price then, where the buyer's tier paid less.
    pub list_price: Option<i64>,
    pub qty: i64,
    pub amount: i64,
    pub state: State,
    pub refunded: i64,
    pub refunded_qty: i64,
    /// Or not the buyer's to review: a leader entered it for somebody outside.
    pub reviewed: bool,
}

#[derive(Clone, Debug)]
pub struct OrderPage {
    pub row: OrderRow,
    /// After the discount.
    pub goods: i64,
    pub discount: i64,
    /// The tier it was placed with: its name, and whether delivery was free for it.
    pub tier: Option<(String, bool)>,
    /// What points took off besides.
    pub points_off: i64,
    pub shipping: i64,
    pub phone: String,
    pub region: String,
    pub street: String,
    pub note: String,
    pub group: Option<Id<id::Group>>,
    pub provider: Provider,
    pub paid_at: Option<Moment>,
    pub payments: Vec<PaymentRow>,
    pub refunds: Vec<RefundRow>,
    pub cases: Vec<CaseRow>,
    pub parcels: Vec<(String, String, Moment)>,
    /// What the buyer's wallet gave, and what of it came back.
    pub wallet: Vec<Part>,
    /// Kind and time of everything that happened to it.
    pub facts: Vec<(String, Moment, Option<String>)>,
}

#[derive(Clone, Debug)]
pub struct PaymentRow {
    pub id: Id<id::Payment>,
    pub provider: Provider,
    pub state: PaymentState,
    pub amount: i64,
    pub slip: Option<String>,
    pub proof: Option<String>,
    pub note: String,
    pub confirmed_by: Option<String>,
    pub started_at: Moment,
}

#[derive(Clone, Debug)]
pub struct RefundRow {
    pub id: Id<id::Refund>,
    pub amount: i64,
    /// The part of it that went back into the buyer's wallet.
    pub wallet: i64,
    pub state: RefundState,
    pub reason: String,
    pub at: Moment,
}

const CART: &str = "SELECT k.variant_id, v.product_id, p.title, v.choices, p.look,
    (SELECT picture FROM product_picture x WHERE x.community_id = p.community_id
     AND x.product_id = p.id AND x.position = 0),
    v.price, k.qty, v.on_hand, p.state = 'listed' AND v.state = 'listed', k.source_post
    FROM cart_line k
    JOIN variant v ON v.community_id = k.community_id AND v.id = k.variant_id
    JOIN product p ON p.community_id = v.community_id AND p.id = v.product_id
    WHERE k.community_id = $1 AND k.member_id = $2 ORDER BY k.added_at, k.variant_id";
const ONE_LINE: &str = "SELECT v.id, v.product_id, p.title, v.choices, p.look,
    (SELECT picture FROM product_picture x WHERE x.community_id = p.community_id
     AND x.product_id = p.id AND x.position = 0),
    v.price, CAST($3 AS bigint), v.on_hand, p.state = 'listed' AND v.state = 'listed',
    CAST(NULL AS bigint)
    FROM variant v JOIN product p ON p.community_id = v.community_id AND p.id = v.product_id
    WHERE v.community_id = $1 AND v.id = $2";
const LINES: &str = "SELECT l.id, l.product_id, l.variant_id, l.title, l.choices, l.look,
    (SELECT picture FROM product_picture x WHERE x.community_id = l.community_id
     AND x.product_id = l.product_id AND x.position = 0),
    l.unit_price, l.qty, l.amount, l.state, l.refunded, l.refunded_qty,
    l.reviewed OR EXISTS (SELECT 1 FROM chain_place p WHERE p.community_id = l.community_id
     AND p.order_id = l.order_id AND p.by_member = p.member_id), l.list_price
    FROM order_line l WHERE l.community_id = $1 AND l.order_id = $2 ORDER BY l.position";
const MINE: &str =
    "SELECT o.id, o.state, o.total, o.refunded, o.placed_at, o.pay_until, o.delivery,
    o.pickup_code, o.pickup_text, m.name, o.member_id, o.recipient FROM orders o
    JOIN member m ON m.community_id = o.community_id AND m.id = o.member_id
    WHERE o.community_id = $1 AND o.member_id = $2 AND o.id < $3 AND ($4 = '' OR o.state = $4)
    ORDER BY o.id DESC LIMIT $5";
const BY_STATE: &str = "SELECT o.id, o.state, o.total, o.refunded, o.placed_at, o.pay_until,
    o.delivery, o.pickup_code, o.pickup_text, m.name, o.member_id, o.recipient FROM orders o
    JOIN member m ON m.community_id = o.community_id AND m.id = o.member_id
    WHERE o.community_id = $1 AND o.state = $2 AND o.id < $3 ORDER BY o.id DESC LIMIT $4";
const ANY_STATE: &str = "SELECT o.id, o.state, o.total, o.refunded, o.placed_at, o.pay_until,
    o.delivery, o.pickup_code, o.pickup_text, m.name, o.member_id, o.recipient FROM orders o
    JOIN member m ON m.community_id = o.community_id AND m.id = o.member_id
    WHERE o.community_id = $1 AND o.id < $2 ORDER BY o.id DESC LIMIT $3";
const AT_POINT: &str = "SELECT o.id, o.state, o.total, o.refunded, o.placed_at, o.pay_until,
    o.delivery, o.pickup_code, o.pickup_text, m.name, o.member_id, o.recipient FROM orders o
    JOIN member m ON m.community_id = o.community_id AND m.id = o.member_id
    WHERE o.community_id = $1 AND o.state = $2 AND o.group_id = $3 ORDER BY o.id LIMIT 200";
const ORDER: &str = "SELECT o.id, o.state, o.total, o.refunded, o.placed_at, o.pay_until,
    o.delivery, o.pickup_code, o.pickup_text, m.name, o.member_id, o.recipient, o.goods,
    o.shipping, o.phone, o.region, o.street, o.note, o.group_id, o.provider, o.paid_at, o.discount,
    t.name, coalesce(t.free_shipping, false), o.points_off
    FROM orders o JOIN member m ON m.community_id = o.community_id AND m.id = o.member_id
    LEFT JOIN order_tier t ON t.community_id = o.community_id AND t.order_id = o.id
    WHERE o.community_id = $1 AND o.id = $2";
const PAYMENTS: &str =
    "SELECT y.id, y.provider, y.state, y.amount, y.slip, y.proof, y.note, m.name,
    y.started_at FROM payment y
    LEFT JOIN member m ON m.community_id = y.community_id AND m.id = y.confirmed_by
    WHERE y.community_id = $1 AND y.order_id = $2 ORDER BY y.id";
const REFUNDS: &str = "SELECT id, amount, state, reason, at, wallet FROM refund
    WHERE community_id = $1 AND order_id = $2 ORDER BY id";
const WALLET: &str = "SELECT bucket, amount, returned FROM order_wallet
    WHERE community_id = $1 AND order_id = $2 ORDER BY bucket DESC";
const PARCELS: &str = "SELECT carrier, tracking, shipped_at FROM parcel
    WHERE community_id = $1 AND order_id = $2 ORDER BY id";
const FACTS: &str = "SELECT f.kind, f.at, m.name FROM fact f
    LEFT JOIN member m ON m.community_id = f.community_id AND m.id = f.actor
    WHERE f.community_id = $1 AND f.subject = $2 ORDER BY f.id";
const COUNTS: &str = "SELECT state, count(*) FROM orders WHERE community_id = $1 GROUP BY state";
const MY_COUNTS: &str = "SELECT state, count(*) FROM orders
    WHERE community_id = $1 AND member_id = $2 GROUP BY state";

fn cart_line(r: Row<'_>) -> CartLine {
    CartLine {
        variant: r.id(0),
        product: r.id(1),
        title: r.text(2),
        choices: parted(&r.text(3)),
        look: r.text(4),
        picture: r.opt_text(5),
        price: r.int(6),
        list_price: None,
        qty: r.int(7),
        on_hand: r.int(8),
        listed: r.bool(9),
        source: r.opt_id(10),
    }
}
pub(super) fn order_row(r: &Row<'_>) -> OrderRow {
    OrderRow {
        id: r.id(0),
        state: r.word(1, State::of),
        total: r.int(2),
        refunded: r.int(3),
        placed_at: r.moment(4),
        pay_until: r.moment(5),
        delivery: r.word(6, Delivery::of),
        pickup_code: r.text(7),
        pickup_text: r.text(8),
        buyer: r.text(9),
        member: r.id(10),
        recipient: r.text(11),
        lines: Vec::new(),
    }
}
fn lines(rx: &mut Rx<'_>, c: C, order: Id<id::Order>) -> Result<Vec<LineRow>, Fault> {
    rx.all(LINES, p![c, order], |r| LineRow {
        id: r.id(0),
        product: r.id(1),
        variant: r.id(2),
        title: r.text(3),
        choices: parted(&r.text(4)),
        look: r.text(5),
        picture: r.opt_text(6),
        unit_price: r.int(7),
        qty: r.int(8),
        amount: r.int(9),
        state: r.word(10, State::of),
        refunded: r.int(11),
        refunded_qty: r.int(12),
        reviewed: r.bool(13),
        list_price: r.opt_int(14),
    })
}
pub(super) fn with_lines(
    rx: &mut Rx<'_>,
    c: C,
    mut rows: Vec<OrderRow>,
) -> Result<Vec<OrderRow>, Fault> {
    for row in &mut rows {
        row.lines = lines(rx, c, row.id)?;
    }
    Ok(rows)
}

fn order_page(rx: &mut Rx<'_>, c: C, id: Id<id::Order>) -> Result<Option<OrderPage>, Fault> {
    let found = rx.one(ORDER, p![c, id], |r| OrderPage {
        row: order_row(&r),
        goods: r.int(12),
        shipping: r.int(13),
        phone: r.text(14),
        region: r.text(15),
        street: r.text(16),
        note: r.text(17),
        group: r.opt_id(18),
        provider: r.word(19, Provider::of),
        paid_at: r.opt_moment(20),
        discount: r.int(21),
        tier: r.opt_text(22).map(|name| (name, r.bool(23))),
        points_off: r.int(24),
        payments: Vec::new(),
        refunds: Vec::new(),
        cases: Vec::new(),
        parcels: Vec::new(),
        wallet: Vec::new(),
        facts: Vec::new(),
    })?;
    let Some(mut page) = found else { return Ok(None) };
    page.row.lines = lines(rx, c, id)?;
    page.payments = rx.all(PAYMENTS, p![c, id], |r| PaymentRow {
        id: r.id(0),
        provider: r.word(1, Provider::of),
        state: r.word(2, PaymentState::of),
        amount: r.int(3),
        slip: r.opt_text(4),
        proof: r.opt_text(5),
        note: r.text(6),
        confirmed_by: r.opt_text(7),
        started_at: r.moment(8),
    })?;
    page.refunds = rx.all(REFUNDS, p![c, id], |r| RefundRow {
        id: r.id(0),
        amount: r.int(1),
        state: r.word(2, RefundState::of),
        reason: r.text(3),
        at: r.moment(4),
        wallet: r.int(5),
    })?;
    page.wallet = rx.all(WALLET, p![c, id], |r| Part {
        bucket: r.word(0, Bucket::of),
        amount: r.int(1),
        returned: r.int(2),
    })?;
    page.cases = views_case::of_order(rx, c, id)?;
    page.parcels = rx.all(PARCELS, p![c, id], |r| (r.text(0), r.text(1), r.moment(2)))?;
    page.facts = rx.all(FACTS, p![c, id], |r| (r.text(0), r.moment(1), r.opt_text(2)))?;
    Ok(Some(page))
}

impl OrderPage {
    /// What the buyer's wallet does not cover.
    pub fn to_pay(&self) -> i64 {
        self.row.total - self.wallet.iter().map(|p| p.amount).sum::<i64>()
    }
}

impl App {
    pub async fn cart(&self, c: C, member: Id<id::Member>) -> Result<Vec<CartLine>, Fault> {
        self.db.read(move |rx| rx.all(CART, p![c, member], cart_line)).await
    }
    /// As if it lay in a cart: "buy now".
    pub async fn cart_line_of(
        &self,
        c: C,
        variant: Id<id::Variant>,
        qty: i64,
    ) -> Result<Option<CartLine>, Fault> {
        self.db.read(move |rx| rx.one(ONE_LINE, p![c, variant, qty], cart_line)).await
    }
    /// A member's orders, newest first; an empty state shows all.
    pub async fn my_orders(
        &self,
        c: C,
        member: Id<id::Member>,
        state: Option<State>,
        before: Option<Id<id::Order>>,
        most: i64,
    ) -> Result<Vec<OrderRow>, Fault> {
        let (state, before) = (state.map_or("", State::code), before.map_or(i64::MAX, Id::raw));
        let read = move |rx: &mut Rx<'_>| {
            let rows = rx.all(MINE, p![c, member, before, state, most], |r| order_row(&r))?;
            with_lines(rx, c, rows)
        };
        self.db.read(read).await
    }
    /// The community's orders, newest first, for the console.
    pub async fn orders(
        &self,
        c: C,
        state: Option<State>,
        before: Option<Id<id::Order>>,
        most: i64,
    ) -> Result<Vec<OrderRow>, Fault> {
        let before = before.map_or(i64::MAX, Id::raw);
        let read = move |rx: &mut Rx<'_>| {
            let rows = match state {
                Some(s) => rx.all(BY_STATE, p![c, s.code(), before, most], |r| order_row(&r))?,
                None => rx.all(ANY_STATE, p![c, before, most], |r| order_row(&r))?,
            };
            with_lines(rx, c, rows)
        };
        self.db.read(read).await
    }
    /// Orders of one pick-up point in one state, oldest first.
    pub async fn orders_at(
        &self,
        c: C,
        group: Id<id::Group>,
        state: State,
    ) -> Result<Vec<OrderRow>, Fault> {
        let read = move |rx: &mut Rx<'_>| {
            let rows = rx.all(AT_POINT, p![c, state.code(), group], |r| order_row(&r))?;
            with_lines(rx, c, rows)
        };
        self.db.read(read).await
    }
    pub async fn order_page(&self, c: C, id: Id<id::Order>) -> Result<Option<OrderPage>, Fault> {
        self.db.read(move |rx| order_page(rx, c, id)).await
    }
    /// How many orders are in each state; of one member, or of all.
    pub async fn order_counts(
        &self,
        c: C,
        member: Option<Id<id::Member>>,
    ) -> Result<Vec<(State, i64)>, Fault> {
        let read = move |rx: &mut Rx<'_>| {
            let row = |r: Row<'_>| (r.word(0, State::of), r.int(1));
            match member {
                Some(m) => rx.all(MY_COUNTS, p![c, m], row),
                None => rx.all(COUNTS, p![c], row),
            }
        };
        self.db.read(read).await
    }
}
