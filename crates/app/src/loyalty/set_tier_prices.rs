//! What single variants of a product cost a tier, where it is not the tier's percent.
use super::tables_tier as tables;
use crate::community::who::Who;
use crate::db::{Tx, Writes};
use crate::facts::Fact;
use crate::{App, Stop, facts};
use rules::base::{Id, Moment, id};
use rules::community::role::Right;

#[derive(Clone, Debug)]
pub struct SetTierPrices {
    pub who: Who,
    pub product: Id<id::Product>,
    /// None takes a price away: the percent applies. What is not named stays.
    pub prices: Vec<(Id<id::Variant>, Id<id::Tier>, Option<i64>)>,
}

crate::refusals! {
    NotAllowed = "not_allowed",
    NoSuchProduct = "no_such_product",
    NoSuchTier = "no_such_tier",
    BadPrice = "bad_price",
    /// A member never pays more than everybody.
    AboveShop = "bad_above_shop_price",
}

impl App {
    pub async fn set_tier_prices(
        &self,
        now: Moment,
        s: SetTierPrices,
    ) -> Result<(), Stop<Refused>> {
        if !s.who.rights.may(Right::Catalogue) {
            return Err(Refused::NotAllowed.into());
        }
        self.db.write(now, move |tx| set(tx, &s)).await
    }
}

fn set(tx: &mut Tx<'_>, s: &SetTierPrices) -> Result<(), Stop<Refused>> {
    let c = s.who.community;
    let (variants, tiers) = (tables::variants(tx, c, s.product)?, tables::tiers(tx, c)?);
    let mut w = Writes::default();
    for (variant, tier, price) in &s.prices {
        let known = variants.iter().find(|(id, _)| id == variant);
        let (_, shop) = known.ok_or(Refused::NoSuchProduct)?;
        if !tiers.iter().any(|t| t.id == *tier) {
            return Err(Refused::NoSuchTier.into());
        }
        match price {
            Some(..=0) => return Err(Refused::BadPrice.into()),
            Some(price) if price > shop => return Err(Refused::AboveShop.into()),
            _ => {}
        }
        tables::set_price(&mut w, c, (*variant, *tier), *price);
    }
    let (kind, subject, actor) = ("tier_prices_set", s.product.raw(), Some(s.who.member));
    facts::write(tx, &mut w, c, Fact { kind, subject, actor, body: "{}" });
    tx.run(w)
}
