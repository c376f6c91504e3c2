//! One group at the desk: its form, its leaders, its invite codes.
use super::frame::{self, Show, Spot, at, news, no, see};
use super::groups::status;
use crate::House;
use crate::community::group_form::{self, Filled, Wrong};
use crate::community::lines::{name_or_gone, role_word};
use crate::form::Form;
use crate::reply::{Sorry, said};
use crate::ui::field;
use crate::ui::{Person, Size, Tone, avatar, banner_of, button, card, card_head, tag};
use crate::who::Here;
use crate::words::format::{date, number};
use app::Stop;
use app::community::create_invite::CreateInvite;
use app::community::set_group_role::SetGroupRole;
use app::community::views_groups::{GroupMember, GroupPage, InviteRow};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use rules::base::{Id, id};
use rules::community::group::GroupRole;

type Of = Path<(String, String)>;
type Answer = Result<Response, Sorry>;

/// What the page says on top, and what its form shows instead of what is stored.
#[derive(Default)]
struct Above {
    news: Option<Markup>,
    typed: Option<(Filled, Wrong)>,
}

async fn found(house: &House, here: &Here, group: &str) -> Result<GroupPage, Sorry> {
    let who = frame::allowed(here, frame::PEOPLE)?;
    let id: Id<id::Group> = Id::parse(group).ok_or(Sorry::NotFound)?;
    let page = house.app.group_page(who.community, id, Some(who.member)).await?;
    page.ok_or(Sorry::NotFound)
}

pub async fn page(
    State(house): State<House>,
    here: Here,
    Path((_, group)): Of,
    form: Form,
) -> Result<Markup, Sorry> {
    let page = found(&house, &here, &group).await?;
    let above = Above { news: Some(news(&here, None, form.get("done"))), typed: None };
    shown(&house, &here, &page, above, form.id("after")).await
}

async fn shown(
    house: &House,
    here: &Here,
    page: &GroupPage,
    above: Above,
    after: Option<Id<id::Member>>,
) -> Result<Markup, Sorry> {
    let who = frame::allowed(here, frame::PEOPLE)?;
    let (c, id) = (who.community, page.card.id);
    let tags = house.app.community_tags(c).await?;
    let members = house.app.group_members(c, id, after).await?;
    let invites = house.app.invites(c, id).await?;
    let url = at(here, &format!("/groups/{id}"));
    let (filled, wrong) = match above.typed {
        Some((filled, wrong)) => (filled, Some(wrong)),
        None => (Filled::stored(page), None),
    };
    let body = html! {
        @if let Some(news) = above.news { (news) }
        div class="cols -main" {
            form class="stack -l" method="post" action=(url) {
                (group_form::fields(here, &filled, &tags, false, wrong))
                div class="row" { (button(here.pick(["保存", "儲存", "Save"])).primary().submit()) }
            }
            div class="stack -l" {
                (people(here, page, &members, &url))
                (codes(house, here, &invites, &url))
            }
        }
    };
    let crumbs = [(here.pick(["群", "群", "Groups"]), "/groups")];
    let seen = format!("{}/groups/{id}", here.base());
    let all = at(here, &format!("/members?group={id}"));
    let actions = html! {
        (button(here.pick(["成员名单", "成員名單", "Its members"])).to(&all))
        (button(here.pick(["成员看到的", "成員看到的", "Member view"])).to(&seen))
    };
    let name = page.card.name.clone();
    let show = Show { above: &crumbs, actions: Some(actions), ..Show::new(Spot::Groups, &name) };
    frame::show(house, here, who, show, body).await
}

fn word(here: &Here, role: GroupRole) -> &'static str {
    role_word(here.lang, role).unwrap_or(here.pick(["成员", "成員", "Member"]))
}

/// Leaders and council first, then everybody, each with the roles they may be given.
fn people(here: &Here, page: &GroupPage, members: &[GroupMember], url: &str) -> Markup {
    let plain = members.iter().filter(|m| m.role == GroupRole::Member);
    let more = (members.len() >= 50).then(|| members.last().map(|m| m.member)).flatten();
    let title = format!(
        "{} {}/{}",
        here.pick(["团长、理事、成员", "團長、理事、成員", "Leaders and members"]),
        number(page.card.members),
        number(page.card.capacity),
    );
    card(html! {
        (card_head(&title))
        ul class="todo" { @for m in page.leaders.iter().chain(plain) { (person(here, m, url)) } }
        @if let Some(last) = more {
            (button(here.pick(["更多", "更多", "More"])).small().to(&format!("{url}?after={last}")))
        }
    })
}

