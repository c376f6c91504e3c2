//! The stock of a product: what came, what went, why, and who wrote it down.
use super::frame::{at, no, see, unfit, when};
use super::product::overview;
use crate::House;
use crate::form::Form;
use crate::reply::Sorry;
use crate::ui::field::text;
use crate::ui::{Around, Choice, DataTable, Row, button, card_head, column, data_table, select};
use crate::who::Here;
use crate::words::format::number;
use app::sale::adjust_stock::{AdjustStock, Reason};
use app::sale::views_catalogue::{Product, StockChange};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use rules::base::{Id, id};
use rules::community::role::Right;

fn reason_words(r: Reason) -> [&'static str; 3] {
    match r {
        Reason::Received => ["到货", "到貨", "Received"],
        Reason::Counted => ["盘点", "盤點", "Counted"],
        Reason::Damaged => ["损坏", "損壞", "Damaged"],
        Reason::Lost => ["丢失", "遺失", "Lost"],
        Reason::Imported => ["导入", "匯入", "Imported"],
    }
}

pub fn form(house: &House, here: &Here, p: &Product, form: &Form) -> Markup {
    let change = form.id::<id::Request>("change").filter(|_| !form.has("was"));
    let change = change.unwrap_or_else(|| house.app.mint(here.now));
    let listed = p.variants.iter().filter(|v| v.listed);
    let names: Vec<(String, String)> = listed
        .map(|v| {
            let name = if v.choices.is_empty() { v.sku.clone() } else { v.choices.join(" / ") };
            (v.id.to_string(), name)
        })
        .collect();
    let variants: Vec<Choice<'_>> =
        names.iter().map(|(v, n)| Choice::new(v, n, form.get("variant") == v)).collect();
    let reasons: Vec<Choice<'_>> = Reason::ALL
        .iter()
        .filter(|r| **r != Reason::Imported)
        .map(|r| Choice::new(r.code(), here.pick(reason_words(*r)), form.get("reason") == r.code()))
        .collect();
    let hint = here.pick([
        "来了写 12，少了写 -3",
        "來了寫 12，少了寫 -3",
        "12 when goods came, -3 when some are gone.",
    ]);
    html! {
        (card_head(here.pick(["改库存", "改庫存", "Change the stock"])))
        form method="post" action=(at(here, &format!("/products/{}/stock", p.id))) class="stack" {
            input type="hidden" name="change" value=(change);
            (select(Around::new("variant", here.pick(["规格", "規格", "Variant"])), None, &variants))
            (text("by", here.pick(["加减多少", "加減多少", "By how many"]), form.get("by"))
                .most(11).hint(hint))
            (select(Around::new("reason", here.pick(["为什么", "為什麼", "Why"])), None, &reasons))
            (text("note", here.pick(["备注", "備註", "Note"]), form.get("note")).most(200))
            (button(here.pick(["记下", "記下", "Write down"])).submit())
        }
    }
}

pub async fn change(
    State(house): State<House>,
    here: Here,
    Path((_, product)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Sorry> {
    let who = here.may(Right::Catalogue)?;
    let id: Id<id::Product> = Id::parse(&product).ok_or(Sorry::NotFound)?;
    let change: Id<id::Request> = form.must_id("change")?;
    let reason = Reason::of(form.get("reason")).filter(|r| *r != Reason::Imported);
    let by = form.get("by").trim_start_matches('+').parse::<i64>().ok();
    let refused = match (reason, by) {
        (Some(reason), Some(by)) => {
            let (variant, note) = (form.must_id("variant")?, form.get("note").to_string());
            let adjust = AdjustStock { who, id: change.raw(), variant, by, reason, note };
            match house.app.adjust_stock(here.now, adjust).await {
                Ok(_) => return Ok(see(&at(&here, &format!("/products/{id}?done=stocked")))),
                Err(stop) => no(&here, stop)?,
            }
        }
        _ => unfit(
            &here,
            [
                "加减多少请填整数，例如 12 或 -3",
                "加減多少請填整數，例如 12 或 -3",
                "Enter by how many, such as 12 or -3.",
            ],
        ),
    };
    let page = overview(&house, &here, who, id, &form, Some(refused)).await?;
    Ok((refused.status, page).into_response())
}

pub fn history(here: &Here, changes: &[StockChange]) -> Markup {
    if changes.is_empty() {
        let text = here.pick(["还没有变动。", "還沒有變動。", "No changes yet."]);
        return html! { p class="cell sub" { (text) } };
    }
    let why = |code: &str| match Reason::of(code) {
        Some(r) => here.pick(reason_words(r)).to_string(),
        None => code.to_string(),
    };
    let row = |(moment, qty, reason, note, by): &StockChange| Row {
        cells: vec![
            html! { (when(here, *moment)) },
            html! { span class=[(*qty < 0).then_some("neg")] {
            @if *qty > 0 { "+" } (number(*qty)) } },
            html! { (why(reason)) },
            html! { (note) },
            html! { (by.as_deref().unwrap_or("–")) },
        ],
        ..Row::default()
    };
    let table = DataTable {
        caption: here.pick(["库存变动", "庫存變動", "Stock changes"]),
        columns: vec![
            column(here.pick(["时间", "時間", "When"])),
            column(here.pick(["数量", "數量", "Qty"])).number(),
            column(here.pick(["原因", "原因", "Reason"])),
            column(here.pick(["备注", "備註", "Note"])).grow(),
            column(here.pick(["谁", "誰", "By"])),
        ],
        rows: changes.iter().map(row).collect(),
        pick: None,
        foot: None,
    };
    data_table(here.lang, &table)
}
