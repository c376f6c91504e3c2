//! Reads of chain orders: the letter and the list for everybody, the board for who leads.
use super::views_catalogue::parted;
use crate::db::{Fault, Row, Rx};
use crate::{App, p};
use rules::base::{Id, Moment, id};
use rules::sale::chain::{ChainState, PlaceState};

type C = Id<id::Community>;
type M = Id<id::Member>;

/// A chain order in a list.
#[derive(Clone, Debug)]
pub struct ChainRow {
    pub id: Id<id::Campaign>,
    pub title: String,
    pub group: Id<id::Group>,
    pub group_name: String,
    pub leader: M,
    pub leader_name: String,
    pub product: Id<id::Product>,
    pub look: String,
    pub picture: Option<String>,
    pub opened: Moment,
    pub cut_off: Moment,
    pub arrives: Moment,
    pub minimum: i64,
    pub raised: i64,
    pub state: ChainState,
    /// Paid orders, those that were given back included: the last running number.
    pub last_number: i64,
}

#[derive(Clone, Debug)]
pub struct OfferRow {
    pub variant: Id<id::Variant>,
    pub product: Id<id::Product>,
    pub title: String,
    pub choices: Vec<String>,
    pub look: String,
    pub picture: Option<String>,
    pub price: i64,
    /// What it costs in the shop.
    pub alone: i64,
    pub most: i64,
    pub taken: i64,
    pub on_hand: i64,
    pub listed: bool,
}

impl OfferRow {
    /// How many more can be ordered now.
    pub fn left(&self) -> i64 {
        match (self.listed, self.most) {
            (false, _) => 0,
            (true, 0) => self.on_hand,
            (true, most) => self.on_hand.min(most - self.taken).max(0),
        }
    }
}

/// One paid order of the list.
#[derive(Clone, Debug)]
pub struct Numbered {
    pub number: i64,
    pub order: Id<id::Order>,
    pub member: M,
    pub name: String,
    /// The name may be shown to everybody.
    pub named: bool,
    pub at: Moment,
    /// Title and how many.
    pub items: Vec<(String, i64)>,
}

/// A member's own order on the list.
#[derive(Clone, Copy, Debug)]
pub struct Own {
    pub order: Id<id::Order>,
    pub number: i64,
    pub state: PlaceState,
}

#[derive(Clone, Debug)]
pub struct ChainPage {
    pub row: ChainRow,
    pub letter: String,
    pub pickup: String,
    pub hours: String,
    pub offers: Vec<OfferRow>,
    pub orders: Vec<Numbered>,
    pub mine: Vec<Own>,
}

/// The place of an order, for the pages of the order.
#[derive(Clone, Debug)]
pub struct PlaceRow {
    pub campaign: Id<id::Campaign>,
    pub title: String,
    pub number: i64,
    pub state: PlaceState,
    pub cut_off: Moment,
    pub arrives: Moment,
    pub minimum: i64,
    pub raised: i64,
    pub chain: ChainState,
    /// The leader who entered it for the buyer.
    pub by: Option<String>,
}

const LIST_HEAD: i64 = 30;
pub const ORDERS_SHOWN: i64 = 50;

const OPEN: &str = "SELECT k.id, k.title, k.group_id, g.name, h.leader_id, m.name, k.product_id,
    d.look, (SELECT i.picture FROM product_picture i WHERE i.community_id = k.community_id
      AND i.product_id = k.product_id ORDER BY i.position LIMIT 1), k.starts_at, k.ends_at,
    h.arrives_at, h.minimum, h.raised, h.state, k.last_number
    FROM campaign k
    JOIN chain_order h ON h.community_id = k.community_id AND h.campaign_id = k.id
    JOIN product d ON d.community_id = k.community_id AND d.id = k.product_id
    JOIN room g ON g.community_id = k.community_id AND g.id = k.group_id
    JOIN member m ON m.community_id = k.community_id AND m.id = h.leader_id
    WHERE k.community_id = $1 AND k.state = 'open' AND k.ends_at > $2 ORDER BY k.ends_at, k.id
    LIMIT $3";
