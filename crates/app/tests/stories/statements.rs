//! Every SQL statement of the crate is prepared on both databases; SQLite's plans use an index.
use std::path::{Path, PathBuf};
use testkit::{On, fresh};

fn rust_files(dir: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(dir).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            rust_files(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

/// The string constants of a file that begin with an SQL verb, line continuations joined.
fn statements(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(": &str = \"") {
        rest = &rest[at + 10..];
        let Some(end) = rest.find("\";") else { break };
        let sql = rest[..end].replace("\\\n", "\n");
        let verb = sql.split_whitespace().next().unwrap_or("");
        if matches!(verb, "SELECT" | "INSERT" | "UPDATE" | "DELETE" | "WITH") {
            out.push(sql);
        }
        rest = &rest[end..];
    }
    out
}

pub fn all() -> Vec<(String, String)> {
    let (src, mut files) = (Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), Vec::new());
    rust_files(&src, &mut files);
    files.sort();
    let mut out = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file).expect("a readable file");
        let name = file.strip_prefix(&src).unwrap_or(&file).display().to_string();
        if name.starts_with("db/") {
            continue; // the two engines' own words
        }
        out.extend(statements(&text).into_iter().map(|sql| (name.clone(), sql)));
    }
    out
}

#[tokio::test]
async fn every_statement_prepares_on_both() {
    let (lite, pg) = (fresh(On::Sqlite).await, fresh(On::Postgres).await);
    let app::db::At::File(path) = &lite.at else { panic!("a file") };
    let app::db::At::Postgres { url, .. } = &pg.at else { panic!("an address") };
    let sqlite = rusqlite::Connection::open(path).expect("the file");
    let (client, wire) =
        tokio_postgres::connect(url, tokio_postgres::NoTls).await.expect("PostgreSQL");
    tokio::spawn(wire);
    let (mut wrong, list) = (Vec::new(), all());
    for (file, sql) in &list {
        if let Err(e) = sqlite.prepare(&sql.replace('$', "?")) {
            wrong.push(format!("{file}: SQLite: {e}\n{sql}"));
        }
        if let Err(e) = client.prepare(sql).await {
            let why = e.as_db_error().map_or(e.to_string(), |d| d.message().to_string());
            wrong.push(format!("{file}: PostgreSQL: {why}\n{sql}"));
        }
    }
    assert!(list.len() > 15, "the scan found only {} statements", list.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
