//! Sentences of buying together.
use super::sale::{NO_PRODUCT, NOT_ALLOWED, NOT_LISTED};
use crate::words::Say;
use app::sale::{open_chain_order, open_group_buy, place_order, set_floors};

pub(super) const NO_CAMPAIGN: [&str; 3] =
    ["没有这个拼团", "沒有這個團購", "There is no such group buy."];

impl Say for open_group_buy::Refused {
    fn says(self) -> [&'static str; 3] {
        use open_group_buy::Refused::*;
        match self {
            NotAllowed => NOT_ALLOWED,
            OtherCampaignWithThisId => [
                "这个页面已经开过别的团，请刷新后再来",
                "這個頁面已經開過別的團，請重新整理後再來",
                "This page opened another group buy before. Reload and try again.",
            ],
            NoSuchProduct => NO_PRODUCT,
            NotForSale => NOT_LISTED,
            NotForLeaders => [
                "店家没有让团长开这件商品的拼团，请另选一件",
                "店家沒有讓團長開這件商品的團購，請另選一件",
                "The shop does not let leaders open a group buy of this. Choose another product.",
            ],
            NoSuchGroup => [
                "没有这个群，请另选一个",
                "沒有這個群，請另選一個",
                "There is no such group. Choose another.",
            ],
            BadTitle => [
                "名称 1 到 80 字，说明最多 2000 字",
                "名稱 1 到 80 字，說明最多 2000 字",
                "A name of up to 80 characters, a text of up to 2000.",
            ],
            BadSize => {
                ["一个团 2 到 1000 人", "一個團 2 到 1000 人", "A team has 2 to 1000 people."]
            }
            BadFill => ["填 1 到 100", "填 1 到 100", "Enter 1 to 100."],
            BadLife => {
                ["一个团 1 到 720 小时", "一個團 1 到 720 小時", "A team has 1 to 720 hours."]
            }
            BadWindow => ["活动 1 到 365 天", "活動 1 到 365 天", "It runs for 1 to 365 days."],
            BadLimit => [
                "总名额不能少于一个团；每人 1 到 999 个",
                "總名額不能少於一個團；每人 1 到 999 個",
                "All seats together make at least one team; each may have 1 to 999.",
            ],
            BadPrice => [
                "至少填一个团价；团价不高于单买价，开团价不高于团价",
                "至少填一個團價；團價不高於單買價，開團價不高於團價",
                "Give at least one price: together at most what it costs alone, the opener's at \
                 most that.",
            ],
            NoSuchCampaign => NO_CAMPAIGN,
            NotOpen => ["已经关闭了", "已經關閉了", "It is closed already."],
        }
    }
}

impl Say for set_floors::Refused {
    fn says(self) -> [&'static str; 3] {
        match self {
            set_floors::Refused::NotAllowed => NOT_ALLOWED,
            set_floors::Refused::NoSuchProduct => NO_PRODUCT,
            set_floors::Refused::BadSize => {
                ["一个团 2 到 1000 人", "一個團 2 到 1000 人", "A team has 2 to 1000 people."]
            }
            set_floors::Refused::BadPrice => [
                "最低团价不能高于单买价",
                "最低團價不能高於單買價",
                "The lowest price is at most what it costs alone.",
            ],
        }
    }
}

pub(super) const NO_LIST: [&str; 3] =
    ["没有这个接龙", "沒有這個接龍", "There is no such chain order."];

