//! The three lists on paper: what to buy, what to pack for whom, what to deliver to the point.
use super::super::{own_page, shown, sum};
use super::lists::{self, Bought, Pack};
use super::{Of, led};
use crate::House;
use crate::reply::Sorry;
use crate::ui::{button, card, card_head};
use crate::who::Here;
use crate::words::format;
use app::sale::views_board::BoardRow;
use axum::extract::{Path, State};
use axum::response::Response;
use maud::{Markup, html};

pub async fn sheet(
    State(house): State<House>,
    here: Here,
    Path((_, id)): Of,
) -> Result<Response, Sorry> {
    let led = match led(&house, &here, &id).await? {
        Ok(led) => led,
        Err(door) => return Ok(door),
    };
    let k = &led.page.row;
    let rows = house.app.chain_board(led.who.community, k.id).await?;
    let page = own_page(&here, &k.title, led.path(&here, ""));
    let at = format::day_time(here.lang, k.arrives, here.now, &here.zone());
    let file = led.path(&here, "/sheet.xlsx");
    let body = html! {
        div class="noprint" {
            (button(here.pick(["下载 Excel", "下載 Excel", "Download for Excel"])).block().to(&file))
        }
        (card(html! {
            p class="t3" { (k.title) }
            p class="note" { (k.group_name) " · " (led.page.pickup) " · " (at) }
        }))
        (card(html! {
            (card_head(here.pick(["采购清单", "採購清單", "To buy"])))
            (buying(&here, &lists::bought(&rows)))
        }))
        (card(html! {
            (card_head(here.pick(["分拣清单", "分裝清單", "To pack"])))
            (packing(&here, &lists::packs(&rows)))
        }))
        (card(html! {
            (card_head(here.pick(["配送单", "配送單", "To deliver"])))
            p class="note" { (led.page.pickup) }
            (delivery(&here, &rows))
        }))
    };
    Ok(shown(&page, body))
}

fn table(head: &[&str], body: Markup) -> Markup {
    html! {
        div class="scroll" {
            table class="plain" {
                thead { tr { @for h in head { th scope="col" { (h) } } } }
                tbody { (body) }
            }
        }
    }
}

fn buying(here: &Here, all: &[Bought]) -> Markup {
    let p = |all| here.pick(all);
    let head = [
        p(["商品", "商品", "Product"]),
        p(["件数", "件數", "Units"]),
        p(["金额", "金額", "Amount"]),
    ];
    table(
        &head,
        html! {
            @for b in all.iter().filter(|b| b.units > 0) {
                tr {
                    td { (b.name) }
                    td class="num" { (b.units) }
                    td class="num" { (format::money(sum(here, b.amount))) }
                }
            }
        },
    )
}

fn packing(here: &Here, all: &[Pack]) -> Markup {
    let p = |all| here.pick(all);
    let head = [
        p(["邻居", "鄰居", "Neighbour"]),
        p(["跟团号", "跟團號", "Numbers"]),
        p(["商品", "商品", "Goods"]),
        p(["件数", "件數", "Units"]),
    ];
    table(
        &head,
        html! {
            @for k in all {
                tr {
                    td { (k.recipient) }
                    td { (lists::numbers(&k.numbers)) }
                    td {
                        (lists::items(&k.items))
                        @for note in &k.notes { br; span class="note" { "“" (note) "”" } }
                    }
                    td class="num" { (k.units) }
                }
            }
        },
    )
}

fn delivery(here: &Here, rows: &[BoardRow]) -> Markup {
    let p = |all| here.pick(all);
    let head = [
        "#",
        p(["取货人", "取貨人", "Who collects"]),
        p(["电话", "電話", "Phone"]),
        p(["商品", "商品", "Goods"]),
        p(["签收", "簽收", "Signed"]),
    ];
    table(
        &head,
        html! {
            @for r in rows.iter().filter(|r| r.units() > 0) {
                tr {
                    td class="num" { (r.number) }
                    td { (r.recipient) }
                    td { (r.phone) }
                    td { (lists::row_items(r)) }
                    td {}
                }
            }
        },
    )
}
