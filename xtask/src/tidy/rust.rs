//! Rust by light scanning: code with strings and comments blanked, and those beside it.
use std::ops::Range;

pub struct Rust {
    /// The source with every comment and literal turned to spaces; same length, same lines.
    pub code: String,
    /// The same with what stands under `#[cfg(test)]` blanked too: what ships.
    pub live: String,
    pub texts: Vec<Piece>,
    pub remarks: Vec<Piece>,
    /// Where `#[cfg(test)]` items stand.
    pub tests: Vec<Range<usize>>,
    starts: Vec<usize>,
}
/// A string literal or a comment, without its marks; `at` is its first byte in the file.
pub struct Piece {
    pub at: usize,
    pub text: String,
}
enum Kind {
    Text,
    Remark,
    Char,
}
struct Found {
    kind: Kind,
    inner: Range<usize>,
    end: usize,
}

impl Rust {
    pub fn read(source: &str) -> Rust {
        let b = source.as_bytes();
        let (mut code, mut texts, mut remarks) = (b.to_vec(), vec![], vec![]);
        let mut i = 0;
        while i < b.len() {
            let Some(found) = literal(b, i) else {
                i = if is_word(b[i]) { word_end(b, i) } else { i + 1 };
                continue;
            };
            let inner = &source[found.inner.clone()];
            let at = found.inner.start;
            match found.kind {
                Kind::Text => texts.push(Piece { at, text: plain(inner) }),
                Kind::Remark => remarks.push(Piece { at, text: inner.into() }),
                Kind::Char => {}
            }
            blank(&mut code, i..found.end);
            i = found.end;
        }
        let code = String::from_utf8_lossy(&code).into_owned();
        let tests = tests(&code);
        let mut live = code.clone().into_bytes();
        tests.iter().for_each(|t| blank(&mut live, t.clone()));
        let live = String::from_utf8_lossy(&live).into_owned();
        let starts = source.match_indices('\n').map(|(at, _)| at + 1).collect();
        Rust { code, live, texts, remarks, tests, starts }
    }
    pub fn line(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at) + 1
    }
    /// The string literals that ship.
    pub fn live_texts(&self) -> impl Iterator<Item = &Piece> {
        self.texts.iter().filter(|p| !self.tests.iter().any(|t| t.contains(&p.at)))
    }
}

fn is_word(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b == b'_' || b >= 0x80
}
fn word_end(b: &[u8], from: usize) -> usize {
    from + b[from..].iter().take_while(|b| is_word(**b)).count()
}
fn blank(code: &mut [u8], range: Range<usize>) {
    code[range].iter_mut().filter(|b| **b != b'\n').for_each(|b| *b = b' ');
}
/// Escaped line ends and tabs as spaces, so that words in the text stay apart and in place.
fn plain(inner: &str) -> String {
    inner.replace("\\\n", " \n").replace("\\n", "  ").replace("\\t", "  ")
}

/// The comment or literal that begins at `i`, if one does.
fn literal(b: &[u8], i: usize) -> Option<Found> {
    let rest = &b[i..];
    if rest.starts_with(b"//") {
        let end = i + rest.iter().take_while(|b| **b != b'\n').count();
        return Some(Found { kind: Kind::Remark, inner: i + 2..end, end });
    }
    if rest.starts_with(b"/*") {
        let end = block_end(b, i);
        let closed = end >= i + 4 && b[..end].ends_with(b"*/");
        let inner = i + 2..if closed { end - 2 } else { end };
        return Some(Found { kind: Kind::Remark, inner, end });
    }
    match rest[0] {
        b'"' => Some(quoted(b, i)),
        b'\'' => character(b, i),
        b'r' | b'b' | b'c' => {
            let open = word_end(b, i);
            match (&b[i..open], b.get(open)) {
                (b"r" | b"br" | b"cr", Some(b'"' | b'#')) => raw(b, open),
                (b"b" | b"c", Some(b'"')) => Some(quoted(b, open)),
                (b"b", Some(b'\'')) => character(b, open),
                _ => None,
            }
        }
        _ => None,
    }
}
fn block_end(b: &[u8], from: usize) -> usize {
    let (mut depth, mut i) = (0, from);
    while i < b.len() {
        match &b[i..] {
            [b'/', b'*', ..] => (depth, i) = (depth + 1, i + 2),
            [b'*', b'/', ..] => (depth, i) = (depth - 1, i + 2),
            _ => i += 1,
        }
        if depth == 0 {
            return i;
        }
    }
    b.len()
}
fn quoted(b: &[u8], open: usize) -> Found {
    let mut i = open + 1;
    while i < b.len() && b[i] != b'"' {
        i += if b[i] == b'\\' { 2 } else { 1 };
    }
    let close = i.min(b.len());
    Found { kind: Kind::Text, inner: open + 1..close, end: (close + 1).min(b.len()) }
}
fn raw(b: &[u8], from: usize) -> Option<Found> {
    let marks = b[from..].iter().take_while(|b| **b == b'#').count();
    let open = from + marks;
    if b.get(open) != Some(&b'"') {
        return None; // r#type is a name
    }
    let close = [b"\"".as_slice(), &b"#".repeat(marks)].concat();
    let tail = &b[open + 1..];
    let long = tail.windows(close.len()).position(|w| w == close).unwrap_or(tail.len());
    let end = (open + 1 + long + close.len()).min(b.len());
    Some(Found { kind: Kind::Text, inner: open + 1..open + 1 + long, end })
}
/// `'x'` and `'\n'` are characters, `'a` alone is a lifetime.
fn character(b: &[u8], open: usize) -> Option<Found> {
    let text = std::str::from_utf8(&b[open + 1..(open + 6).min(b.len())]);
    let wide = match text {
        Ok(t) => t.chars().next()?.len_utf8(),
        Err(e) if e.valid_up_to() > 0 => {
            let sound = std::str::from_utf8(&b[open + 1..open + 1 + e.valid_up_to()]).ok()?;
            sound.chars().next()?.len_utf8()
        }
        Err(_) => return None,
    };
    let close = if b.get(open + 1) == Some(&b'\\') {
        let after = open + 3;
        after + b[after.min(b.len())..].iter().position(|b| *b == b'\'')?
    } else {
        open + 1 + wide
    };
    let ends = b.get(close) == Some(&b'\'');
    ends.then_some(Found { kind: Kind::Char, inner: open + 1..close, end: close + 1 })
}

