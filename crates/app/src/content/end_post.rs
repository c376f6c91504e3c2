//! Take a post away: its writer removes it, staff hide it and say why.
use super::tables::{self, Ending};
use super::{tables_search, writer};
use crate::db::{Fault, Tx, Writes};
use crate::facts::{self, Fact};
use crate::{App, Stop};
use rules::base::{Id, Moment, id, text};
use rules::content::post::{self, State};
use rules::content::search::Kind as Doc;

#[derive(Clone, Debug)]
pub struct EndPost {
    pub community: Id<id::Community>,
    pub by: Id<id::Member>,
    pub id: Id<id::Post>,
    /// Needed from staff; the writer may leave it empty.
    pub reason: String,
}

crate::refusals! {
    NotAMember = "not_a_member", NoSuchPost = "no_such_post", NotYours = "not_yours",
    ReasonMissing = "reason_missing", ReasonTooLong = "reason_too_long",
    /// It is hidden already, and only staff could have done that.
    Ended = "ended",
    /// Somebody ended it in the same moment.
    Faster = "ended_meanwhile",
}

/// A cleaned reason: staff owe one.
pub(crate) fn reason(typed: &str, needed: bool) -> Result<String, text::Unfit> {
    match text::fit(text::line(typed), 200) {
        Err(text::Unfit::Empty) if !needed => Ok(String::new()),
        out => out,
    }
}

impl App {
    /// Ending one's own post twice is ending it once.
    pub async fn end_post(&self, now: Moment, x: EndPost) -> Result<State, Stop<Refused>> {
        self.db.write(now, move |tx| end(tx, &x)).await
    }
}

fn end(tx: &mut Tx<'_>, x: &EndPost) -> Result<State, Stop<Refused>> {
    let (c, now) = (x.community, tx.now());
    let (_, acting) = writer(tx, c, x.by, now)?.ok_or(Refused::NotAMember)?;
    let old = tables::post(tx, c, x.id)?.ok_or(Refused::NoSuchPost)?;
    let own = old.member == x.by;
    let becomes = post::may_end(acting, own).map_err(|_| Refused::NotYours)?;
    let reason = reason(&x.reason, becomes == State::Hidden).map_err(|u| match u {
        text::Unfit::TooLong => Refused::ReasonTooLong,
        _ => Refused::ReasonMissing,
    })?;
    if old.state == becomes {
        return Ok(becomes);
    }
    if matches!(old.state, State::Hidden | State::Removed) {
        return Err(Refused::Ended.into());
    }
    // after this point it must succeed, unless another was faster
    let mut w = Writes::default();
    ends(tx, &mut w, c, (x.id, becomes), (x.by, &reason), Refused::Faster);
    tx.run(w)?;
    Ok(becomes)
}

fn ends<R>(
    tx: &Tx<'_>,
    w: &mut Writes<R>,
    c: Id<id::Community>,
    (post, becomes): (Id<id::Post>, State),
    (by, reason): (Id<id::Member>, &str),
    faster: R,
) {
    tables::end(w, c, post, becomes, Ending { reason, by }, tx.now(), faster);
    tables_search::unindex(w, c, Doc::Post, post.raw());
    let kind = if becomes == State::Hidden { "post_hidden" } else { "post_removed" };
    let fact = Fact { kind, subject: post.raw(), actor: Some(by), body: "{}" };
    facts::write(tx, w, c, fact);
}

/// Hides a post that was reported with reason, in the transaction of that decision. One that is
/// gone already stays as it is.
pub(crate) fn hides<R>(
    tx: &mut Tx<'_>,
    w: &mut Writes<R>,
    c: Id<id::Community>,
    post: Id<id::Post>,
    by: (Id<id::Member>, &str),
    faster: R,
) -> Result<(), Fault> {
    let old = tables::post(tx, c, post)?;
    if old.is_some_and(|old| !matches!(old.state, State::Hidden | State::Removed)) {
        ends(tx, w, c, (post, State::Hidden), by, faster);
    }
    Ok(())
}
