//! Writes of second factors and the codes on paper, and the reads their verbs decide by.
use crate::db::{Fault, Rx, Writes};
use crate::p;
use rules::base::{Id, Moment, id};
use rules::community::second_factor::State;

type Account = Id<id::Account>;

#[derive(Clone, Copy, Debug)]
pub struct Factor {
    /// Every setup has its own, and so its own secret.
    pub version: i64,
    pub state: State,
    /// No code of this step or before it counts any more.
    pub last_step: i64,
    pub since: Moment,
}

const FACTOR: &str = "SELECT version, state, last_step, since FROM second_factor
    WHERE account_id = $1";
const LEFT: &str = "SELECT count(*) FROM recovery_code WHERE account_id = $1 AND used_at IS NULL";
const UNUSED: &str = "SELECT 1 FROM recovery_code
    WHERE account_id = $1 AND hash = $2 AND used_at IS NULL";
const BEGIN: &str = "INSERT INTO second_factor (account_id, version, state, last_step, since)
    VALUES ($1,$2,'begun',0,$3) ON CONFLICT (account_id) DO UPDATE
    SET version = excluded.version, since = excluded.since WHERE second_factor.state = 'begun'";
const CONFIRM: &str = "UPDATE second_factor SET state = 'on', last_step = $3, since = $4
    WHERE account_id = $1 AND version = $2 AND state = 'begun'";
const STEP: &str = "UPDATE second_factor SET last_step = $2
    WHERE account_id = $1 AND state = 'on' AND last_step < $2";
const RECOVERY: &str = "INSERT INTO recovery_code (account_id, hash) VALUES ($1,$2)";
const USE: &str = "UPDATE recovery_code SET used_at = $3
    WHERE account_id = $1 AND hash = $2 AND used_at IS NULL";
const REMOVE: &str = "DELETE FROM second_factor WHERE account_id = $1";
const REMOVE_CODES: &str = "DELETE FROM recovery_code WHERE account_id = $1";

pub fn factor(rx: &mut Rx<'_>, account: Account) -> Result<Option<Factor>, Fault> {
    rx.one(FACTOR, p![account], |r| Factor {
        version: r.int(0),
        state: r.word(1, State::of),
        last_step: r.int(2),
        since: r.moment(3),
    })
}
/// Codes on paper that were not used.
pub fn left(rx: &mut Rx<'_>, account: Account) -> Result<i64, Fault> {
    Ok(rx.one(LEFT, p![account], |r| r.int(0))?.unwrap_or(0))
}
pub fn unused(rx: &mut Rx<'_>, account: Account, hash: &str) -> Result<bool, Fault> {
    Ok(rx.one(UNUSED, p![account, hash], |_| ())?.is_some())
}
/// A setup that was not finished is begun anew; one that is on stays.
pub fn begin<R>(w: &mut Writes<R>, account: Account, version: i64, now: Moment, on: R) {
    w.must(BEGIN, p![account, version, now], on);
}
pub fn confirm<R>(
    w: &mut Writes<R>,
    account: Account,
    (version, step): (i64, i64),
    now: Moment,
    gone: R,
) {
    w.must(CONFIRM, p![account, version, step, now], gone);
    w.put(REMOVE_CODES, p![account]);
}
pub fn add_recovery<R>(w: &mut Writes<R>, account: Account, hash: &str) {
    w.put(RECOVERY, p![account, hash]);
}
/// A step is used once, and none before it any more.
pub fn use_step<R>(w: &mut Writes<R>, account: Account, step: i64, used: R) {
    w.must(STEP, p![account, step], used);
}
pub fn use_recovery<R>(w: &mut Writes<R>, account: Account, hash: &str, now: Moment, used: R) {
    w.must(USE, p![account, hash, now], used);
}
pub fn remove<R>(w: &mut Writes<R>, account: Account) {
    w.put(REMOVE, p![account]);
    w.put(REMOVE_CODES, p![account]);
}
