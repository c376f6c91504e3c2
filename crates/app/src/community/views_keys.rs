//! The owner's list of the API's keys.
use crate::db::{Fault, Row};
use crate::{App, p};
use rules::base::{Id, Moment, id};
use rules::community::scope::Scopes;

/// A key as its owner sees it; the key itself is not kept.
#[derive(Clone, Debug)]
pub struct KeyRow {
    pub id: Id<id::Key>,
    pub name: String,
    /// The last four characters.
    pub hint: String,
    pub scopes: Scopes,
    pub made_by: String,
    pub made_at: Moment,
    pub used_at: Option<Moment>,
}

const KEYS: &str = "SELECT k.id, k.name, k.hint, k.scopes, m.name, k.made_at, k.used_at
    FROM api_key k JOIN member m ON m.community_id = k.community_id AND m.id = k.member_id
    WHERE k.community_id = $1 AND k.ended_at IS NULL ORDER BY k.id DESC LIMIT 100";

fn key_row(r: Row<'_>) -> KeyRow {
    KeyRow {
        id: r.id(0),
        name: r.text(1),
        hint: r.text(2),
        scopes: Scopes::parse(&r.text(3)),
        made_by: r.text(4),
        made_at: r.moment(5),
        used_at: r.opt_moment(6),
    }
}

impl App {
    /// The keys that still open this community, newest first.
    pub async fn keys(&self, c: Id<id::Community>) -> Result<Vec<KeyRow>, Fault> {
        self.db.read(move |rx| rx.all(KEYS, p![c], key_row)).await
    }
}
