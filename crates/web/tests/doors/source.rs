//! The routes and the names of form fields, as the source has them.
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn rust_files(dir: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(dir).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            rust_files(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

fn texts() -> Vec<String> {
    let (src, mut files) = (Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), Vec::new());
    rust_files(&src, &mut files);
    files.sort();
    files.into_iter().map(|f| std::fs::read_to_string(f).expect("a readable file")).collect()
}

/// The first word in quotes.
fn quoted(text: &str) -> Option<&str> {
    text.split('"').nth(1)
}

/// The address that was given a name last.
fn last_named(text: &str) -> Option<&str> {
    text.rsplit_once("= \"/c/{community}/").and_then(|(before, _)| {
        let after = &text[before.len()..];
        quoted(after)
    })
}

/// `GET /c/{community}/me` and so on. An address may stand under a short name
/// (`let order = "/c/…";`), and `&at("ship")` means something below the last one named.
pub fn routes() -> Vec<String> {
    let mut out = BTreeSet::new();
    for text in texts() {
        let mut named = "";
        let mut pieces = text.split(".route(");
        named = last_named(pieces.next().unwrap_or("")).unwrap_or(named);
        for piece in pieces {
            let piece = piece.split(".merge(").next().unwrap_or("");
            let path = match piece.trim_start() {
                p if p.starts_with('"') => quoted(p).unwrap_or("").to_owned(),
                p if p.starts_with("&at(") => format!("{named}/{}", quoted(p).unwrap_or("")),
                _ => named.to_owned(),
            };
            named = last_named(piece).unwrap_or(named);
            if !path.starts_with('/') || path.starts_with("/api/") {
                continue;
            }
            let end = piece.find(";\n").unwrap_or(piece.len());
            let handlers = &piece[piece.find(',').unwrap_or(0)..end];
            for (word, method) in
                [("get(", "GET"), ("post(", "POST"), ("posted(", "POST"), ("callback", "POST")]
            {
                if handlers.contains(word) {
                    out.insert(format!("{method} {path}"));
                }
            }
        }
    }
    out.into_iter().collect()
}

/// The names that handlers ask a form for.
pub fn fields() -> Vec<String> {
    let mut out = BTreeSet::new();
    for text in texts() {
        for ask in ["get(\"", "raw(\"", "all(\"", "has(\"", "int(\"", "id(\"", "must_id(\""] {
            for piece in text.split(ask).skip(1) {
                let name = piece.split('"').next().unwrap_or("");
                let plain = |c: char| c.is_ascii_lowercase() || c == '_';
                if !name.is_empty() && name.chars().all(plain) {
                    out.insert(name.to_owned());
                }
            }
        }
    }
    out.into_iter().collect()
}
