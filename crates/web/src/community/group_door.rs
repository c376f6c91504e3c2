//! Who comes in: applications, invite codes, and the roles of who is there.
use super::chat::Room;
use super::cookies::see;
use super::lines::{name_or_gone, role_word};
use super::sign_in::again;
use crate::House;
use crate::form::Form;
use crate::reply::{Sorry, said};
use crate::ui::field;
use crate::ui::{Page, Person, Size, Tone, Top, avatar, banner, banner_of, button, card_head, tag};
use crate::who::Here;
use crate::words::format::date;
use app::Stop;
use app::community::create_invite::CreateInvite;
use app::community::decide_application::DecideApplication;
use app::community::set_group_role::SetGroupRole;
use app::community::views_groups::{ApplicationRow, GroupMember, InviteRow};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use rules::base::{Id, id};
use rules::community::group::{Deed, GroupRole};

/// What the page says on top: a code to be copied now, or why something did not work.
enum Above<'a> {
    Nothing,
    Code(&'a str),
    Wrong(&'a str),
}

async fn admitting(house: &House, here: &Here, group: &str) -> Result<Room, Sorry> {
    let room = Room::of(house, here, group).await?;
    if room.may(Deed::Admit) { Ok(room) } else { Err(Sorry::NotAllowed) }
}

pub async fn page(
    State(house): State<House>,
    here: Here,
    Path((_, group)): Path<(String, String)>,
    form: Form,
) -> Result<Markup, Sorry> {
    let room = admitting(&house, &here, &group).await?;
    shown(&house, &here, &room, Above::Nothing, form.id("after")).await
}

async fn shown(
    house: &House,
    here: &Here,
    room: &Room,
    top: Above<'_>,
    after: Option<Id<id::Member>>,
) -> Result<Markup, Sorry> {
    let (c, url) = (here.place.id, room.url(here));
    let waiting = house.app.applications(c, room.id).await?;
    let invites = house.app.invites(c, room.id).await?;
    let members = house.app.group_members(c, room.id, after).await?;
    let more = (members.len() >= 50).then(|| members.last().map(|m| m.member)).flatten();
    let title =
        here.pick(["申请、邀请码、角色", "申請、邀請碼、角色", "Applications, invites, roles"]);
    let page = Page {
        title: title.to_string(),
        top: Top::Bar {
            title: title.to_string(),
            sub: Some(room.page.card.name.clone()),
            back: Some(url.clone()),
            end: None,
        },
        head: crate::ui::Head { private: true, ..Default::default() },
        ..here.page()
    };
    let once = here.pick([
        "邀请码只显示这一次，请现在复制：",
        "邀請碼只顯示這一次，請現在複製：",
        "This code is shown once. Copy it now: ",
    ]);
    let copied = here.pick(["已复制", "已複製", "Copied"]);
    Ok(page.render(html! {
        @match top {
            Above::Nothing => {},
            Above::Wrong(sentence) => (banner(sentence, Tone::Danger)),
            Above::Code(code) => (banner_of(
                html! { (once) b class="num" { (code) } },
                Tone::Green,
                Some(button(here.pick(["复制", "複製", "Copy"])).small().copies(code, copied)),
            )),
        }
        (applications(here, &waiting, &url))
        (invite_form(house, here, &invites, &url))
        section class="card" {
            (card_head(here.pick(["成员和角色", "成員和角色", "Members and roles"])))
            ul { @for m in &members { (member(here, room, m, &url)) } }
        }
        @if let Some(last) = more {
            (button(here.pick(["更多", "更多", "More"])).block().quiet()
                .to(&format!("{url}/door?after={last}")))
        }
    }))
}

fn applications(here: &Here, waiting: &[ApplicationRow], url: &str) -> Markup {
    html! {
        section class="card" {
            (card_head(here.pick(["申请", "申請", "Applications"])))
            @if waiting.is_empty() {
                p class="sub" { (here.pick(["没有等着的申请", "沒有等著的申請", "None are waiting"])) }
            }
            @for a in waiting {
                form class="pick" method="post" action={ (url) "/door/decide" } {
                    input type="hidden" name="application" value=(a.id);
                    (avatar(Person::new(a.member.raw(), &a.name), Size::M))
                    div class="grow stack -xs" {
                        p { b { (name_or_gone(here.lang, &a.name)) } " "
                            span class="note" { (date(here.lang, a.at, here.now, &here.zone())) } }
                        @if !a.words.is_empty() { p class="sub pre" { (a.words) } }
                        div class="row" {
                            (button(here.pick(["同意", "同意", "Let in"])).small().primary().submit()
                                .value("admit", "yes"))
                            (button(here.pick(["不同意", "不同意", "Not now"])).small().quiet()
                                .submit().value("admit", "no"))
                        }
                    }
                }
            }
        }
    }
}

fn invite_form(house: &House, here: &Here, invites: &[InviteRow], url: &str) -> Markup {
    let id: Id<id::Invite> = house.app.mint(here.now);
    html! {
        section class="card stack" {
            (card_head(here.pick(["邀请码", "邀請碼", "Invite codes"])))
            form class="stack" method="post" action={ (url) "/door/invite" } {
                input type="hidden" name="id" value=(id);
                div class="row -top" {
                    div class="grow" { (field::number("uses", here.pick(["可用几次", "可用幾次",
                        "Uses"]), "10").range(1, 500)) }
                    div class="grow" { (field::number("days", here.pick(["有效几天", "有效幾天",
                        "Days"]), "7").range(1, 90)) }
                }
                (button(here.pick(["生成邀请码", "產生邀請碼", "Make a code"])).submit())
            }
            @for i in invites {
                p class="row" {
                    span class="grow sub" { (i.made_by) " · "
                        (here.pick(["到 ", "到 ", "until "]))
                        (date(here.lang, i.until, here.now, &here.zone())) }
                    span class="num sub" { (i.uses) "/" (i.most) }
                }
            }
        }
    }
}

fn member(here: &Here, room: &Room, m: &GroupMember, url: &str) -> Markup {
    let name = name_or_gone(here.lang, &m.name);
    let word = |role| role_word(here.lang, role).unwrap_or(here.pick(["成员", "成員", "Member"]));
    // leaders are chosen by staff, the council by the leader too
    let gives: Vec<GroupRole> = GroupRole::ALL
        .iter()
        .copied()
        .filter(|r| *r != m.role)
        .filter(|r| {
            let about_leader = *r == GroupRole::Leader || m.role == GroupRole::Leader;
            room.may(if about_leader { Deed::ChooseLeader } else { Deed::ChooseCouncil })
        })
        .collect();
    html! {
        li class="pick" {
            (avatar(Person::new(m.member.raw(), name), Size::M))
            div class="grow" {
                a href={ (here.base()) "/members/" (m.member) } { b { (name) } } " "
                @if m.role != GroupRole::Member { (tag(word(m.role), Tone::Green)) }
            }
            @if !gives.is_empty() {
                form class="row" method="post" action={ (url) "/door/role" } {
                    input type="hidden" name="member" value=(m.member);
                    @for role in gives {
                        (button(word(role)).small().quiet().submit().value("role", role.code())
                            .label(&format!("{name}: {}", word(role))))
                    }
                }
            }
        }
    }
}

async fn ended<R: crate::words::Say>(
    house: &House,
    here: &Here,
    room: &Room,
    out: Result<(), Stop<R>>,
) -> Result<Response, Sorry> {
    match out {
        Ok(()) => Ok(see(&format!("{}/door", room.url(here)))),
        Err(Stop::Fault(fault)) => Err(fault.into()),
        Err(Stop::Refused(r)) => {
            let wrong = Above::Wrong(said(r, here.lang));
            Ok(again(r.code(), shown(house, here, room, wrong, None).await?))
        }
    }
}

pub async fn decide(
    State(house): State<House>,
    here: Here,
    Path((_, group)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Sorry> {
    let room = admitting(&house, &here, &group).await?;
    let cmd = DecideApplication {
        community: here.place.id,
        by: room.who.member,
        application: form.must_id("application")?,
        admit: form.get("admit") == "yes",
        reason: form.get("reason").to_string(),
    };
    let out = house.app.decide_application(here.now, cmd).await;
    ended(&house, &here, &room, out).await
}

/// The code is on this answer only, so it is no redirect; the form's id makes a repeat harmless.
pub async fn invite(
    State(house): State<House>,
    here: Here,
    Path((_, group)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Sorry> {
    let room = admitting(&house, &here, &group).await?;
    let cmd = CreateInvite {
        community: here.place.id,
        by: room.who.member,
        id: form.must_id("id")?,
        group: room.id,
        uses: form.int("uses").unwrap_or(0),
        days: form.int("days").unwrap_or(0),
    };
    match house.app.create_invite(here.now, cmd).await {
        Ok(code) => {
            Ok(shown(&house, &here, &room, Above::Code(&code), None).await?.into_response())
        }
        Err(stop) => ended(&house, &here, &room, Err(stop)).await,
    }
}

pub async fn role(
    State(house): State<House>,
    here: Here,
    Path((_, group)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Sorry> {
    let room = Room::of(&house, &here, &group).await?;
    let cmd = SetGroupRole {
        community: here.place.id,
        by: room.who.member,
        group: room.id,
        member: form.must_id("member")?,
        role: GroupRole::of(form.get("role")).ok_or(Sorry::Malformed)?,
    };
    let out = house.app.set_group_role(here.now, cmd).await;
    ended(&house, &here, &room, out).await
}
