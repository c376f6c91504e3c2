//! Things to buy: in the two-column list, inside posts and chat, in the strip of open group buys.
use maud::{Markup, Render, html};
use rules::base::{Lang, Moment, Money};

use super::button::icon_button;
use super::icons::Icon;
use super::person::{Person, vouch};
use super::picture::{Fit, Photo, picture, thumb};
use super::price::{Fill, countdown, member_price, meter, price};

/// A card of the two-column list.
#[derive(Clone, Copy, Debug)]
pub struct Good<'a> {
    pub href: &'a str,
    pub title: &'a str,
    pub photo: Photo<'a>,
    pub price: Money,
    /// What everybody pays, where the reader's tier pays less.
    pub list: Option<Money>,
    /// Friends who bought it, and a true sentence; without faces it is a plain note.
    pub friends: &'a [Person<'a>],
    pub sentence: Option<&'a str>,
    /// Where the plus posts; products with variants have none, their page asks first.
    pub add: Option<&'a str>,
    pub sold_out: bool,
}

/// The title's link covers the card; the plus lies above it and is a form of its own.
pub fn good(lang: Lang, g: &Good) -> Markup {
    let add =
        format!("{}{}", lang.pick(["加入购物车：", "加入購物車：", "Add to cart: "]), g.title);
    html! {
        article class="good" {
            (picture(&g.photo, Fit::Half))
            div class="good-b" {
                h3 class="clamp2" { a href=(g.href) { (g.title) } }
                @if let Some(text) = g.sentence {
                    @if g.friends.is_empty() { p class="note" { (text) } }
                    @else { (vouch(lang, g.friends, text)) }
                }
                @if let Some(list) = g.list { p { (member_price(lang, list)) } }
                div class="good-f" {
                    (price(g.price))
                    @if g.sold_out {
                        span class="note end" { (lang.pick(["卖完了", "賣完了", "Sold out"])) }
                    } @else if let Some(url) = g.add {
                        form class="end" method="post" action=(url) data-frag {
                            (icon_button(Icon::Plus, &add).fill().submit())
                        }
                    }
                }
            }
        }
    }
}

/// The whole list.
pub fn goods(lang: Lang, all: &[Good]) -> Markup {
    html! { div class="goods" { @for g in all { (good(lang, g)) } } }
}

/// A product or group buy attached to a post or a chat line.
pub fn pcard(href: &str, photo: &Photo, title: &str, amount: Money, note: &str) -> Markup {
    html! {
        a class="pcard" href=(href) {
            (thumb(photo, 64))
            span class="grow" {
                b class="clamp2" { (title) }
                span class="row -base" { (price(amount)) span class="note" { (note) } }
            }
        }
    }
}

/// An open group buy in the strip on the home page.
#[derive(Clone, Copy, Debug)]
pub struct GroupBuy<'a> {
    pub href: &'a str,
    pub title: &'a str,
    pub photo: Photo<'a>,
    pub price: Money,
    pub taken: u32,
    pub size: u32,
    pub faces: &'a [Person<'a>],
    pub until: Moment,
}

pub fn group_buy_card(lang: Lang, g: &GroupBuy, now: Moment) -> Markup {
    let (taken, size) = (g.taken, g.size);
    let words = match lang {
        Lang::Hans => format!("已有 {taken} 人，共 {size} 人"),
        Lang::Hant => format!("已有 {taken} 人，共 {size} 人"),
        Lang::En => format!("{taken} of {size} seats"),
    };
    let free = size.saturating_sub(taken);
    let full = free == 0;
    html! {
        a class="gb" href=(g.href) {
            (picture(&g.photo, Fit::Half))
            div class="gb-b" {
                h3 class="clip t3" { (g.title) }
                div class="row -base" {
                    (price(g.price))
                    span class="note end" {
                        (lang.pick(["剩 ", "剩 ", ""])) (countdown(lang, g.until, now))
                        (lang.pick(["", "", " left"]))
                    }
                }
                (meter(taken.into(), size.into(), &words, Fill::Accent, true))
                div class="row" {
                    (super::person::face_pile(lang, g.faces, 0, super::person::Size::Xs))
                    span class="sub end" {
                        @if full { (lang.pick(["满了", "滿了", "Full"])) }
                        @else { (to_go(lang, free)) }
                    }
                }
            }
        }
    }
}

/// "还差 3 人", the number first and in the accent.
pub fn to_go(lang: Lang, free: u32) -> Markup {
    html! {
        @match lang {
            Lang::Hans => { "还差 " b class="hot" { (free) } " 人" },
            Lang::Hant => { "還差 " b class="hot" { (free) } " 人" },
            Lang::En => { b class="hot" { (free) } " to go" },
        }
    }
}

/// Cards side by side that scroll sideways.
pub fn strip(cards: Markup) -> Markup {
    html! { div class="strip" { (cards) } }
}

/// A line of an order, a cart or a parcel: picture, name, a note, something at its end.
pub fn item_row(photo: &Photo, title: &str, note: &str, end: impl Render) -> Markup {
    html! {
        div class="row" {
            (thumb(photo, 64))
            div class="grow" { b { (title) } p class="note" { (note) } }
            (end)
        }
    }
}
