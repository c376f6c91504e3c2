//! What the database layer counts while it runs.
use super::{Db, Engine, Fault, MIGRATIONS, migrate};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// Since the process began.
#[derive(Default)]
pub(super) struct Counts {
    /// Verbs that ran, kept or not.
    pub verbs: AtomicU64,
    /// Commits that reached the disk: on SQLite many verbs share one.
    pub commits: AtomicU64,
    /// Commits that failed; their callers heard of it.
    pub failed: AtomicU64,
    /// Verbs handed over and not answered yet.
    pub waiting: AtomicU64,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pulse {
    pub verbs: u64,
    pub commits: u64,
    pub failed: u64,
    pub waiting: u64,
}

impl Counts {
    /// A commit of so many verbs, or its failure.
    pub fn committed(&self, kept: bool, verbs: u64) {
        if kept { &self.commits } else { &self.failed }.fetch_add(1, Relaxed);
        self.verbs.fetch_add(verbs, Relaxed);
        self.waiting.fetch_sub(verbs, Relaxed);
    }
    fn read(&self) -> Pulse {
        Pulse {
            verbs: self.verbs.load(Relaxed),
            commits: self.commits.load(Relaxed),
            failed: self.failed.load(Relaxed),
            waiting: self.waiting.load(Relaxed),
        }
    }
}

impl Db {
    pub fn pulse(&self) -> Pulse {
        match &*self.engine {
            Engine::Sqlite(s) => s.counts.read(),
            Engine::Postgres(p) => p.counts().read(),
        }
    }
    /// Asks the database for its schema; is it the one this program was made for?
    pub async fn is_current(&self) -> Result<bool, Fault> {
        let newest = MIGRATIONS.last().map_or(0, |m| m.number);
        Ok(self.read(migrate::seen).await? == newest)
    }
}
