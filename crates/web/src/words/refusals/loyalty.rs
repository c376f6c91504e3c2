//! Sentences of coupons and tiers.
use super::sale::{NO_PRODUCT, NOT_ALLOWED};
use crate::words::Say;
use app::loyalty::{claim_coupon, open_coupon, set_tier_prices, set_tiers};
use app::sale::place_order;

const NO_COUPON: [&str; 3] = [
    "没有这张券，看看码有没有打错",
    "沒有這張券，看看碼有沒有打錯",
    "There is no such coupon. Check the code.",
];

impl Say for claim_coupon::Refused {
    fn says(self) -> [&'static str; 3] {
        use claim_coupon::Refused::*;
        match self {
            NotAMember => ["先加入社群，再领券", "先加入社群，再領券", "Join the community first."],
            NoSuchCoupon => NO_COUPON,
            Over => ["这张券已经结束", "這張券已經結束", "This coupon is over."],
            Enough => ["这张券你已经领过了", "這張券你已經領過了", "You have it already."],
            AllGone => ["这张券领完了", "這張券領完了", "All of these have been taken."],
            Faster => ["请再试一次", "請再試一次", "Please try once more."],
        }
    }
}

impl Say for open_coupon::Refused {
    fn says(self) -> [&'static str; 3] {
        use open_coupon::Refused::*;
        match self {
            NotAllowed => NOT_ALLOWED,
            BadName => ["名称 1 到 40 字", "名稱 1 到 40 字", "A name of up to 40 characters."],
            BadValue => [
                "减多少：金额要大于 0；折扣 1% 到 100%，封顶只用于折扣",
                "減多少：金額要大於 0；折扣 1% 到 100%，封頂只用於折扣",
                "An amount above zero, or 1 to 100 percent; a cap is for percents only.",
            ],
            BadThreshold => ["门槛不能小于 0", "門檻不能小於 0", "The threshold is zero or more."],
            BadCode => [
                "优惠码 4 到 20 个字母或数字",
                "優惠碼 4 到 20 個字母或數字",
                "A code has 4 to 20 letters or digits.",
            ],
            BadDays => [
                "领取后 1 到 366 天有效；活动至少一天",
                "領取後 1 到 366 天有效；活動至少一天",
                "Good for 1 to 366 days; offered for at least one.",
            ],
            BadLimit => [
                "总数 0 到 1000000，每人 1 到 100 张",
                "總數 0 到 1000000，每人 1 到 100 張",
                "Up to a million in all, 1 to 100 each.",
            ],
            BadBudget => {
                ["预算至少够一张", "預算至少夠一張", "The budget must be enough for one coupon."]
            }
            NoSuchThing => [
                "请选一件商品或一个分类",
                "請選一件商品或一個分類",
                "Choose a product or a category.",
            ],
            CodeTaken => ["这个码已经在用", "這個碼已經在用", "This code is in use."],
            NoSuchCoupon => NO_COUPON,
        }
    }
}

impl Say for set_tiers::Refused {
    fn says(self) -> [&'static str; 3] {
        use set_tiers::Refused::*;
        match self {
            NotAllowed => NOT_ALLOWED,
            TooMany => ["最多 6 级，请减少", "最多 6 級，請減少", "Up to six tiers. Take one out."],
            BadName => [
                "等级名称 1 到 20 字",
                "等級名稱 1 到 20 字",
                "A tier's name has 1 to 20 characters.",
            ],
            SameName => {
                ["两级同名，请改一个", "兩級同名，請改一個", "Two tiers share a name. Change one."]
            }
            BadGrowth => [
                "成长值请填大于 0 的整数",
                "成長值請填大於 0 的整數",
                "Growth points are a whole number above zero.",
            ],
            BadOff => [
                "减百分之几：0 到 99.99",
                "減百分之幾：0 到 99.99",
                "The percent off is from 0 to 99.99.",
            ],
            SameGrowth => [
                "两级的成长值一样，请改一个",
                "兩級的成長值一樣，請改一個",
                "Two tiers ask for the same growth. Change one.",
            ],
            Worse => [
                "高一级不能比低一级给得少",
                "高一級不能比低一級給得少",
                "A higher tier cannot give less than the one below it.",
            ],
            BadGrace => ["保留天数 0 到 365", "保留天數 0 到 365", "Keep a tier 0 to 365 days."],
            ChangedMeanwhile => [
                "等级刚被别人改过，请刷新再改",
                "等級剛被別人改過，請重新整理再改",
                "Somebody changed the tiers just now. Reload and change them again.",
            ],
        }
    }
}

impl Say for set_tier_prices::Refused {
    fn says(self) -> [&'static str; 3] {
        use set_tier_prices::Refused::*;
        match self {
            NotAllowed => NOT_ALLOWED,
            NoSuchProduct => NO_PRODUCT,
            NoSuchTier => [
                "这一级没有了，请刷新再试",
                "這一級沒有了，請重新整理再試",
                "This tier is gone. Reload and try again.",
            ],
            BadPrice => ["会员价要大于 0", "會員價要大於 0", "A member price is above zero."],
            AboveShop => [
                "会员价不能高于店价",
                "會員價不能高於店價",
                "A member price cannot be above the shop's price.",
            ],
        }
    }
}

/// Why an order cannot use a coupon.
pub(super) fn of_coupon(no: place_order::Refused) -> [&'static str; 3] {
    use place_order::Refused::*;
    match no {
        WalletWithSeat => [
            "拼团不能用余额付，请换一种付款方式",
            "拼團不能用餘額付，請換一種付款方式",
            "A group buy cannot be paid from your balance. Pay it another way.",
        ],
        WalletChanged => [
            "余额刚刚变了，请核对新的金额再提交",
            "餘額剛剛變了，請核對新的金額再提交",
            "Your balance changed just now. Check what it pays and send again.",
        ],
        CouponWithSeat => [
            "团价不能再用券，请不选券或单独买",
            "團價不能再用券，請不選券或單獨買",
            "A group buy's price takes no coupon. Leave it out, or buy alone.",
        ],
        NoSuchCoupon => [
            "这张券用不了，可能已经用过，请另选",
            "這張券用不了，可能已經用過，請另選",
            "This coupon cannot be used; it may be in another order. Choose again.",
        ],
        CouponExpired => [
            "这张券过期了，请另选",
            "這張券過期了，請另選",
            "This coupon has expired. Choose another.",
        ],
        CouponNotForThese => [
            "这张券不能用在这些商品上",
            "這張券不能用在這些商品上",
            "This coupon is not for these goods.",
        ],
        CouponBelow => [
            "没到这张券的门槛，再买一点或另选",
            "沒到這張券的門檻，再買一點或另選",
            "Not enough for this coupon yet. Add something, or choose another.",
        ],
        CouponNotFirst => [
            "这张券只能用在第一单",
            "這張券只能用在第一單",
            "This coupon is for a first order only.",
        ],
        _ => {
            ["这张券的额度用完了", "這張券的額度用完了", "What there was for this coupon is spent."]
        }
    }
}
