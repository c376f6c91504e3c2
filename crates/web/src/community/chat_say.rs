//! Saying something, and how far one has read.
use super::chat::{self, Draft, Room, WAITS, answered};
use super::cookies::see;
use super::lines::{self, Scene};
use super::sign_in::again;
use crate::House;
use crate::form::Form;
use crate::reply::{Sorry, said};
use crate::ui::{Fragment, Icon, Tone, fragment, icon_s};
use crate::who::Here;
use app::Stop;
use app::community::post_message::{PostMessage, Posted};
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::html;
use rules::base::{Id, id};
use rules::community::message::LineState;

/// A reply that changes the page in place.
pub fn fragment_reply(status: u16, out: Fragment) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    let html = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
    let mut response = (status, html, out.into_string()).into_response();
    response.headers_mut().insert(fragment::HEADER, HeaderValue::from_static("1"));
    response
}

pub async fn say(
    State(house): State<House>,
    here: Here,
    Path((_, group)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Sorry> {
    let room = Room::of(&house, &here, &group).await?;
    if !room.reads() {
        return Ok(see(&room.url(&here)));
    }
    let id: Id<id::Message> = form.must_id("id")?;
    let reply_to = form.id("reply");
    let cmd = PostMessage {
        community: here.place.id,
        member: room.who.member,
        group: room.id,
        id,
        text: form.raw("text").to_string(),
        product: form.id("product"),
        reply_to,
    };
    match house.app.post_message(here.now, cmd).await {
        Ok(posted) if here.fragment => kept(&house, &here, &room, id, posted).await,
        Ok(posted) => {
            let waits =
                if posted.state == LineState::Waiting { "?newest=1&waits=1" } else { "?newest=1" };
            Ok(see(&format!("{}/chat{waits}", room.url(&here))))
        }
        Err(Stop::Fault(fault)) => Err(fault.into()),
        Err(Stop::Refused(r)) => {
            let (sentence, code) = (said(r, here.lang), code_of(r.code()));
            if here.fragment {
                let status = crate::reply::status_of(code);
                return Ok(fragment_reply(status, complaint(sentence)));
            }
            let reply = match reply_to {
                Some(id) => answered(&house, &here, room.id, id).await?,
                None => None,
            };
            let draft = Draft { text: form.raw("text"), error: Some(sentence), waits: false };
            let page = chat::refused(&house, &here, &room, reply.as_ref(), &draft).await?;
            Ok(again(code, page))
        }
    }
}

fn code_of(code: &'static str) -> &'static str {
    match code {
        "too_fast" => "too_often",
        "too_long" => "line_too_long",
        other => other,
    }
}

/// The sentence above what was typed; the text stays where it is.
fn complaint(sentence: &str) -> Fragment {
    let line = html! {
        p class="field-error" id="say-it-e" { (icon_s(Icon::Warn)) (sentence) }
    };
    fragment()
        .remove("#say-it-e")
        .prepend("#composer", "say-it-e", line)
        .attr("#say-it", &[("aria-invalid", Some("true")), ("aria-describedby", Some("say-it-e"))])
}

/// The line at the end of the log, the same as the broadcast brings it, and an empty composer
/// with the next id.
async fn kept(
    house: &House,
    here: &Here,
    room: &Room,
    id: Id<id::Message>,
    posted: Posted,
) -> Result<Response, Sorry> {
    let found = house.app.one_line(here.place.id, id).await?;
    let (_, line) = found.ok_or(Sorry::NotFound)?;
    let next: Id<id::Message> = house.app.mint(here.now);
    let key = format!("m{id}");
    let mut out = fragment();
    if posted.state == LineState::Shown {
        let one = std::slice::from_ref(&line);
        let leaders = &room.page.leaders;
        let scene = Scene::of(&house.app, &here.place, room.id, one, leaders).await?;
        out = out.append("#log", &key, lines::line(here.lang, &scene, &line));
    } else {
        out = out
            .append("#log", &format!("w{id}"), chat::waits(here, room, &line))
            .toast(here.pick(WAITS), Tone::Plain);
    }
    let out = out
        .remove("#say-it-e")
        .remove("#composer .composer-reply")
        .attr("#say-it", &[("aria-invalid", None), ("aria-describedby", None)])
        .inner("#say-it", html! {})
        .reset("#composer", Some(&next.to_string()));
    Ok(fragment_reply(200, out))
}

pub async fn read(
    State(house): State<House>,
    here: Here,
    Path((_, group)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Sorry> {
    let room = Room::of(&house, &here, &group).await?;
    // nobody reads further than the group goes
    let newest = house.app.newest_change(here.place.id, room.id).await?;
    let seq = form.int("seq").unwrap_or(0).clamp(0, newest);
    if room.page.role.is_some() {
        house.app.set_read(here.now, here.place.id, room.who.member, room.id, seq).await?;
    }
    if here.fragment {
        return Ok(fragment_reply(200, fragment()));
    }
    Ok(see(&format!("{}/chat?newest=1", room.url(&here))))
}
