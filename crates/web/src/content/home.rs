//! The front door of a community.
use super::shot::Shot;
use super::{card, frame, reader, shown};
use crate::House;
use crate::loyalty::tier_words;
use crate::reply::Sorry;
use crate::ui::{self, Good, Head, Icon, Page, Place, Tone};
use crate::who::Here;
use crate::words::format::{ago, count};
use app::content::feed::{Of, Order};
use app::content::views::PostCard;
use app::loyalty::views_tier::MemberPrices;
use app::sale::views::OrderRow;
use app::sale::views_catalogue::{self, Item, List};
use app::sale::views_group_buy::CampaignRow;
use axum::extract::State;
use axum::response::Response;
use maud::{Markup, Render, html};
use rules::sale::line;

/// One group of the strip: its id, name and a line below it.
struct Group {
    href: String,
    id: i64,
    name: String,
    note: String,
    unread: i64,
}

pub async fn page(State(house): State<House>, here: Here) -> Result<Response, Sorry> {
    let c = here.place.id;
    let about = house.app.about(c).await?.ok_or(Sorry::NotFound)?;
    let list = List { category: None, order: views_catalogue::Order::Sold, after: None, most: 8 };
    let items = house.app.products(c, list).await?;
    let ids = items.iter().map(|i| i.id).collect();
    let prices = tier_words::of_members(&house, &here, ids).await?;
    let buys = house.app.open_campaigns(here.now, c, 6).await?;
    let seen = reader(&house, &here).await?;
    let feed = house.app.feed(here.now, c, Of::Community, Order::Latest, seen, None).await?;
    let lists = crate::sale::campaigns::open_lists(&house, &here).await?;
    let groups = groups(&house, &here).await?;
    let (mut ready, mut cart, mut spot) = (Vec::new(), 0, None);
    if let Some(who) = here.who {
        let state = Some(line::State::ReadyForPickup);
        ready = house.app.my_orders(c, who.member, state, None, 3).await?;
        cart = house.app.cart(c, who.member).await?.len();
        let points = house.app.checkout(c, who.member).await?.points;
        spot = points.into_iter().find(|p| p.mine).map(|p| p.name);
    }
    let frame = frame(&house, &here, Place::Home).await;
    let head = head(&house, &here, &about.purpose);
    let page = Page { title: here.place.name.clone(), flush: true, head, ..frame };
    Ok(shown(page.render(html! {
        (top(&here, spot.as_deref(), cart))
        @if here.who.is_none() { (door(&here, about.members)) }
        @for order in &ready { (due(&here, order)) }
        (together(&here, &buys))
        @if !lists.is_empty() {
            section class="card -flush" {
                @for k in lists.iter().take(3) { (crate::sale::campaigns::list_cell(&here, k)) }
            }
        }
        (goods(&here, &prices, &items))
        (strip(&here, &groups))
        (latest(&here, &feed.posts))
    })))
}

fn head(house: &House, here: &Here, purpose: &str) -> Head {
    let address = format!("{}{}", house.setup.address, here.base());
    let data = serde_json::json!({
        "@context": "https://schema.org", "@type": "Organization",
        "name": here.place.name, "url": address, "description": purpose,
    });
    let image = format!("{}/cover/{}/720", house.setup.address, here.place.id);
    Head {
        description: purpose.to_string(),
        canonical: Some(address),
        image: Some(image),
        json_ld: Some(data),
        feed: Some(format!("{}/feed.atom", here.base())),
        ..Head::default()
    }
}

async fn groups(house: &House, here: &Here) -> Result<Vec<Group>, Sorry> {
    let c = here.place.id;
    let people = |n| count(here.lang, n, ["人", "人"], ["member", "members"]);
    let link = |id: String| format!("{}/groups/{id}", here.base());
    if let Some(who) = here.who {
        let mine = house.app.my_groups(c, who.member).await?;
        if !mine.is_empty() {
            let one = |g: app::community::views_groups::MyGroup| Group {
                href: link(g.id.to_string()),
                id: g.id.raw(),
                note: people(g.members),
                name: g.name,
                unread: g.unread,
            };
            return Ok(mine.into_iter().take(10).map(one).collect());
        }
    }
    let all = house.app.discover_groups(c, here.who.map(|w| w.member), None).await?;
    let one = |g: app::community::views_groups::GroupCard| Group {
        href: link(g.id.to_string()),
        id: g.id.raw(),
        note: people(g.members),
        name: g.name,
        unread: 0,
    };
    Ok(all.into_iter().take(10).map(one).collect())
}

fn top(here: &Here, spot: Option<&str>, cart: usize) -> Markup {
    let base = here.base();
    let (cart_to, search_to) = (format!("{base}/cart"), format!("{base}/search"));
    let in_cart = format!("{} {cart}", here.pick(["购物车", "購物車", "Cart"]));
    let cart = u32::try_from(cart).unwrap_or(u32::MAX);
    html! {
        section class="spot -edge" {
            div class="row" {
                div class="grow" {
                    @match spot {
                        Some(spot) => {
                            h1 class="note -name" { (here.place.name) }
                            p class="spot-name" {
                                (ui::icon_s(Icon::Pin)) span class="clip" { (spot) }
                            }
                        },
                        None => { h1 class="spot-name" { (here.place.name) } },
                    }
                }
                (ui::icon_button(Icon::Bag, &in_cart).to(&cart_to).count(cart).render())
            }
            a class="searchpill" href=(search_to) {
                (ui::icon_s(Icon::Search))
                (here.pick(["搜商品和帖子", "搜商品和貼文", "Search goods and posts"]))
            }
        }
    }
}

