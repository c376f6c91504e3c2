//! A small part of a page drawn anew whenever its topic wakes: the badge of an inbox, the seats
//! of a group buy. What is drawn has a mark; the same mark is not sent twice.
use super::TOO_MANY;
use crate::House;
use crate::form::Form;
use crate::reply::Sorry;
use crate::ui::Fragment;
use crate::ui::fragment::HEADER;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use futures_util::{StreamExt, stream};
use std::convert::Infallible;
use std::time::Duration;
use tokio::sync::watch;

const HEARTBEAT: Duration = Duration::from_secs(15);

/// What is to be seen now, under a mark of digits that changes with it.
pub struct Drawn {
    pub mark: i64,
    pub text: Fragment,
}

fn event(d: Drawn) -> Bytes {
    let mut out = format!("id: {}\n", d.mark);
    for line in d.text.into_string().lines() {
        out.push_str(&format!("data: {line}\n"));
    }
    out.push('\n');
    Bytes::from(out)
}

fn polled(d: Drawn) -> Response {
    let text = d.text.into_string();
    let mut reply = ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], text).into_response();
    reply.headers_mut().insert(HEADER, HeaderValue::from_static("1"));
    reply.headers_mut().insert("x-last", HeaderValue::from(d.mark));
    reply
}

/// One open page. `draw` says none when its reader may not look any more.
struct Reading<D> {
    draw: D,
    news: watch::Receiver<u64>,
    /// The mark of what the page shows.
    shown: Option<i64>,
}

impl<F: Future<Output = Option<Drawn>> + Send, D: Fn() -> F + Send> Reading<D> {
    /// The next thing to send; `None` ends the stream.
    async fn next(mut self) -> Option<(Bytes, Reading<D>)> {
        let mut quiet = false;
        loop {
            let drawn = (self.draw)().await?;
            if self.shown != Some(drawn.mark) {
                self.shown = Some(drawn.mark);
                return Some((event(drawn), self));
            }
            if quiet {
                return Some((Bytes::from_static(b": here\n\n"), self));
            }
            match tokio::time::timeout(HEARTBEAT, self.news.changed()).await {
                Ok(Ok(())) => {}
                Ok(Err(_)) => return None,
                Err(_) => quiet = true,
            }
        }
    }
}

/// Answers `GET …/live?after=` — or, with `poll=1`, once. `session` counts open streams.
pub async fn watched<F, D>(
    house: &House,
    (topic, session): ((i64, i64), &str),
    (headers, form): (&HeaderMap, &Form),
    draw: D,
) -> Result<Response, Sorry>
where
    F: Future<Output = Option<Drawn>> + Send + 'static,
    D: Fn() -> F + Send + 'static,
{
    if form.has("poll") {
        return draw().await.map(polled).ok_or(Sorry::NotFound);
    }
    let seat = house.live.seat(session);
    let seat = seat.ok_or(Sorry::Refused { code: "too_often", says: TOO_MANY })?;
    let resume = headers.get("last-event-id").and_then(|v| v.to_str().ok()?.parse().ok());
    let shown = resume.or(form.int("after"));
    // listen first, look second: nothing falls between
    let news = house.live.watch_topic(topic);
    let closing = house.live.closing();
    let reading = Reading { draw, news, shown };
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
