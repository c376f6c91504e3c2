//! Writes of accounts, identities, codes, throttles and sessions, and what verbs decide by.
use crate::db::{Fault, Rx, Tx, Writes};
use crate::p;
use rules::base::{Id, Lang, Moment, id};
use rules::community::contact::{Contact, ContactKind};
use rules::community::throttle::{self, Limit};

type Account = Id<id::Account>;

const TRIED: &str = "INSERT INTO throttle (bucket, since, count) VALUES ($1,$2,1)
    ON CONFLICT (bucket) DO UPDATE SET
      count = CASE WHEN throttle.since <= $3 THEN 1 ELSE throttle.count + 1 END,
      since = CASE WHEN throttle.since <= $3 THEN $2 ELSE throttle.since END
    RETURNING count";
const UNTRIED: &str = "DELETE FROM throttle WHERE bucket = $1";

const ADD_SIGN_IN: &str = "INSERT INTO sign_in (id, kind, target, code_hash, browser_hash, tries,
    until_at) VALUES ($1,$2,$3,$4,$5,0,$6)";
const SIGN_IN: &str = "SELECT kind, target, code_hash, browser_hash, until_at, used_at FROM sign_in
    WHERE id = $1";
const TRY_CODE: &str = "UPDATE sign_in SET tries = tries + 1 WHERE id = $1 RETURNING tries";
const USE_CODE: &str = "UPDATE sign_in SET used_at = $2 WHERE id = $1 AND used_at IS NULL";

const IDENTITY: &str = "SELECT i.account_id, i.proved_at, a.password, a.name
    FROM identity i JOIN account a ON a.id = i.account_id
    WHERE i.kind = $1 AND i.value = $2 AND a.state = 'active'";
const ADD_IDENTITY: &str = "INSERT INTO identity (kind, value, account_id, proved_at)
    VALUES ($1,$2,$3,$4) ON CONFLICT DO NOTHING";
const PROVED: &str = "UPDATE identity SET proved_at = $3 WHERE kind = $1 AND value = $2
    AND proved_at IS NULL";
const FORGET_IDENTITIES: &str = "DELETE FROM identity WHERE account_id = $1";

const ADD_ACCOUNT: &str = "INSERT INTO account (id, name, lang, state, password, created_at)
    VALUES ($1,$2,$3,'active',$4,$5)";
const ACCOUNT: &str = "SELECT name, password FROM account
    WHERE id = $1 AND state = 'active'";
const SET_PASSWORD: &str = "UPDATE account SET password = $2 WHERE id = $1 AND state = 'active'";
const SET_PROFILE: &str = "UPDATE account SET name = $2, lang = $3
    WHERE id = $1 AND state = 'active'";
const CLOSE_ACCOUNT: &str = "UPDATE account SET state = 'closed', name = '', password = NULL,
    closed_at = $2 WHERE id = $1 AND state = 'active'";

const ADD_SESSION: &str = "INSERT INTO session (hash, id, account_id, agent, created_at, seen_at,
    until_at) VALUES ($1,$2,$3,$4,$5,$5,$6)";
const SESSION: &str = "SELECT created_at, seen_at FROM session
    WHERE hash = $1 AND until_at > $2";
const SESSION_BORN: &str = "SELECT created_at FROM session
    WHERE account_id = $1 AND id = $2 AND until_at > $3";
const KEEP_SESSION: &str = "UPDATE session SET seen_at = $2, until_at = $3 WHERE hash = $1";
const END_TOKEN: &str = "DELETE FROM session WHERE hash = $1";
const END_SESSION: &str = "DELETE FROM session WHERE account_id = $1 AND id = $2";
const END_OTHERS: &str = "DELETE FROM session WHERE account_id = $1 AND id <> $2";

const OLD_SESSIONS: &str = "DELETE FROM session WHERE until_at <= $1";
const OLD_SIGN_INS: &str = "DELETE FROM sign_in WHERE until_at <= $1";
const OLD_THROTTLES: &str = "DELETE FROM throttle WHERE since <= $1";

/// Counts one more try and says whether it is allowed. The count must be kept also when the verb
/// refuses: such a verb ends its transaction well and refuses afterwards.
pub fn tried(tx: &mut Tx<'_>, bucket: &str, limit: Limit) -> Result<bool, Fault> {
    let now = tx.now();
    let args = p![bucket, now, throttle::over(limit, now)];
    let count = tx.exec_one(TRIED, args, |r| r.int(0))?;
    Ok(throttle::allowed(limit, count.unwrap_or(1)))
}
pub fn forget_tries<R>(w: &mut Writes<R>, bucket: &str) {
    w.put(UNTRIED, p![bucket]);
}

