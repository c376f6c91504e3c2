//! Sentences of community: groups and what is said in them.
use super::community::{
    AGAIN, FASTER, NO_MEMBER, NO_TAG, NOT_A_MEMBER, NOT_ALLOWED, PURPOSE, RULES, SLUG, SLUG_TAKEN,
    says,
};
use crate::words::Say;
use app::community::{
    approve_waiting, create_group, create_invite, decide_application, delete_message, edit_message,
    join_group, leave_group, post_message, react, report, set_group_role, set_read, update_group,
};

type Three = [&'static str; 3];

const NAME: Three =
    ["群名是 1 到 30 个字", "群名是 1 到 30 個字", "A group's name has 1 to 30 characters."];
pub(super) const NO_GROUP: Three = ["没有这个群", "沒有這個群", "There is no such group."];
const NOT_IN: Three = [
    "你不在这个群里，请先加入",
    "你不在這個群裡，請先加入",
    "You are not in this group. Join it first.",
];
const FULL: Three =
    ["群满了，看看别的群吧", "群滿了，看看別的群吧", "The group is full. Look at others."];
const CAPACITY: Three =
    ["人数是 2 到 5000", "人數是 2 到 5000", "A group holds 2 to 5,000 people."];
const PICK_UP: Three = [
    "自提点要写名称和地址，或者都不写",
    "自取點要寫名稱和地址，或者都不寫",
    "A pick-up point needs a name and an address, or neither.",
];
const GROUP_TAGS: Three =
    ["一个群最多 10 个标签", "一個群最多 10 個標籤", "A group has at most 10 tags."];
const EMPTY: Three = ["还没有写内容", "還沒有寫內容", "There is nothing to send yet."];
const TOO_LONG: Three = [
    "一条最多 2000 个字，分两条发吧",
    "一則最多 2000 個字，分兩則傳吧",
    "At most 2,000 characters. Send it in two.",
];
const MUTED: Three = [
    "你现在被禁言，到时间会自动恢复",
    "你現在被禁言，時間到了會自動恢復",
    "You are muted at present. It ends by itself.",
];
const NO_LINE: Three = ["这句话已经不在了", "這句話已經不在了", "This line is not there any more."];

const NOT_YOUR_LINE: Three = [
    "只有作者、团长和管理成员能这样做",
    "只有作者、團長和管理成員能這樣做",
    "Only its author, the leader or staff can do this.",
];

says!(approve_waiting {
    NoSuchLine => NO_LINE,
    NotIn => NOT_IN,
    NotAllowed => NOT_YOUR_LINE,
    Faster => FASTER,
});
says!(delete_message {
    NoSuchLine => NO_LINE,
    NotIn => NOT_IN,
    NotAllowed => NOT_YOUR_LINE,
    Faster => FASTER,
});
says!(edit_message {
    NoSuchLine => NO_LINE,
    NotIn => NOT_IN,
    Empty => EMPTY,
    TooLong => TOO_LONG,
    NotAllowed => NOT_YOUR_LINE,
    Muted => MUTED,
    TooLate => [
        "发出 5 分钟后就不能改了，可以撤回重发",
        "傳出 5 分鐘後就不能改了，可以收回重傳",
        "Lines can be edited for five minutes. You can take it back.",
    ],
    NeedsIntroduction => [
        "发链接请附 20 个字以上的介绍：这是什么、为什么好",
        "傳連結請附 20 個字以上的介紹：這是什麼、為什麼好",
        "With a link, say in 20 characters or more what it is and why.",
    ],
    Keyword => [
        "这里面有需要团长先看的词，请改一改",
        "這裡面有需要團長先看的詞，請改一改",
        "It has a word the leader wants to see first. Change it.",
    ],
    Faster => FASTER,
});
says!(react { NoSuchLine => NO_LINE, NotIn => NOT_IN, Muted => MUTED });
says!(create_group {
    BadName => NAME,
    BadSlug => SLUG,
    BadPurpose => PURPOSE,
    BadRules => RULES,
    BadCapacity => CAPACITY,
    BadPickUp => PICK_UP,
    TooManyTags => GROUP_TAGS,
    NotAllowed => NOT_ALLOWED,
    NoSuchLeader => NO_MEMBER,
    NoSuchTag => NO_TAG,
    SlugTaken => SLUG_TAKEN,
});
says!(create_invite {
    BadTerms => [
        "可用 1 到 500 次，有效 1 到 90 天",
        "可用 1 到 500 次，有效 1 到 90 天",
        "An invite has 1 to 500 uses and lasts 1 to 90 days.",
    ],
    NoSuchGroup => NO_GROUP,
    NotAllowed => NOT_ALLOWED,
    Twice => [
        "这个邀请码已经生成并显示过了，需要的话再生成一个",
        "這個邀請碼已經產生並顯示過了，需要的話再產生一個",
        "This invite was made and its code shown. Make another if you need one.",
    ],
});
says!(decide_application {
    BadReason => [
        "原因最多 200 个字",
        "原因最多 200 個字",
        "A reason has at most 200 characters.",
    ],
    Gone => ["这个申请已经处理过了", "這個申請已經處理過了", "This application has been decided."],
    NotAllowed => NOT_ALLOWED,
    NotAMember => NO_MEMBER,
    Full => ["群满了，先调大人数上限", "群滿了，先調大人數上限", "The group is full. Raise its size first."],
    AlreadyIn => ["对方已经在群里了", "對方已經在群裡了", "They are in the group already."],
});
says!(join_group {
    NotAgreed => [
        "请先看群的用途和规则，勾选同意",
        "請先看群的用途和規則，勾選同意",
        "Read what the group is for and its rules, and tick that you agree.",
    ],
    BadWords => ["最多 500 个字", "最多 500 個字", "At most 500 characters."],
    NotAMember => NOT_A_MEMBER,
    NoSuchGroup => NO_GROUP,
    TooManyTries => [
        "邀请码试得太多了，请一小时后再来",
        "邀請碼試得太多了，請一小時後再來",
        "Too many invite codes tried. Come back in an hour.",
    ],
    BadCode => [
        "邀请码不对，或者已经用完、过期",
        "邀請碼不對，或者已經用完、過期",
        "The invite code is wrong, used up or over.",
    ],
    NeedsCode => [
        "这个群要邀请码，请向群里的人要一个",
        "這個群要邀請碼，請向群裡的人要一個",
        "This group needs an invite code. Ask somebody in it.",
    ],
    Full => FULL,
    Faster => AGAIN,
});
says!(leave_group { NotIn => NOT_IN });
says!(post_message {
    Empty => EMPTY,
    TooLong => TOO_LONG,
    NotAMember => NOT_A_MEMBER,
    NotIn => NOT_IN,
    Muted => MUTED,
    NoSuchReply => [
        "你回复的那句话已经不在了，可以直接发",
        "你回覆的那句話已經不在了，可以直接傳",
        "What you answer is gone. You can send it without.",
    ],
    TooFast => [
        "群里开了慢速模式，请等一等再发",
        "群裡開了慢速模式，請等一等再傳",
        "Slow mode is on. Wait a little before the next line.",
    ],
    Twice => AGAIN,
});
says!(report {
    BadWords => ["说明最多 500 个字", "說明最多 500 個字", "At most 500 characters."],
    NotAMember => NOT_A_MEMBER,
    TooMany => [
        "举报得太多了，请一小时后再来",
        "檢舉得太多了，請一小時後再來",
        "Too many reports. Come back in an hour.",
    ],
    NoSuchThing => ["要举报的内容已经不在了", "要檢舉的內容已經不在了", "What you report is gone."],
});
says!(set_group_role { NotAllowed => NOT_ALLOWED, NotIn => [
    "对方不在这个群里",
    "對方不在這個群裡",
    "They are not in this group.",
] });
says!(set_read { Never => AGAIN });
says!(update_group {
    BadName => NAME,
    BadPurpose => PURPOSE,
    BadRules => RULES,
    BadNotice => ["公告最多 1000 个字", "公告最多 1000 個字", "A notice has at most 1,000 characters."],
    BadCapacity => CAPACITY,
    BadPickUp => PICK_UP,
    BadSlowMode => [
        "慢速模式是 0 到 3600 秒",
        "慢速模式是 0 到 3600 秒",
        "Slow mode is 0 to 3,600 seconds.",
    ],
    BadKeywords => ["词表最多 2000 个字", "詞表最多 2000 個字", "The word list has at most 2,000 characters."],
    TooManyTags => GROUP_TAGS,
    NoSuchGroup => NO_GROUP,
    NotAllowed => NOT_ALLOWED,
    NoSuchTag => NO_TAG,
    TooSmall => [
        "群里的人已经比这个数多了",
        "群裡的人已經比這個數多了",
        "There are more members than that already.",
    ],
});
