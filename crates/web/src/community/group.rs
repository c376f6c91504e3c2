//! A group's home: what it is, its door, its people, and leaving it.
use super::chat::Room;
use super::cookies::{local, see};
use super::groups::{admission_word, kind_word, seats};
use super::lines::{name_or_gone, role_word};
use super::sign_in::again;
use crate::House;
use crate::form::Form;
use crate::reply::{Sorry, said};
use crate::ui::field;
use crate::ui::{
    Fit, Icon, Page, Person, Photo, Size, Tab, Tone, Top, avatar, banner, button, card_head, cell,
    facts, icon, picture, tabs, tag, tick,
};
use crate::who::Here;
use crate::words::format::date;
use app::Stop;
use app::community::join_group::{JoinGroup, Joined, Refused};
use app::community::views_groups::{GroupMember, GroupPage};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use rules::base::{Id, id};
use rules::community::group::{self, Admission, Deed, GroupRole};
use rules::community::role::Right;
use rules::sale::chain;
use rules::spread::link::Shown as Kind;

/// What anybody may know of a group, with the reader's place in it.
pub(super) async fn known(
    house: &House,
    here: &Here,
    group: &str,
) -> Result<(Id<id::Group>, GroupPage), Sorry> {
    let id: Id<id::Group> = Id::parse(group).ok_or(Sorry::NotFound)?;
    let reader = here.who.map(|w| w.member);
    let page = house.app.group_page(here.place.id, id, reader).await?;
    Ok((id, page.ok_or(Sorry::NotFound)?))
}
fn may(here: &Here, page: &GroupPage, deed: Deed) -> bool {
    let staff = here.who.is_some_and(|w| w.rights.may(Right::Members));
    here.who.is_some() && group::may(deed, staff, page.role)
}

pub async fn page(
    State(house): State<House>,
    here: Here,
    Path((_, group)): Path<(String, String)>,
    form: Form,
) -> Result<Markup, Sorry> {
    let (id, page) = known(&house, &here, &group).await?;
    let lists = house.app.chains_of(here.place.id, id).await?;
    let sees = crate::sale::chain::Lists::of(&house, &here).await?.open_to(id);
    let open = lists.iter().filter(|k| sees && chain::takes(k.state, k.cut_off, here.now));
    let open = html! { @for k in open { (crate::sale::campaigns::list_cell(&here, k)) } };
    Ok(home(&here, id, &page, (&form, open), None))
}

pub(super) fn frame(here: &Here, page: &GroupPage) -> Page {
    let share = crate::spread::button(here, Kind::Group, page.card.id.raw());
    Page {
        title: page.card.name.clone(),
        top: Top::Clear { back: format!("{}/groups", here.base()), end: Some(share) },
        flush: true,
        head: crate::ui::Head { description: page.card.purpose.clone(), ..Default::default() },
        ..here.page()
    }
}

/// Cover, name, tabs: the top of every page of the group.
pub(super) fn head(here: &Here, id: Id<id::Group>, page: &GroupPage, on: &str) -> Markup {
    let (card, url) = (&page.card, format!("{}/groups/{id}", here.base()));
    let src = format!("/cover/{id}");
    let photo = Photo { src: &src, alt: "", width: 1440, height: 810, ..Photo::default() };
    let leader = page.leaders.first().map(|l| l.name.as_str()).unwrap_or_default();
    let (chat, people) = (format!("{url}/chat"), format!("{url}/members"));
    let about = Tab::new(here.pick(["介绍", "介紹", "About"]), &url, on == "about");
    let members = Tab::new(here.pick(["成员", "成員", "Members"]), &people, on == "members");
    let inside = [Tab::new(here.pick(["聊天", "聊天", "Chat"]), &chat, false), about, members];
    let shown = if page.role.is_some() { &inside[..] } else { &inside[1..2] };
    html! {
        div class="cover -edge" { (picture(&photo, Fit::Hero)) }
        section class="card pull stack" {
            div class="row" {
                (avatar(Person::new(id.raw(), &card.name), Size::L))
                div class="grow" {
                    h1 class="t1" { (card.name) }
                    p class="sub" { (seats(here.lang, card))
                        @if !leader.is_empty() { " · " (leader) } }
                }
            }
            div class="row -wrap" {
                (tag(kind_word(here.lang, card.kind), Tone::Plain))
                (tag(admission_word(here.lang, card.admission), Tone::Plain))
                @for (_, name) in &page.tags { (tag(name, Tone::Green)) }
            }
        }
        @if shown.len() > 1 { (tabs(&card.name, shown, false)) }
    }
}

