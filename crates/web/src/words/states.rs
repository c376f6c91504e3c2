//! States and codes of orders and money as people read them.
use crate::ui::Tone;
use rules::base::Lang;
use rules::ledger::Provider;
use rules::sale::case;
use rules::sale::line::State;
use rules::sale::order::{PaymentState, RefundState};
use rules::sale::product::{self, Returns};

pub fn order_state(lang: Lang, s: State) -> &'static str {
    lang.pick(match s {
        State::AwaitingPayment => ["待付款", "待付款", "To pay"],
        State::AwaitingGroup => ["待成团", "待成團", "Waiting for the team"],
        State::AwaitingGoal => ["待截单", "待截單", "Waiting for the cut-off"],
        State::ToFulfil => ["备货中", "備貨中", "Being packed"],
        State::Shipped => ["已发货", "已出貨", "On its way"],
        State::ReadyForPickup => ["待取货", "待取貨", "Ready to collect"],
        State::Received => ["已收货", "已收貨", "Received"],
        State::Completed => ["已完成", "已完成", "Done"],
        State::Refunding => ["退款中", "退款中", "Being refunded"],
        State::Refunded => ["已退款", "已退款", "Refunded"],
        State::Cancelled => ["已取消", "已取消", "Cancelled"],
        State::ClosedUnpaid => ["未付款已关闭", "未付款已關閉", "Closed unpaid"],
    })
}
pub fn order_tone(s: State) -> Tone {
    match s {
        State::AwaitingPayment | State::AwaitingGroup | State::AwaitingGoal => Tone::Accent,
        State::ReadyForPickup | State::Received | State::Completed | State::Refunded => Tone::Green,
        State::ToFulfil | State::Shipped => Tone::Blue,
        State::Refunding => Tone::Gold,
        State::Cancelled | State::ClosedUnpaid => Tone::Plain,
    }
}
pub fn provider(lang: Lang, p: Provider) -> &'static str {
    lang.pick(match p {
        Provider::Sandbox => ["演示支付", "示範支付", "Demo payment"],
        Provider::Manual => ["转账", "轉帳", "Bank transfer"],
        Provider::Wallet => ["余额", "餘額", "Balance"],
    })
}
pub fn payment_state(lang: Lang, s: PaymentState) -> &'static str {
    lang.pick(match s {
        PaymentState::Started => ["已开始", "已開始", "Started"],
        PaymentState::ProofGiven => ["等核对", "等核對", "Being checked"],
        PaymentState::Captured => ["已到账", "已入帳", "Received"],
        PaymentState::Failed => ["没有成功", "沒有成功", "Failed"],
        PaymentState::Closed => ["已关闭", "已關閉", "Closed"],
        PaymentState::Suspense => ["待退回", "待退回", "To be returned"],
        PaymentState::Returned => ["已退回", "已退回", "Returned"],
    })
}
pub fn refund_state(lang: Lang, s: RefundState) -> &'static str {
    lang.pick(match s {
        RefundState::Waiting => ["退款处理中", "退款處理中", "On its way back"],
        RefundState::Settled => ["已退回", "已退回", "Paid back"],
        RefundState::ByHand => ["等店家转账退回", "等店家轉帳退回", "To be paid back by transfer"],
    })
}
pub fn product_state(lang: Lang, s: product::State) -> &'static str {
    lang.pick(match s {
        product::State::Listed => ["在售", "上架中", "On sale"],
        product::State::Draft => ["草稿", "草稿", "Draft"],
        product::State::Archived => ["已下架", "已下架", "Archived"],
    })
}
pub fn returns(lang: Lang, r: Returns, days: i64) -> String {
    match (r, lang) {
        (Returns::NoReason, Lang::En) => format!("{days} days to return, no reason asked"),
        (Returns::NoReason, Lang::Hans) => format!("{days} 天无理由退货"),
        (Returns::NoReason, Lang::Hant) => format!("{days} 天無理由退貨"),
        (Returns::Fresh, _) => lang
            .pick(["生鲜，坏了包赔", "生鮮，壞了包賠", "Fresh food: money back if it is bad"])
            .into(),
        (Returns::Custom, _) => lang
            .pick([
                "定制品，不支持无理由退货",
                "訂製品，不支援無理由退貨",
                "Made for you: no return without a fault",
            ])
            .into(),
        (Returns::Digital, _) => lang
            .pick([
                "数字商品，开通后不退",
                "數位商品，開通後不退",
                "Digital: no return once opened",
            ])
            .into(),
        (Returns::Opened, _) => lang
            .pick(["拆封后不支持无理由退货", "拆封後不支援無理由退貨", "No return once unsealed"])
            .into(),
    }
}
pub fn case_state(lang: Lang, s: case::State) -> &'static str {
    lang.pick(match s {
        case::State::Open => ["等店家答复", "等店家答覆", "Waiting for the shop"],
        case::State::Accepted => ["已同意退款", "已同意退款", "Accepted"],
        case::State::Declined => ["没有通过", "沒有通過", "Declined"],
        case::State::Withdrawn => ["已撤回", "已撤回", "Withdrawn"],
    })
}
pub fn case_tone(s: case::State) -> Tone {
    match s {
        case::State::Open => Tone::Gold,
        case::State::Accepted => Tone::Green,
        case::State::Declined => Tone::Danger,
        case::State::Withdrawn => Tone::Plain,
    }
}
pub fn case_reason(lang: Lang, r: case::Reason) -> &'static str {
    lang.pick(match r {
        case::Reason::NotArrived => ["没有收到", "沒有收到", "It did not arrive"],
        case::Reason::Damaged => ["破损或变质", "破損或變質", "Broken or spoiled"],
        case::Reason::WrongItem => ["发错、少发", "寄錯、少寄", "Wrong or missing item"],
        case::Reason::NotAsShown => ["和描述不一样", "和描述不一樣", "Not as described"],
        case::Reason::ChangedMind => ["不想要了", "不想要了", "Changed my mind"],
        case::Reason::Other => ["其他", "其他", "Another reason"],
    })
}
/// A kind of fact as a line of a timeline; unknown kinds show their code.
pub fn fact(lang: Lang, kind: &str) -> &str {
    let all = match kind {
        "order_placed" => ["下单", "下單", "Order placed"],
        "order_paid" => ["付款成功", "付款成功", "Paid"],
        "order_shipped" => ["发货", "出貨", "Shipped"],
        "order_ready" => ["到货，可以取了", "到貨，可以取了", "Ready to collect"],
        "order_received" => ["收货", "收貨", "Received"],
        "hand_out_undone" => ["交错了，收回", "交錯了，收回", "Hand-out taken back"],
        "order_completed" => ["完成", "完成", "Completed"],
        "order_refunded" => ["退款", "退款", "Refund"],
        "refund_settled" => ["退款到账", "退款入帳", "Refund paid back"],
        "order_cancelled" => ["取消", "取消", "Cancelled"],
        "order_closed_unpaid" => {
            ["超时未付款，已关闭", "逾時未付款，已關閉", "Closed: not paid in time"]
        }
        "team_filled" => ["成团", "成團", "The team is complete"],
        "team_failed" => ["没有成团", "沒有成團", "The team did not fill"],
        "chain_reached" => {
            ["接龙达标，开始备货", "接龍達標，開始備貨", "The list reached its minimum"]
        }
        "chain_failed" => ["接龙没有达标", "接龍沒有達標", "The list stayed below its minimum"],
        "proof_given" => ["提交了转账凭证", "提交了轉帳憑證", "Transfer slip sent"],
        "proof_refused" => ["转账没有核对上", "轉帳沒有核對上", "Transfer not found"],
        "refund_asked" => ["买家申请退款", "買家申請退款", "The buyer asked for a refund"],
        "refund_declined" => ["退款申请没有通过", "退款申請沒有通過", "Refund request declined"],
        "refund_ask_withdrawn" => ["撤回了退款申请", "撤回了退款申請", "Refund request withdrawn"],
        other => return other,
    };
    lang.pick(all)
}
