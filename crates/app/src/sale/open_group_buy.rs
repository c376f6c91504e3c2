//! Opens a group buy, and ends it early: the shop whatever it likes, a leader in her group within
//! what the shop lets leaders open.
use super::tables_catalogue as catalogue;
use super::tables_group_buy::{self as tables, NewCampaign};
use super::{tables as sale, tables_floor};
use crate::community::who::Who;
use crate::db::{Tx, Writes};
use crate::facts::Fact;
use crate::{App, Stop, facts, p};
use rules::base::{Id, Moment, id};
use rules::community::role::Right;
use rules::sale::group_buy::{self, BadTerms, Price, Terms};
use rules::sale::leaders_buy;

/// The most variants of one campaign.
pub const PRICES: usize = 50;

#[derive(Clone, Debug)]
pub struct OpenGroupBuy {
    pub who: Who,
    /// Minted into the form: sending it twice is one campaign.
    pub id: Id<id::Campaign>,
    pub product: Id<id::Product>,
    /// The group whose chat hears of it.
    pub group: Option<Id<id::Group>>,
    pub terms: Terms,
    /// Variant, price in the team, price for the one who opens a team.
    pub prices: Vec<(Id<id::Variant>, i64, i64)>,
}

crate::refusals! {
    NotAllowed = "not_allowed",
    OtherCampaignWithThisId = "id_used_for_another_campaign",
    NoSuchProduct = "no_such_product",
    NotForSale = "not_for_sale",
    /// The shop does not let leaders open a group buy of it.
    NotForLeaders = "not_for_leaders",
    NoSuchGroup = "no_such_group",
    BadTitle = "bad_title",
    BadSize = "bad_size",
    BadFill = "bad_fill",
    BadLife = "bad_life",
    BadWindow = "bad_window",
    BadLimit = "bad_limit",
    BadPrice = "bad_price",
    NoSuchCampaign = "no_such_campaign",
    NotOpen = "not_open",
}

impl From<BadTerms> for Refused {
    fn from(bad: BadTerms) -> Self {
        match bad {
            BadTerms::Title => Refused::BadTitle,
            BadTerms::Size => Refused::BadSize,
            BadTerms::Fill => Refused::BadFill,
            BadTerms::Life => Refused::BadLife,
            BadTerms::Window => Refused::BadWindow,
            BadTerms::Limit => Refused::BadLimit,
            BadTerms::Price => Refused::BadPrice,
        }
    }
}

const GROUP: &str = "SELECT 1 FROM room WHERE community_id = $1 AND id = $2";

impl App {
    pub async fn open_group_buy(&self, now: Moment, o: OpenGroupBuy) -> Result<(), Stop<Refused>> {
        self.db.write(now, move |tx| open(tx, &o)).await
    }
    /// No more seats; open teams run to their ends. The shop closes any; a leader the one she
    /// opened, as long as she leads its group.
    pub async fn close_campaign(
        &self,
        now: Moment,
        who: Who,
        id: Id<id::Campaign>,
    ) -> Result<(), Stop<Refused>> {
        self.db.write(now, move |tx| close(tx, who, id)).await
    }
}

fn close(tx: &mut Tx<'_>, who: Who, id: Id<id::Campaign>) -> Result<(), Stop<Refused>> {
    let c = who.community;
    let found = tables::campaign_alone(tx, c, id)?;
    if !who.rights.may(Right::Campaigns) {
        let hers = found.as_ref().filter(|k| k.by == who.member).and_then(|k| k.group);
        let leads = match hers {
            Some(group) => sale::leads(tx, c, group, who.member)?,
            None => false,
        };
        if !leads {
            return Err(Refused::NotAllowed.into());
        }
    }
    if !found.ok_or(Refused::NoSuchCampaign)?.offered.open {
        return Ok(());
    }

    // after this point it must succeed, unless another was faster
    let mut w = Writes::default();
    tables::close(&mut w, c, id, tx.now(), Refused::NotOpen);
    let (subject, actor) = (id.raw(), Some(who.member));
    facts::write(tx, &mut w, c, Fact { kind: "campaign_closed", subject, actor, body: "{}" });
    tx.wake(c.raw(), id.raw());
    tx.run(w)
}

fn open(tx: &mut Tx<'_>, o: &OpenGroupBuy) -> Result<(), Stop<Refused>> {
    let (c, now) = (o.who.community, tx.now());
    let staff = o.who.rights.may(Right::Campaigns);
    let leads = match o.group {
        Some(group) if !staff => sale::leads(tx, c, group, o.who.member)?,
        _ => false,
    };
    if !staff && !leads {
        return Err(Refused::NotAllowed.into());
    }
    if let Some(before) = tables::campaign_alone(tx, c, o.id)? {
        let same = before.product == o.product && before.size == o.terms.size;
        return if same { Ok(()) } else { Err(Refused::OtherCampaignWithThisId.into()) };
    }
    let mut prices = Vec::with_capacity(o.prices.len());
    let mut floors = Vec::new();
    for (variant, price, leader) in o.prices.iter().take(PRICES) {
        let offer = catalogue::offer(tx, c, *variant)?.filter(|v| v.product == o.product);
        let offer = offer.ok_or(Refused::NoSuchProduct)?;
        if !offer.listed {
            return Err(Refused::NotForSale.into());
        }
        let price = Price { price: *price, leader: *leader, alone: offer.price };
        if !staff {
            let floor = tables_floor::of(tx, c, *variant)?.ok_or(Refused::NotForLeaders)?;
            floors.push((price, floor));
        }
        prices.push(price);
    }
    if let Some(group) = o.group {
        tx.one(GROUP, p![c, group], |_| ())?.ok_or(Refused::NoSuchGroup)?;
    }
    let terms = group_buy::terms(&o.terms, &prices, now).map_err(Refused::from)?;
    if !staff {
        leaders_buy::within(&terms, &floors).map_err(Refused::from)?;
    }

    // after this point it must succeed, unless another was faster
    let mut w = Writes::default();
    let (product, group, by) = (o.product, o.group, o.who.member);
    let new = NewCampaign { id: o.id, product, group, terms: &terms, by, at: now };
    tables::insert_campaign(&mut w, c, &new, Refused::OtherCampaignWithThisId);
    for ((variant, _, _), price) in o.prices.iter().zip(prices) {
        tables::insert_price(&mut w, c, o.id, *variant, price);
    }
    let body = format!("{{\"product\":\"{}\",\"size\":{}}}", o.product, terms.size);
    let (subject, actor) = (o.id.raw(), Some(by));
    facts::write(tx, &mut w, c, Fact { kind: "campaign_opened", subject, actor, body: &body });
    tx.run(w)
}
