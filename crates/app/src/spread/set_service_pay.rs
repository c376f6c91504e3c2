//! What leaders are paid for serving lists: the community's terms, and those of a group that is
//! harder or easier to serve. The owner alone decides: staff and leaders may be whom it pays.
use super::tables_service_pay as tables;
use crate::community::tables_audit_log::{self as audit_log, Deed};
use crate::community::who::{self, Who};
use crate::db::{Tx, Writes};
use crate::facts::{self, Fact};
use crate::{App, Stop};
use rules::base::{Id, Moment, id};
use rules::community::role::Role;
use rules::spread::service_pay::{self as service, Terms, Unfit};

crate::refusals! {
    NotAllowed = "not_allowed",
    NoSuchGroup = "no_such_group",
    Rate = "service_rate_unfit",
    Flat = "service_flat_unfit",
}
impl From<Unfit> for Refused {
    fn from(u: Unfit) -> Refused {
        match u {
            Unfit::Rate => Refused::Rate,
            Unfit::Flat => Refused::Flat,
        }
    }
}

fn told(t: Option<Terms>) -> String {
    t.map_or("none".into(), |t| format!("{} + {}", t.rate, t.flat))
}

impl App {
    /// For lists to come; those that are open keep what they promised. No group: the community's.
    /// No terms: the group has none of its own any more.
    pub async fn set_service(
        &self,
        now: Moment,
        who: Who,
        group: Option<Id<id::Group>>,
        terms: Option<Terms>,
    ) -> Result<(), Stop<Refused>> {
        self.db.write(now, move |tx| set(tx, who, group, terms)).await
    }
}

fn set(
    tx: &mut Tx<'_>,
    who: Who,
    group: Option<Id<id::Group>>,
    terms: Option<Terms>,
) -> Result<(), Stop<Refused>> {
    let c = who.community;
    let by = who::member_is(tx, c, who.member)?.filter(|w| w.role == Role::Owner);
    let by = by.ok_or(Refused::NotAllowed)?;
    if let Some(group) = group
        && !tables::group_exists(tx, c, group)?
    {
        return Err(Refused::NoSuchGroup.into());
    }
    if let Some(t) = terms {
        service::check(t).map_err(Refused::from)?;
    }
    let was = tables::own_terms(tx, c, group)?;
    // after this point it must succeed
    let mut w: Writes<Refused> = Writes::default();
    tables::set_terms(&mut w, c, group, terms);
    let (actor, subject, what) = (by.member, group.map_or(c.raw(), Id::raw), "set_service");
    let (was, became) = (told(was), told(terms));
    let deed = Deed { actor, what, subject, was: &was, became: &became, reason: "" };
    audit_log::write(tx, &mut w, c, deed);
    let (kind, actor) = ("service_terms_set", Some(by.member));
    facts::write(tx, &mut w, c, Fact { kind, subject, actor, body: "{}" });
    tx.run(w)
}
