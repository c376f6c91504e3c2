//! Report something, and decide what was reported.
use super::change_message::ends;
use super::keeper::keeper;
use super::tables_audit_log::{self as audit_log, Deed as Logged};
use super::tables_chat::{self as tables, NewReport, Waiting};
use super::tables_people;
use super::who;
use crate::db::{Tx, Writes};
use crate::digest::sha256;
use crate::facts::{self, Fact};
use crate::{App, Stop};
use rules::base::{Id, Moment, id};
use rules::community::group::{self, Deed};
use rules::community::message::LineState;
use rules::community::moderation::{ReportReason, ReportState, Reported};
use rules::community::role::Right;
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
#[derive(Clone, Debug)]
pub struct DecideReport {
    pub community: Id<id::Community>,
    pub by: Id<id::Member>,
    pub report: Id<id::Report>,
    /// `true`: the report is right and a message is hidden. Posts, comments and reviews are
    /// hidden by their own shelf's verb, members are muted or banned by theirs.
    pub uphold: bool,
    pub note: String,
}

crate::refusals! {
    BadWords = "bad_words",
    NotAMember = "not_a_member",
    TooMany = "too_many_reports",
    /// There is nothing of this number that the member can see; or it was decided already.
    NoSuchThing = "no_such_thing",
    NotAllowed = "not_allowed",
    /// Somebody decided it a moment ago.
    Faster = "changed_meanwhile",
}

impl App {
    /// Reporting the same thing twice is reporting it once.
    pub async fn report(&self, now: Moment, cmd: Report) -> Result<(), Stop<Refused>> {
        let words = group::optional(&cmd.words, 500).map_err(|_| Refused::BadWords)?;
        let cmd = Report { words, ..cmd };
        Ok(self.db.write(now, move |tx| reports(tx, &cmd)).await??)
    }
    pub async fn decide_report(&self, now: Moment, cmd: DecideReport) -> Result<(), Stop<Refused>> {
        let note = group::optional(&cmd.note, 500).map_err(|_| Refused::BadWords)?;
        let cmd = DecideReport { note, ..cmd };
        self.db.write(now, move |tx| decides(tx, &cmd)).await
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

fn allowed(tx: &mut Tx<'_>, cmd: &DecideReport, report: &Waiting) -> Result<bool, Stop<Refused>> {
    let c = cmd.community;
    if let Some(group) = report.group {
        let keeper = keeper(tx, c, cmd.by, group)?;
        return Ok(keeper.is_some_and(|k| k.may(Deed::Tend)));
    }
    let by = who::member_is(tx, c, cmd.by)?;
    Ok(by.is_some_and(|w| w.rights.may(Right::Members) || w.rights.may(Right::Content)))
}

fn decides(tx: &mut Tx<'_>, cmd: &DecideReport) -> Result<(), Stop<Refused>> {
    let (c, now) = (cmd.community, tx.now());
    who::member_is(tx, c, cmd.by)?.ok_or(Refused::NotAMember)?;
    let report = tables::waiting_report(tx, c, cmd.report)?.ok_or(Refused::NoSuchThing)?;
    if !allowed(tx, cmd, &report)? {
        return Err(Refused::NotAllowed.into());
    }
    // after this point it must succeed, unless another was faster
    let mut w = Writes::default();
    let state = if cmd.uphold { ReportState::Upheld } else { ReportState::Dismissed };
    let about = (report.kind, report.subject);
    let (by, text) = ((cmd.by, now), (state.code(), cmd.note.as_str()));
    tables::decide(&mut w, c, about, text, by, Refused::Faster);
    if cmd.uphold && report.kind == Reported::Message {
        let id = Id::of(report.subject);
        let line = tables::line(tx, c, id)?.filter(|l| l.state == LineState::Shown);
        if let Some(line) = line {
            let which = (&line, id, LineState::Hidden);
            ends(tx, &mut w, c, which, (cmd.by, &cmd.note), Refused::Faster)?
                .ok_or(Refused::NoSuchThing)?;
        }
    }
    let deed = Logged {
        actor: cmd.by,
        what: "decide_report",
        subject: report.subject,
        was: report.kind.code(),
        became: state.code(),
        reason: &cmd.note,
    };
    audit_log::write(tx, &mut w, c, deed);
    let body = format!(r#"{{"kind":"{}","subject":{}}}"#, report.kind.code(), report.subject);
    let kind = if cmd.uphold { "report_upheld" } else { "report_dismissed" };
    let (subject, actor) = (cmd.report.raw(), Some(cmd.by));
    facts::write(tx, &mut w, c, Fact { kind, subject, actor, body: &body });
    tx.run(w)
}
