//! What may be said in a group, and what waits for its leader first.
use crate::base::Moment;
use crate::base::moment::{HOUR, MINUTE};
use crate::base::text;
use crate::codes;

codes! {
    pub enum MessageKind {
        Text = "text", Product = "product",
        /// The card of a red packet; both have one number.
        RedPacket = "red_packet",
        System = "system",
    }
}
codes! {
    /// Where a line stands. Waiting and declined lines were never shown to others.
    pub enum LineState {
        Shown = "shown", Waiting = "waiting", Declined = "declined",
        /// Taken back by its author; a mark stays.
        Removed = "removed",
        /// Taken down by a leader or staff; a mark stays.
        Hidden = "hidden",
    }
}
codes! {
    /// The faces one can answer with; pages draw them.
    pub enum Emoji {
        Like = "like", Heart = "heart", Laugh = "laugh", Wow = "wow", Sad = "sad",
        Clap = "clap", Thanks = "thanks", Flower = "flower",
    }
}
codes! {
    /// What the house itself says in a group; each can be switched off there.
    pub enum SystemLine {
        MemberJoined = "member_joined", OrderPaid = "order_paid", OrderArrived = "order_arrived",
        GroupBuyProgress = "group_buy_progress", GroupBuyDone = "group_buy_done",
        GroupBuyFailed = "group_buy_failed",
        /// Of a leader's list: it is open, an order got its number, it is closed, it failed.
        ChainOpened = "chain_opened", ChainOrder = "chain_order", ChainClosed = "chain_closed",
        ChainFailed = "chain_failed",
        CheckIn = "check_in", ReviewWritten = "review_written", PostPublished = "post_published",
        NoticeChanged = "notice_changed",
    }
}

impl SystemLine {
    /// How long the house keeps quiet after a line of this kind, so that people are heard: goods
    /// that arrive are marked one order after the other, and a good evening has an order a minute.
    pub const fn quiet_ms(self) -> i64 {
        match self {
            SystemLine::OrderPaid => 12 * HOUR,
            SystemLine::OrderArrived => 6 * HOUR,
            SystemLine::ReviewWritten => 12 * HOUR,
            _ => 0,
        }
    }
}

pub const MOST: usize = 2000;
/// Characters beside the link that say what it is and why.
pub const INTRODUCTION: usize = 20;
pub const EDIT_MINUTES: i64 = 5;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unsayable {
    Empty,
    TooLong,
}

/// Why a line waits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Waits {
    /// A bare link: say what it is and why.
    Link,
    Keyword,
}

impl MessageKind {
    /// Words of a person, who may change them for a while.
    pub const fn written(self) -> bool {
        matches!(self, MessageKind::Text | MessageKind::Product)
    }
}

/// The cleaned text of a line. A product card may go without words.
pub fn words(typed: &str, kind: MessageKind) -> Result<String, Unsayable> {
    match text::fit(text::lines(typed), MOST) {
        Ok(text) => Ok(text),
        Err(text::Unfit::Empty) if kind == MessageKind::Product => Ok(String::new()),
        Err(text::Unfit::TooLong) => Err(Unsayable::TooLong),
        Err(_) => Err(Unsayable::Empty),
    }
}

/// `trusted`: the leader, the council and staff answer for what they share.
pub fn waits(text: &str, keywords: &str, trusted: bool) -> Option<Waits> {
    if trusted {
        return None;
    }
    let (links, beside) = without_links(text);
    if links > 0 && text::length(&beside) < INTRODUCTION {
        return Some(Waits::Link);
    }
    let folded = text.to_lowercase();
    let mut words = keywords.lines().map(|k| k.trim().to_lowercase()).filter(|k| !k.is_empty());
    words.any(|k| folded.contains(&k)).then_some(Waits::Keyword)
}

/// How many links, and the text without them.
fn without_links(text: &str) -> (usize, String) {
    let (mut links, mut beside, mut word) = (0, String::new(), String::new());
    // Chinese writes on without a space: a link ends where its alphabet ends
    for c in text.chars().chain(std::iter::once(' ')) {
        if c.is_ascii() && !c.is_ascii_whitespace() {
            word.push(c);
            continue;
        }
        if link(&word) {
            links += 1;
        } else {
            beside.push_str(&word);
        }
        word.clear();
        beside.push(c);
    }
    (links, beside)
}

fn link(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    let word = word.trim_start_matches(|c: char| !c.is_ascii_alphanumeric());
    if word.contains("://") || word.starts_with("www.") {
        return true;
    }
    // example.org or example.org/path, but not 3.5, v1.2 or mei@example.org
    let host = word.split(['/', '?', '#', ':']).next().unwrap_or("");
    let host = host.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
    let Some((before, top)) = host.rsplit_once('.') else { return false };
    !host.contains('@')
        && !before.is_empty()
        && (2..=24).contains(&top.len())
        && top.bytes().all(|b| b.is_ascii_alphabetic())
        && before
            .split('.')
            .all(|l| !l.is_empty() && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'))
}

/// The author may still change it.
pub const fn editable(at: Moment, now: Moment) -> bool {
    now.since(at) < EDIT_MINUTES * MINUTE
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::community::table::check;

    #[test]
    fn what_waits() {
        check(
            "
            今天有馒头吗                            |      | - | -
            https://example.org/a                   |      | - | Link
            看这个 https://example.org/a            |      | - | Link
            这家的老面馒头不加糖，我吃了三年，大家可以看看 https://example.org/a | | - | -
            看https://example.org/a这个             |      | - | Link
            www.example.org                         |      | - | Link
            example.org/x                           |      | - | Link
            example.org.                            |      | - | Link
            3.5 斤                                  |      | - | -
            v1.2                                    |      | - | -
            mei@example.org                         |      | - | -
            好...吧                                 |      | - | -
            加微信领红包                            | 微信 | - | Keyword
            VX 123                                  | vx   | - | Keyword
            加微信                                  | 微信 | trusted | -
            https://example.org/a                   |      | trusted | -",
            |c| {
                let out = waits(c[0], c[1], c[2] == "trusted");
                out.map_or("-".into(), |w| format!("{w:?}"))
            },
        );
    }

    #[test]
    fn what_can_be_said() {
        let long = "一".repeat(MOST);
        assert_eq!(words(&long, MessageKind::Text), Ok(long.clone()));
        assert_eq!(words(&format!("{long}一"), MessageKind::Text), Err(Unsayable::TooLong));
        assert_eq!(words(" \u{200b}\n", MessageKind::Text), Err(Unsayable::Empty));
        assert_eq!(words("", MessageKind::Product), Ok(String::new()));
        assert!(editable(Moment(0), Moment(5 * MINUTE - 1)));
        assert!(!editable(Moment(0), Moment(5 * MINUTE)));
    }
}
