//! Posts, comments and reviews.
use maud::{Markup, Render, html};
use rules::base::Lang;

use super::button::icon_button;
use super::icons::{Icon, icon};
use super::person::{Person, Size, avatar};
use super::picture::{Fit, Photo, picture, pictures};
use super::price::stars;

/// A post in the feed or, with `whole`, on its own page.
#[derive(Clone, Debug)]
pub struct PostCard<'a> {
    pub id: &'a str,
    pub href: &'a str,
    pub author: Person<'a>,
    pub author_href: &'a str,
    /// "12 分钟前 · 水果群".
    pub when: &'a str,
    pub mark: Option<Markup>,
    pub title: Option<&'a str>,
    pub text: &'a str,
    pub photos: &'a [Photo<'a>],
    /// An attached product, poll or event.
    pub card: Option<Markup>,
    pub likes: u32,
    pub liked: bool,
    pub comments: u32,
    /// Where a like is posted; strangers get none and see the count.
    pub like_to: Option<&'a str>,
    pub share_to: Option<&'a str>,
    /// Opens edit, report and so on.
    pub more: Option<&'a str>,
    pub whole: bool,
}

/// Characters after which six lines are surely full.
const LONG: usize = 120;

pub fn post_card(lang: Lang, p: &PostCard) -> Markup {
    let long = !p.whole && (p.text.chars().count() > LONG || p.text.lines().count() > 6);
    let more = lang.pick(["更多", "更多", "More"]);
    html! {
        article class="post" id=(p.id) {
            header class="row" {
                (avatar(p.author, Size::M))
                div class="grow" {
                    p class="row" {
                        a href=(p.author_href) { b { (p.author.name) } }
                        @if let Some(mark) = &p.mark { (mark) }
                    }
                    p class="note" { (p.when) }
                }
                @if let Some(id) = p.more { (icon_button(Icon::More, more).small().opens(id)) }
            }
            @if let Some(title) = p.title {
                @if p.whole { h1 class="t1" { (title) } }
                @else { h2 class="t2" { a href=(p.href) { (title) } } }
            }
            p class={ "pre" @if !p.whole { " clamp6" } } { (p.text) }
            @if long {
                a class="link sub" href=(p.href) { (lang.pick(["全文", "全文", "Read all"])) }
            }
            (pictures(p.photos))
            @if let Some(card) = &p.card { (card) }
            (post_acts(lang, p))
        }
    }
}

/// Likes, comments and sharing; replaced by `#{id}-acts` after a like.
pub fn post_acts(lang: Lang, p: &PostCard) -> Markup {
    let (like, comment) =
        (lang.pick(["赞", "讚", "Like"]), lang.pick(["评论", "留言", "Comments"]));
    html! {
        footer class="post-acts" id={ (p.id) "-acts" } {
            @match p.like_to {
                Some(url) => {
                    form method="post" action=(url) data-frag {
                        button type="submit" name="on" value=(if p.liked { "no" } else { "yes" })
                            aria-pressed=(if p.liked { "true" } else { "false" })
                            aria-label={ (like) " " (p.likes) } { (icon(Icon::Heart)) (p.likes) }
                    }
                },
                None => {
                    span aria-label={ (like) " " (p.likes) } { (icon(Icon::Heart)) (p.likes) }
                },
            }
            a href={ (p.href) "#comments" } aria-label={ (comment) " " (p.comments) } {
                (icon(Icon::Chat)) (p.comments)
            }
            @if let Some(url) = p.share_to {
                a class="end" href=(url) aria-label=(lang.pick(["分享", "分享", "Share"])) {
                    (icon(Icon::Share))
                }
            }
        }
    }
}

/// A comment; `replies` are one level deep and come as `comment`s of their own.
#[derive(Clone, Debug, Default)]
pub struct Comment<'a> {
    pub id: &'a str,
    pub author: Person<'a>,
    pub when: &'a str,
    pub mark: Option<Markup>,
    pub text: &'a str,
    pub replies: Vec<Comment<'a>>,
    pub reply_to: Option<&'a str>,
}

pub fn comment(lang: Lang, c: &Comment) -> Markup {
    html! {
        li class="cmt" id=(c.id) {
            (avatar(c.author, Size::S))
            div class="grow" {
                p class="row sub" {
                    b { (c.author.name) }
                    @if let Some(mark) = &c.mark { (mark) }
                    span class="note end" { (c.when) }
                }
                p class="pre" { (c.text) }
                @if let Some(url) = c.reply_to {
                    a class="note" href=(url) { (lang.pick(["回复", "回覆", "Reply"])) }
                }
                @if !c.replies.is_empty() {
                    ul { @for r in &c.replies { (comment(lang, r)) } }
                }
            }
        }
    }
}

/// A review, by how near its author is to the reader.
#[derive(Clone, Debug)]
pub struct Review<'a> {
    pub id: &'a str,
    pub author: Person<'a>,
    /// "你关注的人", "朋友的朋友".
    pub relation: Option<Markup>,
    pub near: bool,
    pub stars: u8,
    pub text: &'a str,
    pub photos: &'a [Photo<'a>],
    /// "7月2日 · 水仙 小罐 · 第 2 次买".
    pub note: &'a str,
    /// What the seller answered.
    pub answer: Option<&'a str>,
}

/// Goes into a `<ul>` right under the head of its card.
pub fn review(lang: Lang, r: &Review) -> Markup {
    html! {
        li class={ "rev" @if r.near { " -friend" } } id=(r.id) {
            div class="row" {
                (avatar(r.author, Size::S))
                b class="sub" { (r.author.name) }
                @if let Some(relation) = &r.relation { (relation) }
                span class="end" { (stars(lang, r.stars)) }
            }
            p class="pre" { (r.text) }
            @if !r.photos.is_empty() {
                div class="pics -rev" { @for p in r.photos { (picture(p, Fit::Third)) } }
            }
            @if let Some(text) = r.answer {
                p class="answer sub" {
                    b { (lang.pick(["店家回复：", "店家回覆：", "Seller: "])) } (text)
                }
            }
            p class="note" { (r.note) }
        }
    }
}

/// Score and distribution: `counts[0]` are the five-star ones.
pub fn review_summary(lang: Lang, score_tenths: u8, counts: [i64; 5]) -> Markup {
    let all: i64 = counts.iter().sum();
    let (whole, tenth) = (score_tenths / 10, score_tenths % 10);
    html! {
        div class="row" {
            div class="center" {
                p class="bigname num" { (whole) "." (tenth) }
                (stars(lang, (score_tenths + 5) / 10))
            }
            ul class="hist" {
                @for (k, n) in counts.iter().enumerate() {
                    @let english = if k == 4 { "star" } else { "stars" };
                    @let name = format!("{} {}", 5 - k, lang.pick(["星", "星", english]));
                    li {
                        span { (name) }
                        (super::price::meter(*n, all, &format!("{name} {n}"),
                            super::price::Fill::Gold, false))
                        span class="num" { (n) }
                    }
                }
            }
        }
    }
}

/// "3 new posts": a pill above the feed instead of jumping content.
pub fn new_posts(lang: Lang, n: u32, href: &str) -> Markup {
    let text = match lang {
        Lang::Hans => format!("{n} 条新帖"),
        Lang::Hant => format!("{n} 則新貼文"),
        Lang::En if n == 1 => "1 new post".into(),
        Lang::En => format!("{n} new posts"),
    };
    super::button::button(&text).small().icon(Icon::Up).to(href).pill().render()
}
