//! A tier's part in placing an order: its prices and its delivery, written down with the order.
//!
//! Campaign price or member price, never both: an order in a group buy or on a list keeps the
//! campaign's terms whole, delivery included.
use super::place_order::PlaceOrder;
use super::tables_catalogue::Offer;
use crate::db::{Fault, Tx};
use crate::loyalty::views_tier as tiers;
use rules::loyalty::tier::Tier;

/// Puts the prices of the buyer's tier in place of the shop's where they are lower.
pub(super) fn ask(
    tx: &mut Tx<'_>,
    o: &PlaceOrder,
    offers: &mut [Offer],
) -> Result<Option<Tier>, Fault> {
    let c = o.who.community;
    if o.seat.is_some() || o.chain.is_some() {
        return Ok(None);
    }
    let Some(tier) = tiers::tier_of(tx, c, o.who.member)? else { return Ok(None) };
    let products: Vec<_> = offers.iter().map(|offer| offer.product).collect();
    let prices = tiers::prices_of(tx, c, (Vec::new(), Some(tier)), &products)?;
    for offer in offers {
        if let Some(paid) = prices.price(offer.variant, offer.price) {
            offer.list_price = Some(offer.price);
            offer.price = paid;
        }
    }
    Ok(prices.mine)
}