/// For those who are not members: what this is and the way in.
fn door(here: &Here, members: i64) -> Markup {
    let n = count(here.lang, members, ["位成员", "位成員"], ["member", "members"]);
    let text = match here.pick(["hans", "hant", "en"]) {
        "en" => format!("{n} buy and talk here. You can look around; join to take part."),
        "hant" => format!("{n}在這裡買東西、聊天。可以先看看，加入後就能參與"),
        _ => format!("{n}在这里买东西、聊天。可以先看看，加入后就能参与"),
    };
    let to = match here.person.is_some() {
        true => format!("{}/join", here.base()),
        false => format!("/sign-in?next={}/join", here.base()),
    };
    let join = ui::button(here.pick(["加入", "加入", "Join"])).primary().small().to(&to);
    ui::banner_of(html! { (text) }, Tone::Plain, Some(join))
}

fn due(here: &Here, order: &OrderRow) -> Markup {
    let first = order.lines.first().map_or("", |l| l.title.as_str());
    let ready = here.pick(["可以取了：", "可以取了：", "Ready to collect: "]);
    let code = here.pick(["取件码", "取件碼", "Code"]);
    let place = order.pickup_text.lines().next().unwrap_or("");
    html! {
        a class="due" href={ (here.base()) "/orders/" (order.id) } {
            (ui::icon_l(Icon::Parcel))
            span class="grow" {
                b { (ready) (first) } br;
                span class="sub" {
                    @if !place.is_empty() { (place) " · " } (code) " " b { (order.pickup_code) }
                }
            }
            (ui::icon_s(Icon::Right))
        }
    }
}

fn goods(here: &Here, prices: &MemberPrices, items: &[Item]) -> Markup {
    let base = here.base();
    let own: Vec<_> = items
        .iter()
        .map(|i| {
            let sold = crate::sale::sold_words(here, i.sold).unwrap_or_default();
            let price = tier_words::of_item(here, prices, i);
            (format!("{base}/products/{}", i.id), Shot::item(i), sold, price)
        })
        .collect();
    let all: Vec<Good> = items
        .iter()
        .zip(&own)
        .map(|(i, (href, shot, sold, (price, list)))| Good {
            href,
            title: &i.title,
            photo: shot.photo(),
            price: *price,
            list: *list,
            friends: &[],
            sentence: (i.sold > 0).then_some(sold.as_str()),
            add: None,
            sold_out: i.on_hand <= 0,
        })
        .collect();
    let title = here.pick(["邻居在买", "鄰居在買", "Neighbours are buying"]);
    let more = here.pick(["逛逛店里", "逛逛店裡", "To the shop"]);
    let shop = format!("{base}/shop");
    html! {
        @if !all.is_empty() {
            (ui::section_head(title, Some((more, &shop))))
            (ui::goods(here.lang, &all))
        }
    }
}

/// Open group buys, side by side.
fn together(here: &Here, buys: &[CampaignRow]) -> Markup {
    let title = here.pick(["正在拼团", "正在揪團", "Group buys"]);
    let all = here.pick(["全部", "全部", "All"]);
    let to = format!("{}/campaigns", here.base());
    html! {
        @if !buys.is_empty() {
            (ui::section_head(title, Some((all, &to))))
            (ui::strip(html! { @for k in buys { (crate::sale::campaigns::one(here, k)) } }))
        }
    }
}

fn strip(here: &Here, groups: &[Group]) -> Markup {
    let title = here.pick(["群", "群", "Groups"]);
    let all = here.pick(["全部", "全部", "All"]);
    let to = format!("{}/groups", here.base());
    html! {
        @if !groups.is_empty() {
            (ui::section_head(title, Some((all, &to))))
            (ui::strip(html! {
                @for g in groups {
                    a class="card" href=(g.href) {
                        span class="row" {
                            (ui::avatar(ui::Person::new(g.id, &g.name), ui::Size::L))
                            span class="grow" {
                                b class="clamp2" { (g.name) }
                                span class="note" { (g.note) }
                            }
                            @if g.unread > 0 {
                                (ui::badge(u32::try_from(g.unread).unwrap_or(100)))
                            }
                        }
                    }
                }
            }))
        }
    }
}

fn latest(here: &Here, posts: &[PostCard]) -> Markup {
    let title = here.pick(["社区新帖", "社群新貼文", "New posts"]);
    let more = here.pick(["去看看", "去看看", "To the feed"]);
    html! {
        @if !posts.is_empty() {
            (ui::card(html! {
                (ui::card_head_more(title, more, &format!("{}/feed", here.base())))
                ul class="stack -l" { @for p in posts.iter().take(3) { (row(here, p)) } }
            }))
        }
        p class="center" {
            a class="note" href={ (here.base()) "/feed.atom" } rel="alternate"
                type="application/atom+xml" {
                (here.pick(["用阅读器订阅（Atom）", "用閱讀器訂閱（Atom）", "Follow by Atom feed"]))
            }
        }
    }
}
fn row(here: &Here, p: &PostCard) -> Markup {
    let words = if p.title.is_empty() { &p.lead } else { &p.title };
    let shot = p.pictures.first().map(|name| Shot::stored(name, ""));
    let shot = shot.or_else(|| p.cards.first().map(Shot::card));
    let said = count(here.lang, p.comments, ["条评论", "則留言"], ["comment", "comments"]);
    let at = ago(here.lang, p.published_at.unwrap_or(p.changed_at), here.now, &here.zone());
    let words = match words.is_empty() {
        true => card::picture_word(here),
        false => words.as_str(),
    };
    html! {
        li class="row" {
            div class="grow" {
                p class="sub" { (card::name(here, &p.author)) }
                a class="clamp2 t3" href=(card::address(here, p)) { (words) }
                p class="note" { (at) " · " (said) }
            }
            @if let Some(shot) = &shot { (ui::thumb(&shot.photo(), 64)) }
        }
    }
}
