//! Text tables for the tests of this shelf: the last column is what is wanted.

/// Checks every line of `table`: `law` gets the columns before the last one.
pub fn check(table: &str, law: impl Fn(&[&str]) -> String) {
    let rows = table.lines().filter(|l| l.contains('|') && !l.trim_start().starts_with('#'));
    let mut seen = 0;
    for row in rows {
        let mut cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let want = cells.pop().unwrap_or("");
        assert_eq!(law(&cells), want, "{}", row.trim());
        seen += 1;
    }
    assert!(seen > 1, "a table of {seen} lines");
}
