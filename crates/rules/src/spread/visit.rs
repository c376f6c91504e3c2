//! A visit through a share link: who does not count, where it came from, and for how long it lasts.
use crate::base::Moment;
use crate::base::moment::{DAY, MINUTE};

crate::codes! {
    /// Where somebody opened a link, in coarse words: enough to see what works, too little to know
    /// a person by.
    pub enum Channel {
        Wechat = "wechat", Qq = "qq", Weibo = "weibo", Xiaohongshu = "xiaohongshu",
        Douyin = "douyin", Chat = "chat", Social = "social", Mail = "mail", Search = "search",
        Web = "web", Direct = "direct",
    }
}

/// How long the visitor's cookie lives, and so how far back a joining looks.
pub const REMEMBERED: i64 = 30 * DAY;
/// Looking at the same link again within this is the same visit.
pub const SAME_VISIT: i64 = 30 * MINUTE;

/// Software that fetches a page to show or index it, in small letters. An empty name is none of a
/// browser.
const MACHINES: &[&str] = &[
    "bot",
    "spider",
    "crawl",
    "slurp",
    "preview",
    "facebookexternalhit",
    "facebookcatalog",
    "whatsapp/",
    "skypeuri",
    "embedly",
    "vkshare",
    "python",
    "curl/",
    "wget/",
    "go-http",
    "java/",
    "okhttp",
    "axios",
    "headless",
    "lighthouse",
];

/// A person's browser, as far as its name says.
pub fn is_person(agent: &str) -> bool {
    let agent = agent.to_ascii_lowercase();
    agent.contains("mozilla/") && !MACHINES.iter().any(|m| agent.contains(m))
}

/// The built-in browser of WeChat, where no reward for sharing may be offered.
pub fn is_wechat(agent: &str) -> bool {
    agent.contains("MicroMessenger")
}

/// Which of the apps people chat in says its name.
const APPS: &[(&str, Channel)] = &[
    ("micromessenger", Channel::Wechat),
    (" qq/", Channel::Qq),
    ("weibo", Channel::Weibo),
    ("xiaohongshu", Channel::Xiaohongshu),
    ("discover/", Channel::Xiaohongshu),
    ("aweme", Channel::Douyin),
    ("tiktok", Channel::Douyin),
    ("musical_ly", Channel::Douyin),
    (" line/", Channel::Chat),
    ("telegram", Channel::Chat),
    ("dingtalk", Channel::Chat),
    ("feishu", Channel::Chat),
    ("slack", Channel::Chat),
    ("fban/", Channel::Social),
    ("fbav/", Channel::Social),
    ("instagram", Channel::Social),
    ("twitter", Channel::Social),
];
/// Hosts people come from.
const HOSTS: &[(&str, Channel)] = &[
    ("weibo.", Channel::Weibo),
    ("xiaohongshu.", Channel::Xiaohongshu),
    ("douyin.", Channel::Douyin),
    ("tiktok.", Channel::Douyin),
    ("mail.", Channel::Mail),
    ("outlook.", Channel::Mail),
    ("google.", Channel::Search),
    ("bing.", Channel::Search),
    ("baidu.", Channel::Search),
    ("sogou.", Channel::Search),
    ("duckduckgo.", Channel::Search),
    ("facebook.", Channel::Social),
    ("t.co", Channel::Social),
    ("x.com", Channel::Social),
    ("zhihu.", Channel::Social),
    ("reddit.", Channel::Social),
    ("telegram.", Channel::Chat),
    ("whatsapp.", Channel::Chat),
];

/// From what the browser says of itself and of the page before.
pub fn channel(agent: &str, referrer: &str) -> Channel {
    let agent = agent.to_ascii_lowercase();
    if let Some((_, app)) = APPS.iter().find(|(name, _)| agent.contains(name)) {
        return *app;
    }
    let host = referrer.split_once("://").map_or("", |(_, rest)| rest);
    let host = host.split(['/', '?', ':']).next().unwrap_or("").to_ascii_lowercase();
    if host.is_empty() {
        return Channel::Direct;
    }
    // a name stands at the beginning of the host or after a point: `max.com` is not `x.com`
    let known = HOSTS.iter().find(|(name, _)| {
        host.starts_with(name) || host.split_once(name).is_some_and(|(b, _)| b.ends_with('.'))
    });
    known.map_or(Channel::Web, |(_, channel)| *channel)
}

/// Whether the one before, through the same link, is still going on.
pub const fn goes_on(before: Moment, now: Moment) -> bool {
    now.since(before) < SAME_VISIT
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spread::table::check;

    #[test]
    fn machines_do_not_count() {
        check(
            "
            Mozilla/5.0 (iPhone) MicroMessenger/8.0.50 | person
            Mozilla/5.0 (X11; Linux x86_64) Chrome/130 Safari/537.36 | person
            Mozilla/5.0 (compatible; Googlebot/2.1) | machine
            Mozilla/5.0 (compatible; Baiduspider/2.0) | machine
            facebookexternalhit/1.1 | machine
            WhatsApp/2.23.20.0 A | machine
            Mozilla/5.0 AppleWebKit HeadlessChrome/130 | machine
            TelegramBot (like TwitterBot) | machine
            curl/8.5 | machine
             | machine",
            |c| if is_person(c[0]) { "person".into() } else { "machine".into() },
        );
        assert!(is_wechat("Mozilla/5.0 MicroMessenger/8.0") && !is_wechat("Mozilla/5.0"));
    }

    #[test]
    fn channels_are_coarse() {
        check(
            "
            # agent | page before | channel
            Mozilla/5.0 MicroMessenger/8.0 | https://weibo.com/a | wechat
            Mozilla/5.0 Mobile QQ/9.0 | | qq
            Mozilla/5.0 Weibo (iPhone) | | weibo
            Mozilla/5.0 | https://weibo.com/u/1 | weibo
            Mozilla/5.0 | https://www.google.com/search?q=tea | search
            Mozilla/5.0 | https://mail.qq.com/ | mail
            Mozilla/5.0 | https://t.co/abc | social
            Mozilla/5.0 | https://max.com/abc | web
            Mozilla/5.0 | https://blog.example/why | web
            Mozilla/5.0 | not an address | direct
            Mozilla/5.0 | | direct",
            |c| channel(c[0], c[1]).code().into(),
        );
    }

    #[test]
    fn a_visit_lasts_half_an_hour() {
        let then = Moment(1000 * MINUTE);
        assert!(goes_on(then, then.plus(SAME_VISIT - 1)));
        assert!(!goes_on(then, then.plus(SAME_VISIT)));
    }
}
