//! Streams of a group's chat, for pages and for programs.
use super::batch::{Batch, Sent, Tongue, missed};
use super::{Seat, TOO_MANY};
use crate::House;
use crate::community::chat::Room as Group;
use crate::form::Form;
use crate::reply::Sorry;
use crate::ui::fragment::HEADER;
use crate::who::Here;
use app::community::who::Place;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use futures_util::{StreamExt, stream};
use rules::base::{Id, Lang, id};
use std::convert::Infallible;
use std::time::Duration;
use tokio::sync::broadcast;
use tokio_stream::wrappers::errors::BroadcastStreamRecvError;
use tokio_stream::wrappers::{BroadcastStream, IntervalStream};

const HEARTBEAT: Duration = Duration::from_secs(15);

/// `GET /c/{community}/groups/{group}/live?after=` — or, with `poll=1`, the same once.
pub async fn stream(
    State(house): State<House>,
    here: Here,
    Path((_, group)): Path<(String, String)>,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, Sorry> {
    let room = Group::of(&house, &here, &group).await?;
    if !room.reads() {
        return Err(Sorry::NotFound);
    }
    let (place, group) = (&here.place, room.id);
    let newest = house.app.newest_change(place.id, group).await?;
    let resume = headers.get("last-event-id").and_then(|v| v.to_str().ok()?.parse().ok());
    let after: i64 = resume.or(form.int("after")).unwrap_or(newest);
    if form.has("poll") {
        let batches = missed(&house.app, place, group, after).await?;
        return Ok(polled(here.lang, &batches, after));
    }
    let token = here.token.clone().unwrap_or_default();
    let opened = open(&house, place, group, (after, newest), (&token, Tongue::Page(here.lang)));
    let opened = opened.await?;
    let asked = (house.clone(), here);
    let stays = move || {
        let (house, here) = asked.clone();
        async move { still_reads(&house, &here, group).await }
    };
    Ok(streamed(&house, opened, stays))
}

/// The same for a program, which has asked whether it may. `again` asks once more.
pub async fn events<F: Future<Output = bool> + Send + 'static>(
    house: &House,
    (place, group): (&Place, Id<id::Group>),
    (token, after): (&str, Option<i64>),
    again: impl Fn() -> F + Send + 'static,
) -> Result<Response, Sorry> {
    let newest = house.app.newest_change(place.id, group).await?;
    let places = (after.unwrap_or(newest), newest);
    let opened = open(house, place, group, places, (token, Tongue::Json)).await?;
    Ok(streamed(house, opened, again))
}

/// A stream about to begin: what was missed, and what comes.
struct Opened {
    changes: broadcast::Receiver<Sent>,
    first: Vec<Bytes>,
    upto: i64,
    tongue: Tongue,
    seat: Seat,
}

async fn open(
    house: &House,
    place: &Place,
    group: Id<id::Group>,
    (after, newest): (i64, i64),
    (token, tongue): (&str, Tongue),
) -> Result<Opened, Sorry> {
    let seat = house.live.seat(token);
    let seat = seat.ok_or(Sorry::Refused { code: "too_often", says: TOO_MANY })?;
    // subscribe first, read the table second: nothing falls between
    let changes = house.live.join((place.id.raw(), group.raw()), place, newest);
    let batches = missed(&house.app, place, group, after).await?;
    let first = batches.iter().map(|b| b.in_tongue(tongue)).collect();
    let upto = batches.last().map_or(after, |b| b.cursor);
    Ok(Opened { changes, first, upto, tongue, seat })
}

fn polled(lang: Lang, batches: &[Batch], after: i64) -> Response {
    let last = batches.last().map_or(after, |b| b.cursor);
    let text: String = batches.iter().map(|b| b.text(lang)).collect();
    let mut response = ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], text).into_response();
    response.headers_mut().insert(HEADER, HeaderValue::from_static("1"));
    response.headers_mut().insert("x-last", HeaderValue::from(last));
    response
}

/// Still signed in, still a member, still allowed to read the group.
async fn still_reads(house: &House, here: &Here, group: Id<id::Group>) -> bool {
    let (slug, token) = (Some(here.place.slug.clone()), here.token.clone());
    let Ok(asking) = house.app.asking(house.now(), slug, token).await else { return true };
    let Some(who) = asking.who else { return false };
    let page = house.app.group_page(here.place.id, group, Some(who.member)).await;
    let Ok(page) = page else { return true };
    page.is_some_and(|page| Group { who, id: group, page }.reads())
}

fn streamed<F: Future<Output = bool> + Send + 'static>(
    house: &House,
    opened: Opened,
    stays: impl Fn() -> F + Send + 'static,
) -> Response {
    let Opened { changes, first, upto, tongue, seat } = opened;
    let hello = stream::iter(std::iter::once(Bytes::from_static(b"retry: 1500\n\n")).chain(first));
    let news = BroadcastStream::new(changes).filter_map(move |change| {
        std::future::ready(match change {
            Ok(s) if s.cursor > upto => Some(Some(match tongue {
                Tongue::Page(lang) => s.by_language[lang as usize].clone(),
                Tongue::Json => s.json.clone(),
            })),
            Ok(_) => None,
            // too slow: the client reads the table again from where it was
            Err(BroadcastStreamRecvError::Lagged(_)) => {
                Some(Some(Bytes::from_static(b"event: resync\ndata: 1\n\n")))
            }
        })
    });
    let beat = tokio::time::interval_at(tokio::time::Instant::now() + HEARTBEAT, HEARTBEAT);
    let beat = IntervalStream::new(beat).then(move |_| {
        let stays = stays();
        async move { stays.await.then(|| Bytes::from_static(b": here\n\n")) }
    });
    let stopped = house.live.closing();
    let going = stream::select(news.boxed(), beat.boxed())
        .take_while(|part| std::future::ready(part.is_some()))
        .filter_map(std::future::ready);
    let body = hello.chain(going).take_until(Box::pin(stopped)).map(move |part| {
        // the seat is given back when the body is dropped
        let _held = &seat;
        Ok::<_, Infallible>(part)
    });
    let headers =
        [(header::CONTENT_TYPE, "text/event-stream"), (header::CACHE_CONTROL, "no-cache")];
    let mut response = (headers, Body::from_stream(body)).into_response();
    response.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
    response
}
