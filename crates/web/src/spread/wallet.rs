//! A member's wallet: what it holds, part by part, and where each sum came from.
use super::wish_words;
use crate::House;
use crate::form::Form;
use crate::reply::Sorry;
use crate::sale::purse::order_of_spending;
use crate::ui::{
    Page, SumRow, Top, button, card_head, cell_of, empty_state, pager, price_xl, rules, sum_list,
};
use crate::who::Here;
use crate::words::format::{day_time, signed_money};
use app::spread::views_wallet::{Moved, Wallet, WalletLine};
use axum::extract::State;
use maud::{Markup, Render, html};
use rules::base::{Id, Money, id};
use rules::ledger::Bucket;

const PAGE: usize = 50;

pub fn bucket_words(here: &Here, b: Bucket) -> &'static str {
    here.pick(match b {
        Bucket::RedPacket => ["红包", "紅包", "Red packets"],
        Bucket::Commission => ["佣金", "佣金", "Commission"],
    })
}

pub async fn page(State(house): State<House>, here: Here, form: Form) -> Result<Markup, Sorry> {
    let who = here.member()?;
    let before = form.id::<id::Transfer>("before");
    let wallet = house.app.wallet(who.community, who.member, before, PAGE as i64 + 1).await?;
    let title = here.pick(["余额", "餘額", "Wallet"]);
    let frame = Page {
        title: title.to_string(),
        top: Top::Bar {
            title: title.to_string(),
            sub: None,
            back: Some(format!("{}/me", here.base())),
            end: None,
        },
        head: crate::ui::Head { private: true, ..Default::default() },
        ..here.page()
    };
    Ok(frame.render(html! {
        (holds(&here, &wallet))
        (came(&here, &wallet, before))
    }))
}

fn holds(here: &Here, wallet: &Wallet) -> Markup {
    let sum = |minor| Money::new(minor, here.place.currency);
    let rows: Vec<SumRow> = wallet
        .buckets
        .iter()
        .map(|(b, minor)| SumRow::new(bucket_words(here, *b), html! { (sum(*minor).said()) }))
        .collect();
    let lines = [
        here.pick([
            "这是这家店欠你的钱，只在这个社群里算数，不能转给别人；只有佣金和服务费可以提现。",
            "這是這家店欠你的錢，只在這個社群裡算數，不能轉給別人；只有佣金和服務費可以提領。",
            "This is what the shop owes you. It counts in this community only and cannot be passed \
             on; only commission and service pay can be paid out.",
        ]),
        here.pick([
            "结账时选它就能用；它不会过期。",
            "結帳時選它就能用；它不會過期。",
            "Choose it at checkout to pay with it; it does not expire.",
        ]),
        order_of_spending(here),
        here.pick([
            "退款先退你另外付的钱，剩下的按相反的顺序退回余额。",
            "退款先退你另外付的錢，剩下的按相反的順序退回餘額。",
            "A refund gives back first what you paid another way, then the balance in reverse.",
        ]),
    ];
    html! {
        section class="card stack" {
            p class="sub" { (here.pick(["一共", "一共", "In all"])) }
            (price_xl(sum(wallet.total())))
            (sum_list(&rows, None))
            (button(here.pick(["佣金提现", "佣金提領", "Pay out commission"])).block()
                .to(&format!("{}/payouts", here.base())))
            (rules(here.pick(["余额怎么用", "餘額怎麼用", "What it is good for"]), &lines))
        }
    }
}

fn came(here: &Here, wallet: &Wallet, before: Option<Id<id::Transfer>>) -> Markup {
    let (lines, more) = match wallet.lines.get(PAGE) {
        Some(_) => (&wallet.lines[..PAGE], true),
        None => (&wallet.lines[..], false),
    };
    let url = format!("{}/wallet", here.base());
    let next = lines.last().filter(|_| more).map(|l| format!("{url}?before={}", l.id));
    let first = before.map(|_| url.clone());
    html! {
        section class="card -flush" {
            div class="cell" {
                (card_head(here.pick(["收支", "收支", "In and out"])))
            }
            @if lines.is_empty() {
                (empty_state(
                    here.pick(["还没有进账", "還沒有進帳", "Nothing yet"]),
                    here.pick(["群里有红包时，领到的会放在这里", "群裡有紅包時，領到的會放在這裡",
                        "What you take of red packets in your groups comes here."]), None))
            }
            @for l in lines { (line(here, l)) }
            @if next.is_some() || first.is_some() {
                (pager(here.lang, "", first.as_deref(), next.as_deref()))
            }
        }
    }
}

fn line(here: &Here, l: &WalletLine) -> Markup {
    let when = day_time(here.lang, l.at, here.now, &here.zone());
    let amount = Money::new(l.amount(), here.place.currency);
    let (what, place, to) = match &l.what {
        Moved::Packet { packet, wish, group_name } => (
            wish_words(here.lang, wish).to_string(),
            group_name.clone(),
            format!("{}/packets/{packet}", here.base()),
        ),
        Moved::Paid { order, goods, reserved } => {
            let words = match reserved {
                true => ["为订单留着", "為訂單留著", "Reserved for an order"],
                false => ["付订单", "付訂單", "Paid for an order"],
            };
            let to = format!("{}/orders/{order}", here.base());
            (here.pick(words).to_string(), goods.clone(), to)
        }
        Moved::Returned { order, goods } => (
            here.pick(["退款退回", "退款退回", "Back from a refund"]).to_string(),
            goods.clone(),
            format!("{}/orders/{order}", here.base()),
        ),
        Moved::Earned { title } => {
            let words = match l.amount() < 0 {
                true => ["扣回", "扣回", "Taken back"],
                false => ["到账", "入帳", "Came in"],
            };
            let to = format!("{}/me/earnings", here.base());
            (here.pick(words).to_string(), title.clone(), to)
        }
        Moved::Served { list } => {
            let words = match l.amount() < 0 {
                true => ["扣回服务费", "扣回服務費", "Service pay taken back"],
                false => ["服务费到账", "服務費入帳", "Service pay came in"],
            };
            let to = format!("{}/lead/earnings", here.base());
            (here.pick(words).to_string(), list.clone(), to)
        }
        Moved::PaidOut { payout, reserved } => {
            let words = match reserved {
                true => ["提现中", "提領中", "Being paid out"],
                false => ["已提现", "已提領", "Paid out"],
            };
            let to = format!("{}/payouts", here.base());
            (here.pick(words).to_string(), payout.to_string(), to)
        }
    };
    let note = format!("{place} · {when}");
    let buckets: Vec<_> = l.parts.iter().map(|(b, _)| bucket_words(here, *b)).collect();
    let what = html! { (buckets.join(" + ")) " · " (what) };
    cell_of(what)
        .note(&note)
        .end(html! { b class="num" { (signed_money(amount)) } })
        .to(&to)
        .render()
}
