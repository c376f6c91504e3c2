//! Sentences of spread: links, and the terms of sharing.
use super::community::{FASTER, NOT_A_MEMBER, NOT_ALLOWED, says};
use super::groups::NO_GROUP;
use crate::words::Say;
use app::spread::{
    create_share_link, decide_held, join_programme, set_commission, set_service_pay, set_terms,
};

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
says!(join_programme {
    NotAMember => NOT_A_MEMBER,
    Off => [
        "这个社群现在没有佣金计划",
        "這個社群現在沒有佣金計畫",
        "This community pays no commission at present.",
    ],
});
says!(set_service_pay {
    NotAllowed => NOT_ALLOWED,
    NoSuchGroup => NO_GROUP,
    Rate => [
        "服务费比例请填 0 到 20 之间的百分数",
        "服務費比例請填 0 到 20 之間的百分數",
        "A rate of service pay is 0 to 20 percent.",
    ],
    Flat => [
        "每单的服务费太高了，请填小一点（最多 1000.00）",
        "每單的服務費太高了，請填小一點（最多 1000.00）",
        "That is too much for an order: 1000.00 is the most.",
    ],
});
says!(set_commission {
    NotAllowed => NOT_ALLOWED,
    Rate => [
        "佣金比例请填 0 到 50 之间的百分数",
        "佣金比例請填 0 到 50 之間的百分數",
        "A rate is 0 to 50 percent.",
    ],
    Cap => [
        "合计上限请填 1 到 50 之间的百分数",
        "合計上限請填 1 到 50 之間的百分數",
        "The cap is 1 to 50 percent.",
    ],
    OverCap => [
        "加起来超过了合计上限，超出的不会付。请调低比例，或调高上限",
        "加起來超過了合計上限，超出的不會付。請調低比例，或調高上限",
        "Together the rates are above the cap, and what is above it is not paid. Lower a rate or \
         raise the cap.",
    ],
    WaitDays => [
        "等待天数请填 0 到 60",
        "等待天數請填 0 到 60",
        "The wait is 0 to 60 days.",
    ],
    NoSuchThing => [
        "没有这件商品、拼团或分类，请重新选",
        "沒有這件商品、團購或分類，請重新選",
        "There is no such product, group buy or category. Choose again.",
    ],
    TreeTooLarge => [
        "已经有三级、三十人以上的分佣关系，按法律不能再付第二级。请只开一级",
        "已經有三級、三十人以上的分佣關係，依法律不能再付第二級。請只開一級",
        "A tree of three levels and thirty people has grown: the law allows no second level now. \
         Keep to one.",
    ],
});