fn home(
    here: &Here,
    id: Id<id::Group>,
    page: &GroupPage,
    (form, lists): (&Form, Markup),
    wrong: Option<Refused>,
) -> Markup {
    let (card, url) = (&page.card, format!("{}/groups/{id}", here.base()));
    let pick = &card.pickup;
    let body = html! {
        (head(here, id, page, "about"))
        @if !page.notice.is_empty() && page.role.is_some() {
            section class="card row -top" {
                (icon(Icon::Bell))
                p class="pre grow" { (page.notice) }
            }
        }
        @if !lists.0.is_empty() { section class="card -flush" { (lists) } }
        section class="card stack" {
            (card_head(here.pick(["做什么的", "做什麼的", "What it is for"])))
            p { (card.purpose) }
            @if !page.rules.is_empty() {
                h3 class="t3" { (here.pick(["群规", "群規", "Rules"])) }
                p class="pre sub" { (page.rules) }
            }
            @if !pick.name.is_empty() {
                hr;
                (facts(&[
                    (here.pick(["自提点", "自取點", "Pick-up"]), html! { (pick.name) }),
                    (here.pick(["地址", "地址", "Address"]), html! { (pick.address) }),
                    (here.pick(["时间", "時間", "Hours"]), html! {
                        @if pick.hours.is_empty() { "–" } @else { (pick.hours) }
                    }),
                ]))
            }
            p class="note" {
                (here.pick(["建于 ", "建立於 ", "Since "]))
                (date(here.lang, page.created_at, here.now, &here.zone()))
            }
        }
        @if page.role.is_none() { (door(here, page, &url, form, wrong)) }
        (tends(here, page, &url))
        @if page.role.is_some() {
            form class="center" method="post" action={ (url) "/leave" } {
                (button(here.pick(["退出这个群", "退出這個群", "Leave the group"])).bare().submit())
            }
        }
    };
    let mut frame = frame(here, page);
    if page.role.is_some() {
        frame.bar = Some(html! {
            (button(here.pick(["去聊天", "去聊天", "Open the chat"])).primary().grow()
                .to(&format!("{url}/chat")))
        });
    }
    frame.render(body)
}

/// What leaders, the council and staff do here.
fn tends(here: &Here, page: &GroupPage, url: &str) -> Markup {
    let (admits, changes) = (may(here, page, Deed::Admit), may(here, page, Deed::Change));
    html! {
        @if admits || changes {
            section class="card -flush" {
                @if page.role.is_some_and(|r| r != GroupRole::Member) {
                    (cell(here.pick(["团长工作台", "團長工作台", "Leading"])).lead(Icon::List)
                        .to(&format!("{}/lead", here.base())))
                }
                @if admits {
                    (cell(here.pick(["申请、邀请码、角色", "申請、邀請碼、角色",
                        "Applications, invites, roles"]))
                        .lead(Icon::Users).to(&format!("{url}/door")))
                }
                @if changes {
                    (cell(here.pick(["改群资料", "改群資料", "Change the group"]))
                        .lead(Icon::More).to(&format!("{url}/edit")))
                }
                @if page.role.is_none() && may(here, page, Deed::Tend) {
                    (cell(here.pick(["看聊天", "看聊天", "Read the chat"]))
                        .lead(Icon::Chat).to(&format!("{url}/chat")))
                }
            }
        }
    }
}

/// What can be wrong with an invite code.
const CODE: [Refused; 3] = [Refused::BadCode, Refused::NeedsCode, Refused::TooManyTries];

