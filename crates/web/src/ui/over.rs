//! What lies over or in place of content: sheets, dialogs, banners, empty states, skeletons.
use maud::{Markup, Render, html};
use rules::base::Lang;

use super::button::Button;
use super::icons::{Icon, icon};
use super::tag::Tone;

fn over(lang: Lang, shape: &str, id: &str, title: &str, body: Markup, foot: Markup) -> Markup {
    let named = format!("{id}-t");
    html! {
        dialog class=(shape) id=(id) aria-labelledby=(named) {
            div class="sheet-head" {
                h2 class="t2" id=(named) { (title) }
                a class="ib" href="#" data-close aria-label=(lang.pick(["关闭", "關閉", "Close"])) {
                    (icon(Icon::Close))
                }
            }
            div class="sheet-body" { (body) }
            @if !foot.0.is_empty() { (foot) }
        }
    }
}

fn foot_of(foot: Option<Markup>) -> Markup {
    html! { @if let Some(foot) = foot { div class="sheet-foot" { (foot) } } }
}

/// From the bottom on phones. Its opener is `button(..).opens(id)`; `:target` works without script.
pub fn sheet(lang: Lang, id: &str, title: &str, body: Markup, foot: Option<Markup>) -> Markup {
    over(lang, "sheet", id, title, body, foot_of(foot))
}

/// A question in the middle of the screen; `answers` are its buttons, the safe one first.
pub fn dialog(lang: Lang, id: &str, title: &str, body: Markup, answers: Markup) -> Markup {
    let body = html! { (body) div class="modal-foot" { (answers) } };
    over(lang, "modal", id, title, body, html! {})
}

/// A side panel of the console.
pub fn drawer(lang: Lang, id: &str, title: &str, body: Markup, foot: Option<Markup>) -> Markup {
    over(lang, "drawer", id, title, body, foot_of(foot))
}

/// A sentence that stays: green done, gold take care, danger did not work, otherwise news.
pub fn banner(text: &str, tone: Tone) -> Markup {
    banner_of(html! { (text) }, tone, None)
}

/// With markup inside and a button at its end.
pub fn banner_of(text: Markup, tone: Tone, end: Option<Button>) -> Markup {
    let (class, drawing) = match tone {
        Tone::Green => (" -green", Icon::Check),
        Tone::Gold => (" -gold", Icon::Warn),
        Tone::Danger | Tone::Accent => (" -danger", Icon::Warn),
        Tone::Plain | Tone::Blue => ("", Icon::Info),
    };
    html! {
        div class={ "banner" (class) } role="note" {
            (icon(drawing))
            div class="grow" { (text) }
            @if let Some(end) = end { (end.render()) }
        }
    }
}

/// Says what to do first, and has one button for it.
pub fn empty_state(title: &str, sentence: &str, first: Option<Button>) -> Markup {
    html! {
        div class="empty" {
            svg viewBox="0 0 112 84" aria-hidden="true" {
                ellipse cx="56" cy="72" rx="44" ry="7" fill="var(--sunken)" {}
                path d="M22 34h68l-8 34a4 4 0 0 1-4 3H34a4 4 0 0 1-4-3z" fill="var(--surface)"
                    stroke="var(--line-2)" stroke-width="2" {}
                path d="M34 34c0-14 9-22 22-22s22 8 22 22M44 44v16M56 44v16M68 44v16" fill="none"
                    stroke="var(--line-2)" stroke-width="2" stroke-linecap="round" {}
                circle cx="92" cy="20" r="7" fill="var(--accent-50)" stroke="var(--accent)"
                    stroke-width="2" {}
            }
            b { (title) }
            p { (sentence) }
            @if let Some(first) = first { (first.small()) }
        }
    }
}

/// A card that is on its way; shows itself only after 300 ms.
pub fn skeleton(lang: Lang, picture: bool) -> Markup {
    html! {
        div class="card" aria-busy="true" aria-label=(lang.pick(["正在载入", "正在載入", "Loading"])) {
            @if picture { i class="sk -img" {} }
            div class="row" {
                i class="sk -dot" {}
                div class="grow stack -s" { i class="sk -half" {} i class="sk" {} }
            }
            i class="sk" {}
            i class="sk -half" {}
        }
    }
}
