//! The money of one order: payments, refunds, and how it lies in the accounts.
use super::frame::{at, money, when};
use super::order::{Desk, slip_fields, why_fields};
use crate::sale::{private, purse};
use crate::spread::wallet::bucket_words;
use crate::ui::{DataTable, Tone, button, card_head, column, data_table, sum_list, tag};
use crate::who::Here;
use crate::words::states::{payment_state, provider, refund_state};
use app::sale::views::{OrderPage, PaymentRow, RefundRow};
use app::sale::views_money::Entry;
use maud::{Markup, html};
use rules::base::{Id, id};
use rules::community::role::Right;
use rules::ledger::{Account, Earning};
use rules::sale::order::{PaymentState, RefundState};

/// An account as people call it.
pub fn account(here: &Here, name: &str) -> String {
    use rules::ledger::Provider as P;
    let words = match Account::of(name) {
        Some(Account::Receivable) => ["应收", "應收", "Receivable"],
        Some(Account::Clearing(P::Sandbox)) => {
            ["在途 · 演示支付", "在途 · 示範支付", "Clearing · demo payment"]
        }
        Some(Account::Clearing(P::Manual)) => {
            ["在途 · 转账", "在途 · 轉帳", "Clearing · bank transfer"]
        }
        Some(Account::Clearing(P::Wallet)) => ["在途 · 余额", "在途 · 餘額", "Clearing · balance"],
        Some(Account::Sales) => ["销售收入", "銷售收入", "Sales"],
        Some(Account::ShippingIncome) => ["运费收入", "運費收入", "Delivery fees"],
        Some(Account::Refunds) => ["退款", "退款", "Refunds"],
        Some(Account::Suspense) => ["说不清的钱", "說不清的錢", "Unexplained money"],
        Some(Account::Promotion) => ["促销支出", "促銷支出", "Promotion"],
        Some(Account::PayoutByHand) => ["提现转账", "提領轉帳", "Payouts by transfer"],
        Some(Account::Fees) => ["手续费", "手續費", "Fees"],
        Some(Account::RedPacket(packet)) => return packet.to_string(),
        Some(Account::Wallet(member, bucket)) => {
            let wallet = here.pick(["余额", "餘額", "Wallet"]);
            return format!("{wallet} · {} · {member}", bucket_words(here, bucket));
        }
        Some(Account::CommissionCost) => ["佣金支出", "佣金支出", "Commission, cost"],
        Some(Account::Commission(member, Earning::Pending)) => {
            return format!(
                "{} · {member}",
                here.pick(["佣金待收货", "佣金待收貨", "Commission pending"])
            );
        }
        Some(Account::Commission(member, Earning::Frozen)) => {
            return format!(
                "{} · {member}",
                here.pick(["佣金冻结", "佣金凍結", "Commission frozen"])
            );
        }
        Some(Account::CommissionDebt(member)) => {
            return format!(
                "{} · {member}",
                here.pick(["待扣佣金", "待扣佣金", "Commission owed"])
            );
        }
        Some(Account::ServiceCost) => ["团长服务费支出", "團長服務費支出", "Service pay, cost"],
        Some(Account::Service(member)) => {
            let waits = ["未到账的服务费", "未入帳的服務費", "Service pay not yet available"];
            return format!("{} · {member}", here.pick(waits));
        }
        None if name == "service" => {
            ["未到账的服务费", "未入帳的服務費", "Service pay not yet available"]
        }
        Some(Account::PointsIssued) => ["发出的积分", "發出的點數", "Points issued"],
        Some(Account::Points(member)) => {
            return format!("{} · {member}", here.pick(["积分", "點數", "Points"]));
        }
        Some(Account::PointsDebt(member)) => {
            return format!("{} · {member}", here.pick(["待扣积分", "待扣點數", "Points owed"]));
        }
        None if name == "commission" => {
            ["未到账的佣金", "未入帳的佣金", "Commission not yet available"]
        }
        None if name == "commission_debt" => ["待扣佣金", "待扣佣金", "Commission owed"],
        None if name == "redpacket" => ["红包里的钱", "紅包裡的錢", "In red packets"],
        None if name == "wallet" => ["成员余额", "成員餘額", "Members' wallets"],
        None => return name.to_string(),
    };
    here.pick(words).to_string()
}

