//! Sentences of sale.
use crate::words::Say;
use app::sale::{
    cancel_order, capture, give_proof, hand_out, mark_ready, place_order, receive, refund_order,
    return_suspense, ship_order, start_payment, take_callback,
};

pub(super) const NOT_ALLOWED: [&str; 3] = [
    "这一步需要店主或有权限的管理成员来做",
    "這一步需要店主或有權限的管理成員來做",
    "Only the owner or staff with the right can do this.",
];
pub(super) const NO_ORDER: [&str; 3] = [
    "没有这个订单，请从“我的订单”进入",
    "沒有這個訂單，請從「我的訂單」進入",
    "There is no such order. Open it from your orders.",
];
pub(super) const NO_PRODUCT: [&str; 3] = [
    "没有这件商品，可能已经下架",
    "沒有這件商品，可能已經下架",
    "There is no such product; it may have been withdrawn.",
];
pub(super) const NOT_LISTED: [&str; 3] = [
    "这件商品暂时不卖，看看别的吧",
    "這件商品暫時不賣，看看別的吧",
    "This is not for sale right now. Have a look at others.",
];
pub(super) const SOLD_OUT: [&str; 3] = [
    "库存不够了，请减少数量或换一款",
    "庫存不夠了，請減少數量或換一款",
    "Not enough in stock. Take fewer, or another one.",
];
pub(super) const QUANTITY: [&str; 3] =
    ["每款数量是 1 到 999 的整数", "每款數量是 1 到 999 的整數", "Choose 1 to 999 of each."];
pub(super) const MOVED: [&str; 3] = [
    "订单刚刚有了变化，请刷新后再看",
    "訂單剛剛有了變化，請重新整理後再看",
    "The order changed a moment ago. Reload and look again.",
];
const NO_PAYMENT: [&str; 3] = ["没有这笔付款", "沒有這筆付款", "There is no such payment."];
const NOT_WAITING: [&str; 3] = [
    "这个订单现在不在等付款，请看订单状态",
    "這個訂單現在不在等付款，請看訂單狀態",
    "This order is not waiting for payment. See where it stands.",
];
const NO_PROVIDER: [&str; 3] = [
    "这种付款方式没有开通，请换一种",
    "這種付款方式沒有開通，請換一種",
    "This way to pay is not available. Choose another.",
];
const RETRY: [&str; 3] = ["请再试一次", "請再試一次", "Please try once more."];
const LOADED_LONG_AGO: [&str; 3] = [
    "这个页面已经提交过别的内容，请刷新后再下单",
    "這個頁面已經提交過別的內容，請重新整理後再下單",
    "This page was sent before with other contents. Reload and try again.",
];
const NOTHING_CHOSEN: [&str; 3] = ["还没有选择商品", "還沒有選擇商品", "Nothing is chosen yet."];
const SLIP: [&str; 3] = [
    "请填转账单号（4 到 60 个字）",
    "請填轉帳單號（4 到 60 個字）",
    "Enter the number of the transfer slip (4 to 60 characters).",
];

