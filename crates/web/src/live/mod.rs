//! Live fan-out: lines of a group are rendered once a language, broadcast as bytes, and resumed
//! from the table by their cursor. Wake hints only say where to look.
mod batch;
mod stream;
pub mod watched;

pub use stream::{events, stream};

use app::community::who::Place;
use app::{App, Fault};
use batch::{Batch, FULL, Sent};
use rules::base::Id;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};
use tokio::sync::{broadcast, watch};

/// A slow reader may fall this many changes behind before it is told to look again.
const QUEUE: usize = 64;
/// Streams one session may hold open: a few tabs, not a flood.
const STREAMS: usize = 3;

pub(crate) const TOO_MANY: [&str; 3] = [
    "同时打开的聊天太多了，关掉几个页面就好",
    "同時打開的聊天太多了，關掉幾個頁面就好",
    "Too many chats are open at once. Close a few pages.",
];

type Key = (i64, i64);

struct Room {
    cursor: i64,
    /// The community as its pages know it: its zone and currency are in the lines.
    place: Place,
    out: broadcast::Sender<Sent>,
}

pub struct Live {
    rooms: Mutex<HashMap<Key, Room>>,
    /// Whoever watches a topic, such as an inbox; the number only changes.
    watched: Mutex<HashMap<Key, watch::Sender<u64>>>,
    /// Open streams by session.
    open: Arc<Mutex<HashMap<String, usize>>>,
    stop: watch::Sender<bool>,
}

impl Default for Live {
    fn default() -> Self {
        let stop = watch::channel(false).0;
        Live { rooms: Mutex::default(), watched: Mutex::default(), open: Arc::default(), stop }
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
                    self.tell_watchers(|k| *k == key);
                    self.tell(&app, key).await
                }
                Err(broadcast::error::RecvError::Lagged(_)) => {
                    self.tell_watchers(|_| true);
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
    fn watched(&self) -> MutexGuard<'_, HashMap<Key, watch::Sender<u64>>> {
        self.watched.lock().unwrap_or_else(|e| e.into_inner())
    }
    /// Tells whoever watches these topics, and forgets those nobody watches.
    fn tell_watchers(&self, meant: impl Fn(&Key) -> bool) {
        self.watched().retain(|key, news| {
            if meant(key) {
                news.send_modify(|n| *n = n.wrapping_add(1));
            }
            !news.is_closed()
        });
    }
    /// News of one topic in one community.
    pub(crate) fn watch_topic(&self, key: (i64, i64)) -> watch::Receiver<u64> {
        self.watched().entry(key).or_insert_with(|| watch::channel(0).0).subscribe()
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
