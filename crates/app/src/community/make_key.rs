//! A key of the API: made, noted when used, ended. Shown once, kept as its hash.
use super::key_holder::Holder;
use super::tables_audit_log::{self as audit_log, Deed};
use super::tables_keys as tables;
use super::who::{self, Who};
use crate::db::{Tx, Writes};
use crate::digest::sha256;
use crate::{App, Stop};
use rules::base::moment::MINUTE;
use rules::base::{Id, Moment, id, secret, text};
use rules::community::role::Role;
use rules::community::scope::Scopes;

/// Keys of one community at a time.
const MOST: i64 = 50;
/// A key's last use is noted at most this often.
const NOTED: i64 = 10 * MINUTE;

#[derive(Clone, Debug)]
pub struct MakeKey {
    pub who: Who,
    /// Minted into the form: sending it twice makes one key, which is shown the first time only.
    pub id: Id<id::Key>,
    /// What it is for, in the owner's words.
    pub name: String,
    pub scopes: Scopes,
}

crate::refusals! {
    NotAllowed = "not_allowed",
    BadName = "bad_name",
    NothingChosen = "nothing_chosen",
    TooManyKeys = "too_many_keys",
    /// The form came twice; the key was shown the first time.
    AlreadyMade = "already_made",
    NoSuchKey = "no_such_key",
}

impl App {
    /// The key itself: `kith_` and 64 hexadecimal digits.
    pub async fn make_key(&self, now: Moment, m: MakeKey) -> Result<String, Stop<Refused>> {
        let key = format!("kith_{}", secret::hex(&self.chance.bytes::<32>()));
        let shown = key.clone();
        self.db.write(now, move |tx| make(tx, &m, &key)).await?;
        Ok(shown)
    }
    /// Ended at once, everywhere.
    pub async fn end_key(
        &self,
        now: Moment,
        who: Who,
        key: Id<id::Key>,
    ) -> Result<(), Stop<Refused>> {
        self.db.write(now, move |tx| end(tx, who, key)).await
    }
    /// Writes at most every ten minutes, so it may follow every call.
    pub async fn note_key(&self, now: Moment, h: &Holder) -> Result<(), Stop<Refused>> {
        if h.used_at.is_some_and(|at| now.since(at) < NOTED) {
            return Ok(());
        }
        let (c, key) = (h.place.id, h.key);
        let note = move |tx: &mut Tx<'_>| {
            let mut w = Writes::<Refused>::default();
            tables::used(&mut w, c, key, tx.now());
            tx.run(w)
        };
        self.db.write(now, note).await
    }
}

fn is_owner(tx: &mut Tx<'_>, who: Who) -> Result<(), Stop<Refused>> {
    let now = who::member_is(tx, who.community, who.member)?;
    match now.is_some_and(|w| w.role == Role::Owner) {
        true => Ok(()),
        false => Err(Refused::NotAllowed.into()),
    }
}

fn make(tx: &mut Tx<'_>, m: &MakeKey, key: &str) -> Result<(), Stop<Refused>> {
    is_owner(tx, m.who)?;
    let c = m.who.community;
    let name = text::fit(text::line(&m.name), 60).map_err(|_| Refused::BadName)?;
    if m.scopes.none() {
        return Err(Refused::NothingChosen.into());
    }
    if tables::live(tx, c)? >= MOST {
        return Err(Refused::TooManyKeys.into());
    }
    let (hash, scopes) = (sha256(key), m.scopes.codes());
    let hint = &key[key.len() - 4..];
    let new = tables::NewKey {
        id: m.id,
        hash: &hash,
        hint,
        name: &name,
        scopes: &scopes,
        member: m.who.member,
    };
    let mut w = Writes::default();
    tables::add(&mut w, c, &new, tx.now(), Refused::AlreadyMade);
    let (actor, subject) = (m.who.member, m.id.raw());
    let deed = Deed { actor, what: "make_key", subject, was: "", became: &name, reason: &scopes };
    audit_log::write(tx, &mut w, c, deed);
    tx.run(w)
}

fn end(tx: &mut Tx<'_>, who: Who, key: Id<id::Key>) -> Result<(), Stop<Refused>> {
    is_owner(tx, who)?;
    let c = who.community;
    let name = tables::name(tx, c, key)?.ok_or(Refused::NoSuchKey)?;
    let mut w = Writes::default();
    tables::end(&mut w, c, key, tx.now(), Refused::NoSuchKey);
    let (actor, subject) = (who.member, key.raw());
    let deed = Deed { actor, what: "end_key", subject, was: &name, became: "", reason: "" };
    audit_log::write(tx, &mut w, c, deed);
    tx.run(w)
}
