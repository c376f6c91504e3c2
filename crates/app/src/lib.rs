//! The verbs and the SQL: the only crate that knows a database.
pub mod audit;
pub mod calls;
pub mod chance;
pub mod community;
pub mod content;
pub mod db;
pub mod digest;
pub mod facts;
pub mod health;
pub mod holds;
pub mod jobs;
pub mod learning;
pub mod ledger;
pub mod loyalty;
pub mod pictures;
pub mod reach;
pub mod sale;
pub mod spread;
mod stop;
pub mod trust;
pub mod worker;

pub use chance::Chance;
pub use db::{Db, Fault};
pub use stop::{Refusal, Stop};

use gateway::Gateway;
use health::Beat;
use rules::base::{Id, Moment};

/// What a verb needs from the house; cheap to clone.
#[derive(Clone)]
pub struct App {
    pub(crate) db: Db,
    pub chance: Chance,
    pub gateway: Gateway,
    pub(crate) beat: Beat,
}

impl App {
    pub fn new(db: Db, chance: Chance, gateway: Gateway) -> App {
        App { db, chance, gateway, beat: Beat::default() }
    }
    /// A number for a form or a command, made before anything is written.
    pub fn mint<T>(&self, now: Moment) -> Id<T> {
        self.db.mint().id(now)
    }
    /// The database itself, for the commands of the binary that look after it.
    pub fn database(&self) -> &Db {
        &self.db
    }
}
