//! Chores of the house: `cargo xtask tidy` and `cargo xtask licences`, both gates of `bin/ci`.
mod licences;
mod tidy;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "cargo xtask tidy       the walls of the house, one complaint a line
cargo xtask licences   the licence of every package against deny.toml";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let root = root();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["tidy"] => tidy::run(&root),
        ["licences"] => licences::run(&root),
        _ => {
            eprintln!("{USAGE}");
            ExitCode::from(2)
        }
    }
}

/// Cargo tells where xtask lies, so that a chore may be called from any folder of the tree.
fn root() -> PathBuf {
    let here = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let above = here.as_deref().and_then(Path::parent).map(Path::to_path_buf);
    above.unwrap_or_else(|| PathBuf::from("."))
}
