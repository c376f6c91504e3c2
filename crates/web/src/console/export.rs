//! Orders as a CSV file: one row a line, written page by page as it is read.
use super::frame::{self, at};
use super::orders::{self, View};
use crate::House;
use crate::edge::query_value;
use crate::form::Form;
use crate::reply::Sorry;
use crate::who::Here;
use crate::words::states::order_state;
use app::Fault;
use app::sale::views_console::{Exported, Find};
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use futures_util::stream::{self, Stream, TryStreamExt};
use jiff::Timestamp;
use rules::base::{Id, Moment, Money, id};
use rules::sale::order::Delivery;

/// Orders of one read.
const CHUNK: i64 = 200;
/// Spreadsheets take a file with this mark for UTF-8.
pub const MARK: &str = "\u{feff}";

/// The file with what a view shows.
pub fn address(here: &Here, view: View, query: &str) -> String {
    let mut path = format!("/orders.csv?view={}", view.code());
    if !query.is_empty() {
        path.push_str(&format!("&q={}", query_value(query)));
    }
    at(here, &path)
}

/// What is still to be written.
enum Left {
    Head,
    Chosen(Vec<Id<id::Order>>),
    After(Option<Id<id::Order>>),
    Nothing,
}

pub async fn file(State(house): State<House>, here: Here, form: Form) -> Result<Response, Sorry> {
    let who = frame::allowed(&here, frame::ORDERS)?;
    let chosen: Vec<Id<id::Order>> = form.all("order").filter_map(Id::parse).take(200).collect();
    let (_, find) = orders::asked(&form, CHUNK);
    let name = format!("orders-{}.csv", here.place.slug);
    let community = who.community;
    let rows = stream::try_unfold(Left::Head, move |left| {
        let (house, here, find, chosen) =
            (house.clone(), here.clone(), find.clone(), chosen.clone());
        async move {
            let (ids, next) = match left {
                Left::Nothing => return Ok::<_, Fault>(None),
                Left::Head if chosen.is_empty() => {
                    return Ok(Some((Bytes::from(head(&here)), Left::After(None))));
                }
                Left::Head => {
                    return Ok(Some((Bytes::from(head(&here)), Left::Chosen(chosen))));
                }
                Left::Chosen(ids) => (ids, Left::Nothing),
                Left::After(before) => {
                    let find = Find { before, most: CHUNK, ..find };
                    // an order's number names one order: there is no second page
                    let one = Id::<id::Order>::parse(&find.query).is_some();
                    let found = house.app.find_orders(community, find).await?;
                    let more = found.len() as i64 == CHUNK && !one;
                    let last = found.last().filter(|_| more).map(|f| f.id);
                    let next = if more { Left::After(last) } else { Left::Nothing };
                    (found.into_iter().map(|f| f.id).collect(), next)
                }
            };
            let lines = house.app.export_orders(community, ids).await?;
            let text: String = lines.iter().map(|line| row(&here, line)).collect();
            Ok(Some((Bytes::from(text), next)))
        }
    });
    Ok(sent(&name, rows))
}

/// Rows as a file that is written while it is read.
pub fn sent(
    name: &str,
    rows: impl Stream<Item = Result<Bytes, Fault>> + Send + 'static,
) -> Response {
    let rows = rows.map_err(|fault| {
        tracing::error!(%fault, "export broke off");
        fault
    });
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_string()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "no-store".to_string()),
    ];
    (headers, Body::from_stream(rows)).into_response()
}
/// A time as spreadsheets read it.
pub fn stamp(here: &Here, at: Moment) -> String {
    let stamp = Timestamp::from_millisecond(at.0).unwrap_or(Timestamp::UNIX_EPOCH);
    stamp.to_zoned(here.zone()).strftime("%Y-%m-%d %H:%M").to_string()
}

fn head(here: &Here) -> String {
    #[rustfmt::skip]
    const NAMES: [[&str; 3]; 19] = [
        ["订单", "訂單", "order"], ["下单时间", "下單時間", "placed"],
        ["付款时间", "付款時間", "paid"], ["订单状态", "訂單狀態", "order state"],
        ["买家", "買家", "buyer"], ["交付", "交付", "delivery"],
        ["收货人", "收件人", "recipient"], ["电话", "電話", "phone"],
        ["地址", "地址", "place"], ["留言", "留言", "note"], ["货号", "貨號", "sku"],
        ["商品", "商品", "product"], ["规格", "規格", "variant"], ["数量", "數量", "quantity"],
        ["单价", "單價", "unit price"], ["金额", "金額", "amount"],
        ["已退", "已退", "refunded"], ["行状态", "行狀態", "line state"],
        ["订单合计", "訂單合計", "order total"],
    ];
    let names: Vec<String> = NAMES.iter().map(|n| cell(here.pick(*n))).collect();
    format!("{MARK}{}\r\n", names.join(","))
}

fn row(here: &Here, x: &Exported) -> String {
    let amount = |minor: i64| Money::new(minor, here.place.currency).decimal();
    let time = |at: Moment| stamp(here, at);
    let delivery = here.pick(match x.delivery {
        Delivery::Pickup => ["自提", "自取", "pick-up"],
        Delivery::Ship => ["快递", "快遞", "shipped"],
    });
    let cells = [
        x.order.to_string(),
        time(x.placed_at),
        x.paid_at.map(time).unwrap_or_default(),
        order_state(here.lang, x.state).to_string(),
        x.buyer.clone(),
        delivery.to_string(),
        x.recipient.clone(),
        x.phone.clone(),
        x.place.clone(),
        x.note.clone(),
        x.sku.clone(),
        x.title.clone(),
        x.choices.join(" / "),
        x.qty.to_string(),
        amount(x.unit_price),
        amount(x.amount),
        amount(x.refunded),
        order_state(here.lang, x.line_state).to_string(),
        amount(x.order_total),
    ];
    let cells: Vec<String> = cells.iter().map(|c| cell(c)).collect();
    format!("{}\r\n", cells.join(","))
}

/// One cell: quoted where it must be, and never a formula to a spreadsheet.
pub fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if formula { format!("'{text}") } else { text.to_string() };
    if text.contains([',', '"', '\n', '\r', '\'']) {
        return format!("\"{}\"", text.replace('"', "\"\""));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn cells_stay_cells() {
        let table = [
            ("桃子", "桃子"),
            ("=1+1", "\"'=1+1\""),
            ("+86 138", "\"'+86 138\""),
            ("-5", "\"'-5\""),
            ("@x", "\"'@x\""),
            ("\t=1", "\"'\t=1\""),
            ("a,\"b\"", "\"a,\"\"b\"\"\""),
            ("a\nb", "\"a\nb\""),
            ("", ""),
        ];
        for (text, want) in table {
            assert_eq!(cell(text), want);
        }
    }
}
