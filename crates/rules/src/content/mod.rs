//! Content (内容): posts, comments, the feed's order, and the words people search by.
pub mod comment;
pub mod post;
pub mod rank;
pub mod reading;
pub mod search;

/// Laws are told as tables: cells between bars, the last one is what must come out.
#[cfg(test)]
pub(crate) fn check(table: &str, law: impl Fn(&[&str]) -> String) {
    let mut rows = 0;
    for row in table.lines().filter(|l| l.contains('|')) {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let (want, given) = cells.split_last().expect("a last cell");
        assert_eq!(law(given), *want, "{row}");
        rows += 1;
    }
    assert!(rows > 0, "an empty table proves nothing");
}
