//! Red packets: the card in a talk, the envelope, what was in it, who had what luck.
use maud::{Markup, html};
use rules::base::{Lang, Money};

use super::person::{Person, Size, avatar};
use super::tag::{Tone, tag};
use crate::words::format::{money, price_parts};

/// The card in a talk. `over`: nothing can be taken any more.
pub fn packet_card(href: &str, wish: &str, note: &str, over: bool) -> Markup {
    html! {
        a class={ "rp" @if over { " -open" } } href=(href) {
            svg viewBox="0 0 34 42" aria-hidden="true" {
                rect width="34" height="42" rx="4" fill="#F7DFA8" opacity=".25" {}
                path d="M0 10c5 7 11 10 17 10s12-3 17-10V4a4 4 0 0 0-4-4H4a4 4 0 0 0-4 4z"
                    fill="#F7DFA8" opacity=".3" {}
                circle cx="17" cy="20" r="6.5" fill="#F7DFA8" {}
            }
            b { (wish) } small { (note) }
        }
    }
}

/// The closed envelope. `open_to` draws the seal that opens it.
pub fn envelope(
    lang: Lang,
    by: Person<'_>,
    (title, wish, note): (&str, &str, &str),
    open_to: Option<&str>,
) -> Markup {
    let label = lang.pick(["打开红包", "打開紅包", "Open the red packet"]);
    let inside = html! {
        div class="env" {
            (avatar(by, Size::L))
            b class="t2" { (title) }
            span { (wish) }
            @if open_to.is_some() {
                button class="env-seal" type="submit" aria-label=(label) {
                    span lang="zh-Hant" { "開" }
                }
            }
            small { (note) }
        }
    };
    html! {
        @match open_to {
            Some(to) => { form class="-before" method="post" action=(to) data-frag { (inside) } },
            None => { div class="-before" { (inside) } },
        }
    }
}

/// What was in it: the sum in large type and where it went.
pub fn packet_inside(title: &str, amount: Money, note: Markup) -> Markup {
    let parts = price_parts(amount);
    html! {
        div class="-after stack" tabindex="-1" {
            div class="center stack -s" {
                p { (title) }
                p class="env-amt" { small { (parts.symbol) } (parts.whole) (parts.part) }
                p class="sub" { (note) }
            }
        }
    }
}

/// One line of the list of luck.
pub struct Lucky<'a> {
    pub who: Person<'a>,
    pub at: String,
    pub amount: Money,
    pub luckiest: bool,
}

pub fn luck_list(lang: Lang, rows: &[Lucky<'_>]) -> Markup {
    html! {
        ul class="luck" {
            @for row in rows {
                li {
                    (avatar(row.who, Size::S))
                    div class="grow" { p { (row.who.name) } p class="note" { (row.at) } }
                    @if row.luckiest {
                        (tag(lang.pick(["手气最佳", "手氣最佳", "Luckiest"]), Tone::Gold))
                    }
                    b class="num" { (money(row.amount)) }
                }
            }
        }
    }
}
