//! The first page of a newcomer: what fits the tags they chose, or what is popular.
use super::cookies::local;
use crate::House;
use crate::edge::query_value;
use crate::form::Form;
use crate::reply::Sorry;
use crate::ui::{
    Good, Page, Person, Photo, PostCard, Size, Tone, Top, avatar, banner, button, goods, post_card,
    section_head, tag,
};
use crate::who::Here;
use crate::words::format::ago;
use app::community::views::{Fit, Suggestions, TagRow};
use app::content;
use app::sale::views_catalogue::{Item, List, Order};
use axum::extract::State;
use maud::{Markup, html};
use rules::base::{Id, Money, id};

pub async fn page(State(house): State<House>, here: Here, form: Form) -> Result<Markup, Sorry> {
    let (c, who) = (here.place.id, here.member()?);
    let fits = house.app.suggestions(c, who.member).await?;
    let tags = house.app.member_tags(c, who.member).await?;
    let named = house.app.community_tags(c).await?;
    let reader = crate::content::reader(&house, &here).await?;
    let (of, order) = (content::feed::Of::Community, content::feed::Order::Ranked);
    let feed = house.app.feed(here.now, c, of, order, reader, None).await?;
    let mut posts = feed.posts;
    // a stable sort: among equals the feed's own order stays
    posts.sort_by_key(|x| std::cmp::Reverse(x.tags.iter().filter(|t| tags.contains(t)).count()));
    posts.truncate(3);
    let list = List { category: None, order: Order::Sold, after: None, most: 4 };
    let products = house.app.products(c, list).await?;
    let next = form.has("next").then(|| local(form.get("next"))).filter(|next| next != "/");
    let title = here.pick(["欢迎", "歡迎", "Welcome"]);
    let page = Page {
        title: title.to_string(),
        top: Top::Bar {
            title: title.to_string(),
            sub: Some(here.place.name.clone()),
            back: Some(here.base()),
            end: None,
        },
        bar: Some(html! {
            (button(here.pick(on_with(next.as_deref()))).primary().grow()
                .to(next.as_deref().unwrap_or(&here.base())))
        }),
        head: crate::ui::Head { private: true, ..Default::default() },
        ..here.page()
    };
    // whoever chooses other tags or joins a group comes back here, and still has the way on
    let back = match &next {
        Some(next) => format!("/welcome?next={}", query_value(next)),
        None => "/welcome".to_string(),
    };
    let body = html! {
        (because(&here, &tags, &named, &back))
        (fitting_groups(&here, &fits, &format!("{}{back}", here.base())))
        (people(&here, &fits))
        (for_sale(&here, &products))
        (told(&here, &posts))
    };
    Ok(page.render(body))
}

/// What the main button says: newcomers often come from the middle of a purchase.
fn on_with(next: Option<&str>) -> [&'static str; 3] {
    match next {
        Some(n) if n.contains("campaign%3D") || n.contains("campaign=") => {
            ["继续参团", "繼續參團", "Go on: join the team"]
        }
        Some(n) if n.contains("/checkout") || n.contains("/order") => {
            ["继续下单", "繼續下單", "Go on with your order"]
        }
        Some(_) => ["继续刚才的", "繼續剛才的", "Go on where you were"],
        None => ["进去看看", "進去看看", "Go in"],
    }
}

fn because(here: &Here, tags: &[Id<id::Tag>], named: &[TagRow], back: &str) -> Markup {
    let mine: Vec<&TagRow> = named.iter().filter(|t| tags.contains(&t.id)).collect();
    let choose = format!("{}/me/tags?next={}", here.base(), query_value(back));
    html! {
        @if mine.is_empty() {
            (banner(here.pick([
                "你来啦。先看看大家都在聊什么、买什么。",
                "你來啦。先看看大家都在聊什麼、買什麼。",
                "Good to see you. Here is what people talk about and buy.",
            ]), Tone::Green))
        } @else {
            section class="card stack -s" {
                p { (here.pick([
                    "你来啦。按你选的，先看这些：",
                    "你來啦。按你選的，先看這些：",
                    "Good to see you. Chosen by your tags:",
                ])) }
                div class="row -wrap" {
                    @for t in mine { (tag(&t.name, Tone::Green)) }
                    a class="sub end" href=(choose) { (here.pick(["改", "改", "Change"])) }
                }
            }
        }
    }
}