pub struct SignIn {
    pub contact: Contact,
    pub code_hash: String,
    pub browser_hash: String,
    pub until: Moment,
    pub used: bool,
}
pub struct NewSignIn<'a> {
    pub id: Id<id::SignIn>,
    pub contact: &'a Contact,
    pub code_hash: &'a str,
    pub browser_hash: &'a str,
    pub until: Moment,
}
pub fn add_sign_in<R>(w: &mut Writes<R>, s: &NewSignIn<'_>) {
    let (kind, value) = (s.contact.kind.code(), &s.contact.value);
    w.put(ADD_SIGN_IN, p![s.id, kind, value, s.code_hash, s.browser_hash, s.until]);
}
pub fn sign_in(rx: &mut Rx<'_>, id: Id<id::SignIn>) -> Result<Option<SignIn>, Fault> {
    rx.one(SIGN_IN, p![id], |r| SignIn {
        contact: Contact { kind: r.word(0, ContactKind::of), value: r.text(1) },
        code_hash: r.text(2),
        browser_hash: r.text(3),
        until: r.moment(4),
        used: r.opt_int(5).is_some(),
    })
}
/// Tries of this code so far, this one included.
pub fn try_code(tx: &mut Tx<'_>, id: Id<id::SignIn>) -> Result<i64, Fault> {
    Ok(tx.exec_one(TRY_CODE, p![id], |r| r.int(0))?.unwrap_or(i64::MAX))
}
pub fn use_code<R>(w: &mut Writes<R>, id: Id<id::SignIn>, now: Moment, used: R) {
    w.must(USE_CODE, p![id, now], used);
}

pub struct Identity {
    pub account: Account,
    pub proved: bool,
    pub password: Option<String>,
    pub name: String,
}
pub fn identity(rx: &mut Rx<'_>, c: &Contact) -> Result<Option<Identity>, Fault> {
    rx.one(IDENTITY, p![c.kind.code(), &c.value], |r| Identity {
        account: r.id(0),
        proved: r.opt_int(1).is_some(),
        password: r.opt_text(2),
        name: r.text(3),
    })
}
pub fn add_identity<R>(
    w: &mut Writes<R>,
    c: &Contact,
    account: Account,
    proved: Option<Moment>,
    taken: R,
) {
    w.must(ADD_IDENTITY, p![c.kind.code(), &c.value, account, proved], taken);
}
pub fn proved<R>(w: &mut Writes<R>, c: &Contact, now: Moment) {
    w.put(PROVED, p![c.kind.code(), &c.value, now]);
}

pub struct NewAccount<'a> {
    pub id: Account,
    pub name: &'a str,
    pub lang: Lang,
    pub password: Option<&'a str>,
}
pub fn add_account<R>(w: &mut Writes<R>, a: &NewAccount<'_>, now: Moment) {
    w.put(ADD_ACCOUNT, p![a.id, a.name, a.lang.tag(), a.password, now]);
}
pub struct Known {
    pub name: String,
    pub password: Option<String>,
}
pub fn account(rx: &mut Rx<'_>, account: Account) -> Result<Option<Known>, Fault> {
    rx.one(ACCOUNT, p![account], |r| Known { name: r.text(0), password: r.opt_text(1) })
}
pub fn set_password<R>(w: &mut Writes<R>, account: Account, hashed: Option<&str>, gone: R) {
    w.must(SET_PASSWORD, p![account, hashed], gone);
}
pub fn set_profile<R>(w: &mut Writes<R>, account: Account, name: &str, lang: Lang, gone: R) {
    w.must(SET_PROFILE, p![account, name, lang.tag()], gone);
}
/// The person goes; what they owe and are owed stays under the number.
pub fn close_account<R>(w: &mut Writes<R>, account: Account, now: Moment, gone: R) {
    w.must(CLOSE_ACCOUNT, p![account, now], gone);
    w.put(FORGET_IDENTITIES, p![account]);
    end_others(w, account, None);
}

pub struct NewSession<'a> {
    pub id: Id<id::Session>,
    pub hash: &'a str,
    pub account: Account,
    pub agent: &'a str,
    pub until: Moment,
}
pub fn add_session<R>(w: &mut Writes<R>, s: &NewSession<'_>, now: Moment) {
    w.put(ADD_SESSION, p![s.hash, s.id, s.account, s.agent, now, s.until]);
}
pub struct Session {
    pub created: Moment,
    pub seen: Moment,
}
pub fn session(rx: &mut Rx<'_>, hash: &str, now: Moment) -> Result<Option<Session>, Fault> {
    rx.one(SESSION, p![hash, now], |r| Session { created: r.moment(0), seen: r.moment(1) })
}
pub fn session_born(
    rx: &mut Rx<'_>,
    account: Account,
    id: Id<id::Session>,
    now: Moment,
) -> Result<Option<Moment>, Fault> {
    rx.one(SESSION_BORN, p![account, id, now], |r| r.moment(0))
}
pub fn keep_session<R>(w: &mut Writes<R>, hash: &str, now: Moment, until: Moment) {
    w.put(KEEP_SESSION, p![hash, now, until]);
}
pub fn end_token<R>(w: &mut Writes<R>, hash: &str) {
    w.put(END_TOKEN, p![hash]);
}
pub fn end_session<R>(w: &mut Writes<R>, account: Account, id: Id<id::Session>) {
    w.put(END_SESSION, p![account, id]);
}
/// All sessions of the account but `kept`.
pub fn end_others<R>(w: &mut Writes<R>, account: Account, kept: Option<Id<id::Session>>) {
    w.put(END_OTHERS, p![account, kept.map_or(0, Id::raw)]);
}
/// What is over for a day: sessions, codes, throttles. Codes and throttles are personal data.
pub fn sweep<R>(w: &mut Writes<R>, now: Moment) {
    let yesterday = now.plus_days(-1);
    w.put(OLD_SESSIONS, p![now]);
    w.put(OLD_SIGN_INS, p![yesterday]);
    w.put(OLD_THROTTLES, p![yesterday]);
}
