//! SQLite: one connection and its statements.
use super::trace;
use super::writes::Statement;
use super::{Conn, Fault, Row, Rx, Val};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, params_from_iter};
use std::collections::HashMap;
use std::path::Path;

/// 3.51.3 mended a bug by which a reader beside a checkpoint could see old pages.
const OLDEST: i32 = 3_051_003;
const WRITER: &str = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=5000;
    PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint=8000;
    PRAGMA foreign_keys=OFF; PRAGMA trusted_schema=OFF;";
const READER: &str = "PRAGMA busy_timeout=5000; PRAGMA cache_size=-16384;
    PRAGMA temp_store=MEMORY; PRAGMA mmap_size=268435456; PRAGMA query_only=ON;";

pub(super) struct Lite {
    pub c: Connection,
    texts: HashMap<(usize, usize), Box<str>>,
}

/// `$2` is a name to SQLite, numbered by first appearance; `?2` is a position.
pub(super) fn numbered(sql: &str) -> Box<str> {
    sql.replace('$', "?").into()
}

impl Lite {
    pub fn writer(path: &Path) -> Result<Lite, Fault> {
        if rusqlite::version_number() < OLDEST {
            let version = rusqlite::version();
            return Err(Fault::broken(format!("SQLite {version} is too old: 3.51.3 is needed")));
        }
        let c = Connection::open(path)?;
        c.execute_batch(WRITER)?;
        Lite::new(c)
    }
    pub fn reader(path: &Path) -> Result<Lite, Fault> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let c = Connection::open_with_flags(path, flags)?;
        c.execute_batch(READER)?;
        Lite::new(c)
    }
    fn new(c: Connection) -> Result<Lite, Fault> {
        c.set_prepared_statement_cache_capacity(1024);
        // One plan for a text, whatever is bound: otherwise a value that a partial index asks for
        // makes SQLite parse and plan the statement anew at every call.
        c.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        Ok(Lite { c, texts: HashMap::new() })
    }
    fn statement(&mut self, sql: &'static str) -> Result<rusqlite::CachedStatement<'_>, Fault> {
        let Lite { c, texts } = self;
        // a &'static str is known by where it lies: no hashing of long texts
        let key = (sql.as_ptr() as usize, sql.len());
        let text = texts.entry(key).or_insert_with(|| numbered(sql));
        Ok(c.prepare_cached(text)?)
    }
    pub fn exec(&mut self, sql: &'static str, args: &[Val<'_>]) -> Result<u64, Fault> {
        trace::asked(sql, args.iter().copied());
        Ok(self.statement(sql)?.execute(params_from_iter(args))? as u64)
    }
    pub fn one<T>(
        &mut self,
        sql: &'static str,
        args: &[Val<'_>],
        f: impl FnOnce(Row<'_>) -> T,
    ) -> Result<Option<T>, Fault> {
        trace::asked(sql, args.iter().copied());
        let mut statement = self.statement(sql)?;
        let mut rows = statement.query(params_from_iter(args))?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let out = f(Row::Sqlite(row));
        // a RETURNING statement has only written everything once it was stepped to its end
        while rows.next()?.is_some() {}
        Ok(Some(out))
    }
    pub fn all<T>(
        &mut self,
        sql: &'static str,
        args: &[Val<'_>],
        mut f: impl FnMut(Row<'_>) -> T,
    ) -> Result<Vec<T>, Fault> {
        trace::asked(sql, args.iter().copied());
        let mut statement = self.statement(sql)?;
        let mut rows = statement.query(params_from_iter(args))?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            out.push(f(Row::Sqlite(row)));
        }
        Ok(out)
    }
    pub fn batch<R: Copy>(&mut self, list: &[Statement<R>]) -> Result<Option<R>, Fault> {
        for s in list {
            trace::asked(s.sql, s.args.iter().map(|a| a.as_val()));
            let args = params_from_iter(s.args.iter().map(|a| a.as_val()));
            let touched = self.statement(s.sql)?.execute(args)?;
            if touched == 0 && s.otherwise.is_some() {
                return Ok(s.otherwise);
            }
        }
        Ok(None)
    }
    /// One view of one moment; also fewer lock calls than a statement at a time.
    pub fn snapshot<T>(
        &mut self,
        f: impl FnOnce(&mut Rx<'_>) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        self.exec("BEGIN", &[])?;
        let out = f(&mut Rx::new(Conn::Sqlite(self)));
        self.exec("COMMIT", &[])?;
        out
    }
}
