//! The shop: categories, goods in two columns, more on demand.
use super::{Shot, fragments, photo, shown};
use crate::House;
use crate::edge::query_value;
use crate::form::Form;
use crate::loyalty::tier_words;
use crate::reply::Sorry;
use crate::ui::{
    Good, Icon, Page, Place, Tab, Top, empty_state, fragment, goods, icon_button, icon_s,
    lazy_more, segmented,
};
use crate::who::Here;
use crate::words::format;
use app::loyalty::views_tier::MemberPrices;
use app::sale::views_catalogue::{Category, Item, List, Order};
use axum::extract::State;
use axum::response::Response;
use maud::{Markup, Render, html};
use rules::base::{Id, id};

/// Goods of one page.
const MOST: i64 = 20;

/// What the reader asked for.
struct Asked {
    category: Option<Id<id::Category>>,
    order: Order,
    after: Option<(i64, Id<id::Product>)>,
}

impl Asked {
    fn of(form: &Form) -> Asked {
        let order = Order::of(form.get("sort")).unwrap_or(Order::Sold);
        let after = form.int("at").zip(form.id("after"));
        Asked { category: form.id("category"), order, after }
    }
    fn list(&self) -> List {
        // a category has one order, by what was sold
        let order = if self.category.is_some() { Order::Sold } else { self.order };
        List { category: self.category, order, after: self.after, most: MOST + 1 }
    }
    /// Where the list goes on after its last item.
    fn more(&self, here: &Here, last: &Item) -> String {
        let list = self.list();
        let at = if list.order == Order::Sold { last.sold } else { last.created_at.0 };
        let category = self.category.map(|k| format!("&category={k}")).unwrap_or_default();
        let (base, sort) = (here.base(), list.order.code());
        format!("{base}/shop?sort={sort}{category}&at={at}&after={}", last.id)
    }
}

pub async fn shop(State(house): State<House>, here: Here, form: Form) -> Result<Response, Sorry> {
    let asked = Asked::of(&form);
    let mut items = house.app.products(here.place.id, asked.list()).await?;
    let more = match items.len() > MOST as usize {
        true => {
            items.truncate(MOST as usize);
            items.last().map(|last| asked.more(&here, last))
        }
        false => None,
    };
    let ids = items.iter().map(|p| p.id).collect();
    let prices = tier_words::prices(&house, &here, ids).await?;
    let list = cards(&here, &prices, &items);
    if here.fragment && asked.after.is_some() {
        // the next page takes the place of the button that asked for it
        let next = html! { (list) (more_button(&here, more.as_deref())) };
        return Ok(fragments(fragment().replace("#more", next)));
    }
    let categories = house.app.categories(here.place.id).await?;
    let in_cart = match here.who {
        Some(who) => house.app.cart(here.place.id, who.member).await?.len(),
        None => 0,
    };
    let mut page = frame(&house, &here, in_cart as u32);
    page.unread = crate::reach::unread(&house, &here).await;
    let body = html! {
        (search_pill(&here))
        (category_chips(&here, &categories, asked.category))
        @if asked.category.is_none() { div { (sorts(&here, asked.order)) } }
        (tier_words::quiet_line(&here, tier_words::quiet(&here, &prices).as_deref()))
        @if items.is_empty() { (nothing(&here)) } @else { (list) }
        (more_button(&here, more.as_deref()))
    };
    Ok(shown(&page, body))
}

fn frame(house: &House, here: &Here, in_cart: u32) -> Page {
    let title = here.pick(["商店", "商店", "Shop"]);
    let cart = format!("{}/cart", here.base());
    let label = here.pick(["购物车", "購物車", "Cart"]);
    let label = if in_cart > 0 { format!("{label} {in_cart}") } else { label.to_owned() };
    let end = icon_button(Icon::Bag, &label).to(&cart).count(in_cart).render();
    let back = Some(here.base());
    let top = Top::Bar { title: title.into(), sub: None, back, end: Some(end) };
    let mut page = Page { title: title.into(), top, tab: Some(Place::Home), ..here.page() };
    page.head.canonical = Some(format!("{}{}/shop", house.setup.address, here.base()));
    page.head.description = match here.lang {
        crate::words::Lang::En => format!("Everything on sale at {}", here.place.name),
        _ => format!("{} {}", here.place.name, here.pick(["在售商品", "上架商品", ""])),
    };
    page
}

