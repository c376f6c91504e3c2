//! Staff hide the words of a review and say why. Its stars stay counted.
use super::tables;
use crate::community::who;
use crate::content::end_post::reason;
use crate::db::{Fault, Tx, Writes};
use crate::facts::{self, Fact};
use crate::{App, Stop};
use rules::base::{Id, Moment, id, text};
use rules::community::role::Right;
use rules::trust::review::State;

#[derive(Clone, Debug)]
pub struct HideReview {
    pub community: Id<id::Community>,
    pub by: Id<id::Member>,
    pub review: Id<id::Review>,
    pub reason: String,
}

crate::refusals! {
    NotAMember = "not_a_member", StaffOnly = "staff_only", NoSuchReview = "no_such_review",
    ReasonMissing = "reason_missing", ReasonTooLong = "reason_too_long",
}

impl App {
    /// Hiding twice is hiding once, for the first reason.
    pub async fn hide_review(&self, now: Moment, x: HideReview) -> Result<(), Stop<Refused>> {
        self.db.write(now, move |tx| hide(tx, &x)).await
    }
}

fn hide(tx: &mut Tx<'_>, x: &HideReview) -> Result<(), Stop<Refused>> {
    let c = x.community;
    let who = who::member_is(tx, c, x.by)?.ok_or(Refused::NotAMember)?;
    if !who.rights.may(Right::Content) {
        return Err(Refused::StaffOnly.into());
    }
    let old = tables::review(tx, c, x.review)?.ok_or(Refused::NoSuchReview)?;
    let reason = reason(&x.reason, true).map_err(|u| match u {
        text::Unfit::TooLong => Refused::ReasonTooLong,
        _ => Refused::ReasonMissing,
    })?;
    if old.state == State::Hidden {
        return Ok(());
    }
    // after this point it must succeed, unless another was faster
    let mut w = Writes::default();
    ends(tx, &mut w, c, x.review, (x.by, &reason));
    tx.run(w)
}

fn ends<R>(
    tx: &Tx<'_>,
    w: &mut Writes<R>,
    c: Id<id::Community>,
    review: Id<id::Review>,
    (by, reason): (Id<id::Member>, &str),
) {
    tables::hide(w, c, review, reason, by);
    let fact = Fact { kind: "review_hidden", subject: review.raw(), actor: Some(by), body: "{}" };
    facts::write(tx, w, c, fact);
}

/// Hides a review that was reported with reason, in the transaction of that decision.
pub(crate) fn hides<R>(
    tx: &mut Tx<'_>,
    w: &mut Writes<R>,
    c: Id<id::Community>,
    review: Id<id::Review>,
    by: (Id<id::Member>, &str),
) -> Result<(), Fault> {
    let old = tables::review(tx, c, review)?;
    if old.is_some_and(|old| old.state == State::Shown) {
        ends(tx, w, c, review, by);
    }
    Ok(())
}
