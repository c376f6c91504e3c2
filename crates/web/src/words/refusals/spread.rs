//! Sentences of spread: links, and the terms of sharing.
use super::community::{FASTER, NOT_A_MEMBER, NOT_ALLOWED, says};
use crate::words::Say;
use app::spread::{create_share_link, set_terms};

says!(create_share_link {
    NotAMember => NOT_A_MEMBER,
    NoSuchThing => [
        "这个内容不在了，或者不是所有人都能看，没法分享",
        "這個內容不在了，或者不是所有人都能看，沒辦法分享",
        "It is gone, or not for everybody to see; it cannot be shared.",
    ],
    Faster => FASTER,
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
