//! Finding goods and posts by words, simplified and traditional alike.
use super::shot::Shot;
use super::{card, frame, reader, shown};
use crate::House;
use crate::edge::query_value;
use crate::form::Form;
use crate::loyalty::tier_words;
use crate::reply::Sorry;
use crate::ui::{self, Good, Head, Page, Place, Tab, Tone, Top, field};
use crate::who::Here;
use app::community::views::TagRow;
use app::content::views::{PostCard, ProductCard};
use app::loyalty::views_tier::MemberPrices;
use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};

const MOST: usize = 60;

pub async fn page(State(house): State<House>, here: Here, form: Form) -> Result<Response, Sorry> {
    let c = here.place.id;
    let typed: String = form.get("q").chars().take(100).collect();
    let posts_open = form.get("tab") == "posts";
    let (mut goods, mut posts) = (Vec::new(), Vec::new());
    if !typed.is_empty() {
        goods = house.app.search_products(c, &typed, MOST).await?;
        // what is not sold any more is no answer
        goods.retain(|g| g.state == "listed");
        posts = house.app.search_posts(c, &typed, reader(&house, &here).await?, MOST).await?;
    }
    let ids = goods.iter().map(|g| g.id).collect();
    let prices = tier_words::of_members(&house, &here, ids).await?;
    let tags = match goods.is_empty() && posts.is_empty() {
        true => popular(house.app.community_tags(c).await?),
        false => Vec::new(),
    };
    // the other tab has something while this one is empty: open that one
    let posts_open = posts_open || (goods.is_empty() && !posts.is_empty() && !form.has("tab"));
    let title = here.pick(["搜索", "搜尋", "Search"]);
    let back = Some(here.base());
    let page = Page {
        title: title.into(),
        top: Top::Bar { title: title.into(), sub: None, back, end: None },
        head: Head { private: true, ..Head::default() },
        ..frame(&house, &here, Place::Home).await
    };
    Ok(shown(page.render(html! {
        (ask(&here, &typed))
        @if typed.is_empty() { (suggestions(&here, &tags)) }
        @else if goods.is_empty() && posts.is_empty() { (nothing(&here, &typed, &tags)) }
        @else {
            (tabs(&here, &typed, posts_open, goods.len(), posts.len()))
            @if posts_open { (post_list(&here, &posts)) }
            @else { (good_list(&here, &prices, &goods)) }
        }
    })))
}

fn popular(mut tags: Vec<TagRow>) -> Vec<TagRow> {
    tags.sort_by_key(|t| std::cmp::Reverse(t.members));
    tags.truncate(12);
    tags
}

fn ask(here: &Here, typed: &str) -> Markup {
    let label = here.pick(["搜商品和帖子", "搜商品和貼文", "Search goods and posts"]);
    html! {
        form class="card" method="get" action={ (here.base()) "/search" } role="search" {
            (field::search("q", label, typed).most(100))
            (ui::button(here.pick(["搜索", "搜尋", "Search"])).primary().block().submit())
        }
    }
}

fn suggestions(here: &Here, tags: &[TagRow]) -> Markup {
    let base = here.base();
    html! {
        @if !tags.is_empty() {
            (ui::card(html! {
                (ui::card_head(here.pick(["大家在聊", "大家在聊", "What people talk about"])))
                div class="chips" {
                    @for t in tags {
                        @let to = format!("{base}/search?q={}", query_value(&t.name));
                        (ui::tag_link(&t.name, Tone::Plain, &to))
                    }
                }
            }))
        } @else {
            p class="note center" {
                (here.pick([
                    "简体、繁体都能搜到",
                    "簡體、繁體都能搜到",
                    "Simplified and traditional Chinese find the same.",
                ]))
            }
        }
    }
}

fn nothing(here: &Here, typed: &str, tags: &[TagRow]) -> Markup {
    let title = match here.pick(["hans", "hant", "en"]) {
        "en" => format!("Nothing found for “{typed}”"),
        "hant" => format!("沒有找到「{typed}」"),
        _ => format!("没有找到“{typed}”"),
    };
    let shop = format!("{}/shop", here.base());
    html! {
        (ui::empty_state(
            &title,
            here.pick([
                "换个说法试试，或者少写几个字",
                "換個說法試試，或者少寫幾個字",
                "Try other words, or fewer of them.",
            ]),
            Some(ui::button(here.pick(["逛逛店里", "逛逛店裡", "To the shop"])).to(&shop)),
        ))
        @if !tags.is_empty() { (suggestions(here, tags)) }
    }
}

fn tabs(here: &Here, typed: &str, posts_open: bool, goods: usize, posts: usize) -> Markup {
    let q = query_value(typed);
    let to = |tab: &str| format!("{}/search?q={q}&tab={tab}", here.base());
    let (left, right) = (to("goods"), to("posts"));
    let goods = format!("{} {goods}", here.pick(["商品", "商品", "Goods"]));
    let posts = format!("{} {posts}", here.pick(["帖子", "貼文", "Posts"]));
    let items = [Tab::new(&goods, &left, !posts_open), Tab::new(&posts, &right, posts_open)];
    ui::tabs(here.pick(["结果", "結果", "Results"]), &items, false)
}

fn good_list(here: &Here, prices: &MemberPrices, goods: &[ProductCard]) -> Markup {
    let own: Vec<_> = goods
        .iter()
        .map(|g| {
            let price = tier_words::of_card(here, prices, g.id, g.price.map_or(0, |p| p.0));
            (format!("{}/products/{}", here.base(), g.id), Shot::card(g), price)
        })
        .collect();
    let all: Vec<Good> = goods
        .iter()
        .zip(&own)
        .map(|(g, (href, shot, (price, list)))| Good {
            href,
            title: &g.title,
            photo: shot.photo(),
            price: *price,
            list: *list,
            friends: &[],
            sentence: None,
            add: None,
            sold_out: !g.in_stock,
        })
        .collect();
    let none = here.pick(["商品里没有", "商品裡沒有", "Nothing among the goods."]);
    html! {
        @if all.is_empty() { p class="note center" { (none) } }
        @else { h2 class="sr" { (here.pick(["商品", "商品", "Goods"])) } (ui::goods(here.lang, &all)) }
    }
}

fn post_list(here: &Here, posts: &[PostCard]) -> Markup {
    let none = here.pick(["帖子里没有", "貼文裡沒有", "Nothing among the posts."]);
    html! {
        @if posts.is_empty() { p class="note center" { (none) } }
        @for p in posts { (card::card(here, p)) }
    }
}
