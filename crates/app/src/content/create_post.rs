//! Write a post, as a draft or published at once.
use super::tables::{self, NewPost, Words};
use super::words::{self, Terms};
use super::{html, tables_search, writer};
use crate::db::{Fault, Tx, Writes};
use crate::facts::{self, Fact};
use crate::reach::{self, Notice};
use crate::{App, Stop};
use rules::base::{Id, Lang, Moment, id};
use rules::content::post::{self, Fit, Kind, Typed, Unallowed, Unfit};
use rules::content::search::{Field, Kind as Doc};
use rules::content::{post as law, reading};
use rules::reach::notice::Kind as NoticeKind;

#[derive(Clone, Debug)]
pub struct CreatePost {
    pub community: Id<id::Community>,
    pub by: Id<id::Member>,
    /// Minted into the form: sending it twice writes it once.
    pub id: Id<id::Post>,
    pub kind: Kind,
    /// Only for the people of this group; it must be one of `groups`.
    pub group: Option<Id<id::Group>>,
    /// The groups the writer may post in.
    pub groups: Vec<Id<id::Group>>,
    pub title: String,
    /// Markdown for an article, plain text for the rest; the introduction of a link.
    pub text: String,
    pub link: String,
    /// Ids of pictures that are stored already.
    pub pictures: Vec<String>,
    pub cards: Vec<Id<id::Product>>,
    pub tags: Vec<Id<id::Tag>>,
    pub mentions: Vec<Id<id::Member>>,
    pub lang: Lang,
    pub publish: bool,
}
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Posted {
    pub id: Id<id::Post>,
    /// The end of its address.
    pub slug: String,
}

crate::refusals! {
    NotAMember = "not_a_member", Muted = "muted", StaffOnly = "staff_only",
    NotInGroup = "not_in_group", TitleMissing = "title_missing", TitleTooLong = "title_too_long",
    TextMissing = "text_missing", TextTooLong = "text_too_long", LinkUnfit = "link_unfit",
    IntroductionTooShort = "introduction_too_short", TooManyPictures = "too_many_pictures",
    TooManyCards = "too_many_cards", TooManyTags = "too_many_tags",
    TooManyMentions = "too_many_mentions", NoSuchPicture = "no_such_picture",
    NoSuchProduct = "no_such_product",
    /// Somebody else's post carries this id.
    IdTaken = "id_taken",
    /// Another post took the address, or the same form arrived twice at once; the verb runs once
    /// more, so callers do not see this.
    Faster = "taken_meanwhile",
}

impl From<Unfit> for Refused {
    fn from(u: Unfit) -> Refused {
        match u {
            Unfit::TitleMissing => Refused::TitleMissing,
            Unfit::TitleTooLong => Refused::TitleTooLong,
            Unfit::TextMissing => Refused::TextMissing,
            Unfit::TextTooLong => Refused::TextTooLong,
            Unfit::LinkUnfit => Refused::LinkUnfit,
            Unfit::IntroductionTooShort => Refused::IntroductionTooShort,
            Unfit::TooManyPictures => Refused::TooManyPictures,
            Unfit::TooManyCards => Refused::TooManyCards,
            Unfit::TooManyTags => Refused::TooManyTags,
            Unfit::TooManyMentions => Refused::TooManyMentions,
        }
    }
}
impl From<Unallowed> for Refused {
    fn from(u: Unallowed) -> Refused {
        match u {
            Unallowed::Muted => Refused::Muted,
            Unallowed::StaffOnly => Refused::StaffOnly,
            Unallowed::NotYours => Refused::IdTaken,
        }
    }
}

/// Everything that can be made of the typed words before a transaction begins.
#[derive(Clone)]
pub(super) struct Made {
    pub words: Words,
    pub terms: Terms,
}
pub(super) fn made(kind: Kind, fit: Fit, pictures: &[String]) -> Made {
    let rendered = match kind {
        Kind::Article => html::article(&fit.text),
        _ => html::plain(&fit.text),
    };
    let fields = [(Field::Title, fit.title.as_str()), (Field::Body, rendered.plain.as_str())];
    let terms = words::terms(&fields);
    let words = Words {
        lead: reading::lead(&rendered.plain),
        minutes: reading::minutes(&rendered.plain),
        html: rendered.html,
        title: fit.title,
        source: fit.text,
        link: fit.link,
        pictures: pictures.join(" "),
    };
    Made { words, terms }
}

/// An id of the picture store: it ends up in addresses, so it is letters, digits and `._/-` only.
pub(crate) fn picture_id(text: &str) -> bool {
    let fine = |b: u8| b.is_ascii_alphanumeric() || b"._-/".contains(&b);
    (1..=120).contains(&text.len()) && text.bytes().all(fine) && !text.contains("..")
}

