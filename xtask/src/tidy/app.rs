//! The walls inside app: what tables, views and the audit may know, and the clock they may not.
use super::tree::{Tree, words};
use super::{Complaint, SHELVES, paths, sql};

const APP: &str = "crates/app/src/";

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Tables,
    Views,
}
/// Whether a file below a shelf holds its writes or its reads: `tables.rs`, `views/orders.rs`.
fn kind(path: &str) -> Option<Kind> {
    let (shelf, inside) = path.strip_prefix(APP)?.split_once('/')?;
    let first = inside.split('/').next()?;
    match first {
        _ if !SHELVES.contains(&shelf) => None,
        f if f.starts_with("tables") => Some(Kind::Tables),
        f if f.starts_with("views") => Some(Kind::Views),
        _ => None,
    }
}

/// Tables and views stand below the verbs: they know the database and the laws. `p` lists the
/// arguments of a statement; views carry their public face on `App`.
pub fn imports(tree: &Tree) -> Vec<Complaint> {
    let mut out = vec![];
    for (file, rust) in tree.shipped(APP) {
        let Some(kind) = kind(&file.path) else { continue };
        let own = file.shelf();
        for named in paths::in_crate(file) {
            let sibling = named.path.get(1).is_some_and(|second| {
                named.head() == own && (second.starts_with("tables") || second.starts_with("views"))
            });
            let may = match named.head() {
                "db" | "p" => true,
                "App" => kind == Kind::Views,
                _ => sibling,
            };
            if !may {
                let say = format!("tables and views know db and rules, not {}", named.shown());
                out.push(Complaint::new(&file.path, named.line, say));
            }
        }
        if kind == Kind::Views {
            for piece in rust.live_texts() {
                let all = sql::writes(&piece.text);
                out.extend(all.iter().map(|w| {
                    let say = format!("views read; {} {} belongs in tables", w.verb, w.table);
                    Complaint::new(&file.path, rust.line(piece.at + w.at), say)
                }));
            }
        }
    }
    out
}

/// The audit is believed because it shares nothing with what it checks.
pub fn audit(tree: &Tree) -> Vec<Complaint> {
    let mut out = vec![];
    for (file, rust) in tree.shipped(APP).filter(|(f, _)| f.shelf() == "audit") {
        for named in paths::in_crate(file) {
            if !["db", "p", "App", "audit"].contains(&named.head()) {
                let say = format!("the audit may not lean on {}, which it checks", named.shown());
                out.push(Complaint::new(&file.path, named.line, say));
            }
        }
        for piece in rust.live_texts() {
            for write in sql::writes(&piece.text) {
                let say = format!("the audit reads only; {} {}", write.verb, write.table);
                out.push(Complaint::new(&file.path, rust.line(piece.at + write.at), say));
            }
        }
    }
    out
}

/// What time it is comes into a verb as an argument. (`Instant` measures, which is no such thing.)
pub fn clock(tree: &Tree) -> Vec<Complaint> {
    let mut out = vec![];
    for (file, rust) in tree.shipped(APP) {
        for (at, word) in words(&rust.live) {
            let now = rust.live[at + word.len()..].starts_with("::now");
            if word == "SystemTime" || now && ["Timestamp", "Zoned"].contains(&word) {
                let say = format!("{word}: the time comes into app as an argument");
                out.push(Complaint::new(&file.path, rust.line(at), say));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::{audit, clock, imports};

    #[test]
    fn tables_and_views_stand_below_the_verbs() {
        let one = |path: &str, line: &str, want: &[&str]| {
            check(imports, &[(path, &format!("//! x\n{line}\n"))], want);
        };
        let tables = "crates/app/src/sale/tables.rs";
        one(tables, "use crate::db::{Fault, Tx}; use crate::p; use rules::sale::order;", &[]);
        one(tables, "use super::views;", &[]);
        one("crates/app/src/sale/tables/orders.rs", "use super::seats::SEAT;", &[]);
        one("crates/app/src/sale/views.rs", "use crate::{App, db::Rx, p};", &[]);
        one(tables, "use crate::App;", &["crates/app/src/sale/tables.rs:2: tables and views know"]);
        one(tables, "use super::place_order::A;", &["crates/app/src/sale/tables.rs:2: tables and"]);
        one(tables, "use crate::ledger;", &["crates/app/src/sale/tables.rs:2: tables and views"]);
        one(tables, "use crate::trust::tables;", &["crates/app/src/sale/tables.rs:2: tables and"]);
        one(
            "crates/app/src/sale/views_of_orders.rs",
            "use crate::jobs;",
            &["crates/app/src/sale/views_of_orders.rs:2: tables and views know"],
        );
        one(
            "crates/app/src/sale/views.rs",
            "const A: &str = \"DELETE FROM seat\";",
            &["crates/app/src/sale/views.rs:2: views read; DELETE FROM seat"],
        );
        one("crates/app/src/sale/place_order.rs", "use crate::{jobs, trust::tables};", &[]);
        one("crates/app/src/db/tables.rs", "use crate::jobs;", &[]);
    }
    #[test]
    fn the_audit_shares_nothing() {
        let one = |path: &str, line: &str, want: &[&str]| check(audit, &[(path, line)], want);
        let money = "crates/app/src/audit/money.rs";
        one(money, "use crate::{App, db::Rx, p}; const A: &str = \"SELECT 1 FROM orders\";", &[]);
        one(money, "use super::Broken;", &[]);
        one(money, "use crate::ledger;", &["crates/app/src/audit/money.rs:1: the audit may not"]);
        one(money, "use crate::sale::views;", &["crates/app/src/audit/money.rs:1: the audit may"]);
        one(
            money,
            "f(\"UPDATE a SET b = 1\");",
            &["crates/app/src/audit/money.rs:1: the audit re"],
        );
        one("crates/app/src/sale/place_order.rs", "use crate::ledger;", &[]);
    }
    #[test]
    fn app_asks_no_clock() {
        let one = |line: &str, want: &[&str]| check(clock, &[("crates/app/src/a.rs", line)], want);
        one("fn place(now: Moment) { let began = Instant::now(); }", &[]);
        one("let a = SystemTime::now();", &["crates/app/src/a.rs:1: SystemTime: the time"]);
        one("let a = jiff::Timestamp::now();", &["crates/app/src/a.rs:1: Timestamp: the time"]);
        one("let a = jiff::Timestamp::from_second(1);", &[]);
    }
}
