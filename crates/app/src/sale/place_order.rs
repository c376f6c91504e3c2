//! Place an order: stock is held, the sum becomes a receivable, a job waits to undo it unpaid.
use super::capture;
use super::chains::{self, ChainWish};
use super::less_points;
use super::owed::{self, FromWallet};
use super::placed_before;
use super::seats::{self, Asked, SeatWish};
use super::tables::{self, NewLine, NewOrder};
use super::tables_catalogue::{self as catalogue, Offer};
use super::{tables_tier, tier_terms};
use crate::community::who::{self, Who};
use crate::db::{Tx, Writes};
use crate::facts::Fact;
use crate::holds::Hold;
use crate::loyalty::use_coupon::{self, Off};
use crate::loyalty::use_points::Off as PointsOff;
use crate::{App, Stop, content, facts, holds, jobs, spread};
use rules::base::{Id, Moment, id, text};
use rules::hold::What;
use rules::ledger::Provider;
use rules::loyalty::tier::Tier;
use rules::sale::address::{self, Address};
use rules::sale::divisions;
use rules::sale::order::{self, Delivery};
use rules::sale::price::{self, Quote, Wanted};

/// Where the goods go.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum To {
    /// A group's pick-up point; who collects, and a number to call.
    Pickup {
        group: Id<id::Group>,
        recipient: String,
        phone: String,
    },
    Ship(Address),
}

impl To {
    pub(super) fn delivery(&self) -> Delivery {
        match self {
            To::Pickup { .. } => Delivery::Pickup,
            To::Ship(_) => Delivery::Ship,
        }
    }
}

