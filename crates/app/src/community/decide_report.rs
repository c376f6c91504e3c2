//! Decide what was reported: leader, council or staff.
use super::keeper::keeper;
use super::line_at_hand::ends;
use super::tables_audit_log::{self as audit_log, Deed as Logged};
use super::tables_chat::{self as tables, Waiting};
use super::who;
use crate::db::{Tx, Writes};
use crate::facts::{self, Fact};
use crate::{App, Stop};
use rules::base::{Id, Moment, id};
use rules::community::group::{self, Deed};
use rules::community::message::LineState;
use rules::community::moderation::{ReportState, Reported};
use rules::community::role::Right;

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
    BadNote = "bad_note",
    /// Decided already, or never made.
    Gone = "gone",
    NotAllowed = "not_allowed",
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
    Ok(by.is_some_and(|w| w.rights.may(Right::Members) || w.rights.may(Right::Content)))
}

fn decides(tx: &mut Tx<'_>, cmd: &DecideReport) -> Result<(), Stop<Refused>> {
    let (c, now) = (cmd.community, tx.now());
    let report = tables::waiting_report(tx, c, cmd.report)?.ok_or(Refused::Gone)?;
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
            ends(tx, &mut w, c, which, (cmd.by, &cmd.note), Refused::Faster)?;
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
