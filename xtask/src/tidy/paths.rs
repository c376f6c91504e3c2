//! Which modules a file names, by `use` or in passing, with braces spread out and `super` resolved.
use super::tree::{File, words};

pub struct Named {
    pub line: usize,
    /// Below the root that was asked for: `["sale", "tables"]`.
    pub path: Vec<String>,
}
impl Named {
    pub fn head(&self) -> &str {
        &self.path[0]
    }
    pub fn shown(&self) -> String {
        self.path.join("::")
    }
}

/// What shipping code names below `root`, an own crate or an outside one.
pub fn below(file: &File, root: &str) -> Vec<Named> {
    let Some(rust) = &file.rust else { return vec![] };
    let (mut out, mut told_to) = (vec![], 0);
    for (at, word) in words(&rust.live) {
        if word != root || at < told_to || rust.live[..at].trim_end().ends_with("::") {
            continue;
        }
        let (mut found, mut rest) = (vec![], rust.live[at + word.len()..].trim_start());
        spread(&mut rest, &mut vec![], &mut found);
        told_to = rust.live.len() - rest.len();
        let line = rust.line(at);
        let told = found.into_iter().filter(|p| !p.is_empty() && p[0] != "self");
        out.extend(told.map(|path| Named { line, path }));
    }
    out
}

/// What shipping code names below its own crate, however it says so: `crate::` or `super::`.
pub fn in_crate(file: &File) -> Vec<Named> {
    let mut out = below(file, "crate");
    let own = module(&file.path);
    for mut named in below(file, "super") {
        let more = named.path.iter().take_while(|s| *s == "super").count();
        let kept = own.len().saturating_sub(1 + more);
        named.path = [&own[..kept], &named.path[more..]].concat();
        if !named.path.is_empty() {
            out.push(named);
        }
    }
    out.sort_by_key(|n| n.line);
    out
}

/// crates/app/src/sale/tables.rs is the module sale::tables.
fn module(path: &str) -> Vec<String> {
    let below = path.split_once("/src/").map_or("", |(_, below)| below);
    let below = below.trim_end_matches(".rs");
    let all = below.split('/').filter(|s| !["mod", "lib", "main", ""].contains(s));
    all.map(String::from).collect()
}

/// Reads `::a::{b, c::d}` from the front of `rest` and adds a::b and a::c::d.
fn spread(rest: &mut &str, so_far: &mut Vec<String>, out: &mut Vec<Vec<String>>) {
    let depth = so_far.len();
    loop {
        let Some(after) = rest.strip_prefix("::") else {
            out.push(so_far.clone());
            break;
        };
        *rest = after.trim_start();
        if let Some(inside) = rest.strip_prefix('{') {
            *rest = inside;
            branches(rest, so_far, out);
            break;
        }
        let long = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
        if long == 0 {
            // a star or a turbofish: the path ends here
            *rest = rest.strip_prefix('*').unwrap_or(rest);
            out.push(so_far.clone());
            break;
        }
        so_far.push(rest[..long].into());
        *rest = rest[long..].trim_start();
    }
    so_far.truncate(depth);
}
fn branches(rest: &mut &str, so_far: &mut Vec<String>, out: &mut Vec<Vec<String>>) {
    loop {
        *rest = rest.trim_start();
        let before = rest.len();
        let long = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
        let name = &rest[..long];
        if long > 0 {
            *rest = rest[long..].trim_start();
            let depth = so_far.len();
            if name != "self" {
                so_far.push(name.into());
            }
            spread(rest, so_far, out);
            so_far.truncate(depth);
        } else if let Some(after) = rest.strip_prefix('*') {
            *rest = after;
            out.push(so_far.clone());
        }
        // `as other` is a name of this file only
        *rest = rest.trim_start();
        if let Some(alias) = rest.strip_prefix("as ") {
            *rest =
                alias.trim_start().trim_start_matches(|c: char| c.is_alphanumeric() || c == '_');
        }
        *rest = rest.trim_start();
        match rest.chars().next() {
            Some(',') => *rest = &rest[1..],
            Some('}') => {
                *rest = &rest[1..];
                return;
            }
            _ if rest.len() == before => return,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{File, below, in_crate};

    fn check(path: &str, text: &str, want: &[&str]) {
        let got: Vec<String> = in_crate(&File::new(path, text)).iter().map(|n| n.shown()).collect();
        assert_eq!(got, want, "{path}: {text}");
    }

    #[test]
    fn every_way_to_name_a_module_is_seen() {
        let tables = "crates/app/src/sale/tables.rs";
        check(tables, "use crate::db;", &["db"]);
        check(
            tables,
            "use crate::{db, sale::{views, order::Order as O}, p};",
            &["db", "sale::views", "sale::order::Order", "p"],
        );
        check(tables, "use crate::db::{self, Tx};", &["db", "db::Tx"]);
        check(tables, "use crate::trust::*;", &["trust"]);
        check(tables, "use crate::{\n  db::*,\n  trust,\n};", &["db", "trust"]);
        check(tables, "fn a() { crate::trust::b::<u8>() }", &["trust::b"]);
        check(tables, "use super::place_order;", &["sale::place_order"]);
        check(tables, "use super::super::trust::Vote;", &["trust::Vote"]);
        check(tables, "use super::{super::trust, views};", &["trust", "sale::views"]);
        check(
            "crates/app/src/sale/tables/orders.rs",
            "use super::seats;",
            &["sale::tables::seats"],
        );
        check("crates/app/src/sale/mod.rs", "use super::trust;", &["trust"]);
        check(tables, "// crate::a\nlet b = \"crate::b\";", &[]);
        check(tables, "#[cfg(test)] mod tests { use crate::trust; }", &[]);
        check(tables, "use std::fmt; use rules::crate_of; other::crate::x;", &[]);
        check(tables, "pub(crate) fn a() {} pub(super) fn b() {}", &[]);
        check(tables, "use crate::{broken", &["broken"]);
    }
    #[test]
    fn another_crate_is_asked_for_by_name() {
        let file =
            File::new("crates/web/src/a.rs", "use app::{db, sale::x}; let app = App::new();");
        let got: Vec<String> = below(&file, "app").iter().map(|n| n.shown()).collect();
        assert_eq!(got, ["db", "sale::x"]);
    }
}
