//! Sentences of payouts and of the second factor they ask for.
use super::sale::NOT_ALLOWED;
use crate::words::Say;
use app::community::second_factor;
use app::spread::{request_payout, settle_payout};

const TOO_MANY: [&str; 3] = [
    "试得太多了，过 15 分钟再来",
    "試得太多了，過 15 分鐘再來",
    "Too many tries. Come back in 15 minutes.",
];
const WRONG_CODE: [&str; 3] = [
    "验证码不对或已经用过，等下一个再填",
    "驗證碼不對或已經用過，等下一個再填",
    "The code is wrong or was used. Wait for the next one.",
];

impl Say for second_factor::Refused {
    fn says(self) -> [&'static str; 3] {
        use second_factor::Refused::*;
        match self {
            SignedOut => ["请重新登录", "請重新登入", "Please sign in again."],
            TooMany => TOO_MANY,
            NotFresh => [
                "先确认是你：填现在的密码，或退出后重新登录再来",
                "先確認是你：填現在的密碼，或登出後重新登入再來",
                "First show that it is you: enter your password, or sign in again and come back.",
            ],
            AlreadyOn => {
                ["两步验证已经开着", "兩步驗證已經開著", "The second factor is on already."]
            }
            NotBegun => [
                "设置已经过期，请从头再来",
                "設定已經過期，請從頭再來",
                "That setup is over. Begin again.",
            ],
            WrongCode => WRONG_CODE,
        }
    }
}

impl Say for request_payout::Refused {
    fn says(self) -> [&'static str; 3] {
        use request_payout::Refused::*;
        match self {
            NotAMember => ["先加入社群，再提现", "先加入社群，再提領", "Join the community first."],
            IdUsed => [
                "页面放得太久了，请重新打开再提现",
                "頁面放得太久了，請重新開啟再提領",
                "This page was loaded long ago. Load it again.",
            ],
            BadAmount => {
                ["请填金额，例如 20.00", "請填金額，例如 20.00", "Enter an amount such as 20.00."]
            }
            BadDestination => [
                "请填收款人（最多 60 字）和账户（最多 120 字）",
                "請填收款人（最多 60 字）和帳戶（最多 120 字）",
                "Enter whose account it is (60 characters) and which one (120).",
            ],
            BelowLeast => [
                "低于最低提现金额，攒够再来",
                "低於最低提領金額，存夠再來",
                "This is below the least amount. Come back when there is more.",
            ],
            AlreadyOpen => [
                "上一笔提现还没有结果，等它完成再提",
                "上一筆提領還沒有結果，等它完成再提",
                "Your last payout is not settled yet. Wait for it.",
            ],
            NotEnough => [
                "可提现的佣金没有这么多",
                "可提領的佣金沒有這麼多",
                "There is not so much commission to pay out.",
            ],
            NoSecondFactor => {
                ["提现前请先开两步验证", "提領前請先開兩步驗證", "Set up a second factor first."]
            }
            NewSecondFactor => [
                "两步验证打开还不到三天，过几天再来提现",
                "兩步驗證開啟還不到三天，過幾天再來提領",
                "Your second factor is less than three days old. Come back when it has rested.",
            ],
            TooMany => TOO_MANY,
            WrongCode => WRONG_CODE,
        }
    }
}

impl Say for settle_payout::Refused {
    fn says(self) -> [&'static str; 3] {
        use settle_payout::Refused::*;
        match self {
            NotAllowed => NOT_ALLOWED,
            NoSuchPayout => ["没有这笔提现", "沒有這筆提領", "There is no such payout."],
            BadState => ["请选一个结果", "請選一個結果", "Choose how it came out."],
            NoSlip => [
                "请填转账单号（4 到 60 个字）",
                "請填轉帳單號（4 到 60 個字）",
                "Enter the number of the transfer slip (4 to 60 characters).",
            ],
            NoReason => ["请写明原因", "請寫明原因", "Say why."],
            SlipUsed => [
                "这个单号已经记在另一笔提现上",
                "這個單號已經記在另一筆提領上",
                "This slip number belongs to another payout.",
            ],
            Moved => [
                "这笔提现刚刚有了别的结果，请刷新看看",
                "這筆提領剛剛有了別的結果，請重新整理看看",
                "This payout was settled otherwise just now. Look again.",
            ],
            BadTerms => [
                "最低金额要大于 0，手续费要小于最低金额",
                "最低金額要大於 0，手續費要小於最低金額",
                "The least amount is above zero, and the fee below it.",
            ],
        }
    }
}
