//! Review a line that was received; one review a line.
use super::tables::{self, NewReview};
use crate::community::{post_system_line_seldom, who};
use crate::content::create_post::picture_id;
use crate::db::{Tx, Writes};
use crate::facts::{self, Fact};
use crate::sale::tables_review;
use crate::{App, Stop};
use rules::base::{Id, Moment, id};
use rules::community::message::SystemLine;
use rules::trust::review::{self, Unallowed, Unfit};

#[derive(Clone, Debug)]
pub struct WriteReview {
    pub community: Id<id::Community>,
    pub by: Id<id::Member>,
    /// Minted into the form: sending it twice writes it once.
    pub id: Id<id::Review>,
    pub line: Id<id::Line>,
    /// 1 to 5.
    pub stars: Option<i64>,
    pub text: String,
    pub pictures: Vec<String>,
    pub anonymous: bool,
    /// Taken over from elsewhere, where there were no stars. Never set from a form.
    pub imported: bool,
}

crate::refusals! {
    NotAMember = "not_a_member", NoSuchLine = "no_such_line", Muted = "muted",
    AlreadyReviewed = "already_reviewed", NotReceived = "not_received",
    StarsUnfit = "stars_unfit", TextMissing = "text_missing", TextTooLong = "text_too_long",
    TooManyPictures = "too_many_pictures", NoSuchPicture = "no_such_picture",
    /// Somebody else's review carries this id.
    IdTaken = "id_taken",
}
impl From<Unfit> for Refused {
    fn from(u: Unfit) -> Refused {
        match u {
            Unfit::TextMissing => Refused::TextMissing,
            Unfit::TextTooLong => Refused::TextTooLong,
            Unfit::StarsUnfit => Refused::StarsUnfit,
            Unfit::TooManyPictures => Refused::TooManyPictures,
        }
    }
}

impl App {
    pub async fn write_review(
        &self,
        now: Moment,
        x: WriteReview,
    ) -> Result<Id<id::Review>, Stop<Refused>> {
        let verb = move |tx: &mut Tx<'_>| write(tx, &x);
        let again = verb.clone();
        match self.db.write(now, verb).await {
            // perhaps the same form, twice at once: then its own review is there now
            Err(Stop::Refused(Refused::AlreadyReviewed)) => self.db.write(now, again).await,
            out => out,
        }
    }
}

fn write(tx: &mut Tx<'_>, x: &WriteReview) -> Result<Id<id::Review>, Stop<Refused>> {
    let (c, now) = (x.community, tx.now());
    let who = who::member_is(tx, c, x.by)?.ok_or(Refused::NotAMember)?;
    if let Some(before) = tables::review(tx, c, x.id)? {
        let same = before.member == x.by && before.line == x.line;
        return if same { Ok(x.id) } else { Err(Refused::IdTaken.into()) };
    }
    let line = tables::line(tx, c, x.line, x.by)?.ok_or(Refused::NoSuchLine)?;
    let muted = who.muted_until.is_some_and(|until| until > now);
    review::may_review(muted, &line.state, line.reviewed).map_err(|u| match u {
        Unallowed::Muted => Refused::Muted,
        Unallowed::AlreadyReviewed => Refused::AlreadyReviewed,
        _ => Refused::NotReceived,
    })?;
    let words =
        review::check(&x.text, x.stars, x.pictures.len(), x.imported).map_err(Refused::from)?;
    if !x.pictures.iter().all(|p| picture_id(p)) {
        return Err(Refused::NoSuchPicture.into());
    }
    // after this point it must succeed, unless another was faster
    let mut w = Writes::default();
    tables_review::line_reviewed(&mut w, c, x.line, Refused::AlreadyReviewed);
    let new = NewReview {
        id: x.id,
        line: x.line,
        by: x.by,
        stars: x.stars,
        text: &words,
        pictures: &x.pictures.join(" "),
        anonymous: x.anonymous,
    };
    tables::write(&mut w, c, new, &line, now, Refused::AlreadyReviewed);
    tables_review::count_review(&mut w, c, line.product, x.stars);
    let (product, stars) = (line.product.raw(), x.stars.unwrap_or(0));
    let body = format!("{{\"product\":{product},\"line\":{},\"stars\":{stars}}}", x.line.raw());
    // an anonymous review is nobody's in the log that others read
    let actor = (!x.anonymous).then_some(x.by);
    let fact = Fact { kind: "review_written", subject: x.id.raw(), actor, body: &body };
    facts::write(tx, &mut w, c, fact);
    if let (Some(group), false) = (tables_review::group_of(tx, c, x.line)?, x.imported) {
        // an anonymous review is told without its name, as it is shown
        let member = x.by.raw();
        let args = if x.anonymous { "{}".into() } else { format!("{{\"member\":{member}}}") };
        let code = SystemLine::ReviewWritten;
        post_system_line_seldom(tx, &mut w, c, group, code, &args)?;
    }
    tx.run(w)?;
    Ok(x.id)
}
