//! Coupons and polls.
use maud::{Markup, Render, html};
use rules::base::Lang;

use super::button::Button;
use super::icons::{Icon, icon_s};
use super::price::percent;
use crate::words::format::number;

/// How a coupon stands for its reader.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CouponState {
    Claim,
    Mine,
    /// Used, ended, or not for its reader: `until` says which.
    Used,
}

/// A coupon: what it takes off, when, until when.
#[derive(Clone, Debug)]
pub struct Coupon<'a> {
    /// `5` and `元`; `9` and `折`; `10` and `% off`.
    pub amount: &'a str,
    pub unit: &'a str,
    /// "满 60 可用".
    pub condition: &'a str,
    pub name: &'a str,
    pub until: &'a str,
    pub state: CouponState,
    /// Claim or use it; a used one has none.
    pub action: Option<Button<'a>>,
}

pub fn coupon(c: &Coupon) -> Markup {
    let class = match c.state {
        CouponState::Claim => " -claim",
        CouponState::Mine => "",
        CouponState::Used => " -used",
    };
    html! {
        article class={ "coupon" (class) } {
            div class="coupon-amt" { b { (c.amount) } (c.unit) small { (c.condition) } }
            div class="coupon-main" { h3 class="t3" { (c.name) } p class="note" { (c.until) } }
            @if let Some(action) = &c.action { (action.clone().small().quiet().render()) }
        }
    }
}

/// One answer of a poll.
#[derive(Clone, Copy, Debug)]
pub struct PollOption<'a> {
    pub value: &'a str,
    pub text: &'a str,
    pub votes: i64,
    pub mine: bool,
}

/// A question with answers: radios or ticks before, bars after.
#[derive(Clone, Copy, Debug)]
pub struct Poll<'a> {
    pub id: &'a str,
    pub question: &'a str,
    /// "单选 · 86 人投了 · 周四 20:00 截止 · 名字不公开".
    pub note: &'a str,
    pub options: &'a [PollOption<'a>],
    /// Where votes go; none once the reader voted or the poll closed.
    pub vote_to: Option<&'a str>,
    pub many: bool,
    pub error: Option<&'a str>,
}

pub fn poll(lang: Lang, p: &Poll) -> Markup {
    let all: i64 = p.options.iter().map(|o| o.votes).sum();
    html! {
        @match p.vote_to {
            Some(url) => {
                form class="poll" id=(p.id) method="post" action=(url) data-frag {
                    h3 class="t3" { (p.question) }
                    p class="note" { (p.note) }
                    @for o in p.options {
                        label {
                            input class="tick" name="option" value=(o.value)
                                type=(if p.many { "checkbox" } else { "radio" });
                            span { (o.text) }
                        }
                    }
                    @if let Some(text) = p.error { (super::field::error_line(p.id, text)) }
                    (super::button::button(lang.pick(["投票", "投票", "Vote"])).small().submit())
                }
            },
            None => {
                div class="poll" id=(p.id) {
                    h3 class="t3" { (p.question) }
                    p class="note" { (p.note) }
                    @for o in p.options { (answer(lang, o, all)) }
                }
            },
        }
    }
}

fn answer(lang: Lang, o: &PollOption, all: i64) -> Markup {
    let part = percent(o.votes, all);
    let votes = match (lang, o.votes) {
        (Lang::En, 1) => "1 vote".to_owned(),
        (_, n) => format!("{} {}", number(n), lang.pick(["票", "票", "votes"])),
    };
    html! {
        div class={ "poll-o" @if o.mine { " -mine" } } {
            svg class="poll-bar" aria-hidden="true" {
                rect width={ (part) "%" } height="100%" {}
            }
            span { (o.text) }
            @if o.mine {
                (icon_s(Icon::Check))
                span class="sr" { (lang.pick(["我选的", "我選的", "my choice"])) }
            }
            b class="num" { (part) "%" span class="note" { " " (votes) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_poll_shows_radios_before_and_bars_after() {
        let options = [
            PollOption { value: "1", text: "<岩茶>", votes: 2, mine: true },
            PollOption { value: "2", text: "菜", votes: 1, mine: false },
        ];
        let open = Poll {
            id: "poll-1",
            question: "想听什么？",
            note: "单选",
            options: &options,
            vote_to: Some("/vote"),
            many: false,
            error: None,
        };
        let before = poll(Lang::En, &open).into_string();
        assert_eq!(before.matches("type=\"radio\"").count(), 2);
        assert!(before.contains("&lt;岩茶&gt;") && !before.contains("poll-bar"));
        let after = poll(Lang::En, &Poll { vote_to: None, ..open }).into_string();
        assert!(after.contains("width=\"66.6%\"") && after.contains(" 1 vote<"));
        assert!(!after.contains("<form"));
    }
}
