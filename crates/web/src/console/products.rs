//! All products: what they cost, what is left, what was sold.
use super::frame::{self, Show, Spot, at, money};
use crate::House;
use crate::edge::query_value;
use crate::form::Form;
use crate::reply::Sorry;
use crate::ui::console::saved_views;
use crate::ui::fragment::HEADER;
use crate::ui::table::pager;
use crate::ui::tabs::Tab;
use crate::ui::{
    DataTable, FilterBar, Icon, Row, Tone, button, column, data_grid, data_table, empty_state,
    filter_bar, fragment, tag,
};
use crate::who::Here;
use crate::words::format::{count, number};
use crate::words::states::product_state;
use app::sale::views_console::Stocked;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use maud::{Markup, Render, html};
use rules::base::{Id, id};
use rules::community::role::Right;
use rules::sale::product;

const PAGE: i64 = 50;

/// A view is a state of products, the ones that run out, or all of them.
const VIEWS: [(&str, [&str; 3]); 5] = [
    ("", ["全部", "全部", "All"]),
    ("listed", ["在售", "上架中", "On sale"]),
    ("draft", ["草稿", "草稿", "Drafts"]),
    ("archived", ["已下架", "已下架", "Archived"]),
    ("few", ["快没货", "快沒貨", "Running out"]),
];

fn address(here: &Here, view: &str, query: &str, before: Option<Id<id::Product>>) -> String {
    let mut path = format!("/products?view={view}");
    if !query.is_empty() {
        path.push_str(&format!("&q={}", query_value(query)));
    }
    if let Some(before) = before {
        path.push_str(&format!("&before={before}"));
    }
    at(here, &path)
}

pub async fn page(State(house): State<House>, here: Here, form: Form) -> Result<Response, Sorry> {
    let who = here.may(Right::Catalogue)?;
    let view = VIEWS.iter().map(|v| v.0).find(|v| *v == form.get("view")).unwrap_or("");
    let query = rules::base::text::clip(form.get("q"), 80);
    let (state, few) = (product::State::of(view), view == "few");
    let place = (form.id::<id::Product>("before"), PAGE + 1);
    let mut rows = house.app.find_products(who.community, state, &query, few, place).await?;
    let more = rows.len() as i64 > PAGE;
    rows.truncate(PAGE as usize);
    let last = rows.last().filter(|_| more).map(|r| r.id);
    let next = last.map(|id| address(&here, view, &query, Some(id)));
    let first = form.has("before").then(|| address(&here, view, &query, None));
    let inside = grid(&here, &rows, first.as_deref(), next.as_deref());
    let action = at(&here, "/products");
    if here.fragment {
        let fresh = html! {
            form id="grid" method="post" action=(action) data-frag { (inside) }
        };
        return Ok(([(HEADER, "1")], fragment().replace("#grid", fresh).render()).into_response());
    }
    let counts = house.app.product_counts(who.community).await?;
    let of = |view: &str| match (view, product::State::of(view)) {
        ("few", _) => None,
        (_, None) => Some(counts.iter().map(|c| c.1).sum()),
        (_, Some(s)) => Some(counts.iter().find(|c| c.0 == s).map_or(0, |c| c.1)),
    };
    let hrefs: Vec<String> = VIEWS.iter().map(|v| address(&here, v.0, "", None)).collect();
    let tabs: Vec<(Tab<'_>, Option<i64>)> = VIEWS
        .iter()
        .zip(&hrefs)
        .map(|((v, words), href)| (Tab::new(here.pick(*words), href, *v == view), of(v)))
        .collect();
    let above = html! {
        (saved_views(here.lang, &tabs, None))
        (filter_bar(here.lang, &FilterBar {
            action: &action,
            query: &query,
            placeholder: here.pick(["商品名、货号", "商品名、貨號", "Title or SKU"]),
            chips: &[],
            keep: &[("view", view)],
            add: None,
        }, None))
    };
    let body = data_grid(&action, above, inside);
    let (import, new) = (at(&here, "/products/import"), at(&here, "/products/new"));
    let actions = html! {
        (button(here.pick(["导入", "匯入", "Import"])).icon(Icon::Copy).to(&import))
        (button(here.pick(["新建商品", "新增商品", "New product"])).primary().icon(Icon::Plus).to(&new))
    };
    let title = here.pick(["商品", "商品", "Products"]);
    let show = Show { actions: Some(actions), ..Show::new(Spot::Products, title) };
    Ok(frame::show(&house, &here, who, show, body).await?.into_response())
}

fn grid(here: &Here, rows: &[Stocked], first: Option<&str>, next: Option<&str>) -> Markup {
    let import = at(here, "/products/import");
    if rows.is_empty() {
        let word = here.pick(["导入商品表", "匯入商品表", "Import products"]);
        return empty_state(
            here.pick(["这里没有商品", "這裡沒有商品", "No products here"]),
            here.pick([
                "新建一件，或导入一张商品表",
                "新增一件，或匯入一張商品表",
                "Add one, or import a file.",
            ]),
            Some(button(word).to(&import)),
        );
    }
    let shown = count(here.lang, rows.len() as i64, ["件", "件"], ["product", "products"]);
    html! { (data_table(here.lang, &table(here, rows))) (pager(here.lang, &shown, first, next)) }
}

fn table<'a>(here: &Here, rows: &'a [Stocked]) -> DataTable<'a> {
    let row = |p: &'a Stocked| Row {
        id: format!("p{}", p.id),
        key: "",
        name: &p.title,
        cells: vec![
            html! {
                a href=(at(here, &format!("/products/{}", p.id))) { (p.title) }
                @if p.variants > 1 { " " span class="note nowrap" {
                    (count(here.lang, p.variants, ["个规格", "個規格"], ["variant", "variants"])) } }
            },
            html! {
                (money(here, p.low)) @if p.high != p.low { "–" (money(here, p.high)) }
            },
            html! {
                span class=[(p.on_hand < 5).then_some("neg")] { (number(p.on_hand)) }
                @if p.held > 0 { " " span class="note" {
                    (here.pick(["预占", "預佔", "held"])) " " (number(p.held)) } }
            },
            html! { (number(p.sold)) },
            state_tag(here, p.state),
        ],
    };
    DataTable {
        caption: here.pick(["商品", "商品", "Products"]),
        columns: vec![
            column(here.pick(["商品", "商品", "Product"])).grow(),
            column(here.pick(["价格", "價格", "Price"])).number(),
            column(here.pick(["库存", "庫存", "In stock"])).number(),
            column(here.pick(["已售", "已售", "Sold"])).number(),
            column(here.pick(["状态", "狀態", "State"])),
        ],
        rows: rows.iter().map(row).collect(),
        pick: None,
        foot: None,
    }
}

pub fn state_tag(here: &Here, state: product::State) -> Markup {
    let tone = match state {
        product::State::Listed => Tone::Green,
        product::State::Draft => Tone::Gold,
        product::State::Archived => Tone::Plain,
    };
    tag(product_state(here.lang, state), tone)
}
