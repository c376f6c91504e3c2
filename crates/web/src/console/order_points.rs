//! What an order cost less and why, in the order of calculation, and what points a refund moves.
use super::frame::money;
use crate::House;
use crate::loyalty::points_words::{points, title, with_a_refund};
use crate::reply::Sorry;
use crate::ui::{SumRow, card, card_head, sum_list};
use crate::who::Here;
use app::sale::views::OrderPage;
use maud::{Markup, html};

/// Nothing for an order without discounts and points.
pub async fn shown(house: &House, here: &Here, page: &OrderPage) -> Result<Markup, Sorry> {
    let p = house.app.points_of_order(here.place.id, page.row.id).await?;
    if page.discount == 0 && page.points_off == 0 && p.earned == 0 {
        return Ok(html! {});
    }
    let sum = |minor| html! { (money(here, minor)) };
    let say = |n| html! { (points(here.lang, n)) };
    let goods = page.goods + page.discount + page.points_off;
    let mut rows = vec![SumRow::new(here.pick(["商品", "商品", "Goods"]), sum(goods))];
    if page.discount > 0 {
        rows.push(SumRow::minus(here.pick(["优惠券", "優惠券", "Coupon"]), sum(-page.discount)));
    }
    if page.points_off > 0 {
        // of an order that ended unpaid none are spent
        let name = match p.spent {
            0 => title(here).to_string(),
            n => format!("{} · {}", title(here), points(here.lang, n)),
        };
        rows.push(SumRow::minus(name, sum(-page.points_off)));
    }
    rows.push(SumRow::new(here.pick(["运费", "運費", "Delivery"]), sum(page.shipping)));
    let total = SumRow::new(here.pick(["合计", "合計", "Total"]), sum(page.row.total));
    let mut of = Vec::new();
    if p.returned > 0 {
        of.push(SumRow::new(
            here.pick(["已退回积分", "已退回點數", "Points returned"]),
            say(p.returned),
        ));
    }
    if p.earned > 0 {
        let words = match p.released {
            true => ["得到积分", "得到點數", "Points earned"],
            false => ["待得积分", "待得點數", "Points to come"],
        };
        of.push(SumRow::new(here.pick(words), say(p.kept)));
    }
    if p.earned > p.kept {
        let lost = say(p.earned - p.kept);
        of.push(SumRow::new(here.pick(["已扣回积分", "已扣回點數", "Points taken back"]), lost));
    }
    Ok(card(html! {
        (card_head(here.pick(["优惠和积分", "優惠和點數", "Discounts and points"])))
        (sum_list(&rows, Some(&total)))
        @if !of.is_empty() { (sum_list(&of, None)) }
        @if let Some(note) = with_a_refund(here, &p).filter(|_| page.paid_at.is_some()) {
            p class="note" id="refund-points" { (note) }
        }
    }))
}
