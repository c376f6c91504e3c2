//! The poster of a link, drawn once and then kept as a file. Its words come from the page.
use super::views_thing::Picture;
use crate::App;
use crate::digest::sha256;
use crate::pictures::{Served, is_private};
use media::poster::{self, Poster};

/// Everything that stands on it.
#[derive(Clone, Debug)]
pub struct DrawPoster {
    pub picture: Picture,
    pub who: String,
    pub title: String,
    pub words: String,
    pub price: String,
    pub house: String,
    pub hint: String,
    pub url: String,
    pub lang: &'static str,
}

/// A new drawing of the same words gets a new file.
const DRAWING: &str = "1";

impl App {
    /// A PNG; `None` when it could not be drawn.
    pub async fn poster(&self, p: DrawPoster) -> Option<Served> {
        let picture = match &p.picture {
            Picture::Stored(name) if is_private(name) => None,
            Picture::Stored(name) => self.stored_picture(name.clone(), 720).await,
            Picture::Look(look, seed) => self.drawing(look.clone(), seed.unsigned_abs(), 720).await,
            Picture::Cover(seed) => self.cover(seed.unsigned_abs() % 4096, 720).await,
        };
        let picture = picture.map(|served| served.bytes).unwrap_or_default();
        let file = format!("poster-{}.png", &sha256(&format!("{DRAWING} {p:?}"))[..32]);
        let files = self.gateway.files.clone();
        let work = move || {
            if let Ok(bytes) = files.get(&file) {
                return Some(bytes);
            }
            let drawn = Poster {
                picture: &picture,
                who: &p.who,
                title: &p.title,
                words: &p.words,
                price: &p.price,
                house: &p.house,
                hint: &p.hint,
                url: &p.url,
                lang: p.lang,
            };
            let bytes = poster::png(&drawn, media::font::found().ok()).ok()?;
            if let Err(e) = files.put(&file, &bytes) {
                tracing::warn!(file, error = %e, "a poster could not be kept");
            }
            Some(bytes)
        };
        let bytes = tokio::task::spawn_blocking(work).await.ok().flatten()?;
        Some(Served { mime: "image/png", bytes })
    }
    /// Which font posters are written with, or what to do about there being none.
    pub fn poster_font() -> Result<String, &'static str> {
        media::font::found().map(|fonts| fonts.file().display().to_string())
    }
}