/// Debits and credits of each account, posted only, in the order of the accounts.
pub fn sums(entries: &[Entry]) -> Vec<(String, i64, i64)> {
    let mut out: Vec<(String, i64, i64)> = Vec::new();
    let mut add = |account: &str, debit: i64, credit: i64| match out
        .iter_mut()
        .find(|row| row.0 == account)
    {
        Some(row) => {
            row.1 += debit;
            row.2 += credit;
        }
        None => out.push((account.to_string(), debit, credit)),
    };
    for e in entries.iter().filter(|e| e.state == "posted") {
        add(&e.debit, e.amount, 0);
        add(&e.credit, 0, e.amount);
    }
    out
}

/// Where the order's money lies; both columns have the same total.
pub fn split(here: &Here, page: &OrderPage, journal: &[Entry]) -> Markup {
    let rows = sums(journal);
    let title = here.pick(["钱去了哪", "錢去了哪", "Where the money lies"]);
    let (debits, credits) =
        rows.iter().fold((0, 0), |(d, c), (_, debit, credit)| (d + debit, c + credit));
    let blank = |n: i64| if n == 0 { String::new() } else { money(here, n) };
    let table = DataTable {
        caption: title,
        columns: vec![
            column(here.pick(["科目", "科目", "Account"])).grow(),
            column(here.pick(["借", "借", "Debit"])).number(),
            column(here.pick(["贷", "貸", "Credit"])).number(),
        ],
        rows: rows
            .iter()
            .map(|(name, debit, credit)| crate::ui::Row {
                cells: vec![
                    html! { (account(here, name)) },
                    html! { (blank(*debit)) },
                    html! { (blank(*credit)) },
                ],
                ..Default::default()
            })
            .collect(),
        pick: None,
        foot: Some(vec![
            html! { (here.pick(["合计", "合計", "Total"])) },
            html! { (money(here, debits)) },
            html! { (money(here, credits)) },
        ]),
    };
    let drill = at(here, &format!("/ledger/{}", page.row.id));
    let pending = journal.iter().any(|e| e.state == "pending")
        && !journal.iter().all(|e| e.state != "pending");
    html! {
        section class="card -flush" {
            div class="card-head cell" {
                h2 class="t2" { (title) }
                a class="more" href=(drill) { (here.pick(["分录", "分錄", "Entries"])) }
            }
            @if rows.is_empty() {
                p class="cell sub" {
                    @if pending { (here.pick([
                        "还没付款：应收已经记下，等付款后过账。",
                        "還沒付款：應收已經記下，等付款後過帳。",
                        "Not paid yet: what is owed is pending."])) }
                    @else { (here.pick(["没有动过钱。", "沒有動過錢。", "No money moved."])) }
                }
            } @else { (data_table(here.lang, &table)) }
        }
    }
}

/// Attempts to pay and refunds, each with what staff may do about it.
pub fn payments(desk: &Desk<'_>) -> Markup {
    let (here, page) = (desk.here, desk.page);
    html! {
        section class="card" id="money" {
            (card_head(here.pick(["付款和退款", "付款和退款", "Payments and refunds"])))
            @if page.payments.is_empty() {
                p class="sub" { (here.pick(["还没有付款。", "還沒有付款。", "No payment yet."])) }
            }
            @if !page.wallet.is_empty() { (sum_list(&purse::rows(here, page), None)) }
            @for p in &page.payments { (payment(desk, p)) }
            @for r in &page.refunds { (refund(desk, r)) }
        }
    }
}

