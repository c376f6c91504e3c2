//! How a community binds members to those who brought them, and for how long a link counts.
use super::tables_binding as bindings;
use crate::community::tables_audit_log::{self as audit_log, Deed};
use crate::community::who::{self, Who};
use crate::db::{Tx, Writes};
use crate::facts::{self, Fact};
use crate::{App, Stop};
use rules::base::Moment;
use rules::community::role::Right;
use rules::spread::binding::{self, Terms, Unfit};

crate::refusals! {
    NotAllowed = "not_allowed",
    ProtectDays = "protect_days_unfit",
    CreditDays = "credit_days_unfit",
}
impl From<Unfit> for Refused {
    fn from(u: Unfit) -> Refused {
        match u {
            Unfit::ProtectDays => Refused::ProtectDays,
            Unfit::CreditDays => Refused::CreditDays,
        }
    }
}

fn told(t: Terms) -> String {
    format!("{} {} {}", t.mode.code(), t.protect_days, t.credit_days)
}

impl App {
    /// Bindings that stand keep the mode they were made under.
    pub async fn set_spread_terms(
        &self,
        now: Moment,
        who: Who,
        terms: Terms,
    ) -> Result<(), Stop<Refused>> {
        let verb = move |tx: &mut Tx<'_>| {
            let c = who.community;
            let by = who::member_is(tx, c, who.member)?;
            let by = by.filter(|w| w.rights.may(Right::Campaigns)).ok_or(Refused::NotAllowed)?;
            binding::check(terms).map_err(Refused::from)?;
            let old = bindings::terms(tx, c)?;
            // after this point it must succeed
            let mut w: Writes<Refused> = Writes::default();
            bindings::set_terms(&mut w, c, terms);
            let (was, became) = (told(old), told(terms));
            let deed = Deed {
                actor: by.member,
                what: "set_spread_terms",
                subject: c.raw(),
                was: &was,
                became: &became,
                reason: "",
            };
            audit_log::write(tx, &mut w, c, deed);
            let fact = Fact {
                kind: "spread_terms_set",
                subject: c.raw(),
                actor: Some(by.member),
                body: "{}",
            };
            facts::write(tx, &mut w, c, fact);
            tx.run(w)
        };
        self.db.write(now, verb).await
    }
}
