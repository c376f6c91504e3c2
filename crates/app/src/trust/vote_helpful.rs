//! Say that a review helped, or take it back; one voice a member, none on one's own.
use super::tables;
use crate::community::who;
use crate::db::{Tx, Writes};
use crate::facts::{self, Fact};
use crate::{App, Stop, p};
use rules::base::{Id, Moment, id};
use rules::trust::review::State;

#[derive(Clone, Debug)]
pub struct VoteHelpful {
    pub community: Id<id::Community>,
    pub by: Id<id::Member>,
    pub review: Id<id::Review>,
    /// What it shall be, not a switch: a repeated form does not undo itself.
    pub helpful: bool,
}

crate::refusals! {
    NotAMember = "not_a_member", Muted = "muted", NoSuchReview = "no_such_review", Own = "own",
}

impl App {
    /// Returns how many found it helpful.
    pub async fn vote_helpful(&self, now: Moment, x: VoteHelpful) -> Result<i64, Stop<Refused>> {
        self.db.write(now, move |tx| vote(tx, &x)).await
    }
}

fn vote(tx: &mut Tx<'_>, x: &VoteHelpful) -> Result<i64, Stop<Refused>> {
    let (c, now) = (x.community, tx.now());
    let who = who::member_is(tx, c, x.by)?.ok_or(Refused::NotAMember)?;
    if who.muted_until.is_some_and(|until| until > now) {
        return Err(Refused::Muted.into());
    }
    let old = tables::review(tx, c, x.review)?.filter(|r| r.state == State::Shown);
    if old.ok_or(Refused::NoSuchReview)?.member == x.by {
        return Err(Refused::Own.into());
    }
    // after this point it must succeed, unless another was faster
    let touched = match x.helpful {
        true => tx.exec(tables::VOTE, p![c, x.review, x.by, now])?,
        false => tx.exec(tables::UNVOTE, p![c, x.review, x.by])?,
    };
    if touched == 0 {
        return Ok(tx.one(tables::HELPFUL, p![c, x.review], |r| r.int(0))?.unwrap_or(0));
    }
    let step: i64 = if x.helpful { 1 } else { -1 };
    let helpful = tx.exec_one(tables::MORE_HELPFUL, p![c, x.review, step], |r| r.int(0))?;
    let mut w: Writes<Refused> = Writes::default();
    let kind = if x.helpful { "review_helpful" } else { "review_not_helpful" };
    let fact = Fact { kind, subject: x.review.raw(), actor: Some(x.by), body: "{}" };
    facts::write(tx, &mut w, c, fact);
    tx.run(w)?;
    Ok(helpful.ok_or(Refused::NoSuchReview)?)
}
