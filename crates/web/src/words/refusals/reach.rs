//! Sentences of reach.
use crate::words::Say;
use app::reach::{choose_notices, mark_read};

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