const OF_GROUP: &str = "SELECT k.id, k.title, k.group_id, g.name, h.leader_id, m.name,
    k.product_id, d.look, (SELECT i.picture FROM product_picture i
      WHERE i.community_id = k.community_id
      AND i.product_id = k.product_id ORDER BY i.position LIMIT 1), k.starts_at, k.ends_at,
    h.arrives_at, h.minimum, h.raised, h.state, k.last_number
    FROM campaign k
    JOIN chain_order h ON h.community_id = k.community_id AND h.campaign_id = k.id
    JOIN product d ON d.community_id = k.community_id AND d.id = k.product_id
    JOIN room g ON g.community_id = k.community_id AND g.id = k.group_id
    JOIN member m ON m.community_id = k.community_id AND m.id = h.leader_id
    WHERE k.community_id = $1 AND k.group_id = $2 ORDER BY k.id DESC LIMIT $3";
const PAGE: &str = "SELECT k.id, k.title, k.group_id, g.name, h.leader_id, m.name, k.product_id,
    d.look, (SELECT i.picture FROM product_picture i WHERE i.community_id = k.community_id
      AND i.product_id = k.product_id ORDER BY i.position LIMIT 1), k.starts_at, k.ends_at,
    h.arrives_at, h.minimum, h.raised, h.state, k.last_number, k.story, g.pickup_name,
    g.pickup_address, g.pickup_hours
    FROM campaign k
    JOIN chain_order h ON h.community_id = k.community_id AND h.campaign_id = k.id
    JOIN product d ON d.community_id = k.community_id AND d.id = k.product_id
    JOIN room g ON g.community_id = k.community_id AND g.id = k.group_id
    JOIN member m ON m.community_id = k.community_id AND m.id = h.leader_id
    WHERE k.community_id = $1 AND k.id = $2";
const OFFERS: &str = "SELECT f.variant_id, v.product_id, d.title, v.choices, d.look,
    (SELECT i.picture FROM product_picture i WHERE i.community_id = v.community_id
      AND i.product_id = v.product_id ORDER BY i.position LIMIT 1), c.price, v.price, f.most,
    f.taken, v.on_hand, v.state = 'listed' AND d.state = 'listed'
    FROM chain_offer f
    JOIN campaign_price c ON c.community_id = f.community_id AND c.campaign_id = f.campaign_id
      AND c.variant_id = f.variant_id
    JOIN variant v ON v.community_id = f.community_id AND v.id = f.variant_id
    JOIN product d ON d.community_id = v.community_id AND d.id = v.product_id
    WHERE f.community_id = $1 AND f.campaign_id = $2 ORDER BY f.position";
const NUMBERED: &str = "SELECT p.number, p.order_id, p.member_id, m.name, p.named, p.paid_at
    FROM chain_place p JOIN member m ON m.community_id = p.community_id AND m.id = p.member_id
    WHERE p.community_id = $1 AND p.campaign_id = $2 AND p.number > 0 AND p.number < $3
    AND p.state = 'confirmed' ORDER BY p.number DESC LIMIT $4";
const ITEMS: &str = "SELECT title, choices, qty - refunded_qty FROM order_line
    WHERE community_id = $1 AND order_id = $2 AND refunded_qty < qty ORDER BY position";
const MINE: &str = "SELECT order_id, number, state FROM chain_place WHERE community_id = $1
    AND campaign_id = $2 AND member_id = $3 AND state IN ('held', 'confirmed', 'refunding')
    ORDER BY order_id DESC LIMIT 20";
const PLACE: &str = "SELECT p.campaign_id, k.title, p.number, p.state, k.ends_at, h.arrives_at,
    h.minimum, h.raised, h.state, m.name FROM chain_place p
    JOIN campaign k ON k.community_id = p.community_id AND k.id = p.campaign_id
    JOIN chain_order h ON h.community_id = p.community_id AND h.campaign_id = p.campaign_id
    LEFT JOIN member m ON m.community_id = p.community_id AND m.id = p.by_member
    WHERE p.community_id = $1 AND p.order_id = $2";
fn row(r: Row<'_>) -> ChainRow {
    ChainRow {
        id: r.id(0),
        title: r.text(1),
        group: r.id(2),
        group_name: r.text(3),
        leader: r.id(4),
        leader_name: r.text(5),
        product: r.id(6),
        look: r.text(7),
        picture: r.opt_text(8),
        opened: r.moment(9),
        cut_off: r.moment(10),
        arrives: r.moment(11),
        minimum: r.int(12),
        raised: r.int(13),
        state: r.word(14, ChainState::of),
        last_number: r.int(15),
    }
}

