//! A refund at the desk: what would go back, to whom and how, and then the refund.
use super::frame::{self, Show, Spot, at, money, no, unfit};
use super::order_acts::{after, again, order_of};
use crate::House;
use crate::ask::{self, Ask};
use crate::form::Form;
use crate::reply::Sorry;
use crate::ui::facts;
use crate::who::Here;
use crate::words::states::provider;
use app::sale::refund_order::RefundOrder;
use app::sale::weigh_refund::WouldGive;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use rules::base::{Id, id};
use rules::ledger::Provider;

type Answer = Result<Response, Sorry>;

/// The units typed behind each line; none when one of them is no number.
fn typed(form: &Form) -> Option<Vec<(Id<id::Line>, i64)>> {
    let mut out = Vec::new();
    for (name, value) in form.pairs() {
        let Some(line) = name.strip_prefix("qty_").and_then(Id::<id::Line>::parse) else {
            continue;
        };
        match value.trim() {
            "" => {}
            text => out.push((line, text.parse().ok().filter(|qty: &i64| *qty >= 0)?)),
        }
    }
    Some(out)
}

pub async fn refund(
    State(house): State<House>,
    here: Here,
    Path((_, order)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let who = frame::allowed(&here, frame::ORDERS)?;
    let Some(lines) = typed(&form) else {
        let says = [
            "数量请填整数，例如 1",
            "數量請填整數，例如 1",
            "Enter the number of units as a whole number, such as 1.",
        ];
        return again(&house, &here, &order, &form, unfit(&here, says)).await;
    };
    let refund = RefundOrder {
        who,
        id: form.must_id("id")?,
        order: order_of(&order)?,
        lines,
        shipping: form.has("shipping"),
        restock: form.has("restock"),
        reason: form.get("reason").to_string(),
    };
    match house.app.weigh_refund(here.now, refund.clone()).await {
        Err(stop) => {
            let no = no(&here, stop)?;
            return again(&house, &here, &order, &form, no).await;
        }
        // another sum than the one that was seen is shown again
        Ok(Some(sum)) if !ask::said(&form, &sum.amount.to_string()) => {
            return question(&house, &here, &form, &refund, sum).await;
        }
        Ok(_) => {}
    }
    let did = house.app.refund_order(here.now, refund).await;
    after(&house, &here, &order, &form, (did, "refunded")).await
}

async fn question(
    house: &House,
    here: &Here,
    form: &Form,
    r: &RefundOrder,
    sum: WouldGive,
) -> Answer {
    let found = house.app.order_page(r.who.community, r.order).await?;
    let page = found.ok_or(Sorry::NotFound)?;
    let (name, path) = (r.order.to_string(), format!("/orders/{}", r.order));
    let units = r.lines.iter().filter(|(_, qty)| *qty > 0).filter_map(|(id, qty)| {
        let line = page.row.lines.iter().find(|l| l.id == *id)?;
        Some(format!("{} {} ×{qty}", line.title, line.choices.join(" / ")))
    });
    let units: Vec<String> = units.collect();
    let amount = money(here, sum.amount);
    let mut rows: Vec<(&str, Markup)> = vec![
        (here.pick(["退给", "退給", "To"]), html! { b { (page.row.buyer) } }),
        (here.pick(["金额", "金額", "Amount"]), html! { b class="num" { (amount) } }),
        (here.pick(["怎么退", "怎麼退", "How"]), ways(here, sum)),
    ];
    if !units.is_empty() {
        let goods = html! { @for one in &units { (one) br; } };
        rows.push((here.pick(["商品", "商品", "Items"]), goods));
    }
    let shelf = match r.restock {
        true => here.pick(["放回库存", "放回庫存", "Back in stock"]),
        false => here.pick(["不放回库存", "不放回庫存", "Not back in stock"]),
    };
    rows.push((here.pick(["货", "貨", "Goods"]), html! { (shelf) }));
    let yes = format!("{} {amount}", here.pick(["退款", "退款", "Refund"]));
    let (to, back) = (at(here, &format!("{path}/refund")), at(here, &path));
    let title = here.pick(["确认退款？", "確認退款？", "Give this back?"]);
    let ask = Ask { to: &to, back: &back, title, seen: &sum.amount.to_string(), yes: &yes };
    let body = ask::ask(here, &ask, form, facts(&rows));
    let above = [(here.pick(["订单", "訂單", "Orders"]), "/orders"), (name.as_str(), &*path)];
    let title = here.pick(["退款", "退款", "Refund"]);
    let show = Show { above: &above, ..Show::new(Spot::Orders, title) };
    Ok(frame::show(house, here, r.who, show, body).await?.into_response())
}

fn ways(here: &Here, sum: WouldGive) -> Markup {
    let outside = sum.amount - sum.wallet;
    html! {
        @if sum.wallet > 0 {
            (here.pick(["退回余额", "退回餘額", "To the balance"])) " " (money(here, sum.wallet)) br;
        }
        @if outside > 0 {
            (provider(here.lang, sum.provider)) " " (money(here, outside))
            @if sum.provider == Provider::Manual {
                br; span class="note" { (here.pick([
                    "确认后列在「待转账退回」，由你转给买家。",
                    "確認後列在「待轉帳退回」，由你轉給買家。",
                    "It is then listed under refunds to pay back: you make the transfer.",
                ])) }
            }
        }
        @if sum.amount == 0 { (here.pick(["没有付过钱", "沒有付過錢", "Nothing was paid"])) }
    }
}
