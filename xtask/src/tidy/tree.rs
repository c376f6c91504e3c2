//! The files of the tree: their paths, their texts, and what the Rust ones are made of.
use super::rust::Rust;
use std::path::Path;
use std::{fs, io};

pub struct Tree {
    pub files: Vec<File>,
    /// Every path there is, folders and pictures too, for those who ask whether one exists.
    pub names: Vec<String>,
}
pub struct File {
    pub path: String,
    pub text: String,
    /// Present for `.rs` only.
    pub rust: Option<Rust>,
}

impl File {
    pub fn new(path: &str, text: &str) -> Self {
        let rust = path.ends_with(".rs").then(|| Rust::read(text));
        File { path: path.into(), text: text.into(), rust }
    }
    /// The shelf, file or folder below `src`: `sale` for crates/app/src/sale/tables.rs.
    pub fn shelf(&self) -> &str {
        let below = self.path.split_once("/src/").map_or("", |(_, below)| below);
        below.split('/').next().unwrap_or("").trim_end_matches(".rs")
    }
    /// A file of tests only. Walls are for what ships; a test may reach over them.
    pub fn is_test(&self) -> bool {
        let name = self.path.rsplit('/').next().unwrap_or("");
        self.path.contains("/tests/") || name == "tests.rs" || name.ends_with("_tests.rs")
    }
}

impl Tree {
    pub fn read(root: &Path) -> io::Result<Tree> {
        let mut tree = Tree { files: vec![], names: vec![] };
        tree.walk(root, "")?;
        Ok(tree)
    }
    #[cfg(test)]
    pub fn of(files: &[(&str, &str)]) -> Tree {
        let names = files.iter().map(|(path, _)| path.to_string()).collect();
        Tree { files: files.iter().map(|(path, text)| File::new(path, text)).collect(), names }
    }
    fn walk(&mut self, root: &Path, below: &str) -> io::Result<()> {
        let mut entries: Vec<_> = fs::read_dir(root.join(below))?.collect::<Result<_, _>>()?;
        entries.sort_by_key(|e| e.file_name());
        for entry in entries {
            let name = entry.file_name().to_string_lossy().into_owned();
            // what .gitignore names is not part of the tree; `run` and `data` only at its root
            let made = [".git", "target"].contains(&name.as_str())
                || below.is_empty() && ["run", "data"].contains(&name.as_str());
            if made {
                continue;
            }
            let path = if below.is_empty() { name } else { format!("{below}/{name}") };
            self.names.push(path.clone());
            let kind = entry.file_type()?;
            if kind.is_dir() {
                self.walk(root, &path)?;
            } else if kind.is_file()
                && let Ok(text) = String::from_utf8(fs::read(entry.path())?)
            {
                self.files.push(File::new(&path, &text));
            }
        }
        Ok(())
    }
    pub fn text(&self, path: &str) -> Option<&str> {
        self.files.iter().find(|f| f.path == path).map(|f| f.text.as_str())
    }
    /// The Rust files below a folder that ship, tests left out.
    pub fn shipped<'a>(&'a self, below: &'a str) -> impl Iterator<Item = (&'a File, &'a Rust)> {
        let all = self.files.iter().filter(move |f| f.path.starts_with(below) && !f.is_test());
        all.filter_map(|f| f.rust.as_ref().map(|r| (f, r)))
    }
}

/// Words of Rust: runs of letters, digits and `_`, with their places.
pub fn words(code: &str) -> impl Iterator<Item = (usize, &str)> {
    let joins = |c: char| c.is_alphanumeric() || c == '_';
    let mut at = 0;
    code.split_inclusive(move |c| !joins(c)).filter_map(move |piece| {
        let start = at;
        at += piece.len();
        let word = piece.trim_end_matches(|c| !joins(c));
        (!word.is_empty()).then_some((start, word))
    })
}
