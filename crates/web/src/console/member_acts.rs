//! What staff may do to a member: give a role, mute, ban; always with a reason.
use super::frame::{self, at, no, see, unfit};
use super::member;
use crate::House;
use crate::form::Form;
use crate::reply::Sorry;
use crate::ui::field::text;
use crate::ui::{Around, Choice, button, card, card_head, select};
use crate::who::Here;
use crate::words::Say;
use crate::words::deeds;
use app::Stop;
use app::community::ban_member::BanMember;
use app::community::mute_member::MuteMember;
use app::community::set_role::SetRole;
use app::community::views_members::MemberSides;
use app::community::who::Who;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use rules::base::{Id, id};
use rules::community::moderation::may_restrain;
use rules::community::role::{Membership, Right, Role};

type Of = Path<(String, String)>;
type Answer = Result<Response, Sorry>;

/// Days a mute may last, as the form offers them.
pub const DAYS: [i64; 4] = [1, 3, 7, 30];

pub fn days(here: &Here, n: i64) -> String {
    crate::words::format::count(here.lang, n, ["天", "天"], ["day", "days"])
}

/// The forms of what this reader may do to this member now.
pub fn forms(here: &Here, who: Who, them: &MemberSides, form: &Form) -> Markup {
    let m = &them.row;
    let path = |act: &str| at(here, &format!("/members/{}/{act}", m.member));
    let oneself = m.member == who.member;
    let may = may_restrain(who.role, who.rights, m.role, oneself).is_ok();
    let active = m.state == Membership::Active;
    let role = who.role == Role::Owner && active && !oneself;
    html! {
        @if role { (role_form(here, them, form, &path("role"))) }
        @if may && active { (mute_form(here, them, form, &path("mute"))) }
        @if may && active { (ban_form(here, form, &path("ban"), true)) }
        @if may && m.state == Membership::Banned { (ban_form(here, form, &path("ban"), false)) }
    }
}

fn why(here: &Here, form: &Form, id: &'static str, mine: bool) -> Markup {
    let label =
        here.pick(["原因（记入操作记录）", "原因（記入操作紀錄）", "Reason (kept in the log)"]);
    let typed = if mine { form.get("reason") } else { "" };
    html! { (text("reason", label, typed).id(id).most(200).required()) }
}

fn role_form(here: &Here, them: &MemberSides, form: &Form, action: &str) -> Markup {
    let mine = form.has("role");
    let role = if mine { Role::of(form.get("role")) } else { Some(them.row.role) };
    let rights: Vec<&str> = match mine {
        true => form.all("right").collect(),
        false => them.row.rights.split(',').collect(),
    };
    let choices: Vec<Choice> = [Role::Member, Role::Staff, Role::Owner]
        .iter()
        .map(|r| Choice::new(r.code(), deeds::role(here.lang, *r), role == Some(*r)))
        .collect();
    let label = here.pick(["角色", "角色", "Role"]);
    let hint = here.pick([
        "选“店主”就是把社群交给对方，你会变成管理成员",
        "選「店主」就是把社群交給對方，你會變成管理成員",
        "Choosing Owner hands the community over; you become staff.",
    ]);
    card(html! {
        (card_head(here.pick(["角色和权限", "角色和權限", "Role and rights"])))
        form method="post" action=(action) class="stack -s" id="role-form" {
            (select(Around::new("role", label).hint(hint), None, &choices))
            fieldset class="field" {
                legend class="field-label" {
                    (here.pick(["管理成员可以管", "管理成員可以管", "Staff may look after"]))
                }
                @for r in Right::ALL {
                    label class="row" {
                        input class="tick" type="checkbox" name="right" value=(r.code())
                            checked[rights.contains(&r.code())];
                        span { (deeds::right(here.lang, *r)) }
                    }
                }
            }
            (text("reason", here.pick(["备注（记入操作记录）", "備註（記入操作紀錄）",
                "Note (kept in the log)"]), if mine { form.get("reason") } else { "" })
                .id("role-why").most(200))
            (button(here.pick(["更改角色", "更改角色", "Change the role"])).submit())
        }
    })
}

fn mute_form(here: &Here, them: &MemberSides, form: &Form, action: &str) -> Markup {
    let muted = them.row.muted_until.is_some_and(|until| until > here.now);
    let mine = form.has("days");
    let names: Vec<(String, String)> =
        DAYS.iter().map(|n| (n.to_string(), days(here, *n))).collect();
    let on = if mine { form.get("days") } else { "7" };
    let choices: Vec<Choice> =
        names.iter().map(|(value, text)| Choice::new(value, text, value == on)).collect();
    let title = match muted {
        true => here.pick(["改禁言时间", "改禁言時間", "Change how long they are muted"]),
        false => here.pick(["禁言", "禁言", "Mute"]),
    };
    card(html! {
        (card_head(here.pick(["禁言", "禁言", "Mute"])))
        form method="post" action=(action) class="stack -s" {
            (select(Around::new("days", here.pick(["多久不能发言", "多久不能發言",
                "Cannot write for"])), None, &choices))
            (why(here, form, "mute-why", mine))
            div class="row -wrap" {
                (button(title).submit())
                @if muted {
                    (button(here.pick(["解除禁言", "解除禁言", "Let them speak"])).submit()
                        .value("free", "on"))
                }
            }
        }
    })
}

