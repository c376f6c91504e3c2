//! What leaders may open group buys of: the lowest price of each variant, and of how many.
use super::frame::{self, No, Show, Spot, at, money, news, no, see, unfit};
use crate::House;
use crate::form::Form;
use crate::reply::Sorry;
use crate::ui::field::{money as money_field, number as number_field};
use crate::ui::{
    Around, Choice, DataTable, Row, button, card, card_head, column, data_table, empty_state,
    select,
};
use crate::who::Here;
use app::sale::set_floors::SetFloors;
use app::sale::views_catalogue::{List, Order, Product};
use app::sale::views_floor::FloorRow;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use rules::base::{Id, Money, id};
use rules::community::role::Right;
use rules::sale::price;

/// Products to choose from, the best-selling first.
const SHELF: i64 = 100;

pub async fn page(State(house): State<House>, here: Here, form: Form) -> Result<Response, Sorry> {
    shown(&house, &here, &form, None).await
}

async fn shown(house: &House, here: &Here, form: &Form, no: Option<No>) -> Result<Response, Sorry> {
    let who = here.may(Right::Campaigns)?;
    let c = who.community;
    let floors = house.app.floors(c).await?;
    let product = match form.id::<id::Product>("product") {
        Some(id) => house.app.product(c, id, false).await?,
        None => None,
    };
    let list = List { category: None, order: Order::Sold, after: None, most: SHELF };
    let goods = house.app.products(c, list).await?;
    let keys: Vec<String> = goods.iter().map(|g| g.id.to_string()).collect();
    let chosen = form.get("product");
    let choices: Vec<Choice> =
        keys.iter().zip(&goods).map(|(key, g)| Choice::new(key, &g.title, chosen == key)).collect();
    let body = html! {
        (news(here, no, form.get("done")))
        section class="card -flush" {
            div class="cell" { (card_head(here.pick(["团长能开的", "團長能開的",
                "What leaders may open"]))) }
            @if floors.is_empty() {
                (empty_state(here.pick(["还没有", "還沒有", "Nothing yet"]),
                    here.pick(["团长只能开你放在这里的，不能比最低价更低",
                        "團長只能開你放在這裡的，不能比最低價更低",
                        "Leaders open group buys of what is here, and never below its lowest \
                         price."]), None))
            } @else { (data_table(here.lang, &table(here, &floors))) }
        }
        (card(html! {
            (card_head(here.pick(["放一件进来，或者改", "放一件進來，或者改", "Add one, or change it"])))
            form class="stack" method="get" action=(at(here, "/campaigns/leaders")) {
                (select(Around::new("product", here.pick(["商品", "商品", "Product"])),
                    Some(here.pick(["请选", "請選", "Choose"])), &choices))
                div class="row" { (button(here.pick(["看规格", "看規格", "Show it"])).submit()) }
            }
            @if let Some(p) = &product { (of_product(here, form, p, &floors)) }
        }))
    };
    let crumbs = [(here.pick(["拼团", "團購", "Group buys"]), "/campaigns")];
    let title = here.pick(["团长能开的", "團長能開的", "Leaders' group buys"]);
    let show = Show { above: &crumbs, ..Show::new(Spot::Campaigns, title) };
    let page = frame::show(house, here, who, show, body).await?;
    Ok((no.map_or(StatusCode::OK, |n| n.status), page).into_response())
}

fn table<'a>(here: &Here, floors: &'a [FloorRow]) -> DataTable<'a> {
    let row = |f: &'a FloorRow| Row {
        name: &f.title,
        cells: vec![
            html! {
                a href=(at(here, &format!("/campaigns/leaders?product={}", f.product))) {
                    (f.title) }
                " " span class="note" { (f.choices.join(" · ")) }
            },
            html! { (f.floor.size) },
            html! { (money(here, f.floor.lowest)) },
            html! { (money(here, f.alone)) },
        ],
        ..Row::default()
    };
    DataTable {
        caption: here.pick(["团长能开的", "團長能開的", "What leaders may open"]),
        columns: vec![
            column(here.pick(["商品", "商品", "Product"])).grow(),
            column(here.pick(["最少几人", "最少幾人", "People, at least"])).number(),
            column(here.pick(["最低团价", "最低團價", "Lowest price"])).number(),
            column(here.pick(["单买价", "單買價", "Alone"])).number(),
        ],
        rows: floors.iter().map(row).collect(),
        pick: None,
        foot: None,
    }
}

fn of_product(here: &Here, form: &Form, p: &Product, floors: &[FloorRow]) -> Markup {
    let currency = here.place.currency;
    let now = |v: Id<id::Variant>| floors.iter().find(|f| f.variant == v).map(|f| f.floor);
    let size = p.variants.iter().find_map(|v| now(v.id)).map_or(3, |f| f.size);
    let kept = |name: &str, stored: String| match form.has(name) {
        true => form.get(name).to_string(),
        false => stored,
    };
    let size = kept("size", size.to_string());
    html! {
        form class="stack" method="post" action=(at(here, "/campaigns/leaders")) {
            input type="hidden" name="product" value=(p.id);
            h3 class="t3" { (p.title) }
            div class="fields" {
                (number_field("size", here.pick(["最少几人成团", "最少幾人成團",
                    "People in a team, at least"]), &size).range(2, 1000))
                @for v in &p.variants {
                    @let name = format!("lowest_{}", v.id);
                    @let stored = now(v.id).map(|f| Money::new(f.lowest, currency).decimal());
                    @let typed = kept(&name, stored.unwrap_or_default());
                    @let label = format!("{} {} · {} {}", here.pick(["最低团价", "最低團價",
                        "Lowest price"]), v.choices.join(" "), here.pick(["单买", "單買", "alone"]),
                        money(here, v.price));
                    (money_field(&name, &label, &typed, currency))
                }
            }
            p class="note" { (here.pick([
                "留空的规格团长不能开。已经开着的拼团不变。",
                "留空的規格團長不能開。已經開著的團購不變。",
                "Leaders cannot open variants left empty. Group buys that are open stay as they \
                 are.",
            ])) }
            div class="row" { (button(here.pick(["保存", "儲存", "Save"])).primary().submit()) }
        }
    }
}

const NOT_A_NUMBER: [&str; 3] = [
    "人数和价格请填数字",
    "人數和價格請填數字",
    "Enter the number of people and the prices as numbers.",
];

/// None when something typed is no number.
fn asked(
    here: &Here,
    form: &Form,
    p: &Product,
) -> Option<(Vec<(Id<id::Variant>, Option<i64>)>, i64)> {
    let mut all = Vec::new();
    for v in &p.variants {
        let lowest = match form.get(&format!("lowest_{}", v.id)) {
            "" => None,
            typed => Some(price::price(typed, here.place.currency)?),
        };
        all.push((v.id, lowest));
    }
    Some((all, form.int("size")?))
}

pub async fn save(State(house): State<House>, here: Here, form: Form) -> Result<Response, Sorry> {
    let who = here.may(Right::Campaigns)?;
    let product = form.must_id::<id::Product>("product")?;
    let p = house.app.product(who.community, product, false).await?.ok_or(Sorry::NotFound)?;
    let refused = match asked(&here, &form, &p) {
        None => unfit(&here, NOT_A_NUMBER),
        Some((lowest, size)) => {
            let set = SetFloors { who, product, lowest, size };
            match house.app.set_floors(here.now, set).await {
                Ok(()) => return Ok(see(&at(&here, "/campaigns/leaders?done=saved"))),
                Err(stop) => no(&here, stop)?,
            }
        }
    };
    shown(&house, &here, &form, Some(refused)).await
}
