//! Orders: the card in the list, the steps so far, the ticket with the pick-up code.
use maud::{Markup, Render, html};
use rules::base::{Lang, Money};

use super::button::Button;
use super::picture::{Photo, qr_img, thumb};
use super::price::price_ink;
use super::tag::{Tone, tag};

/// An order in a list: number, state, what is in it, one main action.
#[derive(Clone, Debug)]
pub struct OrderCard<'a> {
    pub href: &'a str,
    pub number: &'a str,
    pub state: &'a str,
    pub tone: Tone,
    pub photo: Photo<'a>,
    pub title: &'a str,
    pub note: &'a str,
    pub total: Money,
    /// The main one last, with `.primary()`.
    pub actions: Vec<Button<'a>>,
}

pub fn order_card(o: &OrderCard) -> Markup {
    html! {
        section class="card" {
            div class="row" {
                span class="note num grow" { (o.number) }
                (tag(o.state, o.tone))
            }
            a class="row -top" href=(o.href) {
                (thumb(&o.photo, 64))
                span class="grow" { b class="clamp2" { (o.title) } span class="note" { (o.note) } }
                (price_ink(o.total))
            }
            @if !o.actions.is_empty() {
                div class="ocard-foot" { @for b in &o.actions { (b.clone().small()) } }
            }
        }
    }
}

/// How a step of a timeline stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Step {
    Now,
    Good,
    Bad,
    Next,
    #[default]
    Past,
}

/// One step: what, and below it when, where, by whom.
#[derive(Clone, Debug, Default)]
pub struct TimelineStep {
    pub step: Step,
    pub what: String,
    pub note: Option<String>,
}

impl TimelineStep {
    pub fn new(step: Step, what: impl Into<String>, note: impl Into<String>) -> Self {
        let note = note.into();
        TimelineStep { step, what: what.into(), note: (!note.is_empty()).then_some(note) }
    }
}

/// The latest first.
pub fn timeline(steps: &[TimelineStep]) -> Markup {
    html! {
        ol class="tl" {
            @for s in steps {
                @let class = match s.step {
                    Step::Now => Some("-now"),
                    Step::Good => Some("-good"),
                    Step::Bad => Some("-bad"),
                    Step::Next => Some("-next"),
                    Step::Past => None,
                };
                li class=[class] {
                    p class=[(s.step == Step::Now).then_some("t3")] { (s.what) }
                    @if let Some(note) = &s.note { p class="note" { (note) } }
                }
            }
        }
    }
}

/// A pick-up ticket: state, place, QR, code, and below the cut what is picked up.
#[derive(Clone, Debug)]
pub struct Ticket<'a> {
    pub state: &'a str,
    pub place: &'a str,
    /// Six digits; drawn as three and three.
    pub code: &'a str,
    /// Address of the QR picture with the same code.
    pub qr: Option<&'a str>,
    pub hint: Option<&'a str>,
    pub below: Option<Markup>,
}

pub fn ticket(lang: Lang, t: &Ticket) -> Markup {
    let word = lang.pick(["取件码", "取件碼", "Pick-up code"]);
    let alt = lang.pick([
        "取件二维码，内容同取件码",
        "取件 QR 碼，內容同取件碼",
        "QR code with the pick-up code",
    ]);
    html! {
        section class="ticket" {
            div class="ticket-b center stack" {
                p { b class="t2" { (t.state) } br; span class="sub" { (t.place) } }
                @if let Some(src) = t.qr { (qr_img(src, alt)) }
                p { span class="note" { (word) } br; span class="ticket-code" { (halved(t.code)) } }
                @if let Some(hint) = t.hint { p class="note" { (hint) } }
            }
            @if let Some(below) = &t.below {
                div class="ticket-cut" {}
                div class="ticket-b" { (below) }
            }
        }
    }
}

/// `418 206`; what is not six digits stays whole.
fn halved(code: &str) -> String {
    match code.len() == 6 && code.is_ascii() {
        true => format!("{} {}", &code[..3], &code[3..]),
        false => code.to_owned(),
    }
}

/// The running number of a chain order, as a rubber stamp.
pub fn stamp(number: i64, word: &str) -> Markup {
    html! { span class="stamp" { b { "#" (number) } (word) } }
}

/// A row of a leader's list: anything, words, a large count.
pub fn pick_row(lead: impl Render, title: &str, note: &str, end: impl Render) -> Markup {
    html! {
        li class="pick" {
            (lead)
            div class="grow" { p class="t3" { (title) } p class="note" { (note) } }
            (end)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_in_halves() {
        for (code, want) in [("418206", "418 206"), ("41820", "41820"), ("桃桃", "桃桃")] {
            assert_eq!(halved(code), want);
        }
    }
}
