//! A community's face to strangers: what it is for, its story and rules, who is behind it.
use crate::House;
use crate::reply::Sorry;
use crate::ui::{Fit, Page, Person, Photo, Size, Top, avatar, button, card_head, picture};
use crate::who::Here;
use crate::words::format::{date, number};
use app::community::views::{About, MemberRow};
use axum::extract::State;
use maud::{Markup, html};
use rules::community::role::Role;

pub async fn page(State(house): State<House>, here: Here) -> Result<Markup, Sorry> {
    let about = house.app.about(here.place.id).await?.ok_or(Sorry::NotFound)?;
    // the opener is the first member; staff are found among the first fifty
    let first = house.app.members(here.place.id, None).await?;
    let behind: Vec<&MemberRow> =
        first.iter().filter(|m| m.role != Role::Member && !m.name.is_empty()).take(6).collect();
    let join = format!("{}/join", here.base());
    let page = Page {
        title: about.name.clone(),
        top: Top::Clear { back: here.base(), end: None },
        flush: true,
        bar: here.who.is_none().then(|| {
            html! {
                div class="grow" {
                    p class="t3" { (here.pick(["看过规则就能加入", "看過規則就能加入",
                        "Read the rules and come in"])) }
                    p class="note" { (here.pick(["大约 1 分钟", "大約 1 分鐘", "About a minute"])) }
                }
                (button(here.pick(["加入", "加入", "Join"])).primary().to(&join))
            }
        }),
        head: crate::ui::Head { description: about.purpose.clone(), ..Default::default() },
        ..here.page()
    };
    Ok(page.render(body(&here, &about, &behind)))
}

fn body(here: &Here, about: &About, behind: &[&MemberRow]) -> Markup {
    let src = format!("/cover/{}", here.place.id);
    let photo = Photo { src: &src, alt: "", width: 1440, height: 810, ..Photo::default() };
    html! {
        div class="cover -edge" { (picture(&photo, Fit::Hero)) }
        section class="card pull stack" {
            div class="row" {
                (avatar(Person::new(here.place.id.raw(), &about.name), Size::L))
                div class="grow" {
                    h1 class="t1" { (about.name) }
                    p class="sub" { (about.purpose) }
                }
            }
            div class="trio" {
                div { b { (number(about.members)) }
                    span { (here.pick(["位成员", "位成員", "members"])) } }
                div { b { (number(about.groups)) } span { (here.pick(["个群", "個群", "groups"])) } }
                div { b { (days(here, about)) } span { (here.pick(["天", "天", "days old"])) } }
            }
        }
        @if !about.story.is_empty() {
            section class="card" {
                (card_head(here.pick(["我们的故事", "我們的故事", "Our story"])))
                p class="pre" { (about.story) }
            }
        }
        @if !about.rules.is_empty() {
            section class="card" {
                (card_head(here.pick(["规则", "規則", "Rules"])))
                p class="pre sub" { (about.rules) }
            }
        }
        @if !behind.is_empty() {
            section class="card" {
                (card_head(here.pick(["谁在张罗", "誰在張羅", "Who is behind it"])))
                ul class="stack" { @for m in behind {
                    li class="row" {
                        (avatar(Person::new(m.member.raw(), &m.name), Size::M))
                        div class="grow" { b { (m.name) } }
                        span class="sub" { (role(here, m.role)) }
                    }
                } }
            }
        }
        p class="note center" {
            (here.pick(["开于 ", "開於 ", "Opened on "]))
            (date(here.lang, about.created_at, here.now, &here.zone()))
        }
    }
}

fn days(here: &Here, about: &About) -> String {
    let days = here.now.since(about.created_at) / rules::base::moment::DAY;
    number(days.max(0) + 1)
}
pub fn role(here: &Here, role: Role) -> &'static str {
    here.pick(match role {
        Role::Owner => ["店主", "店主", "Owner"],
        Role::Staff => ["管理成员", "管理成員", "Staff"],
        Role::Member => ["成员", "成員", "Member"],
    })
}
