//! Laws as text tables: cells between bars, the last one is what the law must say.

/// Runs every row through the law; shows all rows that differ at once.
pub fn check(table: &str, law: impl Fn(&[&str]) -> String) {
    let mut wrong = Vec::new();
    let rows: Vec<&str> = table.lines().filter(|l| l.contains('|')).collect();
    assert!(!rows.is_empty(), "a table without rows tests nothing");
    for row in rows {
        let mut cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let want = cells.pop().unwrap_or("");
        let got = law(&cells);
        if got != want {
            wrong.push(format!("{row}  ->  {got}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// `ok` or the name of what is wrong.
pub fn outcome<T, E: std::fmt::Debug>(out: Result<T, E>) -> String {
    match out {
        Ok(_) => "ok".into(),
        Err(why) => format!("{why:?}"),
    }
}
