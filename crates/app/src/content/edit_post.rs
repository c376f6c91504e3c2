//! Change one's own post; what it said before is kept. A draft can be published by the same form.
use super::create_post::{self, Made, Published};
use super::tables;
use super::{tables_search, writer};
use crate::db::{Tx, Writes};
use crate::facts::{self, Fact};
use crate::{App, Stop};
use rules::base::{Id, Moment, id};
use rules::content::post::{self, Kind, State, Typed, Unfit};
use rules::content::search::Kind as Doc;

#[derive(Clone, Debug)]
pub struct EditPost {
    pub community: Id<id::Community>,
    pub by: Id<id::Member>,
    pub id: Id<id::Post>,
    /// The version the form was made from.
    pub version: i64,
    /// As the post has it; kinds do not change.
    pub kind: Kind,
    pub title: String,
    pub text: String,
    pub link: String,
    pub pictures: Vec<String>,
    pub cards: Vec<Id<id::Product>>,
    pub tags: Vec<Id<id::Tag>>,
    /// Told when a draft is published; an edit mentions nobody again.
    pub mentions: Vec<Id<id::Member>>,
    /// Publishes a draft; a published post stays published either way.
    pub publish: bool,
}

crate::refusals! {
    NotAMember = "not_a_member", NoSuchPost = "no_such_post", NotYours = "not_yours",
    Muted = "muted", StaffOnly = "staff_only", Ended = "ended",
    TitleMissing = "title_missing", TitleTooLong = "title_too_long",
    TextMissing = "text_missing", TextTooLong = "text_too_long", LinkUnfit = "link_unfit",
    IntroductionTooShort = "introduction_too_short", TooManyPictures = "too_many_pictures",
    TooManyCards = "too_many_cards", TooManyTags = "too_many_tags",
    TooManyMentions = "too_many_mentions", NoSuchPicture = "no_such_picture",
    NoSuchProduct = "no_such_product",
    /// It was changed since the form was opened.
    ChangedMeanwhile = "changed_meanwhile",
}

impl From<create_post::Refused> for Refused {
    fn from(r: create_post::Refused) -> Refused {
        use create_post::Refused as Create;
        match r {
            Create::NotAMember => Refused::NotAMember,
            Create::Muted => Refused::Muted,
            Create::StaffOnly => Refused::StaffOnly,
            Create::NotInGroup | Create::IdTaken => Refused::NotYours,
            Create::TitleMissing => Refused::TitleMissing,
            Create::TitleTooLong => Refused::TitleTooLong,
            Create::TextMissing => Refused::TextMissing,
            Create::TextTooLong => Refused::TextTooLong,
            Create::LinkUnfit => Refused::LinkUnfit,
            Create::IntroductionTooShort => Refused::IntroductionTooShort,
            Create::TooManyPictures => Refused::TooManyPictures,
            Create::TooManyCards => Refused::TooManyCards,
            Create::TooManyTags => Refused::TooManyTags,
            Create::TooManyMentions => Refused::TooManyMentions,
            Create::NoSuchPicture => Refused::NoSuchPicture,
            Create::NoSuchProduct => Refused::NoSuchProduct,
            Create::Faster => Refused::ChangedMeanwhile,
        }
    }
}

impl App {
    /// Returns the version it has now.
    pub async fn edit_post(&self, now: Moment, x: EditPost) -> Result<i64, Stop<Refused>> {
        let fit = post::check(Typed {
            kind: x.kind,
            title: &x.title,
            text: &x.text,
            link: &x.link,
            pictures: x.pictures.len(),
            cards: x.cards.len(),
            tags: x.tags.len(),
            mentions: x.mentions.len(),
        });
        let made = fit.map(|fit| create_post::made(x.kind, fit, &x.pictures));
        self.db.write(now, move |tx| edit(tx, &x, &made)).await
    }
}

fn edit(tx: &mut Tx<'_>, x: &EditPost, made: &Result<Made, Unfit>) -> Result<i64, Stop<Refused>> {
    let (c, now) = (x.community, tx.now());
    let (_, acting) = writer(tx, c, x.by, now)?.ok_or(Refused::NotAMember)?;
    let old = tables::post(tx, c, x.id)?.filter(|p| p.kind == x.kind);
    let old = old.ok_or(Refused::NoSuchPost)?;
    if old.member != x.by {
        return Err(Refused::NotYours.into());
    }
    let allowed = post::may_write(acting, x.kind).map_err(create_post::Refused::from);
    allowed.map_err(Refused::from)?;
    if matches!(old.state, State::Hidden | State::Removed) {
        return Err(Refused::Ended.into());
    }
    let made = made.as_ref().map_err(|u| Refused::from(create_post::Refused::from(*u)))?;
    if !x.pictures.iter().all(|p| create_post::picture_id(p)) {
        return Err(Refused::NoSuchPicture.into());
    }
    for product in &x.cards {
        if !tables::product_there(tx, c, *product)? {
            return Err(Refused::NoSuchProduct.into());
        }
    }
    let same = old.title == made.words.title && old.source == made.words.source;
    if old.version != x.version {
        // the same form sent twice says the same thing
        let twice = same && old.version == x.version + 1;
        return if twice { Ok(old.version) } else { Err(Refused::ChangedMeanwhile.into()) };
    }
    // after this point it must succeed, unless another was faster
    let mut w = Writes::default();
    tables::edit(&mut w, c, x.id, x.version, &made.words, now, Refused::ChangedMeanwhile);
    if !same {
        tables::keep_revision(&mut w, c, x.id, &old, x.by, now);
    }
    tables::attach(&mut w, c, x.id, &x.tags, &x.cards);
    let fact = Fact { kind: "post_edited", subject: x.id.raw(), actor: Some(x.by), body: "{}" };
    match old.state {
        State::Draft if x.publish => {
            let place = tx.mint::<id::Post>().raw();
            tables::publish(&mut w, c, x.id, place, now, Refused::ChangedMeanwhile);
            let title = create_post::title_of(&made.words);
            let what = Published { c, by: x.by, id: x.id, title, mentions: &x.mentions };
            create_post::published(tx, &mut w, what, &made.terms)?;
        }
        State::Published => {
            facts::write(tx, &mut w, c, fact);
            tables_search::index(tx, &mut w, c, Doc::Post, x.id.raw(), &made.terms)?;
        }
        _ => {}
    }
    tx.run(w)?;
    Ok(x.version + 1)
}