#[derive(Clone, Debug)]
pub struct PlaceOrder {
    pub who: Who,
    /// Minted into the form: sending it twice is one order.
    pub id: Id<id::Order>,
    pub lines: Vec<(Id<id::Variant>, i64)>,
    pub to: To,
    pub note: String,
    pub provider: Provider,
    /// The total the buyer saw; another one is shown before it is owed.
    pub expected: Option<i64>,
    /// The post whose product card led here.
    pub source: Option<Id<id::Post>>,
    /// Bought together with others.
    pub seat: Option<SeatWish>,
    /// One of the buyer's coupons.
    pub coupon: Option<Id<id::Claim>>,
    /// At most so many of the buyer's points.
    pub points: i64,
    pub wallet: FromWallet,
    /// Put on a leader's list.
    pub chain: Option<ChainWish>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Placed {
    pub order: Id<id::Order>,
    pub total: i64,
    pub pay_until: Moment,
}

crate::refusals! {
    NotAMember = "not_a_member",
    OtherOrderWithThisId = "id_used_for_another_order",
    NothingChosen = "nothing_chosen",
    TooManyLines = "too_many_lines",
    BadQuantity = "bad_quantity",
    NoSuchProduct = "no_such_product",
    NotForSale = "not_for_sale",
    NoSuchCampaign = "no_such_campaign",
    CampaignNotBegun = "campaign_not_begun",
    CampaignOver = "campaign_over",
    NotForYou = "not_for_you",
    AlreadyInTeam = "already_in_team",
    SeatLimit = "seat_limit",
    NoSuchTeam = "no_such_team",
    TeamOver = "team_over",
    TeamFull = "team_full",
    AllSeatsTaken = "all_seats_taken",
    NotInCampaign = "not_in_campaign",
    TooMuch = "too_much",
    NoteTooLong = "note_too_long",
    BadRecipient = "bad_recipient",
    BadPhone = "bad_phone",
    BadRegion = "bad_region",
    BadStreet = "bad_street",
    NoSuchPickupPoint = "no_such_pickup_point",
    ProviderNotHere = "provider_not_available",
    CouponWithSeat = "coupon_with_group_buy",
    NoSuchCoupon = "no_such_coupon",
    CouponExpired = "coupon_expired",
    CouponNotForThese = "coupon_not_for_these",
    CouponBelow = "below_coupon_threshold",
    CouponNotFirst = "coupon_for_first_order",
    CouponBudget = "coupon_budget_spent",
    PointsWithSeat = "points_with_group_buy",
    NoPoints = "no_points_to_use",
    PriceChanged = "price_changed",
    WalletWithSeat = "wallet_with_group_buy",
    WalletChanged = "wallet_changed",
    PointsChanged = "points_changed",
    SoldOut = "sold_out",
}

impl App {
    pub async fn place_order(&self, now: Moment, o: PlaceOrder) -> Result<Placed, Stop<Refused>> {
        if !self.gateway.payments.mounted(o.provider) {
            return Err(Refused::ProviderNotHere.into());
        }
        let o = std::sync::Arc::new(o);
        let once = o.clone();
        match self.db.write(now, move |tx| place(tx, &once)).await {
            // the same order was faster by a moment: look again, and give its answer
            Err(Stop::Refused(Refused::OtherOrderWithThisId)) => {
                self.db.write(now, move |tx| place(tx, &o)).await
            }
            out => out,
        }
    }
}

pub(super) fn place(tx: &mut Tx<'_>, o: &PlaceOrder) -> Result<Placed, Stop<Refused>> {
    let c = o.who.community;
    if let Some(before) = tables::order(tx, c, o.id)? {
        return placed_before::again(tx, &before, o);
    }
    let who = who::member_is(tx, c, o.who.member)?.ok_or(Refused::NotAMember)?;
    let (mut offers, tier) = offers(tx, o)?;
    let asked = match &o.seat {
        Some(wish) => Some(seats::ask(tx, o, wish, &mut offers)?),
        None => None,
    };
    let chained = chains::ask(tx, o, &mut offers)?;
    let to = destination(tx, o)?;
    let off = coupon(tx, o, &offers)?;
    let points = less_points::ask(tx, o, &offers, off.as_ref())?;
    let quote = quoted(tx, o, &offers, (off.as_ref(), points.as_ref(), tier.as_ref()))?;
    if o.expected.is_some_and(|seen| seen != quote.total) {
        return Err(Refused::PriceChanged.into());
    }
    let purse = owed::ask(tx, o, quote.total)?;
    let wanted = offers.iter().zip(&o.lines);
    if wanted.clone().any(|(offer, (_, qty))| offer.on_hand < *qty) {
        return Err(Refused::SoldOut.into());
    }
    let pay_until = order::pay_until(tx.now(), o.provider);
    let pay_until = asked.as_ref().map_or(pay_until, |a: &Asked| a.until(pay_until));
    let pay_until = chained.as_ref().map_or(pay_until, |a| a.until(pay_until));

    // after this point it must succeed, unless another was faster
    let mut w = Writes::default();
    asked.iter().for_each(|a| seats::reserve(tx, &mut w, o, a, pay_until));
    chained.iter().for_each(|a| chains::reserve(tx, &mut w, o, a));
    write_order(&mut w, tx, o, &to, (&quote, owed::sum(&purse)), pay_until);
    if let Some(off) = &off {
        let no = (Refused::NoSuchCoupon, Refused::CouponBudget);
        use_coupon::reserve(tx, &mut w, c, (off, o.id), pay_until, no);
    }
    tier.iter().for_each(|t| tables_tier::insert(&mut w, c, o.id, t));
    let mut lines = Vec::with_capacity(offers.len());
    for (i, (offer, (_, qty))) in wanted.enumerate() {
        let price = (*qty, quote.amounts[i], (quote.discounts[i], quote.points[i]));
        lines.push((write_line(tx, &mut w, o, i, offer, price, pay_until), offer.product));
        tables::drop_from_cart(&mut w, c, o.who.member, offer.variant);
        if let Some(post) = o.source {
            content::note_order(&mut w, c, post, offer.product);
        }
    }
    less_points::reserve(tx, &mut w, o, points.as_ref(), (&lines, pay_until));
    let campaign = o.seat.map(|wish| wish.campaign).or(o.chain.map(|wish| wish.campaign));
    // who brought the leader did not bring those of outside who stand in her name
    if o.chain.is_none_or(|wish| wish.by != Some(who.member)) {
        spread::credit(tx, &mut w, c, (o.id, o.who.member), (&lines, campaign))?;
    }
    jobs::later(&mut w, c, jobs::Kind::ReleaseUnpaid, o.id.raw(), pay_until);
    owed::reserve(tx, &mut w, o, (quote.goods, quote.shipping), &purse);
    let body = format!("{{\"total\":{},\"lines\":{}}}", quote.total, o.lines.len());
    let (kind, subject, actor) = ("order_placed", o.id.raw(), Some(who.member));
    facts::write(tx, &mut w, c, Fact { kind, subject, actor, body: &body });
    tx.run(w)?;
    if let To::Ship(address) = &to.to {
        tables::remember_address(tx, c, o.who.member, address)?;
    }
    if quote.total > 0 && owed::sum(&purse) == quote.total {
        let paid = capture::take_from_wallet(tx, c, o.id);
        paid.map_err(|stop| stop.map(|_| Refused::OtherOrderWithThisId))?;
    }
    Ok(Placed { order: o.id, total: quote.total, pay_until })
}

/// What is asked for, at the prices of the buyer's tier; a campaign puts its own in their place.
fn offers(tx: &mut Tx<'_>, o: &PlaceOrder) -> Result<(Vec<Offer>, Option<Tier>), Stop<Refused>> {
    if o.lines.len() > price::LINES {
        return Err(Refused::TooManyLines.into());
    }
    let mut out: Vec<Offer> = Vec::with_capacity(o.lines.len());
    for (variant, _) in &o.lines {
        let found = catalogue::offer(tx, o.who.community, *variant)?;
        let offer = found.ok_or(Refused::NoSuchProduct)?;
        if !offer.listed {
            return Err(Refused::NotForSale.into());
        }
        if out.iter().any(|seen| seen.variant == offer.variant) {
            return Err(Refused::BadQuantity.into());
        }
        out.push(offer);
    }
    let tier = tier_terms::ask(tx, o, &mut out)?;
    Ok((out, tier))
}

/// What the buyer's coupon takes off, if one is used.
fn coupon(tx: &mut Tx<'_>, o: &PlaceOrder, offers: &[Offer]) -> Result<Option<Off>, Stop<Refused>> {
    let Some(claim) = o.coupon else { return Ok(None) };
    if o.seat.is_some() || o.chain.is_some() {
        return Err(Refused::CouponWithSeat.into());
    }
    let lines: Vec<_> = offers
        .iter()
        .zip(&o.lines)
        .map(|(offer, (_, qty))| (offer.product, offer.price.saturating_mul(*qty)))
        .collect();
    let now = tx.now();
    let off = use_coupon::ask(tx, o.who.community, (claim, o.who.member), &lines, now)?;
    Ok(Some(off.map_err(Refused::from)?))
}

fn quoted(
    tx: &mut Tx<'_>,
    o: &PlaceOrder,
    offers: &[Offer],
    (off, points, tier): (Option<&Off>, Option<&PointsOff>, Option<&Tier>),
) -> Result<Quote, Stop<Refused>> {
    let shipping = match &o.to {
        To::Pickup { .. } => None,
        To::Ship(_) if tier.is_some_and(|t| t.terms.free_shipping) => None,
        To::Ship(_) => Some(catalogue::shipping(tx, o.who.community)?),
    };
    let wanted: Vec<Wanted> = offers
        .iter()
        .zip(&o.lines)
        .enumerate()
        .map(|(i, (offer, (_, qty)))| Wanted {
            unit_price: offer.price,
            qty: *qty,
            off: off.and_then(|o| o.by_line.get(i)).copied().unwrap_or(0),
            points: points.and_then(|o| o.used.off.get(i)).copied().unwrap_or(0),
        })
        .collect();
    Ok(price::quote(&wanted, shipping).map_err(Refused::from)?)
}

/// The destination with its texts as they were when the order was placed.
struct Destination {
    to: To,
    pickup_text: String,
    note: String,
}

fn destination(tx: &mut Tx<'_>, o: &PlaceOrder) -> Result<Destination, Stop<Refused>> {
    let note = text::lines(&o.note);
    if note.chars().count() > 300 {
        return Err(Refused::NoteTooLong.into());
    }
    let (to, pickup_text) = match &o.to {
        To::Ship(a) => {
            let fit = address::check(a).map_err(Refused::from)?;
            let unknown = || divisions::find(&fit.region).is_none();
            if catalogue::in_china(tx, o.who.community)? && unknown() {
                return Err(Refused::BadRegion.into());
            }
            (To::Ship(fit), String::new())
        }
        To::Pickup { group, recipient, phone } => {
            let recipient =
                text::fit(text::line(recipient), 40).map_err(|_| Refused::BadRecipient)?;
            let phone = address::phone(phone).ok_or(Refused::BadPhone)?;
            let point = tables::pickup_point(tx, o.who.community, *group)?
                .ok_or(Refused::NoSuchPickupPoint)?;
            (To::Pickup { group: *group, recipient, phone }, point)
        }
    };
    Ok(Destination { to, pickup_text, note })
}

fn write_order(
    w: &mut Writes<Refused>,
    tx: &Tx<'_>,
    o: &PlaceOrder,
    d: &Destination,
    (quote, wallet): (&Quote, i64),
    pay_until: Moment,
) {
    let empty = Address::default();
    let (group, recipient, phone, address) = match &d.to {
        To::Pickup { group, recipient, phone } => (Some(*group), recipient, phone, &empty),
        To::Ship(a) => (None, &a.recipient, &a.phone, a),
    };
    let new = NewOrder {
        id: o.id,
        member: o.who.member,
        goods: quote.goods,
        discount: quote.discounts.iter().sum(),
        points_off: quote.points.iter().sum(),
        shipping: quote.shipping,
        total: quote.total,
        delivery: d.to.delivery(),
        group,
        pickup_text: &d.pickup_text,
        recipient,
        phone,
        region: &address.region,
        street: &address.street,
        note: &d.note,
        provider: o.provider,
        placed_at: tx.now(),
        pay_until,
        source_post: o.source,
        wallet,
    };
    tables::insert_order(w, o.who.community, &new, Refused::OtherOrderWithThisId);
}

fn write_line(
    tx: &Tx<'_>,
    w: &mut Writes<Refused>,
    o: &PlaceOrder,
    position: usize,
    offer: &Offer,
    (qty, amount, (discount, points_off)): (i64, i64, (i64, i64)),
    until: Moment,
) -> Id<id::Line> {
    let (c, id) = (o.who.community, tx.mint::<id::Line>());
    catalogue::take_stock(w, c, offer.variant, qty, Refused::SoldOut);
    let new = NewLine {
        id,
        order: o.id,
        position: position as i64,
        product: offer.product,
        variant: offer.variant,
        title: &offer.title,
        choices: &offer.choices,
        look: &offer.look,
        unit_price: offer.price,
        list_price: offer.list_price,
        qty,
        amount,
        discount,
        points_off,
        member: o.who.member,
    };
    tables::insert_line(w, c, &new);
    let subject = offer.variant.raw();
    holds::reserve(w, c, Hold { id: id.as_id(), what: What::Stock, subject, qty, until });
    id
}
