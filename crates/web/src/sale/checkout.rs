//! Checkout: what is bought, where it goes, what it costs; then the order.
use super::checkout_page::page;
use super::coupon_choice::CouponChoice;
use super::divisions::{Chosen, region_of};
use super::points_choice::PointsChoice;
use super::purse::Purse;
use super::together::Together;
use super::{leave, member_or_door, named};
use crate::House;
use crate::form::Form;
use crate::loyalty::tier_words;
use crate::reply::{Sorry, status_of};
use crate::who::Here;
use app::Stop;
use app::community::who::Who;
use app::loyalty::views_tier::MemberPrices;
use app::sale::place_order::{PlaceOrder, Refused, To};
use app::sale::start_payment::StartPayment;
use app::sale::views::{Address as Known, CartLine, Checkout};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use rules::base::{Id, id};
use rules::ledger::Provider;
use rules::loyalty::tier::Tier;
use rules::sale::address::Address;
use rules::sale::order::Delivery;
use rules::sale::price::{LINES, QUANTITY, Quote, Wanted, quote};

/// Everything the page shows, first and after a refusal.
pub(super) struct Bill {
    pub who: Who,
    pub lines: Vec<CartLine>,
    pub known: Checkout,
    pub way: Delivery,
    /// `None` when the lines make no order.
    pub quote: Option<Quote>,
    pub typed: Typed,
    pub providers: Vec<Provider>,
    /// Bought at once, not from the cart: the variant and how many.
    pub at_once: Option<(Id<id::Variant>, i64)>,
    /// Bought with others: the group buy, and the team.
    pub together: Option<Together>,
    pub coupons: CouponChoice,
    pub points: PointsChoice,
    pub purse: Purse,
    /// The tier whose prices these are.
    pub tier: Option<Tier>,
    /// For readers without one: that others pay less.
    pub quiet: Option<String>,
    /// Somebody earns by what is ordered here.
    pub earns: bool,
}

/// What the form holds, kept when it was refused.
#[derive(Default)]
pub(super) struct Typed {
    pub order: String,
    pub payment: String,
    pub from: String,
    pub group: String,
    /// `0` to `4`: a known address; `new`: the fields.
    pub address: String,
    pub to: Address,
    /// Province, city and district of a new address where there is a list.
    pub chosen: Chosen,
    pub provider: String,
    pub note: String,
}

pub async fn checkout(
    State(house): State<House>,
    here: Here,
    form: Form,
) -> Result<Response, Sorry> {
    let who = match member_or_door(&here, &here.path) {
        Ok(who) => who,
        Err(door) => return Ok(leave(&here, &door)),
    };
    let at_once = form.id("variant").map(|v| (v, form.int("qty").unwrap_or(1)));
    let wanted = match at_once {
        Some(one) => vec![one],
        None => {
            let cart = house.app.cart(here.place.id, who.member).await?;
            cart.iter().filter(|l| l.usable()).map(|l| (l.variant, l.qty)).collect()
        }
    };
    let mut bill = bill(&house, &here, who, &wanted, &form).await?;
    if bill.lines.is_empty() {
        return Ok(leave(&here, &format!("{}/cart", here.base())));
    }
    bill.at_once = at_once;
    bill.typed = first(&house, &here, &bill, &form);
    Ok(page(&here, &bill, None, StatusCode::OK))
}

/// An empty form, filled with what is known of the member.
fn first(house: &House, here: &Here, bill: &Bill, form: &Form) -> Typed {
    let fresh = bill.known.addresses.is_empty() || form.get("address") == "new";
    let (recipient, phone, group) = bill.known.last.clone().unwrap_or_default();
    let to = Address { recipient, phone, ..Address::default() };
    // where the last order was collected, if goods still go there
    let points = &bill.known.points;
    let point = points.iter().find(|p| Some(p.group) == group).or(points.first());
    let point = point.map(|p| p.group.to_string());
    Typed {
        order: house.app.mint::<id::Order>(here.now).to_string(),
        payment: house.app.mint::<id::Payment>(here.now).to_string(),
        from: form.id::<id::Post>("from").map(|p| p.to_string()).unwrap_or_default(),
        group: point.unwrap_or_default(),
        address: known_or_new(bill, fresh),
        to,
        chosen: Chosen::default(),
        provider: bill.providers.first().map_or("", |p| p.code()).into(),
        note: String::new(),
    }
}

/// The address of last time, or a new one.
fn known_or_new(bill: &Bill, fresh: bool) -> String {
    let last = bill.known.keys.first().filter(|_| !fresh);
    last.cloned().unwrap_or_else(|| "new".into())
}

