//! The same words into several groups at once: each group has a delivery of its own, with a job and
//! a number that its line will carry, so that whatever happens in between it is said once.
use super::tables_relay::{self as tables, NewRelay};
use crate::community::who::{self, Who};
use crate::community::{Card, post_card, tends};
use crate::db::{Tx, Writes};
use crate::facts::Fact;
use crate::jobs::{self, Job, Kind};
use crate::{App, Stop, facts};
use rules::base::{Id, Moment, id, text};
use rules::community::message::{self, MOST, MessageKind, Unsayable};
use rules::reach::relay::{self, MOST_GROUPS, Reason, State};
use std::collections::BTreeSet;

/// One of the groups.
#[derive(Clone, Debug)]
pub struct To {
    pub group: Id<id::Group>,
    /// Its own wording; empty: what all get.
    pub text: String,
    /// `None`: at once.
    pub at: Option<Moment>,
}
#[derive(Clone, Debug)]
pub struct RelayMessage {
    pub who: Who,
    /// Minted into the form: sent twice, it is one relay.
    pub id: Id<id::Relay>,
    pub text: String,
    /// The address of what it points to, below the words; may be empty.
    pub link: String,
    pub to: Vec<To>,
}

crate::refusals! {
    NotAllowed = "not_allowed",
    NoSuchRelay = "no_such_relay",
    /// Another relay carries this number.
    IdUsed = "id_taken",
    NothingChosen = "nothing_chosen",
    TooManyGroups = "too_many_groups",
    NoSuchGroup = "no_such_group",
    NotYourGroup = "not_your_group",
    Empty = "empty",
    TooLong = "line_too_long",
    BadTime = "bad_time",
    Muted = "muted",
    Faster = "changed_meanwhile",
    LeaseLost = "lease_lost",
}
impl From<Unsayable> for Refused {
    fn from(u: Unsayable) -> Refused {
        match u {
            Unsayable::Empty => Refused::Empty,
            Unsayable::TooLong => Refused::TooLong,
        }
    }
}

impl App {
    pub async fn relay_message(&self, now: Moment, cmd: RelayMessage) -> Result<(), Stop<Refused>> {
        self.db.write(now, move |tx| begin(tx, &cmd)).await
    }
    /// Takes back what has not gone out yet.
    pub async fn cancel_relay(
        &self,
        now: Moment,
        who: Who,
        id: Id<id::Relay>,
    ) -> Result<(), Stop<Refused>> {
        self.db.write(now, move |tx| cancel(tx, who, id)).await
    }
    pub(crate) async fn send_relay(&self, now: Moment, job: Job) -> Result<(), Stop<Refused>> {
        self.db.write(now, move |tx| send(tx, &job)).await
    }
}

/// The words of one group as they will stand there.
fn worded(all: &str, to: &To, link: &str) -> Result<String, Refused> {
    let own = if to.text.trim().is_empty() { all } else { &to.text };
    let whole = match link {
        "" => own.to_owned(),
        link => format!("{own}\n{link}"),
    };
    Ok(message::words(&whole, MessageKind::Text)?)
}

