//! One line and what can be done with it: answer, react, edit, take back, decide, report.
use super::chat::Room;
use super::chat_say::fragment_reply;
use super::cookies::see;
use super::lines::{self, Scene, face};
use super::member::report_form;
use super::sign_in::again;
use crate::House;
use crate::form::Form;
use crate::reply::{Sorry, said, status_of};
use crate::ui::field;
use crate::ui::{Page, Tone, Top, banner, button, card_head, fragment};
use crate::who::Here;
use app::Stop;
use app::community::approve_waiting::ApproveWaiting;
use app::community::delete_message::DeleteMessage;
use app::community::edit_message::EditMessage;
use app::community::react::React;
use app::community::report::Report;
use app::community::views_chat::Line;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use rules::base::{Id, id};
use rules::community::group::Deed;
use rules::community::message::{Emoji, LineState, editable};
use rules::community::moderation::{ReportReason, Reported};

type Where = Path<(String, String, String)>;

/// The line in its group, for somebody who may read it.
async fn found(
    house: &House,
    here: &Here,
    (group, line): (&str, &str),
) -> Result<(Room, Line), Sorry> {
    let room = Room::of(house, here, group).await?;
    if !room.reads() {
        return Err(Sorry::NotFound);
    }
    let id: Id<id::Message> = Id::parse(line).ok_or(Sorry::NotFound)?;
    let found = house.app.one_line(here.place.id, id).await?;
    let (_, line) = found.filter(|(of, _)| *of == room.id).ok_or(Sorry::NotFound)?;
    let own = line.member == Some(room.who.member);
    let seen = match line.state {
        LineState::Shown | LineState::Removed | LineState::Hidden => true,
        LineState::Waiting => own || room.may(Deed::Tend),
        LineState::Declined => false,
    };
    if seen { Ok((room, line)) } else { Err(Sorry::NotFound) }
}

pub async fn page(
    State(house): State<House>,
    here: Here,
    Path((_, group, line)): Where,
) -> Result<Markup, Sorry> {
    let (room, line) = found(&house, &here, (&group, &line)).await?;
    shown(&house, &here, &room, &line, None).await
}

async fn shown(
    house: &House,
    here: &Here,
    room: &Room,
    line: &Line,
    wrong: Option<(&str, &str)>,
) -> Result<Markup, Sorry> {
    let one = std::slice::from_ref(line);
    let scene = Scene::of(&house.app, &here.place, room.id, one, &room.page.leaders).await?;
    let (url, chat) =
        (format!("{}/lines/{}", room.url(here), line.id), format!("{}/chat", room.url(here)));
    let title = here.pick(["这句话", "這句話", "This line"]);
    let page = Page {
        title: title.to_string(),
        top: Top::Bar {
            title: title.to_string(),
            sub: Some(room.page.card.name.clone()),
            back: Some(chat.clone()),
            end: None,
        },
        head: crate::ui::Head { private: true, ..Default::default() },
        ..here.page()
    };
    let own = line.member == Some(room.who.member);
    let there = line.state == LineState::Shown;
    Ok(page.render(html! {
        @if let Some((sentence, _)) = wrong { (banner(sentence, Tone::Danger)) }
        ul class="stack" { (lines::line(here.lang, &scene, line)) }
        @if there { (answers(here, line, &url, &chat)) }
        @let written = line.kind.written() && editable(line.at, here.now);
        @if own && written && (there || line.state == LineState::Waiting) {
            (edits(here, line, &url, wrong.map(|(_, typed)| typed)))
        }
        @if (own || room.may(Deed::Tend)) && (there || line.state == LineState::Waiting) {
            (takes_down(here, own, &url))
        }
        @if there && !own { (report_form(house, here, &format!("{url}/report"))) }
    }))
}

fn answers(here: &Here, line: &Line, url: &str, chat: &str) -> Markup {
    html! {
        section class="card stack" {
            form class="chips" method="post" action={ (url) "/react" } {
                @for e in Emoji::ALL {
                    button class="chip" type="submit" name="emoji" value=(e.code())
                        aria-label=(face_name(here, *e)) { (face(*e)) }
                }
            }
            (button(here.pick(["回复这句", "回覆這句", "Reply"])).block()
                .to(&format!("{chat}?newest=1&reply={}#say-it", line.id)))
        }
    }
}

fn face_name(here: &Here, e: Emoji) -> &'static str {
    here.pick(match e {
        Emoji::Like => ["赞", "讚", "Like"],
        Emoji::Heart => ["喜欢", "喜歡", "Love"],
        Emoji::Laugh => ["好笑", "好笑", "Funny"],
        Emoji::Wow => ["惊讶", "驚訝", "Wow"],
        Emoji::Sad => ["难过", "難過", "Sad"],
        Emoji::Clap => ["鼓掌", "鼓掌", "Applause"],
        Emoji::Thanks => ["谢谢", "謝謝", "Thanks"],
        Emoji::Flower => ["送花", "送花", "Flower"],
    })
}

fn edits(here: &Here, line: &Line, url: &str, typed: Option<&str>) -> Markup {
    html! {
        section class="card" {
            (card_head(here.pick(["改一改", "改一改", "Edit"])))
            form class="stack" method="post" action={ (url) "/edit" } {
                (field::textarea("text", here.pick(["内容", "內容", "Text"]),
                        typed.unwrap_or(&line.body))
                    .most(2000).required()
                    .hint(here.pick(["发出 5 分钟内可以改", "傳出 5 分鐘內可以改",
                        "Possible for five minutes after sending"])))
                (button(here.pick(["保存", "儲存", "Save"])).primary().submit())
            }
        }
    }
}

