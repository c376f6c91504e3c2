//! Names: a file says what it holds, first in its name, then in its first line.
use super::{Complaint, tree::Tree};

/// Drawers, not names: whatever is put there could be anywhere.
const DRAWERS: [&str; 7] = ["util", "helper", "common", "misc", "manager", "service", "stuff"];

pub fn all(tree: &Tree) -> Vec<Complaint> {
    let mut out = vec![];
    for file in tree.files.iter().filter(|f| f.rust.is_some()) {
        if !file.text.starts_with("//!") {
            let say = "the first line is `//!` and says what the file holds";
            out.push(Complaint::new(&file.path, 1, say));
        }
        for part in file.path.trim_end_matches(".rs").split('/') {
            let last = part.rsplit(['_', '-']).next().unwrap_or(part);
            if DRAWERS.contains(&last) || DRAWERS.contains(&last.trim_end_matches('s')) {
                let say = format!("{part} is a drawer, not a name; say what is in it");
                out.push(Complaint::new(&file.path, 1, say));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::all;

    #[test]
    fn a_file_says_what_it_holds() {
        let one = |path: &str, text: &str, want: &[&str]| check(all, &[(path, text)], want);
        one("crates/app/src/sale/price.rs", "//! Prices.\n", &[]);
        one(
            "crates/app/src/a.rs",
            "use std::fmt;\n",
            &["crates/app/src/a.rs:1: the first line is"],
        );
        one("crates/app/src/utils.rs", "//! x", &["crates/app/src/utils.rs:1: utils is a drawer"]);
        one(
            "crates/app/src/order_manager.rs",
            "//! x",
            &["crates/app/src/order_manager.rs:1: ord"],
        );
        one("crates/app/src/services/a.rs", "//! x", &["crates/app/src/services/a.rs:1: services"]);
        one("crates/app/tests/common/mod.rs", "//! x", &["crates/app/tests/common/mod.rs:1: comm"]);
        one("crates/web/src/service_worker.rs", "//! x", &[]);
        one("docs/common.md", "x", &[]);
    }
}