impl App {
    /// Open chain orders, those that close first first.
    pub async fn open_chains(&self, now: Moment, c: C) -> Result<Vec<ChainRow>, Fault> {
        self.db.read(move |rx| rx.all(OPEN, p![c, now, LIST_HEAD], row)).await
    }
    /// The newest chain orders of a group, whatever became of them.
    pub async fn chains_of(&self, c: C, group: Id<id::Group>) -> Result<Vec<ChainRow>, Fault> {
        self.db.read(move |rx| rx.all(OF_GROUP, p![c, group, LIST_HEAD], row)).await
    }
    pub async fn chain_page(
        &self,
        c: C,
        id: Id<id::Campaign>,
        member: Option<M>,
    ) -> Result<Option<ChainPage>, Fault> {
        self.db.read(move |rx| page(rx, c, id, member)).await
    }
    /// Paid orders with numbers below `before`, the newest first.
    pub async fn chain_orders(
        &self,
        c: C,
        id: Id<id::Campaign>,
        before: i64,
    ) -> Result<Vec<Numbered>, Fault> {
        self.db.read(move |rx| numbered(rx, c, id, before)).await
    }
    pub async fn place_of(&self, c: C, order: Id<id::Order>) -> Result<Option<PlaceRow>, Fault> {
        let read = move |rx: &mut Rx<'_>| {
            rx.one(PLACE, p![c, order], |r| PlaceRow {
                campaign: r.id(0),
                title: r.text(1),
                number: r.int(2),
                state: r.word(3, PlaceState::of),
                cut_off: r.moment(4),
                arrives: r.moment(5),
                minimum: r.int(6),
                raised: r.int(7),
                chain: r.word(8, ChainState::of),
                by: r.opt_text(9),
            })
        };
        self.db.read(read).await
    }
}

fn numbered(
    rx: &mut Rx<'_>,
    c: C,
    id: Id<id::Campaign>,
    before: i64,
) -> Result<Vec<Numbered>, Fault> {
    let mut rows = rx.all(NUMBERED, p![c, id, before, ORDERS_SHOWN], |r| Numbered {
        number: r.int(0),
        order: r.id(1),
        member: r.id(2),
        name: r.text(3),
        named: r.bool(4),
        at: r.moment(5),
        items: Vec::new(),
    })?;
    for n in &mut rows {
        n.items = rx.all(ITEMS, p![c, n.order], |r| {
            let choices = parted(&r.text(1));
            let title = match choices.is_empty() {
                true => r.text(0),
                false => format!("{} {}", r.text(0), choices.join(" ")),
            };
            (title, r.int(2))
        })?;
    }
    Ok(rows)
}

fn page(
    rx: &mut Rx<'_>,
    c: C,
    id: Id<id::Campaign>,
    member: Option<M>,
) -> Result<Option<ChainPage>, Fault> {
    let found = rx.one(PAGE, p![c, id], |r| {
        let (name, address) = (r.text(17), r.text(18));
        ChainPage {
            letter: r.text(16),
            pickup: if address.is_empty() { name } else { format!("{name} · {address}") },
            hours: r.text(19),
            row: row(r),
            offers: Vec::new(),
            orders: Vec::new(),
            mine: Vec::new(),
        }
    })?;
    let Some(mut page) = found else { return Ok(None) };
    page.offers = rx.all(OFFERS, p![c, id], |r| OfferRow {
        variant: r.id(0),
        product: r.id(1),
        title: r.text(2),
        choices: parted(&r.text(3)),
        look: r.text(4),
        picture: r.opt_text(5),
        price: r.int(6),
        alone: r.int(7),
        most: r.int(8),
        taken: r.int(9),
        on_hand: r.int(10),
        listed: r.bool(11),
    })?;
    page.orders = numbered(rx, c, id, i64::MAX)?;
    if let Some(member) = member {
        page.mine = rx.all(MINE, p![c, id, member], |r| Own {
            order: r.id(0),
            number: r.int(1),
            state: r.word(2, PlaceState::of),
        })?;
    }
    Ok(Some(page))
}
