//! Points in words: so many of them, why a balance changed, when they come and when they end.
use crate::who::Here;
use crate::words::{Lang, format};
use app::loyalty::views_points::{ChangeRow, OrderPoints};
use rules::base::{Moment, Money};
use rules::loyalty::lots::Kind;
use rules::loyalty::points::{Expiry, Release, Terms};

pub fn title(here: &Here) -> &'static str {
    here.pick(["积分", "點數", "Points"])
}

/// `1,200 分`.
pub fn points(lang: Lang, n: i64) -> String {
    let sign = if n < 0 { "−" } else { "" };
    let digits = format::number(n.saturating_abs());
    match lang {
        Lang::Hans => format!("{sign}{digits} 分"),
        Lang::Hant => format!("{sign}{digits} 點"),
        Lang::En if n.abs() == 1 => format!("{sign}{digits} point"),
        Lang::En => format!("{sign}{digits} points"),
    }
}
/// With its sign on both sides of zero.
pub fn signed(lang: Lang, n: i64) -> String {
    let plus = if n > 0 { "+" } else { "" };
    format!("{plus}{}", points(lang, n))
}

pub fn kind(here: &Here, x: &ChangeRow) -> &'static str {
    here.pick(match x.kind {
        Kind::Earned => ["购物得到", "購物得到", "Earned"],
        Kind::Spent if x.reserved => ["为订单留着", "為訂單留著", "Kept for an order"],
        Kind::Spent => ["抵扣", "折抵", "Used"],
        Kind::Returned => ["退款退回", "退款退回", "Back from a refund"],
        Kind::TakenBack => ["退款扣回", "退款扣回", "Taken back with a refund"],
        Kind::Expired => ["过期", "到期", "Ended"],
        Kind::Corrected => ["店家调整", "店家調整", "Changed by the shop"],
    })
}

pub fn release(here: &Here, r: Release) -> String {
    let days = r.days();
    let word = match r {
        Release::AtPayment => {
            ["付款后就能用", "付款後就能用", "They can be used once you have paid."]
        }
        Release::OnReceipt => {
            ["确认收货后能用", "確認收貨後能用", "They can be used once you have the goods."]
        }
        Release::AfterReceipt { .. } => {
            return match here.lang {
                Lang::Hans => format!("收货满 {days} 天后能用"),
                Lang::Hant => format!("收貨滿 {days} 天後能用"),
                Lang::En => format!("They can be used {days} days after you have the goods."),
            };
        }
    };
    here.pick(word).to_string()
}

pub fn expiry(here: &Here, e: Expiry) -> String {
    let n = e.number();
    match (e, here.lang) {
        (Expiry::Never, Lang::Hans) => "不会过期".into(),
        (Expiry::Never, Lang::Hant) => "不會到期".into(),
        (Expiry::Never, Lang::En) => "They do not end.".into(),
        (Expiry::Rolling { .. }, Lang::Hans) => format!("每一笔可用后 {n} 天过期"),
        (Expiry::Rolling { .. }, Lang::Hant) => format!("每一筆可用後 {n} 天到期"),
        (Expiry::Rolling { .. }, Lang::En) => format!("Each lot ends {n} days after it came."),
        (Expiry::Inactivity { .. }, Lang::Hans) => format!("{n} 天没有买东西就过期"),
        (Expiry::Inactivity { .. }, Lang::Hant) => format!("{n} 天沒有買東西就到期"),
        (Expiry::Inactivity { .. }, Lang::En) => {
            format!("They end when you have not bought anything for {n} days.")
        }
        (Expiry::FixedDay { month, day }, Lang::Hans) => {
            format!("{month} 月 {day} 日结束时过期（不到 30 天的算到下一年）")
        }
        (Expiry::FixedDay { month, day }, Lang::Hant) => {
            format!("{month} 月 {day} 日結束時到期（不到 30 天的算到下一年）")
        }
        (Expiry::FixedDay { month, day }, Lang::En) => format!(
            "They end with day {day} of month {month}; what came less than 30 days before, a year \
             later."
        ),
    }
}

