//! Following people, one's circle, and what one lets friends see.
use crate::House;
use crate::content::{back, go};
use crate::form::Form;
use crate::reply::Sorry;
use crate::ui::{
    Head, Page, Person, Size, Tone, Top, avatar, button, card, card_head, empty_state, tag, vouch,
};
use crate::who::Here;
use crate::words::{Lang, format};
use app::trust::follow_member::FollowMember;
use app::trust::views_ties::{Followed, Standing, Vouched};
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use maud::{Markup, html};
use rules::base::{Id, id};
use rules::trust::tie::{Consent, Near};

pub async fn follow(
    State(house): State<House>,
    here: Here,
    Path((_, other)): Path<(String, String)>,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, Sorry> {
    let who = here.member()?;
    let other: Id<id::Member> = Id::parse(&other).ok_or(Sorry::NotFound)?;
    let follow = form.get("follow") != "no";
    let cmd = FollowMember { community: here.place.id, by: who.member, other, follow };
    house.app.follow_member(here.now, cmd).await?;
    let page = format!("{}/members/{other}", here.base());
    Ok(go(&back(&headers, &here.base(), &page)))
}

/// The button on somebody's page, and how many follow them.
pub fn standing(here: &Here, other: Id<id::Member>, s: &Standing) -> Markup {
    let action = format!("{}/members/{other}/follow", here.base());
    let n = |n: i64, han: [&str; 2], english: [&str; 2]| format::count(here.lang, n, han, english);
    let followers = n(s.followers, ["人关注", "人追蹤"], ["follower", "followers"]);
    html! {
        div class="row" {
            p class="sub grow" {
                (followers)
                @if s.follows_me && !s.followed {
                    " · " (here.pick(["关注了你", "追蹤了你", "follows you"]))
                }
            }
            @if s.followed && s.follows_me {
                (tag(here.pick(["互相关注", "互相追蹤", "Friends"]), Tone::Green))
            }
            form method="post" action=(action) {
                @if s.followed {
                    (button(here.pick(["已关注", "已追蹤", "Following"])).small().submit()
                        .value("follow", "no"))
                } @else {
                    (button(here.pick(["关注", "追蹤", "Follow"])).small().primary().submit()
                        .value("follow", "yes"))
                }
            }
        }
    }
}

pub async fn page(State(house): State<House>, here: Here) -> Result<Markup, Sorry> {
    let (c, who) = (here.place.id, here.member()?);
    let list = house.app.followed(c, who.member).await?;
    let given = house.app.consent(c, who.member, Consent::Purchases).await?.unwrap_or(false);
    let title = here.pick(["我关注的人", "我追蹤的人", "People I follow"]);
    let top = Top::Bar {
        title: title.into(),
        sub: None,
        back: Some(format!("{}/me", here.base())),
        end: None,
    };
    let page = Page {
        title: title.into(),
        top,
        head: Head { private: true, ..Head::default() },
        ..here.page()
    };
    Ok(page.render(html! {
        (consent_card(&here, given, &format!("{}/me/follows", here.base())))
        @if list.is_empty() {
            (empty_state(
                here.pick(["还没有关注谁", "還沒有追蹤誰", "You follow nobody yet"]),
                here.pick([
                    "在成员页点“关注”；互相关注就是朋友，朋友的评价排在前面",
                    "在成員頁點「追蹤」；互相追蹤就是朋友，朋友的評價排在前面",
                    "Follow people on their pages. Who follow each other are friends, and \
                     friends' reviews come first.",
                ]), None))
        } @else { (card(html! { ul class="joins" { @for f in &list { (one(&here, f)) } } })) }
    }))
}

fn one(here: &Here, f: &Followed) -> Markup {
    html! {
        li {
            (avatar(Person::new(f.member.raw(), &f.name), Size::S))
            div class="grow" {
                a href={ (here.base()) "/members/" (f.member) } { b { (f.name) } }
                p class="note" { (format::date(here.lang, f.since, here.now, &here.zone())) }
            }
            @if f.friend { (tag(here.pick(["朋友", "朋友", "Friend"]), Tone::Green)) }
            form method="post" action={ (here.base()) "/members/" (f.member) "/follow" } {
                (button(here.pick(["取消关注", "取消追蹤", "Unfollow"])).small().quiet().submit()
                    .value("follow", "no"))
            }
        }
    }
}

/// What friends may see; off until somebody says yes, and taken back as easily.
fn consent_card(here: &Here, given: bool, next: &str) -> Markup {
    card(html! {
        (card_head(here.pick(["朋友能看到我买了什么", "朋友能看到我買了什麼",
            "Friends may see what I bought"])))
        p class="note" { (what_it_means(here)) }
        form class="row" method="post" action={ (here.base()) "/me/consent" } {
            input type="hidden" name="next" value=(next);
            span class="grow" {
                @if given { (tag(here.pick(["已同意", "已同意", "Agreed"]), Tone::Green)) }
                @else { (tag(here.pick(["没有同意", "沒有同意", "Not agreed"]), Tone::Plain)) }
            }
            @if given {
                (button(here.pick(["撤回", "撤回", "Take it back"])).submit().value("given", "no"))
            } @else {
                (button(here.pick(["同意", "同意", "Agree"])).submit().value("given", "yes"))
            }
        }
    })
}

fn what_it_means(here: &Here) -> &'static str {
    here.pick([
        "只给互相关注的朋友看，只有收到的商品，不显示价格和数量。随时可以撤回，撤回立刻生效。",
        "只給互相追蹤的朋友看，只有收到的商品，不顯示價格和數量。隨時可以撤回，撤回立刻生效。",
        "Only friends, only what you received, no prices or numbers. You can take it back at \
         any time, at once.",
    ])
}

