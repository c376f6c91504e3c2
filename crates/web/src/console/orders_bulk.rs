//! What one does to several orders at once: ready, shipped, exported.
use super::frame::{self, Show, Spot, at, news, see, unfit, when};
use super::orders::table;
use crate::House;
use crate::form::Form;
use crate::reply::{Sorry, said};
use crate::ui::field::text;
use crate::ui::fragment::HEADER;
use crate::ui::{Icon, Tone, banner, button, card, data_table, fragment};
use crate::who::Here;
use app::Stop;
use app::sale::mark_ready;
use app::sale::ship_order::{self, ShipOrder};
use app::sale::views_console::Find;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use maud::{Markup, Render, html};
use rules::base::{Id, id};

/// How a bulk action went, from the address it led to.
pub fn told(here: &Here, form: &Form) -> Markup {
    let (Some(done), Some(left)) = (form.int("did"), form.int("left")) else {
        return html! {};
    };
    let why = form.get("why");
    let why = ship_order::Refused::of(why)
        .map(|r| said(r, here.lang))
        .or(mark_ready::Refused::of(why).map(|r| said(r, here.lang)));
    let text = match here.lang {
        rules::base::Lang::Hans => format!("完成 {done} 单，{left} 单没有动。"),
        rules::base::Lang::Hant => format!("完成 {done} 單，{left} 單沒有動。"),
        rules::base::Lang::En => format!("{done} done, {left} left as they were."),
    };
    let tone = if left > 0 { Tone::Gold } else { Tone::Green };
    banner(&format!("{text} {}", why.unwrap_or_default()), tone)
}

fn picked(form: &Form) -> Vec<Id<id::Order>> {
    form.all("order").filter_map(Id::parse).take(200).collect()
}
fn with_orders(path: &str, orders: &[Id<id::Order>]) -> String {
    let query: Vec<String> = orders.iter().map(|o| format!("order={o}")).collect();
    format!("{path}?{}", query.join("&"))
}

/// A button under the ticked rows.
pub async fn bulk(State(house): State<House>, here: Here, form: Form) -> Result<Response, Sorry> {
    let who = frame::allowed(&here, frame::ORDERS)?;
    let orders = picked(&form);
    if orders.is_empty() {
        let says = ["请先勾选订单", "請先勾選訂單", "Tick some orders first."];
        if here.fragment {
            let toast = fragment().toast(here.pick(says), Tone::Danger);
            return Ok(([(HEADER, "1")], toast.render()).into_response());
        }
        let no = unfit(&here, says);
        let body = html! {
            (news(&here, Some(no), ""))
            p { a class="link" href=(at(&here, "/orders")) {
                (here.pick(["回到订单", "回到訂單", "Back to the orders"])) } }
        };
        let show = Show::new(Spot::Orders, here.pick(["订单", "訂單", "Orders"]));
        let page = frame::show(&house, &here, who, show, body).await?;
        return Ok((no.status, page).into_response());
    }
    match form.get("do") {
        "ready" => {
            let (mut did, mut left, mut why) = (0, 0, "");
            for order in orders {
                match house.app.mark_ready(here.now, who, order).await {
                    Ok(_) => did += 1,
                    Err(Stop::Refused(r)) => (left, why) = (left + 1, r.code()),
                    Err(Stop::Fault(fault)) => return Err(fault.into()),
                }
            }
            Ok(see(&at(&here, &format!("/orders?view=ready&did={did}&left={left}&why={why}"))))
        }
        "ship" => Ok(see(&with_orders(&at(&here, "/orders/ship"), &orders))),
        "export" => {
            let file = with_orders(&at(&here, "/orders.csv"), &orders);
            if here.fragment {
                return Ok(([(HEADER, "1")], fragment().go(&file).render()).into_response());
            }
            Ok(see(&file))
        }
        _ => Err(Sorry::Malformed),
    }
}

/// Carrier and first tracking number for several orders.
pub async fn ship_form(
    State(house): State<House>,
    here: Here,
    form: Form,
) -> Result<Markup, Sorry> {
    many(&house, &here, &form, None).await
}

