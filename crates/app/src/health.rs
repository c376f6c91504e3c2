//! Is this process fit to serve, and what is waiting in it? For whoever watches the house.
use crate::db::{Fault, Rx};
use crate::{App, jobs};
use rules::base::Moment;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering::Relaxed};
use std::time::Duration;

/// A database that has not answered after this long counts as away.
const PATIENCE: Duration = Duration::from_secs(2);
/// The worker looks twice a second; a round of slow letters takes longer.
const SILENCE_MS: i64 = 60_000;

/// When the worker of this process last asked for jobs and was answered.
#[derive(Clone, Debug)]
pub(crate) struct Beat(Arc<AtomicI64>);

impl Default for Beat {
    fn default() -> Beat {
        Beat(Arc::new(AtomicI64::new(i64::MIN)))
    }
}
impl Beat {
    pub fn at(&self, now: Moment) {
        self.0.store(now.0, Relaxed);
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Health {
    /// The database answers.
    pub database: bool,
    /// Its schema is the one this program was made for.
    pub schema: bool,
    /// The worker of this process ran within the last minute.
    pub worker: bool,
}

impl Health {
    pub fn ready(self) -> bool {
        self.database && self.schema && self.worker
    }
}

impl App {
    pub async fn health(&self, now: Moment) -> Health {
        let asked = tokio::time::timeout(PATIENCE, self.db.is_current()).await;
        let (database, schema) = match asked {
            Ok(Ok(current)) => (true, current),
            Ok(Err(fault)) => {
                tracing::warn!(%fault, "the database does not answer");
                (false, false)
            }
            Err(_) => (false, false),
        };
        let beat = self.beat.0.load(Relaxed);
        Health { database, schema, worker: now.0.saturating_sub(beat) <= SILENCE_MS }
    }
    /// Jobs of all communities that are due and not done, and those that gave up.
    pub async fn waiting_jobs(&self, now: Moment) -> Result<jobs::Waiting, Fault> {
        self.db.read(move |rx: &mut Rx<'_>| jobs::waiting(rx, now)).await
    }
}