fn takes_down(here: &Here, own: bool, url: &str) -> Markup {
    let word = if own {
        here.pick(["收回这句", "收回這句", "Take it back"])
    } else {
        here.pick(["收起这句", "收起這句", "Take it down"])
    };
    html! {
        section class="card" {
            form class="stack" method="post" action={ (url) "/delete" } {
                @if !own {
                    (field::text("reason", here.pick(["原因", "原因", "Reason"]), "").most(200))
                }
                (button(word).danger().submit())
            }
        }
    }
}

/// Back to the chat, or the line page with the sentence.
async fn ended<R: crate::words::Say>(
    house: &House,
    here: &Here,
    room: &Room,
    line: &Line,
    (out, typed): (Result<(), Stop<R>>, &str),
) -> Result<Response, Sorry> {
    match out {
        Ok(()) => Ok(see(&format!("{}/chat?newest=1", room.url(here)))),
        Err(Stop::Fault(fault)) => Err(fault.into()),
        Err(Stop::Refused(r)) => {
            let wrong = Some((said(r, here.lang), typed));
            Ok(again(r.code(), shown(house, here, room, line, wrong).await?))
        }
    }
}

pub async fn edit(
    State(house): State<House>,
    here: Here,
    Path((_, group, line)): Where,
    form: Form,
) -> Result<Response, Sorry> {
    let (room, line) = found(&house, &here, (&group, &line)).await?;
    let cmd = EditMessage {
        community: here.place.id,
        member: room.who.member,
        message: line.id,
        text: form.raw("text").to_string(),
    };
    let out = house.app.edit_message(here.now, cmd).await;
    ended(&house, &here, &room, &line, (out, form.raw("text"))).await
}

pub async fn delete(
    State(house): State<House>,
    here: Here,
    Path((_, group, line)): Where,
    form: Form,
) -> Result<Response, Sorry> {
    let (room, line) = found(&house, &here, (&group, &line)).await?;
    let cmd = DeleteMessage {
        community: here.place.id,
        by: room.who.member,
        message: line.id,
        reason: form.get("reason").to_string(),
    };
    let out = house.app.delete_message(here.now, cmd).await;
    ended(&house, &here, &room, &line, (out, &line.body)).await
}

pub async fn decide(
    State(house): State<House>,
    here: Here,
    Path((_, group, line)): Where,
    form: Form,
) -> Result<Response, Sorry> {
    let (room, line) = found(&house, &here, (&group, &line)).await?;
    let (by, show) = (room.who.member, form.get("show") == "yes");
    let cmd = ApproveWaiting { community: here.place.id, by, message: line.id, show };
    let out = house.app.approve_waiting(here.now, cmd).await;
    ended(&house, &here, &room, &line, (out, &line.body)).await
}

pub async fn react(
    State(house): State<House>,
    here: Here,
    Path((_, group, line)): Where,
    form: Form,
) -> Result<Response, Sorry> {
    let (room, line) = found(&house, &here, (&group, &line)).await?;
    let sent = form.get("emoji");
    let emoji = Emoji::ALL.iter().copied().find(|e| e.code() == sent || face(*e) == sent);
    let cmd = React {
        community: here.place.id,
        member: room.who.member,
        message: line.id,
        emoji: emoji.ok_or(Sorry::Malformed)?,
    };
    let out = house.app.react(here.now, cmd).await;
    if !here.fragment {
        return ended(&house, &here, &room, &line, (out.map(drop), &line.body)).await;
    }
    match out {
        Ok(_) => {
            let (room, line) = found(&house, &here, (&group, &line.id.to_string())).await?;
            let (one, leaders) = (std::slice::from_ref(&line), &room.page.leaders);
            let scene = Scene::of(&house.app, &here.place, room.id, one, leaders).await?;
            let drawn = lines::line(here.lang, &scene, &line);
            Ok(fragment_reply(200, fragment().replace(&format!("#m{}", line.id), drawn)))
        }
        Err(Stop::Fault(fault)) => Err(fault.into()),
        Err(Stop::Refused(r)) => {
            let toast = fragment().toast(said(r, here.lang), Tone::Danger);
            Ok(fragment_reply(status_of(r.code()), toast))
        }
    }
}

pub async fn report(
    State(house): State<House>,
    here: Here,
    Path((_, group, line)): Where,
    form: Form,
) -> Result<Response, Sorry> {
    let (room, line) = found(&house, &here, (&group, &line)).await?;
    let cmd = Report {
        community: here.place.id,
        member: room.who.member,
        id: form.must_id("id")?,
        kind: Reported::Message,
        subject: line.id.raw(),
        reason: ReportReason::of(form.get("reason")).ok_or(Sorry::Malformed)?,
        words: form.get("words").to_string(),
    };
    match house.app.report(here.now, cmd).await {
        Ok(()) => {
            Ok(super::member::thanks(&here, &format!("{}/chat", room.url(&here))).into_response())
        }
        other => ended(&house, &here, &room, &line, (other, &line.body)).await,
    }
}
