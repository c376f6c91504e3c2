//! Forms as people send them: names and values, nothing assumed.
//!
//! A field that is missing or odd is a sentence on the page, never a bare 4xx, so handlers read
//! fields one by one and keep what was typed.
use crate::reply::Sorry;
use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{Method, StatusCode, header};
use rules::base::Id;
use rules::base::id::Noun;
use std::time::Duration;
use tokio_stream::StreamExt;

/// A plain form holds at most this many bytes; with files see [`UPLOAD`].
pub const PLAIN: usize = 64 * 1024;
/// A form with pictures or a catalogue file.
pub const UPLOAD: usize = 52 * 1024 * 1024;

/// Between two pieces of a body; who sends nothing for so long holds a connection for nothing.
const PAUSE: Duration = Duration::from_secs(20);

/// The body of a request, given up when its sender falls silent.
pub fn patient(body: Body) -> Body {
    within(body, PAUSE)
}
fn within(body: Body, pause: Duration) -> Body {
    let parts = body.into_data_stream().timeout(pause);
    Body::from_stream(parts.map(|part| match part {
        Ok(part) => part.map_err(std::io::Error::other),
        Err(_) => Err(std::io::ErrorKind::TimedOut.into()),
    }))
}

/// Why a body could not be read to its end.
pub fn unread(e: axum::Error) -> Sorry {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(&e);
    while let Some(one) = cause {
        let io = one.downcast_ref::<std::io::Error>();
        if io.is_some_and(|io| io.kind() == std::io::ErrorKind::TimedOut) {
            return Sorry::TooSlow;
        }
        cause = one.source();
    }
    Sorry::TooLarge
}

/// The id in a path; what is no id names nothing here.
pub fn named<T: Noun>(text: &str) -> Result<Id<T>, Sorry> {
    Id::parse(text).ok_or(Sorry::NotFound)
}

/// One file of an upload.
#[derive(Clone)]
pub struct File {
    pub field: String,
    pub name: String,
    pub bytes: Bytes,
}

/// The fields of a form or query, in the order they came.
#[derive(Clone, Default)]
pub struct Form {
    fields: Vec<(String, String)>,
    pub files: Vec<File>,
}

impl Form {
    /// Reads `a=1&b=2`; what is not UTF-8 becomes the replacement sign.
    pub fn parse(text: &[u8]) -> Form {
        let mut fields = Vec::new();
        for pair in text.split(|b| *b == b'&').filter(|p| !p.is_empty()).take(2000) {
            let at = pair.iter().position(|b| *b == b'=').unwrap_or(pair.len());
            let value = pair.get(at + 1..).unwrap_or_default();
            fields.push((decoded(&pair[..at]), decoded(value)));
        }
        Form { fields, files: Vec::new() }
    }
    /// Adds a field, as if it had been typed.
    pub fn put(&mut self, name: &str, value: &str) {
        self.fields.push((name.into(), value.into()));
    }
    /// Gives a field another value, in place of all it had.
    pub fn set(&mut self, name: &str, value: &str) {
        self.fields.retain(|(n, _)| n != name);
        self.put(name, value);
    }
    /// The first value, trimmed; empty when the field is missing.
    pub fn get(&self, name: &str) -> &str {
        self.fields.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v.trim())
    }
    /// The value as typed.
    pub fn raw(&self, name: &str) -> &str {
        self.fields.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v)
    }
    pub fn all<'f>(&'f self, name: &'f str) -> impl Iterator<Item = &'f str> {
        self.fields.iter().filter(move |(n, _)| n == name).map(|(_, v)| v.trim())
    }
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().map(|(n, v)| (n.as_str(), v.as_str()))
    }
    pub fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(n, _)| n == name)
    }
    pub fn int(&self, name: &str) -> Option<i64> {
        self.get(name).parse().ok()
    }
    pub fn id<T: Noun>(&self, name: &str) -> Option<Id<T>> {
        Id::parse(self.get(name))
    }
    /// An id the page minted into the form; a form without it was not ours.
    pub fn must_id<T: Noun>(&self, name: &str) -> Result<Id<T>, Sorry> {
        self.id(name).ok_or(Sorry::Malformed)
    }
}

