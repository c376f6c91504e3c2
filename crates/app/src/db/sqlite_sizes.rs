//! What SQLite's planner is told of the sizes of tables.
//!
//! Without figures it takes the first columns of a primary key to be choosy, so a table that is
//! stored in its key is searched by `community_id` alone although an index names the very row: it
//! reads the whole community. Figures that `ANALYZE` counts would follow whatever was in the file
//! on that day. These are the same in every file, so plans are too, and a test reads them.
use super::Fault;
use rusqlite::Connection;
use std::collections::BTreeSet;

/// A file that has grown: so many rows in a table, in so many communities.
const ROWS: i64 = 1_000_000;
const COMMUNITIES: i64 = 100;
/// A partial index is there because few rows are in it.
const IN_PART: i64 = 1_000;
/// How many rows of a community carry different values: of a word with few meanings, of the rest.
const FEW: i64 = 4;
const MANY: i64 = 1_000;
const WORDS: [&str; 7] = ["state", "kind", "role", "section", "provider", "event", "position"];

const INDEXES: &str = "SELECT t.name, iif(l.origin = 'pk' AND t.wr, t.name, l.name),
    l.\"unique\", l.partial,
    (SELECT group_concat(coalesce(x.name, '')) FROM pragma_index_info(l.name) x)
    FROM pragma_table_list t JOIN pragma_index_list(t.name) l
    WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite_%'";
const TOLD: &str = "SELECT tbl, idx, stat FROM sqlite_stat1";
const TELL: &str = "INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (?1, ?2, ?3)";

type Figure = (String, String, String);

/// Rows in the index, then rows that share its first column, its first two, and so on.
fn figures(columns: &str, unique: bool, partial: bool) -> String {
    let (mut left, mut out) = (if partial { IN_PART } else { ROWS }, Vec::new());
    out.push(left.to_string());
    let columns: Vec<&str> = columns.split(',').collect();
    for (i, column) in columns.iter().enumerate() {
        left /= match *column {
            "community_id" => COMMUNITIES,
            word if WORDS.contains(&word) => FEW,
            _ => MANY,
        };
        let alone = unique && i + 1 == columns.len();
        left = if alone { 1 } else { left.max(2) };
        out.push(left.to_string());
    }
    out.join(" ")
}

/// Writes the figures unless the file has them. Connections opened later read them by themselves.
pub(super) fn tell(c: &Connection) -> Result<(), Fault> {
    let read = |sql: &str| -> Result<BTreeSet<Figure>, rusqlite::Error> {
        let mut statement = c.prepare(sql)?;
        let rows = statement.query_map([], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?;
        rows.collect()
    };
    let mut statement = c.prepare(INDEXES)?;
    let wanted = statement.query_map([], |r| {
        let columns: String = r.get(4)?;
        Ok((r.get(0)?, r.get(1)?, figures(&columns, r.get(2)?, r.get(3)?)))
    })?;
    let wanted = wanted.collect::<Result<BTreeSet<Figure>, _>>()?;
    // makes the table where it is missing; of the schema itself nothing is counted
    c.execute_batch("ANALYZE sqlite_schema")?;
    if read(TOLD)? == wanted {
        return Ok(());
    }
    c.execute_batch("DELETE FROM sqlite_stat1")?;
    let mut tell = c.prepare(TELL)?;
    for figure in &wanted {
        tell.execute((&figure.0, &figure.1, &figure.2))?;
    }
    // this connection has planned with what it knew before
    Ok(c.execute_batch("ANALYZE sqlite_schema")?)
}

#[cfg(test)]
mod tests {
    use super::figures;

    #[test]
    fn rows_that_share_the_first_columns() {
        let table = [
            ("community_id,id", true, false, "1000000 10000 1"),
            ("community_id,member_id,id", false, false, "1000000 10000 10 2"),
            ("community_id,state,id", false, false, "1000000 10000 2500 2"),
            ("community_id,pickup_code", true, true, "1000 10 1"),
            ("hash", true, false, "1000000 1"),
        ];
        for (columns, unique, partial, says) in table {
            assert_eq!(figures(columns, unique, partial), says, "{columns}");
        }
    }
}