impl Say for place_order::Refused {
    fn says(self) -> [&'static str; 3] {
        use place_order::Refused::*;
        match self {
            NotAMember => {
                ["先加入社群，再下单", "先加入社群，再下單", "Join the community, then order."]
            }
            OtherOrderWithThisId => LOADED_LONG_AGO,
            NothingChosen => NOTHING_CHOSEN,
            TooManyLines => [
                "一单最多 50 款商品，请分两单",
                "一單最多 50 款商品，請分兩單",
                "At most 50 different items in one order. Make it two.",
            ],
            BadQuantity => QUANTITY,
            NoSuchProduct => NO_PRODUCT,
            NotForSale => NOT_LISTED,
            NoSuchCampaign | CampaignNotBegun | CampaignOver | NotForYou | AlreadyInTeam
            | SeatLimit | NoSuchTeam | TeamOver | TeamFull | AllSeatsTaken | NotInCampaign => {
                super::campaigns::of_seat(self)
            }
            TooMuch => [
                "金额太大了，请分几单",
                "金額太大了，請分幾單",
                "The sum is too large. Make it several orders.",
            ],
            NoteTooLong => {
                ["留言最多 300 字", "留言最多 300 字", "The note may have 300 characters."]
            }
            BadRecipient => [
                "请填收货人的名字（最多 40 字）",
                "請填收貨人的名字（最多 40 字）",
                "Enter the recipient's name (up to 40 characters).",
            ],
            BadPhone => [
                "请填能联系到的电话号码",
                "請填能聯繫到的電話號碼",
                "Enter a phone number you can be reached at.",
            ],
            BadRegion => [
                "请选择省、市、区县",
                "請選擇省、市、區縣",
                "Choose province, city and district; elsewhere enter town and postcode.",
            ],
            BadStreet => [
                "请填街道和门牌（最多 200 字）",
                "請填街道和門牌（最多 200 字）",
                "Enter street and house number (up to 200 characters).",
            ],
            NoSuchPickupPoint => [
                "这个自提点已经不在了，请另选一个",
                "這個自提點已經不在了，請另選一個",
                "This pick-up point is gone. Choose another.",
            ],
            ProviderNotHere => NO_PROVIDER,
            CouponWithSeat | NoSuchCoupon | CouponExpired | CouponNotForThese | CouponBelow
            | CouponNotFirst | CouponBudget | WalletWithSeat | WalletChanged => {
                super::loyalty::of_coupon(self)
            }
            PointsWithSeat | NoPoints | PointsChanged => super::points::of_points(self),
            PriceChanged => [
                "价格刚刚变了，请核对新的金额再提交",
                "價格剛剛變了，請核對新的金額再提交",
                "A price changed just now. Check the new total and send again.",
            ],
            SoldOut => SOLD_OUT,
        }
    }
}
impl Say for start_payment::Refused {
    fn says(self) -> [&'static str; 3] {
        use start_payment::Refused::*;
        match self {
            NoSuchOrder => NO_ORDER,
            ProviderNotHere => NO_PROVIDER,
            IdUsed => LOADED_LONG_AGO,
            NotWaiting => NOT_WAITING,
        }
    }
}
impl Say for capture::Refused {
    fn says(self) -> [&'static str; 3] {
        use capture::Refused::*;
        match self {
            NotAllowed => NOT_ALLOWED,
            NoSuchPayment => NO_PAYMENT,
            NotWaiting => NOT_WAITING,
            Faster => RETRY,
        }
    }
}
impl Say for take_callback::Refused {
    fn says(self) -> [&'static str; 3] {
        use take_callback::Refused::*;
        match self {
            ProviderNotHere => NO_PROVIDER,
            BadSignature => [
                "签名不对，没有接受这条付款通知",
                "簽章不對，沒有接受這則付款通知",
                "The signature is wrong; this payment notice was not taken.",
            ],
            Stale => [
                "付款通知的时间不对，请重新发送",
                "付款通知的時間不對，請重新發送",
                "The payment notice is too old or too early. Send it anew.",
            ],
            Malformed => {
                ["看不懂这条付款通知", "看不懂這則付款通知", "This payment notice cannot be read."]
            }
            NoSuchPayment => NO_PAYMENT,
            Faster => RETRY,
        }
    }
}
impl Say for give_proof::Refused {
    fn says(self) -> [&'static str; 3] {
        use give_proof::Refused::*;
        match self {
            NotAllowed => NOT_ALLOWED,
            NoSuchPayment => NO_PAYMENT,
            NoSlip => SLIP,
            SlipUsed => [
                "这个单号已经用过了，请核对",
                "這個單號已經用過了，請核對",
                "This slip number was used before. Check it.",
            ],
            NoSuchPicture => [
                "图片没有收到，请重新上传",
                "圖片沒有收到，請重新上傳",
                "The picture did not arrive. Please send it again.",
            ],
            NotWaiting => NOT_WAITING,
        }
    }
}
impl Say for cancel_order::Refused {
    fn says(self) -> [&'static str; 3] {
        use cancel_order::Refused::*;
        match self {
            NoSuchOrder => NO_ORDER,
            ProofGiven => [
                "店家正在核对你的转账，核对后再取消",
                "店家正在核對你的轉帳，核對後再取消",
                "Your transfer is being checked. Cancel after that.",
            ],
            TooLate => [
                "已经发货或备好，不能直接取消，可以申请退款",
                "已經出貨或備好，不能直接取消，可以申請退款",
                "It is on its way or ready. Ask for a refund instead.",
            ],
            Moved => MOVED,
        }
    }
}
impl Say for refund_order::Refused {
    fn says(self) -> [&'static str; 3] {
        use refund_order::Refused::*;
        match self {
            NotAllowed => NOT_ALLOWED,
            NoSuchOrder => NO_ORDER,
            NotPaid => [
                "这个订单没有收到过钱",
                "這個訂單沒有收到過錢",
                "No money was taken for this order.",
            ],
            NothingChosen => [
                "请选择要退的商品和数量",
                "請選擇要退的商品和數量",
                "Choose what to refund and how many.",
            ],
            BadLine => {
                ["这一行现在不能退", "這一行現在不能退", "This line cannot be refunded now."]
            }
            MoreThanPaid => [
                "退的比付的多了，请核对",
                "退的比付的多了，請核對",
                "That is more than was paid. Check the amounts.",
            ],
            Moved => MOVED,
            LeaseLost | Unsettled => RETRY,
        }
    }
}
impl Say for return_suspense::Refused {
    fn says(self) -> [&'static str; 3] {
        use return_suspense::Refused::*;
        match self {
            NotAllowed => NOT_ALLOWED,
            NoSuchPayment => NO_PAYMENT,
            NoSlip => SLIP,
            LeaseLost | Unsettled | Moved => RETRY,
            ByHand => {
                ["这笔钱要手工退回", "這筆錢要手動退回", "This money has to be returned by hand."]
            }
        }
    }
}
impl Say for ship_order::Refused {
    fn says(self) -> [&'static str; 3] {
        use ship_order::Refused::*;
        match self {
            NotAllowed => NOT_ALLOWED,
            NoSuchOrder => NO_ORDER,
            IsPickedUp => [
                "这是自提订单，请用“到货”",
                "這是自提訂單，請用「到貨」",
                "This order is picked up. Mark it as ready instead.",
            ],
            NoCarrier => ["请填快递公司", "請填快遞公司", "Enter the carrier."],
            NothingToShip => {
                ["没有等发货的商品", "沒有等出貨的商品", "Nothing here waits to be shipped."]
            }
            Moved => MOVED,
        }
    }
}
impl Say for mark_ready::Refused {
    fn says(self) -> [&'static str; 3] {
        use mark_ready::Refused::*;
        match self {
            NotAllowed => NOT_ALLOWED,
            NoSuchOrder => NO_ORDER,
            IsShipped => [
                "这是快递订单，请用“发货”",
                "這是快遞訂單，請用「出貨」",
                "This order is shipped. Use ship instead.",
            ],
            NothingReady => {
                ["没有等到货的商品", "沒有等到貨的商品", "Nothing here waits to arrive."]
            }
            NoFreeCode => RETRY,
            Moved => MOVED,
        }
    }
}
impl Say for hand_out::Refused {
    fn says(self) -> [&'static str; 3] {
        use hand_out::Refused::*;
        match self {
            BadCode => ["取件码是 6 位数字", "取件碼是 6 位數字", "A pick-up code has six digits."],
            NoSuchCode => [
                "没有这个取件码，请再看一眼",
                "沒有這個取件碼，請再看一眼",
                "There is no such code. Look again.",
            ],
            NotAllowed => NOT_ALLOWED,
            OtherWithThisId => super::leading::OTHER_HAND_OUT,
            NothingReady => [
                "这个订单没有等取的商品",
                "這個訂單沒有等取的商品",
                "Nothing of this order waits to be picked up.",
            ],
            Moved => MOVED,
        }
    }
}
impl Say for receive::Refused {
    fn says(self) -> [&'static str; 3] {
        use receive::Refused::*;
        match self {
            NoSuchOrder => NO_ORDER,
            NothingToReceive => [
                "还没有发货，发货后再确认收货",
                "還沒有出貨，出貨後再確認收貨",
                "Nothing was sent yet. Confirm when it has arrived.",
            ],
            Moved => MOVED,
            LeaseLost => RETRY,
        }
    }
}
