//! Pictures: taken in safely, kept in three widths, drawn where a product has none.
use crate::App;
use crate::db::Fault;
use crate::stop::Stop;
use media::picture::{self, Taken};
use media::{look, render};
use rules::base::{Id, id, secret};

crate::refusals! {
    TooHeavy = "picture_too_heavy",
    WrongType = "picture_wrong_type",
    TooLarge = "picture_too_large",
    Broken = "picture_broken",
}

impl From<media::Refused> for Refused {
    fn from(no: media::Refused) -> Self {
        match no {
            media::Refused::TooHeavy => Refused::TooHeavy,
            media::Refused::WrongType => Refused::WrongType,
            media::Refused::TooLarge => Refused::TooLarge,
            _ => Refused::Broken,
        }
    }
}

/// Bytes to send, and what they are.
pub struct Served {
    pub mime: &'static str,
    pub bytes: Vec<u8>,
}

/// The widths every picture is kept in.
pub const WIDTHS: [u32; 3] = [360, 720, 1440];

/// What the name of a picture begins with that not everybody may see.
const PRIVATE: &str = "private-";

/// Whether only those may see it who may see what it belongs to.
pub fn is_private(name: &str) -> bool {
    name.starts_with(PRIVATE) && shape(name).is_some()
}

/// A stored picture's name says its shape: `9f86d081884c7d65-720x540`.
pub fn shape(name: &str) -> Option<(u32, u32)> {
    let (_, shape) = name.rsplit_once('-')?;
    let (width, height) = shape.split_once('x')?;
    Some((width.parse().ok()?, height.parse().ok()?))
}

impl App {
    /// Takes a picture somebody sent: checked, turned upright, stripped of what the camera wrote
    /// into it, made smaller. Returns its name. The same picture has the same name.
    pub async fn store_picture(&self, bytes: Vec<u8>) -> Result<String, Stop<Refused>> {
        self.keep_picture(bytes, None).await
    }
    /// The same for one order only: a proof of payment, what arrived broken. The number of the
    /// order goes into the name, so that nobody finds it by sending the same picture.
    pub async fn store_private_picture(
        &self,
        order: Id<id::Order>,
        bytes: Vec<u8>,
    ) -> Result<String, Stop<Refused>> {
        self.keep_picture(bytes, Some(order)).await
    }
    async fn keep_picture(
        &self,
        bytes: Vec<u8>,
        of: Option<Id<id::Order>>,
    ) -> Result<String, Stop<Refused>> {
        let files = self.gateway.files.clone();
        let work = move || {
            let taken = picture::take(&bytes).map_err(Refused::from)?;
            let mut digest = ring::digest::Context::new(&ring::digest::SHA256);
            if let Some(order) = of {
                digest.update(&order.raw().to_be_bytes());
            }
            digest.update(&bytes);
            let hash = secret::hex(&digest.finish().as_ref()[..12]);
            let kind = if of.is_some() { PRIVATE } else { "" };
            let name = format!("{kind}{hash}-{}x{}", taken.width, taken.height);
            for (width, size) in WIDTHS.iter().zip(filled(&taken)) {
                let file = format!("{name}-{width}.{}", ending(size.mime));
                let put = files.put(&file, &size.bytes);
                put.map_err(|e| Fault::broken(format!("storing a picture: {e}")))?;
            }
            Ok(name)
        };
        tokio::task::spawn_blocking(work).await.map_err(|e| Fault::broken(e.to_string()))?
    }

    /// A stored picture in one of the [`WIDTHS`].
    pub async fn stored_picture(&self, name: String, width: u32) -> Option<Served> {
        let files = self.gateway.files.clone();
        let read = move || {
            ["jpg", "webp"].into_iter().find_map(|end| {
                let bytes = files.get(&format!("{name}-{width}.{end}")).ok()?;
                Some(Served { mime: mime(end), bytes })
            })
        };
        tokio::task::spawn_blocking(read).await.ok().flatten()
    }

    /// The drawing of a product's kind; the seed varies colours and details. Drawn once, then kept
    /// as a file.
    pub async fn drawing(&self, look: String, seed: u64, width: u32) -> Option<Served> {
        if !WIDTHS.contains(&width) {
            return None;
        }
        // a kind nobody drew is a parcel, under one name
        let known = look::kinds().any(|k| k == look);
        let look = if known { look } else { "parcel".to_string() };
        self.drawn(format!("look-{look}-{seed:x}-{width}.jpg"), width, move || {
            look::svg(&look, seed)
        })
        .await
    }
    /// A scene for the head of a group or a post without pictures.
    pub async fn cover(&self, seed: u64, width: u32) -> Option<Served> {
        if !WIDTHS.contains(&width) {
            return None;
        }
        let file = format!("cover-{seed:x}-{width}.jpg");
        self.drawn(file, width, move || look::cover(seed)).await
    }
    async fn drawn(
        &self,
        file: String,
        width: u32,
        svg: impl FnOnce() -> String + Send + 'static,
    ) -> Option<Served> {
        let files = self.gateway.files.clone();
        let work = move || {
            if let Ok(bytes) = files.get(&file) {
                return Some(bytes);
            }
            let bytes = render::jpeg(&svg(), width).ok()?;
            if let Err(e) = files.put(&file, &bytes) {
                tracing::warn!(file, error = %e, "a drawing could not be kept");
            }
            Some(bytes)
        };
        let bytes = tokio::task::spawn_blocking(work).await.ok().flatten()?;
        Some(Served { mime: "image/jpeg", bytes })
    }
}

/// One size for each of the [`WIDTHS`]; a small picture serves the larger ones too.
fn filled(taken: &Taken) -> impl Iterator<Item = &picture::Size> {
    (0..WIDTHS.len()).filter_map(|i| taken.sizes.get(i).or(taken.sizes.last()))
}
fn ending(mime: &str) -> &'static str {
    if mime == "image/webp" { "webp" } else { "jpg" }
}
fn mime(ending: &str) -> &'static str {
    if ending == "webp" { "image/webp" } else { "image/jpeg" }
}
