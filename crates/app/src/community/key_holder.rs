//! Whom a key of the API speaks for.
use super::who::{self, Place, Who};
use crate::db::{Fault, Row, Rx};
use crate::digest::sha256;
use crate::{App, p};
use rules::base::{Id, Lang, Moment, id};
use rules::community::scope::Scopes;

/// A key in use, and the member it acts for.
#[derive(Clone, Debug)]
pub struct Holder {
    pub key: Id<id::Key>,
    pub place: Place,
    pub who: Who,
    pub scopes: Scopes,
    pub lang: Lang,
    pub used_at: Option<Moment>,
}

const HOLDER: &str = "SELECT k.community_id, k.id, k.member_id, k.scopes, k.used_at, c.slug, a.lang
    FROM api_key k JOIN community c ON c.id = k.community_id
    JOIN member m ON m.community_id = k.community_id AND m.id = k.member_id
    JOIN account a ON a.id = m.account_id
    WHERE k.hash = $1 AND k.ended_at IS NULL AND a.state = 'active'";
type Found = (Id<id::Community>, Id<id::Key>, Id<id::Member>, Scopes, Option<Moment>, String, Lang);

fn found(r: Row<'_>) -> Found {
    let scopes = Scopes::parse(&r.text(3));
    (r.id(0), r.id(1), r.id(2), scopes, r.opt_moment(4), r.text(5), r.word(6, Lang::of))
}

fn holder(rx: &mut Rx<'_>, hash: &str) -> Result<Option<Holder>, Fault> {
    let Some((c, key, member, scopes, used_at, slug, lang)) = rx.one(HOLDER, p![hash], found)?
    else {
        return Ok(None);
    };
    let Some(place) = who::place_of(rx, &slug)? else { return Ok(None) };
    // whoever left, was banned or closed the account speaks no more through a key either
    let now = who::member_is(rx, c, member)?;
    Ok(now.map(|who| Holder { key, place, who, scopes, lang, used_at }))
}

impl App {
    /// For whom a key speaks; `None`: nobody, or no longer.
    pub async fn key_holder(&self, key: &str) -> Result<Option<Holder>, Fault> {
        let hash = sha256(key);
        self.db.read(move |rx| holder(rx, &hash)).await
    }
}
