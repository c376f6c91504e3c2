//! Whether a community thanks sharers with commission, how many levels, at which rates.
use super::tables_commission as tables;
use super::views_commission as views;
use crate::community::tables_audit_log::{self as audit_log, Deed};
use crate::community::who::{self, Who};
use crate::db::{Tx, Writes};
use crate::facts::{self, Fact};
use crate::{App, Stop};
use rules::base::Moment;
use rules::community::role::Right;
use rules::spread::commission::{self, Level, Rates, Scope, Terms, Unfit};

crate::refusals! {
    NotAllowed = "not_allowed",
    Rate = "commission_rate_unfit",
    Cap = "commission_cap_unfit",
    /// The rates together are above the cap, and what is above it is never paid.
    OverCap = "commission_sum_unfit",
    WaitDays = "commission_wait_unfit",
    NoSuchThing = "no_such_thing",
    /// Three levels and thirty people hang together already.
    TreeTooLarge = "commission_tree_too_large",
}
impl From<Unfit> for Refused {
    fn from(u: Unfit) -> Refused {
        match u {
            Unfit::Rate => Refused::Rate,
            Unfit::Cap => Refused::Cap,
            Unfit::OverCap => Refused::OverCap,
            Unfit::WaitDays => Refused::WaitDays,
        }
    }
}

fn told(t: Terms) -> String {
    let (on, levels, r) = (if t.on { "on" } else { "off" }, t.levels.number(), t.rates);
    format!("{on} {levels} {}/{} cap {} wait {}", r.first, r.second, t.cap, t.wait_days)
}

impl App {
    /// Orders placed before keep the rates they were placed under.
    pub async fn set_commission(
        &self,
        now: Moment,
        who: Who,
        terms: Terms,
    ) -> Result<(), Stop<Refused>> {
        self.db.write(now, move |tx| set_terms(tx, who, terms)).await
    }
    /// A rate for one product, group buy or category; none: it has no own rate any more.
    pub async fn set_commission_rate(
        &self,
        now: Moment,
        who: Who,
        of: (Scope, i64),
        rates: Option<Rates>,
    ) -> Result<(), Stop<Refused>> {
        self.db.write(now, move |tx| set_rate(tx, who, of, rates)).await
    }
}

fn set_terms(tx: &mut Tx<'_>, who: Who, terms: Terms) -> Result<(), Stop<Refused>> {
    let c = who.community;
    let by = allowed(tx, who)?;
    commission::check(terms).map_err(Refused::from)?;
    if terms.on && terms.levels == Level::Second && views::trees(tx, c)?.iter().any(|t| t.stops()) {
        return Err(Refused::TreeTooLarge.into());
    }
    let old = tables::terms(tx, c)?.0;
    // after this point it must succeed
    let mut w: Writes<Refused> = Writes::default();
    tables::set_terms(&mut w, c, terms);
    let (was, became) = (told(old), told(terms));
    let (actor, subject, what) = (by.member, c.raw(), "set_commission");
    let deed = Deed { actor, what, subject, was: &was, became: &became, reason: "" };
    audit_log::write(tx, &mut w, c, deed);
    let (kind, actor) = ("commission_terms_set", Some(by.member));
    facts::write(tx, &mut w, c, Fact { kind, subject, actor, body: "{}" });
    tx.run(w)
}

fn set_rate(
    tx: &mut Tx<'_>,
    who: Who,
    (scope, of): (Scope, i64),
    rates: Option<Rates>,
) -> Result<(), Stop<Refused>> {
    let c = who.community;
    let by = allowed(tx, who)?;
    if let Some(r) = rates {
        commission::check_rates(r).map_err(Refused::from)?;
        commission::check_under(tables::terms(tx, c)?.0, r).map_err(Refused::from)?;
        if !views::exists(tx, c, (scope, of))? {
            return Err(Refused::NoSuchThing.into());
        }
    }
    let mut w: Writes<Refused> = Writes::default();
    tables::set_rate(&mut w, c, (scope, of), rates);
    let became = rates.map_or("none".into(), |r| format!("{}/{}", r.first, r.second));
    let (actor, what) = (by.member, "set_commission_rate");
    let deed = Deed { actor, what, subject: of, was: scope.code(), became: &became, reason: "" };
    audit_log::write(tx, &mut w, c, deed);
    let (kind, actor) = ("commission_terms_set", Some(by.member));
    facts::write(tx, &mut w, c, Fact { kind, subject: of, actor, body: "{}" });
    tx.run(w)
}

fn allowed(tx: &mut Tx<'_>, who: Who) -> Result<Who, Stop<Refused>> {
    let by = who::member_is(tx, who.community, who.member)?;
    Ok(by.filter(|w| w.rights.may(Right::Campaigns)).ok_or(Refused::NotAllowed)?)
}
