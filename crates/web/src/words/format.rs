//! Money, counts, dates and times as a reader of each language writes them.
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use rules::base::moment::{DAY, HOUR, MINUTE};
use rules::base::{Lang, Moment, Money};

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A price in the three sizes it is set in: small sign and symbol, large whole, small cents.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PriceParts {
    pub sign: &'static str,
    pub symbol: &'static str,
    pub whole: String,
    /// `.90`, with its point; empty for currencies without minor units.
    pub part: String,
}

pub fn price_parts(amount: Money) -> PriceParts {
    let unit = 10_u64.pow(amount.cur.exponent());
    let n = amount.minor.unsigned_abs();
    let part = match amount.cur.exponent() {
        0 => String::new(),
        width => format!(".{:0width$}", n % unit, width = width as usize),
    };
    PriceParts {
        sign: if amount.minor < 0 { "−" } else { "" },
        symbol: amount.cur.symbol(),
        whole: grouped(n / unit),
        part,
    }
}

/// `¥39.90`, `−£5.00`, `¥1,200` in yen.
pub fn money(amount: Money) -> String {
    let p = price_parts(amount);
    format!("{}{}{}{}", p.sign, p.symbol, p.whole, p.part)
}

/// The same with a sign in front of gains too: `+¥2.36`, `−¥8.00`, `¥0.00`.
pub fn signed_money(amount: Money) -> String {
    let plus = if amount.minor > 0 { "+" } else { "" };
    format!("{plus}{}", money(amount))
}

/// `1,204`.
pub fn number(n: i64) -> String {
    format!("{}{}", if n < 0 { "−" } else { "" }, grouped(n.unsigned_abs()))
}

fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (k, digit) in digits.chars().enumerate() {
        if k > 0 && (digits.len() - k).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A count with its unit: `count(lang, 3, ["人", "人"], ["person", "people"])`.
pub fn count(lang: Lang, n: i64, han: [&str; 2], english: [&str; 2]) -> String {
    let unit = match lang {
        Lang::Hans => han[0],
        Lang::Hant => han[1],
        Lang::En if n == 1 => english[0],
        Lang::En => english[1],
    };
    format!("{} {unit}", number(n))
}

/// `99+` keeps a badge round.
pub fn capped(n: u32) -> String {
    if n > 99 { "99+".into() } else { n.to_string() }
}

/// Moments outside the calendar's reach show as its edge, never as a panic.
fn stamp(at: Moment) -> Timestamp {
    let edge = if at.0 < 0 { Timestamp::MIN } else { Timestamp::MAX };
    Timestamp::from_millisecond(at.0).unwrap_or(edge)
}

fn local(at: Moment, zone: &TimeZone) -> Zoned {
    stamp(at).to_zoned(zone.clone())
}

/// `2026-11-21T12:30:00Z`, for `until` and `datetime` attributes.
pub fn iso(at: Moment) -> String {
    stamp(at).to_string()
}

/// `20:30`.
pub fn clock(at: Moment, zone: &TimeZone) -> String {
    let z = local(at, zone);
    format!("{:02}:{:02}", z.hour(), z.minute())
}

/// `11月3日`, `3 Nov`; with the year when it is not the year of `now`.
pub fn date(lang: Lang, at: Moment, now: Moment, zone: &TimeZone) -> String {
    let (z, this) = (local(at, zone), local(now, zone).year());
    let (y, m, d) = (z.year(), z.month(), z.day());
    let month = MONTHS[(m as usize - 1) % 12];
    match (lang, y == this) {
        (Lang::En, true) => format!("{d} {month}"),
        (Lang::En, false) => format!("{d} {month} {y}"),
        (_, true) => format!("{m}月{d}日"),
        (_, false) => format!("{y}年{m}月{d}日"),
    }
}

/// `今天 20:30`, `明天 09:00`, `11月3日 14:05`; `today 20:30`, `3 Nov, 14:05`.
pub fn day_time(lang: Lang, at: Moment, now: Moment, zone: &TimeZone) -> String {
    let time = clock(at, zone);
    match near(lang, at, now, zone) {
        Some(word) => format!("{word} {time}"),
        None if lang == Lang::En => format!("{}, {time}", date(lang, at, now, zone)),
        None => format!("{} {time}", date(lang, at, now, zone)),
    }
}

/// The word for yesterday, today and tomorrow; other days have none.
fn near(lang: Lang, at: Moment, now: Moment, zone: &TimeZone) -> Option<&'static str> {
    let (day, today) = (local(at, zone).date(), local(now, zone).date());
    if day == today {
        Some(lang.pick(["今天", "今天", "today"]))
    } else if today.tomorrow().ok() == Some(day) {
        Some(lang.pick(["明天", "明天", "tomorrow"]))
    } else if today.yesterday().ok() == Some(day) {
        Some(lang.pick(["昨天", "昨天", "yesterday"]))
    } else {
        None
    }
}