fn payment(desk: &Desk<'_>, p: &PaymentRow) -> Markup {
    let here = desk.here;
    let tone = match p.state {
        PaymentState::Captured => Tone::Green,
        PaymentState::ProofGiven => Tone::Gold,
        PaymentState::Suspense => Tone::Danger,
        _ => Tone::Plain,
    };
    html! {
        div class="stack -s" {
            div class="row" {
                b class="num" { (money(here, p.amount)) }
                span class="grow" {
                    (provider(here.lang, p.provider))
                    @if let Some(slip) = &p.slip { " · " span class="mono" { (slip) } }
                    " " span class="note" { (when(here, p.started_at)) }
                    @if let Some(by) = &p.confirmed_by { " " span class="note" { "· " (by) } }
                    @if !p.note.is_empty() { br; span class="note" { (p.note) } }
                }
                (tag(payment_state(here.lang, p.state), tone))
            }
            @if let Some(picture) = p.proof.clone().filter(|x| !x.is_empty()) {
                @let label = here.pick(["转账截图", "轉帳截圖", "Picture of the slip"]);
                (private::shown(here, desk.page.row.id, &[picture], label))
            }
            @if p.state == PaymentState::ProofGiven && desk.who.rights.may(Right::Money) {
                (proof(desk, p))
            }
        }
    }
}

fn proof(desk: &Desk<'_>, p: &PaymentRow) -> Markup {
    let (here, id) = (desk.here, p.id.to_string());
    let field = format!("why-{id}");
    html! {
        @if desk.page.paid_at.is_some() {
            p class="note" { (here.pick([
                "这个订单已经用别的方式付清。确认到账的话，这笔钱会记为多付、等你退回。",
                "這個訂單已經用別的方式付清。確認入帳的話，這筆錢會記為多付、等你退回。",
                "This order was paid in another way. If the transfer came too, it is money to \
                 give back."])) }
        }
        div class="row" {
            form method="post" action=(desk.action("confirm")) {
                input type="hidden" name="payment" value=(id);
                (button(here.pick(["账上看到了，确认到账", "帳上看到了，確認入帳",
                    "It is on the statement: confirm"])).primary().submit())
            }
        }
        details class="rules" {
            summary { (here.pick(["没有找到这笔转账", "沒有找到這筆轉帳", "The transfer is not there"])) }
            form method="post" action=(desk.action("refuse")) class="stack -s" {
                input type="hidden" name="payment" value=(id);
                (why_fields(here, desk.form, &field))
                (button(here.pick(["退回给买家", "退回給買家", "Tell the buyer"])).danger().submit())
            }
        }
    }
}

fn refund(desk: &Desk<'_>, r: &RefundRow) -> Markup {
    let here = desk.here;
    let tone = match r.state {
        RefundState::Settled => Tone::Green,
        RefundState::Waiting => Tone::Blue,
        RefundState::ByHand => Tone::Gold,
    };
    let by_hand = r.state == RefundState::ByHand && desk.who.rights.may(Right::Money);
    html! {
        div class="stack -s" {
            div class="row" {
                b class="num neg" { (money(here, -r.amount)) }
                span class="grow" {
                    (here.pick(["退款", "退款", "Refund"])) " "
                    span class="note" { (when(here, r.at)) }
                    @if r.wallet > 0 { br; span class="note" { (purse::returned(here, r.wallet)) } }
                    @if !r.reason.is_empty() { br; span class="note" { (reason(here, &r.reason)) } }
                }
                (tag(refund_state(here.lang, r.state), tone))
            }
            @if by_hand { (settle(desk.here, desk.form, &desk.action("settle"), r.id, None)) }
        }
    }
}

/// Reasons the house itself wrote are codes.
pub fn reason<'a>(here: &Here, text: &'a str) -> &'a str {
    match text {
        "asked_by_buyer" => here.pick(["买家申请", "買家申請", "Asked for by the buyer"]),
        "cancelled_by_buyer" => here.pick(["订单取消", "訂單取消", "Order cancelled"]),
        other => other,
    }
}

/// The form that writes down how a refund was paid back; `back` names the list it leads to.
pub fn settle(
    here: &Here,
    form: &crate::form::Form,
    action: &str,
    refund: Id<id::Refund>,
    back: Option<&str>,
) -> Markup {
    let field = format!("slip-{refund}");
    html! {
        form method="post" action=(action) class="stack -s" {
            input type="hidden" name="refund" value=(refund);
            @if let Some(back) = back { input type="hidden" name="back" value=(back); }
            (slip_fields(here, form, &field))
            div class="row" {
                (button(here.pick(["已转账退回", "已轉帳退回", "Paid back"])).small().submit())
            }
        }
    }
}