async fn bill(
    house: &House,
    here: &Here,
    who: Who,
    wanted: &[(Id<id::Variant>, i64)],
    form: &Form,
) -> Result<Bill, Sorry> {
    let c = here.place.id;
    let mut known = house.app.checkout(c, who.member).await?;
    let mut lines = Vec::with_capacity(wanted.len());
    for (variant, qty) in wanted.iter().take(LINES) {
        let qty = *qty.clamp(QUANTITY.start(), QUANTITY.end());
        lines.extend(house.app.cart_line_of(c, *variant, qty).await?);
    }
    let together = Together::of(house, here, form).await?;
    let mut prices = MemberPrices::default();
    if let Some(together) = &together {
        together.price(&mut lines);
    } else {
        let ids = lines.iter().map(|l| l.product).collect();
        prices = tier_words::prices(house, here, ids).await?;
        tier_words::reprice(&prices, &mut lines);
        known.shipping = tier_words::delivery(&prices, known.shipping);
    }
    let way = match Delivery::of(form.get("way")) {
        Some(Delivery::Ship) => Delivery::Ship,
        _ if known.points.is_empty() => Delivery::Ship,
        _ => Delivery::Pickup,
    };
    let coupons = CouponChoice::of(house, here, who, (&lines, together.is_some()), form).await?;
    let offs = coupons.off(lines.len());
    let left = lines.iter().zip(&offs).map(|(l, off)| l.price.saturating_mul(l.qty) - off);
    let left: Vec<i64> = left.collect();
    let points = PointsChoice::of(house, here, who, (&left, together.is_some()), form).await?;
    let less = offs.iter().copied().zip(points.off(lines.len()));
    let priced: Vec<Wanted> = lines
        .iter()
        .zip(less)
        .map(|(l, (off, points))| Wanted { unit_price: l.price, qty: l.qty, off, points })
        .collect();
    let shipping = (way == Delivery::Ship).then_some(known.shipping);
    let quote = quote(&priced, shipping).ok();
    let providers = Provider::ALL.iter().copied().filter(|p| house.app.pays_by(*p)).collect();
    let purse = match (&quote, &together) {
        (Some(quote), None) => {
            let wallet = house.app.wallet(c, who.member, None, 0).await?;
            Purse::of(&wallet.buckets, quote.total, form.get("wallet") == "yes")
        }
        _ => Purse::default(),
    };
    Ok(Bill {
        who,
        lines,
        known,
        way,
        quote,
        typed: Typed::default(),
        providers,
        at_once: None,
        together,
        coupons,
        points,
        purse,
        quiet: tier_words::quiet(here, &prices),
        tier: prices.mine,
        earns: house.app.earner(here.now, c, Some(who.member), None).await?.is_some(),
    })
}

/// The lines as the page showed them: `var_… 2`. The order buys what was seen, even if the cart
/// changed in another window.
fn lines_of(form: &Form) -> Vec<(Id<id::Variant>, i64)> {
    let one = |text: &str| {
        let (variant, qty) = text.split_once(' ')?;
        Some((Id::parse(variant)?, qty.parse().ok()?))
    };
    form.all("line").filter_map(one).collect()
}