fn decoded(bytes: &[u8]) -> String {
    let mut out = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while i < bytes.len() {
        let hex = |b: u8| (b as char).to_digit(16).map(|d| d as u8);
        match bytes[i] {
            b'+' => out.push(b' '),
            b'%' => {
                let pair = (bytes.get(i + 1).copied(), bytes.get(i + 2).copied());
                match pair {
                    (Some(a), Some(b)) if hex(a).is_some() && hex(b).is_some() => {
                        out.push(hex(a).unwrap_or(0) << 4 | hex(b).unwrap_or(0));
                        i += 2;
                    }
                    _ => out.push(b'%'),
                }
            }
            other => out.push(other),
        }
        i += 1;
    }
    String::from_utf8_lossy(&out).into_owned()
}

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Sorry;

    async fn from_request(req: Request, state: &S) -> Result<Form, Sorry> {
        if req.method() == Method::GET || req.method() == Method::HEAD {
            return Ok(Form::parse(req.uri().query().unwrap_or("").as_bytes()));
        }
        let kind = req.headers().get(header::CONTENT_TYPE);
        let kind = kind.and_then(|v| v.to_str().ok()).unwrap_or("").to_ascii_lowercase();
        if kind.starts_with("multipart/form-data") {
            let parts = Multipart::from_request(req, state).await.map_err(|_| Sorry::Malformed)?;
            return multipart(parts).await;
        }
        let body = axum::body::to_bytes(req.into_body(), PLAIN).await;
        Ok(Form::parse(&body.map_err(unread)?))
    }
}

async fn multipart(mut parts: Multipart) -> Result<Form, Sorry> {
    let (mut form, mut size) = (Form::default(), 0);
    loop {
        let next = parts.next_field().await.map_err(|e| too_large_or(e.status()))?;
        let Some(part) = next else { return Ok(form) };
        let field = part.name().unwrap_or_default().to_string();
        let name = part.file_name().map(str::to_string);
        let bytes = part.bytes().await.map_err(|e| too_large_or(e.status()))?;
        size += bytes.len();
        if size > UPLOAD || form.files.len() > 40 || form.fields.len() > 2000 {
            return Err(Sorry::TooLarge);
        }
        match name {
            // an empty file input still sends a nameless empty file
            Some(name) if !bytes.is_empty() => form.files.push(File { field, name, bytes }),
            Some(_) => {}
            None => form.fields.push((field, String::from_utf8_lossy(&bytes).into_owned())),
        }
    }
}

fn too_large_or(status: StatusCode) -> Sorry {
    if status == StatusCode::PAYLOAD_TOO_LARGE { Sorry::TooLarge } else { Sorry::Malformed }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_sender_that_falls_silent_is_given_up() {
        let first = futures_util::stream::iter([Ok::<_, std::io::Error>("a=1")]);
        let silent = first.chain(futures_util::stream::pending());
        let req = Request::builder()
            .method(Method::POST)
            .body(within(Body::from_stream(silent), Duration::ZERO));
        let read = Form::from_request(req.expect("a request"), &()).await;
        assert!(matches!(read, Err(Sorry::TooSlow)));
        let large = vec![b'a'; PLAIN + 1];
        let req = Request::builder().method(Method::POST).body(patient(Body::from(large)));
        let read = Form::from_request(req.expect("a request"), &()).await;
        assert!(matches!(read, Err(Sorry::TooLarge)));
    }

    #[test]
    fn fields_as_sent() {
        let form = Form::parse(b"a=1&b=x%20y+z&a=2&c&d=%E6%A1%83&e=%zz&=q&f=%FF");
        assert_eq!(form.get("a"), "1");
        assert_eq!(form.all("a").collect::<Vec<_>>(), ["1", "2"]);
        assert_eq!((form.get("b"), form.get("d"), form.get("e")), ("x y z", "桃", "%zz"));
        assert_eq!((form.get("c"), form.get("nothing")), ("", ""));
        assert_eq!(form.get("f"), "\u{fffd}");
    }
}
