//! One order at the counter: whose it is, what is in it, the tap and the way back.
use super::Led;
use super::lists::row_items;
use crate::ui::{button, field};
use crate::who::Here;
use crate::words::format;
use app::sale::views_board::BoardRow;
use app::sale::views_lead::Handed;
use maud::{Markup, html};
use rules::base::{Id, id};

pub(super) enum Shown<'a> {
    /// Waits at the point; `id` is what a hand-out without script gets.
    Ready {
        id: Id<id::HandOut>,
    },
    Gone {
        handed: &'a Handed,
        may: bool,
    },
}

pub(super) fn row(here: &Here, led: &Led, r: &BoardRow, shown: &Shown<'_>) -> Markup {
    let find = format!("{} {} {} {} {}", r.number, r.code, r.recipient, r.name, r.phone);
    let gone = matches!(shown, Shown::Gone { .. });
    html! {
        li class="pick hand" id={ "h" (r.order) } data-order=(r.order) data-find=(find)
            data-gone[gone] {
            span class="no" { "#" (r.number) }
            div class="grow stack -xs" {
                p class="t2" { (r.recipient) }
                p class="note" { (row_items(r)) }
                @if !r.note.is_empty() { p class="note" { "“" (r.note) "”" } }
                p class="note" role="status" data-says { (says(here, shown)) }
            }
            (hand_form(here, led, r, shown))
            (undo_form(here, led, r, shown))
        }
    }
}

fn says(here: &Here, shown: &Shown<'_>) -> Markup {
    let Shown::Gone { handed, .. } = shown else { return html! {} };
    html! {
        (format::ago(here.lang, handed.at, here.now, &here.zone()))
        @if !handed.collected_by.is_empty() {
            " · " (here.pick(["代取：", "代取：", "collected by "])) (handed.collected_by)
        }
    }
}

fn hand_form(here: &Here, led: &Led, r: &BoardRow, shown: &Shown<'_>) -> Markup {
    let id = match shown {
        Shown::Ready { id } => Some(id.to_string()),
        // the script needs the form when an undo makes the row wait again
        Shown::Gone { .. } => None,
    };
    let proxy = format!("by-{}", r.order);
    let label = here.pick(["谁来取的", "誰來取的", "Who came"]);
    html! {
        form class="hand-form" method="post" action=(led.path(here, "/handout"))
            hidden[id.is_none()] {
            input type="hidden" name="id" value=(id.unwrap_or_default());
            input type="hidden" name="order" value=(r.order);
            (button(here.pick(["交付", "交付", "Hand over"])).primary().small().submit()
                .label(&format!("{} {}", here.pick(["交付", "交付", "Hand over to"]), r.recipient)))
            details {
                summary class="note" { (here.pick(["别人代取", "別人代取", "Somebody else"])) }
                (field::text("collected_by", label, "").id(&proxy).most(40))
            }
        }
    }
}

fn undo_form(here: &Here, led: &Led, r: &BoardRow, shown: &Shown<'_>) -> Markup {
    let id = match shown {
        Shown::Gone { handed, may: true } => Some(handed.id.to_string()),
        _ => None,
    };
    html! {
        form class="undo-form" method="post" action=(led.path(here, "/undo")) hidden[id.is_none()] {
            input type="hidden" name="id" value=(id.unwrap_or_default());
            (button(here.pick(["撤销", "復原", "Undo"])).small().submit()
                .label(&format!("{} {}", here.pick(["撤销", "復原", "Undo"]), r.recipient)))
        }
    }
}
