//! A coupon's part in the verbs of an order: asked, reserved, used, given back.
use super::tables::{self, Claim};
use crate::db::{Fault, Rx, Tx, Writes};
use crate::holds::{self, Hold};
use crate::{App, p};
use rules::base::{Id, Moment, id};
use rules::hold::What;
use rules::loyalty::coupon::{self, ClaimState, Line, NoUse, Scope};

const PRODUCT_OF: &str = "SELECT product_id FROM variant WHERE community_id = $1 AND id = $2";

type C = Id<id::Community>;
type M = Id<id::Member>;

/// Why an order cannot use a coupon.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NoCoupon {
    NoSuch,
    Expired,
    NotForThese,
    Below,
    NotFirst,
}

/// What it takes off, line by line.
pub struct Off {
    claim: Claim,
    pub by_line: Vec<i64>,
}

impl Off {
    pub fn sum(&self) -> i64 {
        self.by_line.iter().sum()
    }
}

/// Asks the law: `lines` are the products and what they cost before the coupon.
pub fn ask(
    rx: &mut Rx<'_>,
    c: C,
    (claim, member): (Id<id::Claim>, M),
    lines: &[(Id<id::Product>, i64)],
    now: Moment,
) -> Result<Result<Off, NoCoupon>, Fault> {
    let found = tables::claim(rx, c, claim)?.filter(|x| x.member == member);
    let Some(claim) = found.filter(|x| x.state == ClaimState::Claimed) else {
        return Ok(Err(NoCoupon::NoSuch));
    };
    if claim.until <= now {
        return Ok(Err(NoCoupon::Expired));
    }
    let Some(coupon) = tables::coupon(rx, c, claim.coupon)? else {
        return Ok(Err(NoCoupon::NoSuch));
    };
    if coupon.scope == Scope::FirstOrder && tables::bought_before(rx, c, member)? {
        return Ok(Err(NoCoupon::NotFirst));
    }
    let mut all = Vec::with_capacity(lines.len());
    for (product, amount) in lines {
        let eligible = match coupon.scope {
            Scope::All | Scope::FirstOrder => true,
            Scope::Product => coupon.scope_id == Some(product.raw()),
            Scope::Category => tables::categories(rx, c, *product)?
                .iter()
                .any(|k| k.is_some() && *k == coupon.scope_id),
        };
        all.push(Line { amount: *amount, eligible });
    }
    Ok(match coupon::discounts(coupon.offer, &all) {
        Ok(by_line) => Ok(Off { claim, by_line }),
        Err(NoUse::NotForThese) => Err(NoCoupon::NotForThese),
        Err(NoUse::Below(_)) => Err(NoCoupon::Below),
    })
}

/// With the order, until it is paid or lets go.
pub fn reserve<R: Copy>(
    tx: &Tx<'_>,
    w: &mut Writes<R>,
    c: C,
    (off, order): (&Off, Id<id::Order>),
    until: Moment,
    (gone, no_budget): (R, R),
) {
    let (claim, hold): (&Claim, Id<id::Hold>) = (&off.claim, tx.mint());
    let taken = (hold, off.sum());
    tables::hold(w, c, (claim, order), taken, tx.now(), (gone, no_budget));
    let subject = claim.id.raw();
    holds::reserve(w, c, Hold { id: hold, what: What::CouponUse, subject, qty: 1, until });
}

/// The order is paid: the coupon is used up.
pub fn confirm<R: Copy>(
    rx: &mut Rx<'_>,
    w: &mut Writes<R>,
    c: C,
    order: Id<id::Order>,
    moved: R,
) -> Result<(), Fault> {
    if let Some(claim) = tables::claim_of_order(rx, c, order)?
        && claim.state == ClaimState::Held
    {
        tables::used(w, c, &claim, moved);
        if let Some(hold) = claim.hold {
            holds::confirm(w, c, hold, moved);
        }
    }
    Ok(())
}

/// The order was never paid: its buyer has the coupon again.
pub fn give_back<R: Copy>(
    rx: &mut Rx<'_>,
    w: &mut Writes<R>,
    c: C,
    order: Id<id::Order>,
    moved: R,
) -> Result<(), Fault> {
    if let Some(claim) = tables::claim_of_order(rx, c, order)?
        && claim.state == ClaimState::Held
    {
        tables::give_back(w, c, &claim, moved);
        if let Some(hold) = claim.hold {
            holds::release(w, c, hold, moved);
        }
    }
    Ok(())
}

/// The whole order was given back: its buyer has the coupon again, unless that has ended meanwhile.
/// The hold stays confirmed, as it does for goods: it was used then.
pub fn take_back<R: Copy>(
    tx: &mut Tx<'_>,
    w: &mut Writes<R>,
    c: C,
    order: Id<id::Order>,
    moved: R,
) -> Result<(), Fault> {
    let now = tx.now();
    if let Some(claim) = tables::claim_of_order(tx, c, order)?
        && claim.state == ClaimState::Used
        && claim.until > now
    {
        tables::give_back(w, c, &claim, moved);
    }
    Ok(())
}

impl App {
    /// What a coupon would take off these variants and amounts, line by line; none when it does
    /// not fit. The order asks again.
    pub async fn try_coupon(
        &self,
        now: Moment,
        c: C,
        (claim, member): (Id<id::Claim>, M),
        lines: Vec<(Id<id::Variant>, i64)>,
    ) -> Result<Result<Vec<i64>, NoCoupon>, Fault> {
        let read = move |rx: &mut Rx<'_>| {
            let mut of = Vec::with_capacity(lines.len());
            for (variant, amount) in &lines {
                let product = rx.one(PRODUCT_OF, p![c, *variant], |r| r.id(0))?;
                of.push((product.unwrap_or(Id::of(0)), *amount));
            }
            let out = ask(rx, c, (claim, member), &of, now)?;
            Ok(out.map(|off| off.by_line))
        };
        self.db.read(read).await
    }
}
