//! Who came through me: every link with its visits, joinings and orders, and the people as their
//! public profiles name them. What each of them bought is theirs to tell.
use super::share::trio;
use crate::House;
use crate::community::lines::name_or_gone;
use crate::form::Form;
use crate::reply::Sorry;
use crate::ui::{
    Head, Page, Person, Place, Size, Top, avatar, button, card, card_head, cell_of, empty_state,
};
use crate::who::Here;
use crate::words::format::{count, date};
use app::spread::views::{Brought, MyLink};
use axum::extract::State;
use maud::{Markup, Render, html};
use rules::spread::link::Shown;

const PAGE: i64 = 30;
const PEOPLE: i64 = 200;

pub async fn page(State(house): State<House>, here: Here, form: Form) -> Result<Markup, Sorry> {
    let (c, who) = (here.place.id, here.member()?);
    let mut links = house.app.my_links(c, who.member, form.id("before"), PAGE + 1).await?;
    let longer = links.len() as i64 > PAGE;
    links.truncate(PAGE as usize);
    let next = links.last().filter(|_| longer);
    let next = next.map(|l| format!("{}/me/shares?before={}", here.base(), l.id));
    let people = house.app.brought(c, who.member, PEOPLE).await?;
    let reach = house.app.reach_of(c, who.member).await?;
    let title = here.pick(["通过我来的", "透過我來的", "Through me"]);
    let back = Some(format!("{}/me", here.base()));
    let page = Page {
        title: title.to_string(),
        top: Top::Bar { title: title.to_string(), sub: None, back, end: None },
        head: Head { private: true, ..Head::default() },
        tab: Some(Place::Me),
        unread: crate::reach::unread(&house, &here).await,
        ..here.page()
    };
    Ok(page.render(html! {
        (card(trio(&here, reach)))
        @if links.is_empty() && !form.has("before") { (nothing(&here)) } @else {
            section class="card -flush" { @for l in &links { (one(&here, l)) } }
        }
        @if let Some(next) = next {
            (button(here.pick(["更早的", "更早的", "Earlier"])).block().quiet().to(&next))
        }
        @if !people.is_empty() {
            (card(html! {
                (card_head(here.pick(["你带来的人", "你帶來的人", "People you brought"])))
                ul { @for p in &people { (person(&here, p)) } }
            }))
        }
    }))
}

fn nothing(here: &Here) -> Markup {
    let shop = format!("{}/shop", here.base());
    empty_state(
        here.pick(["还没有分享过", "還沒有分享過", "Nothing shared yet"]),
        here.pick([
            "在商品、帖子或群的页面点分享，朋友从你的链接来，这里就看得到",
            "在商品、貼文或群的頁面點分享，朋友從你的連結來，這裡就看得到",
            "Share a product, a post or a group; who comes through your link is shown here.",
        ]),
        Some(button(here.pick(["去挑一样", "去挑一樣", "Find something"])).to(&shop)),
    )
}

pub fn kind_word(here: &Here, kind: Shown) -> &'static str {
    here.pick(match kind {
        Shown::Product => ["商品", "商品", "Product"],
        Shown::Group => ["群", "群", "Group"],
        Shown::Post => ["帖子", "貼文", "Post"],
        Shown::Campaign => ["活动", "活動", "Campaign"],
    })
}

fn one(here: &Here, l: &MyLink) -> Markup {
    let (lang, r) = (here.lang, l.reach);
    let gone = here.pick(["已经不在了", "已經不在了", "No longer here"]);
    let title = if l.title.is_empty() { gone } else { l.title.as_str() };
    let mut parts = vec![
        count(lang, r.visits, ["人看过", "人看過"], ["person looked", "people looked"]),
        count(lang, r.joined, ["人加入", "人加入"], ["joined", "joined"]),
        count(lang, r.orders, ["单", "單"], ["order", "orders"]),
    ];
    if l.shared_on > 0 {
        parts.push(count(
            lang,
            l.shared_on,
            ["人接着分享", "人接著分享"],
            ["shared on", "shared on"],
        ));
    }
    let main = html! {
        span class="grow" {
            b { (title) } br;
            span class="note" {
                (kind_word(here, l.kind)) " · " (date(lang, l.at, here.now, &here.zone())) " · "
                (parts.join(" · "))
            }
        }
    };
    cell_of(main).to(&format!("{}/share/{}", here.base(), l.code)).render()
}

fn person(here: &Here, p: &Brought) -> Markup {
    let name = name_or_gone(here.lang, if p.active { &p.name } else { "" });
    html! {
        li class="pick" {
            (avatar(Person::new(p.member.raw(), name), Size::M))
            div class="grow" {
                @if p.active {
                    a href={ (here.base()) "/members/" (p.member) } { b { (name) } }
                } @else { b { (name) } }
                p class="note" { (date(here.lang, p.since, here.now, &here.zone())) }
            }
        }
    }
}