fn begin(tx: &mut Tx<'_>, r: &RelayMessage) -> Result<(), Stop<Refused>> {
    let (c, now) = (r.who.community, tx.now());
    let who = who::member_is(tx, c, r.who.member)?.ok_or(Refused::NotAllowed)?;
    if let Some(by) = tables::known(tx, c, r.id)? {
        return if by == who.member { Ok(()) } else { Err(Refused::IdUsed.into()) };
    }
    let groups: BTreeSet<i64> = r.to.iter().map(|t| t.group.raw()).collect();
    if r.to.is_empty() {
        return Err(Refused::NothingChosen.into());
    }
    if r.to.len() > MOST_GROUPS || groups.len() != r.to.len() {
        return Err(Refused::TooManyGroups.into());
    }
    for to in &r.to {
        match tends(tx, c, who.member, to.group)? {
            Some(true) => {}
            Some(false) => return Err(Refused::NotYourGroup.into()),
            None => return Err(Refused::NoSuchGroup.into()),
        }
    }
    let mut lines = Vec::new();
    for to in &r.to {
        let due = relay::due(now, to.at).ok_or(Refused::BadTime)?;
        lines.push((to.group, worded(&r.text, to, &r.link)?, due));
    }
    if who.muted_until.is_some_and(|until| until > now) {
        return Err(Refused::Muted.into());
    }

    // after this point it must succeed, unless another was faster
    let mut w = Writes::default();
    let text = text::clip(&text::lines(&r.text), MOST);
    let new = NewRelay { id: r.id, by: who.member, text: &text, link: &r.link };
    tables::add(&mut w, c, &new, now, Refused::Faster);
    for (group, text, due) in &lines {
        let to: Id<id::Message> = tx.mint();
        tables::add_to(&mut w, c, (r.id, to), (*group, text), *due, Refused::Faster);
        jobs::later(&mut w, c, Kind::SendRelay, to.raw(), *due);
    }
    let body = format!(r#"{{"groups":{}}}"#, lines.len());
    let (kind, subject, actor) = ("relay_begun", r.id.raw(), Some(who.member));
    facts::write(tx, &mut w, c, Fact { kind, subject, actor, body: &body });
    tx.run(w)
}

fn cancel(tx: &mut Tx<'_>, who: Who, id: Id<id::Relay>) -> Result<(), Stop<Refused>> {
    let c = who.community;
    let by = tables::known(tx, c, id)?.filter(|by| *by == who.member);
    by.ok_or(Refused::NoSuchRelay)?;
    let (mut w, now) = (Writes::default(), tx.now());
    tables::cancel(&mut w, c, id, now);
    let (kind, subject, actor) = ("relay_cancelled", id.raw(), Some(who.member));
    facts::write(tx, &mut w, c, Fact { kind, subject, actor, body: "{}" });
    tx.run(w)
}

/// The job: the line, the state and the end of the job are one transaction.
fn send(tx: &mut Tx<'_>, job: &Job) -> Result<(), Stop<Refused>> {
    let (c, id, now) = (job.community, Id::<id::Message>::of(job.subject), tx.now());
    let one = tables::one(tx, c, id)?.ok_or(Refused::NoSuchRelay)?;
    let mut w = Writes::default();
    if !matches!(one.state, State::Queued | State::Failed) {
        jobs::done(tx, &mut w, job, Refused::LeaseLost);
        return tx.run(w);
    }
    let by = who::member_is(tx, c, one.by)?;
    let why = match (tends(tx, c, one.by, one.group)?, by) {
        (None, _) => Some(Reason::NoSuchGroup),
        (Some(false), _) | (_, None) => Some(Reason::NotAllowed),
        (_, Some(by)) => by.muted_until.filter(|until| *until > now).map(|_| Reason::Muted),
    };
    if let Some(reason) = why {
        let again = relay::wait(reason, one.failed).map(|wait| now.plus(wait));
        tables::failed(&mut w, c, (id, reason), again, now, Refused::Faster);
        match again {
            Some(due) => jobs::put_off(&mut w, job, due, Refused::LeaseLost),
            None => jobs::done(tx, &mut w, job, Refused::LeaseLost),
        }
        return tx.run(w);
    }
    tables::sent(&mut w, c, id, now, Refused::Faster);
    jobs::done(tx, &mut w, job, Refused::LeaseLost);
    let body = format!(r#"{{"group":{},"kind":"text","state":"shown"}}"#, one.group.raw());
    let fact = Fact { kind: "message_posted", subject: id.raw(), actor: Some(one.by), body: &body };
    facts::write(tx, &mut w, c, fact);
    let kind = MessageKind::Text;
    let card = Card { group: one.group, id, member: one.by, kind, body: &one.text };
    if !post_card(tx, &mut w, c, &card, Refused::Faster)? {
        return Err(Refused::NoSuchGroup.into());
    }
    tx.run(w)
}
