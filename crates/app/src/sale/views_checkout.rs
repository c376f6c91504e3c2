//! What the checkout page shows beside the lines: where to, who last time, what delivery costs.
use super::views::Address;
use crate::db::{Fault, Rx};
use crate::{App, p};
use rules::base::{Id, id};
use rules::sale::price::Shipping;

type C = Id<id::Community>;

#[derive(Clone, Debug)]
pub struct PickupPoint {
    pub group: Id<id::Group>,
    pub name: String,
    pub address: String,
    pub hours: String,
    /// The reader is a member of that group.
    pub mine: bool,
}

/// What the checkout page needs beside the lines.
#[derive(Clone, Debug)]
pub struct Checkout {
    pub points: Vec<PickupPoint>,
    pub addresses: Vec<Address>,
    /// What each of them is called in a form: the order they stand in changes with their use.
    pub keys: Vec<String>,
    pub shipping: Shipping,
    pub pay_hint: String,
    /// Who received the last order, how to reach them, and where it was collected.
    pub last: Option<(String, String, Option<Id<id::Group>>)>,
}

const POINTS: &str = "SELECT g.id, g.pickup_name, g.pickup_address, g.pickup_hours,
    EXISTS (SELECT 1 FROM room_member m WHERE m.community_id = g.community_id
      AND m.room_id = g.id AND m.member_id = $2)
    FROM room g WHERE g.community_id = $1 AND g.pickup_name <> '' ORDER BY 5 DESC, g.id LIMIT 50";
const ADDRESSES: &str = "SELECT recipient, phone, region, street, id FROM address
    WHERE community_id = $1 AND member_id = $2 ORDER BY used_at DESC LIMIT 5";
const SHOP: &str = "SELECT shipping_fee, free_from, pay_hint FROM shop WHERE community_id = $1";
/// Not of an order that a leader entered in her own name: that is somebody else's.
const LAST: &str = "SELECT o.recipient, o.phone, o.group_id FROM orders o
    WHERE o.community_id = $1 AND o.member_id = $2
    AND NOT EXISTS (SELECT 1 FROM chain_place p WHERE p.community_id = o.community_id
      AND p.order_id = o.id AND p.by_member = o.member_id)
    ORDER BY o.id DESC LIMIT 1";

impl App {
    pub async fn checkout(&self, c: C, member: Id<id::Member>) -> Result<Checkout, Fault> {
        let read = move |rx: &mut Rx<'_>| {
            let points = rx.all(POINTS, p![c, member], |r| PickupPoint {
                group: r.id(0),
                name: r.text(1),
                address: r.text(2),
                hours: r.text(3),
                mine: r.bool(4),
            })?;
            let known = rx.all(ADDRESSES, p![c, member], |r| {
                let (recipient, phone) = (r.text(0), r.text(1));
                let (region, street) = (r.text(2), r.text(3));
                (Address { recipient, phone, region, street }, r.int(4).to_string())
            })?;
            let (addresses, keys) = known.into_iter().unzip();
            let shop = rx.one(SHOP, p![c], |r| (r.int(0), r.int(1), r.text(2)))?;
            let (fee, free_from, pay_hint) = shop.unwrap_or_default();
            let shipping = Shipping { fee, free_from };
            let last = rx.one(LAST, p![c, member], |r| (r.text(0), r.text(1), r.opt_id(2)))?;
            Ok(Checkout { points, addresses, keys, shipping, pay_hint, last })
        };
        self.db.read(read).await
    }
}
