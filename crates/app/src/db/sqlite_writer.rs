//! SQLite's threads: one writer with group commit, a few readers.
//!
//! Jobs queue up; up to [`BATCH`] of them run, each in its savepoint, inside one transaction; their
//! callers get their answers only after its COMMIT reached the disk.
use super::pulse::Counts;
use super::sqlite::Lite;
use super::{Conn, Fault, Mint, Rx, Stop, Tx, Wake, migrate};
use rules::base::Moment;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, Mutex, mpsc};
use std::time::{Duration, Instant};
use tokio::sync::{broadcast, oneshot};

const BATCH: usize = 64;
/// A batch that has run this long commits; its callers are waiting.
const BATCH_TIME: Duration = Duration::from_millis(5);
const READERS: usize = 2;
/// Work waiting beyond this is refused as busy.
const QUEUE: usize = 4096;

/// Told whether the group commit succeeded.
type Reply = Box<dyn FnOnce(bool) -> Vec<Wake> + Send>;
/// Gets no connection when the transaction could not be opened: a savepoint alone would commit.
type Job = Box<dyn FnOnce(Option<&mut Lite>) -> Reply + Send>;
type Read = Box<dyn FnOnce(&mut Lite) + Send>;

pub(super) struct Sqlite {
    writer: mpsc::SyncSender<Job>,
    readers: mpsc::SyncSender<Read>,
    pub counts: Arc<Counts>,
    pub path: PathBuf,
}

impl Sqlite {
    pub fn open(path: &Path, wakes: broadcast::Sender<Wake>) -> Result<(Sqlite, i64), Fault> {
        let mut lite = Lite::writer(path)?;
        let node = migrate::sqlite(&mut lite.c)?;
        let (writer, jobs) = mpsc::sync_channel::<Job>(QUEUE);
        let counts: Arc<Counts> = Arc::default();
        let own = counts.clone();
        spawn("sqlite-writer", move || write_loop(lite, &jobs, &wakes, &own))?;
        let (readers, reads) = mpsc::sync_channel::<Read>(QUEUE);
        let reads = Arc::new(Mutex::new(reads));
        for _ in 0..READERS {
            let (reads, lite) = (reads.clone(), Lite::reader(path)?);
            spawn("sqlite-reader", move || read_loop(lite, &reads))?;
        }
        Ok((Sqlite { writer, readers, counts, path: path.to_path_buf() }, node))
    }
    pub async fn read<T: Send + 'static>(
        &self,
        f: impl FnOnce(&mut Rx<'_>) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let (tell, told) = oneshot::channel();
        let read: Read = Box::new(move |lite| {
            let _ = tell.send(lite.snapshot(f));
        });
        self.readers.try_send(read).map_err(|_| Fault::Busy)?;
        told.await.map_err(|_| Fault::broken("a view panicked"))?
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
        let job: Job = Box::new(move |lite| {
            let (out, wakes) = match lite {
                Some(lite) => in_savepoint(lite, now, &mint, &f),
                None => (Err(Stop::Fault(Fault::Gone)), Vec::new()),
            };
            Box::new(move |committed| {
                let kept = committed && out.is_ok();
                let _ = tell.send(if committed { out } else { Err(Stop::Fault(Fault::Gone)) });
                if kept { wakes } else { Vec::new() }
            })
        });
        self.counts.waiting.fetch_add(1, Relaxed);
        if self.writer.try_send(job).is_err() {
            self.counts.waiting.fetch_sub(1, Relaxed);
            return Err(Fault::Busy.into());
        }
        told.await.map_err(|_| Fault::Gone)?
    }
}

fn spawn(name: &str, f: impl FnOnce() + Send + 'static) -> Result<(), Fault> {
    let made = std::thread::Builder::new().name(name.into()).spawn(f);
    made.map(drop).map_err(|e| Fault::broken(format!("no thread: {e}")))
}

fn read_loop(mut lite: Lite, reads: &Mutex<mpsc::Receiver<Read>>) {
    loop {
        let next = match reads.lock() {
            Ok(reads) => reads.recv(),
            Err(_) => return,
        };
        let Ok(read) = next else { return };
        if catch_unwind(AssertUnwindSafe(|| read(&mut lite))).is_err() {
            // its caller hears that the view panicked; the snapshot must not stay open
            let _ = lite.exec("COMMIT", &[]);
        }
    }
}

fn write_loop(
    mut lite: Lite,
    jobs: &mpsc::Receiver<Job>,
    wakes: &broadcast::Sender<Wake>,
    counts: &Counts,
) {
    let mut replies: Vec<Reply> = Vec::with_capacity(BATCH);
    while let Ok(first) = jobs.recv() {
        let (begun, mut next) = (Instant::now(), Some(first));
        let open = lite.exec("BEGIN IMMEDIATE", &[]).is_ok();
        while let Some(job) = next.take() {
            replies.push(job(open.then_some(&mut lite)));
            if replies.len() < BATCH && begun.elapsed() < BATCH_TIME {
                next = jobs.try_recv().ok();
            }
        }
        let kept = open && lite.exec("COMMIT", &[]).is_ok();
        if !kept {
            let _ = lite.exec("ROLLBACK", &[]);
        }
        counts.committed(kept, replies.len() as u64);
        for reply in replies.drain(..) {
            for wake in reply(kept) {
                let _ = wakes.send(wake);
            }
        }
    }
}

/// One job of a batch: all of it or nothing, whatever it does, panics included.
fn in_savepoint<T, R>(
    lite: &mut Lite,
    now: Moment,
    mint: &Mint,
    f: &impl Fn(&mut Tx<'_>) -> Result<T, Stop<R>>,
) -> (Result<T, Stop<R>>, Vec<Wake>) {
    let rx = Rx::new(Conn::Sqlite(lite));
    let mut tx = Tx { rx, now, mint, opened: false, wakes: Vec::new() };
    let out = catch_unwind(AssertUnwindSafe(|| f(&mut tx)))
        .unwrap_or_else(|_| Err(Stop::Fault(Fault::broken("a verb panicked"))));
    let (opened, wakes) = (tx.opened, std::mem::take(&mut tx.wakes));
    if opened {
        let undone = match out.is_ok() {
            true => Ok(0),
            false => lite.exec("ROLLBACK TO job", &[]),
        };
        if let Err(fault) = undone.and_then(|_| lite.exec("RELEASE job", &[])) {
            return (Err(fault.into()), Vec::new());
        }
    }
    (out, wakes)
}
