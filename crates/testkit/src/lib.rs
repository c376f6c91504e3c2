//! A fresh house for a test: its own database on either engine, a clock set by hand, a fake
//! gateway, seeded randomness.
pub mod order;

use app::db::At;
use app::{App, Chance, Db};
use gateway::Gateway;
use gateway::mail::Mail;
use gateway::outward::Outward;
use gateway::payments::Payments;
use gateway::second_factor::SecondFactor;
use gateway::webhooks::Webhooks;
use rules::base::Moment;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering::SeqCst};
use tokio_postgres::NoTls;

/// 2026-03-02, a Monday, noon in Shanghai.
pub const NOON: Moment = Moment(1_772_424_000_000);

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum On {
    Sqlite,
    Postgres,
}

/// One app with everything a test may turn.
#[derive(Clone)]
pub struct House {
    pub app: App,
    pub on: On,
    pub at: At,
    clock: Arc<AtomicI64>,
    /// Removes the SQLite file when the last clone goes.
    _folder: Arc<tempfile::TempDir>,
}

impl House {
    pub fn now(&self) -> Moment {
        Moment(self.clock.load(SeqCst))
    }
    /// Moves the clock on by so many milliseconds and says what time it is.
    pub fn pass(&self, milliseconds: i64) -> Moment {
        Moment(self.clock.fetch_add(milliseconds, SeqCst) + milliseconds)
    }
    /// A second app on the same database, as another process would have it.
    pub async fn another(&self) -> App {
        open(self.at.clone(), 2, self._folder.path().join("files")).await
    }
}

/// Runs one story on a fresh SQLite file and on a fresh PostgreSQL database.
pub async fn both<F: Future<Output = ()>>(story: impl Fn(House) -> F) {
    story(fresh(On::Sqlite).await).await;
    story(fresh(On::Postgres).await).await;
}

pub async fn fresh(on: On) -> House {
    let folder = Arc::new(tempfile::tempdir().expect("a folder"));
    let at = match on {
        On::Sqlite => At::File(folder.path().join("kith.db")),
        On::Postgres => At::Postgres { url: postgres_database().await, connections: 16 },
    };
    let app = open(at.clone(), 1, folder.path().join("files")).await;
    House { app, on, at, clock: Arc::new(AtomicI64::new(NOON.0)), _folder: folder }
}

async fn open(at: At, seed: u64, files: std::path::PathBuf) -> App {
    let opened = tokio::task::spawn_blocking(move || Db::open(&at)).await.expect("a thread");
    let db = opened.unwrap_or_else(|e| panic!("no database: {e}"));
    let files = gateway::files::Files::new(files).expect("a folder for files");
    let webhooks = Webhooks::new(Outward::kept(), &[7; 32]);
    let payments = Payments::new(Some(b"test"));
    let second_factor = SecondFactor::new(&[7; 32]);
    let gateway = Gateway { payments, mail: Mail::kept(), files, webhooks, second_factor };
    App::new(db, Chance::seeded(seed), gateway)
}

/// Where the tests' PostgreSQL answers; `bin/postgres start` starts one there.
pub fn postgres_server() -> String {
    std::env::var("KITH_TEST_POSTGRES")
        .unwrap_or_else(|_| "host=127.0.0.1 port=55443 user=postgres".into())
}

static COUNT: AtomicU32 = AtomicU32::new(0);

/// A database nobody else uses, copied from a migrated template.
async fn postgres_database() -> String {
    let server = postgres_server();
    let newest = app::db::MIGRATIONS.iter().map(|m| m.sql).collect::<String>();
    let template = format!("kith_{}", &app::digest::sha256(&newest)[..16]);
    let connected = tokio_postgres::connect(&format!("{server} dbname=postgres"), NoTls).await;
    let (client, wire) = connected.unwrap_or_else(|e| {
        panic!("no PostgreSQL at \"{server}\" ({e}); start one with bin/postgres start")
    });
    let wire = tokio::spawn(wire);
    // processes that start together make the template once
    client.batch_execute("SELECT pg_advisory_lock(55443)").await.expect("a lock");
    let there = client
        .query_opt("SELECT 1 FROM pg_database WHERE datname = $1", &[&template])
        .await
        .expect("the list of databases");
    if there.is_none() {
        let making = format!("{template}_making");
        let fresh = format!("DROP DATABASE IF EXISTS {making}");
        client.batch_execute(&fresh).await.expect("no half-made template");
        client.batch_execute(&format!("CREATE DATABASE {making}")).await.expect("a template");
        let url = format!("{server} dbname={making}");
        let at = At::Postgres { url, connections: 1 };
        let migrated = tokio::task::spawn_blocking(move || Db::open(&at).map(drop));
        migrated.await.expect("a thread").unwrap_or_else(|e| panic!("migrations: {e}"));
        rename(&client, &making, &template).await;
    }
    let name = format!("t{}_{}", std::process::id(), COUNT.fetch_add(1, SeqCst));
    let fresh = format!("DROP DATABASE IF EXISTS {name}");
    client.batch_execute(&fresh).await.expect("no database of an earlier process");
    // Copying the files instead waits for two checkpoints and syncs each of 800 files: five to
    // eight times as long, and one test at a time.
    let copy = format!("CREATE DATABASE {name} TEMPLATE {template} STRATEGY wal_log");
    client.batch_execute(&copy).await.unwrap_or_else(|e| panic!("{copy}: {e}"));
    client.batch_execute("SELECT pg_advisory_unlock(55443)").await.expect("the lock back");
    drop(client);
    let _ = wire.await;
    format!("{server} dbname={name}")
}

/// The threads that migrated it let go of their connections a moment later.
async fn rename(client: &tokio_postgres::Client, from: &str, to: &str) {
    let kick =
        format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{from}'");
    let sql = format!("ALTER DATABASE {from} RENAME TO {to}");
    for _ in 0..50 {
        client.batch_execute(&kick).await.expect("the old connections gone");
        if client.batch_execute(&sql).await.is_ok() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("the template {from} stays in use");
}