fn person(here: &Here, m: &GroupMember, url: &str) -> Markup {
    let name = name_or_gone(here.lang, &m.name);
    html! {
        li {
            (avatar(Person::new(m.member.raw(), name), Size::S))
            div class="row grow" {
                a href=(at(here, &format!("/members/{}", m.member))) { (name) } " "
                @if m.role != GroupRole::Member { (tag(word(here, m.role), Tone::Green)) }
            }
            form class="row" method="post" action={ (url) "/role" } {
                input type="hidden" name="member" value=(m.member);
                @for role in GroupRole::ALL.iter().filter(|r| **r != m.role) {
                    (button(word(here, *role)).small().quiet().submit().value("role", role.code())
                        .label(&format!("{name}: {}", word(here, *role))))
                }
            }
        }
    }
}

fn codes(house: &House, here: &Here, invites: &[InviteRow], url: &str) -> Markup {
    let id: Id<id::Invite> = house.app.mint(here.now);
    let zone = here.zone();
    let open = |i: &&InviteRow| i.uses < i.most && i.until > here.now;
    card(html! {
        (card_head(here.pick(["邀请码", "邀請碼", "Invite codes"])))
        form class="stack -s" method="post" action={ (url) "/invite" } {
            input type="hidden" name="id" value=(id);
            div class="fields" {
                (field::number("uses", here.pick(["可用几次", "可用幾次", "Uses"]), "10").range(1, 500))
                (field::number("days", here.pick(["有效几天", "有效幾天", "Days"]), "7").range(1, 90))
            }
            (button(here.pick(["生成邀请码", "產生邀請碼", "Make a code"])).submit())
        }
        @for i in invites.iter().filter(open) {
            p class="row" {
                span class="grow sub" {
                    (name_or_gone(here.lang, &i.made_by)) " · "
                    (here.pick(["到 ", "到 ", "until "])) (date(here.lang, i.until, here.now, &zone))
                }
                span class="num sub" { (i.uses) "/" (i.most) }
            }
        }
    })
}

pub async fn save(
    State(house): State<House>,
    here: Here,
    Path((_, group)): Of,
    form: Form,
) -> Answer {
    let who = frame::allowed(&here, frame::PEOPLE)?;
    let page = found(&house, &here, &group).await?;
    let cmd = group_form::updating(&here, &page, who.member, &form);
    match house.app.update_group(here.now, cmd).await {
        Ok(()) => Ok(see(&at(&here, &format!("/groups/{group}?done=saved")))),
        Err(Stop::Fault(fault)) => Err(fault.into()),
        Err(Stop::Refused(r)) => {
            let wrong = Wrong { code: r.code(), says: said(r, here.lang) };
            let typed = Some((Filled::typed(&form), wrong));
            let page = shown(&house, &here, &page, Above { news: None, typed }, None).await?;
            Ok((status(r.code()), page).into_response())
        }
    }
}

pub async fn role(
    State(house): State<House>,
    here: Here,
    Path((_, group)): Of,
    form: Form,
) -> Answer {
    let who = frame::allowed(&here, frame::PEOPLE)?;
    let page = found(&house, &here, &group).await?;
    let cmd = SetGroupRole {
        community: who.community,
        by: who.member,
        group: page.card.id,
        member: form.must_id("member")?,
        role: GroupRole::of(form.get("role")).ok_or(Sorry::Malformed)?,
    };
    match house.app.set_group_role(here.now, cmd).await {
        Ok(()) => Ok(see(&at(&here, &format!("/groups/{group}?done=role")))),
        Err(stop) => {
            let no = no(&here, stop)?;
            let above = Above { news: Some(news(&here, Some(no), "")), typed: None };
            Ok((no.status, shown(&house, &here, &page, above, None).await?).into_response())
        }
    }
}

/// The code is on this answer only, so it is no redirect; the form's id makes a repeat harmless.
pub async fn invite(
    State(house): State<House>,
    here: Here,
    Path((_, group)): Of,
    form: Form,
) -> Answer {
    let who = frame::allowed(&here, frame::PEOPLE)?;
    let page = found(&house, &here, &group).await?;
    let cmd = CreateInvite {
        community: who.community,
        by: who.member,
        id: form.must_id("id")?,
        group: page.card.id,
        uses: form.int("uses").unwrap_or(0),
        days: form.int("days").unwrap_or(0),
    };
    let once = here.pick([
        "邀请码只显示这一次，请现在复制：",
        "邀請碼只顯示這一次，請現在複製：",
        "This code is shown once. Copy it now: ",
    ]);
    match house.app.create_invite(here.now, cmd).await {
        Ok(code) => {
            let copy = button(here.pick(["复制", "複製", "Copy"])).small();
            let copy = copy.copies(&code, here.pick(["已复制", "已複製", "Copied"]));
            let told = html! { (once) b class="mono" { (code) } };
            let news = Some(banner_of(told, Tone::Green, Some(copy)));
            let page = shown(&house, &here, &page, Above { news, typed: None }, None).await?;
            Ok(page.into_response())
        }
        Err(stop) => {
            let no = no(&here, stop)?;
            let above = Above { news: Some(news(&here, Some(no), "")), typed: None };
            Ok((no.status, shown(&house, &here, &page, above, None).await?).into_response())
        }
    }
}
