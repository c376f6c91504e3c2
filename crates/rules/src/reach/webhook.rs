//! Webhooks out: which address fits, when to try again, how long an old secret is good.
use crate::base::moment::{DAY, HOUR, MINUTE, SECOND};
use crate::codes;

codes! {
    pub enum State {
        Active = "active",
        /// Ended by the owner.
        Ended = "ended",
        /// The receiver answered 410: nobody is there any more.
        Gone = "gone",
    }
}
codes! {
    pub enum Delivery {
        Waiting = "waiting", Delivered = "delivered",
        /// Every try failed.
        GaveUp = "gave_up",
        /// The endpoint ended before.
        Cancelled = "cancelled",
    }
}

/// Endpoints of one community at a time.
pub const MOST: i64 = 10;
pub const MOST_ADDRESS: usize = 500;
/// After a change of secrets both sign for so long.
pub const OVERLAP: i64 = DAY;
pub const TRIES: i64 = 10;
/// Between the tries: 75 hours and 35 minutes in all.
const WAITS: [i64; 9] = [
    5 * SECOND,
    5 * MINUTE,
    30 * MINUTE,
    2 * HOUR,
    5 * HOUR,
    10 * HOUR,
    14 * HOUR,
    20 * HOUR,
    24 * HOUR,
];

/// How long to wait after so many failed tries; `None`: it was the last one. What the receiver
/// asks for counts when it is longer, up to a day.
pub fn wait(failed: i64, asked: Option<i64>) -> Option<i64> {
    let own = WAITS.get(usize::try_from(failed.checked_sub(1)?).ok()?)?;
    Some(asked.map_or(*own, |asked| asked.clamp(*own, DAY.max(*own))))
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unfit {
    BadAddress,
    NotHttps,
}

/// `plain`: this very address may be called over plain HTTP.
pub fn address(typed: &str, plain: bool) -> Result<String, Unfit> {
    let typed = typed.trim();
    let (scheme, rest) = typed.split_once("://").ok_or(Unfit::BadAddress)?;
    let (authority, _) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    let (host, port) = match authority.strip_prefix('[') {
        Some(v6) => v6.split_once(']').ok_or(Unfit::BadAddress)?,
        None => authority.split_at(authority.find(':').unwrap_or(authority.len())),
    };
    let named = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '_');
    let port = match port {
        "" => true,
        port => port.strip_prefix(':').is_some_and(|p| p.parse::<u16>().is_ok_and(|p| p > 0)),
    };
    let signs = typed.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '#' | '\\' | '"'));
    if typed.len() > MOST_ADDRESS || !signs || !port || host.is_empty() || !host.chars().all(named)
    {
        return Err(Unfit::BadAddress);
    }
    match scheme {
        "https" => Ok(typed.to_owned()),
        "http" if plain => Ok(typed.to_owned()),
        "http" => Err(Unfit::NotHttps),
        _ => Err(Unfit::BadAddress),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        let table = [
            ("https://example.org/hook", false, "ok"),
            (" https://example.org:8443/a?b=c ", false, "ok"),
            ("https://[2606:4700::1]:443/", false, "ok"),
            ("https://example.org", false, "ok"),
            ("http://example.org/hook", false, "NotHttps"),
            ("http://127.0.0.1:9000/hook", true, "ok"),
            ("ftp://example.org/", true, "BadAddress"),
            ("https://user:word@example.org/", false, "BadAddress"),
            ("https://example.org/#part", false, "BadAddress"),
            ("https://example.org:0/", false, "BadAddress"),
            ("https://example.org:99999/", false, "BadAddress"),
            ("https:///hook", false, "BadAddress"),
            ("https://exa mple.org/", false, "BadAddress"),
            ("https://例子.cn/", false, "BadAddress"),
            ("example.org/hook", false, "BadAddress"),
            ("", false, "BadAddress"),
        ];
        for (typed, plain, says) in table {
            let out = address(typed, plain).map_or_else(|u| format!("{u:?}"), |_| "ok".into());
            assert_eq!(out, says, "{typed}");
        }
        let long = format!("https://example.org/{}", "a".repeat(MOST_ADDRESS));
        assert_eq!(address(&long, false), Err(Unfit::BadAddress));
    }

    #[test]
    fn ten_tries_in_seventy_five_hours() {
        let waits: Vec<i64> = (1..).map_while(|failed| wait(failed, None)).collect();
        assert_eq!(waits.len() as i64 + 1, TRIES);
        assert_eq!(waits.iter().sum::<i64>(), 75 * HOUR + 35 * MINUTE + 5 * SECOND);
        let table = [
            (1, Some(60 * SECOND), Some(60 * SECOND)),
            (2, Some(60 * SECOND), Some(5 * MINUTE)),
            (1, Some(90 * HOUR), Some(DAY)),
            (1, Some(-5), Some(5 * SECOND)),
            (10, Some(5), None),
            (0, None, None),
            (i64::MIN, None, None),
        ];
        for (failed, asked, says) in table {
            assert_eq!(wait(failed, asked), says, "{failed} {asked:?}");
        }
    }
}
