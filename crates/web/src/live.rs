//! Live fan-out: lines of a group are rendered once a language, broadcast as bytes, and resumed
//! from the table by their cursor. Wake hints only say where to look.
use crate::House;
use crate::community::chat::Room as Group;
use crate::community::lines::{self, Scene};
use crate::form::Form;
use crate::reply::Sorry;
use crate::ui::fragment::HEADER;
use crate::who::Here;
use app::community::views_chat::Line;
use app::community::who::Place;
use app::{App, Fault};
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use futures_util::{StreamExt, stream};
use rules::base::{Id, Lang, id};
use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;
use tokio::sync::{broadcast, watch};
use tokio_stream::wrappers::errors::BroadcastStreamRecvError;
use tokio_stream::wrappers::{BroadcastStream, IntervalStream};

/// A slow reader may fall this many changes behind before it is told to look again.
const QUEUE: usize = 64;
const HEARTBEAT: Duration = Duration::from_secs(15);
/// Streams one session may hold open: a few tabs, not a flood.
const STREAMS: usize = 3;
/// Lines of a full page of the table; fewer mean that there are no more.
const FULL: usize = 200;

/// Some changes of a group, ready to send.
#[derive(Clone, Debug)]
struct Sent {
    cursor: i64,
    by_language: [Bytes; 3],
    /// For programs: one event a line, in the order of their changes.
    json: Bytes,
}

/// How a listener wants it.
#[derive(Clone, Copy)]
enum Tongue {
    Page(Lang),
    Json,
}

type Key = (i64, i64);

struct Room {
    cursor: i64,
    /// The community as its pages know it: its zone and currency are in the lines.
    place: Place,
    out: broadcast::Sender<Sent>,
}

pub struct Live {
    rooms: Mutex<HashMap<Key, Room>>,
    /// Whoever waits for news of their inbox; the number only changes.
    inboxes: Mutex<HashMap<Key, watch::Sender<u64>>>,
    /// Open streams by session.
    open: Arc<Mutex<HashMap<String, usize>>>,
    stop: watch::Sender<bool>,
}

impl Default for Live {
    fn default() -> Self {
        let stop = watch::channel(false).0;
        Live { rooms: Mutex::default(), inboxes: Mutex::default(), open: Arc::default(), stop }
    }
}

/// One open stream; counts as long as it lives.
pub(crate) struct Seat {
    open: Arc<Mutex<HashMap<String, usize>>>,
    token: String,
}
impl Drop for Seat {
    fn drop(&mut self) {
        let mut open = self.open.lock().unwrap_or_else(|e| e.into_inner());
        if let Some(n) = open.get_mut(&self.token) {
            *n -= 1;
            if *n == 0 {
                open.remove(&self.token);
            }
        }
    }
}

impl Live {
    /// Streams end, so that a graceful stop can.
    pub fn close(&self) {
        let _ = self.stop.send(true);
    }
    /// How many streams are open.
    pub fn streams(&self) -> usize {
        self.open.lock().unwrap_or_else(|e| e.into_inner()).values().sum()
    }
    /// One task a process: woken after commits, reads what is new, renders it once, sends it.
    pub async fn run(&self, app: App) {
        let mut wakes = app.database().wakes();
        loop {
            let told = match wakes.recv().await {
                Ok(wake) => {
                    let key = (wake.community, wake.topic);
                    self.tell_inboxes(|k| *k == key);
                    self.tell(&app, key).await
                }
                Err(broadcast::error::RecvError::Lagged(_)) => {
                    self.tell_inboxes(|_| true);
                    self.tell_all(&app).await
                }
                Err(broadcast::error::RecvError::Closed) => return,
            };
            // the cursor stays where it was: the next hint reads the same lines again
            if let Err(fault) = told {
                tracing::warn!(%fault, "live lines were not read");
            }
        }
    }
    fn rooms(&self) -> MutexGuard<'_, HashMap<Key, Room>> {
        self.rooms.lock().unwrap_or_else(|e| e.into_inner())
    }
    /// Hints were lost: look everywhere somebody listens.
    async fn tell_all(&self, app: &App) -> Result<(), Fault> {
        let keys: Vec<Key> = self.rooms().keys().copied().collect();
        for key in keys {
            self.tell(app, key).await?;
        }
        Ok(())
    }
    async fn tell(&self, app: &App, key: Key) -> Result<(), Fault> {
        let known = self.rooms().get(&key).map(|r| (r.cursor, r.place.clone()));
        let Some((mut after, place)) = known else { return Ok(()) };
        loop {
            let lines = app.lines_after(place.id, Id::of(key.1), after).await?;
            let full = lines.len() >= FULL;
            let events = Batch::of(app, &place, Id::of(key.1), lines, after).await?;
            let mut rooms = self.rooms();
            let Some(room) = rooms.get_mut(&key) else { return Ok(()) };
            if let Some(batch) = events {
                after = batch.cursor;
                room.cursor = room.cursor.max(batch.cursor);
                let _ = room.out.send(batch.sent());
            }
            if room.out.receiver_count() == 0 {
                rooms.remove(&key);
                return Ok(());
            }
            if !full {
                return Ok(());
            }
        }
    }
    fn join(&self, key: Key, place: &Place, newest: i64) -> broadcast::Receiver<Sent> {
        let fresh =
            || Room { cursor: newest, place: place.clone(), out: broadcast::channel(QUEUE).0 };
        self.rooms().entry(key).or_insert_with(fresh).out.subscribe()
    }
    fn inboxes(&self) -> MutexGuard<'_, HashMap<Key, watch::Sender<u64>>> {
        self.inboxes.lock().unwrap_or_else(|e| e.into_inner())
    }
    /// Looks at the inboxes meant, and forgets those nobody waits for.
    fn tell_inboxes(&self, meant: impl Fn(&Key) -> bool) {
        self.inboxes().retain(|key, news| {
            if meant(key) {
                news.send_modify(|n| *n = n.wrapping_add(1));
            }
            !news.is_closed()
        });
    }
    /// News of one account's inbox in one community.
    pub(crate) fn watch_inbox(&self, key: (i64, i64)) -> watch::Receiver<u64> {
        self.inboxes().entry(key).or_insert_with(|| watch::channel(0).0).subscribe()
    }
    /// Resolves when the house closes.
    pub(crate) fn closing(&self) -> impl Future<Output = ()> + Send + use<> {
        let mut stop = self.stop.subscribe();
        async move { drop(stop.wait_for(|s| *s).await) }
    }
    /// A place for one more stream of this session, if there is one.
    pub(crate) fn seat(&self, token: &str) -> Option<Seat> {
        let mut open = self.open.lock().unwrap_or_else(|e| e.into_inner());
        let n = open.entry(token.to_string()).or_insert(0);
        if *n >= STREAMS {
            return None;
        }
        *n += 1;
        Some(Seat { open: self.open.clone(), token: token.to_string() })
    }
}