/// How many one gets, what they are worth, and how the sums are rounded: as it is printed.
pub fn rules_of(here: &Here, t: Terms) -> Vec<String> {
    let unit = 10_i64.pow(here.place.currency.exponent());
    let money = |minor| format::money(Money::new(minor, here.place.currency));
    let (hundred, worth) = (money(100 * unit), money(t.worth));
    let (rate, cap) = (points(here.lang, t.rate), t.cap);
    let first = match here.lang {
        Lang::Hans => format!("商品每付 {hundred} 得 {rate}，不足的按比例、舍去小数；运费不算"),
        Lang::Hant => format!("商品每付 {hundred} 得 {rate}，不足的按比例、捨去小數；運費不算"),
        Lang::En => format!(
            "{rate} for every {hundred} paid for goods, in proportion and rounded down; delivery \
             earns nothing."
        ),
    };
    let second = match here.lang {
        Lang::Hans => format!(
            "每 100 分抵 {worth}，一单最多抵用券后商品金额的 {cap}%；抵的钱舍到分，用的积分进到整数"
        ),
        Lang::Hant => format!(
            "每 100 點折抵 {worth}，一單最多折抵用券後商品金額的 {cap}%；折抵的錢捨到分，用的點數進到整數"
        ),
        Lang::En => format!(
            "100 points take {worth} off, at most {cap} % of the goods after a coupon. The sum \
             rounds down, the points it takes round up."
        ),
    };
    let back = here.pick([
        "退款时，用掉的积分回到原来那一笔，那一笔已过期的再留 30 天；这单得的按退款比例扣回",
        "退款時，用掉的點數回到原來那一筆，那一筆已到期的再留 30 天；這單得的按退款比例扣回",
        "A refund returns the points you used to where they came from (30 more days if that has \
         ended), and takes back what the order earned, in proportion.",
    ]);
    let first_out = here.pick([
        "先用最早到期的；同一天到期的，先用早得的",
        "先用最早到期的；同一天到期的，先用早得的",
        "Those that end first are used first; of two that end together, the older ones.",
    ]);
    vec![
        first,
        release(here, t.release),
        expiry(here, t.expiry),
        second,
        first_out.to_string(),
        back.to_string(),
    ]
}

/// The last day on which they are there.
pub fn until(here: &Here, end: Option<Moment>) -> String {
    let Some(end) = end else {
        return here.pick(["不会过期", "不會到期", "do not end"]).to_string();
    };
    let day = format::date(here.lang, end.plus(-1), here.now, &here.zone());
    match here.lang {
        Lang::Hans => format!("{day}到期"),
        Lang::Hant => format!("{day}到期"),
        Lang::En => format!("until {day}"),
    }
}

/// What a refund of all that is left would do; none of an order without points.
pub fn with_a_refund(here: &Here, p: &OrderPoints) -> Option<String> {
    let (back, lost) = (p.spent - p.returned, p.kept);
    let said = |n| points(here.lang, n);
    let parts = match here.lang {
        Lang::Hans => {
            (format!("退回用掉的 {}", said(back)), format!("扣回这单得的 {}", said(lost)))
        }
        Lang::Hant => {
            (format!("退回用掉的 {}", said(back)), format!("扣回這單得的 {}", said(lost)))
        }
        Lang::En => (
            format!("returns {} that were used", said(back)),
            format!("takes back {} that it earned", said(lost)),
        ),
    };
    let both = match (back > 0, lost > 0) {
        (true, true) => format!("{}{}{}", parts.0, here.pick(["，", "，", " and "]), parts.1),
        (true, false) => parts.0,
        (false, true) => parts.1,
        (false, false) => return None,
    };
    Some(match here.lang {
        Lang::Hans => format!("全部退款会{both}；只退一部分就按比例。"),
        Lang::Hant => format!("全部退款會{both}；只退一部分就按比例。"),
        Lang::En => format!("A refund of everything {both}; of a part, in proportion."),
    })
}
