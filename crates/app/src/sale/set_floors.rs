//! The shop says of which variants leaders may open group buys, how cheap, and for how many.
use super::{tables_catalogue as catalogue, tables_floor as tables};
use crate::community::tables_audit_log::{self as audit_log, Deed};
use crate::community::who::Who;
use crate::db::{Tx, Writes};
use crate::facts::{self, Fact};
use crate::{App, Stop};
use rules::base::{Id, Moment, id};
use rules::community::role::Right;
use rules::sale::group_buy::BadTerms;
use rules::sale::leaders_buy::{Floor, check_floor};

#[derive(Clone, Debug)]
pub struct SetFloors {
    pub who: Who,
    pub product: Id<id::Product>,
    /// Each variant with its lowest price; none: leaders open no group buy of it.
    pub lowest: Vec<(Id<id::Variant>, Option<i64>)>,
    /// How many a team of a leader has at least.
    pub size: i64,
}

crate::refusals! {
    NotAllowed = "not_allowed",
    NoSuchProduct = "no_such_product",
    BadSize = "bad_size",
    BadPrice = "bad_price",
}

impl App {
    /// Group buys that are open keep their terms.
    pub async fn set_floors(&self, now: Moment, s: SetFloors) -> Result<(), Stop<Refused>> {
        if !s.who.rights.may(Right::Campaigns) {
            return Err(Refused::NotAllowed.into());
        }
        self.db.write(now, move |tx| set(tx, &s)).await
    }
}

fn set(tx: &mut Tx<'_>, s: &SetFloors) -> Result<(), Stop<Refused>> {
    let c = s.who.community;
    let mut w: Writes<Refused> = Writes::default();
    let mut became = Vec::new();
    for (variant, lowest) in &s.lowest {
        let offer = catalogue::offer(tx, c, *variant)?.filter(|v| v.product == s.product);
        let offer = offer.ok_or(Refused::NoSuchProduct)?;
        let floor = lowest.map(|lowest| Floor { lowest, size: s.size });
        if let Some(floor) = floor {
            check_floor(floor, offer.price).map_err(|no| match no {
                BadTerms::Size => Refused::BadSize,
                _ => Refused::BadPrice,
            })?;
            became.push(format!("{} for {}", floor.lowest, floor.size));
        }
        tables::set(&mut w, c, *variant, floor);
    }
    if s.lowest.is_empty() {
        return Err(Refused::NoSuchProduct.into());
    }
    let became = if became.is_empty() { "none".into() } else { became.join(", ") };
    let (actor, subject, what) = (s.who.member, s.product.raw(), "set_floors");
    let deed = Deed { actor, what, subject, was: "", became: &became, reason: "" };
    audit_log::write(tx, &mut w, c, deed);
    let (kind, actor) = ("floors_set", Some(actor));
    facts::write(tx, &mut w, c, Fact { kind, subject, actor, body: "{}" });
    tx.run(w)
}
