//! Sentences of trust.
use crate::words::Say;
use app::trust::{follow_up, hide_review, reply_as_shop, vote_helpful, write_review};

type Says = [&'static str; 3];

const NOT_A_MEMBER: Says =
    ["先加入社群，再来评价", "先加入社群，再來評價", "Join the community first, then review."];
const MUTED: Says = [
    "你暂时不能发言，请联系管理成员",
    "你暫時不能發言，請聯絡管理成員",
    "You cannot write for now. Ask the staff about it.",
];
const NO_REVIEW: Says = [
    "没有这条评价，可能已经隐藏",
    "沒有這則評價，可能已經隱藏",
    "There is no such review; it may be hidden.",
];
const TEXT_MISSING: Says =
    ["写几句用下来怎么样", "寫幾句用下來怎麼樣", "Say in a few words how it was."];
const TEXT_TOO_LONG: Says = [
    "最多 1000 字，请写短一点",
    "最多 1000 字，請寫短一點",
    "At most 1,000 characters. Shorten it.",
];
const PICTURES: Says =
    ["最多 9 张图，请去掉几张", "最多 9 張圖，請去掉幾張", "At most 9 pictures. Remove some."];
const NO_PICTURE: Says = [
    "有一张图没有传上来，请重新选",
    "有一張圖沒有傳上來，請重新選",
    "A picture was lost. Choose it again.",
];
const REASON_MISSING: Says =
    ["请写明隐藏的原因", "請寫明隱藏的原因", "Give the reason for hiding it."];
const REASON_TOO_LONG: Says =
    ["原因最多 200 字", "原因最多 200 字", "The reason may have 200 characters."];
const STAFF_ONLY: Says = [
    "这一步需要店主或有权限的管理成员来做",
    "這一步需要店主或有權限的管理成員來做",
    "Only the owner or staff with the right can do this.",
];

impl Say for write_review::Refused {
    fn says(self) -> Says {
        use write_review::Refused::*;
        match self {
            NotAMember => NOT_A_MEMBER,
            NoSuchLine => [
                "没有这件买过的商品，请从订单进入",
                "沒有這件買過的商品，請從訂單進入",
                "You did not order this. Open it from your orders.",
            ],
            Muted => MUTED,
            AlreadyReviewed => [
                "这件已经评价过了，可以去追评",
                "這件已經評價過了，可以去追評",
                "You reviewed this already. You can still follow up.",
            ],
            NotReceived => [
                "收到货以后才能评价，请先确认收货",
                "收到貨以後才能評價，請先確認收貨",
                "You can review this once you have received it.",
            ],
            StarsUnfit => ["请选 1 到 5 星", "請選 1 到 5 星", "Choose one to five stars."],
            TextMissing => TEXT_MISSING,
            TextTooLong => TEXT_TOO_LONG,
            TooManyPictures => PICTURES,
            NoSuchPicture => NO_PICTURE,
            IdTaken => [
                "这个页面已经提交过，请刷新后再发",
                "這個頁面已經提交過，請重新整理後再發",
                "This page was sent before. Reload it and try again.",
            ],
        }
    }
}

impl Say for follow_up::Refused {
    fn says(self) -> Says {
        use follow_up::Refused::*;
        match self {
            NotAMember => NOT_A_MEMBER,
            NoSuchReview => NO_REVIEW,
            Muted => MUTED,
            AlreadyFollowed => {
                ["已经追评过一次了", "已經追評過一次了", "You have followed up once already."]
            }
            Hidden => [
                "这条评价已被隐藏，不能追评",
                "這則評價已被隱藏，不能追評",
                "This review is hidden; it cannot be followed up.",
            ],
            TooLate => [
                "评价 90 天以后不能再追评",
                "評價 90 天以後不能再追評",
                "A review can be followed up for 90 days.",
            ],
            TextMissing => TEXT_MISSING,
            TextTooLong => TEXT_TOO_LONG,
            TooManyPictures => PICTURES,
            NoSuchPicture => NO_PICTURE,
        }
    }
}

impl Say for vote_helpful::Refused {
    fn says(self) -> Says {
        use vote_helpful::Refused::*;
        match self {
            NotAMember => NOT_A_MEMBER,
            Muted => MUTED,
            NoSuchReview => NO_REVIEW,
            Own => [
                "自己的评价不用自己点有用",
                "自己的評價不用自己點有用",
                "Others say whether your review helped.",
            ],
        }
    }
}

impl Say for reply_as_shop::Refused {
    fn says(self) -> Says {
        use reply_as_shop::Refused::*;
        match self {
            NotAMember => NOT_A_MEMBER,
            StaffOnly => STAFF_ONLY,
            NoSuchReview => NO_REVIEW,
            TextMissing => ["写一句回复再发", "寫一句回覆再發", "Write an answer first."],
            TextTooLong => TEXT_TOO_LONG,
        }
    }
}

impl Say for hide_review::Refused {
    fn says(self) -> Says {
        use hide_review::Refused::*;
        match self {
            NotAMember => NOT_A_MEMBER,
            StaffOnly => STAFF_ONLY,
            NoSuchReview => NO_REVIEW,
            ReasonMissing => REASON_MISSING,
            ReasonTooLong => REASON_TOO_LONG,
        }
    }
}