fn fitting_groups(here: &Here, fits: &Suggestions, back: &str) -> Markup {
    let more = format!("{}/groups", here.base());
    html! {
        @if !fits.groups.is_empty() {
            (section_head(here.pick(["适合你的群", "適合你的群", "Groups for you"]),
                Some((here.pick(["全部", "全部", "All"]), &more))))
            section class="card" {
                ul id="fit-groups" {
                    @for (id, fit) in &fits.groups {
                        @let href = format!("{}/groups/{id}", here.base());
                        li class="pick" {
                            (avatar(Person::new(id.raw(), &fit.name), Size::M))
                            div class="grow" {
                                a href=(href) { b { (fit.name) } }
                                p class="note clamp2" { (reason(here, fit)) }
                            }
                            form method="get" action=(href) {
                                input type="hidden" name="next" value=(back);
                                (button(here.pick(["加入", "加入", "Join"])).small().submit()
                                    .label(&format!("{} {}",
                                        here.pick(["加入", "加入", "Join"]), fit.name)))
                            }
                        }
                    }
                }
            }
        }
    }
}

fn reason(here: &Here, fit: &Fit) -> String {
    match fit.shared {
        0 => fit.words.clone(),
        n => {
            let same = here.pick(["个共同标签", "個共同標籤", "tags in common"]);
            let dot = if fit.words.is_empty() { "" } else { " · " };
            format!("{n} {same}{dot}{}", fit.words)
        }
    }
}

fn people(here: &Here, fits: &Suggestions) -> Markup {
    html! {
        @if !fits.people.is_empty() {
            (section_head(here.pick(["和你合得来的人", "和你合得來的人", "People like you"]), None))
            section class="card" {
                ul id="fit-people" {
                    @for (id, fit) in &fits.people {
                        li class="pick" {
                            (avatar(Person::new(id.raw(), &fit.name), Size::M))
                            div class="grow" {
                                a href={ (here.base()) "/members/" (id) } { b { (fit.name) } }
                                p class="note clamp2" { (reason(here, fit)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Where a product's picture is: one that was stored, or its drawing.
pub(super) fn photo_src(look: &str, picture: Option<&str>, id: Id<id::Product>) -> String {
    match picture {
        Some(name) => format!("/pictures/{name}"),
        None => format!("/look/{look}/{id}"),
    }
}

fn for_sale(here: &Here, items: &[Item]) -> Markup {
    let texts: Vec<(String, String)> = items
        .iter()
        .map(|x| {
            let href = format!("{}/products/{}", here.base(), x.id);
            (href, photo_src(&x.look, x.picture.as_deref(), x.id))
        })
        .collect();
    let all: Vec<Good> = (items.iter().zip(&texts))
        .map(|(x, (href, src))| Good {
            href,
            title: &x.title,
            photo: Photo { src, alt: "", width: 720, height: 720, ..Photo::default() },
            price: Money::new(x.price, here.place.currency),
            list: None,
            friends: &[],
            sentence: None,
            add: None,
            sold_out: x.on_hand <= 0,
        })
        .collect();
    let shop = format!("{}/shop", here.base());
    html! {
        @if !items.is_empty() {
            (section_head(here.pick(["大家常买", "大家常買", "Bought most"]),
                Some((here.pick(["去逛逛", "去逛逛", "Browse"]), &shop))))
            (goods(here.lang, &all))
        }
    }
}

fn told(here: &Here, posts: &[content::views::PostCard]) -> Markup {
    html! {
        @if !posts.is_empty() {
            (section_head(here.pick(["正在聊", "正在聊", "Being talked about"]),
                Some((here.pick(["更多", "更多", "More"]), &format!("{}/feed", here.base())))))
            div class="stack" id="fit-posts" { @for x in posts { (post(here, x)) } }
        }
    }
}

fn post(here: &Here, x: &content::views::PostCard) -> Markup {
    let id = x.id.to_string();
    let href = format!("{}/posts/{}", here.base(), x.id);
    let author_href = format!("{}/members/{}", here.base(), x.author.id);
    let when = x.published_at.map(|at| ago(here.lang, at, here.now, &here.zone()));
    let srcs: Vec<String> = x.pictures.iter().map(|p| format!("/pictures/{p}")).collect();
    let photos: Vec<Photo> = srcs
        .iter()
        .map(|src| Photo { src, alt: "", width: 720, height: 720, ..Photo::default() })
        .collect();
    post_card(
        here.lang,
        &PostCard {
            id: &id,
            href: &href,
            author: Person::new(x.author.id.raw(), &x.author.name),
            author_href: &author_href,
            when: when.as_deref().unwrap_or_default(),
            mark: None,
            title: (!x.title.is_empty()).then_some(x.title.as_str()),
            text: &x.lead,
            photos: &photos,
            card: None,
            likes: u32::try_from(x.likes).unwrap_or(0),
            liked: x.liked,
            comments: u32::try_from(x.comments).unwrap_or(0),
            like_to: None,
            share_to: None,
            more: None,
            whole: false,
        },
    )
}
