//! Whether an order that is sent again is the one that was placed under its id.
use super::chains;
use super::owed::FromWallet;
use super::place_order::{PlaceOrder, Placed, Refused};
use super::tables::Order;
use crate::Stop;
use crate::db::Tx;
use rules::base::text;

/// The same order sent again gets the same answer; another body under its id does not.
pub(super) fn again(
    tx: &mut Tx<'_>,
    before: &Order,
    o: &PlaceOrder,
) -> Result<Placed, Stop<Refused>> {
    let list = chains::list_of(tx, o.who.community, before.id)?;
    let same_lines = before.lines.len() == o.lines.len()
        && before.lines.iter().zip(&o.lines).all(|(b, (v, qty))| b.variant == *v && b.qty == *qty);
    let same = before.member == o.who.member
        && same_lines
        && list == o.chain.map(|wish| wish.campaign)
        && before.delivery == o.to.delivery()
        && (before.wallet == 0 || o.wallet != FromWallet::Nothing)
        && before.note == text::lines(&o.note);
    if !same {
        return Err(Refused::OtherOrderWithThisId.into());
    }
    Ok(Placed { order: before.id, total: before.total, pay_until: before.pay_until })
}
