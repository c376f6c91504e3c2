//! Sentences of knowing each other.
use crate::words::Say;
use app::trust::{follow_member, give_consent};

const JOIN_FIRST: [&str; 3] =
    ["先加入社群就可以了", "先加入社群就可以了", "Join the community first, then it works."];

impl Say for follow_member::Refused {
    fn says(self) -> [&'static str; 3] {
        use follow_member::Refused::*;
        match self {
            NotAMember => JOIN_FIRST,
            NoSuchMember => ["这个人不在这里了", "這個人不在這裡了", "This person is not here."],
            Oneself => ["不用关注自己", "不用追蹤自己", "You need not follow yourself."],
            TooMany => [
                "最多关注 2000 人，先取消几个",
                "最多追蹤 2000 人，先取消幾個",
                "You follow 2000 people, which is the most. Stop following some first.",
            ],
        }
    }
}

impl Say for give_consent::Refused {
    fn says(self) -> [&'static str; 3] {
        match self {
            give_consent::Refused::NotAMember => JOIN_FIRST,
        }
    }
}
