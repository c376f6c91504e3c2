//! Sentences of what is asked and answered after the sale.
use super::sale::{MOVED, NO_ORDER, NOT_ALLOWED};
use crate::words::Say;
use app::sale::{ask_refund, decline_case};

impl Say for ask_refund::Refused {
    fn says(self) -> [&'static str; 3] {
        use ask_refund::Refused::*;
        match self {
            NoSuchOrder => NO_ORDER,
            IdUsed => MOVED,
            AlreadyAsked => [
                "这个订单有一个退款申请正在等店家答复",
                "這個訂單有一個退款申請正在等店家答覆",
                "The shop has yet to answer a refund request for this order.",
            ],
            NothingChosen => [
                "请选择要退的商品和件数",
                "請選擇要退的商品和件數",
                "Choose what should go back, and how many.",
            ],
            BadLine => [
                "这些商品现在不能申请退款",
                "這些商品現在不能申請退款",
                "No refund can be asked for these items now.",
            ],
            MoreThanPaid => [
                "件数比买的多了，请核对",
                "件數比買的多了，請核對",
                "That is more than you bought. Check the numbers.",
            ],
            BadReason => ["请选一个原因", "請選一個原因", "Choose a reason."],
            WordsMissing => [
                "选“其他”时，请写几句说明",
                "選「其他」時，請寫幾句說明",
                "Another reason needs a few words.",
            ],
            TextTooLong => ["说明最多 500 字", "說明最多 500 字", "Use at most 500 characters."],
            TooManyPictures => ["最多 6 张图片", "最多 6 張圖片", "Six pictures at most."],
            NoSuchPicture => [
                "图片没有收到，请重新上传",
                "圖片沒有收到，請重新上傳",
                "A picture did not arrive. Please send it again.",
            ],
            Answered => [
                "店家刚刚答复了，请看订单",
                "店家剛剛答覆了，請看訂單",
                "The shop has just answered. See the order.",
            ],
        }
    }
}
impl Say for decline_case::Refused {
    fn says(self) -> [&'static str; 3] {
        use decline_case::Refused::*;
        match self {
            NotAllowed => NOT_ALLOWED,
            NoSuchCase => ["没有这个申请", "沒有這個申請", "There is no such request."],
            ReasonMissing => [
                "请写明不同意的原因，买家会看到",
                "請寫明不同意的原因，買家會看到",
                "Say why not: the buyer sees it.",
            ],
            Answered => [
                "这个申请已经处理过了",
                "這個申請已經處理過了",
                "This request was answered already.",
            ],
        }
    }
}
