//! Sentences of reach.
use super::community::{FASTER, NOT_A_MEMBER, OWNER_ONLY, says};
use crate::words::Say;
use app::reach::{choose_notices, deliver_webhook, make_webhook, mark_read, relay_message};

impl Say for mark_read::Refused {
    fn says(self) -> [&'static str; 3] {
        match self {
            mark_read::Refused::NoSuchNotice => [
                "没有这条消息，请刷新收件箱",
                "沒有這則消息，請重新整理收件匣",
                "There is no such notice. Reload the inbox.",
            ],
        }
    }
}

impl Say for choose_notices::Refused {
    fn says(self) -> [&'static str; 3] {
        match self {
            choose_notices::Refused::NotAMember => [
                "先加入社群，再设置提醒",
                "先加入社群，再設定提醒",
                "Join the community first, then choose.",
            ],
        }
    }
}

const ENDED: [&str; 3] = [
    "这个接收地址已经停用，请添加一个新的",
    "這個接收位址已經停用，請新增一個新的",
    "This endpoint has ended. Add a new one.",
];
says!(make_webhook {
    NotAllowed => OWNER_ONLY,
    NoSuchWebhook => ["没有这个接收地址", "沒有這個接收位址", "There is no such endpoint."],
    AlreadyMade => ["已经添加过了，密钥只显示那一次", "已經新增過了，金鑰只顯示那一次",
        "It is added already; its secret was shown that once."],
    BadAddress => ["请写完整的地址，例如 https://example.org/kith",
        "請寫完整的位址，例如 https://example.org/kith",
        "Write a whole address, such as https://example.org/kith."],
    NotHttps => ["地址要用 https 开头", "位址要用 https 開頭", "The address must begin with https."],
    NothingChosen => ["请至少勾选一种消息", "請至少勾選一種訊息", "Tick at least one kind of event."],
    NoSuchEvent => ["有一种消息这里没有，请对照文档", "有一種訊息這裡沒有，請對照文件",
        "One of the events is unknown here. Compare with the docs."],
    TooMany => ["最多 10 个接收地址，请先停用一个", "最多 10 個接收位址，請先停用一個",
        "Ten endpoints at most. End one first."],
    Ended => ENDED,
    Faster => FASTER,
});
says!(deliver_webhook {
    NotAllowed => OWNER_ONLY,
    NoSuchDelivery => ["没有这条消息", "沒有這則訊息", "There is no such message."],
    Ended => ENDED,
    Waits => ["这条已经在等着发了", "這則已經在等著傳了", "It waits for its next try already."],
    LeaseLost => FASTER,
    Moved => FASTER,
});
says!(relay_message {
    NotAllowed => NOT_A_MEMBER,
    NoSuchRelay => ["没有这条转播", "沒有這則轉播", "There is no such relay."],
    IdUsed => FASTER,
    NothingChosen => ["请至少选一个群", "請至少選一個群", "Choose at least one group."],
    TooManyGroups => ["一次最多 50 个群，每个群选一次", "一次最多 50 個群，每個群選一次",
        "At most 50 groups at once, each of them once."],
    NoSuchGroup => ["有一个群已经不在了，请重新选", "有一個群已經不在了，請重新選",
        "One of the groups is gone. Choose again."],
    NotYourGroup => ["只能发到你照看的群", "只能傳到你照看的群",
        "Relay only into groups that you look after."],
    Empty => ["还没有写内容", "還沒有寫內容", "There is nothing to send yet."],
    TooLong => ["一条最多 2000 个字", "一則最多 2000 個字", "At most 2,000 characters."],
    BadTime => ["时间请选在 30 天以内", "時間請選在 30 天以內", "Choose a time within 30 days."],
    Muted => ["你现在被禁言，到时间会自动恢复", "你現在被禁言，時間到了會自動恢復",
        "You are muted at present. It ends by itself."],
    Faster => FASTER,
    LeaseLost => FASTER,
});
