//! The shop answers a review. A later answer replaces the first; the buyer is told of the first.
use super::tables;
use crate::community::who;
use crate::db::{Tx, Writes};
use crate::facts::{self, Fact};
use crate::reach::{self, Notice};
use crate::{App, Stop};
use rules::base::{Id, Moment, id};
use rules::community::role::Right;
use rules::reach::notice::Kind;
use rules::trust::review::{self, Unfit};

#[derive(Clone, Debug)]
pub struct ReplyAsShop {
    pub community: Id<id::Community>,
    pub by: Id<id::Member>,
    pub review: Id<id::Review>,
    pub text: String,
}

crate::refusals! {
    NotAMember = "not_a_member",
    /// Content or orders is the right that is needed.
    StaffOnly = "staff_only", NoSuchReview = "no_such_review",
    TextMissing = "text_missing", TextTooLong = "text_too_long",
}

impl App {
    pub async fn reply_as_shop(&self, now: Moment, x: ReplyAsShop) -> Result<(), Stop<Refused>> {
        self.db.write(now, move |tx| reply(tx, &x)).await
    }
}

fn reply(tx: &mut Tx<'_>, x: &ReplyAsShop) -> Result<(), Stop<Refused>> {
    let (c, now) = (x.community, tx.now());
    let who = who::member_is(tx, c, x.by)?.ok_or(Refused::NotAMember)?;
    if !who.rights.may(Right::Content) && !who.rights.may(Right::Orders) {
        return Err(Refused::StaffOnly.into());
    }
    let old = tables::review(tx, c, x.review)?.ok_or(Refused::NoSuchReview)?;
    let words = review::check_words(&x.text, 0).map_err(|u| match u {
        Unfit::TextTooLong => Refused::TextTooLong,
        _ => Refused::TextMissing,
    })?;
    // after this point it must succeed, unless another was faster
    let mut w = Writes::default();
    tables::reply(&mut w, c, x.review, &words, x.by, now);
    let fact =
        Fact { kind: "review_replied", subject: x.review.raw(), actor: Some(x.by), body: "{}" };
    facts::write(tx, &mut w, c, fact);
    if !old.replied {
        let notice = Notice {
            kind: Kind::ReviewReplied,
            subject: old.product.raw(),
            actor: Some(x.by),
            args: &[("product", &old.title)],
        };
        reach::notify(tx, &mut w, c, old.member, notice)?;
    }
    tx.run(w)
}
