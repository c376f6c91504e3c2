//! Two databases, one synchronous text. `Rx` reads, `Tx` reads and writes, `Writes` is a batch.
//!
//! Verbs, tables and views are plain functions over `Tx` and `Rx`; nothing can be awaited inside a
//! transaction. On SQLite a job runs on the one writer thread with group commit, on PostgreSQL on
//! one of a few connection threads, each with a runtime of its own.
mod copy;
mod fault;
mod migrate;
mod mint;
mod postgres;
mod postgres_threads;
mod pulse;
mod sqlite;
mod sqlite_sizes;
mod sqlite_writer;
mod trace;
mod value;
mod writes;

pub use fault::Fault;
pub use migrate::{MIGRATIONS, Migration};
pub use mint::Mint;
pub use pulse::Pulse;
pub use trace::{Asked, record};
pub use value::{Owned, Row, Val, part, twenty};
pub use writes::Writes;

use crate::Stop;
use rules::base::{Id, Moment};
use std::sync::Arc;
use tokio::sync::broadcast;

/// After a commit: this topic (a group, an account) has something new. A hint only; the table is
/// the truth.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Wake {
    pub community: i64,
    pub topic: i64,
}

enum Conn<'c> {
    Sqlite(&'c mut sqlite::Lite),
    Postgres(&'c mut postgres::Pg),
}

/// A consistent look at the database. Views take this, so they cannot write.
pub struct Rx<'c> {
    conn: Conn<'c>,
    poisoned: bool,
}

/// One transaction, with its moment and its mint of ids.
pub struct Tx<'c> {
    rx: Rx<'c>,
    now: Moment,
    mint: &'c Mint,
    /// SQLite opens its savepoint at the first write.
    opened: bool,
    wakes: Vec<Wake>,
}

impl<'c> std::ops::Deref for Tx<'c> {
    type Target = Rx<'c>;
    fn deref(&self) -> &Rx<'c> {
        &self.rx
    }
}
impl std::ops::DerefMut for Tx<'_> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.rx
    }
}

