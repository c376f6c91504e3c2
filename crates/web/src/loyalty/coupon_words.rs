//! A coupon in words: what it takes off, from when on, for what.
use crate::who::Here;
use crate::words::{Lang, format};
use app::loyalty::views::CouponRow;
use rules::base::Money;
use rules::loyalty::coupon::{Kind, Scope};

fn money(here: &Here, minor: i64) -> String {
    format::money(Money::new(minor, here.place.currency))
}

/// The number and its unit: `5` `元`, `9` `折`, `10` `% off`.
pub fn amount(here: &Here, k: &CouponRow) -> (String, &'static str) {
    match k.kind {
        Kind::Amount => (money(here, k.value), ""),
        Kind::Percent => {
            // Chinese says what is left to pay, English what is taken off
            let rest = match here.lang {
                Lang::En => k.value,
                Lang::Hans | Lang::Hant => 10_000 - k.value,
            };
            let unit = here.pick(["折", "折", "% off"]);
            let (whole, part) = match here.lang {
                Lang::En => (rest / 100, rest % 100),
                Lang::Hans | Lang::Hant => (rest / 1000, rest % 1000 / 10),
            };
            let part = format!("{part:02}");
            let part = part.trim_end_matches('0');
            let text = if part.is_empty() { whole.to_string() } else { format!("{whole}.{part}") };
            (text, unit)
        }
    }
}

pub fn condition(here: &Here, k: &CouponRow) -> String {
    let from = money(here, k.threshold);
    let mut text = match (k.threshold, here.lang) {
        (0, _) => here.pick(["无门槛", "無門檻", "From any sum"]).to_string(),
        (_, Lang::En) => format!("from {from}"),
        (_, Lang::Hans) => format!("满 {from} 可用"),
        (_, Lang::Hant) => format!("滿 {from} 可用"),
    };
    if k.kind == Kind::Percent && k.cap > 0 {
        let cap = money(here, k.cap);
        text.push_str(&match here.lang {
            Lang::En => format!(", {cap} at most"),
            Lang::Hans => format!("，最多减 {cap}"),
            Lang::Hant => format!("，最多減 {cap}"),
        });
    }
    text
}

pub fn scope(here: &Here, k: &CouponRow) -> String {
    let of = k.of.as_deref().unwrap_or("");
    match (k.scope, here.lang) {
        (Scope::All, _) => here.pick(["全部商品", "全部商品", "Everything"]).into(),
        (Scope::FirstOrder, _) => {
            here.pick(["第一次下单", "第一次下單", "Your first order"]).into()
        }
        (_, Lang::En) => format!("For {of}"),
        (_, Lang::Hans | Lang::Hant) => format!("限「{of}」"),
    }
}

/// `Spring · Everything · from ¥15`, for lists to choose from.
pub fn line(here: &Here, k: &CouponRow) -> String {
    let (n, unit) = amount(here, k);
    let off = here.pick(["减 ", "減 ", ""]);
    let off = if k.kind == Kind::Amount { off } else { "" };
    let end = if here.lang == Lang::En && k.kind == Kind::Amount { " off" } else { unit };
    format!("{} · {off}{n}{end} · {}", k.name, condition(here, k))
}
