//! Which lines of a pasted list are those of people.
use super::pasted_words::plain;

/// So many lines are taken at once, each of so many letters; what is more is told, never cut off.
pub const LINES: usize = 200;
pub const LETTERS: usize = 200;

/// The lines of people: those with a number, from the last `1.` on; where nothing has a number, all
/// but the head. A line without one goes on with the line above.
pub fn lines(text: &str) -> Vec<(Option<u32>, String)> {
    let all: Vec<&str> = text.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    let read: Vec<(Option<u32>, String)> = all.iter().map(|l| numbered(l)).collect();
    let first = read.iter().rposition(|l| l.0 == Some(1));
    let first = first.or(read.iter().position(|l| l.0.is_some()));
    let Some(first) = first else {
        let head =
            |l: &&&str| l.starts_with(['#', '＃', '—', '-', '=', '【']) || l.contains("接龙");
        let body = all.iter().filter(|l| !head(l) && !l.contains("接龍"));
        return body.map(|l| (None, (*l).to_owned())).collect();
    };
    let mut out: Vec<(Option<u32>, String)> = vec![];
    for (n, words) in read.into_iter().skip(first) {
        match (n, out.last_mut()) {
            (None, Some(last)) => {
                last.1 = format!("{}\n{words}", last.1);
            }
            _ => out.push((n, words)),
        }
    }
    out.retain(|l| !l.1.trim().is_empty());
    out
}

/// `12. words`, `12、words`, `12 words`; not `2箱苹果`, and no number of four digits.
fn numbered(line: &str) -> (Option<u32>, String) {
    let wide: String = line.chars().map(plain).collect();
    let digits = wide.chars().take_while(char::is_ascii_digit).count();
    let rest: String = wide.chars().skip(digits).collect();
    let mark = rest.starts_with(['.', ',', ':', ')', ' ', '\t']);
    let decimal = rest.starts_with('.') && rest[1..].starts_with(|c: char| c.is_ascii_digit());
    match wide[..digits].parse() {
        Ok(n) if digits <= 3 && mark && !decimal => {
            let start = |c: char| " \t.,:)".contains(plain(c));
            let words: String = line.chars().skip(digits).collect();
            (Some(n), words.trim_start_matches(start).to_owned())
        }
        _ => (None, line.to_owned()),
    }
}
