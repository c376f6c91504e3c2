//! The walls a program can see. Each check reads the whole tree and returns its complaints.
mod app;
mod edges;
mod ground;
mod leftovers;
mod map;
mod names;
mod owners;
mod paths;
mod rust;
mod size;
mod sql;
mod tree;
mod web;

use std::fmt;
use std::path::Path;
use std::process::ExitCode;
use tree::Tree;

/// The eight steps of the business, in loop order; each is a folder in rules, app and web.
pub const SHELVES: [&str; 8] =
    ["content", "community", "trust", "sale", "loyalty", "spread", "reach", "learning"];

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Complaint {
    pub path: String,
    pub line: usize,
    pub say: String,
}
impl Complaint {
    pub fn new(path: &str, line: usize, say: impl Into<String>) -> Self {
        Complaint { path: path.into(), line, say: say.into() }
    }
}
impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.say)
    }
}

type Check = fn(&Tree) -> Vec<Complaint>;

const CHECKS: [Check; 18] = [
    edges::crates,
    edges::outside,
    edges::drivers,
    ground::shelves,
    ground::floats,
    ground::arguments,
    owners::tables,
    owners::writes,
    app::imports,
    app::audit,
    app::clock,
    web::walls,
    size::columns,
    size::lengths,
    names::all,
    leftovers::all,
    leftovers::unasked,
    map::paths,
];

pub fn run(root: &Path) -> ExitCode {
    let tree = match Tree::read(root) {
        Ok(tree) => tree,
        Err(why) => {
            eprintln!("tidy cannot read {}: {why}", root.display());
            return ExitCode::from(2);
        }
    };
    let mut all: Vec<Complaint> = CHECKS.iter().flat_map(|check| check(&tree)).collect();
    all.sort();
    all.dedup();
    for complaint in &all {
        println!("{complaint}");
    }
    match all.len() {
        0 => println!("tidy: {} files, all walls stand", tree.files.len()),
        n => println!("tidy: {n} to mend"),
    }
    ExitCode::from(u8::from(!all.is_empty()))
}

/// One check over a tree written down in a test. Each wanted complaint is the beginning of one
/// printed line; as many must come as are wanted, in order.
#[cfg(test)]
pub fn check(of: Check, files: &[(&str, &str)], want: &[&str]) {
    let mut got = of(&Tree::of(files));
    got.sort();
    let got: Vec<String> = got.iter().map(ToString::to_string).collect();
    let same = got.len() == want.len() && got.iter().zip(want).all(|(g, w)| g.starts_with(w));
    assert!(same, "\nfiles: {files:#?}\n got: {got:#?}\nwant: {want:#?}");
}
