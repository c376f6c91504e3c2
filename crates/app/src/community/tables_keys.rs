//! Writes of the API's keys.
use crate::db::{Fault, Rx, Writes};
use crate::p;
use rules::base::{Id, Moment, id};

type C = Id<id::Community>;
type Key = Id<id::Key>;

const ADD: &str = "INSERT INTO api_key (community_id, id, hash, hint, name, scopes, member_id,
    made_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8) ON CONFLICT DO NOTHING";
const LIVE: &str = "SELECT count(*) FROM api_key WHERE community_id = $1 AND ended_at IS NULL";
const NAME: &str = "SELECT name FROM api_key
    WHERE community_id = $1 AND id = $2 AND ended_at IS NULL";
const END: &str = "UPDATE api_key SET ended_at = $3
    WHERE community_id = $1 AND id = $2 AND ended_at IS NULL";
const USED: &str = "UPDATE api_key SET used_at = $3 WHERE community_id = $1 AND id = $2";

pub struct NewKey<'a> {
    pub id: Key,
    pub hash: &'a str,
    pub hint: &'a str,
    pub name: &'a str,
    pub scopes: &'a str,
    pub member: Id<id::Member>,
}

pub fn add<R>(w: &mut Writes<R>, c: C, k: &NewKey<'_>, now: Moment, twice: R) {
    w.must(ADD, p![c, k.id, k.hash, k.hint, k.name, k.scopes, k.member, now], twice);
}
/// How many keys open the community.
pub fn live(rx: &mut Rx<'_>, c: C) -> Result<i64, Fault> {
    Ok(rx.one(LIVE, p![c], |r| r.int(0))?.unwrap_or(0))
}
pub fn name(rx: &mut Rx<'_>, c: C, key: Key) -> Result<Option<String>, Fault> {
    rx.one(NAME, p![c, key], |r| r.text(0))
}
pub fn end<R>(w: &mut Writes<R>, c: C, key: Key, now: Moment, gone: R) {
    w.must(END, p![c, key, now], gone);
}
pub fn used<R>(w: &mut Writes<R>, c: C, key: Key, now: Moment) {
    w.put(USED, p![c, key, now]);
}