fn search_pill(here: &Here) -> Markup {
    let word = here.pick(["搜商品、品牌", "搜商品、品牌", "Search goods and brands"]);
    html! {
        a class="searchpill" href={ (here.base()) "/search?q=" } { (icon_s(Icon::Search)) (word) }
    }
}

fn chip(text: &str, href: &str, on: bool) -> Markup {
    html! {
        a class={ "chip" @if on { " -on" } } href=(href) aria-current=[on.then_some("page")] {
            (text)
        }
    }
}

/// The top row; under a chosen one its children.
fn category_chips(here: &Here, all: &[Category], on: Option<Id<id::Category>>) -> Markup {
    let base = format!("{}/shop", here.base());
    let of = |k: &Category| format!("{base}?category={}", k.id);
    // an empty category helps nobody
    let filled = |k: &&Category| {
        k.products > 0 || all.iter().any(|c| c.parent == Some(k.id) && c.products > 0)
    };
    let chosen = on.and_then(|id| all.iter().find(|k| k.id == id));
    let top = chosen.map(|k| k.parent.unwrap_or(k.id));
    let below: Vec<&Category> =
        all.iter().filter(|k| top.is_some() && k.parent == top).filter(filled).collect();
    let label = here.pick(["分类", "分類", "Categories"]);
    html! {
        @if !all.is_empty() {
            nav class="chips" aria-label=(label) {
                (chip(here.pick(["全部", "全部", "All"]), &base, on.is_none()))
                @for k in all.iter().filter(|k| k.parent.is_none()).filter(filled) {
                    (chip(&k.name, &of(k), top == Some(k.id)))
                }
            }
        }
        @if !below.is_empty() {
            nav class="chips" aria-label={ (label) " 2" } {
                @for k in below { (chip(&k.name, &of(k), on == Some(k.id))) }
            }
        }
    }
}

fn sorts(here: &Here, on: Order) -> Markup {
    let base = format!("{}/shop", here.base());
    let newest = format!("{base}?sort=newest");
    segmented(
        here.pick(["排序", "排序", "Sort"]),
        &[
            Tab::new(here.pick(["卖得多", "賣得多", "Most sold"]), &base, on == Order::Sold),
            Tab::new(here.pick(["新上架", "新上架", "Newest"]), &newest, on == Order::Newest),
        ],
    )
}

/// `已售 36 件`; nothing when nothing was sold yet.
pub fn sold_words(here: &Here, sold: i64) -> Option<String> {
    let n = format::number(sold);
    let words = match here.lang {
        crate::words::Lang::Hans => format!("已售 {n} 件"),
        crate::words::Lang::Hant => format!("已售 {n} 件"),
        crate::words::Lang::En => format!("{n} sold"),
    };
    (sold > 0).then_some(words)
}

fn cards(here: &Here, prices: &MemberPrices, items: &[Item]) -> Markup {
    let shots: Vec<Shot> = items.iter().map(Shot::of_item).collect();
    let links: Vec<String> =
        items.iter().map(|p| format!("{}/products/{}", here.base(), p.id)).collect();
    let notes: Vec<Option<String>> = items.iter().map(|p| sold_words(here, p.sold)).collect();
    let prices: Vec<_> = items.iter().map(|p| tier_words::of_item(here, prices, p)).collect();
    let list: Vec<Good> = items
        .iter()
        .enumerate()
        .map(|(k, p)| Good {
            href: &links[k],
            title: &p.title,
            photo: photo(&shots[k]),
            price: prices[k].0,
            list: prices[k].1,
            friends: &[],
            sentence: notes[k].as_deref().or((!p.brief.is_empty()).then_some(&p.brief)),
            add: None,
            sold_out: p.on_hand == 0,
        })
        .collect();
    goods(here.lang, &list)
}

fn more_button(here: &Here, more: Option<&str>) -> Markup {
    html! { @if let Some(href) = more { (lazy_more(here.lang, href)) } }
}

fn nothing(here: &Here) -> Markup {
    let back = format!("{}/search?q={}", here.base(), query_value(""));
    let find = crate::ui::button(here.pick(["搜一搜", "搜一搜", "Search"])).to(&back);
    empty_state(
        here.pick(["这里还没有商品", "這裡還沒有商品", "Nothing here yet"]),
        here.pick([
            "换个分类看看，或者搜一搜",
            "換個分類看看，或者搜一搜",
            "Try another category, or search.",
        ]),
        Some(find),
    )
}
