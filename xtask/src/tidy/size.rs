//! Sizes: 100 columns always; 70 lines a function and 400 a file as a ratchet that only shrinks.
use super::Complaint;
use super::rust::{Rust, brace_end};
use super::tree::{File, Tree, words};
use std::collections::BTreeMap;

const COLUMNS: usize = 100;
const FUNCTION: usize = 70;
const FILE: usize = 400;
/// Known offenders, one a line: `crates/app/src/x.rs 431` or `crates/app/src/x.rs fn place 88`.
const RATCHET: &str = "xtask/ratchet.txt";

pub fn columns(tree: &Tree) -> Vec<Complaint> {
    let mut out = vec![];
    let scripts = |p: &str| p.starts_with("bin/") || p.starts_with(".ci/");
    for file in tree.files.iter().filter(|f| f.rust.is_some() || scripts(&f.path)) {
        for (i, line) in file.text.lines().enumerate() {
            let wide = line.chars().count();
            if wide > COLUMNS {
                let say = format!("{wide} columns, {COLUMNS} is the measure");
                out.push(Complaint::new(&file.path, i + 1, say));
            }
        }
    }
    out
}

struct Big {
    line: usize,
    size: usize,
    most: usize,
}

pub fn lengths(tree: &Tree) -> Vec<Complaint> {
    let (known, mut out) = ratchet(tree.text(RATCHET).unwrap_or(""));
    let mut big: BTreeMap<String, Big> = BTreeMap::new();
    for file in &tree.files {
        let Some(rust) = &file.rust else { continue };
        let lines = own_lines(file, rust);
        if lines > FILE && !file.is_test() {
            big.insert(file.path.clone(), Big { line: 1, size: lines, most: FILE });
        }
        for (name, at, size) in functions(rust).into_iter().filter(|(_, _, n)| *n > FUNCTION) {
            let found = Big { line: rust.line(at), size, most: FUNCTION };
            let known = big.entry(format!("{} fn {name}", file.path)).or_insert(found);
            known.size = known.size.max(size);
        }
    }
    for (what, Big { line, size, most }) in &big {
        let path = what.split(' ').next().unwrap_or(what);
        let name = what.strip_prefix(path).unwrap_or("").trim_start();
        let name = if name.is_empty() { "the file" } else { name };
        let say = match known.get(what) {
            None => format!("{name} has {size} lines, {most} is the measure; part it by meaning"),
            Some((_, was)) if size > was => {
                format!("{name} grew from {was} lines to {size}; the ratchet only turns down")
            }
            _ => continue,
        };
        out.push(Complaint::new(path, *line, say));
    }
    for (what, (line, was)) in known {
        let say = match big.get(&what) {
            None => format!("{what} keeps the measure now; take this line out"),
            Some(now) if now.size < was => format!("{what} shrank; write {} here", now.size),
            _ => continue,
        };
        out.push(Complaint::new(RATCHET, line, say));
    }
    out
}

type Known = BTreeMap<String, (usize, usize)>;
fn ratchet(text: &str) -> (Known, Vec<Complaint>) {
    let (mut known, mut out) = (BTreeMap::new(), vec![]);
    let lines = text.lines().enumerate().map(|(i, line)| (i + 1, line.trim()));
    for (i, line) in lines.filter(|(_, l)| !l.is_empty() && !l.starts_with('#')) {
        match line.rsplit_once(' ').and_then(|(what, n)| Some((what, n.parse().ok()?))) {
            Some((what, size)) => {
                known.insert(what.to_string(), (i, size));
            }
            None => {
                out.push(Complaint::new(RATCHET, i, "write `path lines` or `path fn name lines`"))
            }
        }
    }
    (known, out)
}

/// The lines of a file without its `mod tests`: tests may be as long as what they tell.
fn own_lines(file: &File, rust: &Rust) -> usize {
    let tests = rust.tests.iter().map(|t| rust.line(t.end) - rust.line(t.start) + 1);
    file.text.lines().count().saturating_sub(tests.sum())
}

/// Every function with a body: its name, where it begins, its lines from `fn` to its last brace.
fn functions(rust: &Rust) -> Vec<(String, usize, usize)> {
    let code = &rust.code;
    let mut out = vec![];
    for (at, _) in words(code).filter(|(_, word)| *word == "fn") {
        let after = code[at + 2..].trim_start();
        let long = after.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(after.len());
        if long == 0 {
            continue; // the type of a function, not a function
        }
        if let Some(open) = body(code, at) {
            let end = brace_end(code, open);
            out.push((after[..long].to_string(), at, rust.line(end - 1) - rust.line(at) + 1));
        }
    }
    out
}
fn body(code: &str, from: usize) -> Option<usize> {
    let mut depth = 0;
    for (i, b) in code.bytes().enumerate().skip(from) {
        match b {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth -= 1,
            b';' if depth == 0 => return None,
            b'{' if depth == 0 => return Some(i),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::{columns, lengths};

    const A: &str = "crates/app/src/a.rs";

    fn function(lines: usize) -> String {
        format!("//! x\nfn long(a: [u8; 2]) -> u8 {{\n{}}}\n", "    a();\n".repeat(lines - 2))
    }

    #[test]
    fn columns_are_characters() {
        check(columns, &[(A, &"熟".repeat(100))], &[]);
        check(columns, &[(A, &format!("\n{}", "x".repeat(101)))], &["crates/app/src/a.rs:2: 101"]);
        check(columns, &[("bin/ci", &"x".repeat(101))], &["bin/ci:1: 101 columns"]);
        check(columns, &[("migrations/0001_a.sql", &"x".repeat(200))], &[]);
    }
    #[test]
    fn functions_and_files_keep_the_measure() {
        check(lengths, &[(A, &function(70))], &[]);
        check(lengths, &[(A, &function(71))], &["crates/app/src/a.rs:2: fn long has 71 lines"]);
        check(lengths, &[(A, &"// a\n".repeat(400))], &[]);
        check(lengths, &[(A, &"// a\n".repeat(401))], &["crates/app/src/a.rs:1: the file has 401"]);
        check(lengths, &[("crates/app/tests/story.rs", &"// a\n".repeat(900))], &[]);
        let tests = format!("#[cfg(test)]\nmod tests {{\n{}}}\n", "// a\n".repeat(500));
        check(lengths, &[(A, &format!("{}{tests}", "// a\n".repeat(400)))], &[]);
        let trait_fn = format!("trait T {{ fn a(&self);\n{}}}", "// a\n".repeat(80));
        check(lengths, &[(A, &trait_fn)], &[]);
    }
    #[test]
    fn the_ratchet_only_turns_down() {
        let one = |list: &str, text: &str, want: &[&str]| {
            check(lengths, &[(A, text), ("xtask/ratchet.txt", list)], want);
        };
        let known = "# why\ncrates/app/src/a.rs fn long 80\n";
        one(known, &function(80), &[]);
        one(known, &function(81), &["crates/app/src/a.rs:2: fn long grew from 80 lines to 81"]);
        one(
            known,
            &function(79),
            &["xtask/ratchet.txt:2: crates/app/src/a.rs fn long shrank; write 79"],
        );
        one(known, &function(70), &["xtask/ratchet.txt:2: crates/app/src/a.rs fn long keeps"]);
        one("crates/app/src/a.rs 410\n", &"// a\n".repeat(410), &[]);
        one("crates/app/src/a.rs\n", "//! x\n", &["xtask/ratchet.txt:1: write `path lines`"]);
    }
}
