//! Opens a chain order: a leader's letter to her group, what one may order, and until when.
use super::tables_catalogue as catalogue;
use super::tables_chain::{self as chains, NewChain};
use super::{tables, tables_group_buy as campaigns};
use crate::community::who::Who;
use crate::db::{Tx, Writes};
use crate::facts::Fact;
use crate::{App, Stop, community, facts, jobs, spread};
use rules::base::{Id, Moment, id};
use rules::community::message::SystemLine;
use rules::community::role::{Right, Role};
use rules::sale::chain::{self, BadTerms, Offer, Terms};
use rules::sale::group_buy::Price;
use rules::spread::service_pay as service;

#[derive(Clone, Debug)]
pub struct OpenChainOrder {
    pub who: Who,
    /// Minted into the form: sending it twice is one chain order.
    pub id: Id<id::Campaign>,
    /// Where the goods are collected, and whose chat hears of it.
    pub group: Id<id::Group>,
    pub terms: Terms,
    pub offers: Vec<NewOffer>,
}

/// A variant for the list.
#[derive(Clone, Copy, Debug)]
pub struct NewOffer {
    pub variant: Id<id::Variant>,
    /// None: what it costs in the shop.
    pub price: Option<i64>,
    /// Units of all orders together; zero: what there is.
    pub most: i64,
}

crate::refusals! {
    NotAllowed = "not_allowed",
    OtherCampaignWithThisId = "id_used_for_another_campaign",
    NoSuchProduct = "no_such_product",
    NotForSale = "not_for_sale",
    NoPickupPoint = "no_such_pickup_point",
    BadTitle = "bad_title",
    BadCutOff = "bad_cut_off",
    BadArrival = "bad_arrival",
    BadMinimum = "bad_minimum",
    NothingChosen = "nothing_chosen",
    BadPrice = "bad_price",
    BadLimit = "bad_limit",
}

impl From<BadTerms> for Refused {
    fn from(bad: BadTerms) -> Self {
        match bad {
            BadTerms::Title => Refused::BadTitle,
            BadTerms::CutOff => Refused::BadCutOff,
            BadTerms::Arrival => Refused::BadArrival,
            BadTerms::Minimum => Refused::BadMinimum,
            BadTerms::Offers => Refused::NothingChosen,
            BadTerms::Price => Refused::BadPrice,
            BadTerms::Limit => Refused::BadLimit,
        }
    }
}

impl App {
    pub async fn open_chain_order(
        &self,
        now: Moment,
        o: OpenChainOrder,
    ) -> Result<(), Stop<Refused>> {
        self.db.write(now, move |tx| open(tx, &o)).await
    }
}

fn open(tx: &mut Tx<'_>, o: &OpenChainOrder) -> Result<(), Stop<Refused>> {
    let (c, now, by) = (o.who.community, tx.now(), o.who.member);
    let (staff, leads) = (o.who.rights.may(Right::Campaigns), tables::leads(tx, c, o.group, by)?);
    if !staff && !leads {
        return Err(Refused::NotAllowed.into());
    }
    if campaigns::lock(tx, c, o.id)? {
        let before = chains::chain(tx, c, o.id)?.filter(|b| b.group == o.group);
        let before = before.filter(|b| b.leader == by && b.cut_off == o.terms.cut_off);
        return before.map(|_| ()).ok_or(Refused::OtherCampaignWithThisId.into());
    }
    let mut offers = Vec::with_capacity(o.offers.len());
    let mut first = None;
    for (i, new) in o.offers.iter().take(chain::OFFERS + 1).enumerate() {
        let offer = catalogue::offer(tx, c, new.variant)?.ok_or(Refused::NoSuchProduct)?;
        let twice = o.offers[..i].iter().any(|seen| seen.variant == new.variant);
        if !offer.listed || twice {
            return Err(Refused::NotForSale.into());
        }
        first = first.or(Some(offer.product));
        let price = new.price.unwrap_or(offer.price);
        offers.push(Offer { price, alone: offer.price, most: new.most });
    }
    if tables::pickup_point(tx, c, o.group)?.is_none() {
        return Err(Refused::NoPickupPoint.into());
    }
    let terms = chain::terms(&o.terms, &offers, staff, now).map_err(Refused::from)?;
    let product = first.ok_or(Refused::NothingChosen)?;

    // after this point it must succeed, unless another was faster
    let mut w = Writes::default();
    let new = NewChain { id: o.id, product, group: o.group, leader: by, terms: &terms, at: now };
    chains::insert(&mut w, c, &new, Refused::OtherCampaignWithThisId);
    for (i, (new, offer)) in o.offers.iter().zip(&offers).enumerate() {
        let price = Price { price: offer.price, leader: offer.price, alone: offer.alone };
        campaigns::insert_price(&mut w, c, o.id, new.variant, price);
        chains::insert_offer(&mut w, c, (o.id, new.variant), i, offer.most);
    }
    let pays = service::pays(leads, o.who.role == Role::Owner);
    spread::promise(tx, &mut w, c, (o.id, o.group), (by, pays))?;
    jobs::later(&mut w, c, jobs::Kind::EndChain, o.id.raw(), terms.cut_off);
    let body = format!("{{\"product\":\"{product}\",\"size\":0}}");
    let (subject, actor) = (o.id.raw(), Some(by));
    facts::write(tx, &mut w, c, Fact { kind: "campaign_opened", subject, actor, body: &body });
    let args = format!("{{\"campaign\":{}}}", o.id.raw());
    community::post_system_line(tx, &mut w, c, o.group, SystemLine::ChainOpened, &args);
    tx.run(w)
}
