//! Live fan-out: lines of a group are rendered once a language, broadcast as bytes, and resumed
//! from the table by their cursor. Wake hints only say where to look.
use crate::House;
use crate::community::chat;
use crate::form::Form;
use crate::reply::Sorry;
use crate::ui::fragment::HEADER;
use crate::who::Here;
use app::App;
use app::community::views_chat::Line;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use futures_util::{StreamExt, stream};
use rules::base::{Id, Lang, id};
use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::{Mutex, MutexGuard};
use std::time::Duration;
use tokio::sync::{broadcast, watch};
use tokio_stream::wrappers::errors::BroadcastStreamRecvError;
use tokio_stream::wrappers::{BroadcastStream, IntervalStream};

/// A slow reader may fall this many changes behind before it is told to look again.
const QUEUE: usize = 64;
const HEARTBEAT: Duration = Duration::from_secs(15);

/// One change of a group, ready to send.
#[derive(Clone, Debug)]
struct Sent {
    cursor: i64,
    by_language: [Bytes; 3],
}

type Key = (i64, i64);

struct Room {
    cursor: i64,
    out: broadcast::Sender<Sent>,
}

pub struct Live {
    rooms: Mutex<HashMap<Key, Room>>,
    stop: watch::Sender<bool>,
}

impl Default for Live {
    fn default() -> Self {
        Live { rooms: Mutex::default(), stop: watch::channel(false).0 }
    }
}

impl Live {
    /// Streams end, so that a graceful stop can.
    pub fn close(&self) {
        let _ = self.stop.send(true);
    }
    /// One task a process: woken after commits, reads what is new, renders it once, sends it.
    pub async fn run(&self, app: App) {
        let mut wakes = app.database().wakes();
        loop {
            match wakes.recv().await {
                Ok(wake) => self.tell(&app, (wake.community, wake.topic)).await,
                Err(broadcast::error::RecvError::Lagged(_)) => self.tell_all(&app).await,
                Err(broadcast::error::RecvError::Closed) => return,
            }
        }
    }
    fn rooms(&self) -> MutexGuard<'_, HashMap<Key, Room>> {
        self.rooms.lock().unwrap_or_else(|e| e.into_inner())
    }
    /// Hints were lost: look everywhere somebody listens.
    async fn tell_all(&self, app: &App) {
        let keys: Vec<Key> = self.rooms().keys().copied().collect();
        for key in keys {
            self.tell(app, key).await;
        }
    }
    async fn tell(&self, app: &App, key: Key) {
        let Some(after) = self.rooms().get(&key).map(|r| r.cursor) else { return };
        let (c, group) = (Id::of(key.0), Id::of(key.1));
        let Ok(lines) = app.lines_after(c, group, after).await else { return };
        let mut rooms = self.rooms();
        let Some(room) = rooms.get_mut(&key) else { return };
        for line in &lines {
            room.cursor = room.cursor.max(line.changed_seq);
            let _ = room.out.send(sent(line));
        }
        if room.out.receiver_count() == 0 {
            rooms.remove(&key);
        }
    }
    fn join(&self, key: Key, newest: i64) -> broadcast::Receiver<Sent> {
        let fresh = || Room { cursor: newest, out: broadcast::channel(QUEUE).0 };
        self.rooms().entry(key).or_insert_with(fresh).out.subscribe()
    }
}

fn sent(line: &Line) -> Sent {
    let by_language = Lang::ALL.map(|lang| Bytes::from(event(lang, line)));
    Sent { cursor: line.changed_seq, by_language }
}

fn event(lang: Lang, line: &Line) -> String {
    let mut out = format!("id: {}\n", line.changed_seq);
    for part in chat::fragment_of(lang, line).lines() {
        out.push_str("data: ");
        out.push_str(part);
        out.push('\n');
    }
    out.push('\n');
    out
}

/// `GET /c/{community}/groups/{group}/live?after=` — or, with `poll=1`, the same once.
pub async fn stream(
    State(house): State<House>,
    here: Here,
    Path((_, group)): Path<(String, String)>,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, Sorry> {
    let (c, who) = (here.place.id, here.member()?);
    let group: Id<id::Group> = Id::parse(&group).ok_or(Sorry::NotFound)?;
    let page = house.app.group_page(c, group, Some(who.member)).await?.ok_or(Sorry::NotFound)?;
    if page.role.is_none() && !who.rights.any() {
        return Err(Sorry::NotFound);
    }
    let newest = house.app.newest_change(c, group).await?;
    let resume = headers.get("last-event-id").and_then(|v| v.to_str().ok()?.parse().ok());
    let after = resume.or(form.int("after")).unwrap_or(newest);
    if form.has("poll") {
        return polled(&house, &here, group, after).await;
    }
    // subscribe first, read the table second: nothing falls between
    let changes = house.live.join((c.raw(), group.raw()), newest);
    let missed = house.app.lines_after(c, group, after).await?;
    Ok(streamed(&house, here.lang, changes, &missed, after))
}

async fn polled(
    house: &House,
    here: &Here,
    group: Id<id::Group>,
    after: i64,
) -> Result<Response, Sorry> {
    let lines = house.app.lines_after(here.place.id, group, after).await?;
    let last = lines.last().map_or(after, |l| l.changed_seq);
    let text: String = lines.iter().map(|l| chat::fragment_of(here.lang, l)).collect();
    let mut response = ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], text).into_response();
    response.headers_mut().insert(HEADER, HeaderValue::from_static("1"));
    response.headers_mut().insert("x-last", HeaderValue::from(last));
    Ok(response)
}

fn streamed(
    house: &House,
    lang: Lang,
    changes: broadcast::Receiver<Sent>,
    missed: &[Line],
    after: i64,
) -> Response {
    let upto = missed.last().map_or(after, |l| l.changed_seq);
    let first: Vec<Bytes> = std::iter::once(Bytes::from_static(b"retry: 1500\n\n"))
        .chain(missed.iter().map(|l| Bytes::from(event(lang, l))))
        .collect();
    let news = BroadcastStream::new(changes).filter_map(move |change| {
        std::future::ready(match change {
            Ok(s) if s.cursor > upto => Some(s.by_language[lang as usize].clone()),
            Ok(_) => None,
            // too slow: the client reads the table again from where it was
            Err(BroadcastStreamRecvError::Lagged(_)) => {
                Some(Bytes::from_static(b"event: resync\ndata: 1\n\n"))
            }
        })
    });
    let beat = tokio::time::interval_at(tokio::time::Instant::now() + HEARTBEAT, HEARTBEAT);
    let beat = IntervalStream::new(beat).map(|_| Bytes::from_static(b": here\n\n"));
    let mut stop = house.live.stop.subscribe();
    let stopped = async move { drop(stop.wait_for(|s| *s).await) };
    let body = stream::iter(first)
        .chain(stream::select(news, beat))
        .map(Ok::<_, Infallible>)
        .take_until(Box::pin(stopped));
    let headers =
        [(header::CONTENT_TYPE, "text/event-stream"), (header::CACHE_CONTROL, "no-cache")];
    let mut response = (headers, Body::from_stream(body)).into_response();
    response.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
    response
}