/// Lines that are sent together, in the order of their places, under the last one's cursor.
struct Batch {
    cursor: i64,
    lines: Vec<Line>,
    scene: Scene,
    /// Whoever reads on from here has every line up to this place.
    after: i64,
}

impl Batch {
    async fn of(
        app: &App,
        place: &Place,
        group: Id<id::Group>,
        mut lines: Vec<Line>,
        after: i64,
    ) -> Result<Option<Batch>, Fault> {
        let Some(cursor) = lines.last().map(|l| l.changed_seq) else { return Ok(None) };
        lines.sort_by_key(|l| l.seq);
        let page = app.group_page(place.id, group, None).await?;
        let leaders = page.map(|p| p.leaders).unwrap_or_default();
        let scene = Scene::of(app, place, group, &lines, &leaders).await?;
        Ok(Some(Batch { cursor, lines, scene, after }))
    }
    fn text(&self, lang: Lang) -> String {
        let one = |l: &Line| lines::fragment_of(lang, &self.scene, l, l.seq > self.after);
        self.lines.iter().map(one).collect()
    }
    fn event(&self, lang: Lang) -> Bytes {
        let mut out = format!("id: {}\n", self.cursor);
        for part in self.text(lang).lines() {
            out.push_str("data: ");
            out.push_str(part);
            out.push('\n');
        }
        out.push('\n');
        Bytes::from(out)
    }
    fn json(&self) -> Bytes {
        let mut lines: Vec<&Line> = self.lines.iter().collect();
        lines.sort_by_key(|l| l.changed_seq);
        lines.into_iter().map(crate::api::line_event).collect::<String>().into()
    }
    fn in_tongue(&self, tongue: Tongue) -> Bytes {
        match tongue {
            Tongue::Page(lang) => self.event(lang),
            Tongue::Json => self.json(),
        }
    }
    fn sent(&self) -> Sent {
        let by_language = Lang::ALL.map(|lang| self.event(lang));
        Sent { cursor: self.cursor, by_language, json: self.json() }
    }
}

/// Everything after a cursor, page by page.
async fn missed(
    app: &App,
    place: &Place,
    group: Id<id::Group>,
    mut after: i64,
) -> Result<Vec<Batch>, Fault> {
    let mut out = Vec::new();
    loop {
        let lines = app.lines_after(place.id, group, after).await?;
        let full = lines.len() >= FULL;
        let Some(batch) = Batch::of(app, place, group, lines, after).await? else {
            return Ok(out);
        };
        after = batch.cursor;
        out.push(batch);
        if !full {
            return Ok(out);
        }
    }
}

pub(crate) const TOO_MANY: [&str; 3] = [
    "同时打开的聊天太多了，关掉几个页面就好",
    "同時打開的聊天太多了，關掉幾個頁面就好",
    "Too many chats are open at once. Close a few pages.",
];

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
