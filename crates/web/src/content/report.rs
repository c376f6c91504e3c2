//! Telling the staff that something should not be here: a post, a comment, a review.
use super::{again, frame, post, shown};
use crate::House;
use crate::form::Form;
use crate::reply::{Sorry, status_of};
use crate::ui::{self, Around, Choice, Head, Page, Place, Top, field};
use crate::who::Here;
use crate::words::Say;
use crate::words::deeds::report_reason;
use app::Stop;
use app::community::report::Report;
use axum::extract::{Path, State};
use axum::response::Response;
use maud::{Markup, html};
use rules::base::{Id, id};
use rules::community::moderation::{ReportReason, Reported};

type Which = Path<(String, String)>;

/// What is reported, and where its form goes.
pub struct Target {
    pub kind: Reported,
    pub subject: i64,
    /// Where the form posts.
    pub action: String,
    /// The page to return to.
    pub to: String,
}

async fn target(house: &House, here: &Here, which: &str, form: &Form) -> Result<Target, Sorry> {
    here.member()?;
    let found = post::find(house, here, which, None).await?;
    let to = format!("{}/posts/{}", here.base(), found.post.id);
    let comment: Option<Id<id::Comment>> = form.id("comment");
    let (kind, subject) = match comment {
        Some(id) => (Reported::Comment, id.raw()),
        None => (Reported::Post, found.post.id.raw()),
    };
    let query = comment.map_or(String::new(), |id| format!("?comment={id}"));
    Ok(Target { kind, subject, action: format!("{to}/report{query}"), to })
}

pub async fn page(
    State(house): State<House>,
    here: Here,
    Path((_, which)): Which,
    form: Form,
) -> Result<Response, Sorry> {
    let target = target(&house, &here, &which, &form).await?;
    Ok(shown(ask(&house, &here, &target, &form, None).await))
}

pub async fn send(
    State(house): State<House>,
    here: Here,
    Path((_, which)): Which,
    uri: axum::http::Uri,
    form: Form,
) -> Result<Response, Sorry> {
    let query = Form::parse(uri.query().unwrap_or("").as_bytes());
    let target = target(&house, &here, &which, &query).await?;
    sent(&house, &here, &target, &form).await
}

/// Carries a report out and thanks for it.
pub async fn sent(
    house: &House,
    here: &Here,
    target: &Target,
    form: &Form,
) -> Result<Response, Sorry> {
    let who = here.member()?;
    let Some(reason) = ReportReason::of(form.get("reason")) else {
        let choose = here.pick(["请选一个原因", "請選一個原因", "Choose a reason."]);
        return Ok(again(422, ask(house, here, target, form, Some(choose)).await));
    };
    let cmd = Report {
        community: here.place.id,
        member: who.member,
        id: form.must_id("id")?,
        kind: target.kind,
        subject: target.subject,
        reason,
        words: form.raw("words").to_string(),
    };
    match house.app.report(here.now, cmd).await {
        Ok(()) => Ok(shown(thanks(house, here, target).await)),
        Err(Stop::Fault(fault)) => Err(fault.into()),
        Err(Stop::Refused(no)) => {
            let page = ask(house, here, target, form, Some(here.pick(no.says()))).await;
            Ok(again(status_of(no.code()), page))
        }
    }
}

async fn frame_of(house: &House, here: &Here, target: &Target) -> Page {
    let title = here.pick(["举报", "檢舉", "Report"]);
    let back = Some(target.to.clone());
    Page {
        title: title.into(),
        top: Top::Bar { title: title.into(), sub: None, back, end: None },
        head: Head { private: true, ..Head::default() },
        ..frame(house, here, Place::Community).await
    }
}

pub async fn ask(
    house: &House,
    here: &Here,
    target: &Target,
    form: &Form,
    error: Option<&str>,
) -> Markup {
    let chosen = ReportReason::of(form.get("reason"));
    let choices: Vec<Choice> = ReportReason::ALL
        .iter()
        .map(|r| Choice::new(r.code(), report_reason(here.lang, *r), chosen == Some(*r)))
        .collect();
    let (why, more) = (
        here.pick(["哪里不对", "哪裡不對", "What is wrong"]),
        here.pick(["补充说明（选填）", "補充說明（選填）", "More words (optional)"]),
    );
    let mint: Id<id::Report> = form.id("id").unwrap_or_else(|| house.app.mint(here.now));
    frame_of(house, here, target).await.render(html! {
        form class="card" method="post" action=(target.action) {
            input type="hidden" name="id" value=(mint);
            (ui::choice_chips(Around::new("reason", why).error(error), &choices, false))
            (field::textarea("words", more, form.raw("words")).most(500))
            p class="note" {
                (here.pick([
                    "只有管理成员看得到是谁举报的",
                    "只有管理成員看得到是誰檢舉的",
                    "Only the staff see who reported it.",
                ]))
            }
            (ui::button(here.pick(["提交", "送出", "Send"])).primary().block().submit())
        }
    })
}

async fn thanks(house: &House, here: &Here, target: &Target) -> Markup {
    let on = here.pick(["返回", "返回", "Back"]);
    frame_of(house, here, target).await.render(ui::empty_state(
        here.pick(["收到了，谢谢", "收到了，謝謝", "Thank you"]),
        here.pick([
            "管理成员会来看，结果会发到你的消息里",
            "管理成員會來看，結果會發到你的消息裡",
            "The staff will look at it; you will find the outcome in your inbox.",
        ]),
        Some(ui::button(on).to(&target.to)),
    ))
}