/// `周六`, `週六`, `Sat`.
pub fn weekday(lang: Lang, at: Moment, zone: &TimeZone) -> &'static str {
    const DAYS: [[&str; 3]; 7] = [
        ["周一", "週一", "Mon"],
        ["周二", "週二", "Tue"],
        ["周三", "週三", "Wed"],
        ["周四", "週四", "Thu"],
        ["周五", "週五", "Fri"],
        ["周六", "週六", "Sat"],
        ["周日", "週日", "Sun"],
    ];
    let k = local(at, zone).weekday().to_monday_zero_offset();
    lang.pick(DAYS[k as usize % 7])
}

/// `刚刚`, `3 分钟前`, `2 小时前`, `昨天 20:30`, then the date and time.
pub fn ago(lang: Lang, at: Moment, now: Moment, zone: &TimeZone) -> String {
    let past = now.since(at);
    if past < MINUTE {
        // A clock a little ahead of ours is "just now", not the future.
        if past > -MINUTE {
            return lang.pick(["刚刚", "剛剛", "just now"]).into();
        }
        return day_time(lang, at, now, zone);
    }
    if past < HOUR {
        let n = past / MINUTE;
        return format!("{n} {}", lang.pick(["分钟前", "分鐘前", "min ago"]));
    }
    if past < 12 * HOUR {
        let n = past / HOUR;
        return format!("{n} {}", lang.pick(["小时前", "小時前", "h ago"]));
    }
    day_time(lang, at, now, zone)
}

/// What a countdown shows before script runs: `05:21:08`, days counted in hours.
pub fn countdown(until: Moment, now: Moment) -> String {
    let s = until.since(now).max(0) / 1000;
    format!("{:02}:{:02}:{:02}", s / 3600, s % 3600 / 60, s % 60)
}

/// How long, in the largest unit that says enough: `15 分钟`, `2 天`, `3 h`.
pub fn span(lang: Lang, milliseconds: i64) -> String {
    let ms = milliseconds.max(0);
    if ms >= 2 * DAY {
        count(lang, ms / DAY, ["天", "天"], ["day", "days"])
    } else if ms >= 2 * HOUR {
        count(lang, ms / HOUR, ["小时", "小時"], ["hour", "hours"])
    } else {
        count(lang, ms / MINUTE, ["分钟", "分鐘"], ["minute", "minutes"])
    }
}

