//! Text from people: cleaned once at the door, measured the way people count.

/// What is wrong with a text a person typed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unfit {
    Empty,
    TooLong,
    /// Only characters that show nothing, or a name that pretends to be the staff.
    Misleading,
}

/// Characters that steer or hide text and have no place in what people write here: controls,
/// bidirectional overrides and isolates, zero-width marks, tags, the object replacement.
/// Joiners (U+200C, U+200D) stay: emoji and several scripts need them.
fn steering(c: char) -> bool {
    matches!(c,
        '\u{0}'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{61c}'
        | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffc}' | '\u{e0000}'..='\u{e0fff}')
}

/// Several lines: line ends become `\n`, at most two in a row, steering characters go.
pub fn lines(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut out = String::with_capacity(text.len());
    let mut ends = 0;
    for c in text.trim().chars().filter(|c| !steering(*c)) {
        ends = if c == '\n' { ends + 1 } else { 0 };
        if ends <= 2 {
            out.push(c);
        }
    }
    out.trim().to_string()
}

/// One line: every run of white space becomes one space.
pub fn line(text: &str) -> String {
    let kept: String = text.chars().filter(|c| !steering(*c) || c.is_whitespace()).collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Characters as limits count them: combining marks and joiners do not count.
pub fn length(text: &str) -> usize {
    text.chars().filter(|c| !invisible(*c)).count()
}

fn invisible(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{3164}' | '\u{ffa0}' | '\u{115f}' | '\u{1160}' | '\u{2800}' | '\u{180e}')
        || c.is_whitespace()
}

/// A cleaned text of 1 to `most` characters, and never more than eight bytes a character.
pub fn fit(text: String, most: usize) -> Result<String, Unfit> {
    if length(&text) == 0 {
        return Err(Unfit::Empty);
    }
    if text.chars().count() > most || text.len() > most * 8 {
        return Err(Unfit::TooLong);
    }
    Ok(text)
}

/// A name for a person, a group or a community: 1 to `most` characters on one line.
pub fn name(text: &str, most: usize) -> Result<String, Unfit> {
    let name = fit(line(text), most)?;
    let plain: String = name.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
    const STAFF: [&str; 9] =
        ["官方", "管理员", "管理員", "客服", "系统消息", "系統訊息", "admin", "moderator", "kith"];
    if plain.is_empty() || STAFF.iter().any(|s| plain == *s || plain == format!("{s}1")) {
        return Err(Unfit::Misleading);
    }
    Ok(name)
}

/// A piece of an address: 2 to 40 of `a-z 0-9 -`, beginning and ending with a letter or digit.
pub fn slug(text: &str) -> Option<String> {
    let text = text.trim().to_ascii_lowercase();
    let fine = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    let bytes = text.as_bytes();
    let ok = (2..=40).contains(&bytes.len())
        && bytes.iter().all(|b| fine(*b) || *b == b'-')
        && fine(bytes[0])
        && fine(bytes[bytes.len() - 1]);
    ok.then_some(text)
}

/// At most `most` characters, with `…` where something was cut.
pub fn clip(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_string(),
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cleaned() {
        assert_eq!(lines(" a\r\nb\n\n\n\nc\u{202e}d \n"), "a\nb\n\ncd");
        assert_eq!(line("  a \t b\n c\u{200b} "), "a b c");
        assert_eq!(length("e\u{301} 家"), 2);
        assert_eq!(clip("一二三四", 2), "一二…");
    }

    #[test]
    fn names() {
        let table = "
            阿梅 | ok
            3号楼老何 | ok
            管理员 | Misleading
            Ad min | Misleading
            一二三四五六七八九十一二三 | TooLong
            \u{200b} | Empty
            \u{3164} | Empty
            ！！ | Misleading";
        for row in table.lines().filter(|l| l.contains('|')) {
            let (text, want) = row.split_once('|').expect("two columns");
            let got = match name(text, 12) {
                Ok(_) => "ok".to_string(),
                Err(why) => format!("{why:?}"),
            };
            assert_eq!(got, want.trim(), "{row}");
        }
    }

    #[test]
    fn slugs() {
        let table =
            [("taoyuanli", true), ("A-b", true), ("a", false), ("-ab", false), ("桃", false)];
        for (text, ok) in table {
            assert_eq!(slug(text).is_some(), ok, "{text}");
        }
    }
}
