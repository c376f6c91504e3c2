//! Posts and product cards as lists show them.
use super::shot::{Shot, photos, shots};
use crate::ui::{self, Fragment, Tone};
use crate::who::Here;
use crate::words::format::ago;
use app::content::views::{Author, PostCard, ProductCard};
use maud::{Markup, PreEscaped, html};
use rules::base::{Id, Money, id};
use rules::content::post::Kind;

pub fn kind_word(here: &Here, kind: Kind) -> &'static str {
    here.pick(match kind {
        Kind::Article => ["文章", "文章", "Article"],
        Kind::Note => ["随笔", "隨筆", "Note"],
        Kind::Link => ["链接", "連結", "Link"],
        Kind::Announcement => ["公告", "公告", "Announcement"],
    })
}
pub fn picture_word(here: &Here) -> &'static str {
    here.pick(["图片", "圖片", "Picture"])
}
/// A closed account has no name left.
pub fn name<'a>(here: &Here, author: &'a Author) -> &'a str {
    match author.closed || author.name.is_empty() {
        true => here.pick(["已注销的成员", "已註銷的成員", "Former member"]),
        false => &author.name,
    }
}
pub fn address(here: &Here, post: &PostCard) -> String {
    format!("{}/posts/{}", here.base(), post.slug)
}
pub fn author_address(here: &Here, author: &Author) -> String {
    format!("{}/members/{}", here.base(), author.id)
}
pub fn when(here: &Here, post: &PostCard) -> String {
    let at = post.published_at.unwrap_or(post.changed_at);
    let ago = ago(here.lang, at, here.now, &here.zone());
    match post.kind {
        Kind::Article => {
            let read = here.pick(["分钟读完", "分鐘讀完", "min read"]);
            format!("{ago} · {} {read}", post.minutes)
        }
        _ => ago,
    }
}
/// Only kinds that a reader should tell apart carry a mark.
pub fn mark(here: &Here, kind: Kind) -> Option<Markup> {
    let tone = match kind {
        Kind::Note => return None,
        Kind::Announcement => Tone::Accent,
        _ => Tone::Plain,
    };
    Some(ui::tag(kind_word(here, kind), tone))
}

/// Goods under a post; each link says which post sent the reader.
pub fn products(here: &Here, cards: &[ProductCard], from: Id<id::Post>) -> Markup {
    html! {
        @for c in cards {
            @let href = format!("{}/products/{}?from={from}", here.base(), c.id);
            @let money = Money::new(c.price.map_or(0, |p| p.0), here.place.currency);
            (ui::pcard(&href, &Shot::card(c).photo(), &c.title, money, stock(here, c)))
        }
    }
}
fn stock(here: &Here, c: &ProductCard) -> &'static str {
    match (c.state.as_str(), c.in_stock, c.price) {
        ("listed", true, Some((low, high))) if low < high => here.pick(["起", "起", "and up"]),
        ("listed", true, _) => "",
        ("listed", false, _) => here.pick(["卖完了", "賣完了", "Sold out"]),
        _ => here.pick(["已下架", "已下架", "Withdrawn"]),
    }
}

/// What is attached: the link of a link post, then goods.
pub fn attached(here: &Here, post: &PostCard) -> Option<Markup> {
    let host = post.link.split("://").nth(1).and_then(|rest| rest.split('/').next());
    (!post.cards.is_empty() || host.is_some()).then(|| {
        html! {
            @if let Some(host) = host {
                a class="pcard" href=(post.link) rel="nofollow ugc noopener" {
                    (ui::icon(ui::Icon::Link))
                    span class="grow" { b class="clip" { (host) } }
                }
            }
            (products(here, &post.cards, post.id))
        }
    })
}

/// What one post lends to the component; the strings live as long as the closure runs.
pub fn with<T>(here: &Here, post: &PostCard, use_it: impl FnOnce(&ui::PostCard) -> T) -> T {
    let (id, href) = (post.id.to_string(), address(here, post));
    let (author_href, when) = (author_address(here, &post.author), when(here, post));
    let like = format!("{}/posts/{}/like", here.base(), post.id);
    let shots = shots(&post.pictures, picture_word(here));
    let photos = photos(&shots);
    let count = |n: i64| u32::try_from(n.max(0)).unwrap_or(u32::MAX);
    use_it(&ui::PostCard {
        id: &id,
        href: &href,
        author: ui::Person::new(post.author.id.raw(), name(here, &post.author)),
        author_href: &author_href,
        when: &when,
        mark: mark(here, post.kind),
        title: (!post.title.is_empty()).then_some(post.title.as_str()),
        text: &post.lead,
        photos: &photos,
        card: attached(here, post),
        likes: count(post.likes),
        liked: post.liked,
        comments: count(post.comments),
        like_to: here.who.map(|_| like.as_str()),
        share_to: None,
        more: None,
        whole: false,
    })
}

/// A post in the feed.
pub fn card(here: &Here, post: &PostCard) -> Markup {
    with(here, post, |p| ui::post_card(here.lang, p))
}
/// After a like: the foot of the card, in place of what it was.
pub fn acts(here: &Here, post: &PostCard, steps: Fragment) -> Fragment {
    let to = format!("#{}-acts", post.id);
    with(here, post, |p| steps.replace(&to, ui::post_acts(here.lang, p)))
}

/// Words a member wrote, as HTML that `app::content::html` made and cleaned when they were stored.
/// The only place of these pages where HTML is not escaped.
pub fn cleaned(html: &str) -> PreEscaped<&str> {
    PreEscaped(html)
}
