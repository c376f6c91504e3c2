//! Sentences of spread: links, and the terms of sharing.
use super::community::{FASTER, NOT_A_MEMBER, NOT_ALLOWED, says};
use crate::words::Say;
use app::spread::{create_share_link, decide_held, set_terms};

says!(create_share_link {
    NotAMember => NOT_A_MEMBER,
    NoSuchThing => [
        "这个内容不在了，或者不是所有人都能看，没法分享",
        "這個內容不在了，或者不是所有人都能看，沒辦法分享",
        "It is gone, or not for everybody to see; it cannot be shared.",
    ],
    Faster => FASTER,
});
says!(decide_held {
    NotAllowed => NOT_ALLOWED,
    NoSuchCase => [
        "没有这条待确认的记录，请刷新",
        "沒有這筆待確認的紀錄，請重新整理",
        "Nothing waits here. Reload the page.",
    ],
    Decided => ["已经有人处理了", "已經有人處理了", "Somebody has decided this already."],
    Bound => [
        "这位成员已经记下是别人带来的了",
        "這位成員已經記下是別人帶來的了",
        "Somebody else has brought this member meanwhile.",
    ],
    Circle => [
        "不能这样记：分享的人是这位成员带来的",
        "不能這樣記：分享的人是這位成員帶來的",
        "This cannot be: the sharer was brought by this member.",
    ],
});
says!(set_terms {
    NotAllowed => NOT_ALLOWED,
    ProtectDays => [
        "保护期请填 1 到 365 天",
        "保護期請填 1 到 365 天",
        "Protection lasts 1 to 365 days.",
    ],
    CreditDays => [
        "链接有效期请填 1 到 90 天",
        "連結有效期請填 1 到 90 天",
        "A link counts for 1 to 90 days.",
    ],
});