/// The letter on an avatar. A flat number before the name ("3 号楼梅姐") is not the name.
pub fn initial(name: &str) -> String {
    let rest = name.trim_start_matches(|c: char| c.is_ascii_digit() || c.is_whitespace());
    let rest = rest.strip_prefix("号楼").or(rest.strip_prefix("號樓")).unwrap_or(rest);
    let letter = rest.chars().chain(name.chars()).find(|c| c.is_alphanumeric());
    letter.map_or("·".into(), |c| c.to_uppercase().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rules::base::Currency;

    fn rows(table: &str) -> impl Iterator<Item = Vec<&str>> {
        table
            .lines()
            .filter(|l| l.contains('|'))
            .map(|l| l.split('|').map(str::trim).collect::<Vec<_>>())
    }

    fn at(text: &str) -> Moment {
        Moment(text.parse::<Timestamp>().expect("a timestamp").as_millisecond())
    }

    #[test]
    fn amounts() {
        let table = "
            3990      | CNY | ¥39.90      | 39     | .90
            -500      | GBP | −£5.00      | 5      | .00
            1200      | JPY | ¥1,200      | 1,200  |
            123456789 | EUR | €1,234,567.89 | 1,234,567 | .89
            5         | TWD | NT$0.05     | 0      | .05
            0         | HKD | HK$0.00     | 0      | .00";
        for r in rows(table) {
            let cur = Currency::of(r[1]).expect("a currency");
            let amount = Money::new(r[0].parse().expect("a number"), cur);
            let parts = price_parts(amount);
            assert_eq!(money(amount), r[2]);
            assert_eq!((parts.whole.as_str(), parts.part.as_str()), (r[3], r[4]));
        }
        assert_eq!(signed_money(Money::new(236, Currency::Cny)), "+¥2.36");
        assert!(signed_money(Money::new(i64::MIN, Currency::Jpy)).ends_with(",775,808"));
    }

    #[test]
    fn times_near_and_far() {
        let shanghai = TimeZone::get("Asia/Shanghai").expect("bundled");
        let london = TimeZone::get("Europe/London").expect("bundled");
        let now = at("2026-11-21T12:40:00Z");
        let table = "
            2026-11-21T12:30:00Z | zh-Hans | 今天 20:30 | 10 分钟前
            2026-11-21T12:39:30Z | zh-Hant | 今天 20:39 | 剛剛
            2026-11-21T12:40:20Z | en | today 20:40 | just now
            2026-11-20T12:30:00Z | zh-Hant | 昨天 20:30 | 昨天 20:30
            2026-11-21T17:00:00Z | zh-Hans | 明天 01:00 | 明天 01:00
            2026-11-03T06:05:00Z | zh-Hans | 11月3日 14:05 | 11月3日 14:05
            2026-11-03T06:05:00Z | en | 3 Nov, 14:05 | 3 Nov, 14:05
            2025-01-03T06:05:00Z | zh-Hans | 2025年1月3日 14:05 | 2025年1月3日 14:05
            2026-11-21T09:40:00Z | en | today 17:40 | 3 h ago";
        for r in rows(table) {
            let lang = Lang::of(r[1]).expect("a language");
            assert_eq!(day_time(lang, at(r[0]), now, &shanghai), r[2]);
            assert_eq!(ago(lang, at(r[0]), now, &shanghai), r[3]);
        }
        // The same moment is another day elsewhere.
        let late = at("2026-11-21T17:00:00Z");
        assert_eq!(day_time(Lang::En, late, now, &london), "today 17:00");
        assert_eq!(weekday(Lang::Hant, late, &shanghai), "週日");
        assert_eq!(iso(now), "2026-11-21T12:40:00Z");
        assert_eq!(countdown(at("2026-11-23T14:40:08Z"), now), "50:00:08");
        assert_eq!(countdown(late, late.plus(5)), "00:00:00");
        assert!(day_time(Lang::En, Moment(i64::MAX), now, &shanghai).contains("9999"));
    }

    #[test]
    fn counts_and_initials() {
        assert_eq!(count(Lang::En, 1, ["人", "人"], ["person", "people"]), "1 person");
        assert_eq!(count(Lang::En, 1204, ["人", "人"], ["person", "people"]), "1,204 people");
        assert_eq!(count(Lang::Hant, 1, ["单", "單"], ["order", "orders"]), "1 單");
        assert_eq!(span(Lang::Hans, 90 * MINUTE), "90 分钟");
        assert_eq!(span(Lang::En, 3 * HOUR + 5), "3 hours");
        assert_eq!((capped(99), capped(100)), ("99".into(), "99+".into()));
        for r in rows("3 号楼梅姐 | 梅\nken h. | K\n  | ·\n🍑桃子 | 桃\n88 | 8\n12號樓 阿明 | 阿")
        {
            assert_eq!(initial(r[0]), r[1], "{r:?}");
        }
    }
}
