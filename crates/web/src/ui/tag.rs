//! Short words on tinted ground, and counts.
use maud::{Markup, html};

use super::icons::{Icon, icon};
use crate::words::format::capped;

/// What a tint means. Gold only for red packets and points; green: the community vouches.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Tone {
    #[default]
    Plain,
    Accent,
    Green,
    Gold,
    Blue,
    Danger,
}

impl Tone {
    pub(super) const fn class(self) -> &'static str {
        match self {
            Tone::Plain => "",
            Tone::Accent => " -accent",
            Tone::Green => " -green",
            Tone::Gold => " -gold",
            Tone::Blue => " -blue",
            Tone::Danger => " -danger",
        }
    }
}

pub fn tag(text: &str, tone: Tone) -> Markup {
    html! { span class={ "tag" (tone.class()) } { (text) } }
}

/// With a drawing before the word: a shield for "checked by the leader".
pub fn tag_icon(text: &str, tone: Tone, drawing: Icon) -> Markup {
    html! { span class={ "tag" (tone.class()) } { (icon(drawing)) (text) } }
}

/// A tag one can press to see everything that carries it.
pub fn tag_link(text: &str, tone: Tone, href: &str) -> Markup {
    html! { a class={ "tag" (tone.class()) } href=(href) { (text) } }
}

/// How many wait for the reader; the place it sits in says of what.
pub fn badge(n: u32) -> Markup {
    html! { i class="badge" { (capped(n)) } }
}

/// A count that asks for nothing: muted groups, console lists.
pub fn badge_mute(n: u32) -> Markup {
    html! { i class="badge -mute" { (capped(n)) } }
}