impl Say for open_chain_order::Refused {
    fn says(self) -> [&'static str; 3] {
        use open_chain_order::Refused::*;
        match self {
            NotAllowed => [
                "接龙由这个群的团长来开",
                "接龍由這個群的團長來開",
                "Chain orders are opened by who leads this group.",
            ],
            OtherCampaignWithThisId => [
                "这个页面已经开过别的接龙，请刷新后再来",
                "這個頁面已經開過別的接龍，請重新整理後再來",
                "This page opened another chain order before. Reload and try again.",
            ],
            NoSuchProduct => NO_PRODUCT,
            NotForSale => NOT_LISTED,
            NoPickupPoint => [
                "这个群还没有自提点，先在群资料里填上",
                "這個群還沒有自取點，先在群資料裡填上",
                "This group has no pick-up point yet. Enter it on the group's page first.",
            ],
            BadTitle => [
                "标题 1 到 80 字，正文最多 4000 字",
                "標題 1 到 80 字，正文最多 4000 字",
                "A title of up to 80 characters, a letter of up to 4000.",
            ],
            BadCutOff => [
                "截单时间在 10 分钟以后、60 天以内",
                "截單時間在 10 分鐘以後、60 天以內",
                "The cut-off lies at least 10 minutes and at most 60 days ahead.",
            ],
            BadArrival => [
                "到货时间在截单之后、60 天以内",
                "到貨時間在截單之後、60 天以內",
                "The goods arrive after the cut-off, within 60 days.",
            ],
            BadMinimum => [
                "起送金额不对；不设就留空",
                "起送金額不對；不設就留空",
                "The minimum is not an amount. Leave it empty for none.",
            ],
            NothingChosen => [
                "至少选一样，最多 50 样",
                "至少選一樣，最多 50 樣",
                "Choose at least one thing, at most 50.",
            ],
            BadPrice => [
                "价格由店家定：团长照原价，店员可以更低",
                "價格由店家定：團長照原價，店員可以更低",
                "Prices are the shop's: leaders keep them, staff may go lower.",
            ],
            BadLimit => [
                "限量填 0 到 1000000，0 是不限",
                "限量填 0 到 1000000，0 是不限",
                "A limit is 0 to 1,000,000; 0 means none.",
            ],
        }
    }
}

/// Why an order got no seat.
pub(super) fn of_seat(no: place_order::Refused) -> [&'static str; 3] {
    use place_order::Refused::*;
    match no {
        NoSuchCampaign => NO_CAMPAIGN,
        CampaignNotBegun => ["拼团还没开始", "團購還沒開始", "This group buy has not begun yet."],
        CampaignOver => [
            "这个拼团已经结束，可以单独买",
            "這個團購已經結束，可以單獨買",
            "This group buy is over. You can buy it alone.",
        ],
        NotForYou => [
            "这个团有参加条件，看看规则，或单独买",
            "這個團有參加條件，看看規則，或單獨買",
            "This team is not open to everyone. See its rules, or buy alone.",
        ],
        AlreadyInTeam => {
            ["你已经在这个团里了", "你已經在這個團裡了", "You are in this team already."]
        }
        SeatLimit => [
            "你在这个拼团的名额用完了（未付款的也算）",
            "你在這個團購的名額用完了（未付款的也算）",
            "You have all the seats you may have here, unpaid ones included.",
        ],
        NoSuchTeam => [
            "没有这个团，换一个团，或自己开一个",
            "沒有這個團，換一個團，或自己開一個",
            "There is no such team. Join another, or open one.",
        ],
        TeamOver => [
            "这个团的时间到了，换一个团，或自己开一个",
            "這個團的時間到了，換一個團，或自己開一個",
            "This team's time is over. Join another, or open one.",
        ],
        TeamFull => [
            "最后一个位子刚刚被占了，换一个团，或自己开一个",
            "最後一個位子剛剛被占了，換一個團，或自己開一個",
            "The last seat has just been taken. Join another team, or open one.",
        ],
        AllSeatsTaken => [
            "这个拼团的名额都满了，可以单独买",
            "這個團購的名額都滿了，可以單獨買",
            "All seats of this group buy are taken. You can buy it alone.",
        ],
        _ => [
            "这个规格不在拼团里，换一个规格",
            "這個規格不在團購裡，換一個規格",
            "This one is not part of the group buy. Choose another.",
        ],
    }
}
