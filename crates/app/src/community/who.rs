//! Who is asking: a session's account, and the member it is in one community.
use crate::db::{Fault, Row, Rx};
use crate::digest::sha256;
use crate::{App, p};
use rules::base::{Currency, Id, Lang, Moment, id};
pub use rules::community::role::Membership;
use rules::community::role::{Rights, Role};

/// The community a page or call is about.
#[derive(Clone, Debug)]
pub struct Place {
    pub id: Id<id::Community>,
    pub slug: String,
    pub name: String,
    pub lang: Lang,
    pub currency: Currency,
    /// An IANA time zone name.
    pub zone: String,
    pub theme: String,
}

/// A person who is signed in, in no particular community.
#[derive(Clone, Debug)]
pub struct Person {
    pub account: Id<id::Account>,
    pub name: String,
    pub lang: Lang,
}

/// A person as a member of one community: what verbs want to know of who asks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Who {
    pub community: Id<id::Community>,
    pub member: Id<id::Member>,
    pub account: Id<id::Account>,
    pub role: Role,
    pub rights: Rights,
    /// Cannot write before this moment.
    pub muted_until: Option<Moment>,
}

/// What a request may know before its handler runs.
#[derive(Clone, Debug)]
pub struct Asking {
    pub place: Option<Place>,
    pub person: Option<Person>,
    pub who: Option<Who>,
}

const PLACE: &str = "SELECT id, slug, name, lang, currency, zone, theme FROM community
    WHERE slug = $1 AND state = 'open'";
const PERSON: &str = "SELECT a.id, a.name, a.lang FROM session s JOIN account a
    ON a.id = s.account_id WHERE s.hash = $1 AND s.until_at > $2 AND a.state = 'active'";
const WHO: &str = "SELECT id, account_id, role, rights, muted_until FROM member
    WHERE community_id = $1 AND account_id = $2 AND state = 'active'";
const OWNER: &str = "SELECT id, account_id, role, rights, muted_until FROM member
    WHERE community_id = $1 AND role = 'owner' AND state = 'active'";
const NAMED: &str = "SELECT account_id FROM member
    WHERE community_id = $1 AND name = $2 AND state = 'active' ORDER BY id LIMIT 1";
const WHO_IS: &str = "SELECT id, account_id, role, rights, muted_until FROM member
    WHERE community_id = $1 AND id = $2 AND state = 'active'";

fn place(r: Row<'_>) -> Place {
    Place {
        id: r.id(0),
        slug: r.text(1),
        name: r.text(2),
        lang: r.word(3, Lang::of),
        currency: r.word(4, Currency::of),
        zone: r.text(5),
        theme: r.text(6),
    }
}
fn who(c: Id<id::Community>) -> impl Fn(Row<'_>) -> Who {
    move |r| {
        let role = r.word(2, Role::of);
        Who {
            community: c,
            member: r.id(0),
            account: r.id(1),
            role,
            rights: Rights::of(role, &r.text(3)),
            muted_until: r.opt_moment(4),
        }
    }
}

/// The member as it is now; verbs look again inside their transaction where it matters.
pub fn member_is(
    rx: &mut Rx<'_>,
    c: Id<id::Community>,
    member: Id<id::Member>,
) -> Result<Option<Who>, Fault> {
    rx.one(WHO_IS, p![c, member], who(c))
}

/// The community of this address, while it is open.
pub fn place_of(rx: &mut Rx<'_>, slug: &str) -> Result<Option<Place>, Fault> {
    rx.one(PLACE, p![slug], place)
}

impl App {
    /// Everything a request needs to know of its sender, in one look.
    pub async fn asking(
        &self,
        now: Moment,
        slug: Option<String>,
        token: Option<String>,
    ) -> Result<Asking, Fault> {
        let token = token.map(|t| sha256(&t));
        self.db
            .read(move |rx| {
                let place = match &slug {
                    Some(slug) => place_of(rx, slug)?,
                    None => None,
                };
                let person = match &token {
                    Some(hash) => rx.one(PERSON, p![hash, now], |r| Person {
                        account: r.id(0),
                        name: r.text(1),
                        lang: r.word(2, Lang::of),
                    })?,
                    None => None,
                };
                let who = match (&place, &person) {
                    (Some(place), Some(person)) => {
                        rx.one(WHO, p![place.id, person.account], who(place.id))?
                    }
                    _ => None,
                };
                Ok(Asking { place, person, who })
            })
            .await
    }
    pub async fn place(&self, slug: &str) -> Result<Option<Place>, Fault> {
        let slug = slug.to_string();
        self.db.read(move |rx| place_of(rx, &slug)).await
    }
    /// The member an account is in a community.
    pub async fn who_of(
        &self,
        c: Id<id::Community>,
        account: Id<id::Account>,
    ) -> Result<Option<Who>, Fault> {
        self.db.read(move |rx| rx.one(WHO, p![c, account], who(c))).await
    }
    /// On whose behalf the operator of the installation acts.
    pub async fn owner_of(&self, c: Id<id::Community>) -> Result<Option<Who>, Fault> {
        self.db.read(move |rx| rx.one(OWNER, p![c], who(c))).await
    }
    /// The longest-standing member of that name.
    pub async fn account_named(
        &self,
        c: Id<id::Community>,
        name: &str,
    ) -> Result<Option<Id<id::Account>>, Fault> {
        let name = name.to_string();
        self.db.read(move |rx| rx.one(NAMED, p![c, &name], |r| r.id(0))).await
    }
}
