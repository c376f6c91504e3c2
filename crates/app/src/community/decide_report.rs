//! Decide what was reported: leader, council or staff.
use super::keeper::keeper;
use super::line_at_hand::ends;
use super::tables_audit_log::{self as audit_log, Deed as Logged};
use super::tables_chat::{self as tables, Waiting};
use super::who;
use crate::content::{end_comment, end_post};
use crate::db::{Fault, Tx, Writes};
use crate::facts::{self, Fact};
use crate::reach::{self, Notice};
use crate::trust::hide_review;
use crate::{App, Stop};
use rules::base::{Id, Moment, id, text};
use rules::community::group::{self, Deed};
use rules::community::message::LineState;
use rules::community::moderation::{self, ReportState, Reported};
use rules::community::role::Right;
use rules::reach::notice::Kind as Told;

#[derive(Clone, Debug)]
pub struct DecideReport {
    pub community: Id<id::Community>,
    pub by: Id<id::Member>,
    pub report: Id<id::Report>,
    /// `true`: the report is right, and the message, post, comment or review is hidden. Members
    /// are muted or banned by their own verb.
    pub uphold: bool,
    /// Told to those who reported; what hides a post, comment or review needs it.
    pub note: String,
}

crate::refusals! {
    BadNote = "bad_note",
    /// Decided already, or never made.
    Gone = "gone",
    NotAllowed = "not_allowed",
    /// Whose post, comment or review is hidden is told why.
    ReasonMissing = "reason_missing",
    /// Somebody decided it a moment ago.
    Faster = "changed_meanwhile",
}

impl App {
    /// One decision answers everybody who reported the same thing.
    pub async fn decide_report(&self, now: Moment, cmd: DecideReport) -> Result<(), Stop<Refused>> {
        let note = group::optional(&cmd.note, 500).map_err(|_| Refused::BadNote)?;
        let cmd = DecideReport { note, ..cmd };
        self.db.write(now, move |tx| decides(tx, &cmd)).await
    }
}

fn allowed(tx: &mut Tx<'_>, cmd: &DecideReport, report: &Waiting) -> Result<bool, Stop<Refused>> {
    let c = cmd.community;
    if let Some(group) = report.group {
        let keeper = keeper(tx, c, cmd.by, group)?;
        return Ok(keeper.is_some_and(|k| k.may(Deed::Tend)));
    }
    let by = who::member_is(tx, c, cmd.by)?;
    Ok(by.is_some_and(|w| w.rights.may(moderation::right_over(report.kind))))
}

/// Takes away what was reported, in the way of the shelf that keeps it.
fn hides(
    tx: &mut Tx<'_>,
    w: &mut Writes<Refused>,
    cmd: &DecideReport,
    report: &Waiting,
) -> Result<(), Fault> {
    let (c, subject) = (cmd.community, report.subject);
    let reason = text::clip(&text::line(&cmd.note), 200);
    let by = (cmd.by, reason.as_str());
    match report.kind {
        Reported::Message => {
            let id = Id::of(subject);
            let line = tables::line(tx, c, id)?.filter(|l| l.state == LineState::Shown);
            if let Some(line) = line {
                ends(tx, w, c, (&line, id, LineState::Hidden), by, Refused::Faster)?;
            }
            Ok(())
        }
        Reported::Post => end_post::hides(tx, w, c, Id::of(subject), by, Refused::Faster),
        Reported::Comment => end_comment::hides(tx, w, c, Id::of(subject), by, Refused::Faster),
        Reported::Review => hide_review::hides(tx, w, c, Id::of(subject), by),
        Reported::Member => Ok(()),
    }
}

/// Those who reported it hear what came of it, when there is something to say.
fn tells(
    tx: &mut Tx<'_>,
    w: &mut Writes<Refused>,
    cmd: &DecideReport,
    report: &Waiting,
) -> Result<(), Fault> {
    if cmd.note.is_empty() {
        return Ok(());
    }
    let args = [("reason", cmd.note.as_str())];
    let (kind, subject, actor) = (Told::ReportDecided, cmd.report.raw(), Some(cmd.by));
    for reporter in tables::reporters(tx, cmd.community, (report.kind, report.subject))? {
        let notice = Notice { kind, subject, actor, args: &args };
        reach::notify(tx, w, cmd.community, reporter, notice)?;
    }
    Ok(())
}

fn decides(tx: &mut Tx<'_>, cmd: &DecideReport) -> Result<(), Stop<Refused>> {
    let (c, now) = (cmd.community, tx.now());
    let report = tables::waiting_report(tx, c, cmd.report)?.ok_or(Refused::Gone)?;
    if !allowed(tx, cmd, &report)? {
        return Err(Refused::NotAllowed.into());
    }
    let needs = moderation::right_over(report.kind) == Right::Content;
    if cmd.uphold && needs && cmd.note.is_empty() {
        return Err(Refused::ReasonMissing.into());
    }
    // after this point it must succeed, unless another was faster
    let mut w = Writes::default();
    let state = if cmd.uphold { ReportState::Upheld } else { ReportState::Dismissed };
    let about = (report.kind, report.subject);
    let (by, text) = ((cmd.by, now), (state.code(), cmd.note.as_str()));
    tells(tx, &mut w, cmd, &report)?;
    tables::decide(&mut w, c, about, text, by, Refused::Faster);
    if cmd.uphold {
        hides(tx, &mut w, cmd, &report)?;
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
