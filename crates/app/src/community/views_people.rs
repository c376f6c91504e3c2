//! Reads for pages about oneself: sessions, communities, ways to sign in.
use crate::db::{Fault, Row, Rx};
use crate::{App, p};
use rules::base::{Id, Moment, id};
use rules::community::contact::ContactKind;
use rules::community::role::Role;

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SessionRow {
    pub id: Id<id::Session>,
    pub account: Id<id::Account>,
    pub agent: String,
    pub created_at: Moment,
    pub seen_at: Moment,
}
/// A way to sign in. Pages show `rules::community::contact::masked(&value)`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct IdentityRow {
    pub kind: ContactKind,
    pub value: String,
    pub proved: bool,
}
/// A community one is in.
#[derive(Clone, Debug)]
pub struct MyCommunity {
    pub id: Id<id::Community>,
    pub slug: String,
    pub name: String,
    pub purpose: String,
    pub theme: String,
    pub role: Role,
    pub member: Id<id::Member>,
}

/// A community anybody may look into.
#[derive(Clone, Debug)]
pub struct OpenCommunity {
    pub id: Id<id::Community>,
    pub slug: String,
    pub name: String,
    pub purpose: String,
}

const OPEN: &str = "SELECT id, slug, name, purpose FROM community WHERE state = 'open'
    ORDER BY created_at, id LIMIT $1";
const SESSION: &str = "SELECT id, account_id, agent, created_at, seen_at FROM session
    WHERE hash = $1 AND until_at > $2";
const SESSIONS: &str = "SELECT id, account_id, agent, created_at, seen_at FROM session
    WHERE account_id = $1 AND until_at > $2 ORDER BY seen_at DESC LIMIT 100";
const IDENTITIES: &str = "SELECT kind, value, proved_at FROM identity WHERE account_id = $1
    ORDER BY kind, value";
const MINE: &str = "SELECT c.id, c.slug, c.name, c.purpose, c.theme, m.role, m.id
    FROM member m JOIN community c ON c.id = m.community_id
    WHERE m.account_id = $1 AND m.state = 'active' AND c.state = 'open'
    ORDER BY m.joined_at LIMIT 200";

fn row(r: Row<'_>) -> SessionRow {
    SessionRow {
        id: r.id(0),
        account: r.id(1),
        agent: r.text(2),
        created_at: r.moment(3),
        seen_at: r.moment(4),
    }
}
pub(super) fn session(
    rx: &mut Rx<'_>,
    hash: &str,
    now: Moment,
) -> Result<Option<SessionRow>, Fault> {
    rx.one(SESSION, p![hash, now], row)
}

impl App {
    pub async fn list_sessions(
        &self,
        now: Moment,
        account: Id<id::Account>,
    ) -> Result<Vec<SessionRow>, Fault> {
        self.db.read(move |rx| rx.all(SESSIONS, p![account, now], row)).await
    }
    pub async fn identities(&self, account: Id<id::Account>) -> Result<Vec<IdentityRow>, Fault> {
        let f = |r: Row<'_>| IdentityRow {
            kind: r.word(0, ContactKind::of),
            value: r.text(1),
            proved: r.opt_int(2).is_some(),
        };
        self.db.read(move |rx| rx.all(IDENTITIES, p![account], f)).await
    }
    /// The oldest first.
    pub async fn open_communities(&self, most: i64) -> Result<Vec<OpenCommunity>, Fault> {
        let row = |r: Row<'_>| OpenCommunity {
            id: r.id(0),
            slug: r.text(1),
            name: r.text(2),
            purpose: r.text(3),
        };
        self.db.read(move |rx| rx.all(OPEN, p![most], row)).await
    }
    pub async fn my_communities(
        &self,
        account: Id<id::Account>,
    ) -> Result<Vec<MyCommunity>, Fault> {
        let f = |r: Row<'_>| MyCommunity {
            id: r.id(0),
            slug: r.text(1),
            name: r.text(2),
            purpose: r.text(3),
            theme: r.text(4),
            role: r.word(5, Role::of),
            member: r.id(6),
        };
        self.db.read(move |rx| rx.all(MINE, p![account], f)).await
    }
}
