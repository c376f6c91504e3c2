//! Sentences of the leader's phone.
use super::campaigns::NO_LIST;
use super::sale::{MOVED, NO_ORDER};
use crate::words::Say;
use app::sale::{close_chain, hand_over, mark_arrived, short_delivery};

pub(super) const OTHER_HAND_OUT: [&str; 3] = [
    "这一下已经算在别的单子上，请刷新",
    "這一下已經算在別的單子上，請重新整理",
    "This tap counted for another order. Reload.",
];

impl Say for hand_over::Refused {
    fn says(self) -> [&'static str; 3] {
        use hand_over::Refused::*;
        match self {
            NoSuchOrder => NO_ORDER,
            NoSuchHandOut => ["没有这次交付", "沒有這次交付", "There is no such hand-out."],
            OtherWithThisId => OTHER_HAND_OUT,
            NothingReady => [
                "这一单已经取走了，或还没到货",
                "這一單已經取走了，或還沒到貨",
                "It is collected already, or has not arrived.",
            ],
            TooLate => [
                "超过 15 分钟不能撤销，请走退款",
                "超過 15 分鐘不能復原，請走退款",
                "After 15 minutes it cannot be undone. Use a refund.",
            ],
            Changed => [
                "买家已经评价或申请退款，不能撤销",
                "買家已經評價或申請退款，不能復原",
                "The buyer has reviewed it or asked for money back: it cannot be undone.",
            ],
            NoFreeCode => ["请再试一次", "請再試一次", "Please try once more."],
            Moved => MOVED,
        }
    }
}

impl Say for close_chain::Refused {
    fn says(self) -> [&'static str; 3] {
        match self {
            close_chain::Refused::NoSuchCampaign => NO_LIST,
            close_chain::Refused::Moved => MOVED,
        }
    }
}

impl Say for mark_arrived::Refused {
    fn says(self) -> [&'static str; 3] {
        match self {
            mark_arrived::Refused::NoSuchCampaign => NO_LIST,
            mark_arrived::Refused::StillOpen => {
                ["截单以后才能标到货", "截單以後才能標到貨", "Goods arrive after the cut-off."]
            }
        }
    }
}

impl Say for short_delivery::Refused {
    fn says(self) -> [&'static str; 3] {
        match self {
            short_delivery::Refused::NoSuchCampaign => NO_LIST,
            short_delivery::Refused::OtherWithThisId => [
                "这个页面已经退过别的，请刷新",
                "這個頁面已經退過別的，請重新整理",
                "This page gave something else back before. Reload.",
            ],
            short_delivery::Refused::BadQuantity => [
                "缺的件数不能超过还没取走的",
                "缺的件數不能超過還沒取走的",
                "No more can be missing than has not been collected.",
            ],
            short_delivery::Refused::OwnOrder => [
                "少的里面有你自己的单，请让店员来记",
                "少的裡面有你自己的單，請讓店員來記",
                "Your own order is among those that would get money back. Ask the shop to write \
                 it down.",
            ],
            short_delivery::Refused::Moved => MOVED,
        }
    }
}
