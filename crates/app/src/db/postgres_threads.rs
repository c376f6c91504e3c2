//! PostgreSQL's threads: each owns a connection; one more listens for wake hints.
use super::postgres::Pg;
use super::pulse::Counts;
use super::{Fault, Mint, Rx, Stop, Tx, Wake, migrate};
use rules::base::Moment;
use std::collections::VecDeque;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::time::Duration;
use tokio::sync::{broadcast, oneshot};
use tokio_postgres::{AsyncMessage, NoTls};

/// Work waiting beyond this is refused as busy.
const QUEUE: usize = 4096;
/// How often a transaction that met another one is run again.
const AGAIN: usize = 8;

type Job = Box<dyn FnOnce(Result<&mut Pg, Fault>) + Send>;

#[derive(Default)]
struct Queue {
    jobs: Mutex<VecDeque<Job>>,
    more: Condvar,
    closed: std::sync::atomic::AtomicBool,
    counts: Counts,
}

pub(super) struct Postgres {
    queue: Arc<Queue>,
}

impl Drop for Postgres {
    fn drop(&mut self) {
        self.queue.closed.store(true, std::sync::atomic::Ordering::SeqCst);
        self.queue.more.notify_all();
    }
}

impl Postgres {
    pub fn open(
        url: &str,
        connections: usize,
        wakes: broadcast::Sender<Wake>,
    ) -> Result<(Postgres, i64), Fault> {
        let node = migrate::postgres(&mut Pg::connect(url)?)?;
        let queue: Arc<Queue> = Arc::default();
        for _ in 0..connections.clamp(1, 64) {
            let (queue, url) = (queue.clone(), url.to_string());
            spawn("postgres", move || work_loop(&queue, &url))?;
        }
        let (weak, url) = (Arc::downgrade(&queue), url.to_string());
        spawn("postgres-listen", move || {
            while weak.strong_count() > 0 {
                listen(&url, &wakes, || weak.strong_count() > 0);
                std::thread::sleep(Duration::from_millis(500));
            }
        })?;
        Ok((Postgres { queue }, node))
    }
    pub fn counts(&self) -> &Counts {
        &self.queue.counts
    }
    fn push(&self, job: Job) -> Result<(), Fault> {
        let mut jobs = lock(&self.queue.jobs);
        if jobs.len() >= QUEUE {
            return Err(Fault::Busy);
        }
        jobs.push_back(job);
        drop(jobs);
        self.queue.more.notify_one();
        Ok(())
    }
    pub async fn read<T: Send + 'static>(
        &self,
        f: impl FnOnce(&mut Rx<'_>) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let (tell, told) = oneshot::channel();
        self.push(Box::new(move |pg| {
            let _ = tell.send(pg.and_then(|pg| pg.snapshot(f)));
        }))?;
        told.await.map_err(|_| Fault::Gone)?
    }
    pub async fn write<T, R>(
        &self,
        now: Moment,
        mint: Arc<Mint>,
        f: impl Fn(&mut Tx<'_>) -> Result<T, Stop<R>> + Send + 'static,
    ) -> Result<T, Stop<R>>
    where
        T: Send + 'static,
        R: Send + 'static,
    {
        let (tell, told) = oneshot::channel();
        self.counts().waiting.fetch_add(1, Relaxed);
        let queue = self.queue.clone();
        let pushed = self.push(Box::new(move |pg| {
            let out = pg.map_err(Stop::Fault).and_then(|pg| {
                let mut out = pg.transact(now, &mint, &f);
                for _ in 0..AGAIN {
                    if !met_another(&out) {
                        break;
                    }
                    out = pg.transact(now, &mint, &f);
                }
                out
            });
            queue.counts.committed(!matches!(out, Err(Stop::Fault(_))), 1);
            let _ = tell.send(out);
        }));
        if let Err(fault) = pushed {
            self.counts().waiting.fetch_sub(1, Relaxed);
            return Err(fault.into());
        }
        told.await.map_err(|_| Fault::Gone)?
    }
}

fn lock<T>(m: &Mutex<T>) -> MutexGuard<'_, T> {
    m.lock().unwrap_or_else(|e| e.into_inner())
}

fn spawn(name: &str, f: impl FnOnce() + Send + 'static) -> Result<(), Fault> {
    let made = std::thread::Builder::new().name(name.into()).spawn(f);
    made.map(drop).map_err(|e| Fault::broken(format!("no thread: {e}")))
}

/// Serialization failure or deadlock: the whole transaction may simply run once more.
fn met_another<T, R>(out: &Result<T, Stop<R>>) -> bool {
    let Err(Stop::Fault(Fault::Postgres(e))) = out else { return false };
    e.code().is_some_and(|c| matches!(c.code(), "40001" | "40P01"))
}

fn work_loop(queue: &Queue, url: &str) {
    let mut pg: Option<Pg> = None;
    while let Some(job) = next(queue) {
        if pg.as_ref().is_none_or(|pg| pg.client.is_closed()) {
            match Pg::connect(url) {
                Ok(fresh) => pg = Some(fresh),
                Err(fault) => {
                    job(Err(fault));
                    continue;
                }
            }
        }
        if let Some(pg) = &mut pg {
            job(Ok(pg));
        }
    }
}

fn next(queue: &Queue) -> Option<Job> {
    let mut jobs = lock(&queue.jobs);
    loop {
        if let Some(job) = jobs.pop_front() {
            return Some(job);
        }
        if queue.closed.load(std::sync::atomic::Ordering::SeqCst) {
            return None;
        }
        jobs = queue.more.wait(jobs).unwrap_or_else(|e| e.into_inner());
    }
}

/// Hands on the wake hints of every process on this database until the connection ends.
fn listen(url: &str, wakes: &broadcast::Sender<Wake>, open: impl Fn() -> bool) {
    let built = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let Ok(rt) = built else { return };
    rt.block_on(async {
        let Ok((client, mut wire)) = tokio_postgres::connect(url, NoTls).await else { return };
        let (say, mut heard) = tokio::sync::mpsc::unbounded_channel();
        let pump = tokio::spawn(async move {
            let mut messages =
                std::pin::pin!(futures_util::stream::poll_fn(move |cx| { wire.poll_message(cx) }));
            while let Some(Ok(message)) = futures_util::StreamExt::next(&mut messages).await {
                if let AsyncMessage::Notification(n) = message
                    && say.send(n.payload().to_string()).is_err()
                {
                    return;
                }
            }
        });
        if client.batch_execute("LISTEN kith").await.is_err() {
            return;
        }
        while open() && !pump.is_finished() {
            let wait = tokio::time::timeout(Duration::from_secs(1), heard.recv());
            if let Ok(Some(payload)) = wait.await
                && let Some(wake) = wake_of(&payload)
            {
                let _ = wakes.send(wake);
            }
        }
    });
}

fn wake_of(payload: &str) -> Option<Wake> {
    let (community, topic) = payload.split_once(' ')?;
    Some(Wake { community: community.parse().ok()?, topic: topic.parse().ok()? })
}
