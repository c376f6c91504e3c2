//! A group's chat: its lines.
use crate::ui::fragment;
use app::community::views_chat::Line;
use maud::{Markup, html};
use rules::base::Lang;

/// One line as the log shows it, the same for every reader of a language.
pub fn line(_lang: Lang, line: &Line) -> Markup {
    html! { li class="line" id={ "m" (line.id) } { (line.body) } }
}

/// What a live reader is sent: the line appended, or put in place of what it was.
pub fn fragment_of(lang: Lang, x: &Line) -> String {
    let id = format!("m{}", x.id);
    fragment().append("#log", &id, line(lang, x)).into_string()
}
