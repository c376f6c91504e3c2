//! What a post may be, and who may write, change or end one.
use crate::base::text;
use crate::codes;

codes! {
    pub enum Kind {
        Article = "article", Note = "note", Link = "link", Announcement = "announcement",
    }
}
codes! {
    /// Hidden by staff with a reason, removed by its writer. Rows stay either way.
    pub enum State {
        Draft = "draft", Published = "published", Hidden = "hidden", Removed = "removed",
    }
}
codes! {
    /// Why a post is not fit, in order of precedence.
    pub enum Unfit {
        TitleMissing = "title_missing", TitleTooLong = "title_too_long",
        TextMissing = "text_missing", TextTooLong = "text_too_long",
        /// A link without an address, or with one that is not http or https.
        LinkUnfit = "link_unfit",
        /// A link needs a sentence of its own: why should people open it?
        IntroductionTooShort = "introduction_too_short",
        TooManyPictures = "too_many_pictures", TooManyCards = "too_many_cards",
        TooManyTags = "too_many_tags", TooManyMentions = "too_many_mentions",
    }
}

pub const TITLE: usize = 80;
pub const NOTE: usize = 2_000;
pub const ARTICLE: usize = 40_000;
pub const INTRODUCTION: usize = 20;
pub const PICTURES: usize = 9;
pub const CARDS: usize = 9;
pub const TAGS: usize = 8;
pub const MENTIONS: usize = 10;

/// A post as it was typed; counts stand for lists.
#[derive(Clone, Copy, Debug)]
pub struct Typed<'a> {
    pub kind: Kind,
    pub title: &'a str,
    pub text: &'a str,
    pub link: &'a str,
    pub pictures: usize,
    pub cards: usize,
    pub tags: usize,
    pub mentions: usize,
}
/// The same, cleaned and fit to be kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fit {
    pub title: String,
    pub text: String,
    pub link: String,
}

pub fn check(t: Typed<'_>) -> Result<Fit, Unfit> {
    let title = text::line(t.title);
    let needs_title = matches!(t.kind, Kind::Article | Kind::Announcement);
    if needs_title && text::length(&title) == 0 {
        return Err(Unfit::TitleMissing);
    }
    if title.chars().count() > TITLE || title.len() > TITLE * 8 {
        return Err(Unfit::TitleTooLong);
    }
    let body = text::lines(t.text);
    let written = text::length(&body);
    // a note may be pictures or cards alone; a link's words are judged below
    let says_nothing = t.pictures == 0 && t.cards == 0 && text::length(&title) == 0;
    let needs_text = matches!(t.kind, Kind::Article | Kind::Announcement);
    if written == 0 && (needs_text || (t.kind == Kind::Note && says_nothing)) {
        return Err(Unfit::TextMissing);
    }
    let most = if t.kind == Kind::Article { ARTICLE } else { NOTE };
    if body.chars().count() > most || body.len() > most * 8 {
        return Err(Unfit::TextTooLong);
    }
    let link = match t.kind {
        Kind::Link => address(t.link).ok_or(Unfit::LinkUnfit)?,
        _ => String::new(),
    };
    if t.kind == Kind::Link && written < INTRODUCTION {
        return Err(Unfit::IntroductionTooShort);
    }
    let limits = [
        (t.pictures, PICTURES, Unfit::TooManyPictures),
        (t.cards, CARDS, Unfit::TooManyCards),
        (t.tags, TAGS, Unfit::TooManyTags),
        (t.mentions, MENTIONS, Unfit::TooManyMentions),
    ];
    match limits.into_iter().find(|(n, most, _)| n > most) {
        Some((_, _, why)) => Err(why),
        None => Ok(Fit { title, text: body, link }),
    }
}

/// An http or https address with a host, no spaces, no credentials; at most 500 bytes.
pub fn address(typed: &str) -> Option<String> {
    let typed = typed.trim();
    let lower = typed.to_ascii_lowercase();
    let rest = ["https://", "http://"].iter().find_map(|s| lower.strip_prefix(s))?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or("");
    let fine = typed.len() <= 500
        && !typed.chars().any(|c| c.is_whitespace() || c.is_control() || "<>\"\\^`{|}".contains(c))
        && text::line(typed) == typed
        && host.contains('.')
        && !host.starts_with('.')
        && !host.contains('@');
    fine.then(|| typed.to_string())
}

