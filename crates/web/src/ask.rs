//! A question before what cannot be undone and depends on what was typed: a card with the form once
//! more, as it came, and `sure` in it. It is an answer of the server, so it works without script.
use crate::form::Form;
use crate::ui::{button, card_head};
use crate::who::Here;
use maud::{Markup, html};

/// The field in which the second post says what was seen.
pub const SURE: &str = "sure";

pub struct Ask<'a> {
    /// Where the form goes: the address it came to.
    pub to: &'a str,
    /// The page it came from.
    pub back: &'a str,
    pub title: &'a str,
    /// What the second post brings in `sure`: another sum than this one is asked about again.
    pub seen: &'a str,
    pub yes: &'a str,
}

/// Whether the form says yes to what would be asked now.
pub fn said(form: &Form, seen: &str) -> bool {
    form.get(SURE) == seen
}

pub fn ask(here: &Here, q: &Ask<'_>, form: &Form, body: Markup) -> Markup {
    html! {
        section class="card stack" id="sure" {
            (card_head(q.title))
            (body)
            form method="post" action=(q.to) class="row -wrap" {
                @for (name, value) in form.pairs().filter(|(name, _)| *name != SURE) {
                    input type="hidden" name=(name) value=(value);
                }
                input type="hidden" name=(SURE) value=(q.seen);
                (button(here.pick(["再想想", "再想想", "Not now"])).to(q.back))
                (button(q.yes).danger().submit())
            }
        }
    }
}
