//! A member takes a coupon from the list, or by its code.
use super::tables::{self, Claim};
use crate::community::who;
use crate::db::{Tx, Writes};
use crate::facts::Fact;
use crate::{App, Stop, facts};
use rules::base::{Id, Moment, id};
use rules::loyalty::coupon::{ClaimState, State, read_code};

#[derive(Clone, Debug)]
pub struct ClaimCoupon {
    pub community: Id<id::Community>,
    pub by: Id<id::Member>,
    /// Minted into the form: sending it twice is one claim.
    pub id: Id<id::Claim>,
    pub which: Which,
}

#[derive(Clone, Debug)]
pub enum Which {
    Listed(Id<id::Coupon>),
    Code(String),
}

crate::refusals! {
    NotAMember = "not_a_member",
    NoSuchCoupon = "no_such_coupon",
    Over = "coupon_over",
    Enough = "enough_coupons",
    AllGone = "all_coupons_gone",
    /// Another claim of the same member was faster; the sender repeats it.
    Faster = "another_was_faster",
}

impl App {
    pub async fn claim_coupon(&self, now: Moment, x: ClaimCoupon) -> Result<(), Stop<Refused>> {
        let x = std::sync::Arc::new(x);
        let once = x.clone();
        match self.db.write(now, move |tx| claim(tx, &once)).await {
            Err(Stop::Refused(Refused::Faster)) => {
                self.db.write(now, move |tx| claim(tx, &x)).await
            }
            out => out,
        }
    }
}

fn claim(tx: &mut Tx<'_>, x: &ClaimCoupon) -> Result<(), Stop<Refused>> {
    let (c, now) = (x.community, tx.now());
    who::member_is(tx, c, x.by)?.ok_or(Refused::NotAMember)?;
    if tables::claim(tx, c, x.id)?.is_some_and(|known| known.member == x.by) {
        return Ok(());
    }
    let id = match &x.which {
        Which::Listed(id) => *id,
        Which::Code(code) => {
            tables::by_code(tx, c, &read_code(code))?.ok_or(Refused::NoSuchCoupon)?
        }
    };
    let coupon = tables::coupon(tx, c, id)?.ok_or(Refused::NoSuchCoupon)?;
    // one with a code is not on the list: knowing its number is not knowing the code
    if coupon.by_code && matches!(x.which, Which::Listed(_)) {
        return Err(Refused::NoSuchCoupon.into());
    }
    if coupon.state == State::Closed || coupon.ends <= now {
        return Err(Refused::Over.into());
    }
    let mine = tables::claims_of(tx, c, id, x.by)?;
    if mine >= coupon.per_member {
        return Err(Refused::Enough.into());
    }
    if coupon.most > 0 && coupon.claimed >= coupon.most {
        return Err(Refused::AllGone.into());
    }
    // after this point it must succeed, unless another was faster
    let mut w = Writes::default();
    let until = now.plus_days(coupon.days);
    let new = Claim {
        id: x.id,
        coupon: id,
        member: x.by,
        state: ClaimState::Claimed,
        hold: None,
        discount: 0,
        until,
    };
    tables::insert_claim(&mut w, c, (&new, mine + 1), now, (Refused::AllGone, Refused::Faster));
    let body = format!("{{\"coupon\":\"{id}\"}}");
    let (subject, actor) = (x.id.raw(), Some(x.by));
    facts::write(tx, &mut w, c, Fact { kind: "coupon_claimed", subject, actor, body: &body });
    tx.run(w)
}