impl App {
    pub async fn create_post(&self, now: Moment, x: CreatePost) -> Result<Posted, Stop<Refused>> {
        let fit = law::check(Typed {
            kind: x.kind,
            title: &x.title,
            text: &x.text,
            link: &x.link,
            pictures: x.pictures.len(),
            cards: x.cards.len(),
            tags: x.tags.len(),
            mentions: x.mentions.len(),
        });
        let made = fit.map(|fit| made(x.kind, fit, &x.pictures));
        let verb = move |tx: &mut Tx<'_>| create(tx, &x, &made);
        let again = verb.clone();
        match self.db.write(now, verb).await {
            Err(Stop::Refused(Refused::Faster)) => self.db.write(now, again).await,
            out => out,
        }
    }
}

fn create(
    tx: &mut Tx<'_>,
    x: &CreatePost,
    made: &Result<Made, Unfit>,
) -> Result<Posted, Stop<Refused>> {
    let (c, now) = (x.community, tx.now());
    let (_, acting) = writer(tx, c, x.by, now)?.ok_or(Refused::NotAMember)?;
    if let Some(before) = tables::post(tx, c, x.id)? {
        let own = before.member == x.by;
        return if own {
            Ok(Posted { id: x.id, slug: before.slug })
        } else {
            Err(Refused::IdTaken)?
        };
    }
    post::may_write(acting, x.kind).map_err(Refused::from)?;
    if x.group.is_some_and(|g| !x.groups.contains(&g)) {
        return Err(Refused::NotInGroup.into());
    }
    let made = made.as_ref().map_err(|u| Refused::from(*u))?;
    if !x.pictures.iter().all(|p| picture_id(p)) {
        return Err(Refused::NoSuchPicture.into());
    }
    for product in &x.cards {
        if !tables::product_there(tx, c, *product)? {
            return Err(Refused::NoSuchProduct.into());
        }
    }
    let slug = match reading::slug(&made.words.title) {
        Some(slug) if !tables::slug_taken(tx, c, &slug)? => slug,
        _ => x.id.to_string(),
    };
    // after this point it must succeed, unless another was faster
    let mut w = Writes::default();
    let place = x.publish.then(|| tx.mint::<id::Post>().raw());
    let (kind, group, lang) = (x.kind, x.group, x.lang.tag());
    let new = NewPost { id: x.id, by: x.by, group, kind, slug: &slug, lang, place };
    tables::create(&mut w, c, new, &made.words, now, Refused::Faster);
    tables::attach(&mut w, c, x.id, &x.tags, &x.cards);
    if x.publish {
        let title = title_of(&made.words);
        let what = Published { c, by: x.by, id: x.id, title, mentions: &x.mentions };
        published(tx, &mut w, what, &made.terms)?;
    }
    tx.run(w)?;
    Ok(Posted { id: x.id, slug })
}

/// How a post is called where its title is asked for.
pub(super) fn title_of(words: &Words) -> &str {
    if words.title.is_empty() { &words.lead } else { &words.title }
}

/// What follows from a post being there for others to see.
#[derive(Clone, Copy)]
pub(super) struct Published<'a> {
    pub c: Id<id::Community>,
    pub by: Id<id::Member>,
    pub id: Id<id::Post>,
    pub title: &'a str,
    pub mentions: &'a [Id<id::Member>],
}
pub(super) fn published<R>(
    tx: &mut Tx<'_>,
    w: &mut Writes<R>,
    p: Published<'_>,
    terms: &Terms,
) -> Result<(), Fault> {
    let fact = Fact { kind: "post_published", subject: p.id.raw(), actor: Some(p.by), body: "{}" };
    facts::write(tx, w, p.c, fact);
    tables_search::index(tx, w, p.c, Doc::Post, p.id.raw(), terms)?;
    mention(tx, w, p)
}
/// Each mentioned member once.
pub(super) fn mention<R>(
    tx: &mut Tx<'_>,
    w: &mut Writes<R>,
    p: Published<'_>,
) -> Result<(), Fault> {
    for (i, member) in p.mentions.iter().enumerate() {
        if !p.mentions[..i].contains(member) && tables::member_there(tx, p.c, *member)? {
            let notice = Notice {
                kind: NoticeKind::Mentioned,
                subject: p.id.raw(),
                actor: Some(p.by),
                args: &[("title", p.title)],
            };
            reach::notify(tx, w, p.c, *member, notice)?;
        }
    }
    Ok(())
}
