//! What an order cost, what went back, and its papers: number, times, attempts to pay.
use super::{purse, sum};
use crate::loyalty::points_words::{points, title};
use crate::loyalty::tier_words::member_price_of;
use crate::ui::{SumRow, card, card_head, price, sum_list};
use crate::who::Here;
use crate::words::{format, states};
use app::loyalty::views_points::OrderPoints;
use app::sale::views::OrderPage;
use maud::{Markup, html};
use rules::sale::line::State as Stand;
use rules::sale::order::Delivery;

/// What points are to this order, in sentences: used, returned, earned.
fn of_points(here: &Here, p: &OrderPoints) -> Vec<SumRow> {
    let row = |words: [&'static str; 3], n: i64| {
        (n > 0).then(|| SumRow::new(here.pick(words), html! { (points(here.lang, n)) }))
    };
    let earned = match p.released {
        true => row(["这单得到", "這單得到", "Earned by this order"], p.kept),
        false => row(["收货后能得", "收貨後能得", "To be earned by this order"], p.kept),
    };
    let back = row(["退回的积分", "退回的點數", "Points returned"], p.returned);
    // what had not come yet cannot be taken back
    let given = if p.released { p.earned - p.kept } else { 0 };
    let lost = row(["扣回的积分", "扣回的點數", "Points taken back"], given);
    [earned, back, lost].into_iter().flatten().collect()
}

/// What became of the coupon of an order that ended.
fn of_coupon(here: &Here, order: &OrderPage, kept: bool) -> Option<&'static str> {
    let back = matches!(order.row.state, Stand::Refunding | Stand::Refunded);
    let unpaid = matches!(order.row.state, Stand::Cancelled | Stand::ClosedUnpaid);
    let words = match kept {
        _ if order.discount == 0 => return None,
        true if back => ["优惠券没有退回", "優惠券沒有退回", "The coupon does not come back."],
        false if back || unpaid => [
            "优惠券退回了，有效期内还能用",
            "優惠券退回了，有效期內還能用",
            "The coupon is yours again until it ends.",
        ],
        _ => return None,
    };
    Some(here.pick(words))
}

/// `coupon`: the order still has the one it used.
pub fn money(here: &Here, order: &OrderPage, (of, coupon): (&OrderPoints, bool)) -> Markup {
    let row = &order.row;
    let amount = |minor| html! { (format::money(sum(here, minor))) };
    let shipping = match row.delivery {
        Delivery::Pickup => here.pick(["自提", "自取", "Collect"]),
        Delivery::Ship => here.pick(["运费", "運費", "Delivery"]),
    };
    let goods = here.pick(["商品", "商品", "Goods"]);
    let saved: i64 =
        row.lines.iter().map(|l| l.list_price.map_or(0, |p| (p - l.unit_price) * l.qty)).sum();
    let whole = order.goods + order.discount + order.points_off + saved;
    let mut rows = vec![SumRow::new(goods, amount(whole))];
    if let Some((tier, _)) = order.tier.as_ref().filter(|_| saved > 0) {
        rows.push(SumRow::minus(member_price_of(here, tier), amount(-saved)));
    }
    if order.discount > 0 {
        let coupon = here.pick(["优惠券", "優惠券", "Coupon"]);
        rows.push(SumRow::minus(coupon, amount(-order.discount)));
    }
    let shipping = match &order.tier {
        Some((tier, true)) if row.delivery == Delivery::Ship => format!("{shipping} · {tier}"),
        _ => shipping.to_string(),
    };
    if order.points_off > 0 {
        // of an order that ended unpaid none are spent
        let name = match of.spent {
            0 => title(here).to_string(),
            n => format!("{} · {}", title(here), points(here.lang, n)),
        };
        rows.push(SumRow::minus(name, amount(-order.points_off)));
    }
    rows.push(SumRow::new(shipping, amount(order.shipping)));
    let total = match (order.paid_at, row.state) {
        (Some(_), _) => here.pick(["实付", "實付", "Paid"]),
        (None, Stand::AwaitingPayment) => here.pick(["应付", "應付", "To pay"]),
        (None, _) => here.pick(["合计", "合計", "Total"]),
    };
    let total = SumRow::new(total, price(sum(here, row.total)));
    let refunds: Vec<SumRow> = order
        .refunds
        .iter()
        .map(|r| {
            let mut name = format!(
                "{} · {}",
                states::refund_state(here.lang, r.state),
                format::day_time(here.lang, r.at, here.now, &here.zone())
            );
            if r.wallet > 0 {
                name = format!("{name} · {}", purse::returned(here, r.wallet));
            }
            SumRow::minus(name, html! { (format::money(sum(here, -r.amount))) })
        })
        .collect();
    card(html! {
        (card_head(here.pick(["明细", "明細", "What it cost"])))
        (sum_list(&rows, Some(&total)))
        @if !order.wallet.is_empty() { (sum_list(&purse::rows(here, order), None)) }
        @if !refunds.is_empty() {
            (sum_list(&refunds, None))
        }
        @if let Some(said) = of_coupon(here, order, coupon) {
            p class="note" id="order-coupon" { (said) }
        }
        @let of = of_points(here, of);
        @if !of.is_empty() { div id="order-points" { (sum_list(&of, None)) } }
        hr;
        (sum_list(&papers(here, order), None))
    })
}

/// Number, times and attempts to pay.
fn papers(here: &Here, order: &OrderPage) -> Vec<SumRow> {
    let number = order.row.id.to_string();
    let when = |at| format::day_time(here.lang, at, here.now, &here.zone());
    let copied = here.pick(["订单号已复制", "訂單號已複製", "Number copied"]);
    let copy = here.pick(["复制", "複製", "Copy"]);
    let number = html! {
        span class="num" { (number) } " "
        button class="link" type="button" data-copy=(number) data-done=(copied) { (copy) }
    };
    let mut rows = vec![
        SumRow::new(here.pick(["订单号", "訂單號", "Number"]), number),
        SumRow::new(here.pick(["下单", "下單", "Ordered"]), html! { (when(order.row.placed_at)) }),
    ];
    for p in &order.payments {
        let state = states::payment_state(here.lang, p.state);
        let mut said = format!("{} · {state}", format::money(sum(here, p.amount)));
        if let Some(slip) = &p.slip {
            said.push_str(&format!(" · {slip}"));
        }
        rows.push(SumRow::new(states::provider(here.lang, p.provider), html! { (said) }));
    }
    rows
}
