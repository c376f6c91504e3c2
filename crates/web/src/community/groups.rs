//! Groups: mine with what is new, and all there are to discover.
use super::lines::{name_or_gone, system_member, system_words};
use crate::House;
use crate::form::Form;
use crate::reply::Sorry;
use crate::ui::{
    Icon, Page, Person, Place, Size, Tone, Top, avatar, badge, button, cell, cell_of, empty_state,
    icon_button, section_head, tag,
};
use crate::who::Here;
use crate::words::format::{ago, count};
use app::community::views_groups::{GroupCard, LastLine, MyGroup};
use axum::extract::State;
use maud::{Markup, Render, html};
use rules::base::{Id, Lang, id};
use rules::community::group::{Admission, GroupKind, GroupRole};
use rules::community::message::{LineState, MessageKind};
use rules::community::role::Right;

const PAGE: usize = 50;

pub async fn page(State(house): State<House>, here: Here, form: Form) -> Result<Markup, Sorry> {
    let (c, member) = (here.place.id, here.who.map(|w| w.member));
    let after: Option<Id<id::Group>> = form.id("after");
    let mut mine = match member.filter(|_| after.is_none()) {
        Some(member) => house.app.my_groups(c, member).await?,
        None => Vec::new(),
    };
    for last in mine.iter_mut().filter_map(|g| g.last.as_mut()) {
        // the house speaks of somebody: their name is not in its line
        if last.kind == MessageKind::System
            && let Some(about) = system_member(&last.clip)
            && let Some(card) = house.app.member_card(c, about, None).await?
        {
            last.name = card.row.name;
        }
    }
    let all = house.app.discover_groups(c, member, after).await?;
    let more = (all.len() >= PAGE).then(|| all.last().map(|g| g.id)).flatten();
    let title = here.pick(["群", "群", "Groups"]);
    let makes = here.who.is_some_and(|w| w.rights.may(Right::Members));
    let new = here.pick(["建一个群", "建一個群", "New group"]);
    let end = makes
        .then(|| icon_button(Icon::Plus, new).to(&format!("{}/groups/new", here.base())).render());
    let page = Page {
        title: title.to_string(),
        top: Top::Bar {
            title: title.to_string(),
            sub: Some(here.place.name.clone()),
            back: Some(here.base()),
            end,
        },
        tab: Some(Place::Community),
        unread: crate::reach::unread(&house, &here).await,
        ..here.page()
    };
    let others: Vec<&GroupCard> = all.iter().filter(|g| !g.mine).collect();
    Ok(page.render(html! {
        @if !mine.is_empty() { (my_groups(&here, &mine)) }
        @if makes || mine.iter().any(|g| g.role != GroupRole::Member) {
            section class="card -flush" {
                (cell(here.pick(["转播到多个群", "轉播到多個群", "Relay to groups"]))
                    .lead(Icon::Share).to(&format!("{}/relays", here.base())))
            }
        }
        @if !others.is_empty() {
            (section_head(here.pick(["发现", "探索", "Discover"]), None))
            section class="card" { ul { @for g in &others { (to_discover(&here, g)) } } }
        } @else if mine.is_empty() {
            (empty_state(
                here.pick(["还没有群", "還沒有群", "No groups yet"]),
                here.pick(["有了群，大家就能聊起来", "有了群，大家就能聊起來",
                    "Groups are where people talk"]),
                None,
            ))
        }
        @if let Some(last) = more {
            (button(here.pick(["更多", "更多", "More"])).block().quiet()
                .to(&format!("{}/groups?after={last}", here.base())))
        }
    }))
}

fn my_groups(here: &Here, mine: &[MyGroup]) -> Markup {
    html! {
        (section_head(here.pick(["我的群", "我的群", "My groups"]), None))
        section class="card -flush" {
            @for g in mine {
                @let href = format!("{}/groups/{}/chat", here.base(), g.id);
                (cell_of(html! {
                    span class="row" {
                        (avatar(Person::new(g.id.raw(), &g.name), Size::L))
                        span class="grow" {
                            b { (g.name) } br;
                            span class="note clip" { (last_line(here, g.last.as_ref())) }
                        }
                    }
                }).end(html! {
                    @if g.unread > 0 { (badge(u32::try_from(g.unread).unwrap_or(100))) }
                }).to(&href))
            }
        }
    }
}

fn last_line(here: &Here, last: Option<&LastLine>) -> String {
    let Some(last) = last else {
        return here.pick(["还没有人说话", "還沒有人說話", "Nobody has spoken yet"]).to_string();
    };
    let when = ago(here.lang, last.at, here.now, &here.zone());
    let name = name_or_gone(here.lang, &last.name);
    let colon = if here.lang == Lang::En { ": " } else { "：" };
    let words = match (last.kind, last.state) {
        (MessageKind::System, _) => system_words(here.lang, &last.clip, &last.name),
        (_, LineState::Shown) if last.kind == MessageKind::Product && last.clip.is_empty() => {
            format!("{name}{colon}{}", here.pick(["一件商品", "一件商品", "a product"]))
        }
        (_, LineState::Shown) if last.kind == MessageKind::RedPacket => {
            let wish = crate::spread::wish_words(here.lang, &last.clip);
            format!("{name}{colon}[{}] {wish}", here.pick(["红包", "紅包", "Red packet"]))
        }
        (_, LineState::Shown) => format!("{name}{colon}{}", last.clip),
        _ => here.pick(["收回了一句话", "收回了一句話", "A line was taken back"]).to_string(),
    };
    format!("{words} · {when}")
}

pub fn kind_word(lang: Lang, kind: GroupKind) -> &'static str {
    lang.pick(match kind {
        GroupKind::Interest => ["兴趣", "興趣", "Interest"],
        GroupKind::Product => ["商品", "商品", "Product"],
        GroupKind::Neighbourhood => ["邻里", "鄰里", "Neighbourhood"],
        GroupKind::City => ["同城", "同城", "City"],
        GroupKind::Seed => ["种子", "種子", "Seed"],
        GroupKind::Core => ["核心", "核心", "Core"],
    })
}
pub fn admission_word(lang: Lang, admission: Admission) -> &'static str {
    lang.pick(match admission {
        Admission::Open => ["谁都能进", "誰都能進", "Open"],
        Admission::Invite => ["要邀请码", "要邀請碼", "By invite"],
        Admission::Approval => ["要审核", "要審核", "By approval"],
    })
}
pub fn seats(lang: Lang, g: &GroupCard) -> String {
    let people = count(lang, g.members, ["人", "人"], ["member", "members"]);
    if g.members < g.capacity {
        return people;
    }
    format!("{people} · {}", lang.pick(["满了", "滿了", "full"]))
}

fn to_discover(here: &Here, g: &GroupCard) -> Markup {
    let href = format!("{}/groups/{}", here.base(), g.id);
    let look = here.pick(["看看", "看看", "Look"]);
    html! {
        li class="pick" {
            (avatar(Person::new(g.id.raw(), &g.name), Size::L))
            div class="grow stack -xs" {
                p { a href=(href) { b { (g.name) } } }
                p class="note clamp2" { (g.purpose) }
                p class="row -wrap" {
                    (tag(kind_word(here.lang, g.kind), Tone::Plain))
                    (tag(admission_word(here.lang, g.admission), match g.admission {
                        Admission::Open => Tone::Green,
                        _ => Tone::Plain,
                    }))
                    span class="note" { (seats(here.lang, g)) }
                }
            }
            (button(look).small().quiet().to(&href).label(&format!("{look} {}", g.name)))
        }
    }
}