/// The way in, and what is missing for it.
fn door(here: &Here, page: &GroupPage, url: &str, form: &Form, wrong: Option<Refused>) -> Markup {
    let p = |all| here.pick(all);
    if here.who.is_none() {
        let to = format!("{}/join?next={}", here.base(), crate::edge::query_value(url));
        return html! {
            section class="card stack" {
                p class="sub" { (p(["先加入社群，再进群", "先加入社群，再進群",
                    "Join the community first, then the group"])) }
                (button(p(["加入社群", "加入社群", "Join the community"])).primary().block().to(&to))
            }
        };
    }
    if page.applied.is_some() {
        return banner(
            p([
                "申请已经交了，等团长看。有结果会通知你。",
                "申請已經送出，等團長看。有結果會通知你。",
                "You applied. The leader decides, and you will be told.",
            ]),
            Tone::Plain,
        );
    }
    let at = |r: &[Refused]| wrong.filter(|w| r.contains(w)).map(|w| said(w, here.lang));
    let admission = page.card.admission;
    let missing = match admission {
        Admission::Open => p([
            "谁都能进：同意群规就行",
            "誰都能進：同意群規就行",
            "Open to all: a yes to the rules is enough",
        ]),
        Admission::Invite => p(["还差：一个邀请码", "還差：一個邀請碼", "Missing: an invite code"]),
        Admission::Approval => p([
            "还差：团长同意。有邀请码可以直接进",
            "還差：團長同意。有邀請碼可以直接進",
            "Missing: the leader's yes. An invite code opens the door at once",
        ]),
    };
    let here_said = [
        Refused::NotAgreed,
        Refused::BadWords,
        Refused::BadCode,
        Refused::NeedsCode,
        Refused::TooManyTries,
    ];
    let general = wrong.filter(|w| !here_said.contains(w)).map(|w| said(w, here.lang));
    html! {
        form class="card stack -l" id="door" method="post" action={ (url) "/join" } {
            @if let Some(sentence) = general { (banner(sentence, Tone::Danger)) }
            @if form.has("next") {
                input type="hidden" name="next" value=(local(form.get("next")));
            }
            p class="sub" { (missing) }
            @if admission == Admission::Approval {
                (field::textarea("words", p(["说说为什么想进来", "說說為什麼想進來",
                    "Why you want to come in"]), form.raw("words")).most(500)
                    .error(at(&[Refused::BadWords])))
            }
            @if admission != Admission::Open {
                (field::text("code", p(["邀请码", "邀請碼", "Invite code"]), form.raw("code"))
                    .error(at(&CODE)))
            }
            (tick("agreed", "yes", p(["我看过用途和群规，自己决定加入",
                "我看過用途和群規，自己決定加入",
                "I have read what it is for and its rules, and I want to join"]),
                form.get("agreed") == "yes", at(&[Refused::NotAgreed])))
            (button(if admission == Admission::Approval { p(["申请加入", "申請加入", "Apply"]) }
                else { p(["加入", "加入", "Join"]) }).primary().block().submit())
        }
    }
}

pub async fn join(
    State(house): State<House>,
    here: Here,
    Path((_, group)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Sorry> {
    let (id, page) = known(&house, &here, &group).await?;
    let url = format!("{}/groups/{id}", here.base());
    let cmd = JoinGroup {
        community: here.place.id,
        member: here.member()?.member,
        group: id,
        agreed: form.get("agreed") == "yes",
        code: Some(form.get("code").to_string()),
        words: form.get("words").to_string(),
    };
    match house.app.join_group(here.now, cmd).await {
        Ok(Joined::In) if form.has("next") => Ok(see(&local(form.get("next")))),
        Ok(Joined::In) => Ok(see(&format!("{url}/chat"))),
        Ok(Joined::Waiting(_)) => Ok(see(&url)),
        Err(Stop::Refused(r)) => {
            let code = match r {
                Refused::NotAgreed => "no_yes",
                Refused::NeedsCode => "bad_code",
                other => other.code(),
            };
            Ok(again(code, home(&here, id, &page, (&form, html! {}), Some(r))))
        }
        Err(Stop::Fault(fault)) => Err(fault.into()),
    }
}

pub async fn leave(
    State(house): State<House>,
    here: Here,
    Path((_, group)): Path<(String, String)>,
) -> Result<Response, Sorry> {
    let id: Id<id::Group> = Id::parse(&group).ok_or(Sorry::NotFound)?;
    house.app.leave_group(here.now, here.place.id, here.member()?.member, id).await?;
    Ok(see(&format!("{}/groups", here.base())))
}

pub async fn members(
    State(house): State<House>,
    here: Here,
    Path((_, group)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Sorry> {
    let room = Room::of(&house, &here, &group).await?;
    if !room.reads() {
        return Ok(see(&room.url(&here)));
    }
    let all = house.app.group_members(here.place.id, room.id, form.id("after")).await?;
    let more = (all.len() >= 50).then(|| all.last().map(|m| m.member)).flatten();
    let body = html! {
        (head(&here, room.id, &room.page, "members"))
        section class="card" { ul { @for m in &all { (one(&here, m)) } } }
        @if let Some(last) = more {
            (button(here.pick(["更多", "更多", "More"])).block().quiet()
                .to(&format!("{}/members?after={last}", room.url(&here))))
        }
    };
    Ok(frame(&here, &room.page).render(body).into_response())
}

fn one(here: &Here, m: &GroupMember) -> Markup {
    let name = name_or_gone(here.lang, &m.name);
    html! {
        li class="pick" {
            (avatar(Person::new(m.member.raw(), name), Size::M))
            div class="grow" {
                a href={ (here.base()) "/members/" (m.member) } { b { (name) } }
                p class="note" { (date(here.lang, m.joined_at, here.now, &here.zone()))
                    (here.pick([" 进群", " 進群", " joined"])) }
            }
            @if m.role != GroupRole::Member {
                (tag(role_word(here.lang, m.role).unwrap_or_default(), Tone::Green))
            }
        }
    }
}
