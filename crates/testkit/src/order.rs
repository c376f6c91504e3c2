//! The plainest order there is. A story writes what is special about its own and takes the rest
//! from here, so that a new wish of an order has one place in the tests.
use app::community::who::Who;
use app::sale::owed::FromWallet;
use app::sale::place_order::{PlaceOrder, To};
use rules::base::{Id, id};
use rules::ledger::Provider;
use rules::sale::address::Address;

const RECIPIENT: &str = "周梅";
const PHONE: &str = "19000000001";

/// So many units of each variant to an address in Shanghai, to be paid in the sandbox.
pub fn delivered(who: Who, id: Id<id::Order>, lines: Vec<(Id<id::Variant>, i64)>) -> PlaceOrder {
    let (recipient, phone) = (RECIPIENT.into(), PHONE.into());
    let (region, street) = ("上海市 黄浦区".into(), "云南中路 3 号".into());
    PlaceOrder {
        who,
        id,
        lines,
        to: To::Ship(Address { recipient, phone, region, street }),
        note: String::new(),
        provider: Provider::Sandbox,
        expected: None,
        source: None,
        seat: None,
        coupon: None,
        points: 0,
        wallet: FromWallet::Nothing,
        chain: None,
    }
}

/// The same person collects it at the pick-up point of this group.
pub fn collected_at(group: Id<id::Group>) -> To {
    To::Pickup { group, recipient: RECIPIENT.into(), phone: PHONE.into() }
}
