//! Style sheets, scripts and drawings: in the binary, under one content hash, immutable for a year.
//!
//! Debug builds read the files from disk at every request, so that an edit needs no compile.
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Write;
use std::sync::{LazyLock, Once, OnceLock};

use axum::Router;
use axum::body::Body;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "assets/"]
struct Files;

/// Sheets joined from several files. Everything else is served as it lies in the folder.
const BUNDLES: &[(&str, &[&str])] = &[
    ("member.css", &["tokens.css", "base.css", "member.css"]),
    ("console.css", &["tokens.css", "base.css", "console.css"]),
    ("red.css", &["tokens.css", "base.css", "member.css", "packet.css"]),
    // An editor with a phone preview shows real member components inside the console.
    ("studio.css", &["tokens.css", "base.css", "member.css", "console.css"]),
    (
        "gallery.css",
        &["tokens.css", "base.css", "member.css", "console.css", "packet.css", "gallery.css"],
    ),
];

static HASH: LazyLock<String> = LazyLock::new(|| {
    let mut context = ring::digest::Context::new(&ring::digest::SHA256);
    for name in Files::iter().collect::<std::collections::BTreeSet<_>>() {
        context.update(name.as_bytes());
        context.update(&Files::get(&name).map_or(Cow::Borrowed(&[][..]), |f| f.data));
    }
    context.finish().as_ref()[..6].iter().map(|b| format!("{b:02x}")).collect()
});

/// The address of a sheet, script or drawing: `/a/3f09c2…/member.css`.
pub fn url(name: &str) -> String {
    format!("/a/{}/{name}", *HASH)
}

/// The bytes behind a name, bundles joined; `None` for names that do not exist.
pub fn content(name: &str) -> Option<Cow<'static, [u8]>> {
    if let Some((_, parts)) = BUNDLES.iter().find(|(bundle, _)| *bundle == name) {
        let mut joined = Vec::new();
        for part in *parts {
            joined.extend_from_slice(&Files::get(part)?.data);
        }
        return Some(Cow::Owned(joined));
    }
    Files::get(name).map(|file| file.data)
}

fn mime(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or("") {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "webmanifest" => "application/manifest+json",
        "png" => "image/png",
        _ => "application/octet-stream",
    }
}

struct Squeezed {
    br: Vec<u8>,
    gzip: Vec<u8>,
}

static SQUEEZED: OnceLock<BTreeMap<String, Squeezed>> = OnceLock::new();

/// Brotli at its best level; slow, so once.
pub fn br(plain: &[u8]) -> Vec<u8> {
    let params = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 20,
        size_hint: plain.len(),
        ..Default::default()
    };
    let mut out = Vec::new();
    match brotli::BrotliCompress(&mut &plain[..], &mut out, &params) {
        Ok(_) => out,
        Err(_) => Vec::new(),
    }
}

fn gzip(plain: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(plain).and_then(|()| encoder.finish()).unwrap_or_default()
}

/// Compresses every asset beside the server's first requests; until it is done they go out plain.
pub fn warm() {
    static STARTED: Once = Once::new();
    if cfg!(debug_assertions) {
        return;
    }
    STARTED.call_once(|| {
        std::thread::spawn(|| {
            let names = BUNDLES.iter().map(|(name, _)| (*name).to_owned());
            let names = names.chain(Files::iter().map(|name| name.into_owned()));
            let all = names.filter_map(|name| {
                let plain = content(&name)?;
                Some((name, Squeezed { br: br(&plain), gzip: gzip(&plain) }))
            });
            let _ = SQUEEZED.set(all.collect());
        });
    });
}

/// The best encoding this reader accepts, if it makes the answer smaller.
fn encoded(name: &str, accepts: &str, plain_len: usize) -> Option<(&'static str, &'static [u8])> {
    let squeezed = SQUEEZED.get()?.get(name)?;
    let offered = |coding: &str| {
        accepts.split(',').any(|part| {
            let (token, q) = part.split_once(';').unwrap_or((part, ""));
            token.trim().eq_ignore_ascii_case(coding) && q.trim() != "q=0"
        })
    };
    [("br", &squeezed.br), ("gzip", &squeezed.gzip)]
        .into_iter()
        .find(|(coding, bytes)| offered(coding) && !bytes.is_empty() && bytes.len() < plain_len)
        .map(|(coding, bytes)| (coding, bytes.as_slice()))
}

