//! The map must fit the country: every path that ARCHITECTURE.md names exists.
use super::{Complaint, tree::Tree};

const MAP: &str = "ARCHITECTURE.md";
const PLACES: [&str; 6] = ["crates/", "bin/", "docs/", "migrations/", "demo/", "xtask/"];

pub fn paths(tree: &Tree) -> Vec<Complaint> {
    let mut out = vec![];
    for (i, line) in tree.text(MAP).unwrap_or("").lines().enumerate() {
        for quoted in line.split('`').skip(1).step_by(2) {
            let Some(path) = path(quoted) else { continue };
            if !tree.names.iter().any(|name| fits(&path, name)) {
                out.push(Complaint::new(MAP, i + 1, format!("{path} does not exist")));
            }
        }
    }
    out
}

/// The path at the front of a quoted text: without arguments, line numbers and items.
fn path(quoted: &str) -> Option<String> {
    let first = quoted.split_whitespace().next()?;
    let first = first.split("::").next()?;
    let first =
        first.trim_end_matches(|c: char| c == ':' || c.is_ascii_digit() && first.contains(':'));
    let first = first.trim_end_matches([',', '.', '/']);
    let known = PLACES.iter().any(|place| format!("{first}/").starts_with(place));
    known.then(|| first.to_string())
}
/// `*`, `<shelf>` and `{shelf}` stand for any one name, also as a part of it.
fn fits(path: &str, name: &str) -> bool {
    let (mut p, mut n) = (path.split('/'), name.split('/'));
    loop {
        match (p.next(), n.next()) {
            (None, None) => return true,
            (Some(part), Some(real)) if part_fits(part, real) => {}
            _ => return false,
        }
    }
}
fn part_fits(part: &str, real: &str) -> bool {
    let (open, close) = (part.find(['*', '<', '{']), part.rfind(['*', '>', '}']));
    match (open, close) {
        (Some(open), Some(close)) => {
            let (front, back) = (&part[..open], &part[close + 1..]);
            real.len() > front.len() + back.len() && real.starts_with(front) && real.ends_with(back)
        }
        _ => part == real,
    }
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::paths;

    #[test]
    fn the_map_fits_the_country() {
        let one = |line: &str, want: &[&str]| {
            let files = [
                ("ARCHITECTURE.md", line),
                ("crates/app/src/sale/tables.rs", "//! x"),
                ("docs/adr/0001-why.md", ""),
                ("bin/ci", ""),
            ];
            check(paths, &files, want);
        };
        one(
            "Run `bin/ci fast`, read `crates/app/src/sale/tables.rs:12`, `docs/adr/0001-why.md`.",
            &[],
        );
        one("`crates/app/src/sale/tables.rs::order` `crates/*/src/<shelf>/tables.rs`", &[]);
        one("`docs/adr/NNNN.md`", &["ARCHITECTURE.md:1: docs/adr/NNNN.md does not exist"]);
        one("a\n`crates/shop/`", &["ARCHITECTURE.md:2: crates/shop does not exist"]);
        one("`crates/*/src/trust.rs`", &["ARCHITECTURE.md:1: crates/*/src/trust.rs does not"]);
        one("`tables.rs` and `crates_of(x)` and crates/none", &[]);
    }
}
