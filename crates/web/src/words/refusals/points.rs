//! Sentences of points.
use super::sale::NOT_ALLOWED;
use crate::words::Say;
use app::loyalty::set_points;
use app::sale::place_order;

impl Say for set_points::Refused {
    fn says(self) -> [&'static str; 3] {
        use set_points::Refused::*;
        match self {
            NotAllowed => NOT_ALLOWED,
            Rate => [
                "每付 100 元得多少积分，请填 1 到 10000 的整数",
                "每付 100 元得多少點，請填 1 到 10000 的整數",
                "Points for every hundred paid: a whole number from 1 to 10000.",
            ],
            Worth => [
                "100 分抵的钱要大于 0，最多 1000 元",
                "100 點折抵的錢要大於 0，最多 1000 元",
                "What a hundred points take off: above zero, a thousand at most.",
            ],
            Cap => [
                "一单最多抵百分之几，请填 1 到 90",
                "一單最多折抵百分之幾，請填 1 到 90",
                "At most so many percent of an order: 1 to 90.",
            ],
            Release => [
                "收货后几天能用，请填 1 到 60",
                "收貨後幾天能用，請填 1 到 60",
                "Days after receipt: 1 to 60.",
            ],
            Expiry => [
                "有效天数请填 30 到 1825；固定日期请填每年都有的一天，比如 12-31",
                "有效天數請填 30 到 1825；固定日期請填每年都有的一天，例如 12-31",
                "Days until they end: 30 to 1825; a fixed day that every year has, such as 12-31.",
            ],
            BadReason => [
                "请写原因，最多 200 字",
                "請寫原因，最多 200 字",
                "Say why, in up to 200 characters.",
            ],
            BadPoints => [
                "请填不是 0 的整数，少给就填负数，比如 -50",
                "請填不是 0 的整數，少給就填負數，例如 -50",
                "Enter a whole number other than zero; below zero takes points away, such as -50.",
            ],
            NoSuchMember => [
                "这个成员已经不在社群里",
                "這個成員已經不在社群裡",
                "This member is not in the community any more.",
            ],
            TooFew => [
                "没有这么多积分可以扣",
                "沒有這麼多點數可以扣",
                "There are not so many points to take.",
            ],
            Moved => ["请再试一次", "請再試一次", "Please try once more."],
        }
    }
}

/// Why an order cannot use points.
pub(super) fn of_points(no: place_order::Refused) -> [&'static str; 3] {
    match no {
        place_order::Refused::PointsWithSeat => [
            "团价和接龙不能再用积分，请不用积分或单独买",
            "團價和接龍不能再用點數，請不用點數或單獨買",
            "A group buy or a list takes no points. Keep them, or buy alone.",
        ],
        place_order::Refused::NoPoints => [
            "现在没有能用的积分，请不用积分再提交",
            "現在沒有能用的點數，請不用點數再提交",
            "There are no points to use now. Keep them and send again.",
        ],
        _ => [
            "积分刚刚变了，请核对新的金额再提交",
            "點數剛剛變了，請核對新的金額再提交",
            "Your points changed just now. Check the new total and send again.",
        ],
    }
}
