//! Another member as this community knows them, and reporting.
use super::cookies::see;
use super::sign_in::again;
use crate::House;
use crate::form::Form;
use crate::reply::{Sorry, said};
use crate::trust::{follows, voices};
use crate::ui::field;
use crate::ui::{
    Around, Choice, Page, Person, Size, Tone, Top, avatar, banner, button, cell, select, tag,
};
use crate::who::Here;
use crate::words::deeds::report_reason;
use crate::words::format::date;
use app::Stop;
use app::community::report::Report;
use app::community::views::MemberCard;
use app::community::who::Membership;
use app::trust::views_ties::Standing;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use rules::base::{Id, id};
use rules::community::moderation::{ReportReason, Reported};
use rules::community::role::Role;

async fn card(
    house: &House,
    here: &Here,
    member: &str,
) -> Result<(Id<id::Member>, MemberCard), Sorry> {
    let id: Id<id::Member> = Id::parse(member).ok_or(Sorry::NotFound)?;
    let reader = here.who.map(|w| w.member);
    let card = house.app.member_card(here.place.id, id, reader).await?.ok_or(Sorry::NotFound)?;
    match card.row.state {
        Membership::Active => Ok((id, card)),
        _ => Err(Sorry::NotFound),
    }
}

pub async fn page(
    State(house): State<House>,
    here: Here,
    Path((_, member)): Path<(String, String)>,
) -> Result<Response, Sorry> {
    let who = here.member()?;
    let (id, card) = card(&house, &here, &member).await?;
    if id == who.member {
        return Ok(see(&format!("{}/me", here.base())));
    }
    let standing = house.app.standing(here.place.id, id, Some(who.member)).await?;
    let badges = house.app.badges(here.place.id, id).await?;
    let marks = voices::badges(&here, id, &badges);
    Ok(shown(&house, &here, (id, &card), Some((&standing, marks)), None).into_response())
}

fn shown(
    house: &House,
    here: &Here,
    (id, card): (Id<id::Member>, &MemberCard),
    standing: Option<(&Standing, Markup)>,
    wrong: Option<&str>,
) -> Markup {
    let page = Page {
        title: card.row.name.clone(),
        top: Top::Bar {
            title: card.row.name.clone(),
            sub: None,
            back: Some(here.base()),
            end: None,
        },
        head: crate::ui::Head { private: true, ..Default::default() },
        ..here.page()
    };
    let since = date(here.lang, card.row.joined_at, here.now, &here.zone());
    page.render(html! {
        @if let Some(sentence) = wrong { (banner(sentence, Tone::Danger)) }
        section class="card stack" {
            div class="row" {
                (avatar(Person::new(id.raw(), &card.row.name), Size::Xl))
                div class="grow" {
                    p class="t1" { (card.row.name) }
                    p class="sub" { (since) (here.pick([" 加入", " 加入", " joined"])) }
                }
                @if card.row.role != Role::Member {
                    (tag(super::about::role(here, card.row.role), Tone::Green))
                }
            }
            @if let Some((s, marks)) = standing { (follows::standing(here, id, s)) (marks) }
            @if !card.bio.is_empty() { p class="pre" { (card.bio) } }
            @if !card.tags.is_empty() {
                div class="row -wrap" { @for (_, name) in &card.tags { (tag(name, Tone::Plain)) } }
            }
        }
        @if !card.shared.is_empty() {
            section class="card -flush" {
                @for (group, name) in &card.shared {
                    (cell(name).note(here.pick(["你们都在", "你們都在", "You are both in it"]))
                        .to(&format!("{}/groups/{group}", here.base())))
                }
            }
        }
        (report_form(house, here, &format!("{}/members/{id}/report", here.base())))
    })
}

/// Reporting, folded away; `action` is where it is posted.
pub fn report_form(house: &House, here: &Here, action: &str) -> Markup {
    let id: Id<id::Report> = house.app.mint(here.now);
    let reasons: Vec<Choice> = ReportReason::ALL
        .iter()
        .map(|r| Choice::new(r.code(), report_reason(here.lang, *r), *r == ReportReason::Spam))
        .collect();
    let title = here.pick(["举报", "檢舉", "Report"]);
    html! {
        section class="card" {
            details class="rules" {
                summary { (title) }
                form class="stack" method="post" action=(action) {
                    input type="hidden" name="id" value=(id);
                    (select(Around::new("reason", here.pick(["原因", "原因", "Why"])), None, &reasons))
                    (field::textarea("words", here.pick(["补充说明（可不填）", "補充說明（可不填）",
                        "More about it (optional)"]), "").most(500))
                    (button(title).danger().submit())
                }
            }
        }
    }
}

/// After a report: what happens next.
pub fn thanks(here: &Here, back: &str) -> Markup {
    let title = here.pick(["收到了", "收到了", "Thank you"]);
    let page = Page {
        title: title.to_string(),
        top: Top::Bar {
            title: title.to_string(),
            sub: None,
            back: Some(back.to_string()),
            end: None,
        },
        head: crate::ui::Head { private: true, ..Default::default() },
        ..here.page()
    };
    page.render(html! {
        (banner(here.pick([
            "举报收到了，管理成员会尽快看。对方不会知道是谁举报的。",
            "檢舉收到了，管理成員會盡快看。對方不會知道是誰檢舉的。",
            "Your report is in the queue. The other person is not told who reported.",
        ]), Tone::Green))
        (button(here.pick(["返回", "返回", "Back"])).block().to(back))
    })
}

pub async fn report(
    State(house): State<House>,
    here: Here,
    Path((_, member)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Sorry> {
    let who = here.member()?;
    let (id, card) = card(&house, &here, &member).await?;
    let cmd = Report {
        community: here.place.id,
        member: who.member,
        id: form.must_id("id")?,
        kind: Reported::Member,
        subject: id.raw(),
        reason: ReportReason::of(form.get("reason")).ok_or(Sorry::Malformed)?,
        words: form.get("words").to_string(),
    };
    match house.app.report(here.now, cmd).await {
        Ok(()) => Ok(thanks(&here, &here.base()).into_response()),
        Err(Stop::Fault(fault)) => Err(fault.into()),
        Err(Stop::Refused(r)) => {
            let page = shown(&house, &here, (id, &card), None, Some(said(r, here.lang)));
            let code = if r.code() == "too_many_reports" { "too_often" } else { r.code() };
            Ok(again(code, page))
        }
    }
}
