//! Accidents: what went wrong below the business. Refusals are values of the verbs instead.
use std::fmt;

#[derive(Debug)]
pub enum Fault {
    Sqlite(rusqlite::Error),
    Postgres(tokio_postgres::Error),
    /// The queue of waiting work is full: come back in a moment.
    Busy,
    /// The engine stopped, or a group commit failed: nothing of it was kept.
    Gone,
    /// The connection was lost at COMMIT: it may have happened. Idempotent ids settle it.
    Unknown,
    /// An earlier statement of this transaction failed.
    Poisoned,
    /// A bug, a corrupt row, or something outside the database that broke.
    Broken(String),
}

impl Fault {
    pub fn broken(what: impl Into<String>) -> Fault {
        Fault::Broken(what.into())
    }
    /// Worth asking for again in a moment.
    pub fn passing(&self) -> bool {
        match self {
            Fault::Busy | Fault::Gone | Fault::Unknown => true,
            Fault::Sqlite(e) => matches!(
                e.sqlite_error_code(),
                Some(rusqlite::ErrorCode::DiskFull | rusqlite::ErrorCode::DatabaseBusy)
            ),
            Fault::Postgres(e) => e.is_closed() || e.code().is_none_or(|c| passes(c.code())),
            Fault::Poisoned | Fault::Broken(_) => false,
        }
    }
}

/// Short of connections, memory or disk (class 53), or stopping and starting (57P01 to 57P03).
fn passes(code: &str) -> bool {
    code.starts_with("53") || matches!(code, "57P01" | "57P02" | "57P03")
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Sqlite(e) => write!(f, "SQLite: {e}"),
            Fault::Postgres(e) => match e.as_db_error() {
                Some(db) => write!(f, "PostgreSQL: {} ({})", db.message(), db.code().code()),
                None => write!(f, "PostgreSQL: {e}"),
            },
            Fault::Busy => f.write_str("the database queue is full"),
            Fault::Gone => f.write_str("the transaction was not kept"),
            Fault::Unknown => f.write_str("the connection was lost while committing"),
            Fault::Poisoned => f.write_str("an earlier statement of the transaction failed"),
            Fault::Broken(what) => f.write_str(what),
        }
    }
}
impl std::error::Error for Fault {}

impl From<rusqlite::Error> for Fault {
    fn from(e: rusqlite::Error) -> Self {
        Fault::Sqlite(e)
    }
}
impl From<tokio_postgres::Error> for Fault {
    fn from(e: tokio_postgres::Error) -> Self {
        Fault::Postgres(e)
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_passes_by_itself() {
        let cases = [("53300", true), ("57P01", true), ("57P03", true), ("57014", false)];
        for (code, passes) in cases {
            assert_eq!(super::passes(code), passes, "{code}");
        }
        assert!(!super::passes("42703"), "a wrong statement stays wrong");
    }
}
