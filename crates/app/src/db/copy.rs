//! A consistent copy of a SQLite database while it is in use.
use super::{Db, Engine, Fault};
use std::path::Path;

impl Db {
    /// Writes the database to `to`, which must not exist yet. PostgreSQL has `pg_dump` for this.
    pub fn copy_to(&self, to: &Path) -> Result<(), Fault> {
        let Engine::Sqlite(engine) = &*self.engine else {
            return Err(Fault::broken("use pg_dump to back up a PostgreSQL database"));
        };
        if to.exists() {
            return Err(Fault::broken(format!("{} exists already", to.display())));
        }
        let from = rusqlite::Connection::open(&engine.path)?;
        let mut copy = rusqlite::Connection::open(to)?;
        let backup = rusqlite::backup::Backup::new(&from, &mut copy)?;
        backup.run_to_completion(1000, std::time::Duration::ZERO, None)?;
        Ok(())
    }
}
