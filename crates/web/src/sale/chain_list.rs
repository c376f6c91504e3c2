//! The parts of a chain order that live: how far it has come, and the running list.
use super::campaigns::shown_name;
use super::sum;
use crate::ui::price::{Fill, meter};
use crate::ui::{Person, Size, avatar, card, card_head};
use crate::who::Here;
use crate::words::{Lang, format};
use app::sale::views_chain::{ChainRow, Numbered};
use maud::{Markup, html};

/// How far it has come to its minimum; a list without one has no goal.
pub(super) fn goal(here: &Here, row: &ChainRow) -> Markup {
    if row.minimum == 0 {
        return html! {};
    }
    let money = |minor| format::money(sum(here, minor));
    let (raised, minimum) = (money(row.raised), money(row.minimum));
    let missing = money((row.minimum - row.raised).max(0));
    let words = match (here.lang, row.raised >= row.minimum) {
        (Lang::En, false) => format!("{missing} more to the minimum of {minimum}"),
        (Lang::Hans, false) => format!("满 {minimum} 起送，还差 {missing}"),
        (Lang::Hant, false) => format!("滿 {minimum} 起送，還差 {missing}"),
        (Lang::En, true) => format!("The minimum of {minimum} is reached: {raised}"),
        (Lang::Hans, true) => format!("起送 {minimum} 够了，现在 {raised}"),
        (Lang::Hant, true) => format!("起送 {minimum} 夠了，現在 {raised}"),
    };
    html! {
        p class="sub" { (words) }
        (meter(row.raised.min(row.minimum), row.minimum, &words, Fill::Green, false))
    }
}

/// Who has ordered, by number, the newest first.
pub(super) fn orders(here: &Here, list: &[Numbered]) -> Markup {
    let n = list.len();
    let head = match here.lang {
        Lang::En => format!("On the list ({n})"),
        Lang::Hans => format!("{n} 单跟团"),
        Lang::Hant => format!("{n} 單跟團"),
    };
    html! {
        @if !list.is_empty() {
            (card(html! {
                (card_head(&head))
                ul class="joins" { @for one in list { (line(here, one)) } }
            }))
        }
    }
}

/// The name as its owner wants it shown, and a picture's number that does not tell it either.
fn shown(here: &Here, one: &Numbered) -> (String, i64) {
    let own = here.who.is_some_and(|w| w.member == one.member);
    match one.named || own {
        true => (shown_name(here, &one.name), one.member.raw()),
        false => (here.pick(["匿名邻居", "匿名鄰居", "A neighbour"]).to_string(), one.number),
    }
}

fn line(here: &Here, one: &Numbered) -> Markup {
    let (name, face) = shown(here, one);
    let what: Vec<String> = one.items.iter().map(|(t, n)| format!("{t} ×{n}")).collect();
    let comma = here.pick(["、", "、", ", "]);
    html! {
        li id={ "n" (one.number) } {
            (avatar(Person::new(face, &name), Size::S))
            div class="grow" {
                p class="row" {
                    b class="sub" { (name) }
                    span class="note end" {
                        (format::ago(here.lang, one.at, here.now, &here.zone()))
                    }
                }
                p { (what.join(comma)) }
            }
            span class="no" { "#" (one.number) }
        }
    }
}
