//! The start page: what Kith is, and the reader's communities.
use crate::House;
use crate::reply::Sorry;
use crate::ui::{Icon, Page, Person, Size, avatar, button, cell_of, icon, section_head};
use crate::who::Visit;
use app::community::views_people::{MyCommunity, OpenCommunity};
use axum::extract::State;
use maud::{Markup, Render, html};
use rules::base::{Id, id};

pub async fn page(State(house): State<House>, visit: Visit) -> Result<Markup, Sorry> {
    let mine = match &visit.person {
        Some(person) => house.app.my_communities(person.account).await?,
        None => Vec::new(),
    };
    // those the reader is in stand above already
    let mut around = house.app.open_communities(SHOWN).await?;
    around.retain(|c| !mine.iter().any(|m| m.id == c.id));
    let page = Page {
        title: "Kith".into(),
        flush: true,
        head: crate::ui::Head {
            description: visit.pick(WHAT).to_string(),
            canonical: Some(format!("{}/", house.setup.address)),
            ..Default::default()
        },
        ..visit.page()
    };
    Ok(page.render(body(&visit, &mine, &around)))
}

/// Communities on the start page; the others are found by their address.
const SHOWN: i64 = 60;

const WHAT: [&str; 3] = [
    "熟客：让一群熟人一起聊、一起买的社群小店",
    "熟客：讓一群熟人一起聊、一起買的社群小店",
    "Kith: a small shop and a community under one roof",
];

fn body(visit: &Visit, mine: &[MyCommunity], around: &[OpenCommunity]) -> Markup {
    let p = |all| visit.pick(all);
    let open = p(["开一个社群", "開一個社群", "Open a community"]);
    html! {
        section class="mehead -edge" {
            (avatar(Person::new(1, p(["熟", "熟", "K"])), Size::Xl))
            div class="grow" {
                h1 class="t1" { (p(["熟客", "熟客", "Kith"])) }
                p class="sub" { (p([
                    "一群熟人，一家小店",
                    "一群熟人，一家小店",
                    "Your people, your shop",
                ])) }
            }
        }
        @if mine.is_empty() { (three(visit)) } @else {
            @let rows: Vec<_> = mine.iter()
                .map(|c| (c.id, c.slug.as_str(), c.name.as_str(), c.purpose.as_str())).collect();
            (communities(p(["我的社群", "我的社群", "My communities"]), &rows))
        }
        @if !around.is_empty() {
            @let rows: Vec<_> = around.iter()
                .map(|c| (c.id, c.slug.as_str(), c.name.as_str(), c.purpose.as_str())).collect();
            (communities(p(["这里的社群", "這裡的社群", "Communities here"]), &rows))
        }
        section class="card stack" {
            (button(open).primary().block().to("/open"))
            @if let Some(person) = &visit.person {
                div class="row" {
                    span class="sub grow" { (person.name) }
                    form method="post" action="/sign-out" {
                        (button(p(["退出登录", "登出", "Sign out"])).small().bare().submit())
                    }
                }
            } @else {
                (button(p(["登录", "登入", "Sign in"])).block().to("/sign-in"))
            }
        }
        @if !mine.is_empty() { (three(visit)) }
        section class="card" { (super::me::looks(visit, "/")) }
    }
}

fn three(visit: &Visit) -> Markup {
    let rows = [
        (
            Icon::Users,
            visit.pick([
                "把熟人聚到一起：群聊、帖子、公告，都在自己手里。",
                "把熟人聚到一起：群聊、貼文、公告，都在自己手裡。",
                "Bring your people together: groups, posts and notices, in your own hands.",
            ]),
        ),
        (
            Icon::Bag,
            visit.pick([
                "在群里卖东西：下单、自提、退款，账目一分不差。",
                "在群裡賣東西：下單、自取、退款，帳目一分不差。",
                "Sell where you talk: orders, pick-up, refunds, and books that balance.",
            ]),
        ),
        (
            Icon::Heart,
            visit.pick([
                "靠口碑长大：谁说好、好在哪里，大家看得见。",
                "靠口碑長大：誰說好、好在哪裡，大家看得見。",
                "Grow by word of mouth: who liked what, and why, in plain sight.",
            ]),
        ),
    ];
    html! {
        section class="card" {
            ul class="values" {
                @for (drawing, text) in rows { li { (icon(drawing)) p { (text) } } }
            }
        }
    }
}

/// Id, address, name and purpose of each.
type Row<'a> = (Id<id::Community>, &'a str, &'a str, &'a str);

fn communities(title: &str, rows: &[Row<'_>]) -> Markup {
    html! {
        (section_head(title, None))
        section class="card -flush" {
            @for (id, slug, name, purpose) in rows {
                @let href = format!("/c/{slug}");
                (cell_of(html! {
                    span class="row" {
                        (avatar(Person::new(id.raw(), name), Size::M))
                        span class="grow" {
                            b { (name) } br; span class="note clamp2" { (purpose) }
                        }
                    }
                }).to(&href).render())
            }
        }
    }
}
