//! The job that sends one message to one endpoint: ten tries over 75 hours, always under the same
//! number. A try that was cut off between the call and its record is made once more; receivers
//! know it by that number.
use super::event_body::event_body;
use super::tables_webhook::{self as tables, Known, Try};
use crate::community::audit_log::{self, Deed};
use crate::community::who::{self, Who};
use crate::db::{Tx, Writes};
use crate::jobs::{self, Job, Kind};
use crate::{App, Stop};
use gateway::outward::Answer;
use gateway::webhooks::Message;
use rules::base::moment::SECOND;
use rules::base::{Id, Moment, id};
use rules::community::role::Role;
use rules::reach::webhook::{Delivery, State, wait};

crate::refusals! {
    NotAllowed = "not_allowed",
    NoSuchDelivery = "no_such_delivery",
    /// Its endpoint has ended: there is nobody to send it to.
    Ended = "webhook_ended",
    /// It waits for its next try already.
    Waits = "delivery_waits",
    LeaseLost = "lease_lost",
    Moved = "moved",
}

impl App {
    pub(crate) async fn deliver_webhook(&self, now: Moment, job: Job) -> Result<(), Stop<Refused>> {
        let (c, id) = (job.community, Id::<id::Delivery>::of(job.subject));
        let known = self.db.read(move |rx| tables::delivery(rx, c, id)).await?;
        let known = known.ok_or(Refused::NoSuchDelivery)?;
        if known.state != Delivery::Waiting || known.endpoint.state != State::Active {
            return self.db.write(now, move |tx| over(tx, &job)).await;
        }
        let answer = self.call(now, c, &known).await;
        self.db.write(now, move |tx| record(tx, &job, &known, &answer)).await
    }
    async fn call(&self, now: Moment, c: Id<id::Community>, known: &Known) -> Answer {
        let Some(body) = event_body(c, &known.fact) else { return Answer::Nothing("no_event") };
        let (end, webhooks) = (&known.endpoint, &self.gateway.webhooks);
        let secret = |version| webhooks.secret(c.raw(), known.webhook.raw(), version);
        let mut secrets = vec![secret(end.version)];
        if end.version > 1 && now < end.old_until {
            secrets.push(secret(end.version - 1));
        }
        let (id, at) = (known.fact.id.to_string(), now.0 / SECOND);
        let message = Message { url: &end.url, id: &id, at, body: &body, secrets: &secrets };
        webhooks.send(&message).await
    }
    /// The owner asks for a message once more, with all its tries.
    pub async fn replay_delivery(
        &self,
        now: Moment,
        who: Who,
        id: Id<id::Delivery>,
    ) -> Result<(), Stop<Refused>> {
        self.db.write(now, move |tx| replay(tx, who, id)).await
    }
}

fn over(tx: &mut Tx<'_>, job: &Job) -> Result<(), Stop<Refused>> {
    let mut w = Writes::default();
    jobs::done(tx, &mut w, job, Refused::LeaseLost);
    tx.run(w)
}

/// `Retry-After`: seconds, or a moment.
fn asked(text: &str, now: Moment) -> Option<i64> {
    let text = text.trim();
    if let Ok(seconds) = text.parse::<i64>() {
        return Some(seconds.clamp(0, 1_000_000) * SECOND);
    }
    let at = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(text).ok()?;
    Some(at.as_millisecond() - now.0)
}

fn record(tx: &mut Tx<'_>, job: &Job, k: &Known, answer: &Answer) -> Result<(), Stop<Refused>> {
    let (c, now, mut w) = (job.community, tx.now(), Writes::default());
    let (status, reason, after) = match answer {
        Answer::Status(status, after) => (Some(i64::from(*status)), "", after.as_deref()),
        Answer::Forbidden => (None, "forbidden", None),
        Answer::Nothing(why) => (None, *why, None),
    };
    let good = status.is_some_and(|s| (200..300).contains(&s));
    let next = wait(k.tries + 1, after.and_then(|text| asked(text, now)));
    let becomes = match (good, status, next) {
        (true, _, _) => Delivery::Delivered,
        (false, Some(410), _) => Delivery::Cancelled,
        (false, _, Some(_)) => Delivery::Waiting,
        (false, _, None) => Delivery::GaveUp,
    };
    let due = now.plus(next.filter(|_| becomes == Delivery::Waiting).unwrap_or(0));
    let id = Id::of(job.subject);
    let tried = Try { id, tries: k.tries, becomes, status, reason, next: due };
    tables::tried(&mut w, c, &tried, now, Refused::Moved);
    match becomes {
        Delivery::Waiting => jobs::put_off(&mut w, job, due, Refused::LeaseLost),
        _ => jobs::done(tx, &mut w, job, Refused::LeaseLost),
    }
    if status == Some(410) {
        tables::end(&mut w, c, (k.webhook, State::Gone), now, Refused::Moved);
    }
    tx.run(w)
}

fn replay(tx: &mut Tx<'_>, who: Who, id: Id<id::Delivery>) -> Result<(), Stop<Refused>> {
    let (c, now) = (who.community, tx.now());
    let owner = who::member_is(tx, c, who.member)?.filter(|w| w.role == Role::Owner);
    owner.ok_or(Refused::NotAllowed)?;
    let known = tables::delivery(tx, c, id)?.ok_or(Refused::NoSuchDelivery)?;
    if known.endpoint.state != State::Active {
        return Err(Refused::Ended.into());
    }
    if known.state == Delivery::Waiting {
        return Err(Refused::Waits.into());
    }
    let mut w = Writes::default();
    tables::again(&mut w, c, id, now, Refused::Waits);
    jobs::afresh(&mut w, c, Kind::DeliverWebhook, id.raw(), now);
    let (actor, subject, what) = (who.member, id.raw(), "replay_delivery");
    let was = known.state.code();
    let deed = Deed { actor, what, subject, was, became: "waiting", reason: "" };
    audit_log::write(tx, &mut w, c, deed);
    tx.run(w)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_after_as_servers_write_it() {
        // Sun, 06 Nov 1994 08:49:37 GMT
        let now = Moment(784_111_777_000);
        let table = [
            ("120", Some(120 * SECOND)),
            (" 0 ", Some(0)),
            ("-5", Some(0)),
            ("99999999999", Some(1_000_000 * SECOND)),
            ("Sun, 06 Nov 1994 08:50:37 GMT", Some(60 * SECOND)),
            ("soon", None),
            ("", None),
        ];
        for (text, says) in table {
            assert_eq!(asked(text, now), says, "{text}");
        }
    }
}