/// The items under `#[cfg(test)]`, from the attribute to their end.
fn tests(code: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = vec![];
    for (at, mark) in code.match_indices("#[cfg(") {
        let inside = code[at + mark.len()..].trim_start();
        let only_tests = inside.starts_with("test)") || inside.starts_with("all(test,");
        if only_tests && out.last().is_none_or(|t| t.end <= at) {
            out.push(at..item_end(code, at));
        }
    }
    out
}
/// An item ends at its first `;` outside brackets, or with the brace that closes its first one.
fn item_end(code: &str, from: usize) -> usize {
    let mut depth = 0;
    for (i, b) in code.bytes().enumerate().skip(from) {
        match b {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth -= 1,
            b';' if depth == 0 => return i + 1,
            b'{' if depth == 0 => return brace_end(code, i),
            _ => {}
        }
    }
    code.len()
}
/// Just after the brace that closes the one at `open`; `code` has no strings or comments left.
pub fn brace_end(code: &str, open: usize) -> usize {
    let mut depth = 0;
    for (i, b) in code.bytes().enumerate().skip(open) {
        match b {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => continue,
        }
        if depth == 0 {
            return i + 1;
        }
    }
    code.len()
}

#[cfg(test)]
mod tests {
    use super::Rust;

    fn check(source: &str, code: &str, texts: &[&str], remarks: &[&str]) {
        let r = Rust::read(source);
        let of = |all: &[super::Piece]| all.iter().map(|p| p.text.clone()).collect::<Vec<_>>();
        assert_eq!(r.code, code, "{source}");
        assert_eq!(of(&r.texts), texts, "{source}");
        assert_eq!(of(&r.remarks), remarks, "{source}");
    }

    #[test]
    fn strings_and_comments_are_set_apart() {
        check("a // b\nc", "a     \nc", &[], &[" b"]);
        check("a /* b /* c */ d */ e", "a                   e", &[], &[" b /* c */ d "]);
        check(r#"f("a\"b") + 1"#, "f(      ) + 1", &[r#"a\"b"#], &[]);
        check(r###"r#"say "no""# ;"###, "              ;", &[r#"say "no""#], &[]);
        check("b\"x\" r#type", "     r#type", &["x"], &[]);
        check("for\"x\"", "for   ", &["x"], &[]);
        check("'\"' 'a 'é' '\\'' '\\u{7}'", "    'a                  ", &[], &[]);
        check("&'a str, '熟'", "&'a str,      ", &[], &[]);
        check("\"http://x\" // \"y\"", "                 ", &["http://x"], &[" \"y\""]);
        check("\"INSERT \\\n  INTO\"", "         \n       ", &["INSERT  \n  INTO"], &[]);
    }
    #[test]
    fn what_never_closes_ends_with_the_file() {
        check("\"abc", "    ", &["abc"], &[]);
        check("\"abc\\", "     ", &["abc\\"], &[]);
        check("/* abc", "      ", &[], &[" abc"]);
        check("/*", "  ", &[], &[""]);
        check("r#\"abc\"", "       ", &["abc\""], &[]);
        check("'\\", "'\\", &[], &[]);
    }
    #[test]
    fn tests_do_not_ship() {
        let r = Rust::read("a;\n#[cfg(test)]\nmod t {\n fn b() { \"x\" }\n}\nc;");
        assert_eq!(r.live.split_whitespace().collect::<Vec<_>>(), ["a;", "c;"]);
        assert_eq!(r.live_texts().count(), 0);
        assert_eq!(r.line(r.live.find('c').unwrap()), 6);
        let r = Rust::read("#[cfg(test)]\nuse x::{a, b};\nc(\"y\");");
        assert!(r.live.contains("c("));
        assert_eq!(r.live_texts().count(), 1);
        let r = Rust::read("#[cfg(any(test, feature = \"x\"))] fn a() {}");
        assert!(r.live.contains("fn a"));
    }
}
