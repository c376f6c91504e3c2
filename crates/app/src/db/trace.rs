//! Records what SQLite is asked, so that a raw loop can replay the very same statements beside it.
use super::{Owned, Val};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

/// A statement and its arguments, as a verb sent them.
pub type Asked = (&'static str, Vec<Owned>);

static RECORDING: AtomicBool = AtomicBool::new(false);
static RECORD: Mutex<Vec<Asked>> = Mutex::new(Vec::new());

/// Turns recording on or off and hands over what was recorded until now.
pub fn record(on: bool) -> Vec<Asked> {
    RECORDING.store(on, Relaxed);
    RECORD.lock().map(|mut r| std::mem::take(&mut *r)).unwrap_or_default()
}

pub(super) fn asked<'v>(sql: &'static str, args: impl Iterator<Item = Val<'v>>) {
    if RECORDING.load(Relaxed)
        && let Ok(mut record) = RECORD.lock()
    {
        record.push((sql, args.map(Owned::from).collect()));
    }
}
