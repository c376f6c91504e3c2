//! What a worker leaves behind: marks to come back, ignored tests, the folders of one machine.
use super::tree::{File, Tree, words};
use super::{Complaint, rust::Rust};

const MACROS: [&str; 3] = ["dbg", "todo", "unimplemented"];
const MARKS: [&str; 3] = ["TODO", "FIXME", "XXX"];
/// Split, so that this file does not complain of itself.
const HOMES: [&str; 4] =
    [concat!("/", "home/"), concat!("/", "work/"), concat!("/", "root/"), concat!("/", "Users/")];

/// A crate that has no harness of its own, to be built sooner, would leave tests unasked.
pub fn unasked(tree: &Tree) -> Vec<Complaint> {
    let without = |f: &&File| {
        f.path.ends_with("/Cargo.toml") && f.text.lines().any(|l| l.trim() == "test = false")
    };
    let mut out = vec![];
    for manifest in tree.files.iter().filter(without) {
        let below = manifest.path.replace("Cargo.toml", "src/");
        for file in tree.files.iter().filter(|f| f.path.starts_with(&below)) {
            let Some(rust) = &file.rust else { continue };
            for (at, _) in words(&rust.code).filter(|(_, word)| *word == "test") {
                let marks =
                    ["#[", "#[tokio::", "cfg("].iter().any(|m| rust.code[..at].ends_with(m));
                if marks {
                    let say = format!("{} says test = false: this is never run", manifest.path);
                    out.push(Complaint::new(&file.path, rust.line(at), say));
                }
            }
        }
    }
    out
}

pub fn all(tree: &Tree) -> Vec<Complaint> {
    let mut out = vec![];
    for file in &tree.files {
        if let Some(rust) = &file.rust {
            marks(file, rust, &mut out);
        }
        homes(file, &mut out);
    }
    out
}

fn marks(file: &File, rust: &Rust, out: &mut Vec<Complaint>) {
    let code = &rust.code;
    let mut complain = |at, say: &str| out.push(Complaint::new(&file.path, rust.line(at), say));
    for (at, word) in words(code) {
        if MACROS.contains(&word) && code[at + word.len()..].starts_with('!') {
            complain(at, &format!("{word}! was left behind"));
        }
        let before = code[..at].trim_end();
        if word == "ignore"
            && (before.ends_with("#[") || before.ends_with(','))
            && test_mark(before)
        {
            complain(at, "an ignored test tests nothing; mend it or take it out");
        }
    }
    for remark in &rust.remarks {
        for (at, word) in words(&remark.text).filter(|(_, word)| MARKS.contains(word)) {
            complain(remark.at + at, &format!("{word} was left behind; do it or say why not"));
        }
    }
}
/// `#[ignore]`, or the second half of `#[cfg_attr(x, ignore)]`.
fn test_mark(before: &str) -> bool {
    let open = before.rfind("#[").map_or("", |at| &before[at..]);
    open == "#[" || open.starts_with("#[cfg_attr(") && !open.contains(']')
}

/// A path that begins at the root of one machine; `https://x.example/work/` does not.
fn homes(file: &File, out: &mut Vec<Complaint>) {
    for (i, line) in file.text.lines().enumerate() {
        for home in HOMES {
            let begins = |at: usize| {
                let before = line[..at].chars().next_back();
                before.is_none_or(|c| !(c.is_alphanumeric() || "._-~*})>".contains(c)))
            };
            if line.match_indices(home).any(|(at, _)| begins(at)) {
                let say = format!("{home} is a folder of one machine; it means nothing on others");
                out.push(Complaint::new(&file.path, i + 1, say));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::{all, unasked};

    #[test]
    fn nothing_is_left_behind() {
        let one = |text: &str, want: &[&str]| check(all, &[("crates/app/src/a.rs", text)], want);
        one("//! x\nlet a = \"todo!()\"; // nothing to do here; XXXL is a size\n", &[]);
        one("//! x\nlet todo = 1; if todo != 2 {}\n", &[]);
        one("dbg!(1);", &["crates/app/src/a.rs:1: dbg! was left behind"]);
        one("fn a() { todo!() }", &["crates/app/src/a.rs:1: todo! was left behind"]);
        one("unimplemented!();", &["crates/app/src/a.rs:1: unimplemented! was left"]);
        one("// FIXME later", &["crates/app/src/a.rs:1: FIXME was left behind"]);
        one("\n/* a\n XXX */", &["crates/app/src/a.rs:3: XXX was left behind"]);
        one("#[test]\n#[ignore]\nfn a() {}", &["crates/app/src/a.rs:2: an ignored test"]);
        one("#[ignore = \"slow\"]", &["crates/app/src/a.rs:1: an ignored test"]);
        one("#[cfg_attr(unix, ignore)]", &["crates/app/src/a.rs:1: an ignored test"]);
        one("let [a, ignore] = x; f(a, ignore);", &[]);
    }
    #[test]
    fn no_test_is_left_unasked() {
        let with = |manifest: &str, code: &str, want: &[&str]| {
            let files = [("crates/kith/Cargo.toml", manifest), ("crates/kith/src/a.rs", code)];
            check(unasked, &files, want);
        };
        let none = "[[bin]]\nname = \"kith\"\ntest = false\n";
        with(none, "fn test() {} // #[test]", &[]);
        with("[[bin]]\n", "#[test]\nfn a() {}", &[]);
        with(
            none,
            "\n#[test]\nfn a() {}",
            &["crates/kith/src/a.rs:2: crates/kith/Cargo.toml says"],
        );
        with(none, "#[tokio::test]\nasync fn a() {}", &["crates/kith/src/a.rs:1: "]);
        with(none, "#[cfg(test)]\nmod tests {}", &["crates/kith/src/a.rs:1: "]);
        let tests = [("crates/kith/Cargo.toml", none), ("crates/kith/tests/a.rs", "#[test]")];
        check(unasked, &tests, &[]);
    }
    #[test]
    fn no_machine_is_named() {
        let home = concat!("/", "home/ann/kith");
        let one = |text: &str, want: &[&str]| check(all, &[("docs/running.md", text)], want);
        one("See https://x.example/work/1 and /var/lib/kith and crates/work/x.", &[]);
        one(&format!("Run it in {home}."), &["docs/running.md:1:"]);
        one(&format!("a\n`cd {}x`", concat!("/", "work/")), &["docs/running.md:2:"]);
    }
}
