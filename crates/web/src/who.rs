//! Who is asking, and from where: read once before a handler runs.
use crate::House;
use crate::reply::Sorry;
use crate::ui::{Page, TextSize, Theme};
use app::community::who::{Asking, Person, Place, Who};
use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use jiff::tz::TimeZone;
use rules::base::{Lang, Moment};
use rules::community::role::Right;
use rules::spread::visit::is_wechat;

/// The value of a cookie.
pub fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(|all| all.split(';'))
        .find_map(|one| one.trim().strip_prefix(name)?.strip_prefix('='))
}

/// The session cookie's name: the `__Host-` prefix needs HTTPS.
pub const fn session_cookie(secure: bool) -> &'static str {
    if secure { "__Host-kith" } else { "kith" }
}

/// How the reader wants to see things; cookies, else what the browser says.
#[derive(Clone, Copy, Debug)]
pub struct Taste {
    pub lang: Option<Lang>,
    pub browser: Option<Lang>,
    pub theme: Theme,
    pub text_size: TextSize,
    /// Inside WeChat no page may offer a reward for sharing: its rules for links forbid it.
    pub wechat: bool,
}

impl Taste {
    pub fn of(headers: &HeaderMap) -> Taste {
        let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok());
        let theme = match cookie(headers, "theme") {
            Some("light") => Theme::Light,
            Some("dark") => Theme::Dark,
            _ => Theme::System,
        };
        let text_size = match cookie(headers, "text") {
            Some("l") => TextSize::Large,
            Some("xl") => TextSize::Largest,
            _ => TextSize::Normal,
        };
        let agent = headers.get(header::USER_AGENT).and_then(|v| v.to_str().ok());
        Taste {
            wechat: agent.is_some_and(is_wechat),
            lang: cookie(headers, "lang").and_then(Lang::of),
            browser: accepted.and_then(Lang::accepted),
            theme,
            text_size,
        }
    }
}

/// A visit to a page, in a community or outside of any.
#[derive(Clone, Debug)]
pub struct Visit {
    pub place: Option<Place>,
    pub person: Option<Person>,
    pub who: Option<Who>,
    pub taste: Taste,
    pub lang: Lang,
    pub now: Moment,
    /// The path and query that were asked for.
    pub path: String,
    /// Wants fragments instead of a page.
    pub fragment: bool,
    pub token: Option<String>,
}

impl FromRequestParts<House> for Visit {
    type Rejection = Sorry;

    async fn from_request_parts(parts: &mut Parts, house: &House) -> Result<Visit, Sorry> {
        let params = RawPathParams::from_request_parts(parts, house).await;
        let slug = params.ok().and_then(|params| {
            params.iter().find(|(name, _)| *name == "community").map(|(_, slug)| slug.to_string())
        });
        let token = cookie(&parts.headers, session_cookie(house.setup.secure)).map(str::to_string);
        let (now, wanted) = (house.now(), slug.is_some());
        let Asking { place, person, who } = house.app.asking(now, slug, token.clone()).await?;
        if wanted && place.is_none() {
            return Err(Sorry::NotFound);
        }
        let taste = Taste::of(&parts.headers);
        // what the reader chose, then what the account says, then the browser, then the place
        let lang = taste.lang.or(person.as_ref().map(|p| p.lang)).or(taste.browser);
        let lang = lang.or(place.as_ref().map(|p| p.lang)).unwrap_or_default();
        let path = parts.uri.path_and_query().map_or("/", |p| p.as_str()).to_string();
        let fragment = parts.headers.contains_key("x-fragment");
        Ok(Visit { place, person, who, taste, lang, now, path, fragment, token })
    }
}

impl Visit {
    pub fn pick(&self, all: [&'static str; 3]) -> &'static str {
        self.lang.pick(all)
    }
    /// A page frame with everything about the reader filled in.
    pub fn page(&self) -> Page {
        let (theme, text_size) = (self.taste.theme, self.taste.text_size);
        let me = self.who.map(|w| w.member.to_string());
        Page { theme, text_size, me, ..Page::new(self.lang, self.now) }
    }
}

/// A visit to a page of one community; signed in or not.
#[derive(Clone, Debug)]
pub struct Here {
    pub visit: Visit,
    pub place: Place,
}

impl std::ops::Deref for Here {
    type Target = Visit;
    fn deref(&self) -> &Visit {
        &self.visit
    }
}

impl FromRequestParts<House> for Here {
    type Rejection = Sorry;

    async fn from_request_parts(parts: &mut Parts, house: &House) -> Result<Here, Sorry> {
        let visit = Visit::from_request_parts(parts, house).await?;
        let place = visit.place.clone().ok_or(Sorry::NotFound)?;
        Ok(Here { visit, place })
    }
}

impl Here {
    /// `/c/taoyuanli`
    pub fn base(&self) -> String {
        format!("/c/{}", self.place.slug)
    }
    pub fn zone(&self) -> TimeZone {
        TimeZone::get(&self.place.zone).unwrap_or(TimeZone::UTC)
    }
    pub fn page(&self) -> Page {
        Page { site: self.place.name.clone(), base: self.base(), ..self.visit.page() }
    }
    /// The member who asks, or the way to become one.
    pub fn member(&self) -> Result<Who, Sorry> {
        match (&self.visit.person, self.visit.who) {
            (_, Some(who)) => Ok(who),
            (Some(_), None) => Err(Sorry::Join),
            (None, None) => Err(Sorry::SignIn),
        }
    }
    /// A member with one of the staff's rights.
    pub fn may(&self, right: Right) -> Result<Who, Sorry> {
        let who = self.member()?;
        if who.rights.may(right) { Ok(who) } else { Err(Sorry::NotAllowed) }
    }
    /// A member the console opens for.
    pub fn staff(&self) -> Result<Who, Sorry> {
        let who = self.member()?;
        if who.rights.any() { Ok(who) } else { Err(Sorry::NotAllowed) }
    }
}
