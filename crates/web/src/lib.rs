//! Web: pages, forms, live streams and the JSON API. Knows verbs and views, never a database.
pub mod api;
mod ask;
pub mod assets;
pub mod community;
pub mod console;
pub mod content;
pub mod edge;
pub mod form;
pub mod health;
pub mod live;
mod loyalty;
pub mod pictures;
pub mod reach;
pub mod reply;
pub mod routes;
pub mod sale;
pub mod spread;
pub mod trust;
pub mod ui;
pub mod who;
pub mod words;

use app::App;
use rules::base::Moment;
use std::sync::Arc;

/// What every handler gets; cheap to clone.
#[derive(Clone)]
pub struct House {
    pub app: App,
    pub clock: fn() -> Moment,
    pub setup: Arc<Setup>,
    pub live: Arc<live::Live>,
    pub limits: Arc<api::Limits>,
    /// What `GET /metrics` asks for; without one it answers this machine only.
    pub watch_token: Option<Arc<str>>,
}

/// What the operator of the installation decided.
#[derive(Clone, Debug)]
pub struct Setup {
    /// `https://shop.example.org`, without a slash at the end.
    pub address: String,
    /// Served over HTTPS: cookies are `Secure` and carry the `__Host-` prefix.
    pub secure: bool,
    /// Demo and development: one-time codes are shown on the page.
    pub show_codes: bool,
    /// The gallery of components and other aids of people who build pages.
    pub development: bool,
}

impl House {
    pub fn new(app: App, clock: fn() -> Moment, setup: Setup) -> House {
        let (setup, live, limits) = (Arc::new(setup), Arc::default(), Arc::default());
        House { app, clock, setup, live, limits, watch_token: None }
    }
    pub fn watched_with(self, token: Option<String>) -> House {
        // an empty one would open the door to everybody
        let token = token.filter(|t| !t.trim().is_empty());
        House { watch_token: token.map(Into::into), ..self }
    }
    pub fn now(&self) -> Moment {
        (self.clock)()
    }
}