/// Asked once, on the page of something received.
pub async fn ask_once(house: &House, here: &Here, next: &str) -> Result<Markup, Sorry> {
    let who = here.member()?;
    let asked = house.app.consent(here.place.id, who.member, Consent::Purchases).await?;
    if asked.is_some() {
        return Ok(html! {});
    }
    Ok(card(html! {
        (card_head(here.pick(["让朋友看到你买了这个？", "讓朋友看到你買了這個？",
            "May friends see that you bought this?"])))
        p class="note" { (what_it_means(here)) }
        form class="row" method="post" action={ (here.base()) "/me/consent" } {
            input type="hidden" name="next" value=(next);
            (button(here.pick(["可以", "可以", "Yes"])).small().submit().value("given", "yes"))
            (button(here.pick(["不要", "不要", "No"])).small().submit().value("given", "no"))
        }
    }))
}

pub async fn consent(
    State(house): State<House>,
    here: Here,
    form: Form,
) -> Result<Response, Sorry> {
    let who = here.member()?;
    let given = form.get("given") == "yes";
    let what = Consent::of(form.get("what")).unwrap_or(Consent::Purchases);
    house.app.give_consent(here.now, here.place.id, who.member, what, given).await?;
    let own = format!("{}/me/follows", here.base());
    let inside = format!("{}/", here.base());
    let next = Some(form.get("next")).filter(|n| n.starts_with(&inside));
    Ok(go(next.unwrap_or(&own)))
}

/// "3 people you know bought this", or nothing.
pub fn vouched(here: &Here, v: &Vouched) -> Markup {
    let people: Vec<Person> =
        v.friends.iter().map(|(id, name)| Person::new(id.raw(), name)).collect();
    let n = v.friends.len() as i64 + v.more;
    let names = v.friends.iter().map(|f| f.1.as_str()).collect::<Vec<_>>();
    let bought = match (here.lang, n) {
        (_, 0) => String::new(),
        (Lang::En, 1) => format!("{} bought this", names.join(", ")),
        (Lang::En, n) => format!("{n} people you know bought this"),
        (Lang::Hans, 1) => format!("{} 买过", names.join("、")),
        (Lang::Hans, n) => format!("你认识的 {n} 个人买过"),
        (Lang::Hant, 1) => format!("{} 買過", names.join("、")),
        (Lang::Hant, n) => format!("你認識的 {n} 個人買過"),
    };
    let gave = v.gave.as_ref().map(|(_, name, stars)| match here.lang {
        Lang::En => format!("{name}, whom you follow, gave it {stars}"),
        Lang::Hans => format!("你关注的 {name} 给了 {stars} 星"),
        Lang::Hant => format!("你追蹤的 {name} 給了 {stars} 星"),
    });
    html! {
        @if n > 0 { (vouch(here.lang, &people, &bought)) }
        @if let Some(gave) = &gave { (vouch(here.lang, &[], gave)) }
    }
}

/// What a review's writer is to the reader.
pub fn near_tag(here: &Here, near: Near) -> Markup {
    let words = match near {
        Near::Friend => ["朋友", "朋友", "Friend"],
        Near::FriendOfFriend => ["朋友的朋友", "朋友的朋友", "Friend of a friend"],
        Near::SameGroup => ["同群", "同群", "Same group"],
        Near::Own | Near::Stranger => return html! {},
    };
    tag(here.pick(words), Tone::Green)
}