pub async fn place(
    State(house): State<House>,
    here: Here,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, Sorry> {
    let who = match member_or_door(&here, &format!("{}/checkout", here.base())) {
        Ok(who) => who,
        Err(door) => return Ok(leave(&here, &door)),
    };
    let order = form.must_id::<id::Order>("order")?;
    if let Some(form) = chosen_anew(&form) {
        return again(&house, &here, &form).await;
    }
    let wanted = lines_of(&form);
    let mut bill = bill(&house, &here, who, &wanted, &form).await?;
    bill.at_once = form.id("variant").and_then(|v| wanted.iter().copied().find(|w| w.0 == v));
    bill.typed = typed(&form);
    if let Some(visitor) = crate::spread::visitor(&headers) {
        // links that were opened before signing in count for this order
        let known = house.app.known_visitor(here.now, who, visitor).await;
        known.unwrap_or_else(|stop| tracing::warn!(?stop, "links were not counted"));
    }
    let out = match order_of(&bill, order, wanted, (form.int("expected"), form.int("wallet_seen")))
    {
        Ok(o) => house.app.place_order(here.now, o).await,
        Err(refused) => Err(refused.into()),
    };
    match out {
        Ok(placed) => pay_next(&house, &here, &bill, placed.order).await,
        Err(Stop::Refused(r)) => {
            let status = StatusCode::from_u16(status_of(r.code()));
            Ok(page(&here, &bill, Some(r), status.unwrap_or(StatusCode::CONFLICT)))
        }
        Err(Stop::Fault(fault)) => Err(fault.into()),
    }
}

/// What a button of the page chooses; all the rest stays as it was typed.
const CHOICES: [&str; 5] = ["way", "address", "coupon", "points", "wallet"];

/// The form with what was chosen by a button of the page, if it was sent by one of them.
fn chosen_anew(form: &Form) -> Option<Form> {
    let pressed = form.pairs().find_map(|(k, v)| Some((k.strip_prefix("choose_")?, v)))?;
    let name = CHOICES.iter().find(|c| **c == pressed.0)?;
    let mut form = form.clone();
    form.set(name, pressed.1);
    Some(form)
}

/// The page once more, nothing ordered: something was chosen that makes another page.
pub(super) async fn again(house: &House, here: &Here, form: &Form) -> Result<Response, Sorry> {
    let who = match member_or_door(here, &format!("{}/checkout", here.base())) {
        Ok(who) => who,
        Err(door) => return Ok(leave(here, &door)),
    };
    form.must_id::<id::Order>("order")?;
    let wanted = lines_of(form);
    let mut bill = bill(house, here, who, &wanted, form).await?;
    bill.at_once = form.id("variant").and_then(|v| wanted.iter().copied().find(|w| w.0 == v));
    bill.typed = typed(form);
    Ok(page(here, &bill, None, StatusCode::OK))
}

fn typed(form: &Form) -> Typed {
    let text = |name: &str| form.get(name).to_owned();
    let (chosen, region) = region_of(form);
    let to =
        Address { recipient: text("name"), phone: text("phone"), region, street: text("street") };
    Typed {
        order: text("order"),
        payment: text("payment"),
        from: text("from"),
        group: text("group"),
        address: text("address"),
        to,
        chosen,
        provider: text("provider"),
        note: form.raw("note").to_owned(),
    }
}

impl Bill {
    /// The known address that is ticked.
    pub fn ticked(&self) -> Option<&Known> {
        let at = self.known.keys.iter().position(|key| *key == self.typed.address)?;
        self.known.addresses.get(at)
    }
    fn to(&self) -> Result<To, Refused> {
        let t = &self.typed;
        if self.way == Delivery::Pickup {
            let group = named(&t.group).map_err(|_| Refused::NoSuchPickupPoint)?;
            let (recipient, phone) = (t.to.recipient.clone(), t.to.phone.clone());
            return Ok(To::Pickup { group, recipient, phone });
        }
        Ok(To::Ship(match self.ticked() {
            Some(a) => Address {
                recipient: a.recipient.clone(),
                phone: a.phone.clone(),
                region: a.region.clone(),
                street: a.street.clone(),
            },
            None => t.to.clone(),
        }))
    }
}

fn order_of(
    bill: &Bill,
    id: Id<id::Order>,
    lines: Vec<(Id<id::Variant>, i64)>,
    (expected, wallet_seen): (Option<i64>, Option<i64>),
) -> Result<PlaceOrder, Refused> {
    if lines.is_empty() {
        return Err(Refused::NothingChosen);
    }
    let provider = Provider::of(&bill.typed.provider).ok_or(Refused::ProviderNotHere)?;
    Ok(PlaceOrder {
        who: bill.who,
        id,
        lines,
        to: bill.to()?,
        note: bill.typed.note.clone(),
        provider,
        expected,
        source: Id::parse(&bill.typed.from),
        seat: bill.together.as_ref().map(Together::wish),
        coupon: bill.coupons.chosen,
        points: bill.points.asked(),
        wallet: bill.purse.wish(wallet_seen),
        chain: None,
    })
}

/// The order stands; the attempt to pay it begins. When that is refused (sent twice, already
/// paid) the page of the payment says how things are.
async fn pay_next(
    house: &House,
    here: &Here,
    bill: &Bill,
    order: Id<id::Order>,
) -> Result<Response, Sorry> {
    let provider = Provider::of(&bill.typed.provider);
    if let (Some(provider), Some(id)) = (provider, Id::parse(&bill.typed.payment)) {
        let start = StartPayment { who: bill.who, id, order, provider };
        match house.app.start_payment(here.now, start).await {
            Ok(_) | Err(Stop::Refused(_)) => {}
            Err(Stop::Fault(fault)) => return Err(fault.into()),
        }
    }
    Ok(leave(here, &format!("{}/orders/{order}/pay", here.base())))
}
