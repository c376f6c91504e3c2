//! The SQL verbs that write, found in the text of string literals.

#[derive(Debug, PartialEq, Eq)]
pub struct Write {
    /// Byte in the text where the verb stands.
    pub at: usize,
    pub verb: &'static str,
    /// Empty when the text ends after the verb.
    pub table: String,
    /// Written in capitals, as the house does; small letters may also be a sentence.
    pub loud: bool,
}

pub fn writes(text: &str) -> Vec<Write> {
    let words = split(text);
    (0..words.len()).filter_map(|i| write_at(&words, i)).collect()
}

fn write_at(words: &[(usize, &str)], i: usize) -> Option<Write> {
    let is = |j: usize, want: &str| words.get(j).is_some_and(|w| w.1.eq_ignore_ascii_case(want));
    let before = |want: &str| i > 0 && is(i - 1, want);
    let (at, word) = words[i];
    let loud = word.chars().all(|c| c.is_ascii_uppercase());
    let (verb, mut next) = match word.to_ascii_uppercase().as_str() {
        "INSERT" if is(i + 1, "INTO") => ("INSERT INTO", i + 2),
        "INSERT" if is(i + 1, "OR") && is(i + 3, "INTO") => ("INSERT INTO", i + 4),
        "REPLACE" if is(i + 1, "INTO") => ("REPLACE INTO", i + 2),
        "DELETE" if is(i + 1, "FROM") => ("DELETE FROM", i + 2),
        "TRUNCATE" if loud => ("TRUNCATE", i + 1 + usize::from(is(i + 1, "TABLE"))),
        // FOR UPDATE locks, DO UPDATE goes on with its INSERT, ON UPDATE belongs to a foreign key
        "UPDATE" if !before("FOR") && !before("DO") && !before("ON") => ("UPDATE", i + 1),
        _ => return None,
    };
    if verb == "UPDATE" && is(next, "OR") {
        next += 2;
    }
    if is(next, "ONLY") {
        next += 1;
    }
    let sets = (next + 1..next + 4).any(|j| is(j, "SET"));
    if verb == "UPDATE" && !loud && !sets {
        return None;
    }
    let table = words.get(next).map_or("", |w| w.1).trim_matches('"').to_ascii_lowercase();
    Some(Write { at, verb, table, loud })
}

/// A statement that reads: SELECT in capitals with its FROM.
pub fn reads(text: &str) -> Option<usize> {
    let words = split(text);
    let select = words.iter().position(|w| w.1 == "SELECT")?;
    words[select..].iter().any(|w| w.1 == "FROM").then_some(words[select].0)
}

/// Words of SQL with their places; `{name}` of a format text is one word.
pub fn split(text: &str) -> Vec<(usize, &str)> {
    let joins = |c: char| c.is_alphanumeric() || "_\".{}".contains(c);
    let mut out = vec![];
    let mut start = None;
    for (i, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (joins(c), start) {
            (true, None) => start = Some(i),
            (false, Some(s)) => {
                out.push((s, &text[s..i]));
                start = None;
            }
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{reads, writes};

    fn check(text: &str, want: &[&str]) {
        let got: Vec<String> =
            writes(text).iter().map(|w| format!("{} {}", w.verb, w.table)).collect();
        assert_eq!(got, want, "{text}");
    }

    #[test]
    fn verbs_find_their_tables() {
        check("INSERT INTO orders (id) VALUES ($1)", &["INSERT INTO orders"]);
        check("INSERT INTO seat(id) SELECT 1", &["INSERT INTO seat"]);
        check("INSERT OR IGNORE INTO seat VALUES (1)", &["INSERT INTO seat"]);
        check("INSERT INTO a VALUES (1) ON CONFLICT (b) DO UPDATE SET c = 1", &["INSERT INTO a"]);
        check("UPDATE orders SET state = $1", &["UPDATE orders"]);
        check("UPDATE ONLY orders AS o SET state = $1", &["UPDATE orders"]);
        check("UPDATE\n   \"orders\"\n   SET x = 1", &["UPDATE orders"]);
        check("WITH a AS (DELETE FROM seat RETURNING id) SELECT 1", &["DELETE FROM seat"]);
        check(
            "insert into orders values (1); update orders o set a = 1",
            &["INSERT INTO orders", "UPDATE orders"],
        );
        check("UPDATE {table} SET a = 1", &["UPDATE {table}"]);
        check("INSERT INTO ", &["INSERT INTO "]);
        check("TRUNCATE TABLE orders", &["TRUNCATE orders"]);
    }
    #[test]
    fn reads_and_sentences_are_no_writes() {
        check("SELECT id FROM orders FOR UPDATE SKIP LOCKED", &[]);
        check("SELECT replace(a, 'b', 'c') FROM orders", &[]);
        check("please update your address", &[]);
        check("updated_at, insert_at", &[]);
        assert_eq!(reads("SELECT 1 FROM a"), Some(0));
        assert_eq!(reads("SELECT a size"), None);
        assert_eq!(reads("Select one from the list"), None);
    }
}
