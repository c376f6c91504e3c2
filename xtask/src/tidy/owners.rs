//! A table has one owner, named where it is made; only the owner writes it.
use super::{Complaint, SHELVES, sql, tree::File, tree::Tree};
use std::collections::BTreeMap;

/// Besides the shelves, what the shelves stand on may own tables.
const GROUND: [&str; 6] = ["ledger", "holds", "facts", "jobs", "calls", "db"];

/// Every table has an owner, and one owner only.
pub fn tables(tree: &Tree) -> Vec<Complaint> {
    owners(tree).1
}

/// In app, a table is written where its owner keeps its statements, and nowhere else.
pub fn writes(tree: &Tree) -> Vec<Complaint> {
    let (owners, _) = owners(tree);
    let mut out = vec![];
    for (file, rust) in tree.shipped("crates/app/src/") {
        let db = file.shelf() == "db";
        for piece in rust.live_texts() {
            for write in sql::writes(&piece.text) {
                let line = rust.line(piece.at + write.at);
                let (verb, table) = (write.verb, &write.table);
                let say = match owners.get(table) {
                    Some(owner) if stands_in(file, owner) => continue,
                    Some(owner) => {
                        format!("{verb} {table}: {owner} owns it and writes it in {}", place(owner))
                    }
                    // the layer below the tables may build its text
                    None if db => continue,
                    None if table.is_empty() || table.contains('{') => {
                        format!("{verb}: the name of the table stands in the same text as the verb")
                    }
                    None => format!("{verb} {table}: no migration makes this table"),
                };
                out.push(Complaint::new(&file.path, line, say));
            }
        }
        for at in rust.live.match_indices("include_str!").map(|(at, _)| at).filter(|_| !db) {
            let after = rust.texts.iter().find(|t| t.at > at);
            if after.is_some_and(|t| t.text.ends_with(".sql")) {
                let say = "a statement is a constant in sight, not a file included";
                out.push(Complaint::new(&file.path, rust.line(at), say));
            }
        }
    }
    out
}

fn place(owner: &str) -> String {
    match owner {
        "db" => "crates/app/src/db/".into(),
        ground if GROUND.contains(&ground) => format!("crates/app/src/{ground}.rs or {ground}/"),
        shelf => format!("crates/app/src/{shelf}/tables*.rs or tables/"),
    }
}
fn stands_in(file: &File, owner: &str) -> bool {
    let Some(below) = file.path.strip_prefix("crates/app/src/") else { return false };
    if owner != "db" && below == format!("{owner}.rs") {
        return GROUND.contains(&owner);
    }
    let Some(inside) = below.strip_prefix(&format!("{owner}/")) else { return false };
    let kept = inside.starts_with("tables/") || is_tables(inside);
    GROUND.contains(&owner) || kept
}
/// `tables.rs`, `tables_of_orders.rs`, in the shelf's own folder.
fn is_tables(name: &str) -> bool {
    name.starts_with("tables") && name.ends_with(".rs") && !name.contains('/')
}

/// The owner of each table by the `-- owner:` lines of migrations, and what is wrong with them.
fn owners(tree: &Tree) -> (BTreeMap<String, String>, Vec<Complaint>) {
    let mut owners: BTreeMap<String, String> = BTreeMap::new();
    let mut out = vec![];
    let texts = tree.files.iter().filter(|f| f.path.starts_with("migrations/"));
    for file in texts.filter(|f| f.path.ends_with(".sql")) {
        let mut owner = None;
        for (i, line) in file.text.lines().enumerate() {
            let mut complain = |say: String| out.push(Complaint::new(&file.path, i + 1, say));
            let (code, remark) = line.split_once("--").unwrap_or((line, ""));
            if let Some(name) = remark.trim().strip_prefix("owner:").map(str::trim) {
                if !SHELVES.contains(&name) && !GROUND.contains(&name) {
                    complain(format!("{name} is no shelf and none of ledger holds facts jobs db"));
                }
                owner = Some(name.to_string());
            }
            match made(code) {
                Some(Made::Table(table)) => match (&owner, owners.get(&table)) {
                    (None, _) => complain(format!("{table} has no `-- owner:` line above it")),
                    (Some(now), Some(before)) if now != before => {
                        complain(format!("{table} has two owners, {before} and {now}"));
                    }
                    (Some(now), _) => {
                        owners.insert(table, now.clone());
                    }
                },
                Some(Made::Renamed(from, to)) => {
                    if let Some(owner) = owners.get(&from).cloned() {
                        owners.insert(to, owner);
                    }
                }
                None => {}
            }
        }
    }
    (owners, out)
}

