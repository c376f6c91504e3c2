//! One review: who, how many stars, words, pictures, what came later, what the shop answered.
use crate::content::card::picture_word;
use crate::content::shot::{photos, shots};
use crate::ui::{self, Fit, Icon, Person, Size, Tone};
use crate::who::Here;
use crate::words::format::{ago, date};
use app::trust::views::{Histogram, ReviewRow};
use maud::{Markup, html};
use rules::base::Moment;
use rules::community::role::Right;
use rules::trust::review::FOLLOW_DAYS;
use rules::trust::tie::Near;

/// What was chosen, its values beside each other.
pub fn choices(parted: &str) -> String {
    parted.split('\u{1f}').filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The average in tenths of a star.
pub fn score(h: &Histogram) -> u8 {
    if h.count <= 0 {
        return 0;
    }
    u8::try_from((h.sum * 20 + h.count) / (h.count * 2)).unwrap_or(50).min(50)
}

/// The head of a list: score and bars, five stars first.
pub fn summary(here: &Here, h: &Histogram) -> Markup {
    let mut counts = h.stars;
    counts.reverse();
    ui::review_summary(here.lang, score(h), counts)
}

/// A member's name opens the member; an anonymous review has neither.
fn by(here: &Here, r: &ReviewRow) -> Markup {
    let nobody = here.pick(["匿名", "匿名", "Anonymous"]);
    html! {
        @match &r.by {
            Some(by) => {
                (ui::avatar(Person::new(by.id.raw(), &by.name), Size::S))
                a class="sub" href={ (here.base()) "/members/" (by.id) } { b { (by.name) } }
                @if by.staff { (ui::tag(here.pick(["店家", "店家", "Shop"]), Tone::Green)) }
                @if let Some(on) = &r.voice { (super::voices::badge(here, by.id, on)) }
            },
            None => {
                (ui::avatar(Person::new(0, nobody), Size::S))
                b class="sub" { (nobody) }
            },
        }
        (super::follows::near_tag(here, r.near))
        @if r.mine { (ui::tag(here.pick(["我的", "我的", "Mine"]), Tone::Plain)) }
    }
}

/// Goes into a `<ul>`; with `full` it carries what the reader may do with it.
pub fn review(here: &Here, r: &ReviewRow, full: bool) -> Markup {
    let what = picture_word(here);
    let all = shots(&r.pictures, what);
    let known = matches!(r.near, Near::Friend | Near::FriendOfFriend);
    let chosen = choices(&r.choices);
    let at = date(here.lang, r.at, here.now, &here.zone());
    html! {
        li class={ "rev" @if known { " -friend" } } id=(r.id) {
            div class="row" {
                (by(here, r))
                @if let Some(n) = r.stars {
                    span class="end" {
                        (ui::stars(here.lang, u8::try_from(n.clamp(0, 5)).unwrap_or(0)))
                    }
                }
            }
            @if !r.text.is_empty() { p class="pre" { (r.text) } }
            (strip(&all))
            @if let Some(more) = &r.follow_up {
                @let all = shots(&more.pictures, what);
                div class="answer sub" {
                    b { (later(here, r.at, more.at)) } p class="pre" { (more.text) }
                    (strip(&all))
                }
            }
            @if let Some((text, _)) = &r.reply {
                p class="answer sub" {
                    b { (here.pick(["店家回复：", "店家回覆：", "Shop: "])) } (text)
                }
            }
            p class="note" { (at) @if !chosen.is_empty() { " · " (chosen) } }
            @if full { (deeds(here, r)) }
        }
    }
}

fn strip(all: &[crate::content::shot::Shot]) -> Markup {
    html! {
        @if !all.is_empty() {
            div class="pics -rev" { @for p in photos(all) { (ui::picture(&p, Fit::Third)) } }
        }
    }
}

/// "12 天后追评".
fn later(here: &Here, first: Moment, then: Moment) -> String {
    let days = (then.since(first) / rules::base::moment::DAY).max(0);
    match (here.pick(["hans", "hant", "en"]), days) {
        ("en", 0) => "Later that day".into(),
        ("en", 1) => "1 day later".into(),
        ("en", n) => format!("{n} days later"),
        ("hant", 0) => "當天追評".into(),
        ("hant", n) => format!("{n} 天後追評"),
        (_, 0) => "当天追评".into(),
        (_, n) => format!("{n} 天后追评"),
    }
}

/// The button that says it helped; replaced by itself after a vote.
pub fn vote(here: &Here, r: &ReviewRow) -> Markup {
    let word = here.pick(["有用", "有用", "Helpful"]);
    let action = format!("{}/reviews/{}/helpful", here.base(), r.id);
    html! {
        div id={ (r.id) "-helpful" } {
            @if here.who.is_some() && !r.mine {
                form method="post" action=(action) data-frag {
                    input type="hidden" name="product" value=(r.product);
                    button class="btn -s -quiet" type="submit" name="on"
                        value=(if r.voted { "no" } else { "yes" })
                        aria-pressed=(if r.voted { "true" } else { "false" }) {
                        @if r.voted { (ui::icon_s(Icon::Check)) }
                        (word) @if r.helpful > 0 { " " (r.helpful) }
                    }
                }
            } @else if r.helpful > 0 { span class="note" { (word) " " (r.helpful) } }
        }
    }
}

fn deeds(here: &Here, r: &ReviewRow) -> Markup {
    let Some(who) = here.who else { return vote(here, r) };
    let (tends, sells) = (who.rights.may(Right::Content), who.rights.may(Right::Orders));
    let to = |path: &str| format!("{}/reviews/{}/{path}?product={}", here.base(), r.id, r.product);
    html! {
        div class="row -wrap" {
            (vote(here, r))
            span class="grow" {}
            @if r.mine && may_follow(here, r) {
                a class="note" href=(to("follow")) {
                    (here.pick(["追评", "追評", "Follow up"]))
                }
            }
            @if tends || sells {
                a class="note" href=(to("reply")) { (here.pick(["回复", "回覆", "Answer"])) }
            }
            @if tends && !r.mine {
                a class="note" href=(to("hide")) { (here.pick(["隐藏", "隱藏", "Hide"])) }
            }
            @if !r.mine {
                a class="note" href=(to("report")) { (here.pick(["举报", "檢舉", "Report"])) }
            }
        }
    }
}

pub fn may_follow(here: &Here, r: &ReviewRow) -> bool {
    r.follow_up.is_none() && here.now < r.at.plus_days(FOLLOW_DAYS)
}

/// When it was written, for lists about oneself.
pub fn when(here: &Here, at: Moment) -> String {
    ago(here.lang, at, here.now, &here.zone())
}
