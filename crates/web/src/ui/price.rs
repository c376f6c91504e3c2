//! Prices, meters, stars and countdowns.
use maud::{Markup, html};
use rules::base::{Lang, Moment, Money};

use super::icons::star;
use super::tag::{Tone, tag};
use crate::words::format::{countdown as left, iso, money, price_parts};

fn priced(amount: Money, class: &str) -> Markup {
    let p = price_parts(amount);
    html! {
        span class={ "price" (class) } {
            small { (p.sign) (p.symbol) } b { (p.whole) }
            @if !p.part.is_empty() { small { (p.part) } }
        }
    }
}

/// The price one pays, in the accent.
pub fn price(amount: Money) -> Markup {
    priced(amount, "")
}
/// The same on top of a product page.
pub fn price_xl(amount: Money) -> Markup {
    priced(amount, " -xl")
}
/// An amount that is no offer: order lines, ledgers.
pub fn price_ink(amount: Money) -> Markup {
    priced(amount, " -ink")
}

/// A struck price: the lowest of the last `days` days as recorded, never a typed one.
pub fn was(lang: Lang, lowest: Money, days: u16) -> Markup {
    html! {
        s class="was" {
            @match lang {
                Lang::Hans => { "近 " (days) " 天最低 " (money(lowest)) },
                Lang::Hant => { "近 " (days) " 天最低 " (money(lowest)) },
                Lang::En => { "Lowest in " (days) " days " (money(lowest)) },
            }
        }
    }
}

/// Beside a member price: what it is, and what everybody pays. It is the shop's price and not
/// struck, because nothing was reduced.
pub fn member_price(lang: Lang, list: Money) -> Markup {
    html! {
        (tag(lang.pick(["会员价", "會員價", "Member price"]), Tone::Gold))
        " " span class="note" { (shop_price(lang, list)) }
    }
}
/// `店价 ¥39.90`.
pub fn shop_price(lang: Lang, list: Money) -> String {
    format!("{} {}", lang.pick(["店价", "店價", "Shop price"]), money(list))
}

/// What a bar is filled with.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Fill {
    #[default]
    Accent,
    Green,
    Gold,
}

/// A bar of `value` out of `max`; `label` says it in words.
pub fn meter(value: i64, max: i64, label: &str, fill: Fill, thin: bool) -> Markup {
    let class = match fill {
        Fill::Accent => "",
        Fill::Green => " -green",
        Fill::Gold => " -gold",
    };
    html! {
        svg class={ "meter" (class) @if thin { " -s" } } role="progressbar" aria-valuemin="0"
            aria-valuemax=(max.max(0)) aria-valuenow=(value) aria-label=(label) {
            rect width={ (percent(value, max)) "%" } height="100%" {}
        }
    }
}

/// One decimal, between 0 and 100; an empty whole is 0.
pub(super) fn percent(value: i64, max: i64) -> String {
    if max <= 0 {
        return "0".into();
    }
    let tenths = (i128::from(value) * 1000 / i128::from(max)).clamp(0, 1000);
    match tenths % 10 {
        0 => (tenths / 10).to_string(),
        tenth => format!("{}.{tenth}", tenths / 10),
    }
}

/// The server's text is right without script; script only moves it.
pub fn countdown(lang: Lang, until: Moment, now: Moment) -> Markup {
    html! {
        count-down class="cd" role="timer" aria-label=(time_left(lang)) until=(iso(until)) {
            (left(until, now))
        }
    }
}

/// Hours, minutes and seconds in boxes.
pub fn countdown_box(lang: Lang, until: Moment, now: Moment) -> Markup {
    let text = left(until, now);
    html! {
        count-down class="cd -box" role="timer" aria-label=(time_left(lang)) until=(iso(until)) {
            @for (k, part) in text.split(':').enumerate() { @if k > 0 { ":" } b { (part) } }
        }
    }
}

fn time_left(lang: Lang) -> &'static str {
    lang.pick(["剩余", "剩餘", "Time left"])
}

/// Whole stars out of five.
pub fn stars(lang: Lang, n: u8) -> Markup {
    let label = match lang {
        Lang::Hans => format!("{n} 星（满分 5 星）"),
        Lang::Hant => format!("{n} 星（滿分 5 星）"),
        Lang::En => format!("{n} out of 5 stars"),
    };
    html! {
        span class="stars" role="img" aria-label=(label) { @for k in 1..=5 { (star(k <= n)) } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rules::base::Currency;

    #[test]
    fn a_price_has_no_spaces_inside() {
        let html = price(Money::new(3990, Currency::Cny)).into_string();
        let want = "<span class=\"price\"><small>¥</small><b>39</b><small>.90</small></span>";
        assert_eq!(html, want);
    }

    #[test]
    fn bars_stay_in_their_box() {
        let table =
            [(5, 8, "62.5"), (9, 8, "100"), (-1, 8, "0"), (1, 0, "0"), (i64::MAX, 1, "100")];
        for (value, max, want) in table {
            assert_eq!(percent(value, max), want);
        }
    }

    #[test]
    fn a_countdown_is_right_without_script() {
        let html = countdown_box(Lang::En, Moment(19_268_000), Moment(0)).into_string();
        assert!(html.contains("<b>05</b>:<b>21</b>:<b>08</b>"), "{html}");
        assert!(html.contains("until=\"1970-01-01T05:21:08Z\""));
    }
}