fn ban_form(here: &Here, form: &Form, action: &str, ban: bool) -> Markup {
    let mine = form.has("banned");
    let (title, about) = match ban {
        true => (
            here.pick(["移出社群", "移出社群", "Ban from the community"]),
            here.pick([
                "对方会离开所有群，不能再加入；订单照常处理。",
                "對方會離開所有群，不能再加入；訂單照常處理。",
                "They leave all groups and cannot come back. Their orders go on.",
            ]),
        ),
        false => (
            here.pick(["允许重新加入", "允許重新加入", "Lift the ban"]),
            here.pick([
                "对方可以自己重新加入社群。",
                "對方可以自己重新加入社群。",
                "They may join again by themselves.",
            ]),
        ),
    };
    card(html! {
        details class="rules" open[mine || !ban] {
            summary { (title) }
            form method="post" action=(action) class="stack -s" {
                input type="hidden" name="banned" value=(if ban { "on" } else { "off" });
                p class="sub" { (about) }
                (why(here, form, "ban-why", mine))
                @if ban { (button(title).danger().submit()) } @else { (button(title).submit()) }
            }
        }
    })
}

/// Back to the page: with what was done, or with the sentence and the fields as typed.
async fn after<R: Say>(
    house: &House,
    here: &Here,
    member: &str,
    form: &Form,
    (did, done): (Result<(), Stop<R>>, &str),
) -> Answer {
    match did {
        Ok(()) => Ok(see(&at(here, &format!("/members/{member}?done={done}")))),
        Err(stop) => {
            let no = no(here, stop)?;
            let page = member::shown(house, here, member, form, Some(no)).await?;
            Ok((no.status, page).into_response())
        }
    }
}

fn member_of(text: &str) -> Result<Id<id::Member>, Sorry> {
    Id::parse(text).ok_or(Sorry::NotFound)
}

pub async fn role(
    State(house): State<House>,
    here: Here,
    Path((_, member)): Of,
    form: Form,
) -> Answer {
    let who = frame::allowed(&here, frame::PEOPLE)?;
    let role = Role::of(form.get("role")).ok_or(Sorry::Malformed)?;
    let rights: Vec<Right> = form.all("right").filter_map(Right::of).collect();
    if role == Role::Staff && rights.is_empty() {
        let says = [
            "管理成员至少要有一项权限",
            "管理成員至少要有一項權限",
            "Tick at least one thing staff may look after.",
        ];
        let no = unfit(&here, says);
        let page = member::shown(&house, &here, &member, &form, Some(no)).await?;
        return Ok((no.status, page).into_response());
    }
    let cmd = SetRole {
        community: who.community,
        by: who.member,
        member: member_of(&member)?,
        role,
        rights,
        reason: form.get("reason").to_string(),
    };
    let did = house.app.set_role(here.now, cmd).await;
    after(&house, &here, &member, &form, (did, "role")).await
}

pub async fn mute(
    State(house): State<House>,
    here: Here,
    Path((_, member)): Of,
    form: Form,
) -> Answer {
    let who = frame::allowed(&here, frame::PEOPLE)?;
    let free = form.has("free");
    // what is no number cannot be an end: the verb says so
    let until = here.now.plus_days(form.int("days").unwrap_or(0).clamp(0, 10_000));
    let cmd = MuteMember {
        community: who.community,
        by: who.member,
        member: member_of(&member)?,
        until: (!free).then_some(until),
        reason: form.get("reason").to_string(),
    };
    let did = house.app.mute_member(here.now, cmd).await;
    let done = if free { "unmuted" } else { "muted" };
    after(&house, &here, &member, &form, (did, done)).await
}

pub async fn ban(
    State(house): State<House>,
    here: Here,
    Path((_, member)): Of,
    form: Form,
) -> Answer {
    let who = frame::allowed(&here, frame::PEOPLE)?;
    let banned = form.get("banned") == "on";
    let cmd = BanMember {
        community: who.community,
        by: who.member,
        member: member_of(&member)?,
        banned,
        reason: form.get("reason").to_string(),
    };
    let did = house.app.ban_member(here.now, cmd).await;
    let done = if banned { "banned" } else { "unbanned" };
    after(&house, &here, &member, &form, (did, done)).await
}
