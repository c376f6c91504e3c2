//! Offers a coupon, and ends the offer; those claimed before stay good.
use super::tables::{self, NewCoupon};
use crate::community::who::Who;
use crate::db::{Tx, Writes};
use crate::facts::Fact;
use crate::{App, Stop, facts};
use rules::base::{Id, Moment, id};
use rules::community::role::Right;
use rules::loyalty::coupon::{self, BadTerms, Scope, State, Terms};

#[derive(Clone, Debug)]
pub struct OpenCoupon {
    pub who: Who,
    /// Minted into the form: sending it twice is one coupon.
    pub id: Id<id::Coupon>,
    pub terms: Terms,
    /// The raw id of the product or category it is for.
    pub scope_id: Option<i64>,
}

crate::refusals! {
    NotAllowed = "not_allowed",
    BadName = "bad_name",
    BadValue = "bad_value",
    BadThreshold = "bad_threshold",
    BadCode = "bad_code",
    BadDays = "bad_days",
    BadLimit = "bad_limit",
    BadBudget = "bad_budget",
    NoSuchThing = "no_such_thing",
    CodeTaken = "code_taken",
    NoSuchCoupon = "no_such_coupon",
}

impl From<BadTerms> for Refused {
    fn from(bad: BadTerms) -> Self {
        match bad {
            BadTerms::Name => Refused::BadName,
            BadTerms::Value => Refused::BadValue,
            BadTerms::Threshold => Refused::BadThreshold,
            BadTerms::Code => Refused::BadCode,
            BadTerms::Days => Refused::BadDays,
            BadTerms::Limit => Refused::BadLimit,
            BadTerms::Budget => Refused::BadBudget,
        }
    }
}

impl App {
    pub async fn open_coupon(&self, now: Moment, o: OpenCoupon) -> Result<(), Stop<Refused>> {
        if !o.who.rights.may(Right::Campaigns) {
            return Err(Refused::NotAllowed.into());
        }
        self.db.write(now, move |tx| open(tx, &o)).await
    }
    pub async fn close_coupon(
        &self,
        now: Moment,
        who: Who,
        id: Id<id::Coupon>,
    ) -> Result<(), Stop<Refused>> {
        if !who.rights.may(Right::Campaigns) {
            return Err(Refused::NotAllowed.into());
        }
        let run = move |tx: &mut Tx<'_>| {
            let c = who.community;
            let known = tables::alone(tx, c, id)?.ok_or(Refused::NoSuchCoupon)?;
            if known.state == State::Closed {
                return Ok(());
            }
            let mut w = Writes::default();
            tables::close(&mut w, c, id, Refused::NoSuchCoupon);
            let (subject, actor) = (id.raw(), Some(who.member));
            facts::write(tx, &mut w, c, Fact { kind: "coupon_closed", subject, actor, body: "{}" });
            tx.run(w)
        };
        self.db.write(now, run).await
    }
}

fn open(tx: &mut Tx<'_>, o: &OpenCoupon) -> Result<(), Stop<Refused>> {
    let (c, now) = (o.who.community, tx.now());
    if tables::coupon(tx, c, o.id)?.is_some() {
        return Ok(());
    }
    let terms = coupon::terms(&o.terms, now).map_err(Refused::from)?;
    let needs = matches!(terms.scope, Scope::Product | Scope::Category);
    let scope_id = o.scope_id.filter(|_| needs);
    if needs {
        let known = match scope_id {
            Some(id) => tables::known(tx, c, id)?,
            None => false,
        };
        if !known {
            return Err(Refused::NoSuchThing.into());
        }
    }
    // after this point it must succeed, unless another was faster
    let mut w = Writes::default();
    let new = NewCoupon { id: o.id, terms: &terms, scope_id, by: o.who.member, at: now };
    tables::insert(&mut w, c, &new, Refused::CodeTaken);
    let (subject, actor) = (o.id.raw(), Some(o.who.member));
    facts::write(tx, &mut w, c, Fact { kind: "coupon_opened", subject, actor, body: "{}" });
    tx.run(w)
}
