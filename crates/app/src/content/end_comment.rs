//! Take a comment away: its writer removes it, staff hide it and say why.
use super::end_post::reason;
use super::tables::{self, Ending};
use super::writer;
use crate::db::{Fault, Tx, Writes};
use crate::facts::{self, Fact};
use crate::{App, Stop};
use rules::base::{Id, Moment, id, text};
use rules::content::comment::State;
use rules::content::post::{self, State as PostState};

#[derive(Clone, Debug)]
pub struct EndComment {
    pub community: Id<id::Community>,
    pub by: Id<id::Member>,
    pub id: Id<id::Comment>,
    /// Needed from staff; the writer may leave it empty.
    pub reason: String,
}

crate::refusals! {
    NotAMember = "not_a_member", NoSuchComment = "no_such_comment", NotYours = "not_yours",
    ReasonMissing = "reason_missing", ReasonTooLong = "reason_too_long",
    /// Somebody ended it in the same moment; the verb runs once more, so callers do not see this.
    Faster = "ended_meanwhile",
}

impl App {
    /// Ending a comment that is gone changes nothing.
    pub async fn end_comment(&self, now: Moment, x: EndComment) -> Result<State, Stop<Refused>> {
        let verb = move |tx: &mut Tx<'_>| end(tx, &x);
        let again = verb.clone();
        match self.db.write(now, verb).await {
            Err(Stop::Refused(Refused::Faster)) => self.db.write(now, again).await,
            out => out,
        }
    }
}

fn end(tx: &mut Tx<'_>, x: &EndComment) -> Result<State, Stop<Refused>> {
    let (c, now) = (x.community, tx.now());
    let (_, acting) = writer(tx, c, x.by, now)?.ok_or(Refused::NotAMember)?;
    let old = tables::comment(tx, c, x.id)?.ok_or(Refused::NoSuchComment)?;
    let becomes = match post::may_end(acting, old.member == x.by) {
        Ok(PostState::Hidden) => State::Hidden,
        Ok(_) => State::Removed,
        Err(_) => return Err(Refused::NotYours.into()),
    };
    let reason = reason(&x.reason, becomes == State::Hidden).map_err(|u| match u {
        text::Unfit::TooLong => Refused::ReasonTooLong,
        _ => Refused::ReasonMissing,
    })?;
    if old.state != State::Shown {
        return Ok(old.state);
    }
    // after this point it must succeed, unless another was faster
    let mut w = Writes::default();
    ends(tx, &mut w, c, (x.id, old.post, becomes), (x.by, &reason), Refused::Faster);
    tx.run(w)?;
    Ok(becomes)
}

fn ends<R: Copy>(
    tx: &Tx<'_>,
    w: &mut Writes<R>,
    c: Id<id::Community>,
    (comment, post, becomes): (Id<id::Comment>, Id<id::Post>, State),
    (by, reason): (Id<id::Member>, &str),
    faster: R,
) {
    tables::end_comment(w, c, comment, post, becomes, Ending { reason, by }, faster);
    let kind = if becomes == State::Hidden { "comment_hidden" } else { "comment_removed" };
    let body = format!("{{\"post\":{}}}", post.raw());
    let fact = Fact { kind, subject: comment.raw(), actor: Some(by), body: &body };
    facts::write(tx, w, c, fact);
}

/// Hides a comment that was reported with reason, in the transaction of that decision. One that is
/// gone already stays as it is.
pub(crate) fn hides<R: Copy>(
    tx: &mut Tx<'_>,
    w: &mut Writes<R>,
    c: Id<id::Community>,
    comment: Id<id::Comment>,
    by: (Id<id::Member>, &str),
    faster: R,
) -> Result<(), Fault> {
    let old = tables::comment(tx, c, comment)?.filter(|old| old.state == State::Shown);
    if let Some(old) = old {
        ends(tx, w, c, (comment, old.post, State::Hidden), by, faster);
    }
    Ok(())
}
