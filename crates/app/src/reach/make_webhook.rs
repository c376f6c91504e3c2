//! An endpoint of another program: made, given a new secret, ended. Each secret is shown once.
use super::tables_webhook::{self as tables, NewWebhook};
use crate::community::audit_log::{self, Deed};
use crate::community::who::{self, Who};
use crate::db::{Tx, Writes};
use crate::{App, Stop};
use rules::base::{Id, Moment, id};
use rules::community::role::Role;
use rules::reach::event;
use rules::reach::webhook::{self, MOST, OVERLAP, State, Unfit};

#[derive(Clone, Debug)]
pub struct MakeWebhook {
    pub who: Who,
    /// Minted into the form: sent twice, it is one endpoint.
    pub id: Id<id::Webhook>,
    pub url: String,
    /// Names of events.
    pub events: Vec<String>,
}

crate::refusals! {
    NotAllowed = "not_allowed",
    NoSuchWebhook = "no_such_webhook",
    /// The form came twice; the secret was shown the first time.
    AlreadyMade = "already_made",
    BadAddress = "bad_address",
    NotHttps = "bad_address_plain",
    NothingChosen = "nothing_chosen",
    NoSuchEvent = "no_such_event",
    TooMany = "too_many_webhooks",
    Ended = "webhook_ended",
    Faster = "changed_meanwhile",
}
impl From<Unfit> for Refused {
    fn from(u: Unfit) -> Refused {
        match u {
            Unfit::BadAddress => Refused::BadAddress,
            Unfit::NotHttps => Refused::NotHttps,
        }
    }
}

impl App {
    /// The secret, `whsec_…`.
    pub async fn make_webhook(&self, now: Moment, m: MakeWebhook) -> Result<String, Stop<Refused>> {
        let plain = self.gateway.webhooks.outward.plain(m.url.trim());
        let secret = self.gateway.webhooks.secret(m.who.community.raw(), m.id.raw(), 1);
        self.db.write(now, move |tx| make(tx, &m, plain)).await?;
        Ok(secret)
    }
    /// A new secret; messages are signed with both for a day.
    pub async fn turn_webhook(
        &self,
        now: Moment,
        who: Who,
        id: Id<id::Webhook>,
    ) -> Result<String, Stop<Refused>> {
        let version = self.db.write(now, move |tx| turn(tx, who, id)).await?;
        Ok(self.gateway.webhooks.secret(who.community.raw(), id.raw(), version))
    }
    /// Nothing is sent there any more, and what waited is called off.
    pub async fn end_webhook(
        &self,
        now: Moment,
        who: Who,
        id: Id<id::Webhook>,
    ) -> Result<(), Stop<Refused>> {
        self.db.write(now, move |tx| end(tx, who, id)).await
    }
}

fn is_owner(tx: &mut Tx<'_>, who: Who) -> Result<(), Stop<Refused>> {
    let now = who::member_is(tx, who.community, who.member)?;
    match now.is_some_and(|w| w.role == Role::Owner) {
        true => Ok(()),
        false => Err(Refused::NotAllowed.into()),
    }
}

fn log(
    tx: &Tx<'_>,
    w: &mut Writes<Refused>,
    (who, id): (Who, Id<id::Webhook>),
    what: &'static str,
    (was, became): (&str, &str),
) {
    let (actor, subject) = (who.member, id.raw());
    let deed = Deed { actor, what, subject, was, became, reason: "" };
    audit_log::write(tx, w, who.community, deed);
}

fn make(tx: &mut Tx<'_>, m: &MakeWebhook, plain: bool) -> Result<(), Stop<Refused>> {
    is_owner(tx, m.who)?;
    let c = m.who.community;
    if tables::webhook(tx, c, m.id)?.is_some() {
        return Err(Refused::AlreadyMade.into());
    }
    let url = webhook::address(&m.url, plain).map_err(Refused::from)?;
    let events = event::chosen(m.events.iter().map(String::as_str)).ok_or(Refused::NoSuchEvent)?;
    if events.is_empty() {
        return Err(Refused::NothingChosen.into());
    }
    if tables::active(tx, c)? >= MOST {
        return Err(Refused::TooMany.into());
    }
    let facts: String = events.iter().map(|e| format!("{},", e.fact)).collect();
    let (facts, cursor) = (format!(",{facts}"), tables::sealed(tx, c)?);
    let new = NewWebhook { id: m.id, url: &url, facts: &facts, cursor, by: m.who.member };
    let mut w = Writes::default();
    tables::add(&mut w, c, &new, tx.now(), Refused::AlreadyMade);
    log(tx, &mut w, (m.who, m.id), "make_webhook", ("", &url));
    tx.run(w)
}

fn turn(tx: &mut Tx<'_>, who: Who, id: Id<id::Webhook>) -> Result<i64, Stop<Refused>> {
    is_owner(tx, who)?;
    let c = who.community;
    let known = tables::webhook(tx, c, id)?.ok_or(Refused::NoSuchWebhook)?;
    if known.state != State::Active {
        return Err(Refused::Ended.into());
    }
    let (mut w, until) = (Writes::default(), tx.now().plus(OVERLAP));
    tables::turn(&mut w, c, (id, known.version), until, Refused::Faster);
    log(tx, &mut w, (who, id), "turn_webhook", ("", ""));
    tx.run(w)?;
    Ok(known.version + 1)
}

fn end(tx: &mut Tx<'_>, who: Who, id: Id<id::Webhook>) -> Result<(), Stop<Refused>> {
    is_owner(tx, who)?;
    let c = who.community;
    let known = tables::webhook(tx, c, id)?.ok_or(Refused::NoSuchWebhook)?;
    if known.state != State::Active {
        return Ok(());
    }
    let mut w = Writes::default();
    tables::end(&mut w, c, (id, State::Ended), tx.now(), Refused::Faster);
    log(tx, &mut w, (who, id), "end_webhook", (&known.url, ""));
    tx.run(w)
}
