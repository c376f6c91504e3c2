//! Who calls the API: a key of one community, or a person by a session's token. Cookies do not
//! count here, so no page of another site can call in a reader's name.
use crate::House;
pub use crate::form::named;
use crate::reply::Sorry;
use crate::who::Taste;
use app::community::who::{Asking, Person, Place, Who};
use app::content::Reader;
use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use rules::base::{Lang, Moment};
use rules::community::role::Right;
use rules::community::scope::{Scope, Scopes};

/// A call, in a community or outside of any.
#[derive(Clone, Debug)]
pub struct Caller {
    pub place: Option<Place>,
    pub person: Option<Person>,
    pub who: Option<Who>,
    /// `None`: no key, so nothing narrows what the person may do.
    pub scopes: Option<Scopes>,
    pub token: Option<String>,
    pub lang: Lang,
    pub now: Moment,
}

/// What stands behind `Authorization: Bearer`.
pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim()).filter(|t| !t.is_empty())
}

const BAD_KEY: [&str; 3] = [
    "这个密钥无效或已停用",
    "這個金鑰無效或已停用",
    "This key or token is unknown, or it has ended.",
];
const OTHER: [&str; 3] =
    ["这个密钥属于另一个社群", "這個金鑰屬於另一個社群", "This key belongs to another community."];
const SCOPE: [&str; 3] = [
    "这个密钥没有这项权限，请在控制台另建一个",
    "這個金鑰沒有這項權限，請在主控台另建一個",
    "This key lacks the scope for that. Make another one in the console.",
];

impl FromRequestParts<House> for Caller {
    type Rejection = Sorry;

    async fn from_request_parts(parts: &mut Parts, house: &House) -> Result<Caller, Sorry> {
        let params = RawPathParams::from_request_parts(parts, house).await;
        let slug = params.ok().and_then(|params| {
            params.iter().find(|(name, _)| *name == "community").map(|(_, slug)| slug.to_string())
        });
        let told = Taste::of(&parts.headers).browser;
        Caller::of(house, slug, bearer(&parts.headers), told).await
    }
}

async fn by_key(
    house: &House,
    slug: Option<String>,
    key: &str,
    told: Option<Lang>,
) -> Result<Caller, Sorry> {
    let now = house.now();
    let holder = house.app.key_holder(key).await?;
    let h = holder.ok_or(Sorry::Credentials { code: "bad_key", says: BAD_KEY })?;
    if slug.as_ref().is_some_and(|slug| *slug != h.place.slug) {
        return Err(Sorry::Barred { code: "key_of_another_community", says: OTHER });
    }
    // a note for the owner's list; a call does not fail for it
    if let Err(stop) = house.app.note_key(now, &h).await {
        tracing::warn!(?stop, "a key's use was not noted");
    }
    let person = Person { account: h.who.account, name: String::new(), lang: h.lang };
    Ok(Caller {
        lang: told.unwrap_or(h.lang),
        place: slug.map(|_| h.place),
        person: Some(person),
        who: Some(h.who),
        scopes: Some(h.scopes),
        token: None,
        now,
    })
}

async fn by_token(
    house: &House,
    slug: Option<String>,
    token: Option<String>,
    told: Option<Lang>,
) -> Result<Caller, Sorry> {
    let (now, wanted, signed) = (house.now(), slug.is_some(), token.is_some());
    let Asking { place, person, who } = house.app.asking(now, slug, token.clone()).await?;
    if signed && person.is_none() {
        return Err(Sorry::Credentials { code: "bad_key", says: BAD_KEY });
    }
    if wanted && place.is_none() {
        return Err(Sorry::NotFound);
    }
    let lang = told.or(person.as_ref().map(|p| p.lang)).or(place.as_ref().map(|p| p.lang));
    Ok(Caller { place, person, who, scopes: None, token, lang: lang.unwrap_or_default(), now })
}

impl Caller {
    /// Whom a key or token speaks for, in the community of this address.
    pub async fn of(
        house: &House,
        slug: Option<String>,
        token: Option<&str>,
        told: Option<Lang>,
    ) -> Result<Caller, Sorry> {
        match token {
            Some(key) if key.starts_with("kith_") => by_key(house, slug, key, told).await,
            token => by_token(house, slug, token.map(str::to_string), told).await,
        }
    }
    /// The community of the path.
    pub fn place(&self) -> Result<&Place, Sorry> {
        self.place.as_ref().ok_or(Sorry::NotFound)
    }
    /// What strangers may see too; a key still needs its scope.
    pub fn reads(&self, scope: Scope) -> Result<&Place, Sorry> {
        match self.scopes {
            Some(scopes) if !scopes.may(scope) => {
                Err(Sorry::Barred { code: "scope_missing", says: SCOPE })
            }
            _ => self.place(),
        }
    }
    /// A member of the community, with a key's scope if it is a key.
    pub fn member(&self, scope: Scope) -> Result<Who, Sorry> {
        self.reads(scope)?;
        match (&self.person, self.who) {
            (_, Some(who)) => Ok(who),
            (Some(_), None) => Err(Sorry::Join),
            (None, None) => Err(Sorry::SignIn),
        }
    }
    /// A member with one of the staff's rights.
    pub fn staff(&self, scope: Scope, right: Right) -> Result<Who, Sorry> {
        let who = self.member(scope)?;
        if who.rights.may(right) { Ok(who) } else { Err(Sorry::NotAllowed) }
    }
    /// A person with a session: what concerns the account is not done with a community's key.
    pub fn person(&self) -> Result<&Person, Sorry> {
        match (&self.person, self.scopes) {
            (Some(person), None) => Ok(person),
            (Some(_), Some(_)) => Err(Sorry::Barred { code: "scope_missing", says: SCOPE }),
            (None, _) => Err(Sorry::SignIn),
        }
    }
    /// Whose idempotent calls these are: the community and the member, or 0 and the account.
    pub fn actor(&self) -> Option<(i64, i64)> {
        match (&self.place, self.who, &self.person) {
            (Some(place), Some(who), _) => Some((place.id.raw(), who.member.raw())),
            (_, _, Some(person)) => Some((0, person.account.raw())),
            _ => None,
        }
    }
    /// What this caller may read of posts.
    pub async fn reader(&self, house: &House) -> Result<Reader, Sorry> {
        let place = self.place()?;
        Ok(crate::content::reader_of(house, place.id, self.who).await?)
    }
}
