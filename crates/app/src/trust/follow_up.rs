//! Say once, within ninety days, how it went on (追评).
use super::tables;
use crate::community::who;
use crate::content::create_post::picture_id;
use crate::db::{Tx, Writes};
use crate::facts::{self, Fact};
use crate::{App, Stop};
use rules::base::{Id, Moment, id};
use rules::trust::review::{self, Unallowed, Unfit};

#[derive(Clone, Debug)]
pub struct FollowUp {
    pub community: Id<id::Community>,
    pub by: Id<id::Member>,
    pub review: Id<id::Review>,
    pub text: String,
    pub pictures: Vec<String>,
}

crate::refusals! {
    NotAMember = "not_a_member", NoSuchReview = "no_such_review", Muted = "muted",
    AlreadyFollowed = "already_followed", Hidden = "hidden", TooLate = "too_late",
    TextMissing = "text_missing", TextTooLong = "text_too_long",
    TooManyPictures = "too_many_pictures", NoSuchPicture = "no_such_picture",
}

impl App {
    pub async fn follow_up(&self, now: Moment, x: FollowUp) -> Result<(), Stop<Refused>> {
        self.db.write(now, move |tx| follow(tx, &x)).await
    }
}

fn follow(tx: &mut Tx<'_>, x: &FollowUp) -> Result<(), Stop<Refused>> {
    let (c, now) = (x.community, tx.now());
    let who = who::member_is(tx, c, x.by)?.ok_or(Refused::NotAMember)?;
    let old = tables::review(tx, c, x.review)?.filter(|r| r.member == x.by);
    let old = old.ok_or(Refused::NoSuchReview)?;
    let muted = who.muted_until.is_some_and(|until| until > now);
    review::may_follow(muted, old.state, old.followed, old.at, now).map_err(|u| match u {
        Unallowed::Muted => Refused::Muted,
        Unallowed::AlreadyFollowed => Refused::AlreadyFollowed,
        Unallowed::Hidden => Refused::Hidden,
        _ => Refused::TooLate,
    })?;
    let words = review::check_words(&x.text, x.pictures.len()).map_err(|u| match u {
        Unfit::TextTooLong => Refused::TextTooLong,
        Unfit::TooManyPictures => Refused::TooManyPictures,
        Unfit::TextMissing | Unfit::StarsUnfit => Refused::TextMissing,
    })?;
    if !x.pictures.iter().all(|p| picture_id(p)) {
        return Err(Refused::NoSuchPicture.into());
    }
    // after this point it must succeed, unless another was faster
    let mut w = Writes::default();
    let pictures = x.pictures.join(" ");
    tables::follow(&mut w, c, x.review, (&words, &pictures), now, Refused::AlreadyFollowed);
    let body = format!("{{\"product\":{}}}", old.product.raw());
    let fact = Fact { kind: "review_followed", subject: x.review.raw(), actor: None, body: &body };
    facts::write(tx, &mut w, c, fact);
    tx.run(w)
}
