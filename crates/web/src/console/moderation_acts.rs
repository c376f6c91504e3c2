//! What the forms of the moderation page do.
use super::frame::{self, No, at, no, see, unfit};
use super::moderation;
use crate::House;
use crate::form::Form;
use crate::reply::Sorry;
use crate::who::Here;
use crate::words::Say;
use app::Stop;
use app::community::approve_waiting::ApproveWaiting;
use app::community::decide_application::DecideApplication;
use app::community::decide_report::DecideReport;
use app::community::mute_member::MuteMember;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use rules::base::{Id, id};

type Of = Path<(String, String)>;
type Answer = Result<Response, Sorry>;

async fn after<T, R: Say>(
    house: &House,
    here: &Here,
    form: &Form,
    which: &str,
    (did, done): (Result<T, Stop<R>>, &str),
) -> Answer {
    match did {
        Ok(_) => Ok(see(&at(here, &format!("/moderation?done={done}")))),
        Err(stop) => {
            let no = no(here, stop)?;
            again(house, here, form, which, no).await
        }
    }
}

async fn again(house: &House, here: &Here, form: &Form, which: &str, no: No) -> Answer {
    let page = moderation::shown(house, here, form, which, Some(no)).await?;
    Ok((no.status, page).into_response())
}

/// Hide it or keep it; and, when chosen, mute who wrote it: first, because it may be refused.
pub async fn report(
    State(house): State<House>,
    here: Here,
    Path((_, report)): Of,
    form: Form,
) -> Answer {
    let who = frame::allowed(&here, frame::ORDERLY)?;
    let id: Id<id::Report> = Id::parse(&report).ok_or(Sorry::NotFound)?;
    let uphold = form.get("do") == "hide";
    let note = form.get("note").to_string();
    if let Some(days) = form.int("mute").filter(|_| uphold) {
        let cases = moderation::mine(&house, who).await?;
        let case = cases.iter().find(|x| x.id == id);
        let author = case.and_then(|x| x.what.as_ref()?.author.as_ref()).map(|a| a.0);
        if note.is_empty() {
            let says =
                ["禁言要写明原因", "禁言要寫明原因", "Give a reason when you mute somebody."];
            return again(&house, &here, &form, &report, unfit(&here, says)).await;
        }
        if let Some(member) = author {
            let until = Some(here.now.plus_days(days.clamp(0, 10_000)));
            let (community, by, reason) = (who.community, who.member, note.clone());
            let cmd = MuteMember { community, by, member, until, reason };
            if let Err(stop) = house.app.mute_member(here.now, cmd).await {
                let no = no(&here, stop)?;
                return again(&house, &here, &form, &report, no).await;
            }
        }
    }
    let cmd = DecideReport { community: who.community, by: who.member, report: id, uphold, note };
    let did = house.app.decide_report(here.now, cmd).await;
    let done = if uphold { "upheld" } else { "dismissed" };
    after(&house, &here, &form, &report, (did, done)).await
}

pub async fn line(
    State(house): State<House>,
    here: Here,
    Path((_, line)): Of,
    form: Form,
) -> Answer {
    let who = frame::allowed(&here, frame::PEOPLE)?;
    let show = form.get("do") == "show";
    let cmd = ApproveWaiting {
        community: who.community,
        by: who.member,
        message: Id::parse(&line).ok_or(Sorry::NotFound)?,
        show,
    };
    let did = house.app.approve_waiting(here.now, cmd).await;
    after(&house, &here, &form, &line, (did, if show { "shown" } else { "declined" })).await
}

pub async fn application(
    State(house): State<House>,
    here: Here,
    Path((_, application)): Of,
    form: Form,
) -> Answer {
    let who = frame::allowed(&here, frame::PEOPLE)?;
    let admit = form.get("do") == "admit";
    let cmd = DecideApplication {
        community: who.community,
        by: who.member,
        application: Id::parse(&application).ok_or(Sorry::NotFound)?,
        admit,
        reason: form.get("reason").to_string(),
    };
    let did = house.app.decide_application(here.now, cmd).await;
    let done = if admit { "admitted" } else { "not_admitted" };
    after(&house, &here, &form, &application, (did, done)).await
}
