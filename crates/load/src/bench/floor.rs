//! The floor: the recorded statements in a raw loop.
use crate::cost::{Cost, Watch};
use anyhow::Result;
use app::db::Asked;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, params_from_iter};
use std::collections::HashMap;
use std::path::Path;

/// Orders to a commit, as many as the writer thread puts into one.
const BATCH: usize = 64;
/// The pragmas of the app's own writer.
const SAME: &str = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536;
    PRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint=8000; PRAGMA foreign_keys=OFF;
    PRAGMA trusted_schema=OFF;";

/// Cuts the record into orders: what each asked, and how many statements its savepoint took.
pub fn orders(record: Vec<Asked>) -> Vec<(Vec<Asked>, usize)> {
    let (mut out, mut asked, mut own) = (Vec::new(), Vec::new(), 0);
    for (sql, args) in record {
        match sql.split_whitespace().next().unwrap_or("") {
            "BEGIN" | "COMMIT" => {}
            "SAVEPOINT" => own += 1,
            "RELEASE" => out.push((std::mem::take(&mut asked), std::mem::take(&mut own) + 1)),
            _ => asked.push((sql, args)),
        }
    }
    out
}

pub fn replay(file: &Path, orders: &[Vec<Asked>]) -> Result<Cost> {
    let c = Connection::open(file)?;
    c.execute_batch(SAME)?;
    c.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    let (mut at, mut statements) = (HashMap::new(), Vec::new());
    for (sql, _) in orders.iter().flatten() {
        if !at.contains_key(sql) {
            at.insert(*sql, statements.len());
            statements.push(c.prepare(&sql.replace('$', "?"))?);
        }
    }
    // looked up before the watch starts: a raw loop would have them in variables
    let plan: Vec<Vec<usize>> =
        orders.iter().map(|order| order.iter().map(|(sql, _)| at[sql]).collect()).collect();
    let watch = Watch::start();
    for (batch, plans) in orders.chunks(BATCH).zip(plan.chunks(BATCH)) {
        c.execute_batch("BEGIN IMMEDIATE")?;
        for ((_, args), statement) in batch.iter().flatten().zip(plans.iter().flatten()) {
            let args = params_from_iter(args.iter().map(|a| a.as_val()));
            let mut rows = statements[*statement].query(args)?;
            while rows.next()?.is_some() {}
        }
        c.execute_batch("COMMIT")?;
    }
    Ok(watch.stop(orders.len()))
}
