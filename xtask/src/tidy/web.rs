//! The wall of web: it asks verbs and views, and knows no database and no outside world.
use super::{Complaint, paths, sql, tree::Tree};

pub fn walls(tree: &Tree) -> Vec<Complaint> {
    let mut out = vec![];
    for (file, rust) in tree.shipped("crates/web/src/") {
        let mut complain = |line, say: String| out.push(Complaint::new(&file.path, line, say));
        for piece in rust.live_texts() {
            let write = sql::writes(&piece.text).into_iter().find(|w| w.loud).map(|w| w.at);
            if let Some(at) = write.or(sql::reads(&piece.text)) {
                complain(
                    rust.line(piece.at + at),
                    "SQL in web; ask a view or a verb of app".into(),
                );
            }
        }
        for named in paths::below(file, "app").iter().filter(|n| n.head() == "db") {
            complain(named.line, format!("app::{}: web knows no database", named.shown()));
        }
        for root in ["gateway", "rusqlite", "tokio_postgres"] {
            for named in paths::below(file, root) {
                complain(named.line, format!("{root}::{}: web goes through app", named.shown()));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::walls;

    #[test]
    fn web_knows_no_database() {
        let one = |line: &str, want: &[&str]| {
            check(walls, &[("crates/web/src/sale/orders.rs", &format!("//! x\n{line}\n"))], want);
        };
        one("use app::sale::place_order::{PlaceOrder, Refused}; use rules::base::Id;", &[]);
        one("html! { button { \"Delete from list\" } \"Select one from these\" }", &[]);
        one("let app = app.db;", &[]);
        one("use app::db::Tx;", &["crates/web/src/sale/orders.rs:2: app::db::Tx: web knows"]);
        one("use app::{App, db};", &["crates/web/src/sale/orders.rs:2: app::db: web knows"]);
        one("f(\"SELECT a FROM b\")", &["crates/web/src/sale/orders.rs:2: SQL in web"]);
        one("f(\"UPDATE a SET b = 1\")", &["crates/web/src/sale/orders.rs:2: SQL in web"]);
        one("use gateway::pay::Pay;", &["crates/web/src/sale/orders.rs:2: gateway::pay::Pay"]);
        one("#[cfg(test)]\nmod tests { use app::db::Tx; }", &[]);
    }
}