/// `GET /a/{hash}/{file}`. An old hash is 404: its page is old too, and must not mix versions.
pub async fn serve(Path((hash, file)): Path<(String, String)>, headers: HeaderMap) -> Response {
    warm();
    if hash != *HASH {
        return StatusCode::NOT_FOUND.into_response();
    }
    let Some(plain) = content(&file) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let accepts = headers.get(header::ACCEPT_ENCODING).and_then(|v| v.to_str().ok()).unwrap_or("");
    let packed = encoded(&file, accepts, plain.len());
    let body = match (packed, plain) {
        (Some((_, bytes)), _) => Body::from(bytes),
        (None, Cow::Borrowed(bytes)) => Body::from(bytes),
        (None, Cow::Owned(bytes)) => Body::from(bytes),
    };
    let cache = match cfg!(debug_assertions) {
        true => "no-cache",
        false => "public, max-age=31536000, immutable",
    };
    let mut response = Response::new(body);
    let out = response.headers_mut();
    out.insert(header::CONTENT_TYPE, HeaderValue::from_static(mime(&file)));
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    out.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    out.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if let Some((coding, _)) = packed {
        out.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    response
}

/// To be merged into the application's router, whatever its state is.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/a/{hash}/{*file}", get(serve))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_loads_stay_small() {
        let table = [("member.css", 10), ("console.css", 14), ("core.js", 10)];
        for (name, kilobytes) in table {
            let size = br(&content(name).expect(name)).len();
            assert!(size > 500 && size <= kilobytes * 1024, "{name} is {size} bytes in brotli");
        }
        for name in ["chat.js", "console.js", "swipe.js", "picker.js"] {
            let size = br(&content(name).expect(name)).len();
            assert!(size > 200 && size <= 6 * 1024, "{name} is {size} bytes in brotli");
        }
    }

    #[test]
    fn a_bundle_is_its_parts_in_order() {
        let sheet = String::from_utf8(content("member.css").expect("a bundle").into_owned());
        let sheet = sheet.expect("text");
        let at = |needle: &str| sheet.find(needle).expect(needle);
        assert!(at("--bg:") < at(".btn{") && at(".btn{") < at(".tabbar{"));
        assert!(content("../Cargo.toml").is_none() && content("nothing.css").is_none());
    }

    #[tokio::test]
    async fn only_this_version_is_served() {
        let get = |hash: &str, file: &str| {
            serve(Path((hash.to_owned(), file.to_owned())), HeaderMap::new())
        };
        let here = url("core.js");
        let hash = here.split('/').nth(2).expect("a hash");
        let good = get(hash, "core.js").await;
        assert_eq!(good.status(), StatusCode::OK);
        assert_eq!(good.headers()[header::CONTENT_TYPE], "text/javascript; charset=utf-8");
        assert_eq!(get("000000000000", "core.js").await.status(), StatusCode::NOT_FOUND);
        assert_eq!(get(hash, "no.js").await.status(), StatusCode::NOT_FOUND);
    }

    #[test]
    fn encodings_are_asked_for() {
        let plain = b"abcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabcabc".repeat(9);
        let one = Squeezed { br: br(&plain), gzip: gzip(&plain) };
        assert!(one.br.len() < plain.len() && one.gzip.len() < plain.len());
        let _ = SQUEEZED.set(BTreeMap::from([("x".to_owned(), one)]));
        let table = [
            ("gzip, deflate, br", Some("br")),
            ("gzip", Some("gzip")),
            ("br;q=0, gzip;q=0.5", Some("gzip")),
            ("identity", None),
            ("", None),
        ];
        for (accepts, want) in table {
            assert_eq!(encoded("x", accepts, plain.len()).map(|(c, _)| c), want, "{accepts}");
        }
        assert!(encoded("x", "br", 3).is_none(), "never a longer answer");
    }
}
