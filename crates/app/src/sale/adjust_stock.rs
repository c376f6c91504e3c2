//! Stock arrives, is lost, or was counted differently; each change has a reason and a name.
use super::tables_catalogue::{self as catalogue, StockChange};
use crate::community::who::Who;
use crate::db::{Tx, Writes};
use crate::facts::Fact;
use crate::{App, Stop, facts};
use rules::base::{Id, Moment, id, text};
use rules::codes;
use rules::community::role::Right;

codes! {
    pub enum Reason {
        Received = "received", Counted = "counted", Damaged = "damaged", Lost = "lost",
        Imported = "imported",
    }
}

#[derive(Clone, Debug)]
pub struct AdjustStock {
    pub who: Who,
    /// Minted into the form: the same change twice is one change.
    pub id: i64,
    pub variant: Id<id::Variant>,
    /// Units that came (above zero) or went (below).
    pub by: i64,
    pub reason: Reason,
    pub note: String,
}

crate::refusals! {
    NotAllowed = "not_allowed",
    NoSuchProduct = "no_such_product",
    BadQuantity = "bad_quantity",
    TooFew = "too_few_on_hand",
}

impl App {
    /// Returns how many are on hand then.
    pub async fn adjust_stock(&self, now: Moment, a: AdjustStock) -> Result<i64, Stop<Refused>> {
        if !a.who.rights.may(Right::Catalogue) {
            return Err(Refused::NotAllowed.into());
        }
        self.db.write(now, move |tx| adjust(tx, &a)).await
    }
}

fn adjust(tx: &mut Tx<'_>, a: &AdjustStock) -> Result<i64, Stop<Refused>> {
    let c = a.who.community;
    let offer = catalogue::offer(tx, c, a.variant)?.ok_or(Refused::NoSuchProduct)?;
    if a.by == 0 || a.by.abs() > 1_000_000_000 {
        return Err(Refused::BadQuantity.into());
    }
    if catalogue::stock_change_known(tx, c, a.id)? {
        return Ok(offer.on_hand);
    }
    let note = text::clip(&text::line(&a.note), 200);
    let mut w = Writes::default();
    let change = StockChange {
        id: a.id,
        variant: a.variant,
        qty: a.by,
        reason: a.reason.code(),
        note: &note,
        by: Some(a.who.member),
        at: tx.now(),
    };
    catalogue::note_stock_change(&mut w, c, &change, Refused::BadQuantity);
    catalogue::change_stock(&mut w, c, a.variant, a.by, Refused::TooFew);
    let body = format!("{{\"qty\":{},\"reason\":\"{}\"}}", a.by, a.reason.code());
    let (subject, actor) = (a.variant.raw(), Some(a.who.member));
    facts::write(tx, &mut w, c, Fact { kind: "stock_adjusted", subject, actor, body: &body });
    tx.run(w)?;
    Ok(offer.on_hand + a.by)
}
