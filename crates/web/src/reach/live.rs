//! The badge of the inbox, live on every page that has one: the number as it is, again and again.
use crate::House;
use crate::form::Form;
use crate::reply::Sorry;
use crate::ui::fragment::HEADER;
use crate::ui::tabs::{UNREAD, unread_badge};
use crate::ui::{Fragment, fragment};
use crate::who::Here;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use futures_util::{StreamExt, stream};
use std::convert::Infallible;
use std::time::Duration;
use tokio::sync::watch;

const HEARTBEAT: Duration = Duration::from_secs(15);

/// The badge in place, under the number as its cursor.
fn drawn(n: u32) -> Fragment {
    fragment().inner(&format!("#{UNREAD}"), unread_badge(n))
}
fn event(n: u32) -> Bytes {
    let text = drawn(n).into_string();
    let mut out = format!("id: {n}\n");
    for line in text.lines() {
        out.push_str(&format!("data: {line}\n"));
    }
    out.push('\n');
    Bytes::from(out)
}

/// One open page of one member.
struct Reading {
    house: House,
    here: Here,
    news: watch::Receiver<u64>,
    /// What the page shows.
    shown: Option<u32>,
}

impl Reading {
    /// The next thing to send; `None` ends the stream.
    async fn next(mut self) -> Option<(Bytes, Reading)> {
        loop {
            let n = super::unread(&self.house, &self.here).await;
            if self.shown != Some(n) {
                self.shown = Some(n);
                return Some((event(n), self));
            }
            match tokio::time::timeout(HEARTBEAT, self.news.changed()).await {
                Ok(Ok(())) => {}
                Ok(Err(_)) => return None,
                Err(_) if self.still_here().await => {
                    return Some((Bytes::from_static(b": here\n\n"), self));
                }
                Err(_) => return None,
            }
        }
    }
    /// Still signed in and a member.
    async fn still_here(&self) -> bool {
        let (slug, token) = (Some(self.here.place.slug.clone()), self.here.token.clone());
        let asking = self.house.app.asking(self.house.now(), slug, token).await;
        asking.map_or(true, |asking| asking.who.is_some())
    }
}

/// `GET /c/{community}/inbox/live?after=` — or, with `poll=1`, the number once.
pub async fn stream(
    State(house): State<House>,
    here: Here,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, Sorry> {
    let who = here.member()?;
    if form.has("poll") {
        let n = super::unread(&house, &here).await;
        let text = drawn(n).into_string();
        let mut reply =
            ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], text).into_response();
        reply.headers_mut().insert(HEADER, HeaderValue::from_static("1"));
        reply.headers_mut().insert("x-last", HeaderValue::from(n));
        return Ok(reply);
    }
    // beside the seats of chats: a badge must not keep anybody from talking
    let token = format!("inbox {}", here.token.clone().unwrap_or_default());
    let seat = house.live.seat(&token);
    let seat = seat.ok_or(Sorry::Refused { code: "too_often", says: crate::live::TOO_MANY })?;
    let resume = headers.get("last-event-id").and_then(|v| v.to_str().ok()?.parse().ok());
    let shown = resume.or(form.get("after").parse().ok());
    // listen first, count second: nothing falls between
    let news = house.live.watch_inbox((here.place.id.raw(), who.account.raw()));
    let closing = house.live.closing();
    let reading = Reading { house, here, news, shown };
    let hello = stream::iter([Bytes::from_static(b"retry: 1500\n\n")]);
    let body = hello
        .chain(stream::unfold(reading, Reading::next).boxed())
        .take_until(Box::pin(closing))
        .map(move |part| {
            let _held = &seat;
            Ok::<_, Infallible>(part)
        });
    let headers =
        [(header::CONTENT_TYPE, "text/event-stream"), (header::CACHE_CONTROL, "no-cache")];
    let mut response = (headers, Body::from_stream(body)).into_response();
    response.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
    Ok(response)
}
