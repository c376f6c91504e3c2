//! The books: accounts with their balances, the journal, and everything behind one cause.
use super::frame::{self, Show, Spot, at, money, when};
use super::ledger_words::{cause_text, event, state_tag};
use super::order_money::{account, sums};
use crate::House;
use crate::form::Form;
use crate::reply::Sorry;
use crate::ui::console::saved_views;
use crate::ui::table::pager;
use crate::ui::tabs::Tab;
use crate::ui::{Choice, DataTable, Row, button, card, card_head, column, data_table, facts};
use crate::who::Here;
use app::sale::views_console::Cause;
use app::sale::views_money::{Balance, Entry, ToDo};
use axum::extract::{Path, State};
use maud::{Markup, html};
use rules::base::{Id, id};
use rules::community::role::Right;
use rules::ledger::{Account, Provider, Unit};

/// Transfers of one page; a group is never cut in two.
const PAGE: usize = 60;

/// The lists of the money pages, over each of them.
pub fn views(here: &Here, todo: &ToDo, on: &str) -> Markup {
    #[rustfmt::skip]
    let all: [(&str, [&str; 3], Option<i64>); 4] = [
        ("/ledger", ["分录", "分錄", "Journal"], None),
        ("/ledger/proofs", ["待核对的转账", "待核對的轉帳", "Transfers to check"], Some(todo.proofs)),
        ("/ledger/refunds", ["待转账退回", "待轉帳退回", "Refunds to pay back"], Some(todo.refunds_by_hand)),
        ("/ledger/suspense", ["说不清的钱", "說不清的錢", "Unexplained money"], None),
    ];
    let hrefs: Vec<String> = all.iter().map(|v| at(here, v.0)).collect();
    let tabs: Vec<(Tab<'_>, Option<i64>)> = all
        .iter()
        .zip(&hrefs)
        .map(|((path, words, n), href)| (Tab::new(here.pick(*words), href, *path == on), *n))
        .collect();
    saved_views(here.lang, &tabs, None)
}

pub async fn page(State(house): State<House>, here: Here, form: Form) -> Result<Markup, Sorry> {
    let who = here.may(Right::Money)?;
    let c = who.community;
    let todo = house.app.to_do(c).await?;
    let balances = house.app.balances(c).await?;
    let wanted = Account::of(form.get("account")).map(Account::name).unwrap_or_default();
    let before = form.id::<id::Transfer>("before").map(Id::raw);
    let most = PAGE as i64 + 1;
    let mut entries = house.app.journal(c, wanted.to_string(), before, most).await?;
    let next = cut(&mut entries)
        .map(|id: Id<id::Transfer>| at(&here, &format!("/ledger?account={wanted}&before={id}")));
    let first = before.map(|_| at(&here, &format!("/ledger?account={wanted}")));
    let body = html! {
        (tops(&here, &balances, &todo))
        section class="card -flush" {
            div class="cell" { (card_head(here.pick(["科目", "科目", "Accounts"]))) }
            (accounts(&here, &balances))
        }
        section class="card -flush" {
            (views(&here, &todo, "/ledger"))
            (filter(&here, &wanted))
            (journal(&here, &entries))
            (pager(here.lang, here.pick([
                "冲正也是新的一笔，原来的不动。",
                "沖正也是新的一筆，原來的不動。",
                "A correction is a new entry; none is ever changed."]),
                first.as_deref(), next.as_deref()))
        }
    };
    let note = here.pick(["只能加，不能改", "只能加，不能改", "Only added to, never changed"]);
    let title = here.pick(["账本", "帳本", "Ledger"]);
    let show = Show { note: Some(note), ..Show::new(Spot::Money, title) };
    Ok(frame::framed(&here, who, &todo, &show, body))
}

/// Leaves whole groups only; where the next page begins, if there is one.
fn cut(entries: &mut Vec<Entry>) -> Option<Id<id::Transfer>> {
    if entries.len() <= PAGE {
        return None;
    }
    let last = entries.last()?.id;
    let keep = entries.iter().position(|e| e.id == last).filter(|k| *k > 0);
    entries.truncate(keep.unwrap_or(PAGE));
    entries.last().map(|e| Id::of(e.id))
}

fn net(b: &[Balance], name: &str) -> i64 {
    b.iter().find(|b| b.account == name).map_or(0, |b| b.debits - b.credits)
}

fn tops(here: &Here, balances: &[Balance], todo: &ToDo) -> Markup {
    let clearing: i64 = [Provider::Sandbox, Provider::Manual]
        .map(|p| net(balances, &Account::Clearing(p).name()))
        .iter()
        .sum();
    let earned = -net(balances, "sales") - net(balances, "shipping_income");
    let refunds = net(balances, "refunds");
    let tops = [
        (
            ["收到的钱", "收到的錢", "Money received"],
            clearing,
            ["减去已退回的", "減去已退回的", "less what went back"],
        ),
        (["卖出的", "賣出的", "Sold"], earned, ["商品加运费", "商品加運費", "goods and delivery"]),
        (["退款", "退款", "Refunds"], refunds, ["已经退回的", "已經退回的", "already paid back"]),
        (
            ["说不清的钱", "說不清的錢", "Unexplained"],
            todo.unexplained,
            ["对不上任何订单", "對不上任何訂單", "fits no order"],
        ),
    ];
    html! {
        div class="cols -four -stretch" {
            @for (k, (name, n, note)) in tops.iter().enumerate() {
                @let good = k == 3 && *n == 0;
                section class="card kpi" {
                    h2 class="sub" { (here.pick(*name)) }
                    p class={ "kpi-v" @if good { " up" } @else if k == 3 { " down" } } {
                        (money(here, *n))
                    }
                    p class="note" { (here.pick(*note)) }
                }
            }
        }
    }
}

/// All wallets are one row, and all red packets: there is no account behind these.
fn one(b: &Balance) -> bool {
    Account::of(&b.account).is_some()
}

fn accounts(here: &Here, balances: &[Balance]) -> Markup {
    let blank = |n: i64| if n == 0 { "–".to_string() } else { money(here, n) };
    let row = |b: &Balance| Row {
        cells: vec![
            html! { a href=[one(b).then(|| at(here, &format!("/ledger?account={}", b.account)))] {
            (account(here, &b.account)) } },
            html! { (blank(b.debits)) },
            html! { (blank(b.credits)) },
            html! { (blank(b.pending)) },
            html! { (side(here, b.debits - b.credits)) },
        ],
        ..Row::default()
    };
    let sum = |f: fn(&Balance) -> i64| balances.iter().map(f).sum::<i64>();
    let table = DataTable {
        caption: here.pick(["科目", "科目", "Accounts"]),
        columns: vec![
            column(here.pick(["科目", "科目", "Account"])).grow(),
            column(here.pick(["借", "借", "Debits"])).number(),
            column(here.pick(["贷", "貸", "Credits"])).number(),
            column(here.pick(["待过账", "待過帳", "Pending"])).number(),
            column(here.pick(["余额", "餘額", "Balance"])).number(),
        ],
        rows: balances.iter().map(row).collect(),
        pick: None,
        foot: Some(vec![
            html! { (here.pick(["合计", "合計", "Total"])) },
            html! { (money(here, sum(|b| b.debits))) },
            html! { (money(here, sum(|b| b.credits))) },
            html! { (blank(sum(|b| b.pending))) },
            html! { (side(here, sum(|b| b.debits - b.credits))) },
        ]),
    };
    html! {
        @if balances.is_empty() {
            p class="cell sub" { (here.pick(["还没有动过钱。", "還沒有動過錢。", "No money moved yet."])) }
        } @else { (data_table(here.lang, &table)) }
    }
}

/// A balance with the side it stands on.
fn side(here: &Here, net: i64) -> String {
    let word = match net.signum() {
        1 => here.pick(["借", "借", "debit"]),
        -1 => here.pick(["贷", "貸", "credit"]),
        _ => return money(here, 0),
    };
    format!("{word} {}", money(here, net.abs()))
}

fn filter(here: &Here, wanted: &str) -> Markup {
    let money = Account::SINGLE.into_iter().filter(|a| a.unit() == Unit::Money);
    let all: Vec<_> = money.map(|a| (a.name(), account(here, &a.name()))).collect();
    let choices: Vec<Choice<'_>> =
        all.iter().map(|(name, text)| Choice::new(name, text, name == wanted)).collect();
    let label = here.pick(["科目", "科目", "Account"]);
    html! {
        form class="filters" method="get" action=(at(here, "/ledger")) {
            label class="sr" for="account" { (label) }
            div {
                select class="input" id="account" name="account" {
                    option value="" { (here.pick(["所有科目", "所有科目", "All accounts"])) }
                    @for c in &choices { option value=(c.value) selected[c.on] { (c.text) } }
                }
            }
            (button(here.pick(["看", "看", "Show"])).submit())
        }
    }
}

/// Transfers in groups: what happened, then each debit over its credit.
fn journal(here: &Here, entries: &[Entry]) -> Markup {
    if entries.is_empty() {
        let text = here.pick(["这里没有分录。", "這裡沒有分錄。", "No entries here."]);
        return html! { p class="cell sub" { (text) } };
    }
    let total = |state: &str| entries.iter().filter(|e| e.state == state).map(|e| e.amount).sum();
    let totals: [([&'static str; 3], i64); 2] = [
        (["本页已过账合计", "本頁已過帳合計", "Posted on this page"], total("posted")),
        (
            [
                "本页待过账分录（不算在内）",
                "本頁待過帳分錄（不算在內）",
                "Pending entries on this page (not counted)",
            ],
            total("pending"),
        ),
    ];
    let shown = totals.iter().enumerate().filter(|(k, (_, sum))| *k == 0 || *sum > 0);
    html! {
        div class="scroll-x" {
            table class="grid -journal" {
                caption class="sr" { (here.pick(["分录", "分錄", "Journal"])) }
                thead {
                    tr {
                        th scope="col" { (here.pick(["时间", "時間", "When"])) }
                        th scope="col" { (here.pick(["起因 / 科目", "起因 / 科目", "Cause / account"])) }
                        th scope="col" class="num" { (here.pick(["借", "借", "Debit"])) }
                        th scope="col" class="num" { (here.pick(["贷", "貸", "Credit"])) }
                    }
                }
                @for group in entries.chunk_by(|a, b| a.id == b.id) { (entry(here, group)) }
                tfoot {
                    @for (k, (words, sum)) in shown {
                        tr class=[(k > 0).then_some("sub")] {
                            td colspan="2" { (here.pick(*words)) }
                            td class="num" { (money(here, *sum)) }
                            td class="num" { (money(here, *sum)) }
                        }
                    }
                }
            }
        }
    }
}

fn entry(here: &Here, group: &[Entry]) -> Markup {
    let Some(first) = group.first() else { return html! {} };
    let cause = cause_text(first);
    // only what is posted moved money: the rest is quieter
    let quiet = first.state != "posted";
    html! {
        tbody class={ "entry" @if quiet { " -quiet" } } {
            tr {
                td { (when(here, first.at)) }
                td class="t3" {
                    (event(here, &first.event)) " "
                    a class="mono" href=(at(here, &format!("/ledger/{cause}"))) { (cause) } " "
                    (state_tag(here, &first.state))
                }
                td {} td {}
            }
            @for e in group {
                tr {
                    td {}
                    td { (account(here, &e.debit)) }
                    td class="num" { (money(here, e.amount)) }
                    td {}
                }
                tr {
                    td {}
                    td class="cr" { (account(here, &e.credit)) }
                    td {}
                    td class="num" { (money(here, e.amount)) }
                }
            }
        }
    }
}

/// Everything one order or payment moved.
pub async fn cause(
    State(house): State<House>,
    here: Here,
    Path((_, cause)): Path<(String, String)>,
) -> Result<Markup, Sorry> {
    let who = here.may(Right::Money)?;
    let raw = Id::<id::Order>::parse(&cause)
        .map(Id::raw)
        .or(Id::<id::Payment>::parse(&cause).map(Id::raw))
        .or(Id::<id::Refund>::parse(&cause).map(Id::raw))
        .or(Id::<id::Commission>::parse(&cause).map(Id::raw))
        .or(Id::<id::ServicePay>::parse(&cause).map(Id::raw))
        .or(Id::<id::RedPacket>::parse(&cause).map(Id::raw))
        .or(Id::<id::Payout>::parse(&cause).map(Id::raw));
    let raw = raw.ok_or(Sorry::NotFound)?;
    let known = house.app.cause(who.community, raw).await?.ok_or(Sorry::NotFound)?;
    let entries = house.app.journal_of(who.community, raw).await?;
    let (name, order) = match known {
        Cause::Order(o) => (["订单", "訂單", "Order"], Some(o)),
        Cause::Payment(_, o) => (["付款", "付款", "Payment"], Some(o)),
        Cause::Refund(_, o) => (["退款", "退款", "Refund"], Some(o)),
        Cause::Service(_, o) => (["团长服务费", "團長服務費", "Service pay"], Some(o)),
        Cause::Commission(_, o) => (["佣金", "佣金", "Commission"], Some(o)),
        Cause::Payout(_) => (["提现", "提領", "Payout"], None),
        Cause::Packet(_) => (["红包", "紅包", "Red packet"], None),
    };
    let rows = sums(&entries);
    let link = order.map(|order| {
        let href = at(&here, &format!("/orders/{order}"));
        html! { a class="link mono" href=(href) { (order) } }
    });
    let sealed = entries.iter().filter(|e| e.seq.is_some()).count();
    let mut told: Vec<(&str, Markup)> = vec![
        (here.pick(["起因", "起因", "Cause"]), html! { (here.pick(name)) }),
        (
            here.pick(["已进摘要链", "已進摘要鏈", "In the hash chain"]),
            html! { (sealed) " / " (entries.len()) },
        ),
    ];
    told.extend(link.map(|link| (here.pick(["订单", "訂單", "Order"]), link)));
    let nets: Vec<(String, String)> = rows
        .iter()
        .map(|(name, debit, credit)| (account(&here, name), side(&here, debit - credit)))
        .collect();
    told.extend(nets.iter().map(|(name, net)| (name.as_str(), html! { (net) })));
    let body = html! {
        (card(facts(&told)))
        section class="card -flush" {
            div class="cell" { (card_head(here.pick(["分录", "分錄", "Entries"]))) }
            (journal(&here, &entries))
        }
    };
    let above = [(here.pick(["账本", "帳本", "Ledger"]), "/ledger")];
    let show = Show { above: &above, ..Show::new(Spot::Money, &cause) };
    frame::show(&house, &here, who, show, body).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use rules::base::Moment;

    fn group(id: i64, parts: i64) -> impl Iterator<Item = Entry> {
        (0..parts).map(move |part| Entry {
            id,
            part,
            state: "posted".into(),
            event: "order_due".into(),
            cause: 1,
            debit: "receivable".into(),
            credit: "sales".into(),
            amount: 1,
            at: Moment(0),
            seq: None,
            link: None,
        })
    }

    #[test]
    fn a_page_ends_between_groups() {
        // groups before the edge and their size, the one at the edge | kept, last
        let table = [(30, 2, 1, 60, 1), (20, 3, 1, 60, 1), (29, 2, 3, 58, 1), (1, 2, 1, 3, 0)];
        for (groups, size, edge, kept, last) in table {
            let all = (1..=groups).rev().flat_map(|id| group(id, size)).chain(group(0, edge));
            let mut all: Vec<Entry> = all.collect();
            let more = cut(&mut all).map(Id::raw);
            assert_eq!((all.len(), all.last().map(|e| e.id)), (kept, Some(last)));
            assert_eq!(more, (last == 1).then_some(1), "{groups} groups of {size}");
        }
    }
}