async fn many(
    house: &House,
    here: &Here,
    form: &Form,
    no: Option<frame::No>,
) -> Result<Markup, Sorry> {
    let who = frame::allowed(here, frame::ORDERS)?;
    let mut rows = Vec::new();
    for order in picked(form) {
        let find = Find { query: order.to_string(), most: 1, ..Find::default() };
        rows.extend(house.app.find_orders(who.community, find).await?);
    }
    let names: Vec<String> = rows.iter().map(|r| r.id.to_string()).collect();
    let caption = here.pick(["要发货的订单", "要出貨的訂單", "Orders to ship"]);
    let table = table(here, caption, &rows, None, &|m| when(here, m));
    let hint = here.pick([
        "单号从这里起，一单加一；末尾不是数字就每单都用同一个",
        "單號從這裡起，一單加一；末尾不是數字就每單都用同一個",
        "Counts up by one for each order; without digits at its end all get the same.",
    ]);
    let body = html! {
        (news(here, no, ""))
        form method="post" action=(at(here, "/orders/ship")) class="stack" {
            @for name in &names { input type="hidden" name="order" value=(name); }
            (card(html! {
                div class="fields" {
                    (text("carrier", here.pick(["快递公司", "快遞公司", "Carrier"]),
                        form.get("carrier")).most(40).required())
                    (text("tracking", here.pick(["第一个单号", "第一個單號", "First tracking number"]),
                        form.get("tracking")).most(60).hint(hint))
                }
                div class="row" {
                    (button(here.pick(["发货", "出貨", "Ship"])).primary().icon(Icon::Truck).submit())
                }
            }))
        }
        section class="card -flush" { (data_table(here.lang, &table)) }
    };
    let title = here.pick(["批量发货", "批次出貨", "Ship several"]);
    let above = [(here.pick(["订单", "訂單", "Orders"]), "/orders")];
    let show = Show { above: &above, ..Show::new(Spot::Orders, title) };
    frame::show(house, here, who, show, body).await
}

pub async fn ship(State(house): State<House>, here: Here, form: Form) -> Result<Response, Sorry> {
    let who = frame::allowed(&here, frame::ORDERS)?;
    let (orders, carrier) = (picked(&form), form.get("carrier"));
    if orders.is_empty() || carrier.is_empty() {
        let says = ["请填快递公司", "請填快遞公司", "Enter the carrier."];
        let no = unfit(&here, says);
        return Ok((no.status, many(&house, &here, &form, Some(no)).await?).into_response());
    }
    let (mut did, mut left, mut why) = (0_i64, 0_i64, "");
    for order in orders {
        let ship = ShipOrder {
            who,
            parcel: house.app.mint(here.now),
            order,
            lines: Vec::new(),
            carrier: carrier.to_string(),
            tracking: counted(form.get("tracking"), did as u64),
        };
        match house.app.ship_order(here.now, ship).await {
            Ok(()) => did += 1,
            Err(Stop::Refused(r)) => (left, why) = (left + 1, r.code()),
            Err(Stop::Fault(fault)) => return Err(fault.into()),
        }
    }
    Ok(see(&at(&here, &format!("/orders?view=on_way&did={did}&left={left}&why={why}"))))
}

/// `SF0099` and 2 more make `SF0101`; the digits at the end keep their width.
fn counted(first: &str, more: u64) -> String {
    let head = first.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = &first[head.len()..];
    match digits.parse::<u64>().ok().and_then(|n| n.checked_add(more)) {
        Some(n) => format!("{head}{n:0width$}", width = digits.len()),
        None => first.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn tracking_numbers_count_up() {
        let table = [
            ("SF0099", 2, "SF0101"),
            ("SF", 3, "SF"),
            ("", 1, ""),
            ("999", 1, "1000"),
            ("SF99999999999999999999", 1, "SF99999999999999999999"),
        ];
        for (first, more, want) in table {
            assert_eq!(counted(first, more), want, "{first}");
        }
    }
}
