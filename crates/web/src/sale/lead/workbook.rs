//! The three lists as a workbook. Every cell is written as text or a number, never as a formula.
use super::lists::{self, Bought, Pack};
use super::{Of, led};
use crate::House;
use crate::reply::Sorry;
use crate::who::Here;
use app::Fault;
use app::sale::views_board::BoardRow;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use rules::base::{Currency, Money};
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

const KIND: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

pub async fn file(
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
    let bytes = workbook(&here, &led.page.pickup, &rows);
    let bytes = bytes.map_err(|e| Fault::broken(format!("a workbook: {e}")))?;
    let name = format!("attachment; filename=\"list-{}.xlsx\"", k.id);
    let headers = [(header::CONTENT_TYPE, KIND.to_string()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, bytes).into_response())
}

enum Cell {
    Text(String),
    Number(i64),
    /// In the smallest unit.
    Sum(i64),
}

fn text(t: impl Into<String>) -> Cell {
    Cell::Text(t.into())
}

/// What a spreadsheet would run stays words, in other programs too that read the file.
fn harmless(t: &str) -> String {
    match t.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => format!("'{t}"),
        false => t.to_owned(),
    }
}

fn fill(
    sheet: &mut Worksheet,
    currency: Currency,
    head: &[&str],
    rows: &[Vec<Cell>],
) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    for (x, word) in head.iter().enumerate() {
        sheet.write_string_with_format(0, x as u16, *word, &bold)?;
    }
    for (y, row) in rows.iter().enumerate() {
        for (x, cell) in row.iter().enumerate() {
            let (y, x) = (y as u32 + 1, x as u16);
            match cell {
                Cell::Text(t) => sheet.write_string(y, x, harmless(t))?,
                Cell::Number(n) => sheet.write_number(y, x, *n as i32)?,
                Cell::Sum(minor) => {
                    sheet.write_string(y, x, Money::new(*minor, currency).decimal())?
                }
            };
        }
    }
    for x in 0..head.len() {
        sheet.set_column_width(x as u16, 24)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

fn workbook(here: &Here, pickup: &str, rows: &[BoardRow]) -> Result<Vec<u8>, XlsxError> {
    let p = |all: [&'static str; 3]| here.pick(all);
    let currency = here.place.currency;
    let mut book = Workbook::new();
    let buy = book.add_worksheet().set_name(p(["采购", "採購", "To buy"]))?;
    let head = [
        p(["商品", "商品", "Product"]),
        p(["件数", "件數", "Units"]),
        p(["金额", "金額", "Amount"]),
    ];
    fill(buy, currency, &head, &buying(&lists::bought(rows)))?;
    let pack = book.add_worksheet().set_name(p(["分拣", "分裝", "To pack"]))?;
    let head = [
        p(["邻居", "鄰居", "Neighbour"]),
        p(["跟团号", "跟團號", "Numbers"]),
        p(["商品", "商品", "Goods"]),
        p(["件数", "件數", "Units"]),
        p(["留言", "留言", "Notes"]),
    ];
    fill(pack, currency, &head, &packing(&lists::packs(rows)))?;
    let deliver = book.add_worksheet().set_name(p(["配送", "配送", "To deliver"]))?;
    let head = [
        "#",
        p(["自提点", "自取點", "Pick-up point"]),
        p(["取货人", "取貨人", "Who collects"]),
        p(["电话", "電話", "Phone"]),
        p(["商品", "商品", "Goods"]),
        p(["签收", "簽收", "Signed"]),
    ];
    fill(deliver, currency, &head, &delivery(pickup, rows))?;
    book.save_to_buffer()
}

fn buying(all: &[Bought]) -> Vec<Vec<Cell>> {
    let row = |b: &Bought| vec![text(&b.name), Cell::Number(b.units), Cell::Sum(b.amount)];
    all.iter().filter(|b| b.units > 0).map(row).collect()
}

fn packing(all: &[Pack]) -> Vec<Vec<Cell>> {
    let row = |k: &Pack| {
        vec![
            text(&k.recipient),
            text(lists::numbers(&k.numbers)),
            text(lists::items(&k.items)),
            Cell::Number(k.units),
            text(k.notes.join("; ")),
        ]
    };
    all.iter().map(row).collect()
}

fn delivery(pickup: &str, rows: &[BoardRow]) -> Vec<Vec<Cell>> {
    let row = |r: &BoardRow| {
        vec![
            Cell::Number(r.number),
            text(pickup),
            text(&r.recipient),
            text(&r.phone),
            text(lists::row_items(r)),
            text(""),
        ]
    };
    rows.iter().filter(|r| r.units() > 0).map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn nothing_is_run() {
        for bad in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
            assert!(harmless(bad).starts_with('\''), "{bad}");
        }
        assert_eq!(harmless("桃 ×2"), "桃 ×2");
    }
}
