//! Report something to those who look after the group or the community.
use super::keeper::keeper;
use super::tables_chat::{self as tables, NewReport};
use super::tables_people;
use super::who;
use crate::db::{Tx, Writes};
use crate::digest::sha256;
use crate::facts::{self, Fact};
use crate::{App, Stop};
use rules::base::{Id, Moment, id};
use rules::community::group;
use rules::community::message::LineState;
use rules::community::moderation::{ReportReason, Reported};
use rules::community::throttle;

#[derive(Clone, Debug)]
pub struct Report {
    pub community: Id<id::Community>,
    pub member: Id<id::Member>,
    pub id: Id<id::Report>,
    pub kind: Reported,
    /// The raw id of the message, post, comment, review or member.
    pub subject: i64,
    pub reason: ReportReason,
    pub words: String,
}

crate::refusals! {
    BadWords = "bad_words",
    NotAMember = "not_a_member",
    TooMany = "too_many_reports",
    /// There is nothing of this number that the member can see.
    NoSuchThing = "no_such_thing",
}

impl App {
    /// Reporting the same thing twice is reporting it once.
    pub async fn report(&self, now: Moment, cmd: Report) -> Result<(), Stop<Refused>> {
        let words = group::optional(&cmd.words, 500).map_err(|_| Refused::BadWords)?;
        let cmd = Report { words, ..cmd };
        Ok(self.db.write(now, move |tx| reports(tx, &cmd)).await??)
    }
}

/// The inner refusal is one whose try is counted: the transaction ends well.
fn reports(tx: &mut Tx<'_>, cmd: &Report) -> Result<Result<(), Refused>, Stop<Refused>> {
    let (c, member) = (cmd.community, cmd.member);
    who::member_is(tx, c, member)?.ok_or(Refused::NotAMember)?;
    let bucket = sha256(&format!("reports of {}", member.raw()));
    if !tables_people::tried(tx, &bucket, throttle::REPORTS)? {
        return Ok(Err(Refused::TooMany));
    }
    let group = match cmd.kind {
        Reported::Message => {
            let line = tables::line(tx, c, Id::of(cmd.subject))?;
            let line = line.filter(|l| l.state == LineState::Shown);
            let group = line.ok_or(Refused::NoSuchThing)?.group;
            let keeper = keeper(tx, c, member, group)?;
            keeper.and_then(|k| k.role).ok_or(Refused::NoSuchThing)?;
            Some(group)
        }
        Reported::Member => {
            who::member_is(tx, c, Id::of(cmd.subject))?.ok_or(Refused::NoSuchThing)?;
            None
        }
        // their shelves own those tables; a number that names nothing is dismissed
        Reported::Post | Reported::Comment | Reported::Review => None,
    };
    // after this point it must succeed
    let mut w = Writes::default();
    let new = NewReport {
        id: cmd.id,
        kind: cmd.kind,
        subject: cmd.subject,
        group,
        reporter: member,
        reason: cmd.reason,
        words: &cmd.words,
    };
    tables::report(&mut w, c, &new, tx.now());
    let body = format!(r#"{{"kind":"{}","subject":{}}}"#, cmd.kind.code(), cmd.subject);
    let (kind, subject, actor) = ("reported", cmd.id.raw(), Some(member));
    facts::write(tx, &mut w, c, Fact { kind, subject, actor, body: &body });
    tx.run(w)?;
    Ok(Ok(()))
}