impl<'c> Rx<'c> {
    fn new(conn: Conn<'c>) -> Rx<'c> {
        Rx { conn, poisoned: false }
    }
    /// A failed statement ends a PostgreSQL transaction but not a SQLite one; we end both.
    fn guarded<T>(
        &mut self,
        f: impl FnOnce(&mut Conn<'_>) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        if self.poisoned {
            return Err(Fault::Poisoned);
        }
        let out = f(&mut self.conn);
        self.poisoned = out.is_err();
        out
    }
    /// The first row, if there is one.
    pub fn one<T>(
        &mut self,
        sql: &'static str,
        args: &[Val<'_>],
        f: impl FnOnce(Row<'_>) -> T,
    ) -> Result<Option<T>, Fault> {
        self.guarded(|c| match c {
            Conn::Sqlite(c) => c.one(sql, args, f),
            Conn::Postgres(c) => c.one(sql, args, f),
        })
    }
    pub fn all<T>(
        &mut self,
        sql: &'static str,
        args: &[Val<'_>],
        f: impl FnMut(Row<'_>) -> T,
    ) -> Result<Vec<T>, Fault> {
        self.guarded(|c| match c {
            Conn::Sqlite(c) => c.all(sql, args, f),
            Conn::Postgres(c) => c.all(sql, args, f),
        })
    }
}

impl Tx<'_> {
    pub fn now(&self) -> Moment {
        self.now
    }
    pub fn mint<T>(&self) -> Id<T> {
        self.mint.id(self.now)
    }
    /// After the commit, tell the live streams of this topic to look.
    pub fn wake(&mut self, community: i64, topic: i64) {
        self.wakes.push(Wake { community, topic });
    }
    /// Rows touched.
    pub fn exec(&mut self, sql: &'static str, args: &[Val<'_>]) -> Result<u64, Fault> {
        self.open()?;
        self.rx.guarded(|c| match c {
            Conn::Sqlite(c) => c.exec(sql, args),
            Conn::Postgres(c) => c.exec(sql, args),
        })
    }
    /// A statement with RETURNING.
    pub fn exec_one<T>(
        &mut self,
        sql: &'static str,
        args: &[Val<'_>],
        f: impl FnOnce(Row<'_>) -> T,
    ) -> Result<Option<T>, Fault> {
        self.open()?;
        self.rx.one(sql, args, f)
    }
    /// A statement with RETURNING and any number of rows.
    pub fn exec_all<T>(
        &mut self,
        sql: &'static str,
        args: &[Val<'_>],
        f: impl FnMut(Row<'_>) -> T,
    ) -> Result<Vec<T>, Fault> {
        self.open()?;
        self.rx.all(sql, args, f)
    }
    /// Runs a batch: one round trip on PostgreSQL. The first conditional statement that touched
    /// no row ends it with its own refusal.
    pub fn run<R: Copy>(&mut self, w: Writes<R>) -> Result<(), Stop<R>> {
        self.open()?;
        let refused = self.rx.guarded(|c| match c {
            Conn::Sqlite(c) => c.batch(&w.list),
            Conn::Postgres(c) => c.batch(&w.list),
        })?;
        match refused {
            Some(refusal) => Err(Stop::Refused(refusal)),
            None => Ok(()),
        }
    }
    fn open(&mut self) -> Result<(), Fault> {
        if !std::mem::replace(&mut self.opened, true)
            && let Conn::Sqlite(c) = &mut self.rx.conn
        {
            c.exec("SAVEPOINT job", &[])?;
        }
        Ok(())
    }
}

/// A database; cheap to clone.
#[derive(Clone)]
pub struct Db {
    engine: Arc<Engine>,
    mint: Arc<Mint>,
    wakes: broadcast::Sender<Wake>,
}
enum Engine {
    Sqlite(sqlite_writer::Sqlite),
    Postgres(postgres_threads::Postgres),
}

/// Where a database is.
#[derive(Clone, Debug)]
pub enum At {
    File(std::path::PathBuf),
    /// A `postgres://` address or `host=… user=…` text, and how many connections to keep.
    Postgres {
        url: String,
        connections: usize,
    },
}

impl Db {
    /// Opens, migrates, and takes the next node number for its ids. Blocks: call it from a thread
    /// that may.
    pub fn open(at: &At) -> Result<Db, Fault> {
        let wakes = broadcast::channel(4096).0;
        let (engine, node) = match at {
            At::File(path) => {
                let (engine, node) = sqlite_writer::Sqlite::open(path, wakes.clone())?;
                (Engine::Sqlite(engine), node)
            }
            At::Postgres { url, connections } => {
                let opened = postgres_threads::Postgres::open(url, *connections, wakes.clone())?;
                (Engine::Postgres(opened.0), opened.1)
            }
        };
        Ok(Db { engine: Arc::new(engine), mint: Arc::new(Mint::new(node)), wakes })
    }
    pub fn mint(&self) -> &Mint {
        &self.mint
    }
    pub fn wakes(&self) -> broadcast::Receiver<Wake> {
        self.wakes.subscribe()
    }
    pub fn is_sqlite(&self) -> bool {
        matches!(&*self.engine, Engine::Sqlite(_))
    }
    /// A look at one moment of the database.
    pub async fn read<T: Send + 'static>(
        &self,
        f: impl FnOnce(&mut Rx<'_>) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        match &*self.engine {
            Engine::Sqlite(s) => s.read(f).await,
            Engine::Postgres(p) => p.read(f).await,
        }
    }
    /// Runs a verb in a transaction. `Fn`, because PostgreSQL may ask for it again.
    pub async fn write<T, R>(
        &self,
        now: Moment,
        f: impl Fn(&mut Tx<'_>) -> Result<T, Stop<R>> + Send + 'static,
    ) -> Result<T, Stop<R>>
    where
        T: Send + 'static,
        R: Send + 'static,
    {
        match &*self.engine {
            Engine::Sqlite(s) => s.write(now, self.mint.clone(), f).await,
            Engine::Postgres(p) => p.write(now, self.mint.clone(), f).await,
        }
    }
}
