//! The cart: one row a variant, kept for the member on the server.
use super::{tables, tables_catalogue as catalogue};
use crate::community::who::Who;
use crate::db::{Tx, Writes};
use crate::{App, Stop};
use rules::base::{Id, Moment, id};
use rules::sale::price::{LINES, QUANTITY};

crate::refusals! {
    NoSuchProduct = "no_such_product",
    NotForSale = "not_for_sale",
    BadQuantity = "bad_quantity",
    CartFull = "cart_full",
    SoldOut = "sold_out",
}

impl App {
    /// Sets the quantity of one variant; `add` adds to what is there, zero takes it out.
    pub async fn fill_cart(
        &self,
        now: Moment,
        who: Who,
        variant: Id<id::Variant>,
        (qty, add): (i64, bool),
        source: Option<Id<id::Post>>,
    ) -> Result<i64, Stop<Refused>> {
        let run = move |tx: &mut Tx<'_>| fill(tx, who, variant, (qty, add), source);
        self.db.write(now, run).await
    }
}

fn fill(
    tx: &mut Tx<'_>,
    who: Who,
    variant: Id<id::Variant>,
    (qty, add): (i64, bool),
    source: Option<Id<id::Post>>,
) -> Result<i64, Stop<Refused>> {
    let (c, member) = (who.community, who.member);
    let mut w: Writes<Refused> = Writes::default();
    if qty == 0 && !add {
        tables::drop_from_cart(&mut w, c, member, variant);
        tx.run(w)?;
        return Ok(0);
    }
    let offer = catalogue::offer(tx, c, variant)?.ok_or(Refused::NoSuchProduct)?;
    if !offer.listed {
        return Err(Refused::NotForSale.into());
    }
    let before = tables::cart_qty(tx, c, member, variant)?;
    let wanted = if add { before.saturating_add(qty) } else { qty };
    if !QUANTITY.contains(&wanted) {
        return Err(Refused::BadQuantity.into());
    }
    if wanted > offer.on_hand && wanted > before {
        return Err(Refused::SoldOut.into());
    }
    if before == 0 && tables::cart_count(tx, c, member)? >= LINES as i64 {
        return Err(Refused::CartFull.into());
    }
    tables::put_in_cart(&mut w, c, member, (variant, wanted), tx.now(), source);
    tx.run(w)?;
    Ok(wanted)
}
