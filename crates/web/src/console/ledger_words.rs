//! Words of the journal: what happened, how a group stands, and the number behind it.
use crate::ui::{Tone, tag};
use crate::who::Here;
use app::sale::views_money::Entry;
use maud::Markup;
use rules::base::{Id, id};
use rules::ledger::Event;

pub fn event(here: &Here, code: &str) -> String {
    let words = match Event::of(code) {
        Some(Event::OrderDue) => ["下单应收", "下單應收", "Order due"],
        Some(Event::Capture) => ["收款", "收款", "Payment"],
        Some(Event::Refund) => ["退款", "退款", "Refund"],
        Some(Event::SuspenseIn) => ["收到说不清的钱", "收到說不清的錢", "Unexplained money in"],
        Some(Event::SuspenseOut) => ["退回说不清的钱", "退回說不清的錢", "Unexplained money back"],
        Some(Event::PacketFunded) => ["发红包", "發紅包", "Red packet opened"],
        Some(Event::PacketTaken) => ["领红包", "領紅包", "Red packet taken"],
        Some(Event::PacketReturned) => ["红包余款退回", "紅包餘款退回", "Red packet returned"],
        Some(Event::CommissionEarned) => ["赚到佣金", "賺到佣金", "Commission earned"],
        Some(Event::CommissionFrozen) => ["佣金冻结", "佣金凍結", "Commission frozen"],
        Some(Event::CommissionThawed) => ["佣金解冻", "佣金解凍", "Commission pending again"],
        Some(Event::CommissionAvailable) => ["佣金到账", "佣金入帳", "Commission available"],
        Some(Event::CommissionTakenBack) => ["扣回佣金", "扣回佣金", "Commission taken back"],
        Some(Event::ServiceEarned) => ["团长服务费", "團長服務費", "Service pay earned"],
        Some(Event::ServiceAvailable) => {
            ["团长服务费到账", "團長服務費入帳", "Service pay available"]
        }
        Some(Event::ServiceTakenBack) => {
            ["扣回团长服务费", "扣回團長服務費", "Service pay taken back"]
        }
        Some(Event::PointsEarned) => ["得到积分", "得到點數", "Points earned"],
        Some(Event::PointsSpent) => ["用积分", "用點數", "Points used"],
        Some(Event::PointsReturned) => ["退回积分", "退回點數", "Points returned"],
        Some(Event::PointsTakenBack) => ["扣回积分", "扣回點數", "Points taken back"],
        Some(Event::PointsSettled) => ["补扣积分", "補扣點數", "Owed points settled"],
        Some(Event::PointsExpired) => ["积分过期", "點數到期", "Points ended"],
        Some(Event::PointsCorrected) => ["调整积分", "調整點數", "Points corrected"],
        Some(Event::WalletPaid) => ["余额付款", "餘額付款", "Paid from a balance"],
        Some(Event::Payout) => ["佣金提现", "佣金提領", "Commission paid out"],
        Some(Event::WalletRefund) => ["退回余额", "退回餘額", "Back into a balance"],
        None => return code.to_string(),
    };
    here.pick(words).to_string()
}

pub fn state_tag(here: &Here, code: &str) -> Markup {
    let (words, tone) = match code {
        "posted" => (["已过账", "已過帳", "Posted"], Tone::Green),
        "pending" => (["待过账", "待過帳", "Pending"], Tone::Gold),
        _ => (["已作废", "已作廢", "Voided"], Tone::Plain),
    };
    tag(here.pick(words), tone)
}

/// The number behind an entry as the address names it: orders as orders, the rest as payments.
pub fn cause_text(e: &Entry) -> String {
    match Event::of(&e.event) {
        Some(Event::SuspenseIn | Event::SuspenseOut) => Id::<id::Payment>::of(e.cause).to_string(),
        Some(Event::PacketFunded | Event::PacketTaken | Event::PacketReturned) => {
            Id::<id::RedPacket>::of(e.cause).to_string()
        }
        Some(
            Event::CommissionEarned
            | Event::CommissionFrozen
            | Event::CommissionThawed
            | Event::CommissionAvailable
            | Event::CommissionTakenBack,
        ) => Id::<id::Commission>::of(e.cause).to_string(),
        Some(Event::ServiceEarned | Event::ServiceAvailable | Event::ServiceTakenBack) => {
            Id::<id::ServicePay>::of(e.cause).to_string()
        }
        Some(Event::Payout) => Id::<id::Payout>::of(e.cause).to_string(),
        Some(
            Event::PointsEarned
            | Event::PointsSpent
            | Event::PointsReturned
            | Event::PointsTakenBack
            | Event::PointsSettled
            | Event::PointsExpired
            | Event::PointsCorrected,
        ) => Id::<id::PointChange>::of(e.cause).to_string(),
        _ => Id::<id::Order>::of(e.cause).to_string(),
    }
}
