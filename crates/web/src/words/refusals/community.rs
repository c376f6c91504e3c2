//! Sentences of community: coming in, accounts, members.
use crate::words::Say;
use app::community::{
    ban_member, change_community, choose_tags, close_account, create_tag, edit_member,
    join_community, leave_community, mute_member, open_community, request_code, sessions,
    set_password, set_profile, set_role, sign_in_with_code, sign_in_with_password, sign_up,
};

type Three = [&'static str; 3];

/// One verb, each of its refusals with its sentences.
macro_rules! says {
    ($verb:ident { $($refusal:ident => $three:expr),+ $(,)? }) => {
        impl Say for $verb::Refused {
            fn says(self) -> [&'static str; 3] {
                use $verb::Refused::*;
                match self { $($refusal => $three),+ }
            }
        }
    };
}
pub(super) use says;

pub(super) const OWNER_ONLY: Three =
    ["这一步只有店主能做", "這一步只有店主能做", "Only the owner can do this."];
pub(super) const NOT_ALLOWED: Three = [
    "这一步需要团长或有权限的管理成员来做",
    "這一步需要團長或有權限的管理成員來做",
    "Only a leader or staff with the right can do this.",
];
pub(super) const NOT_A_MEMBER: Three = [
    "你还不是这里的成员，请先加入社群",
    "你還不是這裡的成員，請先加入社群",
    "You are not a member here. Join the community first.",
];
pub(super) const NO_MEMBER: Three = [
    "没有这位成员，可能已经离开",
    "沒有這位成員，可能已經離開",
    "There is no such member; they may have left.",
];
pub(super) const FASTER: Three = [
    "别人刚刚改过，请刷新后再看",
    "別人剛剛改過，請重新整理後再看",
    "Somebody changed this a moment ago. Reload and look again.",
];
pub(super) const AGAIN: Three = ["请再试一次", "請再試一次", "Please try once more."];
pub(super) const NO_TAG: Three = [
    "有一个标签已经没有了，请重新选",
    "有一個標籤已經沒有了，請重新選",
    "One of the tags is gone. Choose again.",
];
pub(super) const PURPOSE: Three = [
    "用一句话说明做什么，1 到 120 个字",
    "用一句話說明做什麼，1 到 120 個字",
    "Say what it is for in one line of 1 to 120 characters.",
];
pub(super) const SLUG: Three = [
    "网址用小写字母、数字和连字符，比如 taoyuanli",
    "網址用小寫字母、數字和連字號，例如 taoyuanli",
    "Use lower-case letters, digits and hyphens in the address, such as peach-yard.",
];
pub(super) const SLUG_TAKEN: Three = [
    "这个网址有人用了，换一个",
    "這個網址有人用了，換一個",
    "This address is taken. Choose another.",
];
pub(super) const RULES: Three =
    ["规则最多 5000 个字", "規則最多 5000 個字", "Rules may have at most 5,000 characters."];
const HOUSE_RULES: Three = [
    "写几条规则，最多 5000 个字",
    "寫幾條規則，最多 5000 個字",
    "Write the rules, in at most 5,000 characters.",
];
const PERSON: Three = [
    "名字是 1 到 24 个字，不要冒充官方",
    "名字是 1 到 24 個字，不要冒充官方",
    "A name has 1 to 24 characters and must not look official.",
];
const HOUSE_NAME: Three = [
    "社群名是 1 到 40 个字，不要冒充官方",
    "社群名是 1 到 40 個字，不要冒充官方",
    "A community's name has 1 to 40 characters and must not look official.",
];
const THEME: Three =
    ["颜色写成 #c2331a 这样", "顏色寫成 #c2331a 這樣", "Write the colour like #c2331a."];
const TARGET: Three = [
    "请填手机号或邮箱，比如 138 0013 6021",
    "請填手機號碼或電子郵件，例如 +886 912 345 678",
    "Enter a phone number with its country code, or an e-mail address.",
];
const TRIES: Three = [
    "试得太多了，请过一会儿再来",
    "試得太多了，請過一會兒再來",
    "Too many tries. Come back in a while.",
];
const SHORT: Three = ["密码至少 8 位", "密碼至少 8 位", "A password has at least 8 characters."];
const LONG: Three =
    ["密码最多 128 位", "密碼最多 128 位", "A password has at most 128 characters."];
const COMMON: Three = [
    "这个密码太常见了，换一个别人想不到的",
    "這個密碼太常見了，換一個別人想不到的",
    "This password is too common. Choose one nobody would guess.",
];
const NO_ACCOUNT: Three = ["这个账号已经关闭", "這個帳號已經關閉", "This account has been closed."];
const TAGS: Three = ["最多选 20 个标签", "最多選 20 個標籤", "Choose at most 20 tags."];

says!(change_community {
    BadName => HOUSE_NAME,
    BadPurpose => PURPOSE,
    BadStory => ["故事最多 10000 个字", "故事最多 10000 個字", "A story has at most 10,000 characters."],
    BadRules => HOUSE_RULES,
    BadTheme => THEME,
    NotAllowed => OWNER_ONLY,
    Gone => ["这个社群已经关闭", "這個社群已經關閉", "This community has been closed."],
});
says!(close_account {
    NoSuchAccount => NO_ACCOUNT,
    Owner => [
        "你还是一个社群的店主，请先转交或关闭它",
        "你還是一個社群的店主，請先轉交或關閉它",
        "You own a community. Hand it over or close it first.",
    ],
    Faster => AGAIN,
});
says!(edit_member {
    BadName => PERSON,
    BadBio => ["介绍最多 300 个字", "介紹最多 300 個字", "At most 300 characters about you."],
    NotAMember => NOT_A_MEMBER,
});
says!(join_community {
    NotAgreed => [
        "请先看完规则，勾选同意",
        "請先看完規則，勾選同意",
        "Read the rules and tick that you agree.",
    ],
    BadName => PERSON,
    TooManyTags => TAGS,
    NoSuchCommunity => ["这个社群已经关闭", "這個社群已經關閉", "This community has been closed."],
    Banned => [
        "你暂时不能加入这里，可以联系店主",
        "你暫時不能加入這裡，可以聯絡店主",
        "You cannot join here at present. Ask the owner.",
    ],
    NoSuchTag => NO_TAG,
    Faster => AGAIN,
});
says!(leave_community {
    NotAMember => NOT_A_MEMBER,
    OwnerStays => [
        "店主不能离开，请先转交或关闭社群",
        "店主不能離開，請先轉交或關閉社群",
        "The owner cannot leave. Hand the community over or close it first.",
    ],
});
says!(open_community {
    BadName => HOUSE_NAME,
    BadSlug => SLUG,
    BadPurpose => PURPOSE,
    BadRules => HOUSE_RULES,
    BadZone => ["请从列表里选时区", "請從清單裡選時區", "Choose a time zone from the list."],
    BadTheme => THEME,
    BadGroupName => ["群名是 1 到 30 个字", "群名是 1 到 30 個字", "A group's name has 1 to 30 characters."],
    NoSuchAccount => NO_ACCOUNT,
    Nameless => ["先告诉大家怎么称呼你", "先告訴大家怎麼稱呼你", "Tell us your name first."],
    SlugTaken => SLUG_TAKEN,
});
says!(request_code {
    BadTarget => TARGET,
    TooMany => [
        "验证码要得太多了，请过十分钟再来",
        "驗證碼要得太多了，請過十分鐘再來",
        "Too many codes were asked for. Wait ten minutes.",
    ],
});
const REASON: Three =
    ["写明原因，最多 200 个字", "寫明原因，最多 200 個字", "Say why, in at most 200 characters."];
const NOT_THEM: Three = [
    "不能对店主、自己或其他管理成员这样做",
    "不能對店主、自己或其他管理成員這樣做",
    "Not the owner, not yourself, and staff only by the owner.",
];

says!(mute_member {
    BadReason => REASON,
    BadEnd => [
        "结束时间要在一年以内的将来",
        "結束時間要在一年以內的將來",
        "The end must lie ahead, within a year.",
    ],
    NotAllowed => NOT_ALLOWED,
    NoSuchMember => NO_MEMBER,
    NotThem => NOT_THEM,
});
says!(ban_member {
    BadReason => REASON,
    NotAllowed => NOT_ALLOWED,
    NoSuchMember => NO_MEMBER,
    NotThem => NOT_THEM,
});
says!(sessions { NoSuchAccount => NO_ACCOUNT });
says!(set_password {
    TooShort => SHORT,
    TooLong => LONG,
    Common => COMMON,
    SignedOut => ["登录已经过期，请重新登录", "登入已經過期，請重新登入", "Your session is over. Sign in again."],
    TooMany => TRIES,
    WrongOld => ["现在的密码不对", "現在的密碼不對", "The present password is not right."],
});
says!(set_profile { BadName => PERSON, NoSuchAccount => NO_ACCOUNT });
says!(set_role {
    NotAllowed => OWNER_ONLY,
    NoSuchMember => NO_MEMBER,
    NotOneself => [
        "不能改自己的角色，可以转交给别人",
        "不能改自己的角色，可以轉交給別人",
        "Your own role changes by handing over.",
    ],
    Faster => FASTER,
});
says!(sign_in_with_code {
    BadName => PERSON,
    NoSuchCode => [
        "这个验证码不在了，请重新要一个",
        "這個驗證碼不在了，請重新要一個",
        "This code is gone. Ask for a new one.",
    ],
    OtherBrowser => [
        "验证码要在当时那个浏览器里用，请在这里重新要一个",
        "驗證碼要在當時那個瀏覽器裡用，請在這裡重新要一個",
        "The code belongs to another browser. Ask for one here.",
    ],
    Used => ["这个验证码用过了，请重新要一个", "這個驗證碼用過了，請重新要一個", "This code was used. Ask for a new one."],
    Expired => [
        "验证码过了 10 分钟，请重新要一个",
        "驗證碼過了 10 分鐘，請重新要一個",
        "The code is over ten minutes old. Ask for a new one.",
    ],
    TooManyTries => [
        "错了五次，这个验证码作废了，请重新要一个",
        "錯了五次，這個驗證碼作廢了，請重新要一個",
        "Five wrong tries: this code is void. Ask for a new one.",
    ],
    WrongCode => [
        "验证码不对，请看清 6 位数字再填",
        "驗證碼不對，請看清 6 位數字再填",
        "The code is not right. Check its six digits.",
    ],
    Faster => AGAIN,
});
says!(sign_in_with_password {
    BadTarget => TARGET,
    TooMany => TRIES,
    Wrong => [
        "账号或密码不对，也可以用验证码登录",
        "帳號或密碼不對，也可以用驗證碼登入",
        "The account or the password is not right. A code works as well.",
    ],
});
says!(sign_up {
    BadTarget => TARGET,
    BadName => PERSON,
    TooShort => SHORT,
    TooLong => LONG,
    Common => COMMON,
    TooMany => TRIES,
    Taken => [
        "这个手机号或邮箱已经有账号，请直接登录",
        "這個手機號碼或電子郵件已經有帳號，請直接登入",
        "There is an account with this address or number. Sign in instead.",
    ],
});
says!(create_tag {
    BadName => ["标签是 1 到 20 个字", "標籤是 1 到 20 個字", "A tag has 1 to 20 characters."],
    NotAllowed => NOT_ALLOWED,
    Taken => ["已经有这个标签了", "已經有這個標籤了", "There is a tag of this name."],
});
says!(choose_tags {
    TooMany => TAGS,
    NotAMember => NOT_A_MEMBER,
    NoSuchTag => NO_TAG,
});