/// What a writer is, as far as posts care.
#[derive(Clone, Copy, Debug)]
pub struct Writer {
    pub muted: bool,
    /// Holds the right to look after content.
    pub tends_content: bool,
}
codes! {
    pub enum Unallowed { Muted = "muted", NotYours = "not_yours", StaffOnly = "staff_only" }
}

pub fn may_write(w: Writer, kind: Kind) -> Result<(), Unallowed> {
    match (w.muted, kind) {
        (true, _) => Err(Unallowed::Muted),
        (_, Kind::Announcement) if !w.tends_content => Err(Unallowed::StaffOnly),
        _ => Ok(()),
    }
}
/// One's own words can always be taken back, even by somebody who is muted.
pub fn may_end(w: Writer, own: bool) -> Result<State, Unallowed> {
    match (own, w.tends_content) {
        (true, _) => Ok(State::Removed),
        (_, true) => Ok(State::Hidden),
        _ => Err(Unallowed::NotYours),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::check as laws;

    #[test]
    fn what_fits() {
        let table = "
            article | 春茶 | 正文 | | 0 | ok
            article | | 正文 | | 0 | title_missing
            article | 春茶 | | | 3 | text_missing
            announcement | 放假 | 周一到周三 | | 0 | ok
            announcement | | 周一 | | 0 | title_missing
            note | | 今天的面包 | | 0 | ok
            note | | | | 0 | text_missing
            note | | | | 1 | ok
            note | | 看 | | 9 | ok
            note | | 看 | | 10 | too_many_pictures
            link | | 一二三四五六七八九十一二三四五六七八九十 | https://a.cn/x | 0 | ok
            link | | 一二三四五六七八九十一二三四五六七八九 | https://a.cn/x | 0 | introduction_too_short
            link | | 一二三四五六七八九十一二三四五六七八九十 | javascript:alert(1) | 0 | link_unfit
            link | | 一二三四五六七八九十一二三四五六七八九十 | | 0 | link_unfit";
        laws(table, |c| {
            let typed = Typed {
                kind: Kind::of(c[0]).expect("a kind"),
                title: c[1],
                text: c[2],
                link: c[3],
                pictures: c[4].parse().expect("a number"),
                cards: 0,
                tags: 0,
                mentions: 0,
            };
            check(typed).map_or_else(Unfit::code, |_| "ok").into()
        });
        let long = "长".repeat(TITLE + 1);
        let typed = |title, text, cards| Typed {
            kind: Kind::Note,
            title,
            text,
            link: "",
            pictures: 0,
            cards,
            tags: 0,
            mentions: 0,
        };
        assert_eq!(check(typed(&long, "x", 0)), Err(Unfit::TitleTooLong));
        let wordy = "长".repeat(NOTE + 1);
        assert_eq!(check(typed("", &wordy, 0)), Err(Unfit::TextTooLong));
        assert_eq!(check(typed("", "x", CARDS + 1)), Err(Unfit::TooManyCards));
    }

    #[test]
    fn addresses() {
        laws(
            "
            https://example.org/a?b=c#d | yes
            HTTP://example.org | yes
            https://localhost/ | no
            ftp://example.org | no
            https:// | no
            https://user@example.org | no
            https://exa mple.org | no
            https://例子.中国/路 | yes
            https://example.org/\"x | no",
            |c| if address(c[0]).is_some() { "yes" } else { "no" }.into(),
        );
    }

    #[test]
    fn who_may() {
        laws(
            "
            note | muted=0 | staff=0 | ok
            note | muted=1 | staff=1 | muted
            announcement | muted=0 | staff=0 | staff_only
            announcement | muted=0 | staff=1 | ok",
            |c| {
                let w = Writer { muted: c[1] == "muted=1", tends_content: c[2] == "staff=1" };
                let kind = Kind::of(c[0]).expect("a kind");
                may_write(w, kind).map_or_else(Unallowed::code, |()| "ok").into()
            },
        );
        laws(
            "
            own=1 | staff=0 | removed
            own=1 | staff=1 | removed
            own=0 | staff=1 | hidden
            own=0 | staff=0 | not_yours",
            |c| {
                let w = Writer { muted: true, tends_content: c[1] == "staff=1" };
                may_end(w, c[0] == "own=1").map_or_else(Unallowed::code, State::code).into()
            },
        );
    }
}