enum Made {
    Table(String),
    Renamed(String, String),
}
/// The table that a line makes or renames.
fn made(code: &str) -> Option<Made> {
    let words: Vec<String> = sql::split(code)
        .into_iter()
        .map(|(_, w)| w.trim_matches('"').to_ascii_lowercase())
        .filter(|w| !["if", "not", "exists", "virtual", "unlogged"].contains(&w.as_str()))
        .collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["create", "table", name, ..] => Some(Made::Table(name.into())),
        ["alter", "table", from, "rename", "to", to, ..] => {
            Some(Made::Renamed(from.into(), to.into()))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::{tables, writes};

    const GROUND: &str = "-- owner: sale\nCREATE TABLE orders (\n  id bigint);\n\
        CREATE TABLE IF NOT EXISTS seat (id bigint);\n-- owner: jobs\nCREATE TABLE job (id int);\n\
        -- owner: db\nCREATE TABLE migration (id bigint);\n";

    #[test]
    fn every_table_has_one_owner() {
        let one =
            |text: &str, want: &[&str]| check(tables, &[("migrations/0001_a.sql", text)], want);
        one(GROUND, &[]);
        one("CREATE TABLE a (id int);", &["migrations/0001_a.sql:1: a has no `-- owner:` line"]);
        one("-- owner: shop\n", &["migrations/0001_a.sql:1: shop is no shelf"]);
        one(
            "-- owner: sale\nCREATE TABLE a (id int);\n-- owner: trust\nCREATE TABLE a (b int);",
            &["migrations/0001_a.sql:4: a has two owners, sale and trust"],
        );
        one("-- owner: sale\n-- CREATE TABLE a\nCREATE INDEX b ON a (c);", &[]);
    }
    #[test]
    fn only_the_owner_writes() {
        let one = |path: &str, sql: &str, want: &[&str]| {
            let text = format!("//! x\nconst A: &str =\n    \"{sql}\";\n");
            check(writes, &[("migrations/0001_a.sql", GROUND), (path, &text)], want);
        };
        let order = "INSERT INTO orders (id) VALUES ($1)";
        one("crates/app/src/sale/tables.rs", order, &[]);
        one("crates/app/src/sale/tables_of_orders.rs", order, &[]);
        one("crates/app/src/sale/tables/orders.rs", order, &[]);
        one(
            "crates/app/src/sale/place_order.rs",
            order,
            &["crates/app/src/sale/place_order.rs:3: INSERT INTO orders: sale owns it"],
        );
        one(
            "crates/app/src/sale/views.rs",
            "UPDATE seat SET id = 1",
            &["crates/app/src/sale/views.rs:3: UPDATE seat: sale owns it"],
        );
        one(
            "crates/app/src/trust/tables.rs",
            "DELETE FROM orders",
            &["crates/app/src/trust/tables.rs:3: DELETE FROM orders: sale owns it"],
        );
        one("crates/app/src/trust/tables.rs", "SELECT id FROM orders", &[]);
        one("crates/app/src/jobs.rs", "UPDATE job SET id = 1", &[]);
        one("crates/app/src/jobs/lease.rs", "UPDATE job SET id = 1", &[]);
        one(
            "crates/app/src/worker.rs",
            "SELECT 1;\nUPDATE job SET id = 1",
            &["crates/app/src/worker.rs:4: UPDATE job: jobs owns it"],
        );
        one("crates/app/src/db/sqlite.rs", "INSERT INTO migration VALUES (1)", &[]);
        one("crates/app/src/db/sqlite.rs", "DELETE FROM {table}", &[]);
        one("crates/app/src/db/sqlite.rs", order, &["crates/app/src/db/sqlite.rs:3: INSERT INTO"]);
        one(
            "crates/app/src/sale/tables.rs",
            "UPDATE basket SET a = 1",
            &["crates/app/src/sale/tables.rs:3: UPDATE basket: no migration makes this table"],
        );
        one(
            "crates/app/src/sale/tables.rs",
            "DELETE FROM {table}",
            &["crates/app/src/sale/tables.rs:3: DELETE FROM: the name of the table"],
        );
        one("crates/app/tests/audit.rs", "UPDATE orders SET total = 1", &[]);
    }
    #[test]
    fn statements_stand_in_sight() {
        let text = "//! x\nconst A: &str = include_str!(\"a.sql\");\n";
        check(writes, &[("crates/app/src/db/schema.rs", text)], &[]);
        let want = ["crates/app/src/sale/tables.rs:2: a statement is a constant"];
        check(writes, &[("crates/app/src/sale/tables.rs", text)], &want);
    }
    #[test]
    fn a_renamed_table_keeps_its_owner() {
        let more = "ALTER TABLE orders RENAME TO purchase;";
        let files = [
            ("migrations/0001_a.sql", GROUND),
            ("migrations/0002_b.sql", more),
            ("crates/app/src/sale/tables.rs", "//! x\nconst A: &str = \"DELETE FROM purchase\";"),
        ];
        check(writes, &files, &[]);
    }
}
